"""What the maps see of a graph, as one value: where it is that of an earlier build, so are all the maps.

An edit moves letters and changes words that are on no map.  So the maps are made from a graph without what they
do not show (columns, offsets, markup, what every rule found), and that graph decides whether they are made again.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.mentions import Mentions
from orgkb.concepts.model import Concept, Definition, Span
from orgkb.diagnostics import Diagnostic
from orgkb.exporter import Artifact, ExportContext, NotKept
from orgkb.org.document import Document
from orgkb_exporters.conceptmap.places import Places

if TYPE_CHECKING:  # that package draws with this one
    from orgkb_exporters.anki.outline import CardOutline

_SETTINGS = ("TITLE", "LANGUAGE")
"""Keywords of documents that maps show or obey."""


def seen(graph: ConceptGraph, *, exact: bool) -> ConceptGraph:
    """GRAPH with all that maps show and as little else as can be; EXACT keeps columns, by which text is found again."""
    columns: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for found in graph.concepts:
        columns[found.span.path, found.span.line].add(found.span.column)

    def at(span: Span) -> Span:
        return span if exact else Span(span.path, span.line, 1, 0)

    def in_order(span: Span) -> Span:
        # Of the columns only their order counts, in which concepts of one line are told.
        before = sum(column < span.column for column in columns[span.path, span.line])
        return span if exact else Span(span.path, span.line, 1 + before, 0)

    def concept(value: Concept) -> Concept:
        return replace(
            value,
            aliases=tuple(replace(alias, span=None) for alias in value.aliases),
            definitions=tuple(replace(told, objects=(), elements=(), span=at(told.span)) for told in value.definitions),
            span=in_order(value.span),
            evidence=(),
        )

    return ConceptGraph(
        graph.documents,
        map(concept, graph.concepts),
        Mentions(table.places_alone(exact=exact) for table in graph.mentions.tables),
        (replace(relation, span=at(relation.span)) for relation in graph.relations),
        links=graph.links,
        settings=graph.settings,
    )


class _Value(msgspec.Struct, frozen=True):
    """All that maps are made of."""

    options: str
    title: str
    engine: tuple[str, ...]
    concepts: int
    """How many; each of them, of the relations and of the cards follows."""
    relations: int
    least: float
    documents: tuple[tuple[str, tuple[str | None, ...]], ...]
    tags: tuple[tuple[str, ...], ...]
    """Of the headlines under which concepts are defined, in the order of the concepts."""
    places: tuple[object, ...]
    texts: tuple[bytes, ...]
    """Hashes of the documents' texts, where something is looked up in them."""


def source(
    graph: ConceptGraph,
    context: ExportContext,
    places: Places,
    cards: Iterable[CardOutline],
    *,
    options: str,
    engine: Iterable[str],
) -> bytes:
    """A hash of all that the maps of GRAPH, as `seen` gives it, are made of: equal hashes mean equal maps."""
    value = _Value(
        options=options,
        title=context.title,
        engine=tuple(engine),
        concepts=len(graph.concepts),
        relations=len(graph.relations),
        least=graph.settings.thresholds.map,
        documents=tuple((d.path, tuple(map(d.setting, _SETTINGS))) for d in graph.documents),
        tags=tuple(tags_of(graph)),
        places=places.known(),
        texts=tuple(_hash(document) for document in graph.documents) if places.searches else (),
    )
    digest = hashlib.blake2b(_bytes(value), digest_size=32)
    # One after another, as there may be many: all of them as bytes would take as much memory again.
    for part in (graph.concepts, graph.relations, cards):
        for one in part:
            digest.update(_bytes(one))
    for table in graph.mentions.tables:
        digest.update(_bytes(table))
    return digest.digest()


def _bytes(value: object) -> bytes:
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:  # the name of a file that is no text
        return repr(value).encode("utf-8", "surrogatepass")


_encoder = msgspec.msgpack.Encoder()


def tags_of(graph: ConceptGraph) -> Iterator[tuple[str, ...]]:
    """For each concept the tags of the headline under which it is defined, inherited ones too."""
    known: dict[tuple[str, int], tuple[str, ...]] = {}
    for concept in graph.concepts:
        yield _tags(concept.definition, graph, known)


def _tags(
    definition: Definition | None, graph: ConceptGraph, known: dict[tuple[str, int], tuple[str, ...]]
) -> tuple[str, ...]:
    if definition is None or definition.headline < 0:
        return ()
    place = definition.span.path, definition.headline
    if place not in known:
        document = graph.document(place[0]) if graph.has_document(place[0]) else None
        # Where it stands in a file that this one includes, there is no such headline.
        here = document is not None and definition.headline < len(document.headlines)
        known[place] = tuple(document.all_tags(document.headlines[definition.headline])) if document and here else ()
    return known[place]


def _hash(document: Document) -> bytes:
    return hashlib.blake2b(document.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class _File(msgspec.Struct, frozen=True):
    """What is remembered of a file: its bytes lie in the output folder."""

    path: str
    summary: str
    sha256: bytes


class _Made(msgspec.Struct, frozen=True):
    """What is remembered of all maps together."""

    files: tuple[_File, ...]
    problems: tuple[Diagnostic, ...]


def remembered(
    context: ExportContext, what: bytes, draw: Callable[[ExportContext], Iterable[Artifact]], failure: str
) -> Iterator[Artifact]:
    """What DRAW gives, or an earlier build of WHAT did; with it come the problems that it reports.

    Where one of these has the code FAILURE, nothing is remembered.
    """
    problems: list[Diagnostic] = []
    artifacts: list[Artifact] = []

    def make() -> bytes:
        problems.clear()
        artifacts[:] = draw(replace(context, report=problems.append))
        if any(problem.code == failure for problem in problems):
            raise NotKept  # the next build tries again
        files = tuple(_File(made.path, made.summary, hashlib.sha256(made.data).digest()) for made in artifacts)
        return msgspec.msgpack.encode(_Made(files, tuple(problems)))

    with contextlib.suppress(NotKept):
        told = msgspec.msgpack.decode(context.once("maps", what, make), type=_Made)
        if not artifacts:
            found = [_again(context, file) for file in told.files]
            if None in found:  # somebody removed or changed what we wrote
                make()
            else:
                artifacts += filter(None, found)
                problems += told.problems
    for problem in problems:
        context.report(problem)
    yield from artifacts


def _again(context: ExportContext, file: _File) -> Artifact | None:
    """FILE as the last build wrote it; None where that is not there."""
    data = context.previous(file.path)
    if data is None or hashlib.sha256(data).digest() != file.sha256:
        return None
    return Artifact(file.path, data, file.summary)
