"""What rules find in a section, taken from the last build where the section is as it was, wherever it stands now.

After an edit of a large note the rules look only at the sections that are others than before: see `orgkb.concepts.parts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec
from msgspec import structs

from orgkb.concepts.candidates.model import Candidate, Rule
from orgkb.concepts.model import Alias, Definition, Span
from orgkb.concepts.parts import Parts, Section
from orgkb.org.shape import moved

Found = tuple[int, Candidate]
"""The number of a rule, and what it found."""


class _Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was found in a section, and where it stood then."""

    begin: int
    line: int
    headline: int
    found: tuple[Found, ...]


@cache  # as in `stored`
def _kept() -> msgspec.msgpack.Decoder[_Kept]:
    return msgspec.msgpack.Decoder(_Kept)


def found_in(parts: Parts, rules: Sequence[tuple[int, Rule]]) -> list[Found]:
    """What RULES, which look at one section at a time, find in all of PARTS; each has its number.

    Where little of them is remembered, the document is looked at as a whole.
    """
    reading, sections, pieces = parts.reading, parts.sections, parts.pieces
    known = [pieces.get("candidates", section.source) for section in sections]
    missing = [section for section, data in zip(sections, known, strict=True) if data is None]
    by_headline: dict[int, list[Found]] = {section.headline: [] for section in missing}
    if len(missing) * 2 > len(sections):
        for number, rule in rules:
            for candidate in rule.find(reading, rule.confidence):
                if candidate.headline in by_headline:
                    by_headline[candidate.headline].append((number, candidate))
    else:
        for section in missing:
            part = parts.part(section)
            for number, rule in rules:
                by_headline[section.headline] += [(number, found) for found in rule.find(part, rule.confidence)]
    for section in missing:
        if section.headline not in reading.beyond:
            kept = _Kept(section.begin, section.line, section.headline, tuple(by_headline[section.headline]))
            pieces.put("candidates", section.source, msgspec.msgpack.encode(kept))
    every: list[Found] = []
    for section, data in zip(sections, known, strict=True):
        every += by_headline[section.headline] if data is None else _again(section, data)
    return every


def _again(section: Section, data: bytes) -> Sequence[Found]:
    """What DATA keep of SECTION, where it stands now."""
    kept = _kept().decode(data)
    way = _Way(section.begin - kept.begin, section.line - kept.line, section.headline - kept.headline)
    return [(number, way.candidate(candidate)) for number, candidate in kept.found] if any(way) else kept.found


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
