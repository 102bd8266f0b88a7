"""Problems in the user's notes, as values with a place: they travel with the result and never stop it."""

from __future__ import annotations

import enum
from typing import Protocol

import msgspec


class Severity(enum.IntEnum):
    """How much a diagnostic matters; comparable, so that the worst of many is `max()`."""

    INFO = 10
    WARNING = 20
    ERROR = 30


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a file of the user's."""

    path: str
    """The file as the user named it, with forward slashes."""
    line: int
    """1-based line."""
    column: int = 1
    """1-based column, counted in characters."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Diagnostic(msgspec.Struct, frozen=True):
    """One problem found in the notes: what, how bad, where, and what to do about it."""

    severity: Severity
    code: str
    """Stable, kebab-case name of the kind of problem, for example `broken-link`."""
    message: str
    """One sentence for the user; says what to do where that is not plain."""
    location: Location

    def __str__(self) -> str:
        return f"{self.location}: {self.severity.name.lower()}: {self.message} [{self.code}]"

    def sort_key(self) -> tuple[Location, str, str]:
        """The order in which diagnostics are shown: by place, then by code."""
        return (self.location, self.code, self.message)


class Report(Protocol):
    """Whoever finds a problem calls this; `list.append` fits."""

    def __call__(self, diagnostic: Diagnostic, /) -> None:
        """Take one problem."""
