"""Inline pieces and their Markdown: text is escaped where, and only where, it would be read as markup.

The writer of a paragraph, heading or table cell first makes a flat list of pieces: text, ready
markup, and the two ends of emphasis.  `assemble` then sees the whole and decides.  The rules are
those of CommonMark 0.31 and GitHub's additions (tables, strike-through, footnotes, math).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from orgkb.patterns import pattern
from orgkb_exporters.markdown.dialect import COMMON, Dialect
from orgkb_exporters.markdown.flanking import PUNCTUATION, roles
from orgkb_exporters.markdown.lines import BLANKS, finish
from orgkb_exporters.markdown.pieces import HARD_BREAK, Literal, Mark, Piece, Place, Raw, clean

DELIMITERS = {"strong": "**", "emphasis": "_", "strike": "~~"}
HTML_TAGS = {"strong": "strong", "emphasis": "em", "strike": "del"}

_SPECIAL = pattern(r"[\\`*_~\[\]<&!|$^]")
_ENTITY = pattern(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG_START = pattern(r"[A-Za-z/!?]")
_EMAIL = pattern(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@")  # CommonMark, "Autolinks"
_URL_START = pattern(r"(www(?=\.)|(?:https?|ftp)(?=://))")
_BARE_URL = pattern(r"(?:www\.|(?:https?|ftp)://)[^ \t\n\r\f\v<]*")
_RUN = pattern(r"\*+|_+|~+")
_TASK = pattern(r"\[[ xX]\](?:[ \t\n]|\Z)")
_RUNS_OF_BLANKS = pattern(r"[ \t]{2,}|\t")


def escape_text(text: str, place: Place = Place.LINE, dialect: Dialect = COMMON) -> str:
    """TEXT alone as Markdown."""
    return assemble((Literal(text),), place, dialect)


def assemble(pieces: Sequence[Piece], place: Place, dialect: Dialect = COMMON) -> str:
    """The Markdown of PIECES, which renders as their text and structure; lines without indentation."""
    if len(pieces) == 1 and isinstance(only := pieces[0], Literal):  # most paragraphs
        text = _tidy(only.text, place).strip(" \t\n")
        pieces = [Literal(text, only.in_link)] if text else []
    else:
        pieces = _merged(pieces, place)
    if len(pieces) == 1 and isinstance(only := pieces[0], Literal) and not _has_special(only.text, dialect):
        return finish(only.text, place, dialect)
    return finish("".join(_Assembler(pieces, place, dialect).parts()), place, dialect)


def _has_special(text: str, dialect: Dialect) -> bool:
    return _SPECIAL.search(text) is not None or (dialect.extra is not None and dialect.extra.search(text) is not None)


def line_text(pieces: Iterable[Piece]) -> str:
    """What a reader gets of PIECES written for a line: github.com makes a heading's anchor of it, blank by blank."""
    return "".join(piece.text for piece in _merged(pieces, Place.LINE) if not isinstance(piece, Mark))


def _tidy(text: str, place: Place) -> str:
    """TEXT without control characters and blank lines."""
    text = clean(text)
    if place is Place.LINE:
        text = _RUNS_OF_BLANKS.sub(" ", text)
    return BLANKS.sub("\n", text) if "\n" in text else text


def _merged(pieces: Iterable[Piece], place: Place) -> list[Piece]:
    """PIECES with neighbouring texts joined and their white space in order; empty ones dropped."""
    merged: list[Piece] = []
    texts: list[str] = []
    in_link = False
    for piece in pieces:
        if isinstance(piece, Literal):
            if texts and piece.in_link != in_link:
                merged.append(Literal(_tidy("".join(texts), place), in_link))
                texts = []
            in_link = piece.in_link
            texts.append(piece.text)
            continue
        if texts:
            merged.append(Literal(_tidy("".join(texts), place), in_link))
            texts = []
        merged.append(piece)
    if texts:
        merged.append(Literal(_tidy("".join(texts), place), in_link))
    if merged and isinstance(first := merged[0], Literal):
        merged[0] = Literal(first.text.lstrip(" \t\n"), first.in_link)
    if merged and isinstance(last := merged[-1], Literal):
        merged[-1] = Literal(last.text.rstrip(" \t\n"), last.in_link)
    return [piece for piece in merged if not isinstance(piece, Literal) or piece.text]


