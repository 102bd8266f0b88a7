"""Bringing a deck into a collection: closed, with the real Anki, and open, through AnkiConnect's protocol."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgkb.errors import InputError, MissingProgram, OutputError, UsageError
from orgkb.exporter import Pushed, PushRequest
from tests.exporters.anki_notes import Anki, Bench, Note, graph, org_graph
from tests.exporters.fake_ankiconnect import FakeAnkiConnect, served
from tests.exporters.test_anki_import import schedule, study

POD = Note("pod", "group of containers that share storage and a network address")
NODE = Note("node", "machine on which the pods of a cluster are started")
IMAGE = Note("image", "read-only template from which containers are started")
EDITED = Note("node", "machine on which pods are started by the kubelet")


class User:
    """A user with notes, and a collection that is open only while looked at."""

    def __init__(self, folder: Path) -> None:
        self.bench = Bench()
        self.folder = folder
        with self.anki():
            pass

    def anki(self) -> Closing:
        return Closing(Anki(self.folder))

    def push(self, *notes: Note, path: str = "docker.org") -> dict[str, int]:
        self.bench.build(graph({path: notes}))
        return dict(self.result().counts)

    def result(self, *, move: bool = True) -> Pushed:
        return self.bench.exporter.push(self.bench.written.get, PushRequest(collection=self.folder, move=move))


class Closing:
    def __init__(self, anki: Anki) -> None:
        self._anki = anki

    def __enter__(self) -> Anki:
        return self._anki

    def __exit__(self, *_: object) -> None:
        self._anki.close()


@pytest.fixture
def user(tmp_path: Path) -> User:
    return User(tmp_path / "user")


def test_a_closed_collection_takes_the_deck_and_a_second_push_changes_nothing(user: User) -> None:
    assert user.push(POD, NODE) == {"new": 2, "changed": 0, "moved": 0, "deleted": 0, "empty cards removed": 0}
    assert set(dict(user.result().counts).values()) == {0}
    with user.anki() as anki:
        assert [fields["ID"] for fields in anki.fields()] == ["docker/pod", "docker/node"]
        report, ok = anki.col.fix_integrity()
        assert ok, report


def test_a_backup_is_made_before_anything_is_changed(user: User) -> None:
    user.push(POD, NODE)
    user.push(POD, EDITED)
    backups = list((user.folder / "backups").glob("*.colpkg"))
    assert backups
    assert user.result().backup == str(user.folder / "backups")


def test_removed_notes_are_deleted_and_the_schedules_of_the_others_stay(user: User) -> None:
    user.push(POD, NODE, IMAGE)
    with user.anki() as anki:
        before = study(anki)
        gone = set(anki.col.find_cards("ID:docker/node"))
    assert user.push(POD, IMAGE)["deleted"] == 1
    with user.anki() as anki:
        assert sorted(fields["ID"] for fields in anki.fields()) == ["docker/image", "docker/pod"]
        assert schedule(anki) == {card: seen for card, seen in before.items() if card not in gone}
        assert not anki.col.decks.id_for_name("Containers::removed from the notes")


def test_what_a_collection_never_had_is_not_counted_nor_left_there(user: User) -> None:
    user.bench.build(graph({"docker.org": [POD, NODE]}))
    counts = user.push(POD)
    assert (counts["new"], counts["deleted"]) == (1, 0)
    with user.anki() as anki:
        assert [fields["ID"] for fields in anki.fields()] == ["docker/pod"]


def test_cards_move_with_their_notes_unless_they_are_to_stay(user: User) -> None:
    user.push(POD, NODE)
    with user.anki() as anki:
        before = study(anki)
        deck = anki.col.decks.id("My own")
        assert deck is not None
        anki.col.set_deck(anki.col.find_cards("ID:docker/pod"), deck)
    assert dict(user.result(move=False).counts)["moved"] == 0
    with user.anki() as anki:
        assert anki.col.find_cards('deck:"My own"')
    assert user.push(POD, NODE, path="sub/kubernetes.org")["moved"] == 2
    with user.anki() as anki:
        assert len(anki.col.find_cards("deck:Containers::kubernetes")) == len(before)
        assert schedule(anki) == before


def test_own_tags_and_remarks_stay_even_on_a_note_that_changed(user: User) -> None:
    user.push(POD, NODE)
    with user.anki() as anki:
        note = anki.col.get_note(anki.col.find_notes("ID:docker/node")[0])
        note["Mine"] = "seen in a talk"
        note.tags += ["leech", "marked"]
        note.mod -= 10_000_000
        anki.col.update_note(note)
        # The user's edit lies before the notes' change.
        assert anki.col.db is not None
        anki.col.db.execute("UPDATE notes SET mod = ? WHERE id = ?", user.bench.clock, note.id)
    assert user.push(POD, EDITED)["changed"] == 1
    with user.anki() as anki:
        note = anki.col.get_note(anki.col.find_notes("ID:docker/node")[0])
        assert note["Definition"] == EDITED.text
        assert note["Mine"] == "seen in a talk"
        assert {"leech", "marked"} <= set(note.tags)


def test_a_reverse_that_is_no_longer_made_leaves_no_empty_card(user: User) -> None:
    user.push(POD)
    assert user.push(Note("pod", "manages containers that share an address"))["empty cards removed"] == 1
    with user.anki() as anki:
        assert anki.col.card_count() == 1


def test_an_open_collection_is_refused_and_left_alone(user: User) -> None:
    user.bench.build(graph({"docker.org": [POD]}))
    with user.anki() as anki:
        with pytest.raises(OutputError, match="Close Anki"):
            user.result()
        assert anki.fields() == []


def test_what_is_no_collection_is_refused(user: User, tmp_path: Path) -> None:
    user.bench.build(graph({"docker.org": [POD]}))
    (tmp_path / "x.anki2").write_text("no database")
    for path in (tmp_path / "x.anki2", tmp_path / "nowhere", tmp_path):
        with pytest.raises(InputError, match="no Anki collection"):
            user.bench.exporter.push(user.bench.written.get, PushRequest(collection=path))
    assert not (tmp_path / "nowhere").exists()


def test_without_the_anki_package_the_extra_is_named(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    user.bench.build(graph({"docker.org": [POD]}))
    monkeypatch.setitem(sys.modules, "anki.collection", None)
    with pytest.raises(MissingProgram, match="push"):
        user.result()


# AnkiConnect


@pytest.fixture
def connected(tmp_path: Path) -> Iterator[tuple[Bench, FakeAnkiConnect, Anki]]:
    anki = Anki(tmp_path / "running")
    with served(FakeAnkiConnect(anki.col)) as fake:
        yield Bench(), fake, anki
    anki.close()


def send(
    bench: Bench, fake: FakeAnkiConnect, *notes: Note, path: str = "docker.org", prune: bool = False
) -> dict[str, int]:
    bench.build(graph({path: notes}))
    request = PushRequest(connect=fake.address, prune=prune)
    return {what: count for what, count in bench.exporter.push(bench.written.get, request).counts if count}


def test_a_running_anki_takes_the_deck_and_a_second_push_sends_no_note(
    connected: tuple[Bench, FakeAnkiConnect, Anki],
) -> None:
    bench, fake, anki = connected
    assert send(bench, fake, POD, NODE) == {"new": 2}
    assert sorted(fields["ID"] for fields in anki.fields()) == ["docker/node", "docker/pod"]
    assert len(anki.col.find_cards("deck:Containers::docker")) == 4
    fake.calls.clear()
    assert send(bench, fake, POD, NODE) == {}
    assert not {"addNotes", "updateNote", "storeMediaFile", "changeDeck", "createModel"} & set(fake.calls)


def test_an_edit_a_renamed_term_and_a_renamed_file_reach_the_same_notes(
    connected: tuple[Bench, FakeAnkiConnect, Anki],
) -> None:
    bench, fake, anki = connected
    bench.clock = 4_000_000_000  # the notes are younger than what Anki wrote now
    send(bench, fake, POD, NODE, IMAGE)
    before = study(anki)
    note = anki.col.get_note(anki.col.find_notes("ID:docker/node")[0])
    note["Mine"] = "mine"
    note.tags.append("leech")
    anki.col.update_note(note)
    renamed = Note("pods", POD.text)
    # Built once without a push in between: the name that Anki knows is two builds old.
    bench.build(graph({"docker.org": [renamed, NODE, IMAGE]}))
    assert send(bench, fake, renamed, EDITED, IMAGE, path="kubernetes.org") == {"changed": 3, "moved": 3}
    assert schedule(anki) == before
    node = anki.col.get_note(anki.col.find_notes("ID:kubernetes/node")[0])
    assert (node["Definition"], node["Mine"]) == (EDITED.text, "mine")
    assert "leech" in node.tags
    assert "orgkb::docker::Terms" not in node.tags


def test_own_edits_stay_where_the_notes_did_not_change(connected: tuple[Bench, FakeAnkiConnect, Anki]) -> None:
    bench, fake, anki = connected
    send(bench, fake, POD, NODE)
    note = anki.col.get_note(anki.col.find_notes("ID:docker/pod")[0])
    note["Definition"] = "said in my own words"
    anki.col.update_note(note)
    assert send(bench, fake, POD, NODE) == {}
    assert anki.fields("ID:docker/pod")[0]["Definition"] == "said in my own words"


def test_nothing_is_deleted_without_prune(connected: tuple[Bench, FakeAnkiConnect, Anki]) -> None:
    bench, fake, anki = connected
    send(bench, fake, POD, NODE)
    assert send(bench, fake, POD) == {"tagged as removed": 1}
    assert "deleteNotes" not in fake.calls
    assert [fields["ID"] for fields in anki.fields("tag:orgkb::removed")] == ["docker/node"]
    assert send(bench, fake, POD) == {}
    assert send(bench, fake, POD, prune=True) == {"deleted": 1}
    assert [fields["ID"] for fields in anki.fields()] == ["docker/pod"]


def test_what_comes_back_loses_the_tag(connected: tuple[Bench, FakeAnkiConnect, Anki]) -> None:
    bench, fake, anki = connected
    send(bench, fake, POD, NODE)
    send(bench, fake, POD)
    assert send(bench, fake, POD, NODE) == {"changed": 1}
    assert anki.fields("tag:orgkb::removed") == []


def test_many_notes_go_in_few_requests(connected: tuple[Bench, FakeAnkiConnect, Anki]) -> None:
    bench, fake, anki = connected
    notes = [Note(f"term{i:03}", f"kind of machine number {i} that carries loads of sort {i}") for i in range(350)]
    assert send(bench, fake, *notes) == {"new": 350}
    assert anki.col.note_count() == 350
    assert fake.requests < 25


def test_focus_maps_are_stored_once(connected: tuple[Bench, FakeAnkiConnect, Anki]) -> None:
    bench, fake, anki = connected
    linked = [("node", "starts", "pod"), ("image", "becomes", "pod")]
    for _ in range(2):
        bench.build(graph({"docker.org": [POD, NODE, IMAGE]}, relations=linked))
        bench.exporter.push(bench.written.get, PushRequest(connect=fake.address))
    assert 1 <= fake.calls.count("storeMediaFile") <= 3
    assert not anki.col.media.check().missing


EDITOR = """\
* capital of France
:PROPERTIES:
:ANKI_NOTE_TYPE: Basic
:END:
** Front
What is the capital of France?
** Back
Paris, of course
"""


def test_a_note_of_the_user_s_own_is_touched_only_where_the_notes_hold_its_id(
    connected: tuple[Bench, FakeAnkiConnect, Anki],
) -> None:
    bench, fake, anki = connected
    bench.clock = 4_000_000_000
    basic = anki.col.models.by_name("Basic")
    deck = anki.col.decks.id("Mine")
    assert basic is not None
    assert deck is not None
    own = anki.col.new_note(basic)
    own["Front"], own["Back"] = '<p dir="auto">What is the capital of France?</p>', "my own answer"
    anki.col.add_note(own, deck)

    def push(org: str) -> None:
        bench.build(org_graph({"/notes/k.org": org}))
        bench.exporter.push(bench.written.get, PushRequest(connect=fake.address))

    push(EDITOR)
    assert anki.col.get_note(own.id)["Back"] == "my own answer"
    assert anki.col.note_count() == 2
    push(EDITOR.replace(":END:", f":ANKI_NOTE_ID: {own.id}\n:END:", 1))
    assert "Paris" in anki.col.get_note(own.id)["Back"]


def test_another_machine_is_never_spoken_to() -> None:
    bench = Bench()
    bench.build(graph({"docker.org": [POD]}))
    for address in (
        "http://192.168.0.7:8765",
        "https://127.0.0.1",
        "http://example.org",
        "http://a@127.0.0.1",
        "ftp://[::1]",
    ):
        with pytest.raises(UsageError, match="this machine"):
            bench.exporter.push(bench.written.get, PushRequest(connect=address))


def test_no_answer_a_wrong_key_and_an_old_add_on_are_said(connected: tuple[Bench, FakeAnkiConnect, Anki]) -> None:
    bench, fake, _ = connected
    bench.build(graph({"docker.org": [POD]}))

    def push(address: str, key: str = "") -> None:
        bench.exporter.push(bench.written.get, PushRequest(connect=address, key=key))

    with pytest.raises(OutputError, match="Is Anki running"):
        push("127.0.0.1:9")
    fake.key = "secret"
    with pytest.raises(OutputError, match="ANKICONNECT_KEY"):
        push(fake.address)
    push(fake.address, "secret")
    fake.speaks = 5
    with pytest.raises(OutputError, match="version 6 is needed"):
        push(fake.address, "secret")


def test_an_add_on_that_tells_no_times_is_compared_by_content(
    connected: tuple[Bench, FakeAnkiConnect, Anki],
) -> None:
    bench, fake, anki = connected
    fake.tells_times = False
    send(bench, fake, POD, NODE)
    assert send(bench, fake, POD, NODE) == {}
    assert send(bench, fake, POD, EDITED) == {"changed": 1}
    assert anki.fields("ID:docker/node")[0]["Definition"] == EDITED.text


def test_updates_hidden_by_the_browser_are_warned_of(connected: tuple[Bench, FakeAnkiConnect, Anki]) -> None:
    bench, fake, anki = connected
    bench.clock = 4_000_000_000
    send(bench, fake, POD, NODE)
    fake.selected = [int(i) for i in anki.col.find_notes("")]
    bench.build(graph({"docker.org": [POD, EDITED]}))
    pushed = bench.exporter.push(bench.written.get, PushRequest(connect=fake.address))
    assert "browser" in pushed.warnings[0]
