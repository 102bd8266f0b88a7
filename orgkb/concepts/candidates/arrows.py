"""Lines and items that give a name what it means behind an arrow: `Port -> a numbered endpoint`, three or more together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from orgkb.concepts import cleaning
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates import leading, siblings, telling, verbless
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import is_bare_verb
from orgkb.concepts.text import MASK
from orgkb.patterns import pattern

RULE = "arrow"
_ARROWS = ("->", "→", "=>", "⇒")
_FACT = pattern(
    r"(?:^|(?<=\n))[ \t]*+(?P<name>[^\W\d_][\w+.’'/-]*+(?: [\w&][\w+&’'/-]*+){0,3}+(?:\s?\([^()\n]{1,20}\))?)[ \t]+(?:--?>|→|=>|⇒)[ \t]+(?P<said>[^\n]*)"
)
_OPENS = pattern(r"(?:an?|the|any|one)\s[a-z]|[a-z]+(?:ing|ed)\s(?:to|for|by|from|in|as|an?|the)\s", re.IGNORECASE)
_LEAST = 3
_MANY = 8
"""Arrows of notes that show how their writer uses them."""
_LEAST_WORDS = 3


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Names before an arrow, where most of the texts behind it, in a list or all over the notes, say what something is."""
    groups = list(_groups(reading))
    arrows = [fact.told for facts in groups for fact in facts]
    everywhere = sum(arrows) >= _MANY and sum(arrows) * 2 >= len(arrows)
    for facts in groups:
        if everywhere or _is_habit(facts):
            for index, fact in enumerate(facts):
                following = facts[index + 1] if index + 1 < len(facts) else None
                yield from _defined(reading, fact, following, confidence)


class _Fact(NamedTuple):
    block: Block
    match: re.Match[str]
    told: bool
    """Whether the text behind the arrow says what the name before it is, by its own words."""


def _groups(reading: Reading) -> Iterator[list[_Fact]]:
    """The lines of each paragraph or item, and the items of each list, that have one arrow."""
    for block in reading.having(*_ARROWS, kinds=TEXTS):
        matches = list(_FACT.finditer(block.prose))
        if block.kind is not BlockKind.ITEM or len(matches) > 1:
            yield [_Fact(block, match, _tells(match["name"], match["said"])) for match in matches]
    for indexes in reading.lists:
        items = [reading.blocks[index] for index in indexes if reading.blocks[index].kind is BlockKind.ITEM]
        if len(items) >= _LEAST and any(arrow in items[0].prose for arrow in _ARROWS):
            found = [(block, [*islice(_FACT.finditer(block.prose), 2)]) for block in items]
            yield [_Fact(b, ms[0], _tells(ms[0]["name"], ms[0]["said"])) for b, ms in found if len(ms) == 1]


def _is_habit(facts: Sequence[_Fact]) -> bool:
    """Whether two thirds of FACTS, three or more, say what something is."""
    return len(facts) >= _LEAST and sum(fact.told for fact in facts) * 3 >= len(facts) * 2


def _defined(reading: Reading, fact: _Fact, following: _Fact | None, confidence: float) -> Iterator[Candidate]:
    block, match, told = fact
    if not told and len(match["said"].split()) < _LEAST_WORDS:
        return
    end = following.match.start() if following and following.block is block else len(block.text)
    defined = definition_at(reading, block, match.start("said"), end, rule=RULE, confidence=confidence)
    name = cleaning.clean(match["name"]).name
    shaped = siblings.may_be_term(name, match["said"]) or (name.isupper() and name.isalpha())
    found = candidate(
        reading, block, *match.span("name"), rule=RULE, confidence=confidence, check_shape=not shaped, defined=defined
    )
    if found and defined:
        yield found


def _tells(name: str, said: str) -> bool:
    """Whether SAID says what NAME is or does, rather than what comes of it or what it maps to."""
    said = _ASIDE.sub("", said).strip()
    words = said.split()
    if len(words) < _LEAST_WORDS - 1 or MASK in said or any(arrow in said for arrow in _ARROWS) or said.endswith("?"):
        return False
    if _OPENS.match(said) or leading.begins(said, name, item=True) >= 0:
        return True
    first = words[0].lower()
    if telling.tells(said.lower(), first):
        return first.endswith("s") or not first.isascii() or name.isupper()
    if len(words) < _LEAST_WORDS:
        return False
    # `GET -> retrieve data`; `additional details passed to the server`.
    return (name.isupper() and is_bare_verb(first)) or bool(
        _JOINED.search(said) and verbless.has_no_verb(said, 0, one=False)
    )


_ASIDE = pattern(r"\s\([^()]*\)")
_JOINED = pattern(r"[a-z]\s(?:of|for|to|in|on|with|from|that|which|who|where)\s[a-z]")
