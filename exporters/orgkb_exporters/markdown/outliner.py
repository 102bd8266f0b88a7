"""A page as one nested list of blocks, for outliners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from orgkb.org import nodes as n
from orgkb_exporters.markdown.front_matter import property_lines
from orgkb_exporters.markdown.headings import moments_of
from orgkb_exporters.markdown.layout import Block

_DEEPEST = 20
"""Levels that are indented: outlines thousands of levels deep must not fill the disk with blanks."""

_STEP = "  "


def outline_page(top: Sequence[Block], sections: Iterable[tuple[int, Sequence[Block]]]) -> str:
    """The file: TOP as it is, then each section's heading at its depth and its other blocks one deeper.

    Sections are (depth, blocks), depth 0 for the text before the first heading.
    """
    lines: list[str] = [line for block in top for line in block.lines]
    if lines:
        lines.append("")
    for depth, blocks in sections:
        for block in blocks:
            if not block.lines:
                continue
            below = 0 if block.kind == "heading" else 1
            lines += _item(block, min(max(depth - 1 + below, 0), _DEEPEST))
    return "\n".join(lines) + "\n"


def about(headline: n.Headline) -> Sequence[n.Element]:
    """The first elements of HEADLINE's section, which say something of the headline itself."""
    return list(takewhile(lambda element: isinstance(element, (n.Planning, n.PropertyDrawer)), headline.children))


def planning_lines(headline: n.Headline) -> Iterator[str]:
    """Planning as outliners read it: a line each, right below the first of the headline's block."""
    for element in about(headline):
        if isinstance(element, n.Planning):
            yield from (f"{key}: {moment.raw}" for key, moment in moments_of(element))


def own_properties(headline: n.Headline) -> Iterator[str]:
    """The properties of HEADLINE as those of its block."""
    for element in about(headline):
        if isinstance(element, n.PropertyDrawer):
            yield from property_lines((entry.key, entry.value) for entry in element.children)


def _item(block: Block, depth: int) -> list[str]:
    """BLOCK as an item; bullets are items already."""
    indent = _STEP * depth
    if block.kind == "bullets":
        lines = [f"-{line[1:]}" if line.startswith("*") else line for line in block.lines]
        return [f"{indent}{line}" if line else "" for line in lines]
    first, *others = block.lines
    return [f"{indent}- {first}", *(f"{indent}  {line}" if line else "" for line in others)]
