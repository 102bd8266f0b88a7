"""One walk over a document for everything that must be known before it is written."""

from __future__ import annotations

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import walk_document


class Survey(msgspec.Struct, frozen=True):
    """The nodes of a document that others refer to, or that refer to others, in text order."""

    links: tuple[n.Link, ...]
    targets: tuple[n.Target | n.RadioTarget, ...]
    notes: tuple[n.FootnoteDefinition | n.FootnoteReference, ...]


def survey(document: Document) -> Survey:
    """What DOCUMENT holds of them."""
    links: list[n.Link] = []
    targets: list[n.Target | n.RadioTarget] = []
    notes: list[n.FootnoteDefinition | n.FootnoteReference] = []
    for node in walk_document(document):
        if isinstance(node, n.Text):
            continue
        if isinstance(node, n.Link):
            links.append(node)
        elif isinstance(node, (n.Target, n.RadioTarget)):
            targets.append(node)
        elif isinstance(node, (n.FootnoteDefinition, n.FootnoteReference)):
            notes.append(node)
    return Survey(tuple(links), tuple(targets), tuple(notes))
