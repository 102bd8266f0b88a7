"""Small concept graphs made by hand, and Anki collections to import decks into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from orgkb.concepts.build import build as build_graph
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Alias, AliasKind, Concept, ConceptKind, Definition, Relation, RelationKind, Span
from orgkb.diagnostics import Diagnostic
from orgkb.exporter import Artifact, ExportContext
from orgkb.org import nodes as n
from orgkb.org.document import Document, Segment
from orgkb.org.links import LinkIndex
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare
from orgkb_exporters.anki import AnkiExporter

if TYPE_CHECKING:
    from anki.collection import Collection

ROOT = Path("/notes")


def text(value: str) -> n.Text:
    return n.Text(0, len(value), value)


def paragraph(*objects: n.Object | str) -> n.Paragraph:
    return n.Paragraph(0, 0, None, tuple(text(o) if isinstance(o, str) else o for o in objects))


def item(*children: n.Element | str, checkbox: str = "", bullet: str = "-", tag: str | None = None) -> n.Item:
    elements = tuple(paragraph(c) if isinstance(c, str) else c for c in children)
    return n.Item(0, 0, None, bullet, None, checkbox, (text(tag),) if tag is not None else None, elements)


def bullets(*items: n.Item | str, kind: str = "unordered") -> n.PlainList:
    return n.PlainList(0, 0, None, kind, tuple(item(i) if isinstance(i, str) else i for i in items))


def link(kind: str, path: str, *description: n.Object, raw: str = "") -> n.Link:
    return n.Link(0, 0, "regular", kind, path, None, raw or f"{kind}:{path}", description)


class Note(msgspec.Struct, frozen=True):
    """A definition to be put into a graph."""

    term: str
    text: str
    heading: str = "Terms"
    line: int = 1
    objects: tuple[n.Object, ...] = ()
    elements: tuple[n.Element, ...] = ()
    confidence: float = 0.9
    aliases: tuple[str, ...] = ()
    kind: ConceptKind = ConceptKind.TERM


def document(path: str, headings: Mapping[str, tuple[tuple[str, str], ...]], settings: Mapping[str, str]) -> Document:
    headlines = tuple(
        n.Headline(0, 0, 1, None, False, None, False, (text(title),), title, (), None, properties, (), i, -1)
        for i, (title, properties) in enumerate(headings.items())
    )
    return Document(path, "", (0,), (Segment(0, path, 1),), tuple(settings.items()), (), (), (), (), headlines, ())


def graph(
    files: Mapping[str, Sequence[Note]],
    *,
    relations: Iterable[tuple[str, str, str]] = (),
    properties: Mapping[str, tuple[tuple[str, str], ...]] | None = None,
    settings: Mapping[str, str] | None = None,
    diagnostics: Iterable[Diagnostic] = (),
) -> ConceptGraph:
    """The graph of FILES (notes by path); PROPERTIES are headings' own, SETTINGS every file's keywords."""
    documents: list[Document] = []
    definitions: dict[str, list[Definition]] = {}
    notes: dict[str, Note] = {}
    for path, content in files.items():
        titles = list(dict.fromkeys(note.heading for note in content))
        documents.append(document(path, {t: (properties or {}).get(t, ()) for t in titles}, settings or {}))
        for position, note in enumerate(content):
            span = Span(path, note.line + position, 1, len(note.term))
            objects = note.objects or ((text(note.text),) if note.text else ())
            found = Definition(
                note.text,
                objects,
                note.elements,
                (note.heading,),
                titles.index(note.heading),
                path,
                span,
                "bold-dash",
                note.confidence,
            )
            definitions.setdefault(note.term, []).append(found)
            notes.setdefault(note.term, note)
    concepts = [
        Concept(
            term.casefold().replace(" ", "-"),
            term,
            tuple(Alias(alias, AliasKind.VARIANT, "test", 0.9) for alias in notes[term].aliases),
            tuple(found),
            notes[term].kind,
            ("bold-dash",),
            notes[term].confidence,
            0.5,
            found[0].section_path,
            found[0].span,
        )
        for term, found in definitions.items()
    ]
    first = documents[0].path
    linked = [Relation(a, b, label, RelationKind.DEFINITION, Span(first, 99, 1, 1), 0.9) for a, label, b in relations]
    return ConceptGraph(documents, concepts, (), linked, links=LinkIndex(documents), diagnostics=diagnostics)


class Bench:
    """An output folder in memory: builds see what the build before wrote."""

    def __init__(self, media: Mapping[str, bytes] | None = None, **options: Any) -> None:
        self.exporter = AnkiExporter(**options)
        self.written: dict[str, bytes] = {}
        self.reports: list[Diagnostic] = []
        self.media = dict(media or {})
        self.clock = 1_700_000_000

    def build(self, notes: ConceptGraph, *, title: str = "Containers") -> bytes:
        """The package of NOTES, a thousand seconds later than the one before; empty where there is none."""
        self.clock += 1000
        self.reports.clear()
        artifacts = self.artifacts(notes, title)
        self.written = {artifact.path: artifact.data for artifact in artifacts}
        return next((a.data for a in artifacts if a.path.endswith(".apkg")), b"")

    def artifacts(self, notes: ConceptGraph, title: str) -> list[Artifact]:
        return list(self.exporter.export(notes, self.context(title)))

    def context(self, title: str = "Containers") -> ExportContext:
        return ExportContext(
            title,
            dt.datetime.fromtimestamp(self.clock, dt.UTC),
            ROOT,
            lambda _document, path: self.media.get(path),
            self.written.get,
            self.reports.append,
        )


class Anki:
    """A collection of the real Anki in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        collection = pytest.importorskip("anki.collection", reason="the anki package is not installed")
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.count = 0
        self.col: Collection = collection.Collection(str(folder / "collection.anki2"))

    def close(self) -> None:
        self.col.close()

    def take(self, package: bytes) -> tuple[int, int, int, int]:
        """Import PACKAGE as a user does with the default options: (new, updated, unchanged, conflicting) notes."""
        from anki import import_export_pb2 as pb  # noqa: PLC0415 - only where the package is installed
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest  # noqa: PLC0415 - see above

        self.count += 1
        path = self.folder / f"{self.count}.apkg"
        path.write_bytes(package)
        newer = pb.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER
        options = ImportAnkiPackageOptions(update_notes=newer, update_notetypes=newer)
        log = self.col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log
        return len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)

    def fields(self, search: str = "") -> list[dict[str, str]]:
        return [dict(self.col.get_note(i).items()) for i in self.col.find_notes(search)]

    def cards(self, search: str = "") -> list[tuple[str, str]]:
        """(front, back) of the cards found, as Anki renders them."""
        shown = [self.col.get_card(i).render_output() for i in sorted(self.col.find_cards(search))]
        return [(output.question_text, output.answer_text) for output in shown]


def org_graph(files: Mapping[str, str]) -> ConceptGraph:
    """The graph of Org texts by path, read as a user's files are."""
    return build_graph([prepare(parse(content, path)) for path, content in files.items()])
