"""Bare items beside defined ones, and under a lead-in: `Implementations of the API:` with `- CRI-O`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts import cleaning, folding, names, spelling
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.schema import is_schema
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import ABSTRACT_WORDS, FUNCTION_WORDS, NEVER_WORDS, SECTION_WORDS
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD
from orgkb.concepts.text import DASH, has_dash
from orgkb.patterns import pattern

RULE = "sibling"
STATE_RULE = "state"
_BARE = pattern(r"\s*(?P<name>[^\W\d_][\w+.&'’-]*(?:\s[^\W_][\w+.&'’-]*){0,3})\s*(?:\([^()\n]{1,40}\))?[.,;]?\s*")
_FACT = pattern(rf"\s*[^\n\0:]{{2,50}}?(?:\s+{DASH}\s+|:\s+)[^\n\0]*\w")
_OPEN = pattern(rf"\s*[A-ZА-ЯЁ][^\n\0:–—-]{{1,40}}\s+{DASH}\s*")
"""`DapperDox -`: a name that waits for its definition."""
_STATE = pattern(rf"\s*(?P<name>[A-ZА-ЯЁ]\w+)\s*(?:\([^()\n]{{1,40}}\))?\s*(?P<said>{DASH}(?:\s.*)?)?", re.DOTALL)
_KEY = pattern(r"[a-z]\s+[a-z]+")
"""`p paste`: a key and what it does."""
_MIN_STATES = 3
_LOWER_FACTOR = 0.75
_MAX_ITEMS = 60


def _tells(prose: str) -> bool:
    """Whether PROSE is a name with what it is, or one that waits for it."""
    dash = has_dash(prose)
    return ((dash or ":" in prose) and bool(_FACT.match(prose))) or (dash and bool(_OPEN.fullmatch(prose)))


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Items that are a name and nothing else, where their neighbours or the lead-in show what they are."""
    for indexes in reading.lists:
        blocks = [reading.blocks[index] for index in indexes]
        if not 2 <= len(blocks) <= _MAX_ITEMS:
            continue
        facts = sum(block.kind is BlockKind.TAG or _tells(block.prose) for block in blocks)
        led = _is_led(reading, blocks[0])
        if not (facts or led):  # most lists
            continue
        if is_schema(blocks):
            continue
        bare = [(block, match) for block in blocks if (match := _name(block))]
        enough = (
            facts >= 2 or (facts and led) or (facts and len(bare) > 2 and (len(bare) + facts) * 3 >= len(blocks) * 2)
        )
        if not bare or not (enough or (led and len(bare) * 3 >= len(blocks) * 2)):
            continue
        for block, match in bare:
            name = match["name"]
            if _KEY.fullmatch(name):
                continue
            # Small letters show a name only where the notes use it elsewhere too.
            named = name[0].isupper() or (" " not in name and not name.islower())
            named = named or (spelling.is_name(name) and not reading.is_prose)
            factor = 1.0 if named else _LOWER_FACTOR
            found = candidate(
                reading, block, match.start("name"), match.end("name"), rule=RULE, confidence=confidence * factor
            )
            if found:
                yield found


def find_states(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """`- Always(default) -`, `- Never -`: a list of capitalised words, function words too, is one of values or states.

    Without those that other rules find, as the list says what they are; some have a dash.
    """
    for indexes in reading.lists:
        if not _MIN_STATES <= len(indexes) <= _MAX_ITEMS:
            continue
        states: list[tuple[Block, re.Match[str]]] = []
        for block in map(reading.blocks.__getitem__, indexes):
            match = _STATE.fullmatch(block.prose) if block.kind is BlockKind.ITEM else None
            if match is None:  # as in most lists
                break
            states.append((block, match))
        if len(states) < len(indexes) or not any(match["said"] for _, match in states):
            continue
        for block, match in states:
            name = match["name"]
            if (match["said"] and names.weak_shape(name)) or names.is_label(name):
                continue
            start, end = match.span("name")
            made = candidate(reading, block, start, end, rule=STATE_RULE, confidence=confidence, check_shape=False)
            if made:
                yield made


def may_be_term(name: str, said: str) -> bool:
    """Whether NAME, which is SAID to be so, may be a term because its neighbours in the list are: `Split brain`, `Read committed`."""
    parts = [word.lower() for word in folding.words(name)]
    if not parts or not name[0].isupper() or names.impossible(name) or names.is_label(name) or _TYPED.search(said):
        return False
    if any(word in NEVER_WORDS or word in SECTION_WORDS or word in EVERY_SMALL_WORD for word in parts):
        return False
    if names.defined_shape(name):
        return len(parts) <= _MOST_WORDS and len(said.split()) >= _LEAST_TOLD
    return (
        len(parts) <= _LEAST_TOLD
        and len(said.split()) >= _LEAST_WORDS
        and name.replace(" ", "").isalpha()
        and not any(word in FUNCTION_WORDS or word in ABSTRACT_WORDS for word in parts)
        and not parts[0].endswith("ing")
    )


_TYPED = pattern(r"\w\.\w|[=<>{}\\|]|\w_\w")
_LEAST_WORDS = 4
"""Words that say what an everyday name is."""
_MOST_WORDS = 3


def are_terms(told: int, alike: int, items: int) -> bool:
    """Whether a list of so many ITEMS, of which ALIKE are a name and a text and TOLD of those surely terms, is one of terms."""
    return told >= _LEAST_TOLD and told * 3 >= alike * 2 and alike * 5 >= items * 4


_LEAST_TOLD = 2


def _name(block: Block) -> re.Match[str] | None:
    if block.kind is not BlockKind.ITEM or (block.item and block.item.tag is not None):
        return None
    match = _BARE.fullmatch(block.prose)
    return match if match and names.weak_shape(cleaning.clean(match["name"]).name) else None


def _is_led(reading: Reading, block: Block) -> bool:
    """Whether the text above the list announces it."""
    return block.lead >= 0 and reading.blocks[block.lead].text.rstrip().endswith(":")
