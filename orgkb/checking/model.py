"""What a check looks at, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Location, Severity

FileProblem = Callable[[str, str], str | None]
"""(document path, path of a file link) → why that file cannot be used; None where it can."""

SEVERITIES: Mapping[str, Severity] = {severity.name.lower(): severity for severity in Severity}


class Notes(msgspec.Struct, frozen=True):
    """The notes under examination."""

    graph: ConceptGraph
    file_problem: FileProblem
    min_mentions: int = 5
    """How often a term is used before it is missed that nothing defines it."""


class Finding(msgspec.Struct, frozen=True, order=True):
    """One place where a rule is broken."""

    location: Location
    message: str
    """One sentence for the user."""


class Rule(msgspec.Struct, frozen=True):
    """One kind of finding."""

    name: str
    """Kebab-case; the code of its diagnostics."""
    title: str
    """Heading of its findings in a report."""
    meaning: str
    """What is wrong, in one sentence."""
    severity: Severity
    """The level that holds where the settings give none: warnings and errors are problems, the rest is advice."""
    find: Callable[[Notes], Iterable[Finding]]


def at(notes: Notes, document: str, offset: int, message: str) -> Finding:
    """A finding at OFFSET of the document whose path is DOCUMENT."""
    return Finding(notes.graph.document(document).location(offset), message)


def shown(text: str, limit: int = 60) -> str:
    """TEXT on one line, in typographic quotes, cut after LIMIT characters."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= limit else line[: limit - 1].rstrip() + '…'}”"
