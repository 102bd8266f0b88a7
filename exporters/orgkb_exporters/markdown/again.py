"""Pages of notes, and their sections, that are as they were in an earlier build: found by all that they were made of.

A page is made of its document and of what the site answers when the page asks where links lead, what they are called,
which pictures there are.  The questions are kept with the page: where the document is the same and they are answered as
they were, so is the page.  After an edit, the same holds for each of its sections.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from orgkb.exporter import NotKept
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.shape import shape
from orgkb.patterns import pattern
from orgkb_exporters.markdown.layout import Block
from orgkb_exporters.markdown.page import NotesPage
from orgkb_exporters.markdown.sheets import Sheet
from orgkb_exporters.markdown.site import Site

Answer = tuple[str | None, ...]
_CONTENTS = pattern(r"#\+toc:", re.IGNORECASE)
"""What shows the headings of other sections."""


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """A question of a page to the site, and what it was told."""

    what: str
    """`address`, `label`, `image`, `reference` of a link, or `place` of a headline."""
    at: int
    """Where the link begins; the number of the headline."""
    label: str
    answer: Answer


class _Page(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a page."""

    text: str
    asked: tuple[Asked, ...]


class _Section(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a section of a page."""

    blocks: tuple[Block, ...]
    asked: tuple[Asked, ...]
    """Places count from the begin of the section."""
    sure: bool
    """Whether all that it asked can be asked again; else there is nothing here."""


class Writer:
    """Writes the pages of notes of a site, those that are as they were from memory."""

    def __init__(self, site: Site, *, front_matter: bool, first: bool, last: bool) -> None:
        """With FRONT_MATTER, pages begin with it.

        FIRST and LAST tell which time the pages are written: before the last, only what they ask counts.
        """
        self._site = site
        self._front_matter = front_matter
        flavour = site.flavour
        self._usual = (flavour.name, site.vault, front_matter, site.context.raw, last)
        self._last = last
        # Which headings of a page are linked to is known when all pages were written before; else all are named.
        self._sure = not (first and last and flavour.outline)
        self._requested: dict[str, list[str]] = defaultdict(list)
        for path, anchor in () if first else sorted(site.requested):
            self._requested[path].append(anchor)
        self._links: tuple[str, Mapping[int, n.Link]] = "", {}
        """Path of the document written last, and its links by place."""
        self._mentions: dict[str, bytes] = {}

    def text(self, sheet: Sheet) -> str:
        """The page of SHEET."""
        source = self._site.context.sources.get(sheet.document.path)
        if source is not None and self._sure:
            made_of = source + msgspec.msgpack.encode(self._made_of(sheet))
            text, told = self._kept(sheet, made_of)
            if text is None:  # something is answered otherwise than when the page was first made
                text, _ = self._kept(sheet, made_of + msgspec.msgpack.encode(told))
            if text is not None:
                return text
        return NotesPage(self._site, sheet).text(front_matter=self._front_matter)

    def _kept(self, sheet: Sheet, made_of: bytes) -> tuple[str | None, list[Answer]]:
        """The page remembered of MADE_OF, or made now; None where questions are answered otherwise now: with the answers."""
        written: list[str] = []

        def make() -> bytes:
            page = _NotedPage(self._site, sheet, self._links_of(sheet))
            written.append(page.text(front_matter=self._front_matter))
            if page.unknown:
                raise NotKept  # it asked about something that cannot be found again
            return msgspec.msgpack.encode(_Page(written[0] if self._last else "", tuple(page.asked)))

        try:
            data = self._site.context.once("page of notes", made_of, make)
        except NotKept:
            return written[0], []
        if written:
            return written[0], []
        found = msgspec.msgpack.decode(data, type=_Page)
        page = _NotedPage(self._site, sheet, self._links_of(sheet))
        told: list[Answer] = []
        for asked in found.asked:
            told.append(page.ask(asked))
            if told[-1] != asked.answer:
                return None, told
        return found.text, told

    def _made_of(self, sheet: Sheet) -> tuple[object, ...]:
        """All that decides the page of SHEET besides its document and what it asks."""
        site, document = self._site, sheet.document
        around = [sheet.parent, *sheet.children]
        heads = [site.heading(document, headline) for headline in sheet.headlines]
        front = self._front_matter or site.flavour.page_properties
        return (
            self._usual,
            sheet.path,
            -1 if sheet.root is None else sheet.root.index,
            [headline.index for headline in sheet.headlines],
            [(path, site.sheet_title(site.layout.sheets[path])) for path in around if path],
            [(head.link, head.written) for head in heads],
            site.heading(document, sheet.root).link if sheet.root is not None else "",
            site.anchors_in(document),
            self._requested.get(sheet.path, ()),
            NotesPage(site, sheet).fields() if front else (),
            self._mentions_in(document) if site.vault else b"",
        )

    def _links_of(self, sheet: Sheet) -> Mapping[int, n.Link]:
        path = sheet.document.path
        if path != self._links[0]:
            self._links = path, {link.begin: link for link in self._site.graph.links.links_in(sheet.document)}
        return self._links[1]

    def _mentions_in(self, document: Document) -> bytes:
        """A hash of the mentions in DOCUMENT that may be links, and of where these would lead."""
        if document.path not in self._mentions:
            concepts = self._site.layout.concepts
            found = [
                (mention.offset, mention.text, mention.concept, concepts.get(mention.concept))
                for mention in self._site.mentions_between(document, 0, sys.maxsize)
            ]
            self._mentions[document.path] = hashlib.blake2b(msgspec.msgpack.encode(found), digest_size=16).digest()
        return self._mentions[document.path]


class _NotedPage(NotesPage):
    """A page that notes what it asks."""

    def __init__(self, site: Site, sheet: Sheet, links: Mapping[int, n.Link]) -> None:
        self.asked: list[Asked] = []
        self.unknown = False
        """Whether it asked about a link that is not in its document as such."""
        self._known = links
        super().__init__(site, sheet)

    @cached_property
    def _by_section(self) -> bool:
        """Whether its sections are made alone: numbers of footnotes, outlines and links to concepts depend on the text above."""
        return not (self.site.vault or self.flavour.outline or self.site.footnotes(self.document))

    # --- sections ---

    def section(self, headline: n.Headline, level: int) -> list[Block]:
        base = headline.begin
        text = self.document.text[base : self._end_of(headline)]
        if not self._by_section or _CONTENTS.search(text):
            return super().section(headline, level)
        source = self._section_source(headline, level, text)
        blocks, told = self._section_kept(headline, level, source)
        if blocks is None:  # something is answered otherwise than when the section was first made
            blocks, _ = self._section_kept(headline, level, source + msgspec.msgpack.encode(told))
        return list(blocks) if blocks is not None else super().section(headline, level)

    def _section_kept(
        self, headline: n.Headline, level: int, source: bytes
    ) -> tuple[Sequence[Block] | None, list[Answer]]:
        """The section remembered of SOURCE, or made now; None where questions are answered otherwise now: with the answers."""
        base = headline.begin
        written: list[list[Block]] = []

        def make() -> bytes:
            before, self.asked = self.asked, []
            unknown, self.unknown = self.unknown, False
            written.append(NotesPage.section(self, headline, level))
            own = tuple(msgspec.structs.replace(asked, at=asked.at - base) for asked in self.asked)
            sure = not (self.unknown or any(asked.what == "place" for asked in own))
            self.asked, self.unknown = before + self.asked, unknown or self.unknown
            return msgspec.msgpack.encode(_Section(tuple(written[0]), own, True) if sure else _Section((), (), False))

        data = self.site.context.piece("section", source, make)
        if written:
            return written[0], []
        found = msgspec.msgpack.decode(data, type=_Section)
        if not found.sure:
            return super().section(headline, level), []
        asked = [msgspec.structs.replace(one, at=one.at + base) for one in found.asked]
        told = [self.ask(one) for one in asked]
        if any(one.answer != answer for one, answer in zip(asked, told, strict=True)):
            return None, told
        self.asked += asked
        return found.blocks, told

    def _section_source(self, headline: n.Headline, level: int, text: str) -> bytes:
        """All that decides the section besides what it asks."""
        base = headline.begin
        names = self.site.anchors_in(self.document)
        about = (
            self.flavour.name,
            self.raw,
            self.path,
            level,
            self.document.settings,
            (headline.todo, headline.todo_done, headline.priority, headline.tags, headline.properties),
            self.written_anchors(headline),
            [((kind, at - base), name) for (kind, at), name in names if base <= at < base + len(text)],
        )
        return shape((*headline.title, *headline.children), base, text) + msgspec.msgpack.encode(about)

    def _end_of(self, headline: n.Headline) -> int:
        """Where the text of HEADLINE ends and the next one begins."""
        below = self.document.headlines[headline.index + 1 : headline.index + 2]
        return below[0].begin if below else len(self.document.text)

    # --- questions ---

    def address(self, link: n.Link) -> str | None:
        return self._noted("address", link, "", super().address(link))

    def label(self, link: n.Link) -> str:
        found = super().label(link)
        self._noted("label", link, "", found)
        return found

    def image(self, link: n.Link) -> str | None:
        return self._noted("image", link, "", super().image(link))

    def reference(self, link: n.Link, label: str) -> str | None:
        return self._noted("reference", link, label, super().reference(link, label))

    def place(self, headline: n.Headline) -> tuple[str, str]:
        found = super().place(headline)
        self.asked.append(Asked("place", headline.index, "", found))
        return found

    def _noted(self, what: str, link: n.Link, label: str, answer: str | None) -> str | None:
        if self._known.get(link.begin) == link:
            self.asked.append(Asked(what, link.begin, label, (answer,)))
        else:
            self.unknown = True
        return answer

    def ask(self, asked: Asked) -> Answer:
        """What the site says now to a question of an earlier build."""
        if asked.what == "place":
            return NotesPage.place(self, self.document.headlines[asked.at])
        link = self._known[asked.at]
        match asked.what:
            case "address":
                return (NotesPage.address(self, link),)
            case "label":
                return (NotesPage.label(self, link),)
            case "image":
                return (NotesPage.image(self, link),)
            case _:
                return (NotesPage.reference(self, link, asked.label),)
