"""Noun phrases of running prose as concepts: what a tagger sees where nobody marks or defines anything.

Structure tells more than grammar in notes, and less in manuals and articles.  So phrases are taken from
prose sections only, and only for what no rule found; the rest of a graph stays as it is, but for the
importance of concepts that live in prose, where both rankings are fused.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import structs

from orgkb.concepts import folding, frequency, names
from orgkb.concepts.blocks import Block, BlockKind, Reading, read_blocks
from orgkb.concepts.candidates.repeated import is_loose_word
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.mentions import Mentions
from orgkb.concepts.model import Concept, ConceptKind, Evidence, Mention, Span
from orgkb.concepts.text import MASK, Style
from orgkb.patterns import pattern

RULE = "noun-phrase"
_CONFIDENCE = 0.36
_SUPPORT, _MAX_SUPPORT = 0.1, 0.35
_MIN_COUNT = 4
_MAX_WORDS = 4
_PROSE_SHARE = 0.7
"""Part of the words of a section that must stand in whole sentences, where the document as a whole is no prose."""
_PROSE_WORDS = 150
"""How many words that must be."""
_LEAST_SHARE = 0.2
"""The part in a document that is prose as a whole: lists of options are none."""
_SENTENCE_WORDS = 10
_FUSION = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""
_GENERAL_WORDS = 5.0e8
_TOO_OFTEN = 30
_MAX_CYRILLIC = 0.3
_CYRILLIC = pattern("[Ѐ-ӿ]")
_NOUNS = frozenset({"NOUN", "PROPN"})
_PARTS = _NOUNS | {"ADJ"}


class Tagged(msgspec.Struct, frozen=True):
    """A word as a tagger sees it."""

    start: int
    end: int
    part: str
    """Part of speech, in the words of Universal Dependencies: `NOUN`."""


Tagger = Callable[[Iterable[str]], Iterator[Sequence[Tagged]]]
"""Texts → their words."""


class _Place(msgspec.Struct, frozen=True):
    surface: str
    span: Span
    document: str
    offset: int
    headline: int
    path: tuple[str, ...]
    """Titles of the headlines above."""


def with_phrases(graph: ConceptGraph, tagger: Tagger) -> ConceptGraph:
    """GRAPH with the noun phrases that its prose sections use at least four times, as TAGGER sees them."""
    prose = {document.path: set(_prose_sections(read_blocks(document))) for document in graph.documents}
    if "en" not in graph.settings.languages or not any(prose.values()):
        return graph
    found = _collect(graph, prose, tagger)
    size = sum(map(len, found.values()))
    never = {folding.key(name) for name in graph.settings.never}
    known = {folding.key(surface) for concept in graph.concepts for surface in concept.surfaces}
    chosen = [
        key
        for key, places in found.items()
        if len(places) >= _MIN_COUNT and key not in known and key not in never and _may_name(places, size)
    ]
    taken = _Taken(graph.mentions)
    added: list[Concept] = []
    mentions: list[Mention] = []
    ids = {concept.id for concept in graph.concepts}
    for key in sorted(chosen):
        free = [place for place in found[key] if taken.lets(place)]
        if len(free) < _MIN_COUNT:
            continue
        concept = _concept(free, ids)
        ids.add(concept.id)
        added.append(concept)
        mentions += (_mention(concept, place) for place in free)
        for place in free:
            taken.take(place)
    order = _fused(graph, prose, added, found, size)
    concepts = [structs.replace(c, rank=order.get(c.id, c.rank)) for c in (*graph.concepts, *added)]
    at = {document.path: index for index, document in enumerate(graph.documents)}
    first = {c.id: min(((at[e.document], e.offset) for e in c.evidence), default=(-1, 0)) for c in concepts}
    fresh = {folding.key(concept.name) for concept in added}
    return ConceptGraph(
        graph.documents,
        sorted(concepts, key=lambda c: first[c.id]),
        Mentions.of(sorted((*taken.mentions(), *mentions), key=lambda m: (at[m.document], m.offset))),
        graph.relations,
        links=graph.links,
        diagnostics=graph.diagnostics,
        dropped=[concept for concept in graph.dropped if folding.key(concept.name) not in fresh],
        settings=graph.settings,
        languages=graph.languages,
    )


# --- where ---


def _prose_sections(reading: Reading) -> Iterator[int]:
    """The headlines, by index, whose own text is running prose."""
    words: Counter[int] = Counter()
    sentences: Counter[int] = Counter()
    for block, tokens in zip(reading.blocks, reading.tokens, strict=True):
        if block.kind is BlockKind.HEADING:
            continue
        words[block.headline] += len(tokens)
        whole = len(tokens) >= _SENTENCE_WORDS and block.text.rstrip().endswith((".", ":", "!", "?"))
        if block.kind is BlockKind.PARAGRAPH and whole:
            sentences[block.headline] += len(tokens)
    least, share = (0, _LEAST_SHARE) if reading.is_prose else (_PROSE_WORDS, _PROSE_SHARE)
    for headline, count in words.items():
        if sentences[headline] > max(least, share * count):
            yield headline


def _collect(graph: ConceptGraph, prose: Mapping[str, set[int]], tagger: Tagger) -> dict[str, list[_Place]]:
    """The noun phrases of all prose sections by folded name, in the order of the notes."""
    found: dict[str, list[_Place]] = defaultdict(list)
    for document in graph.documents:
        if not prose[document.path]:
            continue
        reading = read_blocks(document)
        blocks = [
            block
            for block in reading.blocks
            if block.headline in prose[document.path]
            and block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING}
            and block.flat.runs
            and len(_CYRILLIC.findall(block.prose)) <= _MAX_CYRILLIC * len(block.prose)
        ]
        texts = (block.prose.replace(MASK, "#").replace("\n", " ") for block in blocks)
        for block, words in zip(blocks, tagger(texts), strict=True):
            for start, end in _phrases(block.prose, words):
                place = _place(reading, block, start, end)
                if place is not None:
                    found[folding.key(place.surface)].append(place)
    return found


def _phrases(text: str, words: Sequence[Tagged]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of adjectives and nouns that ends in a noun, without everyday words at its begin."""
    run: list[Tagged] = []
    for word in (*words, Tagged(len(text), len(text), "X")):
        if word.part in _PARTS and _is_word(text[word.start : word.end]):
            if run and text[run[-1].end : word.start].strip(" \n-"):
                yield from _phrase(text, run)
                run = []
            run.append(word)
        elif not (run and text[word.start : word.end] == "-"):
            yield from _phrase(text, run)
            run = []


