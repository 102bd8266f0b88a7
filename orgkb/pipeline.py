"""Read → build → export → write: the only module that knows all rooms.

What reads Org and what makes outputs is loaded inside the functions: a run that has nothing to do needs neither.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from orgkb import cache as caches
from orgkb.collecting import all_given_back, return_memory, seldom_collecting, settled_values
from orgkb.diagnostics import Diagnostic, Report
from orgkb.errors import UsageError
from orgkb.exporting import Task, context_of, export, in_turn, once, pieces_of, prepared, teller
from orgkb.files import OutputFolder
from orgkb.inputs import Inputs, find_inputs, media_reader
from orgkb.once import remembering_in
from orgkb.org.paths import resolve_inside
from orgkb.org.trust import STRANGERS, Trust
from orgkb.patterns import remembered_in
from orgkb.repeat import Request, Watched, code_version, config_bytes, sources_of
from orgkb.runs import ExporterRun, Progress, RunReport, Step

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from orgkb.cache import Cache
    from orgkb.concepts.graph import ConceptGraph
    from orgkb.config import Config
    from orgkb.exporter import ExportContext, Exporter
    from orgkb.kept import Kept
    from orgkb.org.document import Document

__all__ = [
    "ExporterRun",
    "Progress",
    "RunReport",
    "Step",
    "build_graph",
    "find_inputs",
    "read_documents",
    "read_graph",
    "run",
]

EPOCH = "SOURCE_DATE_EPOCH"
_OLDEST = 315_619_200  # 1980-01-02, one day after the first that a zip can hold, for all time zones
_NEWEST = 4_102_444_800  # 2100-01-01


def read_documents(
    inputs: Inputs, config: Config | None = None, progress: Progress | None = None
) -> tuple[list[Document], list[Diagnostic]]:
    """The notes as they are to be exported; a file that cannot be read costs only itself, and an error."""
    from orgkb import config as configuration  # noqa: PLC0415 - see the top
    from orgkb import reading  # noqa: PLC0415

    notes = reading.read_notes(inputs, config or configuration.Config(), progress)
    return notes.documents, notes.problems


def read_graph(
    inputs: Inputs, config: Config, progress: Progress | None = None
) -> tuple[ConceptGraph, list[Diagnostic]]:
    """The concept graph of INPUTS, and the problems found while reading them."""
    from orgkb import reading  # noqa: PLC0415 - see the top

    graph, problems, _ = reading.read_graph(inputs, config, progress)
    return graph, problems


def build_graph(
    paths: Iterable[Path | str],
    config: Config | None = None,
    progress: Progress | None = None,
    *,
    trust: Trust = STRANGERS,
    report: Report | None = None,
) -> ConceptGraph:
    """The concept graph of the Org files and folders PATHS; InputError where there is nothing to read.

    REPORT takes the problems found in the notes, by place, each once.
    """
    from orgkb import config as configuration  # noqa: PLC0415 - see the top

    inputs = find_inputs(paths, trust=trust)
    graph, problems = read_graph(inputs, config or configuration.find(inputs.root), progress)
    if report is not None:
        for problem in _each_once([*problems, *graph.links.diagnostics(), *graph.diagnostics]):
            report(problem)
    return graph


def run(
    paths: Iterable[Path | str],
    output: Path | str,
    to: Sequence[str] = (),
    config: Config | None = None,
    progress: Progress | None = None,
    *,
    force: bool = False,
    jobs: int = 1,
    executor: Executor | str | None = None,
    remember: bool = False,
    trust: Trust = STRANGERS,
    kept: Kept | None = None,
) -> RunReport:
    """Export the notes in PATHS into folder OUTPUT with the exporters named in TO (all, where it is empty).

    CONFIG is `orgkb.toml` beside the notes where it is not given. FORCE replaces files in OUTPUT
    that are not ours. An exporter that fails does not stop the others. JOBS processes (0: one for
    each core) read the notes, or EXECUTOR does, one of `concurrent.futures` or an address `dask://HOST:PORT`. With
    REMEMBER, what an earlier run found is taken from the cache: the files are the same. TRUST lets the notes do what
    strangers' may not. What exporters have in memory goes into KEPT, for the next run of the same program.

    Raises InputError, UsageError and ConfigError before anything is read, OutputError where OUTPUT
    cannot be written, MissingProgram where EXECUTOR needs a package that is absent.
    """
    inputs = find_inputs(paths, skip=Path(output), trust=trust)
    if not inputs.named_in_text(Path(output)):
        remember, jobs, executor = False, 1, None
    call = _Call(
        inputs, Path(output), tuple(to), config, _timestamp(inputs), force, jobs, executor, time.perf_counter(), kept
    )
    if not remember:
        with all_given_back(kept), seldom_collecting():
            return _run(call, progress)
    with all_given_back(kept), caches.opened(str(inputs.root), str(call.output.absolute())) as cache:
        request = call.request()
        if cache.usable and OutputFolder.is_ours(call.output):
            with OutputFolder(call.output, force=force) as folder:
                report = request.unchanged(cache, folder)
            if report is not None:
                return report
        version = code_version()
        with seldom_collecting(), remembered_in(cache, version), remembering_in(cache, version):
            return _run(call, progress, cache, request)


class _Call(msgspec.Struct, frozen=True):
    """What was asked for."""

    inputs: Inputs
    output: Path
    to: tuple[str, ...]
    config: Config | None
    timestamp: dt.datetime
    force: bool
    jobs: int
    executor: Executor | str | None
    begin: float
    kept: Kept | None

    def request(self) -> Request:
        """The same as what a later run can be compared with."""
        beside = config_bytes(self.inputs.root) if self.config is None else b""
        settings = msgspec.msgpack.encode((beside, self.config, self.to))
        return Request(self.inputs, self.output, settings=settings, moment=self.timestamp.isoformat())


def _run(
    call: _Call, progress: Progress | None, cache: Cache | None = None, request: Request | None = None
) -> RunReport:
    from orgkb import config as configuration  # noqa: PLC0415 - see the top
    from orgkb import exporter, reading  # noqa: PLC0415
    from orgkb.shelf import lies_packed  # noqa: PLC0415
    from orgkb.workers import Workers  # noqa: PLC0415

    inputs = call.inputs
    config = call.config or configuration.find(inputs.root)
    installed = exporter.Installed(partial(once, cache, code_version())) if cache else exporter.Installed()
    names = tuple(dict.fromkeys(call.to or installed.by_itself))
    ignored: list[Diagnostic] = []
    exporters = [Task(name, *prepared(name, installed, config, ignored.append)) for name in names]
    watched = Watched()
    with OutputFolder(call.output, force=call.force) as folder:
        sources = request.sources if request else None
        with Workers(call.jobs, call.executor) as workers:  # ended before the exporters: they hold memory
            graph, problems, read = reading.read_graph(
                inputs, config, progress, sources=sources, cache=cache, workers=workers, lazily=True
            )
        problems += [*ignored, *graph.links.diagnostics(), *graph.diagnostics]
        context = _context(config, inputs, call.timestamp, graph, call.output, folder, problems, watched)
        context = msgspec.structs.replace(context, kept=call.kept, sources=_sources(read, config) if cache else {})
        runs: list[ExporterRun] = []
        with settled_values(), reading.words_from(cache):
            ordered = in_turn(exporters)
            for number, task in enumerate(ordered, 1):
                begun = Step("export", task.name, number, len(exporters))
                own = context_of(task, context, watched, folder, cache)
                own = msgspec.structs.replace(own, later=tuple(later.name for later in ordered[number:]))
                pieces = pieces_of(task, cache)
                if pieces:
                    own = msgspec.structs.replace(own, piece=pieces.piece)
                if progress:
                    progress(begun)
                    own = msgspec.structs.replace(own, step=teller(begun, progress))
                runs.append(export(task, graph, own, folder))
                if pieces and not runs[-1].error:
                    pieces.save()
                if any(map(lies_packed, graph.documents)):
                    return_memory()
        runs.sort(key=lambda run: names.index(run.name))
        report = RunReport(
            root=inputs.root,
            output=call.output,
            documents=len(graph.documents),
            concepts=len(graph.concepts),
            relations=len(graph.relations),
            exporters=tuple(runs),
            diagnostics=_each_once(problems),
            seconds=time.perf_counter() - call.begin,
            notices=tuple(filter(None, (workers.problem, cache.problem if cache else ""))),
        )
        # A note that was saved while the run was at work is another note than the one asked about.
        if cache and request and read == request.sources:
            modules = [type(task.exporter).__module__ for task in exporters if task.exporter]
            request.remember(cache, report, watched, folder, modules, _named_files(config, inputs))
    return report


def _sources(read: Mapping[str, bytes], config: Config) -> Mapping[str, bytes]:
    """What decides each of the documents READ, by path: the note's fingerprint, and how it is read."""
    how = bytes((config.org.inlinetasks, config.org.literals))
    return {path: source + how for path, source in read.items()}


