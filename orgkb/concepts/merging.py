"""Candidates of all files → terms: one identity, name, aliases and definitions each, senses apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from orgkb.concepts import names, roots, synonyms
from orgkb.concepts.candidates.model import Candidate, FileCandidates
from orgkb.concepts.decisions import Decisions, Sense, decisions, spelt_on_purpose
from orgkb.concepts.dictionary import Scope
from orgkb.concepts.model import Alias, AliasKind, ConceptKind, Definition
from orgkb.concepts.senses import split
from orgkb.concepts.settings import RULE as CONFIG
from orgkb.concepts.settings import ConceptSettings
from orgkb.concepts.spelling import corrections as corrections_of

_MAX_ALIASES = 40
DEFAULTS = ConceptSettings()


class Place(msgspec.Struct, frozen=True):
    """A candidate and the document it stands in."""

    path: str
    candidate: Candidate
    scope: Scope
    key: str
    """The folded name, misspellings corrected."""
    root: bool = False
    """Whether it is the title of a top headline or of the file."""


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
    homonym: str = ""
    """The folded name that it shares with other senses; empty where the name has one sense."""
    sense: str = ""
    """What tells it from its homonyms: the title of its top heading, else its file."""
    scopes: tuple[Scope, ...] = ()
    """Where a homonym has this sense."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that found it, sorted."""
        return tuple(sorted({place.candidate.rule for place in self.places if not place.candidate.supports}))

    @property
    def home(self) -> Place:
        """Where it is defined, else first named on purpose, else first named."""
        best = self.definitions[0] if self.definitions else None
        return min(
            self.places,
            key=lambda p: (
                best is None or p.candidate.definition is not best,
                p.candidate.supports,
                not p.candidate.explicit,
            ),
        )


