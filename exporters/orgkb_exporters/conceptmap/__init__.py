"""Concept maps: overview, chapters and map of maps as DOT, SVG and PNG, and an interactive map for the browser."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from orgkb.concepts.graph import ConceptGraph
from orgkb.errors import UsageError
from orgkb.exporter import PROGRAM, Artifact, DrawRequest, ExportContext
from orgkb_exporters.conceptmap import seen
from orgkb_exporters.conceptmap.addresses import safe_url
from orgkb_exporters.conceptmap.draw import DrawingError, Engine, find_engine
from orgkb_exporters.conceptmap.places import Places
from orgkb_exporters.conceptmap.select import eligible, leading
from orgkb_exporters.conceptmap.spec import PICTURES
from orgkb_exporters.conceptmap.told import diagnostic


@dataclass(frozen=True, slots=True)
class MapExporter:
    """Draws the maps; the fields are the options."""

    settled: ClassVar[bool] = True
    after: ClassVar[tuple[str, ...]] = ("anki",)
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
    """Whether sections with enough relations get maps."""
    max_chapters: int = 200
    """Pages of such maps; where there are more sections, those whose concepts weigh most get one. 0: all."""
    focus: bool = False
    """Whether each related concept gets a map."""
    formats: tuple[str, ...] = ()
    """Other formats for the graph: names of `interchange.FORMATS`."""

    def __post_init__(self) -> None:
        if self.max_concepts < 1 or self.max_propositions < 0 or self.max_chapters < 0:
            message = "the map needs max_concepts of at least 1, max_propositions and max_chapters of at least 0"
            raise UsageError(message)
        if not safe_url(self.link):
            message = f"the map's link must be relative or begin with http: or https:, not {self.link!r}"
            raise UsageError(message)
        _refuse_unknown("picture", self.pictures, PICTURES)
        if self.formats:
            from orgkb_exporters.conceptmap import interchange  # noqa: PLC0415 - only where they are asked for

            _refuse_unknown("format", self.formats, interchange.FORMATS)

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
            from orgkb_exporters.conceptmap import making  # noqa: PLC0415 - see there

            return making.all_maps(self, graph, context, places, engine, cards)

        identity = engine.identity() if engine else ()
        what = seen.source(graph, context, places, cards, options=repr(self), engine=identity)
        yield from seen.remembered(context, what, draw, failure="map-not-drawn")
        for name in self.formats:
            from orgkb_exporters.conceptmap import interchange, making  # noqa: PLC0415 - only where they are asked for

            spec = making.overview(self, whole, self.max_concepts)
            for path, data in interchange.FORMATS[name](whole, spec, context.title):
                yield Artifact(f"map/{path}", data)

    def draw(self, graph: ConceptGraph, context: ExportContext, request: DrawRequest) -> bytes:
        """The map that REQUEST asks for; MissingProgram where Graphviz cannot draw it, UsageError for what is not there.

        `context.notes_from_output` leads from the picture's folder. Boxes lead to the notes themselves
        where the options name an exported form, as that may lie elsewhere.
        """
        from orgkb_exporters.conceptmap import making  # noqa: PLC0415 - see there

        return making.draw(self, graph, context, request)


def _refuse_unknown(what: str, given: Sequence[str], known: Collection[str]) -> None:
    unknown = [name for name in given if name not in known]
    if unknown:
        message = f"the map knows no {what} {unknown[0]!r}; known: {', '.join(known)}"
        raise UsageError(message)
