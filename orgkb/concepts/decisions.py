"""The writer's settings in the terms of the merge: folded names, pairs that are one or apart, senses by scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

import msgspec

from orgkb.concepts import folding
from orgkb.concepts.candidates import RULES as CANDIDATE_RULES
from orgkb.concepts.dictionary import Scope
from orgkb.concepts.relations import RULES as RELATION_RULES
from orgkb.concepts.settings import ConceptSettings
from orgkb.errors import ConfigError
from orgkb.patterns import pattern

_PLACE = pattern(r"(?P<file>[^:]+\.org)(?:::(?P<heading>.+))?", re.IGNORECASE)


class Sense(msgspec.Struct, frozen=True):
    """One of several meanings of a name, as the settings tell it."""

    label: str
    scopes: frozenset[Scope]
    """Where it holds; a scope with top headline -1 is the text before the first."""


class Decisions(msgspec.Struct, frozen=True):
    """What the settings say about names, folded as names are."""

    never: frozenset[str]
    always: Mapping[str, str]
    """Folded name → as the settings write it."""
    pairs: tuple[tuple[str, str], ...]
    """(name, other name) of each alias, in the order of the file."""
    apart: frozenset[tuple[str, str]]
    """Pairs of folded names that are two things, in both orders."""
    one_sense: frozenset[str]
    senses: Mapping[str, tuple[Sense, ...]]


def decisions(settings: ConceptSettings, corrections: Mapping[str, str], scopes: Mapping[Scope, str]) -> Decisions:
    """SETTINGS with names folded as CORRECTIONS say; SCOPES gives the title of each top headline of the notes."""

    def key(name: str) -> str:
        return folding.key(name, corrections)

    return Decisions(
        never=frozenset(map(key, settings.never)),
        always={key(name): name for name in settings.always},
        pairs=tuple(alias_pairs(settings)),
        apart=frozenset(apart(settings, corrections)),
        one_sense=frozenset(map(key, settings.one_sense)),
        senses={
            key(name): tuple(
                Sense(label, frozenset(scope for place in places for scope in scopes_of(place, scopes)))
                for label, places in senses.items()
            )
            for name, senses in settings.senses.items()
            if len(senses) > 1
        },
    )


def alias_pairs(settings: ConceptSettings) -> Iterator[tuple[str, str]]:
    """(name, other name) of each alias; one that two concepts claim belongs to the first."""
    owner: dict[str, str] = {}
    for name, others in settings.aliases.items():
        for other in others:
            if owner.setdefault(folding.key(other), folding.key(name)) == folding.key(name):
                yield name, other


def apart(settings: ConceptSettings, corrections: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pairs of folded names that SETTINGS keep apart, in both orders."""
    for name, others in settings.apart.items():
        for other in others:
            pair = folding.key(name, corrections), folding.key(other, corrections)
            if pair[0] != pair[1]:
                yield pair
                yield pair[1], pair[0]


def spelt_on_purpose(settings: ConceptSettings) -> frozenset[str]:
    """Folded words that no correction may change: those in which names that SETTINGS keep apart differ."""
    found: set[str] = set()
    for name, others in settings.apart.items():
        for other in others:
            found |= set(folding.folded_words(name)) ^ set(folding.folded_words(other))
    return frozenset(found)


def scopes_of(place: str, scopes: Mapping[Scope, str]) -> Iterator[Scope]:
    """The scopes that PLACE names: `a.org`, `a.org::Heading` or a top heading in any file."""
    match = _PLACE.fullmatch(place.strip())
    file, heading = (match["file"], match["heading"]) if match else (None, place)
    wanted = _folded(heading) if heading else None
    for scope, title in scopes.items():
        if (file is None or scope[0] == file) and (wanted is None or (scope[1] >= 0 and _folded(title) == wanted)):
            yield scope


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def refuse_contradictions(settings: ConceptSettings) -> None:
    """Raise ConfigError where SETTINGS name a rule that does not exist, or say one thing and its opposite."""
    known = sorted({rule.name for rule in CANDIDATE_RULES} | {rule.name for rule in RELATION_RULES})
    for name in settings.rules:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise ConfigError(f"[concepts.rules] unknown rule {name!r}{hint}; known: {', '.join(known)}")
    never, one = {folding.key(name) for name in settings.never}, {folding.key(name) for name in settings.one_sense}
    for name in settings.always:
        if folding.key(name) in never:
            raise ConfigError(f"[concepts] {name!r} stands in always and in never: take it out of one")
    for name in settings.senses:
        if folding.key(name) in one:
            raise ConfigError(f"[concepts] {name!r} stands in one_sense and has senses: take out one")
    for name, other in alias_pairs(settings):
        if folding.key(name) in never:
            raise ConfigError(f"[concepts.aliases] {name!r} stands in never, too: take it out of one")
        if other.strip() == "" or name.strip() == "":
            raise ConfigError(f"[concepts.aliases] {name!r} has an empty name: take it out")
    together = _Together(alias_pairs(settings))
    for one_name, others in settings.apart.items():
        for other in others:
            if folding.key(one_name) != folding.key(other) and together.holds(one_name, other):
                raise ConfigError(
                    f"[concepts] {other!r} is another name of {one_name!r} by aliases and another thing by apart: "
                    "take it out of one"
                )
    added = {_folded_relation(relation) for relation in settings.relations.add}
    for relation in settings.relations.remove:
        if _folded_relation(relation) in added:
            shown = " – ".join(relation)
            raise ConfigError(f"[concepts.relations] {shown!r} is added and removed: take it out of one")


def _folded_relation(relation: tuple[str, str, str]) -> tuple[str, str, str]:
    source, label, target = relation
    return folding.key(source), _folded(label), folding.key(target)


class _Together:
    """Names that aliases make one."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._parent: dict[str, str] = {}
        for name, other in pairs:
            self._parent[self._root(folding.key(other))] = self._root(folding.key(name))

    def _root(self, key: str) -> str:
        while (above := self._parent.get(key, key)) != key:
            self._parent[key] = self._parent.get(above, above)
            key = above
        return key

    def holds(self, name: str, other: str) -> bool:
        return self._root(folding.key(name)) == self._root(folding.key(other))
