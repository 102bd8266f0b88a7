"""The two steps that take one note at a time, as functions of bytes: so that any process or machine can do them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import msgspec

from orgkb import shelf, stored
from orgkb.concepts.blocks import Reading, read_blocks
from orgkb.concepts.dictionary import Dictionary, Entry, Sense, Tier
from orgkb.concepts.findings import FileFindings, Shared, find
from orgkb.concepts.parts import WORTH, Parts
from orgkb.concepts.relations.model import LinkPlace, Places
from orgkb.concepts.scanning import FileScan, scan_reading
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import InputError, in_short
from orgkb.inputs import Note
from orgkb.once import Pieces
from orgkb.org import limits, reader
from orgkb.org.document import Document
from orgkb.org.garbage import drop_young, no_garbage_collection
from orgkb.org.literals import set_literals
from orgkb.org.paths import Reach, read_named
from orgkb.org.semantics import prepare
from orgkb.org.sources import fingerprint
from orgkb.org.statements import set_statements

YOUNG = 50
"""Notes that are read in one process before the cycles that reading them left are looked for."""


class ReadNote(msgspec.Struct, frozen=True):
    """A note that was read, as it is to be exported, and what the first round finds in it."""

    source: bytes
    """The fingerprint of what was read."""
    document: Document | None
    """None where the note was left out; then a problem says why."""
    scan: FileScan | None
    problem: Diagnostic | None = None
    reading: Reading | None = None
    """Its layout, for the second round: where it was read in this process."""
    parts: Parts | None = None
    """Its sections, where these are remembered."""


class Packed(msgspec.Struct, frozen=True):
    """The same as bytes."""

    source: bytes
    document: bytes
    scan: bytes
    problem: Diagnostic | None = None


class ReadTask(msgspec.Struct, frozen=True):
    """A note to read."""

    path: str
    name: str
    reach: Reach
    inlinetasks: bool
    literals: bool
    size: int
    """Bytes of the file."""

    @classmethod
    def of(cls, note: Note, *, inlinetasks: bool, literals: bool) -> ReadTask:
        """The task of reading NOTE."""
        try:
            size = note.path.stat().st_size
        except OSError:  # told when it is read
            size = 0
        return cls(str(note.path), note.name, note.reach, inlinetasks, literals, size)


class LinkTask(msgspec.Struct, frozen=True):
    """A document in which to find mentions and relations, as bytes."""

    index: int
    """Its place among the documents."""
    document: bytes
    scan: bytes
    places: tuple[tuple[int, str, LinkPlace], ...]


def read_note(task: ReadTask, pieces: Pieces | None = None) -> ReadNote:
    """Do TASK; a note on which this fails costs only itself, and an error.

    PIECES remember what was found in the sections of the same note.
    """
    source = b""
    try:
        data = read_named(Path(task.path), limits.FILE_BYTES)
        source = fingerprint(data, task.name, task.reach)
        with no_garbage_collection():
            document = prepare(reader.read_data(data, task.name, task.reach, inlinetasks=task.inlinetasks))
            document = set_statements(document)
            if task.literals:
                document = set_literals(document)
    except InputError as error:
        return ReadNote(source, None, None, _problem("unreadable-file", str(error), task.name))
    except Exception as error:  # noqa: BLE001 - one file never costs the rest, whatever is wrong with it or us
        return ReadNote(source, None, None, _left_out("reading it", error, task.name))
    try:
        with no_garbage_collection():
            reading = read_blocks(document)
            # What was brought in from other files may stand in several sections.
            alone = len(document.text) >= WORTH and len(document.segments) == 1
            parts = Parts(reading, pieces) if alone and pieces is not None else None
            return ReadNote(source, document, scan_reading(reading, parts), reading=reading, parts=parts)
    except Exception as error:  # noqa: BLE001 - see above
        return ReadNote(source, None, None, _left_out("finding its concepts", error, task.name))


def _left_out(what: str, error: BaseException, name: str) -> Diagnostic:
    return _problem(
        "internal-error", f"this file was left out: {what} failed ({in_short(error)}); please report it", name
    )


def _problem(code: str, message: str, name: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, code, message, Location(name, 1))


# --- the same from bytes to bytes ---


def read_packed(tasks: tuple[ReadTask, ...]) -> list[Packed]:
    """Do TASKS."""
    done: list[Packed] = []
    for number, task in enumerate(tasks, 1):
        done.append(_packed(read_note(task)))
        if number % YOUNG == 0:
            drop_young()
    return done


def _packed(read: ReadNote) -> Packed:
    if read.document is None or read.scan is None:
        return Packed(read.source, b"", b"", read.problem)
    return Packed(read.source, shelf.packed_of(read.document), stored.pack(read.scan), read.problem)


class _Dictionary(msgspec.Struct, frozen=True):
    """A dictionary without what can be made of the rest, which is most of it."""

    sure: dict[str, Entry]
    found: dict[str, Entry]
    owners: dict[str, str]
    corrections: dict[str, str]
    russian: frozenset[str]
    senses: dict[str, tuple[Sense, ...]]
    confidence: dict[str, float]


def pack_shared(shared: Shared) -> bytes:
    """SHARED as bytes."""
    dictionary = shared.dictionary
    return msgspec.msgpack.encode(
        _Dictionary(
            dictionary.sure.entries,
            dictionary.found.entries,
            dictionary.owners,
            dictionary.corrections,
            dictionary.russian,
            dictionary.senses,
            dict(shared.confidence),
        )
    )


def link_packed(shared: bytes, tasks: tuple[LinkTask, ...]) -> list[bytes]:
    """The findings in the documents of TASKS, against what SHARED holds."""
    with no_garbage_collection():
        known = _shared(_Bytes(shared))
        return [stored.pack(_linked(task, known)) for task in tasks]


def _linked(task: LinkTask, shared: Shared) -> FileFindings:
    places: Places = {(begin, raw): place for begin, raw, place in task.places}
    return find(stored.document(shelf.unpacked(task.document)), stored.scan(task.scan), shared, places)


class _Bytes:
    """Bytes that are told from others by their hash: comparing them would take as long as reading them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._digest = hashlib.blake2b(data, digest_size=16).digest()

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bytes) and other._digest == self._digest


@lru_cache(maxsize=1)
def _shared(packed: _Bytes) -> Shared:
    found = msgspec.msgpack.decode(packed.data, type=_Dictionary)
    dictionary = Dictionary(
        *Tier.both(found.sure, found.found),
        found.owners,
        found.corrections,
        found.russian,
        found.senses,
    )
    return Shared(dictionary, found.confidence)
