"""What is made of our own tables, or of little text at some cost, taken from what earlier runs remember.

For parts that know neither the cache nor the run: whoever has a cache says so around them, see `remembering_in`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["Pieces", "Store", "once", "remembering_in"]


class Store(Protocol):
    """What remembers bytes by what they were made of: `orgkb.cache.Cache`."""

    @property
    def usable(self) -> bool:
        """Whether anything can be remembered."""

    def get(self, source: bytes, kind: str) -> bytes | None:
        """What KIND of record was made of SOURCE; None where there is none."""

    def put(self, source: bytes, kind: str, data: bytes) -> None:
        """Remember DATA as the record of KIND that was made of SOURCE."""


class Pieces(Protocol):
    """What remembers small results of one note together: `orgkb.pieces.Pieces`."""

    def get(self, step: str, source: bytes) -> bytes | None:
        """What STEP made of SOURCE in the last build; None where there is nothing of it."""

    def put(self, step: str, source: bytes, data: bytes) -> None:
        """Remember that STEP makes DATA of SOURCE."""


_stores: list[tuple[Store, str]] = []


@contextmanager
def remembering_in(store: Store | None, version: str) -> Iterator[None]:
    """Have `once` remember in STORE; VERSION differs where our code does."""
    if store is None or not store.usable:
        yield
        return
    _stores.append((store, version))
    try:
        yield
    finally:
        _stores.pop()


def once(what: str, source: bytes, make: Callable[[], bytes]) -> bytes:
    """What MAKE gives, or gave in an earlier run as WHAT of SOURCE, on which alone and on our code it depends."""
    if not _stores:
        return make()
    store, version = _stores[-1]
    kind = f"{what} {version}"
    data = store.get(source, kind)
    if data is None:
        data = make()
        store.put(source, kind, data)
    return data
