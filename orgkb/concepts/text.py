"""The flat text of a string of objects, with the way back to the places in the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter
from typing import Final

import msgspec
from msgspec import structs

from orgkb.org import nodes as n
from orgkb.patterns import pattern

MASK = "\0"
"""Stands in prose for a character that is not prose: code, commands, addresses."""
DASH = r"(?:-{1,3}|–|—|−)"
"""The dashes that notes put between a term and its definition; Org exports `--` and `---` as – and —."""


def has_dash(text: str) -> bool:
    """Whether TEXT holds what `DASH` finds: asked before patterns with one, as most texts have none."""
    return "-" in text or (not text.isascii() and ("–" in text or "—" in text or "−" in text))


def running(prose: str) -> str:
    """PROSE, wrapped by hand, with a blank for each line end inside a sentence: where the next line does not begin with a capital or mark."""
    return _INSIDE.sub(" ", prose) if "\n" in prose else prose


_INSIDE = pattern(rf"(?<![.!?:;\s])\n(?=[ \t]*+(?:[(«“{MASK}]|[^\W\d_A-ZА-ЯЁÀ-ÖØ-Þ]))")


_START, _OFFSET, _BEGIN = attrgetter("start"), attrgetter("offset"), attrgetter("begin")


class Style:
    """How a run of flat text is set: bits of an int (an enum is too slow for one per run)."""

    PLAIN: Final = 0
    BOLD: Final = 1
    LINK: Final = 2
    OPAQUE: Final = 4
    """Code, an address, a formula: never searched for concepts."""
    INEXACT: Final = 8
    """Does not stand in the document as it reads: an entity, an expanded macro."""
    SLANTED: Final = 16
    """Italic or underlined."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """A stretch of flat text that stands together in the document."""

    start: int
    """Index of its first character in the flat text."""
    length: int
    offset: int
    """Offset of its first character in the document."""
    style: int
    """Bits of `Style`."""

    @property
    def end(self) -> int:
        """Index after its last character in the flat text."""
        return self.start + self.length


class Flat(msgspec.Struct, frozen=True, gc=False):
    """What a reader sees of a string of objects; line ends are kept."""

    text: str
    runs: tuple[Run, ...]
    """In order and without gaps."""

    def run_at(self, index: int) -> Run:
        """The run that holds the character at INDEX; the last one for the end of the text."""
        runs = self.runs
        return runs[0] if len(runs) == 1 else runs[bisect_right(runs, index, key=_START) - 1]

    def offset(self, index: int) -> int:
        """The document's offset of the character at INDEX."""
        runs = self.runs
        run = runs[0] if len(runs) == 1 else self.run_at(index)
        return run.offset if run.style & Style.INEXACT else run.offset + index - run.start

    def end_offset(self, index: int) -> int:
        """The document's offset after the character before INDEX, which is over 0."""
        return self.offset(index - 1) + 1

    def index(self, offset: int) -> int | None:
        """The index of the character at OFFSET of the document; None where it does not show."""
        at = bisect_right(self.runs, offset, key=_OFFSET) - 1
        if at < 0 or (run := self.runs[at]).style & Style.INEXACT or offset >= run.offset + run.length:
            return None
        return run.start + offset - run.offset

    def masked(self) -> str:
        """The text with `MASK` for every opaque character."""
        if not any(run.style & Style.OPAQUE for run in self.runs):
            return self.text
        return "".join(
            MASK * run.length if run.style & Style.OPAQUE else self.text[run.start : run.end] for run in self.runs
        )


