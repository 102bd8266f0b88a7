"""The objects of a PDF that Typst wrote: found by its table of offsets, taken as bytes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from orgkb.patterns import pattern

_START = pattern(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE = pattern(rb"xref\n0 (\d+)\n")
_ENTRY = 20
_BRACKET = pattern(rb"[()\\]")
_DELIMITER = pattern(rb"<[0-9A-Fa-f]+>|<<|>>|[\[\]()/]")
_NAME = pattern(rb"/[^\s/<>\[\]()]*")
REFERENCE = pattern(rb"(\d+) 0 R")
_KIDS = pattern(rb"/Kids\[([^\]]*)\]")
_DEST = pattern(rb"\[(\d+) 0 R/XYZ (-?[\d.]+) (-?[\d.]+) 0\]")
_NUMBERED = pattern(rb"(\d+) 0 (?=R|obj)")
_HEADER = pattern(rb"(?<![^\n])(\d+) 0 obj\n")
_RESOURCES = pattern(rb"/Resources (\d+) 0 R")
FAR = 1_000_000
"""Points so far to the right on no page: a destination there stands for another place."""
_TELLING = (b"(", b"stream", b"/StructParent", b"/S/Document")
"""What has to be looked at for more than the numbers of other objects."""


class Run(NamedTuple):
    """Objects that follow each other in the file."""

    number: int
    """That of the one object that has to be looked at; 0 for objects that are only renumbered."""
    text: bytes
    """The body of that object, or whole objects."""
    begins: Sequence[tuple[int, int]] = ()
    """(number, where it begins in TEXT) of each of the whole objects."""


class Objects:
    """A PDF as its numbered objects."""

    def __init__(self, pdf: bytes, *, stays: bool = False) -> None:
        """Read the table at the end of PDF; where it STAYS, what is made of it is kept.

        Raises ValueError where there is no table.
        """
        self._stays = stays
        start = _START.search(pdf, max(0, len(pdf) - 64))
        table = _TABLE.match(pdf, int(start[1])) if start else None
        if start is None or table is None:
            raise ValueError("no table of objects")
        self._pdf = pdf
        self.count = int(table[1])
        """One more than the highest number."""
        rows = [pdf[at : at + _ENTRY] for at in range(table.end(), table.end() + _ENTRY * self.count, _ENTRY)]
        self._offsets = {number: int(row[:10]) for number, row in enumerate(rows) if row[17:18] == b"n"}
        order = sorted(self._offsets.items(), key=lambda item: item[1])
        ends = [offset for _, offset in order[1:]] + [int(start[1])]
        self._ends = {number: end for (number, _), end in zip(order, ends, strict=True)}
        self._order = [number for number, _ in order]
        self.trailer = pdf[table.end() + _ENTRY * self.count : start.start()]
        self.catalog = self.body(self.number(self.trailer, b"/Root"))
        self.root = self.number(self.catalog, b"/Pages")
        """The object that holds the pages."""
        kids = _KIDS.search(self.body(self.root))
        if kids is None:
            raise ValueError("no pages")
        self.pages = [int(number) for number in REFERENCE.findall(kids[1])]
        self._moved: dict[bytes, tuple[int, Run]] = {}

    def body(self, number: int) -> bytes:
        """Object NUMBER without the words around it."""
        whole = self.whole(number)
        begin = whole.index(b"obj\n") + 4
        return whole[begin : whole.rindex(b"\nendobj")]

    def whole(self, number: int) -> bytes:
        """Object NUMBER with the words around it and the space behind it."""
        return self._pdf[self._offsets[number] : self._ends[number]]

    def all(self) -> Iterator[tuple[int, bytes]]:
        """(number, body) of all objects as they stand in the file."""
        for number in self._order:
            yield number, self.body(number)

    @cached_property
    def runs(self) -> list[Run]:
        """All objects as they stand in the file."""
        special = self.frame | set(self.pages) | {self.root, self.optional(self.catalog, b"/StructTreeRoot")}
        for number in self.pages:
            if resources := _RESOURCES.search(self.body(number)):
                special.add(int(resources[1]))
        starts = [self._offsets[number] for number in self._order]
        places = {bisect_right(starts, self._offsets[number]) - 1 for number in special if number in self._offsets}
        for telling in _TELLING:
            places.update(place for place, _ in self._with(telling, starts))
        places.update(
            place for place, number in self._with(b"/XYZ ", starts) if self._stands_for_another(self.body(number))
        )
        found: list[Run] = []
        at = 0
        for place in sorted(places):
            if place > at:
                found.append(self._run(at, place))
            number = self._order[place]
            found.append(Run(number, self.body(number)))
            at = place + 1
        return [*found, self._run(at, len(self._order))] if at < len(self._order) else found

    def _with(self, words: bytes, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
        """(place in the file, number) of the objects that hold WORDS; they begin at STARTS."""
        at = self._pdf.find(words, starts[0])
        while at >= 0:
            place = bisect_right(starts, at) - 1
            number = self._order[place]
            end = self._ends[number]
            if at >= end:  # behind the last one
                return
            yield place, number
            at = self._pdf.find(words, end)

    def _run(self, first: int, after: int) -> Run:
        """The objects from the place FIRST on, before the place AFTER."""
        numbers = self._order[first:after]
        begin = self._offsets[numbers[0]]
        return Run(
            0,
            self._pdf[begin : self._ends[numbers[-1]]],
            [(number, self._offsets[number] - begin) for number in numbers],
        )

    @cached_property
    def goals(self) -> list[tuple[int, float, float]]:
        """(number, x, y) of the destinations that stand for another place."""
        return [
            (run.number, float(match[2]), float(match[3]))
            for run in self.runs
            if run.number and run.text.startswith(b"[") and (match := self._stands_for_another(run.text))
        ]

    @staticmethod
    def _stands_for_another(body: bytes) -> re.Match[bytes] | None:
        match = _DEST.fullmatch(body)
        return match if match and float(match[2]) >= FAR else None

    def moved(self, run: Run, base: int) -> Run:
        """The whole objects of RUN with BASE added to all numbers, as they were made the last time if that was the same."""
        if not base:
            return run
        known = self._moved.get(run.text)
        if known is not None and known[0] == base:
            return known[1]
        pieces = _NUMBERED.split(run.text)
        pieces[1::2] = [b"%d 0 " % (int(number) + base) for number in pieces[1::2]]
        made = b"".join(pieces)
        done = Run(0, made, [(int(found[1]), found.start(1)) for found in _HEADER.finditer(made)])
        if self._stays:
            self._moved[run.text] = base, done
        return done

    @property
    def frame(self) -> set[int]:
        """The objects that say what the file as a whole is."""
        keys = (
            (self.trailer, b"/Root"),
            (self.trailer, b"/Info"),
            (self.catalog, b"/Metadata"),
            (self.catalog, b"/Outlines"),
        )
        return {self.optional(text, key) for text, key in keys} - {0}

    @staticmethod
    def optional(text: bytes, key: bytes) -> int:
        """The object to which KEY refers in TEXT; 0 where it refers to none."""
        found = re.search(re.escape(key) + rb" (\d+) 0 R", text)
        return int(found[1]) if found else 0

    @classmethod
    def number(cls, text: bytes, key: bytes) -> int:
        """As `optional`; raises ValueError where there is none."""
        found = cls.optional(text, key)
        if not found:
            raise ValueError(f"no {key!r}")
        return found

    @staticmethod
    def value(text: bytes, key: bytes) -> int:
        """The number behind KEY in TEXT; 0 where there is none."""
        found = re.search(re.escape(key) + rb" (\d+)", text)
        return int(found[1]) if found else 0


def outside_strings(text: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """TEXT with CHANGE made to all that is no string."""
    if b"(" not in text:
        return change(text)
    done: list[bytes] = []
    for is_string, piece in _pieces(text):
        done.append(piece if is_string else change(piece))
    return b"".join(done)


def _pieces(text: bytes) -> Iterator[tuple[bool, bytes]]:
    """TEXT cut into strings and what stands between them."""
    at = 0
    while (begin := text.find(b"(", at)) >= 0:
        yield False, text[at:begin]
        at = _string_end(text, begin)
        yield True, text[begin:at]
    yield False, text[at:]


def _string_end(text: bytes, begin: int) -> int:
    """Behind the string that begins at BEGIN; brackets that have a partner may stand in it as they are."""
    depth, at = 0, begin
    while (found := _BRACKET.search(text, at)) is not None:
        at = found.end()
        if found[0] == b"\\":
            at += 1
        else:
            depth += 1 if found[0] == b"(" else -1
            if not depth:
                return at
    raise ValueError("a string without an end")


def entries(dictionary: bytes) -> dict[bytes, bytes]:
    """Key → value as written, each with its first character, of a DICTIONARY."""
    found: dict[bytes, bytes] = {}
    depth, at, key, begin = 0, 0, b"", 0
    while (mark := _DELIMITER.search(dictionary, at)) is not None:
        at = mark.end()
        match mark[0]:
            case b"(":
                at = _string_end(dictionary, mark.start())
            case b"<<" | b"[":
                depth += 1
            case b">>" | b"]":
                depth -= 1
                if not depth and key:
                    found[key] = dictionary[begin : mark.start()]
            case b"/" if depth == 1:
                if key:
                    found[key] = dictionary[begin : mark.start()]
                word = _NAME.match(dictionary, mark.start())
                assert word is not None
                key, at = word[0], word.end()
                begin = at
                # A name as the value is no key.
                value = _NAME.match(dictionary, at)
                at = value.end() if value else at
            case _:
                pass
    return found


def written_text(text: str) -> bytes:
    """TEXT as a string of a PDF."""
    if text.isascii() and text.isprintable():
        return b"(" + re.sub(rb"[()\\]", rb"\\\g<0>", text.encode()) + b")"
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode() + b">"
