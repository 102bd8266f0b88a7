"""List, Cloze and Code cards from notes as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgkb_exporters.anki import gaps
from orgkb_exporters.anki.note_types import COMMAND, note_type
from orgkb_exporters.anki.package import read_package
from tests.exporters.anki_notes import Anki, Bench, org_graph


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    collection = Anki(tmp_path / "user")
    yield collection
    collection.close()


def notes(text: str, kind: str, bench: Bench | None = None) -> list[dict[str, str]]:
    package = (bench or Bench(maps=False)).build(org_graph({"notes.org": text}))
    found = read_package(package).notes.values()
    return [dict(zip(note_type(kind).fields, note.fields, strict=True)) for note in found if note.kind == kind]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


STATES = """\
* Health check
A container can have three states:
- starting
- healthy
- unhealthy
"""


def test_an_enumeration_asks_for_one_item_with_its_neighbours_in_sight() -> None:
    found = notes(STATES, "list")
    assert [note["Title"] for note in found] == ["A container can have three states"] * 3
    assert words(found[0]["Text"]) == "{{c1::starting}} healthy unhealthy 1 of 3"
    assert words(found[2]["Text"]) == "starting healthy {{c1::unhealthy}} 3 of 3"


def test_a_general_lead_in_takes_its_heading_along() -> None:
    found = notes("* Structured prediction\nTechniques:\n- relaxation\n- beam search\n- message passing\n", "list")
    assert found[0]["Title"] == "Structured prediction – Techniques"


def test_a_russian_list_is_asked_for_in_russian() -> None:
    found = notes("* Проект\nЭтапы проекта:\n1. инициация\n2. планирование\n3. внедрение\n", "list")
    assert words(found[1]["Text"]) == "инициация {{c1::планирование}} внедрение 2 из 3"
    assert "<ol>" in found[1]["Text"]


def test_a_gloss_is_not_part_of_the_item() -> None:
    text = (
        "* Pods\nPod conditions, all types:\n- Scheduled - to a node\n- Ready - serves requests\n- Initialized - done\n"
    )
    assert "serves" not in notes(text, "list")[0]["Text"]


def test_long_lists_show_only_the_near_items() -> None:
    items = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota"]
    found = notes("* Greek\nLetters of the first types:\n" + "".join(f"- {i}\n" for i in items), "list")
    assert words(found[0]["Text"]) == "{{c1::alpha}} beta gamma delta epsilon … 1 of 9"
    assert words(found[5]["Text"]) == "… delta epsilon {{c1::zeta}} eta theta … 6 of 9"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Examples of models:\n- one\n- two\n- three\n", id="an open set"),
        pytest.param("Types:\n- one\n- two\n- three\n", id="no subject"),
        pytest.param("The types of it:\n- docker ps -a\n- docker rm x\n- docker run y\n", id="commands"),
        pytest.param("The types of it:\n- [ ] milk\n- [ ] eggs\n- [X] bread\n", id="tasks"),
        pytest.param("The types of it:\n- one\n- two\n", id="too few"),
        pytest.param("The types of it:\n- https://a.org\n- https://b.org\n- https://c.org\n", id="addresses"),
        pytest.param("The types of it:\n- first you open it\n- then it is used\n- you can close it\n", id="sentences"),
        pytest.param("Nothing is announced.\n- one\n- two\n- three\n", id="no lead-in"),
        pytest.param("The types of it:\n- one\n- one\n- three\n", id="an item twice"),
    ],
)
def test_lists_that_make_no_good_card_make_none(text: str) -> None:
    assert notes(text, "list") == []


def test_an_item_that_shows_elsewhere_is_not_asked_for() -> None:
    text = "* Lists\nData structures of these types:\n- tree\n- binary tree\n- queue\n"
    assert [re.findall(r"c1::(.*?)\}\}", note["Text"])[0] for note in notes(text, "list")] == ["binary tree", "queue"]


def test_an_inserted_item_keeps_the_schedule_of_the_others() -> None:
    bench = Bench()
    first = read_package(bench.build(org_graph({"notes.org": STATES}))).notes
    longer = STATES.replace("three", "four").replace("- healthy", "- paused\n- healthy")
    second = read_package(bench.build(org_graph({"notes.org": longer}))).notes
    assert set(first) < set(second)
    assert {note.fields[0].rsplit("/", 1)[1] for guid, note in second.items() if guid not in first} == {"paused"}


SENTENCES = """\
* Terms
- *scheduler* - component that decides on which machine a workload is started
- *taint* - mark of a machine, respected by the scheduler
* Text
A scheduler assigns every new workload to one of the free machines of the cluster.
It can be replaced. Some say that it is slow. Is the scheduler fast enough for our needs today?
"""


def test_a_sentence_hides_the_concept_that_it_is_about() -> None:
    (found,) = notes(SENTENCES, "cloze")
    assert words(found["Text"]) == (
        "A {{c1::scheduler}} assigns every new workload to one of the free machines of the cluster."
    )
    assert "scheduler" not in found["Context"]


def test_an_abbreviation_beside_a_gap_is_hidden_with_it() -> None:
    text = """\
