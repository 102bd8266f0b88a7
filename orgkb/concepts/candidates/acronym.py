"""`Container Runtime Interface (CRI)` and `CRI (Container Runtime Interface)` anywhere in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from orgkb.concepts import acronyms, folding
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates.headings import after_number
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon.tables import acronyms as known_acronyms
from orgkb.concepts.lexicon.tables import expansions
from orgkb.concepts.model import Alias, AliasKind
from orgkb.concepts.text import DASH
from orgkb.patterns import pattern

RULE = "acronym"
_PAREN = pattern(
    r"\(\s?(?:(?:henceforth|hereafter|hereinafter|or|aka|далее|сокращ[её]нно),?\s(?:[–—-]\s)?)?(?P<inner>[^()\n\0]{2,80}?)\s?\)"
)
_WORD = pattern(r"[^\s,;:()\0]+")
_OWNER = pattern(r"(?<![^\s*(])[A-Z][\w+-]*\s$")
_AFTER = pattern(r"[,;]\s")
_LAST = pattern(r"[^\s(),;:\0]+\s?$")
_CLAUSE = pattern(rf"[.;:!?]\s|[(),\0]|\s{DASH}\s")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Long forms that stand beside their acronym."""
    for block in reading.having("(", kinds=tuple(BlockKind)):
        for match in _PAREN.finditer(block.prose):
            inner = match["inner"]
            # The short form may be followed by its reading or plural: `(CRI, see below)`.
            short = _AFTER.split(inner, maxsplit=1)[0]
            if acronyms.is_acronym(short):
                yield from _long_before(reading, block, match.start(), short, match.start("inner"), confidence)
            else:
                yield from _short_before(reading, block, match, confidence)
    yield from _below(reading, confidence)
    yield from _entitled(reading, confidence)


def _entitled(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Titles that are an acronym and what it is short for: `* OCP - The Open Closed Principle`."""
    for block in reading.of_kind(BlockKind.HEADING):
        counted = after_number(block.prose)
        title = block.prose[counted:]
        if ")" in title or not (spelt := acronyms.spelt_out(title)):
            continue
        (start, end), (first, last) = spelt
        short = title[start:end].strip()
        # A word alone may be all that the notes want to know: `OSM - openstreetmaps`.
        if acronyms.is_acronym(short) and " " in title[first:last].strip():
            alias = _alias(reading, block, counted + start, short)
            yield from _long(reading, block, (counted + first, counted + last), alias, confidence)


def _below(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Titles that are an acronym, with the long form alone on the first line below: `* IV`, `initialization vector`."""
    for block, first in pairwise(reading.blocks):
        if block.kind is not BlockKind.HEADING or first.headline != block.headline or first.kind not in TEXTS:
            continue
        short = block.text.strip()
        if not acronyms.is_acronym(short):
            continue
        line = first.prose.strip().partition("\n")[0].rstrip(" .")
        start = first.prose.find(line)
        if not line or len(line.split()) > _MOST_WORDS or not acronyms.abbreviates(short, line):
            continue
        alias = _alias(reading, block, block.text.find(short), short)
        yield from _long(reading, first, (start, start + len(line)), alias, confidence)


_MOST_WORDS = 7


def _long_before(
    reading: Reading, block: Block, paren: int, short: str, short_at: int, confidence: float
) -> Iterator[Candidate]:
    window = max(0, paren - 120)
    clause = max((m.end() for m in _CLAUSE.finditer(block.prose, window, paren)), default=window)
    starts = [match.start() for match in _WORD.finditer(block.prose, clause, paren)]
    for start in reversed(starts[-len(short) - 2 :]):
        long = " ".join(block.prose[start:paren].split())
        if acronyms.abbreviates(short, long) and not _is_by_chance(short, long):
            yield from _long(reading, block, (start, paren), _alias(reading, block, short_at, short), confidence)
            return


def _is_by_chance(short: str, long: str) -> bool:
    """Whether SHORT is a known acronym, and LONG something else with its letters inside: application integration is no API."""
    if short not in known_acronyms() or {(short, long.lower()), (short, folding.singular(long.lower()))} & expansions():
        return False
    return "".join(_INITIAL.findall(long)).lower() != short.lower()


_INITIAL = pattern(r"\b[^\W\d_]|[A-Z](?=[a-z])")
"""The letters that begin words, also those of one that is written in camel case."""


def _short_before(reading: Reading, block: Block, match: re.Match[str], confidence: float) -> Iterator[Candidate]:
    before = _LAST.search(block.prose, max(0, match.start() - 16), match.start())
    if not before:
        return
    short = before.group().strip()
    if not acronyms.is_acronym(short) or not acronyms.abbreviates(short, match["inner"]):
        return
    start = before.start()
    # `Docker CE (Community Edition)` is the long name of an edition, not an edition called so.
    if whole := _OWNER.search(block.prose, max(0, start - 40), start):
        inner = " ".join(match["inner"].split())
        owner = whole.group().strip()
        longs = (
            Alias(f"{owner} {inner}", AliasKind.EXPANSION, RULE, 0.85),
            Alias(inner, AliasKind.VARIANT, RULE, 0.7),
        )
        found = candidate(
            reading, block, whole.start(), start + len(short), rule=RULE, confidence=confidence, aliases=longs
        )
        if found:
            yield found
        return
    yield from _long(reading, block, match.span("inner"), _alias(reading, block, start, short), confidence)


def _alias(reading: Reading, block: Block, start: int, short: str) -> Alias:
    """The acronym SHORT, which stands at START of BLOCK's text."""
    span = reading.span(block.flat.offset(start), block.flat.end_offset(start + len(short)))
    return Alias(_singular(short), AliasKind.ACRONYM, RULE, 0.9, span)


def _long(
    reading: Reading, block: Block, place: tuple[int, int], alias: Alias, confidence: float
) -> Iterator[Candidate]:
    """The long form at PLACE of BLOCK's text, with its acronym."""
    found = candidate(reading, block, *place, rule=RULE, confidence=confidence, check_shape=False, aliases=(alias,))
    if found:
        yield found


def _singular(short: str) -> str:
    """SHORT without the small s of a plural; that of `K8s` is its own."""
    plural = short.endswith("s") and len(short) > 2 and short[:-1].isupper() and short[:-1].isalpha()
    return short[:-1] if plural else short
