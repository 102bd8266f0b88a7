"""Terms → the dictionary that the linker looks names up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from orgkb.concepts import folding, frequency, synonyms
from orgkb.concepts.dictionary import Dictionary, Entry, Scope, Sense, Tier
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_bare_verb, is_finite_verb, is_verb
from orgkb.concepts.lexicon.tables import known_names, proper_names
from orgkb.concepts.merging import Merged
from orgkb.concepts.model import AliasKind, ConceptKind
from orgkb.concepts.senses import content
from orgkb.concepts.signs import is_adjective, is_quality
from orgkb.concepts.spelling import is_known
from orgkb.concepts.term import Term
from orgkb.patterns import pattern


def dictionary_of(merged: Merged) -> Dictionary:
    """What to look for in prose; of two terms with one surface the surer one gets it."""
    terms, corrections = merged.terms, merged.corrections
    sure: dict[str, Entry] = {}
    found: dict[str, Entry] = {}
    owner: dict[str, str] = {}
    order = sorted(range(len(terms)), key=lambda i: (-terms[i].confidence, i))
    longer: set[int] = set()
    for index in order:
        term = terms[index]
        surfaces: dict[str, list[str]] = defaultdict(list)
        for surface in (term.name, *(alias.surface for alias in term.aliases)):
            surfaces[folding.key(surface, corrections)].append(surface)
        for key, spelt in surfaces.items():
            if not key or key in owner:
                # POST is another sense of what PoST names, string of String; but home would be all that HOME names.
                if key and term.homonym and (entry := sure.get(key)) and entry.exact is not None:
                    shouted = all(map(str.isupper, entry.exact))
                    more = [surface for surface in spelt if not (shouted and surface.islower())]
                    sure[key] = structs.replace(entry, exact=entry.exact.union(more))
                continue
            owner[key] = term.id
            entry = _entry(term, key, spelt)
            if entry is not None:
                (sure if term.explicit or term.definitions else found)[key] = entry
        if (whole := _whole_name(term)) and (entry := sure.get(term.keys[0])) and entry.concept == term.id:
            sure[term.keys[0]] = structs.replace(entry, capital=True)
            longer.add(index)
            if (key := folding.key(whole, corrections)) not in owner:
                owner[key] = term.id
                sure[key] = entry
    # Names that nobody wrote down as such but everybody knows, after all that the notes say themselves.
    for index in order:
        if index in longer:
            continue  # a translation of the word alone is not that
        term = terms[index]
        entries = sure if term.explicit or term.definitions else found
        for key in term.keys:
            for synonym in synonyms.of(key, russian=merged.bilingual):
                if (key, synonym.key) in merged.apart:
                    continue
                # TYPE is a variable, not the word for a type.
                if synonym.key in owner or (synonym.kind is AliasKind.TRANSLATION and _is_untranslated(term, key)):
                    continue
                owner[synonym.key] = term.id
                if entry := _entry(term, synonym.key, [synonym.surface]):
                    entries[synonym.key] = structs.replace(entry, confidence=round(entry.confidence * _KNOWN_FACTOR, 4))
    for index in order if merged.bilingual else ():
        term = terms[index]
        for surface in (term.name, *(alias.surface for alias in term.aliases)):
            for key in _half_translated(surface):
                if key not in owner and (entry := _entry(term, key, [surface])):
                    owner[key] = term.id
                    (sure if term.explicit or term.definitions else found)[key] = entry
    sure_names, found_names = Tier.both(sure, found)
    return Dictionary(
        sure=sure_names,
        found=found_names,
        owners=owner,
        corrections=dict(corrections),
        russian=frozenset(_russian_starts(terms, owner) if merged.russian else ()),
        senses=_senses(merged, order, owner),
    )


def _whole_name(term: Term) -> str:
    """What the definition of TERM calls it, an everyday word: `state pattern`, of `The state pattern is used to …`; else empty.

    The word alone means that only where it is written like a name.
    """
    told = term.definitions[0].text.split(maxsplit=4) if term.definitions else []
    if len(told) < _OPENING or told[0].lower() not in _ARTICLES or folding.fold_word(told[1].lower()) != term.keys[0]:
        return ""
    noun, verb = told[2], told[3]
    if not noun.islower() or noun in FUNCTION_WORDS or is_verb(noun) or not is_finite_verb(verb):
        return ""
    return f"{told[1]} {noun}" if frequency.english_count(term.name.lower()) >= _COMMON else ""


_OPENING = 4
_ARTICLES = frozenset({"the", "a", "an"})


def _half_translated(surface: str) -> Iterator[str]:
    """The keys of `API-сервер` for `API server`: an acronym or proper name with the translation of its head."""
    parts = folding.words(surface)
    if len(parts) == 2 and surface.isascii() and any(c.isupper() for c in parts[0]):
        for synonym in synonyms.translations_of(folding.fold_word(parts[1])):
            if not synonym.surface.isascii() and " " not in synonym.surface:
                yield folding.fold_word(parts[0]) + synonym.key


def _russian_starts(terms: Iterable[Term], owner: Mapping[str, str]) -> Iterator[str]:
    """How each Russian word of a name may begin in a text."""
    known = {s.surface for key in owner for s in synonyms.translations_of(key) if not s.surface.isascii()}
    known.update(tail for key in owner if key[0].isascii() and (tail := key.lstrip(_ASCII)))
    surfaces = {surface for term in terms for surface in (term.name, *(alias.surface for alias in term.aliases))}
    for surface in known | {surface for surface in surfaces if not surface.isascii()}:
        for word in (*folding.folded_words(surface), *(word.lower() for word in folding.words(surface))):
            yield word[:2]
            yield word[:3]
            # A vowel that other forms lose: узел, узла; день, дня.
            if len(word) > 3 and word[2] in "ео":
                yield word[:2] + word[3]
            if len(word) > 2 and word[1] in "ео":
                yield word[0] + word[2]


def _is_untranslated(term: Term, key: str) -> bool:
    """Whether the word that KEY reads like is not what TERM names: an acronym, or Windows, which are no `окна`."""
    return term.name.isupper() or (_is_plural_name(term.name) and folding.key(term.name) == key)


_ASCII = "".join(map(chr, range(128)))
_KNOWN_FACTOR = 0.9
"""For names that only the shipped tables give."""


def _senses(merged: Merged, order: Sequence[int], owner: Mapping[str, str]) -> dict[str, tuple[Sense, ...]]:
    """What names of several senses may mean; ORDER holds the indexes of the terms of MERGED, the surest first."""
    terms = merged.terms
    defined = {term.id: term for term in terms if term.definitions}
    roots = {folding.key(term.name) for term in terms if any(place.root for place in term.places)} | merged.common
    spoken = {
        term.id: {word for definition in term.definitions for word in content(definition.text)} - merged.common
        for term in terms
        if term.homonym or _is_of_product(term)
    }
    groups: dict[str, list[Term]] = defaultdict(list)
    for index in order:
        term = terms[index]
        if term.homonym:
            groups[term.homonym].append(term)
        elif _is_of_product(term) and (whole := _shorter(term, defined, owner, roots)) is not None:
            spoken[whole.id] = {w for d in whole.definitions for w in content(d.text)} - merged.common
            own = set(folding.folded_words(term.name))
            if spoken[whole.id].isdisjoint(spoken[term.id] - own):
                groups.setdefault(whole.id, [whole]).append(term)
    found: dict[str, tuple[Sense, ...]] = {}
    for root, group in groups.items():
        own = {word for term in group for word in folding.folded_words(term.name)}
        shared = set.intersection(*(spoken[term.id] for term in group))
        senses = tuple(
            Sense(
                term.scopes if term.homonym else _defined_in(term),
                term.id,
                tuple(sorted(spoken[term.id] - own - shared)),
                narrower=not term.homonym and term.id != root,
            )
            for term in group
        )
        found.update((term.id, senses) for term in group if term.homonym or term.id == root)
    return found


def _is_of_product(term: Term) -> bool:
    """Whether TERM is defined and named by a product and what of it is meant: `Linux namespaces`."""
    first, _, rest = term.name.partition(" ")
    return bool(rest and term.definitions) and (first in proper_names() or first in known_names())


def _shorter(term: Term, defined: Mapping[str, Term], owner: Mapping[str, str], roots: Collection[str]) -> Term | None:
    """The defined thing of which TERM is that of one product, unless all of the notes are about this, as ROOTS tell."""
    first, _, rest = term.name.partition(" ")
    whole = defined.get(owner.get(folding.key(rest), "")) if folding.key(first) not in roots else None
    return None if whole is None or whole.homonym or whole.id == term.id else whole


def _defined_in(term: Term) -> tuple[Scope, ...]:
    return tuple(dict.fromkeys(place.scope for place in term.places if place.candidate.definition is not None))


def _is_plural_name(surface: str) -> bool:
    """Whether SURFACE is a proper name that reads like the plural of a word: Windows."""
    return (
        surface[0].isupper() and surface.endswith("s") and surface in proper_names() and is_known(surface[:-1].lower())
    )


def _is_typed(term: Term, lower: str) -> bool:
    """Whether TERM is what one types, and prose means something else by its word: `__file__`, `input()`, `=include=`."""
    if term.kind is not ConceptKind.CODE or frequency.english_count(lower) < _COMMON:
        return False
    rules = set(term.rules)
    # Set as code are also the names of things: `=table=`.
    as_code = not _OF_CODE.isdisjoint(rules) or ("description-item" in rules and not term.explicit)
    return not as_code or is_bare_verb(lower) or is_adjective(lower)


_OF_CODE = frozenset({"code-keyword", "instruction"})


def _is_coined(surface: str) -> bool:
    """Whether SURFACE has capitals inside that make another name of a common word: GloVe, not LaTeX or exPORT, its stress."""
    return (
        _INNER_CAPITALS.fullmatch(surface) is not None
        and _STRESSED.fullmatch(surface) is None
        and frequency.english_count(surface.lower()) >= _COMMON
    )


_INNER_CAPITALS = pattern(r"(?=.*[a-z])[A-Za-z]+[A-Z][A-Za-z]*")
_STRESSED = pattern(r"[A-Z]?[a-z]+[A-Z]{3,}")
_COMMON = 2_000
_MIN_LOWER = 3
_STATES = frozenset({"ready", "unknown", "active", "idle", "never", "always", "new", "open", "false", "true"})


def _entry(term: Term, key: str, surfaces: list[str]) -> Entry | None:
    """How KEY, which SURFACES fold to, is to be linked; None for names that prose uses in another sense."""
    entry = _linked(term, key, surfaces)
    # `is a` is no isa; `file name` is a filename.
    return structs.replace(entry, solid=True) if entry and not any(map(_APART.search, surfaces)) else entry


_APART = pattern(r"[^\W_][\s-]")


def _linked(term: Term, key: str, surfaces: list[str]) -> Entry | None:
    exact: frozenset[str] | None = None
    if len(key) < 2 or (len(key) == 2 and all(s.islower() for s in surfaces)):
        return None
    explicit = term.explicit
    one_word = all(len(folding.words(surface)) == 1 for surface in surfaces)
    if one_word:
        lower = surfaces[0].strip("_").lower()  # no word of a sentence is `__file__`
        if not surfaces[0].isupper() and _is_typed(term, lower):
            return None
        if not lower.isascii():
            return Entry(term.id, term.confidence, None, russian=True, explicit=explicit)
        # `over` in a sentence is no over of those that `overs` names.
        if lower in FUNCTION_WORDS or key in FUNCTION_WORDS:
            written = frozenset(surface for surface in surfaces if surface not in FUNCTION_WORDS)
            return Entry(term.id, term.confidence, written, explicit=explicit) if written else None
        if lower in _STATES or is_verb(lower) or lower.endswith(("ing", "ed")):
            # State names such as Running: in small letters they are ordinary words.
            if not any(surface.islower() for surface in surfaces):
                exact = frozenset(surfaces)
        # `Relevant`, a title: in small letters it says how things are.
        elif (
            is_quality(lower)
            and surfaces[0] not in proper_names()
            and surfaces[0] not in known_names()
            and not any(surface.islower() for surface in surfaces)
        ):
            return Entry(term.id, term.confidence, None, explicit=explicit, capital=True)
        # Windows are no windows.
        elif _is_plural_name(surfaces[0]):
            exact = frozenset(surface for surface in surfaces if not surface.islower())
        # ZeRO is no zero.
        elif all(map(_is_coined, surfaces)):
            exact = frozenset(surfaces)
        # An acronym in small letters is another word: IT, ADD, TYPE.
        elif all(surface.removesuffix("s").isupper() for surface in surfaces):
            exact = frozenset(surfaces)
            # That there is none: k8s, yaml.
            if any(char.isdigit() for char in lower) or (len(lower) >= _MIN_LOWER and not is_known(lower)):
                exact |= {lower}
    return Entry(term.id, term.confidence, exact, explicit=explicit)
