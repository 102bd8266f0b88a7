"""What goes into an .apkg, and reading one back."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from orgkb.exporter import ExportContext
from orgkb.patterns import pattern
from orgkb_exporters.anki.ledger import content_hash
from orgkb_exporters.anki.note_types import NOTE_TYPES, editor_kind, note_type

MAX_COLLECTION = 1 << 30
"""Largest collection that is read back from an earlier package, in bytes."""
MAX_PICTURE = 1 << 24
"""Largest picture that is read back, in bytes."""
_OURS = pattern(r"orgkb-[0-9a-f]{16}\.\w+")
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


class _Made(msgspec.Struct, frozen=True):
    """What is remembered of a package: the bytes lie in the output folder."""

    cards: int
    sha256: bytes


def packed(
    notes: Sequence[PackedNote],
    type_times: Mapping[str, int],
    media: Mapping[str, bytes],
    context: ExportContext,
    path: str,
) -> tuple[bytes, int]:
    """The .apkg of NOTES, with the modification times of the note types by kind and the files by name; and its cards.

    Where the package of the last build, at PATH, is made of the same, it is not made again.
    """
    made: list[bytes] = []

    def make() -> bytes:
        from orgkb_exporters.anki.packing import Package  # noqa: PLC0415 - loads genanki

        package = Package(notes, type_times, media)
        made.append(package.to_bytes())
        return msgspec.msgpack.encode(_Made(package.card_count, hashlib.sha256(made[-1]).digest()))

    files = sorted((name, hashlib.sha256(data).digest()) for name, data in media.items())
    source = hashlib.blake2b(msgspec.msgpack.encode((len(notes), sorted(type_times.items()), files)))
    for note in notes:  # a large deck stands in memory once
        source.update(msgspec.msgpack.encode(note))
    told = msgspec.msgpack.decode(context.once("package", source.digest(), make), type=_Made)
    data = made[-1] if made else context.previous(path)
    if data is None or hashlib.sha256(data).digest() != told.sha256:
        make()
        data = made[-1]
    return data, told.cards


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
    import zipfile  # noqa: PLC0415 - most builds neither read nor make a package

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
