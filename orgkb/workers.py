"""Who does the work on single notes: this process, processes of this machine, or those of a cluster.

What is made does not depend on it: each note's part is a function of its task alone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from orgkb.errors import MissingProgram, UsageError

if TYPE_CHECKING:  # loaded where there are workers
    from concurrent.futures import Executor, Future

Task = TypeVar("Task")
Sent = TypeVar("Sent")
Result = TypeVar("Result")

DASK = "dask://"
_WORTH = 1_500_000
"""Bytes of notes from which processes of their own are worth their start."""
_CHUNKS = 6
"""Parts for each worker at least, so that none waits long for another at the end."""
_MOST = 2_000_000
"""Bytes of notes that a part holds at most, beyond a single note: all that belongs to it is held at once."""
_AHEAD = 2
"""Parts for each worker that are on their way at once: one at work, one that it finds waiting."""
_LEAST = 100_000
"""Bytes of notes that a part holds at least: handing it over costs too."""


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class Workers:
    """JOBS processes of this machine, or an EXECUTOR; started when there is enough to do.

    Use it as a context manager.  What a worker that dies leaves undone is done in this process.
    """

    def __init__(self, jobs: int = 1, executor: Executor | str | None = None) -> None:
        """JOBS are as many as there are cores for 0; EXECUTOR is one of `concurrent.futures`, which is not shut down here, or an address `dask://HOST:PORT`.

        Raises UsageError where the address is none.
        """
        if isinstance(executor, str) and not (executor.startswith(DASK) and executor.removeprefix(DASK)):
            raise UsageError(f"--executor {executor}: it must be an address such as {DASK}HOST:8786")
        self._jobs = jobs or cores()
        self._given = executor
        self._executor: Executor | None = None if isinstance(executor, str) else executor
        self._closing = contextlib.ExitStack()
        self.problem = ""
        """A sentence for the user; empty where all went well."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Let the processes go, if there are any: they hold memory.  What is asked of them later starts new ones."""
        self._closing.close()
        if isinstance(self._given, str) or self._given is None:
            self._executor = None

    def worth(self, size: int) -> bool:
        """Whether SIZE bytes of notes are worth handing over."""
        return self._given is not None or (self._jobs > 1 and size >= _WORTH)

    def map(
        self,
        function: Callable[[tuple[Sent, ...]], list[Result]],
        tasks: Sequence[Task],
        size: Callable[[Task], int],
        load: Callable[[Task], Sent],
    ) -> Iterator[tuple[Task, Result]]:
        """Each of TASKS, which have a SIZE, with its result, as they are done.

        FUNCTION does some of them; LOAD gives what it needs of one, which is held no longer than it takes.
        Raises UsageError or MissingProgram where the cluster cannot be reached.
        """
        from concurrent.futures import FIRST_COMPLETED, wait  # noqa: PLC0415 - most runs have too little to do

        executor = self._started()
        pending: dict[Future[list[Result]], tuple[Task, ...]] = {}
        undone: list[tuple[Task, ...]] = []
        waiting = _parts(tasks, size, self._jobs * _CHUNKS)
        try:
            while True:
                while len(pending) < _AHEAD * self._jobs and (part := next(waiting, None)):
                    try:
                        pending[executor.submit(function, tuple(map(load, part)))] = part
                    except Exception:  # noqa: BLE001 - the pool is broken: a worker died meanwhile
                        undone.append(part)
                if not pending:
                    break
                for future in wait(pending, return_when=FIRST_COMPLETED).done:
                    part = pending.pop(future)
                    try:
                        results = future.result()
                    except Exception:  # noqa: BLE001 - whatever a cluster has against it, the part can be done here
                        undone.append(part)
                        continue
                    yield from zip(part, results, strict=True)
        finally:
            for future in pending:
                future.cancel()
        if undone:
            self.problem = f"a worker failed: {len(undone)} parts of the work were done by the main process"
            if self._given is None:  # a pool with a dead worker takes no more work
                self._closing.close()
                self._executor = None
        for part in undone:
            yield from zip(part, function(tuple(map(load, part))), strict=True)

    def _started(self) -> Executor:
        if self._executor is None:
            self._executor = self._cluster(self._given) if isinstance(self._given, str) else self._pool()
        return self._executor

    def _pool(self) -> Executor:
        import multiprocessing  # noqa: PLC0415 - most runs have too little to do
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        method = "spawn" if sys.platform in {"win32", "darwin"} else "forkserver"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(["orgkb.work"])
        pool = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin)
        self._closing.callback(pool.shutdown, wait=True, cancel_futures=True)
        return pool

    def _cluster(self, address: str) -> Executor:
        try:
            from distributed import Client  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise MissingProgram(
                "--executor dask://… needs the package distributed: pip install 'orgkb[dask]'"
            ) from error
        try:
            client = Client(f"tcp://{address.removeprefix(DASK)}", timeout=10)
        except (OSError, ValueError) as error:
            raise UsageError(f"--executor {address}: no scheduler answers there ({error})") from error
        self._closing.callback(client.close)
        self._jobs = max(1, sum(client.nthreads().values()))
        executor: Executor = client.get_executor(pure=False)
        return executor


def _parts(tasks: Sequence[Task], size: Callable[[Task], int], count: int) -> Iterator[tuple[Task, ...]]:
    """TASKS in about COUNT parts of one size, the big ones first so that the last to end is a small one."""
    ordered = sorted(tasks, key=size, reverse=True)
    most = min(max(sum(map(size, tasks)) // count, _LEAST), _MOST)
    part: list[Task] = []
    total = 0
    for task in ordered:
        part.append(task)
        total += size(task)
        if total >= most:
            yield tuple(part)
            part, total = [], 0
    if part:
        yield tuple(part)


def _begin() -> None:
    """In a new worker: Ctrl-C is for the main process, and without it there is nobody to work for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import multiprocessing  # noqa: PLC0415 - see above

    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_with_parent() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=end_with_parent, daemon=True).start()
