"""The last step: terms and the findings of all documents → concepts, mentions and relations."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import structs

from orgkb.concepts import doubts, folding, frequency, halves, names, passing, regional, spelling, synonyms
from orgkb.concepts.findings import FileFindings
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_verb
from orgkb.concepts.mentions import Mentions
from orgkb.concepts.model import Alias, AliasKind, Concept, Evidence, Mention, Relation, RelationKind
from orgkb.concepts.ranking import importance
from orgkb.concepts.scanning import FileScan
from orgkb.concepts.shown import name_of
from orgkb.concepts.term import Place, Term
from orgkb.patterns import pattern

_SUPPORT = 0.1
_MAX_SUPPORT = 0.35
_ENOUGH = 2 ** (_MAX_SUPPORT / _SUPPORT) - 1
"""Sections and links from which there is no more support."""
_IN_PASSING = frozenset({"example", "named", "sibling"})
_LISTED_RULES = frozenset({"sibling", "example"})
_USES = frozenset({"prose", "link", "heading"})
"""Contexts of mentions that speak for a concept."""
_POSITION_RULES = _LISTED_RULES | {"heading", "heading-object", "bold"}
_DEFINED_SHARE = 0.6
"""What part of the threshold a term needs that something defines."""
_UNSUPPORTED_FACTOR = 0.65
_NAMED_FACTOR = 0.8


class Assembled(msgspec.Struct, frozen=True):
    """What a graph is made of."""

    concepts: tuple[Concept, ...]
    mentions: Mentions
    relations: tuple[Relation, ...]
    dropped: tuple[Concept, ...]
    """Concepts with less evidence than the threshold asks for."""


def assemble(
    terms: Sequence[Term], findings: list[FileFindings], scans: Iterable[FileScan], threshold: float
) -> Assembled:
    """The final concepts, mentions and relations, without what has less evidence than THRESHOLD.

    FINDINGS are emptied: there is much in them, and room is wanted for what is made of it.
    """
    files = sorted(findings, key=lambda f: f.path)
    findings.clear()
    found = Mentions((file.mentions for file in files), seldom=True)
    # To be linked to is to be used.
    linked = Counter(
        relation.target for file in files for relation in file.relations if relation.kind is RelationKind.LINK
    )
    known = {key for term in terms for key in term.keys}
    by_path = {scan.path: scan for scan in scans}
    kept: dict[str, tuple[Term, float]] = {}
    left: list[tuple[Term, float]] = []
    for term in terms:
        language = by_path[term.home.path].candidates.language
        confidence = _supported(term, found.of_concept(term.id), linked[term.id], language)
        if _IN_PASSING.issuperset(term.rules) and not term.definitions and halves.thing_of(term.name) in known:
            confidence = round(confidence * doubts.FACTOR, 4)  # the `PodList` of a pod
        if confidence >= (threshold * _DEFINED_SHARE if term.definitions else threshold):
            kept[term.id] = (term, confidence)
        else:
            left.append((term, confidence))
    mentions = Mentions(table.only(kept) for table in found.tables)
    relations = _unique_relations(
        relation for file in files for relation in file.relations if {relation.source, relation.target} <= kept.keys()
    )
    del files, found
    ranks = _ranks(kept, mentions, relations)
    concepts = [
        _concept(term, confidence, ranks[term.id], by_path, mentions.spellings(term.id), known)
        for term, confidence in kept.values()
    ]
    dropped = [_concept(term, confidence, 0.0, by_path, None) for term, confidence in left]
    return Assembled(tuple(concepts), mentions, tuple(relations), tuple(dropped))


def _supported(term: Term, mentions: Sequence[Mention], links: int, language: str) -> float:
    """The confidence of TERM with what the rest of the notes says for it, and against it: MENTIONS in prose and LINKS.

    LANGUAGE is that of the notes, empty for English and Russian.
    """
    confidence, sections = _with_support(term, mentions, links)
    if doubts.is_doubtful(term, sections, used=bool(mentions), language=language):
        return round(confidence * doubts.FACTOR, 4)
    return confidence


def _with_support(term: Term, mentions: Sequence[Mention], links: int) -> tuple[float, int]:
    """The confidence of TERM with what the rest of the notes says for it, and how many sections and links use it."""
    if term.explicit:
        return term.confidence, 0
    own = {(place.path, place.candidate.begin) for place in term.places} if mentions else ()
    used = (m for m in mentions if m.context in _USES and (m.document, m.offset) not in own)
    only_heading = term.rules == ("heading",)
    if only_heading and names.is_everyday(term.name):
        # `Network` names a topic, unless the notes write it like a name elsewhere too.
        used = (m for m in used if m.text[0].isupper() and m.context != "heading")
    if only_heading and term.name.islower() and " " not in term.name and not spelling.is_name(term.name):
        # `audio` names a topic wherever the notes say it again.
        return round(term.confidence * _UNSUPPORTED_FACTOR, 4), 0
    sections: set[tuple[str, int]] = set()
    for mention in used:
        sections.add((mention.document, mention.headline))
        if len(sections) + links >= _ENOUGH:
            break
    if sections or links:
        support = min(_MAX_SUPPORT, _SUPPORT * math.log2(1 + len(sections) + links))
        return round(1 - (1 - term.confidence) * (1 - support), 4), len(sections) + links
    # A title or a bold word that the notes never use again is a topic or stress, not a term.
    return round(term.confidence * _unsupported_factor(term), 4), 0


def _unsupported_factor(term: Term) -> float:
    """What a title, a bold word or a bare item that is never used again loses: less where it is written like a name."""
    rules = term.rules
    if not _POSITION_RULES.issuperset(rules):
        return 1.0
    if term.rules != ("heading",) and any(map(synonyms.has, term.keys)):
        return 1.0  # a bold `selector` is a term of computing, whatever else it stresses
    parts = term.name.split()
    if rules == ("heading",):
        named = (
            (len(parts) > 1 and term.name[0].isupper())
            or spelling.is_name(term.name)
            or bool(_SLASHED.fullmatch(term.name))
        )
    elif set(rules) <= _LISTED_RULES:
        return 1.0 if _is_written_as_name(term.name) else _UNSUPPORTED_FACTOR
    else:
        named = len(parts) > 1 or parts[0][0].isupper()
    return _NAMED_FACTOR if named else _UNSUPPORTED_FACTOR


def _is_written_as_name(name: str) -> bool:
    """Whether a bare item is a name by its letters: one capitalised word, a capital inside, a word that English has not."""
    parts = folding.words(name)
    if len(parts) == 1:
        return name[0].isupper() or not name.islower() or spelling.is_name(name)
    return any(any(c.isupper() for c in part[1:]) or (part[0].isupper() and spelling.is_name(part)) for part in parts)


def _unique_relations(relations: Iterable[Relation]) -> list[Relation]:
    """Each (source, label, target) once, the surest; by place."""
    best: dict[tuple[str, str, str], Relation] = {}
    for relation in relations:
        key = (relation.source, relation.label.casefold(), relation.target)
        if key not in best or best[key].confidence < relation.confidence:
            best[key] = relation
    labelled = {(r.source, r.target) for r in best.values() if r.label}
    found = [r for r in best.values() if r.label or (r.source, r.target) not in labelled]
    return sorted(found, key=lambda r: (r.span, r.source, r.target, r.label))


def _ranks(
    kept: Mapping[str, tuple[Term, float]], mentions: Mentions, relations: Sequence[Relation]
) -> dict[str, float]:
    edges: dict[tuple[str, str], float] = defaultdict(float)
    for relation in relations:
        # Every name of several words has a head, whatever the notes are about.
        if relation.kind is RelationKind.NAME:
            continue
        edges[relation.source, relation.target] += relation.confidence
        edges[relation.target, relation.source] += relation.confidence / 2
    # A section that is about one concept and mentions another ties them loosely.
    sections = mentions.sections()
    trust = {
        identity: _trust(term, confidence, sections.get(identity, 0)) for identity, (term, confidence) in kept.items()
    }
    # An everyday word that one list explains is everywhere in prose without being what the notes are about.
    weight = {identity: _EVERYDAY_WEIGHT if _is_everyday(term) else 1.0 for identity, (term, _) in kept.items()}
    counts = mentions.counts()
    return importance(
        list(kept),
        {(source, target): value * weight[source] * weight[target] for (source, target), value in edges.items()},
        {identity: count * weight[identity] ** 2 for identity, count in counts.items()},
        {identity: places * weight[identity] ** 2 for identity, places in sections.items()},
        trust,
        mentions.in_titles() | {identity for identity, (term, _) in kept.items() if not _TITLES.isdisjoint(term.rules)},
        {identity for identity, (term, _) in kept.items() if _is_frequent(term.name)},
    )


def _trust(term: Term, confidence: float, sections: int) -> float:
    """How sure it is that the notes are about TERM, which so many SECTIONS mention.

    What stands in one place alone is hardly what they are about, however sure it is a name; unless that place is an entry
    of a glossary.
    """
    spread = min(1.0, math.log2(1 + sections) / _FULL_SPREAD)
    if term.definitions and term.definitions[0].rule in _ENTRY_RULES:
        return confidence * (_ENTRY + (1 - _ENTRY) * spread)
    return confidence * spread * (_DEFINED if term.definitions else _NAMED)


_TITLES = frozenset({"heading", "section-title"})
_FULL_SPREAD = 4
"""Of sections, as a power of two, from which there is no more trust."""
_ENTRY_RULES = frozenset({"description-item", "radio-target", "index", "id-node"})
_ENTRY, _DEFINED, _NAMED = 0.7, 0.93, 0.42


def _is_frequent(name: str) -> bool:
    """Whether NAME is a word that general English, or any notes, use all the time: `key`, `type`, `command line`."""
    lower = name.lower()
    if passing.is_general(name, 0):
        return True
    if not (lower.isascii() and lower.isalpha()):
        return False
    return max(frequency.english_count(lower), frequency.english_count(folding.fold_word(lower))) > _FREQUENT


_FREQUENT = 10_000
"""Occurrences in the English list."""


_EVERYDAY_WEIGHT = 0.4


def _is_everyday(term: Term) -> bool:
    """Whether TERM is an ordinary word that a single rule found, and no more than twice."""
    if len(term.places) > 2 or len(folding.words(term.name)) > 1 or len(term.rules) > 1:
        return False
    lower = term.name.lower()
    return names.is_everyday(lower) or names.is_label(lower) or is_verb(lower) or lower in FUNCTION_WORDS


def _concept(
    term: Term,
    confidence: float,
    rank: float,
    scans: Mapping[str, FileScan],
    mentions: Sequence[Mention] | None,
    known: Container[str] = (),
) -> Concept:
    """TERM with its first MENTIONS of each spelling; without them as the notes have it, as the review asks for it."""
    home = term.home
    scan = scans[home.path]
    candidate = home.candidate
    name = term.name if mentions is None else name_of(term, _texts(mentions), known, scan.candidates.language)
    aliases = (*_placed(term, scans), *_read_aliases(term, mentions or ()))
    if name != term.name:
        alias = Alias(term.name, AliasKind.PLURAL, candidate.rule, candidate.confidence, scan.span(candidate))
        aliases = (alias, *(other for other in aliases if other.surface.casefold() != name.casefold()))
    return Concept(
        id=term.id,
        name=name,
        aliases=aliases,
        definitions=term.definitions,
        kind=term.kind,
        rules=term.rules,
        confidence=confidence,
        rank=rank,
        section_path=scan.section_path(candidate.headline),
        span=scan.span(candidate),
        sense=term.sense,
        evidence=tuple(_evidence(term, scans)),
    )


def _texts(mentions: Iterable[Mention]) -> Iterator[str]:
    """What running text says for a term with these MENTIONS."""
    return (mention.text for mention in mentions if mention.context in _USES)


def _evidence(term: Term, scans: Mapping[str, FileScan]) -> Iterator[Evidence]:
    for place in term.places:
        found = place.candidate
        span = scans[place.path].span(found)
        yield Evidence(found.rule, round(found.confidence, 4), span, place.path, found.begin)


def _placed(term: Term, scans: Mapping[str, FileScan]) -> Iterator[Alias]:
    """The aliases of TERM, each with the place where the notes have it."""
    first: dict[str, Place] = {}
    for place in term.places:
        first.setdefault(place.candidate.name, place)
    for alias in term.aliases:
        named = first.get(alias.surface)
        if alias.span is None and named is not None:
            yield structs.replace(alias, span=scans[named.path].span(named.candidate))
        else:
            yield alias


def _read_aliases(term: Term, mentions: Iterable[Mention]) -> Iterator[Alias]:
    """Names of TERM that only running text has: translations, known acronyms, misspellings; MENTIONS are the first of each."""
    seen = {*term.keys, *(folding.key(alias.surface) for alias in term.aliases)}
    whole = all(_WHOLE.fullmatch(surface) for surface in (term.name, *(alias.surface for alias in term.aliases)))
    for mention in mentions:
        key = folding.key(mention.text)
        if key in seen:
            if whole and "-" in mention.text and key in term.keys and _HYPHENED.fullmatch(mention.text):
                whole = False
                yield Alias(mention.text, AliasKind.VARIANT, _SPELLING_RULE, _SPELLING_CONFIDENCE, mention.span)
            continue
        seen.add(key)
        known = {s.key: s for own in term.keys for s in synonyms.of(own, russian=not mention.text.isascii())}
        synonym = known.get(key)
        surface = " ".join(mention.text.split())
        loan = synonym is None and not surface.isascii() and term.name.isascii()
        if loan:
            surface = _RUSSIAN_END.sub(lambda match: folding.fold_word(match.group()), surface)
        elif synonym and (mention.nested or not synonym.surface.isascii()):
            surface = synonym.surface
        yield Alias(
            # A translation in its dictionary form, whichever form the text has.
            surface=surface,
            kind=synonym.kind if synonym else AliasKind.TRANSLATION if loan else _spelling_kind(term, surface),
            rule=synonyms.RULE if synonym else _LOAN_RULE if loan else _SPELLING_RULE,
            confidence=synonyms.CONFIDENCE if synonym else _SPELLING_CONFIDENCE,
            span=mention.span,
        )


def _spelling_kind(term: Term, surface: str) -> AliasKind:
    """Whether SURFACE misspells a name of TERM or only spells it as the other side of the Atlantic does."""
    words = folding.folded_words(surface)
    for name in (term.name, *(alias.surface for alias in term.aliases)):
        own = folding.folded_words(name)
        if len(own) < len(words) and own == words[: len(own)]:
            return AliasKind.VARIANT  # `state pattern`, of State
        if len(own) == len(words) and all(
            a == b or regional.is_regional(a, b) for a, b in zip(own, words, strict=True)
        ):
            return AliasKind.VARIANT
    return AliasKind.MISSPELLING


_WHOLE = pattern("[A-Za-z][a-z]+")
_HYPHENED = pattern("[A-Za-z][a-z]*-[a-z]+")
"""`add-ons`, another spelling of `Addon`."""
_SLASHED = pattern("[A-Z]+/[A-Z]+")
"""`CSMA/CA`."""
_RUSSIAN_END = pattern(r"[а-яё]+$", re.IGNORECASE)
_SPELLING_RULE = "spelling"
_LOAN_RULE = "transliteration"
_SPELLING_CONFIDENCE = 0.7