class _Sets:
    """Disjoint sets of keys."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        """Sets that never hold both keys of a pair of APART, which has each pair in both orders."""
        self.parent: dict[str, str] = {}
        self._foes: dict[str, set[str]] = defaultdict(set)
        for key, other in apart:
            self._foes[key].add(other)

    def root(self, key: str) -> str:
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


class Merged(msgspec.Struct, frozen=True):
    """What the first round found, of all files."""

    terms: tuple[Term, ...]
    """By first occurrence."""
    corrections: dict[str, str]
    """Misspelt folded word → the right one."""
    russian: bool
    """Whether the notes hold Russian."""
    bilingual: bool = False
    """Whether names have translations."""
    apart: frozenset[tuple[str, str]] = frozenset()
    """Pairs of folded names that the writer keeps apart, in both orders."""


def merge(
    files: Iterable[FileCandidates],
    settings: ConceptSettings = DEFAULTS,
    scopes: Mapping[Scope, str] | None = None,
) -> Merged:
    """The terms of all FILES, as SETTINGS correct them; the order of the files does not matter.

    SCOPES gives the title of each top headline, which settings may name.
    """
    files = sorted(files, key=lambda f: f.path)
    off = {rule for rule, on in settings.rules.items() if not on}
    on_purpose = spelt_on_purpose(settings)
    corrections = {word: right for word, right in _corrections(files).items() if word not in on_purpose}
    told_by_writer = decisions(settings, corrections, scopes or {})
    never = told_by_writer.never
    russian = "ru" in settings.languages and any(file.russian for file in files)
    bilingual = russian and "en" in settings.languages
    places = [
        Place(file.path, candidate, file.scope(candidate), key, file.is_root(candidate))
        for file in files
        for candidate in file.candidates
        if candidate.rule not in off and (key := names.key(candidate.name, corrections)) and key not in never
    ]
    by_key: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.candidate.supports:
            continue
        by_key[place.key].append(place)
    sets, refused = _join_aliases(places, by_key, corrections, told_by_writer, russian=bilingual)
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        groups[sets.root(place.key)].append(place)
    groups = {root: group for root, group in groups.items() if not all(place.candidate.supports for place in group)}
    whole = {sets.root(key) for key in told_by_writer.one_sense}
    by_hand = {sets.root(key): senses for key, senses in told_by_writer.senses.items()}
    kept = {sets.root(key) for key in told_by_writer.always}
    told: dict[str, list[str]] = defaultdict(list)
    for name, alias in told_by_writer.pairs:
        told[sets.root(names.key(name, corrections))] += [name, alias]
    common = _common_words(files)
    drafts: list[Term] = []
    for root, group in groups.items():
        senses = by_hand.get(root)
        for members, sense in _senses_of(group, senses, common, whole=root in whole):
            draft = _draft([group[index] for index in members], refused, corrections, russian=bilingual)
            draft = _with_told(draft, told.get(root, ()), corrections)
            if root in kept:
                draft = msgspec.structs.replace(draft, confidence=1.0, explicit=True)
            drafts.append(draft if sense is None else _as_sense(draft, root, sense))
    drafts.sort(key=lambda draft: (draft.places[0].path, draft.places[0].candidate.begin))
    ids = _ids(drafts, {})
    return Merged(
        tuple(msgspec.structs.replace(draft, id=identity) for draft, identity in zip(drafts, ids, strict=True)),
        corrections,
        russian,
        bilingual,
        told_by_writer.apart,
    )


_FOUND = Sense("", frozenset())
"""A sense that the rules found."""


def _senses_of(
    group: Sequence[Place], by_hand: Sequence[Sense] | None, common: Collection[str], *, whole: bool
) -> Iterator[tuple[list[int], Sense | None]]:
    """The indexes of the places of GROUP by sense, with the sense; None where there is only one."""
    if by_hand:
        found: dict[int, list[int]] = {}
        for index, place in enumerate(group):
            exact = (at for at, sense in enumerate(by_hand) if place.scope in sense.scopes)
            same_file = (at for at, sense in enumerate(by_hand) if any(s[0] == place.path for s in sense.scopes))
            found.setdefault(next(exact, next(same_file, 0)), []).append(index)
        for at in sorted(found):
            yield found[at], by_hand[at]
        return
    parts = [list(range(len(group)))] if whole else split([(place.scope, place.candidate) for place in group], common)
    parts = _with_statements(parts, group)
    for members in parts:
        yield members, _FOUND if len(parts) > 1 else None


def _as_sense(draft: Term, root: str, sense: Sense) -> Term:
    """DRAFT as one of several senses of a name."""
    if sense.label:
        return msgspec.structs.replace(draft, homonym=root, sense=sense.label, scopes=tuple(sorted(sense.scopes)))
    return _sense(draft, root)


_COMMON_SHARE = 0.004
_COMMON_COUNT = 30


def _common_words(files: Iterable[FileCandidates]) -> frozenset[str]:
    """The longer words that stand everywhere in the notes and tell nothing apart."""
    counts: Counter[str] = Counter()
    for file in files:
        counts.update(file.word_counts())
    least = max(_COMMON_COUNT, _COMMON_SHARE * counts.total())
    return frozenset(word for word, count in counts.items() if count >= least)


def _with_statements(senses: list[list[int]], group: Sequence[Place]) -> list[list[int]]:
    """SENSES without those that only sentences about the thing make, whose members join the first."""
    real = [members for members in senses if not all(group[index].candidate.supports for index in members)]
    strays = [index for members in senses if members not in real for index in members]
    return [sorted([*real[0], *strays]), *real[1:]] if strays else real


def _with_told(draft: Term, told: Sequence[str], corrections: Mapping[str, str]) -> Term:
    """DRAFT with the names that the settings give it; their first is how it is called."""
    if not told:
        return draft
    found = {alias.surface.casefold(): alias for alias in draft.aliases}
    for surface in (draft.name, *told):
        found.setdefault(surface.casefold(), Alias(surface, AliasKind.USER, CONFIG, 1.0))
    name = told[0]
    found.pop(name.casefold(), None)
    aliases = tuple(found.values())
    keys = dict.fromkeys(names.key(surface, corrections) for surface in (name, *(a.surface for a in aliases)))
    return msgspec.structs.replace(draft, name=name, aliases=aliases, keys=tuple(key for key in keys if key))


def _corrections(files: Sequence[FileCandidates]) -> dict[str, str]:
    """The misspelt words of all files, told from the words of names."""
    counts: Counter[str] = Counter()
    for file in files:
        counts.update(file.word_counts())
    right = {word for file in files for candidate in file.candidates for word in names.folded_words(candidate.name)}
    return corrections_of(right, counts)


def _sense(draft: Term, root: str) -> Term:
    """DRAFT as one of several senses of a name."""
    home = draft.home
    definition = home.candidate.definition
    title = definition.section_path[0] if definition and definition.section_path else ""
    return msgspec.structs.replace(
        draft,
        homonym=root,
        sense=title or home.path,
        scopes=tuple(dict.fromkeys(place.scope for place in draft.places)),
    )


def _join_aliases(
    places: Sequence[Place],
    by_key: dict[str, list[Place]],
    corrections: Mapping[str, str],
    told: Decisions,
    *,
    russian: bool,
) -> tuple[_Sets, set[tuple[str, str]]]:
    """The sets of keys that name one thing, and the (key, alias key) pairs that must stay apart."""
    pairs: dict[tuple[str, str], tuple[float, AliasKind]] = {}
    for place in places:
        for alias in place.candidate.aliases:
            other = names.key(alias.surface, corrections)
            if other and other != place.key and pairs.get((place.key, other), (0.0,))[0] < alias.confidence:
                pairs[place.key, other] = (alias.confidence, alias.kind)
    # What everybody knows joins names that the notes have both.
    for key in by_key:
        for synonym in synonyms.of(key, russian=russian):
            if synonym.key in by_key and (synonym.key, key) not in pairs:
                pairs.setdefault((key, synonym.key), (synonyms.CONFIDENCE, synonym.kind))
    for pair in roots.longer_names(by_key):
        pairs.setdefault(pair, (roots.CONFIDENCE, AliasKind.VARIANT))
    for name, other in told.pairs:
        pair = names.key(name, corrections), names.key(other, corrections)
        pairs[pair] = _BY_WRITER
    marked = {
        key for key, group in by_key.items() if any(p.candidate.explicit and p.candidate.definition for p in group)
    }
    sets = _Sets(told.apart)
    refused: set[tuple[str, str]] = set(told.apart)
    expansion: dict[str, str] = {}
    for (own, other), (_, kind) in sorted(pairs.items(), key=lambda item: -item[1][0]):
        if (own, other) in refused:
            continue
        if kind in {AliasKind.ACRONYM, AliasKind.EXPANSION}:
            # One acronym may have several expansions: the surest keeps it.
            short, long = (other, own) if kind is AliasKind.ACRONYM else (own, other)
            if sets.root(expansion.setdefault(short, long)) != sets.root(long):
                refused.add((own, other))
                continue
        elif kind is AliasKind.VARIANT and own in marked and other in marked:
            refused.add((own, other))
            continue
        if not sets.join(own, other):
            refused |= {(own, other), (other, own)}
    return sets, refused


_BY_WRITER = (2.0, AliasKind.USER)
"""Before all that the rules find."""


def _draft(group: list[Place], refused: set[tuple[str, str]], corrections: Mapping[str, str], *, russian: bool) -> Term:
    name = _display_name(group, corrections)
    by_rule: dict[str, float] = {}
    for place in group:
        if place.candidate.supports:
            continue
        rule = place.candidate.rule
        by_rule[rule] = max(by_rule.get(rule, 0.0), place.candidate.confidence)
    doubt = 1.0
    for confidence in by_rule.values():
        doubt *= 1 - confidence
    aliases = _aliases(name, group, refused, corrections, russian=russian)
    surfaces = [name, *(alias.surface for alias in aliases)]
    keys = dict.fromkeys(names.key(surface, corrections) for surface in surfaces)
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


_RUN_TOGETHER = 0.3
"""Less for names in lists of short names, which write `persistentvolumes`."""


def _display_name(group: list[Place], corrections: Mapping[str, str]) -> str:
    """The surface with the most explicit evidence; words before acronyms, well spelt before misspelt, then the first."""
    score: dict[str, float] = {}
    count: dict[str, int] = defaultdict(int)
    for place in [place for place in group if not place.candidate.supports] or group:
        surface = place.candidate.name
        trust = place.candidate.confidence - (_RUN_TOGETHER if place.candidate.rule == "short-name" else 0.0)
        score[surface] = max(score.get(surface, 0.0), trust)
        count[surface] += 1
        for alias in place.candidate.aliases:
            if alias.kind is AliasKind.EXPANSION:
                # Better than an acronym that nobody marked as the name.
                less = 0.15 if place.candidate.explicit else 0.05
                score.setdefault(alias.surface, place.candidate.confidence - less)
    return max(
        score,
        key=lambda s: (
            score[s]
            + 0.01 * min(count[s], 4)
            - (0.1 if names.is_acronym(s) else 0.0)
            - (1.0 if _is_misspelt(s, corrections) else 0.0)
        ),
    )


def _is_misspelt(surface: str, corrections: Mapping[str, str]) -> bool:
    folded = names.folded_words(surface)
    return any(word in corrections for word in folded) or any(
        word.lower() not in fold and names.mixes_scripts(word)
        for word, fold in zip(names.words(surface), folded, strict=False)
    )


def _aliases(
    name: str, group: list[Place], refused: set[tuple[str, str]], corrections: Mapping[str, str], *, russian: bool
) -> tuple[Alias, ...]:
    """Every other surface once, names before parentheses; those that differ in case only are one."""
    own = names.key(name, corrections)
    known = {synonym.key: synonym.kind for synonym in synonyms.of(own, russian=russian)}
    found: dict[str, Alias] = {}
    for place in group:
        candidate = place.candidate
        surface = candidate.name
        if not surface.isascii() and name.isascii() and _is_misspelt(surface, corrections):
            kind = AliasKind.TRANSLATION
        elif _is_misspelt(surface, corrections):
            kind = AliasKind.MISSPELLING
        elif place.key == own:
            kind = AliasKind.PLURAL if _is_plural(surface, name) else AliasKind.VARIANT
        elif place.key in known:
            kind = known[place.key]
        elif names.abbreviates(surface, name):
            kind = AliasKind.ACRONYM
        elif names.abbreviates(name, surface):
            kind = AliasKind.EXPANSION
        else:
            kind = AliasKind.VARIANT
        alias = Alias(surface, kind, candidate.rule, candidate.confidence)
        for each in (alias, *candidate.aliases):
            if (place.key, names.key(each.surface, corrections)) in refused:
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
    told = {
        (place.path, line)
        for place in group
        if not place.candidate.supports and (definition := place.candidate.definition)
        for line in (definition.span.line,)
    }
    for place in group:
        definition = place.candidate.definition
        if definition is None or (place.candidate.supports and (place.path, definition.span.line) in told):
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
            identity = f"{base}-{names.slug(draft.sense or draft.keys[0])}"
        number = 2
        while identity in taken:
            identity = f"{base}-{number}"
            number += 1
        taken[identity] = draft.name
        ids.append(identity)
    return ids
