"""Files that lie on the disk under another name, until all that belong together are there and get their own."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from orgkb.errors import OutputError
from orgkb.patterns import pattern

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

__all__ = ["IS_TEMPORARY", "TEMPORARY", "Disk", "Staged", "discard", "reason", "settle", "take_place"]

TEMPORARY = ".orgkb-{}.tmp"
IS_TEMPORARY = pattern(r"\.orgkb-[0-9a-f]{16}\.tmp")
_FEW = 4
"""Files that are waited for one by one, to see how long the disk takes."""
_SLOW = 0.001
"""Seconds for a file from which on it is not waited for: to ask another thread takes half of it."""
_AT_ONCE = 4
_WAITING = 64
"""Files at most that are written and not yet on the disk: each is open."""


class Staged(msgspec.Struct, frozen=True):
    """A file that lies on the disk under another name."""

    path: str
    place: Path
    digest: str
    temporary: Path


class Disk:
    """Writes files and has the system put them on the disk: on one that takes long for each, while the next ones are made.

    Use it as a context manager; where its block ends well, all files are on the disk.
    """

    def __init__(self) -> None:
        """Nothing is written yet."""
        self._waited: list[float] = []
        """Seconds for each file that was waited for."""
        self._pool: ThreadPoolExecutor | None = None
        self._running: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            while self._running and error is None:
                self._running.popleft().result()
        finally:
            if self._pool is not None:
                self._pool.shutdown()  # without `cancel_futures`, as each has a file to close

    def stage(self, place: Path, data: bytes) -> Path:
        """A file that holds DATA and can be renamed to PLACE: in the nearest folder that is there, so on the same disk.

        Raises OutputError where the disk will not have it, or one of those before.
        """
        while len(self._running) >= _WAITING:
            self._running.popleft().result()
        folder = place.parent
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        temporary = folder / TEMPORARY.format(hashlib.sha256(os.fsencode(place)).hexdigest()[:16])
        try:
            # What a killed run left behind goes; the lock says that no other run is at work.
            temporary.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            handle = os.open(temporary, flags, 0o666)
            try:
                _write(handle, data)
            except BaseException:
                os.close(handle)
                raise
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise OutputError(f"cannot write {place}: {reason(error)}") from error
        if len(self._waited) >= _FEW and sum(self._waited[-_FEW:]) > _FEW * _SLOW:
            self._later(handle, place, temporary)
        else:
            begin = time.perf_counter()
            _synchronise(handle, place, temporary)
            self._waited.append(time.perf_counter() - begin)
        return temporary

    def _later(self, handle: int, place: Path, temporary: Path) -> None:
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - most builds write few files anew

            self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._running.append(self._pool.submit(_synchronise, handle, place, temporary))


def _write(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def _synchronise(handle: int, place: Path, temporary: Path) -> None:
    """Have the file that is open as HANDLE on the disk, and close it."""
    try:
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputError(f"cannot write {place}: {reason(error)}") from error


def discard(changes: Iterable[Staged]) -> None:
    """Remove the files of CHANGES that have not got their names."""
    for change in changes:
        with contextlib.suppress(OSError):
            change.temporary.unlink(missing_ok=True)


def take_place(temporary: Path, place: Path) -> None:
    """Give the file TEMPORARY its name, PLACE."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputError(f"cannot write {place}: {reason(error)}") from error


def settle(folder: Path) -> None:
    """Have the new names in FOLDER on the disk, where the system lets folders be synchronised."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def reason(error: OSError) -> str:
    """What the system says of ERROR, for the middle of a sentence."""
    return (error.strerror or str(error)).lower()
