"""Mentions by the million: rows of numbers, of which a mention is made when somebody looks at it."""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, groupby, pairwise, starmap
from operator import eq
from typing import TypeVar, overload

import msgspec

from orgkb.concepts.model import Mention, Span

T = TypeVar("T")

_HELD = 100_000
"""Mentions that are held as such, since most are looked at several times."""
_CONTEXTS = ("prose", "heading", "term", "link", "code")
_HEADING = _CONTEXTS.index("heading")
_COLUMNS = 9
_CONCEPT, _TEXT, _OFFSET, _HEADLINE, _LINE, _COLUMN, _LENGTH, _PATH, _MORE = range(_COLUMNS)
_ROW = struct.Struct(f"<{_COLUMNS}I")
_NESTED = 1
_CONTEXT_SHIFT, _CONTEXT_MASK = 1, 7
_CONFIDENCE_SHIFT = 4


class MentionTable(msgspec.Struct, frozen=True):
    """The mentions in one document, in the order of the text: 36 bytes for each, where an object takes 600."""

    document: str
    """Path of the document."""
    concepts: tuple[str, ...]
    """What the rows point to: ids of concepts, …"""
    texts: tuple[str, ...]
    paths: tuple[str, ...]
    confidences: tuple[float, ...]
    rows: bytes
    """`_COLUMNS` numbers of 32 bits, the least byte first, for each mention."""

    def __post_init__(self) -> None:
        """Have names of which other documents speak too stand in memory once."""
        for name in ("concepts", "texts", "paths"):
            msgspec.structs.force_setattr(self, name, tuple(map(sys.intern, getattr(self, name))))

    @classmethod
    def of(cls, document: str, mentions: Iterable[Mention]) -> MentionTable:
        """The table of MENTIONS in the document of path DOCUMENT."""
        concepts: _Numbers[str] = _Numbers()
        texts: _Numbers[str] = _Numbers()
        paths: _Numbers[str] = _Numbers()
        confidences: _Numbers[float] = _Numbers()
        rows = array("I")
        for mention in mentions:
            span = mention.span
            more = confidences[mention.confidence] << _CONFIDENCE_SHIFT
            more |= _CONTEXTS.index(mention.context) << _CONTEXT_SHIFT | mention.nested
            rows.extend(
                (
                    concepts[mention.concept],
                    texts[mention.text],
                    mention.offset,
                    mention.headline + 1,
                    span.line,
                    span.column,
                    span.length,
                    paths[span.path],
                    more,
                )
            )
        return cls(document, tuple(concepts), tuple(texts), tuple(paths), tuple(confidences), _stored(rows))

    def __len__(self) -> int:
        """How many mentions there are."""
        return len(self.rows) // _ROW.size

    def __iter__(self) -> Iterator[Mention]:
        """Each mention."""
        return starmap(self._made, _ROW.iter_unpack(self.rows))

    def __getitem__(self, at: int) -> Mention:
        """The mention of that number."""
        return self._made(*_ROW.unpack_from(self.rows, at * _ROW.size))

    def _made(
        self,
        concept: int,
        text: int,
        offset: int,
        headline: int,
        line: int,
        column: int,
        length: int,
        path: int,
        more: int,
    ) -> Mention:
        return Mention(
            self.concepts[concept],
            self.texts[text],
            Span(self.paths[path], line, column, length),
            self.document,
            offset,
            headline - 1,
            _CONTEXTS[more >> _CONTEXT_SHIFT & _CONTEXT_MASK],
            self.confidences[more >> _CONFIDENCE_SHIFT],
            bool(more & _NESTED),
        )

    def told(self) -> Iterator[tuple[int, int, str, int, int, str, float, bool]]:
        """(number of the concept, number of the text, path, line, column, context, confidence, nested) of each mention."""
        paths, confidences = self.paths, self.confidences
        for concept, text, _, _, line, column, _, path, more in _ROW.iter_unpack(self.rows):
            context = _CONTEXTS[more >> _CONTEXT_SHIFT & _CONTEXT_MASK]
            yield (
                concept,
                text,
                paths[path],
                line,
                column,
                context,
                confidences[more >> _CONFIDENCE_SHIFT],
                bool(more & _NESTED),
            )

    def places(self) -> Iterator[tuple[str, int]]:
        """(id of the concept, index of the headline) of each mention."""
        numbers = _numbers(self.rows)
        concepts = map(self.concepts.__getitem__, numbers[_CONCEPT::_COLUMNS])
        return zip(concepts, (headline - 1 for headline in numbers[_HEADLINE::_COLUMNS]), strict=True)

    def in_titles(self) -> set[str]:
        """The ids of the concepts that a title names."""
        numbers = _numbers(self.rows)
        titles = {
            number
            for number, more in zip(numbers[_CONCEPT::_COLUMNS], numbers[_MORE::_COLUMNS], strict=True)
            if more >> _CONTEXT_SHIFT & _CONTEXT_MASK == _HEADING
        }
        return {self.concepts[number] for number in titles}

    def places_alone(self, *, exact: bool) -> MentionTable:
        """The same mentions with nothing but concept, text, file, line and confidence; EXACT keeps column and length too."""
        numbers = _numbers(self.rows)
        nothing = array("I", bytes(numbers.itemsize * len(self)))
        for column in (_OFFSET, _HEADLINE) if exact else (_OFFSET, _HEADLINE, _LENGTH):
            numbers[column::_COLUMNS] = nothing
        if not exact:
            numbers[_COLUMN::_COLUMNS] = array("I", [1]) * len(self)
        more = numbers[_MORE::_COLUMNS]
        numbers[_MORE::_COLUMNS] = array("I", (value >> _CONFIDENCE_SHIFT << _CONFIDENCE_SHIFT for value in more))
        return msgspec.structs.replace(self, rows=_stored(numbers))

    def only(self, concepts: Container[str]) -> MentionTable:
        """Those that mean one of CONCEPTS; one that no longer mention holds any more is no longer nested."""
        numbers = _numbers(self.rows)
        wanted = [concept in concepts for concept in self.concepts]
        lengths = [len(text) for text in self.texts]
        kept: list[int] = []
        end = -1
        changed = False
        columns = (numbers[column::_COLUMNS] for column in (_CONCEPT, _TEXT, _OFFSET, _MORE))
        for row, (concept, text, offset, more) in enumerate(zip(*columns, strict=True)):
            if not wanted[concept]:
                continue
            stop = offset + lengths[text]
            if not more & _NESTED:
                end = stop
            elif stop > end:
                end = stop
                numbers[row * _COLUMNS + _MORE] ^= _NESTED
                changed = True
            kept.append(row * _ROW.size)
        if not changed and len(kept) == len(self):
            return self
        rows = _stored(numbers)
        return msgspec.structs.replace(self, rows=b"".join([rows[at : at + _ROW.size] for at in kept]))


