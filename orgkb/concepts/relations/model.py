"""What the relation rules work on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import msgspec

from orgkb.concepts.blocks import BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate, FileCandidates
from orgkb.concepts.dictionary import Dictionary
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.kinds import type_of


class LinkPlace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a link inside the notes leads."""

    path: str
    """Of the document."""
    headline: int
    """Index of the headline, -1 for the text before the first."""
    target: str
    """The name of the target or radio target that it leads to; empty for a heading or a file."""
    concept: str
    """Id of the concept that the section there is about; empty for none."""


Places = Mapping[tuple[int, str], LinkPlace]
"""(offset, text as written) of each link of a document that leads into the notes → where."""


class Context(msgspec.Struct, frozen=True, dict=True):
    """One document with its candidates and mentions, and what is known of all documents."""

    reading: Reading
    candidates: FileCandidates
    hits: tuple[Hit, ...]
    dictionary: Dictionary
    confidence: Mapping[str, float]
    """Id of a concept → its confidence."""
    sections: Mapping[int, str]
    """Headline index, or -1 for the file → id of the concept that the section is about."""
    places: Places

    @cached_property
    def hits_by_block(self) -> dict[int, list[Hit]]:
        """Hits by the index of their block, in text order."""
        found: dict[int, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(hit.block, []).append(hit)
        return found

    @cached_property
    def block_starts(self) -> list[tuple[int, int]]:
        """(first offset, index) of each block with text."""
        return sorted(
            (min(run.offset for run in block.flat.runs), index)
            for index, block in enumerate(self.reading.blocks)
            if block.flat.runs
        )

    @cached_property
    def defined_in(self) -> dict[int, list[Candidate]]:
        """Candidates with a definition by the index of the block that holds it."""
        found: dict[int, list[Candidate]] = {}
        told = sorted(c.defined_at for c in self.candidates.candidates if c.defined_at and not c.supports)
        for candidate in self.candidates.candidates:
            at = bisect_left(told, candidate.defined_at) if candidate.defined_at else 0
            own = told[max(0, at - 1) : at + 2]
            if candidate.defined_at and candidate.definition and candidate.definition.objects:
                # A sentence that another rule takes for a definition is not read twice.
                if candidate.supports and any(
                    b <= candidate.defined_at[1] and candidate.defined_at[0] <= e for b, e in own
                ):
                    continue
                index = self.block_at(candidate.defined_at[0])
                if index >= 0:
                    found.setdefault(index, []).append(candidate)
        return found

    def block_at(self, offset: int) -> int:
        """The index of the block that holds OFFSET; -1 before the first."""
        at = bisect_left(self.block_starts, (offset + 1, -1)) - 1
        return self.block_starts[at][1] if at >= 0 else -1

    def concept_of(self, name: str, headline: int) -> str | None:
        """The id of the concept that NAME means below the headline of that index."""
        return self.dictionary.owner(name, (self.reading.document.path, self.reading.top(headline)))

    def subject_of(self, index: int) -> str | None:
        """The concept that a block is about: the one it defines, else its lead-in's, else its section's."""
        blocks = self.reading.blocks
        seen = index
        while seen >= 0:
            for candidate in self.defined_in.get(seen, ()):
                if concept := self.concept_of(candidate.name, candidate.headline):
                    return concept
            block = blocks[seen]
            if (
                block.kind is BlockKind.TAG
                and seen != index
                and (concept := self.concept_of(block.text, block.headline))
            ):
                return concept
            seen = block.lead
        return self.section_subject(blocks[index].headline)

    def title_concept(self, headline: int) -> str | None:
        """The concept that the heading of that index, or the file, is about, or that its whole title names."""
        found = self.sections.get(headline)
        if found is not None or headline < 0:
            return found
        index = self._headings.get(headline, -1)
        hits = self.hits_by_block.get(index, ())
        title = self.reading.blocks[index].prose.strip(" -–—:") if hits else ""
        return hits[0].mention.concept if len(hits) == 1 and hits[0].mention.text == title else None

    @cached_property
    def _headings(self) -> dict[int, int]:
        """The block of each heading by the index of its headline."""
        return {b.headline: i for i, b in enumerate(self.reading.blocks) if b.kind is BlockKind.HEADING}

    def section_subject(self, headline: int) -> str | None:
        """The concept of the nearest heading above, or of the file."""
        return self._subjects[headline] if headline >= 0 else self.sections.get(-1)

    def above(self, headline: int) -> str | None:
        """The concept of the nearest heading above the one of that index, or of the file."""
        return self.section_subject(self.reading.document.headlines[headline].parent) if headline >= 0 else None

    @cached_property
    def _subjects(self) -> list[str | None]:
        """The subject of each section by the index of its headline."""
        found: list[str | None] = []
        for headline in self.reading.document.headlines:
            above = found[headline.parent] if headline.parent >= 0 else self.sections.get(-1)
            found.append(self.sections.get(headline.index) or above)
        return found


def side_by_side(hits: list[Hit], at: int) -> list[Hit]:
    """The hits that stand right before one another up to that of index AT: `CRI API`."""
    first = at
    while first > 0 and hits[first - 1].end + 1 == hits[first].start:
        first -= 1
    return hits[first : at + 1]


def surest(context: Context, hits: list[Hit]) -> Hit:
    """Of names side by side the one of the surest concept."""
    return max(hits, key=lambda hit: context.confidence.get(hit.mention.concept, 0.0))


def stated(source: str, target: Hit, label: str, kind: RelationKind, confidence: float) -> Relation:
    """What the notes say at TARGET of the concept SOURCE, in words that LABEL gives."""
    return Relation(
        source=source,
        target=target.mention.concept,
        label=label,
        kind=kind,
        span=target.mention.span,
        confidence=round(confidence, 4),
        type=type_of(label),
    )


class RelationRule(msgspec.Struct, frozen=True):
    """A way in which notes relate two concepts."""

    name: str
    confidence: float
    find: Callable[[Context, float], Iterator[Relation]]
