"""What an exporter is, and how exporters are found: the entry-point group `orgkb.exporters`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic
from orgkb.errors import UsageError

GROUP = "orgkb.exporters"


class Artifact(msgspec.Struct, frozen=True):
    """One file to write."""

    path: str
    """Relative to the output folder, with forward slashes."""
    data: bytes
    summary: str = ""
    """What it holds, for the closing summary: `212 cards`, `14 pages`."""


class ExportContext(msgspec.Struct, frozen=True):
    """What an exporter may know besides the graph."""

    title: str
    """Title of the whole: the first document's, or the input folder's name."""
    timestamp: dt.datetime
    """The only clock: SOURCE_DATE_EPOCH, else the notes' newest modification time (UTC)."""
    input_root: Path
    """Folder of the notes: media are read from below it, and only through `read_media`."""
    read_media: Callable[[str, str], bytes | None]
    """(document path, link path) → the file's bytes; None, with a warning reported, where it may not be read."""
    previous: Callable[[str], bytes | None]
    """(artifact path) → what the output folder holds there from the last run, for ledgers; None at first."""
    report: Callable[[Diagnostic], None]
    """Takes problems found while exporting."""


@runtime_checkable
class Exporter(Protocol):
    """A frozen dataclass: its fields are its options (table `[exporters.<name>]` of orgkb.toml).

    `export` writes nothing, prints nothing and reads no clock: the same graph, options and
    timestamp give the same bytes.
    """

    name: ClassVar[str]
    summary: ClassVar[str]

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield the files that this exporter makes of GRAPH."""
        ...


def names() -> tuple[str, ...]:
    """The names of all installed exporters, sorted; none of them is loaded."""
    return tuple(_entries())


def named(name: str) -> type[Exporter]:
    """The exporter called NAME, loaded; UsageError that lists the known ones where there is none."""
    entries = _entries()
    if name not in entries:
        known = ", ".join(entries) or "none; is orgkb installed? (pip install -e .)"
        raise UsageError(f"no exporter named {name!r}; known: {known}")
    found: type[Exporter] = entries[name].load()
    return found


def available() -> dict[str, type[Exporter]]:
    """All installed exporters by name, loaded."""
    return {name: named(name) for name in names()}


def _entries() -> dict[str, EntryPoint]:
    """The entry points by name, sorted; UsageError where two packages claim one name."""
    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)):
        other = found.setdefault(entry.name, entry)
        if other.value != entry.value:
            raise UsageError(f"two packages offer an exporter named {entry.name!r}: {other.value} and {entry.value}")
    return found
