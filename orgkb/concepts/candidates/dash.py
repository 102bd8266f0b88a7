"""`- term - definition` and lines and headings of that form, where the name looks like a term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from orgkb.concepts import names
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import DASH, candidate, definition_at, definition_below, second_name
from orgkb.concepts.text import MASK, Style

ITEM_RULE = "dash-item"
LINE_RULE = "dash-line"
HEADING_RULE = "dash-heading"
_EMPTY_FACTOR = 0.62
_TERM = re.compile(rf"[ \t]*+(?P<name>[^\s\0][^\n\0]{{1,69}}?)\s++{DASH}(?=\s|$)(?:\s*(?:это|this is)\s)?")


def find_items(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Items that begin with a term and a dash."""
    for block in reading.blocks:
        # What follows ` :: ` is already a definition.
        if block.kind is BlockKind.ITEM and block.item and block.item.tag is None:
            yield from _fact(reading, block, 0, len(block.text), ITEM_RULE, confidence)


def find_headings(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Headings that say in a word what their subject is."""
    for block in reading.blocks:
        if block.kind is BlockKind.HEADING:
            yield from _fact(reading, block, 0, len(block.text), HEADING_RULE, confidence)


def find_lines(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Paragraphs, and lines of them, that begin with a term and a dash."""
    for block in reading.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        starts = list(_fact_lines(block.text))
        for start, end in pairwise([*starts, len(block.text)]):
            yield from _fact(reading, block, start, end, LINE_RULE, confidence)


def _fact_lines(text: str) -> Iterator[int]:
    """Where facts begin: the first line, and lines of that form after a fact of one line or a full stop."""
    start = 0
    previous = ""
    was_fact = False
    for line in text.splitlines(keepends=True):
        match = _TERM.match(line)
        # In running text a dash may come to stand near the start of any line.
        ended = previous.rstrip().endswith((".", "!", "?", ":", ";")) or was_fact
        was_fact = bool(match and len(match["name"].split()) <= 4 and (ended or not previous))
        if was_fact:
            yield start
        start += len(line)
        previous = line


def _fact(reading: Reading, block: Block, start: int, end: int, rule: str, confidence: float) -> Iterator[Candidate]:
    match = _TERM.match(block.prose, start, end)
    if not match or block.flat.run_at(match.start("name")).style & (Style.BOLD | Style.OPAQUE):
        return
    name = match["name"]
    if MASK in name or not names.weak_shape(names.clean(name).name):
        return
    second = second_name(reading, block, name, match.end(), end, rule)
    rest = block.rest if block.kind is BlockKind.ITEM else ()
    body = second[1] if second else match.end()
    if block.prose[body:end].strip(f"{MASK} \n.,;:") == "" != block.text[body:end].strip():
        return  # a command or an address, not what the thing is
    defined = definition_at(reading, block, body, end, rule=rule, confidence=confidence, rest=rest)
    if defined is None and not block.text[body:end].strip():
        defined = definition_below(reading, block.headline, rest, rule=rule, confidence=confidence)
    found = candidate(
        reading,
        block,
        match.start("name"),
        match.end("name"),
        rule=rule,
        confidence=confidence if defined else confidence * _EMPTY_FACTOR,
        defined=defined,
        aliases=(second[0],) if second else (),
    )
    if found:
        yield found
