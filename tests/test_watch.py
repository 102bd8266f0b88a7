"""`orgkb watch`: a build on every save."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import watchfiles

from orgkb import cli
from orgkb.cli.watch import Relevant

Install = Callable[..., None]
Saves = list[Callable[[], object]]


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install) -> Path:
    """A file of notes in input/ of the current folder, and one quick exporter."""
    monkeypatch.chdir(tmp_path)
    install(terms="tests.fakes:TermsExporter")
    path = tmp_path / "input" / "a.org"
    path.parent.mkdir()
    path.write_text("- *pod* - smallest unit\n", encoding="utf-8")
    return path


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch) -> Saves:
    """What happens while the notes are watched, one thing after the other; then Ctrl-C."""
    steps: Saves = []

    def changes(*_paths: Path, **_options: object) -> Iterator[set[object]]:
        for step in steps:
            step()
            yield set()
        raise KeyboardInterrupt

    monkeypatch.setattr(watchfiles, "watch", changes)
    return steps


def test_each_save_is_a_build_and_a_line(notes: Path, saves: Saves, capsys: pytest.CaptureFixture[str]) -> None:
    saves.append(lambda: notes.write_text("- *node* - machine\n[[nowhere]]\n", encoding="utf-8"))
    saves.append(lambda: None)

    assert cli.run(["watch"]) == 130

    lines = capsys.readouterr().out.splitlines()
    assert [line[8:].rpartition(";")[0].strip() for line in lines] == [
        "terms: 1 file changed",
        lines[1][8:].rpartition(";")[0].strip(),
        "terms: 1 file changed, 1 warning",
        "as before, 1 warning",
    ]
    assert lines[1] == "watching input; Ctrl-C ends"
    assert "node" in (notes.parents[1] / "output" / "terms" / "terms.txt").read_text(encoding="utf-8")


def test_a_mistake_is_told_and_the_next_save_counts(
    notes: Path, saves: Saves, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = notes.parent / "orgkb.toml"
    saves.append(lambda: settings.write_text("titel = 1\n", encoding="utf-8"))
    saves.append(lambda: settings.write_text("title = 'New'\n", encoding="utf-8"))

    assert cli.run(["watch"]) == 130

    out, err = capsys.readouterr()
    assert "did you mean 'title'?" in err
    assert out.count("1 file changed") == 2


def test_quiet_says_nothing(notes: Path, saves: Saves, capsys: pytest.CaptureFixture[str]) -> None:
    assert notes.exists()
    assert saves == []
    assert cli.run(["watch", "--quiet"]) == 130
    assert capsys.readouterr().out == ""


def test_what_is_not_there_cannot_be_watched(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert notes.exists()
    assert cli.run(["watch", "absent"]) == 2
    assert "orgkb watch PATH" in capsys.readouterr().err


def test_temporary_files_and_our_own_output_are_no_changes(tmp_path: Path) -> None:
    relevant = Relevant(tmp_path / "output")

    assert relevant(None, str(tmp_path / "a.org"))
    assert relevant(None, str(tmp_path / "images" / "b.png"))
    for name in (".#a.org", "#a.org#", "a.org~", ".a.org.swp", "a.tmp", "output/map/overview.svg"):
        assert not relevant(None, str(tmp_path / name)), name


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")
def test_a_real_save_is_seen(tmp_path: Path) -> None:
    note = tmp_path / "notes" / "a.org"
    note.parent.mkdir()
    note.write_text("- *pod* - smallest unit\n", encoding="utf-8")
    command = [sys.executable, "-u", "-m", "orgkb", "watch", "notes", "-o", "out", "--to", "markdown"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout
            assert "markdown: " in process.stdout.readline()
            assert process.stdout.readline() == "watching notes; Ctrl-C ends\n"
            time.sleep(0.3)
            note.write_text("- *node* - machine of a cluster\n", encoding="utf-8")
            assert "changed" in process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 130
        finally:
            process.kill()
    assert "machine of a cluster" in (tmp_path / "out" / "markdown" / "a.md").read_text(encoding="utf-8")
