"""What stands around a note is no reason to rewrite it in the user's collection.

A definition that is edited changes the related concepts and the focus maps of a dozen other notes.
Each of them would be written anew on import, over the user's own edits.  So a note of which nothing
else changed keeps these two as they were, as long as the notes still hold all their words; and its
question keeps the article that it had, or had not, before other notes came to speak of several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import unescape

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.patterns import pattern
from orgkb_exporters.anki import prose
from orgkb_exporters.anki.ledger import Content, Ledger
from orgkb_exporters.anki.note_types import note_type
from orgkb_exporters.anki.package import ReadPackage

AROUND = ("Related", "Map")
_PICTURE = pattern(r'<img src="([^"]+)"')
_TAG = pattern(r"<[^>]*>")


def keep_around(
    contents: Sequence[Content],
    ledger: Ledger,
    read: Callable[[], ReadPackage],
    graph: ConceptGraph,
    media: dict[str, bytes],
) -> list[Content]:
    """CONTENTS with what stands around them as in the package that READ gives, where that alone changed.

    The pictures that are kept are added to MEDIA.
    """
    hashes = {entry.key: entry.hash for entry in ledger.notes}
    if not any(note.before and hashes[note.before] != note.hash for note in contents):
        return list(contents)
    before = read()
    vocabulary = _vocabulary(graph)
    result: list[Content] = []
    for note in contents:
        old = before.notes.get(note.guid)
        names = note_type(note.key.kind).fields
        if old is None or not note.before or hashes[note.before] == note.hash or len(old.fields) != len(names):
            result.append(note)
            continue
        changed = [n for n, a, b in zip(names, old.fields, note.fields, strict=True) if _asked(n, a) != _asked(n, b)]
        pictures = [
            name for n, value in zip(names, old.fields, strict=True) if n in AROUND for name in pictures_in(value)
        ]
        if (
            old.tags == note.tags
            and set(changed) <= set(AROUND)
            and all(name in before.media for name in pictures)
            and _said(old.fields[names.index("Related")], (before.media[name] for name in pictures)) <= vocabulary
        ):
            media.update({name: before.media[name] for name in pictures})
            result.append(msgspec.structs.replace(note, fields=old.fields))
        else:
            result.append(note)
    return result


def _asked(name: str, value: str) -> str:
    """VALUE of the field NAME, without the article of a question."""
    return _ARTICLE.sub("", value) if name == "Prompt" else value


_ARTICLE = pattern(r"(?<=^What is )an? (?=<b>)")


def pictures_in(field: str) -> list[str]:
    """The names of the media files that FIELD shows."""
    return _PICTURE.findall(field)


def _said(related: str, pictures: Iterable[bytes]) -> frozenset[str]:
    """The words that a card says around its note, without the phrase that leads in."""
    said = [related.partition(":")[2], *(picture.decode("utf-8", "replace") for picture in pictures)]
    return frozenset(word for text in said for word in prose.words(unescape(_TAG.sub(" ", text))) if not word.isdigit())


def _vocabulary(graph: ConceptGraph) -> frozenset[str]:
    """The words of all that the graph holds."""
    texts: list[str] = [relation.label for relation in graph.relations]
    for concept in graph.concepts:
        texts += concept.surfaces
        texts += (definition.text for definition in concept.definitions)
    return frozenset(word for text in texts for word in prose.words(text))
