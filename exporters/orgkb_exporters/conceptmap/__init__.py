"""Concept maps: overview, chapters and map of maps as DOT, SVG and PNG, and an interactive map for the browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import MissingProgram, UsageError
from orgkb.exporter import PROGRAM, Artifact, DrawRequest, ExportContext
from orgkb.org.slugs import Namespace, slug
from orgkb_exporters.conceptmap import dot_format, interchange, plan
from orgkb_exporters.conceptmap.atlas import atlas
from orgkb_exporters.conceptmap.chapters import Chapter, chapter_map, chapters
from orgkb_exporters.conceptmap.draw import DrawingError, Engine, find_engine
from orgkb_exporters.conceptmap.focus import focus_map, focus_svg
from orgkb_exporters.conceptmap.layout import Measure, best_layout, fewer
from orgkb_exporters.conceptmap.look import Spacing
from orgkb_exporters.conceptmap.metrics import in_table
from orgkb_exporters.conceptmap.places import MARKDOWN, Places
from orgkb_exporters.conceptmap.request import requested
from orgkb_exporters.conceptmap.select import eligible
from orgkb_exporters.conceptmap.spec import MapConcept, MapSpec
from orgkb_exporters.conceptmap.svg import polished, safe_url
from orgkb_exporters.conceptmap.viewer import viewer

_PNG_DPI = 120
_PNG_SIDE = 6000.0  # pixels


@dataclass(frozen=True, slots=True)
class MapExporter:
    """Draws the maps; the fields are the options."""

    name: ClassVar[str] = "map"
    summary: ClassVar[str] = "concept maps (DOT, SVG, PNG) and an interactive map for the browser"

    max_concepts: int = 24
    """Boxes on a page; more than 24 cannot be read on A4."""
    max_propositions: int = 36
    question: str = ""
    """Focus question, the title of the overview; empty: asked about the three most important concepts."""
    dot: str = field(default="", metadata={PROGRAM: True})
    """A Graphviz program to draw with; empty: graphviz-pure."""
    link: str = "markdown"
    """Where a click on a concept leads: `markdown` (its heading in the exported Markdown), a relative or web address
    with `{file}`, `{stem}`, `{line}` or `{id}`, or nothing."""
    interactive: bool = True
    """Whether `index.html` is written."""
    chapters: bool = True
    """Whether each section with enough relations gets a map."""
    focus: bool = False
    """Whether each related concept gets a map."""
    formats: tuple[str, ...] = ()
    """Other formats for the graph: names of `interchange.FORMATS`."""

    def __post_init__(self) -> None:
        if self.max_concepts < 1 or self.max_propositions < 0:
            message = "the map needs max_concepts of at least 1 and max_propositions of at least 0"
            raise UsageError(message)
        if not safe_url(self.link):
            message = f"the map's link must be relative or begin with http: or https:, not {self.link!r}"
            raise UsageError(message)
        unknown = [name for name in self.formats if name not in interchange.FORMATS]
        if unknown:
            message = f"the map knows no format {unknown[0]!r}; known: {', '.join(interchange.FORMATS)}"
            raise UsageError(message)

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield `map/overview.*`, `map/index.html`, `map/sections.*` and `map/chapters/*`; DOT also where drawing fails."""
        spec = self._overview(graph, self.max_concepts)
        if not spec.concepts:
            context.report(_diagnostic(graph, "map-empty", "no concepts were found, so there is no map"))
            return
        places = Places(graph, context, self.link)
        engine: Engine | None = None
        try:
            engine = find_engine(self.dot, notes=context.input_root)
        except DrawingError as error:
            _not_drawn(graph, context, error)
        yield from self._overview_files(graph, context, spec, places, engine)
        if self.interactive:
            page = viewer(graph, places, context.title)
            yield Artifact("map/index.html", page)
        if self.chapters:
            yield from self._chapter_files(graph, context, spec.language, places, engine)
        if self.focus:
            yield from self._focus_files(graph, places)
        for name in self.formats:
            for path, data in interchange.FORMATS[name](graph, spec, context.title):
                yield Artifact(f"map/{path}", data)

    def draw(self, graph: ConceptGraph, context: ExportContext, request: DrawRequest) -> bytes:
        """The map that REQUEST asks for; MissingProgram where Graphviz cannot draw it, UsageError for what is not there."""

        def planned(concepts: int) -> MapSpec:
            return requested(graph, request, max_concepts=concepts, max_propositions=self.max_propositions)

        spec = planned(request.most or self.max_concepts)
        url = _urls(Places(graph, context, "" if self.link == MARKDOWN else self.link))
        try:
            engine = find_engine(self.dot, notes=context.input_root)
            text, size, spec = best_layout(spec, engine, url)
            while not request.most and (concepts := fewer(spec, size)) < len(spec.concepts):
                text, size, spec = best_layout(planned(concepts), engine, url)
            if request.format == "svg":
                return polished(engine.draw(text, "svg"), spec.question)
            if request.format == "png":
                return engine.draw(text, "png", f"-Gdpi={_dpi(size)}")
        except DrawingError as error:
            if request.format == "dot":
                return dot_format.dot(spec, Spacing(), url).encode()
            raise MissingProgram(str(error)) from error
        return text.encode()

    def _overview_files(
        self, graph: ConceptGraph, context: ExportContext, spec: MapSpec, places: Places, engine: Engine | None
    ) -> Iterator[Artifact]:
        url = _urls(places)
        text = dot_format.dot(spec, Spacing(), url)
        svg = png = b""
        if engine is not None:
            try:
                text, size, spec = best_layout(spec, engine, url)
                while (concepts := fewer(spec, size)) < len(spec.concepts):
                    spec = self._overview(graph, concepts)
                    text, size, spec = best_layout(spec, engine, url)
                svg = polished(engine.draw(text, "svg"), spec.question)
                png = engine.draw(text, "png", f"-Gdpi={_dpi(size)}")
            except DrawingError as error:
                _not_drawn(graph, context, error)
        summary = f"{len(spec.concepts)} of {spec.all_concepts} concepts, {len(spec.propositions)} propositions"
        yield Artifact("map/overview.dot", text.encode(), summary)
        if svg:
            yield Artifact("map/overview.svg", svg)
        if png:
            if not all(in_table(concept.label) for concept in spec.concepts):
                message = "overview.png may show boxes for letters that its font lacks; overview.svg shows them"
                context.report(_diagnostic(graph, "map-font", message, Severity.INFO))
            yield Artifact("map/overview.png", png)

    def _chapter_files(
        self, graph: ConceptGraph, context: ExportContext, language: str, places: Places, engine: Engine | None
    ) -> Iterator[Artifact]:
        found = chapters(graph)
        if len(found) < 2:
            return  # the overview is the only chapter's map
        try:
            text = atlas(found, graph, context.title, language)
            yield Artifact("map/sections.dot", text.encode())
            if engine is not None:
                yield Artifact("map/sections.svg", polished(engine.draw(text, "svg"), context.title))
            for chapter in found:
                if chapter.has_map:
                    yield from self._chapter(chapter, graph, places, engine)
        except DrawingError as error:
            _not_drawn(graph, context, error)

    def _chapter(
        self, chapter: Chapter, graph: ConceptGraph, places: Places, engine: Engine | None
    ) -> Iterator[Artifact]:
        url = _urls(places, up="../")

        def planned(concepts: int) -> MapSpec:
            return chapter_map(chapter, graph, max_concepts=concepts, max_propositions=self.max_propositions)

        spec = planned(self.max_concepts)
        text, svg = dot_format.dot(spec, Spacing(), url), b""
        if engine is not None:
            text, size, spec = best_layout(spec, engine, url, quick=True)
            if (concepts := fewer(spec, size)) < len(spec.concepts):
                text, size, spec = best_layout(planned(concepts), engine, url, quick=True)
            svg = polished(engine.draw(text, "svg"), spec.question)
        yield Artifact(f"map/chapters/{chapter.name}.dot", text.encode(), "1 chapter")
        if svg:
            yield Artifact(f"map/chapters/{chapter.name}.svg", svg)

    def _focus_files(self, graph: ConceptGraph, places: Places) -> Iterator[Artifact]:
        names = Namespace(reserved=("con", "prn", "aux", "nul"))
        for concept in eligible(graph):
            svg = focus_svg(graph, concept.id)
            if svg:
                name = names.take(slug(concept.id) or "concept")
                text = dot_format.dot(focus_map(graph, concept.id), Spacing(rankdir="LR"), _urls(places, up="../"))
                yield Artifact(f"map/concepts/{name}.dot", text.encode(), "1 concept map")
                yield Artifact(f"map/concepts/{name}.svg", svg)

    def _overview(self, graph: ConceptGraph, concepts: int) -> MapSpec:
        return plan.overview(
            graph, max_concepts=concepts, max_propositions=self.max_propositions, question=self.question
        )


def _dpi(size: Measure) -> int:
    return min(_PNG_DPI, int(_PNG_SIDE * 72 / max(size.width, size.height)))


def _urls(places: Places, up: str = "") -> dot_format.Url:
    """The address of each concept, seen from a file whose folder UP leads to `map/`."""

    def url(concept: MapConcept) -> str:
        address = places.url(concept.place.path, concept.place.line, concept.id, up=up)
        return address if safe_url(address) else ""

    return url


def _not_drawn(graph: ConceptGraph, context: ExportContext, error: DrawingError) -> None:
    message = f"the maps could not be drawn, only their DOT files are written: {error}"
    context.report(_diagnostic(graph, "map-not-drawn", message))


def _diagnostic(graph: ConceptGraph, code: str, message: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    """A diagnostic about the map as a whole: it stands at the beginning of the notes."""
    path = graph.documents[0].path if graph.documents else ""
    return Diagnostic(severity, code, message, Location(path, 1))
