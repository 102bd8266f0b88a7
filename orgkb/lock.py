"""One run at a time in an output folder: a lock file that names the process that holds it."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from orgkb.errors import OutputError

LOCK = ".orgkb-lock"
_LARGEST = 4096
"""Bytes; a lock of ours is far smaller."""
_TRIES = 5


class _Holder(msgspec.Struct, frozen=True):
    orgkb_process: int
    host: str


class FolderLock:
    """Holds a folder as a context manager.

    The system's own lock on the file decides where there is one: it ends with its process, however that
    ends, so a file that a killed run left behind holds nothing up. Where there is none (some network
    file systems, Windows), the process that the file names is looked for.
    """

    def __init__(self, folder: Path) -> None:
        self._place = folder / LOCK
        self._handle: int | None = None

    def __enter__(self) -> Self:
        """Take the lock; OutputError that names the holder where another run has it."""
        for _ in range(_TRIES):
            handle = self._open()
            try:
                if self._take(handle):
                    self._handle = handle
                    return self
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)  # the run before us removed the file between our opening and locking it
        raise OutputError(f"cannot lock {self._place}: remove it if no orgkb is at work")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            if sys.platform == "win32":  # an open file cannot be removed there
                os.close(self._handle)
                self._place.unlink(missing_ok=True)
            else:
                # Removed while it is still locked: who opened it meanwhile finds out, and opens a new one.
                with contextlib.suppress(OSError):
                    self._place.unlink(missing_ok=True)
                os.close(self._handle)
            self._handle = None

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            handle = os.open(self._place, flags | getattr(os, "O_CLOEXEC", 0), 0o666)
        except OSError as error:
            if self._place.is_symlink() or self._place.exists():
                raise OutputError(f"{self._place} is not a lock of orgkb: remove it") from error
            raise
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OutputError(f"{self._place} is not a lock of orgkb: remove it")
        return handle

    def _take(self, handle: int) -> bool:
        """Whether the file that HANDLE opened is ours now; False where it is no longer the one in the folder."""
        data = os.read(handle, _LARGEST + 1)
        holder = _read(data)
        if data and holder is None:
            raise OutputError(f"{self._place} is not a lock of orgkb: remove it")
        locked = _locked(handle)
        if locked is False or (locked is None and holder is not None and _lives(holder)):
            who = f" (process {holder.orgkb_process} on {holder.host})" if holder else ""
            raise OutputError(f"another orgkb{who} is writing to {self._place.parent}: wait for it to end")
        try:
            if not os.path.samestat(os.fstat(handle), self._place.lstat()):
                return False
        except FileNotFoundError:
            return False
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, msgspec.json.encode(_Holder(os.getpid(), _host())) + b"\n")
        return True


def _host() -> str:
    """The name of this machine."""
    if sys.platform == "win32":
        import socket  # noqa: PLC0415 - takes as long to load as all else that a lock needs

        return socket.gethostname()
    return os.uname().nodename


def _read(data: bytes) -> _Holder | None:
    if not data.strip():
        return None
    try:
        return msgspec.json.decode(data, type=_Holder)
    except msgspec.DecodeError:
        return None


def _locked(handle: int) -> bool | None:
    """Whether the system's lock on the file is ours now; None where it has none."""
    if sys.platform == "win32":
        return None
    import fcntl  # noqa: PLC0415 - absent on Windows

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _lives(holder: _Holder) -> bool:
    """Whether the process of HOLDER may still be at work: on another machine nobody can tell."""
    if holder.host != _host():
        return True
    if holder.orgkb_process in {0, os.getpid()} or sys.platform == "win32":
        return holder.orgkb_process != os.getpid()
    try:
        os.kill(holder.orgkb_process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
