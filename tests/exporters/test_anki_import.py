"""What the real Anki makes of our packages: first import, re-import, edits, rendering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from orgkb.org import nodes as n
from orgkb_exporters.anki.note_types import NOTE_TYPES
from orgkb_exporters.anki.package import PackedNote
from orgkb_exporters.anki.packing import Package
from tests.exporters.anki_notes import Anki, Bench, Note, graph, link, text

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf500f0003860180b4f1e3d50000000049454e44ae426082"
)
POD = Note("pod", "group of containers that share storage and a network address")
NODE = Note("node", "machine on which the pods of a cluster are started")
IMAGE = Note("image", "read-only template from which containers are started")


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    collection = Anki(tmp_path / "user")
    yield collection
    collection.close()


def study(anki: Anki) -> dict[int, tuple[int, int]]:
    """Answer every card once; the repetitions and interval of each card."""
    for card_id in anki.col.find_cards(""):
        card = anki.col.get_card(card_id)
        card.start_timer()
        anki.col.sched.answerCard(card, 4)
    return schedule(anki)


def schedule(anki: Anki) -> dict[int, tuple[int, int]]:
    return {i: (c.reps, c.ivl) for i in anki.col.find_cards("") if (c := anki.col.get_card(i)).reps}


def test_a_deck_arrives_with_its_decks_tags_and_note_type(anki: Anki) -> None:
    package = Bench().build(graph({"docker.org": [POD, NODE], "sub/net.org": [IMAGE]}))
    assert anki.take(package) == (3, 0, 0, 0)
    assert {d.name for d in anki.col.decks.all_names_and_ids()} >= {"Containers::docker", "Containers::net"}
    assert set(anki.col.tags.all()) == {"orgkb::docker::Terms", "orgkb::net::Terms", "orgkb::kind::term"}
    assert sorted(fields["ID"] for fields in anki.fields()) == ["docker/node", "docker/pod", "sub/net/image"]
    report, ok = anki.col.fix_integrity()
    assert ok, report


def test_cards_show_question_and_answer(anki: Anki) -> None:
    anki.take(Bench().build(graph({"docker.org": [NODE]})))
    ((front, back),) = anki.cards('"card:Term → definition"')
    assert "What is <b>node</b>?" in front
    assert NODE.text not in front
    assert NODE.text in back
    assert "docker.org › Terms" in back


def test_reverse_cards_exist_only_where_there_is_something_to_ask(anki: Anki) -> None:
    anki.take(
        Bench().build(graph({"docker.org": [POD, Note("Docker", "manages containers and their images on a host")]}))
    )
    assert anki.col.card_count() == 3
    assert not anki.col.get_empty_cards().notes
    ((front, back),) = anki.cards('"card:Definition → term"')
    assert "pod" not in front
    assert "<b>pod</b>" in back


def test_an_unchanged_rebuild_has_the_same_bytes_and_touches_nothing(anki: Anki) -> None:
    bench = Bench()
    notes = graph({"docker.org": [POD, NODE]})
    first = bench.build(notes)
    anki.take(first)
    # What users do to their cards must stay.
    (note_id,) = anki.col.find_notes("ID:docker/pod")
    note = anki.col.get_note(note_id)
    note["Mine"] = "my own remark"
    note.tags += ["leech", "marked"]
    anki.col.update_note(note)
    notetype = anki.col.models.by_name("orgkb Term")
    assert notetype is not None
    notetype["css"] += "/* mine */"
    anki.col.models.update_dict(notetype)
    second = bench.build(notes)
    assert second == first
    assert anki.take(second) == (0, 0, 2, 0)
    note = anki.col.get_note(note_id)
    assert note["Mine"] == "my own remark"
    assert {"leech", "marked"} <= set(note.tags)
    changed = anki.col.models.by_name("orgkb Term")
    assert changed is not None
    assert changed["css"].endswith("/* mine */")


def test_one_edit_updates_one_note_and_keeps_all_schedules(anki: Anki) -> None:
    bench = Bench()
    anki.take(bench.build(graph({"docker.org": [POD, NODE, IMAGE]})))
    before = study(anki)
    edited = Note("node", "machine on which pods are started by the kubelet")
    assert anki.take(bench.build(graph({"docker.org": [POD, edited, IMAGE]}))) == (0, 1, 2, 0)
    assert schedule(anki) == before
    (fields,) = anki.fields("ID:docker/node")
    assert fields["Definition"] == edited.text


def test_a_removed_note_gets_a_tag_and_comes_back_without_it(anki: Anki) -> None:
    bench = Bench()
    anki.take(bench.build(graph({"docker.org": [POD, NODE]})))
    before = study(anki)
    assert anki.take(bench.build(graph({"docker.org": [POD]}))) == (0, 1, 1, 0)
    assert [d.code for d in bench.reports] == ["card-removed"]
    assert [fields["ID"] for fields in anki.fields("tag:orgkb::removed")] == ["docker/node"]
    assert anki.take(bench.build(graph({"docker.org": [POD]}))) == (0, 0, 2, 0)
    assert anki.take(bench.build(graph({"docker.org": [POD, NODE]}))) == (0, 1, 1, 0)
    assert anki.fields("tag:orgkb::removed") == []
    assert schedule(anki) == before


def test_a_removed_note_lies_apart_in_a_new_collection(anki: Anki) -> None:
    bench = Bench()
    bench.build(graph({"docker.org": [POD, NODE]}))
    anki.take(bench.build(graph({"docker.org": [POD]})))
    assert len(anki.col.find_notes('"deck:Containers::removed from the notes" tag:orgkb::removed')) == 1
    assert len(anki.col.find_notes("deck:Containers::docker -tag:orgkb::removed")) == 1


def test_a_renamed_term_heading_and_file_keep_their_cards(anki: Anki) -> None:
    bench = Bench()
    anki.take(bench.build(graph({"docker.org": [POD, NODE, IMAGE]})))
    before = study(anki)
    renamed = [
        Note("pods", POD.text, "Objects"),
        Note("node", NODE.text, "Objects"),
        Note("image", IMAGE.text, "Objects"),
    ]
    assert anki.take(bench.build(graph({"docker.org": renamed}))) == (0, 3, 0, 0)
    assert anki.take(bench.build(graph({"containers.org": renamed}))) == (0, 3, 0, 0)
    assert schedule(anki) == before
    assert sorted(fields["ID"] for fields in anki.fields()) == [
        "containers/image",
        "containers/node",
        "containers/pods",
    ]


def test_what_anki_would_interpret_is_shown_as_it_is_written(anki: Anki) -> None:
    written = (
        r"[sound:x.mp3] [latex]x[/latex] [$]y[/$] {{Term}} {{c1::z}} <none> && ]]> [anki:tts lang=en_US]a[/anki:tts]"
    )
    anki.take(Bench(reverse=False).build(graph({"docker.org": [Note("traps", f"things like {written} end")]})))
    ((_, back),) = anki.cards()
    visible = re.sub(r"<[^>]*>", "", back.split("<hr")[1])
    for trap in ("[sound:x.mp3]", "[latex]x[/latex]", "[$]y[/$]", "{{Term}}", "{{c1::z}}", "[anki:tts"):
        assert trap in unescape(visible)
    assert "&lt;none&gt; &amp;&amp; ]]&gt;" in back
    assert anki.col.get_card(anki.col.find_cards("")[0]).render_output().answer_av_tags == []
    assert not anki.col.media.check().missing


def test_pictures_travel_under_names_made_of_their_content(anki: Anki) -> None:
    picture = link("file", "картинки/схема 50%.png")
    map_note = Note("map", "picture of the whole cluster:", objects=(text("picture of the whole cluster "), picture))
    package = Bench({"картинки/схема 50%.png": PNG}).build(graph({"docker.org": [map_note]}))
    anki.take(package)
    check = anki.col.media.check()
    assert (list(check.missing), list(check.unused)) == ([], [])
    ((_, back),) = anki.cards('"card:Term → definition"')
    (name,) = re.findall(r'src="(orgkb-[0-9a-f]{16}\.png)"', back)
    assert (Path(anki.col.media.dir()) / name).read_bytes() == PNG


def test_an_svg_with_a_script_stays_out() -> None:
    picture = link("file", "x.svg")
    note = Note("map", "picture of it", objects=(text("picture of the whole cluster "), picture))
    bench = Bench({"x.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"})
    assert b"orgkb-" not in bench.build(graph({"docker.org": [note]}))
    assert [d.code for d in bench.reports] == ["active-svg"]


@pytest.mark.parametrize("kind", NOTE_TYPES)
def test_every_note_type_is_taken_by_anki_and_makes_cards(kind: str, anki: Anki) -> None:
    note_type = NOTE_TYPES[kind]
    fields = tuple("{{c1::hidden}} word" if name == "Text" else f"value of {name}" for name in note_type.fields)
    note = PackedNote(kind, "guid", 1_700_000_000_000, 1_700_000_000, "Deck", fields, ("tag",), 1)
    assert anki.take(Package([note], {kind: 1_700_000_000}).to_bytes()) == (1, 0, 0, 0)
    assert anki.col.card_count() == len(note_type.templates)
    before = anki.col.card_count()
    anki.col.after_note_updates(list(anki.col.find_notes("")), mark_modified=False, generate_cards=True)
    assert anki.col.card_count() == before
    for front, back in anki.cards():
        assert "errors" not in front + back
        assert "value of Source" in back
        assert "value of Source" not in front
    taken = anki.col.models.by_name(note_type.name)
    assert taken is not None
    assert taken["id"] == note_type.id
    assert [field["id"] for field in taken["flds"]] == [note_type.id + 1 + i for i in range(len(fields))]
    assert taken["sortf"] == note_type.sort


def test_footnote_and_code_in_a_definition_reach_the_card(anki: Anki) -> None:
    aside = n.FootnoteReference(0, 0, None, (text("since 2014"),))
    objects = (text("platform for containers"), aside, text(" with "), n.Code(0, 0, "kubectl get <none>"))
    anki.take(Bench().build(graph({"k.org": [Note("K8s", "platform for containers with kubectl", objects=objects)]})))
    _, back = anki.cards('"card:Term → definition"')[0]
    assert "(since 2014)" in back
    assert "<code>kubectl get &lt;none&gt;</code>" in back
