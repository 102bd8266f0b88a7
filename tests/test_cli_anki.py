"""`orgkb anki diff` and `check` on files, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgkb.cli import run

NOTES = """\
* Terms
- *pod* - group of containers that share storage and network
- *node* - machine that runs pods of the cluster
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    notes = tmp_path / "input"
    notes.mkdir()
    (notes / "docker.org").write_text(NOTES)
    return tmp_path


def test_all_is_new_before_the_first_build_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["anki", "diff"]) == 0
    assert capsys.readouterr().out.endswith("2 new, 0 changed, 0 renamed, 0 moved, 0 removed, 0 unchanged\n")
    assert not (folder / "output").exists()


def test_an_edit_is_shown_with_its_field(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--to", "anki", "--quiet"]) == 0
    (folder / "input" / "docker.org").write_text(NOTES.replace("of the cluster", "of one cluster"))
    capsys.readouterr()
    assert run(["anki", "diff"]) == 0
    shown = capsys.readouterr().out
    assert "docker/node" in shown
    assert "Definition: “machine that runs pods of the cluster” → “machine that runs pods of one cluster”" in shown
    assert run(["anki", "diff", "--json"]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [(c["action"], c["name"]) for c in changes] == [("unchanged", "docker/pod"), ("changed", "docker/node")]


def test_the_check_counts_cards_and_tells_what_was_held_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "input" / "docker.org").write_text(
        NOTES + "- *task* - place where password=hunter2secret is kept for all\n"
    )
    assert run(["anki", "check"]) == 0
    assert capsys.readouterr().out == "2 notes, 0 errors, 0 warnings\n"
    assert run(["anki", "check", "-v"]) == 0
    assert "card-secret" in capsys.readouterr().out


def test_a_folder_without_notes_is_a_wrong_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["anki", "diff"]) == 2