class _Assembler:
    """One run over the pieces of a block, with the text around each character at hand."""

    def __init__(self, pieces: Sequence[Piece], place: Place, dialect: Dialect) -> None:
        self.place = place
        self.dialect = dialect
        self.pieces = pieces
        written = self._written_marks()
        self.sources = [
            written[i] if isinstance(p, Mark) else dialect.hard_break if p is HARD_BREAK else _source(p)
            for i, p in enumerate(pieces)
        ]
        self.view = "".join(self.sources)
        self.starts: list[int] = []
        position = 0
        for source in self.sources:
            self.starts.append(position)
            position += len(source)
        self.extra_order = self._extra()
        self.extra = frozenset(self.extra_order)
        self.escaped_runs = self._runs_to_escape() if dialect.strict_flanking else self._loose_runs()
        self.dollar = self._dollar()
        self.block_start = place is Place.BLOCK and bool(pieces) and isinstance(pieces[0], Literal)
        self.first_visible = len(self.view) - len(self.view.lstrip())

    def parts(self) -> Iterable[str]:
        """The output, piece by piece."""
        for i, piece in enumerate(self.pieces):
            if isinstance(piece, Literal):
                text = self._escaped(piece, self.starts[i], after=self.sources[i - 1][-1:] if i else "")
                following = self._at(self.starts[i] + len(piece.text))
                # Inside a link's text no reader looks for addresses.
                plain = piece.in_link or not self.dialect.bare_urls
                yield text if plain else _without_bare_urls(text, open_end=following not in " \n<")
            else:
                if i and self.sources[i].startswith("`") and self.sources[i - 1].endswith("`"):
                    yield "<!-- -->"  # two code spans side by side would be one
                yield self.sources[i]

    # --- emphasis ---

    def _written_marks(self) -> dict[int, str]:
        """Delimiters where CommonMark's flanking rules let them work here, else HTML tags."""
        written: dict[int, str] = {}
        stack: list[int] = []
        for i, piece in enumerate(self.pieces):
            if not isinstance(piece, Mark):
                continue
            if piece.opens:
                stack.append(i)
                continue
            start = stack.pop()
            if (piece.kind != "strike" or self.dialect.strike) and self._delimiters_work(piece.kind, start, i, written):
                written[start] = written[i] = DELIMITERS[piece.kind]
            else:
                tag = HTML_TAGS[piece.kind]
                written[start], written[i] = f"<{tag}>", f"</{tag}>"
        return written

    def _delimiters_work(self, kind: str, start: int, stop: int, written: dict[int, str]) -> bool:
        char = DELIMITERS[kind][0]
        before, first = self._last_char(start - 1), self._first_char(start + 1)
        last, after = self._last_char(stop - 1), self._first_char(stop + 1)
        for i in (start - 1, start + 1, stop - 1, stop + 1):
            if not 0 <= i < len(self.pieces):
                continue
            near = self.pieces[i]
            # GitHub's parser looks past `~` for what stands before and after `*` and `_`.
            if isinstance(near, Mark) and written.get(i, DELIMITERS[near.kind])[0] in {char, "~"}:
                return False
            if isinstance(near, Raw) and char in (near.markup[:1], near.markup[-1:]):
                return False
        return all(opens for opens, _ in roles(char, before, first)) and all(
            closes for _, closes in roles(char, last, after)
        )

    def _last_char(self, i: int) -> str:
        return _edge(self.pieces[i], -1) if i >= 0 else "\n"

    def _first_char(self, i: int) -> str:
        return _edge(self.pieces[i], 0) if i < len(self.pieces) else "\n"

    def _runs_to_escape(self) -> set[int]:
        """Positions in the view of the `*`, `_` and `~` runs of text that could pair with another."""
        found: set[int] = set()
        if not any(isinstance(piece, Literal) and _RUN.search(piece.text) for piece in self.pieces):
            return found  # as nearly everywhere
        events: dict[str, list[tuple[int, bool, bool, bool]]] = {"*": [], "_": [], "~": []}
        for i, piece in enumerate(self.pieces):
            start, source = self.starts[i], self.sources[i]
            if isinstance(piece, Mark):
                if source[0] in events:
                    events[source[0]].append((start, piece.opens, not piece.opens, False))
            elif isinstance(piece, Literal):
                for run in _RUN.finditer(source):
                    char, begin, end = run.group()[0], start + run.start(), start + run.end()
                    before, after = self.view[begin - 1] if begin else "\n", self._at(end)
                    possible = roles(char, before, after)
                    # A run that goes on in markup, or that GitHub's parser looks past.
                    touches = char in {before, after} or "~" in {before, after}
                    if char == "~" and self._beside_mark(i, run, len(source)):
                        found.add(begin)
                    opens, closes = any(o for o, _ in possible) or touches, any(c for _, c in possible) or touches
                    events[char].append((begin, opens, closes, True))
        for runs in events.values():
            if not runs:
                continue
            opened = False
            for begin, opens, closes, literal in runs:
                if literal and closes and opened:
                    found.add(begin)
                opened = opened or opens
            closed = False
            for begin, opens, closes, literal in reversed(runs):
                if literal and opens and closed:
                    found.add(begin)
                closed = closed or closes
        return found

    def _loose_runs(self) -> set[int]:
        """The same for parsers with looser rules: all runs that stand neither in a word nor between blanks."""
        found: set[int] = set()
        for i, piece in enumerate(self.pieces):
            if not isinstance(piece, Literal):
                continue
            start = self.starts[i]
            for run in _RUN.finditer(piece.text):
                begin, end = start + run.start(), start + run.end()
                before, after = self.view[begin - 1] if begin else "\n", self._at(end)
                char = run.group()[0]
                alone = before.isspace() and after.isspace()
                in_word = char == "_" and before.isalnum() and after.isalnum() and len(run.group()) == 1
                if not alone and not in_word and (char != "~" or len(run.group()) > 1):
                    found.add(begin)
        return found

    def _extra(self) -> list[int]:
        """Positions in the view of what only this dialect takes for markup, in order."""
        pattern = self.dialect.extra
        return [] if pattern is None else [i for found in pattern.finditer(self.view) for i in range(*found.span())]

    def _beside_mark(self, i: int, run: re.Match[str], length: int) -> bool:
        """Whether RUN in text piece I of LENGTH stands next to emphasis."""
        before = self.pieces[i - 1] if i and run.start() == 0 else None
        after = self.pieces[i + 1] if i + 1 < len(self.pieces) and run.end() == length else None
        return isinstance(before, Mark) or isinstance(after, Mark)

    def _at(self, position: int) -> str:
        return self.view[position] if position < len(self.view) else "\n"

    # --- text ---

    def _dollar(self) -> str:
        """How a dollar sign of the text is written: alone it is harmless, beside math GitHub wants a span."""
        if self.view.count("$") < 2:
            return "$"
        math = any(isinstance(p, Raw) and p.markup.startswith("$") for p in self.pieces)
        return "<span>$</span>" if math else self.dialect.escaped("$")

    def _escaped(self, piece: Literal, start: int, *, after: str) -> str:
        """The text of PIECE, which begins at START of the view and stands AFTER a character of markup."""
        text = piece.text
        # `[^1](x)` would be a link, `[^1]: x` a definition, and `[^x](y)` a note instead of a link
        if (after == "]" and text[0] in "([:") or (after == "[" and text[0] == "^"):
            escaped = self.dialect.escaped(text[0])
            return f"{escaped}{self._escaped(Literal(text[1:], piece.in_link), start + 1, after='')}"
        if self.extra:
            found = {match.start() for match in _SPECIAL.finditer(text)}
            first, last = bisect_left(self.extra_order, start), bisect_left(self.extra_order, start + len(text))
            found.update(i - start for i in self.extra_order[first:last])
            places: Iterable[int] = sorted(found)
        elif _SPECIAL.search(text):
            places = (match.start() for match in _SPECIAL.finditer(text))
        else:
            return text
        parts: list[str] = []
        done = 0
        run_end = -1
        escape_run = False
        for i in places:
            char = text[i]
            position = start + i
            if position in self.extra:
                replacement = self.dialect.escaped(char)
            elif char in "*_~":
                if i != run_end or text[i - 1] != char:
                    escape_run = position in self.escaped_runs
                run_end = i + 1
                replacement = self.dialect.escaped(char) if escape_run else char
            else:
                replacement = self._one(char, position, in_link=piece.in_link)
            if replacement != char:
                parts += (text[done:i], replacement)
                done = i + 1
        parts.append(text[done:])
        return "".join(parts)

    def _one(self, char: str, position: int, *, in_link: bool) -> str:
        following = self._at(position + 1)
        match char:
            case "\\":
                special = following in PUNCTUATION or following == "\n"
            case "`":
                special = True
            case "[":
                begins = self.block_start and position == self.first_visible
                special = (
                    in_link
                    or following == "^"
                    or (begins and (following == "!" or _TASK.match(self.view, position) is not None))
                )
            case "]":
                special = in_link or following in "([" or (following == ":" and self.view.startswith("["))
            case "<":
                special = (
                    _TAG_START.match(following) is not None
                    or ("<" in self.dialect.entities and following != " ")
                    or _EMAIL.match(self.view, position) is not None
                )
            case "&":
                special = _ENTITY.match(self.view, position) is not None or (
                    "&" in self.dialect.entities and (following == "#" or following.isalpha())
                )
            case "!":
                special = following == "["
            case "^":
                special = following == "["
            case "$":
                return self.dollar
            case "|":
                if self.place is not Place.CELL:
                    return char
                # Readers differ on `\\|`: an entity leaves no doubt.
                return "&#124;" if position and self.view[position - 1] == "\\" else "\\|"
            case _:
                special = False
        return self.dialect.escaped(char) if special else char


def _without_bare_urls(text: str, *, open_end: bool) -> str:
    """Escaped TEXT in which GitHub finds no address that takes in our escapes or, with OPEN_END, what follows."""
    if "://" not in text and "www." not in text:
        return text

    def broken(match: re.Match[str]) -> str:
        spoiled = "\\" in match.group() or (open_end and match.end() == len(text))
        return _URL_START.sub(r"\1\\", match.group()) if spoiled else match.group()

    return _BARE_URL.sub(broken, text)


def _source(piece: Piece) -> str:
    return piece.text if isinstance(piece, Literal) else piece.markup if isinstance(piece, Raw) else ""


def _edge(piece: Piece, index: int) -> str:
    """The first (0) or last (-1) character of PIECE; that of a mark is punctuation in any case."""
    if isinstance(piece, Mark):
        return "*"
    return (_source(piece) or "*")[index]
