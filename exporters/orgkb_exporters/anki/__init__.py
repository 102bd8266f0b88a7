"""Anki decks: cards from notes as they are, that survive re-import."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import ExporterError
from orgkb.exporter import Artifact, Change, ExportContext, Pushed, PushRequest
from orgkb.patterns import pattern
from orgkb_exporters.anki import gaps
from orgkb_exporters.anki.around import Surroundings
from orgkb_exporters.anki.cards import TermCards
from orgkb_exporters.anki.codes import CodeCards
from orgkb_exporters.anki.commands import CommandCards
from orgkb_exporters.anki.draft import Draft, finish
from orgkb_exporters.anki.editor import EditorCards
from orgkb_exporters.anki.identity import Identity, file_key, identify, vanished
from orgkb_exporters.anki.ledger import (
    Content,
    Entry,
    Ledger,
    UnreadableLedger,
    blank,
    bury,
    follow,
    rename,
    update,
    update_types,
)
from orgkb_exporters.anki.lists import ListCards
from orgkb_exporters.anki.media import MediaStore
from orgkb_exporters.anki.order import positions
from orgkb_exporters.anki.outline import share
from orgkb_exporters.anki.package import PackedNote, ReadPackage, packed, read_package
from orgkb_exporters.anki.place import deck_part
from orgkb_exporters.anki.prose import fold
from orgkb_exporters.anki.recover import recover
from orgkb_exporters.anki.review import changes, faults
from orgkb_exporters.anki.sentences import ClozeCards
from orgkb_exporters.anki.source import Source
from orgkb_exporters.anki.steady import keep_around, pictures_in
from orgkb_exporters.anki.wishes import WishBook

LEDGER_PATH = "anki/orgkb.anki.json"
REMOVED_DECK = "removed from the notes"
"""Deck below the top one where removed notes land in a collection that does not have them yet."""
_BLANK_LINES = pattern(r"^(?:[ \t]{2,}\n)+", re.MULTILINE)
_KINDS = 4  # steps of an export, as they are told
_IMAGE = pattern(r'<img src="[^"]*" alt="([^"]*)">')


@dataclass(frozen=True, slots=True)
class AnkiExporter:
    """One .apkg for all documents, and the ledger that lets the next build leave unchanged notes alone."""

    settled: ClassVar[bool] = True
    name: ClassVar[str] = "anki"
    summary: ClassVar[str] = "an Anki deck (.apkg) of the definitions and commands in the notes"

    deck: str = ""
    """Name of the top deck; the title of the whole by default."""
    deck_depth: int = 0
    """How many levels of headings make decks of their own below that of the file."""
    reverse: bool = True
    """Ask for the term by its definition, where the definition identifies the term."""
    commands: bool = True
    """Make cards of commands with explanations."""
    code: bool = True
    """Make cards of code whose purpose is told."""
    anki_editor: bool = True
    """Make the notes of headings written for anki-editor (`ANKI_NOTE_TYPE`)."""
    maps: bool = True
    """Show what is related to a concept as a picture, too."""
    clozes: bool = True
    """Make cards of sentences about a concept, the concept hidden."""
    lists: bool = True
    """Make cards of enumerations, one item hidden on each."""
    tombstones: bool = True
    """Ship notes that are gone once more, tagged `orgkb::removed`: a package cannot delete them."""
    forget: int = -1
    """Ship and keep no longer what was tagged so many changed decks ago, 0 being all that was ever shipped; -1: never."""

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield the package and its ledger; nothing where the notes define nothing and never did."""
        built = self._built(graph, context)
        if not built.live and not built.ledger.notes:
            return
        # Cards that a collection has stay in their deck; in a new collection the removed ones lie apart.
        graveyard = f"{deck_part(self._root_deck(context)) or 'orgkb'}::{REMOVED_DECK}"
        shipped = [entry for entry in built.gone if entry.fields]
        notes = [
            *(
                _pack(entry, content, entry.deck, due)
                for entry, content, due in zip(built.live, built.contents, positions(built.drafts, graph), strict=True)
            ),
            *(_pack(e, e, graveyard, len(built.live) + due) for due, e in enumerate(shipped, 1)),
        ]
        types = update_types(built.ledger, (note.kind for note in notes), _now(context))
        if notes:
            times = {entry.kind: entry.modified for entry in types}
            data, cards = packed(notes, times, _used(built.media, notes), context, built.path)
            yield Artifact(built.path, data, _summary(cards, len(built.live), len(shipped)))
        result = follow(built.ledger, (*built.live, *built.gone, *built.asleep), types, built.path)
        yield Artifact(LEDGER_PATH, result.dump())

    def compare(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Change]:
        """What an import of the new package would do to notes of the last one."""
        built = self._built(graph, context)
        return changes(built.ledger, built.live, built.contents, built.gone, built.earlier.read)

    def check(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Diagnostic]:
        """What is wrong with the cards: empty or unsound fields, missing pictures, answers that show."""
        built = self._built(graph, context)
        for draft, content in zip(built.drafts, built.contents, strict=True):
            yield from faults(content, draft.location, built.media)

    def push(self, previous: Callable[[str], bytes | None], request: PushRequest) -> Pushed:
        """Bring the last package into a collection, or into a running Anki."""
        try:
            ledger = Ledger.load(previous(LEDGER_PATH))
        except UnreadableLedger as error:
            raise ExporterError(f"{LEDGER_PATH}: {error}; build the deck again") from error
        package = previous(ledger.package) if ledger.package else None
        if package is None:
            raise ExporterError("there is no deck to push: the notes made no card")
        # Loaded here, as a build needs neither.
        if request.collection is not None:
            from orgkb_exporters.anki.collection import push_into  # noqa: PLC0415

            return push_into(request.collection, package, ledger, move=request.move)
        from orgkb_exporters.anki.connect import push_through  # noqa: PLC0415

        return push_through(request, package, ledger)

    def alias(self, previous: Callable[[str], bytes | None], old: str, new: str) -> Iterator[Artifact]:
        """The files of the last build with note OLD known as NEW: so a note that no rule knows again keeps its schedule."""
        try:
            ledger = Ledger.load(previous(LEDGER_PATH))
        except UnreadableLedger as error:
            raise ExporterError(f"{LEDGER_PATH}: {error}; build the deck again") from error
        yield Artifact(LEDGER_PATH, rename(ledger, old, new).dump())
        package = previous(ledger.package) if ledger.package else None
        if package is not None:
            yield Artifact(ledger.package, package)

    def _root_deck(self, context: ExportContext) -> str:
        return self.deck.strip() or context.title

    def _built(self, graph: ConceptGraph, context: ExportContext) -> _Built:
        """The notes of this build, matched with those of the last one."""
        media = MediaStore(context.read_media, context.report)
        wishes = WishBook(context.report)
        drafts = self._drafts(graph, context, media, wishes)
        if self._is_usual() and not media.shows_notes:
            share(graph, context, drafts)
        path = f"anki/{file_name(context.title)}.apkg"
        ledger = _load(context, path, {file_key(document, context.input_root) for document in graph.documents})
        identities = identify(drafts, ledger.notes)
        decks = self._root_deck(context), max(0, self.deck_depth)
        contents = _contents(drafts, identities, ledger, decks, wishes)
        earlier = _Earlier(context, ledger.package)
        contents = keep_around(contents, ledger, earlier.read, graph, media.files)
        live = update(ledger, contents, _now(context))
        made_cards = {draft.file for draft in drafts}
        gone, forgotten = self._gone(graph, context, ledger, earlier, made_cards=made_cards, identities=identities)
        shipped = {entry.guid for entry in (*live, *gone, *forgotten)}
        longest: dict[str, int] = {}
        asleep = [
            blank(entry)[0] if _may_be_withheld(entry, graph, context, longest) else entry
            for entry in ledger.notes
            if entry.guid not in shipped
        ]
        return _Built(path, drafts, contents, live, gone, asleep, ledger, earlier, media.files)

    def _is_usual(self) -> bool:
        """Whether no option is changed that decides which notes there are, or what they ask."""
        return self.reverse and self.commands and self.code and self.anki_editor and self.clozes and self.lists

    def drafts(self, graph: ConceptGraph, context: ExportContext) -> list[Draft]:
        """All notes before it is known which of them earlier decks had, in the order of the text."""
        return self._drafts(graph, context, MediaStore(context.read_media, context.report), WishBook(context.report))

    def _drafts(self, graph: ConceptGraph, context: ExportContext, media: MediaStore, wishes: WishBook) -> list[Draft]:
        """All notes, in the order of the documents and of their text."""
        source = Source(graph, context, wishes)
        around = Surroundings(graph, media, self.maps, context.piece if context.sources else None)
        least = graph.settings.thresholds.cards
        context.step("terms", 0, _KINDS)
        drafts = TermCards(source, media, around, self.reverse, least).drafts()
        # The graph may know a command as a term, with a definition that says more than the line.
        known = {(draft.file, fold(draft.term)) for draft in drafts}
        makers = [
            *([EditorCards(source, media).drafts] if self.anki_editor else ()),
            *([ListCards(source).drafts] if self.lists else ()),
            *([ClozeCards(source, around, least).drafts] if self.clozes else ()),
            *([CodeCards(source).drafts] if self.code else ()),
        ]
        commands = CommandCards(source)
        context.step("commands, lists, gaps, code", 1, _KINDS)
        # All of a document before the next: large ones do not stay open.
        for home in source.homes():
            for make in makers:
                drafts += make(home)
            if self.commands:
                drafts += (draft for draft in commands.drafts(home) if (draft.file, fold(draft.term)) not in known)
        context.step("surroundings", 2, _KINDS)
        around.complete(drafts, least)
        context.step("package", 3, _KINDS)
        order = {document.path: i for i, document in enumerate(graph.documents)}
        return sorted(
            drafts, key=lambda d: (order[d.place.home.document.path], d.location.line, d.location.column, d.kind)
        )

    def _gone(
        self,
        graph: ConceptGraph,
        context: ExportContext,
        ledger: Ledger,
        earlier: _Earlier,
        *,
        made_cards: Collection[str],
        identities: Sequence[Identity],
    ) -> tuple[list[Entry], list[Entry]]:
        """Tombstones, old and new, and those to be forgotten; MADE_CARDS are the keys of the files with a card in this build.

        Only of files that are here, were read without an error and made a card: else a slip would
        mark a whole deck as removed.
        """
        if not self.tombstones:
            return [], []
        broken = {d.location.path for d in graph.diagnostics if d.severity >= Severity.ERROR}
        whole = {
            file_key(document, context.input_root)
            for document in graph.documents
            if not broken & {document.path, *(segment.path for segment in document.segments)}
        }
        missing = vanished(ledger.notes, identities, whole.intersection(made_cards))
        if not missing:
            return [], []
        fresh = [entry for entry in missing if not entry.removed]
        before = earlier.read().notes if fresh else {}
        old_enough = ledger.generation - self.forget if self.forget >= 0 else -1
        tombs = [entry for entry in missing if entry.removed and entry.since > old_enough]
        longest: dict[str, int] = {}
        for entry in fresh:
            old = before.get(entry.guid)
            place = Location(graph.documents[0].path, 1)
            message = f"“{entry.anchor}” is no longer in the notes; its card gets the tag orgkb::removed"
            context.report(Diagnostic(Severity.INFO, "card-removed", message, place))
            fields = tuple(_IMAGE.sub(r"\1", field) for field in old.fields) if old else ()
            tags = old.tags if old else ()
            buried = entry
            if _may_be_withheld(entry, graph, context, longest):
                # Kept from export now: nothing of it may be in what we write.
                buried, fields = blank(entry, fields)
                tags = ()
            tombs.append(bury(buried, fields, tags, _now(context), ledger.generation + 1))
        forgotten = [entry for entry in missing if entry.removed and entry.since <= old_enough]
        return sorted(tombs, key=lambda e: e.key), forgotten


