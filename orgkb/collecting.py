"""How a run deals with Python's garbage collector, which a graph of a million values without cycles keeps busy for nothing."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgkb.kept import Kept

__all__ = ["all_given_back", "seldom_collecting", "settled_values"]

_GARBAGE = 100_000
"""New values after which rings among them are looked for."""


@contextlib.contextmanager
def settled_values() -> Iterator[None]:
    """Have the garbage collector pass over all that there is so far: the graph stays to the end of the run."""
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
            gc.collect()
