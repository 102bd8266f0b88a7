"""What runs remember of each other: a folder of SQLite files that may be deleted at any time.

A record is sealed with a key that is made of what it was computed from, which the cache does not hold:
without the notes nothing of them can be read there, and a note that is changed or deleted takes what
was remembered of it along.  It is written as MessagePack and never as anything that could run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

__all__ = ["Cache", "folder", "mixed", "opened"]

FORMAT = 1
"""Of the records and their sealing; another one is another cache."""
FOLDER_VARIABLE = "ORGKB_CACHE"
_KEPT_RUNS = 12
"""Runs after which a record that none of them used is dropped."""
_PATIENCE = 0.5
"""Seconds to wait for another run that writes to the same file."""
_LARGEST = 500_000_000
"""Bytes of a record that is kept: SQLite takes no values of a gigabyte."""
SHARED = sqlite3.threadsafety == 3
"""Whether SQLite lets several threads use one connection."""
_PENDING = 16_000_000
"""Bytes of new records that wait in memory to be written."""
_TAG = 16
_STRETCH = 1 << 20
"""Bytes that are sealed at a time."""
_APPLICATION = 0x6F72676B
"""SQLite's mark of the program that a file belongs to: `orgk`."""


def folder() -> Path:
    """Where caches lie: $ORGKB_CACHE, else the user's cache folder as the system has it."""
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "orgkb"


