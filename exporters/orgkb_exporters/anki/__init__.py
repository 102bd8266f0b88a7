"""Anki decks: cards from notes as they are, that survive re-import."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.exporter import Artifact, ExportContext
from orgkb_exporters.anki.cards import TermCards
from orgkb_exporters.anki.commands import CommandCards
from orgkb_exporters.anki.draft import Draft, finish
from orgkb_exporters.anki.identity import Identity, file_key, identify, vanished
from orgkb_exporters.anki.ledger import Content, Entry, Ledger, UnreadableLedger, bury, update, update_types
from orgkb_exporters.anki.media import MediaStore
from orgkb_exporters.anki.package import Package, PackedNote, read_notes
from orgkb_exporters.anki.place import deck_part
from orgkb_exporters.anki.prose import fold

LEDGER_PATH = "anki/orgkb.anki.json"
REMOVED_DECK = "removed from the notes"
"""Deck below the top one where removed notes land in a collection that does not have them yet."""
_IMAGE = re.compile(r'<img src="[^"]*" alt="([^"]*)">')


@dataclass(frozen=True, slots=True)
class AnkiExporter:
    """One .apkg for all documents, and the ledger that lets the next build leave unchanged notes alone."""

    name: ClassVar[str] = "anki"
    summary: ClassVar[str] = "an Anki deck (.apkg) of the definitions and commands in the notes"

    deck: str = ""
    """Name of the top deck; the title of the whole by default."""
    reverse: bool = True
    """Ask for the term by its definition, where the definition identifies the term."""
    commands: bool = True
    """Make cards of commands with explanations."""
    min_confidence: float = 0.6
    """Least confidence of a concept and its definition, 0 to 1, to make a card."""
    tombstones: bool = True
    """Ship notes that are gone once more, tagged `orgkb::removed`: a package cannot delete them."""

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield the package and its ledger; nothing where the notes define nothing and never did."""
        media = MediaStore(context.read_media, context.report)
        root_deck = self.deck.strip() or context.title
        drafts = self._drafts(graph, context, media)
        ledger = _load(context)
        identities = identify(drafts, ledger.notes)
        contents = _contents(drafts, identities, root_deck)
        live = update(ledger, contents, _now(context))
        made_cards = {draft.file for draft in drafts}
        gone = self._gone(graph, context, ledger, made_cards=made_cards, identities=identities)
        # Cards that a collection has stay in their deck; in a new collection the removed ones lie apart.
        graveyard = f"{deck_part(root_deck) or 'orgkb'}::{REMOVED_DECK}"
        shipped = {entry.key for entry in (*live, *gone)} | {i.before for i in identities if i.before}
        asleep = [entry for entry in ledger.notes if entry.key not in shipped]
        notes = [
            *(_pack(e, c, e.deck, due) for due, (e, c) in enumerate(zip(live, contents, strict=True), 1)),
            *(_pack(e, e, graveyard, len(live) + due) for due, e in enumerate((e for e in gone if e.fields), 1)),
        ]
        if not live and not ledger.notes:
            return
        types = update_types(ledger, (note.kind for note in notes), _now(context))
        path = f"anki/{file_name(context.title)}.apkg"
        if notes:
            package = Package(notes, {entry.kind: entry.modified for entry in types}, media.files)
            yield Artifact(path, package.to_bytes(), _summary(package.card_count, len(live), len(notes) - len(live)))
        result = Ledger((*live, *gone, *asleep), tuple(types), path)
        yield Artifact(LEDGER_PATH, result.dump())

    def _drafts(self, graph: ConceptGraph, context: ExportContext, media: MediaStore) -> list[Draft]:
        """All notes, in the order of the documents and of their text."""
        terms = TermCards(graph, context, media, self.reverse, self.min_confidence).drafts()
        commands = CommandCards(graph, context).drafts() if self.commands else []
        order = {document.path: i for i, document in enumerate(graph.documents)}
        # The graph may know a command as a term, with a definition that says more than the line.
        known = {(draft.file, fold(draft.term)) for draft in terms}
        drafts = [*terms, *(draft for draft in commands if (draft.file, fold(draft.term)) not in known)]
        return sorted(
            drafts, key=lambda d: (order[d.place.home.document.path], d.location.line, d.location.column, d.kind)
        )

    def _gone(
        self,
        graph: ConceptGraph,
        context: ExportContext,
        ledger: Ledger,
        *,
        made_cards: Collection[str],
        identities: Sequence[Identity],
    ) -> list[Entry]:
        """Tombstones, old and new; MADE_CARDS are the keys of the files with a card in this build.

        Only of files that are here, were read without an error and made a card: else a slip would
        mark a whole deck as removed.
        """
        if not self.tombstones:
            return []
        broken = {d.location.path for d in graph.diagnostics if d.severity >= Severity.ERROR}
        whole = {
            file_key(document, context.input_root)
            for document in graph.documents
            if not broken & {document.path, *(segment.path for segment in document.segments)}
        }
        missing = vanished(ledger.notes, identities, whole.intersection(made_cards))
        if not missing:
            return []
        fresh = [entry for entry in missing if not entry.removed]
        before = read_notes(context.previous(ledger.package) or b"") if fresh and ledger.package else {}
        tombs = [entry for entry in missing if entry.removed]
        for entry in fresh:
            old = before.get(entry.guid)
            place = Location(graph.documents[0].path, 1)
            message = f"“{entry.anchor}” is no longer in the notes; its card gets the tag orgkb::removed"
            context.report(Diagnostic(Severity.INFO, "card-removed", message, place))
            fields = tuple(_IMAGE.sub(r"\1", field) for field in old.fields) if old else ()
            tombs.append(bury(entry, fields, old.tags if old else (), _now(context)))
        return sorted(tombs, key=lambda e: e.key)


def file_name(title: str) -> str:
    """TITLE as the name of a file on any system."""
    joined = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", title)).strip("-._")
    return joined[:80].rstrip("-._") or "orgkb"


def _now(context: ExportContext) -> int:
    """The build's time in seconds since 1970."""
    return int(context.timestamp.timestamp())


def _load(context: ExportContext) -> Ledger:
    data = context.previous(LEDGER_PATH)
    try:
        return Ledger.load(data)
    except UnreadableLedger as error:
        message = f"the ledger of the last build cannot be used ({error}): every card will be written anew"
        context.report(Diagnostic(Severity.WARNING, "anki-ledger", message, Location(LEDGER_PATH, 1)))
        return Ledger()


def _contents(drafts: Sequence[Draft], identities: Sequence[Identity], root_deck: str) -> list[Content]:
    return [
        Content(
            key=identity.key,
            guid=identity.guid,
            before=identity.before,
            deck=draft.place.deck(root_deck),
            fields=fields,
            tags=draft.place.tags(draft.kind),
            answer=draft.answer,
        )
        for draft, identity, fields in zip(drafts, identities, finish(drafts, identities), strict=True)
    ]


def _pack(entry: Entry, content: Content | Entry, deck: str, due: int) -> PackedNote:
    return PackedNote(
        kind=entry.kind,
        guid=entry.guid,
        id=entry.id,
        modified=entry.modified,
        deck=deck,
        fields=content.fields,
        tags=content.tags,
        due=due,
    )


def _summary(cards: int, live: int, removed: int) -> str:
    gone = f", {removed} removed" if removed else ""
    return f"{cards} cards of {live} notes{gone}"
