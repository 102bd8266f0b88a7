"""Where a click leads: the notes as Markdown, or an address made from a template."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from urllib.parse import quote

from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import ExportContext
from orgkb_exporters.conceptmap.phrases import clean

MARKDOWN = "markdown"
"""The value of the option `link` that stands for the heading in the exported Markdown."""


class Places:
    """Addresses of places in the notes, as seen from a file in the folder `map/`."""

    def __init__(self, graph: ConceptGraph, context: ExportContext, link: str) -> None:
        self._graph = graph
        self._context = context
        self._link = link

    def url(self, path: str, line: int, concept: str = "", *, up: str = "") -> str:
        """The address of LINE in the file PATH; empty where there is none.

        UP leads from the file that links to the folder `map/` (`../` for one in a folder there).
        """
        if self._link == MARKDOWN:
            page, lines, anchors = self.page(path)
            if not page:
                return ""
            above = bisect_right(lines, line)
            return f"{up}{page}#{quote(anchors[above - 1], safe='')}" if above else f"{up}{page}"
        stem = path.rpartition("/")[2].rpartition(".")[0] or path
        url = self._link
        for name, value in (("file", path), ("stem", stem), ("line", str(line)), ("id", concept)):
            url = url.replace(f"{{{name}}}", quote(value, errors="replace"))
        return url if not up or ":" in url.partition("/")[0] or url.startswith(("/", "#")) or not url else up + url

    @property
    def markdown(self) -> bool:
        """Whether addresses lead to the Markdown notes."""
        return self._link == MARKDOWN

    def template(self, path: str) -> str:
        """The address of the file PATH with `{line}` left open; empty where addresses need a concept or there are none."""
        if self.markdown or not self._link or "{id}" in self._link:
            return ""
        stem = path.rpartition("/")[2].rpartition(".")[0] or path
        return self._link.replace("{file}", quote(path, errors="replace")).replace(
            "{stem}", quote(stem, errors="replace")
        )

    def page(self, path: str) -> tuple[str, list[int], list[str]]:
        """The Markdown page of the file PATH, the lines of its headings and their anchors; an empty address without one."""
        return self._pages.get(path, ("", [], []))

    @cached_property
    def _pages(self) -> dict[str, tuple[str, list[int], list[str]]]:
        # Here and not above: only maps that lead to the Markdown notes load their writer.
        from orgkb_exporters.markdown import FOLDER  # noqa: PLC0415
        from orgkb_exporters.markdown.flavours import flavour_named  # noqa: PLC0415
        from orgkb_exporters.markdown.site import Site  # noqa: PLC0415

        site = Site(self._graph, self._context, flavour_named("gfm"))
        pages: dict[str, tuple[str, list[int], list[str]]] = {}
        for document in self._graph.documents:
            lines: list[int] = []
            anchors: list[str] = []
            for headline in document.headlines:
                place = document.location(headline.begin)
                if place.path == document.path:  # and not from a file that it includes
                    lines.append(place.line)
                    anchors.append(clean(site.heading(document, headline).link))
            address = quote(f"{FOLDER}/{site.layout.sheet(document, None).path}", errors="replace")
            pages[document.path] = (f"../{address}", lines, anchors)
        return pages
