"""The notes as the makers of cards see them: documents, and the sections that may become cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.exporter import ExportContext
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb_exporters.anki.place import Home
from orgkb_exporters.anki.wishes import WishBook

Section = tuple[n.Headline | None, Sequence[n.Element]]


class Source(msgspec.Struct, frozen=True):
    """A graph, with what the notes themselves ask for."""

    graph: ConceptGraph
    context: ExportContext
    wishes: WishBook
    _homes: dict[str, Home] = msgspec.field(default_factory=dict)

    def homes(self) -> Iterator[Home]:
        """The documents, in their order."""
        return (self.home(document) for document in self.graph.documents)

    def home(self, document: Document) -> Home:
        """DOCUMENT as cards speak of it."""
        if document.path not in self._homes:
            self._homes[document.path] = Home.of(document, self.context.input_root)
        return self._homes[document.path]

    def sections(self, document: Document, kind: str) -> Iterator[Section]:
        """(headline, elements) of the sections that may become notes of KIND, in the order of the text."""
        if self.wanted(document, None, kind):
            yield None, document.section
        for headline in document.headlines:
            if self.wanted(document, headline, kind):
                yield headline, headline.children

    def wanted(self, document: Document, headline: n.Headline | None, kind: str) -> bool:
        """Whether the section may become notes of KIND."""
        wishes = self.wishes.of(document, headline)
        return not wishes.skip and kind in wishes.kinds

    def hold_back(self, message: str, place: Location) -> None:
        """Tell why something makes no card."""
        self.context.report(Diagnostic(Severity.INFO, "no-card", f"no card {message}", place))

    def keep_secret(self, message: str, place: Location) -> None:
        """Tell that something makes no card, as it seems to hold a secret."""
        self.context.report(Diagnostic(Severity.WARNING, "card-secret", f"no card {message}", place))
