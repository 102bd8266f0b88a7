"""The map of maps: a box for each section with its leading concepts, lines where sections speak of each other."""

from __future__ import annotations

from collections.abc import Sequence

from orgkb.concepts.graph import ConceptGraph
from orgkb_exporters.conceptmap import look, metrics
from orgkb_exporters.conceptmap.chapters import LEADING, MAX_BOXES, Chapter, files_of, streets
from orgkb_exporters.conceptmap.dot_format import html, quoted
from orgkb_exporters.conceptmap.phrases import clean

NAMES = 10.5
"""Size of the letters of a section's concepts."""
FEWEST_BOXES = 6
"""A map of maps that does not fit its page loses sections, but not below this number."""

_TITLE = 13.0  # letters
_LETTERS = 26  # in a line
_AIR = '<TR><TD HEIGHT="3"></TD></TR>'
_MAX_WIDTH = 4.0  # of a line, in points


def atlas(chapters: Sequence[Chapter], graph: ConceptGraph, title: str, language: str, most: int = MAX_BOXES) -> str:
    """The MOST largest of CHAPTERS as DOT, or their files where they are many; a box leads to the chapter's map."""
    if len(chapters) > MAX_BOXES and len({chapter.file for chapter in chapters}) > 1:
        chapters = files_of(chapters, graph)
    by_size = sorted(range(len(chapters)), key=lambda i: (-len(chapters[i].concepts), i))[:most]
    shown = [chapters[index] for index in sorted(by_size)]
    words = look.WORDS[language]
    left_out = words.sections_left_out.format(sections=len(shown), all_sections=len(chapters))
    lines = [
        "graph maps {",
        (
            f'  graph [charset="UTF-8" layout="neato" overlap="prism" overlap_scaling="0" sep="+12" splines="line" outputorder="edgesfirst"'
            f' pad="0.15" bgcolor="#ffffff" fontname="{look.FONT}" labelloc="t" label=<{_header(title, left_out)}>]'
        ),
        f'  node [shape="plain" fontname="{look.FONT}" fontcolor="{look.INK}"]',
        f'  edge [color="{look.LINE}" len="1.5"]',
    ]
    number = {chapter.name: index for index, chapter in enumerate(shown)}
    for index, chapter in enumerate(shown):
        link = f" URL={quoted(f'chapters/{chapter.name}.svg')}" if chapter.has_map else ""
        lines.append(f"  m{index} [label=<{_box(index, chapter)}> tooltip={quoted(*_tooltip(chapter))}{link}]")
    for street in streets(shown, graph):
        told = words.relations.format(count=street.count)
        width = min(1 + 0.5 * street.count, _MAX_WIDTH)
        lines.append(
            f"  m{number[street.source]} -- m{number[street.target]}"
            f' [penwidth="{width:g}" tooltip={quoted(told)} weight="{street.count}"]'
        )
    return "\n".join([*lines, "}"]) + "\n"


def _tooltip(chapter: Chapter) -> list[str]:
    return [chapter.title, ", ".join(clean(concept.name) for concept in chapter.concepts[: 3 * LEADING])]


def _box(index: int, chapter: Chapter) -> str:
    style = look.SECTION_STYLES[index % len(look.SECTION_STYLES)]
    title = metrics.wrap(f"{chapter.title} ({len(chapter.concepts)})", _LETTERS, 2)
    names = metrics.wrap(", ".join(clean(c.name) or c.id for c in chapter.concepts[:LEADING]), _LETTERS + 6, 4)
    rows = [_row(line, _TITLE, bold=True) for line in title] + [_row(line, NAMES) for line in names]
    if chapter.above:
        rows.insert(0, _row(metrics.wrap(chapter.above, _LETTERS + 6, 1)[0], NAMES - 1.5, color=look.FAINT_INK))
    kind = "ROUNDED,DASHED" if style.line == "dashed" else "ROUNDED"
    return (
        f'<TABLE BORDER="{2 if style.double else 1}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1" STYLE="{kind}"'
        f' COLOR="{style.color}" BGCOLOR="{style.tint}">{"".join((_AIR, *rows, _AIR))}</TABLE>'
    )


def _row(text: str, size: float, *, bold: bool = False, color: str = look.INK) -> str:
    width = metrics.text_width(text, size) * (1.08 if bold else 1) + 10
    letters = f'<FONT POINT-SIZE="{size:g}" COLOR="{color}">{html(text)}</FONT>'.replace("\\", "&#92;")
    return (
        f'<TR><TD WIDTH="{width:.0f}" HEIGHT="{size * 1.25:.0f}">{f"<B>{letters}</B>" if bold else letters}</TD></TR>'
    )


def _header(title: str, left_out: str) -> str:
    rows = [_row(line, look.TITLE_SIZE) for line in metrics.wrap(clean(title) or "—", 60, 2)]
    rows.append(_row(left_out, look.LEGEND_SIZE - 1, color=look.FAINT_INK))
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">{"".join(rows)}</TABLE>'
