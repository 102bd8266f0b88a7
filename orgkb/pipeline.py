"""Read → build → export → write: the only module that knows all rooms."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from orgkb import config as configuration
from orgkb import exporter
from orgkb.concepts.build import build
from orgkb.concepts.graph import ConceptGraph
from orgkb.config import Config
from orgkb.diagnostics import Diagnostic, Location, Report, Severity
from orgkb.errors import ConfigError, ExporterError, InputError, OrgkbError, UsageError
from orgkb.exporter import ExportContext, Exporter
from orgkb.files import OutputFolder, Written
from orgkb.inputs import Inputs, Note, find_inputs, media_reader
from orgkb.org import reader
from orgkb.org.document import Document
from orgkb.org.literals import set_literals
from orgkb.org.semantics import prepare

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


class Step(msgspec.Struct, frozen=True):
    """One step of a run, told when it begins."""

    action: str
    """`read`, `build` or `export`."""
    name: str
    """What is read or exported: a file's or an exporter's name; empty for `build`."""
    number: int
    """1-based place of this step among those of its action."""
    total: int
    """How many steps its action has."""


Progress = Callable[[Step], None]


class ExporterRun(msgspec.Struct, frozen=True):
    """What became of one exporter."""

    name: str
    summary: tuple[str, ...]
    """What it made, in its own words: `212 cards`."""
    written: tuple[Written, ...]
    removed: tuple[str, ...]
    """Files of earlier runs that it no longer makes."""
    kept: tuple[str, ...]
    """A sentence for each such file that stays, as somebody changed it."""
    error: str
    """Why it failed, or which files it could not write; empty where all went well."""
    exit_code: int
    """0, or that of the error."""
    trace: str
    """Python's traceback of an unexpected failure, for `--debug`."""
    seconds: float


class RunReport(msgspec.Struct, frozen=True):
    """What a run did."""

    root: Path
    """The folder that the documents' names are relative to."""
    output: Path
    documents: int
    concepts: int
    relations: int
    exporters: tuple[ExporterRun, ...]
    diagnostics: tuple[Diagnostic, ...]
    """All problems found in the notes, by place, each once."""
    seconds: float

    def exit_code(self, *, strict: bool = False) -> int:
        """0, 1 or 3 as the README tells; STRICT counts warnings too."""
        worst = max((d.severity for d in self.diagnostics), default=Severity.INFO)
        found = worst >= (Severity.WARNING if strict else Severity.ERROR)
        return max([int(found), *(run.exit_code for run in self.exporters)])


def read_documents(
    inputs: Inputs, config: Config | None = None, progress: Progress | None = None
) -> tuple[list[Document], list[Diagnostic]]:
    """The notes as they are to be exported; a file that cannot be read costs only itself, and an error."""
    documents: list[Document] = []
    problems: list[Diagnostic] = list(inputs.problems)
    for number, note in enumerate(inputs.notes, 1):
        if progress:
            progress(Step("read", note.name, number, len(inputs.notes)))
        try:
            documents.append(read_note(note, config or Config()))
        except InputError as error:
            problems.append(Diagnostic(Severity.ERROR, "unreadable-file", str(error), Location(note.name, 1)))
        except Exception as error:  # noqa: BLE001 - one file never costs the rest, whatever is wrong with it or us
            message = f"this file was left out: reading it failed ({_in_short(error)}); please report it"
            problems.append(Diagnostic(Severity.ERROR, "internal-error", message, Location(note.name, 1)))
    return documents, problems


def read_note(note: Note, config: Config) -> Document:
    """One note, read and prepared for export; InputError where the file cannot be read."""
    document = reader.read(note.path, root=note.root, name=note.name, inlinetasks=config.org.inlinetasks)
    prepared = prepare(document)
    return set_literals(prepared) if config.org.literals else prepared


def build_graph(
    paths: Iterable[Path | str], config: Config | None = None, progress: Progress | None = None
) -> ConceptGraph:
    """The concept graph of the Org files and folders PATHS; InputError where there is nothing to read."""
    inputs = find_inputs(paths)
    graph, _ = read_graph(inputs, config or configuration.find(inputs.root), progress)
    return graph


