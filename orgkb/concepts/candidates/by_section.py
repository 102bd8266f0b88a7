"""What rules find in a section, taken from the last build where the section is as it was, wherever it stands now.

Most rules look at one section at a time: what they find there depends on its tree and text, on the titles above it and on a
few facts of the whole document.  After an edit of a large note they look only at the sections that are others than before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

import msgspec
from msgspec import structs

from orgkb.concepts.blocks import Block, Reading
from orgkb.concepts.candidates.model import Candidate, Rule
from orgkb.concepts.model import Alias, Definition, Span
from orgkb.once import Pieces
from orgkb.org import nodes as n
from orgkb.org.shape import moved, shape

WORTH = 10_000
"""Characters of a document from which on its sections are remembered: a shorter one is looked at sooner."""
Found = tuple[int, Candidate]
"""The number of a rule, and what it found."""


class Part(Reading, frozen=True, kw_only=True):
    """One section of a document as rules see it; what they ask of the whole document is answered by that."""

    whole: Reading

    @property
    def titles(self) -> tuple[str, ...]:
        """The plain text of each headline of the document, by index."""
        return self.whole.titles

    @property
    def tops(self) -> tuple[int, ...]:
        """The top headline above each headline of the document, by index."""
        return self.whole.tops

    @property
    def is_prose(self) -> bool:
        """Whether the document is running prose rather than notes."""
        return self.whole.is_prose

    def anywhere(self, word: re.Pattern[str], asking: Block) -> bool:
        """Whether WORD is found in the prose of any block of the document."""
        return self.whole.anywhere(word, asking)


class _Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was found in a section, and where it stood then."""

    begin: int
    line: int
    headline: int
    found: tuple[Found, ...]


@cache  # as in `stored`
def _kept() -> msgspec.msgpack.Decoder[_Kept]:
    return msgspec.msgpack.Decoder(_Kept)


class _Stretch(NamedTuple):
    """The blocks of a section."""

    headline: int
    first: int
    after: int


def found_in(reading: Reading, rules: Sequence[tuple[int, Rule]], pieces: Pieces) -> list[Found]:
    """What RULES, which look at one section at a time, find in all of them; each has its number.

    Where PIECES hold nothing of any section, the document is looked at as a whole.
    """
    places = list(_stretches(reading))
    facts = msgspec.msgpack.encode((reading.document.path, reading.is_prose, sorted(reading.commands)))
    sources = [_source(reading, place.headline, facts) for place in places]
    known = [pieces.get("candidates", source) for source in sources]
    missing = [at for at, data in enumerate(known) if data is None]
    by_headline: dict[int, list[Found]] = {}
    if len(missing) * 2 > len(places):
        for number, rule in rules:
            for candidate in rule.find(reading, rule.confidence):
                by_headline.setdefault(candidate.headline, []).append((number, candidate))
    else:
        for at in missing:
            part = _part(reading, places[at])
            by_headline[places[at].headline] = [
                (number, candidate) for number, rule in rules for candidate in rule.find(part, rule.confidence)
            ]
    for at in missing:
        headline = places[at].headline
        if headline not in reading.beyond:
            begin = _begin(reading, headline)
            kept = _Kept(begin, reading.span(begin, begin).line, headline, tuple(by_headline.get(headline, ())))
            pieces.put("candidates", sources[at], msgspec.msgpack.encode(kept))
    found: list[Found] = []
    for place, data in zip(places, known, strict=True):
        found += by_headline.get(place.headline, ()) if data is None else _again(reading, place.headline, data)
    return found


def _stretches(reading: Reading) -> Iterator[_Stretch]:
    first = 0
    for headline, blocks in groupby(reading.blocks, lambda block: block.headline):
        after = first + sum(1 for _ in blocks)
        yield _Stretch(headline, first, after)
        first = after


def _begin(reading: Reading, headline: int) -> int:
    """Where the section of the headline of that index begins."""
    return reading.document.headlines[headline].begin if headline >= 0 else 0


def _source(reading: Reading, headline: int, facts: bytes) -> bytes:
    """All that decides what is found in a section, FACTS of the document among it."""
    document = reading.document
    tree: tuple[n.Node, ...] = document.section
    if headline >= 0:
        own = document.headlines[headline]
        tree = (*own.title, *own.children)
    begin = _begin(reading, headline)
    below = document.headlines[headline + 1 : headline + 2]
    text = document.text[begin : below[0].begin if below else len(document.text)]
    return shape(tree, begin, text) + msgspec.msgpack.encode(reading.section_path(headline)) + facts


def _part(reading: Reading, place: _Stretch) -> Part:
    """The section at PLACE alone; its blocks name each other by their numbers in it."""
    blocks = [
        block
        if block.lead < 0 and block.body < 0
        else structs.replace(block, lead=max(block.lead - place.first, -1), body=max(block.body - place.first, -1))
        for block in reading.blocks[place.first : place.after]
    ]
    return Part(reading.document, tuple(blocks), reading.commands, (), whole=reading)


def _again(reading: Reading, headline: int, data: bytes) -> Sequence[Found]:
    """What DATA keep of the section, where it stands now."""
    kept = _kept().decode(data)
    begin = _begin(reading, headline)
    by = _Way(begin - kept.begin, reading.span(begin, begin).line - kept.line, headline - kept.headline)
    return [(number, by.candidate(candidate)) for number, candidate in kept.found] if any(by) else kept.found


class _Way(NamedTuple):
    """How far something was moved."""

    offset: int
    lines: int
    headlines: int

    def candidate(self, found: Candidate) -> Candidate:
        """FOUND where it stands now."""
        return structs.replace(
            found,
            begin=found.begin + self.offset,
            end=found.end + self.offset,
            headline=found.headline + self.headlines,
            definition=found.definition and self._definition(found.definition),
            defined_at=found.defined_at and (found.defined_at[0] + self.offset, found.defined_at[1] + self.offset),
            aliases=tuple(map(self._alias, found.aliases)),
        )

    def _definition(self, told: Definition) -> Definition:
        return structs.replace(
            told,
            objects=moved(told.objects, self.offset),
            elements=moved(told.elements, self.offset),
            headline=told.headline + self.headlines,
            span=self._span(told.span),
        )

    def _alias(self, alias: Alias) -> Alias:
        return alias if alias.span is None else structs.replace(alias, span=self._span(alias.span))

    def _span(self, span: Span) -> Span:
        return Span(span.path, span.line + self.lines, span.column, span.length)
