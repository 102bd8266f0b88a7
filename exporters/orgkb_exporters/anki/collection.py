"""Pushing into a closed collection with the `anki` package: also what a package alone cannot do, moves and deletions."""

from __future__ import annotations

import contextlib
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from orgkb.errors import InputError, MissingProgram, OutputError
from orgkb.exporter import Pushed
from orgkb_exporters.anki.ledger import REMOVED_TAG, Ledger
from orgkb_exporters.anki.package import ReadNote, read_package

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.collection import Collection
    from anki.import_export_pb2 import ImportResponse
    from anki.notes import NoteId

COLLECTION: Final = "collection.anki2"
OUR_TAG: Final = "orgkb::"
"""Begin of the tags that a push may take away."""
_OWN: Final = "Mine"


class _Own(msgspec.Struct, frozen=True):
    """What is the user's on a note of ours: an import of a changed note would take it away."""

    tags: frozenset[str]
    remark: str


def push_into(path: Path, package: bytes, ledger: Ledger, *, move: bool) -> Pushed:
    """Import PACKAGE into the collection at PATH, move cards to their decks if MOVE says so, delete what is gone.

    A backup is made before, in the profile's own folder for them.  Raises InputError where there is no
    collection, OutputError where it is in use, MissingProgram without the `anki` package.
    """
    file = path / COLLECTION if path.is_dir() else path
    if not file.is_file() or not _is_database(file):
        raise InputError(f"{path}: this is no Anki collection (a file {COLLECTION} in the folder of a profile)")
    folder = file.parent / "backups"
    with _opened(file) as col:
        folder.mkdir(exist_ok=True)
        col.create_backup(backup_folder=str(folder), force=True, wait_for_completion=True)
        notes = read_package(package).notes
        counts, warnings = _push(col, package, notes, ledger, move=move)
    return Pushed(counts, warnings, str(folder))


def _is_database(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(16) == b"SQLite format 3\0"


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[Collection]:
    try:
        from anki.collection import Collection  # noqa: PLC0415 - an extra that few need
        from anki.errors import DBError  # noqa: PLC0415 - see above
    except ImportError as error:
        raise MissingProgram("pushing into a collection needs the package anki: pip install 'orgkb[push]'") from error
    try:
        col = Collection(str(file))
    except DBError as error:
        raise OutputError(f"{file}: {str(error).rstrip('.')}; nothing was changed. Close Anki and try again") from error
    try:
        yield col
    finally:
        col.close()


def _push(
    col: Collection, package: bytes, notes: Mapping[str, ReadNote], ledger: Ledger, *, move: bool
) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """What was done, counted, and warnings."""
    before = _known(col)
    own = {guid: _own(col, before[guid]) for guid in notes if guid in before}
    log = _import(col, package)
    _give_back(col, before, own)
    live = {guid: note for guid, note in notes.items() if REMOVED_TAG not in note.tags}
    moved = _move(col, live) if move else 0
    present = _known(col)
    gone = {entry.guid for entry in ledger.notes if entry.removed} - live.keys()
    doomed = {present[guid] for guid in gone if guid in present}
    if doomed:
        col.remove_notes(sorted(doomed))
        _remove_unused_decks(col, {note.deck for guid, note in notes.items() if guid not in live})
    emptied = _remove_empty(col, {present[guid] for guid in live if guid in present})
    counts = (
        # What the package brings with the tag `orgkb::removed` alone is no news.
        ("new", sum(item.id.nid not in doomed for item in log.new)),
        ("changed", sum(item.id.nid not in doomed for item in log.updated)),
        ("moved", moved),
        ("deleted", sum(guid in before for guid in gone)),
        ("empty cards removed", emptied),
    )
    refused = len(log.conflicting)
    why = "their note type in the collection is not ours any more; was a field added or renamed?"
    return counts, (f"{refused} notes were not updated: {why}",) if refused else ()


def _known(col: Collection) -> dict[str, NoteId]:
    """The ids of the collection's notes by GUID."""
    assert col.db is not None
    return {str(guid): note for guid, note in col.db.execute("SELECT guid, id FROM notes")}


def _own(col: Collection, note_id: NoteId) -> _Own:
    note = col.get_note(note_id)
    tags = frozenset(tag for tag in note.tags if not tag.startswith(OUR_TAG))
    return _Own(tags, dict(note.items()).get(_OWN, ""))


def _import(col: Collection, package: bytes) -> ImportResponse.Log:
    """Import PACKAGE with the options of Anki's own dialog; the user's choices there stay as they are."""
    from anki import import_export_pb2 as pb  # noqa: PLC0415 - an extra that few need
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest  # noqa: PLC0415 - see above

    newer = pb.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER
    options = ImportAnkiPackageOptions(update_notes=newer, update_notetypes=newer)
    with tempfile.TemporaryDirectory(prefix="orgkb-") as folder:
        path = Path(folder) / "deck.apkg"
        path.write_bytes(package)
        return col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log


def _give_back(col: Collection, before: Mapping[str, NoteId], own: Mapping[str, _Own]) -> None:
    """Put the user's tags and remarks back onto the notes that the import replaced."""
    changed = []
    for guid, users in own.items():
        note = col.get_note(before[guid])
        lost_tags = users.tags - set(note.tags)
        lost_remark = bool(users.remark) and _OWN in note and note[_OWN] != users.remark
        if not lost_tags and not lost_remark:
            continue
        note.tags = sorted({*note.tags, *lost_tags})
        if lost_remark:
            note[_OWN] = users.remark
        changed.append(note)
    if changed:
        col.update_notes(changed)


def _move(col: Collection, live: Mapping[str, ReadNote]) -> int:
    """Move the cards of LIVE that lie in another deck than the notes say; how many notes that were."""
    assert col.db is not None
    names = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    misplaced: dict[str, list[CardId]] = defaultdict(list)
    moved: set[str] = set()
    rows = col.db.execute("SELECT n.guid, c.id, c.did, c.odid FROM cards c JOIN notes n ON n.id = c.nid ORDER BY c.id")
    for guid, card, deck, home in rows:
        # A card in a filtered deck is at home in `odid`.
        if guid in live and names.get(home or deck, "").casefold() != live[guid].deck.casefold():
            misplaced[live[guid].deck].append(card)
            moved.add(guid)
    for name, cards in sorted(misplaced.items()):
        deck_id = col.decks.id(name)
        assert deck_id is not None
        col.set_deck(cards, deck_id)
    return len(moved)


def _remove_empty(col: Collection, ours: AbstractSet[NoteId]) -> int:
    """Remove the cards of OURS that ask nothing any more, such as a reverse that is no longer made."""
    from anki.cards import CardId as card_type  # noqa: N813, PLC0415 - an extra that few need; a type that converts

    reports = [note for note in col.get_empty_cards().notes if note.note_id in ours and not note.will_delete_note]
    cards = [card_type(card) for note in reports for card in note.card_ids]
    if cards:
        col.remove_cards_and_orphaned_notes(cards)
    return len(cards)


def _remove_unused_decks(col: Collection, names: Iterable[str]) -> None:
    """Remove those of the decks NAMES, made for removed notes alone, that are empty."""
    for name in names:
        deck_id = col.decks.id_for_name(name)
        if deck_id is not None and not col.decks.card_count(deck_id, include_subdecks=True):
            col.decks.remove([deck_id])
