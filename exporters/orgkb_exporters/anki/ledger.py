"""The ledger `orgkb.anki.json`: what earlier builds shipped, so that a rebuild rewrites nothing that did not change.

Anki takes a note from a package only if it is newer than the collection's.  So a note keeps its
time until its content changes; then it gets the build's time, and at least one second more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from orgkb.errors import UsageError
from orgkb.patterns import pattern
from orgkb_exporters.anki.identity import Key, withheld
from orgkb_exporters.anki.note_types import NoteType, is_kind, note_type
from orgkb_exporters.anki.prose import fold

FORMAT = 1
REMOVED_TAG = "orgkb::removed"
"""Tag of notes that are no longer in the notes: a package cannot delete them from a collection."""
ID_STEP = 8
"""Distance between the ids of notes; the ids of a note's cards lie between."""
MAX_FORMER = 4
"""Earlier names of a note that are kept."""


_BLANK = "(removed)"
_GAP = pattern(r"\{\{c(\d{1,4})::")


class UnreadableLedger(ValueError):  # noqa: N818 - reads as what happened
    """The ledger of the last run is no ledger of ours."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One note that was shipped."""

    file: str
    kind: str
    anchor: str
    guid: str
    id: int
    """Anki's note id: milliseconds."""
    modified: int
    """Seconds since 1970."""
    hash: str
    """Of the fields and tags."""
    deck: str
    answer: str
    """Begin of the answer as plain text: by it a renamed term is known again."""
    sense: int = 1
    ordinals: dict[str, int] = {}
    """Cloze numbers by concept; never reused."""
    former: tuple[str, ...] = ()
    """Names that it had before: a collection that is pushed to may know it by one of them."""
    removed: bool = False
    since: int = 0
    """Of removed notes only: the generation of the ledger that first had it as removed."""
    fields: tuple[str, ...] = ()
    """Of removed notes only: what is shipped with the tag."""
    tags: tuple[str, ...] = ()
    """Of removed notes only."""

    @property
    def key(self) -> Key:
        """What identifies it."""
        return Key(self.file, self.kind, self.anchor, self.sense)

    @property
    def name(self) -> str:
        """What its field ID shows."""
        return self.key.name


class TypeEntry(msgspec.Struct, frozen=True):
    """A note type that was shipped."""

    kind: str
    hash: str
    """Of templates and style."""
    modified: int


class Ledger(msgspec.Struct, frozen=True):
    """All notes and note types that were shipped."""

    notes: tuple[Entry, ...] = ()
    note_types: tuple[TypeEntry, ...] = ()
    package: str = ""
    """Path of the package written with it."""
    generation: int = 0
    """How many builds changed a note: by it tombstones grow old."""
    format: int = FORMAT

    @classmethod
    def load(cls, data: bytes | None) -> Ledger:
        """The ledger in DATA; an empty one for None; UnreadableLedger where DATA is something else."""
        if data is None:
            return cls()
        try:
            ledger = msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UnreadableLedger(str(error)) from error
        if ledger.format != FORMAT:
            message = f"its format is {ledger.format}, this version writes {FORMAT}"
            raise UnreadableLedger(message)
        kinds = {entry.kind for entry in ledger.notes} | {entry.kind for entry in ledger.note_types}
        if not all(map(is_kind, kinds)):
            raise UnreadableLedger("it names a note type that this version does not know")
        guids = {entry.guid for entry in ledger.notes}
        if len(guids) != len(ledger.notes) or len({entry.key for entry in ledger.notes}) != len(ledger.notes):
            raise UnreadableLedger("it names a note twice; was it merged by hand?")
        return ledger

    def dump(self) -> bytes:
        """The ledger as JSON, one note a line, sorted: differences read well in version control."""
        head = msgspec.json.encode(
            {"format": self.format, "generation": self.generation, "package": self.package}
        ).decode()[1:-1]
        types = ",\n".join(_line(entry) for entry in sorted(self.note_types, key=lambda e: e.kind))
        notes = ",\n".join(_line(entry) for entry in sorted(self.notes, key=lambda e: e.key))
        return f'{{{head},\n"note_types":[\n{types}\n],\n"notes":[\n{notes}\n]}}\n'.encode()


class Content(msgspec.Struct, frozen=True):
    """A note of this build."""

    key: Key
    guid: str
    before: Key | None
    """Its key in the ledger; None for a new note."""
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    answer: str
    ordinals: Mapping[str, int] = {}
    """Cloze numbers by concept."""

    @property
    def hash(self) -> str:
        """Changes when anything changes that Anki shows."""
        return content_hash(self.fields, self.tags)


