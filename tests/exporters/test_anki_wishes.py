"""What notes ask for themselves: properties of headings and files, and notes written for anki-editor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orgkb_exporters.anki.note_types import editor_kind, note_type
from orgkb_exporters.anki.package import ReadNote, read_package
from tests.exporters.anki_notes import Anki, Bench, org_graph


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    collection = Anki(tmp_path / "user")
    yield collection
    collection.close()


def build(text: str, bench: Bench | None = None) -> dict[str, ReadNote]:
    """The notes by term, command or front."""
    found = read_package((bench or Bench(maps=False)).build(org_graph({"notes.org": text}))).notes.values()
    return {note.fields[0].removeprefix("notes/"): note for note in found}


def section(*properties: str, heading: str = "Terms", below: str = "") -> str:
    drawer = ":PROPERTIES:\n" + "".join(f"{line}\n" for line in properties) + ":END:\n" if properties else ""
    return f"* {heading}\n{drawer}- *pod* - group of containers that share storage\n{below}"


NODE = "** Machines\n- *node* - machine that runs the containers of a cluster\n"


def test_a_deck_is_inherited_and_replaced_below() -> None:
    own = "*** Own\n:PROPERTIES:\n:ANKI_DECK: Mine::Here\n:END:\n- *image* - template that every container starts with at first\n"
    found = build(section(":ANKI_DECK: IT::Containers", below=NODE + own))
    assert {name: note.deck for name, note in found.items()} == {
        "pod": "IT::Containers",
        "node": "IT::Containers",
        "image": "Mine::Here",
    }


def test_a_file_asks_by_keyword_or_property() -> None:
    assert build("#+ANKI_DECK: All\n" + section())["pod"].deck == "All"
    assert build(":PROPERTIES:\n:ANKI_DECK: Top\n:END:\n" + section())["pod"].deck == "Top"
    assert build("#+PROPERTY: ANKI_DECK Prop\n" + section())["pod"].deck == "Prop"


def test_empty_parts_of_a_deck_name_are_left_out() -> None:
    assert build(section(':ANKI_DECK: ::A::::"B"::'))["pod"].deck == "A::B"


def test_tags_add_up() -> None:
    found = build("#+ANKI_TAGS: exam\n" + section(":ANKI_TAGS: k8s::core, hard", below=NODE))
    assert {"exam", "k8s::core", "hard"} <= set(found["node"].tags)


def test_skipped_sections_make_no_cards_until_one_below_asks_for_them() -> None:
    again = NODE.replace("Machines\n", "Machines\n:PROPERTIES:\n:ANKI_SKIP: no\n:END:\n")
    assert set(build(section(":ANKI_SKIP: t", below=NODE) + "* Other\n- docker ps -a - list all containers\n")) == {
        "docker ps -a"
    }
    assert set(build(section(":ANKI_SKIP: yes", below=again))) == {"node"}


def test_reverse_cards_can_be_forbidden_and_asked_for() -> None:
    def masked(text: str) -> str:
        names = note_type("term").fields
        return dict(zip(names, build(text)["pod"].fields, strict=True))["Masked"]

    assert masked(section())
    assert not masked(section(":ANKI_REVERSE: no"))
    vague = section().replace("group of containers that share storage", "runs somewhere in there")
    assert not masked(vague)
    assert masked(vague.replace("* Terms\n", "* Terms\n:PROPERTIES:\n:ANKI_REVERSE: yes\n:END:\n"))


def test_only_the_kinds_asked_for_are_made() -> None:
    below = "- docker ps -a - list all containers\n"
    assert set(build(section(":ANKI_KIND: command", below=below))) == {"docker ps -a"}
    assert set(build(section(":ANKI_KIND: term", below=below))) == {"pod"}


def test_a_value_that_is_not_understood_is_reported() -> None:
    bench = Bench()
    build(section(":ANKI_SKIP: perhaps", ":ANKI_KIND: essay"), bench)
    assert [(d.code, d.location.line) for d in bench.reports] == [("anki-property", 1)] * 2


def test_ten_thousand_levels_are_no_matter() -> None:
    deep = "".join(f"{'*' * level} H{level}\n" for level in range(1, 1200))
    assert (
        build("#+ANKI_DECK: Deep\n" + deep + "- *pod* - group of containers that share storage\n")["pod"].deck == "Deep"
    )


EDITOR = """\
* Capital of France
:PROPERTIES:
:ANKI_NOTE_TYPE: Basic
:ANKI_NOTE_ID: 1512345678901
:ANKI_DECK: World
:ANKI_TAGS: geo
:END:
It is *Paris*.
* Two sides
:PROPERTIES:
:ANKI_NOTE_TYPE: Basic (and reversed card)
:END:
** Front
one side
** Back
- *other* - side of the thing that is asked for here
* Sun
:PROPERTIES:
:ANKI_NOTE_TYPE: Cloze
:END:
** Text
The {{c1::sun}} is a {{c2::star}}.
* Dog
:PROPERTIES:
:ANKI_NOTE_TYPE: Vocabulary
:END:
** Word
dog
** Meaning
animal that barks
"""


def test_notes_for_anki_editor_keep_type_and_fields(anki: Anki) -> None:
    anki.take(Bench().build(org_graph({"notes.org": EDITOR})))
    assert not anki.col.get_empty_cards().notes
    made = {}
    for note_id in anki.col.find_notes(""):
        note = anki.col.get_note(note_id)
        kind = note.note_type()
        assert kind is not None
        # A new collection has the stock types already, with ids of its own: Anki adds a plus to ours.
        made[kind["name"].rstrip("+")] = (dict(note.items()), len(note.cards()))
    assert made == {
        "Basic": ({"Front": "Capital of France", "Back": '<p dir="auto">It is <b>Paris</b>.</p>'}, 1),
        "Basic (and reversed card)": (
            {
                "Front": '<p dir="auto">one side</p>',
                "Back": '<ul><li dir="auto"><b>other</b> - side of the thing that is asked for here</li></ul>',
            },
            2,
        ),
        "Cloze": ({"Text": '<p dir="auto">The {{c1::sun}} is a {{c2::star}}.</p>', "Back Extra": ""}, 2),
        "Vocabulary": ({"Word": '<p dir="auto">dog</p>', "Meaning": '<p dir="auto">animal that barks</p>'}, 1),
    }
    (card,) = anki.col.find_cards("deck:World tag:geo")
    assert "Paris" in anki.col.get_card(card).render_output().answer_text


def test_such_notes_are_left_alone_on_a_rebuild_and_updated_on_an_edit(anki: Anki) -> None:
    bench = Bench()
    first = bench.build(org_graph({"notes.org": EDITOR}))
    assert bench.build(org_graph({"notes.org": EDITOR})) == first
    anki.take(first)
    edited = EDITOR.replace("It is *Paris*.", "It is /Paris/.")
    assert anki.take(bench.build(org_graph({"notes.org": edited}))) == (0, 1, 3, 0)


def test_such_notes_can_be_left_to_anki_editor() -> None:
    assert Bench(anki_editor=False).build(org_graph({"notes.org": EDITOR})) == b""


def test_a_note_without_a_question_is_reported() -> None:
    bench = Bench()
    build("* Sun\n:PROPERTIES:\n:ANKI_NOTE_TYPE: Cloze\n:END:\n** Text\nno gap\n", bench)
    assert [d.code for d in bench.reports] == ["no-card"]


def test_the_kind_of_such_a_note_names_its_type_and_fields() -> None:
    kind = note_type(editor_kind("My|Type", ["A", "B"]))
    assert (kind.name, kind.fields) == ("My/Type", ("A", "B"))
    with pytest.raises(KeyError):
        note_type("nothing")
