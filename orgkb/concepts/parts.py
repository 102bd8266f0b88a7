"""A document section by section, so that what was found in a section holds after an edit of another one.

Most rules look at one section at a time: what they find there depends on its tree and text, on the titles above it and on a
few facts of the whole document.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import msgspec
from msgspec import structs

from orgkb.concepts.blocks import Block, Reading
from orgkb.once import Pieces
from orgkb.org import nodes as n
from orgkb.org.shape import shape

WORTH = 10_000
"""Characters of a document from which on its sections are remembered: a shorter one is looked at sooner."""


class Section(NamedTuple):
    """The blocks of a section, the text before the first headline or one headline with what stands below it."""

    headline: int
    """Its index; -1 for none."""
    first: int
    after: int
    begin: int
    """Where its text begins in the document."""
    line: int
    """The line of its file on which it begins."""
    source: bytes
    """All that decides what is found in it alone."""


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

    @property
    def language(self) -> str:
        """The language of the document, where that is neither English nor Russian but one of those told apart; else empty."""
        return self.whole.language

    def anywhere(self, word: str, asking: Block) -> bool:
        """Whether WORD is found in the prose of any block of the document."""
        return self.whole.anywhere(word, asking)


class Parts(msgspec.Struct, frozen=True, dict=True):
    """The sections of a document, and what remembers what was found in them."""

    reading: Reading
    pieces: Pieces

    @cached_property
    def sections(self) -> Sequence[Section]:
        """Those with blocks, in order."""
        reading = self.reading
        facts = msgspec.msgpack.encode(
            (reading.document.path, reading.is_prose, reading.language, sorted(reading.commands))
        )
        found: list[Section] = []
        first = 0
        for headline, blocks in groupby(reading.blocks, lambda block: block.headline):
            after = first + sum(1 for _ in blocks)
            begin = reading.document.headlines[headline].begin if headline >= 0 else 0
            line = reading.span(begin, begin).line
            found.append(Section(headline, first, after, begin, line, self._source(headline, begin, facts)))
            first = after
        return found

    def _source(self, headline: int, begin: int, facts: bytes) -> bytes:
        document = self.reading.document
        tree: tuple[n.Node, ...] = document.section
        if headline >= 0:
            own = document.headlines[headline]
            tree = (*own.title, *own.children)
        below = document.headlines[headline + 1 : headline + 2]
        text = document.text[begin : below[0].begin if below else len(document.text)]
        return shape(tree, begin, text) + msgspec.msgpack.encode(self.reading.section_path(headline)) + facts

    def part(self, section: Section) -> Part:
        """SECTION alone; its blocks name each other by their numbers in it."""
        reading, first = self.reading, section.first
        blocks = [
            block
            if block.lead < 0 and block.body < 0
            else structs.replace(block, lead=max(block.lead - first, -1), body=max(block.body - first, -1))
            for block in reading.blocks[first : section.after]
        ]
        return Part(reading.document, tuple(blocks), reading.commands, (), whole=reading)
