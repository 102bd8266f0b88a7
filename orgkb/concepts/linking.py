"""Mentions: where the names of a dictionary occur in the prose of a document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

import msgspec
from msgspec import structs

from orgkb.concepts import names, senses
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.keywords import code_spans
from orgkb.concepts.candidates.model import FileCandidates
from orgkb.concepts.dictionary import Dictionary, Entry, Tier
from orgkb.concepts.model import Mention
from orgkb.concepts.text import Style
from orgkb.concepts.tokens import Token
from orgkb.concepts.usage import is_idiom, is_inside_name, is_verb_here
from orgkb.patterns import pattern

_MAX_TOKENS = 10
_FOUND_FACTOR = 0.9
_POSSESSIVE = frozenset({"'s", "’s"})


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A mention and where it stands in the flat text of its block."""

    mention: Mention
    block: int
    start: int
    end: int


def link(reading: Reading, candidates: FileCandidates, dictionary: Dictionary) -> tuple[Hit, ...]:
    """The mentions in one document in the order of the text.

    No two overlap, but that marked terms count inside longer names too: `nested`.
    """
    terms = _terms(reading, candidates, dictionary)
    spelt = set(chain.from_iterable(reading.folded))
    forms = names.russian_forms(spelt, dictionary.russian)
    # Only of words that stand here: to copy the corrections of all notes for each note takes the square of the time.
    right = {token: dictionary.corrections[token] for token in spelt if token in dictionary.corrections}
    right.update((token, dictionary.corrections.get(form, form)) for token, form in forms.items())
    begins = [place.begin for place in terms]
    starts = _Starts.of({*spelt, *right.values()}, dictionary)
    hits: list[Hit] = []
    for index, block in enumerate(reading.blocks):
        if block.flat.runs:
            hits.extend(_link_block(reading, index, block, terms, begins, dictionary, right, starts))
    hits.sort(key=lambda hit: (hit.mention.offset, hit.start - hit.end))
    return tuple(hits)


class _TermPlace(msgspec.Struct, frozen=True):
    begin: int
    end: int
    concept: str
    confidence: float
    explicit: bool


def _terms(reading: Reading, candidates: FileCandidates, dictionary: Dictionary) -> list[_TermPlace]:
    """The places where terms are defined or marked, by offset, without overlaps."""
    places: list[_TermPlace] = []
    for candidate in candidates.candidates:
        concept = dictionary.owner(candidate.name, candidates.scope(candidate))
        if concept is None or candidate.begin >= candidate.end or candidate.supports:
            continue
        if not (candidate.definition or candidate.explicit):
            continue
        if not names.key(reading.document.text[candidate.begin : candidate.end]).startswith(names.key(candidate.name)):
            continue
        if places and candidate.begin < places[-1].end:
            continue
        places.append(
            _TermPlace(candidate.begin, candidate.end, concept, candidate.confidence, explicit=candidate.explicit)
        )
    return places


def _link_block(
    reading: Reading,
    index: int,
    block: Block,
    terms: list[_TermPlace],
    begins: list[int],
    dictionary: Dictionary,
    right: dict[str, str],
    starts: _Starts,
) -> Iterator[Hit]:
    places = _terms_of(block, terms, begins)
    for place, start, end in places:
        yield _hit(reading, index, start, end, place.begin, place.end, "term", place.concept, place.confidence)
    scope = reading.document.path, reading.top(block.headline)
    if len(block.flat.runs) > 1 or block.flat.runs[0].style & Style.OPAQUE:  # most blocks are one stretch of text
        yield from _in_code(reading, index, block, dictionary, scope)
    words = reading.tokens[index]
    if not words:
        return
    folded = reading.folded[index]
    if not right.keys().isdisjoint(folded):
        folded = [right.get(word, word) for word in folded]
    for place, start, end in places:
        if not place.explicit:
            inside = [at for at, token in enumerate(words) if start <= token.start and token.end <= end]
            if len(inside) > 1:
                yield from _nested(reading, index, words, folded, inside[0], inside[-1], place.concept, dictionary)
    begins_here = starts.among(folded)
    if not begins_here:
        return
    used = _covered(words, [(start, end) for _, start, end in places])
    runs = _runs(block, words) if len(block.flat.runs) > 1 else None
    for first, last, concept, confidence in _both(dictionary, begins_here, folded, words, used, block.prose, runs):
        start, end = words[first].start, words[last].end
        if block.prose[end - 2 : end] in _POSSESSIVE:
            end -= 2
        run = block.flat.run_at(start)
        if run.style & Style.INEXACT or run.end < end:
            continue
        context = "heading" if block.kind is BlockKind.HEADING else "link" if run.style & Style.LINK else "prose"
        if first == last and (
            is_verb_here(block.prose, start, end)
            or is_idiom(block.prose, start, end)
            or (context == "prose" and is_inside_name(block.prose, start, end))
        ):
            continue
        begin = block.flat.offset(start)
        meant = dictionary.sense(concept, scope, _around(dictionary, concept, block, start, end))
        yield _hit(reading, index, start, end, begin, begin + end - start, context, meant, confidence)
        if first < last:
            yield from _nested(reading, index, words, folded, first, last, meant, dictionary)


