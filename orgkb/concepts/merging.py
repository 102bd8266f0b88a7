"""Candidates of all files → terms: one identity, name, aliases and definitions each, and the dictionary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from orgkb.concepts import names
from orgkb.concepts.candidates.model import Candidate, FileCandidates
from orgkb.concepts.dictionary import Dictionary, Entry
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_verb
from orgkb.concepts.model import Alias, AliasKind, ConceptKind, Definition

_MAX_ALIASES = 40


class Place(msgspec.Struct, frozen=True):
    """A candidate and the document it stands in."""

    path: str
    candidate: Candidate


class Term(msgspec.Struct, frozen=True):
    """All candidates that name one thing."""

    id: str
    name: str
    keys: tuple[str, ...]
    """The folded names, that of `name` first."""
    places: tuple[Place, ...]
    """In the order of the notes."""
    aliases: tuple[Alias, ...]
    definitions: tuple[Definition, ...]
    """Best first."""
    confidence: float
    explicit: bool
    kind: ConceptKind

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that found it, sorted."""
        return tuple(sorted({place.candidate.rule for place in self.places}))

    @property
    def home(self) -> Place:
        """Where it is defined, else first named on purpose, else first named."""
        best = self.definitions[0] if self.definitions else None
        return min(
            self.places,
            key=lambda p: (best is None or p.candidate.definition is not best, not p.candidate.explicit),
        )


