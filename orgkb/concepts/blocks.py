"""A document laid out as blocks of prose: headings, items, paragraphs, table cells."""

from __future__ import annotations

import enum
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, islice

import msgspec

from orgkb.concepts import prose
from orgkb.concepts.lexicon import european
from orgkb.concepts.model import Span
from orgkb.concepts.text import MASK, Flat, Style, flatten, running
from orgkb.concepts.tokens import Token, tokens
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import plain_text


class BlockKind(enum.StrEnum):
    """Where a block stands."""

    HEADING = "heading"
    TAG = "tag"
    """The term of a description item."""
    ITEM = "item"
    """The first paragraph of a list item."""
    PARAGRAPH = "paragraph"
    CELL = "cell"


TEXTS = (BlockKind.ITEM, BlockKind.PARAGRAPH)
"""Where most rules look."""


class Block(msgspec.Struct, frozen=True):
    """One string of objects of a document."""

    kind: BlockKind
    objects: tuple[n.Object, ...]
    flat: Flat
    text: str
    """The flat text."""
    prose: str
    """The flat text with `text.MASK` for all that is not prose; as long as the flat text."""
    running: str
    """The same with a blank for each line end inside a sentence, for what is told in one."""
    headline: int
    """Index of the headline it belongs to; -1 before the first."""
    item: n.Item | None
    """The item of a tag or of an item's first paragraph."""
    rest: tuple[n.Element, ...]
    """What follows in the item after its first paragraph."""
    lead: int
    """Index of the block that leads in: the item above, else the paragraph before the list; -1 for none."""
    body: int
    """For a tag, the index of the block with the item's first paragraph; else -1."""
    group: int
    """The number of the list whose item it is; -1 outside of lists."""


KEPT = 5_000_000
"""Characters of notes up to which their layout is kept from one round to the next; it takes 50 times their size."""
MAX_PATH = 100
"""Titles of a section path that are kept, the nearest: outlines may be 10,000 levels deep."""
_PROSE_WORDS = 2_000
_PROSE_SHARE = 0.4
"""Part of the words that must stand in whole sentences: manuals have over .5, notes under .25."""
_PARAGRAPH_WORDS = 15
_LANGUAGE_WORDS = 3_000
"""The first words of a document, which tell its language."""


