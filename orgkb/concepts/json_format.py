"""The graph as plain JSON values (`orgkb graph --json`), documented in docs/formats.md."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Any

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept, Definition, Relation


def about_json(graph: ConceptGraph, concepts: Sequence[Concept]) -> dict[str, Any]:
    """What GRAPH says of CONCEPTS, in the same format."""
    ids = {concept.id for concept in concepts if concept.id in graph}
    return {
        "concepts": [_concept(concept) for concept in concepts],
        "mentions": list(_mentions(graph, ids)),
        "relations": [_relation(graph, each) for each in graph.relations if ids & {each.source, each.target}],
    }


def concepts_json(concepts: Sequence[Concept]) -> dict[str, Any]:
    """CONCEPTS alone, in the same format."""
    return {"concepts": [_concept(concept) for concept in concepts]}


def graph_json(graph: ConceptGraph) -> dict[str, Any]:
    """GRAPH as `{"concepts", "mentions", "relations"}`; lines and columns count from 1."""
    return {
        "concepts": [_concept(concept) for concept in graph.concepts],
        "mentions": list(_mentions(graph, {concept.id for concept in graph.concepts})),
        "relations": [_relation(graph, relation) for relation in graph.relations],
    }


def _concept(concept: Concept) -> dict[str, Any]:
    definition = concept.definition
    return {
        "id": concept.id,
        "name": concept.name,
        "aliases": [alias.surface for alias in concept.aliases],
        "sense": concept.sense,
        "kind": concept.kind.value,
        "definition": definition.text if definition else "",
        "definitions": [_definition(each) for each in concept.definitions],
        "file": concept.span.path,
        "section_path": list(concept.section_path),
        "line": concept.span.line,
        "col": concept.span.column,
        "rules": list(concept.rules),
        "confidence": concept.confidence,
        "score": concept.rank,
    }


def _definition(definition: Definition) -> dict[str, Any]:
    return {
        "text": definition.text,
        "file": definition.span.path,
        "line": definition.span.line,
        "rule": definition.rule,
        "confidence": definition.confidence,
    }


def _mentions(graph: ConceptGraph, ids: Container[str]) -> Iterator[dict[str, Any]]:
    """Those of the concepts of IDS; the values are made of the rows of the table, for there are very many."""
    for table in graph.mentions.tables:
        named = [graph.concept(identity).name if identity in ids else "" for identity in table.concepts]
        texts = [" ".join(text.split()) for text in table.texts]
        for concept, text, path, line, column, context, confidence, nested in table.told():
            if name := named[concept]:
                yield {
                    "concept": name,
                    "id": table.concepts[concept],
                    "file": path,
                    "line": line,
                    "col": column,
                    "text": texts[text],
                    "context": context,
                    "confidence": confidence,
                    "nested": nested,
                }


def _relation(graph: ConceptGraph, relation: Relation) -> dict[str, Any]:
    return {
        "source": graph.concept(relation.source).name,
        "source_id": relation.source,
        "label": relation.label,
        "target": graph.concept(relation.target).name,
        "target_id": relation.target,
        "kind": relation.kind.value,
        "type": relation.type.value,
        "file": relation.span.path,
        "line": relation.span.line,
        "confidence": relation.confidence,
    }
