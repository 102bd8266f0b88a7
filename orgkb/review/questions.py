"""What is doubtful in a graph, as questions."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence

from orgkb.concepts import folding
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Alias, AliasKind, Concept, ConceptKind, Definition, Evidence, Mention, Relation
from orgkb.review import keys
from orgkb.review.model import Change, Kind, Option, Quote, ReviewItem
from orgkb.review.near import near_names
from orgkb.review.quoting import Lines, shortened

SURE_ALIAS = 0.75
"""Confidence from which another name is taken without asking."""
SURE_RELATION = 0.6
RIVAL = 0.2
"""How much less sure than the best a definition may be and still compete with it."""
MAX_QUOTES = 3
MAX_CHOICES = 6
"""Definitions to choose from."""
_BARE = 4
"""Words of a line up to which it only names a concept."""
_LONG = 300
"""Characters of a definition that the settings keep; it is found again by its beginning."""
_CONCEPTS = ("concepts",)
_ALIASES, _APART = ("concepts", "aliases"), ("concepts", "apart")
_SENSES, _DEFINITIONS, _RELATIONS = ("concepts", "senses"), ("concepts", "definitions"), ("concepts", "relations")
_GUESSED = frozenset({AliasKind.VARIANT, AliasKind.MISSPELLING, AliasKind.TRANSLATION, AliasKind.ACRONYM})


def items(graph: ConceptGraph) -> tuple[ReviewItem, ...]:
    """What is doubtful in GRAPH and its settings do not answer: by kind, the most important first.

    Linear in the size of the graph, but for sorting.
    """
    done = keys.answered(graph.settings)
    lines = Lines(graph)
    order = {kind: at for at, kind in enumerate(Kind)}
    found: dict[str, ReviewItem] = {}
    for item in _all(graph, lines):
        if keys.base(item.key) not in done:
            found.setdefault(item.key, item)
    return tuple(sorted(found.values(), key=lambda item: (order[item.kind], -item.weight, item.key)))


def _all(graph: ConceptGraph, lines: Lines) -> Iterator[ReviewItem]:
    sure = graph.settings.thresholds.cards
    for concept in graph.concepts:
        if concept.confidence < sure:
            yield _concept(concept, Kind.CONCEPT, lines, graph.mentions_of(concept.id))
    for concept in graph.dropped:
        yield _concept(concept, Kind.DROPPED, lines, ())
    yield from _merges(graph, lines)
    for concept in graph.concepts:
        for alias in concept.aliases:
            if _is_doubtful(concept, alias):
                yield _alias(concept, alias, lines, graph)
        if len(_rivals(concept)) > 1:
            yield _definition(concept, lines)
    yield from _senses(graph, lines)
    yield from _undefined(graph, lines)
    for relation in graph.relations:
        if relation.confidence < SURE_RELATION:
            yield _relation(graph, relation, lines)


def _option(kind: Kind, name: str, changes: tuple[Change, ...]) -> Option:
    return Option(name, keys.LABELS[kind][name], changes, text=any(change.value is None for change in changes))


# --- concepts ---


def _concept(concept: Concept, kind: Kind, lines: Lines, mentions: Sequence[Mention]) -> ReviewItem:
    return ReviewItem(
        key=keys.of_concept(concept.name),
        kind=kind,
        subject=concept.name,
        question=f"Is {concept.name} a concept?",
        why=f"confidence {share(concept.confidence)}",
        options=(
            _option(kind, keys.CONCEPT, (Change(_CONCEPTS, "always", concept.name),)),
            _option(kind, keys.NEVER, (Change(_CONCEPTS, "never", concept.name),)),
        ),
        quotes=tuple(_evidence_or_use(concept, lines, mentions)),
        weight=concept.rank,
        places=len(concept.evidence) + len(mentions),
    )


def _evidence_or_use(concept: Concept, lines: Lines, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """The evidence for CONCEPT, and how it is used where that is no more than its name."""
    quotes = tuple(_evidence(concept, lines, 2))
    yield from quotes
    if all(len(quote.text.split()) <= _BARE for quote in quotes):
        shown = {quote.span.line for quote in quotes}
        used = (m for m in mentions if m.context in {"prose", "link"} and m.span.line not in shown)
        yield from _mentions(itertools.islice(used, 1), lines)


def _evidence(concept: Concept, lines: Lines, most: int = MAX_QUOTES) -> Iterator[Quote]:
    """The places where rules found CONCEPT, the surest first, each line once."""
    seen: set[tuple[str, int]] = set()
    for evidence in sorted(concept.evidence, key=lambda e: (-e.confidence, e.span)):
        place = evidence.span.path, evidence.span.line
        if place not in seen and len(seen) < most:
            seen.add(place)
            yield _quote(evidence, lines)


def _quote(evidence: Evidence, lines: Lines) -> Quote:
    text = lines.at(evidence.document, evidence.offset)
    return Quote(evidence.span, f"{evidence.rule}, {share(evidence.confidence)}", text)


def _mentions(mentions: Iterable[Mention], lines: Lines) -> Iterator[Quote]:
    for mention, _ in zip(mentions, range(MAX_QUOTES), strict=False):
        yield Quote(mention.span, mention.context, lines.at(mention.document, mention.offset))


def share(confidence: float) -> str:
    """CONFIDENCE as people read it: `.36`."""
    return f"{confidence:.2f}".removeprefix("0")


# --- names ---


def _is_doubtful(concept: Concept, alias: Alias) -> bool:
    return (
        alias.kind in _GUESSED
        and alias.confidence < SURE_ALIAS
        and folding.key(alias.surface) != folding.key(concept.name)
        and concept.kind is ConceptKind.TERM
    )


def _pair(
    kind: Kind, name: str, other: str, question: str, why: str, quotes: tuple[Quote, ...], weight: float, places: int
) -> ReviewItem:
    return ReviewItem(
        key=keys.of_pair(name, other),
        kind=kind,
        subject=f"{name} = {other}",
        question=question,
        why=why,
        options=(
            _option(kind, keys.SAME, (Change(_ALIASES, name, other),)),
            _option(kind, keys.APART, (Change(_APART, name, other),)),
        ),
        quotes=quotes,
        weight=weight,
        places=places,
    )


def _alias(concept: Concept, alias: Alias, lines: Lines, graph: ConceptGraph) -> ReviewItem:
    key = folding.key(alias.surface)
    used = [mention for mention in graph.mentions_of(concept.id) if folding.key(mention.text) == key]
    note = f"{alias.kind} by {alias.rule}, {share(alias.confidence)}"
    quotes = [Quote(alias.span, note, lines.of(alias.span))] if alias.span else []
    quotes += [quote for quote in _mentions(used, lines) if not alias.span or quote.span.line != alias.span.line]
    return _pair(
        Kind.ALIAS,
        concept.name,
        alias.surface,
        f"Is {alias.surface} another name of {concept.name}?",
        f"taken for one: {note}",
        tuple(quotes[:MAX_QUOTES]),
        concept.rank,
        len(used) + 1,
    )


def _merges(graph: ConceptGraph, lines: Lines) -> Iterator[ReviewItem]:
    for first, second, why in near_names(graph.concepts):
        one, other = sorted((first, second), key=lambda concept: (-concept.rank, concept.id))
        quotes = (*_evidence(one, lines, 1), *_evidence(other, lines, 1))
        yield _pair(
            Kind.MERGE,
            one.name,
            other.name,
            f"Are {one.name} and {other.name} one?",
            f"taken for two: {why}",
            quotes,
            one.rank,
            len(one.evidence) + len(other.evidence),
        )


# --- senses ---


def _senses(graph: ConceptGraph, lines: Lines) -> Iterator[ReviewItem]:
    groups: dict[str, list[Concept]] = {}
    for concept in graph.concepts:
        if concept.sense:
            groups.setdefault(folding.key(concept.name), []).append(concept)
    for senses in groups.values():
        if len(senses) < 2:
            continue
        name = senses[0].name
        places = {sense.sense: _homes(graph, sense) for sense in senses}
        quotes = [quote for sense in senses for quote in _defined(sense, lines)]
        yield ReviewItem(
            key=keys.of_senses(name),
            kind=Kind.SENSES,
            subject=name,
            question=f"Does {name} mean different things in {' and '.join(places)}?",
            why="defined in different ways",
            options=(
                _option(Kind.SENSES, keys.SEVERAL, (Change(_SENSES, name, places, add=False),)),
                _option(Kind.SENSES, keys.ONE, (Change(_CONCEPTS, "one_sense", name),)),
            ),
            quotes=tuple(quotes),
            weight=max(sense.rank for sense in senses),
            places=sum(len(sense.evidence) for sense in senses),
        )


def _homes(graph: ConceptGraph, sense: Concept) -> list[str]:
    """Where SENSE is found: `file::Top heading` as `[concepts.senses]` takes it, or the file."""
    found: dict[str, None] = {}
    for evidence in sense.evidence:
        document = graph.document(evidence.document)
        title = next(iter(sense.section_path), "") if evidence.span == sense.span else ""
        title = title or Lines.top_title(document, evidence.offset)
        found[f"{document.path}::{title}" if title else document.path] = None
    return list(found)


def _defined(concept: Concept, lines: Lines) -> Iterator[Quote]:
    definition = concept.definition
    if definition is None:
        yield from _evidence(concept, lines, 1)
    else:
        yield Quote(definition.span, concept.sense or definition.rule, shortened(definition.text))


# --- definitions ---


def _rivals(concept: Concept) -> list[Definition]:
    """The definitions of CONCEPT that may be its best one, the best first."""
    definitions = [definition for definition in concept.definitions if definition.text]
    if len(definitions) < 2:
        return []
    sure = definitions[0].confidence - RIVAL
    return [definition for definition in definitions if definition.confidence >= sure]


def _full_name(concept: Concept) -> str:
    return f"{concept.name} ({concept.sense})" if concept.sense else concept.name


def _definition(concept: Concept, lines: Lines) -> ReviewItem:
    rivals = _rivals(concept)[:MAX_CHOICES]
    digest = hashlib.sha256("\n".join(definition.text for definition in rivals).encode()).hexdigest()[:8]
    name = _full_name(concept)
    choices = [
        Option(
            str(number),
            shortened(definition.text),
            (Change(_DEFINITIONS, name, _kept(definition.text), add=False),),
        )
        for number, definition in enumerate(rivals, 1)
    ]
    own = _option(Kind.DEFINITION, keys.OWN, (Change(_DEFINITIONS, name, None, add=False),))
    return ReviewItem(
        key=keys.of_definition(name, digest),
        kind=Kind.DEFINITION,
        subject=name,
        question=f"Which one says best what {name} is?",
        why="taken: the first",
        options=(*choices, own),
        quotes=tuple(
            Quote(definition.span, f"{definition.rule}, {share(definition.confidence)}", lines.of(definition.span))
            for definition in rivals
        ),
        weight=concept.rank,
        places=len(concept.definitions),
    )


def _kept(text: str) -> str:
    """TEXT as the settings name it: whole, or its beginning."""
    return text if len(text) <= _LONG else text[:_LONG].rsplit(" ", 1)[0] + "…"


def _undefined(graph: ConceptGraph, lines: Lines) -> Iterator[ReviewItem]:
    told = {d.location for d in graph.diagnostics if d.code == "empty-definition"}
    for concept in graph.concepts:
        places = [evidence for evidence in concept.evidence if evidence.span.location() in told]
        if concept.definitions or not places:
            continue
        name = _full_name(concept)
        yield ReviewItem(
            key=keys.of_undefined(name),
            kind=Kind.UNDEFINED,
            subject=name,
            question=f"What is {name}?",
            why="marked as a term, but nothing is said about it",
            options=(
                _option(Kind.UNDEFINED, keys.OWN, (Change(_DEFINITIONS, name, None, add=False),)),
                _option(Kind.UNDEFINED, keys.NONE, (Change(_DEFINITIONS, name, "", add=False),)),
                _option(Kind.UNDEFINED, keys.NEVER, (Change(_CONCEPTS, "never", concept.name),)),
            ),
            quotes=tuple(_quote(evidence, lines) for evidence in places[:MAX_QUOTES]),
            weight=concept.rank,
            places=len(places),
        )


# --- relations ---


def _relation(graph: ConceptGraph, relation: Relation, lines: Lines) -> ReviewItem:
    source, target = graph.concept(relation.source), graph.concept(relation.target)
    ends = _full_name(source), _full_name(target)
    shown = f"{ends[0]} – {relation.label or '…'} – {ends[1]}"
    said = [ends[0], relation.label, ends[1]]
    return ReviewItem(
        key=keys.of_relation(ends[0], relation.label, ends[1]),
        kind=Kind.RELATION,
        subject=shown,
        question=f"Does this hold: {shown}?",
        why=f"confidence {share(relation.confidence)}",
        options=(
            _option(Kind.RELATION, keys.RIGHT, (Change(_RELATIONS, "add", said),)),
            _option(Kind.RELATION, keys.WRONG, (Change(_RELATIONS, "remove", said),)),
        ),
        quotes=(Quote(relation.span, f"{relation.kind}, {share(relation.confidence)}", lines.of(relation.span)),),
        weight=max(source.rank, target.rank),
        places=1,
    )
