"""A deck through the life of its notes: edits, losses, and what must not be rewritten or told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orgkb_exporters.anki import LEDGER_PATH
from orgkb_exporters.anki.ledger import Ledger
from orgkb_exporters.anki.note_types import note_type
from orgkb_exporters.anki.package import read_package
from tests.exporters.anki_notes import Anki, Bench, org_graph

NOTES = """\
* Terms
- *pod* - group of containers that share storage and network
- *node* - machine that runs pods of the cluster
- *image* - template that every container starts with at first
- *volume* - directory that outlives the containers of a pod
** Network
- *service* - stable address that leads to the pods behind it
* Commands
- docker ps -a - list all containers
* States
A container can have three states:
- starting
- healthy
- unhealthy
* Text
A pod keeps its containers together on one machine until it is deleted.
"""
PACKAGE = "anki/Containers.apkg"


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    collection = Anki(tmp_path / "user")
    yield collection
    collection.close()


def study(anki: Anki) -> dict[int, tuple[int, int]]:
    for card_id in anki.col.find_cards(""):
        card = anki.col.get_card(card_id)
        card.start_timer()
        anki.col.sched.answerCard(card, 4)
    return schedule(anki)


def schedule(anki: Anki) -> dict[int, tuple[int, int]]:
    return {i: (c.reps, c.ivl) for i in anki.col.find_cards("") if (c := anki.col.get_card(i)).reps}


def fields(package: bytes) -> dict[str, dict[str, str]]:
    """Fields and tags by GUID."""
    return {
        guid: dict(zip(note_type(note.kind).fields, note.fields, strict=True)) | {"tags": " ".join(note.tags)}
        for guid, note in read_package(package).notes.items()
    }


def edit(old: str, new: str) -> Callable[[str], str]:
    def apply(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return apply


def test_a_scripted_edit_changes_exactly_the_notes_it_concerns(anki: Anki) -> None:
    bench, text = Bench(), NOTES
    package = bench.build(org_graph({"docker.org": text}))
    total = anki.take(package)[0]
    before = study(anki)
    known = fields(package)
    steps: list[tuple[str, Callable[[str], str], int, set[str]]] = [
        ("nothing", lambda t: t, 0, set()),
        ("a line at the top", lambda t: f"# a comment\n\n{t}", 0, set()),
        ("a definition", edit("machine that runs pods of", "machine that runs pods and jobs of"), 0, {"docker/node"}),
        ("a heading", edit("** Network", "** Networking"), 0, {"docker/service"}),
        (
            "an item removed",
            edit("- *volume* - directory that outlives the containers of a pod\n", ""),
            0,
            {"docker/volume", "docker/pod"},  # the map of pod showed the volume
        ),
        (
            "an item added",
            edit("* Commands\n", "- *ingress* - rule that leads requests to services\n* Commands\n"),
            1,
            set(),
        ),
        ("a term", edit("*image*", "*blueprint*"), 0, {"docker/blueprint"}),
        (
            "an item moved",
            lambda t: t.replace("- *node* - machine that runs pods and jobs of the cluster\n", "").replace(
                "** Networking\n", "** Networking\n- *node* - machine that runs pods and jobs of the cluster\n"
            ),
            0,
            {"docker/node"},
        ),
    ]
    for name, change, new, expected in steps:
        text = change(text)
        package = bench.build(org_graph({"docker.org": text}))
        now = fields(package)
        changed = {values["ID"] for guid, values in now.items() if guid in known and values != known[guid]}
        assert (name, changed) == (name, expected)
        total += new
        assert (name, anki.take(package)) == (name, (new, len(expected), total - new - len(expected), 0))
        assert {i: s for i, s in schedule(anki).items() if i in before} == before
        known = now
    package = bench.build(org_graph({"containers.org": text}))
    assert anki.take(package)[0] == 0
    assert {i: s for i, s in schedule(anki).items() if i in before} == before
    assert not anki.col.get_empty_cards().notes


def test_a_neighbour_s_edit_does_not_rewrite_the_maps_of_others() -> None:
    bench = Bench()
    first = fields(bench.build(org_graph({"a.org": NOTES})))
    longer = NOTES.replace("of the cluster", "of the cluster and stores the image")
    second = fields(bench.build(org_graph({"a.org": longer})))
    assert {v["ID"] for g, v in second.items() if v != first[g]} == {"a/node"}


def test_a_word_that_left_the_notes_leaves_the_maps() -> None:
    bench = Bench()
    linked = NOTES.replace("leads to the pods behind it", "leads to the frobnicator").replace(
        "- *image*", "- *frobnicator* - machine that changes pods on its own\n- *image*"
    )
    assert b"robnicator" in b"".join(read_package(bench.build(org_graph({"a.org": linked}))).media.values())
    hidden = linked.replace("- *frobnicator* - machine that changes pods on its own\n", "").replace(
        "leads to the frobnicator", "leads to the pods"
    )
    assert b"robnicator" not in b"".join(read_package(bench.build(org_graph({"a.org": hidden}))).media.values())


def test_a_lost_ledger_is_written_again_from_the_package(anki: Anki) -> None:
    bench = Bench()
    package = bench.build(org_graph({"sub/a.org": NOTES}))
    anki.take(package)
    before = bench.written[LEDGER_PATH]
    del bench.written[LEDGER_PATH]
    again = bench.build(org_graph({"sub/a.org": NOTES}))
    assert again == package
    assert "anki-ledger" in [d.code for d in bench.reports]
    assert anki.take(again)[:2] == (0, 0)
    assert {e.key for e in Ledger.load(bench.written[LEDGER_PATH]).notes} == {e.key for e in Ledger.load(before).notes}


def test_a_spoilt_ledger_costs_neither_renames_nor_tombstones(anki: Anki) -> None:
    bench = Bench()
    anki.take(bench.build(org_graph({"a.org": NOTES})))
    renamed = NOTES.replace("*image*", "*blueprint*")
    anki.take(bench.build(org_graph({"a.org": renamed})))
    removed = renamed.replace("- docker ps -a - list all containers\n", "")
    package = bench.build(org_graph({"a.org": removed}))
    anki.take(package)
    bench.written[LEDGER_PATH] = b'{"format":1,'
    assert bench.build(org_graph({"a.org": removed})) == package
    assert "blueprint" in {e.anchor for e in Ledger.load(bench.written[LEDGER_PATH]).notes}


def content(package: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_what_is_kept_from_export_later_is_in_no_output(anki: Anki) -> None:
    secret = "* Inside\n- *zorbium* - machine that runs the frobnicators of the firm\n- zorb -x --all # list all frobnicators\n"
    bench = Bench()
    anki.take(bench.build(org_graph({"a.org": NOTES + secret})))
    before = study(anki)
    hidden = NOTES + secret.replace("Inside", "Inside :noexport:")
    package = bench.build(org_graph({"a.org": hidden}))
    written = content(package) + bench.written[LEDGER_PATH]
    assert not [word for word in (b"zorb", b"robnicator", b"Inside") if word in written]
    anki.take(package)
    gone = anki.fields("tag:orgkb::removed")
    assert gone
    assert {note["Term" if "Term" in note else "Command"] for note in gone} == {"(removed)"}
    assert not anki.col.get_empty_cards().notes
    assert bench.build(org_graph({"a.org": hidden})) == package
    # It comes back as the same notes.
    assert anki.take(bench.build(org_graph({"a.org": NOTES + secret})))[0] == 0
    assert anki.fields("tag:orgkb::removed") == []
    assert {i: s for i, s in schedule(anki).items() if i in before} == before


def test_removed_notes_keep_their_words_where_nothing_is_withheld(anki: Anki) -> None:
    bench = Bench()
    anki.take(bench.build(org_graph({"a.org": NOTES})))
    anki.take(bench.build(org_graph({"a.org": NOTES.replace("- docker ps -a - list all containers\n", "")})))
    (note,) = anki.fields("tag:orgkb::removed")
    assert note["Does"] == "list all containers"


def test_compare_names_what_became_of_each_note() -> None:
    bench = Bench()
    bench.build(org_graph({"a.org": NOTES}))
    edited = (
        NOTES.replace("machine that runs pods of", "machine that runs pods and jobs of")
        .replace("*image*", "*blueprint*")
        .replace("- docker ps -a - list all containers\n", "")
        .replace("* Commands\n", "- *ingress* - rule that leads requests to services\n* Commands\n")
    )
    found = [
        c for c in bench.exporter.compare(org_graph({"a.org": edited}), bench.context()) if c.action != "unchanged"
    ]
    assert [(c.action, c.name, c.before) for c in found] == [
        ("changed", "a/node", ""),
        ("renamed", "a/blueprint", "a/image"),
        ("changed", "a/blueprint", ""),
        ("new", "a/ingress", ""),
        ("removed", "a/docker ps -a", ""),
    ]
    (definition,) = (field for field in found[0].fields if field.name == "Definition")
    assert definition.after == "machine that runs pods and jobs of the cluster"


def test_a_new_deck_is_a_move() -> None:
    bench = Bench()
    bench.build(org_graph({"a.org": "* T\n- *pod* - group of containers that share storage\n"}))
    moved = org_graph({"a.org": "#+ANKI_DECK: Other\n* T\n- *pod* - group of containers that share storage\n"})
    (change,) = bench.exporter.compare(moved, bench.context())
    assert (change.action, change.before) == ("moved", "Containers::a")


def test_good_cards_pass_the_check() -> None:
    bench = Bench()
    assert list(bench.exporter.check(org_graph({"a.org": NOTES}), bench.context())) == []
