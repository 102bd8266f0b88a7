"""Where things came to stand, as Typst tells of what it has laid out, and what follows for the rest.

The text is laid out without any page number in it. From the positions that come back, contents, running heads,
page lists and links are made as plain data for what is laid out after it, which has nothing to look up: Typst lays
out each page once, where links to labels and lists of contents would make it do so three or four times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

Place = tuple[int, float]
"""Page (from 1) and distance from its top in points."""

HEAD_LETTERS = 44
"""Characters of a heading that fit a running head."""
LINE = 13.0
"""Points above a mark inside a line at which a reader should arrive."""


class Seen(msgspec.Struct, frozen=True):
    """A mention on paper."""

    concept: str
    line: int
    """1-based line in the notes."""
    role: str
    """`t`: named to be defined; `l`: the definition may stand beside it."""
    page: int
    y: float


class Heading(msgspec.Struct, frozen=True):
    """A heading on paper."""

    anchor: str
    level: int
    title: str
    page: int
    y: float


class Places(msgspec.Struct, frozen=True):
    """What stands on some pages."""

    pages: int
    headings: tuple[Heading, ...]
    anchors: Mapping[str, tuple[int, float, float]]
    """Name → page, x, y."""
    mentions: tuple[Seen, ...]
    begins: int = 1
    """The page on which the text begins."""
    footnotes: int = 0
    """The number of the last footnote."""

    @classmethod
    def read(cls, value: Any) -> Places:
        """The VALUE that the template hands out, an array of arrays."""
        pages, begins, headings, anchors, mentions, footnotes = value
        return cls(
            pages,
            tuple(Heading(*heading) for heading in headings),
            {name: (page, x, y) for name, page, x, y in anchors},
            tuple(
                Seen(mark[0], mark[1], mark[2] if len(mark) > 2 else "", page, y)
                for mark, page, y in mentions
            ),
            begins,
            footnotes,
        )  # fmt: skip

    def targets(self, wanted: Iterable[str]) -> dict[str, Place]:
        """Where links to the anchors WANTED lead."""
        found: dict[str, Place] = {}
        heads = {heading.anchor: heading for heading in self.headings}
        for name in sorted(wanted):
            if name in heads:
                found[name] = heads[name].page, max(0.0, heads[name].y - 4)
            elif name in self.anchors:
                page, _, y = self.anchors[name]
                found[name] = page, max(0.0, y - LINE)
        return found

    def running_heads(self) -> list[tuple[str, str]]:
        """(chapter, section) for each page: those of its last section."""
        found: list[tuple[str, str]] = []
        chapter = section = ""
        waiting = iter(self.headings)
        head = next(waiting, None)
        for page in range(1, self.pages + 1):
            while head is not None and head.page <= page:
                if head.level == 1:
                    chapter, section = _short(head.title), ""
                elif head.level <= 3:
                    section = _short(head.title)
                head = next(waiting, None)
            found.append((chapter, section))
        return found

    def chapters(self) -> list[Place]:
        """Where the headings of level 1 stand."""
        return [(heading.page, heading.y) for heading in self.headings if heading.level == 1]

    def by_concept(self) -> dict[str, list[Place]]:
        """The mentions of each concept, in the order of the pages."""
        found: dict[str, list[Place]] = {}
        for seen in self.mentions:
            found.setdefault(seen.concept, []).append((seen.page, seen.y))
        return found


def _short(title: str) -> str:
    """TITLE as it fits half a running head."""
    if len(title) <= HEAD_LETTERS:
        return title
    cut = title.rfind(" ", HEAD_LETTERS // 2, HEAD_LETTERS)
    return title[: cut if cut > 0 else HEAD_LETTERS].rstrip(" ,;:-–—(") + "…"


class PageRange(NamedTuple):
    """Pages that follow each other."""

    first: int
    last: int


def page_ranges(places: Sequence[Place]) -> tuple[PageRange, ...]:
    """PLACES as ranges of pages: 3, 4, 4, 5, 9 → 3–5, 9."""
    ranges: list[PageRange] = []
    for page in sorted({page for page, _ in places}):
        if ranges and ranges[-1].last == page - 1:
            ranges.append(PageRange(ranges.pop().first, page))
        else:
            ranges.append(PageRange(page, page))
    return tuple(ranges)


def first_on_pages(places: Iterable[Place]) -> dict[int, float]:
    """Page → the height at which a reader should arrive for the first of PLACES on it."""
    first: dict[int, float] = {}
    for page, y in sorted(places):
        first.setdefault(page, max(0.0, y - LINE))
    return first


def moved(places: Places, pages: int) -> Places:
    """PLACES as they are behind PAGES other pages."""
    if not pages:
        return places
    return Places(
        places.pages,
        tuple(msgspec.structs.replace(heading, page=heading.page + pages) for heading in places.headings),
        {name: (page + pages, x, y) for name, (page, x, y) in places.anchors.items()},
        tuple(msgspec.structs.replace(seen, page=seen.page + pages) for seen in places.mentions),
        places.begins + pages,
        places.footnotes,
    )


def together(pieces: Sequence[Places]) -> Places:
    """PIECES that follow each other as one; the text begins where it begins in the first of them."""
    found: list[Places] = []
    for piece in pieces:
        found.append(moved(piece, sum(before.pages for before in found)))
    return Places(
        sum(piece.pages for piece in found),
        tuple(heading for piece in found for heading in piece.headings),
        {name: place for piece in found for name, place in piece.anchors.items()},
        tuple(seen for piece in found for seen in piece.mentions),
        found[0].begins,
        found[-1].footnotes,
    )


def balanced(places: Places, names: Sequence[str], end: str, columns: int) -> dict[str, tuple[int, float, float]]:
    """The anchors NAMES, entries in columns, as they stand with the last page's columns of one height.

    END is the anchor behind the last entry. Only entries that move to another column are returned, or
    whose place changes with them; a column is to be broken before each whose x differs from before.
    """
    known = [(name, *places.anchors[name]) for name in names if name in places.anchors]
    if not known or end not in places.anchors:
        return {}
    last, end_x, end_y = places.anchors[end]
    entries = [(name, x, y) for name, page, x, y in known if page == last]
    lefts = sorted({x for _, page, x, _ in known if page != last} | {x for _, x, _ in entries} | {end_x})
    if len(entries) < 2 * columns:
        return {}
    # Where columns without an entry begin does not matter: only that it is elsewhere.
    lefts += [lefts[-1] + number for number in range(1, 1 + columns - len(lefts))]
    top = min(y for _, _, y in entries)
    heights = _heights(entries, end_y)
    # What goes on from the page before stands above the first entry and stays there.
    lead = max(0.0, entries[0][2] - top)
    height = (sum(heights) + lead) / columns
    found: dict[str, tuple[int, float, float]] = {}
    column, y = 0, entries[0][2]
    for (name, _, _), size in zip(entries, heights, strict=True):
        if column + 1 < columns and y > top and y - top + size / 2 > height:
            column, y = column + 1, top
        found[name] = (last, lefts[column], y)
        y += size
    return found


def _heights(entries: Sequence[tuple[str, float, float]], end_y: float) -> list[float]:
    """The height of each of ENTRIES (name, x, y), which ends where the next one in its column begins."""
    bottom = max([end_y, *(y for _, _, y in entries)]) + 2 * LINE
    heights: list[float] = []
    for (_, x, y), following in zip(entries, [*entries[1:], None], strict=True):
        below = end_y if following is None else following[2] if following[1] == x else bottom
        heights.append(max(LINE, below - y))
    return heights
