"""Where a click leads: the notes themselves, as Markdown or PDF, or an address made from a template."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from urllib.parse import quote

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import ExportContext
from orgkb_exporters.conceptmap.phrases import clean
from orgkb_exporters.emacs import OF_EMACS

MARKDOWN = "markdown"
"""The value of the option `link` that stands for the heading in the exported Markdown."""

PDF = "pdf"
"""… for the heading's page in the exported handout."""

EMACS = "emacs"
"""… for the line of the Org file in Emacs, by org-protocol and orgkb.el."""

SOURCE = "source"
"""… for the line of the Org file, and a search for the concept there."""


class Page(msgspec.Struct, frozen=True):
    """An exported form of one Org file."""

    address: str
    """Empty where there is none."""
    joint: str
    """What stands between the address and an anchor."""
    lines: tuple[int, ...]
    """Lines of the Org file at which its headings stand."""
    anchors: tuple[str, ...]
    """The anchors of these headings."""

    def at(self, line: int) -> str:
        """The address of the heading above LINE."""
        above = bisect_right(self.lines, line)
        if not self.address or not above:
            return self.address
        return f"{self.address}{self.joint}{quote(self.anchors[above - 1], safe='')}"


NO_PAGE = Page("", "#", (), ())
"""What a file that is not exported has."""


class Places:
    """Addresses of places in the notes, as seen from a file in the folder `map/`, or in the output folder itself."""

    def __init__(self, graph: ConceptGraph, context: ExportContext, link: str, *, up: str = "../") -> None:
        """LINK is the option of that name; UP leads from the maps to the output folder."""
        self._graph = graph
        self._context = context
        self._up = up
        self._paged = link in {MARKDOWN, PDF}
        templates = {SOURCE: self._of_source(), EMACS: f"{OF_EMACS}file={{file}}&line={{line}}"}
        self._link = templates.get(link, link)

    def _of_source(self) -> str:
        """Both fragments that programs know: the line for forges and editors, the text for browsers."""
        notes = self._context.notes_from_output
        return f"{self._up}{quote(notes)}/{{file}}#L{{line}}:~:text={{term}}" if notes else ""

    def url(self, path: str, line: int, concept: str = "", *, up: str = "", term: str = "") -> str:
        """The address of LINE in the file PATH; empty where there is none.

        UP leads from the file that links to the folder of the maps (`../` for one in a folder there).
        TERM is the text to search for there, CONCEPT the id of the concept.
        """
        if self._paged:
            address = self.page(path).at(line)
            return f"{up}{address}" if address else ""
        url = self.template(path)
        # A hyphen has a meaning of its own in addresses that search for a text.
        text = quote(term, safe="", errors="replace").replace("-", "%2D")
        for name, value in (("line", str(line)), ("id", quote(concept, errors="replace")), ("term", text)):
            url = url.replace(f"{{{name}}}", value)
        return url if not up or ":" in url.partition("/")[0] or url.startswith(("/", "#")) or not url else up + url

    @property
    def paged(self) -> bool:
        """Whether addresses lead to headings of an exported form."""
        return self._paged

    @property
    def searches(self) -> bool:
        """Whether addresses name the text to search for."""
        return not self._paged and "{term}" in self._link

    def known(self) -> tuple[object, ...]:
        """All that addresses are made of, but for places and concepts: equal values mean equal addresses."""
        pages = self._pages if self._paged else {}
        told = [(path, page.address, page.joint, page.lines, page.anchors) for path, page in pages.items()]
        return (self._up, self._link, told)

    def template(self, path: str) -> str:
        """The address of the file PATH with `{line}`, `{id}` and `{term}` left open; empty where there is none."""
        if self._paged:
            return ""
        stem = path.rpartition("/")[2].rpartition(".")[0] or path
        return self._link.replace("{file}", quote(path, errors="replace")).replace(
            "{stem}", quote(stem, errors="replace")
        )

    def page(self, path: str) -> Page:
        """The exported form of the file PATH."""
        return self._pages.get(path, NO_PAGE)

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return self._pages_of_handouts() if self._link == PDF else self._pages_of_markdown()

    def _pages_of_handouts(self) -> dict[str, Page]:
        # Here and not above: only maps that lead there load the writer.
        from orgkb_exporters.pandoc_inlines import Names  # noqa: PLC0415
        from orgkb_exporters.pdf.addresses import handouts  # noqa: PLC0415

        names = Names({document.path: index for index, document in enumerate(self._graph.documents)})
        files = handouts(self._graph.documents, self._context.title)
        pages: dict[str, Page] = {}
        for document in self._graph.documents:
            heads = [(document.location(headline.begin), headline) for headline in document.headlines]
            own = [(place.line, headline) for place, headline in heads if place.path == document.path]
            pages[document.path] = Page(
                f"{self._up}{quote(files[document.path], errors='replace')}",
                "#nameddest=",
                tuple(line for line, _ in own),
                tuple(names.headline(document, headline) for _, headline in own),
            )
        return pages

    def _pages_of_markdown(self) -> dict[str, Page]:
        from orgkb_exporters.markdown import FOLDER  # noqa: PLC0415
        from orgkb_exporters.markdown.flavours import flavour_named  # noqa: PLC0415
        from orgkb_exporters.markdown.site import Site  # noqa: PLC0415

        site = Site(self._graph, self._context, flavour_named("gfm"))
        pages: dict[str, Page] = {}
        for document in self._graph.documents:
            lines: list[int] = []
            anchors: list[str] = []
            for headline in document.headlines:
                place = document.location(headline.begin)
                if place.path == document.path:  # and not from a file that it includes
                    lines.append(place.line)
                    anchors.append(clean(site.heading(document, headline).link))
            address = quote(f"{FOLDER}/{site.layout.sheet(document, None).path}", errors="replace")
            pages[document.path] = Page(f"{self._up}{address}", "#", tuple(lines), tuple(anchors))
        return pages
