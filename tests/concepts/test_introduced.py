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
