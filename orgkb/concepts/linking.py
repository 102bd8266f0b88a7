"""Mentions: where the names of a dictionary occur in the prose of a document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from orgkb.concepts import names
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import FileCandidates
from orgkb.concepts.dictionary import Dictionary, Tier
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.model import Mention
from orgkb.concepts.text import MASK, Style

_MAX_TOKENS = 10
_FOUND_FACTOR = 0.9
_CHUNK = re.compile(r"[^\s\0]+")
_CORE = re.compile(r"[^\W_](?:.*[^\W_](?:\+\+|#)?)?", re.DOTALL)
_HYPHENATED = re.compile(r"[^\W_]+(?:['’][^\W_]+)?(?:[-‑][^\W_]+(?:['’][^\W_]+)?)+")
_LIST = re.compile(r"[^\W_]{2,}(?:[-‑'’][^\W_]+)*(?:[/,;(][^\W_]{2,}(?:[-‑'’][^\W_]+)*){1,3}|[^\W_]{2,}\(s")
_ADJECTIVAL = word_set(
    """
    aware based bound centric compatible compliant defined dependent driven enabled free friendly independent in internal
    level like local managed native oriented out owned ready related safe scoped side specific style to type wide
    multi non per pre post re sub cross inter intra in-tree single
    """
)


class Token(msgspec.Struct, frozen=True):
    """A word of a block's prose."""

    start: int
    end: int
    folded: str
    opens: bool
    """Whether a name may begin here."""
    closes: bool
    """Whether a name may end here."""
    joins: bool
    """Whether only blanks or a hyphen stand between the token before and this one."""


class Hit(msgspec.Struct, frozen=True):
    """A mention and where it stands in the flat text of its block."""

    mention: Mention
    block: int
    start: int
    end: int


def tokens(prose: str) -> list[Token]:
    """The words of PROSE; parts of identifiers and paths cannot stand alone."""
    found: list[Token] = []
    masked = MASK in prose
    free_before = False
    last_end = 0
    fold = names.fold_token
    for chunk in _CHUNK.finditer(prose):
        raw, at = chunk.group(), chunk.start()
        joins = free_before and not (masked and MASK in prose[last_end:at])
        last_end = at + len(raw)
        # The two forms of nearly all words, before the general one.
        if raw.isalpha():
            found.append(Token(at, last_end, fold(raw), True, True, joins))
            free_before = True
            continue
        if raw[-1] in ",.:;)" and raw[:-1].isalpha():
            found.append(Token(at, last_end - 1, fold(raw[:-1]), True, True, joins))
            free_before = False
            continue
        core = _CORE.search(raw)
        if core is None:
            free_before = False
            continue
        start, end = at + core.start(), at + core.end()
        joins = joins and core.start() == 0
        text = core.group()
        free_before = core.end() == len(raw)
        # What touches masked text is part of it: `~foo~s`, an address.
        touches = prose[at - 1 : at] == MASK or prose[chunk.end() : chunk.end() + 1] == MASK
        if raw[: core.start()].endswith((".", "/", "~", "$", "-", "@", "#", "&", "=", "\\", "%", "_", "<", "+")):
            touches = True
        if raw[core.end() :].startswith(("/", "=", "_", "$", "@", "->", "*", "(", "{", "[", "\\", "&", ">", "~", "%")):
            touches = True
        found.extend(_parts(text, start, end, joins=joins, atomic=touches))
    return found


def _parts(text: str, start: int, end: int, *, joins: bool, atomic: bool) -> Iterator[Token]:
    """The tokens of a chunk between START and END."""
    found = list(names.TOKEN.finditer(text))
    listed = not atomic and _LIST.fullmatch(text) is not None
    hyphenated = not atomic and _HYPHENATED.fullmatch(text) is not None
    loose = listed or (hyphenated and _is_loose(found))
    for index, match in enumerate(found):
        first, last = index == 0, index == len(found) - 1
        inner = "" if first else text[found[index - 1].end() : match.start()]
        yield Token(
            start + match.start(),
            start + match.end(),
            names.fold_token(match.group()),
            opens=not atomic and (loose or first),
            closes=not atomic and (loose or (last and start + match.end() == end)),
            joins=joins if first else (not listed or inner in {"-", "‑"}),
        )


def _is_loose(parts: list[re.Match[str]]) -> bool:
    """Whether a hyphenated word is a free compound: `pod-level`, `docker-контейнер`, not `kube-proxy`."""
    lower = [part.group().lower() for part in parts]
    scripts = {part[0].isascii() for part in lower}
    return len(scripts) > 1 or any(part in _ADJECTIVAL for part in lower)


def link(reading: Reading, candidates: FileCandidates, dictionary: Dictionary) -> tuple[Hit, ...]:
    """The mentions in one document in the order of the text; no two of them overlap."""
    terms = _terms(reading, candidates, dictionary)
    hits: list[Hit] = []
    for index, block in enumerate(reading.blocks):
        hits.extend(_link_block(reading, index, block, terms, dictionary))
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
        concept = dictionary.owners.get(names.key(candidate.name))
        if concept is None or candidate.begin >= candidate.end or not (candidate.definition or candidate.explicit):
            continue
        if not names.key(reading.document.text[candidate.begin : candidate.end]).startswith(names.key(candidate.name)):
            continue
        if places and candidate.begin < places[-1].end:
            continue
        places.append(_TermPlace(candidate.begin, candidate.end, concept, candidate.confidence))
    return places


def _link_block(
    reading: Reading, index: int, block: Block, terms: list[_TermPlace], dictionary: Dictionary
) -> Iterator[Hit]:
    if not block.flat.runs:
        return
    taken: list[tuple[int, int]] = []
    for place, start, end in _terms_of(block, terms):
        taken.append((start, end))
        yield _hit(reading, index, start, end, place.begin, place.end, "term", place.concept, place.confidence)
    words = tokens(block.prose)
    if not words:
        return
    used = _covered(words, taken)
    for tier, factor in ((dictionary.sure, 1.0), (dictionary.found, _FOUND_FACTOR)):
        if not tier.entries:
            continue
        for first, last, concept, confidence in _matches(tier, words, used, block.prose):
            start, end = words[first].start, words[last].end
            run = block.flat.run_at(start)
            if run.style & Style.INEXACT or run.end < end:
                continue
            used[first : last + 1] = [True] * (last + 1 - first)
            context = "heading" if block.kind is BlockKind.HEADING else "link" if run.style & Style.LINK else "prose"
            begin = block.flat.offset(start)
            yield _hit(
                reading, index, start, end, begin, begin + end - start, context, concept, round(confidence * factor, 4)
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


def _matches(tier: Tier, words: list[Token], used: list[bool], prose: str) -> Iterator[tuple[int, int, str, float]]:
    """(first token, last token, concept, confidence) of each longest match, left to right."""
    entries, prefixes, starts = tier.entries, tier.prefixes, tier.starts
    count = len(words)
    free = 0
    for index in [i for i, word in enumerate(words) if word.folded in starts]:
        token = words[index]
        if index < free or used[index] or not token.opens:
            continue
        joined = ""
        best = -1
        for last in range(index, min(index + _MAX_TOKENS, count)):
            if last > index and (used[last] or not words[last].joins):
                break
            joined += words[last].folded
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
