"""Concepts whose names are so near to each other that they may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from orgkb.concepts import acronyms, folding
from orgkb.concepts.model import Concept, ConceptKind

_MIN_LENGTH = 6
"""Letters of a name from which one wrong letter may be a slip."""
_MAX_LENGTH = 40
_MAX_ALIKE = 8
"""Names with a common part that are compared with each other: more have it by nature."""


def near_names(concepts: Sequence[Concept]) -> Iterator[tuple[Concept, Concept, str]]:
    """Pairs of CONCEPTS that may be one, each once, and why; linear in their number and the length of their names."""
    seen: set[tuple[str, str]] = set()
    terms = [concept for concept in concepts if concept.kind is ConceptKind.TERM]
    for find in (_acronyms, _other_order, _one_letter):
        for one, other, why in find(terms):
            if one.id == other.id or folding.key(one.name) == folding.key(other.name):
                continue
            pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
            if pair not in seen:
                seen.add(pair)
                yield one, other, why


def _acronyms(concepts: Sequence[Concept]) -> Iterator[tuple[Concept, Concept, str]]:
    by_initials: dict[str, list[Concept]] = defaultdict(list)
    for concept in concepts:
        words = folding.words(concept.name)
        if len(words) > 1:
            by_initials["".join(word[0] for word in words).lower()].append(concept)
    for concept in concepts:
        if acronyms.is_acronym(concept.name):
            for other in by_initials.get(concept.name.lower().removesuffix("s"), ())[:_MAX_ALIKE]:
                yield concept, other, "one is written like the acronym of the other"


def _other_order(concepts: Sequence[Concept]) -> Iterator[tuple[Concept, Concept, str]]:
    by_words: dict[tuple[str, ...], list[Concept]] = defaultdict(list)
    for concept in concepts:
        words = folding.folded_words(concept.name)
        if len(words) > 1:
            by_words[tuple(sorted(words))].append(concept)
    for group in by_words.values():
        for other in group[1:_MAX_ALIKE]:
            yield group[0], other, "the same words in another order"


def _one_letter(concepts: Sequence[Concept]) -> Iterator[tuple[Concept, Concept, str]]:
    by_part: dict[str, list[tuple[str, Concept]]] = defaultdict(list)
    for concept in concepts:
        key = folding.key(concept.name)
        if _MIN_LENGTH <= len(key) <= _MAX_LENGTH and key.isalpha():
            for part in {key, *(key[:at] + key[at + 1 :] for at in range(1, len(key)))}:
                by_part[part].append((key, concept))
    for group in by_part.values():
        for at, (key, concept) in enumerate(group[:_MAX_ALIKE]):
            for other_key, other in group[at + 1 : _MAX_ALIKE]:
                # Where one begins with the other they are two words: control and controller.
                if not key.startswith(other_key) and not other_key.startswith(key):
                    yield concept, other, "one letter differs"
