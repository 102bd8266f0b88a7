"""Lists of short names: `- pods po`, `- componentstatuses<TAB>cs`, `- svc, services`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import names
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.model import Alias, AliasKind
from orgkb.patterns import pattern

RULE = "short-name"
_MIN_ROWS = 5
_MIN_PART = 4
"""Letters of a part of the long name that stands for the whole."""
_ROW = pattern(
    r"\s*(?P<one>[^\W\d_][\w-]{0,39})(?:\s*[,|]\s*|\s+)(?P<two>[^\W_][\w-]{0,39}(?:,\s?[\w-]{1,12}){0,3})\s*"
)


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The long names of lists that pair them with short ones, five rows or more."""
    for indexes in reading.lists:
        if len(indexes) < _MIN_ROWS:
            continue
        rows = []
        for index in indexes:
            block = reading.blocks[index]
            row = _ROW.fullmatch(block.text) if block.kind is BlockKind.ITEM and not block.rest else None
            if row and (pair := _pair(row)):
                rows.append((block, pair))
        if len(rows) >= _MIN_ROWS and len(rows) * 5 >= len(indexes) * 4:
            for block, (start, end, shorts) in rows:
                if found := _named(reading, block, start, end, shorts, confidence):
                    yield found


def _pair(row: re.Match[str]) -> tuple[int, int, list[tuple[int, str]]] | None:
    """(start, end) of the long name and (start, text) of its short ones; None where no part shortens the other."""
    for long, short in (("one", "two"), ("two", "one")):
        shorts = [(row.start(short) + m.start(), m.group()) for m in re.finditer(r"[^\s,]+", row[short])]
        if "," not in row[long] and all(_shortens(text, row[long]) for _, text in shorts):
            return row.start(long), row.end(long), shorts
    return None


def _shortens(short: str, long: str) -> bool:
    """Whether the letters of SHORT stand in LONG in order, the first one first, or as a part of it."""
    if len(short) >= _MIN_PART and short.lower() in long.lower():
        return len(short) < len(long)  # `resourcequotas quota`
    rest = iter(long.lower())
    return len(short) < len(long) and short[0].lower() == long[0].lower() and all(c in rest for c in short.lower())


def _named(
    reading: Reading, block: Block, start: int, end: int, shorts: list[tuple[int, str]], confidence: float
) -> Candidate | None:
    aliases = tuple(
        Alias(
            text,
            AliasKind.SHORT,
            RULE,
            confidence,
            reading.span(block.flat.offset(at), block.flat.end_offset(at + len(text))),
        )
        for at, text in shorts
    )
    found = candidate(reading, block, start, end, rule=RULE, confidence=confidence, check_shape=False)
    # `events ev` is a name too, though an everyday word.
    return structs.replace(found, aliases=aliases) if found and not names.is_code_like(found.name) else None
