"""Other programs: what they get, and what they may use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from orgkb import programs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


def shell(script: str, text: bytes = b"", **limits: float) -> programs.Done:
    return programs.run(["/bin/sh", "-c", script], text, **{"seconds": 10.0, **limits})  # type: ignore[arg-type] # mixed


def test_text_goes_in_and_text_comes_out() -> None:
    assert shell("cat", b"x" * 200_000).output == b"x" * 200_000


def test_of_our_surroundings_only_path_and_language_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGKB_SECRET", "zq7secret")
    monkeypatch.setenv("LANG", "C.UTF-8")

    names = {line.split("=")[0] for line in shell("env").output.decode().splitlines()}

    assert names <= {"PATH", "LANG", "PWD", "SHLVL", "_", "OLDPWD"}


def test_it_works_in_an_empty_folder_that_goes() -> None:
    folder, *files = shell("pwd; ls -A; touch left").output.decode().split()

    assert files == []
    assert not Path(folder).exists()


def test_one_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(programs.ProgramFailed, match=r"took more than 0\.2 seconds"):
        shell("exec sleep 20", seconds=0.2)


def test_one_that_takes_too_much_memory_is_stopped() -> None:
    script = f"exec {sys.executable} -c 'input(); x = bytearray(10**9)'"

    with pytest.raises(programs.ProgramFailed, match="MemoryError"):
        shell(script, b"\n", memory=300 * 2**20)


def test_one_that_writes_too_much_is_stopped() -> None:
    with pytest.raises(programs.ProgramFailed):
        shell("read x; exec yes", b"\n", output=100_000)


def test_one_that_fails_says_why() -> None:
    with pytest.raises(programs.ProgramFailed, match="no such thing"):
        shell("echo no such thing >&2; exit 3")
    with pytest.raises(programs.ProgramFailed, match="exit code 4"):
        shell("exit 4")
    with pytest.raises(programs.ProgramFailed, match="signal 9"):
        shell("kill -9 $$")


def test_one_that_reads_nothing_is_no_error() -> None:
    assert shell("echo done", b"x" * 10**6).output == b"done\n"


def test_one_that_is_not_there_is_an_oserror() -> None:
    with pytest.raises(OSError, match="No such file"):
        programs.run(["/no/such/program"], b"", seconds=1)


def test_a_program_in_the_current_folder_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("notes", "bin"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "drawer").write_text("#!/bin/sh\n")
        (tmp_path / folder / "drawer").chmod(0o755)
    monkeypatch.chdir(tmp_path / "notes")

    assert programs.find("drawer", path=f"{tmp_path}/notes") is None
    assert programs.find("drawer", path=".") is None
    assert programs.find("drawer", path=f"{tmp_path}/bin") == f"{tmp_path}/bin/drawer"
    assert programs.find("absent", path=f"{tmp_path}/bin") is None
