"""Other programs: fixed arguments, text by stdin, nothing of our surroundings, and limits to what they may use."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

MEMORY_BYTES = 2 * 1024**3
"""Address space of a program, where the system can limit it (Linux)."""
OUTPUT_BYTES = 512 * 1024**2
"""What a program may write."""
_ERROR_BYTES = 64 * 1024
"""What is kept of its complaints."""
_KEPT = ("PATH", "LANG", "SYSTEMROOT")  # the last: Windows starts no program without it


def find(name: str, path: str | None = None) -> str | None:
    """The place of the program NAME on PATH (default: the user's); None where there is none.

    Windows looks in the current folder first, which may be a stranger's: what lies there does not count.
    """
    found = shutil.which(name, path=path)
    if found is None or Path(found).absolute().parent.resolve() == Path.cwd().resolve():
        return None
    return found


class ProgramFailed(Exception):  # noqa: N818 - reads as what happened
    """A program was stopped at a limit or ended with an error; the text says which, without its name."""


class Done(msgspec.Struct, frozen=True):
    """What a program left."""

    output: bytes
    errors: str
    """What it complained about; it may still have worked."""


def run(
    command: Sequence[str], text: bytes, *, seconds: float, memory: int = MEMORY_BYTES, output: int = OUTPUT_BYTES
) -> Done:
    """What COMMAND writes when it gets TEXT by stdin.

    It runs without a shell, in an empty folder of its own, with no environment but PATH and LANG, for at
    most SECONDS, in MEMORY bytes of address space (0: not limited here) and with OUTPUT bytes of output.
    Raises ProgramFailed where it ends badly or breaks a limit, OSError where it cannot be started.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    import tempfile  # noqa: PLC0415 - most builds only ask whether there is a program

    with tempfile.TemporaryDirectory(prefix="orgkb-run-") as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        work = Path(folder) / "work"
        work.mkdir()
        with out.open("wb") as output_file, err.open("wb") as error_file:
            process = subprocess.Popen(  # noqa: S603 - callers give a program of ours and fixed arguments
                command, stdin=subprocess.PIPE, stdout=output_file, stderr=error_file, cwd=work, env=environment
            )
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(seconds, stop)
            timer.daemon = True
            with process:
                try:
                    # Before it gets its text, so that nothing in the text can be faster than the limits.
                    _limit(process.pid, memory, output)
                    # A wait of `communicate` with a limit sleeps between looks, for a third of what most drawings take.
                    timer.start()
                    process.communicate(text)
                finally:
                    timer.cancel()
                    if process.poll() is None:
                        process.kill()
        if late.is_set():
            raise ProgramFailed(f"took more than {seconds:g} seconds")
        with err.open("rb") as file:
            errors = file.read(_ERROR_BYTES).decode("utf-8", "replace").strip()
        if out.stat().st_size >= output:
            raise ProgramFailed(f"wrote more than {output >> 20} MB")
        if process.returncode < 0:
            raise ProgramFailed(f"was stopped by signal {-process.returncode}{f': {errors}' if errors else ''}")
        if process.returncode:
            raise ProgramFailed(errors or f"exit code {process.returncode}")
        return Done(out.read_bytes(), errors)


def _limit(process: int, memory: int, output: int) -> None:
    """Limit the running PROCESS; nothing on systems where one process cannot limit another."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - absent on Windows

    limits = [(resource.RLIMIT_FSIZE, output), (resource.RLIMIT_CORE, 0)]
    if memory:
        limits.append((resource.RLIMIT_AS, memory))
    for kind, value in limits:
        # Gone already, or a lower limit is in force: the exit code tells the one, the other is as good.
        with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
            resource.prlimit(process, kind, (value, value))
