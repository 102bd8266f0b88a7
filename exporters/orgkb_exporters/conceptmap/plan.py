"""From the concept graph to the `MapSpec` of a page: overview, chapter, neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept
from orgkb_exporters.conceptmap.phrases import clean, is_russian, leads_down
from orgkb_exporters.conceptmap.sections import sections_of
from orgkb_exporters.conceptmap.select import Link, among, best_links, eligible, grow, leading, may_show, weight
from orgkb_exporters.conceptmap.spec import MapConcept, MapSpec, Proposition
from orgkb_exporters.conceptmap.thin import thin

MAX_NOTE = 300
"""Letters of a definition in a tooltip."""


def overview(graph: ConceptGraph, *, max_concepts: int, max_propositions: int, question: str = "") -> MapSpec:
    """The map of the most important concepts of all notes."""
    return page(
        graph,
        leading(eligible(graph)),
        max_concepts=max_concepts,
        max_propositions=max_propositions,
        question=question,
        all_concepts=len(graph.concepts),
        all_propositions=len(best_links(graph.relations, graph.concepts)),
    )


def page(
    graph: ConceptGraph,
    candidates: Sequence[Concept],
    *,
    max_concepts: int,
    max_propositions: int,
    question: str = "",
    subject: str = "",
    all_concepts: int | None = None,
    all_propositions: int | None = None,
) -> MapSpec:
    """A map of CANDIDATES, grown from the first of them.

    Without a QUESTION it asks how its leading concepts fit together, and names its SUBJECT. It says
    that it was chosen from ALL_CONCEPTS and ALL_PROPOSITIONS; where these are not given, from its
    candidates and what joins them.
    """
    links = best_links(among(graph, candidates), candidates)
    concepts = grow(candidates, links, max_concepts)
    shown = {concept.id for concept in concepts}
    inside = [link for link in links if link.relation.source in shown and link.relation.target in shown]
    kept = thin(inside, len(concepts), max_propositions)
    sections, section_of = sections_of(concepts, graph)
    largest = max((weight(concept) for concept in concepts), default=0.0) or 1.0
    boxes = [
        _box(graph, concept, weight(concept) / largest, section)
        for concept, section in zip(concepts, section_of, strict=True)
    ]
    boxes.sort(key=lambda box: (-box.importance, box.id))
    language = language_of(graph, concepts)
    asked = _question([box.label for box in boxes[:3]], language, linked=bool(kept))
    if subject and asked:
        asked = f"{clean(subject).rstrip(':')}: {asked[0].lower()}{asked[1:]}"
    return MapSpec(
        question=clean(question) or asked,
        language=language,
        concepts=tuple(boxes),
        propositions=tuple(map(_proposition, kept)),
        sections=sections,
        all_concepts=len(candidates) if all_concepts is None else all_concepts,
        all_propositions=len(links) if all_propositions is None else all_propositions,
    )


def around(graph: ConceptGraph, concept_id: str, depth: int) -> tuple[Concept, ...]:
    """The concept of that id and those at most DEPTH relations away: nearer ones first, then the more important.

    KeyError where there is no such concept.
    """
    found = {concept_id: graph.concept(concept_id)}
    ring = [found[concept_id]]
    for _ in range(depth):
        beyond = {
            other.id: other
            for concept in ring
            for other in graph.neighbours(concept.id)
            if other.id not in found and may_show(graph, other)
        }
        ring = sorted(beyond.values(), key=lambda concept: (-weight(concept), concept.id))
        found.update((concept.id, concept) for concept in ring)
    return tuple(found.values())


def _box(graph: ConceptGraph, concept: Concept, importance: float, section: int) -> MapConcept:
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
        surface=surface(graph, concept),
    )


def surface(graph: ConceptGraph, concept: Concept) -> str:
    """How the notes name CONCEPT at its place: as many of the words as stand together in that line."""
    span = concept.span
    named = next((mention.text for mention in graph.mentions_of(concept.id) if mention.span == span), concept.name)
    lines = _lines(graph.document(span.path).text if graph.has_document(span.path) else "")
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    begin = span.column - 1
    there = line[begin : begin + span.length]
    # After an included file the lines are others: then the name has to do.
    if clean(there).casefold() in {clean(s).casefold() for s in concept.surfaces}:
        return clean(there)
    words = clean(named).split(" ")
    while len(words) > 1 and " ".join(words).casefold() not in line.casefold():
        words.pop()
    return " ".join(words) if " ".join(words).casefold() in line.casefold() else clean(named)


@lru_cache(maxsize=4)  # whole notes: a program that builds again and again holds as many
def _lines(text: str) -> list[str]:
    return text.split("\n")


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


def language_of(graph: ConceptGraph, concepts: Sequence[Concept]) -> str:
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
