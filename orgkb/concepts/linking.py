"""Mentions: where the names of a dictionary occur in the prose of a document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter

import msgspec

from orgkb.concepts import folding, names, senses
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import repeated
from orgkb.concepts.candidates.keywords import code_spans
from orgkb.concepts.candidates.model import FileCandidates
from orgkb.concepts.dictionary import Dictionary, Entry, Tier
from orgkb.concepts.matching import FOUND_FACTOR, Starts, of_both
from orgkb.concepts.model import Mention
from orgkb.concepts.text import Style
from orgkb.concepts.tokens import Token
from orgkb.concepts.usage import (
    begins_name,
    ends_name,
    is_argument,
    is_idiom,
    is_inside_name,
    is_kind_of,
    is_of_firm,
    is_quantity,
    is_verb_here,
    qualifies,
)
from orgkb.patterns import pattern

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
    forms = folding.russian_forms(spelt, dictionary.russian)
    # Only of words that stand here: to copy the corrections of all notes for each note takes the square of the time.
    right = {token: dictionary.corrections[token] for token in spelt if token in dictionary.corrections}
    right.update((token, dictionary.corrections.get(form, form)) for token, form in forms.items())
    begins = [place.begin for place in terms]
    starts = Starts.of({*spelt, *right.values()}, dictionary)
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
        if not folding.key(reading.document.text[candidate.begin : candidate.end]).startswith(
            folding.key(candidate.name)
        ):
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
    starts: Starts,
) -> Iterator[Hit]:
    places = _terms_of(block, terms, begins)
    for place, start, end in places:
        yield _hit(reading, index, start, end, place.begin, place.end, "term", place.concept, place.confidence)
    if len(block.flat.runs) > 1 or block.flat.runs[0].style & Style.OPAQUE:  # most blocks are one stretch of text
        yield from _in_code(reading, index, block, dictionary)
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
    found = of_both(dictionary, begins_here, folded, words, used, block.prose, runs)
    for first, last, concept, confidence in found:
        start, end = words[first].start, words[last].end
        if block.prose[end - 2 : end] in _POSSESSIVE:
            end -= 2
        run = block.flat.run_at(start)
        if run.style & Style.INEXACT or run.end < end:
            continue
        context = "heading" if block.kind is BlockKind.HEADING else "link" if run.style & Style.LINK else "prose"
        if first == last and (
            is_verb_here(block.prose, start, end)
            or is_argument(block.prose, start, end)
            or qualifies(block.prose, start, end)
            or (confidence == _REPEATED and is_kind_of(block.prose, start, end))
            or is_idiom(block.prose, start, end)
            or is_quantity(block.prose, start, end)
            or (context == "prose" and is_inside_name(block.prose, start, end))
            or (
                context != "heading"
                and run.end > end  # `*Bridge* Decouple …`
                and begins_name(block.prose, start, end)
                and not used[last + 1]
                and all(other[0] != last + 1 for other in found)
            )
            or (context != "heading" and ends_name(block.prose, start, end))
            or is_of_firm(block.prose, end)
        ):
            continue
        begin = block.flat.offset(start)
        meant = _meant(reading, dictionary, concept, index, start, end)
        yield _hit(reading, index, start, end, begin, begin + end - start, context, meant, confidence)
        if first < last:
            yield from _nested(reading, index, words, folded, first, last, meant, dictionary)


_REPEATED = round(repeated.TRUST_IN_WORD * FOUND_FACTOR, 4)
"""The confidence of words that are names only since the notes repeat them."""


def _meant(reading: Reading, dictionary: Dictionary, concept: str, index: int, start: int, end: int) -> str:
    """Which sense of CONCEPT is meant by its name between two indexes of the prose of the block of that INDEX."""
    if concept not in dictionary.senses:
        return concept
    scope = reading.document.path, reading.top(reading.blocks[index].headline)
    return dictionary.sense(concept, scope, lambda: _around(reading, index, start, end))


def _around(reading: Reading, index: int, start: int, end: int) -> frozenset[str]:
    """What the words around two indexes of the prose of a block speak of."""
    words, prose = reading.tokens[index], reading.blocks[index].prose
    first = bisect_left(words, start - _NEAR, key=_START)
    last = bisect_right(words, end + _NEAR, first, key=_END)
    return senses.told([prose[word.start : word.end] for word in words[first:last]])


_START, _END = attrgetter("start"), attrgetter("end")


_NEAR = 200
"""Characters on both sides of a name that may tell what it means."""


def _in_code(reading: Reading, index: int, block: Block, dictionary: Dictionary) -> Iterator[Hit]:
    """Stretches of code that are the name of a concept and nothing else: `=kube-proxy=`, `=#+TITLE:=`."""
    if block.kind is BlockKind.TAG:
        return
    scope = reading.document.path, reading.top(block.headline)
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
    established = None
    for index, end, identity, confidence in _inside(dictionary.sure, folded, words, first, last, block.prose):
        if first < index and end < last and context == "prose":
            continue  # the export of `HTML export backend`; titles may say anything of it
        if established is None:
            name = " ".join(block.prose[words[first].start : words[last].end].split())
            established = names.is_known_phrase(name)
        if established and (end < last or last - first > 1):
            continue  # the package of `package manager`, the model of `Document Object Model`; a `worker node` is a node
        if _is_kind(dictionary.sure, folded, words, first, last, block.prose):
            continue  # the type of `primitive type`
        start, stop = words[index].start, words[end].end
        concept = _meant(reading, dictionary, identity, at, start, stop)
        if concept == outer:
            continue
        begin = block.flat.offset(start)
        yield _hit(reading, at, start, stop, begin, begin + stop - start, context, concept, confidence, nested=True)


def _is_kind(tier: Tier, folded: list[str], words: list[Token], first: int, last: int, prose: str) -> bool:
    """Whether the words FIRST and LAST, in small letters, are one defined name, of a kind that nothing else names: `primitive type`."""
    if last - first != 1 or folded[first] in tier.entries or folded[first] + folded[last] not in tier.entries:
        return False
    return prose[words[first].start : words[last].end].islower()


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
    *,
    nested: bool = False,
) -> Hit:
    document = reading.document
    text, span, headline = document.text[begin:stop], reading.span(begin, stop), reading.blocks[block].headline
    # Values by their order: there are very many, and names for them take a while.
    mention = Mention(concept, text, span, document.path, begin, headline, context, confidence, nested)
    return Hit(mention, block, start, end)
