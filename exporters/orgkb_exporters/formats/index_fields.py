r"""Indexes that the program of the reader makes: marks in the text, and a place where the pages are listed.

Word: `XE` fields, and an `INDEX` field that shows sections until it is updated.  LaTeX: `\index` and `\printindex`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Protocol

import msgspec

from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_json import Block, Inline


class IndexEntry(msgspec.Struct, frozen=True):
    """A concept in the index."""

    name: str
    key: str
    """By which it is sorted."""
    others: tuple[tuple[str, str], ...]
    """(another name, its key): a line that leads here."""
    sections: tuple[tuple[str, str], ...]
    """Title and anchor of those that mention it, in the order of the notes."""


class IndexStyle(Protocol):
    """How a format has an index of its own."""

    def mark(self, entry: IndexEntry) -> Inline:
        """What stands in the text where ENTRY is spoken of."""
        ...

    def listing(self, heading: Block, lines: Sequence[Block], entries: Sequence[IndexEntry]) -> list[Block]:
        """The index itself: HEADING, LINES as they are for readers without one, ENTRIES with other names."""
        ...

    def head(self, title: str) -> list[Block]:
        """What stands at the head of the file; TITLE is that of the index."""
        ...


class Marks:
    """The marks of one book: a term is marked once in each section, in running text."""

    def __init__(self, style: IndexStyle, entries: Mapping[str, IndexEntry]) -> None:
        """ENTRIES by the ids of their concepts."""
        self._style = style
        self._entries = entries
        self._seen: set[str] = set()
        self._waiting: list[str] = []

    def begin(self, concepts: Iterable[str] = ()) -> None:
        """A section begins whose heading names CONCEPTS: a mark there would stand in the contents too."""
        self._seen.clear()
        self._waiting += concepts

    def waiting(self) -> list[Inline]:
        """The marks for headings that no text has taken yet."""
        waiting, self._waiting = dict.fromkeys(self._waiting), []
        return [mark for concept in waiting for mark in self.mark(concept)]

    def mark(self, concept: str) -> list[Inline]:
        """The mark for a mention of CONCEPT; nothing where it has one in this section, or no place in the index."""
        entry = self._entries.get(concept)
        if entry is None or concept in self._seen:
            return []
        self._seen.add(concept)
        return [self._style.mark(entry)]


# --- Word ---

_NOT_XML = pattern(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class WordIndex:
    """Fields of WordprocessingML."""

    def mark(self, entry: IndexEntry) -> Inline:
        """`{ XE "name" }`, hidden as Word hides it."""
        return p.raw_inline("openxml", _hidden(f' XE "{_quoted(entry.name)}" '))

    def listing(self, heading: Block, lines: Sequence[Block], entries: Sequence[IndexEntry]) -> list[Block]:
        """LINES as what the field showed last: until it is updated (F9) they tell sections instead of pages."""
        leading = "".join(
            _hidden(f' XE "{_quoted(other)}" \\t "→ {_quoted(entry.name)}" ')
            for entry in entries
            for other, _ in entry.others
        )
        first = _sign("begin") + _instruction(' INDEX \\h "A" ') + _sign("separate")
        begun = p.para([p.raw_inline("openxml", leading + first), *lines[0]["c"]])
        return [heading, begun, *lines[1:], p.para([p.raw_inline("openxml", _sign("end"))])]

    def head(self, title: str) -> list[Block]:
        """Nothing."""
        del title
        return []


def _quoted(text: str) -> str:
    """TEXT inside the quotes of a field: a colon would begin an entry below it."""
    return re.sub(r'([\\":])', r"\\\1", " ".join(text.split()))


def _sign(kind: str, run: str = "") -> str:
    return f'<w:r>{run}<w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(field: str, run: str = "") -> str:
    shown = escape(_NOT_XML.sub("", field), quote=False)
    return f'<w:r>{run}<w:instrText xml:space="preserve">{shown}</w:instrText></w:r>'


def _hidden(field: str) -> str:
    hide = "<w:rPr><w:vanish/></w:rPr>"
    return _sign("begin", hide) + _instruction(field, hide) + _sign("end", hide)


# --- LaTeX ---

_MEANING = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # braces count even where nothing else has a meaning
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
_SIGNS = pattern(r'["!@|]')


class LatexIndex:
    r"""`\index` and `\printindex`, with the package imakeidx, which runs the program that sorts."""

    def mark(self, entry: IndexEntry) -> Inline:
        r"""`\index{key@name}`."""
        return p.raw_inline("latex", f"\\index{{{_entry(entry.name, entry.key)}}}")

    def listing(self, heading: Block, lines: Sequence[Block], entries: Sequence[IndexEntry]) -> list[Block]:
        r"""Other names as `\index{…|see{…}}`, and `\printindex`, which has a heading of its own."""
        del heading, lines
        leading = "".join(
            f"\\index{{{_entry(other, key)}|see{{{_tex(entry.name)}}}}}\n"
            for entry in entries
            for other, key in entry.others
        )
        return [p.raw_block("latex", f"{leading}\\printindex")]

    def head(self, title: str) -> list[Block]:
        """The package, with the title of the index."""
        return [p.raw_block("latex", f"\\usepackage{{imakeidx}}\n\\makeindex[intoc,title={{{_tex(title)}}}]")]


def _entry(name: str, key: str) -> str:
    shown, sorted_by = _signs(_tex(name)), _signs(_tex(key))
    return shown if shown == sorted_by or not sorted_by else f"{sorted_by}@{shown}"


def _tex(text: str) -> str:
    """TEXT as LaTeX sets it."""
    plain = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return "".join(_MEANING.get(c, c) for c in plain)


def _signs(tex: str) -> str:
    """TEX without what the index takes for a sign of its own."""
    return _SIGNS.sub(lambda match: f'"{match[0]}', tex)