def _named_files(config: Config, inputs: Inputs) -> Iterator[Path]:
    """The files that options of exporters name; by settings that came with the notes, only files of the notes."""
    pending: list[object] = [config.exporters]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, list):
            pending += value
        elif isinstance(value, str) and value:
            with contextlib.suppress(OSError, ValueError):
                yield resolve_inside(inputs.root, inputs.root, value)
            if config.trusted:
                with contextlib.suppress(OSError, ValueError, RuntimeError):
                    place = Path(value).expanduser()
                    if place.is_file():
                        yield place.absolute()


class Rehearsal(msgspec.Struct, frozen=True):
    """An exporter and all that it needs; what it makes is not written."""

    exporter: Exporter
    graph: ConceptGraph
    context: ExportContext
    root: Path
    diagnostics: list[Diagnostic]
    """Problems found so far; those that the exporter reports are added."""


def rehearse(
    paths: Iterable[Path | str],
    output: Path | str,
    name: str,
    config: Config | None = None,
    progress: Progress | None = None,
    *,
    trust: Trust = STRANGERS,
    remember: bool = False,
) -> Rehearsal:
    """Exporter NAME with the notes in PATHS, as `run` would call it to write into OUTPUT; raises what `run` raises.

    With REMEMBER, what an earlier run found is taken from the cache.
    """
    from orgkb import config as configuration  # noqa: PLC0415 - see the top
    from orgkb import exporter, reading  # noqa: PLC0415

    inputs = find_inputs(paths, skip=Path(output), trust=trust)
    config = config or configuration.find(inputs.root)
    timestamp = _timestamp(inputs)
    made = configuration.make_exporter(exporter.named(name), config)
    if remember and inputs.named_in_text(Path(output)):
        root, place = str(inputs.root), str(Path(output).absolute())
        version = code_version()
        with caches.opened(root, place) as cache, remembered_in(cache, version), remembering_in(cache, version):
            sources = sources_of(inputs)
            graph, problems, _ = reading.read_graph(inputs, config, progress, sources=sources, cache=cache)
    else:
        graph, problems = read_graph(inputs, config, progress)
    context = _context(config, inputs, timestamp, graph, Path(output), OutputFolder(Path(output)), problems)
    return Rehearsal(made, graph, context, inputs.root, problems)


