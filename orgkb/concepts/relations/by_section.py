"""Relations of a section, taken from the last build where all that decides them is as it was, wherever it stands now.

A rule finds in each section alone what it finds in all of them: a concept is related to others by the words around it, by its
list and by the title above.  Besides the section itself (`orgkb.concepts.parts`) that depends on its mentions and candidates,
on what the headings above are about, on where its links lead, and on the dictionary.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec
from msgspec import structs

from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, Span
from orgkb.concepts.parts import Parts, Section
from orgkb.concepts.relations.model import Context, LinkPlace, RelationRule


class _Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was found in a section, and where it stood then."""

    line: int
    found: tuple[tuple[int, Relation], ...]
    """The number of a rule, and what it found."""
    asked: tuple[str, ...]
    """The names that were looked up for it, sorted."""


@cache  # as in `stored`
def _kept() -> msgspec.msgpack.Decoder[_Kept]:
    return msgspec.msgpack.Decoder(_Kept)


def relations_in(
    context: Context, rules: Sequence[RelationRule], parts: Parts, state: bytes, asked: set[str]
) -> list[Relation]:
    """What RULES find in the document of CONTEXT, that of PARTS, with a dictionary of which STATE is the hash.

    ASKED, where the dictionary notes what is looked up, takes what was looked up for those that are remembered, too.
    """
    pieces = parts.pieces
    every: list[list[Relation]] = [[] for _ in rules]
    hits, candidates, places = _by_section(context, parts)
    before = set(asked)
    for at, section in enumerate(parts.sections):
        own = hits[at], candidates.get(section.headline, ()), places[at]
        source = state + _source(context, section, *own)
        data = pieces.get("relations", source)
        if data is None:
            asked.clear()
            alone = _alone(context, section, parts, own[0], own[1])
            found = tuple(
                (number, relation)
                for number, rule in enumerate(rules)
                for relation in rule.find(alone, rule.confidence)
            )
            kept = _Kept(section.line, found, tuple(sorted(asked)))
            pieces.put("relations", source, msgspec.msgpack.encode(kept))
        else:
            kept = _kept().decode(data)
        before.update(kept.asked)
        lines = section.line - kept.line
        for number, relation in kept.found:
            every[number].append(_moved(relation, lines) if lines else relation)
    asked.update(before)
    return [relation for found in every for relation in found]


def _by_section(
    context: Context, parts: Parts
) -> tuple[list[list[Hit]], dict[int, list[Candidate]], list[list[tuple[int, str, LinkPlace]]]]:
    """The hits of each section, its candidates by the index of its headline, and where its links lead."""
    firsts = [section.first for section in parts.sections]
    begins = [section.begin for section in parts.sections]
    hits: list[list[Hit]] = [[] for _ in firsts]
    for hit in context.hits:
        hits[bisect_right(firsts, hit.block) - 1].append(hit)
    candidates: dict[int, list[Candidate]] = {}
    for candidate in context.candidates.candidates:
        candidates.setdefault(candidate.headline, []).append(candidate)
    places: list[list[tuple[int, str, LinkPlace]]] = [[] for _ in firsts]
    for (offset, raw), place in context.places.items():
        places[max(bisect_right(begins, offset) - 1, 0)].append((offset, raw, place))
    return hits, candidates, places


def _source(
    context: Context,
    section: Section,
    hits: Iterable[Hit],
    candidates: Iterable[Candidate],
    places: Iterable[tuple[int, str, LinkPlace]],
) -> bytes:
    """All that decides what rules find in SECTION, with places counted from its begin."""
    begin, first = section.begin, section.first
    about = (
        [
            (hit.block - first, hit.start, hit.end, said.concept, said.text, said.offset - begin, said.context)
            for hit in hits
            for said in [hit.mention]
        ],
        [
            (
                found.name,
                found.rule,
                found.supports,
                found.begin - begin,
                found.defined_at and (found.defined_at[0] - begin, found.defined_at[1] - begin),
                found.definition and (found.definition.text, bool(found.definition.objects)),
            )
            for found in candidates
        ],
        [(offset - begin, raw, place.target, place.concept) for offset, raw, place in places],
        context.sections.get(section.headline),
        context.section_subject(section.headline),
        context.above(section.headline),
        context.reading.top(section.headline) if context.dictionary.senses else 0,
    )
    return section.source + msgspec.msgpack.encode(about)


class _Alone(Context, frozen=True, kw_only=True):
    """A section as rules see it."""

    whole: Context

    def section_subject(self, headline: int) -> str | None:
        """The concept of the nearest heading above, or of the file."""
        return self.whole.section_subject(headline)


def _alone(
    context: Context, section: Section, parts: Parts, hits: Iterable[Hit], candidates: Iterable[Candidate]
) -> Context:
    """SECTION with its HITS and CANDIDATES."""
    return _Alone(
        reading=parts.part(section),
        candidates=structs.replace(context.candidates, candidates=tuple(candidates)),
        hits=tuple(structs.replace(hit, block=hit.block - section.first) for hit in hits),
        dictionary=context.dictionary,
        confidence=context.confidence,
        sections=context.sections,
        places=context.places,
        whole=context,
    )


def _moved(relation: Relation, lines: int) -> Relation:
    span = relation.span
    return structs.replace(relation, span=Span(span.path, span.line + lines, span.column, span.length))
