"""Gaps for cloze fields: marks set while the text is made, numbered and escaped when the note is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from itertools import count
from typing import Final

from orgkb.patterns import pattern
from orgkb_exporters.anki.prose import fold

_OPEN: Final = "\ue0f0"
_BORDER: Final = "\ue0f1"
_CLOSE: Final = "\ue0f2"
_GAP = pattern(f"{_OPEN}([^{_BORDER}]*){_BORDER}([^{_CLOSE}]*){_CLOSE}")
_MARKS = pattern(f"[{_OPEN}{_BORDER}{_CLOSE}]")
_TAG = pattern(r"<[^>]*>")
_TAG_OR_FORMULA = pattern(r"(<[^>]*>|\\\(.*?\\\)|\\\[.*?\\\])", re.DOTALL)


def hide(concept: str, html: str) -> str:
    """HTML as a gap that asks for CONCEPT."""
    return f"{_OPEN}{concept}{_BORDER}{html}{_CLOSE}"


def has_marks(text: str) -> bool:
    """Whether TEXT of the notes holds the characters that mark gaps here."""
    return bool(_MARKS.search(text))


def concepts(field: str) -> list[str]:
    """The concepts that FIELD asks for, in the order of the text, each once."""
    return list(dict.fromkeys(match[1] for match in _GAP.finditer(field)))


def gapped(field: str, instead: str) -> str:
    """FIELD with INSTEAD of what is hidden."""
    return _GAP.sub(instead, field)


def hidden(field: str) -> list[str]:
    """What FIELD hides, gap by gap."""
    return [match[2] for match in _GAP.finditer(field)]


def number(field: str, before: Mapping[str, int]) -> dict[str, int]:
    """The number of each concept that FIELD asks for: Anki's schedules hang on it.

    That of BEFORE, by the concept or (in a ledger written again from a package) by the hidden
    words; else one that was never used.
    """
    numbers: dict[str, int] = {}
    free = count(max(before.values(), default=0) + 1)
    for match in _GAP.finditer(field):
        name, words = match[1], fold(_TAG.sub(" ", unescape(match[2])))
        if name not in numbers:
            numbers[name] = before[name] if name in before else before[words] if words in before else next(free)
    return numbers


def fill(field: str, numbers: Mapping[str, int]) -> str:
    """FIELD with Anki's own marks; what the notes hold of such marks is shown as written."""
    parts: list[str] = []
    end = 0
    for match in _GAP.finditer(field):
        parts.append(_apart(field[end : match.start()], _outside))
        parts.append(f"{{{{c{numbers[match[1]]}::{_apart(match[2], _inside)}}}}}")
        end = match.end()
    return "".join((*parts, _apart(field[end:], _outside)))


def _apart(html: str, mend: Callable[[str, str], str]) -> str:
    """HTML with text and formulas mended; tags stay."""
    pieces = _TAG_OR_FORMULA.split(html)
    for i, piece in enumerate(pieces):
        if i % 2 == 0:
            pieces[i] = mend(piece, "<!-- -->")
        elif piece.startswith("\\"):
            # TeX reads over a space, a comment would break it.
            pieces[i] = mend(piece, " ")
    joined = "".join(pieces)
    # A brace before a tag and one behind it do not meet; a text that ends with one would.
    return f"{joined}<!-- -->" if joined.endswith(("{", "}", ":")) else joined


def _outside(text: str, between: str) -> str:
    return re.sub(r"\{(?=\{)", f"{{{between}", text)


def _inside(text: str, between: str) -> str:
    text = re.sub(r"([{}])(?=\1)", rf"\g<1>{between}", text)
    return text if between == " " else re.sub(":(?=:)", f":{between}", text)
