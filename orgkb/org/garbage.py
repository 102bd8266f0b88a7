"""Python's garbage collector: paused while many values without cycles are made, asked where a step leaves cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Trees and graphs of frozen values have no cycles: collecting while they grow would only cost time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def settling() -> Iterator[None]:
    """The same for what stays: at the end all of it counts as old, without a look at it.

    Python would look at all that was made while the collector was off: a fiftieth of the time of making it.
    """
    was_on = gc.isenabled()
    with no_garbage_collection():
        yield
        if was_on and not frozen.lasting:
            gc.freeze()
            gc.unfreeze()


class Frozen:
    """Whether somebody froze what is to stay so; Python itself would count it, as long as looking at all of it takes."""

    def __init__(self) -> None:
        self.lasting = False

    def begin(self) -> None:
        """Freeze all that there is, until `end`."""
        gc.freeze()
        self.lasting = True

    def end(self) -> None:
        """Nothing is frozen any more."""
        gc.unfreeze()
        self.lasting = False


frozen = Frozen()


def drop_young() -> None:
    """Free the cycles among what was made since this was last called, in the time that it takes to look at that alone.

    Parsers and their tables of methods hold each other, and the text: where the collector is paused over many notes,
    all of that would stay, 50 KB even of a tiny note.
    """
    gc.collect(0)
