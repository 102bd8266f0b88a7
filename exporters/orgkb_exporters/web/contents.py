"""The headings of a book as a nested list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from orgkb_exporters.pandoc_json import Block, Inline


class Heading(msgspec.Struct, frozen=True):
    """One line of the contents."""

    level: int
    anchor: str
    title: str
    number: str = ""
    below: tuple[Heading, ...] = ()


def headings(blocks: Iterable[Block], depth: int, *, number: bool = False) -> tuple[Heading, ...]:
    """The headings in BLOCKS down to DEPTH levels, as a tree; NUMBERed as pandoc numbers them."""
    flat: list[Heading] = []
    counts = [0] * 9
    for level, anchor, title in _found(blocks):
        counts[level - 1] += 1
        counts[level:] = [0] * (9 - level)
        shown = ".".join(map(str, counts[:level])) if number else ""
        if level <= depth:
            flat.append(Heading(level, anchor, title, shown))
    return _tree(flat)


def _tree(flat: Sequence[Heading]) -> tuple[Heading, ...]:
    """FLAT headings with those of deeper levels below them."""
    done: list[Heading] = []
    at = 0
    while at < len(flat):
        end = at + 1
        while end < len(flat) and flat[end].level > flat[at].level:
            end += 1
        done.append(msgspec.structs.replace(flat[at], below=_tree(flat[at + 1 : end])))
        at = end
    return tuple(done)


def listed(tree: Sequence[Heading], address: str = "") -> Markup:
    """TREE as nested lists; those below the first level can be folded.  ADDRESS goes before each anchor."""
    if not tree:
        return Markup("")
    items = Markup("").join(_item(heading, address) for heading in tree)
    return Markup("<ul>{}</ul>").format(items)


def _item(heading: Heading, address: str) -> Markup:
    number = Markup('<span class="number">{}</span> ').format(heading.number) if heading.number else Markup("")
    link = Markup('<a href="{}#{}">{}{}</a>').format(address, heading.anchor, number, heading.title)
    if not heading.below:
        return Markup("<li>{}</li>").format(link)
    below = listed(heading.below, address)
    return Markup("<li><details><summary>{}</summary>{}</details></li>").format(link, below)


def _found(blocks: Iterable[Block]) -> Iterator[tuple[int, str, str]]:
    for block in blocks:
        if block["t"] == "Header":
            level, (anchor, _, _), inlines = block["c"]
            yield min(level, 9), anchor, words(inlines).strip() or "…"
        elif block["t"] == "Div":
            yield from _found(block["c"][1])


def words(inlines: Iterable[Inline]) -> str:
    """The text of INLINES; tags, footnotes and raw text are none."""
    parts: list[str] = []
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        match kind:
            case "Str":
                parts.append(content)
            case "Space" | "SoftBreak" | "LineBreak":
                parts.append(" ")
            case "Code" | "Math":
                parts.append(content[1])
            case "Span" if "tags" in content[0][1]:
                pass
            case "Span" | "Link" | "Image" | "Cite" | "Quoted":
                parts.append(words(content[1]))
            case "Emph" | "Strong" | "Underline" | "Strikeout" | "Subscript" | "Superscript" | "SmallCaps":
                parts.append(words(content))
            case _:
                pass
    return "".join(parts)
