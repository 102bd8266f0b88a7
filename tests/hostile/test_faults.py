"""Machines that fail: full disks, killed runs, two runs at once.  What was there before stays whole."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from orgkb.errors import OutputError
from orgkb.files import MANIFEST, OutputFolder
from orgkb.lock import LOCK, FolderLock

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and signals of Linux")

KILLS = int(os.environ.get("ORGKB_KILLS", "6"))
"""How often a run is killed; a long run: ORGKB_KILLS=100."""
WRITE = """
import sys
from pathlib import Path
from orgkb.files import OutputFolder
root, version, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with OutputFolder(root) as folder:
    print("begun", flush=True)
    for owner in ("anki", "markdown"):
        files = [(f"{owner}/{i}.txt", (version * size + str(i)).encode()) for i in range(40)]
        done = folder.replace(owner, files)
        assert not done.refused, done.refused
"""


def python(code: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def contents(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in sorted(root.rglob("*.txt"))}


def version(letter: str, size: int) -> dict[str, str]:
    return {f"{owner}/{i}.txt": letter * size + str(i) for owner in ("anki", "markdown") for i in range(40)}


def write(root: Path, letter: str, size: int = 1000) -> None:
    process = python(WRITE, root, letter, size)
    assert process.wait() == 0, process.communicate()
    process.communicate()


def test_a_killed_run_leaves_old_files_or_new_ones(tmp_path: Path) -> None:
    root, size = tmp_path / "out", 50_000
    write(root, "a", size)
    old, seen = "a", set()
    for i in range(KILLS):
        new = "bc"[i % 2]
        process = python(WRITE, root, new, size)
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.004 * (i % 12))
        process.kill()
        process.communicate()
        found = contents(root)
        assert found.keys() == version(old, size).keys()
        for name, text in found.items():
            letters = {text[0]}
            seen |= letters
            assert text == version(text[0], size)[name], f"{name} is broken after kill {i}"
        json.loads((root / MANIFEST).read_bytes())
    write(root, "z", size)  # nothing that the killed runs left is in the way

    assert contents(root) == version("z", size)
    assert sorted(path.name for path in root.iterdir()) == [MANIFEST, "anki", "markdown"]
    assert not list(root.rglob("*.tmp"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_build_leaves_the_old_outputs_whole(number: int, code: int, tmp_path: Path) -> None:
    notes, out = tmp_path / "notes", tmp_path / "out"
    notes.mkdir()
    (notes / "a.org").write_text("* Heading\n- *anchor* - thing that holds a ship\n")
    build = [sys.executable, "-m", "orgkb", "build", str(notes), "-o", str(out), "--to"]
    subprocess.run([*build, "markdown"], check=True, capture_output=True)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for i in range(150):
        (notes / f"n{i:03}.org").write_text("* Heading\n" + f"- *word{i}* - thing that holds a ship\n" * 60)
    process = subprocess.Popen([*build, "markdown,anki"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    assert "reading" in process.stderr.readline()
    process.send_signal(number)
    _, said = process.communicate(timeout=60)

    assert process.returncode == code, said
    assert "Traceback" not in said
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def limited(root: Path, size: int) -> subprocess.CompletedProcess[str]:
    code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n{WRITE}"
    process = python(code, root, "b", 30_000)
    out, err = process.communicate()
    return subprocess.CompletedProcess([], process.returncode, out, err)


def test_a_file_that_does_not_fit_leaves_the_old_one(tmp_path: Path) -> None:
    root = tmp_path / "out"
    write(root, "a")

    done = limited(root, 20_000)

    assert "OutputError: cannot write" in done.stderr
    assert "file too large" in done.stderr
    assert contents(root) == version("a", 1000)
    assert not list(root.rglob("*.tmp"))
    write(root, "c")
    assert contents(root) == version("c", 1000)


def test_a_full_disk_leaves_the_old_files(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mount.returncode:
        pytest.skip("file systems may not be mounted here")
    try:
        write(disk / "out", "a")
        process = python(WRITE, disk / "out", "b", 30_000)
        _, err = process.communicate()

        assert "OutputError: cannot write" in err
        assert "no space left on device" in err
        for name, text in contents(disk / "out").items():
            assert text in {version("a", 1000)[name], version("b", 30_000)[name]}
        assert not list(disk.rglob("*.tmp"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def deny(path: object, flags: int, *args: object, **kwargs: object) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *args, **kwargs)  # type: ignore[arg-type] # passed on as it came

    monkeypatch.setattr(os, "open", deny)

    with pytest.raises(OutputError, match=r"cannot write to .*out: permission denied"), OutputFolder(tmp_path / "out"):
        pass


def test_of_two_runs_at_once_one_writes_and_the_other_is_told(tmp_path: Path) -> None:
    root = tmp_path / "out"
    processes = [python(WRITE, root, letter, 20_000) for letter in "ab"]
    said = [process.communicate() for process in processes]
    codes = [process.returncode for process in processes]

    assert 0 in codes
    for (_, err), code in zip(said, codes, strict=True):
        assert code == 0 or "another orgkb" in err
    assert contents(root) in (version("a", 20_000), version("b", 20_000))


def test_a_lock_of_a_dead_run_holds_nothing_up(tmp_path: Path) -> None:
    process = python("pass")
    process.communicate()
    host = os.uname().nodename
    (tmp_path / LOCK).write_text(json.dumps({"orgkb_process": process.pid, "host": host}))

    with FolderLock(tmp_path):
        assert json.loads((tmp_path / LOCK).read_text())["orgkb_process"] == os.getpid()
    assert not (tmp_path / LOCK).exists()


def without_system_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl  # noqa: PLC0415 - absent on Windows

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)


def test_without_locks_of_the_system_the_process_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_system_locks(monkeypatch)
    living = python("input()", stdin=subprocess.PIPE)
    host = os.uname().nodename
    (tmp_path / LOCK).write_text(json.dumps({"orgkb_process": living.pid, "host": host}))

    with pytest.raises(OutputError, match=f"process {living.pid} on"), FolderLock(tmp_path):
        pass
    living.kill()
    living.communicate()
    with FolderLock(tmp_path):
        pass
    (tmp_path / LOCK).write_text(json.dumps({"orgkb_process": 1, "host": "another machine"}))
    with pytest.raises(OutputError, match="another machine"), FolderLock(tmp_path):
        pass


def foreign(place: Path) -> None:
    place.write_text("my own file\n")


@pytest.mark.parametrize("make", [foreign, os.mkfifo, lambda place: place.mkdir(), lambda place: place.symlink_to("x")])
def test_something_else_in_the_place_of_the_lock_stays(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / LOCK)

    with pytest.raises(OutputError, match="is not a lock of orgkb"), OutputFolder(tmp_path):
        pass
    assert (tmp_path / LOCK).is_symlink() or (tmp_path / LOCK).exists()
    assert not (tmp_path / "x").exists()


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_temporary_files_of_killed_runs_go_and_others_stay(tmp_path: Path) -> None:
    with OutputFolder(tmp_path) as folder:
        folder.replace("markdown", [("markdown/a.md", b"x")])
    left = [tmp_path / "markdown" / ".orgkb-0123456789abcdef.tmp", tmp_path / ".orgkb-fedcba9876543210.tmp"]
    mine = [tmp_path / "markdown" / ".orgkb-notes.tmp", tmp_path / "other.tmp"]
    for path in (*left, *mine):
        path.write_bytes(b"x")

    with OutputFolder(tmp_path):
        pass

    assert not [path for path in left if path.exists()]
    assert all(path.exists() for path in mine)
