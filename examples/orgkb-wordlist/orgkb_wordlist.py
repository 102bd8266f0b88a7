"""An exporter for orgkb: terms and definitions, one a line, for a vocabulary trainer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Severity
from orgkb.exporter import Artifact, ExportContext

_SEPARATORS = {"tab": "\t", "semicolon": ";"}


@dataclass(frozen=True, slots=True)
class WordlistExporter:
    """One text file with a line for each term that has a definition."""

    name: ClassVar[str] = "wordlist"
    summary: ClassVar[str] = "the terms with their definitions, one a line"

    # The fields are the options, checked against their types; a docstring explains each in `orgkb init`.
    separator: Literal["tab", "semicolon"] = "tab"
    """What stands between term and definition."""
    min_confidence: float = 0.6
    """Least confidence of a definition, 0 to 1."""

    def __post_init__(self) -> None:
        """Refuse what a type cannot tell: the user is shown the file, the table and this sentence."""
        if not 0 <= self.min_confidence <= 1:
            raise ValueError(f"min_confidence is {self.min_confidence}: it must be between 0 and 1")

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield the list.  Nothing is written or printed here, and no clock is read."""
        separator = _SEPARATORS[self.separator]
        lines: list[str] = []
        for concept in sorted(graph.concepts, key=lambda c: (c.name.casefold(), c.id)):
            definition = concept.definition
            if definition is None or definition.confidence < self.min_confidence:
                continue
            if separator in concept.name:
                message = f"the term {concept.name!r} holds the separator and was left out"
                context.report(Diagnostic(Severity.WARNING, "wordlist", message, definition.span.location()))
                continue
            lines.append(f"{concept.name}{separator}{' '.join(definition.text.split())}\n")
        yield Artifact("wordlist/words.txt", "".join(lines).encode(), summary=f"{len(lines)} words")
