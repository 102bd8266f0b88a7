"""Documents → concept graph: candidates per file, one merge, mentions and relations per file, one merge.

Both rounds take one file at a time and give plain values, so that they can run in parallel and be
kept between runs; the merges do not depend on the order of the files.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import structs

from orgkb.concepts import names, synonyms
from orgkb.concepts.blocks import BlockKind, Reading, read_blocks
from orgkb.concepts.candidates import RULES as CANDIDATE_RULES
from orgkb.concepts.candidates import candidates_of
from orgkb.concepts.candidates.model import FileCandidates
from orgkb.concepts.dictionary import Dictionary
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_verb
from orgkb.concepts.linking import link as link_names
from orgkb.concepts.lookup import dictionary_of
from orgkb.concepts.merging import DEFAULTS, Place, Term, merge
from orgkb.concepts.model import Alias, AliasKind, Concept, Mention, Relation, RelationKind, Span
from orgkb.concepts.ranking import importance
from orgkb.concepts.relations import RULES as RELATION_RULES
from orgkb.concepts.relations import Context
from orgkb.concepts.settings import ConceptSettings
from orgkb.diagnostics import Diagnostic, Report, Severity
from orgkb.errors import ConfigError
from orgkb.org.document import Document
from orgkb.org.garbage import no_garbage_collection
from orgkb.org.links import LinkIndex

_SUPPORT = 0.1
_MAX_SUPPORT = 0.35
_LISTED_RULES = frozenset({"sibling", "example"})
_POSITION_RULES = _LISTED_RULES | {"heading", "heading-object", "bold"}
_UNSUPPORTED_FACTOR = 0.65
_NAMED_FACTOR = 0.8
_SECTION_RULES = frozenset(
    {"heading", "dash-heading", "section-opening", "id-node", "acronym", "target", "radio-target"}
)


class FileFindings(msgspec.Struct, frozen=True):
    """What the second round finds in one document."""

    path: str
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]


def scan(document: Document) -> FileCandidates:
    """First round: what may be a concept in one prepared DOCUMENT."""
    return candidates_of(read_blocks(document))


def link(
    document: Document,
    candidates: FileCandidates,
    terms: Sequence[Term],
    dictionary: Dictionary,
    links: LinkIndex,
    sections: Mapping[tuple[str, int], str],
) -> FileFindings:
    """Second round: mentions and relations in one prepared DOCUMENT, whose first round gave CANDIDATES."""
    return _link(read_blocks(document), candidates, terms, dictionary, links, sections)


def build(
    documents: Sequence[Document], report: Report | None = None, settings: ConceptSettings = DEFAULTS
) -> ConceptGraph:
    """The concept graph of prepared DOCUMENTS, as SETTINGS correct it; problems found on the way go to REPORT too.

    Raises ConfigError where SETTINGS name a rule that does not exist.
    """
    known = {rule.name for rule in CANDIDATE_RULES}
    for name in settings.rules:
        if name not in known:
            raise ConfigError(f"[concepts.rules] unknown rule {name!r}; known: {', '.join(sorted(known))}")
    with no_garbage_collection():
        return _build(documents, report, settings)


def _build(documents: Sequence[Document], report: Report | None, settings: ConceptSettings) -> ConceptGraph:
    documents = sorted(documents, key=lambda d: d.path)
    readings = [read_blocks(document) for document in documents]
    found = [candidates_of(reading) for reading in readings]
    merged = merge(found, settings)
    terms = merged.terms
    dictionary = dictionary_of(merged)
    links = LinkIndex(documents)
    sections = section_concepts(readings, found, dictionary)
    findings = [
        _link(reading, candidates, terms, dictionary, links, sections)
        for reading, candidates in zip(readings, found, strict=True)
    ]
    diagnostics = [_empty(term, documents) for term in terms if _is_empty(term)]
    if report is not None:
        for diagnostic in diagnostics:
            report(diagnostic)
    concepts, mentions, relations = assemble(terms, findings, readings, settings.threshold)
    return ConceptGraph(documents, concepts, mentions, relations, links=links, diagnostics=diagnostics)


_DEFINING_RULES = frozenset({"description-item", "bold-dash"})


def _is_empty(term: Term) -> bool:
    """Whether the notes mark a term for a definition and give none."""
    return not term.definitions and not _DEFINING_RULES.isdisjoint(term.rules)


def _empty(term: Term, documents: Sequence[Document]) -> Diagnostic:
    place = next(place for place in term.places if place.candidate.rule in _DEFINING_RULES)
    message = f"{term.name!r} is marked as a term but nothing is said about it"
    document = next(document for document in documents if document.path == place.path)
    return Diagnostic(Severity.INFO, "empty-definition", message, document.location(place.candidate.begin))


def _link(
    reading: Reading,
    candidates: FileCandidates,
    terms: Sequence[Term],
    dictionary: Dictionary,
    links: LinkIndex,
    sections: Mapping[tuple[str, int], str],
) -> FileFindings:
    hits = link_names(reading, candidates, dictionary)
    context = Context(
        reading=reading,
        candidates=candidates,
        hits=hits,
        dictionary=dictionary,
        confidence={term.id: term.confidence for term in terms},
        sections=sections,
        links=links,
    )
    relations = [relation for rule in RELATION_RULES for relation in rule.find(context, rule.confidence)]
    return FileFindings(reading.document.path, tuple(hit.mention for hit in hits), tuple(relations))


def section_concepts(
    readings: Iterable[Reading], found: Iterable[FileCandidates], dictionary: Dictionary
) -> dict[tuple[str, int], str]:
    """(document path, headline index or -1 for the file) → id of the concept that the section is about."""
    sections: dict[tuple[str, int], str] = {}
    for reading, candidates in zip(readings, found, strict=True):
        path = reading.document.path
        titles = {
            block.headline: (block.flat.runs[0].offset, block.flat.runs[-1].offset + block.flat.runs[-1].length)
            for block in reading.blocks
            if block.kind is BlockKind.HEADING and block.flat.runs
        }
        for candidate in candidates.candidates:
            if candidate.rule not in _SECTION_RULES:
                continue
            concept = dictionary.owner(candidate.name, candidates.scope(candidate))
            if concept is None:
                continue
            if candidate.node_id and candidate.headline < 0:
                sections.setdefault((path, -1), concept)
            begin, end = titles.get(candidate.headline, (0, 0))
            if begin <= candidate.begin < end:
                sections.setdefault((path, candidate.headline), concept)
    return sections


def assemble(
    terms: Sequence[Term], findings: Iterable[FileFindings], readings: Sequence[Reading], threshold: float
) -> tuple[list[Concept], list[Mention], list[Relation]]:
    """The final concepts, mentions and relations, without what has less evidence than THRESHOLD."""
    findings = sorted(findings, key=lambda f: f.path)
    mentions = [mention for file in findings for mention in file.mentions]
    # To be linked to is to be used.
    linked = Counter(
        relation.target for file in findings for relation in file.relations if relation.kind is RelationKind.LINK
    )
    used: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.context in {"prose", "link"}:
            used[mention.concept].append(mention)
    kept: dict[str, tuple[Term, float]] = {}
    for term in terms:
        confidence = _supported(term, used.get(term.id, ()), linked[term.id])
        if term.definitions or confidence >= threshold:
            kept[term.id] = (term, confidence)
    mentions = [m for m in mentions if m.concept in kept]
    relations = _unique_relations(
        relation
        for file in findings
        for relation in file.relations
        if {relation.source, relation.target} <= kept.keys()
    )
    ranks = _ranks(kept, mentions, relations)
    by_path = {reading.document.path: reading for reading in readings}
    by_concept: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_concept[mention.concept].append(mention)
    concepts = [
        _concept(term, confidence, ranks[term.id], by_path, by_concept.get(term.id, ()))
        for term, confidence in kept.values()
    ]
    return concepts, mentions, relations


def _supported(term: Term, mentions: Sequence[Mention], links: int) -> float:
    """The confidence of TERM with what the rest of the notes says for it: MENTIONS in prose and LINKS to it."""
    if term.explicit:
        return term.confidence
    own = {(place.path, place.candidate.begin) for place in term.places}
    sections = {(m.document, m.headline) for m in mentions if (m.document, m.offset) not in own}
    if sections or links:
        support = min(_MAX_SUPPORT, _SUPPORT * math.log2(1 + len(sections) + links))
        return round(1 - (1 - term.confidence) * (1 - support), 4)
    # A title or a bold word that the notes never use again is a topic or stress, not a term.
    return round(term.confidence * _unsupported_factor(term), 4)


def _unsupported_factor(term: Term) -> float:
    """What a title, a bold word or a bare item that is never used again loses: less where it is written like a name."""
    if not _POSITION_RULES.issuperset(term.rules):
        return 1.0
    parts = term.name.split()
    if term.rules == ("heading",):
        named = len(parts) > 1 and term.name[0].isupper()
    elif set(term.rules) <= _LISTED_RULES:
        return 1.0 if term.name[0].isupper() or not term.name.islower() else _UNSUPPORTED_FACTOR
    else:
        named = all(part[0].isupper() for part in parts)
    return _NAMED_FACTOR if named else _UNSUPPORTED_FACTOR


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
    kept: Mapping[str, tuple[Term, float]], mentions: Sequence[Mention], relations: Sequence[Relation]
) -> dict[str, float]:
    edges: dict[tuple[str, str], float] = defaultdict(float)
    for relation in relations:
        edges[relation.source, relation.target] += relation.confidence
        edges[relation.target, relation.source] += relation.confidence / 2
    # A section that is about one concept and mentions another ties them loosely.
    sections: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for mention in mentions:
        sections[mention.concept].add((mention.document, mention.headline))
    trust = {
        identity: confidence * (0.5 + 0.5 * bool(term.definitions)) for identity, (term, confidence) in kept.items()
    }
    # An everyday word that one list explains is everywhere in prose without being what the notes are about.
    weight = {identity: _EVERYDAY_WEIGHT if _is_everyday(term) else 1.0 for identity, (term, _) in kept.items()}
    counts = Counter(m.concept for m in mentions)
    return importance(
        list(kept),
        {(source, target): value * weight[source] * weight[target] for (source, target), value in edges.items()},
        {identity: count * weight[identity] ** 2 for identity, count in counts.items()},
        {identity: len(places) * weight[identity] ** 2 for identity, places in sections.items()},
        trust,
    )


_EVERYDAY_WEIGHT = 0.4


def _is_everyday(term: Term) -> bool:
    """Whether TERM is an ordinary word that a single rule found, and no more than twice."""
    if len(term.rules) > 1 or len(term.places) > 2 or len(names.words(term.name)) > 1:
        return False
    lower = term.name.lower()
    return names.is_everyday(lower) or names.is_label(lower) or is_verb(lower) or lower in FUNCTION_WORDS


def _concept(
    term: Term, confidence: float, rank: float, readings: Mapping[str, Reading], mentions: Sequence[Mention]
) -> Concept:
    home = term.home
    reading = readings[home.path]
    candidate = home.candidate
    return Concept(
        id=term.id,
        name=term.name,
        aliases=(*_placed(term, readings), *_read_aliases(term, mentions)),
        definitions=term.definitions,
        kind=term.kind,
        rules=term.rules,
        confidence=confidence,
        rank=rank,
        section_path=reading.section_path(candidate.headline),
        span=_span(reading, candidate.begin, candidate.end),
        sense=term.sense,
    )


def _placed(term: Term, readings: Mapping[str, Reading]) -> Iterator[Alias]:
    """The aliases of TERM, each with the place where the notes have it."""
    first: dict[str, Place] = {}
    for place in term.places:
        first.setdefault(place.candidate.name, place)
    for alias in term.aliases:
        named = first.get(alias.surface)
        if alias.span is None and named is not None:
            begin, end = named.candidate.begin, named.candidate.end
            yield structs.replace(alias, span=_span(readings[named.path], begin, end))
        else:
            yield alias


def _read_aliases(term: Term, mentions: Iterable[Mention]) -> Iterator[Alias]:
    """Names of TERM that only running text has: translations, known acronyms, misspellings."""
    seen = {*term.keys, *(names.key(alias.surface) for alias in term.aliases)}
    for mention in mentions:
        key = names.key(mention.text)
        if key in seen:
            continue
        seen.add(key)
        known = {s.key: s for own in term.keys for s in synonyms.of(own, russian=not mention.text.isascii())}
        synonym = known.get(key)
        yield Alias(
            # A translation in its dictionary form, whichever form the text has.
            surface=synonym.surface if synonym and not synonym.surface.isascii() else " ".join(mention.text.split()),
            kind=synonym.kind if synonym else AliasKind.MISSPELLING,
            rule=synonyms.RULE if synonym else _SPELLING_RULE,
            confidence=synonyms.CONFIDENCE if synonym else _SPELLING_CONFIDENCE,
            span=mention.span,
        )


_SPELLING_RULE = "spelling"
_SPELLING_CONFIDENCE = 0.7


def _span(reading: Reading, begin: int, end: int) -> Span:
    return reading.span(begin, max(begin, end))
