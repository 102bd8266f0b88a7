"""Candidates of all files → terms: one identity, name, aliases and definitions each, senses apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from orgkb.concepts import acronyms, folding, forms
from orgkb.concepts.candidates.model import FileCandidates
from orgkb.concepts.decisions import Sense, decisions, spelt_on_purpose
from orgkb.concepts.dictionary import Scope
from orgkb.concepts.drafting import draft_of, ids_of
from orgkb.concepts.frequency import general_count
from orgkb.concepts.joining import join_aliases
from orgkb.concepts.lexicon.tables import proper_words
from orgkb.concepts.model import Alias, AliasKind
from orgkb.concepts.senses import split
from orgkb.concepts.settings import RULE as CONFIG
from orgkb.concepts.settings import ConceptSettings
from orgkb.concepts.spelling import corrections as corrections_of
from orgkb.concepts.spelling import is_known
from orgkb.concepts.term import Place, Term
from orgkb.patterns import pattern

DEFAULTS = ConceptSettings()


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
    common: frozenset[str] = frozenset()
    """The folded words that stand everywhere in the notes."""


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
    counts: Counter[str] = Counter()
    for file in files:
        counts.update(file.word_counts())
    corrections = {word: right for word, right in _corrections(files, counts).items() if word not in on_purpose}
    told_by_writer = decisions(settings, corrections, scopes or {})
    never = told_by_writer.never
    russian = "ru" in settings.languages and any(file.russian for file in files)
    bilingual = russian and "en" in settings.languages
    places = [
        Place(file.path, candidate, file.scope(candidate), key, file.is_root(candidate))
        for file in files
        for candidate in file.candidates
        if candidate.rule not in off and (key := folding.key(candidate.name, corrections)) and key not in never
    ]
    by_key: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.candidate.supports:
            continue
        by_key[place.key].append(place)
    sets, refused = join_aliases(places, by_key, corrections, told_by_writer, russian=bilingual)
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        groups[sets.root(place.key)].append(place)
    groups = {root: group for root, group in groups.items() if not all(place.candidate.supports for place in group)}
    whole = {sets.root(key) for key in told_by_writer.one_sense}
    by_hand = {sets.root(key): senses for key, senses in told_by_writer.senses.items()}
    kept = {sets.root(key) for key in told_by_writer.always}
    told: dict[str, list[str]] = defaultdict(list)
    for name, alias in told_by_writer.pairs:
        told[sets.root(folding.key(name, corrections))] += [name, alias]
    common = _common_words(counts)
    drafts: list[Term] = []
    for root, group in groups.items():
        senses = by_hand.get(root)
        for members, sense in _senses_of(group, senses, common, whole=root in whole):
            draft = draft_of([group[index] for index in members], refused, corrections, russian=bilingual)
            draft = _with_told(draft, told.get(root, ()), corrections)
            if root in kept:
                draft = msgspec.structs.replace(draft, confidence=1.0, explicit=True, settled=True)
            drafts.append(draft if sense is None else _as_sense(draft, root, sense))
    drafts.sort(key=lambda draft: (draft.places[0].path, draft.places[0].candidate.begin))
    ids = ids_of(drafts)
    return Merged(
        tuple(msgspec.structs.replace(draft, id=identity) for draft, identity in zip(drafts, ids, strict=True)),
        corrections,
        russian,
        bilingual,
        told_by_writer.apart,
        common,
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
    whole = whole or len(group) == 1 or all(_is_proper(place.candidate.name) for place in group)
    parts = [list(range(len(group)))] if whole else split([(place.scope, place.candidate) for place in group], common)
    parts = _with_statements(parts, group)
    for members in parts:
        yield members, _FOUND if len(parts) > 1 else None


def _is_proper(name: str) -> bool:
    """Whether NAME is one word that general language does not have: a proper name, which is one thing wherever it is."""
    if not (name.isascii() and name.isalpha()) or acronyms.is_acronym(name):
        return False
    folded = folding.fold_word(name)
    return folded in proper_words() or not is_known(folded)


def _as_sense(draft: Term, root: str, sense: Sense) -> Term:
    """DRAFT as one of several senses of a name."""
    if sense.label:
        return msgspec.structs.replace(draft, homonym=root, sense=sense.label, scopes=tuple(sorted(sense.scopes)))
    return _sense(draft, root)


_COMMON_SHARE = 0.004
_COMMON_COUNT = 30


def _common_words(counts: Counter[str]) -> frozenset[str]:
    """The longer words that stand everywhere in the notes and tell nothing apart, of all with their COUNTS."""
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
    keys = dict.fromkeys(folding.key(surface, corrections) for surface in (name, *(a.surface for a in aliases)))
    return msgspec.structs.replace(
        draft, name=name, aliases=aliases, keys=tuple(key for key in keys if key), settled=True
    )


def _corrections(files: Sequence[FileCandidates], counts: Counter[str]) -> dict[str, str]:
    """The misspelt words of all files, among those of COUNTS, told from the words of names."""
    counts = counts.copy()
    # Words of comments may be names as they sound: `неймспейсы`.
    counts.update(
        word
        for file in files
        for candidate in file.candidates
        if candidate.rule == "comment"
        for word in folding.folded_words(candidate.name)
        if word not in counts
    )
    spelt = {candidate.name for file in files for candidate in file.candidates}
    right = {word for name in spelt for word in folding.folded_words(name)}
    named = {
        word
        for file in files
        if not file.language
        for candidate in file.candidates
        if candidate.explicit or candidate.definition is not None or candidate.rule == "heading"
        for word in folding.folded_words(candidate.name)
    }
    found = corrections_of(right, counts, _humps(spelt), named)
    languages = {word: file.language for file in files if file.language in forms.ROMANCE for word in file.words.split()}
    if not languages:
        return found
    return {
        word: right
        for word, right in found.items()
        if not (
            right in languages
            and (language := languages.get(word))
            # `indicio` is no `inicio`
            and (forms.is_form(word, right) or general_count(language, word))
        )
    }


def _humps(spelt: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The parts of the words of names that have capitals inside, by folded word."""
    words = {word for name in spelt for word in folding.words(name) if _CAPITAL_INSIDE.search(word)}
    return {folding.fold_word(word): tuple(_HUMP.findall(word)) for word in sorted(words)}


_CAPITAL_INSIDE = pattern("[a-z][A-Z]")
_HUMP = pattern("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


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
