"""What stands on one concept map, before any drawing: the value between selection and output formats."""

from __future__ import annotations

import msgspec

from orgkb.diagnostics import Location

PICTURES = ("svg", "png", "pdf")
"""Formats of pictures."""


class MapConcept(msgspec.Struct, frozen=True):
    """A box of the map."""

    id: str
    """Id of the concept in the graph."""
    label: str
    importance: float
    """0 to 1; 1 for the most important of this map. Sets the size of its letters."""
    section: int
    """Index into `MapSpec.sections`."""
    note: str
    """Its definition as plain text; empty where the notes give none."""
    place: Location
    """Where it is defined or first named."""
    surface: str = ""
    """How it is named there: the text to search for; empty: by its label."""


class Proposition(msgspec.Struct, frozen=True):
    """Concept, linking phrase, concept."""

    source: str
    target: str
    phrase: str
    """The linking phrase as drawn; empty where the notes give none that says something."""
    said: str
    """The linking phrase as the notes have it, long or weak; for the tooltip."""
    source_above: bool
    """Whether the source is the more general concept (`contains`, `consists of`): then it stands on top."""
    place: Location


class MapSection(msgspec.Struct, frozen=True):
    """A part of the notes, told by colour and outline."""

    title: str
    """Empty for what belongs to no other section of the legend."""
    concepts: int
    """How many boxes of the map belong to it."""


class MapSpec(msgspec.Struct, frozen=True):
    """One page: boxes, propositions, what the page answers and what it leaves out."""

    question: str
    """The focus question, drawn as the title."""
    language: str
    """Language of the map's own words: `en` or `ru`."""
    concepts: tuple[MapConcept, ...]
    """The most important first."""
    propositions: tuple[Proposition, ...]
    """The best first; each joins two of `concepts`."""
    sections: tuple[MapSection, ...]
    """The largest first, `other` last."""
    all_concepts: int
    """Concepts that the map was chosen from."""
    all_propositions: int
    """Pairs of related concepts among them."""

    @property
    def unlinked(self) -> tuple[MapConcept, ...]:
        """The boxes that no proposition of the map touches."""
        linked = {end for p in self.propositions for end in (p.source, p.target)}
        return tuple(concept for concept in self.concepts if concept.id not in linked)

    @property
    def pieces(self) -> int:
        """Connected pieces of the map; all unlinked concepts together count as one."""
        piece: dict[str, set[str]] = {}
        for p in self.propositions:
            joined = piece.get(p.source, {p.source}) | piece.get(p.target, {p.target})
            piece.update(dict.fromkeys(joined, joined))
        return len({id(members) for members in piece.values()}) + bool(self.unlinked)
