"""How blocks of lines stand below and inside one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec


class Block(msgspec.Struct, frozen=True):
    """Lines that form one Markdown block."""

    kind: str
    """`paragraph`, `bullets`, `numbers`, `fence`, `table`, `quote`, `rule`, `html`."""
    lines: tuple[str, ...]
    marker: str = ""
    """The list marker of the last item without its number: `-`, `*`, `.`, `)`."""
    interrupts: bool = False
    """Whether it may follow a paragraph without a blank line."""


def join(blocks: Sequence[Block], *, in_item: bool = False) -> list[str]:
    """The lines of BLOCKS with blank lines between them; in a list item only where they are needed."""
    lines: list[str] = []
    for i, block in enumerate(blocks):
        if i and not (in_item and _tight(blocks[i - 1], block)):
            lines.append("")
        lines += block.lines
    return lines


def _tight(above: Block, below: Block) -> bool:
    """Whether BELOW may follow ABOVE in an item without a blank line, which would make the whole list loose."""
    if below.kind not in {"bullets", "numbers", "fence"}:
        return below.kind == "paragraph" and above.kind == "fence"
    return above.kind == "fence" or (above.kind == "paragraph" and below.interrupts)


def list_block(kind: str, marker: str, items: list[tuple[str, list[Block]]], width: int = 0) -> Block:
    """A list of (bullet, contents) items, without blank lines between them where none of them needs any.

    Contents are indented by WIDTH columns at least; 0 for no more than the bullet needs.
    """
    loose = any(not _tight(a, b) for _, blocks in items for a, b in pairwise(blocks))
    lines: list[str] = []
    for bullet, blocks in items:
        if loose and lines:
            lines.append("")
        contents = join(blocks, in_item=True)
        indent = " " * max(len(bullet) + 1, width)
        if blocks and blocks[0].kind in {"paragraph", "fence"}:
            lines.append(f"{bullet.ljust(len(indent) - 1)} {contents[0]}")
            contents = contents[1:]
        else:
            lines.append(bullet)
        lines += [f"{indent}{line}" if line else "" for line in contents]
    first = items[0][0]
    interrupts = len(lines[0]) > len(first) and (kind == "bullets" or first[:-1] == "1")
    return Block(kind, tuple(lines), marker=marker, interrupts=interrupts)


def quotation(lines: list[str]) -> list[Block]:
    """LINES as a quotation; nothing where there are none."""
    return [Block("quote", tuple(f"> {line}" if line else ">" for line in lines))] if lines else []