def _around(dictionary: Dictionary, concept: str, block: Block, start: int, end: int) -> Collection[str]:
    """The words of content near a name of CONCEPT, where it has several senses."""
    if concept not in dictionary.senses:
        return ()
    return senses.content(block.prose[max(0, start - _NEAR) : end + _NEAR])


_NEAR = 200
"""Characters on both sides of a name that may tell what it means."""


def _in_code(
    reading: Reading, index: int, block: Block, dictionary: Dictionary, scope: tuple[str, int]
) -> Iterator[Hit]:
    """Stretches of code that are the name of a concept and nothing else: `=kube-proxy=`, `=#+TITLE:=`."""
    if block.kind is BlockKind.TAG:
        return
    for run in code_spans(block, reading.document.text):
        match = _CODE_NAME.fullmatch(block.text, run.start, run.end)
        concept = dictionary.owner(match["name"], scope) if match else None
        if match and concept is not None:
            start, end = match.span("name")
            begin = run.offset + start - run.start
            yield _hit(reading, index, start, end, begin, begin + end - start, "code", concept, _CODE_CONFIDENCE)


_CODE_NAME = pattern(r"(?:#\+|:|\$)?(?P<name>[^\W\d_][\w.-]{2,60}):?")
_CODE_CONFIDENCE = 0.5


def _runs(block: Block, words: list[Token]) -> list[int]:
    """For each word the stretch of one markup that holds it."""
    found: list[int] = []
    at = 0
    ends = [run.end for run in block.flat.runs]
    for word in words:
        while word.start >= ends[at] and at + 1 < len(ends):
            at += 1
        found.append(at)
    return found


class _Starts(msgspec.Struct, frozen=True):
    """The words of one document with which a name of a dictionary may begin."""

    dictionary: Dictionary
    names: frozenset[str]
    """Those that are a name themselves."""
    beginnings: frozenset[str]
    """Those that are only the beginning of one, as single letters and many everyday words are."""

    @classmethod
    def of(cls, words: Iterable[str], dictionary: Dictionary) -> _Starts:
        """Those of WORDS that begin a name of DICTIONARY: each word is looked up once, wherever it stands."""
        sure, found = dictionary.sure.entries, dictionary.found.entries
        prefixes = dictionary.sure.prefixes  # they are those of both
        names = frozenset(word for word in words if word in sure or word in found)
        return cls(dictionary, names, frozenset(word for word in words if word not in names and word in prefixes))

    def among(self, folded: list[str]) -> list[int]:
        """The places in FOLDED with which a name may begin: they are one, or begin one with the next word."""
        names, beginnings = self.names, self.beginnings
        places = [at for at, word in enumerate(folded) if word in names or word in beginnings]
        if beginnings.isdisjoint(folded):
            return places
        sure, found, prefixes = (
            self.dictionary.sure.entries,
            self.dictionary.found.entries,
            self.dictionary.sure.prefixes,
        )
        kept: list[int] = []
        for at in places:
            if folded[at] not in names:
                both = "".join(folded[at : at + 2])
                # Few of the beginnings go on like a name.
                if not (both in sure or both in found or both in prefixes):
                    continue
            kept.append(at)
        return kept


def _both(
    dictionary: Dictionary,
    begins: list[int],
    folded: list[str],
    words: list[Token],
    used: list[bool],
    prose: str,
    runs: list[int] | None,
) -> list[tuple[int, int, str, float]]:
    """(first word, last word, concept, confidence) of what both tiers find.

    A found name gives way to a sure one that it would cut, and takes in those that it holds whole:
    `worker node` is more than a node.
    """
    sure = matches(dictionary.sure, begins, folded, words, used, prose, runs)
    weak = matches(dictionary.found, begins, folded, words, used, prose, runs)
    if not weak:
        return sure
    owner: dict[int, tuple[int, int]] = {at: (f, e) for f, e, _, _ in sure for at in range(f, e + 1)}
    held: set[int] = set()
    found: list[tuple[int, int, str, float]] = []
    for first, last, concept, confidence in weak:
        inside = {owner[at] for at in range(first, last + 1) if at in owner}
        if any(f < first or e > last or (f, e) == (first, last) for f, e in inside):
            continue
        held.update(f for f, _ in inside)
        found.append((first, last, concept, round(confidence * _FOUND_FACTOR, 4)))
    return [*(match for match in sure if match[0] not in held), *found]


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


