"""Small results of an exporter, kept together from one build to the next: as `ExportContext.once` keeps large ones.

A record of its own for each of some hundred sections or concepts would cost more than to make most of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import count

import msgspec

from orgkb.cache import Cache, mixed

__all__ = ["Pieces"]

_SOURCE = b"pieces of an exporter"
_NAME = 16
_LARGE = 2_000_000
"""Bytes from which on a record takes no more pieces."""


class Pieces:
    """Results by what they were made of; those that the last build had no use for are forgotten."""

    def __init__(self, cache: Cache, kind: str, source: bytes = _SOURCE) -> None:
        """Those in CACHE that code of the version KIND made, of SOURCE where there are several records of them."""
        self._cache = cache
        self._kind = f"pieces {kind}"
        self._source = source
        self._known: dict[bytes, bytes] | None = None
        self._used: dict[bytes, bytes] = {}
        self._size = 0
        self._written = 0
        """Records of pieces that were written while the exporter was at work."""

    def piece(self, step: str, source: bytes, make: Callable[[], bytes]) -> bytes:
        """What STEP makes of SOURCE, from the last build or made now."""
        data = self.get(step, source)
        if data is None:
            data = make()
            self.put(step, source, data)
        return data

    def get(self, step: str, source: bytes) -> bytes | None:
        """What STEP made of SOURCE in the last build; None where there is nothing of it."""
        if self._known is None:
            self._known = self._read()
        key = _key(step, source)
        name = key[:_NAME]
        sealed = self._known.get(name)
        if sealed is None:
            return None
        self._used[name] = sealed
        return mixed(sealed, key)

    def put(self, step: str, source: bytes, data: bytes) -> None:
        """Remember that STEP makes DATA of SOURCE.

        Each is sealed with what it was made of, as records of the cache are: without the notes nobody reads it.
        """
        key = _key(step, source)
        self._used[key[:_NAME]] = mixed(data, key)
        self._size += _NAME + len(data)
        if self._size >= _LARGE and self._known == {}:  # of a first build none is held, as there is nothing to compare
            self._write(_Record(self._used, more=True))
            self._used, self._size = {}, 0

    def save(self) -> None:
        """Remember what this build used."""
        if self._known is not None and (self._written or self._used.keys() != self._known.keys()):
            for record in _records(self._used):
                self._write(record)

    def _write(self, record: _Record) -> None:
        self._cache.put(self._source, self._name(self._written), msgspec.msgpack.encode(record))
        self._written += 1

    def _read(self) -> dict[bytes, bytes]:
        known: dict[bytes, bytes] = {}
        for number in count():
            data = self._cache.get(self._source, self._name(number))
            try:
                record = msgspec.msgpack.decode(data or b"", type=_Record)
            except msgspec.DecodeError:
                break
            known |= record.pieces
            if not record.more:
                break
        return known

    def _name(self, number: int) -> str:
        return f"{self._kind} {number}" if number else self._kind


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """Some of the pieces, and whether there are more."""

    pieces: dict[bytes, bytes]
    more: bool


def _records(pieces: dict[bytes, bytes]) -> Iterator[_Record]:
    """PIECES in records of some MB: one of them all would stand in memory several times while it is written."""
    taken: dict[bytes, bytes] = {}
    size = 0
    for name, data in pieces.items():
        if size >= _LARGE:
            yield _Record(taken, more=True)
            taken, size = {}, 0
        taken[name] = data
        size += len(name) + len(data)
    yield _Record(taken, more=False)


def _key(step: str, source: bytes) -> bytes:
    return hashlib.blake2b(step.encode() + b"\0" + source).digest()
