"""Small Org texts → graphs, for the tests of the concept rules."""

from __future__ import annotations

from orgkb.concepts.blocks import Reading, read_blocks
from orgkb.concepts.build import build
from orgkb.concepts.candidates import RULES
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept
from orgkb.org.document import Document
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare


def document(text: str, path: str = "notes.org") -> Document:
    """The prepared document of TEXT."""
    return prepare(parse(text, path))


def reading(text: str) -> Reading:
    """TEXT laid out as blocks."""
    return read_blocks(document(text))


def candidates(text: str, rule: str) -> list[Candidate]:
    """What the rule of that name finds in TEXT."""
    found = next(r for r in RULES if r.name == rule)
    return list(found.find(reading(text), found.confidence))


def facts(text: str, rule: str) -> list[tuple[str, str]]:
    """(name, definition) of each candidate that the rule finds in TEXT."""
    return [(c.name, c.definition.text if c.definition else "") for c in candidates(text, rule)]


def graph(*texts: str) -> ConceptGraph:
    """The graph of the files a.org, b.org, … with these texts."""
    return build([document(text, f"{chr(97 + i)}.org") for i, text in enumerate(texts)])


def concept(made: ConceptGraph, name: str) -> Concept:
    """The concept with that name or alias."""
    return next(c for c in made.concepts if name in c.surfaces)


def relations(made: ConceptGraph) -> list[tuple[str, str, str]]:
    """(source name, label, target name) of each relation."""
    return [(made.concept(r.source).name, r.label, made.concept(r.target).name) for r in made.relations]
