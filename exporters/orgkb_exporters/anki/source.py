"""The notes as the makers of cards see them: documents, and the sections that may become cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Generic, TypeVar

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.exporter import ExportContext
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.shape import shape
from orgkb.shelf import length, lies_packed
from orgkb_exporters.anki.place import Home, Place
from orgkb_exporters.anki.wishes import WishBook

T = TypeVar("T")

_WHOLE = 50_000
"""Characters up to which one of many notes is remembered as a whole: to judge it anew takes some hundredths of a second."""


def _about(home: Home) -> tuple[str, str, str, str | None]:
    """What cards tell of HOME."""
    return home.file, home.path, home.title, home.language


def _nothing(_: object) -> None:
    """What depends on the section alone."""


class _OfLast(Generic[T]):
    """Values of sections of the document that was last asked about: cards are made of one after the other."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._known: dict[int, T] = {}

    def get(self, document: Document, headline: n.Headline | None, make: Callable[[], T]) -> T:
        """What MAKE gives of the section HEADLINE of DOCUMENT, once."""
        if document is not self._document:
            self._document, self._known = document, {}
        index = headline.index if headline else -1
        if index not in self._known:
            self._known[index] = make()
        return self._known[index]


class Source(msgspec.Struct, frozen=True):
    """A graph, with what the notes themselves ask for."""

    graph: ConceptGraph
    context: ExportContext
    wishes: WishBook
    _homes: dict[str, Home] = msgspec.field(default_factory=dict)
    _shapes: _OfLast[bytes] = msgspec.field(default_factory=_OfLast)
    _places: _OfLast[Place] = msgspec.field(default_factory=_OfLast)

    def homes(self) -> Iterator[Home]:
        """The documents, in their order."""
        return (self.home(document) for document in self.graph.documents)

    def home(self, document: Document) -> Home:
        """DOCUMENT as cards speak of it."""
        if document.path not in self._homes:
            self._homes[document.path] = Home.of(document, self.context.input_root, self.graph.language(document))
        return self._homes[document.path]

    def place(self, home: Home, headline: n.Headline | None) -> Place:
        """The section HEADLINE of HOME, None for the text before the first headline."""
        return self._places.get(home.document, headline, lambda: Place.of(home, headline))

    def sections(self, document: Document, kind: str) -> Iterator[n.Headline | None]:
        """The headlines of the sections that may become notes of KIND, in the order of the text; None for what precedes them."""
        return (section for section in (None, *document.headlines) if self.wanted(document, section, kind))

    def wanted(self, document: Document, headline: n.Headline | None, kind: str) -> bool:
        """Whether the section may become notes of KIND."""
        wishes = self.wishes.of(document, headline)
        return not wishes.skip and kind in wishes.kinds

    def of_sections(
        self,
        step: str,
        home: Home,
        sections: Iterable[n.Headline | None],
        make: Callable[[Place], T],
        kind: type[T],
        more: Callable[[n.Headline | None], object] = _nothing,
    ) -> Iterator[tuple[Place, T]]:
        """For each of SECTIONS of HOME its place and what MAKE gives of it, a value of KIND, or gave in the last build.

        It may depend on the section, its place and MORE of it, and offsets in it count from the begin of the section.
        One of many documents is remembered as a whole, as it need not be opened then; a large one by sections.
        """
        places = [self.place(home, section) for section in sections]
        source = self.context.sources.get(home.document.path)
        if source is None or not lies_packed(home.document) or length(home.document) > _WHOLE:
            for place in places:
                found = self.again(step, place, place.elements, more(place.headline), partial(make, place), kind)
                yield place, found
            return
        each = [(place.headline.index if place.headline else -1, more(place.headline)) for place in places]
        about = msgspec.msgpack.encode((*_about(home), self.context.raw, each))
        data = self.context.piece(
            f"{step} of a document", source + about, lambda: msgspec.msgpack.encode(list(map(make, places)))
        )
        made: list[T] = msgspec.msgpack.decode(data, type=list[kind])  # type: ignore[valid-type] # a value is its type
        yield from zip(places, made, strict=True)

    def again(
        self, step: str, place: Place, elements: Sequence[n.Element], more: object, make: Callable[[], T], kind: type[T]
    ) -> T:
        """What MAKE gives, a value of KIND, or gave in the last build where STEP was done with the same section.

        It may depend on ELEMENTS, their text, PLACE and MORE, and offsets in it count from the begin of the section.
        """
        if not self.context.sources:  # nothing is remembered
            return make()
        return self._again(step, self._shape(place, elements), place, more, make, kind)

    def again_of(
        self, step: str, place: Place, pieces: Sequence[n.Node], more: object, make: Callable[[], T], kind: type[T]
    ) -> T:
        """The same for PIECES of the section alone: what is made may not depend on where they stand in it."""
        if not self.context.sources:
            return make()
        base = pieces[0].begin if pieces else 0
        return self._again(step, shape(pieces, base), place, more, make, kind)

    def _again(self, step: str, shaped: bytes, place: Place, more: object, make: Callable[[], T], kind: type[T]) -> T:
        home = place.home
        about = (*_about(home), place.headings, self.context.raw, more)
        source = shaped + msgspec.msgpack.encode(about)
        data = self.context.piece(step, source, lambda: msgspec.msgpack.encode(make()))
        return msgspec.msgpack.decode(data, type=kind)

    def _shape(self, place: Place, elements: Sequence[n.Element]) -> bytes:
        document, headline = place.home.document, place.headline

        def make() -> bytes:
            index = headline.index if headline else -1
            below = document.headlines[index + 1 : index + 2]
            end = below[0].begin if below else len(document.text)
            return shape(elements, place.begin, document.text[place.begin : end])

        return self._shapes.get(document, headline, make)

    def hold_back(self, message: str, place: Location) -> None:
        """Tell why something makes no card."""
        self.context.report(Diagnostic(Severity.INFO, "no-card", f"no card {message}", place))

    def keep_secret(self, message: str, place: Location) -> None:
        """Tell that something makes no card, as it seems to hold a secret."""
        self.context.report(Diagnostic(Severity.WARNING, "card-secret", f"no card {message}", place))
