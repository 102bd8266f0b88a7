"""The writer: what lands in the output folder, and what never does."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.errors import OutputError
from orgkb.files import MANIFEST, Outcome, OutputFolder
from orgkb.lock import LOCK

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights on Windows")


def put(root: Path, *files: tuple[str, bytes], owner: str = "anki", force: bool = False) -> Outcome:
    with OutputFolder(root, force=force) as folder:
        return folder.replace(owner, files)


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def test_files_land_below_the_folder_which_is_made(tmp_path: Path) -> None:
    outcome = put(tmp_path / "new" / "out", ("a/b/c.md", b"text"), ("d.md", b""))

    assert tree(tmp_path / "new" / "out") == {"a/b/c.md": b"text", "d.md": b""}
    assert [(w.path, w.size, w.changed) for w in outcome.written] == [("a/b/c.md", 4, True), ("d.md", 0, True)]
    assert outcome.refused == ()


def test_unchanged_bytes_are_not_written_again(tmp_path: Path) -> None:
    put(tmp_path, ("a.md", b"text"))
    for path in (tmp_path / "a.md", tmp_path / MANIFEST):
        os.utime(path, (1, 1))

    outcome = put(tmp_path, ("a.md", b"text"))

    assert not outcome.written[0].changed
    assert (tmp_path / "a.md").stat().st_mtime == 1
    assert (tmp_path / MANIFEST).stat().st_mtime == 1


def test_our_own_file_is_replaced(tmp_path: Path) -> None:
    put(tmp_path, ("a.md", b"old"))

    assert put(tmp_path, ("a.md", b"new")).written[0].changed
    assert tree(tmp_path) == {"a.md": b"new"}


def test_a_file_we_did_not_write_stays_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"mine")

    outcome = put(tmp_path, ("a.md", b"theirs"), ("b.md", b"other"))

    assert tree(tmp_path) == {"a.md": b"mine", "b.md": b"other"}
    assert [w.path for w in outcome.written] == ["b.md"]
    (sentence,) = outcome.refused
    assert str(tmp_path / "a.md") in sentence
    assert "was not written by orgkb" in sentence
    assert "--force" in sentence


def test_a_file_that_was_changed_since_stays_and_is_named(tmp_path: Path) -> None:
    put(tmp_path, ("a.md", b"ours"))
    (tmp_path / "a.md").write_bytes(b"edited")

    outcome = put(tmp_path, ("a.md", b"ours again"))

    assert tree(tmp_path) == {"a.md": b"edited"}
    assert "was changed since orgkb wrote it" in outcome.refused[0]
    assert put(tmp_path, ("a.md", b"ours again"), force=True).refused == ()
    assert tree(tmp_path) == {"a.md": b"ours again"}


def test_the_same_bytes_by_somebody_else_become_ours(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"same")

    assert put(tmp_path, ("a.md", b"same")).refused == ()
    assert put(tmp_path, ("a.md", b"next")).refused == ()


def test_files_that_are_no_longer_made_go_with_their_empty_folders(tmp_path: Path) -> None:
    put(tmp_path, ("a/b/old.md", b"1"), ("a/keep.md", b"2"))
    put(tmp_path, ("other.pdf", b"3"), owner="pdf")

    outcome = put(tmp_path, ("a/keep.md", b"2"))

    assert outcome.removed == ("a/b/old.md",)
    assert tree(tmp_path) == {"a/keep.md": b"2", "other.pdf": b"3"}
    assert not (tmp_path / "a" / "b").exists()


def test_a_vanished_file_that_was_changed_stays(tmp_path: Path) -> None:
    put(tmp_path, ("old.md", b"1"))
    (tmp_path / "old.md").write_bytes(b"edited")

    outcome = put(tmp_path, ("new.md", b"2"))

    assert outcome.removed == ()
    assert "old.md" in outcome.kept[0]
    assert tree(tmp_path) == {"new.md": b"2", "old.md": b"edited"}


def test_what_an_interrupted_run_wrote_is_still_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, ("a.md", b"old"), ("b.md", b"old"))
    real = Path.replace

    def stop_at_b(self: Path, target: Path) -> Path:
        if target.name == "b.md":
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", stop_at_b)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, ("a.md", b"new"), ("b.md", b"new"))
    monkeypatch.undo()

    assert (tmp_path / "a.md").read_bytes() == b"new"
    assert put(tmp_path, ("a.md", b"newer"), ("b.md", b"newer")).refused == ()
    assert tree(tmp_path) == {"a.md": b"newer", "b.md": b"newer"}  # and no temporary file is left


@pytest.mark.parametrize(
    "path",
    [
        "../a",
        "a/../../b",
        "/etc/passwd",
        "",
        "a//b",
        "./a",
        "a/",
        "a\\..\\b",
        "nul\0",
        "esc\x1b[2J",
        MANIFEST,
        "x" * 300,
    ],
)
def test_paths_that_leave_the_folder_or_are_no_names_are_refused(tmp_path: Path, path: str) -> None:
    outcome = put(tmp_path / "out", (path, b"x"), ("fine.md", b"y"))

    assert len(outcome.refused) == 1
    assert tree(tmp_path) == {"out/fine.md": b"y"}


@given(path=st.text(max_size=40))
def test_no_path_whatever_leaves_the_folder(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    root = tmp_path_factory.mktemp("root")

    outcome = put(root / "out", (path, b"x"))

    assert all(p.startswith("out/") for p in tree(root))
    assert len(tree(root)) == len(outcome.written)


@needs_links
def test_nothing_is_written_through_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "out" / "file.md").symlink_to(tmp_path / "outside" / "file.md")

    outcome = put(tmp_path / "out", ("folder/a.md", b"x"), ("file.md", b"x"), force=True)

    assert len(outcome.refused) == 2
    assert list((tmp_path / "outside").iterdir()) == []


@needs_links
def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")

    put(tmp_path / "out", ("a.md", b"x"))

    assert tree(tmp_path / "disk") == {"a.md": b"x"}


def test_two_exporters_cannot_write_one_file_in_one_run(tmp_path: Path) -> None:
    with OutputFolder(tmp_path) as folder:
        folder.replace("first", [("Pod.md", b"1")])
        outcome = folder.replace("second", [("pod.md", b"2")])

    assert outcome.refused == ("second would write pod.md, which first wrote in this run already",)
    assert tree(tmp_path) == {"Pod.md": b"1"}


def test_the_last_run_can_be_read_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"s")
    put(tmp_path / "out", ("ledger.json", b"{}"))

    with OutputFolder(tmp_path / "out") as folder:
        assert folder.previous("ledger.json") == b"{}"
        assert folder.previous("absent.json") is None
        assert folder.previous("../secret") is None


def test_a_manifest_from_a_stranger_removes_nothing_outside(tmp_path: Path) -> None:
    put(tmp_path / "out", ("a.md", b"x"))
    (tmp_path / "victim").write_bytes(b"x")
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_bytes())
    manifest["files"]["../victim"] = manifest["files"]["a.md"]
    (tmp_path / "out" / MANIFEST).write_text(json.dumps(manifest))

    put(tmp_path / "out")

    assert tree(tmp_path) == {"victim": b"x"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 99, "files": {}}', '{"version": 1, "files": {"a": 3}}'])
def test_a_damaged_manifest_is_an_error_that_says_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)

    with pytest.raises(OutputError, match="remove it"):
        put(tmp_path, ("a.md", b"x"))


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"x")

    with pytest.raises(OutputError, match=r"cannot write to .*out"):
        put(tmp_path / "out", ("a.md", b"x"))


def test_a_folder_in_the_place_of_a_file_stays_even_by_force(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()

    assert len(put(tmp_path, ("a.md", b"x"), force=True).refused) == 1
    assert (tmp_path / "a.md").is_dir()


def test_a_full_disk_is_an_error_and_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, ("a.md", b"old"))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="no space left on device"):
        put(tmp_path, ("a.md", b"new"))

    assert tree(tmp_path) == {"a.md": b"old"}


@pytest.mark.parametrize("pace", [0, 0.002])
@pytest.mark.parametrize("fails_at", [2, 30, 119])
def test_a_disk_fast_or_slow_that_is_full_after_many_files_leaves_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int, pace: float
) -> None:
    calls = count()
    real = os.fsync

    def full(handle: int) -> None:
        time.sleep(pace)
        if next(calls) == fails_at:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="no space left"):
        put(tmp_path, *((f"{number}.md", b"x") for number in range(120)))
    assert tree(tmp_path) == {}


def test_many_files_are_all_on_a_slow_disk_before_any_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real, named = os.fsync, Path.replace

    def slow(handle: int) -> None:
        time.sleep(0.002)
        real(handle)
        done.append("on the disk")

    def replaced(self: Path, target: Path) -> Path:
        done.append("named")
        return named(self, target)

    monkeypatch.setattr(os, "fsync", slow)
    monkeypatch.setattr(Path, "replace", replaced)
    put(tmp_path, *((f"{number}.md", f"{number}".encode()) for number in range(150)))
    assert done.index("named") == 151  # of them one is the manifest
    assert tree(tmp_path) == {f"{number}.md": f"{number}".encode() for number in range(150)}


def test_files_that_come_one_by_one_land_all_or_none(tmp_path: Path) -> None:
    put(tmp_path, ("a.md", b"old"))

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "a.md", b"new"
        yield "deep/er/b.md", b"new"
        assert b"new" in tree(tmp_path).values()  # they are not held in memory
        raise ValueError("the exporter has a bug")

    with OutputFolder(tmp_path) as folder:
        with pytest.raises(ValueError, match="bug"):
            folder.replace("anki", broken())
        assert {path for path in tree(tmp_path) if path != LOCK} == {"a.md"}
        assert folder.replace("map", [("deep/er/b.md", b"other")]).refused == ()

    assert tree(tmp_path)["a.md"] == b"old"
    assert put(tmp_path, ("a.md", b"new")).written[0].changed


def test_a_name_that_cannot_be_given_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_self: Path, _target: Path) -> Path:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OutputError, match="input/output error"):
        put(tmp_path, ("a.md", b"new"), ("b.md", b"new"))

    assert tree(tmp_path) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="no flock there")
def test_a_second_run_in_the_same_folder_is_told_to_wait(tmp_path: Path) -> None:
    with OutputFolder(tmp_path), pytest.raises(OutputError, match=r"another orgkb \(process \d+ on .*\) is writing"):
        put(tmp_path)
    assert put(tmp_path, ("a.md", b"x")).written


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes there")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")

    assert len(put(tmp_path, ("a.md", b"x")).refused) == 1


def test_files_are_readable_as_the_umask_says(tmp_path: Path) -> None:
    (tmp_path / "probe").write_bytes(b"")

    put(tmp_path / "out", ("a.md", b"x"))

    assert (tmp_path / "out" / "a.md").stat().st_mode == (tmp_path / "probe").stat().st_mode
