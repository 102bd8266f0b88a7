"""`orgkb anki diff` and `check` on files, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgkb.cli import run
from tests.exporters.anki_notes import Anki

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


def test_the_deck_alone_is_built_and_forgets_what_was_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["anki", "build"]) == 0
    assert sorted(path.name for path in (folder / "output").iterdir() if path.is_dir()) == ["anki"]
    ledger = folder / "output" / "anki" / "orgkb.anki.json"
    (folder / "input" / "docker.org").write_text(NOTES.split("- *node*", maxsplit=1)[0])
    assert run(["anki", "build"]) == 0
    assert '"anchor":"node"' in ledger.read_text()
    # Not yet old enough, then for good.
    assert run(["anki", "build", "--forget", "2"]) == 0
    assert '"anchor":"node"' in ledger.read_text()
    capsys.readouterr()
    assert run(["anki", "build", "--forget"]) == 0
    assert "removed" not in capsys.readouterr().out
    assert '"anchor":"node"' not in ledger.read_text()
    assert run(["anki", "build"]) == 0
    assert '"anchor":"node"' not in ledger.read_text()


def test_a_note_that_no_rule_knows_again_takes_over_the_old_one_by_hand(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = folder / "output" / "anki" / "orgkb.anki.json"
    assert run(["anki", "build"]) == 0
    before = {note["anchor"]: note["guid"] for note in json.loads(ledger.read_text())["notes"]}
    assert run(["anki", "alias", "docker/node", "worker"]) == 0
    other = "- *worker* - computer on which the kubelet keeps containers alive\n"
    (folder / "input" / "docker.org").write_text(NOTES.split("- *node*", maxsplit=1)[0] + other)
    assert run(["anki", "build"]) == 0
    after = {note["anchor"]: note for note in json.loads(ledger.read_text())["notes"]}
    assert after["worker"]["guid"] == before["node"]
    assert not after["worker"].get("removed")
    assert "docker/node" in after["worker"]["former"]
    capsys.readouterr()
    assert run(["anki", "alias", "nothing", "x"]) == 2
    assert run(["anki", "alias", "worker", "pod"]) == 2
    assert "already" in capsys.readouterr().err


def test_a_push_builds_and_brings_the_deck_into_a_collection(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anki = Anki(folder / "profile")
    anki.close()
    assert run(["anki", "push", "--collection", "profile"]) == 0
    assert "2 new, 0 changed, 0 moved, 0 deleted" in capsys.readouterr().out
    (folder / "input" / "docker.org").write_text(NOTES.split("- *node*", maxsplit=1)[0])
    assert run(["anki", "push", "--collection", "profile", "--forget"]) == 0
    assert "0 new, 1 changed, 0 moved, 1 deleted" in capsys.readouterr().out
    assert '"anchor":"node"' not in (folder / "output" / "anki" / "orgkb.anki.json").read_text()


def test_a_push_tells_programs_what_was_made_and_done(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    Anki(folder / "profile").close()

    assert run(["anki", "push", "--collection", "profile", "--json"]) == 0

    out, err = capsysbinary.readouterr()
    told = json.loads(out)
    assert err == b""
    assert told["exporters"][0]["name"] == "anki"
    counts = told["push"]["counts"]
    assert [counts[what] for what in ("new", "changed", "moved", "deleted")] == [2, 0, 0, 0]
    assert Path(told["push"]["backup"]).is_dir()


def test_a_push_into_an_open_collection_fails_with_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anki = Anki(folder / "profile")
    try:
        assert run(["anki", "push", "--collection", "profile"]) == 1
    finally:
        anki.close()
    last = capsys.readouterr().err.splitlines()[-1]
    assert "Close Anki and try again" in last


def test_a_push_needs_one_place_to_go(folder: Path) -> None:
    assert run(["anki", "push"]) == 2
    assert run(["anki", "push", "--collection", "x", "--connect"]) == 2
    assert run(["anki", "push", "--collection", "x", "--prune"]) == 2
    assert run(["anki", "push", "--connect", "http://10.0.0.1"]) == 2
    assert folder.is_dir()


def test_a_folder_without_notes_is_a_wrong_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["anki", "diff"]) == 2
