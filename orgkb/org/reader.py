"""Read Org: bytes to text, text to `Document`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from orgkb.diagnostics import Diagnostic
from orgkb.org import limits
from orgkb.org import nodes as n
from orgkb.org.decoding import decode
from orgkb.org.document import Document, Segment
from orgkb.org.elements import ElementParser
from orgkb.org.garbage import no_garbage_collection
from orgkb.org.lines import LineTable
from orgkb.org.objects import ObjectParser, Restriction, radio_pattern
from orgkb.org.outline import TODO_KEYS, HeadlineLine, Outline, drawer_lines, joined_properties
from orgkb.org.paths import Reach, home_of, read_named
from orgkb.org.sources import source_of
from orgkb.org.trust import STRANGERS, Trust
from orgkb.org.walk import find

__all__ = ["decode", "parse", "read", "read_data"]


def read(
    path: Path,
    *,
    root: Path | None = None,
    name: str | None = None,
    inlinetasks: bool = False,
    trust: Trust = STRANGERS,
) -> Document:
    """The document in the file PATH, with what it includes from below ROOT (default: its folder).

    NAME is how the document is called in places and links (default: PATH below ROOT).  With
    INLINETASKS, headlines of 15 stars and more are inline tasks, as with Emacs' org-inlinetask.
    TRUST lets it include files from elsewhere.  Raises InputError where the file cannot be read.
    """
    root = path.parent if root is None else root
    if name is None:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    reach = Reach(root, home_of(path, name) or root, trust)
    return read_data(read_named(path, limits.FILE_BYTES), name, reach, inlinetasks=inlinetasks)


def read_data(data: bytes, name: str, reach: Reach, *, inlinetasks: bool = False) -> Document:
    """The same for a file that holds DATA, with what REACH lets it include."""
    source = source_of(data, name, reach)
    return parse(
        source.text,
        name,
        segments=source.segments,
        settings=source.settings,
        diagnostics=source.diagnostics,
        inlinetasks=inlinetasks,
    )


def parse(
    text: str,
    path: str = "",
    *,
    segments: Sequence[Segment] = (),
    settings: Iterable[tuple[str, str]] = (),
    diagnostics: Iterable[Diagnostic] = (),
    inlinetasks: bool = False,
) -> Document:
    """The document of TEXT as Org reads it; any text is read.

    SEGMENTS say which part of TEXT comes from which file (default: all from PATH), SETTINGS are
    those of setup files, DIAGNOSTICS what was found before; INLINETASKS as for `read`.
    """
    with no_garbage_collection():
        table = LineTable(text, inlinetasks=inlinetasks)
        document = _parse(table, path, segments, tuple(settings), diagnostics, radio=None)
        targets = [t.value for t in find(_all_nodes(document), n.RadioTarget)] if "<<<" in text else []
        pattern = radio_pattern(targets)
        if pattern is not None:
            document = _parse(table, path, segments, tuple(settings), diagnostics, radio=pattern)
    return document


def _all_nodes(document: Document) -> Iterator[n.Node]:
    yield from document.section
    yield from document.headlines


def _parse(
    table: LineTable,
    path: str,
    segments: Sequence[Segment],
    settings: tuple[tuple[str, str], ...],
    diagnostics: Iterable[Diagnostic],
    radio: re.Pattern[str] | None,
) -> Document:
    text = table.text
    objects = ObjectParser(text, radio=radio)
    parser = ElementParser(table, objects)
    bounds = [*table.headlines, len(table.lines)]
    zeroth = parser.section(0, bounds[0], below_headline=False)
    sections = [parser.section(begin + 1, end, below_headline=True) for begin, end in pairwise(bounds)]
    drawers = [_own_drawer(section) for section in sections]
    own_settings = tuple(parser.keywords)
    todo_lines = [f"#+{key}: {value}" for key, value in (*settings, *own_settings) if key in TODO_KEYS]
    outline = Outline(table, todo_lines, [drawer_lines(drawer) for drawer in drawers])
    headlines = _headlines(table, objects, outline, sections, drawers, odd=_odd_levels(own_settings))
    all_settings = (*settings, *own_settings)
    return Document(
        path=path,
        text=text,
        line_starts=tuple(table.starts[: max(1, len(table.lines))]),
        segments=tuple(segments) or (Segment(0, path, 1),),
        settings=all_settings,
        properties=_file_properties(zeroth, all_settings),
        todo_keywords=outline.todo_keywords,
        done_keywords=outline.done_keywords,
        section=zeroth,
        headlines=headlines,
        diagnostics=tuple(diagnostics),
    )


def _own_drawer(section: tuple[n.Element, ...]) -> n.PropertyDrawer | None:
    return next((element for element in section[:2] if isinstance(element, n.PropertyDrawer)), None)


def _odd_levels(settings: tuple[tuple[str, str], ...]) -> bool:
    """Whether `#+STARTUP: odd` counts headlines by two stars."""
    words = [word.lower() for key, value in settings if key == "STARTUP" for word in value.split()]
    return "odd" in words and "oddeven" not in words


def _file_properties(
    zeroth: tuple[n.Element, ...], settings: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    pairs = [tuple(value.split(None, 1)) for key, value in settings if key == "PROPERTY"]
    drawer = _own_drawer(zeroth)
    found = [(pair[0], pair[1]) for pair in pairs if len(pair) > 1]
    return joined_properties([*found, *((p.key, p.value) for p in (drawer.children if drawer else ()))])


def _headlines(
    table: LineTable,
    objects: ObjectParser,
    outline: Outline,
    sections: Sequence[tuple[n.Element, ...]],
    drawers: Sequence[n.PropertyDrawer | None],
    *,
    odd: bool,
) -> tuple[n.Headline, ...]:
    lines = [outline.line(i) for i in range(len(sections))]
    if odd:
        lines = [_with_level(line, (line.level + 1) // 2) for line in lines]
    parents, ends = _tree([line.level for line in lines])
    done = frozenset(outline.done_keywords)
    out: list[n.Headline] = []
    for index, line in enumerate(lines):
        number = table.headlines[index]
        last = (table.headlines[ends[index]] if ends[index] < len(lines) else len(table.lines)) - 1
        while last > number and not table.lines[last].strip():
            last -= 1
        section = sections[index]
        out.append(
            n.Headline(
                begin=table.starts[number],
                end=table.end_offset(last),
                level=line.level,
                todo=line.todo,
                todo_done=line.todo in done,
                priority=line.priority,
                commented=line.commented,
                title=objects.parse(line.title_begin, line.title_end, Restriction.TITLE),
                raw_title=table.text[line.title_begin : line.title_end],
                tags=line.tags,
                planning=section[0] if section and isinstance(section[0], n.Planning) else None,
                properties=outline.properties(index, drawers[index]),
                children=section,
                index=index,
                parent=parents[index],
            )
        )
    return tuple(out)


def _with_level(line: HeadlineLine, level: int) -> HeadlineLine:
    return HeadlineLine(level, line.todo, line.priority, line.commented, line.title_begin, line.title_end, line.tags)


def _tree(levels: Sequence[int]) -> tuple[list[int], list[int]]:
    """(index of the parent or -1, index after the last headline below) for headlines of these LEVELS."""
    parents: list[int] = []
    ends = [len(levels)] * len(levels)
    open_ones: list[int] = []
    for index, level in enumerate(levels):
        while open_ones and levels[open_ones[-1]] >= level:
            ends[open_ones.pop()] = index
        parents.append(open_ones[-1] if open_ones else -1)
        open_ones.append(index)
    return parents, ends
