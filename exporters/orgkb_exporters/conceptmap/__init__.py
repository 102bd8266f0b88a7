"""Concept maps: overview, chapters and map of maps as DOT, SVG and PNG, and an interactive map for the browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from orgkb.concepts.graph import ConceptGraph
from orgkb.errors import MissingProgram, UsageError
from orgkb.exporter import PROGRAM, Artifact, DrawRequest, ExportContext
from orgkb.org.slugs import Namespace, slug
from orgkb_exporters.conceptmap import dot_format, interchange, plan, seen
from orgkb_exporters.conceptmap.atlas import atlas
from orgkb_exporters.conceptmap.chapters import Chapter, chapter_map, chapters, pages
from orgkb_exporters.conceptmap.draw import DrawingError, Engine, find_engine
from orgkb_exporters.conceptmap.focus import focus_map, focus_svg
from orgkb_exporters.conceptmap.layout import STARTS, best_layout
from orgkb_exporters.conceptmap.look import Spacing
from orgkb_exporters.conceptmap.places import MARKDOWN, PDF, SOURCE, Places
from orgkb_exporters.conceptmap.request import requested
from orgkb_exporters.conceptmap.select import eligible, leading
from orgkb_exporters.conceptmap.shapes import picture
from orgkb_exporters.conceptmap.spec import MapSpec
from orgkb_exporters.conceptmap.svg import polished, safe_url
from orgkb_exporters.conceptmap.viewer import viewer
from orgkb_exporters.conceptmap.workshop import PICTURES, Workshop, diagnostic, fitted, pdf, png, urls

if TYPE_CHECKING:
    from orgkb_exporters.anki.outline import CardOutline


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
    pictures: tuple[str, ...] = ("svg", "png", "pdf")
    """Formats of the pictures beside each DOT file: `svg`, `png`, `pdf`."""
    dot: str = field(default="", metadata={PROGRAM: True})
    """A Graphviz program to draw with; empty: graphviz-pure."""
    link: str = "markdown"
    """Where a click on a concept leads: `markdown` or `pdf` (its heading there, as exported), `source` (its line in the
    notes), `emacs` (the same in Emacs, by org-protocol), a relative or web address with `{file}`, `{stem}`, `{line}`, `{term}` or `{id}`, or nothing."""
    interactive: bool = True
    """Whether `index.html` is written."""
    cards: bool = True
    """Whether the interactive map tells the cards about a concept."""
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
        for what, given, known in (("format", self.formats, interchange.FORMATS), ("picture", self.pictures, PICTURES)):
            unknown = [name for name in given if name not in known]
            if unknown:
                message = f"the map knows no {what} {unknown[0]!r}; known: {', '.join(known)}"
                raise UsageError(message)

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield `map/overview.*`, `map/index.html`, `map/sections.*` and `map/chapters/*`; DOT also where drawing fails."""
        whole = graph
        # Here, as that package draws with this one.
        from orgkb_exporters.anki.outline import outlines  # noqa: PLC0415

        places = Places(graph, context, self.link)
        graph = seen.seen(graph, exact=places.searches)
        if not leading(eligible(graph)):
            context.report(diagnostic(graph, "map-empty", "no concepts were found, so there is no map"))
            return
        engine: Engine | None = None
        try:
            engine = find_engine(self.dot, notes=context.input_root, once=context.once)
        except DrawingError as error:
            message = f"the maps could not be drawn, only their DOT files are written: {error}"
            context.report(diagnostic(graph, "map-not-drawn", message))
        cards = outlines(whole, context) if self.interactive and self.cards else ()

        def draw(context: ExportContext) -> Iterator[Artifact]:
            return self._maps(graph, context, places, engine, cards)

        identity = engine.identity() if engine else ()
        what = seen.source(graph, context, places, cards, options=repr(self), engine=identity)
        yield from seen.remembered(context, what, draw, failure="map-not-drawn")
        for name in self.formats:
            spec = self._overview(whole, self.max_concepts)
            for path, data in interchange.FORMATS[name](whole, spec, context.title):
                yield Artifact(f"map/{path}", data)

    def _maps(
        self,
        graph: ConceptGraph,
        context: ExportContext,
        places: Places,
        engine: Engine | None,
        cards: Sequence[CardOutline],
    ) -> Iterator[Artifact]:
        """All maps of GRAPH; what they are made of is told by `seen.source`."""
        workshop = Workshop(graph, context, places, engine, self.pictures)
        yield from workshop.map("overview", lambda most: self._overview(graph, most), self.max_concepts)
        if self.interactive:
            yield Artifact("map/index.html", viewer(graph, places, context.title, cards))
        if self.chapters:
            language = self._overview(graph, self.max_concepts).language
            yield from self._chapter_files(graph, context, language, workshop)
        yield from workshop.book("maps", context.title)
        if self.focus:
            yield from self._focus_files(graph, places)

    def draw(self, graph: ConceptGraph, context: ExportContext, request: DrawRequest) -> bytes:
        """The map that REQUEST asks for; MissingProgram where Graphviz cannot draw it, UsageError for what is not there.

        `context.notes_from_output` leads from the picture's folder. Boxes lead to the notes themselves
        where the options name an exported form, as that may lie elsewhere.
        """

        def planned(concepts: int) -> MapSpec:
            return requested(graph, request, max_concepts=concepts, max_propositions=self.max_propositions)

        most = request.most or self.max_concepts
        spec = planned(most)
        link = SOURCE if self.link in {MARKDOWN, PDF} else self.link
        url = urls(Places(graph, context, link, up=""))
        try:
            engine = find_engine(request.program or self.dot, notes=None if request.program else context.input_root)
            if request.most:
                text, _, spec = best_layout(spec, engine, url)
            else:
                text, _, spec = fitted(planned, most, engine, url)
            match request.format:
                case "svg":
                    return polished(engine.draw(text, "svg"), spec.question)
                case "png":
                    return png(engine, text)
                case "pdf":
                    return pdf([picture(engine, text)], spec.question)
        except DrawingError as error:
            if request.format == "dot" and not request.program:
                return dot_format.dot(spec, STARTS[0], url).encode()
            raise MissingProgram(str(error)) from error
        return text.encode()

    def _chapter_files(
        self, graph: ConceptGraph, context: ExportContext, language: str, workshop: Workshop
    ) -> Iterator[Artifact]:
        found = chapters(graph)
        if len(found) < 2:
            return  # the overview is the only chapter's map
        yield from workshop.atlas(
            "sections", lambda most: atlas(found, graph, context.title, language, most), context.title
        )
        for page in (page for chapter in found if chapter.has_map for page in pages(chapter, graph, self.max_concepts)):

            def planned(most: int, page: Chapter = page) -> MapSpec:
                return chapter_map(page, graph, max_concepts=most, max_propositions=self.max_propositions)

            told = "1 chapter" if page.part < 2 else ""
            yield from workshop.map(f"chapters/{page.name}", planned, self.max_concepts, told, page=True)

    def _focus_files(self, graph: ConceptGraph, places: Places) -> Iterator[Artifact]:
        names = Namespace(reserved=("con", "prn", "aux", "nul"))
        for concept in eligible(graph):
            svg = focus_svg(graph, concept.id)
            if svg:
                name = names.take(slug(concept.id) or "concept")
                text = dot_format.dot(focus_map(graph, concept.id), Spacing(rankdir="LR"), urls(places, up="../"))
                yield Artifact(f"map/concepts/{name}.dot", text.encode(), "1 concept map")
                yield Artifact(f"map/concepts/{name}.svg", svg)

    def _overview(self, graph: ConceptGraph, concepts: int) -> MapSpec:
        return plan.overview(
            graph, max_concepts=concepts, max_propositions=self.max_propositions, question=self.question
        )