def file_name(title: str) -> str:
    """TITLE as the name of a file on any system."""
    joined = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", title)).strip("-._")
    return joined[:80].rstrip("-._") or "orgkb"


def _may_be_withheld(entry: Entry, graph: ConceptGraph, context: ExportContext, longest: dict[str, int]) -> bool:
    """Whether a vanished note may stand in its file all the same, in a part that is kept from export.

    Such parts are blank in `Document.text`; LONGEST keeps the length of the longest of each file.
    """
    if entry.file not in longest:
        texts = (d.text for d in graph.documents if file_key(d, context.input_root) == entry.file)
        blanks = (len(match[0]) for text in texts for match in _BLANK_LINES.finditer(text))
        longest[entry.file] = max(blanks, default=-1)
    return longest[entry.file] >= len(entry.answer.split(" | ")[0])


@dataclass(frozen=True, slots=True)
class _Built:
    path: str
    """Of the package."""
    drafts: Sequence[Draft]
    contents: Sequence[Content]
    """Of the drafts."""
    live: Sequence[Entry]
    """Of the contents."""
    gone: Sequence[Entry]
    """Tombstones."""
    asleep: Sequence[Entry]
    """Known notes that are neither here nor surely gone."""
    ledger: Ledger
    """Of the last build."""
    earlier: _Earlier
    media: Mapping[str, bytes]