def opened(*parts: object) -> Cache:
    """The cache of the work that PARTS name (the notes' folder, the output folder); made when it is first written."""
    name = hashlib.blake2b(repr(parts).encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()
    try:
        place: Path | None = folder() / f"{name}-{FORMAT}.sqlite"
    except RuntimeError:  # there is no home folder
        place = None
    return Cache(place)


class Cache:
    """Sealed bytes by what they were computed from; use it as a context manager.

    It never fails: a file that is damaged is made anew, one that cannot be used is left alone, and
    `problem` says so.  Several threads may use it: maps are drawn side by side.
    """

    def __init__(self, place: Path | None) -> None:
        """Use the file at PLACE; None remembers nothing."""
        self._place = place
        self._base: sqlite3.Connection | None = None
        self._run = 0
        self._new: dict[bytes, bytes] = {}
        self._pending = 0
        self._written = False
        self._used: list[bytes] = []
        self._lock = threading.RLock()
        self.problem = ""
        """A sentence for the user; empty where all is well."""

    def __enter__(self) -> Self:
        if self._place is not None:
            try:
                self._connect(self._place)
            except (OSError, sqlite3.Error) as error:
                self._give_up(error)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.save()
        if self._base is not None:
            with contextlib.suppress(sqlite3.Error):
                self._base.close()
            self._base = None

    @property
    def usable(self) -> bool:
        """Whether anything can be remembered."""
        return self._base is not None

    def get(self, source: bytes, kind: str) -> bytes | None:
        """What KIND of record was made of SOURCE; None where there is none."""
        with self._lock:
            sealed = self._found(_name(source, kind))
        return None if sealed is None else _unsealed(sealed, source, kind)

    def _found(self, name: bytes) -> bytes | None:
        sealed = self._new.get(name)
        if sealed is None and self._base is not None:
            try:
                row = self._base.execute("SELECT value, run FROM records WHERE name = ?", (name,)).fetchone()
            except sqlite3.Error as error:
                self._give_up(error)
                return None
            if row is not None:
                sealed = row[0]
                if self._run - row[1] > _KEPT_RUNS // 2:
                    self._used.append(name)
        return sealed

    def holds(self, source: bytes, kind: str) -> bool:
        """Whether `get` has something to give, which is not read now and not dropped by this run."""
        name = _name(source, kind)
        with self._lock:
            return self._holds(name)

    def _holds(self, name: bytes) -> bool:
        if name in self._new:
            return True
        if self._base is None:
            return False
        try:
            row = self._base.execute("SELECT run FROM records WHERE name = ?", (name,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return False
        if row is not None and self._run - row[0] > _KEPT_RUNS // 2:
            self._used.append(name)
        return row is not None

    def put(self, source: bytes, kind: str, data: bytes) -> None:
        """Remember DATA as the record of KIND that was made of SOURCE."""
        if self._base is None or len(data) > _LARGEST:
            return
        sealed = _sealed(data, source, kind)
        with self._lock:
            self._new[_name(source, kind)] = sealed
            self._pending += len(data)
            if self._pending > _PENDING:
                self._write()

    def save(self) -> None:
        """Write what is new, and drop what no run has used for long."""
        if not (self._new or self._used or self._written):
            return
        self._write()
        base = self._base
        if base is None:
            return
        try:
            with base:
                base.execute("UPDATE run SET number = ?", (self._run,))
                base.executemany("UPDATE records SET run = ? WHERE name = ?", [(self._run, n) for n in self._used])
                base.execute("DELETE FROM records WHERE run < ?", (self._run - _KEPT_RUNS,))
        except sqlite3.Error as error:
            self._give_up(error)
        self._used = []
        self._written = False

    def _write(self) -> None:
        base, new, self._new, self._pending = self._base, self._new, {}, 0
        if base is None or not new:
            return
        self._written = True
        rows = ((name, self._run, value) for name, value in new.items())
        try:
            with base:
                base.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def _connect(self, place: Path) -> None:
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            self._base = _base(place)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # locked, or not to be written: not ours to repair
                raise
            self.problem = f"the cache {place} is damaged: it is made anew"
            place.unlink()
            self._base = _base(place)
        self._run = self._base.execute("SELECT number FROM run").fetchone()[0] + 1

    def _give_up(self, error: Exception) -> None:
        self.problem = f"the cache {self._place} cannot be used ({error}): everything is read anew"
        base, self._base = self._base, None
        self._new = {}
        if base is not None:
            with contextlib.suppress(sqlite3.Error):
                base.close()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            self.problem = (
                f"the cache {self._place} is damaged: everything is read anew, and the next run makes it anew"
            )
            if self._place is not None:
                with contextlib.suppress(OSError):
                    self._place.unlink()


def _base(place: Path) -> sqlite3.Connection:
    # Notes are opened by whichever thread looks into them, one at a time: see `shelf`.
    base = sqlite3.connect(place, timeout=_PATIENCE, check_same_thread=not SHARED)
    try:
        if base.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            _prepare(base)
        base.execute("PRAGMA synchronous = OFF")  # losing the last writes costs work, not notes
        base.execute("SELECT number FROM run").fetchone()
    except BaseException:
        base.close()
        raise
    return base


def _prepare(base: sqlite3.Connection) -> None:
    if base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise sqlite3.DatabaseError("not a cache of orgkb")
    base.execute("PRAGMA page_size = 16384")
    with base:
        base.execute("BEGIN IMMEDIATE")
        base.execute("CREATE TABLE records (name BLOB PRIMARY KEY, run INTEGER, value BLOB) WITHOUT ROWID")
        base.execute("CREATE TABLE run (number INTEGER)")
        base.execute("INSERT INTO run VALUES (0)")
        base.execute(f"PRAGMA application_id = {_APPLICATION}")


def _derived(source: bytes, kind: str, purpose: bytes) -> bytes:
    return hashlib.blake2b(source + kind.encode(), digest_size=32, person=purpose).digest()


def _name(source: bytes, kind: str) -> bytes:
    return _derived(source, kind, b"orgkb name")[:20]


def _sealed(data: bytes, source: bytes, kind: str) -> bytes:
    key = _derived(source, kind, b"orgkb key")
    tag = hashlib.blake2b(data, digest_size=_TAG, key=key).digest()
    return b"".join((tag, *_mixed(data, key + tag)))


def _unsealed(sealed: bytes, source: bytes, kind: str) -> bytes | None:
    """None where SEALED is not what was written."""
    key = _derived(source, kind, b"orgkb key")
    tag = sealed[:_TAG]
    data = mixed(memoryview(sealed)[_TAG:], key + tag)
    return data if hashlib.blake2b(data, digest_size=_TAG, key=key).digest() == tag else None


def mixed(data: bytes | memoryview, key: bytes) -> bytes:
    """DATA and the streams that SHAKE-128 makes of KEY, exclusive or: the same again gives DATA."""
    return b"".join(_mixed(data, key))


def _mixed(data: bytes | memoryview, key: bytes) -> Iterator[bytes]:
    """The same stretch by stretch, each with a stream of its own: to do all at once takes six times the memory."""
    view = memoryview(data)
    for begin in range(0, len(view), _STRETCH):
        stretch = view[begin : begin + _STRETCH]
        own = key + begin.to_bytes(8, "little") if begin else key
        stream = hashlib.shake_128(own).digest(len(stretch))
        yield (int.from_bytes(stretch, "little") ^ int.from_bytes(stream, "little")).to_bytes(len(stretch), "little")