class _Numbered(Sequence[Mention]):
    """Mentions that are made when they are asked for by number."""

    @overload
    def __getitem__(self, at: int) -> Mention: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Mention]: ...

    def __getitem__(self, at: int | slice) -> Mention | Sequence[Mention]:
        """The mention of that number, or those of a slice."""
        numbers = range(len(self))
        return Some(self, numbers[at]) if isinstance(at, slice) else self._at(numbers[at])

    def _at(self, number: int) -> Mention:
        """The mention of that NUMBER, from 0."""
        raise NotImplementedError

    def some(self, numbers: Iterable[int]) -> Iterator[Mention]:
        """Those of NUMBERS."""
        return map(self._at, numbers)


class Mentions(_Numbered):
    """The mentions of all documents, document after document."""

    def __init__(self, tables: Iterable[MentionTable], *, seldom: bool = False) -> None:
        """Hold those of TABLES; SELDOM says that few of them are looked at."""
        self.tables = tuple(table for table in tables if len(table))
        self._begins = [0, *accumulate(len(table) for table in self.tables)]
        self._seldom = seldom

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> Mentions:
        """MENTIONS, where those in one document follow each other."""
        return cls(MentionTable.of(document, found) for document, found in groupby(mentions, lambda m: m.document))

    @cached_property
    def _held(self) -> tuple[Mention, ...] | None:
        """Each mention, once somebody has looked at them in turn."""
        return None if self._seldom or len(self) > _HELD else tuple(m for table in self.tables for m in table)

    def __len__(self) -> int:
        """How many there are."""
        return self._begins[-1]

    def __iter__(self) -> Iterator[Mention]:
        """Each mention."""
        return iter(self._held) if self._held is not None else chain.from_iterable(self.tables)

    def _at(self, number: int) -> Mention:
        held: tuple[Mention, ...] | None = self.__dict__.get("_held")
        if held is not None:
            return held[number]
        table = bisect_right(self._begins, number) - 1
        return self.tables[table][number - self._begins[table]]

    def __eq__(self, other: object) -> bool:
        """Whether OTHER holds the same."""
        return isinstance(other, Mentions) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment] # as a list has none

    def __repr__(self) -> str:
        """All of them, as a tuple shows them."""
        return repr(tuple(self))

    def some(self, numbers: Iterable[int]) -> Iterator[Mention]:
        """Those of NUMBERS: quick where they grow."""
        if self._held is not None:
            yield from map(self._held.__getitem__, numbers)
            return
        begin = end = 0
        table = None
        for at in numbers:
            if table is None or not begin <= at < end:
                which = bisect_right(self._begins, at) - 1
                begin, end, table = self._begins[which], self._begins[which + 1], self.tables[which]
            yield table[at - begin]

    def of_concept(self, concept: str) -> Sequence[Mention]:
        """Those of CONCEPT."""
        return Some(self, self._by_concept.get(concept, ()))

    def lines_of(self, concept: str) -> Iterator[tuple[str, int]]:
        """(path, line) of each mention of CONCEPT: quicker than by the mentions, which need not be made for it."""
        begin = end = 0
        for at in self._by_concept.get(concept, ()):
            if not begin <= at < end:
                which = bisect_right(self._begins, at) - 1
                begin, end, table = self._begins[which], self._begins[which + 1], self.tables[which]
                paths, rows = table.paths, table.rows
            row = _ROW.unpack_from(rows, (at - begin) * _ROW.size)
            yield paths[row[_PATH]], row[_LINE]

    def spellings(self, concept: str) -> Sequence[Mention]:
        """The first of CONCEPT with each text, those that lie in longer ones last: a few, however many there are."""
        return [self[at] for _, at in sorted((key[0], at) for key, at in self._spelt.get(concept, {}).items())]

    @cached_property
    def _spelt(self) -> Mapping[str, Mapping[tuple[int, str], int]]:
        """Concept → (whether nested, text) → the number of the first such mention."""
        found: dict[str, dict[tuple[int, str], int]] = defaultdict(dict)
        for begin, table in zip(self._begins, self.tables, strict=False):
            numbers = _numbers(table.rows)
            columns = (numbers[_CONCEPT::_COLUMNS], numbers[_TEXT::_COLUMNS], numbers[_MORE::_COLUMNS])
            first: dict[tuple[int, int, int], int] = {}
            for at, (number, text, more) in enumerate(zip(*columns, strict=True), begin):
                first.setdefault((number, text, more & _NESTED), at)
            for (number, text, nested), at in first.items():
                found[table.concepts[number]].setdefault((nested, table.texts[text]), at)
        return found

    def in_document(self, path: str) -> Sequence[Mention]:
        """Those in the document of that PATH."""
        return Some(self, self._by_document.get(path, ()))

    @cached_property
    def _by_concept(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for begin, table in zip(self._begins, self.tables, strict=False):
            for at, (concept, _) in enumerate(table.places(), begin):
                found[concept].append(at)
        return dict(found)

    @cached_property
    def _by_document(self) -> Mapping[str, Sequence[int]]:
        return {
            table.document: range(begin, end)
            for table, (begin, end) in zip(self.tables, pairwise(self._begins), strict=True)
        }

    def counts(self) -> Counter[str]:
        """How many mentions each concept has."""
        return Counter({concept: len(places) for concept, places in self._by_concept.items()})

    def in_titles(self) -> set[str]:
        """The ids of the concepts that titles name."""
        return set().union(*(table.in_titles() for table in self.tables))

    def sections(self) -> Counter[str]:
        """In how many sections each concept is mentioned."""
        found: Counter[str] = Counter()
        for table in self.tables:
            found.update(concept for concept, _ in set(table.places()))
        return found


class Some(_Numbered):
    """Some of the mentions, by their numbers."""

    def __init__(self, mentions: _Numbered, numbers: Sequence[int]) -> None:
        """The mentions of those NUMBERS."""
        self._mentions = mentions
        self._numbers = numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[Mention]:
        """Each mention."""
        return self._mentions.some(self._numbers)

    def _at(self, number: int) -> Mention:
        return self._mentions[self._numbers[number]]


class _Numbers(dict[T, int]):
    """Values, numbered as they come."""

    def __missing__(self, value: T) -> int:
        number = self[value] = len(self)
        return number


def _stored(rows: array[int]) -> bytes:
    if sys.byteorder == "big":
        rows.byteswap()
    return rows.tobytes()


def _numbers(rows: bytes) -> array[int]:
    numbers = array("I", rows)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
