"""Pushing into a running Anki through the add-on AnkiConnect, version 6 of its protocol, on this machine only.

Notes are known there by their field ID, as the add-on tells no GUIDs; each kind of request is sent
in batches through the action `multi`, so that a deck takes seconds and not hours.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar
from unicodedata import normalize

import msgspec

from orgkb.errors import OutputError, UsageError
from orgkb.exporter import Pushed, PushRequest
from orgkb_exporters import html
from orgkb_exporters.anki.ledger import REMOVED_TAG, Entry, Ledger
from orgkb_exporters.anki.note_types import EDITOR_PREFIX, note_type
from orgkb_exporters.anki.package import ReadNote, ReadPackage, read_package

VERSION: Final = 6
DEFAULT_ADDRESS: Final = "http://127.0.0.1:8765"
BATCH: Final = 100
"""Notes in one request."""
BATCH_BYTES: Final = 2_000_000
"""Bytes of pictures in one request."""
TIMEOUT: Final = 120
"""Seconds that Anki may take for one request."""
MAX_REPLY: Final = 1 << 28
"""Most bytes of one reply."""
_OUR_TAG: Final = "orgkb::"
_OWN: Final = "Mine"

T = TypeVar("T")


class _Note(msgspec.Struct, frozen=True):
    """A note as AnkiConnect tells it."""

    id: int
    kind: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    cards: tuple[int, ...]
    modified: int | None
    """Seconds since 1970; None where this AnkiConnect does not tell."""


def push_through(request: PushRequest, package: bytes, ledger: Ledger) -> Pushed:
    """Bring PACKAGE into the Anki that runs at the address in REQUEST.

    Raises UsageError for an address that is not this machine's, OutputError where Anki does not
    answer or refuses.
    """
    client = _Client(request.connect or DEFAULT_ADDRESS, request.key)
    read = read_package(package)
    entries = {entry.guid: entry for entry in ledger.notes}
    version = client("version")
    if not isinstance(version, int) or version < VERSION:
        raise OutputError(f"AnkiConnect speaks version {version} of its protocol; version {VERSION} is needed")
    push = _Push(client, read, entries)
    return push.run(move=request.move, prune=request.prune)


class _Push:
    def __init__(self, client: _Client, package: ReadPackage, entries: Mapping[str, Entry]) -> None:
        self.client = client
        self.package = package
        self.entries = entries
        self.live = {guid: note for guid, note in package.notes.items() if REMOVED_TAG not in note.tags}
        self.warnings: list[str] = []

    def run(self, *, move: bool, prune: bool) -> Pushed:
        self._make_note_types()
        known = self._match(self._notes_there())
        new = [note for guid, note in self.live.items() if guid not in known]
        stale = {
            guid: known[guid] for guid, note in self.live.items() if guid in known and self._is_older(known[guid], note)
        }
        self._store_pictures((*new, *(self.live[guid] for guid in stale)))
        for name in sorted({note.deck for note in self.live.values()}):
            self.client("createDeck", deck=name)
        added = self._add(new)
        changed = self._update(stale)
        moved = self._move({guid: note for guid, note in known.items() if guid in self.live}) if move else 0
        gone = [known[e.guid] for e in self.entries.values() if e.removed and e.guid in known]
        tagged = deleted = 0
        if gone and prune:
            for batch in _batches([note.id for note in gone], BATCH):
                self.client("deleteNotes", notes=batch)
            deleted = len(gone)
        elif gone:
            fresh = [note.id for note in gone if REMOVED_TAG not in note.tags]
            for batch in _batches(fresh, BATCH):
                self.client("addTags", notes=batch, tags=REMOVED_TAG)
            tagged = len(fresh)
        counts = (
            ("new", added),
            ("changed", changed),
            ("moved", moved),
            ("tagged as removed", tagged),
            ("deleted", deleted),
        )
        return Pushed(counts, tuple(self.warnings))

    def _make_note_types(self) -> None:
        """Make the note types that Anki does not have; one that it has must have our fields, its looks are the user's."""
        there = set(self.client("modelNames"))
        for kind in sorted({note.kind for note in self.live.values()}):
            ours = note_type(kind)
            if ours.name not in there:
                self.client(
                    "createModel",
                    modelName=ours.name,
                    inOrderFields=list(ours.fields),
                    css=ours.style(),
                    isCloze=ours.cloze,
                    cardTemplates=[
                        {"Name": name, "Front": front, "Back": back}
                        for (name, _), (front, back) in zip(ours.templates, ours.sides(), strict=True)
                    ],
                )
                continue
            fields = self.client("modelFieldNames", modelName=ours.name)
            if not set(ours.fields) <= set(fields):
                missing = ", ".join(sorted(set(ours.fields) - set(fields)))
                raise OutputError(f"the note type {ours.name} in Anki lacks fields ({missing}); nothing was pushed")

    def _notes_there(self) -> list[_Note]:
        """All notes of our note types in the collection."""
        kinds = sorted({note.kind for note in self.package.notes.values()})
        searches = [{"query": f'"note:{_searched(note_type(kind).name)}"'} for kind in kinds]
        ids = sorted({i for found in self.client.many("findNotes", searches) for i in found})
        names = {note_type(kind).name: kind for kind in kinds}
        requests = [{"notes": batch} for batch in _batches(ids, BATCH)]
        notes: list[_Note] = []
        for infos in self.client.many("notesInfo", requests, each=5):
            notes += (_read(info, names) for info in infos if info and info.get("modelName") in names)
        return notes

    def _match(self, there: Iterable[_Note]) -> dict[str, _Note]:
        """The notes in Anki by our GUIDs: found by the name that they have now, else by one that they had."""
        # A note type of the user's has no field for our name: its first field is it.
        by_name: dict[tuple[str, str], _Note] = {}
        by_id = {f"anki-note:{note.id}": note for note in there}
        for note in there:
            if note.kind.startswith(EDITOR_PREFIX) and not any(tag.startswith(_OUR_TAG) for tag in note.tags):
                # The user's own note of the user's own type: only its id, written in the notes, makes it ours.
                continue
            first = next(iter(note.fields.values()), "")
            by_name.setdefault((note.kind, normalize("NFC", first)), note)
        known: dict[str, _Note] = {}
        for guid, packed in self.package.notes.items():
            entry = self.entries.get(guid)
            if entry is not None and entry.anchor in by_id:
                # anki-editor wrote Anki's own id into the notes.
                known[guid] = by_id[entry.anchor]
                continue
            former = reversed(entry.former) if entry else ()
            for name in (packed.fields[0], *map(html.text, former)):
                found = by_name.pop((packed.kind, normalize("NFC", name)), None)
                if found is not None:
                    known[guid] = found
                    break
        return known

    def _is_older(self, there: _Note, ours: ReadNote) -> bool:
        """Whether the note in Anki is to be updated: as in an import, if ours is newer, so that own edits stay."""
        if there.modified is not None and there.modified >= ours.modified and REMOVED_TAG not in there.tags:
            return False
        return self._differs(there, ours)

    def _differs(self, there: _Note, ours: ReadNote) -> bool:
        fields = self._fields(ours)
        same = all(normalize("NFC", there.fields.get(name, "")) == value for name, value in fields.items())
        own_tags = {tag for tag in there.tags if tag.startswith(_OUR_TAG)}
        return (
            not same
            or own_tags != {t for t in ours.tags if t.startswith(_OUR_TAG)}
            or not {*ours.tags} <= {*there.tags}
        )

    def _fields(self, note: ReadNote) -> dict[str, str]:
        """The fields that we write: never the user's own."""
        names = note_type(note.kind).fields
        return {name: normalize("NFC", v) for name, v in zip(names, note.fields, strict=True) if name != _OWN}

    def _store_pictures(self, notes: Iterable[ReadNote]) -> None:
        wanted = sorted({name for note in notes for name in self.package.media if any(name in f for f in note.fields)})
        if not wanted:
            return
        there = set(self.client("getMediaFilesNames", pattern="orgkb-*"))
        # Names are made of the content: one that is there is the same.
        missing = [name for name in wanted if name not in there]
        requests = [
            {"filename": name, "data": base64.b64encode(self.package.media[name]).decode(), "deleteExisting": False}
            for name in missing
        ]
        for batch in _by_size(requests):
            self.client.many("storeMediaFile", batch)

    def _add(self, notes: Sequence[ReadNote]) -> int:
        requests = [
            {
                "deckName": note.deck,
                "modelName": note_type(note.kind).name,
                "fields": self._fields(note),
                "tags": list(note.tags),
                # Nobody but us writes the first field, and what it names is not there yet.
                "options": {"allowDuplicate": True},
            }
            for note in notes
        ]
        added = 0
        for batch in _batches(requests, BATCH):
            added += sum(note_id is not None for note_id in self.client("addNotes", notes=batch))
        if added < len(notes):
            self.warnings.append(f"Anki refused {len(notes) - added} of {len(notes)} new notes")
        return added

    def _update(self, stale: Mapping[str, _Note]) -> int:
        if not stale:
            return 0
        requests = [
            {
                "note": {
                    "id": there.id,
                    "fields": self._fields(self.live[guid]),
                    "tags": sorted({*self.live[guid].tags, *(t for t in there.tags if not t.startswith(_OUR_TAG))}),
                }
            }
            for guid, there in stale.items()
        ]
        self.client.many("updateNote", requests)
        # Anki's browser writes the note that it shows back over the update.
        shown = set(self.client("guiSelectedNotes")) & {note.id for note in stale.values()}
        if shown:
            self.warnings.append(f"{len(shown)} updated notes are open in Anki's browser: close it and push again")
        return len(stale)

    def _move(self, known: Mapping[str, _Note]) -> int:
        cards = {card: guid for guid, note in known.items() for card in note.cards}
        misplaced: dict[str, list[int]] = defaultdict(list)
        moved: set[str] = set()
        requests = [{"cards": batch} for batch in _batches(sorted(cards), BATCH * 5)]
        for decks in self.client.many("getDecks", requests):
            for deck, here in decks.items():
                for card in here:
                    wanted = self.live[cards[card]].deck
                    if wanted.casefold() != deck.casefold():
                        misplaced[wanted].append(card)
                        moved.add(cards[card])
        self.client.many("changeDeck", [{"cards": c, "deck": d} for d, c in sorted(misplaced.items())])
        return len(moved)


