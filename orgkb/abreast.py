"""Several things at a time that mostly wait for other programs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from orgkb.workers import cores

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["abreast"]

T = TypeVar("T")

_MOST = 8
"""Programs that run at once: each may take much memory."""


def abreast(calls: Iterable[Callable[[], T]], at_once: int = 0) -> Iterator[T]:
    """What CALLS give, in their order, while the next ones are at work: AT_ONCE of them, 0 being one for each core.

    Worth it where they wait for other programs: Python itself does one at a time.  What one raises is raised at its turn.
    CALLS are taken when one can begin; whoever stops asking leaves the others undone.
    """
    most = min(at_once or cores(), _MOST)
    waiting = iter(calls)
    first = list(islice(waiting, most if most > 1 else 0))
    if len(first) < 2:
        yield from (call() for call in chain(first, waiting))
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - most builds draw nothing

    pool = ThreadPoolExecutor(most)
    try:
        running: deque[Future[T]] = deque(map(pool.submit, first))
        while running:
            done = running.popleft().result()
            running.extend(map(pool.submit, islice(waiting, 1)))
            yield done
    finally:
        pool.shutdown(cancel_futures=True)
