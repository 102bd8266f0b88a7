"""Titles that tell what their section is about and name nothing: `API types`, `Value of Privacy`, `Виды памяти`."""

from __future__ import annotations

from functools import lru_cache

from orgkb.concepts import folding, passing
from orgkb.concepts.lexicon import (
    PREPOSITIONS,
    SECTION_WORDS,
    TOPIC_HEADS,
    european,
    is_bare_verb,
    morphology,
)
from orgkb.concepts.lexicon.words import word_set


def is_label(name: str) -> bool:
    """Whether the title NAME is of words that notes call their parts, whatever tables have it: `Data Types`."""
    lower = [word.lower() for word in folding.words(name)]
    return len(lower) > 1 and all(word in SECTION_WORDS for word in lower)


_WHOLE = frozenset({"complete", "full", "brief", "short", "formal", "detailed", "quick", "whole"})
"""`Complete Syntax of Lua`"""
_OF = frozenset({"of", "as"})
_OF_HEADS = frozenset(
    [
        "value",
        "role",
        "meaning",
        "nature",
        "purpose",
        "benefits",
        "advantages",
        "disadvantages",
        "drawbacks",
        "criticism",
        "criticisms",
        "limits",
        "use",
        "uses",
        "overview",
        "summary",
        "basics",
        "beginning",
        "beginnings",
        "end",
        "origin",
        "origins",
        "causes",
        "effects",
        "consequences",
        "structure",
        "syntax",
        "grammar",
        "applications",
        "classification",
        "comparison",
        "examples",
        "implementation",
        "kinds",
        "properties",
        "taxonomy",
        "types",
    ]
)
"""What a title tells of the thing after `of`: `Value of Privacy`."""


@lru_cache(maxsize=50_000)
def is_topic(name: str) -> bool:
    """Whether the title NAME, of several words, tells what its section is about: `Attention in CNN`, `API types`."""
    lower = [word.lower() for word in folding.words(name)]
    if european.is_topic([word.lower() for word in name.split()]):
        return True
    if not name.isascii():
        return is_of_a_country(name) or (
            len(lower) > 1 and _is_genitive(lower[1]) and morphology.lemma(lower[0]) in _RUSSIAN_HEADS
        )
    if lower[0] in _LEADING or lower[0] in _DOING or is_of_a_country(name):
        return True
    if PREPOSITIONS.intersection(lower[1:]) - _OF:
        return True
    if len(lower) > 2 and lower[1] == "of" and lower[0] in _OF_HEADS:
        return True
    if len(lower) > 3 and lower[2] == "of" and lower[0] in _WHOLE and lower[1] in _OF_HEADS:
        return True
    heads = [word for word in (lower[-1], folding.fold_word(lower[-1])) if word in TOPIC_HEADS]
    if heads or (len(lower) > 2 and lower[1] == "of" and folding.fold_word(lower[0]) in TOPIC_HEADS):
        return True
    # `Modules import export`, `LLMs stored knowledge`
    return any(is_bare_verb(word) for word in lower[:-1])


def is_of_a_country(name: str) -> bool:
    """Whether NAME is two words of which one is a country or city and the other an everyday one: `economic China`."""
    first, _, last = name.partition(" ")
    if not last or " " in last:
        return False
    return (first.islower() and last[:1].isupper() and passing.is_place(last)) or (
        last.islower() and first[:1].isupper() and passing.is_place(first)
    )


_LEADING = frozenset({"basic", "common", "custom", "general", "typical", "various"})
"""What a title begins with that speaks of things, and names none: `Common pitfalls`."""
_DOING = word_set(
    """
    using implementing creating writing understanding installing configuring defining adding solving getting making proving
    finding choosing comparing introducing
    """
)
"""What a title begins with that tells what is done, where other words in -ing tell of what kind a thing is: `Routing table`."""


def is_done(name: str) -> bool:
    """Whether NAME tells what is done with a thing: `Implementing Substitution`."""
    first, _, rest = name.lower().partition(" ")
    return bool(rest) and first in _DOING


_RUSSIAN_HEADS = word_set(
    """
    этап развитие вид тип пример история особенность преимущество недостаток способ роль цель задача основа применение
    использование установка настройка сравнение обзор введение порядок смысл причина последствие значение достоинство
    """
)
"""What a Russian title tells of the thing after it: `Виды памяти`."""


def _is_genitive(word: str) -> bool:
    """Whether WORD may stand in the genitive, or is no Russian word: `Этапы SDL`."""
    return word.isascii() or any(form.case == "gent" for form in morphology.forms(word))


def is_account(name: str) -> bool:
    """Whether the title NAME announces what is told of a thing, wherever else that stands: `History of Logic`."""
    first, _, rest = name.lower().partition(" ")
    return (first == "custom" and name.islower()) or (first in _ACCOUNTS and rest.startswith(("of ", "to ")))


_ACCOUNTS = frozenset({"history", "introduction", "overview", "origin", "origins", "summary", "basics"})
