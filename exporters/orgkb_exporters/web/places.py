"""Where clicks on the map lead: the sections of the book or of the pages."""

from __future__ import annotations

from urllib.parse import quote

from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import ExportContext
from orgkb_exporters.conceptmap.places import MARKDOWN, NO_PAGE, Page, Places
from orgkb_exporters.pandoc_inlines import Names
from orgkb_exporters.web.render import Address


class WebPlaces(Places):
    """Places of a book: the section in which a line stands, at ADDRESS of its anchor."""

    def __init__(self, graph: ConceptGraph, context: ExportContext, names: Names, address: Address) -> None:
        """The places of GRAPH, whose anchors are NAMES."""
        super().__init__(graph, context, MARKDOWN)
        self._of_book: dict[str, Page] = {}
        for document in graph.documents:
            start = names.document(document)
            lines, anchors = [1], [start]
            for headline in document.headlines:
                place = document.location(headline.begin)
                if place.path == document.path:  # and not from a file that it includes
                    lines.append(place.line)
                    anchors.append(names.headline(document, headline))
            page = address(start).partition("#")[0]
            self._of_book[document.path] = Page(page or "./", "#", tuple(lines), tuple(anchors))

    def page(self, path: str) -> Page:
        """The page of the file PATH; an empty address without one."""
        return self._of_book.get(path, NO_PAGE)


def entry(concept_id: str) -> str:
    """The address of a concept's entry within the page that holds the glossary."""
    return f"#concept-{quote(concept_id, safe='')}"
