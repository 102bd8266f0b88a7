"""Other names of a thing that everybody knows: translations and acronyms of the shipped tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

import msgspec

from orgkb.concepts import folding
from orgkb.concepts.lexicon import morphology, tables
from orgkb.concepts.model import AliasKind
from orgkb.once import once
from orgkb.patterns import reaches

RULE = "lexicon"
CONFIDENCE = 0.8


class Synonym(msgspec.Struct, frozen=True, array_like=True):
    """Another name of a key."""

    key: str
    surface: str
    kind: AliasKind


_Table = dict[str, list[Synonym]]


def _add(found: _Table, one: str, other: str, kind: AliasKind, back: AliasKind) -> None:
    first, second = folding.key(one), folding.key(other)
    if first != second:
        found.setdefault(first, []).append(Synonym(second, other, kind))
        found.setdefault(second, []).append(Synonym(first, one, back))


def _remembered(what: str, make: Callable[[], _Table]) -> _Table:
    """The table WHAT that MAKE gives: folding thousands of names takes longer than reading them folded."""
    data = once(what, b"synonyms", lambda: msgspec.msgpack.encode(make()))
    return msgspec.msgpack.decode(data, type=_Table)


@cache
def _acronyms() -> _Table:
    return _remembered("acronyms", _made_acronyms)


def _made_acronyms() -> _Table:
    found: _Table = {}
    for short, long in tables.rows("acronyms"):
        _add(found, long, short, AliasKind.ACRONYM, AliasKind.EXPANSION)
    return found


@cache
def _translations() -> _Table:
    return _remembered("translations", _made_translations)


def _made_translations() -> _Table:
    found: _Table = {}
    for english, russian in tables.translations():
        for name in russian:
            _add(found, english, name, AliasKind.TRANSLATION, AliasKind.TRANSLATION)
        for name in russian[1:]:
            _add(found, russian[0], name, AliasKind.VARIANT, AliasKind.VARIANT)
    return found


def acronyms_of(key: str) -> tuple[Synonym, ...]:
    """Well-known acronyms of the folded name KEY, or what it is short for."""
    return tuple(_acronyms().get(key, ()))


def of(key: str, *, russian: bool) -> tuple[Synonym, ...]:
    """All other names of the folded name KEY; translations only for notes that hold RUSSIAN."""
    return (*acronyms_of(key), *translations_of(key)) if russian else acronyms_of(key)


def has(key: str) -> bool:
    """Whether `of`, with Russian, knows other names of the folded name KEY.

    Asked of names in English by most notes, which then need no Russian dictionary: it takes longer to load than to
    read a short note.
    """
    return key in _acronyms() or has_translation(key)


def has_translation(key: str) -> bool:
    """Whether there are `translations_of` the folded name KEY."""
    return bool(translations_of(key)) if reaches(key, morphology.CYRILLIC) else key in _english()


@cache
def _english() -> frozenset[str]:
    """The folded English terms that have a Russian name: no Russian name folds to Latin letters."""
    return frozenset(folding.key(english) for english, _ in tables.translations())


@lru_cache(maxsize=100_000)
def translations_of(key: str) -> tuple[Synonym, ...]:
    """The names of the folded name KEY in the other language, and other names in its own."""
    return tuple(_translations().get(key, ()))


def translated(word: str) -> str:
    """The English key of the folded word WORD where the tables have one, else WORD."""
    if not reaches(word, morphology.CYRILLIC):
        return word
    return next((s.key for s in translations_of(word) if s.kind is AliasKind.TRANSLATION and s.surface.isascii()), word)
