"""Links relate the concept they stand with to the one they lead to; `- relation :: [[link]]` names the relation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from orgkb.concepts.blocks import BlockKind
from orgkb.concepts.candidates.terms import linked_only
from orgkb.concepts.model import Relation, RelationKind, RelationType
from orgkb.concepts.relations.clauses import CLAUSE_LENGTH, clause_start, is_subject
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.model import Context
from orgkb.concepts.relations.phrases import phrase
from orgkb.concepts.scanning import EXTERNAL
from orgkb.org import nodes as n
from orgkb.org.walk import find as find_nodes
from orgkb.org.walk import plain_text

_PROSE_FACTOR = 0.85
_BARE_FACTOR = 0.6


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """One relation per internal link between two concepts."""
    stated = _stated(context)
    for index, block in enumerate(context.reading.blocks):
        if len(block.objects) == 1 and isinstance(block.objects[0], n.Text):
            continue
        for link in find_nodes(block.objects, n.Link):
            if link.kind in EXTERNAL:
                continue
            target = _target(context, link, block.headline)
            source = _source(context, index, link)
            label, trust = stated.get(link.begin, ""), confidence
            if not label:
                subject, label = _subject_and_label(context, index, link)
                source = subject or source
                trust *= _PROSE_FACTOR if label else _BARE_FACTOR
            if target is None or source is None or source == target:
                continue
            yield Relation(
                source=source,
                target=target,
                label=label,
                kind=RelationKind.LINK,
                span=context.reading.span(link.begin, link.end),
                confidence=round(trust, 4),
                type=type_of(label) if label else RelationType.OTHER,
            )


def _stated(context: Context) -> dict[int, str]:
    """Offset of a link → the relation that the tag of its item names."""
    found: dict[int, str] = {}
    for block in context.reading.blocks:
        if block.kind is BlockKind.TAG and block.item is not None:
            label = " ".join(block.text.split())
            found.update((link.begin, label) for link in linked_only(block.item))
    return found


def _source(context: Context, index: int, link: n.Link) -> str | None:
    for candidate in context.defined_in.get(index, ()):
        if candidate.defined_at and candidate.defined_at[0] <= link.begin < candidate.defined_at[1]:
            return context.concept_of(candidate.name, candidate.headline)
    return context.subject_of(index)


def _target(context: Context, link: n.Link, here: int) -> str | None:
    """The concept a link leads to: of the place where it resolves, else of what it reads."""
    place = context.places.get((link.begin, link.raw))
    if place is not None:
        if place.target and (named := context.concept_of(place.target, here)):
            return named
        if place.concept:
            return place.concept
    text = plain_text(link.children) if link.children else link.raw if link.kind == "fuzzy" else ""
    return context.concept_of(text, here) if text else None


def _subject_and_label(context: Context, index: int, link: n.Link) -> tuple[str | None, str]:
    """The subject of the clause before LINK where it is a concept, and the linking phrase."""
    block = context.reading.blocks[index]
    # The first character that shows is that of the description, or of the bare link.
    place = block.flat.index(link.children[0].begin if link.children else link.begin + 2)
    if place is None:
        return None, ""
    start = clause_start(block.prose, max(0, place - CLAUSE_LENGTH), place)
    hits = context.hits_by_block.get(index, [])
    for at in range(bisect_left(hits, place, key=lambda hit: hit.start) - 1, -1, -1):
        hit = hits[at]
        if hit.start < start:
            break
        if is_subject(block.prose[hit.end : place]):
            return hit.mention.concept, phrase(block.prose[hit.end : place], opening=True)
    return None, phrase(block.prose[start:place], opening=True)
