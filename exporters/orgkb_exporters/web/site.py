"""The notes as pages for a server on this machine: a page for each note, glossary, index, map, search."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import ExportContext, MorePage, Resource
from orgkb.org.document import Document
from orgkb.org.slugs import Namespace, slug
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.conceptmap.viewer import viewer
from orgkb_exporters.formats.back import defined
from orgkb_exporters.formats.book import Binder
from orgkb_exporters.formats.tidy import Wishes
from orgkb_exporters.html import elements_text
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.web import frame
from orgkb_exporters.web.contents import headings, listed
from orgkb_exporters.web.places import WebPlaces
from orgkb_exporters.web.render import Styles, render

if TYPE_CHECKING:
    from orgkb_exporters.formats import HtmlExporter

MAX_LISTED = 60
"""Notes up to which all of them stand beside each page; more are listed on the first page alone."""
MAIN_TERMS = 6
"""Terms named with a note on the first page."""
_HTML = "text/html; charset=utf-8"
_NOTE = pattern(r"doc-(\d+)(?:-|\Z)")
_META = pattern(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_INNER = pattern(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_REST = "connect-src 'self'; base-uri 'none'; form-action 'none'"


class NotesSite:
    """Pages of one graph."""

    def __init__(
        self,
        graph: ConceptGraph,
        context: ExportContext,
        options: HtmlExporter,
        css: str,
        more: Sequence[MorePage],
        scripts: Sequence[str],
    ) -> None:
        """See `orgkb.exporter.Publishing`; CSS is the user's own style sheet."""
        self._graph = graph
        self._context = context
        self._css = css
        self._more = more
        self._scripts = ("/page.js", *scripts)
        self._number = options.number_sections
        self._depth = options.toc_depth
        self._title = context.title
        wishes = Wishes(
            backend="html",
            raw=options.raw or context.raw,
            glossary=True,
            embed=True,
            places=True,
            index=True,
            styled=True,
        )
        self._binder = Binder(graph, context, wishes, chapters=True)
        self._words = frame.words(self._binder.language)
        names = Namespace()
        self._notes: Mapping[str, Document] = {
            f"/notes/{names.take(slug(document.stem) or 'note')}": document for document in graph.documents
        }
        self._urls = list(self._notes)
        self._made: dict[str, Resource] = {}

    def get(self, url: str) -> Resource | None:
        """The page or file at URL; None where there is none."""
        if url not in self._made:
            made = self._make(url)
            if made is None:
                return None
            self._made[url] = made
        return self._made[url]

    def place(self, path: str, line: int) -> str:
        """The URL of the section in which LINE of the note PATH stands; empty where there is none."""
        return self._places.url(path, line)

    def wrapped(self, page: MorePage) -> Resource:
        """PAGE in the design of the others."""
        return self._page(page.url, page.title, Markup(page.body), scripts=page.scripts, styles=page.styles)  # noqa: S704 - as promised

    def _make(self, url: str) -> Resource | None:
        if url in self._notes:
            return self._note(url, self._notes[url])
        match url:
            case "/":
                return self._home()
            case "/glossary":
                return self._text(url, self._words["glossary"], self._binder.glossary())
            case "/index":
                return self._text(url, self._words["index"], self._binder.index())
            case "/map":
                title = self._words["map"]
                inner = Markup('<iframe src="/map/view" title="{}"></iframe>').format(title)
                return self._page(url, title, inner, wide=True, within=self._viewer().data)
            case "/map/view":
                return self._viewer()
            case "/search.json":
                return Resource(msgspec.json.encode(self._entries()), "application/json", "default-src 'none'")
            case "/page.css":
                style = f"{frame.source('page.css')}\n{self._css}"
                return Resource(style.encode(), "text/css; charset=utf-8", "default-src 'none'")
            case "/page.js":
                return Resource(frame.script().encode(), "text/javascript; charset=utf-8", "default-src 'none'")
            case _:
                return None

    # --- pages ---

    def _home(self) -> Resource:
        words = self._words
        items = Markup("").join(
            Markup('<li><a href="{}">{}</a><span class="about">{}{}</span></li>').format(
                url, self._binder.title_of(document), document.path, self._main_terms(document)
            )
            for url, document in self._notes.items()
        )
        facts = f"{words['notes'].format(len(self._notes))} · {words['terms'].format(len(defined(self._graph)))}"
        body = Markup('<header id="title"><h1>{}</h1><p class="facts">{}</p></header><ul class="notes">{}</ul>')
        return self._page("/", self._title, body.format(self._title, facts, items))

    def _main_terms(self, document: Document) -> Markup:
        """The most important terms that DOCUMENT defines, as links."""
        known = {concept.id for concept in self._binder.concepts}
        found = [c for c in self._graph.ranked if c.id in known and c.span.path == document.path][:MAIN_TERMS]
        links = (
            Markup('<a href="{}">{}</a>').format(self._address(self._binder.names.concept(concept.id)), concept.name)
            for concept in found
        )
        return Markup(" · {}").format(Markup(", ").join(links)) if found else Markup("")

    def _note(self, url: str, document: Document) -> Resource:
        chapter = self._binder.chapter(document)
        head = p.header(1, p.attr(chapter.anchor), p.words(chapter.title))
        return self._text(url, chapter.title, [head, *chapter.blocks])

    def _text(self, url: str, title: str, blocks: Sequence[Block]) -> Resource:
        def make() -> bytes:
            styles = Styles()
            html = render(blocks, styles, number=self._number, address=lambda anchor: self._address(anchor, url))
            return msgspec.json.encode((html, styles.css()))

        # What the notes say and where links lead decides; most pages are as they were before the last edit.
        depends = msgspec.json.encode([list(blocks), url, self._urls, self._number])
        html, css = msgspec.json.decode(self._context.once("page", depends, make), type=tuple[str, str])
        tree = headings(blocks, self._depth, number=self._number)
        return self._page(url, title, Markup(html), contents=listed(tree), style=css)  # noqa: S704 - pandoc escapes

    def _page(
        self,
        url: str,
        title: str,
        body: Markup,
        *,
        contents: Markup | None = None,
        style: str = "",
        scripts: Sequence[str] = (),
        styles: Sequence[str] = (),
        wide: bool = False,
        within: bytes = b"",
    ) -> Resource:
        make = partial(
            frame.framed,
            body,
            title=title if title == self._title else f"{title} – {self._title}",
            book=self._title,
            language=self._binder.language,
            contents=self._listed_notes(url, contents or Markup("")) if url in self._notes else contents,
            home="/",
            places=self._navigation(url),
            style_urls=["/page.css", *styles],
            style=Markup(style),  # noqa: S704 - plain declarations, see Styles
            script_urls=[*self._scripts, *scripts],
            index_url="/search.json",
            scripted=True,
            wide=wide,
        )
        # A page that is open in a browser is loaded again only where this differs.
        version = hashlib.blake2b(make() + within, digest_size=12).hexdigest()
        look = f"'self' {frame.hashed(style)}" if style else "'self'"
        policy = (
            f"default-src 'none'; script-src 'self'; style-src {look}; img-src 'self' data:; frame-src 'self'; "
            f"frame-ancestors 'none'; {_REST}"
        )
        return Resource(make(version=version), _HTML, policy)

    def _navigation(self, here: str) -> list[frame.Place]:
        words = self._words
        own = (
            ("/", words["home"]),
            ("/map", words["map"]),
            ("/glossary", words["glossary"]),
            ("/index", words["index"]),
        )
        return [
            *(frame.Place(url, title, here=url == here) for url, title in own),
            *(frame.Place(page.url, page.title, here=page.url == here, count=page.count) for page in self._more),
        ]

    def _listed_notes(self, here: str, contents: Markup) -> Markup:
        """All notes, below the one that is shown its CONTENTS."""
        if len(self._notes) > MAX_LISTED or len(self._notes) == 1:
            return contents
        items = [
            contents.removeprefix("<ul>").removesuffix("</ul>")
            if url == here
            else Markup('<li><a href="{}">{}</a></li>').format(url, self._binder.title_of(document))
            for url, document in self._notes.items()
        ]
        return Markup("<ul>{}</ul>").format(Markup("").join(map(Markup, items)))

    def _viewer(self) -> Resource:
        """The interactive map; its links open in the page around it."""
        bridge = frame.source("bridge.js")
        page = _META.sub("", viewer(self._graph, self._places, self._title).decode(), count=1)
        page = page.replace("</body>", f"<script>{bridge}</script>\n</body>")
        parts = _INNER.findall(page)
        run = " ".join(frame.hashed(text) for tag, text in parts if tag == "script")
        look = " ".join(frame.hashed(text) for tag, text in parts if tag == "style")
        policy = f"default-src 'none'; script-src {run}; style-src {look}; img-src data: blob:; frame-ancestors 'self'; {_REST}"
        return Resource(page.encode(), _HTML, policy)

    # --- where things are ---

    def _address(self, anchor: str, here: str = "") -> str:
        """The URL of ANCHOR, seen from the page HERE."""
        note = _NOTE.match(anchor)
        if note:
            page = self._urls[int(note[1]) - 1]
        elif anchor.startswith("concept-"):
            page = "/glossary"
        else:
            return f"#{anchor}"
        return f"#{anchor}" if page == here else f"{quote(page)}#{anchor}"

    @cached_property
    def _places(self) -> WebPlaces:
        return WebPlaces(self._graph, self._context, self._binder.names, self._address)

    def _entries(self) -> list[tuple[str, str, str, str]]:
        """What search looks through: title, URL, text, where it stands."""
        found: list[tuple[str, str, str, str]] = []
        names = self._binder.names
        for document in self._graph.documents:
            title = self._binder.title_of(document)
            found.append((title, self._address(names.document(document)), elements_text(document.section), ""))
            for headline in document.headlines:
                url = self._address(names.headline(document, headline))
                found.append((plain_text(headline.title), url, elements_text(headline.children), title))
        for concept in self._binder.concepts:
            texts = dict.fromkeys(" ".join(d.text.split()) for d in concept.definitions if d.text.strip())
            others = dict.fromkeys(
                a.surface for a in concept.aliases if a.surface.casefold() != concept.name.casefold()
            )
            name = f"{concept.name} ({', '.join(others)})" if others else concept.name
            url = self._address(names.concept(concept.id))
            found.append((name, url, " ".join(texts), self._words["glossary"]))
        return found
