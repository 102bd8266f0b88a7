"""What speaks of a thing without saying what it is is not shown as its definition."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import concept, graph, relations


def shown(text: str, name: str) -> str:
    """The definition that the graph of TEXT shows for NAME."""
    definition = concept(graph(text), name).definition
    return definition.text if definition else ""


@pytest.mark.parametrize(
    "said",
    [
        "such as Alder, Birch, Willow",
        "e.g. the one below the harbour",
        "например та, что ниже гавани",
        "if you want to open the gate at night",
        "Make sure that both gates are closed",
        "Закройте оба затвора перед подъёмом.",
        "not supported on the upper canal",
        "does not work in winter",
        "v2 usually",
        "12 by default",
        "introduced in 1890",
        "Panama, Kiel, Corinth, Suez",
        "barges, gates, and water levels",
        "the preferred choice for steep rivers",
        "It is a good alternative to a boat lift",
        "Start by measuring the water above it.",
        "такие как Панама, Киль и Суэц",
        "you don't have to lift the boat by hand",
        "already there",
        "Prefer one kind of gate to several",
        "Research whether you need one and build it with care",
        "Have clear rules for those who open it",
        "we will show how dear it is",
        "no solution",
        "I found that the gates take the same time",
        "You are here: harbour, canal",
        "something similar.",
        "то же самое.",
        "every 2 years",
        "30 million boats, 2 million barges",
        "become more popular",
        "are no danger",
        "only recommended for small boats",
        "default: 4 on rivers, 2 elsewhere",
        "in March 1890, both locks were joined",
        "the easiest to build and never leaks",
        "достоинства и недостатки. Где применить",
    ],
)
def test_examples_advice_members_and_traits_are_not_shown_as_the_definition(said: str) -> None:
    assert not shown(f"- *Canal lock* - {said}\n", "Canal lock")


@pytest.mark.parametrize(
    "said",
    [
        "chamber that lifts boats, for example barges",
        "I don't know how",
        "can be used to lift boats",
        "can be opened by hand",
        "must be greased each spring",
        "invented by Leonardo. A chamber between two gates",
        "Should the gate be closed at night?",
        "not a weir but a chamber",
        "quick, quiet, cheap",
        "stores water, boats, and barges of any size",
        "чаши, камеры, бассейны",
    ],
)
def test_what_says_what_a_thing_is_stays_its_definition(said: str) -> None:
    assert shown(f"- *Canal lock* - {said}\n", "Canal lock") == said


def test_one_word_behind_the_dash_of_a_title_is_a_topic_but_for_a_translation_or_long_form() -> None:
    text = "* Tidewell - news\n* Weir - плотина\n* OSM - openstreetmaps\n"
    found = {c.name: c.definition.text if c.definition else "" for c in graph(text).concepts}
    assert not found.get("Tidewell")
    assert found["Weir"] == "плотина"
    assert found["OSM"] == "openstreetmaps"


def test_a_word_of_the_name_alone_does_not_define_it() -> None:
    assert not shown("- *Process quality* - process\n", "Process quality")


def test_one_word_only_sorts_a_name_of_several_but_may_translate_it() -> None:
    text = "- Garden gate - wood\n- Iron gate - door of bars\n- gate - door\n- buenas noches - evening\n"
    found = {c.name: c.definition.text if c.definition else "" for c in graph(text).concepts}
    assert not found.get("Garden gate")
    assert found["Iron gate"] == "door of bars"
    assert found["buenas noches"] == "evening"


def test_the_sentence_that_says_what_it_is_comes_before_one_that_says_when_or_what_it_can() -> None:
    text = "- *Tidewell* - when boats wait before the upper gate\n\nTidewell is a basin between two gates.\n"
    assert shown(text, "Tidewell") == "a basin between two gates."
    assert shown(text.split("\n", 1)[0] + "\n", "Tidewell").startswith("when boats wait")
    text = "- *Tidewell* - can be closed by hand\n\nTidewell is a basin between two gates.\n"
    assert shown(text, "Tidewell") == "a basin between two gates."


def test_what_it_is_comes_before_whose_it_is() -> None:
    text = "* Looms\n- *Jacquard* - Google - as a fabric with threads that conduct\n* Weaving\nJacquard is a fabric that feels touches.\n"
    assert shown(text, "Jacquard") == "a fabric that feels touches."


def test_relations_are_still_read_from_a_list_of_members() -> None:
    text = "- *Barge* - flat boat\n- *Tug* - boat that pulls\n- *Punt* - boat with a pole\n- *Fleet types* :: Barges, Tugs, Punts\n"
    made = graph(text)
    assert not any(c.definition and c.definition.text == "Barges, Tugs, Punts" for c in made.concepts)
    assert any(target == "Tug" for _, _, target in relations(made))
