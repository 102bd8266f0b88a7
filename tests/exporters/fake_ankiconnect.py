"""AnkiConnect in small: the HTTP server, strict about its protocol, before a collection of the real Anki."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anki.collection import Collection

# Parameters of the actions, as the add-on declares them: (needed, allowed besides).
PARAMETERS: dict[str, tuple[set[str], set[str]]] = {
    "version": (set(), set()),
    "multi": ({"actions"}, set()),
    "modelNames": (set(), set()),
    "modelFieldNames": ({"modelName"}, set()),
    "createModel": ({"modelName", "inOrderFields", "cardTemplates"}, {"css", "isCloze"}),
    "createDeck": ({"deck"}, set()),
    "findNotes": ({"query"}, set()),
    "notesInfo": ({"notes"}, set()),
    "addNotes": ({"notes"}, set()),
    "updateNote": ({"note"}, set()),
    "addTags": ({"notes", "tags"}, {"add"}),
    "getDecks": ({"cards"}, set()),
    "changeDeck": ({"cards", "deck"}, set()),
    "deleteNotes": ({"notes"}, set()),
    "getMediaFilesNames": (set(), {"pattern"}),
    "storeMediaFile": ({"filename"}, {"data", "path", "url", "skipHash", "deleteExisting"}),
    "guiSelectedNotes": (set(), set()),
}


class FakeAnkiConnect:
    def __init__(self, col: Collection, key: str = "", *, tells_times: bool = True, version: int = 6) -> None:
        self.col = col
        self.key = key
        self.tells_times = tells_times
        self.speaks = version
        self.selected: list[int] = []
        self.calls: list[str] = []
        """Actions, also those inside `multi`."""
        self.requests = 0
        self.address = ""

    def answer(self, request: Any) -> dict[str, Any]:
        try:
            assert set(request) <= {"action", "version", "params", "key"}, f"unknown part of a request: {set(request)}"
            assert request["version"] == 6
            assert request.get("key", "") == self.key, "valid api key must be provided"
            action, params = request["action"], request.get("params", {})
            needed, more = PARAMETERS[action]
            assert needed <= set(params) <= needed | more, f"{action}({', '.join(params)})"
            self.calls.append(action)
            function: Callable[..., Any] = getattr(self, action)
            return {"result": function(**params), "error": None}
        except Exception as error:  # noqa: BLE001 - as the add-on does
            return {"result": None, "error": str(error) or type(error).__name__}

    def version(self) -> int:
        return self.speaks

    def multi(self, actions: list[Any]) -> list[Any]:
        return [self.answer(action) for action in actions]

    def modelNames(self) -> list[str]:  # noqa: N802 - AnkiConnect's name, here and below
        return [found.name for found in self.col.models.all_names_and_ids()]

    def modelFieldNames(self, modelName: str) -> list[str]:  # noqa: N802, N803
        model = self.col.models.by_name(modelName)
        assert model is not None
        return self.col.models.field_names(model)

    def createModel(  # noqa: N802
        self,
        modelName: str,  # noqa: N803
        inOrderFields: list[str],  # noqa: N803
        cardTemplates: list[dict[str, str]],  # noqa: N803
        css: str = "",
        isCloze: bool = False,  # noqa: N803
    ) -> None:
        assert modelName not in self.modelNames(), "Model name already exists"
        model = self.col.models.new(modelName)
        model["type"], model["css"] = int(isCloze), css
        for name in inOrderFields:
            self.col.models.add_field(model, self.col.models.new_field(name))
        for card in cardTemplates:
            template = self.col.models.new_template(card["Name"])
            template["qfmt"], template["afmt"] = card["Front"], card["Back"]
            self.col.models.add_template(model, template)
        self.col.models.add(model)

    def createDeck(self, deck: str) -> int | None:  # noqa: N802
        return self.col.decks.id(deck)

    def findNotes(self, query: str) -> list[int]:  # noqa: N802
        return list(map(int, self.col.find_notes(query)))

    def notesInfo(self, notes: list[Any]) -> list[dict[str, Any]]:  # noqa: N802
        found = []
        for note_id in notes:
            note = self.col.get_note(note_id)
            kind = note.note_type()
            assert kind is not None
            info = {
                "noteId": note.id,
                "tags": note.tags,
                "fields": {name: {"value": v, "order": i} for i, (name, v) in enumerate(note.items())},
                "modelName": kind["name"],
                "cards": list(note.card_ids()),
            }
            found.append(info | {"mod": note.mod} if self.tells_times else info)
        return found

    def addNotes(self, notes: list[dict[str, Any]]) -> list[int | None]:  # noqa: N802
        return [self._add(**note) for note in notes]

    def _add(
        self,
        deckName: str,  # noqa: N803
        modelName: str,  # noqa: N803
        fields: dict[str, str],
        tags: list[str],
        options: dict[str, bool],
    ) -> int | None:
        assert options == {"allowDuplicate": True}
        model = self.col.models.by_name(modelName)
        deck = self.col.decks.id_for_name(deckName)
        assert model is not None, "model was not found"
        assert deck is not None, "deck was not found"
        note = self.col.new_note(model)
        note.tags = tags
        for name, value in fields.items():
            note[name] = value
        self.col.add_note(note, deck)
        return note.id if note.card_ids() else None

    def updateNote(self, note: dict[str, Any]) -> None:  # noqa: N802
        assert {"id"} < set(note) <= {"id", "fields", "tags"}
        there = self.col.get_note(note["id"])
        for name, value in note.get("fields", {}).items():
            there[name] = value
        there.tags = note.get("tags", there.tags)
        self.col.update_note(there)

    def addTags(self, notes: list[Any], tags: str, add: bool = True) -> None:  # noqa: N802
        assert add
        self.col.tags.bulk_add(notes, tags)

    def getDecks(self, cards: list[Any]) -> dict[str, list[int]]:  # noqa: N802
        found: dict[str, list[int]] = {}
        for card in cards:
            found.setdefault(self.col.decks.name(self.col.get_card(card).did), []).append(card)
        return found

    def changeDeck(self, cards: list[Any], deck: str) -> None:  # noqa: N802
        deck_id = self.col.decks.id(deck)
        assert deck_id is not None
        self.col.set_deck(cards, deck_id)

    def deleteNotes(self, notes: list[Any]) -> None:  # noqa: N802
        self.col.remove_notes(notes)

    def getMediaFilesNames(self, pattern: str = "*") -> list[str]:  # noqa: N802
        return [path.name for path in Path(self.col.media.dir()).glob(pattern)]

    def storeMediaFile(self, filename: str, data: str, deleteExisting: bool = True) -> str:  # noqa: N802, N803
        assert not deleteExisting
        return self.col.media.write_data(filename, base64.b64decode(data))

    def guiSelectedNotes(self) -> list[int]:  # noqa: N802
        return self.selected


@contextmanager
def served(fake: FakeAnkiConnect) -> Iterator[FakeAnkiConnect]:
    """FAKE behind a port of this machine, named in its `address`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.requests += 1
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = json.dumps(fake.answer(request)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
