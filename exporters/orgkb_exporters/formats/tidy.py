"""What only our own layouts understand is taken out of pandoc's tree; raw text passes only where it may."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters import raw
from orgkb_exporters.formats.index_fields import IndexStyle, Marks
from orgkb_exporters.pandoc_json import Block, Inline
from orgkb_exporters.tex_forms import modern

_NO_HOST = pattern(r"[a-z]+://[^/?#]*[<>{}|\\^`%\s]", re.IGNORECASE)
"""An example of an address, as `http://<host>:8080/`: it leads nowhere."""


class Wishes(msgspec.Struct, frozen=True):
    """What a format takes."""

    backend: str
    """The back-end of Org whose raw text belongs to the format; that of others is left out, as Org does."""
    raw: bool
    """Whether its raw text may act; else it is shown."""
    glossary: bool
    embed: bool
    """Whether images become a part of the file."""
    places: bool
    """Whether links inside the file work."""
    index: bool = False
    styled: bool = False
    """Whether classes of blocks mean something to its readers."""
    index_style: IndexStyle | None = None
    """How the format makes an index itself; None where it is written as text."""
    marks: Marks | None = None
    """What marks terms for that index, in running text; None elsewhere."""


def _mentioned(inlines: Sequence[Inline]) -> Iterator[str]:
    """The concepts that a heading names."""
    for inline in inlines:
        content: Any = inline.get("c")
        match inline["t"]:
            case "Span":
                (_, classes, pairs), inner = content
                if "mention" in classes:
                    yield dict(pairs)["concept"]
                yield from _mentioned(inner)
            case "Link" | "Quoted":
                yield from _mentioned(content[1])
            case "Emph" | "Strong" | "Underline" | "Strikeout":
                yield from _mentioned(content)
            case _:
                pass


def _unmarked(wishes: Wishes) -> Wishes:
    """The same for a heading, a caption or the words for a picture: they stand elsewhere, too."""
    return msgspec.structs.replace(wishes, marks=None) if wishes.marks else wishes


def tidy(blocks: Sequence[Block], wishes: Wishes) -> list[Block]:
    """BLOCKS without marks for other layouts; task states and tags of headings as text; raw text if it may pass."""
    return [done for block in blocks for done in _tidy_block(block, wishes)]


def _tidy_block(block: Block, wishes: Wishes) -> list[Block]:
    kind: str = block["t"]
    content: Any = block.get("c")
    match kind:
        case "RawBlock":
            return _raw_block(content[0], content[1], wishes)
        case "Para" | "Plain":
            waiting = wishes.marks.waiting() if wishes.marks else []
            return [{"t": kind, "c": [*waiting, *_tidy(content, wishes)]}]
        case "Header":
            level, (ident, classes, pairs), inlines = content
            if wishes.marks:
                wishes.marks.begin(_mentioned(inlines))
            title = _title(dict(pairs), _around(_tidy(inlines, _unmarked(wishes))))
            return [p.header(level, [ident, classes, []], title)]
        case "LineBlock":
            return [{"t": kind, "c": [_tidy(line, wishes) for line in content]}]
        case "BulletList":
            return [{"t": kind, "c": [tidy(item, wishes) for item in content]}]
        case "OrderedList":
            return [{"t": kind, "c": [content[0], [tidy(item, wishes) for item in content[1]]]}]
        case "DefinitionList":
            items = [
                [_tidy(term, wishes), [tidy(part, wishes) for part in definitions]] for term, definitions in content
            ]
            return [{"t": kind, "c": items}]
        case "BlockQuote":
            return [{"t": kind, "c": tidy(content, wishes)}]
        case "Div":
            return [{"t": kind, "c": [content[0], tidy(content[1], wishes)]}]
        case "Figure":
            attributes, (short, caption), body = content
            return [{"t": kind, "c": [attributes, [short, tidy(caption, _unmarked(wishes))], tidy(body, wishes)]}]
        case "Table":
            return [{"t": kind, "c": _tidy_table(content, wishes)}]
        case _:
            return [block]


def _around(title: Sequence[Inline]) -> list[Inline]:
    """TITLE inside its anchors: contents of an e-book take no span without text."""
    anchors = [inline["c"][0] for inline in title if inline["t"] == "Span" and not inline["c"][1]]
    inner: list[Inline] = [inline for inline in title if inline["t"] != "Span" or inline["c"][1]]
    while inner and inner[-1]["t"] == "Space":
        inner.pop()
    for ident, classes, _ in anchors if inner else ():
        inner = [p.span(inner, ident, classes)]
    return inner or list(title)


def _tidy_table(content: Sequence[Any], wishes: Wishes) -> list[Any]:
    attributes, (short, caption), columns, head, bodies, foot = content

    def rows(found: Sequence[Any]) -> list[Any]:
        return [[attr, [[*cell[:4], tidy(cell[4], wishes)] for cell in cells]] for attr, cells in found]

    return [
        attributes,
        [short, tidy(caption, _unmarked(wishes))],
        columns,
        [head[0], rows(head[1])],
        [[attr, number, rows(first), rows(rest)] for attr, number, first, rest in bodies],
        [foot[0], rows(foot[1])],
    ]


def _tidy(inlines: Sequence[Inline], wishes: Wishes) -> list[Inline]:
    done: list[Inline] = []
    snippets = _raw_inlines(inlines, wishes)
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        match kind:
            case "RawInline":
                done += next(snippets)
            case "Span":
                (ident, classes, pairs), inner = content
                kept = _tidy(inner, wishes)
                if "mention" in classes:
                    if wishes.marks:
                        done += wishes.marks.mark(dict(pairs)["concept"])
                    done += kept  # a mark for our own layouts
                elif kept or ident:
                    done.append({"t": kind, "c": [[ident, classes, []], kept]} if ident or classes else p.span(kept))
            case "Note":
                done.append({"t": kind, "c": tidy(content, wishes)})
            case "Link" | "Image":
                (ident, classes, pairs), inner, target = content
                inner = _tidy(inner, wishes if kind == "Link" else _unmarked(wishes))
                if kind == "Link" and (_NO_HOST.match(target[0]) or (target[0].startswith("#") and not wishes.places)):
                    done += inner
                else:
                    done.append({"t": kind, "c": [[ident, [], pairs], inner, target]})
            case "Cite" | "Quoted":
                done.append({"t": kind, "c": [content[0], _tidy(content[1], wishes)]})
            case "Underline" | "Strikeout":  # LaTeX draws them letter by letter: nothing else can stand inside
                if wishes.marks:
                    done += [mark for concept in _mentioned(content) for mark in wishes.marks.mark(concept)]
                done.append({"t": kind, "c": _tidy(content, _unmarked(wishes))})
            case "Math" if (
                wishes.embed
            ):  # such formats have formulas of their own, which pandoc makes of the TeX that it knows
                done.append({"t": kind, "c": [content[0], modern(content[1])]})
            case "Emph" | "Strong" | "Subscript" | "Superscript" | "SmallCaps":
                done.append({"t": kind, "c": _tidy(content, wishes)})
            case _:
                done.append(inline)
    return done


def _raw_block(backend: str, source: str, wishes: Wishes) -> list[Block]:
    if backend != wishes.backend or not source.strip():
        return []
    if not wishes.raw:
        return [p.code_block(source.rstrip("\n"), [backend])]
    return [p.raw_block(backend, raw.sanitized(source) if backend == "html" else source)]


def _raw_inlines(inlines: Sequence[Inline], wishes: Wishes) -> Iterator[list[Inline]]:
    """What becomes of each raw inline among INLINES."""
    found = [inline["c"] for inline in inlines if inline["t"] == "RawInline"]
    html = [source for backend, source in found if backend == "html" == wishes.backend]
    made = iter(raw.snippets(html, allowed=wishes.raw) if html else ())
    for backend, source in found:
        if backend != wishes.backend:
            yield []
            continue
        passed = next(made) if backend == "html" else source if wishes.raw else None
        yield p.words(source) if passed is None else [p.raw_inline(backend, passed)] if passed else []


def _title(pairs: Mapping[str, str], inlines: Sequence[Inline]) -> list[Inline]:
    """A heading with its task state, priority and tags as text."""
    before: list[Inline] = []
    if "todo" in pairs:
        before += [p.wrap("Strong", [p.string(pairs["todo"])]), p.SPACE]
    if "priority" in pairs:
        before += [p.string(f"[#{pairs['priority']}]"), p.SPACE]
    after: list[Inline] = []
    if pairs.get("tags"):
        tags = p.string(f":{':'.join(pairs['tags'].split())}:")
        after = [p.SPACE, p.span([p.wrap("Emph", [tags])], classes=["tags"])]
    return [*before, *inlines, *after]
