"""Classify every line of an Org text once: what element it may begin, how far it is indented, what closes where."""

from __future__ import annotations

import enum
import re
from bisect import bisect_left
from itertools import accumulate

from orgkb.org import chars
from orgkb.patterns import pattern


class Kind(enum.IntEnum):
    """What a line looks like by itself (Org syntax, "Elements")."""

    BLANK = 0
    TEXT = 1
    ITEM = 2
    HEADLINE = 3
    COMMENT = 4
    KEYWORD = 5
    AFFILIATED = 6
    """A keyword that belongs to the element below."""
    DUAL = 7
    """`#+KEY[…]: value` where KEY takes no second value: a keyword, but it ends no paragraph."""
    BLOCK = 8
    DYNAMIC_BLOCK = 9
    DRAWER = 10
    FIXED_WIDTH = 11
    FOOTNOTE = 12
    RULE = 13
    DIARY = 14
    TABLE = 15
    TABLE_EL = 16
    LATEX = 17
    CLOCK = 18
    STAR = 19
    """A lone star at the margin: ends a paragraph and begins the next."""
    CLOCK_TEXT = 20
    """`CLOCK:` without a time: ends a paragraph and begins the next."""
    INLINETASK = 21
    INLINETASK_END = 22


_BLOCK = pattern(r"#\+BEGIN_(\S+)", re.IGNORECASE)
_DYNAMIC = pattern(r"#\+(?:DYNAMIC_)?BEGIN:[ \t]+\S", re.IGNORECASE)
_AFFILIATED = pattern(
    r"#\+(?:(?:CAPTION|RESULTS)(?:\[.*\])?"
    r"|DATA|HEADERS?|LABEL|NAME|PLOT|RESNAME|RESULT|SOURCE|SRCNAME|TBLNAME|ATTR_[-_A-Za-z0-9]+):",
    re.IGNORECASE,
)
_BLOCK_END = pattern(r"#\+END(_\S+|:?)[ \t]*\Z", re.IGNORECASE)
_DRAWER = pattern(rf":({chars.LABEL}):[ \t]*\Z")
_FOOTNOTE = pattern(rf"\[fn:{chars.LABEL}\]")
_TABLE_RULE = pattern(r"\+(?:-+\+)+[ \t]*\Z")
_ORDERED = pattern(r"[0-9]+[.)](?:[ \t]|\Z)")
_LATEX_BEGIN = pattern(r"\\begin\{([A-Za-z0-9*]+)\}")
_LATEX_END = pattern(r"\\end\{([A-Za-z0-9*]+)\}[ \t]*\Z", re.IGNORECASE)
_HEADLINE = pattern(r"\*+ ")
_INLINETASK = pattern(r"\*{15,} ")
_INLINETASK_END = pattern(r"\*{15,} +END[ \t]*\Z")
_TIMESTAMP = r"\[\d{4}-\d{2}-\d{2}(?: .*?)?\]"
_DURATION = r"[ \t]+=>[ \t]+\d+:\d\d"
_CLOCK = pattern(rf"CLOCK:(?:[ \t]+{_TIMESTAMP}(?:--{_TIMESTAMP}{_DURATION})?|{_DURATION})[ \t]*\Z", re.IGNORECASE)


