"""Paragraphs and lines of code without end, cut into pieces: Typst weighs all words of a paragraph against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_json import Inline

LIMIT = 8_000
"""Characters of a piece: some three pages."""
ENDLESS = 20_000
"""Characters of a paragraph from which it is cut."""
LINE = 3_000
"""Characters of a line of code from which it is cut."""


def paragraphs(inlines: Sequence[Inline]) -> list[list[Inline]]:
    """INLINES in pieces, each to begin a line of its own: nothing is left out but the spaces between them."""
    done: list[list[Inline]] = [[]]
    size = 0
    for inline in _short_words(inlines):
        length = 1 if inline["t"] in {"Space", "SoftBreak"} else len(p.plain_text([inline]))
        is_gap = inline["t"] in {"Space", "SoftBreak", "LineBreak"}
        # What one long word is cut into has no gaps.
        if done[-1] and ((is_gap and size >= LIMIT) or size + length > 2 * LIMIT):
            done.append([])
            size = 0
            if is_gap:
                continue
        done[-1].append(inline)
        size += length
    return [piece for piece in done if piece]


def _short_words(inlines: Sequence[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        if inline["t"] == "Str" and len(inline["c"]) > LIMIT:
            yield from (p.string(part) for part in _cut(inline["c"], LIMIT))
        elif inline["t"] == "Code" and len(inline["c"][1]) > LIMIT:
            yield from ({"t": "Code", "c": [inline["c"][0], part]} for part in _cut(inline["c"][1], LIMIT))
        else:
            yield inline


def lines(code: str, room: int) -> str:
    """CODE whose endless lines go on in the next where ROOM, the columns of a line, ends; at a space if there is one."""
    return "\n".join(
        part
        for line in code.split("\n")
        for part in (_cut(line, room if line.isascii() else max(1, room // 2)) if len(line) > LINE else (line,))
    )


def _cut(text: str, limit: int) -> Iterator[str]:
    """TEXT in pieces of at most LIMIT characters, cut behind spaces where there are some."""
    at = 0
    while len(text) - at > limit:
        end = text.rfind(" ", at + limit // 2, at + limit) + 1 or at + limit
        yield text[at:end]
        at = end
    yield text[at:]
