"""What the concept graph is made of: concepts, their definitions, mentions and relations.

Everything is frozen and carries its provenance: the `Span` it was read from, the rule that found
it and a confidence between 0 and 1.  There are millions of them in large notes, and no cycles among them:
the garbage collector passes over them, and they are written as arrays.
"""

from __future__ import annotations

import enum

import msgspec

from orgkb.diagnostics import Location
from orgkb.org.nodes import AnyElement, AnyObject


def share(value: msgspec.Struct, **same: object) -> None:
    """Put into fields of VALUE objects that are equal to those there: in what was read from bytes each is one of its own."""
    for name, equal in same.items():
        if getattr(value, name) is not equal:
            msgspec.structs.force_setattr(value, name, equal)


class Span(msgspec.Struct, frozen=True, order=True, gc=False, array_like=True):
    """A stretch of characters of a source file."""

    path: str
    line: int
    """1-based line of the first character."""
    column: int
    """1-based column of the first character."""
    length: int
    """Number of characters."""

    def location(self) -> Location:
        """Where it begins."""
        return Location(self.path, self.line, self.column)


class AliasKind(enum.StrEnum):
    """Why a surface form names a concept."""

    ACRONYM = "acronym"
    EXPANSION = "expansion"
    SHORT = "short"
    PLURAL = "plural"
    TRANSLATION = "translation"
    MISSPELLING = "misspelling"
    VARIANT = "variant"
    USER = "user"


class Alias(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Another surface form of a concept's name."""

    surface: str
    kind: AliasKind
    rule: str
    confidence: float
    span: Span | None = None


class Definition(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What the notes say a concept is."""

    text: str
    """Plain text, white space folded."""
    objects: tuple[AnyObject, ...]
    """The same with its markup, for exporters that render it."""
    elements: tuple[AnyElement, ...]
    """Further elements that belong to it (sub-lists, code), in order; often empty."""
    section_path: tuple[str, ...]
    """Titles of the headlines above it, outermost first."""
    headline: int
    """Index of the headline it stands under in its document; -1 before the first."""
    document: str
    """Path of the document it belongs to (differs from the span's with `#+INCLUDE`)."""
    span: Span
    rule: str
    confidence: float


class Evidence(msgspec.Struct, frozen=True):
    """One place where one rule takes something for a concept."""

    rule: str
    confidence: float
    """That of the rule at this place alone."""
    span: Span
    document: str
    """Path of the document it belongs to (differs from the span's with `#+INCLUDE`)."""
    offset: int
    """Offset of the first character in that document's text."""


class ConceptKind(enum.StrEnum):
    """What sort of thing a concept is."""

    TERM = "term"
    CODE = "code"


class Concept(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A term of the notes."""

    id: str
    """Stable slug: from `:ID:` where it is a node, else from its folded name; never from a position."""
    name: str
    """The form shown to people, as the notes write it."""
    aliases: tuple[Alias, ...]
    definitions: tuple[Definition, ...]
    """Best first."""
    kind: ConceptKind
    rules: tuple[str, ...]
    """The candidate rules that found it, sorted."""
    confidence: float
    rank: float
    """Importance among all concepts, 0 to 1, 1 for the most important."""
    section_path: tuple[str, ...]
    span: Span
    """Its first explicit occurrence: where it is defined, else first named."""
    sense: str = ""
    """Of several concepts with one name, what tells this one: its top heading or file; else empty."""
    evidence: tuple[Evidence, ...] = ()
    """Each place where a rule found it, in the order of the notes."""

    @property
    def definition(self) -> Definition | None:
        """The best definition, or None."""
        return self.definitions[0] if self.definitions else None

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Name and aliases."""
        return (self.name, *(alias.surface for alias in self.aliases))


class Mention(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An occurrence of a concept in the notes outside code."""

    concept: str
    """Id of the concept."""
    text: str
    """The surface form found."""
    span: Span
    document: str
    """Path of the document it belongs to (differs from the span's with `#+INCLUDE`)."""
    offset: int
    """Offset of the first character in that document's text."""
    headline: int
    """Index of the headline it stands under; -1 before the first."""
    context: str
    """`prose`, `heading`, `term` (the defined term itself), `link` or `code` (all of a stretch of code)."""
    confidence: float
    nested: bool = False
    """Whether it lies inside a longer mention: the `controller` of `node controller`."""


class RelationKind(enum.StrEnum):
    """Where a relation comes from, and so how far to trust its label."""

    LINK = "link"
    DEFINITION = "definition"
    SENTENCE = "sentence"
    LIST = "list"
    NAME = "name"
    """A longer name says it: a search tree is a tree."""
    USER = "user"
    """Told by the settings."""


class RelationType(enum.StrEnum):
    """What a relation says, told from its linking phrase."""

    IS_A = "is-a"
    PART_OF = "part-of"
    """One is part of the other, whichever way the phrase says it."""
    USES = "uses"
    IMPLEMENTS = "implements"
    PRODUCES = "produces"
    RUNS_ON = "runs-on"
    OTHER = "other"


class Relation(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Concept, linking phrase, concept: a proposition, as in Novak's concept maps."""

    source: str
    target: str
    label: str
    """Linking phrase in the words of the notes; empty where no verb or preposition was found."""
    kind: RelationKind
    span: Span
    confidence: float
    type: RelationType = RelationType.OTHER
