"""Which pages an export has: one for each document, or one for each heading down to a depth."""

from __future__ import annotations

from collections import Counter

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import plain_text
from orgkb_exporters.markdown.flavours import Flavour
from orgkb_exporters.markdown.names import NoteNames, folded, safe_name, safe_path

CONCEPTS = "concepts"
"""Folder of the concepts' notes."""

_ORG_SUFFIXES = (".org", ".org_archive")


class Sheet(msgspec.Struct, frozen=True):
    """One page of notes: a document, or a headline with what stands below it."""

    path: str
    """Path of the page; all paths count from one folder."""
    document: Document
    root: n.Headline | None
    """The headline that it is about; None for the document itself."""
    headlines: tuple[n.Headline, ...]
    """The further headlines on it, in text order."""
    parent: str
    """Path of the page above; empty at the top."""
    children: tuple[str, ...]
    """Paths of the pages below, in text order."""

    @property
    def elements(self) -> tuple[n.Element, ...]:
        """The elements before the first of its headlines."""
        return self.root.children if self.root is not None else self.document.section


class Layout(msgspec.Struct, frozen=True):
    """All pages and their names."""

    sheets: dict[str, Sheet]
    """By path, in the order of the notes."""
    by_document: dict[str, tuple[Sheet, ...]]
    places: dict[str, tuple[str, ...]]
    """By document: the path of the page on which each of its headlines stands."""
    concepts: dict[str, str]
    """Path of each concept's note by its id; empty without such notes."""

    def sheet(self, document: Document, headline: n.Headline | None) -> Sheet:
        """The page on which HEADLINE, or the text before the first, stands."""
        if headline is None:
            return self.by_document[document.path][0]
        return self.sheets[self.places[document.path][headline.index]]


def layout(graph: ConceptGraph, flavour: Flavour, *, depth: int | None, reserved: tuple[str, ...]) -> Layout:
    """The pages of GRAPH: one a file, and with DEPTH also one for each headline down to it and one for each concept."""
    return _Planner(graph, flavour, depth, reserved).plan()


class _Planner:
    """Gives names: readable ones, that differ in more than case on every system."""

    def __init__(self, graph: ConceptGraph, flavour: Flavour, depth: int | None, reserved: tuple[str, ...]) -> None:
        self.graph = graph
        self.flavour = flavour
        self.depth = depth
        self.names = NoteNames(reserved, "-" if depth is None else " ")
        self.prefix = f"{flavour.pages}/" if flavour.pages else ""

    def plan(self) -> Layout:
        documents = {d.path: self._document_name(d) for d in self.graph.documents}
        concepts: dict[str, str] = {}
        titled: dict[str, str] = {}
        if self.depth is not None:
            titles = self._title_counts()
            for concept in self.graph.ranked:
                if not concept.definitions and titles[folded(concept_title(concept))] == 1:
                    titled[folded(concept_title(concept))] = concept.id  # the heading's note is about it
                    continue
                if not self._is_worth_a_note(concept):
                    continue
                folder = f"{CONCEPTS}/" if self.flavour.folders else ""
                name = self._concept_name(concept)
                concepts[concept.id] = f"{self.prefix}{folder}{name}.md"
        sheets: dict[str, Sheet] = {}
        by_document: dict[str, tuple[Sheet, ...]] = {}
        places: dict[str, tuple[str, ...]] = {}
        counts = self._title_counts()
        for document in self.graph.documents:
            found, where = self._sheets(document, documents[document.path], counts)
            by_document[document.path] = found
            places[document.path] = where
            sheets.update((sheet.path, sheet) for sheet in found)
        for sheet in sheets.values():
            name = folded(_title(sheet.root)) if sheet.root is not None else ""
            if name in titled:
                concepts[titled[name]] = sheet.path
        ordered = {c.id: concepts[c.id] for c in self.graph.concepts if c.id in concepts}
        return Layout(sheets, by_document, places, ordered)

    def _concept_name(self, concept: Concept) -> str:
        """The name; with the outermost section in parentheses where another concept has it."""
        name = concept_title(concept)
        if self.names.is_taken(note_name(name)) and concept.section_path:
            name = f"{name} ({concept.section_path[0]})"
        return self.names.take(note_name(name))

    def _is_worth_a_note(self, concept: Concept) -> bool:
        """Whether there is more to say about CONCEPT than where it stands."""
        if concept.definitions or self.graph.relations_of(concept.id):
            return True
        return len({(m.document, m.headline) for m in self.graph.mentions_of(concept.id)}) > 1

    def _document_name(self, document: Document) -> str:
        path = _without_suffix(safe_path(document.path))
        if self.depth is None and self.flavour.folders:
            return self.names.take(path)
        folder, _, name = path.rpartition("/")
        if not self.flavour.folders:  # Logseq's way to write a name with a stroke into a file name
            return self.names.take(path.replace("/", "___"))
        name = self.names.take(name)
        return f"{folder}/{name}" if folder else name

    def _title_counts(self) -> Counter[str]:
        titles: Counter[str] = Counter()
        for document in self.graph.documents:
            titles.update(folded(_title(h)) for h in document.headlines if h.level <= (self.depth or 0))
        return titles

    def _sheets(self, document: Document, name: str, titles: Counter[str]) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
        own: list[tuple[str, n.Headline | None, list[n.Headline], str]] = [(f"{self.prefix}{name}.md", None, [], "")]
        places: list[int] = []
        children: list[list[str]] = [[]]
        for headline in document.headlines:
            above = places[headline.parent] if headline.parent >= 0 else 0
            stands_alone = headline.parent < 0 or own[above][1] is document.headlines[headline.parent]
            if headline.level <= (self.depth or 0) and stands_alone:
                path = f"{self.prefix}{self._heading_name(document, headline, name, titles)}.md"
                places.append(len(own))
                children[above].append(path)
                children.append([])
                own.append((path, headline, [], own[above][0]))
            else:
                places.append(above)
                own[above][2].append(headline)
        sheets = tuple(
            Sheet(path, document, root, tuple(headlines), parent, tuple(below))
            for (path, root, headlines, parent), below in zip(own, children, strict=True)
        )
        return sheets, tuple(own[i][0] for i in places)

    def _heading_name(self, document: Document, headline: n.Headline, name: str, titles: Counter[str]) -> str:
        """The title; with the one above in parentheses where several have it or the name is taken."""
        title = _title(headline)
        if titles[folded(title)] > 1 or self.names.is_taken(note_name(title)):
            parent = document.parent(headline)
            title = f"{title} ({_title(parent) if parent else document.stem})"
        free = self.names.take(note_name(title))
        return f"{name}/{free}" if self.flavour.folders else free


def note_name(title: str) -> str:
    """A file name for a note called TITLE."""
    text = safe_name(" ".join(title.split()) or "_").replace("%", "")
    return text.strip(" -.") or text.strip() or "_"


def _title(headline: n.Headline) -> str:
    return plain_text(headline.title) or "untitled"


def _without_suffix(path: str) -> str:
    for suffix in _ORG_SUFFIXES:
        if path.lower().endswith(suffix) and len(path) > len(suffix):
            return path[: -len(suffix)]
    return path


def concept_title(concept: Concept) -> str:
    """The name of CONCEPT on one line."""
    return " ".join(concept.name.split())