class _Sets:
    """Disjoint sets of keys."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        while (above := self.parent.get(key, key)) != key:
            self.parent[key] = self.parent.get(above, above)
            key = above
        return key

    def join(self, key: str, other: str) -> None:
        first, second = sorted((self.root(key), self.root(other)))
        if first != second:
            self.parent[second] = first


def merge(files: Iterable[FileCandidates]) -> tuple[Term, ...]:
    """The terms of all FILES, by first occurrence; the order of the files does not matter."""
    places = [
        Place(file.path, candidate)
        for file in sorted(files, key=lambda f: f.path)
        for candidate in file.candidates
        if names.key(candidate.name)
    ]
    by_key: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_key[names.key(place.candidate.name)].append(place)
    sets, refused = _join_aliases(places, by_key)
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        groups[sets.root(names.key(place.candidate.name))].append(place)
    taken: dict[str, str] = {}
    drafts = [_draft(group, refused) for group in groups.values()]
    ids = _ids(drafts, taken)
    return tuple(msgspec.structs.replace(draft, id=identity) for draft, identity in zip(drafts, ids, strict=True))


def _join_aliases(places: Sequence[Place], by_key: dict[str, list[Place]]) -> tuple[_Sets, set[tuple[str, str]]]:
    """The sets of keys that name one thing, and the (key, alias key) pairs that must stay apart."""
    pairs: dict[tuple[str, str], tuple[float, AliasKind]] = {}
    for place in places:
        own = names.key(place.candidate.name)
        for alias in place.candidate.aliases:
            other = names.key(alias.surface)
            if other and other != own and pairs.get((own, other), (0.0,))[0] < alias.confidence:
                pairs[own, other] = (alias.confidence, alias.kind)
    marked = {
        key for key, group in by_key.items() if any(p.candidate.explicit and p.candidate.definition for p in group)
    }
    sets = _Sets()
    refused: set[tuple[str, str]] = set()
    expansion: dict[str, str] = {}
    for (own, other), (_, kind) in sorted(pairs.items(), key=lambda item: -item[1][0]):
        if kind in {AliasKind.ACRONYM, AliasKind.EXPANSION}:
            # One acronym may have several expansions: the surest keeps it.
            short, long = (other, own) if kind is AliasKind.ACRONYM else (own, other)
            if sets.root(expansion.setdefault(short, long)) != sets.root(long):
                refused.add((own, other))
                continue
        elif kind is AliasKind.VARIANT and own in marked and other in marked:
            refused.add((own, other))
            continue
        sets.join(own, other)
    return sets, refused


def _draft(group: list[Place], refused: set[tuple[str, str]]) -> Term:
    name = _display_name(group)
    own = names.key(name)
    by_rule: dict[str, float] = {}
    for place in group:
        rule = place.candidate.rule
        by_rule[rule] = max(by_rule.get(rule, 0.0), place.candidate.confidence)
    doubt = 1.0
    for confidence in by_rule.values():
        doubt *= 1 - confidence
    aliases = _aliases(name, group, refused)
    keys = dict.fromkeys([own, *(names.key(alias.surface) for alias in aliases)])
    return Term(
        id="",
        name=name,
        keys=tuple(key for key in keys if key),
        places=tuple(group),
        aliases=aliases,
        definitions=_definitions(group),
        confidence=round(1 - doubt, 4),
        explicit=any(place.candidate.explicit for place in group),
        kind=ConceptKind.CODE if all(place.candidate.kind is ConceptKind.CODE for place in group) else ConceptKind.TERM,
    )


def _display_name(group: list[Place]) -> str:
    """The surface with the most explicit evidence; words before acronyms, then the first."""
    score: dict[str, float] = {}
    count: dict[str, int] = defaultdict(int)
    for place in group:
        surface = place.candidate.name
        score[surface] = max(score.get(surface, 0.0), place.candidate.confidence)
        count[surface] += 1
    return max(
        score,
        key=lambda s: score[s] + 0.01 * min(count[s], 4) - (0.1 if names.is_acronym(s) else 0.0),
    )


def _aliases(name: str, group: list[Place], refused: set[tuple[str, str]]) -> tuple[Alias, ...]:
    """Every other surface once, names before parentheses; those that differ in case only are one."""
    own = names.key(name)
    found: dict[str, Alias] = {}
    for place in group:
        candidate = place.candidate
        surface = candidate.name
        if names.key(surface) == own:
            kind = AliasKind.PLURAL if _is_plural(surface, name) else AliasKind.VARIANT
        elif names.abbreviates(surface, name):
            kind = AliasKind.ACRONYM
        elif names.abbreviates(name, surface):
            kind = AliasKind.EXPANSION
        else:
            kind = AliasKind.VARIANT
        alias = Alias(surface, kind, candidate.rule, candidate.confidence)
        for each in (alias, *candidate.aliases):
            if (names.key(candidate.name), names.key(each.surface)) in refused:
                continue
            found.setdefault(each.surface.casefold(), each)
    found.pop(name.casefold(), None)
    return tuple(found.values())[:_MAX_ALIASES]


def _is_plural(surface: str, name: str) -> bool:
    one, other = surface.lower(), name.lower()
    return (
        one != other and (one.startswith(other[:-1]) or other.startswith(one[:-1])) and abs(len(one) - len(other)) < 4
    )


def _definitions(group: list[Place]) -> tuple[Definition, ...]:
    """The definitions, best first, each text once."""
    found: dict[str, Definition] = {}
    for place in group:
        definition = place.candidate.definition
        if definition is None:
            continue
        text = definition.text.casefold()
        if text not in found or found[text].confidence < definition.confidence:
            found[text] = definition
    return tuple(sorted(found.values(), key=lambda d: -_quality(d)))


def _quality(definition: Definition) -> float:
    count = len(definition.text.split())
    quality = definition.confidence
    if count < 3:
        quality -= 0.2
    elif count > 4:
        quality += 0.03
    if definition.text.endswith((":", "?")) and not definition.elements:
        quality -= 0.15
    return quality


def _ids(drafts: list[Term], taken: dict[str, str]) -> list[str]:
    """A unique id per draft: that of its node, else the slug of its name, else that with its key."""
    ids = []
    for draft in drafts:
        node = next((p.candidate.node_id for p in draft.places if p.candidate.node_id), None)
        base = names.slug(node or "") if node else names.slug(draft.name)
        identity = base = base or "concept"
        # Two names with one slug differ in their key, which does not depend on the order of the notes.
        if identity in taken:
            identity = f"{base}-{names.slug(draft.keys[0])}"
        number = 2
        while identity in taken:
            identity = f"{base}-{number}"
            number += 1
        taken[identity] = draft.name
        ids.append(identity)
    return ids


# --- dictionary ---


def dictionary_of(terms: Sequence[Term]) -> Dictionary:
    """What to look for in prose; of two terms with one surface the surer one gets it."""
    sure: dict[str, Entry] = {}
    found: dict[str, Entry] = {}
    owner: dict[str, str] = {}
    marked = {key for term in terms if term.explicit for key in term.keys}
    known = {key for term in terms for key in term.keys}
    order = sorted(range(len(terms)), key=lambda i: (-terms[i].confidence, i))
    for index in order:
        term = terms[index]
        surfaces: dict[str, list[str]] = defaultdict(list)
        for surface in (term.name, *(alias.surface for alias in term.aliases)):
            surfaces[names.key(surface)].append(surface)
        for key, spelt in surfaces.items():
            if not key or key in owner:
                continue
            owner[key] = term.id
            entry = None if not term.explicit and _is_compound(spelt, marked, known) else _entry(term, key, spelt)
            if entry is not None:
                (sure if term.explicit or term.definitions else found)[key] = entry
    return Dictionary.of(sure, found, owner)


def _is_compound(surfaces: Sequence[str], marked: set[str], known: set[str]) -> bool:
    """Whether a name that nobody marked only joins a term and a marked term: `Job controller`, `Kubernetes Service`.

    Then prose that has it names the two.
    """
    for surface in surfaces:
        parts = names.words(surface)
        if any(
            names.key(" ".join(parts[:cut])) in known and names.key(" ".join(parts[cut:])) in marked
            for cut in range(1, len(parts))
        ):
            return True
    return False


_STATES = frozenset({"ready", "unknown", "active", "idle", "never", "always", "new", "open", "false", "true"})


def _entry(term: Term, key: str, surfaces: list[str]) -> Entry | None:
    """How KEY is to be linked; None for names that prose uses in another sense."""
    exact: frozenset[str] | None = None
    if len(key) < 2 or (len(key) == 2 and all(s.islower() for s in surfaces)):
        return None
    one_word = all(len(names.words(surface)) == 1 for surface in surfaces)
    if one_word:
        lower = surfaces[0].lower()
        if lower in FUNCTION_WORDS or lower in _STATES or is_verb(lower) or lower.endswith(("ing", "ed")):
            if lower in FUNCTION_WORDS:
                capitals = frozenset(surface for surface in surfaces if not surface.islower())
                return Entry(term.id, term.confidence, capitals) if capitals else None
            # State names such as Running: in small letters they are ordinary words.
            if not any(surface.islower() for surface in surfaces):
                exact = frozenset(surfaces)
        # An acronym in small letters is another word: IT, ADD, TYPE.
        elif all(surface.removesuffix("s").isupper() for surface in surfaces):
            exact = frozenset(surfaces)
    return Entry(term.id, term.confidence, exact)
