"""What stands beside the text: short definitions in the margin, questions in the cue column of a Cornell page."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from orgkb.concepts.model import Concept, Relation, RelationKind
from orgkb.patterns import pattern
from orgkb_exporters.pdf import data, escape, language
from orgkb_exporters.pdf.data import Beside
from orgkb_exporters.pdf.layouts import Look
from orgkb_exporters.pdf.places import Places

if TYPE_CHECKING:
    from orgkb_exporters.pdf.part import Part

NOTE_LENGTH = 140
"""Characters of a definition in the margin."""
MAX_CUES = 9
"""Questions of a page."""
FEW_CUES = 4
"""Cues of a page below which words are added to the questions."""
_LONGEST_NAME = 60
_CYRILLIC = pattern("[\u0400-\u04ff]")


def beside(part: Part, look: Look, places: Places) -> dict[str, tuple[Beside, ...]]:
    """Page → what LOOK has in its margins, by height; the template keeps them apart."""
    found: dict[int, list[Beside]] = {}
    if look.notes:
        _notes(part, places, found)
    if look.cues:
        _cues(part, places, found)
    return {str(page): tuple(sorted(entries, key=lambda e: e.y)) for page, entries in sorted(found.items())}


def _notes(part: Part, places: Places, found: dict[int, list[Beside]]) -> None:
    """The definition of each concept where it is first mentioned in a chapter, away from its own definition."""
    concepts = {concept.id: concept for concept in part.concepts}
    shown: set[tuple[str, int]] = set()
    chapters = places.chapters()
    for seen in places.mentions:
        concept = concepts.get(seen.concept)
        if concept is None or seen.role not in {"l", "t"}:
            continue
        key = seen.concept, bisect_right(chapters, (seen.page, seen.y))
        if key in shown:
            continue
        shown.add(key)
        text = data.in_short(concept, NOTE_LENGTH) if seen.role == "l" else ""
        if text:
            found.setdefault(seen.page, []).append(Beside(seen.y, text, escape.clean(concept.name)))


def _cues(part: Part, places: Places, found: dict[int, list[Beside]]) -> None:
    """Questions that the text beside them answers: what a concept is where it is defined, what it does where that is told."""
    graph, words = part.book.graph, part.data_words
    concepts = {concept.id: concept for concept in graph.concepts}
    told: dict[tuple[str, int], list[Relation]] = {}
    for relation in graph.relations:
        # What a definition says is asked for as a whole.
        if relation.label and relation.source in concepts and relation.kind is not RelationKind.DEFINITION:
            told.setdefault((relation.source, relation.span.line), []).append(relation)
    # As the sentence has it: "Images become", where the concept is called "Image".
    surfaces: dict[tuple[str, int], str] = {}
    for mention in graph.mentions:
        if (key := (mention.concept, mention.span.line)) in told:
            surfaces.setdefault(key, mention.text)
    russian = language.words("ru")
    asked: set[str] = set()
    words_of: dict[int, list[Beside]] = {}
    named: set[str] = set()
    for seen in places.mentions:
        concept = concepts.get(seen.concept)
        if concept is None or len(concept.name) > _LONGEST_NAME:
            continue
        what = (russian if _CYRILLIC.search(concept.name) else words)["what"]
        questions = [what.replace("{}", escape.clean(concept.name))] if _defined(concept, seen.role) else []
        told_of = escape.clean(" ".join(surfaces.get((seen.concept, seen.line), concept.name).split()))
        questions += [
            f"{told_of} {escape.clean(relation.label)} …?" for relation in told.get((seen.concept, seen.line), ())
        ]
        if seen.role in {"l", "t"} and concept.definitions and seen.concept not in named:
            named.add(seen.concept)
            words_of.setdefault(seen.page, []).append(Beside(seen.y, escape.clean(concept.name)))
        entries = found.setdefault(seen.page, [])
        for question in questions:
            if question.casefold() not in asked and len(entries) < MAX_CUES:
                asked.add(question.casefold())
                entries.append(Beside(seen.y, question))
    # Where little is asked, the words of the page are the cues: what do they mean?
    for page, entries in words_of.items():
        asked_of = found.setdefault(page, [])
        free = [entry for entry in entries if not any(entry.text in cue.text for cue in asked_of)]
        asked_of += free[: max(0, FEW_CUES - len(asked_of))]


def _defined(concept: Concept, role: str) -> bool:
    return role == "t" and bool(concept.definitions)
