"""`orgkb concepts` and `orgkb explain` as they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgkb import cli

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
        ["0.95", "container", "notes.org:3", "description-item"],
        ["0.90", "Pod", "notes.org:2", "bold-dash"],
    ]
    assert cli.run(["concepts", str(notes), "--below", "0.92"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_explain_shows_every_piece_of_evidence(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "pods", str(notes)]) == 0
    out = capsys.readouterr().out
    assert "notes.org:2:4: found by bold-dash" in out
    assert "defined notes.org:2:11 (bold-dash, 0.90): group of containers" in out
    assert "notes.org:5:7: pod (prose)" in out
    assert "Pod – group of – container  (part-of, definition" in out


def test_an_unknown_term_is_an_error_that_names_what_is_near(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "contain", str(notes)]) == 1
    assert "no concept 'contain'; there are container" in capsys.readouterr().err
