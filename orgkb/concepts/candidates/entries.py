"""Lists of entries: a name alone on the first line of an item, and below it what it is.

`1. *Monolith*` over `All parts are one unit`, `- getter` over a nested `+ used to read a variable from outside`.
"""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import acronyms, cleaning, names, spelling
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import opening, telling
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import NEVER_WORDS, SECTION_WORDS
from orgkb.concepts.text import MASK, Style
from orgkb.org import nodes as n
from orgkb.patterns import pattern

RULE = "entry"
_LINE = pattern(r"\s*(?P<name>[^\n]{2,50}?)[ :]*\n\s*(?=\S)")
_NAME = pattern(
    r"\s*(?P<name>[^\W\d_][\w+'’-]*(?:(?:,? |/)[^\W_][\w+'’-]*){0,5})(?P<note>\s?\([^()\n]{2,40}\))?(?:,\s(?:formerly|also|or)\s[^\n]{3,60})?\s*"
)
_LEAST = 2
"""Entries of a list that shows by them what it is."""
_LEAST_WORDS = 3
_MOST_TEXTS = 3
"""Items below a name that say what it is; more are its parts."""
_CODE_FACTOR = 0.6
_UNMARKED_FACTOR = 0.8


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Names alone on the first line of their item, two in a list or more, in notes."""
    if reading.is_prose:
        return  # lists of manuals tell what can be done
    for indexes in reading.lists:
        if len(indexes) < _LEAST:
            continue
        lines = [entry for index in indexes if (entry := _two_lines(reading.blocks[index]))]
        if len(lines) >= _LEAST:
            for block, name, start, code in lines:
                trust = round(confidence * (_CODE_FACTOR if code else 1), 4)
                yield from _defined(reading, (block, name), (block, start), trust, marked=not code)
        below = [found for index in indexes if (found := _nested(reading, index))]
        for block, name, first, start in below:
            if len(below) >= _LEAST or _is_sure(block, name) or telling.says_kind(first.running, start):
                yield from _defined(reading, (block, name), (first, start), round(confidence * _UNMARKED_FACTOR, 4))


def _two_lines(block: Block) -> tuple[Block, tuple[int, int], int, bool] | None:
    """BLOCK, where its marked name stands that is its whole first line, where the text below begins and whether the name is code."""
    if block.kind is not BlockKind.ITEM or "\n" not in block.text:
        return None
    match = _LINE.match(block.text)
    if not match:
        return None
    begin, end = match.span("name")
    styles = {
        run.style
        for run in block.flat.runs
        if run.start < end and run.end > begin and block.text[run.start : run.end].strip()
    }
    if (
        len(styles) != 1
        or not (style := styles.pop()) & (Style.BOLD | Style.SLANTED | Style.OPAQUE)
        or style & Style.LINK
    ):
        return None
    code = bool(style & Style.OPAQUE)
    said = block.prose[match.end() :].strip()
    if not _says(said) or not _may_name(match["name"]) or (code and not match["name"].isalpha()):
        return None
    return block, (begin, end), match.end(), code


def _nested(reading: Reading, index: int) -> tuple[Block, tuple[int, int], Block, int] | None:
    """The item at INDEX, where its name stands that is all of it, and where the first text in it says what that is."""
    block = reading.blocks[index]
    if block.kind is not BlockKind.ITEM or not block.rest or index + 1 >= len(reading.blocks):
        return None
    match = _NAME.fullmatch(block.prose)
    first, below = reading.blocks[index + 1], block.rest[0]
    if (
        not match
        or first.lead != index
        or first.kind not in {BlockKind.ITEM, BlockKind.PARAGRAPH}
        or not _may_name(match["name"])
    ):
        return None
    if isinstance(below, n.PlainList) and len(below.children) > _MOST_TEXTS:
        return None
    start = opening.says(reading, first, match["name"])
    return (block, match.span("name"), first, start) if start >= 0 and _says(first.prose[start:].strip()) else None


def _is_sure(block: Block, name: tuple[int, int]) -> bool:
    """Whether the NAME of BLOCK is an acronym: what is nested in it may tell what it is though nothing beside it does."""
    said = block.text[slice(*name)].strip()
    return len(said) <= _LONGEST_ACRONYM and acronyms.is_acronym(said) and not spelling.is_known(said.lower())


_LONGEST_ACRONYM = 5


def _says(said: str) -> bool:
    """Whether SAID may tell what something is: some words, no question and no lead-in."""
    return len(said.split()) >= _LEAST_WORDS and not said.endswith((":", "?")) and not said.startswith((MASK, "http"))


def _may_name(name: str) -> bool:
    lower = cleaning.clean(name).name.lower()
    words = lower.split()
    return bool(words) and not names.is_label(name) and words[0] not in NEVER_WORDS and not set(words) <= SECTION_WORDS


def _defined(
    reading: Reading,
    named: tuple[Block, tuple[int, int]],
    told: tuple[Block, int],
    confidence: float,
    *,
    marked: bool = False,
) -> Iterator[Candidate]:
    block, (begin, end) = named
    first, start = told
    defined = definition_at(reading, first, start, len(first.text), rule=RULE, confidence=confidence)
    found = candidate(
        reading,
        block,
        begin,
        end,
        rule=RULE,
        confidence=confidence,
        explicit=marked,
        check_shape=False,
        defined=defined,
    )
    if found and defined:
        yield found
