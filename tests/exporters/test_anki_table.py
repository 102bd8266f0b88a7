"""What an import into the real Anki does in each case that users meet: the rows of a table, one test each.

Rows that stand elsewhere: unchanged and one edit (`test_anki_import.py`), the schema that never
changes (`test_anki_identity.py`), numbers of gaps (`test_anki_kinds.py`), renames
(`test_anki_reimport.py`), moves and deletions by a push (`test_anki_push.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orgkb_exporters.anki.identity import Key
from orgkb_exporters.anki.note_types import COMMAND, TERM, NoteType
from orgkb_exporters.anki.package import PackedNote
from orgkb_exporters.anki.packing import Package
from tests.exporters.anki_notes import Anki, Bench, Note, graph, org_graph
from tests.exporters.test_anki_import import schedule, study

POD = Note("pod", "group of containers that share storage and a network address")
NODE = Note("node", "machine on which the pods of a cluster are started")


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    collection = Anki(tmp_path / "user")
    yield collection
    collection.close()


def packed(kind: str, guid: str, modified: int, *fields: str) -> PackedNote:
    names = (TERM if kind == "term" else COMMAND).fields
    values = (*fields, *[""] * (len(names) - len(fields)))
    return PackedNote(kind, guid, 1_700_000_000_000, modified, "Deck", values, (), 1)


def test_an_older_note_never_overwrites_a_newer_one(anki: Anki) -> None:
    times = {"term": 1_700_000_000}
    anki.take(Package([packed("term", "abc", 1_700_000_500, "k/x", "x", "new", "", "What is x?")], times).to_bytes())
    old = Package([packed("term", "abc", 1_700_000_400, "k/x", "x", "old", "", "What is x?")], times).to_bytes()
    assert anki.take(old) == (0, 0, 1, 0)
    assert anki.fields()[0]["Definition"] == "new"


def test_templates_and_style_are_taken_over_when_newer_and_the_user_s_own_stay(
    anki: Anki, monkeypatch: pytest.MonkeyPatch
) -> None:
    def style() -> str:
        model = anki.col.models.by_name("orgkb Term")
        assert model is not None
        return str(model["css"])

    note = packed("term", "abc", 1_700_000_500, "k/x", "x", "text", "", "What is x?")
    anki.take(Package([note], {"term": 1_700_000_000}).to_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(NoteType, "style", lambda _self: "/* the next version's */")
        anki.take(Package([note], {"term": 1_700_000_700}).to_bytes())
    assert style() == "/* the next version's */"
    model = anki.col.models.by_name("orgkb Term")
    assert model is not None
    model["css"] = "/* mine */"
    anki.col.models.update_dict(model)
    anki.take(Package([note], {"term": 1_700_000_800}).to_bytes())
    assert style() == "/* mine */"


def test_a_field_and_a_note_type_that_the_user_renamed_still_take_updates(anki: Anki) -> None:
    bench = Bench()
    anki.take(bench.build(graph({"docker.org": [POD, NODE]})))
    before = study(anki)
    model = anki.col.models.by_name("orgkb Term")
    assert model is not None
    anki.col.models.rename_field(model, model["flds"][2], "Meaning")
    model["name"] = "My terms"
    anki.col.models.update_dict(model)
    edited = Note("node", "machine on which pods are started by the kubelet")
    new, updated, unchanged, conflicting = anki.take(bench.build(graph({"docker.org": [POD, edited]})))
    assert (new, updated, unchanged, conflicting) == (0, 1, 1, 0)
    assert edited.text in next(iter(anki.fields("ID:docker/node")))["Meaning"]
    assert schedule(anki) == before
    assert len([n for n in anki.col.models.all_names_and_ids() if "orgkb" in n.name or n.name == "My terms"]) == 1


def test_one_name_as_a_term_and_as_a_command_is_two_notes(anki: Anki) -> None:
    assert Key("k", "term", "docker ps").guid() != Key("k", "command", "docker ps").guid()
    assert Key("k", "term", "x").guid() != Key("k", "cloze", "x").guid()
    org = "* Use\n- docker ps - list all containers here\n* Terms\n- *docker* :: software that runs containers on a host\n"
    anki.take(Bench().build(org_graph({"/notes/k.org": org})))
    kinds = set()
    for note_id in anki.col.find_notes(""):
        kind = anki.col.get_note(note_id).note_type()
        assert kind is not None
        kinds.add(kind["name"])
    assert kinds == {"orgkb Term", "orgkb Command"}


def test_a_reverse_switched_on_is_added_and_switched_off_leaves_the_other_card_alone(anki: Anki) -> None:
    bench, forward = Bench(), Bench(reverse=False)
    forward.clock = bench.clock
    anki.take(forward.build(graph({"docker.org": [POD]})))
    assert anki.col.card_count() == 1
    before = study(anki)
    bench.written, bench.clock = forward.written, forward.clock
    assert anki.take(bench.build(graph({"docker.org": [POD]}))) == (0, 1, 0, 0)
    assert anki.col.card_count() == 2
    assert schedule(anki) == before
    assert not anki.col.get_empty_cards().notes
    forward.written, forward.clock = bench.written, bench.clock
    anki.take(forward.build(graph({"docker.org": [POD]})))
    # Anki keeps the card; it offers it under Tools › Empty Cards, and a push removes it.
    assert [len(note.card_ids) for note in anki.col.get_empty_cards().notes] == [1]
    assert schedule(anki) == before


def test_decks_that_the_user_renamed_or_chose_are_respected(anki: Anki) -> None:
    bench = Bench()
    anki.take(bench.build(graph({"docker.org": [POD, NODE]})))
    deck = anki.col.decks.id_for_name("Containers::docker")
    assert deck is not None
    anki.col.decks.rename(deck, "Mine::d")
    edited = Note("node", "machine on which pods are started by the kubelet")
    anki.take(bench.build(graph({"docker.org": [POD, edited, Note("image", "read-only template of a container")]})))
    assert len(anki.col.find_cards("deck:Mine::d")) == 4
    # Only what is new goes where the notes say.
    assert len(anki.col.find_cards("deck:Containers::docker")) == len(anki.col.find_cards("ID:docker/image"))


def test_what_the_user_deleted_comes_back_as_new_with_the_next_change(anki: Anki) -> None:
    bench = Bench()
    package = bench.build(graph({"docker.org": [POD, NODE]}))
    anki.take(package)
    anki.col.remove_notes(anki.col.find_notes("ID:docker/node"))
    assert anki.take(package) == (1, 0, 1, 0)


def test_a_preset_of_the_user_is_never_replaced(anki: Anki) -> None:
    bench = Bench()
    anki.take(bench.build(graph({"docker.org": [POD]})))
    preset = anki.col.decks.add_config("mine")
    deck_id = anki.col.decks.id_for_name("Containers::docker")
    assert deck_id is not None
    deck = anki.col.decks.get(deck_id)
    assert deck is not None
    anki.col.decks.set_config_id_for_deck_dict(deck, preset["id"])
    anki.take(bench.build(graph({"docker.org": [POD, NODE]})))
    kept = anki.col.decks.get(deck_id)
    assert kept is not None
    assert kept["conf"] == preset["id"]


@pytest.mark.parametrize("name", ["A::::B", '::"A"::', "A: :B", " :: ", "Default", "1"])
def test_odd_deck_names_land_in_a_deck_with_a_name_and_never_in_the_default_one(anki: Anki, name: str) -> None:
    anki.take(Bench(deck=name).build(graph({"docker.org": [POD]})))
    decks = {anki.col.decks.name(anki.col.get_card(card).did) for card in anki.col.find_cards("")}
    assert len(decks) == 1
    (deck,) = decks
    assert deck != "Default"
    assert "blank" not in deck
    assert all(part.strip() for part in deck.split("::"))


@pytest.mark.parametrize(
    "trap",
    [
        "<none>",
        "{{range $k,$v := .data}}{{end}}",
        "find . \\( -name x \\)",
        "a && b & c",
        "]]> and <![CDATA[",
        "[sound:x.mp3]",
        "[latex]x[/latex]",
        "std::vector<int>",
        "}} {{c1::x::y}}",
        "&lt;b&gt; &amp; &nbsp;",
        "<script>alert(1)</script>",
    ],
)
def test_what_stands_in_notes_stands_on_the_card(anki: Anki, trap: str) -> None:
    from html import unescape  # noqa: PLC0415 - here alone
    from re import sub  # noqa: PLC0415 - here alone

    anki.take(Bench(reverse=False).build(graph({"k.org": [Note("trap", f"word that is written as {trap} in a text")]})))
    ((_, back),) = anki.cards()
    assert trap.replace(" ", "") in unescape(sub(r"<[^>]*>", "", back)).replace(" ", "")
    assert "<script" not in back
    card = anki.col.get_card(anki.col.find_cards("")[0])
    assert card.render_output().answer_av_tags == []
