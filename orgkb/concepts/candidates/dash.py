"""`- term - definition` and lines and headings of that form, where the name looks like a term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from orgkb.concepts import acronyms, cleaning, names, signs, spelling
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import siblings
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import KEYS, candidate, definition_at, definition_below, second_name
from orgkb.concepts.text import DASH, MASK, Style
from orgkb.patterns import pattern

ITEM_RULE = "dash-item"
LINE_RULE = "dash-line"
HEADING_RULE = "dash-heading"
_EMPTY_FACTOR = 0.65
_SPELT_FACTOR = 0.8
_EVERYDAY_WORDS = 3
"""Words that the definition of an everyday word needs."""
_PAIR_WORDS = 2
"""The same for a pair of them: `object spec - desired state`."""
_IS_RUSSIAN = pattern(r"\s+[а-яё]", re.IGNORECASE)
_LISTED = pattern(r",\s+|\s+(?:and|or|и|или)\s+|\s?/\s?")
_SEVERAL_FACTOR = 0.9
_ARROW = pattern(r"\s*>")
_GOES_ON = pattern(r"\s*(?:он|она|оно|они)\s", re.IGNORECASE)
"""`конкретно воля - она же и движет его`: a sentence goes on about its own subject."""
_TYPED = pattern(r"[a-z]\w*\s(?:string|boolean|bool|integer|int|number|float|object|array|list|[A-Z]\w*Object)")
"""`required boolean - …` describes a field."""
_LABEL_WORDS = 2
"""Words of a line that stands for itself and does not go on in the next one."""
_TERM = pattern(rf"[ \t]*+(?P<name>[^\s\0][^\n\0]{{0,69}}?)(?:\s+\0+)?\s++{DASH}(?=\s|$)(?:\s*(?:это|this is)\s)?")

_DASHES = "-–—−"
_ANY_DASH = pattern(f"[{_DASHES}]")


def find_items(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Items that begin with a term and a dash, and the few others of that form in a list of such."""
    told: set[int] = set()
    for block in reading.having(*_DASHES, kinds=(BlockKind.ITEM,)):
        # What follows ` :: ` is already a definition.
        if block.item and block.item.tag is None:
            for found in _fact(reading, block, 0, len(block.text), ITEM_RULE, confidence):
                if not found.supports and found.definition:
                    told.add(id(block))
                yield found
    if not told:
        return
    for indexes in reading.lists:
        blocks = [reading.blocks[index] for index in indexes]
        sure = sum(id(block) in told for block in blocks)
        if sure < len(blocks) and sure * 2 >= len(blocks):
            yield from _alike(reading, blocks, told, confidence)


def _alike(reading: Reading, blocks: Sequence[Block], told: set[int], confidence: float) -> Iterator[Candidate]:
    """The items of BLOCKS that look like those which have TOLD what their name is, though their names are everyday words."""
    matches = [(block, match) for block in blocks if (match := _TERM.match(block.prose))]
    if not siblings.are_terms(sum(id(block) in told for block in blocks), len(matches), len(blocks)):
        return
    for block, match in matches:
        if id(block) in told or block.kind is not BlockKind.ITEM or (block.item and block.item.tag is not None):
            continue
        style = block.flat.run_at(match.start("name")).style
        said = block.prose[match.end() :]
        if style & (Style.BOLD | Style.OPAQUE) or not siblings.may_be_term(cleaning.clean(match["name"]).name, said):
            continue
        defined = definition_at(
            reading, block, match.end(), len(block.text), rule=ITEM_RULE, confidence=confidence, rest=block.rest
        )
        found = candidate(
            reading,
            block,
            *match.span("name"),
            rule=ITEM_RULE,
            confidence=confidence,
            check_shape=False,
            defined=defined,
        )
        if found and defined:
            yield found


