"""What inline text is made of before it is Markdown: text, ready markup, ends of emphasis."""

from __future__ import annotations

import enum
import re

import msgspec

from orgkb.patterns import pattern

_SPACES = {ord(c): " " for c in "\r\x0b\x0c\x85\u2028\u2029"}
_CONTROLS = dict.fromkeys([*range(9), *range(0x0E, 0x20), 0x7F], "") | {0: "\ufffd"}
_CLEANED = {**_SPACES, **_CONTROLS}
_SURROGATES = pattern("[\ud800-\udfff]")


class Place(enum.Enum):
    """Where inline text stands: what a line end means and which characters are special depends on it."""

    BLOCK = "block"
    """A paragraph: line ends are kept, and a line must not begin like a block."""
    LINE = "line"
    """A heading: one line."""
    CELL = "cell"
    """A table cell: one line without bare `|`."""


class Literal(msgspec.Struct, frozen=True):
    """Text that the reader must see as it is."""

    text: str
    in_link: bool = False
    """Whether it stands in a link's text, where brackets must be escaped."""


class Raw(msgspec.Struct, frozen=True):
    """Markup as it is written to the file; on one line, except for a hard line break."""

    markup: str
    text: str = ""
    """What the reader sees of it."""


class Mark(msgspec.Struct, frozen=True):
    """One end of emphasis; the pieces between `opens` and its partner are emphasised."""

    kind: str
    """A key of `DELIMITERS`."""
    opens: bool


Piece = Literal | Raw | Mark

HARD_BREAK = Raw("\\\n", " ")
"""A line break inside a paragraph."""


def clean(text: str) -> str:
    """TEXT without control characters, which no Markdown reader shows; odd line ends become spaces."""
    return text if text.isprintable() else _SURROGATES.sub("\ufffd", text.translate(_CLEANED))


def code_span(
    value: str, place: Place, as_html: re.Pattern[str] | None = None, *, in_link: bool = False
) -> tuple[Piece, ...]:
    """VALUE as inline code; as an HTML element where AS_HTML matches and in a table cell with `|`, which readers split differently."""
    text = " ".join(clean(value).split("\n"))
    if not text.strip():
        return (Literal(text, in_link),)
    if (place is Place.CELL and "|" in text) or (as_html is not None and as_html.search(text)):
        return Raw("<code>"), Literal(text, in_link), Raw("</code>")
    fence = "`" * (longest_run(text, "`") + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    # A pair of blanks is taken off only where both are there, so text that begins or ends with one needs a pair.
    return (Raw(f"{fence}{pad}{text}{pad}{fence}", text),)


def longest_run(text: str, char: str) -> int:
    """Length of the longest run of CHAR in TEXT."""
    return max((len(run) for run in re.findall(re.escape(char) + "+", text)), default=0)


def is_blank(piece: Piece) -> bool:
    """Whether nothing is to be seen of PIECE."""
    if isinstance(piece, Literal):
        return not piece.text.strip()
    return piece == HARD_BREAK