class _Earlier:
    """The package of the last build, read when it is needed."""

    def __init__(self, context: ExportContext, path: str) -> None:
        self._context = context
        self._path = path
        self._package: ReadPackage | None = None

    def read(self) -> ReadPackage:
        if self._package is None:
            self._package = read_package(self._context.previous(self._path) if self._path else None)
        return self._package


def _used(media: Mapping[str, bytes], notes: Iterable[PackedNote]) -> dict[str, bytes]:
    """The files of MEDIA that NOTES show."""
    names = {name for note in notes for field in note.fields for name in pictures_in(field)}
    return {name: data for name, data in media.items() if name in names}


def _now(context: ExportContext) -> int:
    """The build's time in seconds since 1970."""
    return int(context.timestamp.timestamp())


def _load(context: ExportContext, path: str, files: Collection[str]) -> Ledger:
    """The ledger of the last build; where it is lost or spoilt, one read from the package at PATH."""
    data = context.previous(LEDGER_PATH)
    if data is not None:
        try:
            return Ledger.load(data)
        except UnreadableLedger as error:
            found = f"the ledger of the last build cannot be used ({error})"
    else:
        found = "there is no ledger of the last build"
    ledger = recover(read_package(context.previous(path)), files, path)
    if ledger.notes:
        message = f"{found}: it is written again from {path}"
    elif data is None:
        return ledger
    else:
        message = f"{found}: every card will be written anew"
    context.report(Diagnostic(Severity.WARNING, "anki-ledger", message, Location(LEDGER_PATH, 1)))
    return ledger


def _contents(
    drafts: Sequence[Draft], identities: Sequence[Identity], ledger: Ledger, decks: tuple[str, int], wishes: WishBook
) -> list[Content]:
    before = {entry.key: entry.ordinals for entry in ledger.notes}
    ordinals = [
        gaps.number(draft.fields.get("Text", ""), before[i.before] if i.before else {})
        for draft, i in zip(drafts, identities, strict=True)
    ]
    return [
        Content(
            key=identity.key,
            guid=identity.guid,
            before=identity.before,
            deck=draft.place.deck(decks[0], wishes.of(draft.place.home.document, draft.place.headline), decks[1]),
            fields=fields,
            tags=draft.place.tags(draft.kind, wishes.of(draft.place.home.document, draft.place.headline)),
            answer=draft.answer,
            ordinals=numbers,
        )
        for draft, identity, fields, numbers in zip(
            drafts, identities, finish(drafts, identities, ordinals), ordinals, strict=True
        )
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
    return f"{cards} card{'s' * (cards != 1)} of {live} note{'s' * (live != 1)}{gone}"
