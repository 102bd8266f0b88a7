"""Maps as PDF, and as PNG where their letters are not in the font that Graphviz's PNG has: drawn by Typst."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from importlib import resources

import msgspec

from orgkb.errors import ExporterError, MissingProgram
from orgkb_exporters.conceptmap.addresses import safe_url
from orgkb_exporters.conceptmap.draw import DrawingError
from orgkb_exporters.conceptmap.layout import LONG_SIDE, READABLE, SHORT_SIDE
from orgkb_exporters.conceptmap.look import NODE_SIZE
from orgkb_exporters.conceptmap.metrics import in_table
from orgkb_exporters.conceptmap.shapes import Picture, Shape
from orgkb_exporters.pdf.typst_run import CompileFailed, Limits, Typst, font_packages

_A4 = (595.28, 841.89)  # points
_LARGEST = 1.25  # times its size: a small map is not blown up
_EDGE = 12.0  # points around a map that has a page of its own size
_FONTS = (
    "Libertinus Serif",
    "DejaVu Sans Mono",
)  # those that Typst brings; narrower than Arial, so text keeps to its box


_NO_TIME = dt.datetime.fromtimestamp(0, tz=dt.UTC)
"""The pages state no date: a map that shows the same is the same file, whenever it was made."""


class Spot(msgspec.Struct, frozen=True):
    """A part of a map that leads somewhere."""

    x: float
    y: float
    width: float
    height: float
    url: str
    map: int = -1
    """Number of the map that it leads to, instead of the address."""


class Sheet(msgspec.Struct, frozen=True):
    """A map on its page."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]
    paper: tuple[float, float]
    """Points."""
    scale: float
    corner: tuple[float, float]
    """Where the map begins, from the page's top left."""


def pdf(
    pictures: Sequence[Picture],
    title: str,
    maps: Mapping[str, int] | None = None,
    *,
    system_fonts: bool = True,
) -> bytes:
    """PICTURES as a PDF, each on a page of A4, or on one of its own size where A4 would make its letters too small.

    A node whose address is a key of MAPS leads to the picture of that number. SYSTEM_FONTS says whether letters that
    neither Typst nor the font packages have may come from fonts of this computer. Raises DrawingError.
    """
    sheets = [_on_paper(picture, maps or {}) for picture in pictures]
    with _typst(pictures, system_fonts=system_fonts) as typst:
        try:
            return typst.compile(_files(sheets, title, pictures), _NO_TIME, standard=None, tagged=False)
        except (CompileFailed, ExporterError) as error:
            raise DrawingError(f"the PDF of the maps could not be made: {error}") from error


def png(picture: Picture, pixels: float, *, system_fonts: bool = True) -> bytes:
    """PICTURE with so many PIXELS to the inch; raises DrawingError."""
    sheet = _own_size(picture, {})
    with _typst((picture,), system_fonts=system_fonts) as typst:
        try:
            return typst.png(_files([sheet], "", (picture,)), pixels)
        except (CompileFailed, ExporterError) as error:
            raise DrawingError(f"the PNG of the map could not be made: {error}") from error


def _typst(pictures: Sequence[Picture], *, system_fonts: bool) -> Typst:
    """Typst with no fonts but its own where these have all letters: the same bytes on every computer."""
    plain = _plain(pictures)
    folders = () if plain else font_packages()[0]
    limits = Limits(memory=2048, seconds=120.0, font_paths=folders, system_fonts=system_fonts and not plain)
    try:
        return Typst(limits)
    except MissingProgram as error:
        raise DrawingError(str(error)) from error


def _plain(pictures: Sequence[Picture]) -> bool:
    return all(in_table(shape.text) for picture in pictures for shape in picture.shapes if shape.text)


def _files(sheets: Sequence[Sheet], title: str, pictures: Sequence[Picture]) -> dict[str, bytes]:
    folder = resources.files("orgkb_exporters") / "templates"
    families = _FONTS if _plain(pictures) else (*_FONTS, *font_packages()[1])
    return {
        "main.typ": (folder / "map" / "print.typ").read_bytes(),
        "shapes.typ": (folder / "pdf" / "shapes.typ").read_bytes(),
        "maps.json": msgspec.json.encode({"title": title, "fonts": families, "maps": sheets}),
    }


def _on_paper(picture: Picture, maps: Mapping[str, int]) -> Sheet:
    """PICTURE in the middle of an A4 page, upright or sideways, whichever leaves it larger."""
    upright = min(SHORT_SIDE / picture.width, LONG_SIDE / picture.height)
    sideways = min(LONG_SIDE / picture.width, SHORT_SIDE / picture.height)
    scale = min(max(upright, sideways), _LARGEST)
    if NODE_SIZE * scale < READABLE:
        return _own_size(picture, maps)
    paper = _A4 if upright >= sideways else _A4[::-1]
    left = (paper[0] - picture.width * scale) / 2
    top = min((paper[1] - picture.height * scale) / 2, 48.0)
    return _sheet(picture, maps, (paper[0], paper[1]), scale, (left, top))


def _own_size(picture: Picture, maps: Mapping[str, int]) -> Sheet:
    paper = (picture.width + 2 * _EDGE, picture.height + 2 * _EDGE)
    return _sheet(picture, maps, paper, 1.0, (_EDGE, _EDGE))


def _sheet(
    picture: Picture,
    maps: Mapping[str, int],
    paper: tuple[float, float],
    scale: float,
    corner: tuple[float, float],
) -> Sheet:
    spots = tuple(
        Spot(node.x, node.y, node.width, node.height, node.url, maps.get(node.url, -1))
        for node in picture.nodes
        if node.url and safe_url(node.url)
    )
    return Sheet(picture.width, picture.height, picture.shapes, spots, paper, scale, corner)
