"""PDF handouts, laid out by pandoc's typst writer and Typst."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from orgkb.concepts.graph import ConceptGraph
from orgkb.errors import ConfigError
from orgkb.exporter import Artifact, ExportContext

PAPERS = ("a4", "a5", "us-letter")


@dataclass(frozen=True, slots=True)
class PdfExporter:
    """One PDF of all documents: cover, contents, body, glossary."""

    name: ClassVar[str] = "pdf"
    summary: ClassVar[str] = "PDF handout with contents, running heads, wrapped code and a glossary"

    paper: str = "a4"
    """`a4`, `a5` or `us-letter`."""
    standard: str = "a-2u"
    """PDF standard to keep to (`a-2u`, `ua-1`, `1.7` …); empty for none."""
    toc_depth: int = 3
    """Levels of headings in the contents; 0 for no contents."""
    number_depth: int = 3
    """Levels of headings that are numbered; 0 for none."""
    cover: bool = True
    """Whether the title stands on a page of its own."""
    glossary: bool = True
    """Whether the concepts with a definition are listed at the end, and linked to from the text."""
    addresses: bool = True
    """Whether the address of a link with a description is printed as a footnote."""
    tagged: bool = True
    """Whether the PDF is tagged for screen readers; three times the size."""

    def __post_init__(self) -> None:
        from orgkb_exporters.pdf.typst_run import STANDARDS  # noqa: PLC0415 - see export

        if self.paper not in PAPERS:
            raise ConfigError(f"exporters.pdf: unknown paper {self.paper!r}; known: {', '.join(PAPERS)}")
        if self.standard and self.standard not in STANDARDS:
            raise ConfigError(f"exporters.pdf: unknown standard {self.standard!r}; known: {', '.join(STANDARDS)}")
        for option in ("toc_depth", "number_depth"):
            if not 0 <= getattr(self, option) <= 9:
                raise ConfigError(f"exporters.pdf: {option} is a number from 0 to 9")

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield `pdf/<title>.pdf`; what cannot be printed as written is reported and printed as text."""
        from orgkb_exporters.pdf.handout import handout  # noqa: PLC0415 - listing exporters need not load the engine

        yield handout(graph, context, self)
