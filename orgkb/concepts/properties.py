"""Adjectives that a list explains, labels that several sections have, what ranks things; and names that tables know."""

from __future__ import annotations

from orgkb.concepts import folding, frequency, names, signs, synonyms
from orgkb.concepts.lexicon import KEYWORDS
from orgkb.concepts.lexicon.tables import known_names, proper_names
from orgkb.concepts.model import ConceptKind
from orgkb.concepts.term import Term
from orgkb.patterns import pattern

_COMMON = 500
"""Occurrences in the English list from which a word is common."""


def is_property(term: Term) -> bool:
    """Whether TERM is an adjective or adverb that a list explains and no other term has: `- Impartial :: rules hold for all`."""
    if frozenset(term.rules) != {"description-item"} or term.kind is ConceptKind.CODE or term.aliases:
        return False
    lower = term.name.lower()
    if not (lower.isascii() and lower.isalpha()) or lower in KEYWORDS or is_listed(term.name):
        return False
    if lower.endswith("ly") and (signs.is_quality(lower[:-2]) or signs.is_quality(lower[:-4])):
        return True  # `dynamically`
    return frequency.english_count(lower) >= _COMMON and (lower in _PROPERTIES or signs.is_quality(lower))


_PROPERTIES = frozenset(
    {"public", "private", "rational", "formal", "legal", "active", "passive", "internal", "external"}
)
"""Adjectives that are nouns elsewhere, but no terms where a list explains them."""


def is_field(term: Term) -> bool:
    """Whether TERM labels what several sections say, each for itself: `*Strategy:* collect there`."""
    if not frozenset(term.rules) <= _FIELD_RULES:
        return False
    told = [definition for definition in term.definitions if definition.rule in _COLON_RULES]
    places = {(definition.document, definition.headline) for definition in told}
    return len(places) >= _MANY_PLACES and len({definition.text for definition in told}) >= _MANY_PLACES


_COLON_RULES = frozenset({"bold-colon", "colon-item", "colon-line", "dash-heading"})
_FIELD_RULES = _COLON_RULES | {"bold", "bold-label", "repeated", "named", "sibling"}
_MANY_PLACES = 3


def is_ranked(parts: list[str]) -> bool:
    """Whether a name of these words only tells that a thing is the best or richest: `Second richest`, `Best regions`."""
    first, last = parts[0].lower(), parts[-1].lower()
    return last in _RANKS or (first in _RANKS and last not in _RANKED_TERMS)


_RANKED_TERMS = frozenset({"practice", "practices", "effort", "fit", "case"})


_RANKS = frozenset(
    [
        "best",
        "worst",
        "richest",
        "poorest",
        "easiest",
        "hardest",
        "simplest",
        "fastest",
        "slowest",
        "cheapest",
        "safest",
        "strongest",
        "weakest",
        "oldest",
        "newest",
        "biggest",
    ]
)
"""Superlatives that rank; `shortest path`, `nearest neighbour`, `greatest common divisor` are terms."""


def is_merit(parts: list[str]) -> bool:
    """Whether a name of these words only tells how much of a merit a thing has: `Limited Scalability`, not `lower bound`."""
    return parts[0].lower() in _DEGREES and bool(_MERIT.fullmatch(parts[-1].lower()))


_DEGREES = frozenset({"high", "higher", "low", "lower", "limited", "restricted", "more", "less"})
_MERIT = pattern(
    r"[a-z]+(?:[abcru]?ility|rity|ness|ance|i[sz]ation|able|ible)|costs?|quality|performance|throughput|control"
)
"""What merits end in: `High Security`, where `lower bound` and `high frequency` are terms."""


def is_listed(name: str) -> bool:
    """Whether the shipped tables have NAME."""
    return (
        name in known_names()
        or name in proper_names()
        or names.is_known_phrase(name)
        or synonyms.has(folding.key(name))
    )
