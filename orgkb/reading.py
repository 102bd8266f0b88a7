"""Notes → graph, with what earlier runs remember: what did not change is neither read nor linked again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import TypeVar

import msgspec

from orgkb import shelf, stored, work
from orgkb.cache import SHARED, Cache
from orgkb.collecting import forget_answers, return_memory
from orgkb.concepts.blocks import KEPT, Reading
from orgkb.concepts.build import Draft, build, draft_of, finish
from orgkb.concepts.findings import FileFindings, find
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.lexicon.memory import Memory, remembering
from orgkb.concepts.parts import Parts
from orgkb.concepts.relations.model import LinkPlace, Places
from orgkb.concepts.relinking import Change, State, state_of
from orgkb.concepts.scanning import FileScan
from orgkb.config import Config
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import ConfigError, MissingProgram, OrgkbError, in_short
from orgkb.inputs import Inputs
from orgkb.org.document import Document
from orgkb.org.garbage import drop_young, no_garbage_collection, settling
from orgkb.pieces import Pieces
from orgkb.repeat import code_version
from orgkb.runs import Progress, Step
from orgkb.shelf import Shelf
from orgkb.work import LinkTask, ReadNote, ReadTask
from orgkb.workers import Workers

S = TypeVar("S", bound=msgspec.Struct)
_STATE = b"the dictionary of the last run"
_WORDS = b"what dictionaries say of words"


class _Linked(msgspec.Struct, frozen=True):
    """Findings as the cache keeps them."""

    places: tuple[tuple[int, str, LinkPlace], ...]
    """Where the links of the document led."""
    added: bytes
    """A hash of its candidates where settings added some, else empty."""
    found: FileFindings


class _Words(msgspec.Struct, frozen=True):
    answers: dict[bytes, bytes]


class _LastRun(msgspec.Struct, frozen=True):
    """What the cache keeps of the last run as a whole."""

    state: State
    linked: frozenset[bytes]
    """Hashes of the fingerprints of the notes whose findings hold against that dictionary."""


class Notes(msgspec.Struct, frozen=True):
    """The notes of a run, read."""

    documents: list[Document]
    scans: list[FileScan]
    sources: dict[str, bytes]
    """Fingerprint by name, of those that were read."""
    problems: list[Diagnostic]
    readings: dict[str, Reading]
    """The layouts by name of those that were read in this process, unless there is more of it than `KEPT`."""
    parts: dict[str, Parts]
    """The sections of those among them that remember what is found in these."""
    pieces: list[Pieces]
    """What these remember, to be saved."""


def read_notes(
    inputs: Inputs,
    config: Config,
    progress: Progress | None = None,
    *,
    sources: Mapping[str, bytes] | None = None,
    cache: Cache | None = None,
    workers: Workers | None = None,
    lazily: bool = False,
) -> Notes:
    """The notes as they are to be exported, with the first round's finds.

    A file that cannot be read costs only itself, and an error.  SOURCES are the fingerprints of the
    notes, where they are known: what CACHE holds of them is not read again.  LAZILY, where CACHE stays open as long as
    the notes are used, large notes that did not change are fetched from it when somebody looks into them.
    """
    sources = sources or {}
    results: dict[str, ReadNote] = {}
    tasks = [
        ReadTask.of(note, inlinetasks=config.org.inlinetasks, literals=config.org.literals) for note in inputs.notes
    ]
    large = Shelf() if sum(task.size for task in tasks) >= shelf.WORTH else None
    remembered = _Remembered(config, cache, large, lazily=lazily)
    for task in tasks:
        source = sources.get(task.name)
        if source and (known := remembered.note(task, source)):
            results[task.name] = known
    tasks = [task for task in tasks if task.name not in results]
    numbers = count(len(results) + 1)

    def tell(task: ReadTask) -> None:
        if progress:
            progress(Step("read", task.name, next(numbers), len(inputs.notes)))

    notes = Notes([], [], {}, list(inputs.problems), {}, {}, [])
    keep = sum(task.size for task in tasks) <= KEPT
    for task, read, pieces in _read(tasks, workers or Workers(1), tell, large, remembered):
        remembered.keep(read)
        if keep and read.reading is not None:
            notes.readings[task.name] = read.reading
            if read.parts is not None:
                notes.parts[task.name] = read.parts
        if pieces is not None:
            if task.name in notes.parts:
                notes.pieces.append(pieces)
            else:
                pieces.save()
        results[task.name] = msgspec.structs.replace(read, reading=None, parts=None)
    for note in inputs.notes:
        read = results[note.name]
        if read.problem is not None:
            notes.problems.append(read.problem)
        if read.document is not None and read.scan is not None:
            notes.documents.append(read.document)
            notes.scans.append(read.scan)
            notes.sources[note.name] = read.source
    return notes


def _read(
    tasks: Sequence[ReadTask],
    workers: Workers,
    tell: Callable[[ReadTask], None],
    large: Shelf | None,
    remembered: _Remembered,
) -> Iterator[tuple[ReadTask, ReadNote, Pieces | None]]:
    """TASKS done; TELL is called for each before it is begun here, or when a worker has ended it.

    LARGE takes the documents, where there is more of them than is to be held open.
    """
    if not workers.worth(sum(task.size for task in tasks)):
        for number, task in enumerate(tasks, 1):
            if number % work.YOUNG == 0:
                drop_young()
            tell(task)
            pieces = remembered.pieces(task)
            read = work.read_note(task, pieces)
            if large is not None and read.document is not None:
                read = msgspec.structs.replace(read, document=large.put(read.document), reading=None, parts=None)
            yield task, read, pieces
        return
    for task, packed in workers.map(work.read_packed, tasks, lambda task: task.size, lambda task: task):
        tell(task)
        document = _document(packed.document, large) if packed.document else None
        scan = stored.scan(packed.scan) if packed.scan else None
        yield task, ReadNote(packed.source, document, scan, packed.problem), None


def _document(data: bytes, large: Shelf | None) -> Document:
    return stored.document(shelf.unpacked(data)) if large is None else large.take(data)


class _Remembered:
    """What the cache holds of single notes."""

    def __init__(
        self, config: Config, cache: Cache | None, large: Shelf | None = None, *, lazily: bool = False
    ) -> None:
        """LAZILY as for `read_notes`."""
        self._large = large
        self._lazily = lazily and SHARED
        self._cache = cache if cache is not None and cache.usable else None
        self._kind = f"{config.org.inlinetasks:d}{config.org.literals:d} {code_version()}"

    @property
    def usable(self) -> bool:
        """Whether anything is remembered."""
        return self._cache is not None

    def note(self, task: ReadTask, source: bytes) -> ReadNote | None:
        """The note of TASK with fingerprint SOURCE, read."""
        if self._cache is None:
            return None
        if self._large is not None and self._lazily and self._cache.holds(source, f"document {self._kind}"):
            return self._outlined(self._cache, self._large, task, source)
        document = self._cache.get(source, f"document {self._kind}")
        scan = self._cache.get(source, f"scan {self._kind}") if document is not None else None
        if document is None or scan is None:
            return None
        try:
            with no_garbage_collection():
                return ReadNote(source, _document(document, self._large), stored.scan(scan))
        except stored.StoredError:
            return None

    def pieces(self, task: ReadTask) -> Pieces | None:
        """What the last build found in the sections of the note of TASK, whatever else is in it now."""
        return (
            Pieces(
                self._cache, f"sections {self._kind}", b"sections of " + task.name.encode("utf-8", "surrogateescape")
            )
            if self._cache
            else None
        )

    def _outlined(self, cache: Cache, large: Shelf, task: ReadTask, source: bytes) -> ReadNote | None:
        """The same with a document that is fetched when somebody looks into it."""
        outline = cache.get(source, f"outline {self._kind}")
        scan = cache.get(source, f"scan {self._kind}") if outline is not None else None
        if outline is None or scan is None:
            return None

        def load() -> bytes:
            data = cache.get(source, f"document {self._kind}")
            if data is None:  # the cache is gone
                read = work.read_note(task)
                if read.document is None or read.source != source:
                    raise OrgkbError(f"{task.name} was changed while the notes were built: build them again")
                data = shelf.packed_of(read.document)
            return shelf.compressed(data)

        try:
            with no_garbage_collection():
                return ReadNote(source, large.remembered(outline, load), stored.scan(scan))
        except stored.StoredError:
            return None

    def keep(self, read: ReadNote) -> None:
        """Remember READ."""
        if self._cache is not None and read.document is not None and read.scan is not None:
            document = stored.pack(read.document) if self._large is None else shelf.packed_of(read.document)
            if self._large is not None:
                self._cache.put(read.source, f"outline {self._kind}", shelf.outline_of(read.document))
            self._cache.put(read.source, f"document {self._kind}", document)
            self._cache.put(read.source, f"scan {self._kind}", stored.pack(read.scan))

    def last_run(self) -> _LastRun | None:
        """What is known of the last run."""
        return self._decoded(_STATE, "state", _LastRun)

    def keep_run(self, run: _LastRun) -> None:
        """Remember RUN as the last one."""
        self._keep(_STATE, "state", run)

    def linked(self, source: bytes) -> _Linked | None:
        """What the second round found in the note with fingerprint SOURCE."""
        return self._decoded(source, "findings", _Linked)

    def keep_linked(self, source: bytes, linked: _Linked) -> None:
        """Remember what the second round found."""
        self._keep(source, "findings", linked)

    def words(self) -> Memory:
        """What the dictionaries said of words."""
        known = self._decoded(_WORDS, "words", _Words)
        return Memory(known.answers if known else None)

    def keep_words(self, memory: Memory) -> None:
        """Remember what the dictionaries said."""
        self._keep(_WORDS, "words", _Words(memory.answers))

    def _keep(self, source: bytes, what: str, value: msgspec.Struct) -> None:
        if self._cache is not None:
            self._cache.put(source, f"{what} {self._kind}", msgspec.msgpack.encode(value))

    def _decoded(self, source: bytes, what: str, kind: type[S]) -> S | None:
        data = self._cache.get(source, f"{what} {self._kind}") if self._cache is not None else None
        if data is None:
            return None
        try:
            with no_garbage_collection():
                return msgspec.msgpack.decode(data, type=kind)
        except stored.StoredError:
            return None


def _hash(source: bytes) -> bytes:
    return hashlib.blake2b(source, digest_size=12).digest()


def read_graph(
    inputs: Inputs,
    config: Config,
    progress: Progress | None = None,
    *,
    sources: Mapping[str, bytes] | None = None,
    cache: Cache | None = None,
    workers: Workers | None = None,
    lazily: bool = False,
) -> tuple[ConceptGraph, list[Diagnostic], Mapping[str, bytes]]:
    """The concept graph of INPUTS, the problems found on the way, and the fingerprints of what was read.

    The arguments are those of `read_notes`.
    """
    with words_from(cache), settling():
        workers = workers or Workers(1)
        notes = read_notes(inputs, config, progress, sources=sources, cache=cache, workers=workers, lazily=lazily)
        return _graph(notes, config, progress, cache, workers)


@contextmanager
def words_from(cache: Cache | None) -> Iterator[None]:
    """Have dictionaries answer from CACHE what they were asked in earlier runs."""
    remembered = _Remembered(Config(), cache)
    if not remembered.usable:  # to note what nobody keeps would only cost time
        yield
        return
    memory = remembered.words()
    with remembering(memory):
        yield
    if memory.grown:
        remembered.keep_words(memory)


def _graph(
    notes: Notes, config: Config, progress: Progress | None, cache: Cache | None, workers: Workers
) -> tuple[ConceptGraph, list[Diagnostic], Mapping[str, bytes]]:
    problems = notes.problems
    for document in notes.documents:
        problems += document.diagnostics
    if progress:
        progress(Step("build", "", 1, 1))
    try:
        draft = draft_of(notes.documents, notes.scans, config.concepts)
        _given_back(notes)
        findings = _linked(draft, notes, _Remembered(config, cache), workers)
        _given_back(notes)
        graph = finish(draft, findings, config.concepts)
        del draft
        _given_back(notes)
        if config.concepts.noun_phrases:
            graph = _with_phrases(graph)
    except MissingProgram:
        raise
    except ConfigError as error:
        raise ConfigError(f"{config.source}: {error}") from error
    except Exception as error:  # as for reading: one file never costs the rest
        sound = [document for document in notes.documents if _can_be_built(document, problems)]
        if len(sound) == len(notes.documents):
            raise OrgkbError(f"the notes together cannot be read as a graph ({in_short(error)})") from error
        graph = build(sound, settings=config.concepts)
    return graph, problems, notes.sources


def _given_back(notes: Notes) -> None:
    """Give back what memory the last step freed, where NOTES are so large that they lie packed."""
    if any(map(shelf.lies_packed, notes.documents)):
        forget_answers()
        return_memory()


def _with_phrases(graph: ConceptGraph) -> ConceptGraph:
    from orgkb.concepts.phrases import with_phrases  # noqa: PLC0415 - only where it is asked for
    from orgkb.nlp import SpacyTagger  # noqa: PLC0415

    return with_phrases(graph, SpacyTagger())


def _can_be_built(document: Document, problems: list[Diagnostic]) -> bool:
    try:
        build([document])
    except Exception as error:  # noqa: BLE001 - see read_graph
        message = f"this file was left out: finding its concepts failed ({in_short(error)}); please report it"
        problems.append(Diagnostic(Severity.ERROR, "internal-error", message, Location(document.path, 1)))
        return False
    return True


def _linked(draft: Draft, notes: Notes, remembered: _Remembered, workers: Workers) -> list[FileFindings]:
    """The second round, where what is remembered of it no longer holds."""
    if not remembered.usable:
        every = _find(draft, range(len(draft.documents)), notes, workers)
        alone = [_without_questions(found) for _, found in every]
        workers.end()
        return alone
    last = remembered.last_run()
    state = state_of(draft.shared)
    change = Change(last.state, state, draft.shared.dictionary) if last else None
    findings: dict[int, FileFindings] = {}
    own = {scan.path: scan for scan in notes.scans}
    added = [b"" if scan is own[scan.path] else _hash(stored.pack(scan)) for scan in draft.scans]
    for at, (document, scan, places) in enumerate(zip(draft.documents, draft.scans, draft.places, strict=True)):
        source = notes.sources[document.path]
        if last is None or change is None or _hash(source) not in last.linked:
            continue
        known = remembered.linked(source)
        if known is None or (known.places, known.added) != (_listed(places), added[at]):
            continue
        if not change.concerns(scan, known.found):
            findings[at] = _without_questions(known.found)
    left = [at for at in range(len(draft.documents)) if at not in findings]
    digest = hashlib.blake2b(msgspec.msgpack.encode(state), digest_size=16).digest() if notes.parts else b""
    for at, found in _find(draft, left, notes, workers, digest):
        findings[at] = _without_questions(found)
        source = notes.sources[draft.documents[at].path]
        remembered.keep_linked(source, _Linked(_listed(draft.places[at]), added[at], found))
    workers.end()
    for pieces in notes.pieces:
        pieces.save()
    run = _LastRun(state, frozenset(_hash(notes.sources[document.path]) for document in draft.documents))
    if run != last:
        remembered.keep_run(run)
    return [findings[at] for at in range(len(draft.documents))]


def _without_questions(found: FileFindings) -> FileFindings:
    """FOUND without what only the next run wants to know."""
    return msgspec.structs.replace(found, asked="")


def _find(
    draft: Draft, which: Sequence[int], notes: Notes, workers: Workers, state: bytes = b""
) -> Iterator[tuple[int, FileFindings]]:
    """The second round in those documents, with a dictionary of which STATE is a hash."""
    if not workers.worth(sum(shelf.length(draft.documents[at]) for at in which)):
        for at in which:
            document = shelf.opened(draft.documents[at])
            layout, parts = notes.readings.get(document.path), notes.parts.get(document.path)
            yield at, find(document, draft.scans[at], draft.shared, draft.places[at], layout, parts, state)
        return
    link = partial(work.link_packed, work.pack_shared(draft.shared))

    def task(at: int) -> LinkTask:
        return LinkTask(
            at, shelf.packed_of(draft.documents[at]), stored.pack(draft.scans[at]), _listed(draft.places[at])
        )

    for at, found in workers.map(link, which, lambda at: shelf.length(draft.documents[at]), task):
        yield at, stored.findings(found)


def _listed(places: Places) -> tuple[tuple[int, str, LinkPlace], ...]:
    return tuple((begin, raw, place) for (begin, raw), place in places.items())
