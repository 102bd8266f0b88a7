"""Small results of an exporter, kept together from one build to the next: as `ExportContext.once` keeps large ones.

A record of its own for each of some hundred sections or concepts would cost more than to make most of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import msgspec

from orgkb.cache import Cache, mixed

__all__ = ["Pieces"]

_SOURCE = b"pieces of an exporter"
_NAME = 16


class Pieces:
    """Results by what they were made of; those that the last build had no use for are forgotten."""

    def __init__(self, cache: Cache, kind: str) -> None:
        """Those in CACHE that code of the version KIND made."""
        self._cache = cache
        self._kind = f"pieces {kind}"
        self._known: dict[bytes, bytes] | None = None
        self._used: dict[bytes, bytes] = {}

    def piece(self, step: str, source: bytes, make: Callable[[], bytes]) -> bytes:
        """What STEP makes of SOURCE, from the last build or made now.

        Each is sealed with what it was made of, as records of the cache are: without the notes nobody reads it.
        """
        if self._known is None:
            self._known = self._read()
        key = hashlib.blake2b(step.encode() + b"\0" + source).digest()
        name = key[:_NAME]
        sealed = self._known.get(name)
        if sealed is not None:
            self._used[name] = sealed
            return mixed(sealed, key)
        data = make()
        self._used[name] = mixed(data, key)
        return data

    def save(self) -> None:
        """Remember what this build used."""
        if self._known is not None and self._used.keys() != self._known.keys():
            self._cache.put(_SOURCE, self._kind, msgspec.msgpack.encode(self._used))

    def _read(self) -> dict[bytes, bytes]:
        data = self._cache.get(_SOURCE, self._kind)
        try:
            return msgspec.msgpack.decode(data, type=dict[bytes, bytes]) if data else {}
        except msgspec.DecodeError:
            return {}
