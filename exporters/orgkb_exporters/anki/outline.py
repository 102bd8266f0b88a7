"""The cards as questions and answers in plain text, for other writers that name them beside a concept."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from weakref import WeakKeyDictionary

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Location
from orgkb.exporter import ExportContext
from orgkb.patterns import pattern
from orgkb_exporters.anki import gaps
from orgkb_exporters.anki.draft import Draft

_TAG = pattern(r"<(/?)(\w+)[^>]*>")
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "pre", "br", "tr", "table", "dl", "dt", "dd", "blockquote"})


class CardOutline(msgspec.Struct, frozen=True):
    """What one note asks."""

    kind: str
    """`term`, `command`, `cloze`, `list`, `code` …: the kind of the note."""
    term: str
    """What a card of kind `term` asks for, as the notes name it."""
    question: str
    """Empty for a term, which is asked for by its name."""
    answer: str
    location: Location


_Part = bytes | list[CardOutline]
_AT_ONCE = 1_000
"""Outlines that are packed together: all of a large deck, open, would take more memory than the deck."""
_shared: WeakKeyDictionary[ConceptGraph, tuple[bool, Sequence[_Part]]] = WeakKeyDictionary()
"""Whether raw text may act, and the outlines of the deck that was made of a graph, packed."""


def share(graph: ConceptGraph, context: ExportContext, drafts: Sequence[Draft]) -> None:
    """Hold what DRAFTS ask for `outlines` of the same GRAPH, where a later exporter of the build may want it.

    They were made with the usual options, and show no picture of the notes.
    """
    if "map" in context.later:
        _shared[graph] = context.raw, tuple(map(_packed, _batched(drafts, _AT_ONCE)))


def outlines(graph: ConceptGraph, context: ExportContext) -> Iterable[CardOutline]:
    """The notes that a deck of GRAPH holds where no option is changed, in the order of the text; nothing is reported."""
    raw, packed = _shared.pop(graph, (None, ()))
    if raw == context.raw:
        return Outlines(packed)
    # Here, as the package loads what it exports.
    from orgkb_exporters.anki import AnkiExporter  # noqa: PLC0415

    quiet = msgspec.structs.replace(context, read_media=_no_media, report=_silent)
    return Outlines(tuple(map(_packed, _batched(AnkiExporter(maps=False).drafts(graph, quiet), _AT_ONCE))))


_decoder = msgspec.msgpack.Decoder(list[CardOutline])


class Outlines:
    """Outlines that lie packed and are opened one after another, as often as somebody goes through them."""

    def __init__(self, packed: Sequence[_Part] = ()) -> None:
        """Those in PACKED."""
        self._packed = packed

    def __iter__(self) -> Iterator[CardOutline]:
        """Each outline."""
        for part in self._packed:
            yield from _decoder.decode(zlib.decompress(part)) if isinstance(part, bytes) else part


def _batched(drafts: Sequence[Draft], size: int) -> Iterator[Sequence[Draft]]:
    return (drafts[begin : begin + size] for begin in range(0, len(drafts), size))


def _packed(drafts: Sequence[Draft]) -> _Part:
    found = [_outline(draft) for draft in drafts]
    try:
        return zlib.compress(msgspec.msgpack.encode(found), 1)
    except UnicodeEncodeError:  # the name of a file that is no text
        return found


def _outline(draft: Draft) -> CardOutline:
    fields = draft.fields
    question = answer = ""
    match draft.kind:
        case "term":
            answer = plain(fields.get("Definition", ""))
        case "command":
            question, answer = plain(fields.get("Does", "")), plain(fields.get("Command", ""))
        case "code":
            question, answer = plain(fields.get("Question", "")), plain(fields.get("Answer", ""))
        case _:
            text = fields.get("Text", "")
            title = plain(fields.get("Title", "")) if draft.kind == "list" else ""
            hidden = plain(gaps.gapped(text, "[…]"))
            question = f"{title}: {hidden}" if title else hidden
            answer = ", ".join(dict.fromkeys(map(plain, gaps.hidden(text)))) or draft.answer
    return CardOutline(draft.kind, draft.term, question, answer or draft.answer, draft.location)


def plain(field: str) -> str:
    """A field's HTML as text; what stands in blocks is joined by spaces."""
    return " ".join(unescape(_TAG.sub(lambda tag: " " if tag[2] in _BLOCKS else "", field)).split())


def _no_media(_document: str, _link: str) -> bytes | None:
    return None


def _silent(_diagnostic: object) -> None:
    return None
