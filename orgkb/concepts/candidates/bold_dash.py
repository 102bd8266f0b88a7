"""`*term* - definition`, at the start of an item or line, and after ` - ` for several on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orgkb.concepts.blocks import Block, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import (
    candidate,
    definition_at,
    definition_below,
    second_name,
)
from orgkb.concepts.text import DASH
from orgkb.patterns import pattern

RULE = "bold-dash"
# A few words may stand between term and dash: `*Container* (for the kernel) - a process`.
_DASH = pattern(rf"(?:\s*|\s[^\n–—]{{1,28}}?\s|\s?\([^()\n]{{1,40}}\)\s*){DASH}(?=\s|$)|\s*:\s*{DASH}(?=\s|$)")
_BEFORE = pattern(rf"(?:^|\n|\s{DASH})\s*(?:\d{{4}}\s?:\s*)?$")
_DIRECT_DASH = pattern(rf"\s{DASH}\s(?=\S)")
_INSIDE_FACTOR = 0.6
_CLAUSE_END = pattern(rf"[.;](?:\s|$)|\s{DASH}\s|\n")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Each bold term with a dash after it; its definition reaches to the next such term."""
    for block, stretches in reading.bold_texts():
        yield from _facts(reading, block, stretches, confidence)
        yield from _inside(reading, block, stretches, confidence * _INSIDE_FACTOR)


def _inside(
    reading: Reading, block: Block, stretches: Iterable[tuple[int, int]], confidence: float
) -> Iterator[Candidate]:
    """`consists of *layers* - snapshots of the file system`: a bold word in a sentence, explained on the spot."""
    for start, end in stretches:
        dash = _DIRECT_DASH.match(block.prose, end)
        if not dash or start == 0 or _BEFORE.search(block.text, max(0, start - 12), start):
            continue
        clause = _CLAUSE_END.search(block.text, dash.end())
        stop = clause.start() if clause else len(block.text)
        defined = definition_at(reading, block, dash.end(), stop, rule=RULE, confidence=round(confidence, 4))
        found = candidate(
            reading, block, start, end, rule=RULE, confidence=confidence, defined=defined, check_shape=False
        )
        if found and defined:
            yield found


def _facts(
    reading: Reading, block: Block, stretches: Iterable[tuple[int, int]], confidence: float
) -> Iterator[Candidate]:
    terms: list[tuple[int, int, int]] = []
    for start, end in stretches:
        dash = _DASH.match(block.prose, end)
        if dash and _BEFORE.search(block.text, max(0, start - 12), start):
            terms.append((start, end, dash.end()))
    for index, (start, end, body) in enumerate(terms):
        stop = len(block.text)
        if index + 1 < len(terms):
            stop = terms[index + 1][0]
            stop = start_of_separator(block.text, body, stop)
        name = block.text[start:end]
        second = second_name(reading, block, name, body, stop, RULE)
        rest = block.rest if index + 1 == len(terms) else ()
        defined = definition_at(
            reading, block, second[1] if second else body, stop, rule=RULE, confidence=confidence, rest=rest
        )
        if defined is None and not block.text[body:stop].strip():
            defined = definition_below(reading, block.headline, rest, rule=RULE, confidence=confidence)
        # A parenthesis between term and dash belongs to the name.
        note = re.compile(r"\s?\([^()\n]{1,40}\)").match(block.text, end, body)
        found = candidate(
            reading,
            block,
            start,
            note.end() if note else end,
            rule=RULE,
            confidence=confidence if defined else confidence * 0.7,
            explicit=True,
            defined=defined,
            aliases=(second[0],) if second else (),
        )
        if found:
            yield found


def start_of_separator(text: str, begin: int, end: int) -> int:
    """Where the dash before END begins, so that it belongs to neither fact."""
    match = re.compile(rf"\s{DASH}\s*$").search(text, max(begin - 1, end - 12), end)
    return max(match.start(), begin) if match else end
