"""Layouts that are not the text: flash cards, a cheat sheet, the links as QR codes, pages put beside each other."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from importlib import resources

import msgspec

from orgkb.errors import MissingProgram
from orgkb.org import nodes as n
from orgkb.org.urls import external_url
from orgkb.org.walk import find, plain_text
from orgkb_exporters.pdf import data, escape
from orgkb_exporters.pdf.cheatsheet import cheatsheet
from orgkb_exporters.pdf.layouts import Look
from orgkb_exporters.pdf.part import Part
from orgkb_exporters.pdf.typst_run import CompileFailed, Typst

_LONGEST_QR = 600
"""Letters of an address above which a printed code can hardly be read."""


class Card(msgspec.Struct, frozen=True):
    """A flash card."""

    front: str
    place: str
    """The section of the definition."""
    senses: tuple[data.Sense, ...]


class WebLink(msgspec.Struct, frozen=True):
    """A link with its code."""

    address: str
    title: str
    place: str
    image: str


def sheet(part: Part, look: Look, typst: Typst) -> tuple[bytes, int]:
    """The cards, cheat sheet or links of PART, as LOOK says: the PDF and its pages; no bytes where there is nothing on it."""
    try:
        return _sheet(part, look, typst)
    except CompileFailed:
        if not part.book.without_refused_formulas(typst):
            raise
        return _sheet(part, look, typst)


def _sheet(part: Part, look: Look, typst: Typst) -> tuple[bytes, int]:
    extra: dict[str, bytes] = {}
    if look.layout == "cards":
        sheet_data: object = _cards(part)
        if not sheet_data:
            return b"", 0
    elif look.layout == "links":
        sheet_data, extra = _links(part)
        if not sheet_data:
            return b"", 0
    else:
        return cheatsheet(part, lambda groups: _print(part, look, typst, groups))
    return _print(part, look, typst, sheet_data, extra)


def _print(
    part: Part, look: Look, typst: Typst, sheet_data: object, extra: Mapping[str, bytes] | None = None
) -> tuple[bytes, int]:
    base = msgspec.structs.replace(part.data(look, text=False), sheet=sheet_data)
    files = {**_templates(look.layout), **base.files(), **(extra or {})}
    pages: int = typst.query(files, "<orgkb-pages>")
    options, timestamp = part.book.options, part.book.context.timestamp
    try:
        return typst.compile(files, timestamp, standard=options.standard or None, tagged=options.tagged), pages
    except CompileFailed:
        # What the standard forbids, the handout of the same notes has told already.
        return typst.compile(files, timestamp, standard=None, tagged=options.tagged), pages


def _templates(layout: str) -> dict[str, bytes]:
    folder = resources.files("orgkb_exporters") / "templates" / "pdf"
    files = {
        name: (folder / name).read_bytes() for name in ("lib.typ", "data.typ", "back.typ", "map.typ", "shapes.typ")
    }
    return {**files, "main.typ": (folder / f"{layout}.typ").read_bytes()}


# --- cards ---


def _cards(part: Part) -> list[Card]:
    """A card for each concept of the glossary, in the order of the notes."""
    book = part.book
    entries = data.glossary(book.graph, part.concepts, book.formulas, {}, {})
    concepts = {concept.id: concept for concept in part.concepts}
    order = {document.path: index for index, document in enumerate(book.graph.documents)}

    def place(entry: data.Entry) -> tuple[int, int, int]:
        span = concepts[entry.id].span
        return order.get(span.path, 0), span.line, span.column

    return [
        Card(entry.name, escape.clean(" › ".join(concepts[entry.id].section_path[-2:])), entry.senses[:2])
        for entry in sorted(entries, key=place)
    ]


# --- links ---


def _links(part: Part) -> tuple[list[WebLink], dict[str, bytes]]:
    """The web links of the notes, each once, and their codes as SVG."""
    try:
        import segno  # noqa: PLC0415 - only this layout needs it
    except ImportError as error:
        raise MissingProgram("the layout `links` needs segno: pip install segno") from error
    found: dict[str, WebLink] = {}
    files: dict[str, bytes] = {}
    for piece in part.pieces:
        document = part.book.graph.documents[piece.document]
        headline = document.headlines[piece.headline] if piece.headline >= 0 else None
        elements = (*headline.title, *headline.children) if headline is not None else document.section
        for written in find(elements, n.Link):
            address = external_url(part.book.graph.links.expand(document, written))
            if not address or address in found or not address.startswith("http") or len(address) > _LONGEST_QR:
                continue
            drawn = io.BytesIO()
            segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
            name = f"qr{len(found)}.svg"
            files[name] = drawn.getvalue()
            title = " ".join(plain_text(written.children).split()) if written.children else ""
            place = " ".join(plain_text(headline.title).split()) if headline is not None else ""
            found[address] = WebLink(escape.clean(address), escape.clean(title), escape.clean(place), name)
    return list(found.values()), files


# --- pages beside each other ---


def imposed(pdf: bytes, pages: int, part: Part, look: Look, typst: Typst) -> tuple[bytes, int]:
    """PDF, which has so many PAGES, with two of them on each sheet: `2up` in order, `booklet` to fold and staple."""
    order: Sequence[int] = range(1, pages + 1)
    if look.layout == "booklet":
        order = booklet_order(pages)
    base = msgspec.structs.replace(part.data(look, text=False), sheet=list(order))
    folder = resources.files("orgkb_exporters") / "templates" / "pdf"
    files = {
        "lib.typ": (folder / "lib.typ").read_bytes(),
        "data.typ": (folder / "data.typ").read_bytes(),
        "main.typ": (folder / "imposed.typ").read_bytes(),
        **base.files(),
        "book.pdf": pdf,
    }
    # For printing only: links and tags of the pages do not survive, so no standard is kept.
    made = typst.compile(files, part.book.context.timestamp, standard=None, tagged=False)
    return made, (len(order) + 1) // 2


def booklet_order(pages: int) -> list[int]:
    """The pages as they are printed two on a side, so that the folded stack reads in order; 0 for an empty one."""
    whole = -(-pages // 4) * 4
    order: list[int] = []
    for sheet_number in range(whole // 4):
        low = 2 * sheet_number + 1
        high = whole - 2 * sheet_number
        order += [high, low, low + 1, high - 1]
    return [page if page <= pages else 0 for page in order]