class Reading(msgspec.Struct, frozen=True, dict=True):
    """A document and its blocks in the order of the text."""

    document: Document
    blocks: tuple[Block, ...]
    commands: frozenset[str]
    """Words that begin a command line in this document or anywhere."""
    keywords: tuple[tuple[int, n.Keyword], ...]
    """(headline index, keyword) of the `#+INDEX:` and `#+CINDEX:` lines."""
    code: tuple[tuple[int, n.SrcBlock | n.FixedWidth], ...] = ()
    """(headline index, element) of each block of code and fixed-width area."""

    def span(self, begin: int, end: int) -> Span:
        """The source span between two offsets of the document."""
        document = self.document
        if len(document.segments) > 1:
            place = document.location(begin)
            return Span(place.path, place.line, place.column, end - begin)
        line = bisect_right(document.line_starts, begin)
        path, first = self._first_line
        return Span(path, first + line, begin - document.line_starts[line - 1] + 1, end - begin)

    @cached_property
    def _first_line(self) -> tuple[str, int]:
        """The file of a document in one piece, and what to add to its lines."""
        segment = self.document.segments[0]
        return segment.path, segment.line - self.document.line_of(segment.offset)

    def section_path(self, headline: int) -> tuple[str, ...]:
        """Titles from the top down to the headline of that index."""
        path: list[str] = []
        while headline >= 0 and len(path) < MAX_PATH:
            path.append(self.titles[headline])
            headline = self.document.headlines[headline].parent
        return tuple(reversed(path))

    def top(self, headline: int) -> int:
        """The index of the top headline above the headline of that index, or its own; -1 before the first."""
        return self.tops[headline] if headline >= 0 else -1

    def of_kind(self, *kinds: BlockKind) -> Sequence[Block]:
        """The blocks of these KINDS, in order."""
        return self._chosen(kinds, ())

    def having(self, *needles: str, kinds: tuple[BlockKind, ...] = TEXTS) -> Sequence[Block]:
        """The blocks of KINDS that hold one of the NEEDLES, which are in small letters, in their prose, in order.

        A rule that cannot match without one of them looks at no other block: most rules then pass most blocks.
        """
        return self._chosen(kinds, needles)

    @cached_property
    def bold(self) -> Mapping[int, list[tuple[int, int]]]:
        """(start, end) of each stretch of bold prose, by the index of the block; only of blocks that have some."""
        return self._set_as(Style.BOLD)

    def slanted_texts(self) -> Iterator[tuple[Block, list[tuple[int, int]]]]:
        """The items and paragraphs that have italic or underlined prose, with its stretches."""
        for index, stretches in self._set_as(Style.SLANTED).items():
            if self.blocks[index].kind in TEXTS:
                yield self.blocks[index], stretches

    def emphasized_texts(self) -> Iterator[tuple[Block, list[tuple[int, int]]]]:
        """The items and paragraphs that have bold, italic or underlined prose, with its stretches."""
        yield from self.bold_texts()
        yield from self.slanted_texts()

    def _set_as(self, style: int) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = {}
        for index, block in enumerate(self.blocks):
            runs = block.flat.runs
            if (len(runs) > 1 or (runs and runs[0].style & style)) and (stretches := _stretches(block, style)):
                found[index] = stretches
        return found

    def bold_texts(self) -> Iterator[tuple[Block, list[tuple[int, int]]]]:
        """The items and paragraphs that have bold prose, with its stretches."""
        for index, stretches in self.bold.items():
            if self.blocks[index].kind in TEXTS:
                yield self.blocks[index], stretches

    def anywhere(self, word: str, asking: Block) -> bool:
        """Whether WORD (small letters) or its plural is found in the prose of any block, in small letters there too.

        What ASKING then is taken for depends on more than its section.
        """
        self.beyond.add(asking.headline)
        found = [block.prose for block in self._holding((word,)) if word in block.prose]
        return bool(found) and any(map(re.compile(rf"\b{word}s?\b").search, found))

    @cached_property
    def beyond(self) -> set[int]:
        """The headlines of the sections that were judged by what stands in others."""
        return set()

    def _chosen(self, kinds: tuple[BlockKind, ...], needles: tuple[str, ...]) -> Sequence[Block]:
        known = self._choices.get((kinds, needles))
        if known is None:
            blocks = self._holding(needles) if needles else self.blocks
            known = self._choices[kinds, needles] = [block for block in blocks if block.kind in kinds]
        return known

    def _holding(self, needles: Iterable[str]) -> list[Block]:
        """The blocks that hold one of NEEDLES."""
        found: set[int] = set()
        for needle in needles:
            known = self._found.get(needle)
            if known is None:
                known = self._found[needle] = self._indexes(needle)
            found.update(known)
        return [self.blocks[index] for index in sorted(found)]

    def _indexes(self, needle: str) -> list[int]:
        """The indexes of the blocks that hold NEEDLE, which has no other white space than blanks; all are searched at once."""
        # Most needles are nowhere, and the words of a text, each once, are a fraction of it.
        if any(part not in self._vocabulary for part in _lines(needle)):
            return []
        whole, ends = self._whole
        found: list[int] = []
        at = whole.find(needle)
        while at >= 0:
            index = bisect_right(ends, at)
            found.append(index)
            at = whole.find(needle, ends[index])
        return found

    @cached_property
    def _found(self) -> dict[str, list[int]]:
        return {}

    @cached_property
    def _vocabulary(self) -> str:
        """Whatever stands between blanks and line ends in the prose of all blocks, in small letters, each once on a line."""
        return "\n".join(("", *set(self._whole[0].split()), ""))

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """The prose of all blocks in small letters, as one text, and the begin of each next block in that."""
        texts = [block.prose.lower() for block in self.blocks]
        return MASK.join(texts), list(accumulate(len(text) + 1 for text in texts))

    @cached_property
    def _choices(self) -> dict[tuple[tuple[BlockKind, ...], tuple[str, ...]], list[Block]]:
        return {}

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """The top headline above each headline, by index."""
        found: list[int] = []
        for headline in self.document.headlines:
            found.append(found[headline.parent] if headline.parent >= 0 else headline.index)
        return tuple(found)

    @cached_property
    def lists(self) -> tuple[tuple[int, ...], ...]:
        """The blocks of the items of each list that has texts, in order; of description items the tags."""
        found: dict[int, list[int]] = {}
        for index, block in enumerate(self.blocks):
            if block.group >= 0 and not (block.kind is BlockKind.ITEM and block.item and block.item.tag is not None):
                found.setdefault(block.group, []).append(index)
        return tuple(tuple(indexes) for indexes in found.values())

    @cached_property
    def tokens(self) -> tuple[list[Token], ...]:
        """The words of the prose of each block."""
        return tuple(tokens(block.prose) for block in self.blocks)

    @cached_property
    def folded(self) -> tuple[list[str], ...]:
        """The same words folded, and nothing else of them."""
        return tuple([token.folded for token in words] for words in self.tokens)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each folded word stands in its prose."""
        return Counter(chain.from_iterable(self.folded))

    @cached_property
    def language(self) -> str:
        """The language, where that is neither English nor Russian but one of those told apart; else empty."""
        words = (
            block.prose[token.start : token.end].lower()
            for block, found in zip(self.blocks, self.tokens, strict=True)
            for token in found
        )
        return european.language(islice(words, _LANGUAGE_WORDS))

    @cached_property
    def is_prose(self) -> bool:
        """Whether it is running prose rather than notes."""
        size = sum(
            len(words)
            for block, words in zip(self.blocks, self.tokens, strict=True)
            if block.kind is BlockKind.PARAGRAPH
            and len(words) >= _PARAGRAPH_WORDS
            and block.text.rstrip().endswith((".", ":", "!", "?"))
        )
        return size >= _PROSE_WORDS and size >= _PROSE_SHARE * sum(map(len, self.tokens))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The plain text of each headline, by index."""
        return tuple(plain_text(headline.title) for headline in self.document.headlines)


