"""Which names are one: aliases that the notes give, that everybody knows, and that the settings give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from orgkb.concepts import folding, roots, synonyms
from orgkb.concepts.decisions import Decisions
from orgkb.concepts.model import AliasKind
from orgkb.concepts.term import Place


class Sets:
    """Disjoint sets of keys."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        """Sets that never hold both keys of a pair of APART, which has each pair in both orders."""
        self.parent: dict[str, str] = {}
        self._foes: dict[str, set[str]] = defaultdict(set)
        for key, other in apart:
            self._foes[key].add(other)

    def root(self, key: str) -> str:
        """The key that stands for the set of KEY."""
        while (above := self.parent.get(key, key)) != key:
            self.parent[key] = self.parent.get(above, above)
            key = above
        return key

    def join(self, key: str, other: str) -> bool:
        """Make the sets of KEY and OTHER one; False where they must stay apart."""
        first, second = sorted((self.root(key), self.root(other)))
        if first == second:
            return True
        foes, others = self._foes.get(first, set()), self._foes.get(second, set())
        if second in foes:
            return False
        for foe in others:  # they know the second set by its root
            self._foes[foe].discard(second)
            self._foes[foe].add(first)
        if others:
            self._foes[first] = foes | others
        self.parent[second] = first
        return True


def join_aliases(
    places: Sequence[Place],
    by_key: dict[str, list[Place]],
    corrections: Mapping[str, str],
    told: Decisions,
    *,
    russian: bool,
) -> tuple[Sets, set[tuple[str, str]]]:
    """The sets of keys that name one thing, and the (key, alias key) pairs that must stay apart."""
    pairs: dict[tuple[str, str], tuple[float, AliasKind]] = {}
    for place in places:
        for alias in place.candidate.aliases:
            other = folding.key(alias.surface, corrections)
            if other and other != place.key and pairs.get((place.key, other), (0.0,))[0] < alias.confidence:
                pairs[place.key, other] = (alias.confidence, alias.kind)
    # What everybody knows joins names that the notes have both.
    for key in by_key:
        for synonym in synonyms.of(key, russian=russian):
            if synonym.key in by_key and (synonym.key, key) not in pairs:
                pairs.setdefault((key, synonym.key), (synonyms.CONFIDENCE, synonym.kind))
    for pair in _glossed(places, by_key):
        pairs.setdefault(pair, (synonyms.CONFIDENCE, AliasKind.TRANSLATION))
    for pair in roots.longer_names(by_key):
        pairs.setdefault(pair, (roots.CONFIDENCE, AliasKind.VARIANT))
    for name, other in told.pairs:
        pair = folding.key(name, corrections), folding.key(other, corrections)
        pairs[pair] = _BY_WRITER
    marked = {
        key for key, group in by_key.items() if any(p.candidate.explicit and p.candidate.definition for p in group)
    }
    sets = Sets(told.apart)
    refused: set[tuple[str, str]] = set(told.apart)
    expansion: dict[str, str] = {}
    for (own, other), (trust, kind) in sorted(pairs.items(), key=lambda item: -item[1][0]):
        if (own, other) in refused:
            continue
        if kind in {AliasKind.ACRONYM, AliasKind.EXPANSION}:
            # One acronym may have several expansions: the surest keeps it.
            short, long = (other, own) if kind is AliasKind.ACRONYM else (own, other)
            if sets.root(expansion.setdefault(short, long)) != sets.root(long):
                refused.add((own, other))
                continue
        elif (kind is AliasKind.VARIANT and own in marked and other in marked) or (
            kind is AliasKind.SHORT and trust < _ACRONYM and _is_own_thing(by_key.get(other, ()))
        ):
            refused.add((own, other))
            continue
        if not sets.join(own, other):
            refused |= {(own, other), (other, own)}
    return sets, refused


def _glossed(places: Iterable[Place], by_key: Mapping[str, list[Place]]) -> Iterator[tuple[str, str]]:
    """(key of a concept, key of the name that comments of code give it); a name that may be of two is of none."""
    for key in dict.fromkeys(place.key for place in places if place.candidate.rule == _COMMENT):
        owners = [synonym.key for synonym in synonyms.translations_of(key) if synonym.key in by_key]
        if len(owners) == 1 and key not in by_key:
            yield owners[0], key


def _is_own_thing(places: Sequence[Place]) -> bool:
    """Whether the notes define or head a section with a name: Docker is no short name of the Docker Engine."""
    return any(place.candidate.definition is not None or place.candidate.rule == "heading" for place in places)


_ACRONYM = 0.6
"""How sure a last word that is an acronym is of being a short name; other short names are less sure."""


_COMMENT = "comment"
_BY_WRITER = (2.0, AliasKind.USER)
"""Before all that the rules find."""
