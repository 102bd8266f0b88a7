"""How a run deals with Python's garbage collector, which a graph of a million values without cycles keeps busy for nothing."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Self

from orgkb.org.garbage import frozen

if TYPE_CHECKING:
    from orgkb.kept import Kept

__all__ = ["all_given_back", "forget_answers", "return_memory", "seldom_collecting", "settled_values"]

_GARBAGE = 100_000
"""New values after which rings among them are looked for."""
_EVERY = 16
"""Runs after which rings are also looked for among what earlier runs left."""


@contextlib.contextmanager
def settled_values() -> Iterator[None]:
    """Have the garbage collector pass over all that there is so far: the graph stays to the end of the run."""
    if frozen.lasting:  # by `_GivenBack`, which has to find the graph of this run when it ends
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextlib.contextmanager
def seldom_collecting() -> Iterator[None]:
    """Have the garbage collector look less often: nearly all that a run makes goes as soon as nobody holds it."""
    usual = gc.get_threshold()
    gc.set_threshold(_GARBAGE, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextlib.contextmanager
def all_given_back(kept: Kept | None) -> Iterator[None]:
    """Where more runs follow in this program, free what this one made: its cycles would hold whole notes for long."""
    try:
        yield
    finally:
        if kept is not None:
            kept.take("garbage", _GivenBack).collect()


def forget_answers() -> None:
    """Empty what functions of orgkb remember of their last calls, but for the tables that they read once.

    After large notes that is up to a million answers about words, and most are of use to the step alone that asked.
    """
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _OURS:
            for value in list(vars(module).values()):
                if isinstance(value, _Remembering) and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()


_OURS = frozenset({"orgkb", "orgkb_exporters"})
_Remembering = type(lru_cache(len))


def return_memory() -> None:
    """Give the system what memory was freed, after a step that used much for a while.

    The C library of Linux keeps it, as it lies between what is still in use: half as much as that after large notes.
    """
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """What gives freed memory back; None with C libraries that do without."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # noqa: PLC0415 - ordinary notes do without

    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim


class _GivenBack:
    """Looks for rings after each of many runs in one program: mostly among what the last one made.

    Program, libraries and what is kept are twenty times as much, and no ring comes to be there.
    """

    def __init__(self) -> None:
        self._runs = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        frozen.end()

    def collect(self) -> None:
        """Free what the run that ends left."""
        if self._runs % _EVERY == 0:
            frozen.end()
        gc.collect()
        frozen.begin()
        self._runs += 1
