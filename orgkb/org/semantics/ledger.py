"""What was left out of the export: counted for the user, blanked in the text."""

from __future__ import annotations

import enum
import re

from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.org.document import Document
from orgkb.patterns import pattern


class Kind(enum.Enum):
    """A kind of thing that is left out, as the user is told: singular and plural."""

    PRIVATE_FILE = ("the whole file (its FILETAGS say so)", "")
    TAG = ("subtree excluded by its tag", "subtrees excluded by their tags")
    COMMENT_TREE = ("COMMENT subtree", "COMMENT subtrees")
    ARCHIVE = ("archived subtree", "archived subtrees")
    TASK = ("task", "tasks")
    CRYPT = ("encrypted text", "encrypted texts")
    UNSELECTED = ("part outside the selection", "parts outside the selection")
    COMMENT_LINE = ("comment line", "comment lines")
    COMMENT_BLOCK = ("comment block", "comment blocks")
    DRAWER = ("drawer", "drawers")
    CODE = ("code block (:exports)", "code blocks (:exports)")
    RESULTS = ("result of code (:exports)", "results of code (:exports)")
    CALL = ("call of code", "calls of code")
    FOOTNOTE = ("footnote of a part left out", "footnotes of parts left out")
    OPTION = ("element switched off by an option", "elements switched off by options")
    DIARY = ("diary expression", "diary expressions")
    VARIABLES = ("line of file variables", "lines of file variables")


class Ledger:
    """Records what is left out of one document."""

    def __init__(self) -> None:
        self._counts = dict.fromkeys(Kind, 0)
        self._ranges: list[tuple[int, int]] = []

    def leave_out(self, kind: Kind, begin: int, end: int, count: int = 1) -> None:
        """Note that COUNT things of KIND in text[begin:end] are left out; overlaps are fine."""
        self._counts[kind] += count
        if begin < end:
            self._ranges.append((begin, end))

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """The stretches left out, sorted and disjoint."""
        merged: list[tuple[int, int]] = []
        for begin, end in sorted(self._ranges):
            if merged and begin <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((begin, end))
        return merged

    def blank(self, text: str) -> str:
        """TEXT with spaces for all that is left out: offsets and lines stay, the words are gone."""
        ranges = self.ranges
        if not ranges:
            return text
        pieces: list[str] = []
        done = 0
        for begin, end in ranges:
            pieces += (text[done:begin], _NOT_NEWLINE.sub(_spaces, text[begin:end]))
            done = end
        pieces.append(text[done:])
        return "".join(pieces)

    def summary(self, document: Document) -> Diagnostic | None:
        """One notice of how much was left out, without a word of it."""
        said = [
            kind.value[0] if kind is Kind.PRIVATE_FILE else f"{n} {kind.value[n > 1]}"
            for kind, n in self._counts.items()
            if n
        ]
        if not said:
            return None
        return Diagnostic(Severity.INFO, "not-exported", f"not exported: {', '.join(said)}", document.location(0))

    def covers(self, document: Document) -> Covered:
        """A test whether a place of DOCUMENT lies in what is left out."""
        return Covered(document, self.ranges)


class Covered:
    """Whether a place in a file lies in what is left out."""

    def __init__(self, document: Document, ranges: list[tuple[int, int]]) -> None:
        self._lines: dict[str, set[int]] = {}
        for begin, end in ranges:
            # A range may run over several included files: go by lines.
            first, last = document.line_of(begin), document.line_of(max(begin, end - 1))
            for line in range(first, last + 1):
                place = document.location(max(begin, document.line_starts[line - 1]))
                self._lines.setdefault(place.path, set()).add(place.line)

    def __contains__(self, place: Location) -> bool:
        return place.line in self._lines.get(place.path, ())


_NOT_NEWLINE = pattern(r"[^\n]+")


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])
