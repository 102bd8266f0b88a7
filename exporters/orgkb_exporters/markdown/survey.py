"""What must be known of a document before it is written."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import find_elements, walk_document


class Survey(msgspec.Struct, frozen=True):
    """The paragraphs of a document, in text order."""

    paragraphs: tuple[n.Paragraph, ...]
    starts: tuple[int, ...]
    """Where each of them begins."""

    def paragraph_at(self, offset: int) -> n.Paragraph | None:
        """The paragraph that holds OFFSET."""
        i = bisect_right(self.starts, offset) - 1
        if i < 0 or offset >= self.paragraphs[i].end:
            return None
        return self.paragraphs[i]


def survey(document: Document) -> Survey:
    """What DOCUMENT holds of them."""
    paragraphs = tuple(find_elements((*document.section, *document.headlines), n.Paragraph))
    return Survey(paragraphs, tuple(paragraph.begin for paragraph in paragraphs))


def footnotes_of(document: Document) -> tuple[n.FootnoteDefinition | n.FootnoteReference, ...]:
    """The definitions and references of footnotes in DOCUMENT, in text order."""
    if "[fn:" not in document.text:  # as in most notes
        return ()
    kinds = n.FootnoteDefinition, n.FootnoteReference
    return tuple(node for node in walk_document(document) if isinstance(node, kinds))
