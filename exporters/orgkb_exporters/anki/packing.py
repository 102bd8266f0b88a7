"""Writing .apkg: genanki's collection with our times and ids, in a zip with the same bytes on every run.

The only import of genanki, loaded where a package has to be made: it takes as long as making one.
"""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from orgkb_exporters.anki.ledger import ID_STEP
from orgkb_exporters.anki.note_types import NoteType, note_type
from orgkb_exporters.anki.package import PackedNote, deck_id

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class Model(genanki.Model):  # type: ignore[misc] # genanki ships no types
    """A genanki model with a modification time of its own and no default deck."""

    def __init__(self, *args: Any, modified: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modified = modified

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        """As genanki's, but free of the package's time and of whichever deck came last."""
        del timestamp, deck_id
        value: dict[str, Any] = super().to_json(self.modified, None)
        return value


def model(kind: NoteType, modified: int) -> Model:
    """The genanki model of KIND, last modified at MODIFIED (seconds since 1970)."""
    return Model(
        kind.id,
        kind.name,
        fields=[{"name": name, "id": kind.id + 1 + i} for i, name in enumerate(kind.fields)],
        templates=[
            {"name": name, "id": kind.id + 101 + i, "qfmt": front, "afmt": back}
            for i, ((name, _), (front, back)) in enumerate(zip(kind.templates, kind.sides(), strict=True))
        ],
        css=kind.style(),
        model_type=genanki.Model.CLOZE if kind.cloze else genanki.Model.FRONT_BACK,
        sort_field_index=kind.sort,
        modified=modified,
    )


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
        if len({note.guid for note in packed}) != len(packed):
            raise ValueError("two notes have one GUID")
        self._models = {kind: model(note_type(kind), time) for kind, time in type_times.items()}
        self._by_deck: dict[str, list[PackedNote]] = defaultdict(list)
        for note in packed:
            self._by_deck[note.deck].append(note)
        super().__init__([genanki.Deck(deck_id(name), name) for name in sorted(self._by_deck)])
        self.media = dict(sorted((media or {}).items()))
        self.first_free_id = max((note.id for note in packed), default=0) + ID_STEP
        self.card_count = 0
        """The cards written so far."""

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """As genanki's, which reads and writes the list of all decks anew for each deck: the square of the time.

        Notes become genanki's one after the other: a large deck would need ten times the memory.
        """
        cursor.executescript(APKG_SCHEMA)
        cursor.executescript(APKG_COL)
        decks = json.loads(cursor.execute("SELECT decks FROM col").fetchone()[0])
        decks.update((str(deck.deck_id), deck.to_json()) for deck in self.decks)
        kinds = dict.fromkeys(note.kind for deck in self.decks for note in self._by_deck[deck.name])
        models = {str(self._models[kind].model_id): self._models[kind] for kind in kinds}
        told = {identity: model.to_json(timestamp, 0) for identity, model in models.items()}
        cursor.execute("UPDATE col SET decks = ?, models = ?", (json.dumps(decks), json.dumps(told)))
        for deck in self.decks:
            for packed in self._by_deck[deck.name]:
                note = _Note(packed, self._models[packed.kind])
                note.write_to_db(cursor, timestamp, deck.deck_id, id_gen)
                self.card_count += len(note.cards)

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


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # the same on every system
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
