"""Headings whose title, or each part of it, is a name: `Container Runtime Interface (CRI)`, `PV & PVC`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts import cleaning, folding, frequency, names, spelling
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import FUNCTION_WORDS, begins_topic
from orgkb.concepts.model import Alias, AliasKind
from orgkb.concepts.text import DASH, Style
from orgkb.org import nodes as n
from orgkb.patterns import pattern

RULE = "heading"
TITLE_RULE = "section-title"
_MAX_TITLE = 5
OBJECT_RULE = "heading-object"
_LOWER_FACTOR = 0.8  # of .50: topics are written in small letters, names mostly not
_EVERYDAY_FACTOR = 0.5  # `Service`, `Node`: a term only where the notes speak of it in several sections
_AND = pattern(r"[&,/]|\s(?:and|or|vs\.?|и|или)(?=\s)")
_DASH = pattern(rf"\s{DASH}(?:\s|$)")
_DOING = pattern(r"\s*([^\W\d_]+)\s+(?:an?\s|the\s|your\s)?")
_TRAILING = pattern(r"[:(\[].*$", re.DOTALL)


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Titles that are names, and the parts of titles that list a few names."""
    for block in reading.of_kind(BlockKind.HEADING):
        if _DASH.search(block.text) or _is_source(block):
            continue
        if same := _same_thing(block.prose):
            yield from _named_twice(reading, block, same, confidence)
            continue
        for start, end in _parts(block.prose):
            name = cleaning.clean(block.prose[start:end]).name
            everyday = name[:1].isupper() and names.is_everyday(name)
            lower = name.islower() and not spelling.is_name(name)
            factor = _EVERYDAY_FACTOR if everyday else _LOWER_FACTOR if lower else 1.0
            found = candidate(
                reading, block, start, end, rule=RULE, confidence=confidence * factor, check_shape=not everyday
            )
            if found:
                yield found


def _is_source(block: Block) -> bool:
    """Whether a title of several words is nothing but a link to somewhere else: that of an article or a book."""
    if len(block.text.split()) < _SOURCE_WORDS or not all(run.style & Style.LINK for run in block.flat.runs):
        return False
    return any(isinstance(o, n.Link) and o.kind not in _WITHIN for o in block.objects)


_SOURCE_WORDS = 3
_WITHIN = frozenset({"fuzzy", "id", "custom-id", "file", "radio"})


def _same_thing(title: str) -> list[tuple[int, int]]:
    """The names in a title that calls one thing by several: `Kubernetes Objects or API objects or API resources`."""
    if not _OR.search(title) or any(mark in title for mark in "?,&/"):
        return []
    starts = [0, *(m.end() for m in _OR.finditer(title))]
    ends = [*(m.start() for m in _OR.finditer(title)), len(title)]
    parts = list(zip(starts, ends, strict=True))
    folded = [set(folding.folded_words(title[start:end])) for start, end in parts]
    tied = all(any(a & b for j, b in enumerate(folded) if i != j) for i, a in enumerate(folded))
    first = folding.words(cleaning.clean(title[: ends[0]]).name)
    named = bool(first) and first[0].lower() not in FUNCTION_WORDS
    return parts if named and tied and all(len(words) > 1 for words in folded) else []


def _named_twice(
    reading: Reading, block: Block, parts: list[tuple[int, int]], confidence: float
) -> Iterator[Candidate]:
    others = tuple(
        Alias(name, AliasKind.VARIANT, RULE, _SAME_CONFIDENCE)
        for start, end in parts[1:]
        if not names.impossible(name := cleaning.clean(block.prose[start:end]).name)
    )
    found = candidate(reading, block, *parts[0], rule=RULE, confidence=confidence, check_shape=False, aliases=others)
    if found:
        yield found


_OR = pattern(r"(?<!\s)\s+(?:or|или)\s+")
_SAME_CONFIDENCE = 0.7


