"""First round: what may be a concept in one document, and all that later steps ask of that document."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec
from msgspec import structs

from orgkb.concepts.blocks import MAX_PATH, BlockKind, Reading, read_blocks
from orgkb.concepts.candidates import candidates_of
from orgkb.concepts.candidates.model import Candidate, FileCandidates
from orgkb.concepts.dictionary import Dictionary, Scope
from orgkb.concepts.model import Span, share
from orgkb.concepts.parts import Parts
from orgkb.org import limits
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.targets import FileTargets, targets_of
from orgkb.org.walk import find

_SECTION_RULES = frozenset(
    {"heading", "dash-heading", "colon-heading", "section-opening", "id-node", "acronym", "target", "radio-target"}
)
EXTERNAL = frozenset({"http", "https", "ftp", "mailto", "doi", "news", "elisp", "shell", "info", "help"})
"""Kinds of links that lead out of the notes."""


class FileScan(msgspec.Struct, frozen=True, dict=True):
    """What the first round finds in one document: a plain value, so that it can come from elsewhere or be kept."""

    candidates: FileCandidates
    spans: tuple[Span, ...]
    """Where each candidate stands, in their order."""
    titles: tuple[str, ...]
    """The plain text of each headline, by index."""
    parents: tuple[int, ...]
    """The index of the headline above each headline; -1 at the top."""
    subjects: tuple[tuple[int, int], ...]
    """(index of a headline or -1 for the file, index of a candidate that may be what its section is about)."""
    links: tuple[n.Link, ...]
    """The links that may lead to other notes."""
    targets: FileTargets
    """All that links lead to, and all links."""
    packed_words: bytes
    """The folded words of its prose, sorted, each once, a space between them, in UTF-8, compressed."""
    left_out: Span | None = None
    """The first candidate beyond the limit, if there are so many."""

    def __post_init__(self) -> None:
        """Have what is the same in many candidates stand in memory once, as it does unless it comes from elsewhere."""
        path = self.candidates.path
        sections: dict[tuple[str, ...], tuple[str, ...]] = {}
        for candidate, span in zip(self.candidates.candidates, self.spans, strict=True):
            rule = sys.intern(candidate.rule)
            if rule is not candidate.rule:
                share(candidate, rule=rule)
            if span.path is not path and span.path == path:
                share(span, path=path)
            told = candidate.definition
            if told is None:
                continue
            titles = sections.setdefault(told.section_path, told.section_path)
            share(told, rule=sys.intern(told.rule), section_path=titles)
            if told.document is not path and told.document == path:
                share(told, document=path)
            if told.span.path is not path and told.span.path == path:
                share(told.span, path=path)

    @property
    def words(self) -> list[str]:
        """The folded words of its prose, sorted, each once."""
        return zlib.decompress(self.packed_words).decode("utf-8", "surrogatepass").split()

    @property
    def path(self) -> str:
        """The path of the document."""
        return self.candidates.path

    def section_path(self, headline: int) -> tuple[str, ...]:
        """Titles from the top down to the headline of that index."""
        path: list[str] = []
        while headline >= 0 and len(path) < MAX_PATH:
            path.append(self.titles[headline])
            headline = self.parents[headline]
        return tuple(reversed(path))

    def scopes(self) -> Iterator[tuple[Scope, str]]:
        """Each top headline and the text before the first, with the title: where a sense of a name may hold."""
        yield (self.path, -1), ""
        for index, parent in enumerate(self.parents):
            if parent < 0:
                yield (self.path, index), self.titles[index]

    def span(self, candidate: Candidate) -> Span:
        """Where CANDIDATE, one of its own, stands."""
        return self._spans[candidate.begin, candidate.end]

    @cached_property
    def _spans(self) -> Mapping[tuple[int, int], Span]:
        return {(c.begin, c.end): span for c, span in zip(self.candidates.candidates, self.spans, strict=True)}

    def sections(self, dictionary: Dictionary) -> dict[int, str]:
        """Headline index, or -1 for the file → id of the concept that the section is about."""
        found: dict[int, str] = {}
        for headline, index in self.subjects:
            candidate = self.candidates.candidates[index]
            concept = dictionary.owner(candidate.name, self.candidates.scope(candidate))
            if concept is not None:
                found.setdefault(headline, concept)
        return found


def scan(document: Document) -> FileScan:
    """First round: what may be a concept in one prepared DOCUMENT."""
    return scan_reading(read_blocks(document))


def scan_reading(reading: Reading, parts: Parts | None = None) -> FileScan:
    """The same for a document that is laid out as blocks already, PARTS being its sections where they are remembered."""
    found = candidates_of(reading, parts)
    document = reading.document
    beyond = found.candidates[limits.TERMS :]
    if beyond:
        found = structs.replace(found, candidates=found.candidates[: limits.TERMS])
    return FileScan(
        candidates=found,
        spans=tuple(reading.span(c.begin, max(c.begin, c.end)) for c in found.candidates),
        titles=reading.titles,
        parents=tuple(headline.parent for headline in document.headlines),
        subjects=tuple(_subjects(reading, found)),
        links=tuple(_links(reading)),
        targets=targets_of(document),
        packed_words=zlib.compress(" ".join(sorted(reading.counts)).encode("utf-8", "surrogatepass"), 1),
        left_out=reading.span(beyond[0].begin, max(beyond[0].begin, beyond[0].end)) if beyond else None,
    )


def _subjects(reading: Reading, found: FileCandidates) -> list[tuple[int, int]]:
    titles = {
        block.headline: (block.flat.runs[0].offset, block.flat.runs[-1].offset + block.flat.runs[-1].length)
        for block in reading.blocks
        if block.kind is BlockKind.HEADING and block.flat.runs
    }
    subjects: list[tuple[int, int]] = []
    for index, candidate in enumerate(found.candidates):
        if candidate.rule not in _SECTION_RULES:
            continue
        if candidate.node_id and candidate.headline < 0:
            subjects.append((-1, index))
        begin, end = titles.get(candidate.headline, (0, 0))
        if begin <= candidate.begin < end:
            subjects.append((candidate.headline, index))
    return subjects


def _links(reading: Reading) -> list[n.Link]:
    return [
        link
        for block in reading.blocks
        if not (len(block.objects) == 1 and isinstance(block.objects[0], n.Text))
        for link in find(block.objects, n.Link)
        if link.kind not in EXTERNAL
    ]
