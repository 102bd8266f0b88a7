"""The index page: which files there are and what is in them."""

from __future__ import annotations

from orgkb_exporters.markdown.layout import Block, join
from orgkb_exporters.markdown.names import relative_address
from orgkb_exporters.markdown.page import heading, link, outline_lines
from orgkb_exporters.markdown.pieces import Literal
from orgkb_exporters.markdown.site import GLOSSARY, INDEX, Site, SitePage

DEPTH = 2
"""How many levels of headings the index shows."""


def index_text(site: Site, terms: int) -> str:
    """The file; TERMS is the number of entries in the glossary, 0 where there is none."""
    blocks = [heading(1, [Literal(site.context.title)])]
    if terms:
        entry = link("Glossary", relative_address(INDEX, GLOSSARY))
        blocks.append(Block("paragraph", (f"{entry}: {terms} {'term' if terms == 1 else 'terms'}",)))
    for document in site.graph.documents:
        page = SitePage(site, document, INDEX)
        title = link(site.title(document), relative_address(INDEX, site.pages[document.path]))
        blocks.append(Block("heading", (f"## {title}",)))
        lines = outline_lines(page, [h for h in document.headlines if h.level <= DEPTH])
        if lines:
            blocks.append(Block("bullets", tuple(lines)))
    return "\n".join(join(blocks)) + "\n"