def find_titles(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Every title of a section of a manual that is no sentence: there titles are what an index would hold."""
    if not reading.is_prose:
        return
    for block in reading.of_kind(BlockKind.HEADING):
        if len(block.text.split()) > _MAX_TITLE:
            continue
        name = cleaning.clean(block.prose).name
        if not names.is_label(name) and name.partition(" ")[0].lower() not in FUNCTION_WORDS:
            found = candidate(
                reading, block, 0, len(block.text), rule=TITLE_RULE, confidence=confidence, check_shape=False
            )
            if found:
                yield found


def find_objects(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What a title says to do something with: `Installing Docker`, `Настройка Docker`."""
    for block in reading.of_kind(BlockKind.HEADING):
        if _AND.search(block.text):
            continue
        verb = _DOING.match(block.prose)
        if verb and begins_topic(verb[1].lower()) and verb[1].lower().endswith(("ing", "ка", "ие")):
            found = candidate(reading, block, verb.end(), len(block.text), rule=OBJECT_RULE, confidence=confidence)
            if found:
                yield found


def after_number(title: str) -> int:
    """Where TITLE begins behind what only counts it: `5: Application Layer`, `1.2. Units`, `CS1010 Algorithms`."""
    number = _NUMBER.match(title)
    return number.end() if number else 0


_NUMBER = pattern(
    r"\s*(?:(?:Step|Part|Chapter|Lecture|Lesson|Шаг|Часть|Глава|Лекция|Урок|Kapitel|Schritt)\s\d{1,2}[.:)]?|\d{1,3}(?:\.\d{1,3})*[.:)]|\d{1,2}(?:\.\d{1,2})+(?=\s[A-ZА-ЯЁ])|[A-Z]{2,5}\d{3,4}[A-Z]?:?(?=\s[A-Z][a-z]))\s+(?=[^\W\d_])"
)


def _parts(title: str) -> Iterator[tuple[int, int]]:
    """The stretches of a title that may be names."""
    if not _AND.search(title):
        yield after_number(title), len(title)
        return
    head = _TRAILING.sub("", title)
    if _PATH.search(head):
        return
    starts = [0, *(m.end() for m in _AND.finditer(head))]
    ends = [*(m.start() for m in _AND.finditer(head)), len(head)]
    parts = [(s, e) for s, e in zip(starts, ends, strict=True) if head[s:e].strip()]
    # `role-based access control and policies of a cluster` lists no names.
    if _ONE_KIND.fullmatch(head.strip()):
        yield 0, len(head)  # `Read/write lock`
        return
    if "/" in head and len({len(head[s:e].split()) for s, e in parts}) > 1:
        return  # `reads/writes of a cluster`
    one = _ONE_NAME.fullmatch(title.strip())
    if one and not one["long"].startswith(one["short"]):
        yield 0, len(title)
        return
    if _shares_head(head, parts):
        parts = parts[1:]
    shaped = [bool(names.weak_shape(cleaning.clean(head[s:e]).name)) for s, e in parts]
    if all(len(head[s:e].split()) <= 3 for s, e in parts) and sum(shaped) * 2 > len(parts):
        yield from (part for part, shape in zip(parts, shaped, strict=True) if shape)


_PATH = pattern(r"/\w+/\w")
"""`/dev/random vs /dev/urandom`"""
_ONE_KIND = pattern(
    r"[A-Z][a-z]+/[a-z]+\s(?:algorithm|architecture|cycle|effect|filter|law|lock|method|model|operation|paradox|pattern|principle|problem|protocol|ratio|rule|system|test|theorem)"
)
_ONE_NAME = pattern("(?P<long>[A-Z]+)/(?P<short>[A-Z]{1,2})")
"""`CSMA/CA`, `I/O`: two letters after a slash are no name of their own."""


def _shares_head(head: str, parts: list[tuple[int, int]]) -> bool:
    """Whether the first of two PARTS of HEAD lacks the noun that the other ends with: `Bit and Baud Rate`."""
    if len(parts) != 2:
        return False
    first, last = (head[start:end].split() for start, end in parts)
    if len(first) != 1 or len(last) != 2 or not _AND_WORD.search(head):
        return False
    word = first[0]
    return (
        word.istitle() and word[-1] != "s" and last[1][-1] != "s" and frequency.english_count(word.lower()) >= _COMMON
    )


_COMMON = 10_000
"""Occurrences in the English list from which a word alone hardly names what a section is about."""
_AND_WORD = pattern(r"\s(?:and|&)\s")