* Terms
- *Container Runtime Interface (CRI)* - plugin interface of the kubelet
* Text
A Container Runtime Interface (CRI) allows the kubelet to start every kind of software with the protocol of a cluster.
"""
    (found,) = notes(text, "cloze")
    assert words(found["Text"]).startswith("A {{c1::Container Runtime Interface (CRI)}} allows the kubelet")


def test_a_reworded_sentence_keeps_its_card_and_its_number() -> None:
    bench = Bench()
    (before,) = (
        n for n in read_package(bench.build(org_graph({"n.org": SENTENCES}))).notes.values() if n.kind == "cloze"
    )
    reworded = SENTENCES.replace("machines of the cluster", "machines of a cluster")
    (after,) = (
        n for n in read_package(bench.build(org_graph({"n.org": reworded}))).notes.values() if n.kind == "cloze"
    )
    assert after.guid == before.guid
    assert after.modified > before.modified
    assert "{{c1::scheduler}}" in after.fields[2]


def test_numbers_of_gaps_are_never_used_again() -> None:
    field = f"{gaps.hide('b', 'two')} and {gaps.hide('c', 'three')}"
    assert gaps.number(field, {"a": 1, "b": 2}) == {"b": 2, "c": 3}
    assert gaps.number(field, {"two": 4}) == {"b": 4, "c": 5}


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("<code>std::vector</code>", "std::vector"),
        ("<code>{{range $k, $v := .data}}</code>", "{{range $k, $v := .data}}"),
        ("{{{a}}}", "{{{a}}}"),
        ("a}", "a}"),
        ("x:", "x:"),
    ],
)
def test_braces_and_colons_in_a_gap_are_shown_as_written(hidden: str, shown: str, anki: Anki) -> None:
    from orgkb_exporters.anki.package import PackedNote  # noqa: PLC0415 - used here only
    from orgkb_exporters.anki.packing import Package  # noqa: PLC0415

    text = gaps.fill(f"before {{{{c2::no gap}}}} {gaps.hide('x', hidden)} after", {"x": 1})
    fields = ("id", "title", text, *[""] * 9)
    note = PackedNote("cloze", "guid", 1_700_000_000_000, 1_700_000_000, "Deck", fields, (), 1)
    anki.take(Package([note], {"cloze": 1_700_000_000}).to_bytes())
    ((front, back),) = anki.cards()
    assert f"before {{{{c2::no gap}}}} {shown} after" in re.sub(r"<!--.*?-->|<[^>]*>", "", back)
    assert "[...]" in front


def test_math_in_a_gap_keeps_its_formula() -> None:
    assert gaps.fill(gaps.hide("x", r"\(\frac{a}{b_{1}}\)"), {"x": 1}) == r"{{c1::\(\frac{a}{b_{1} }\)}}"


CODE = """\
* Files
Read a file line by line:
#+begin_src python
with open(name) as file:
    for line in file:
        print(line)
#+end_src

#+begin_src python
total = sum(map(float, values))  # convert all values and sum up
x = 1  # one
    y = 2  # add the number two here
#+end_src
"""


def test_code_is_asked_for_by_what_it_does() -> None:
    block, line = notes(CODE, "code")
    assert words(block["Question"]) == "Which Python code? Read a file line by line"
    assert words(block["Answer"]).replace(" ", "").startswith("withopen(name)asfile:")
    assert words(line["Question"]) == "Which Python code? Convert all values and sum up"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Some code:\n#+begin_src python\nprint(1)\n#+end_src\n", id="no goal"),
        pytest.param("Read the previous file again:\n#+begin_src python\nprint(1)\n#+end_src\n", id="leans on more"),
        pytest.param("Print the log of it:\n#+begin_src text\nline 1\n#+end_src\n", id="no code"),
        pytest.param("Show all the lines:\n#+begin_src python\n" + "print(1)\n" * 20 + "#+end_src\n", id="too long"),
    ],
)
def test_code_without_a_purpose_makes_no_card(text: str) -> None:
    assert notes(text, "code") == []


def test_a_password_in_code_makes_no_card() -> None:
    bench = Bench()
    text = 'Connect to the database server:\n#+begin_src python\nconnect(password="hunter2secret")\n#+end_src\n'
    assert notes(text, "code", bench) == []
    assert [d.code for d in bench.reports] == ["card-secret"]


def test_each_kind_can_be_left_out() -> None:
    whole = {"notes.org": STATES + SENTENCES + CODE}
    made = read_package(Bench().build(org_graph(whole))).notes.values()
    assert {note.kind for note in made} == {"term", "list", "cloze", "code"}
    without = Bench(lists=False, clozes=False, code=False).build(org_graph(whole))
    assert {note.kind for note in read_package(without).notes.values()} == {"term"}


def test_anki_renders_all_kinds_with_a_map_and_no_empty_card(anki: Anki) -> None:
    anki.take(Bench().build(org_graph({"notes.org": STATES + SENTENCES + CODE})))
    assert not anki.col.get_empty_cards().notes
    check = anki.col.media.check()
    assert (list(check.missing), list(check.unused)) == ([], [])
    _, back = anki.cards('note:"orgkb Term"')[0]
    assert re.search(r'<div class="map"><img src="orgkb-[0-9a-f]{16}\.svg" alt="">', back)


def test_a_defined_concept_at_the_end_is_a_gap_of_its_own() -> None:
    text = SENTENCES.replace("machines of the cluster.", "machines that have no taint.")
    (found,) = notes(text, "cloze")
    assert words(found["Text"]).startswith("A {{c1::scheduler}} assigns")
    assert words(found["Text"]).endswith("that have no {{c2::taint}}.")


def test_commands_show_what_stands_around_the_concept_that_they_name() -> None:
    org = """\
* Terms
- *pod* :: group of containers that share one address
- *node* :: machine that runs a pod of the cluster
* Use
- kubectl get pods - list all pods of the cluster
"""
    notes = read_package(Bench().build(org_graph({"/notes/k.org": org}))).notes.values()
    (command,) = (note for note in notes if note.kind == "command")
    values = dict(zip(COMMAND.fields, command.fields, strict=True))
    assert "<b>node</b>" in values["Related"]
    assert values["Map"].startswith('<img src="orgkb-')