class _Client:
    """Calls AnkiConnect: a JSON request and reply for each action."""

    def __init__(self, address: str, key: str) -> None:
        self._address = _checked(address)
        self._key = key
        # No proxy and no redirection: what is sent stays on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirection())

    def __call__(self, action: str, **params: Any) -> Any:
        return self._result(self._post(self._request(action, params)), action)

    def many(self, action: str, requests: Iterable[dict[str, Any]], each: int = BATCH) -> Iterator[Any]:
        """The results of ACTION for each of REQUESTS, EACH of them in one call."""
        results: list[Any] = []
        for batch in _batches(list(requests), each):
            replies = self("multi", actions=[self._request(action, params) for params in batch])
            if not isinstance(replies, list) or len(replies) != len(batch):
                raise OutputError(f"AnkiConnect answered {action} in a way that is not its protocol")
            results += (self._result(reply, action) for reply in replies)
        return iter(results)

    def _request(self, action: str, params: dict[str, Any]) -> dict[str, Any]:
        request: dict[str, Any] = {"action": action, "version": VERSION, "params": params}
        return request | {"key": self._key} if self._key else request

    def _post(self, request: dict[str, Any]) -> Any:
        data = json.dumps(request, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        try:
            message = urllib.request.Request(self._address, data, headers)  # noqa: S310 - _checked allows http to this machine only
            with self._opener.open(message, timeout=TIMEOUT) as reply:
                return json.loads(reply.read(MAX_REPLY))
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise OutputError(
                f"no AnkiConnect at {self._address} ({reason}). Is Anki running, with the add-on AnkiConnect?"
            ) from error

    def _result(self, reply: Any, action: str) -> Any:
        if not isinstance(reply, dict) or not {"result", "error"} <= reply.keys():
            raise OutputError(f"AnkiConnect answered {action} in a way that is not its protocol")
        if reply["error"] is not None:
            hint = " (say it in ANKICONNECT_KEY)" if "api key" in str(reply["error"]) else ""
            raise OutputError(f"AnkiConnect refused {action}: {reply['error']}{hint}")
        return reply["result"]


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def _checked(address: str) -> str:
    """ADDRESS, if it is one of this machine."""
    full = address if "://" in address else f"http://{address}"
    try:
        parts = urllib.parse.urlsplit(full)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(f"--connect {address}: {error}") from error
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if parts.scheme != "http" or not loopback or parts.username is not None:
        raise UsageError(
            f"--connect {address}: only http at this machine's own address is allowed, as {DEFAULT_ADDRESS}"
        )
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port or 8765}"


def _searched(name: str) -> str:
    """NAME as Anki's search takes it literally."""
    return "".join(f"\\{sign}" if sign in '\\"*_:' else sign for sign in name)


def _read(info: Mapping[str, Any], kinds: Mapping[str, str]) -> _Note:
    fields = sorted(info["fields"].items(), key=lambda pair: pair[1]["order"])
    return _Note(
        id=info["noteId"],
        kind=kinds[info["modelName"]],
        fields={name: value["value"] for name, value in fields},
        tags=tuple(info["tags"]),
        cards=tuple(info["cards"]),
        modified=info.get("mod"),
    )


def _batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    return (list(items[i : i + size]) for i in range(0, len(items), size))


def _by_size(requests: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """REQUESTS with pictures in parts of about BATCH_BYTES."""
    part: list[dict[str, Any]] = []
    size = 0
    for request in requests:
        if part and (size > BATCH_BYTES or len(part) == BATCH):
            yield part
            part, size = [], 0
        part.append(request)
        size += len(request["data"])
    if part:
        yield part