class _Flattener:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.length = 0

    def add(self, value: str, offset: int, style: int) -> None:
        if not value:
            return
        if not self.source.startswith(value, offset):
            style |= Style.INEXACT
        self.runs.append(Run(self.length, len(value), offset, style))
        self.parts.append(value)
        self.length += len(value)

    def visit(self, obj: n.Node, style: int) -> None:
        match obj:
            case n.Text():
                self.add(obj.value, obj.begin, style)
            case n.Code() | n.Verbatim():
                self.add(obj.value, obj.begin + 1, style | Style.OPAQUE)
            case n.Bold():
                self.visit_all(obj.children, style | Style.BOLD)
            case n.Italic() | n.Underline():
                self.visit_all(obj.children, style | Style.SLANTED)
            case n.Link() if obj.children:
                self.visit_all(obj.children, style | Style.LINK)
            case n.Link() if obj.kind == "fuzzy" and obj.form == "regular":
                self.add(obj.raw, obj.begin + 2, style | Style.LINK)
            case n.Link():
                self.add(obj.raw, obj.begin, style | Style.OPAQUE)
            case n.Entity():
                self.add(obj.text, obj.begin, style)
            case n.LineBreak():
                self.add("\n", obj.begin, style | Style.INEXACT)
            case n.LatexFragment() | n.InlineSrcBlock() | n.StatisticsCookie() | n.Macro() | n.InlineBabelCall():
                self.add(obj.value, obj.begin, style | Style.OPAQUE)
            case n.Timestamp():
                self.add(obj.raw, obj.begin, style | Style.OPAQUE)
            case n.Citation():
                keys = "; ".join(f"@{reference.key}" for reference in obj.children)
                self.add(keys, obj.begin, style | Style.OPAQUE)
            case n.Target() | n.FootnoteReference() | n.ExportSnippet():
                pass
            case _:
                self.visit_all(getattr(obj, "children", None) or (), style)

    def visit_all(self, objects: Iterable[n.Node], style: int) -> None:
        for obj in objects:
            self.visit(obj, style)


def flatten(objects: Iterable[n.Object], source: str) -> Flat:
    """The flat text of OBJECTS, which stand in the document text SOURCE."""
    objects = tuple(objects)
    if len(objects) == 1 and isinstance(only := objects[0], n.Text) and source.startswith(only.value, only.begin):
        return Flat(only.value, (Run(0, len(only.value), only.begin, Style.PLAIN),))
    flattener = _Flattener(source)
    flattener.visit_all(objects, Style.PLAIN)
    return Flat("".join(flattener.parts), tuple(flattener.runs))


def cut(objects: Iterable[n.Object], begin: int, end: int) -> tuple[n.Object, ...]:
    """What stands of OBJECTS between the document offsets BEGIN and END, without outer blanks.

    Text is cut to the character, markup keeps its kind around what is left of it; an object that
    cannot be divided stays where it begins inside.
    """
    return _trim(_cut(objects, begin, end))


def _cut(objects: Iterable[n.Object], begin: int, end: int) -> list[n.Object]:
    kept: list[n.Object] = []
    objects = tuple(objects)
    for at in range(max(bisect_right(objects, begin, key=_BEGIN) - 1, 0), len(objects)):
        obj = objects[at]
        if obj.begin >= end:
            break
        if obj.end <= begin and obj.begin < begin:
            continue
        if obj.begin >= begin and obj.end <= end:
            kept.append(obj)
        elif isinstance(obj, n.Text):
            if len(obj.value) == obj.end - obj.begin:
                first, last = max(begin - obj.begin, 0), min(end, obj.end) - obj.begin
                kept.append(n.Text(obj.begin + first, obj.begin + last, obj.value[first:last]))
            elif obj.begin >= begin:
                kept.append(obj)
        elif children := getattr(obj, "children", None):
            if inner := _cut(children, begin, end):
                kept.append(structs.replace(obj, children=tuple(inner)))
        elif obj.begin >= begin:
            kept.append(obj)
    return kept


def _trim(objects: list[n.Object]) -> tuple[n.Object, ...]:
    while objects and isinstance(first := objects[0], n.Text):
        value = first.value.lstrip()
        if value:
            if value != first.value:
                objects[0] = n.Text(first.begin + len(first.value) - len(value), first.end, value)
            break
        del objects[0]
    while objects and isinstance(last := objects[-1], n.Text):
        value = last.value.rstrip()
        if value:
            if value != last.value:
                objects[-1] = n.Text(last.begin, last.end - (len(last.value) - len(value)), value)
            break
        del objects[-1]
    return tuple(objects)
