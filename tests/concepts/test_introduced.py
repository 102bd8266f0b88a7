"""Defining sentences that begin with a field or with what sums up, and bold names that run into their text."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("In botany, a rhizome is a stem that grows sideways.\n", "rhizome", "a stem that grows sideways."),
        (
            "Some text. In computer science, mutual exclusion is the property that one runs.\n",
            "mutual exclusion",
            "the property that one runs.",
        ),
        ("In Elm, a port is a door to the outside.\n", "port", "a door to the outside."),
        ("In a nutshell, erosion is the loss of soil to water.\n", "erosion", "the loss of soil to water."),
        (
            "Informally, a knot refers to a closed loop of rope.\n",
            "knot",
            "a closed loop of rope.",
        ),
        ("В химии изомеры — это вещества с одним составом.\n", "изомеры", "вещества с одним составом."),
        ("В теории групп ядро это множество всех таких элементов.\n", "ядро", "множество всех таких элементов."),
    ],
)
def test_a_sentence_that_begins_with_a_field_defines_its_subject(text: str, name: str, said: str) -> None:
    assert facts(text, "introduced") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    [
        "In this case, a node is a leaf of the tree.\n",
        "In botany, this is a stem that grows sideways.\n",
        "In botany, the main idea is a careful look.\n",
        "In botany, a rhizome is a big problem.\n",
        "We read that in botany, a rhizome is a stem.\n",
        "In winter, a lake is a cold place to swim.\n",
    ],
)
def test_other_begins_of_sentences_define_nothing(text: str) -> None:
    assert not facts(text, "introduced")


def test_three_bold_names_that_run_into_a_sentence_are_defined_by_it() -> None:
    text = (
        "*Ferry* Boat that carries cars over a river. It is slow.\n\n"
        "*Tug* Pulls larger ships into the harbour.\n\n*Barge* a flat boat for goods on canals.\n"
    )
    assert facts(text, "run-in") == [
        ("Ferry", "Boat that carries cars over a river."),
        ("Tug", "Pulls larger ships into the harbour."),
        ("Barge", "a flat boat for goods on canals."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "*Ferry* Boat that carries cars over a river.\n\n*Tug* Pulls larger ships into the harbour.\n",
        "*Note* Boats need a licence in spring.\n\n*Warning* Rivers may be deep in places.\n\n*Example* Ships of the old port here.\n",
        "*Ferry* We took it to the island twice.\n\n*Tug* See the picture on the next page.\n\n*Barge* You can rent it for a day.\n",
        "*Step 1* Open the lid of the box.\n\n*Step 2* Take out all of the parts.\n\n*Step 3* Close the lid of it again.\n",
    ],
)
def test_labels_advice_and_fewer_bold_names_define_nothing(text: str) -> None:
    assert not facts(text, "run-in")


def test_the_title_may_have_its_kind_behind_it_in_the_sentence_below() -> None:
    text = "* Decorator\nThe Decorator pattern extends an object at run time.\n"
    assert facts(text, "section-opening") == [("Decorator", "extends an object at run time.")]
    assert not facts("* Decorator\nThe Decorator pattern seems hard to some people.\n", "section-opening")


def test_a_bold_name_alone_is_defined_by_the_paragraph_below() -> None:
    text = "*Ferry*\n\nA boat that carries cars over a river.\n\n*Plan*\n\nWe go to the island on Sunday.\n"
    assert facts(text, "bold-lead") == [("Ferry", "A boat that carries cars over a river.")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("- 20% tax - a tax that takes a fifth of the price\n- 3D scan - a scan of a body in space\n", "20% tax"),
        ("- 3D scan - a scan of a body in space\n- Contour - a line of one height\n", "3D scan"),
        ("- 3-way valve - a valve with three openings\n- Sluice - a gate for water\n", "3-way valve"),
        ("- 4NF - a form of tables without such facts\n- Key - what tells rows apart\n", "4NF"),
    ],
)
def test_a_number_may_begin_a_name(text: str, name: str) -> None:
    assert facts(text, "dash-item")[0][0] == name


@pytest.mark.parametrize("name", ["10 boats", "4GB", "7-day trip", "5 km walk", "2TB disk"])
def test_what_is_counted_or_measured_is_no_name(name: str) -> None:
    assert name not in [
        found for found, _ in facts(f"- {name} - something that is long\n- Sluice - a gate\n", "dash-item")
    ]


def test_a_title_with_a_slash_and_its_kind_is_one_name() -> None:
    assert ("Inner/outer lock", "") in facts("* Inner/outer lock\nText of it.\n", "heading")
    assert not [name for name, _ in facts("* Cats/dogs of the town\nText of it.\n", "heading") if "/" in name]
