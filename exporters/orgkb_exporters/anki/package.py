"""Writing and reading .apkg: genanki's collection with our times and ids, in a zip with the same bytes on every run."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import re
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import genanki
import msgspec

from orgkb_exporters.anki.ledger import ID_STEP, content_hash
from orgkb_exporters.anki.note_types import NOTE_TYPES, Model, editor_kind, note_type

MAX_COLLECTION = 1 << 30
"""Largest collection that is read back from an earlier package, in bytes."""
MAX_PICTURE = 1 << 24
"""Largest picture that is read back, in bytes."""
_OURS = re.compile(r"orgkb-[0-9a-f]{16}\.\w+")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_DECK_IDS = 10**12


class PackedNote(msgspec.Struct, frozen=True):
    """A note as it goes into the package."""

    kind: str
    guid: str
    id: int
    """Milliseconds; its cards get the ids that follow."""
    modified: int
    """Seconds since 1970."""
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    due: int
    """Position among new cards."""


class ReadNote(msgspec.Struct, frozen=True):
    """A note read back from a package."""

    kind: str
    guid: str
    id: int
    modified: int
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]


class ReadType(msgspec.Struct, frozen=True):
    """A note type read back from a package."""

    kind: str
    hash: str
    """Of templates and style, as in the ledger."""
    modified: int


class _Note(genanki.Note):  # type: ignore[misc] # genanki ships no types
    """A genanki note with its own time and ids."""

    def __init__(self, packed: PackedNote, model: Model) -> None:
        super().__init__(
            model=model, fields=list(packed.fields), tags=list(packed.tags), guid=packed.guid, due=packed.due
        )
        self.packed = packed

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:
        """As genanki's, which stamps all notes with the time of the build and looks for bad HTML slowly."""
        del timestamp
        packed = self.packed
        cursor.execute(
            "INSERT INTO notes VALUES(?,?,?,?,?,?,?,?,?,?,?);",
            (
                packed.id,
                packed.guid,
                self.model.model_id,
                packed.modified,
                -1,
                self._format_tags(),
                self._format_fields(),
                self.sort_field,
                0,
                0,
                "",
            ),
        )
        for card in sorted(self.cards, key=lambda c: c.ord):
            # A note has few cards; the rare cloze with more takes ids from behind all notes.
            card_id = packed.id + 1 + card.ord if card.ord < ID_STEP - 1 else next(id_gen)
            card.write_to_db(cursor, packed.modified, deck_id, packed.id, iter((card_id,)), packed.due)


class Package(genanki.Package):  # type: ignore[misc] # genanki ships no types
    """Notes and media as the bytes of an .apkg in the format that every Anki and AnkiDroid reads."""

    def __init__(
        self, notes: Iterable[PackedNote], type_times: Mapping[str, int], media: Mapping[str, bytes] | None = None
    ) -> None:
        """NOTES; the modification time of each note type by kind; the files by name."""
        packed = sorted(notes, key=lambda note: (note.due, note.id))
        repeated = {note.guid for note in packed}
        if len(repeated) != len(packed):
            raise ValueError("two notes have one GUID")
        models = {kind: note_type(kind).model(time) for kind, time in type_times.items()}
        by_deck: dict[str, list[_Note]] = defaultdict(list)
        for note in packed:
            by_deck[note.deck].append(_Note(note, models[note.kind]))
        decks: list[genanki.Deck] = []
        for name, deck_notes in sorted(by_deck.items()):
            deck = genanki.Deck(deck_id(name), name)
            deck.notes = deck_notes
            decks.append(deck)
        super().__init__(decks)
        self.media = dict(sorted((media or {}).items()))
        self.first_free_id = max((note.id for note in packed), default=0) + ID_STEP
        self.card_count = sum(len(note.cards) for notes_here in by_deck.values() for note in notes_here)

    def to_bytes(self) -> bytes:
        """The .apkg: nothing in it depends on the clock, the machine's paths or hash seeds."""
        connection = sqlite3.connect(":memory:")
        try:
            # Time 0: every note and note type brings its own.
            self.write_to_db(connection.cursor(), 0, itertools.count(self.first_free_id))
            connection.commit()
            collection = connection.serialize()
        finally:
            connection.close()
        names = list(self.media)
        listing = json.dumps({str(i): name for i, name in enumerate(names)}, ensure_ascii=False)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            _add(archive, "collection.anki2", collection)
            _add(archive, "media", listing.encode())
            for i, name in enumerate(names):
                _add(archive, str(i), self.media[name])
        return buffer.getvalue()


