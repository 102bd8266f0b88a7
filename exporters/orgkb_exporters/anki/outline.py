"""The cards as questions and answers in plain text, for other writers that name them beside a concept."""

from __future__ import annotations

from collections.abc import Sequence
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


_MOST_SHARED = 20_000
"""Notes that are held in memory for another exporter of the same build."""
_shared: WeakKeyDictionary[ConceptGraph, tuple[bool, Sequence[Draft]]] = WeakKeyDictionary()
"""Whether raw text may act, and the notes of the deck that was made of a graph."""


def share(graph: ConceptGraph, context: ExportContext, drafts: Sequence[Draft]) -> None:
    """Hold DRAFTS for `outlines` of the same GRAPH; they were made with the usual options, and show no picture of the notes."""
    if len(drafts) <= _MOST_SHARED:
        _shared[graph] = context.raw, drafts


def outlines(graph: ConceptGraph, context: ExportContext) -> tuple[CardOutline, ...]:
    """The notes that a deck of GRAPH holds where no option is changed, in the order of the text; nothing is reported."""
    raw, drafts = _shared.get(graph, (None, ()))
    if raw == context.raw:
        return tuple(map(_outline, drafts))
    # Here, as the package loads what it exports.
    from orgkb_exporters.anki import AnkiExporter  # noqa: PLC0415

    quiet = msgspec.structs.replace(context, read_media=_no_media, report=_silent)
    return tuple(map(_outline, AnkiExporter(maps=False).drafts(graph, quiet)))


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