class LineTable:
    """The lines of a text with what each may begin.

    `lines[i]` is the text of line i (0-based) without its newline, `starts[i]` the offset of its
    first character, `indents[i]` its indentation in columns (a tab fills up to the next multiple of
    8), `kinds[i]` what it looks like.  Building it and each look-up of a closing line takes time
    linear, or logarithmic, in the text.
    """

    def __init__(self, text: str, *, inlinetasks: bool = False) -> None:
        """Classify the lines of TEXT; with INLINETASKS, 15 stars and more begin an inline task."""
        self.text = text
        self._inlinetasks = inlinetasks
        lines = text.split("\n")
        if lines[-1] == "":
            lines.pop()
        self.lines = lines
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self.headlines: list[int] = []
        """Indices of the headline lines."""
        self._closers: dict[str, list[int]] = {}
        self.kinds, self.indents = self._classify()

    def _classify(self) -> tuple[list[Kind], list[int]]:
        kinds: list[Kind] = []
        indents: list[int] = []
        blank, plain, has_end = Kind.BLANK, Kind.TEXT, "\\end{" in self.text
        special = _SPECIAL
        for i, line in enumerate(self.lines):
            stripped = line.lstrip(" \t")
            if not stripped:
                kinds.append(blank)
                indents.append(0)
                continue
            indent = len(line) - len(stripped)
            if indent and "\t" in line[:indent]:
                indent = _columns(line[:indent])
            indents.append(indent)
            if stripped[0] in special:
                kinds.append(self._special(i, stripped))
            else:
                kinds.append(plain)
            if has_end and "\\end{" in line and (end := _LATEX_END.search(line)):
                self._closers.setdefault("\\" + end[1].lower(), []).append(i)
        return kinds, indents

    def _special(self, i: int, stripped: str) -> Kind:
        """The kind of line I, whose first visible character may begin something."""
        first, second = stripped[0], stripped[1:2]
        kind = Kind.TEXT
        if first == "-":
            if second in " \t":
                kind = Kind.ITEM
            elif stripped.startswith("-----") and not stripped.rstrip(" \t").strip("-"):
                kind = Kind.RULE
        elif first == "*":
            if self.lines[i][0] == "*":
                if self._inlinetasks and _INLINETASK.match(stripped):
                    kind = Kind.INLINETASK_END if _INLINETASK_END.match(stripped) else Kind.INLINETASK
                elif _HEADLINE.match(stripped):
                    self.headlines.append(i)
                    kind = Kind.HEADLINE
                elif second in ("", "\t"):
                    kind = Kind.STAR
            elif second in " \t":
                kind = Kind.ITEM
        elif first in "0123456789":
            if _ORDERED.match(stripped):
                kind = Kind.ITEM
        elif first == "|":
            kind = Kind.TABLE
        elif first == "#":
            kind = self._hash(i, stripped, second)
        elif first == ":":
            if second in ("", " "):
                kind = Kind.FIXED_WIDTH
            elif match := _DRAWER.match(stripped):
                kind = Kind.DRAWER
                if match[1].upper() == "END":
                    self._closers.setdefault(":END:", []).append(i)
        elif first == "+":
            if second in " \t":
                kind = Kind.ITEM
            elif _TABLE_RULE.match(stripped):
                kind = Kind.TABLE_EL
        elif first == "[":
            if self.lines[i][0] == "[" and _FOOTNOTE.match(stripped):
                kind = Kind.FOOTNOTE
        elif first == "\\":
            if _LATEX_BEGIN.match(stripped):
                kind = Kind.LATEX
        elif first == "%":
            if self.lines[i].startswith("%%("):
                kind = Kind.DIARY
        elif stripped[:6].upper() == "CLOCK:":
            kind = Kind.CLOCK if _CLOCK.match(stripped) else Kind.CLOCK_TEXT
        return kind

    def _hash(self, i: int, stripped: str, second: str) -> Kind:
        if second in ("", " "):
            return Kind.COMMENT
        if second != "+":
            return Kind.TEXT
        if end := _BLOCK_END.match(stripped):
            self._closers.setdefault(end[1].lower() if end[1] not in ("", ":") else ":", []).append(i)
        if _BLOCK.match(stripped):
            return Kind.BLOCK
        if _AFFILIATED.match(stripped):
            return Kind.AFFILIATED
        if _DYNAMIC.match(stripped):
            return Kind.DYNAMIC_BLOCK
        token = stripped[2:].split(None, 1)[0] if stripped[2:3] not in ("", " ", "\t") else ""
        bracket = token.find("[", 1)
        if bracket >= 0 and stripped.rfind("]:") > bracket:
            return Kind.DUAL
        return Kind.KEYWORD if ":" in token[1:] else Kind.TEXT

    # --- look-ups ---

    def closer(self, name: str, begin: int, end: int) -> int:
        """The first line in [BEGIN, END) that closes NAME, or -1.

        NAME is `_src` for `#+end_src`, `:` for `#+end:`, `:END:` for drawers, backslash and name
        for LaTeX environments; lower case but for `:END:`.
        """
        closers = self._closers.get(name)
        if closers is None:
            return -1
        position = bisect_left(closers, begin)
        return closers[position] if position < len(closers) and closers[position] < end else -1

    def block_name(self, i: int) -> str:
        """The NAME of the `#+begin_NAME` line I, as written."""
        match = _BLOCK.match(self.lines[i].lstrip(" \t"))
        return match[1] if match else ""

    def latex_name(self, i: int) -> str:
        """The name of the LaTeX environment that line I begins, as written."""
        match = _LATEX_BEGIN.match(self.lines[i].lstrip(" \t"))
        return match[1] if match else ""

    def end_offset(self, i: int) -> int:
        """The offset after the last character of line I that is no space."""
        return self.starts[i] + len(self.lines[i].rstrip(" \t"))


_SPECIAL = frozenset("-*0123456789|#:+[\\%cC")


def _columns(blanks: str) -> int:
    """Width of leading blanks: tabs fill up to the next multiple of 8."""
    width = 0
    for char in blanks:
        width = width + 8 - width % 8 if char == "\t" else width + 1
    return width
