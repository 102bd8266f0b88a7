"""Where links lead: within a document and across documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from orgkb.org.document import Document
from orgkb.org.nodes import Headline, Link, Node


class LinkTarget(msgspec.Struct, frozen=True):
    """What a link resolves to inside the notes."""

    document: Document
    headline: Headline | None
    """The headline linked to, or the one that holds the linked target; None before the first headline."""
    node: Node | None
    """The target, radio target or named element, where the link leads to one; None for a headline or a file."""


Section = tuple[Document, Headline | None]
"""A section of the notes: its document and headline, None for the text before the first headline."""


class LinkIndex:
    """All link targets of a set of documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        raise NotImplementedError

    def resolve(self, document: Document, link: Link) -> LinkTarget | None:
        """Where LINK of DOCUMENT leads inside the notes; None for web links and for broken ones."""
        raise NotImplementedError

    def edges(self) -> Iterator[tuple[Section, Section]]:
        """(section with the link, section it leads to) of each resolved link, in the order of the notes."""
        raise NotImplementedError
