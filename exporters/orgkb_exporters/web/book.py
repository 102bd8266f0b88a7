"""The notes as a book in one HTML file: contents, search, map, glossary, index; nothing beside it, no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import OrgkbError
from orgkb.exporter import DrawRequest, ExportContext
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.conceptmap import MapExporter
from orgkb_exporters.conceptmap.select import eligible
from orgkb_exporters.conceptmap.viewer import viewer
from orgkb_exporters.formats.book import Book, make_book
from orgkb_exporters.formats.tidy import Wishes
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.web import frame
from orgkb_exporters.web.contents import headings, listed, words
from orgkb_exporters.web.places import WebPlaces, entry
from orgkb_exporters.web.render import Styles, render

if TYPE_CHECKING:
    from orgkb_exporters.formats import HtmlExporter

_POLICY = pattern(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_SCRIPT = pattern(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = pattern(r"<style>(.*?)</style>", re.DOTALL)
_DECLARATION = pattern(r"\A<\?xml[^>]*\?>\s*")


def book_page(graph: ConceptGraph, context: ExportContext, options: HtmlExporter, css: str) -> tuple[bytes, Book]:
    """The page; CSS is the user's own style sheet."""
    wishes = Wishes(
        backend="html",
        raw=options.raw or context.raw,
        glossary=options.glossary,
        embed=True,
        places=True,
        index=options.index,
        styled=True,
    )
    book = make_book(graph, context, wishes)
    spoken = frame.words(book.language)
    blocks: list[Block] = []
    for chapter in book.chapters:
        head = p.header(1, p.attr(chapter.anchor), p.words(chapter.title))
        blocks += [head if len(book.chapters) > 1 else p.div([], chapter.anchor), *chapter.blocks]
    svg = drawn_map(graph, context, entry) if options.map else None
    if svg is not None:
        blocks.append(p.header(1, p.attr("map"), p.words(spoken["map"])))
        blocks.append(p.raw_block("html", _map_figure(svg, spoken, explore=options.search)))
    blocks += [*book.glossary, *book.index]
    styles = Styles()
    html = render(blocks, styles, number=options.number_sections)
    tree = headings(blocks, options.toc_depth, number=options.number_sections) if options.toc else ()
    held = _viewer(graph, context, book) if svg is not None and options.search else ""
    # No letter of the user's sheet may end the element that holds it.
    style = "\n".join((frame.source("page.css"), styles.css(), css)).replace("</", "<\\/")
    script = frame.script() if options.search else ""
    # The frame with the map inherits this page's policy, so its parts stand in it too.
    scripts = [script, *_SCRIPT.findall(held)] if script else []
    sheets = [style, *_STYLE.findall(held)]
    page = frame.framed(
        Markup("{}\n{}").format(title_block(book), Markup(html)),  # noqa: S704 - pandoc escapes
        title=book.title,
        book=book.title,
        language=book.language,
        contents=listed(tree),
        authors=authors(book),
        policy=frame.policy(scripts, sheets),
        style=Markup(style),  # noqa: S704 - ours, and the user's made safe above
        script=Markup(script),  # noqa: S704 - ours
        scripted=bool(script),
        viewer=frame.json_island(held) if held else "",
    )
    return page, book


def title_block(book: Book) -> Markup:
    """Title, subtitle, authors and date."""
    lines = [text for key in ("subtitle", "author", "date") if (text := _meta_text(book.meta.get(key)))]
    rest = Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)
    return Markup('<header id="title"><h1>{}</h1>{}</header>').format(book.title, rest)


def authors(book: Book) -> Sequence[str]:
    """The names of those who wrote it."""
    value = book.meta.get("author")
    return [words(one["c"]) for one in value["c"]] if value else []


def drawn_map(graph: ConceptGraph, context: ExportContext, url: Any) -> str | None:
    """The overview as an SVG element whose boxes lead to URL of their concepts; None where there is none to draw."""
    if not eligible(graph):
        return None
    link = url("{id}").replace("%7Bid%7D", "{id}")
    try:
        svg = MapExporter(link=link).draw(graph, context, DrawRequest("svg"))
    except OrgkbError as error:
        place = Location(graph.documents[0].path, 1)
        context.report(Diagnostic(Severity.WARNING, "map-not-drawn", f"the book has no map: {error}", place))
        return None
    return _DECLARATION.sub("", svg.decode())


def _map_figure(svg: str, spoken: dict[str, str], *, explore: bool) -> str:
    button = Markup('<p><button id="explore" type="button" hidden>{}</button></p>').format(spoken["explore"])
    return f"<figure>{svg}</figure>\n{button if explore else ''}"


def _viewer(graph: ConceptGraph, context: ExportContext, book: Book) -> str:
    """The interactive map as a page for the frame; its links are told to the page around it."""
    page = viewer(graph, WebPlaces(graph, context, book.names, lambda anchor: f"./#{anchor}"), context.title).decode()
    bridge = frame.source("bridge.js")
    # The policy of the page around it holds for the frame, and is the stricter one.
    return _POLICY.sub("", page, count=1).replace("</body>", f"<script>{bridge}</script>\n</body>")


def _meta_text(value: Any) -> str:
    if not value:
        return ""
    if value["t"] == "MetaList":
        return ", ".join(words(one["c"]) for one in value["c"])
    return words(value["c"])
