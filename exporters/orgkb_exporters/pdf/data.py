"""What the template prints besides the body, as JSON: title, words, glossary."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import AliasKind, Concept, Definition
from orgkb.org import nodes as n
from orgkb.org.walk import find, plain_text
from orgkb_exporters.pdf import escape
from orgkb_exporters.pdf.drawing import Drawing
from orgkb_exporters.pdf.layouts import Look
from orgkb_exporters.pdf.places import PageRange
from orgkb_exporters.tex import Formula, fragment_formula, in_line

MAX_RELATED = 8
"""Related concepts shown with a glossary entry."""
MAX_SENSES = 4
"""Definitions shown with a glossary entry."""
MAX_LINES = 6
"""Items of a list below a definition that are shown with it."""
MAX_ALIASES = 6
KEY_CONCEPTS = 12
"""Concepts named on the cover."""
LONG_WORD = 28
"""Letters from which a word may have to be broken in a narrow column."""
SURE = 0.6
"""Confidence from which a concept that stands on one page only is in the index."""
_SEE = frozenset({AliasKind.ACRONYM, AliasKind.EXPANSION, AliasKind.TRANSLATION, AliasKind.USER})


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of text in one style."""

    text: str
    style: str = ""
    """`b`, `i`, `c` (code), `m` (a formula in Typst) or empty."""
    alt: str = ""
    """The TeX of a formula."""


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
    """One entry of the glossary."""

    id: str
    name: str
    letter: str
    aliases: tuple[str, ...]
    senses: tuple[Sense, ...]
    related: tuple[Related, ...]
    length: int
    """Characters of all senses, so that the template knows what fits a page."""
    long: bool = False
    """Whether it has words that may have to be broken."""
    pages: tuple[PageRange, ...] = ()
    """Where the concept occurs."""
    goal: int = 0
    """The number that stands, with a page, for the place of the concept on it."""


class IndexEntry(msgspec.Struct, frozen=True):
    """One line of the index: pages, or the name to look under."""

    key: str
    """Its anchor."""
    name: str
    letter: str
    see: str = ""
    id: str = ""
    """The glossary entry of the concept; empty where it has none."""
    pages: tuple[PageRange, ...] = ()
    goal: int = 0


class Beside(msgspec.Struct, frozen=True):
    """A text beside the text: a definition in the margin, a question in the cue column."""

    y: float
    text: str
    name: str = ""


class PrintData(msgspec.Struct, frozen=True):
    """All of it.  What depends on the places of the text is there only for what is laid out after it."""

    title: str
    author: str
    date: str
    language: str
    words: dict[str, str]
    look: Look
    cover: bool
    keys: tuple[Related, ...]
    keywords: tuple[str, ...]
    description: str
    contents: int
    """How many headings the contents list."""
    phase: str = "all"
    """What is laid out: `cover`, `contents`, `text`, `all` for these together; `back`: what follows them."""
    footnotes: int = 0
    """How many there are before a piece of the text."""
    headings: tuple[int, ...] = (0,)
    """How many headings of each level there are before it."""
    total: int = 0
    """Pages in all."""
    turned: tuple[int, ...] = ()
    """Pages that lie on their side."""
    goals: dict[str, int] = {}
    """Anchor → the number that stands for its place in links."""
    breaks: tuple[str, ...] = ()
    """Anchors of the entries of glossary and index before which a column is broken."""
    text_pages: tuple[int, int] = msgspec.field(default=(0, 0), name="text-pages")
    """The pages before the text, and its last one."""
    heads: tuple[tuple[str, str], ...] = ()
    """(chapter, section) for each page."""
    starts: dict[str, int] = {}
    """Anchor of a heading → its page, for the contents."""
    beside: dict[str, tuple[Beside, ...]] = {}
    """Page → what stands in its margin, by height."""
    glossary: tuple[Entry, ...] = ()
    index: tuple[IndexEntry, ...] = ()
    map: Drawing | None = None
    cover_map: Drawing | None = None
    flip: str = "long"
    """The edge over which sheets of cards are turned."""
    sheet: object = None
    """What cards, cheat sheet, links or put-together pages consist of."""

    def files(self) -> dict[str, bytes]:
        """All of it for the template.  What parts of it depend on that seldom change lies apart, as does what changes alone."""
        settings = {"look": self.look, "words": self.words}
        rest = msgspec.structs.replace(self, goals={}, breaks=())
        return {
            name: msgspec.json.encode(value)
            for name, value in (
                ("data.json", rest),
                ("settings.json", settings),
                ("goals.json", self.goals),
                ("breaks.json", self.breaks),
            )
        }


def defined(graph: ConceptGraph) -> list[Concept]:
    """The concepts of the glossary: those with a definition, in the order of a dictionary."""
    return sorted((c for c in graph.concepts if _senses(c, {})), key=lambda c: (_sort_key(c.name), c.id))


def formulas_in(concepts: Iterable[Concept]) -> list[Formula]:
    """The formulas in the definitions of CONCEPTS, each once."""
    found: dict[Formula, None] = {}
    for concept in concepts:
        for definition in concept.definitions:
            for node in find((*definition.objects, *definition.elements), n.LatexFragment):
                found.setdefault(fragment_formula(node.value))
    return list(found)


def glossary(
    graph: ConceptGraph,
    concepts: Sequence[Concept],
    formulas: Mapping[Formula, str | None],
    pages: Mapping[str, Sequence[PageRange]],
    goals: Mapping[str, int],
) -> tuple[Entry, ...]:
    """The entries of CONCEPTS, in their order, with their PAGES and GOALS."""
    known = {concept.id for concept in concepts}
    return tuple(
        _entry(graph, concept, known, formulas, pages.get(concept.id, ()), goals.get(concept.id, 0))
        for concept in concepts
    )


