"""`orgkb check` as people and programs use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgkb import checking, cli

NOTES = "* Pods\n- *pod* - smallest unit\n\nA pod links to [[nowhere]] and shows\n\n[[file:gone.png]]\n"


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with one file of notes in input/."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "a.org").write_text(NOTES, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("notes")
def test_people_get_groups_and_lines_to_jump_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check"]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Broken links: 1  [broken-link]"
    assert lines[1].startswith("input/a.org:4:16: error: broken link [[nowhere]]")
    assert lines[3] == "Missing images: 1  [missing-image]"
    assert lines[4] == "input/a.org:6:1: error: the image gone.png cannot be shown: no such file"
    assert lines[-1] == "1 note: 2 errors, 0 warnings, 0 hints"


@pytest.mark.usefixtures("notes")
def test_programs_get_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--format", "json"]) == 1

    report = json.loads(capfd.readouterr().out)
    assert report["findings"][1] == {
        "rule": "missing-image",
        "severity": "error",
        "message": "the image gone.png cannot be shown: no such file",
        "file": "a.org",
        "line": 6,
        "col": 1,
    }
    assert (report["notes"], report["errors"], report["warnings"], report["infos"]) == (1, 2, 0, 0)


def test_github_gets_annotations(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "input" / "a.org").rename(notes / "input" / "a,b.org")

    assert cli.run(["check", "--format", "github", "--only", "missing-image"]) == 1

    message = "the image gone.png cannot be shown: no such file"
    assert capsys.readouterr().out == f"::error file=input/a%2Cb.org,line=6,col=1,title=missing-image::{message}\n"


def test_good_notes_end_with_0_and_hints_do_only_when_strict(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = notes / "input" / "a.org"
    path.write_text("* Pods\n- *pod* - smallest unit\n\nA pod is here.\n", encoding="utf-8")

    assert cli.run(["check", "--strict"]) == 0
    assert capsys.readouterr().out == "1 note: nothing to complain about\n"

    path.write_text("* Words\n- pod :: smallest unit of all\n", encoding="utf-8")
    assert cli.run(["check"]) == 0
    assert cli.run(["check", "--strict"]) == 1


def test_rules_are_switched_by_options_and_settings(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--skip", "broken-link,missing-image"]) == 0
    (notes / "input" / "orgkb.toml").write_text(
        '[check.rules]\nbroken-link = "off"\nmissing-image = "info"\n', encoding="utf-8"
    )
    capsys.readouterr()

    assert cli.run(["check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 note: 0 errors, 0 warnings, 1 hint"
    assert cli.run(["check", "--only", "broken-link"]) == 1


@pytest.mark.parametrize(
    ("settings", "arguments", "told"),
    [
        ('[check.rules]\nbroken-links = "off"\n', [], "unknown rule 'broken-links' (did you mean 'broken-link'?)"),
        ('[check.rules]\nbroken-link = "no"\n', [], "Invalid enum value 'no'"),
        ("[check]\nmin_mention = 3\n", [], "unknown key 'min_mention' (did you mean 'min_mentions'?)"),
        ("", ["--only", "links"], "no rule named 'links'"),
    ],
)
def test_unknown_rules_are_refused(
    notes: Path, capsys: pytest.CaptureFixture[str], settings: str, arguments: list[str], told: str
) -> None:
    (notes / "input" / "orgkb.toml").write_text(settings, encoding="utf-8")

    assert cli.run(["check", *arguments]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("notes")
def test_the_rules_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--rules", "--skip", "orphan-note"]) == 0

    lines = {line.split()[0]: line.split()[1] for line in capsys.readouterr().out.splitlines()}
    assert set(lines) == {rule.name for rule in checking.RULES} | {checking.OTHER}
    assert (lines["orphan-note"], lines["broken-link"]) == ("off", "error")


def test_only_the_first_findings_of_a_rule_are_shown(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "input" / "a.org").write_text("[[nowhere]]\n\n" * 15, encoding="utf-8")

    cli.run(["check"])
    assert "… and 5 more; --verbose shows all" in capsys.readouterr().out
    cli.run(["check", "--verbose"])
    assert capsys.readouterr().out.count("nowhere") > 15


def test_without_an_input_folder_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert cli.run(["check"]) == 2
    assert "orgkb check PATH" in capsys.readouterr().err
