"""`orgkb init`: a settings file that explains itself and changes nothing."""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from orgkb import checking, cli, config, exporter, starter
from tests.concepts.build_from import document

NOTES = '#+TITLE: Контейнеры "и" pods\nContainers and their images.\n'


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with notes in input/."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "a.org").write_text(NOTES, encoding="utf-8")
    return tmp_path / "input"


def test_it_is_written_beside_the_notes_and_changes_nothing(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["init"]) == 0

    assert capsys.readouterr().out.startswith("input/orgkb.toml written")
    made = config.load(notes / "orgkb.toml")
    assert msgspec.structs.replace(made, exporters={}, source=config.FILE_NAME) == config.Config()
    assert not any(made.exporters.values())
    for name in exporter.names():
        assert config.make_exporter(exporter.named(name), made) == exporter.named(name)()


def test_without_the_comment_signs_it_holds_every_setting_with_its_default(notes: Path) -> None:
    text = re.sub(r"^#(?! )", "", starter.starter([document(NOTES)]), flags=re.MULTILINE)
    (notes / "orgkb.toml").write_text(text, encoding="utf-8")

    made = config.load(notes / "orgkb.toml")

    assert made.title == 'Контейнеры "и" pods'
    assert made.org == config.OrgConfig()
    assert made.check.rules == {rule.name: rule.severity.name.lower() for rule in checking.RULES}
    for name in exporter.names():
        assert config.make_exporter(exporter.named(name), made) == exporter.named(name)()
        assert made.exporters[name]


def test_each_option_is_explained() -> None:
    lines = starter.starter([document(NOTES)]).splitlines()

    unexplained = [
        line for before, line in itertools.pairwise(lines) if re.match(r"#[\w-]+ =", line) and before[:2] != "# "
    ]
    assert [line for line in unexplained if not line.startswith("#max_")] == []  # a pair may share its meaning


def test_it_tells_what_the_notes_are_like() -> None:
    text = starter.starter(
        [
            document(NOTES + "* TODO Pods :k8s:\n:PROPERTIES:\n:ANKI_DECK: Work::K8s\n:END:\n** Nodes :net:\n"),
            document("#+LANGUAGE: ru\n#+ANKI_DECK: Notes\n* x :k8s:\n"),
        ]
    )

    for line in (
        "# Found: 2 notes with 3 headings, in Latin and Cyrillic letters.",
        "# Languages that #+LANGUAGE names: ru.",
        "# Tags (headings): k8s (3), net (1); headings tagged noexport are in no export.",
        "# Task states (headings): TODO (1).",
        "# Decks that the notes name by ANKI_DECK (places): Notes (1), Work::K8s (1); all else goes to the",
    ):
        assert line in text, text
    assert text.index("[exporters.anki]") < text.index("# Decks that")
    assert tomllib.loads(text) == tomllib.loads(starter.starter([document(NOTES)]))


def test_without_notes_nothing_is_said_of_them() -> None:
    assert "# Found" not in starter.starter([])
    assert tomllib.loads(starter.starter([])) == tomllib.loads(starter.starter([document(NOTES)]))


def test_a_file_that_is_there_stays(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "orgkb.toml").write_text("title = 'mine'\n", encoding="utf-8")

    assert cli.run(["init"]) == 1
    assert "is there already" in capsys.readouterr().err
    assert config.load(notes / "orgkb.toml").title == "mine"
    assert cli.run(["init", "--force"]) == 0
    assert config.load(notes / "orgkb.toml").title == ""


def test_showing_writes_nothing(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["init", "input", "--show"]) == 0
    assert "[exporters." in capsys.readouterr().out
    assert not (notes / "orgkb.toml").exists()


def test_an_empty_folder_gets_one_too_and_no_folder_is_an_error(notes: Path) -> None:
    (notes / "a.org").unlink()
    assert cli.run(["init"]) == 0
    assert cli.run(["init", "absent"]) == 2


def test_third_party_options_are_shown_too(install: object) -> None:
    assert callable(install)
    install(terms="tests.fakes:TermsExporter")

    text = starter.starter([])

    assert "[exporters.terms]  # the concepts, one a line" in text
    assert '#case = "as-is"' in text
    assert "#skip = []" in text
