"""In which order new cards are learnt: what a definition is made of before the definition, else as in the notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import RelationKind
from orgkb_exporters.anki.draft import Draft
from orgkb_exporters.anki.note_types import TERM


def positions(drafts: Sequence[Draft], graph: ConceptGraph) -> list[int]:
    """The place of each of DRAFTS among new cards, from 1: each after the terms that it needs, in its own file.

    Terms that need each other stay in the order of the notes.
    """
    needs = _needs(drafts, graph)
    places: dict[int, int] = {}
    begun: set[int] = set()
    for start in range(len(drafts)):
        stack: list[tuple[int, Iterator[int]]] = []
        if start not in begun:
            begun.add(start)
            stack.append((start, iter(needs[start])))
        while stack:
            index, rest = stack[-1]
            needed = next((other for other in rest if other not in begun), None)
            if needed is None:
                places[index] = len(places) + 1
                stack.pop()
            else:
                begun.add(needed)
                stack.append((needed, iter(needs[needed])))
    return [places[index] for index in range(len(drafts))]


def _needs(drafts: Sequence[Draft], graph: ConceptGraph) -> list[list[int]]:
    """For each of DRAFTS, which others define what its definition names, or what its sentence is about."""
    terms: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        if draft.kind == TERM.kind and draft.concept:
            terms[draft.file, draft.concept].append(index)
    named = _named_beside(drafts, terms, graph)
    needs: list[list[int]] = []
    for draft in drafts:
        wanted: set[int] = set()
        if draft.concept and draft.kind == TERM.kind:
            line = draft.location.line
            for concept in named.get((draft.location.path, line), ()):
                if concept != draft.concept:
                    wanted.update(terms[draft.file, concept])
            for relation in graph.relations_of(draft.concept):
                here = relation.span.path == draft.location.path and line <= relation.span.line <= line + 1
                if relation.source == draft.concept and relation.kind is RelationKind.DEFINITION and here:
                    wanted.update(terms.get((draft.file, relation.target), ()))
        elif draft.concept:
            wanted.update(terms.get((draft.file, draft.concept), ()))
        needs.append(sorted(wanted))
    return needs


def _named_beside(
    drafts: Sequence[Draft], terms: Mapping[tuple[str, str], list[int]], graph: ConceptGraph
) -> dict[tuple[str, int], list[str]]:
    """(path, line) of each Term note of DRAFTS → the concepts named there that are TERMS of its file."""
    files = {(d.location.path, d.location.line): d.file for d in drafts if d.kind == TERM.kind}
    named: dict[tuple[str, int], list[str]] = {}
    for concept in sorted({concept for _, concept in terms}):
        for place in graph.mentioned_at(concept):
            if place in files and (files[place], concept) in terms:
                named.setdefault(place, []).append(concept)
    return named
