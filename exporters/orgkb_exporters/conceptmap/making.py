"""Making the maps: which there are, how each is planned, and the one that somebody asks for.

Loaded only where maps have to be made: most builds find them as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Severity
from orgkb.errors import MissingProgram
from orgkb.exporter import Artifact, DrawRequest, ExportContext
from orgkb.org.slugs import Namespace, slug
from orgkb_exporters.conceptmap import dot_format, plan
from orgkb_exporters.conceptmap.atlas import atlas
from orgkb_exporters.conceptmap.chapters import Chapter, chapter_map, chapters, drawn_pages, telling
from orgkb_exporters.conceptmap.draw import DrawingError, Engine, find_engine
from orgkb_exporters.conceptmap.focus import focus_map, focus_svg
from orgkb_exporters.conceptmap.layout import STARTS, best_layout
from orgkb_exporters.conceptmap.look import Spacing
from orgkb_exporters.conceptmap.places import MARKDOWN, PDF, SOURCE, Places
from orgkb_exporters.conceptmap.request import requested
from orgkb_exporters.conceptmap.select import eligible
from orgkb_exporters.conceptmap.shapes import picture
from orgkb_exporters.conceptmap.spec import MapSpec
from orgkb_exporters.conceptmap.svg import polished
from orgkb_exporters.conceptmap.told import diagnostic
from orgkb_exporters.conceptmap.viewer import viewer
from orgkb_exporters.conceptmap.workshop import Wanted, Workshop, fitted, pdf, png, urls

if TYPE_CHECKING:
    from orgkb_exporters.anki.outline import CardOutline
    from orgkb_exporters.conceptmap import MapExporter


def all_maps(
    exporter: MapExporter,
    graph: ConceptGraph,
    context: ExportContext,
    places: Places,
    engine: Engine | None,
    cards: Iterable[CardOutline],
) -> Iterator[Artifact]:
    """All maps of GRAPH; what they are made of is told by `seen.source`."""
    workshop = Workshop(graph, context, places, engine, exporter.pictures)
    found = telling(chapters(graph), exporter.max_chapters) if exporter.chapters else []
    several = len(found) > 1  # the overview is the only chapter's map

    @cache  # by a few, and each looks at all concepts and relations
    def whole(most: int) -> MapSpec:
        return overview(exporter, graph, most)

    first = Wanted("overview", whole, exporter.max_concepts)
    maps = workshop.maps((first, *(_pages(exporter, graph, found) if several else ())))
    yield from next(maps)
    if exporter.interactive:
        yield Artifact("map/index.html", viewer(graph, places, context.title, cards))
    if several:
        language = whole(exporter.max_concepts).language
        yield from workshop.atlas(
            "sections", lambda most: atlas(found, graph, context.title, language, most), context.title
        )
        _tell_of_others(exporter, graph, context, found)
        for files in maps:
            yield from files
    yield from workshop.book("maps", context.title)
    if exporter.focus:
        yield from _focus_files(graph, places)


def draw(exporter: MapExporter, graph: ConceptGraph, context: ExportContext, request: DrawRequest) -> bytes:
    """The map that REQUEST asks for; MissingProgram where Graphviz cannot draw it, UsageError for what is not there.

    `context.notes_from_output` leads from the picture's folder. Boxes lead to the notes themselves
    where the options name an exported form, as that may lie elsewhere.
    """

    def planned(concepts: int) -> MapSpec:
        return requested(graph, request, max_concepts=concepts, max_propositions=exporter.max_propositions)

    most = request.most or exporter.max_concepts
    spec = planned(most)
    link = SOURCE if exporter.link in {MARKDOWN, PDF} else exporter.link
    url = urls(Places(graph, context, link, up=""))
    try:
        engine = find_engine(request.program or exporter.dot, notes=None if request.program else context.input_root)
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


def _tell_of_others(
    exporter: MapExporter, graph: ConceptGraph, context: ExportContext, found: Sequence[Chapter]
) -> None:
    """Say how many sections have no map as there are too many."""
    passed = sum(chapter.passed_over and chapter.tells for chapter in found)
    if passed:
        told = f"{exporter.max_chapters} sections have a map of their own, {passed} with less to tell have none; max_chapters of the map, or orgkb map --section, draws them"
        context.report(diagnostic(graph, "map-chapters", told, Severity.INFO))


def _pages(exporter: MapExporter, graph: ConceptGraph, found: Sequence[Chapter]) -> Iterator[Wanted]:
    """The maps of the sections FOUND."""
    for page in drawn_pages(found, graph, exporter.max_concepts, exporter.max_chapters):

        def planned(most: int, page: Chapter = page) -> MapSpec:
            return chapter_map(page, graph, max_concepts=most, max_propositions=exporter.max_propositions)

        told = "1 chapter" if page.part < 2 else ""
        yield Wanted(f"chapters/{page.name}", planned, exporter.max_concepts, told, page=True)


def _focus_files(graph: ConceptGraph, places: Places) -> Iterator[Artifact]:
    names = Namespace(reserved=("con", "prn", "aux", "nul"))
    for concept in eligible(graph):
        svg = focus_svg(graph, concept.id)
        if svg:
            name = names.take(slug(concept.id) or "concept")
            text = dot_format.dot(focus_map(graph, concept.id), Spacing(rankdir="LR"), urls(places, up="../"))
            yield Artifact(f"map/concepts/{name}.dot", text.encode(), "1 concept map")
            yield Artifact(f"map/concepts/{name}.svg", svg)


def overview(exporter: MapExporter, graph: ConceptGraph, concepts: int) -> MapSpec:
    """The map of the most important CONCEPTS of GRAPH."""
    return plan.overview(
        graph, max_concepts=concepts, max_propositions=exporter.max_propositions, question=exporter.question
    )