def _terms_of(block: Block, terms: list[_TermPlace], begins: list[int]) -> list[tuple[_TermPlace, int, int]]:
    """Those of TERMS, which begin at BEGINS, that stand in BLOCK, with their indexes in its text."""
    runs = block.flat.runs
    last = runs[-1].offset + runs[-1].length
    found: list[tuple[_TermPlace, int, int]] = []
    for at in range(bisect_left(begins, runs[0].offset), len(terms)):
        place = terms[at]
        if place.begin >= last:
            break
        start, last_char = block.flat.index(place.begin), block.flat.index(place.end - 1)
        if start is not None and last_char is not None and start <= last_char:
            found.append((place, start, last_char + 1))
    return found


def matches(
    tier: Tier,
    begins: Iterable[int],
    folded: list[str],
    words: list[Token],
    used: list[bool],
    prose: str,
    runs: list[int] | None = None,
) -> list[tuple[int, int, str, float]]:
    """(first token, last token, concept, confidence) of each longest match, left to right.

    A match begins at one of BEGINS; RUNS tells for each word the stretch of one markup that holds it; no name reaches over its end.
    """
    entries, noted = tier.entries, tier.noted
    table, mask = tier.prefixes.table, tier.prefixes.mask
    matched: list[tuple[int, int, str, float]] = []
    count = len(words)
    free = 0
    for index in begins:
        if index < free or used[index] or not (token := words[index]).opens:
            continue
        joined = folded[index]
        best = -1
        last = index
        while True:
            entry = entries.get(joined)
            if entry is not None:
                if noted is not None:
                    noted.add(joined)
                if words[last].closes and entry.accepts(prose[token.start : words[last].end]):
                    best, found = last, entry
            last += 1
            if (
                not table[hash(joined) & mask]
                or last >= count
                or last - index >= _MAX_TOKENS
                or used[last]
                or not words[last].joins
                or (runs and runs[last] != runs[index])
            ):
                break
            joined += folded[last]
        if best > index and (shorter := _before_longer(tier, folded, words, index, best, used)):
            best, found = shorter
        if best >= 0:
            matched.append((index, best, found.concept, found.confidence))
            free = best + 1
    return matched


def _before_longer(
    tier: Tier, folded: list[str], words: list[Token], first: int, last: int, used: list[bool]
) -> tuple[int, Entry] | None:
    """Where the last word of a name begins another one, the name before it: `Kubernetes` of `Kubernetes API server`."""
    if not words[last].opens or last + 1 >= len(words):
        return None
    before = tier.entry("".join(folded[first:last]))
    if before is None or not words[last - 1].closes:
        return None
    joined = folded[last]
    for until in range(last + 1, min(last + _MAX_TOKENS, len(words))):
        if joined not in tier.prefixes or used[until] or not words[until].joins:
            return None
        joined += folded[until]
        if tier.entry(joined) and words[until].closes:
            return last - 1, before
    return None


def _nested(
    reading: Reading,
    at: int,
    words: list[Token],
    folded: list[str],
    first: int,
    last: int,
    outer: str,
    dictionary: Dictionary,
) -> Iterator[Hit]:
    """The marked terms inside the name of concept OUTER from word FIRST to LAST: the `Service` of `Kubernetes Service`."""
    block = reading.blocks[at]
    context = "heading" if block.kind is BlockKind.HEADING else "prose"
    for index, end, identity, confidence in _inside(dictionary.sure, folded, words, first, last, block.prose):
        start, stop = words[index].start, words[end].end
        around = _around(dictionary, identity, block, start, stop)
        concept = dictionary.sense(identity, (reading.document.path, reading.top(block.headline)), around)
        if concept == outer:
            continue
        begin = block.flat.offset(start)
        hit = _hit(reading, at, start, stop, begin, begin + stop - start, context, concept, confidence)
        yield structs.replace(hit, mention=structs.replace(hit.mention, nested=True))


def _inside(
    tier: Tier, folded: list[str], words: list[Token], first: int, last: int, prose: str
) -> Iterator[tuple[int, int, str, float]]:
    """(first word, last word, concept, confidence) of each longest marked term that is a part of a name."""
    index = first
    while index <= last and first < last:
        joined = ""
        best: Entry | None = None
        end = index
        for until in range(index, last + (index > first)):
            joined += folded[until]
            entry = tier.entry(joined)
            if (
                entry
                and entry.explicit
                and words[index].opens
                and words[until].closes
                and entry.accepts(prose[words[index].start : words[until].end])
            ):
                best, end = entry, until
            if joined not in tier.prefixes:
                break
        if best is not None:
            yield index, end, best.concept, best.confidence
        index = end + 1


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
