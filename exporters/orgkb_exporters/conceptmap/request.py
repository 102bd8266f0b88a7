"""One map on request: which concepts it is about."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept
from orgkb.errors import UsageError
from orgkb.exporter import DrawRequest
from orgkb_exporters.conceptmap import plan
from orgkb_exporters.conceptmap.phrases import clean
from orgkb_exporters.conceptmap.select import eligible
from orgkb_exporters.conceptmap.spec import MapSpec


def requested(graph: ConceptGraph, request: DrawRequest, *, max_concepts: int, max_propositions: int) -> MapSpec:
    """The page that REQUEST asks for; UsageError where the notes have no such concept or section."""
    candidates: Sequence[Concept] = eligible(graph)
    subject = ""
    if request.section:
        candidates = _in_section(candidates, request.section)
        subject = request.section
    if request.focus:
        concept = _named(graph, request.focus)
        wanted = {other.id for other in candidates} | {concept.id}
        candidates = [other for other in plan.around(graph, concept.id, request.depth) if other.id in wanted]
        subject = concept.name
    if not candidates:
        raise UsageError("no concepts were found, so there is no map")
    return plan.page(
        graph,
        candidates,
        max_concepts=max_concepts,
        max_propositions=max_propositions,
        question=request.question or (clean(subject) if request.focus else ""),
        subject=subject,
    )


def _in_section(concepts: Sequence[Concept], name: str) -> list[Concept]:
    wanted = name.casefold()
    found = [c for c in concepts if any(wanted in part.casefold() for part in (c.span.path, *c.section_path))]
    if not found:
        titles = list(dict.fromkeys(part for c in concepts for part in c.section_path))
        raise UsageError(f"no heading or file with concepts has {name!r} in its name{_hint(name, titles)}")
    return found


def _named(graph: ConceptGraph, name: str) -> Concept:
    wanted = " ".join(name.split()).casefold()
    for concept in graph.ranked:
        if wanted in {concept.id.casefold(), *(surface.casefold() for surface in concept.surfaces)}:
            return concept
    raise UsageError(f"the notes have no concept {name!r}{_hint(name, [c.name for c in graph.ranked])}")


def _hint(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, n=3)
    return f" (did you mean {', '.join(map(repr, close))}?)" if close else ""
