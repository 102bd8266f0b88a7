"""Titles that the sentence below them speaks of in other words, and titles that spell an acronym out or ask how something works."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import concept, facts, graph

RULE = "section-opening"


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "* Harbour tools\nTools in the harbour shed are machines that lift boats.\n",
            "Harbour tools",
            "Tools in the harbour shed are machines that lift boats.",
        ),
        (
            "* Ferries\nA river ferry is a boat that crosses where no bridge is.\n",
            "Ferries",
            "A river ferry is a boat that crosses where no bridge is.",
        ),
        (
            "* mooring\nGiven two posts, a mooring is a rope between a boat and one of them.\n",
            "mooring",
            "Given two posts, a mooring is a rope between a boat and one of them.",
        ),
        (
            "* edit cost\nLeast edit cost of pilots is defined as the sum of all hours.\n\n* x\n",
            "",
            "",
        ),
        ("* Solution room\nThe solution room is one or several places.\n", "Solution room", "one or several places."),
        ("* Berth\n- which holds a boat in its place\n", "Berth", "holds a boat in its place"),
        (
            "* Published timetable\nIt extends the timetable by hours that all may read.\n",
            "Published timetable",
            "extends the timetable by hours that all may read.",
        ),
        (
            "* Open harbour\nThe idea of an open harbour is that any boat may land there.\n",
            "Open harbour",
            "any boat may land there.",
        ),
        (
            "* Collision\nWhen two boats meet at the same place.\n",
            "Collision",
            "When two boats meet at the same place.",
        ),
        ("* Затор\nКогда две лодки ждут друг друга.\n", "Затор", "Когда две лодки ждут друг друга."),
    ],
)
def test_a_title_is_defined_by_the_sentence_that_speaks_of_it(text: str, name: str, said: str) -> None:
    assert facts(text, RULE) == ([(name, said)] if name else [])


@pytest.mark.parametrize(
    "text",
    [
        "* Ferry\nThe Ferry timetable is a list of all hours.\n",
        "* Ticket\nThe price of a ticket is a number that nobody likes.\n",
        "* Collision\nWhen two boats meet, a horn is blown.\n",
        "* Harbour client/server\nWhen the lines to the other side are down.\n",
        "* Distrosail\nA big distro is made up of two parts.\n",
    ],
)
def test_a_sentence_about_something_else_does_not_define_its_title(text: str) -> None:
    assert not facts(text, RULE)


def test_what_stands_below_a_spelt_out_acronym_says_what_it_is() -> None:
    made = graph("* BLO - Boat Landing Objective\n\nTeams promise how many boats can land in a day.\n")
    found = concept(made, "BLO")
    assert found.name == "Boat Landing Objective"
    assert found.definitions[0].text == "Teams promise how many boats can land in a day."


@pytest.mark.parametrize(
    "below",
    [
        "There are many ways to land.",
        "Teams - they promise much and keep little.",
        "Land early:",
        "- Teams promise that.",
    ],
)
def test_remarks_below_a_spelt_out_acronym_do_not(below: str) -> None:
    assert not facts(f"* BLO - Boat Landing Objective\n\n{below}\n", RULE)


def test_how_something_works_is_asked_of_a_concept() -> None:
    made = graph(
        "* How does rope steering work?\nRope steering works by pulling one side of the boat.\n* Boats\nRope.\n"
    )
    assert "rope steering" in {c.name.lower() for c in made.concepts}


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "Navigation: the art of finding a way to the harbour.\n",
            "Navigation",
            "the art of finding a way to the harbour.",
        ),
        (
            "Boat order: any stable pattern of boats in a harbour.\n",
            "Boat order",
            "any stable pattern of boats in a harbour.",
        ),
    ],
)
def test_a_line_explains_the_noun_before_its_colon(text: str, name: str, said: str) -> None:
    assert facts(text, "colon-line") == [(name, said)]


def test_a_label_of_one_word_before_a_colon_is_none() -> None:
    assert not facts("Anna: the art of finding a way to the harbour.\n", "colon-line")


def test_what_stands_alone_below_a_spelt_out_acronym_needs_no_full_stop() -> None:
    text = "* CRP - The Common Reuse Principle\nBoats that sail together are kept in one place\n"
    assert facts(text, "section-opening") == [
        ("Common Reuse Principle", "Boats that sail together are kept in one place")
    ]


def test_a_title_that_spells_its_acronym_out_is_one_concept_with_the_long_name() -> None:
    made = graph(
        "* BLP - The Boat Landing Principle\n\nBoats that land together are tied up together.\n* Ropes\nRope.\n"
    )
    found = concept(made, "BLP")
    assert found.name == "Boat Landing Principle"
    assert found.definitions[0].text == "Boats that land together are tied up together."
    assert not any(" - " in other.name for other in made.concepts)


def test_a_title_that_only_spells_its_acronym_out_has_it_as_another_name() -> None:
    made = graph("* BLP - The Boat Landing Principle\n* Ropes\nRope.\n")
    assert concept(made, "BLP") is concept(made, "Boat Landing Principle")
    assert not concept(made, "BLP").definitions


def test_a_bold_label_of_a_statement_is_no_concept_but_what_is_said_of_its_kind_is() -> None:
    assert not facts("*Proof*: The boats above have the form of a shell, and two of them float.\n", "bold-colon")
    assert facts("*Proof*: a chain of steps that leaves no doubt about a statement.\n", "bold-colon")
