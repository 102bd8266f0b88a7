"""The lines of the notes that stand for evidence."""

from __future__ import annotations

from bisect import bisect_right

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Span
from orgkb.org.document import Document
from orgkb.org.walk import plain_text

_WIDTH = 160
"""Characters of a line that are shown."""


class Lines:
    """Lines of the documents of a graph."""

    def __init__(self, graph: ConceptGraph) -> None:
        """Know the documents of GRAPH."""
        self._documents = {document.path: document for document in graph.documents}
        self._pieces: dict[str, list[tuple[int, int, Document]]] = {}
        for document in graph.documents:
            for segment in document.segments:
                first = document.line_of(segment.offset)
                self._pieces.setdefault(segment.path, []).append((segment.line, first, document))

    def at(self, document: str, offset: int) -> str:
        """The line of DOCUMENT that holds OFFSET, shortened around it."""
        found = self._documents.get(document)
        if found is None:
            return ""
        number = found.line_of(offset)
        return _around(_line(found, number), offset - found.line_starts[number - 1])

    def of(self, span: Span) -> str:
        """The line of the file where SPAN begins, also of a file that was included; empty where it is not known."""
        pieces = sorted(self._pieces.get(span.path, ()), key=lambda piece: piece[:2])
        at = bisect_right(pieces, span.line, key=lambda piece: piece[0]) - 1
        if at < 0:
            return ""
        line, first, document = pieces[at]
        number = first + span.line - line
        return _around(_line(document, number), span.column - 1) if number <= len(document.line_starts) else ""

    @staticmethod
    def top_title(document: Document, offset: int) -> str:
        """The title of the top headline above OFFSET; empty before the first."""
        at = bisect_right(document.headlines, offset, key=lambda headline: headline.begin) - 1
        if at < 0:
            return ""
        headline = document.headlines[at]
        while (above := document.parent(headline)) is not None:
            headline = above
        return plain_text(headline.title)


def _line(document: Document, number: int) -> str:
    begin = document.line_starts[number - 1]
    end = document.line_starts[number] if number < len(document.line_starts) else len(document.text)
    return document.text[begin:end]


def _around(line: str, column: int) -> str:
    """LINE on one line; where it is long, what stands around COLUMN."""
    if len(line) <= _WIDTH:
        return " ".join(line.split())
    begin = max(0, min(column - _WIDTH // 3, len(line) - _WIDTH))
    words = " ".join(line[begin : begin + _WIDTH].split())
    before, after = "…" if begin else "", "…" if begin + _WIDTH < len(line.rstrip()) else ""
    if before:
        words = words.partition(" ")[2] or words
    if after:
        words = words.rpartition(" ")[0] or words
    return f"{before}{words}{after}"


def shortened(text: str, most: int = _WIDTH) -> str:
    """TEXT on one line of at most MOST characters."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[:most].rsplit(" ", 1)[0] + "…"
