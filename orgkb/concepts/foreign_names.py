"""Doubts about names in notes in German or a Romance language: parts of sentences, questions, labels and topics."""

from __future__ import annotations

from collections.abc import Collection

from orgkb.concepts import folding, frequency
from orgkb.concepts.forms import ROMANCE
from orgkb.concepts.lexicon import european_names as words
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD, LEADING_WORDS, NEVER_WORDS
from orgkb.patterns import pattern

_TITLE_RULES = frozenset({"heading", "heading-object", "section-title", "bold-label", "dash-heading"})
_SET_OFF = _TITLE_RULES | {"bold", "parenthesis", "sibling", "called"}
"""What finds a word that is a title, stressed or in parentheses, whatever kind of word it is."""
_ENTRIES = frozenset({"dash-item", "dash-line", "colon-item", "table-row"})
_SMALL = (EVERY_SMALL_WORD | LEADING_WORDS) - {"o", "a", "e", "i", "y", "in", "an", "on", "as"}
"""What ends no name; a single letter may be a symbol."""
_STATEMENTS = frozenset({"satz", "beweis", "remarque"})
"""Labels that names of theorems begin with as well: `Satz von Bayes`."""
_LEAST = 3
_PAIR = 2
_SECTION_RULES = _TITLE_RULES | {"section-opening"}
_GERUND = pattern(r"[^\W\d_]{3,}(?:ando|iendo|endo|indo)")


def is_no_name(name: str, rules: Collection[str], sections: int, language: str, *, defined: bool) -> bool:
    """Whether NAME, found by RULES in notes in LANGUAGE and used in so many other SECTIONS, names nothing."""
    if defined and not _ENTRIES.isdisjoint(rules):
        return False  # in a list of phrases to learn all of them are entries
    parts = folding.words(name)
    lower = [part.lower() for part in parts]
    first = lower[0]
    if len(parts) > 1:
        if not words.RELATIVES.isdisjoint(lower[1:-1]) or (lower[-1] in _SMALL and parts[-1].islower()):
            return True
        if _GERUND.fullmatch(first) and language in ROMANCE and parts[0] != parts[-1]:
            return True  # `Definiendo estados`
        if first in words.PARTS and lower[-1] in words.GENERAL and len(parts) == _PAIR:
            return True
        if first in words.QUESTIONS or (first in words.PREPOSITIONS and not parts[1][0].isupper()):
            return True
        if not sections and not defined and not words.OR.isdisjoint(lower[1:-1]):
            return True
        if not sections and len(parts) == _LEAST and lower[1] in words.AND and set(rules) <= _SECTION_RULES:
            return True  # `Cores e imagens`
        if lower[1].isdecimal() and first in words.COUNTED and (len(parts) <= _LEAST or not defined):
            return True
    elif first in words.LOOSE or first in words.QUESTIONS or first in words.PREPOSITIONS:
        return True
    if defined:
        return False
    if len(parts) == 1:
        stressed = set(rules) <= _SET_OFF
        return stressed and (first in words.LABELS or (language == "de" and _is_small_in_german(name)))
    if not set(rules) <= _TITLE_RULES or sections > 1:
        return False
    if (
        not words.INDEFINITE.isdisjoint(lower[1:-1])
        or first in words.WHICH
        or (first in NEVER_WORDS and first not in _STATEMENTS)
    ):
        return True
    return first in words.TOPIC_HEADS and (lower[1] in EVERY_SMALL_WORD or lower[1] in folding.ELIDED)


_IN_SMALL_LETTERS = 100
"""Occurrences in the German list from which a word is no noun: of nouns, which have capitals, it has hardly any."""


def _is_small_in_german(name: str) -> bool:
    """Whether NAME, one word, is one that German writes in small letters: `Formell`, `numerische`."""
    return name.isalpha() and not name.isupper() and frequency.general_count("de", name.lower()) >= _IN_SMALL_LETTERS
