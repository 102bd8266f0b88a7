"""The first page: which notes there are and what is in them; in a vault the map of its contents."""

from __future__ import annotations

from orgkb_exporters.markdown.layout import Block, join
from orgkb_exporters.markdown.outliner import outline_page
from orgkb_exporters.markdown.page import heading, link, outline_lines
from orgkb_exporters.markdown.pieces import Literal
from orgkb_exporters.markdown.site import Site, SitePage

DEPTH = 2
"""How many levels of headings the index shows."""

_MOST = 40
"""Concepts that the map of contents names as the most important."""


def index_text(site: Site, terms: int) -> str:
    """The file; TERMS is the number of entries in the glossary, 0 where there is none."""
    page = SitePage(site, site.graph.documents[0], site.index) if site.graph.documents else None
    if page is None:
        return f"# {site.context.title}\n"
    opening = [heading(1, [Literal(site.context.title)], page)] if not site.flavour.outline else []
    if terms:
        entry = link(page, site.glossary, "", "Glossary")
        opening.append(Block("paragraph", (f"{entry}: {terms} {'term' if terms == 1 else 'terms'}",)))
    sections: list[tuple[int, list[Block]]] = [(0, opening)]
    for document in site.graph.documents:
        here = SitePage(site, document, site.index)
        top = site.layout.by_document[document.path][0]
        blocks = [Block("heading", (f"## {link(here, top.path, '', site.title(document))}",))]
        lines = outline_lines(here, [h for h in document.headlines if h.level <= DEPTH])
        if lines:
            blocks.append(Block("bullets", tuple(lines)))
        sections.append((1, blocks))
    sections += _concepts(site, page)
    if site.flavour.outline:
        return outline_page((), sections)
    return "\n".join(join([block for _, blocks in sections for block in blocks])) + "\n"


def _concepts(site: Site, page: SitePage) -> list[tuple[int, list[Block]]]:
    """The concepts that have notes: the most important first, then all by name."""
    notes = site.layout.concepts
    ranked = [c for c in site.graph.ranked if c.id in notes and notes[c.id] not in site.layout.sheets]
    if not ranked:
        return []
    sections = []
    parts = [("Concepts", sorted(ranked, key=lambda c: (c.name.casefold(), c.id)))]
    if len(ranked) > _MOST:
        parts.insert(0, ("Most important concepts", ranked[:_MOST]))
    for title, concepts in parts:
        links = (link(page, notes[c.id], "", " ".join(c.name.split())) for c in concepts)
        blocks = [heading(2, [Literal(title)], page), Block("paragraph", (" · ".join(links),))]
        sections.append((1, blocks))
    return sections