def run(
    paths: Iterable[Path | str],
    output: Path | str,
    to: Sequence[str] = (),
    config: Config | None = None,
    progress: Progress | None = None,
    *,
    force: bool = False,
) -> RunReport:
    """Export the notes in PATHS into folder OUTPUT with the exporters named in TO (all, where it is empty).

    CONFIG is `orgkb.toml` beside the notes where it is not given. FORCE replaces files in OUTPUT
    that are not ours. An exporter that fails does not stop the others. Raises InputError,
    UsageError and ConfigError before anything is read, OutputError where OUTPUT cannot be written.
    """
    begin = time.perf_counter()
    output = Path(output)
    inputs = find_inputs(paths, skip=output)
    config = config or configuration.find(inputs.root)
    timestamp = _timestamp(inputs)
    names = tuple(dict.fromkeys(to)) or exporter.names()
    ignored: list[Diagnostic] = []
    exporters = [_Task(name, *_made(name, config, ignored.append)) for name in names]
    with OutputFolder(output, force=force) as folder:
        graph, problems = read_graph(inputs, config, progress)
        problems += [*ignored, *graph.links.diagnostics(), *graph.diagnostics]
        context = _context(config, inputs, timestamp, graph, folder, problems)
        runs: list[ExporterRun] = []
        for number, task in enumerate(exporters, 1):
            if progress:
                progress(Step("export", task.name, number, len(exporters)))
            runs.append(_export(task, graph, context, folder))
    return RunReport(
        root=inputs.root,
        output=output,
        documents=len(graph.documents),
        concepts=len(graph.concepts),
        relations=len(graph.relations),
        exporters=tuple(runs),
        diagnostics=_each_once(problems),
        seconds=time.perf_counter() - begin,
    )


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
) -> Rehearsal:
    """Exporter NAME with the notes in PATHS, as `run` would call it to write into OUTPUT; raises what `run` raises."""
    inputs = find_inputs(paths, skip=Path(output))
    config = config or configuration.find(inputs.root)
    timestamp = _timestamp(inputs)
    made = configuration.make_exporter(exporter.named(name), config)
    graph, problems = read_graph(inputs, config, progress)
    context = _context(config, inputs, timestamp, graph, OutputFolder(Path(output)), problems)
    return Rehearsal(made, graph, context, inputs.root, problems)


def _context(
    config: Config,
    inputs: Inputs,
    timestamp: dt.datetime,
    graph: ConceptGraph,
    folder: OutputFolder,
    problems: list[Diagnostic],
) -> ExportContext:
    return ExportContext(
        title=config.title or _title(graph, inputs),
        timestamp=timestamp,
        input_root=inputs.root,
        read_media=media_reader(inputs, graph.documents, problems.append),
        previous=folder.previous,
        report=problems.append,
    )


class _Task(msgspec.Struct, frozen=True):
    """An exporter to run, or the reason why it cannot."""

    name: str
    exporter: Exporter | None
    error: OrgkbError | None = None
    trace: str = ""


def _made(name: str, config: Config, report: Report) -> tuple[Exporter | None, OrgkbError | None, str]:
    """The exporter NAME with its options; what is wrong with the call is raised, with the exporter is returned."""
    try:
        return configuration.make_exporter(exporter.named(name), config, report), None, ""
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken plug-in must not stop the others
        return None, ExporterError(f"cannot be loaded: {_in_short(error)}"), traceback.format_exc()


def read_graph(
    inputs: Inputs, config: Config, progress: Progress | None = None
) -> tuple[ConceptGraph, list[Diagnostic]]:
    """The concept graph of INPUTS, and the problems found while reading them."""
    documents, problems = read_documents(inputs, config, progress)
    for document in documents:
        problems += document.diagnostics
    if progress:
        progress(Step("build", "", 1, 1))
    try:
        return build(documents, settings=config.concepts), problems
    except ConfigError as error:
        raise ConfigError(f"{config.source}: {error}") from error
    except Exception as error:  # as for reading: one file never costs the rest
        sound = [document for document in documents if _can_be_built(document, problems)]
        if len(sound) == len(documents):
            raise OrgkbError(f"the notes together cannot be read as a graph ({_in_short(error)})") from error
        return build(sound), problems


def _can_be_built(document: Document, problems: list[Diagnostic]) -> bool:
    try:
        build([document])
    except Exception as error:  # noqa: BLE001 - see read_graph
        message = f"this file was left out: finding its concepts failed ({_in_short(error)}); please report it"
        problems.append(Diagnostic(Severity.ERROR, "internal-error", message, Location(document.path, 1)))
        return False
    return True


def _export(task: _Task, graph: ConceptGraph, context: ExportContext, folder: OutputFolder) -> ExporterRun:
    """Run one exporter and write what it makes: all its files, or none where it fails."""
    begin = time.perf_counter()
    error, trace = task.error, task.trace
    summary: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    if task.exporter and not error:
        try:
            artifacts = list(task.exporter.export(graph, context))
            outcome = folder.replace(task.name, ((artifact.path, artifact.data) for artifact in artifacts))
            written, removed = outcome.written, outcome.removed
            summary = tuple(artifact.summary for artifact in artifacts if artifact.summary)
            kept = outcome.kept
            if outcome.refused:
                error = ExporterError("\n".join(outcome.refused))
        except OrgkbError as failure:
            error = failure
        except Exception as failure:  # noqa: BLE001 - one exporter never costs the others
            error = ExporterError(f"failed unexpectedly: {_in_short(failure)} (--debug shows where)")
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
    """The first document's title that there is, else the name of the folder."""
    titles = (document.setting("TITLE") for document in graph.documents)
    return next((title for title in titles if title), inputs.root.name)


def _each_once(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=Diagnostic.sort_key))


def _in_short(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
