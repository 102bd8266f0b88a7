"""From the concept graph to the `MapSpec` of a page."""

from __future__ import annotations

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept
from orgkb_exporters.conceptmap.phrases import clean, is_russian, leads_down
from orgkb_exporters.conceptmap.sections import sections_of
from orgkb_exporters.conceptmap.select import Link, best_links, eligible, grow, weight
from orgkb_exporters.conceptmap.spec import MapConcept, MapSpec, Proposition
from orgkb_exporters.conceptmap.thin import thin

MAX_NOTE = 300
"""Letters of a definition in a tooltip."""


def overview(graph: ConceptGraph, *, max_concepts: int, max_propositions: int, question: str = "") -> MapSpec:
    """The map of the most important concepts of all notes."""
    candidates = eligible(graph)
    links = best_links(graph.relations, candidates)
    concepts = grow(candidates, links, max_concepts)
    shown = {concept.id for concept in concepts}
    inside = [link for link in links if link.relation.source in shown and link.relation.target in shown]
    kept = thin(inside, len(concepts), max_propositions)
    sections, section_of = sections_of(concepts, graph)
    largest = max((weight(concept) for concept in concepts), default=0.0) or 1.0
    boxes = [
        _box(concept, weight(concept) / largest, section) for concept, section in zip(concepts, section_of, strict=True)
    ]
    boxes.sort(key=lambda box: (-box.importance, box.id))
    language = _language(graph, concepts)
    return MapSpec(
        question=clean(question) or _question([box.label for box in boxes[:3]], language, linked=bool(kept)),
        language=language,
        concepts=tuple(boxes),
        propositions=tuple(map(_proposition, kept)),
        sections=sections,
        all_concepts=len(graph.concepts),
        all_propositions=len(best_links(graph.relations, graph.concepts)),
    )


def _box(concept: Concept, importance: float, section: int) -> MapConcept:
    definition = clean(concept.definition.text) if concept.definition else ""
    if len(definition) > MAX_NOTE:
        definition = definition[:MAX_NOTE].rsplit(" ", 1)[0] + "…"
    return MapConcept(
        id=concept.id,
        label=clean(concept.name) or concept.id,
        importance=importance,
        section=section,
        note=definition,
        place=concept.span.location(),
    )


def _proposition(link: Link) -> Proposition:
    relation = link.relation
    return Proposition(
        source=relation.source,
        target=relation.target,
        phrase=link.phrase,
        said=clean(relation.label),
        source_above=leads_down(link.phrase),
        place=relation.span.location(),
    )


def _language(graph: ConceptGraph, concepts: tuple[Concept, ...]) -> str:
    """`#+LANGUAGE:` of the first document that has one, else the script of the concepts' names."""
    for document in graph.documents:
        declared = document.setting("LANGUAGE")
        if declared:
            return "ru" if declared.strip().casefold().startswith("ru") else "en"
    return "ru" if is_russian(" ".join(concept.name for concept in concepts)) else "en"


def _question(leading: list[str], language: str, *, linked: bool) -> str:
    """A focus question on the LEADING concepts of a map; LINKED says whether it has propositions."""
    match leading, language:
        case [], _:
            return ""
        case [one], "ru":
            return f"Что такое {one}?"
        case [one], _:
            return f"What is {one}?"
        case _, "ru" if not linked:
            return "Какие понятия есть в заметках?"
        case _ if not linked:
            return "Which concepts do the notes name?"
        case [*first, last], "ru":
            return f"Как связаны {', '.join(first)} и {last}?"
        case [*first, last], _:
            return f"How do {', '.join(first)} and {last} fit together?"
    return ""
