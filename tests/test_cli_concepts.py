"""`orgkb concepts` and `orgkb explain` as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgkb import cli
from tests.concepts.test_senses import KUBERNETES, SWARM

NOTES = "* terms\n- *Pod* - group of containers\n- container :: process\n\nEvery pod runs containers.\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes.org"
    file.write_text(NOTES)
    return file


def test_concepts_are_listed_with_their_place_and_rules(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["concepts", str(notes)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["0.95", "container", f"{notes}:3", "description-item"],
        ["0.90", "Pod", f"{notes}:2", "bold-dash"],
    ]
    assert cli.run(["concepts", str(notes), "--below", "0.92"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_programs_get_json(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["concepts", str(notes), "--json"]) == 0
    assert [concept["name"] for concept in json.loads(capsys.readouterr().out)["concepts"]] == ["container", "Pod"]
    assert cli.run(["explain", "pods", str(notes), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [concept["id"] for concept in told["concepts"]] == ["pod"]
    assert {mention["line"] for mention in told["mentions"]} == {2, 5}


def test_what_was_dropped_is_listed_on_request(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes.write_text(NOTES + "** app logs\n")
    assert cli.run(["concepts", str(notes), "--dropped"]) == 0
    assert capsys.readouterr().out.split() == ["0.26", "app", "logs", f"{notes}:6", "heading"]


def test_explain_shows_every_piece_of_evidence(
    notes: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(notes.parent)
    assert cli.run(["explain", "pods", "notes.org"]) == 0
    assert (
        capsys.readouterr().out
        == """\
Pod  confidence 0.90, importance 0.88
  found notes.org:2:4: by bold-dash, 0.90
  defined notes.org:2:11 (bold-dash, 0.90): group of containers
  mentioned 2 times
    notes.org:2:4: Pod (term)
    notes.org:5:7: pod (prose)
  Pod – group of – container  (part-of, definition, 0.78, notes.org:2:20)
  Pod – runs – container  (other, sentence, 0.58, notes.org:5:16)
"""
    )


def test_explain_names_aliases_with_kind_and_place_and_all_mentions_on_request(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes.write_text(NOTES + "Поды и контейнеры.\n" + "A pod.\n" * 20)
    assert cli.run(["explain", "pod", str(notes)]) == 0
    short = capsys.readouterr().out
    assert f"also 'под': {notes}:6:1: translation, by lexicon, 0.80" in short
    assert "and 11 more; --verbose shows all" in short
    assert cli.run(["explain", "pod", str(notes), "-v"]) == 0
    assert capsys.readouterr().out.count("(prose)") == 22


def test_one_of_several_senses_can_be_asked_for(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes.write_text(SWARM + KUBERNETES)
    assert cli.run(["explain", "services (kubernetes)", str(notes)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("service (Kubernetes)  confidence")
    assert "(Swarm)" not in out


def test_what_was_dropped_is_explained_too(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes.write_text(NOTES + "** app logs\n")
    assert cli.run(["explain", "app log", str(notes)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("app logs  dropped: confidence 0.26 is below 0.35, and no definition; `always`")
    assert f"found {notes}:6:4: by heading, 0.40" in out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("contain", "no concept 'contain'; did you mean 'container'?"),
        ("conatiner", "no concept 'conatiner'; did you mean 'container'?"),
        ("docker containers", "no concept 'docker containers'; did you mean 'container'?"),
        ("zebra", "no concept 'zebra'\n"),
        ("", "no concept ''\n"),
        ("terms", "'terms' is no concept: it stands in `never`"),
    ],
)
def test_an_unknown_term_is_an_error_that_names_what_is_near(
    notes: Path, capsys: pytest.CaptureFixture[str], asked: str, told: str
) -> None:
    settings = notes.parent / "own.toml"
    settings.write_text("[concepts]\nnever = ['terms']\n")
    assert cli.run(["explain", asked, str(notes), "--config", str(settings)]) == 1
    assert told in capsys.readouterr().err


def test_notes_cannot_steer_the_terminal(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes.write_text("- *Po\x1b[31md* - group \x1b]0;x\x07 of things\n")
    for command in (["concepts", str(notes)], ["explain", "po", str(notes)]):
        cli.run(command)
        done = capsys.readouterr()
        assert "\x1b" not in done.out.replace("\x1b[1m", "").replace("\x1b[0m", "") + done.err


def test_without_notes_the_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["concepts"]) == 2
    assert "there is no folder input/ here" in capsys.readouterr().err