def deck_id(name: str) -> int:
    """The id of a deck, from its name; never 1, which is Anki's default deck."""
    digest = hashlib.sha256(name.encode()).digest()
    return _DECK_IDS + int.from_bytes(digest[:8]) % _DECK_IDS


class ReadPackage(msgspec.Struct, frozen=True):
    """What an earlier package holds of ours."""

    notes: Mapping[str, ReadNote] = {}
    """By GUID, in the order of their ids."""
    types: Mapping[str, ReadType] = {}
    """By kind."""
    media: Mapping[str, bytes] = {}
    """Our pictures by name."""


def read_package(data: bytes | None) -> ReadPackage:
    """The notes and note types of ours in an earlier package; empty where DATA is no such package."""
    if not data:
        return ReadPackage()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("collection.anki2").file_size > MAX_COLLECTION:
                return ReadPackage()
            collection = archive.read("collection.anki2")
            media = {
                str(name): archive.read(number)
                for number, name in json.loads(archive.read("media")).items()
                if _OURS.fullmatch(str(name)) and archive.getinfo(number).file_size <= MAX_PICTURE
            }
        connection = sqlite3.connect(":memory:")
        try:
            connection.deserialize(collection)
            models, decks = map(json.loads, connection.execute("SELECT models, decks FROM col").fetchone())
            rows: Sequence[tuple[Any, ...]] = connection.execute(
                "SELECT n.id, n.guid, n.mid, n.mod, n.tags, n.flds, (SELECT did FROM cards WHERE nid = n.id LIMIT 1)"
                " FROM notes n ORDER BY n.id"
            ).fetchall()
        finally:
            connection.close()
        types = {int(key): _read_type(model) for key, model in models.items()}
        names = {int(key): str(deck["name"]) for key, deck in decks.items()}
    except (zipfile.BadZipFile, sqlite3.Error, KeyError, NotImplementedError, OSError, EOFError, ValueError, TypeError):
        return ReadPackage()
    found: dict[str, ReadNote] = {}
    for note_id, guid, model, modified, tags, fields, deck in rows:
        read = types.get(model)
        values = tuple(str(fields).split("\x1f"))
        if read is not None and len(values) == len(note_type(read.kind).fields):
            found[str(guid)] = ReadNote(
                kind=read.kind,
                guid=str(guid),
                id=int(note_id),
                modified=int(modified),
                deck=names.get(deck, ""),
                fields=values,
                tags=tuple(str(tags).split()),
            )
    return ReadPackage(found, {read.kind: read for read in types.values() if read is not None}, media)


def _read_type(model: Mapping[str, Any]) -> ReadType | None:
    """A note type of ours or of the user's; None for any other."""
    fields = [str(field["name"]) for field in model["flds"]]
    kinds = {ours.id: ours.kind for ours in NOTE_TYPES.values()}
    kind = kinds.get(int(model["id"])) or editor_kind(str(model["name"]), fields)
    known = note_type(kind)
    if known.id != int(model["id"]) or len(fields) != len(known.fields):
        return None
    sides = [(str(template["qfmt"]), str(template["afmt"])) for template in model["tmpls"]]
    return ReadType(kind, content_hash((str(model["css"]),), *sides), int(model["mod"]))


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # the same on every system
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
