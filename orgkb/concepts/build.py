"""Documents → concept graph: candidates per file, one merge, mentions and relations per file, one merge.

Both rounds take one file at a time and give plain values, so that they can run in parallel and be
kept between runs; the merges do not depend on the order of the files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from orgkb.concepts import names
from orgkb.concepts.blocks import BlockKind, Reading, read_blocks
from orgkb.concepts.candidates import candidates_of
from orgkb.concepts.candidates.model import FileCandidates
from orgkb.concepts.dictionary import Dictionary
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.linking import link as link_names
from orgkb.concepts.merging import Term, dictionary_of, merge
from orgkb.concepts.model import Concept, Mention, Relation, RelationKind, Span
from orgkb.concepts.ranking import importance
from orgkb.concepts.relations import RULES as RELATION_RULES
from orgkb.concepts.relations import Context
from orgkb.diagnostics import Diagnostic, Report, Severity
from orgkb.org.document import Document
from orgkb.org.links import LinkIndex

KEEP = 0.35
"""Concepts below this confidence are kept only with a definition."""

_POSITION_RULES = frozenset({"heading", "bold"})
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


def build(documents: Sequence[Document], report: Report | None = None) -> ConceptGraph:
    """The concept graph of prepared DOCUMENTS; problems found on the way go to REPORT too."""
    documents = sorted(documents, key=lambda d: d.path)
    readings = [read_blocks(document) for document in documents]
    found = [candidates_of(reading) for reading in readings]
    terms = merge(found)
    dictionary = dictionary_of(terms)
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
    concepts, mentions, relations = assemble(terms, findings, readings)
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
        owners=dictionary.owners,
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
            concept = dictionary.owners.get(names.key(candidate.name))
            if concept is None:
                continue
            if candidate.node_id and candidate.headline < 0:
                sections.setdefault((path, -1), concept)
            begin, end = titles.get(candidate.headline, (0, 0))
            if begin <= candidate.begin < end:
                sections.setdefault((path, candidate.headline), concept)
    return sections


def assemble(
    terms: Sequence[Term], findings: Iterable[FileFindings], readings: Sequence[Reading]
) -> tuple[list[Concept], list[Mention], list[Relation]]:
    """The final concepts, mentions and relations, without what has too little evidence."""
    findings = sorted(findings, key=lambda f: f.path)
    mentions = [mention for file in findings for mention in file.mentions]
    elsewhere = Counter(m.concept for m in mentions if m.context in {"prose", "link"})
    # To be linked to is to be used.
    elsewhere.update(
        relation.target for file in findings for relation in file.relations if relation.kind is RelationKind.LINK
    )
    kept: dict[str, tuple[Term, float]] = {}
    for term in terms:
        confidence = term.confidence
        # A title or a bold word that the notes never use again is a topic or stress, not a term.
        if not elsewhere[term.id] - _own_places(term) > 0 and _POSITION_RULES.issuperset(term.rules):
            confidence = round(confidence * _unsupported_factor(term), 4)
        if term.definitions or confidence >= KEEP:
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
    concepts = [_concept(term, confidence, ranks[term.id], by_path) for term, confidence in kept.values()]
    return concepts, mentions, relations


def _unsupported_factor(term: Term) -> float:
    """What a title or bold word that is never used again loses: less where it is written like a name."""
    parts = term.name.split()
    if term.rules == ("heading",):
        named = len(parts) > 1 and term.name[0].isupper()
    else:
        named = all(part[0].isupper() for part in parts)
    return _NAMED_FACTOR if named else _UNSUPPORTED_FACTOR


def _own_places(term: Term) -> int:
    """How many of its mentions in prose are the very places that made it a candidate."""
    return sum(place.candidate.rule == "bold" for place in term.places)


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
    return importance(
        list(kept),
        edges,
        Counter(m.concept for m in mentions),
        {identity: len(places) for identity, places in sections.items()},
        trust,
    )


def _concept(term: Term, confidence: float, rank: float, readings: Mapping[str, Reading]) -> Concept:
    home = term.home
    reading = readings[home.path]
    candidate = home.candidate
    return Concept(
        id=term.id,
        name=term.name,
        aliases=term.aliases,
        definitions=term.definitions,
        kind=term.kind,
        rules=term.rules,
        confidence=confidence,
        rank=rank,
        section_path=reading.section_path(candidate.headline),
        span=_span(reading, candidate.begin, candidate.end),
    )


def _span(reading: Reading, begin: int, end: int) -> Span:
    return reading.span(begin, max(begin, end))
