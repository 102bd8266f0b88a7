"""Exporters as strangers might write them, for tests of how exporters are found, set up and run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from orgkb import shelf
from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import MissingProgram
from orgkb.exporter import Artifact, ExportContext


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsExporter:
    """One text file with all concepts."""

    name: ClassVar[str] = "terms"
    summary: ClassVar[str] = "the concepts, one a line"

    prefix: str = ""
    limit: int = 100
    case: Literal["as-is", "upper"] = "as-is"
    skip: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise ValueError(f"limit is {self.limit}: it must be 1 or more")

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """The list, headed by the title and time of the whole."""
        names = [c.name for c in graph.concepts if c.name not in self.skip][: self.limit]
        lines = [context.title, context.timestamp.isoformat(), *(self.prefix + name for name in names)]
        text = "\n".join(lines).upper() if self.case == "upper" else "\n".join(lines)
        yield Artifact("terms/terms.txt", text.encode(), summary=f"{len(names)} terms")


@dataclass(frozen=True, slots=True)
class PagesExporter:
    """A file for each document, with the pictures that it links to."""

    name: ClassVar[str] = "pages"
    summary: ClassVar[str] = "the text of each document"

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """The documents as they are to be exported, then what `picture.svg` beside them holds."""
        for number, document in enumerate(graph.documents):
            context.step(document.path, number, len(graph.documents))
            yield Artifact(f"pages/{document.path}.txt", document.text.encode(), summary="1 page")
            data = context.read_media(document.path, "picture.svg")
            if data is not None:
                yield Artifact(f"pages/{document.path}.svg", data)


@dataclass(frozen=True, slots=True)
class CounterExporter:
    """A ledger: counts its own runs."""

    name: ClassVar[str] = "counter"
    summary: ClassVar[str] = "how often it ran"

    def export(self, _graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """The count of the last run plus one."""
        yield Artifact("count.txt", str(int(context.previous("count.txt") or b"0") + 1).encode())


@dataclass(frozen=True, slots=True)
class BrokenExporter:
    """Fails after its first file."""

    name: ClassVar[str] = "broken"
    summary: ClassVar[str] = "never works"

    def export(self, _graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """One file, then a mistake."""
        context.report(Diagnostic(Severity.WARNING, "odd", "looked odd", Location("a.org", 1)))
        yield Artifact("broken/half.txt", b"half")
        raise KeyError("no such thing")


@dataclass(frozen=True, slots=True)
class NeedyExporter:
    """Needs a program that nobody has."""

    name: ClassVar[str] = "needy"
    summary: ClassVar[str] = "needs frobnicate"

    def export(self, _graph: ConceptGraph, _context: ExportContext) -> Iterator[Artifact]:
        """Nothing ever."""
        raise MissingProgram("frobnicate is not installed")


@dataclass(frozen=True, slots=True)
class EscapingExporter:
    """Tries to write where it must not."""

    name: ClassVar[str] = "escaping"
    summary: ClassVar[str] = "not to be trusted"

    def export(self, _graph: ConceptGraph, _context: ExportContext) -> Iterator[Artifact]:
        """Paths that leave the output folder, and one that does not."""
        yield Artifact("../outside.txt", b"x")
        yield Artifact("/tmp/outside.txt", b"x")
        yield Artifact("escaping/inside.txt", b"fine")


class PlainExporter:
    """Not a dataclass."""

    name: ClassVar[str] = "plain"
    summary: ClassVar[str] = "no dataclass"

    def export(self, _graph: ConceptGraph, _context: ExportContext) -> Iterator[Artifact]:
        """Nothing."""
        yield from ()


@dataclass(frozen=True, slots=True)
class SettledExporter:
    """A ledger that stays as it is."""

    settled: ClassVar[bool] = True
    name: ClassVar[str] = "settled"
    summary: ClassVar[str] = "a ledger"

    def export(self, _graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """What is there, else a beginning."""
        yield Artifact("settled.txt", context.previous("settled.txt") or b"begun")


DONE: list[str] = []
"""The steps that `StepsExporter` did."""


@dataclass(frozen=True, slots=True)
class StepsExporter:
    """Does something that takes long, and does not depend on the notes."""

    name: ClassVar[str] = "steps"
    summary: ClassVar[str] = "a drawing"

    def export(self, _graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """The drawing."""

        def draw() -> bytes:
            DONE.append("drawing")
            return b"drawn"

        yield Artifact("drawing.txt", context.once("drawing", b"what is drawn", draw))


@dataclass(frozen=True, slots=True)
class DumpExporter:
    """All that a graph holds."""

    name: ClassVar[str] = "dump"
    summary: ClassVar[str] = "the graph"

    def export(self, graph: ConceptGraph, _context: ExportContext) -> Iterator[Artifact]:
        """The graph's values as they print, and what becomes of its links."""
        yield Artifact("dump/concepts", repr((graph.concepts, graph.mentions, graph.relations)).encode())
        for number, document in enumerate(graph.documents):
            yield Artifact(f"dump/{number}", repr(shelf.opened(document)).encode())
        ends = [
            (source.path, head and head.index, target.path, into and into.index)
            for (source, head), (target, into) in graph.links.edges()
        ]
        yield Artifact("dump/links", repr((ends, graph.links.diagnostics(), graph.diagnostics)).encode())


def doubled(tasks: tuple[int, ...]) -> list[int]:
    """Each of TASKS twice; where one is less than 0, any process but the one of that number dies of it."""
    for task in tasks:
        if task + 0 < 0 and -task != os.getpid():
            os._exit(3)
    return [task * 2 for task in tasks]