def content_hash(*parts: Iterable[str]) -> str:
    """A hash of strings and their order, 16 hexadecimal digits."""
    joined = "\x1e".join("\x1f".join(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def update(ledger: Ledger, notes: Sequence[Content], now: int) -> list[Entry]:
    """The entries of NOTES, in their order, with times and ids: kept where nothing changed, else NOW or later."""
    known = {entry.key: entry for entry in ledger.notes}
    next_id = max([now * 1000, *(entry.id + ID_STEP for entry in ledger.notes)])
    entries: list[Entry] = []
    for note in notes:
        old = known.get(note.before) if note.before else None
        digest = note.hash
        if old is None:
            note_id, modified = next_id, now
            next_id += ID_STEP
        else:
            note_id = old.id
            modified = old.modified if old.hash == digest and not old.removed else max(now, old.modified + 1)
        entries.append(
            Entry(
                **msgspec.structs.asdict(note.key),
                guid=note.guid,
                id=note_id,
                modified=modified,
                hash=digest,
                deck=note.deck,
                answer=note.answer,
                ordinals={**(old.ordinals if old else {}), **note.ordinals},
                former=_former(old, note.key),
            )
        )
    return entries


def _former(old: Entry | None, key: Key) -> tuple[str, ...]:
    """The names that the note OLD had before it got KEY, oldest first."""
    if old is None or (old.key == key and not old.former):
        return ()
    names = dict.fromkeys((*old.former, old.name))
    return tuple(name for name in names if name != key.name)[-MAX_FORMER:]


def follow(ledger: Ledger, notes: Iterable[Entry], types: Iterable[TypeEntry], package: str) -> Ledger:
    """The ledger after LEDGER, of NOTES and TYPES: a new generation if one of the notes is not as it was."""
    result = Ledger(tuple(sorted(notes, key=lambda e: e.key)), tuple(types), package, ledger.generation)
    if result.notes != tuple(sorted(ledger.notes, key=lambda e: e.key)):
        return msgspec.structs.replace(result, generation=ledger.generation + 1)
    return result


def rename(ledger: Ledger, old: str, new: str) -> Ledger:
    """LEDGER with the note called OLD, as its field ID or its term says, called NEW; UsageError where that is not one note."""
    wanted = fold(old)
    found = [e for e in ledger.notes if old == e.name] or [
        e for e in ledger.notes if wanted in {fold(e.name), e.anchor}
    ]
    if len(found) != 1:
        names = ", ".join(sorted(e.name for e in found)[:10])
        raise UsageError(f"several notes are called {old!r}: {names}" if found else f"no note is called {old!r}")
    (entry,) = found
    anchor = fold(new.removeprefix(f"{entry.file}/"))
    if any(e.file == entry.file and e.kind == entry.kind and e.anchor == anchor for e in ledger.notes):
        raise UsageError(f"a note of that file is called {new!r} already")
    key = Key(entry.file, entry.kind, anchor)
    moved = msgspec.structs.replace(
        entry, anchor=key.anchor, sense=key.sense, former=_former(entry, key), removed=False, fields=(), tags=()
    )
    return msgspec.structs.replace(ledger, notes=tuple(moved if e is entry else e for e in ledger.notes))


def bury(entry: Entry, fields: tuple[str, ...], tags: Iterable[str], now: int, generation: int = 0) -> Entry:
    """The tombstone of a note that is gone since GENERATION: FIELDS as last shipped, TAGS and `orgkb::removed`."""
    all_tags = tuple(sorted({*tags, REMOVED_TAG}))
    return msgspec.structs.replace(
        entry,
        removed=True,
        since=generation,
        fields=fields,
        tags=all_tags,
        hash=content_hash(fields, all_tags),
        modified=max(now, entry.modified + 1),
    )


def blank(entry: Entry, fields: Sequence[str] = ()) -> tuple[Entry, tuple[str, ...]]:
    """ENTRY and its FIELDS without their words: of a note that is now kept from export.

    The same cards remain, so that the tag reaches them.
    """
    gaps = [dict.fromkeys(_GAP.findall(field)) for field in fields]
    words = tuple(
        " ".join(f"{{{{c{number}::{_BLANK}}}}}" for number in numbers) or (_BLANK if field else "")
        for field, numbers in zip(fields, gaps, strict=True)
    )
    hidden = msgspec.structs.replace(entry, anchor=withheld(entry.anchor), answer="", ordinals={}, former=())
    return hidden, (entry.guid, *words[1:]) if words else ()


def types_hash(kind: NoteType) -> str:
    """Changes when templates or style change."""
    return content_hash((kind.style(),), *kind.sides())


def update_types(ledger: Ledger, kinds: Iterable[str], now: int) -> list[TypeEntry]:
    """The entries of the note types KINDS and of all known before; a type's time changes with its templates or style."""
    known: Mapping[str, TypeEntry] = {entry.kind: entry for entry in ledger.note_types}
    entries: list[TypeEntry] = []
    for kind in sorted({*kinds, *known}):
        digest = types_hash(note_type(kind))
        old = known.get(kind)
        if old is not None and old.hash == digest:
            entries.append(old)
        else:
            entries.append(TypeEntry(kind, digest, now if old is None else max(now, old.modified + 1)))
    return entries


def _line(entry: Entry | TypeEntry) -> str:
    return msgspec.json.encode(entry, order="sorted").decode()