def _phrase(text: str, run: Sequence[Tagged]) -> Iterator[tuple[int, int]]:
    first, last = 0, len(run)
    while last and run[last - 1].part not in _NOUNS:
        last -= 1
    first = max(0, last - _MAX_WORDS)
    while first < last and is_loose_word(text[run[first].start : run[first].end].lower()):
        first += 1
    if first < last:
        yield run[first].start, run[last - 1].end


def _is_word(surface: str) -> bool:
    return surface.replace("-", "").replace("'", "").isalnum() and surface.lower() not in FUNCTION_WORDS


def _place(reading: Reading, block: Block, start: int, end: int) -> _Place | None:
    run = block.flat.run_at(start)
    if run.style & Style.INEXACT or run.end < end:
        return None
    begin = block.flat.offset(start)
    surface = " ".join(block.prose[start:end].split())
    if len(folding.key(surface)) < _MIN_LETTERS or (block.prose[start - 1 : start] or " ") in _INSIDE:
        return None
    span = reading.span(begin, begin + end - start)
    return _Place(surface, span, reading.document.path, begin, block.headline, reading.section_path(block.headline))


_MIN_LETTERS = 3
_INSIDE = frozenset("-‑/_.@")


class _Taken:
    """The mentions that a graph has: a phrase may hold some of them, which are then nested in it."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = list(mentions)
        self._by_document: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for at, mention in enumerate(mentions):
            if not mention.nested:
                stretch = mention.offset, mention.offset + len(mention.text), at
                self._by_document[mention.document].append(stretch)
        for stretches in self._by_document.values():
            stretches.sort()

    def lets(self, place: _Place) -> bool:
        """Whether PLACE lies apart from all mentions, or holds some in prose as a part of itself."""
        begin, end = place.offset, place.offset + place.span.length
        return all(
            begin <= first and last <= end and last - first < end - begin and self._mentions[at].context == "prose"
            for first, last, at in self._under(place)
        )

    def take(self, place: _Place) -> None:
        """Note that the mentions in PLACE are parts of a longer one."""
        for _, _, at in self._under(place):
            self._mentions[at] = structs.replace(self._mentions[at], nested=True)

    def mentions(self) -> Sequence[Mention]:
        """The mentions, those that are parts of phrases nested."""
        return self._mentions

    def _under(self, place: _Place) -> Iterator[tuple[int, int, int]]:
        stretches = self._by_document.get(place.document, [])
        begin, end = place.offset, place.offset + place.span.length
        at = bisect_left(stretches, (end,)) - 1
        while at >= 0 and stretches[at][1] > begin:
            yield stretches[at]
            at -= 1


# --- what ---


def _name(places: Sequence[_Place]) -> str:
    """The most frequent spelling; of two, the one in small letters."""
    counts = Counter(place.surface for place in places)
    return max(counts, key=lambda surface: (counts[surface], surface.islower(), surface))


def _may_name(places: Sequence[_Place], size: int) -> bool:
    """Whether a phrase may be a name: words that are none elsewhere (`link`) where prose has them far too often."""
    name = _name(places)
    if not names.impossible(name):
        return True
    words = folding.words(name)
    return len(words) == 1 and name.isalpha() and len(places) >= _TOO_OFTEN * max(1.0, _expected(words, size))


def _concept(places: Sequence[_Place], ids: Iterable[str]) -> Concept:
    name = _name(places)
    home = next(place for place in places if place.surface == name)
    sections = {(place.document, place.headline) for place in places}
    support = min(_MAX_SUPPORT, _SUPPORT * math.log2(1 + len(sections)))
    confidence = round(1 - (1 - _CONFIDENCE) * (1 - support), 4)
    identity = base = folding.slug(name) or RULE
    number = 2
    while identity in ids:
        identity, number = f"{base}-{number}", number + 1
    return Concept(
        id=identity,
        name=name,
        aliases=(),
        definitions=(),
        kind=ConceptKind.TERM,
        rules=(RULE,),
        confidence=confidence,
        rank=0.0,
        section_path=home.path,
        span=home.span,
        evidence=tuple(Evidence(RULE, _CONFIDENCE, p.span, p.document, p.offset) for p in places),
    )


def _mention(concept: Concept, place: _Place) -> Mention:
    return Mention(
        concept=concept.id,
        text=place.surface,
        span=place.span,
        document=place.document,
        offset=place.offset,
        headline=place.headline,
        context="prose",
        confidence=concept.confidence,
    )


# --- how important ---


def _fused(
    graph: ConceptGraph,
    prose: Mapping[str, set[int]],
    added: Sequence[Concept],
    found: Mapping[str, Sequence[_Place]],
    size: int,
) -> dict[str, float]:
    """Id → importance of the concepts that live in prose, old and ADDED: both rankings by reciprocal rank fusion.

    The importance of the old ones is dealt out anew, so that it compares with that of the others.
    """
    home = Counter(m.concept for m in graph.mentions if m.headline in prose[m.document])
    old = [c for c in graph.ranked if 2 * home[c.id] > len(graph.mentions_of(c.id))]
    weight: dict[str, float] = {}
    for concept in (*old, *added):
        places = [found[key] for surface in concept.surfaces if (key := folding.key(surface)) in found]
        if places:
            weight[concept.id] = max(_weight(each, size) for each in places)
    by_phrase = {c: at for at, c in enumerate(sorted(weight, key=lambda c: (-weight[c], c)))}
    by_graph = {concept.id: at for at, concept in enumerate(old)}
    every = {concept.id for concept in (*old, *added)}
    score = {
        c: 1 / (_FUSION + by_phrase.get(c, len(by_phrase))) + 1 / (_FUSION + by_graph.get(c, len(by_graph)))
        for c in every
    }
    order = sorted(every, key=lambda c: (-score[c], c))
    values = [concept.rank for concept in old] or [_LOW_RANK]
    return {c: values[at * len(values) // len(order)] for at, c in enumerate(order)}


_LOW_RANK = 0.1
"""Importance of phrases in notes without any concept."""


def _weight(places: Sequence[_Place], size: int) -> float:
    """How much a phrase says: its count, more for several words, less for a word that English has as often anyway."""
    count = len(places)
    words = folding.words(places[0].surface)
    return count * math.log2(len(words) + 1) / (1 + _expected(words, size) / count)


def _expected(words: Sequence[str], size: int) -> float:
    """How often a single word would occur among SIZE phrases of general English; 0 for several words."""
    if len(words) > 1:
        return 0.0
    return frequency.english_counts().get(folding.fold_word(words[0]), 0) / _GENERAL_WORDS * size
