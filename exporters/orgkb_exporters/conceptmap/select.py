"""Which concepts a map shows: the most important ones that hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept, Relation, RelationKind
from orgkb_exporters.conceptmap.phrases import clean, drawn_phrase, is_function_word, says_little

_DEFINED_BONUS = 1.25
_NO_PHRASE = 0.5  # a concept that joins the map by a line without words counts half
_TRUST = {
    RelationKind.LINK: 0.3,
    RelationKind.DEFINITION: 0.2,
    RelationKind.SENTENCE: 0.1,
    RelationKind.LIST: 0.1,
    RelationKind.NAME: 0.0,
    RelationKind.USER: 0.4,
}


class Link(msgspec.Struct, frozen=True):
    """The best relation between two concepts."""

    relation: Relation
    phrase: str
    """As drawn; empty where the relation has none that says something."""

    @property
    def strength(self) -> float:
        """How much the line is worth: any phrase more than none, then where it comes from and how sure it is."""
        phrase = 0.0 if not self.phrase else 1.5 if says_little(self.phrase) else 2.0
        return phrase + _TRUST[self.relation.kind] + self.relation.confidence

    @property
    def key(self) -> tuple[float, str, str]:
        """Sorts links, the strongest first, in an order that depends on nothing else."""
        return (-self.strength, self.relation.source, self.relation.target)


def eligible(graph: ConceptGraph) -> tuple[Concept, ...]:
    """The concepts of GRAPH that maps may show, the most important first."""
    sure = [concept for concept in graph.concepts if may_show(graph, concept)]
    return tuple(sorted(sure, key=lambda concept: (-weight(concept), concept.id)))


def leading(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """Those of CONCEPTS that a page may be about: not `and` or `if`, which notes on languages define and all texts name."""
    return tuple(concept for concept in concepts if not is_function_word(clean(concept.name)))


def may_show(graph: ConceptGraph, concept: Concept) -> bool:
    """Whether CONCEPT of GRAPH is sure enough for a map."""
    return concept.confidence >= graph.settings.thresholds.map


def weight(concept: Concept) -> float:
    """Importance of CONCEPT for a map: its rank, a quarter more where the notes define it."""
    return concept.rank * (_DEFINED_BONUS if concept.definitions else 1.0)


def best_links(relations: Iterable[Relation], concepts: Iterable[Concept]) -> tuple[Link, ...]:
    """One link for each pair of CONCEPTS that RELATIONS join, the strongest first."""
    wanted = {concept.id for concept in concepts}
    best: dict[tuple[str, str], Link] = {}
    for relation in relations:
        source, target = relation.source, relation.target
        if source == target or source not in wanted or target not in wanted:
            continue
        pair = (source, target) if source < target else (target, source)
        link = Link(relation, drawn_phrase(relation.label))
        known = best.get(pair)
        if known is None or link.key < known.key:
            best[pair] = link
    return tuple(sorted(best.values(), key=lambda link: link.key))


def among(graph: ConceptGraph, concepts: Iterable[Concept]) -> Iterator[Relation]:
    """The relations that leave CONCEPTS, found without looking at all the others."""
    for concept in concepts:
        yield from (relation for relation in graph.relations_of(concept.id) if relation.source == concept.id)


def grow(concepts: Sequence[Concept], links: Iterable[Link], limit: int) -> tuple[Concept, ...]:
    """At most LIMIT of CONCEPTS (the most important first), grown from the first as one connected piece.

    Each step takes the most important concept that a link joins to the piece. Where the piece cannot
    grow, another one begins; concepts without links come last. The result for a smaller LIMIT is a
    beginning of the result for a larger one.
    """
    neighbours: Mapping[str, dict[str, bool]] = defaultdict(dict)
    for link in links:
        source, target = link.relation.source, link.relation.target
        neighbours[source][target] = neighbours[target][source] = bool(link.phrase)
    by_id = {concept.id: concept for concept in concepts}
    linked = [concept for concept in by_id.values() if concept.id in neighbours]
    alone = [concept for concept in by_id.values() if concept.id not in neighbours]
    chosen: dict[str, Concept] = {}
    frontier: dict[str, bool] = {}
    seeds = iter(linked)
    while len(chosen) < min(limit, len(linked)):
        if frontier:
            best = max(frontier, key=lambda i: (weight(by_id[i]) * (1 if frontier[i] else _NO_PHRASE), i))
            del frontier[best]
        else:
            best = next(seed.id for seed in seeds if seed.id not in chosen)
        chosen[best] = by_id[best]
        for other, says in neighbours[best].items():
            if other not in chosen:
                frontier[other] = frontier.get(other, False) or says
    return (*chosen.values(), *alone[: limit - len(chosen)])
