"""The constructors of pandoc's JSON (pandoc-types 1.23), so that no other module spells out its keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from orgkb.patterns import pattern

Inline = dict[str, Any]
Block = dict[str, Any]
Attr = list[Any]

SPACE: Inline = {"t": "Space"}
SOFT_BREAK: Inline = {"t": "SoftBreak"}
LINE_BREAK: Inline = {"t": "LineBreak"}
HORIZONTAL_RULE: Block = {"t": "HorizontalRule"}

_GAPS = pattern(r"([ \t\n\r\f\v]+)")


def attr(ident: str = "", classes: Sequence[str] = (), pairs: Mapping[str, str] | None = None) -> Attr:
    """Identifier, classes and key-value pairs."""
    return [ident, list(classes), [[key, value] for key, value in (pairs or {}).items()]]


def string(text: str) -> Inline:
    """`Str`: text without breaking spaces."""
    return {"t": "Str", "c": text}


def wrap(kind: str, inlines: Sequence[Inline]) -> Inline:
    """`Emph`, `Strong`, `Underline`, `Strikeout`, `Subscript` or `Superscript`."""
    return {"t": kind, "c": list(inlines)}


def code(text: str, classes: Sequence[str] = ()) -> Inline:
    """Inline code."""
    return {"t": "Code", "c": [attr("", classes), text]}


def math(tex: str, *, display: bool) -> Inline:
    """A formula in TeX, without its delimiters."""
    return {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, tex]}


def raw_inline(backend: str, text: str) -> Inline:
    """Raw text for one back-end."""
    return {"t": "RawInline", "c": [backend, text]}


def span(
    inlines: Sequence[Inline], ident: str = "", classes: Sequence[str] = (), pairs: Mapping[str, str] | None = None
) -> Inline:
    """Inlines with attributes."""
    return {"t": "Span", "c": [attr(ident, classes, pairs), list(inlines)]}


def link(inlines: Sequence[Inline], target: str, classes: Sequence[str] = ()) -> Inline:
    """A link; TARGET begins with `#` inside the document."""
    return {"t": "Link", "c": [attr("", classes), list(inlines), [target, ""]]}


def image(alt: Sequence[Inline], source: str, pairs: Mapping[str, str] | None = None) -> Inline:
    """An image with its text alternative."""
    return {"t": "Image", "c": [attr("", (), pairs), list(alt), [source, ""]]}


def note(blocks: Sequence[Block]) -> Inline:
    """A footnote at its reference."""
    return {"t": "Note", "c": list(blocks)}


def cite(citations: Sequence[Mapping[str, Any]], inlines: Sequence[Inline]) -> Inline:
    """Citations with the text to print where no bibliography is at hand."""
    return {"t": "Cite", "c": [list(citations), list(inlines)]}


def citation(key: str, prefix: Sequence[Inline], suffix: Sequence[Inline]) -> dict[str, Any]:
    """One citation of a `Cite`."""
    return {
        "citationId": key,
        "citationPrefix": list(prefix),
        "citationSuffix": list(suffix),
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def para(inlines: Sequence[Inline]) -> Block:
    """A paragraph."""
    return {"t": "Para", "c": list(inlines)}


def plain(inlines: Sequence[Inline]) -> Block:
    """Inlines without the space of a paragraph around them."""
    return {"t": "Plain", "c": list(inlines)}


def header(level: int, attributes: Attr, inlines: Sequence[Inline]) -> Block:
    """A heading."""
    return {"t": "Header", "c": [level, attributes, list(inlines)]}


def code_block(
    text: str, classes: Sequence[str] = (), pairs: Mapping[str, str] | None = None, ident: str = ""
) -> Block:
    """A block of code or example; the first class is its language."""
    return {"t": "CodeBlock", "c": [attr(ident, classes, pairs), text]}


def raw_block(backend: str, text: str) -> Block:
    """Raw text for one back-end."""
    return {"t": "RawBlock", "c": [backend, text]}


def block_quote(blocks: Sequence[Block]) -> Block:
    """A quotation."""
    return {"t": "BlockQuote", "c": list(blocks)}


def bullet_list(items: Sequence[Sequence[Block]]) -> Block:
    """A list with bullets."""
    return {"t": "BulletList", "c": [list(item) for item in items]}


def ordered_list(items: Sequence[Sequence[Block]], start: int, style: str, delimiter: str) -> Block:
    """A numbered list; STYLE is `Decimal`, `LowerAlpha` …, DELIMITER `Period` or `OneParen`."""
    return {"t": "OrderedList", "c": [[start, {"t": style}, {"t": delimiter}], [list(item) for item in items]]}


def definition_list(items: Sequence[tuple[Sequence[Inline], Sequence[Block]]]) -> Block:
    """Terms, each with one definition."""
    return {"t": "DefinitionList", "c": [[list(term), [list(blocks)]] for term, blocks in items]}


def line_block(lines: Sequence[Sequence[Inline]]) -> Block:
    """Lines that keep their ends, as in verse."""
    return {"t": "LineBlock", "c": [list(line) for line in lines]}


def div(
    blocks: Sequence[Block], ident: str = "", classes: Sequence[str] = (), pairs: Mapping[str, str] | None = None
) -> Block:
    """Blocks with attributes."""
    return {"t": "Div", "c": [attr(ident, classes, pairs), list(blocks)]}


def figure(blocks: Sequence[Block], caption: Sequence[Inline], ident: str = "") -> Block:
    """Blocks, usually an image, with a caption."""
    return {"t": "Figure", "c": [attr(ident), _caption(caption), list(blocks)]}


def table(
    head: Sequence[Sequence[Sequence[Inline]]],
    bodies: Sequence[Sequence[Sequence[Sequence[Inline]]]],
    alignments: Sequence[str],
    caption: Sequence[Inline] = (),
    ident: str = "",
) -> Block:
    """A table of rows of cells of inlines; ALIGNMENTS are `AlignLeft`, `AlignRight`, `AlignCenter`, `AlignDefault`."""
    columns = [[{"t": alignment}, {"t": "ColWidthDefault"}] for alignment in alignments]
    tables = [[attr(), 0, [], [_row(row) for row in body]] for body in bodies]
    return {
        "t": "Table",
        "c": [attr(ident), _caption(caption), columns, [attr(), [_row(row) for row in head]], tables, [attr(), []]],
    }


def _row(cells: Sequence[Sequence[Inline]]) -> list[Any]:
    default = {"t": "AlignDefault"}
    return [attr(), [[attr(), default, 1, 1, [plain(cell)] if cell else []] for cell in cells]]


def _caption(inlines: Sequence[Inline]) -> list[Any]:
    return [None, [plain(inlines)] if inlines else []]


def words(text: str) -> list[Inline]:
    """TEXT as strings, spaces and soft breaks; runs of white space fold into one."""
    return [
        (SOFT_BREAK if "\n" in part else SPACE) if index % 2 else string(part)
        for index, part in enumerate(_GAPS.split(text))
        if part
    ]


def strip(inlines: Iterable[Inline]) -> list[Inline]:
    """INLINES without spaces at either end."""
    trimmed = list(inlines)
    while trimmed and trimmed[-1]["t"] in {"Space", "SoftBreak"}:
        trimmed.pop()
    start = 0
    while start < len(trimmed) and trimmed[start]["t"] in {"Space", "SoftBreak"}:
        start += 1
    return trimmed[start:]


_LEAVES = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every inline and block in a piece of pandoc JSON, in text order."""
    stack = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, dict):
            kind = here.get("t")
            if kind is not None:
                yield here
                if kind in _LEAVES:
                    continue
            stack.append(here.get("c"))
        elif isinstance(here, list | tuple):
            # Most parts are words of attributes: this walks all that is exported.
            stack.extend([part for part in reversed(here) if not isinstance(part, str)])


def branches(value: Any) -> Iterator[dict[str, Any]]:
    """Those `nodes` that hold others or have attributes: most are words and spaces, and this walks all that is exported."""
    stack = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, dict):
            kind = here.get("t")
            if kind is not None:
                yield here
            here = here.get("c")
        if isinstance(here, list | tuple):
            # Nothing that begins with a string, such as attributes, has nodes in it.
            stack.extend(
                [
                    part
                    for part in reversed(here)
                    if (
                        part.get("t") not in _LEAVES
                        if isinstance(part, dict)
                        else part and not isinstance(part, str | int)
                    )
                ]
            )


def plain_text(inlines: Iterable[Inline]) -> str:
    """The words of INLINES, footnotes left out."""
    parts: list[str] = []
    for item in inlines:
        kind: str = item["t"]
        content: Any = item.get("c")
        if kind == "Str":
            parts.append(content)
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            parts.append(" ")
        elif kind in {"Code", "Math"}:
            parts.append(content[1])
        elif kind in {"Link", "Image", "Span", "Cite", "Quoted"}:
            parts.append(plain_text(content[1]))
        elif kind not in {"Note", "RawInline"}:
            parts.append(plain_text(content))
    return "".join(parts)