def find_headings(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Headings that say in a word what their subject is."""
    for block in reading.having(*_DASHES, kinds=(BlockKind.HEADING,)):
        yield from _fact(reading, block, 0, len(block.text), HEADING_RULE, confidence)


def find_lines(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Paragraphs, and lines of them, that begin with a term and a dash."""
    for block in reading.having(*_DASHES, kinds=(BlockKind.PARAGRAPH,)):
        starts = list(_fact_lines(block.text))
        for start, end in pairwise([*starts, len(block.text)]):
            for begin, stop in pairwise([start, *_next_facts(block.prose, start, end), end]):
                yield from _fact(reading, block, begin, _before_dash(block.prose, begin, stop), LINE_RULE, confidence)


def _next_facts(prose: str, start: int, end: int) -> Iterator[int]:
    """Where more facts begin in a list that went into running text: `Hit - it is there - Miss - it is not`."""
    first = _TERM.match(prose, start, end)
    last = first.end() if first else end
    for match in _NEXT.finditer(prose, last, end):
        # `слон - éléphant - elephant` says one thing in several languages.
        if len(prose[last : match.start()].split()) >= _LEAST_TOLD:
            yield match.end()
            last = match.end("next")


_LEAST_TOLD = 3


def _before_dash(prose: str, start: int, end: int) -> int:
    """END, or where the dash stands before it that sets the next fact apart."""
    match = _LAST_DASH.search(prose, start, end)
    return match.start() if match else end


_NEXT = pattern(rf"(?<=[\w.,;)])\s{DASH}\s(?=(?P<next>[A-ZА-ЯЁ][^\W\d]+(?:\s[^\W\d]+)?\s{DASH}\s)[^\W\d]+\s[^\W\d])")
_LAST_DASH = pattern(rf"[.,;]?\s{DASH}\s\Z")


def _fact_lines(text: str) -> Iterator[int]:
    """Where facts begin: the first line, and lines of that form after a fact of one line or a full stop."""
    start = 0
    previous = ""
    was_fact = False
    for line in text.splitlines(keepends=True):
        match = _TERM.match(line) if _ANY_DASH.search(line) else None
        was_fact = bool(
            match
            and len(match["name"].split()) <= 4
            # In running text a dash may come to stand near the start of any line.
            and (
                was_fact
                or not previous
                or previous.rstrip().endswith((".", "!", "?", ":", ";"))
                or (0 < len(previous.split()) <= _LABEL_WORDS and line[:1].isupper())
            )
        )
        if was_fact:
            yield start
        start += len(line)
        previous = line


def _fact(reading: Reading, block: Block, start: int, end: int, rule: str, confidence: float) -> Iterator[Candidate]:
    match = _TERM.match(block.prose, start, end) if _ANY_DASH.search(block.prose, start, end) else None
    if not match or any(
        block.flat.run_at(at).style & (Style.BOLD | Style.OPAQUE) for at in (match.start("name"), match.end("name") - 1)
    ):
        return
    name = match["name"]
    if _GOES_ON.match(block.prose, match.end()) or KEYS.fullmatch(name):
        return
    if MASK in name or name.startswith("(") or _ARROW.match(block.prose, match.end()) or _TYPED.fullmatch(name):
        return
    if parts := _names(name):
        yield from _several(reading, block, match, parts, end, rule, confidence)
        return
    cleaned = cleaning.clean(name).name
    supports = not names.defined_shape(cleaned)
    if supports and not (names.is_everyday(cleaned) or names.is_settings_file(cleaned)):
        return
    second = second_name(reading, block, name, match.end(), end, rule)
    rest = block.rest if block.kind is BlockKind.ITEM else ()
    body = second[1] if second else match.end()
    if block.prose[body:end].strip(f"{MASK} \n.,;:") == "" != block.text[body:end].strip():
        # A command or an address is not what the thing is; `Addons дополнительные компоненты - ...` says it before.
        body = match.start("name") + len(cleaning.clean(name).name)
        end = match.end("name")
        if not _IS_RUSSIAN.match(block.prose, body, end):
            return
    # What only spells the name out stands behind what the text below says.
    trust = confidence * _SPELT_FACTOR if rule == HEADING_RULE and acronyms.spelt_out(block.prose) else confidence
    defined = definition_at(reading, block, body, end, rule=rule, confidence=round(trust, 4), rest=rest)
    if defined is None and not block.text[body:end].strip():
        defined = definition_below(reading, block.headline, rest, rule=rule, confidence=confidence)
    if (defined or supports) and not names.weak_shape(cleaned):
        least = _EVERYDAY_WORDS if " " not in cleaned else _PAIR_WORDS
        supports = supports or not defined or len(defined[0].text.split()) < least
    supports = supports or _heads_column(reading, block, cleaned)
    # A slip of a common word is no name, but may stand for one: `contrainer - …`.
    supports = supports or (cleaned.islower() and cleaned.isascii() and cleaned.isalpha() and _is_slip(cleaned))
    found = candidate(
        reading,
        block,
        match.start("name"),
        match.end("name"),
        rule=rule,
        confidence=confidence if defined else confidence * _EMPTY_FACTOR,
        defined=defined,
        check_shape=not supports,
        aliases=(second[0],) if second else (),
    )
    if found and (defined or not supports):
        yield structs.replace(found, supports=True) if supports else found


def _heads_column(reading: Reading, block: Block, name: str) -> bool:
    """Whether NAME is an everyday word that only the head of a column has in capitals: `REPOSITORY - where it is from`."""
    if len(name) < _MIN_COLUMN or not (name.isascii() and name.isalpha() and name.isupper()):
        return False
    return spelling.is_known(name.lower()) and reading.anywhere(name.lower(), block)


_MIN_COLUMN = 5


def _is_slip(word: str) -> bool:
    return not spelling.is_known(word) and spelling.is_slip(word)


def _names(name: str) -> list[tuple[int, int]]:
    """(start, end) of each of several names before one dash: `Grafana, Prometheus - monitoring`."""
    if "," not in name and "/" not in name and not _LISTED.search(name):
        return []
    starts = [0, *(m.end() for m in _LISTED.finditer(name))]
    ends = [*(m.start() for m in _LISTED.finditer(name)), len(name)]
    parts = [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
    named = all(
        len(name[start:end].split()) <= 3
        and (
            name[start].isupper()
            or (start > 0 and name[0].isupper() and name[start:end].isalpha() and signs.is_in_common_script(name))
        )
        and names.weak_shape(name[start:end])
        for start, end in parts
    )
    return parts if len(parts) > 1 and named else []


def _several(
    reading: Reading,
    block: Block,
    match: re.Match[str],
    parts: list[tuple[int, int]],
    end: int,
    rule: str,
    confidence: float,
) -> Iterator[Candidate]:
    """A candidate for each of several names that share a definition."""
    at = match.start("name")
    defined = definition_at(
        reading, block, match.end(), end, rule=rule, confidence=round(confidence * _SEVERAL_FACTOR, 4)
    )
    for start, stop in parts:
        found = candidate(
            reading,
            block,
            at + start,
            at + stop,
            rule=rule,
            confidence=confidence * _SEVERAL_FACTOR,
            defined=defined,
        )
        if found and defined:
            yield found
