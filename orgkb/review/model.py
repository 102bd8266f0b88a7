"""What a review asks and what is answered: questions about the graph, and the changes to the settings that answers make."""

from __future__ import annotations

import enum

import msgspec

from orgkb.concepts.model import Span


class Kind(enum.StrEnum):
    """What a question is about, in the order of a review."""

    CONCEPT = "concept"
    """Is this, of which the rules are not sure, a concept?"""
    MERGE = "merge"
    """Are these two concepts one?"""
    ALIAS = "alias"
    """Is this other name really one of the concept?"""
    SENSES = "senses"
    """Does the name mean several things?"""
    DEFINITION = "definition"
    """Which of the definitions is the best one?"""
    UNDEFINED = "undefined"
    """What is this term, of which nothing is said?"""
    RELATION = "relation"
    """Does this hold?"""
    DROPPED = "dropped"
    """Is this, which is in no export, a concept?"""


Value = str | list[str] | dict[str, list[str]]


class Change(msgspec.Struct, frozen=True):
    """One change of `orgkb.toml`."""

    table: tuple[str, ...]
    """The table, from the top: `("concepts", "aliases")`."""
    key: str
    value: Value | None
    """What is added to the list under the key, or set there; None: the text of the answer."""
    add: bool = True
    """Add VALUE to the list under the key, unless it is in it; else set the key to it."""


class Option(msgspec.Struct, frozen=True):
    """One answer that a question takes."""

    name: str
    """Stable, for programs: `never`."""
    label: str
    """For people: `no concept`."""
    changes: tuple[Change, ...]
    text: bool = False
    """Whether the answer comes with a text of the user."""


class Quote(msgspec.Struct, frozen=True):
    """A place in the notes that speaks for something."""

    span: Span
    note: str
    """Why it counts: `bold, .36`."""
    text: str
    """The line of the notes; empty where it cannot be shown."""


class ReviewItem(msgspec.Struct, frozen=True):
    """One question."""

    key: str
    """Stable while notes and settings say the same about it; never a position."""
    kind: Kind
    subject: str
    """What it is about, in short: a name, `Pod = capsule`, `Pod – runs on – Node`."""
    question: str
    """One sentence with a question mark."""
    why: str
    """Why it is asked, in a few words."""
    options: tuple[Option, ...]
    quotes: tuple[Quote, ...]
    """The evidence, the strongest first, a few at most."""
    weight: float
    """How much of the graph hangs on it: the importance of its concept, 0 to 1."""
    places: int
    """How many pieces of evidence there are in all."""

    def option(self, name: str) -> Option | None:
        """The answer of that name; None where the question takes no such answer."""
        return next((option for option in self.options if option.name == name), None)


class Answer(msgspec.Struct, frozen=True):
    """What somebody says to one question."""

    key: str
    """That of the item."""
    option: str
    """Name of the option."""
    text: str = ""
    """For options that take one."""
    line: int = 0
    """1-based line in the file it was read from; 0 for none."""


class Problem(msgspec.Struct, frozen=True):
    """An answer that could not be used, and why."""

    answer: Answer
    message: str


class Applied(msgspec.Struct, frozen=True):
    """What became of answers."""

    written: tuple[Answer, ...]
    """In the settings now."""
    known: tuple[Answer, ...]
    """Those that the settings had already."""
    problems: tuple[Problem, ...]
    changed: bool
    """Whether the file of the settings was written."""