def index(
    concepts: Iterable[Concept],
    defined_ids: Collection[str],
    pages: Mapping[str, Sequence[PageRange]],
    goals: Mapping[str, int],
) -> tuple[IndexEntry, ...]:
    """The index: all CONCEPTS that occur, most of them defined or on several pages, and where to look for other names."""
    found: dict[tuple[tuple[int, str, str], str], IndexEntry] = {}
    for concept in concepts:
        found_on = tuple(pages.get(concept.id, ()))
        several = len(found_on) > 1 or (found_on and found_on[0].last > found_on[0].first)
        if not found_on or not (several or concept.id in defined_ids or concept.confidence >= SURE):
            continue
        name = escape.clean(concept.name)
        entry = IndexEntry(
            f"index-{concept.id}",
            name,
            _letter(name),
            id=concept.id if concept.id in defined_ids else "",
            pages=found_on,
            goal=goals.get(concept.id, 0),
        )
        found[_sort_key(name), concept.id] = entry
        for alias in concept.aliases:
            surface = escape.clean(alias.surface)
            if alias.kind in _SEE and surface.casefold()[:3] != name.casefold()[:3]:
                key = f"index-{concept.id}-{surface.casefold()}"
                found[_sort_key(surface), concept.id] = IndexEntry(
                    key, surface, _letter(surface), see=name, id=entry.id
                )
    return tuple(found[key] for key in sorted(found))


def _entry(
    graph: ConceptGraph,
    concept: Concept,
    known: Collection[str],
    formulas: Mapping[Formula, str | None],
    pages: Sequence[PageRange],
    goal: int,
) -> Entry:
    senses, aliases = _senses(concept, formulas), _aliases(concept)
    texts = [run.text for sense in senses for runs in (sense.runs, *sense.lines) for run in runs]
    return Entry(
        id=concept.id,
        name=escape.clean(concept.name),
        letter=_letter(concept.name),
        aliases=aliases,
        senses=senses,
        related=tuple(
            Related(other.id, escape.clean(other.name), other.id in known)
            for other in graph.neighbours(concept.id)[:MAX_RELATED]
        ),
        length=sum(map(len, texts)),
        long=any(len(word) >= LONG_WORD for text in (*texts, concept.name, *aliases) for word in text.split()),
        pages=tuple(pages),
        goal=goal,
    )


def in_short(concept: Concept, limit: int) -> str:
    """The best definition of CONCEPT as plain text of at most LIMIT characters; empty where it has none."""
    sense = next(iter(_senses(concept, {})), None)
    if sense is None:
        return ""
    runs = sense.runs or tuple(run for line in sense.lines[:1] for run in line)
    text = "".join(run.text for run in runs).strip()
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", limit // 2, limit)
    return text[: cut if cut > 0 else limit].rstrip(" ,;:-–—(") + "…"


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


def _senses(concept: Concept, formulas: Mapping[Formula, str | None]) -> tuple[Sense, ...]:
    seen: set[str] = set()
    found: list[Sense] = []
    for definition in concept.definitions:
        sense = _sense(definition, formulas)
        text = " ".join(definition.text.split()).casefold().rstrip(".;,")
        if text in seen or not (sense.runs or sense.lines):
            continue
        seen.add(text)
        found.append(sense)
    return tuple(found[:MAX_SENSES])


def _sense(definition: Definition, formulas: Mapping[Formula, str | None]) -> Sense:
    runs = _tidy(run for obj in definition.objects for run in _runs(obj, "", formulas))
    if not runs and definition.text.strip():
        runs = (Run(escape.clean(definition.text)),)
    items = [item for item in find(definition.elements, n.Item) if item.children][:MAX_LINES]
    lines = [
        _tidy(run for obj in first.children for run in _runs(obj, "", formulas))
        for item in items
        if isinstance(first := item.children[0], n.Paragraph)
    ]
    return Sense(runs, tuple(line for line in lines if line))


def _runs(obj: n.Object, style: str, formulas: Mapping[Formula, str | None]) -> Iterator[Run]:
    match obj:
        case n.Text():
            yield Run(obj.value, style)
        case n.LatexFragment():
            formula = fragment_formula(obj.value)
            if typst := formulas.get(formula):
                yield Run(typst, "m", " ".join(formula[1].split()))
            else:
                shown = in_line(obj.value)
                yield Run(shown, "c" if shown == obj.value else style)
        case n.Code() | n.Verbatim() | n.InlineSrcBlock():
            yield Run(obj.value, "c")
        case n.Bold() | n.Italic():
            for child in obj.children:
                yield from _runs(child, style or ("b" if isinstance(obj, n.Bold) else "i"), formulas)
        case n.Underline() | n.StrikeThrough() | n.Link() | n.RadioTarget() if obj.children:
            for child in obj.children:
                yield from _runs(child, style, formulas)
        case _:
            yield Run(plain_text((obj,)), style)


def _tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """RUNS with white space folded, neighbours of one style joined, none empty."""
    joined: list[Run] = []
    for run in runs:
        if run.style == "m":
            joined.append(run)
            continue
        text = escape.clean(run.text)
        if joined and joined[-1].style == run.style:
            joined[-1] = Run(joined[-1].text + text, run.style)
        elif text:
            joined.append(Run(text, run.style))
    done: list[Run] = []
    for index, run in enumerate(joined):
        if run.style == "m":
            done.append(run)
            continue
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
