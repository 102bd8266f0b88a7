"""Names that a sentence gives at its end, under a condition or in bold before a full stop."""

from __future__ import annotations

import re

import pytest

from tests.concepts.build_from import concept, facts, graph


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("A measure whose domain holds all null sets is called *complete measure*.", "complete measure", "A measure whose domain holds all null sets"),
        ("The time between two beats is known as the /period/.", "period", "The time between two beats"),
        ("Knots differ. A knot that nothing divides is dubbed prime knot.", "prime knot", "A knot that nothing divides"),
    ],
)  # fmt: skip
def test_what_stands_before_is_called_defines_the_name(text: str, name: str, said: str) -> None:
    assert (name, said) in facts(text + "\n", "called")


@pytest.mark.parametrize(
    "text",
    [
        "It is called prime knot.",
        "A knot is called prime knot.",  # says too little
        "The time between two beats is called the period of a wave.",  # the name goes on
        "If it is so, the time between two beats is called period.",
        "A wave, also called swell, is a movement of water.",
    ],
)
def test_a_name_alone_is_not_defined_by_being_called(text: str) -> None:
    assert not any(said for _, said in facts(text + "\n", "called"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A knot is a /prime knot/ if nothing divides it.", "prime knot"),
        ("We call $K$ a *field* if it has inverses.", "field"),
        ("The pair $(X, T)$ is a _topological space_ if $T$ holds it all.", "topological space"),
        ("Eine Folge $a$ heißt *Nullfolge*, falls sie gegen null geht.", "Nullfolge"),
        ("Una serie $s$ es una *serie normal* si cada paso es normal.", "serie normal"),
    ],
)
def test_a_condition_defines_the_marked_name(text: str, name: str) -> None:
    assert facts(text + "\n", "defined-if") == [(name, re.sub("[*/_]", "", text))]


@pytest.mark.parametrize(
    "text",
    [
        "A knot is /prime/ if nothing divides it.",  # a quality
        "The build is a *big problem* if tests fail.",
        "A knot is a /prime knot/ if",
        "You need a *prime knot* if nothing divides it.",
    ],
)
def test_other_conditions_define_nothing(text: str) -> None:
    assert not facts(text + "\n", "defined-if")


def test_a_bold_name_may_end_in_a_full_stop() -> None:
    text = "1. *Squeeze Principle.* Data that lie between others meet them\n2. *Proof.* By drawing it\n3. *This is all we know.* So far\n"
    assert facts(text, "bold-colon") == [("Squeeze Principle", "Data that lie between others meet them")]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Der Koeffizient gibt an, wie stark Daten zusammenhängen.", "Koeffizient", "gibt an, wie stark Daten zusammenhängen."),
        ("Die Optik beschäftigt sich mit dem Licht.", "Optik", "beschäftigt sich mit dem Licht."),
        ("La óptica estudia la luz y sus leyes.", "óptica", "estudia la luz y sus leyes."),
        ("L'optique étudie la lumière et ses lois.", "optique", "étudie la lumière et ses lois."),
    ],
)  # fmt: skip
def test_what_a_subject_of_another_language_does_defines_it(text: str, name: str, said: str) -> None:
    assert facts(text + "\n", "foreign-copula") == [(name, said)]


def test_a_verb_of_another_language_defines_the_title_without_a_subject() -> None:
    assert facts("* Korrelation\nprüft, ob es einen Zusammenhang gibt.\n", "section-opening") == [
        ("Korrelation", "prüft, ob es einen Zusammenhang gibt.")
    ]


def test_a_subject_that_begins_like_an_instruction_is_a_name_before_is() -> None:
    found = concept(graph("Block Offset is the lower part of an address.\n"), "Block Offset")
    assert found.definitions[0].text == "the lower part of an address."


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "Two owners free the same memory twice. This is known as a double free and is a bug.",
            "double free",
            "Two owners free the same memory twice",
        ),
        (
            "Cells store what they were asked\nfor once. This effect is called cell memory.",
            "cell memory",
            "Cells store what they were asked for once",
        ),
        # Of many things each may be called so.
        ("Groups hold what users may do there. These are called profiles.", "profiles", ""),
        # Says too little.
        ("They do it. This is called cell memory.", "cell memory", ""),
    ],
)
def test_what_was_said_before_is_what_this_is_called(text: str, name: str, said: str) -> None:
    assert facts(f"* text\n{text}\n", "called") == [(name, said)]


def test_what_stands_behind_an_emphasized_name_as_its_kind_defines_it() -> None:
    text = "It is easy to make a /dangling pointer/, a pointer that leads to memory of others.\n"
    assert facts(text, "italic-copula") == [("dangling pointer", "a pointer that leads to memory of others.")]
    for other in (
        "We saw /Hamlet/, a play of his.",
        "That was /it/, a thing of the past.",
        "Use a /pointer/, an idea we had.",
    ):
        assert facts(other + "\n", "italic-copula") == []


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Hoop that is no square of another hoop is called a *non-hoop*.", "non-hoop", "Hoop that is no square of another hoop"),
        ("In the world of rings, a ring that holds two others is called a *clasp*.", "clasp", "a ring that holds two others"),
        ("Both do it. A set of two\nlocks that hold each other is called a *clasp*.", "clasp", "A set of two locks that hold each other"),
    ],
)  # fmt: skip
def test_what_is_called_so_may_be_wrapped_have_no_article_or_say_where_before(text: str, name: str, said: str) -> None:
    assert facts(f"* text\n{text}\n", "called") == [(name, said)]
