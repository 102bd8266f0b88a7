"""Headings without text, and sections that nothing joins to the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.checking.model import Finding, Notes, at, shown
from orgkb.org.document import Document
from orgkb.org.nodes import Headline, Paragraph, Text
from orgkb.org.walk import find, plain_text
from orgkb.patterns import pattern

_METADATA = pattern(
    r"(?:[ \t]*(?:(?:DEADLINE|SCHEDULED|CLOSED):[^\n]*|:PROPERTIES:[ \t]*\n(?:[ \t]*:[^\n]*\n)*?[ \t]*:END:[ \t]*)(?:\n|\Z))+",
    re.IGNORECASE,
)
MIN_WORDS = 12
"""Words of a section below which it is not asked what joins it to the rest."""


def empty_headings(notes: Notes) -> Iterator[Finding]:
    """Headings with nothing below them, tasks aside; headings without a title."""
    for document in notes.graph.documents:
        for headline in document.headlines:
            if not plain_text(headline.title):
                message = "this heading has no title"
                yield at(notes, document.path, headline.begin, message)
            elif headline.todo is None and _is_empty(document, headline):
                message = f"there is no text below the heading {shown(plain_text(headline.title))}"
                yield at(notes, document.path, headline.begin, message)


def _is_empty(document: Document, headline: Headline) -> bool:
    """Whether the file holds nothing below the title but properties and dates."""
    end_of_title = document.text.find("\n", headline.begin, headline.end)
    if end_of_title < 0:
        return True
    # What is not exported is blanks in this text: it counts as something.
    metadata = _METADATA.match(document.text, end_of_title + 1, headline.end)
    return (metadata.end() if metadata else end_of_title + 1) >= headline.end


def orphan_sections(notes: Notes) -> Iterator[Finding]:
    """Sections with prose in which no concept occurs, and that no link joins to another section."""
    linked = _linked_sections(notes)
    for document in notes.graph.documents:
        told = {(mention.document, mention.headline) for mention in notes.graph.mentions_in(document)}
        for headline in document.headlines:
            section = (document.path, headline.index)
            if section in told or section in linked or _words(headline) < MIN_WORDS:
                continue
            message = f"no concept occurs in the section {shown(plain_text(headline.title))}, and no link joins it"
            yield at(notes, document.path, headline.begin, message)


def orphan_notes(notes: Notes) -> Iterator[Finding]:
    """Files that share no concept with another file and are linked with none."""
    documents = notes.graph.documents
    if len(documents) < 2:
        return
    files: dict[str, set[str]] = {}
    for mention in notes.graph.mentions:
        files.setdefault(mention.concept, set()).add(mention.document)
    joined = {path for paths in files.values() if len(paths) > 1 for path in paths}
    for (source, _), (target, _) in notes.graph.links.edges():
        if source.path != target.path:
            joined |= {source.path, target.path}
    for document in documents:
        if document.path not in joined and (document.section or document.headlines):
            message = "this file shares no concept with the other notes, and no link joins it to them"
            yield at(notes, document.path, 0, message)


def _linked_sections(notes: Notes) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for ends in notes.graph.links.edges():
        found |= {(document.path, headline.index if headline else -1) for document, headline in ends}
    return found


def _words(headline: Headline) -> int:
    """Words of the prose of its own section."""
    paragraphs = find(headline.children, Paragraph)
    return sum(len(obj.value.split()) for paragraph in paragraphs for obj in find((paragraph,), Text))
