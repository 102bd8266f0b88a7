"""Mentions: where the names of a dictionary occur in the prose of a document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from orgkb.concepts import names
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import FileCandidates
from orgkb.concepts.dictionary import Dictionary, Tier
from orgkb.concepts.model import Mention
from orgkb.concepts.text import Style
from orgkb.concepts.tokens import Token

_MAX_TOKENS = 10
_FOUND_FACTOR = 0.9


class Hit(msgspec.Struct, frozen=True):
    """A mention and where it stands in the flat text of its block."""

    mention: Mention
    block: int
    start: int
    end: int


def link(reading: Reading, candidates: FileCandidates, dictionary: Dictionary) -> tuple[Hit, ...]:
    """The mentions in one document in the order of the text; no two of them overlap."""
    terms = _terms(reading, candidates, dictionary)
    spelt = {token.folded for words in reading.tokens for token in words}
    forms = names.russian_forms(spelt, dictionary.russian)
    right = {
        **dictionary.corrections,
        **{token: dictionary.corrections.get(form, form) for token, form in forms.items()},
    }
    hits: list[Hit] = []
    for index, block in enumerate(reading.blocks):
        hits.extend(_link_block(reading, index, block, terms, dictionary, right))
    hits.sort(key=lambda hit: hit.mention.offset)
    return tuple(hits)


class _TermPlace(msgspec.Struct, frozen=True):
    begin: int
    end: int
    concept: str
    confidence: float


def _terms(reading: Reading, candidates: FileCandidates, dictionary: Dictionary) -> list[_TermPlace]:
    """The places where terms are defined or marked, by offset, without overlaps."""
    places: list[_TermPlace] = []
    for candidate in candidates.candidates:
        concept = dictionary.owner(candidate.name, candidates.scope(candidate))
        if concept is None or candidate.begin >= candidate.end or not (candidate.definition or candidate.explicit):
            continue
        if not names.key(reading.document.text[candidate.begin : candidate.end]).startswith(names.key(candidate.name)):
            continue
        if places and candidate.begin < places[-1].end:
            continue
        places.append(_TermPlace(candidate.begin, candidate.end, concept, candidate.confidence))
    return places


def _link_block(
    reading: Reading,
    index: int,
    block: Block,
    terms: list[_TermPlace],
    dictionary: Dictionary,
    right: dict[str, str],
) -> Iterator[Hit]:
    if not block.flat.runs:
        return
    taken: list[tuple[int, int]] = []
    for place, start, end in _terms_of(block, terms):
        taken.append((start, end))
        yield _hit(reading, index, start, end, place.begin, place.end, "term", place.concept, place.confidence)
    words = reading.tokens[index]
    if not words:
        return
    scope = reading.document.path, reading.top(block.headline)
    used = _covered(words, taken)
    folded = [token.folded for token in words]
    if right:
        folded = [right.get(word, word) for word in folded]
    for tier, factor in ((dictionary.sure, 1.0), (dictionary.found, _FOUND_FACTOR)):
        if not tier.entries:
            continue
        for first, last, concept, confidence in matches(tier, folded, words, used, block.prose):
            start, end = words[first].start, words[last].end
            run = block.flat.run_at(start)
            if run.style & Style.INEXACT or run.end < end:
                continue
            used[first : last + 1] = [True] * (last + 1 - first)
            context = "heading" if block.kind is BlockKind.HEADING else "link" if run.style & Style.LINK else "prose"
            begin = block.flat.offset(start)
            meant = dictionary.sense(concept, scope)
            yield _hit(
                reading, index, start, end, begin, begin + end - start, context, meant, round(confidence * factor, 4)
            )


def _covered(words: list[Token], taken: list[tuple[int, int]]) -> list[bool]:
    """For each word whether it lies in a stretch that is TAKEN; both are in text order."""
    covered = [False] * len(words)
    index = 0
    for start, end in taken:
        while index < len(words) and words[index].end <= start:
            index += 1
        while index < len(words) and words[index].start < end:
            covered[index] = True
            index += 1
    return covered


def _terms_of(block: Block, terms: list[_TermPlace]) -> Iterator[tuple[_TermPlace, int, int]]:
    """The terms that stand in BLOCK, with their indexes in its text."""
    first = block.flat.runs[0].offset
    last = block.flat.runs[-1].offset + block.flat.runs[-1].length
    for at in range(bisect_left(terms, first, key=lambda t: t.begin), len(terms)):
        place = terms[at]
        if place.begin >= last:
            return
        start, last_char = block.flat.index(place.begin), block.flat.index(place.end - 1)
        if start is not None and last_char is not None and start <= last_char:
            yield place, start, last_char + 1


def matches(
    tier: Tier, folded: list[str], words: list[Token], used: list[bool], prose: str
) -> Iterator[tuple[int, int, str, float]]:
    """(first token, last token, concept, confidence) of each longest match, left to right."""
    entries, prefixes, starts = tier.entries, tier.prefixes, tier.starts
    count = len(words)
    free = 0
    for index in [i for i, word in enumerate(folded) if word in starts]:
        token = words[index]
        if index < free or used[index] or not token.opens:
            continue
        joined = ""
        best = -1
        for last in range(index, min(index + _MAX_TOKENS, count)):
            if last > index and (used[last] or not words[last].joins):
                break
            joined += folded[last]
            entry = entries.get(joined)
            if entry and words[last].closes and entry.accepts(prose[token.start : words[last].end]):
                best, found = last, entry
            if joined not in prefixes:
                break
        if best >= 0:
            yield index, best, found.concept, found.confidence
            free = best + 1


def _hit(
    reading: Reading,
    block: int,
    start: int,
    end: int,
    begin: int,
    stop: int,
    context: str,
    concept: str,
    confidence: float,
) -> Hit:
    mention = Mention(
        concept=concept,
        text=reading.document.text[begin:stop],
        span=reading.span(begin, stop),
        document=reading.document.path,
        offset=begin,
        headline=reading.blocks[block].headline,
        context=context,
        confidence=confidence,
    )
    return Hit(mention, block, start, end)
