"""Terms that nothing defines, that several places define differently, or that are never used."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from orgkb.checking.model import Finding, Notes, shown
from orgkb.concepts import folding
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.model import AliasKind, Concept, ConceptKind, Definition
from orgkb.patterns import pattern

SURE = 0.85
"""Confidence from which a definition was surely meant as one."""
DOUBTFUL = 0.5
"""Confidence below which an alias should be looked at."""
LIKELY = 0.5
"""Confidence from which a concept surely is a term."""

_GUESSED = frozenset({AliasKind.VARIANT, AliasKind.SHORT, AliasKind.TRANSLATION})
_USES = frozenset({"prose", "link", "heading"})
_WORD = pattern(r"[^\W\d_][\w-]{2,}")
_NUMBER = pattern(r"(?<![\w.])\d+(?:\.\d+)*(?![\w.])")
_CYRILLIC = pattern(r"[а-яё]", re.IGNORECASE)
_MIN_WORDS = 3
_LISTED = 4


def undefined(notes: Notes) -> Iterator[Finding]:
    """Terms that the notes mark or often use, and never define."""
    for diagnostic in notes.graph.diagnostics:
        if diagnostic.code == "empty-definition":
            yield Finding(diagnostic.location, diagnostic.message)
    uses = _uses(notes)
    told = {d.location for d in notes.graph.diagnostics if d.code == "empty-definition"}
    for concept in notes.graph.concepts:
        if (
            concept.definitions
            or concept.kind is ConceptKind.CODE
            or concept.confidence < LIKELY
            or uses[concept.id] < notes.min_mentions
            or concept.span.location() in told
        ):
            continue
        message = f"{shown(concept.name)} is used {uses[concept.id]} times, but nothing says what it is"
        yield Finding(concept.span.location(), message)


def conflicting(notes: Notes) -> Iterator[Finding]:
    """Concepts whose definitions have no word in common, or say the same with other numbers."""
    for concept in notes.graph.concepts:
        definitions = [d for d in concept.definitions if d.confidence >= SURE and len(_words(d)) >= _MIN_WORDS]
        conflict = _conflict(definitions)
        if conflict is None:
            continue
        first, other, why = conflict
        others = [d for d in definitions if d is not first and d is not other]
        message = f"{shown(concept.name)} {why}: {shown(other.text)} here, {shown(first.text)} at {_place(first)}"
        if others:
            message += f"; also at {', '.join(map(_place, others[:_LISTED]))}"
        yield Finding(other.span.location(), message)


def _conflict(definitions: list[Definition]) -> tuple[Definition, Definition, str] | None:
    """The first two of DEFINITIONS that do not go together, in the order of the notes, and why not."""
    ordered = sorted(definitions, key=lambda d: d.span)
    for index, first in enumerate(ordered):
        for other in ordered[index + 1 :]:
            mine, theirs = _words(first), _words(other)
            if bool(_CYRILLIC.search(first.text)) is not bool(_CYRILLIC.search(other.text)):
                continue  # translations have no words in common
            if not mine & theirs:
                return first, other, "is defined in different ways"
            numbers = set(_NUMBER.findall(first.text)), set(_NUMBER.findall(other.text))
            if mine == theirs and all(numbers) and numbers[0].isdisjoint(numbers[1]):
                return first, other, "is defined with different numbers"
    return None


def _words(definition: Definition) -> frozenset[str]:
    """The folded words of DEFINITION that carry meaning."""
    words = (word.casefold() for word in _WORD.findall(definition.text))
    return frozenset(filter(None, (folding.key(word) for word in words if word not in FUNCTION_WORDS)))


def unused(notes: Notes) -> Iterator[Finding]:
    """Concepts that are defined and occur nowhere else."""
    uses = _uses(notes)
    related = {end for relation in notes.graph.relations for end in (relation.source, relation.target)}
    for concept in notes.graph.concepts:
        if concept.definitions and not uses[concept.id] and concept.id not in related and _is_sure(concept):
            message = f"{shown(concept.name)} is defined, but the notes never mention it"
            yield Finding(concept.span.location(), message)


def doubtful_aliases(notes: Notes) -> Iterator[Finding]:
    """Other names of concepts that were put together on weak evidence."""
    for concept in notes.graph.concepts:
        for alias in concept.aliases:
            if alias.confidence < DOUBTFUL and alias.kind in _GUESSED and not _same(alias.surface, concept.name):
                place = (alias.span or concept.span).location()
                message = f"is {shown(alias.surface)} another name of {shown(concept.name)}? They are taken for one"
                yield Finding(place, message)


def _same(one: str, other: str) -> bool:
    """Whether two names differ only in spaces, hyphens, case or accents."""
    return _letters(one) == _letters(other)


def _letters(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())


def _is_sure(concept: Concept) -> bool:
    return concept.definition is not None and concept.definition.confidence >= SURE


def _uses(notes: Notes) -> Counter[str]:
    return Counter(mention.concept for mention in notes.graph.mentions if mention.context in _USES)


def _place(definition: Definition) -> str:
    return f"{definition.span.path}:{definition.span.line}"
