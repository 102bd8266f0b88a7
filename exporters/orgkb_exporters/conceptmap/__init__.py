"""Concept maps: the most important concepts with linking phrases, as DOT, SVG and PNG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import UsageError
from orgkb.exporter import Artifact, ExportContext
from orgkb_exporters.conceptmap import dot_format, plan
from orgkb_exporters.conceptmap.draw import DrawingError, find_engine
from orgkb_exporters.conceptmap.layout import best_layout, fewer
from orgkb_exporters.conceptmap.look import Spacing
from orgkb_exporters.conceptmap.metrics import in_table
from orgkb_exporters.conceptmap.spec import MapConcept, MapSpec
from orgkb_exporters.conceptmap.svg import polished, safe_url

_PNG_DPI = 150
_PNG_SIDE = 6000.0  # pixels


@dataclass(frozen=True, slots=True)
class MapExporter:
    """Draws the overview map; the fields are the options."""

    name: ClassVar[str] = "map"
    summary: ClassVar[str] = "concept map of the most important concepts (DOT, SVG, PNG)"

    max_concepts: int = 24
    """Boxes on the page; more than 24 cannot be read on A4."""
    max_propositions: int = 36
    question: str = ""
    """Focus question, the title of the map; empty: asked about the three most important concepts."""
    dot: str = ""
    """A Graphviz program to draw with; empty: graphviz-pure."""
    link: str = ""
    """Link of each concept: a relative or web address with `{file}`, `{stem}`, `{line}` or `{id}`; empty: none."""

    def __post_init__(self) -> None:
        if self.max_concepts < 1 or self.max_propositions < 0:
            message = "the map needs max_concepts of at least 1 and max_propositions of at least 0"
            raise UsageError(message)
        if not safe_url(self.link):
            message = f"the map's link must be relative or begin with http: or https:, not {self.link!r}"
            raise UsageError(message)

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield `map/overview.dot`, `.svg` and `.png`; the DOT also where drawing fails."""
        spec = self._plan(graph, self.max_concepts)
        if not spec.concepts:
            context.report(_diagnostic(graph, "map-empty", "no concepts were found, so there is no map"))
            return
        url = self._url if self.link else None
        text = dot_format.dot(spec, Spacing(), url)
        svg = png = b""
        try:
            engine = find_engine(self.dot, notes=context.input_root)
            text, size, spec = best_layout(spec, engine, url)
            while (concepts := fewer(spec, size)) < len(spec.concepts):
                spec = self._plan(graph, concepts)
                text, size, spec = best_layout(spec, engine, url)
            svg = polished(engine.draw(text, "svg"), spec.question)
            dpi = min(_PNG_DPI, int(_PNG_SIDE * 72 / max(size.width, size.height)))
            png = engine.draw(text, "png", f"-Gdpi={dpi}")
        except DrawingError as error:
            message = f"the map could not be drawn, only its DOT file is written: {error}"
            context.report(_diagnostic(graph, "map-not-drawn", message))
        summary = f"{len(spec.concepts)} of {spec.all_concepts} concepts, {len(spec.propositions)} propositions"
        yield Artifact("map/overview.dot", text.encode(), summary)
        if svg:
            yield Artifact("map/overview.svg", svg)
        if png:
            if not all(in_table(concept.label) for concept in spec.concepts):
                message = "overview.png may show boxes for letters that its font lacks; overview.svg shows them"
                context.report(_diagnostic(graph, "map-font", message, Severity.INFO))
            yield Artifact("map/overview.png", png)

    def _plan(self, graph: ConceptGraph, concepts: int) -> MapSpec:
        return plan.overview(
            graph, max_concepts=concepts, max_propositions=self.max_propositions, question=self.question
        )

    def _url(self, concept: MapConcept) -> str:
        path = concept.place.path
        stem = path.rpartition("/")[2].rpartition(".")[0] or path
        url = self.link
        for name, value in (("file", path), ("stem", stem), ("line", str(concept.place.line)), ("id", concept.id)):
            url = url.replace(f"{{{name}}}", quote(value, errors="replace"))
        return url


def _diagnostic(graph: ConceptGraph, code: str, message: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    """A diagnostic about the map as a whole: it stands at the beginning of the notes."""
    path = graph.documents[0].path if graph.documents else ""
    return Diagnostic(severity, code, message, Location(path, 1))
