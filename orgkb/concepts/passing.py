"""Names that notes mention without being about them: companies, people, places, and everyday words with a capital."""

from __future__ import annotations

from functools import cache, lru_cache

from orgkb.concepts import folding, frequency, spelling, synonyms
from orgkb.concepts.lexicon import ABSTRACT_WORDS, GENERIC_WORDS, SECTION_WORDS, TOPIC_HEADS
from orgkb.concepts.lexicon.tables import known_names, listed, proper_names

_MANY_SECTIONS = 3
"""Sections that use the name of a company from which the notes are about it."""


def is_passing(name: str, sections: int) -> bool:
    """Whether NAME, which nothing defines and nobody marked, is that of a company, a person or a place.

    SECTIONS are those that use it apart from where the rules found it.
    """
    if name in listed("organisations"):
        return sections < _MANY_SECTIONS
    return is_person(name) or is_place(name)


def is_person(name: str) -> bool:
    """Whether NAME is a given name, alone or before one or two family names: `Paul`, `Seymour Papert`."""
    first, *family = name.split()
    if first not in listed("people") or name in known_names():
        return False
    return len(family) <= _MAX_FAMILY and all(
        part.isalpha() and part.istitle() and frequency.english_count(part.lower()) < _EVERYDAY for part in family
    )


_MAX_FAMILY = 2


@cache
def _places() -> frozenset[str]:
    return frozenset(place.lower() for place in listed("places"))


def is_place(name: str) -> bool:
    """Whether NAME is a country, a city or the like: `Russia`."""
    return name.lower() in _places()


@lru_cache(maxsize=50_000)
def is_capitalised_word(name: str) -> bool:
    """Whether NAME is a word of English that only its capital makes look like a name: `Copper`, not `Spark`."""
    if not (name.isascii() and name.isalpha() and name.istitle()):
        return False
    if name in listed("products") or name in known_names() or name in proper_names():
        return False
    lower = name.lower()
    if synonyms.has(folding.key(name)):
        return False
    return max(frequency.english_count(lower), frequency.english_count(folding.fold_word(lower))) > 0


def is_of_somebody(name: str) -> bool:
    """Whether NAME is one word that only says whose something is: `Fregean`."""
    return name.isalpha() and name.istitle() and name.endswith(("ean", "ian")) and not spelling.is_known(name.lower())


@lru_cache(maxsize=50_000)
def is_general(name: str, sections: int) -> bool:
    """Whether NAME is what notes on anything speak of, and SECTIONS that use it are too few to make it their subject."""
    lower = name.lower()
    return sections < _MANY_GENERAL and (lower in _GENERAL or folding.singular(lower) in _GENERAL)


_MANY_GENERAL = 2
_GENERAL = frozenset(
    {
        "source code",
        "open source",
        "open-source",
        "programming language",
        "operating system",
        "command line",
        "command-line",
        "command line interface",
        "command-line interface",
        "configuration file",
        "local network",
        "hard disk",
        "web application",
        "web page",
        "web browser",
        "file system",
        "file-system",
        "user interface",
        "data type",
        "web site",
    }
)


def is_generic_title(name: str) -> bool:
    """Whether NAME is of several words with capitals of which the last says what anything may be: `Library Support`."""
    *first, last = words = name.split()
    if not first or not {last.lower(), folding.fold_word(last)} & _HEADS:
        return False
    return all(_is_english(part) for word in words for part in folding.words(word))


def _is_english(word: str) -> bool:
    """Whether WORD is one of English, and no product, acronym or the like."""
    if not word.isalpha() or not (word.istitle() or word.islower()) or word in listed("products"):
        return False
    return frequency.english_count(word.lower()) >= _WELL_KNOWN


_WELL_KNOWN = 100
_HEADS = GENERIC_WORDS | SECTION_WORDS | TOPIC_HEADS | ABSTRACT_WORDS | {"support", "professional", "utility"}
_EVERYDAY = 10_000
