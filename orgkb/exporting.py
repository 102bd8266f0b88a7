"""One exporter of a run: how it is made, what it is given, and what becomes of its files."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec

from orgkb.diagnostics import Report
from orgkb.errors import ExporterError, OrgkbError, UsageError, in_short
from orgkb.files import OutputFolder, Written
from orgkb.pieces import Pieces
from orgkb.repeat import Watched, code_of, code_version, folders_of
from orgkb.runs import ExporterRun, Progress, Step

if TYPE_CHECKING:
    from orgkb.cache import Cache
    from orgkb.concepts.graph import ConceptGraph
    from orgkb.config import Config
    from orgkb.exporter import Artifact, ExportContext, Exporter, Installed, Make

__all__ = ["Task", "context_of", "export", "in_turn", "once", "pieces_of", "prepared", "teller"]


class Task(msgspec.Struct, frozen=True):
    """An exporter to run, or the reason why it cannot."""

    name: str
    exporter: Exporter | None
    error: OrgkbError | None = None
    trace: str = ""


def prepared(
    name: str, installed: Installed, config: Config, report: Report
) -> tuple[Exporter | None, OrgkbError | None, str]:
    """The exporter NAME with its options; what is wrong with the call is raised, with the exporter is returned."""
    from orgkb import config as configuration  # noqa: PLC0415 - see the top

    try:
        return configuration.make_exporter(installed.named(name), config, report), None, ""
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken plug-in must not stop the others
        return None, ExporterError(f"cannot be loaded: {in_short(error)}"), traceback.format_exc()


def in_turn(tasks: Sequence[Task]) -> list[Task]:
    """TASKS in the order given, but each behind those whose findings it can use (`Exporter.after`)."""
    done: list[Task] = []
    waiting = list(tasks)
    while waiting:
        names = {task.name for task in waiting}
        # Where two wait for each other, the first one does not.
        ready = next((t for t in waiting if names.isdisjoint(getattr(t.exporter, "after", ()))), waiting[0])
        waiting.remove(ready)
        done.append(ready)
    return done


def export(task: Task, graph: ConceptGraph, context: ExportContext, folder: OutputFolder) -> ExporterRun:
    """Run one exporter and write what it makes: all its files, or none where it fails."""
    begin = time.perf_counter()
    error, trace = task.error, task.trace
    summary: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    if task.exporter and not error:
        try:
            told: list[str] = []
            outcome = folder.replace(task.name, _files(task.exporter.export(graph, context), told))
            summary, written, removed, kept = tuple(told), outcome.written, outcome.removed, outcome.kept
            if outcome.refused:
                error = ExporterError("\n".join(outcome.refused))
        except OrgkbError as failure:
            error = failure
        except Exception as failure:  # noqa: BLE001 - one exporter never costs the others
            error = ExporterError(f"failed unexpectedly: {in_short(failure)} (--debug shows where)")
            trace = traceback.format_exc()
    return ExporterRun(
        name=task.name,
        summary=summary,
        written=written,
        removed=removed,
        kept=kept,
        error=str(error or ""),
        exit_code=error.exit_code if error else 0,
        trace=trace,
        seconds=time.perf_counter() - begin,
    )


def _files(artifacts: Iterable[Artifact], told: list[str]) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of ARTIFACTS, none of which is held; what they say of themselves goes to TOLD."""
    for artifact in artifacts:
        if artifact.summary:
            told.append(artifact.summary)
        yield artifact.path, artifact.data


def context_of(
    task: Task, context: ExportContext, watched: Watched, folder: OutputFolder, cache: Cache | None
) -> ExportContext:
    """CONTEXT for one exporter: what it asks of the last run is watched, and its steps are remembered."""
    settled = bool(getattr(task.exporter, "settled", False))
    context = msgspec.structs.replace(context, previous=watched.looking_back(folder.previous, settled=settled))
    if cache is None or not cache.usable or task.exporter is None:
        return context
    return msgspec.structs.replace(context, once=partial(once, cache, _version(task.exporter)))


def pieces_of(task: Task, cache: Cache | None) -> Pieces | None:
    """What the exporter of TASK made piece by piece in the last build; None where nothing is remembered."""
    if cache is None or not cache.usable or task.exporter is None:
        return None
    return Pieces(cache, f"{task.name} {_version(task.exporter)}")


def _version(made: Exporter) -> str:
    """What differs where our code or that of the exporter does."""
    return _version_with(type(made).__module__.partition(".")[0])


@cache
def _version_with(package: str) -> str:
    return f"{code_version()} {''.join(code_of(place).hex() for place in folders_of([package]))}"


def teller(begun: Step, progress: Progress) -> Callable[[str, int, int], None]:
    """What an exporter calls that is at the step BEGUN to say how far it is."""

    def tell(what: str, done: int, total: int) -> None:
        progress(msgspec.structs.replace(begun, part=what, done=done, parts=total))

    return tell


def once(cache: Cache, code: str, step: str, source: bytes, make: Make) -> bytes:
    """What STEP makes of SOURCE, from CACHE or made now by CODE of that version."""
    kind = f"{step} {code}"
    data = cache.get(source, kind)
    if data is None:
        data = make()
        cache.put(source, kind, data)
    return data
