"""How a word that may name a concept is used where it stands: as a verb, or as the middle of another name."""

from __future__ import annotations

import re

from orgkb.concepts.lexicon import FUNCTION_WORDS, is_verb
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.tables import known_names, proper_names
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.spelling import is_known
from orgkb.patterns import pattern

_MODAL = pattern(
    r"\b(?:can|cannot|could|may|might|must|should|will|would|don't|doesn't|let's|please)\s(?:also\s|not\s)?$",
    re.IGNORECASE,
)
_PERSON = pattern(r"(?:^|[^\w'’-])(?:you|we|they|I)\s(?:also\s|then\s)?$", re.IGNORECASE)
_TO = pattern(r"\bto\s$", re.IGNORECASE)
_OBJECT = pattern(r"\s([A-Za-z]+)")
_DETERMINERS = word_set(
    "a an the its their his her our your my this these those each every some any all it them us him both"
)
_BEFORE = 16


def is_verb_here(prose: str, start: int, end: int) -> bool:
    """Whether the word of PROSE from START to END, a verb and a name, is the verb: `to process queries`, `we map it`."""
    word = prose[start:end]
    if not word.islower() or word not in VERB_BASES:
        return False
    before = prose[max(0, start - _BEFORE) : start]
    following = _OBJECT.match(prose, end)
    after = following[1].lower() if following else ""
    if _MODAL.search(before):
        return True
    if after in _DETERMINERS:
        return _TO.search(before) is not None or _PERSON.search(before) is not None
    if not after or not _TO.search(before):
        return False
    # `from view to view model` leads to something, `used to process large files` does.
    return (
        not (after in FUNCTION_WORDS or is_verb(after))
        and _PURPOSE.search(prose, max(0, start - 60), start) is not None
    )


_PURPOSE = pattern(
    r"\b(?:[a-z]+ed|[a-z]*able|how|need|needs|want|wants|way|ways|order|tool|tools|necessary|used)\sto\s$"
)


_IDIOM = pattern(r"\b(?:by|in|out\sof|for|as|of|at)\s$", re.IGNORECASE)
_IDIOMS = word_set(
    "default order general particular fact case turn addition example instance course rule first last least once"
)


def is_idiom(prose: str, start: int, end: int) -> bool:
    """Whether the word from START to END only belongs to a set phrase: `by default`, `in order to`."""
    return (
        prose[start:end] in _IDIOMS
        and _IDIOM.search(prose, max(0, start - 8), start) is not None
        and _SAME_PHRASE.match(prose, end) is not None
    )


_SAME_PHRASE = pattern(r"\s(?:to|that|of|the|a|an|if|when|it|they|is|are|and|or)\b|[.,;:)!?]|\s*$|\s[-–—]|\n")


def is_inside_name(prose: str, start: int, end: int) -> bool:
    """Whether the everyday word from START to END stands amid a longer name: the `State` of `Representational State Transfer`."""
    if prose[end : end + 1] != " " or not _TITLE.fullmatch(prose, start, end):
        return False
    before = _CAPITAL_BEFORE.search(prose, max(0, start - _LONGEST), start)
    if before is None or before[0] in _ARTICLES or _CAPITAL_AFTER.match(prose, end) is None:
        return False
    name = prose[start:end]
    return is_known(name.lower()) and name not in proper_names() and name not in known_names()


_TITLE = pattern(r"[A-Z][a-z]{2,}")
_LONGEST = 24
_ARTICLES = frozenset({"The ", "This ", "Each ", "Every ", "All ", "Any "})
_CAPITAL_BEFORE = pattern(r"(?<![^\s(\"“])[A-Z][A-Za-z]{2,} $")
_CAPITAL_AFTER = pattern(r" [A-Z][a-z]{2,}\b")
