"""What the template prints besides the body, as JSON: title, words, glossary."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept, Definition
from orgkb.org import nodes as n
from orgkb.org.walk import find, plain_text
from orgkb_exporters.pdf import escape

MAX_RELATED = 8
"""Related concepts shown with a glossary entry."""
MAX_SENSES = 4
"""Definitions shown with a glossary entry."""
MAX_LINES = 6
"""Items of a list below a definition that are shown with it."""
MAX_ALIASES = 6
KEY_CONCEPTS = 12
"""Concepts named on the cover."""


class Run(msgspec.Struct, frozen=True):
    """A stretch of text in one style."""

    text: str
    style: str = ""
    """`b`, `i`, `c` (code) or empty."""


class Sense(msgspec.Struct, frozen=True):
    """One definition, with the items of a list that belongs to it."""

    runs: tuple[Run, ...]
    lines: tuple[tuple[Run, ...], ...]


class Related(msgspec.Struct, frozen=True):
    """A concept to see."""

    id: str
    name: str
    linked: bool


class Entry(msgspec.Struct, frozen=True):
    """One entry of the glossary; the template adds the pages."""

    id: str
    name: str
    letter: str
    aliases: tuple[str, ...]
    senses: tuple[Sense, ...]
    related: tuple[Related, ...]
    length: int
    """Characters of all senses, so that the template knows what fits a page."""


class PrintData(msgspec.Struct, frozen=True):
    """All of it."""

    title: str
    author: str
    date: str
    language: str
    words: dict[str, str]
    paper: str
    toc: bool
    toc_depth: int
    number_depth: int
    cover: bool
    keys: tuple[Related, ...]
    keywords: tuple[str, ...]
    description: str
    glossary: tuple[Entry, ...]


def defined(graph: ConceptGraph) -> list[Concept]:
    """The concepts of the glossary: those with a definition, in the order of a dictionary."""
    return sorted((concept for concept in graph.concepts if _senses(concept)), key=lambda c: (_sort_key(c.name), c.id))


def glossary(graph: ConceptGraph, concepts: Sequence[Concept]) -> tuple[Entry, ...]:
    """The entries of CONCEPTS, in their order."""
    known = {concept.id for concept in concepts}
    return tuple(_entry(graph, concept, known) for concept in concepts)


def _entry(graph: ConceptGraph, concept: Concept, known: Collection[str]) -> Entry:
    senses = _senses(concept)
    texts = [run.text for sense in senses for runs in (sense.runs, *sense.lines) for run in runs]
    return Entry(
        id=concept.id,
        name=escape.clean(concept.name),
        letter=_letter(concept.name),
        aliases=_aliases(concept),
        senses=senses,
        related=tuple(
            Related(other.id, escape.clean(other.name), other.id in known)
            for other in graph.neighbours(concept.id)[:MAX_RELATED]
        ),
        length=sum(map(len, texts)),
    )


def key_concepts(graph: ConceptGraph, concepts: Iterable[Concept]) -> tuple[Related, ...]:
    """The most important of the glossary's CONCEPTS."""
    known = {concept.id for concept in concepts}
    best = [concept for concept in graph.ranked if concept.id in known and len(concept.name) <= 40][:KEY_CONCEPTS]
    return tuple(Related(concept.id, escape.clean(concept.name), linked=True) for concept in best)


def _aliases(concept: Concept) -> tuple[str, ...]:
    seen = {concept.name.casefold()}
    found: list[str] = []
    for alias in concept.aliases:
        if alias.surface.casefold() not in seen:
            seen.add(alias.surface.casefold())
            found.append(escape.clean(alias.surface))
    return tuple(found[:MAX_ALIASES])


def _senses(concept: Concept) -> tuple[Sense, ...]:
    seen: set[str] = set()
    found: list[Sense] = []
    for definition in concept.definitions:
        sense = _sense(definition)
        text = " ".join(definition.text.split()).casefold().rstrip(".;,")
        if text in seen or not (sense.runs or sense.lines):
            continue
        seen.add(text)
        found.append(sense)
    return tuple(found[:MAX_SENSES])


def _sense(definition: Definition) -> Sense:
    runs = _tidy(run for obj in definition.objects for run in _runs(obj, ""))
    if not runs and definition.text.strip():
        runs = (Run(escape.clean(definition.text)),)
    items = [item for item in find(definition.elements, n.Item) if item.children][:MAX_LINES]
    lines = [
        _tidy(run for obj in first.children for run in _runs(obj, ""))
        for item in items
        if isinstance(first := item.children[0], n.Paragraph)
    ]
    return Sense(runs, tuple(line for line in lines if line))


def _runs(obj: n.Object, style: str) -> Iterable[Run]:
    match obj:
        case n.Text():
            yield Run(obj.value, style)
        case n.Code() | n.Verbatim() | n.InlineSrcBlock() | n.LatexFragment():
            yield Run(obj.value, "c")
        case n.Bold() | n.Italic():
            for child in obj.children:
                yield from _runs(child, style or ("b" if isinstance(obj, n.Bold) else "i"))
        case n.Underline() | n.StrikeThrough() | n.Link() | n.RadioTarget() if obj.children:
            for child in obj.children:
                yield from _runs(child, style)
        case _:
            yield Run(plain_text((obj,)), style)


def _tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """RUNS with white space folded, neighbours of one style joined, none empty."""
    joined: list[Run] = []
    for run in runs:
        text = escape.clean(run.text)
        if joined and joined[-1].style == run.style:
            joined[-1] = Run(joined[-1].text + text, run.style)
        elif text:
            joined.append(Run(text, run.style))
    done: list[Run] = []
    for index, run in enumerate(joined):
        text = " ".join(run.text.split())
        if run.style != "c":
            before = " " if run.text[:1].isspace() and index and text else ""
            after = " " if run.text[-1:].isspace() and index + 1 < len(joined) else ""
            text = f"{before}{text}{after}"
        if text:
            done.append(Run(text, run.style))
    return tuple(done)


def _sort_key(name: str) -> tuple[int, str, str]:
    """Letters before other signs, Latin before other scripts; accents and case do not count."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c) or c == "\u0306")
    folded = unicodedata.normalize("NFC", folded).casefold().lstrip("\"'«([{-–—./\\")
    first = folded[:1]
    group = 0 if not first.isalpha() else 1 if first.isascii() else 2
    return group, folded.replace("ё", "е\uffff"), name


def _letter(name: str) -> str:
    """The letter under which NAME stands; `#` for all that is no letter."""
    group, folded, _ = _sort_key(name)
    return folded[:1].upper() if group and folded else "#"
