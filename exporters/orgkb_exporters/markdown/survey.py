"""One walk over a document for everything that must be known before it is written."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import walk_document


class Survey(msgspec.Struct, frozen=True):
    """The notes and paragraphs of a document, in text order."""

    notes: tuple[n.FootnoteDefinition | n.FootnoteReference, ...]
    paragraphs: tuple[n.Paragraph, ...]
    starts: tuple[int, ...]
    """Where each of the paragraphs begins."""

    def paragraph_at(self, offset: int) -> n.Paragraph | None:
        """The paragraph that holds OFFSET."""
        i = bisect_right(self.starts, offset) - 1
        if i < 0 or offset >= self.paragraphs[i].end:
            return None
        return self.paragraphs[i]


def survey(document: Document) -> Survey:
    """What DOCUMENT holds of them."""
    notes: list[n.FootnoteDefinition | n.FootnoteReference] = []
    paragraphs: list[n.Paragraph] = []
    for node in walk_document(document):
        if isinstance(node, n.Text):
            continue
        if isinstance(node, n.Paragraph):
            paragraphs.append(node)
        elif isinstance(node, (n.FootnoteDefinition, n.FootnoteReference)):
            notes.append(node)
    return Survey(tuple(notes), tuple(paragraphs), tuple(p.begin for p in paragraphs))
