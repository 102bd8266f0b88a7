"""Making the files of maps: layout, drawing, printing, and what becomes of a map that cannot be drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, partial

import msgspec

from orgkb.abreast import abreast
from orgkb.cache import SHARED
from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Severity
from orgkb.exporter import Artifact, ExportContext
from orgkb_exporters.conceptmap import dot_format
from orgkb_exporters.conceptmap.addresses import safe_url
from orgkb_exporters.conceptmap.atlas import FEWEST_BOXES, NAMES
from orgkb_exporters.conceptmap.chapters import MAX_BOXES
from orgkb_exporters.conceptmap.draw import DrawingError, Engine
from orgkb_exporters.conceptmap.layout import READABLE, STARTS, Measure, best_layout, fewer, on_a4
from orgkb_exporters.conceptmap.metrics import in_table
from orgkb_exporters.conceptmap.places import Places
from orgkb_exporters.conceptmap.shapes import Picture, kept_picture, svg_and_picture
from orgkb_exporters.conceptmap.spec import PICTURES, MapConcept, MapSpec
from orgkb_exporters.conceptmap.svg import polished
from orgkb_exporters.conceptmap.told import diagnostic

Planned = Callable[[int], MapSpec]
"""A map with at most so many concepts."""

_PNG_DPI = 120
_PNG_SIDE = 6000.0  # pixels
_GIVE_UP = 2  # maps that Graphviz failed to draw: then the others are not tried


def fitted(
    planned: Planned, most: int, engine: Engine, url: dot_format.Url, *, quick: bool = False
) -> tuple[str, Measure, MapSpec]:
    """The DOT, size and content of the map that PLANNED gives, with so few concepts that A4 holds it in readable letters.

    MOST concepts are the first try. DrawingError where nothing can be drawn.
    """
    text, size, spec = best_layout(planned(most), engine, url, quick=quick)
    while (concepts := fewer(spec, size)) < len(spec.concepts):
        text, size, spec = best_layout(planned(concepts), engine, url, quick=quick)
    return text, size, spec


def png(engine: Engine, text: str) -> bytes:
    """The map of the DOT in TEXT as PNG; raises DrawingError.

    Graphviz draws it, or Typst where it has letters that Graphviz's font lacks.
    """
    sheet = kept_picture(engine, text)
    dpi = min(_PNG_DPI, int(_PNG_SIDE * 72 / max(sheet.width, sheet.height, 1.0)))
    if all(in_table(shape.text) for shape in sheet.shapes):
        return engine.draw(text, "png", f"-Gdpi={dpi}")
    # Loaded only where such letters stand on the map.
    from orgkb_exporters.conceptmap import printed  # noqa: PLC0415

    return printed.png(sheet, dpi)


def pdf(pictures: list[Picture], title: str, maps: dict[str, int] | None = None) -> bytes:
    """PICTURES as a PDF, each on a page; raises DrawingError.

    A box whose address is a key of MAPS leads to the page of that number, from 0.
    """
    from orgkb_exporters.conceptmap import printed  # noqa: PLC0415 - only where a PDF is wanted

    return printed.pdf(pictures, title, maps)


def urls(places: Places, up: str = "") -> dot_format.Url:
    """The address of each concept, seen from a file whose folder UP leads to the folder of the maps."""

    def url(concept: MapConcept) -> str:
        place = concept.place
        address = places.url(place.path, place.line, concept.id, up=up, term=concept.surface or concept.label)
        return address if safe_url(address) else ""

    return url


def _size(engine: Engine, text: str) -> tuple[float, float]:
    """Width and height of the map of the DOT in TEXT, in points; raises DrawingError."""
    sheet = kept_picture(engine, text)
    return sheet.width, sheet.height


class _Drawn(msgspec.Struct, frozen=True):
    """The pictures of one map."""

    files: tuple[tuple[str, bytes], ...]
    """(format, bytes)."""
    printed: bool = False
    """Whether it goes into the book of all maps."""
    foreign: str = ""
    """A letter that the usual fonts lack."""


class _Partly(Exception):  # noqa: N818 - it carries what there is
    """Not all pictures could be drawn."""

    def __init__(self, drawn: _Drawn, error: DrawingError) -> None:
        super().__init__()
        self.drawn, self.error = drawn, error


def _drawn(engine: Engine, text: str, title: str, formats: Sequence[str], *, page: bool) -> bytes:
    """The pictures of the map of the DOT in TEXT; raises _Partly."""
    files: list[tuple[str, bytes]] = []
    printed, foreign = False, ""
    sheet: Picture | None = None
    try:
        if "svg" in formats:
            if "pdf" in formats:
                svg, sheet = svg_and_picture(engine, text)
            else:
                svg = engine.draw(text, "svg")
            files.append(("svg", polished(svg, title)))
        if "png" in formats and not page:
            files.append(("png", png(engine, text)))
        if "pdf" in formats:
            sheet = sheet or kept_picture(engine, text)
            printed = True
            foreign = next((char for shape in sheet.shapes for char in shape.text if not in_table(char)), "")
            if not page:
                files.append(("pdf", pdf([sheet], title)))
    except DrawingError as error:
        raise _Partly(_Drawn(tuple(files), printed, foreign), error) from error
    return msgspec.msgpack.encode(_Drawn(tuple(files), printed, foreign))


class Wanted(msgspec.Struct, frozen=True):
    """A map to make."""

    name: str
    planned: Planned
    most: int
    """Concepts at most."""
    told: str | None = None
    """What sums it up; None: how much is on it."""
    page: bool = False
    """Whether it is one among many, with no PNG and PDF of its own."""

    @property
    def up(self) -> str:
        """The way from its folder to that of the maps."""
        return "../" * self.name.count("/")


class _Pictures(msgspec.Struct, frozen=True):
    drawn: _Drawn
    failed: DrawingError | None = None
    """Why not all could be drawn."""


class _Drawing(msgspec.Struct, frozen=True):
    """What becomes of a wanted map."""

    wanted: Wanted
    whole: MapSpec
    """As planned."""
    spec: MapSpec
    """What is left of it in the layout that was found."""
    text: str = ""
    """Its DOT in that layout; empty where none was found."""
    failed: DrawingError | None = None
    """Why none was."""
    pictures: _Pictures | None = None


def _drawing(wanted: Wanted, engine: Engine | None, url: dot_format.Url, formats: Sequence[str]) -> _Drawing:
    """WANTED laid out and drawn; nothing is told, as that has its turn."""
    planned = cache(wanted.planned)
    whole = planned(wanted.most)
    if engine is None:
        return _Drawing(wanted, whole, whole)
    try:
        text, _, spec = fitted(planned, wanted.most, engine, url, quick=wanted.page)
    except DrawingError as error:
        return _Drawing(wanted, whole, whole, failed=error)
    pictures = _pictures(engine, text, spec.question, formats, page=wanted.page)
    return _Drawing(wanted, whole, spec, text, pictures=pictures)


def _pictures(engine: Engine, text: str, title: str, formats: Sequence[str], *, page: bool) -> _Pictures:
    """The pictures of the map of the DOT in TEXT, from an earlier build where it drew the same."""
    source = msgspec.msgpack.encode((text, title, formats, page))
    try:
        data = engine.remembered("pictures", source, lambda: _drawn(engine, text, title, formats, page=page))
    except _Partly as failed:
        return _Pictures(failed.drawn, failed.error)
    return _Pictures(msgspec.msgpack.decode(data, type=_Drawn))


class Workshop:
    """Makes the files of the maps of one graph with ENGINE; None where there is none, for DOT files alone."""

    def __init__(
        self,
        graph: ConceptGraph,
        context: ExportContext,
        places: Places,
        engine: Engine | None,
        formats: Collection[str],
    ) -> None:
        """FORMATS are those of `PICTURES` that are wanted."""
        self._graph, self._context, self._places, self._formats = graph, context, places, formats
        self._engine = engine
        self._failures = 0
        self._told_of_fonts = False
        self._sheets: list[tuple[str, str]] = []
        """Name and DOT of the maps that are to be printed."""

    def maps(self, wanted: Iterable[Wanted]) -> Iterator[Iterator[Artifact]]:
        """For each WANTED map its `<name>.dot` and its pictures; the next ones are drawn meanwhile.

        As many as there are cores at a time: half of it is waiting for Graphviz.
        """
        engine = self._engine  # by another thread, who does not wait to see what fails here
        formats = self._wanted_formats
        drawings = abreast(
            (partial(_drawing, one, engine, urls(self._places, one.up), formats) for one in wanted),
            0 if SHARED else 1,
        )
        return map(self._map, drawings)

    def _map(self, drawing: _Drawing) -> Iterator[Artifact]:
        wanted, spec, text = drawing.wanted, drawing.spec, drawing.text
        if self._engine is None:  # given up since it was begun
            text = ""
        elif drawing.failed is not None:
            self._failed(wanted.name, drawing.failed)
        if not text:
            spec = drawing.whole
        told = wanted.told
        if told is None:
            told = f"{len(spec.concepts)} of {spec.all_concepts} concepts, {len(spec.propositions)} propositions"
        url = urls(self._places, wanted.up)
        yield Artifact(f"map/{wanted.name}.dot", (text or dot_format.dot(spec, STARTS[0], url)).encode(), told)
        if text and drawing.pictures is not None:
            yield from self._shown(wanted.name, text, drawing.pictures)

    def atlas(self, name: str, planned: Callable[[int], str], title: str) -> Iterator[Artifact]:
        """`<name>.dot` and pictures of the map of maps that PLANNED gives, with so few boxes that A4 holds it readably."""
        text = planned(MAX_BOXES)
        if self._engine is not None:
            try:
                for boxes in range(MAX_BOXES, FEWEST_BOXES - 1, -2):
                    text = planned(boxes)
                    if on_a4(*_size(self._engine, text)) * NAMES >= READABLE:
                        break
            except DrawingError:
                pass  # which is told when the pictures are drawn
        yield Artifact(f"map/{name}.dot", text.encode())
        if self._engine is not None:
            yield from self._shown(name, text, _pictures(self._engine, text, title, self._wanted_formats, page=False))

    def book(self, name: str, title: str) -> Iterator[Artifact]:
        """`<name>.pdf` with all maps made so far, each on a page; boxes that lead to another map lead to its page."""
        engine = self._engine
        if engine is None or "pdf" not in self._formats or len(self._sheets) < 2:
            return
        pages = {f"{path}.svg": number for number, (path, _) in enumerate(self._sheets)}

        def make() -> bytes:
            return pdf([kept_picture(engine, text) for _, text in self._sheets], title, pages)

        try:
            data = engine.remembered("map-book", msgspec.msgpack.encode((title, self._sheets)), make)
        except DrawingError as error:
            self._failed(name, error)
            return
        yield Artifact(f"map/{name}.pdf", data, f"{len(self._sheets)} maps to print")

    @property
    def _wanted_formats(self) -> tuple[str, ...]:
        return tuple(kind for kind in PICTURES if kind in self._formats)

    def _shown(self, name: str, text: str, pictures: _Pictures) -> Iterator[Artifact]:
        drawn = pictures.drawn
        if pictures.failed is not None:
            self._failed(name, pictures.failed)
        for kind, picture_data in drawn.files:
            yield Artifact(f"map/{name}.{kind}", picture_data)
        if drawn.printed:
            self._sheets.append((name, text))
            self._tell_of_fonts(drawn.foreign)

    def _tell_of_fonts(self, foreign: str) -> None:
        """Say once that letters such as FOREIGN come from this computer, as another one may have none or others."""
        from orgkb_exporters.pdf.typst_run import font_packages  # noqa: PLC0415 - where a PDF is made anyway

        if foreign and not self._told_of_fonts and not font_packages()[0]:
            self._told_of_fonts = True
            message = (
                f"letters such as {foreign} on maps in PDF and PNG are taken from fonts of this computer;"
                ' pip install "orgkb[cjk]" gives the same ones everywhere'
            )
            self._context.report(diagnostic(self._graph, "map-font", message, Severity.INFO))

    def _failed(self, name: str, error: DrawingError) -> None:
        """Report that a map has no picture; after a few such maps Graphviz is not asked again."""
        self._failures += 1
        message = f"map/{name} could not be drawn, only its DOT file is written: {error}"
        if self._failures >= _GIVE_UP:
            self._engine = None
            message += "; the other maps are not drawn either"
        self._context.report(diagnostic(self._graph, "map-not-drawn", message))