def _context(
    config: Config,
    inputs: Inputs,
    timestamp: dt.datetime,
    graph: ConceptGraph,
    output: Path,
    folder: OutputFolder,
    problems: list[Diagnostic],
    watched: Watched | None = None,
) -> ExportContext:
    from orgkb.exporter import ExportContext  # noqa: PLC0415 - see the top

    watched = watched or Watched()

    def refused(problem: Diagnostic) -> None:
        watched.refused(problem.message)
        problems.append(problem)

    return ExportContext(
        title=config.title or _title(graph, inputs),
        timestamp=timestamp,
        input_root=inputs.root,
        read_media=watched.reading(media_reader(inputs, graph.documents, refused)),
        previous=folder.previous,
        report=problems.append,
        notes_from_output=way(output, inputs.root),
        raw=inputs.trust.raw,
    )


def way(begin: Path, end: Path) -> str:
    """The relative path from BEGIN to END; empty where they lie on different drives."""
    try:
        return Path(os.path.relpath(end.resolve(), begin.resolve())).as_posix()
    except ValueError:
        return ""


def _timestamp(inputs: Inputs) -> dt.datetime:
    """SOURCE_DATE_EPOCH, else the newest modification time of the notes, in whole seconds UTC.

    Times outside 1980 to 2100, which not every format can hold, and those of notes that have vanished do not count.
    """
    wanted = os.environ.get(EPOCH)
    if wanted:
        try:
            return dt.datetime.fromtimestamp(int(wanted), tz=dt.UTC)
        except (ValueError, OSError, OverflowError) as error:
            raise UsageError(f"{EPOCH} is {wanted!r}: it must be a number of seconds") from error
    times = [_OLDEST]
    for note in inputs.notes:
        with contextlib.suppress(OSError):
            times.append(int(note.path.stat().st_mtime))
    return dt.datetime.fromtimestamp(max(time for time in times if _OLDEST <= time < _NEWEST), tz=dt.UTC)


def _title(graph: ConceptGraph, inputs: Inputs) -> str:
    """The title of the one document, or of all where they agree; else the name of the one file, or of the folder."""
    titles = {document.setting("TITLE") for document in graph.documents}
    only = titles.pop() if len(titles) == 1 else None
    return only or (graph.documents[0].stem if len(graph.documents) == 1 else inputs.root.name)


def _each_once(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=Diagnostic.sort_key))
