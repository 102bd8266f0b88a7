"""A term: everything in the notes that names one thing."""

from __future__ import annotations

from functools import cached_property

import msgspec

from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.dictionary import Scope
from orgkb.concepts.model import Alias, ConceptKind, Definition


class Place(msgspec.Struct, frozen=True):
    """A candidate and the document it stands in."""

    path: str
    candidate: Candidate
    scope: Scope
    key: str
    """The folded name, misspellings corrected."""
    root: bool = False
    """Whether it is the title of a top headline or of the file."""


class Term(msgspec.Struct, frozen=True, dict=True):
    """All candidates that name one thing."""

    id: str
    name: str
    keys: tuple[str, ...]
    """The folded names, that of `name` first."""
    places: tuple[Place, ...]
    """In the order of the notes."""
    aliases: tuple[Alias, ...]
    definitions: tuple[Definition, ...]
    """Best first."""
    confidence: float
    explicit: bool
    kind: ConceptKind
    homonym: str = ""
    """The folded name that it shares with other senses; empty where the name has one sense."""
    sense: str = ""
    """What tells it from its homonyms: the title of its top heading, else its file."""
    scopes: tuple[Scope, ...] = ()
    """Where a homonym has this sense."""
    settled: bool = False
    """Whether the settings say that it is a concept, or what it is called."""

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """The rules that found it, sorted."""
        return tuple(sorted({place.candidate.rule for place in self.places if not place.candidate.supports}))

    @property
    def home(self) -> Place:
        """Where it is defined, else first named on purpose, else first named."""
        best = self.definitions[0] if self.definitions else None
        return min(
            self.places,
            key=lambda p: (
                best is None or p.candidate.definition is not best,
                p.candidate.supports,
                not p.candidate.explicit,
            ),
        )
