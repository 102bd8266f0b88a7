"""One term from the places that name one thing: its name, aliases, definitions and confidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from orgkb.concepts import acronyms, cleaning, describing, doubts, folding, synonyms
from orgkb.concepts.lexicon import morphology
from orgkb.concepts.model import Alias, AliasKind, ConceptKind, Definition
from orgkb.concepts.regional import is_regional
from orgkb.concepts.term import Place, Term


def draft_of(
    group: list[Place], refused: set[tuple[str, str]], corrections: Mapping[str, str], *, russian: bool
) -> Term:
    """The term that all places of GROUP name; REFUSED are (key, alias key) pairs that are no aliases."""
    # Most terms stand under one name only, well spelt.
    first = group[0].candidate.name
    single = corrections.keys().isdisjoint(folding.folded_words(first)) and all(
        place.candidate.name == first and not place.candidate.aliases for place in group
    )
    name = first if single else _display_name(group, corrections)
    if not name.isascii() and any(place.candidate.explicit or place.candidate.rule in _NAMING for place in group):
        name = _nominative(name)
    by_rule: dict[str, float] = {}
    for place in group:
        if place.candidate.supports:
            continue
        rule = place.candidate.rule
        by_rule[rule] = max(by_rule.get(rule, 0.0), place.candidate.confidence)
    doubt = 1.0
    for confidence in by_rule.values():
        doubt *= 1 - confidence
    aliases = () if single else _aliases(name, group, refused, corrections, russian=russian)
    surfaces = [name, *(alias.surface for alias in aliases)]
    keys = dict.fromkeys(folding.key(surface, corrections) for surface in surfaces)
    return Term(
        id="",
        name=name,
        keys=tuple(key for key in keys if key),
        places=tuple(group),
        aliases=aliases,
        definitions=_definitions(name, group),
        confidence=round(1 - doubt, 4),
        explicit=any(place.candidate.explicit for place in group),
        kind=ConceptKind.CODE if all(place.candidate.kind is ConceptKind.CODE for place in group) else ConceptKind.TERM,
    )


_OBLIQUE = 0.5
_SEVERAL = 0.3
"""Less for a name that the notes give as a plural."""
_RUN_TOGETHER = 0.3
"""Less for names in lists of short names, which write `persistentvolumes`."""


def _display_name(group: list[Place], corrections: Mapping[str, str]) -> str:
    """The surface with the most explicit evidence; words before acronyms, well spelt before misspelt, then the first."""
    score: dict[str, float] = {}
    count: dict[str, int] = defaultdict(int)
    several = {
        alias.surface
        for place in group
        if not place.candidate.supports
        for alias in place.candidate.aliases
        if alias.kind is AliasKind.PLURAL
    }
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
            elif alias.kind is AliasKind.ACRONYM and _is_oblique(surface):
                score.setdefault(alias.surface, place.candidate.confidence - 0.15)
    best = max(
        score,
        key=lambda s: (
            score[s]
            + 0.01 * min(count[s], 4)
            - (0.1 if acronyms.is_acronym(s) else 0.0)
            - (1.0 if _is_misspelt(s, corrections) and not _is_regional(s, corrections) else 0.0)
            # A sentence's case is no name's: `программируемой логической схемы (ПЛИС)`.
            - (_OBLIQUE if _is_oblique(s) else 0.0)
            - (_SEVERAL if s in several else 0.0)
        ),
    )
    return _well_spelt(best, corrections) if corrections else best


def _is_oblique(surface: str) -> bool:
    """Whether SURFACE is Russian and begins in a case that only a sentence gives it."""
    return not surface.isascii() and doubts.is_oblique(surface) and doubts.is_oblique(surface.split(maxsplit=1)[0])


_NAMING = frozenset({"called", "bold-dash", "bold-copula", "bold-colon"})
"""What marks a name wherever its sentence goes."""


def _nominative(name: str) -> str:
    """NAME, one Russian noun that a sentence puts into another case, as a dictionary has it: `называются *слоями*` tells of a слой."""
    before, hyphen, word = name.rpartition("-")
    lower = word.lower().replace("ё", "е")
    if not lower.isalpha() or lower.isascii() or " " in name or not morphology.is_known(lower):
        return name
    forms = morphology.forms(lower)
    if forms[0].part != "NOUN" or any(form.case == "nomn" for form in forms):
        return name
    plain = morphology.lemma(lower)
    return before + hyphen + (plain.capitalize() if word.istitle() else plain)


def _well_spelt(surface: str, corrections: Mapping[str, str]) -> str:
    """SURFACE with its misspelt words as they are meant: `Docker registr` is the registry."""
    for word in folding.words(surface):
        right = corrections.get(folding.fold_word(word))
        if right and is_regional(word.lower(), right):
            continue  # as the writer spells it
        if right and word.isascii() and right.isascii() and not any(c.isupper() for c in word[1:]):
            ending = "s" if word.endswith("s") and not right.endswith("s") else ""
            surface = surface.replace(word, (right.capitalize() if word[0].isupper() else right) + ending, 1)
    return surface


def _is_misspelt(surface: str, corrections: Mapping[str, str]) -> bool:
    folded = folding.folded_words(surface)
    return any(word in corrections for word in folded) or any(
        word.lower() not in fold and folding.mixes_scripts(word)
        for word, fold in zip(folding.words(surface), folded, strict=False)
    )


def _is_regional(surface: str, corrections: Mapping[str, str]) -> bool:
    """Whether SURFACE is spelt as the other side of the Atlantic does, and not wrongly: `colour depth`."""
    return all(
        is_regional(word.lower(), right) or is_regional(folded, right)
        for word, folded in zip(folding.words(surface), folding.folded_words(surface), strict=False)
        if (right := corrections.get(folded))
    ) and not any(folding.mixes_scripts(word) for word in folding.words(surface))


def _aliases(
    name: str, group: list[Place], refused: set[tuple[str, str]], corrections: Mapping[str, str], *, russian: bool
) -> tuple[Alias, ...]:
    """Every other surface once, names before parentheses; those that differ in case only are one."""
    own = folding.key(name, corrections)
    known = {synonym.key: synonym.kind for synonym in synonyms.of(own, russian=russian)}
    found: dict[str, Alias] = {}
    for place in group:
        candidate = place.candidate
        surface = candidate.name
        if not surface.isascii() and name.isascii() and _is_misspelt(surface, corrections):
            kind = AliasKind.TRANSLATION
        elif _is_misspelt(surface, corrections):
            kind = AliasKind.VARIANT if _is_regional(surface, corrections) else AliasKind.MISSPELLING
        elif place.key == own:
            kind = AliasKind.PLURAL if _is_plural(surface, name) else AliasKind.VARIANT
        elif place.key in known:
            kind = known[place.key]
        elif acronyms.abbreviates(surface, name):
            kind = AliasKind.ACRONYM
        elif acronyms.abbreviates(name, surface):
            kind = AliasKind.EXPANSION
        else:
            kind = AliasKind.VARIANT
        alias = Alias(surface, kind, candidate.rule, candidate.confidence)
        for each in (alias, *candidate.aliases):
            if (place.key, folding.key(each.surface, corrections)) in refused:
                continue
            found.setdefault(each.surface.casefold(), each)
    found.pop(name.casefold(), None)
    return tuple(found.values())


def _is_plural(surface: str, name: str) -> bool:
    one, other = surface.lower(), name.lower()
    return (
        one != other and (one.startswith(other[:-1]) or other.startswith(one[:-1])) and abs(len(one) - len(other)) < 4
    )


def _definitions(name: str, group: list[Place]) -> tuple[Definition, ...]:
    """The definitions, best first, each text once; none where the only one is NAME, as below `* OCP - The Open Closed Principle`."""
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
        if not definition.elements and describing.only_describes(
            place.candidate.name, definition.text, definition.rule
        ):
            continue
        text = definition.text.casefold()
        if text not in found or found[text].confidence < definition.confidence:
            found[text] = definition
    ranked = tuple(sorted(found.values(), key=lambda d: -_quality(d)))
    if (
        len(ranked) == 1
        and not ranked[0].elements
        and cleaning.clean(ranked[0].text).name.casefold() == name.casefold()
    ):
        return ()
    return ranked


def _quality(definition: Definition) -> float:
    count = len(definition.text.split())
    quality = definition.confidence
    if count < 3:
        quality -= 0.2
    elif count > 4:
        quality += 0.03
    if definition.text.endswith((":", "?")) and not definition.elements:
        quality -= 0.15
    if describing.says_little(definition.text):
        quality -= 0.3
    return quality


def ids_of(drafts: list[Term]) -> list[str]:
    """A unique id per draft: that of its node, else the slug of its name, else that with its key."""
    taken: set[str] = set()
    ids = []
    for draft in drafts:
        node = next((p.candidate.node_id for p in draft.places if p.candidate.node_id), None)
        base = folding.slug(node or "") if node else folding.slug(draft.name)
        identity = base = base or "concept"
        # Two names with one slug differ in their key, which does not depend on the order of the notes.
        if identity in taken:
            identity = f"{base}-{folding.slug(draft.sense or draft.keys[0])}"
        number = 2
        while identity in taken:
            identity = f"{base}-{number}"
            number += 1
        taken.add(identity)
        ids.append(identity)
    return ids