def _lines(needle: str) -> Iterator[str]:
    """What the lines of a vocabulary must hold of NEEDLE: of ` is a` the whole line `is`, and one that begins with `a`."""
    parts = needle.split(" ")
    for at, part in enumerate(parts):
        if part:
            yield "\n" * (at > 0) + part + "\n" * (at < len(parts) - 1)


def _stretches(block: Block, style: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for run in block.flat.runs:
        if not run.style & style:
            continue
        if found and found[-1][1] == run.start:
            found[-1] = (found[-1][0], run.end)
        else:
            found.append((run.start, run.end))
    return [(start, end) for start, end in found if MASK not in block.prose[start:end]]


class _Raw(msgspec.Struct, frozen=True):
    """A block before its prose is known."""

    kind: BlockKind
    objects: tuple[n.Object, ...]
    headline: int
    item: n.Item | None = None
    rest: tuple[n.Element, ...] = ()
    lead: int = -1
    body: int = -1
    group: int = -1


class _Reader:
    def __init__(self) -> None:
        self.raw: list[_Raw] = []
        self.code: list[tuple[int, n.SrcBlock | n.FixedWidth]] = []
        self.keywords: list[tuple[int, n.Keyword]] = []
        self.groups = -1

    def elements(self, elements: Sequence[n.Element], headline: int, lead: int) -> None:
        """Lay out ELEMENTS; LEAD is the block above them."""
        before = lead
        for element in elements:
            if element.affiliated and element.affiliated.caption:
                self.raw.append(_Raw(BlockKind.PARAGRAPH, element.affiliated.caption, headline))
            match element:
                case n.Paragraph() | n.VerseBlock():
                    self.raw.append(_Raw(BlockKind.PARAGRAPH, element.children, headline, lead=lead))
                    before = len(self.raw) - 1
                    continue
                case n.PlainList():
                    self.groups += 1
                    group = self.groups
                    for item in element.children:
                        self.item(item, headline, before, group)
                case n.Table():
                    for row in element.children:
                        for cell in row.children:
                            self.raw.append(_Raw(BlockKind.CELL, cell.children, headline))
                case n.SrcBlock() | n.FixedWidth():
                    self.code.append((headline, element))
                case n.Keyword() if element.key in {"INDEX", "CINDEX"}:
                    self.keywords.append((headline, element))
                case n.Inlinetask():
                    self.raw.append(_Raw(BlockKind.PARAGRAPH, element.title, headline))
                    self.elements(element.children, headline, len(self.raw) - 1)
                case n.GreaterElement():
                    self.elements(element.children, headline, lead)
            before = lead

    def item(self, item: n.Item, headline: int, lead: int, group: int) -> None:
        first = item.children[0] if item.children else None
        has_body = isinstance(first, n.Paragraph)
        rest = item.children[1:] if has_body else item.children
        if item.tag is not None:
            body = len(self.raw) + 1 if has_body else -1
            self.raw.append(_Raw(BlockKind.TAG, item.tag, headline, item, rest, lead, body, group))
        here = len(self.raw)
        if isinstance(first, n.Paragraph):
            self.raw.append(_Raw(BlockKind.ITEM, first.children, headline, item, rest, lead, -1, group))
        elif item.tag is not None:
            here -= 1
        self.elements(rest, headline, here if here < len(self.raw) else lead)


def read_blocks(document: Document) -> Reading:
    """Lay out DOCUMENT, a prepared one."""
    reader = _Reader()
    reader.elements(document.section, -1, -1)
    for headline in document.headlines:
        reader.raw.append(_Raw(BlockKind.HEADING, headline.title, headline.index))
        reader.elements(headline.children, headline.index, -1)
    flats = [flatten(raw.objects, document.text) for raw in reader.raw]
    commands = prose.command_words(
        (element.language if isinstance(element, n.SrcBlock) else "", element.value) for _, element in reader.code
    )
    proses = [prose.prose_of(flat, commands) for flat in flats]
    blocks = tuple(
        Block(
            kind=raw.kind,
            objects=raw.objects,
            flat=flat,
            text=flat.text,
            prose=text,
            running=running(text),
            headline=raw.headline,
            item=raw.item,
            rest=raw.rest,
            lead=raw.lead,
            body=raw.body,
            group=raw.group,
        )
        for raw, flat, text in zip(reader.raw, flats, proses, strict=True)
    )
    return Reading(document, blocks, commands, tuple(reader.keywords), tuple(reader.code))
