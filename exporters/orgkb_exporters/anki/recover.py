"""A lost ledger, written again from the package that was made with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape

from orgkb.patterns import pattern
from orgkb_exporters.anki.draft import ANSWER_KEPT
from orgkb_exporters.anki.identity import Key
from orgkb_exporters.anki.ledger import REMOVED_TAG, Entry, Ledger, TypeEntry, content_hash
from orgkb_exporters.anki.note_types import NOTE_TYPES, note_type
from orgkb_exporters.anki.package import ReadNote, ReadPackage
from orgkb_exporters.anki.prose import fold

_TAG = pattern(r"<[^>]*>")
_GAP = pattern(r"\{\{c(\d{1,4})::(.*?)\}\}", re.DOTALL)
_ANSWERS = {"term": "Definition", "command": "Does", "cloze": "Text", "list": "Text", "code": "Answer"}


def recover(package: ReadPackage, files: Collection[str], path: str) -> Ledger:
    """The ledger of PACKAGE, written to PATH; FILES are the keys of the files of this build.

    Times, ids and hashes are those of the package, so that what did not change stays as it is.
    """
    notes: list[Entry] = []
    taken: set[Key] = set()
    for note in package.notes.values():
        key = next((key for key in _keys(note, files) if key not in taken), None)
        if key is None:
            continue
        taken.add(key)
        notes.append(_entry(note, key))
    types = [TypeEntry(read.kind, read.hash, read.modified) for _, read in sorted(package.types.items())]
    return Ledger(tuple(notes), tuple(types), path)


def _entry(note: ReadNote, key: Key) -> Entry:
    values = dict(zip(note_type(note.kind).fields, note.fields, strict=True))
    removed = REMOVED_TAG in note.tags
    answer = values.get(_ANSWERS.get(note.kind, ""), "") or " ".join(note.fields[1:])
    gaps = {fold(_text(match[2])): int(match[1]) for match in _GAP.finditer(values.get("Text", ""))}
    return Entry(
        file=key.file,
        kind=key.kind,
        anchor=key.anchor,
        sense=key.sense,
        guid=note.guid,
        id=note.id,
        modified=note.modified,
        hash=content_hash(note.fields, note.tags),
        deck=note.deck,
        answer=_text(_GAP.sub(r"\2", answer))[:ANSWER_KEPT],
        ordinals=gaps if note.kind == "cloze" else {},
        removed=removed,
        fields=note.fields if removed else (),
        tags=note.tags if removed else (),
    )


def _keys(note: ReadNote, files: Collection[str]) -> Iterator[Key]:
    """The keys that NOTE may have had, the likeliest first: the one its GUID is made of, else one of a known file."""
    candidates = list(_read_keys(note, files))
    yield from (key for key in candidates if key.guid() == note.guid)
    yield from (key for key in candidates if key.file in files)
    yield from candidates


def _read_keys(note: ReadNote, files: Collection[str]) -> Iterator[Key]:
    if note.kind not in NOTE_TYPES:
        # A note type of the user's has no field for our key: only its GUID tells.
        first = fold(_text(note.fields[0]))[:ANSWER_KEPT]
        yield from (Key(file, note.kind, first) for file in sorted(files))
        return
    name = unescape(note.fields[0])
    numbered = re.fullmatch(r"(.*)#(\d{1,6})", name, re.DOTALL)
    for text, sense in ((numbered[1], int(numbered[2])), (name, 1)) if numbered else ((name, 1),):
        for slash in re.finditer("/", text):
            yield Key(text[: slash.start()], note.kind, text[slash.end() :], sense)


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
