"""Clauses: the words between a subject and its verb, and what relative clauses say of the concept before them."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import graph, relations

TERMS = (
    "* terms\n- scout :: bee\n- scouts :: bees\n- hive :: house of bees\n- queen :: mother of all\n- comb :: wall of cells\n"
    "- nectar :: juice\n- keeper :: farmer\n- smoke :: cloud\n"
)


def of(text: str) -> list[tuple[str, str, str]]:
    known = relations(graph(TERMS))
    return [each for each in relations(graph(TERMS + text)) if each not in known]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The keeper usually opens the hive at noon.", ("keeper", "opens", "hive")),
        ("Keepers also need the smoke.", ("keeper", "need", "smoke")),
        ("Keepers store the nectar.", ("keeper", "store", "nectar")),
        ("The queen acts as the scout.", None),
        ("The term “queen” can refer to the keeper.", ("queen", "can refer to", "keeper")),
        ("Note that the keeper opens the hive.", ("keeper", "opens", "hive")),
        ("Your keeper opens the hive.", ("keeper", "opens", "hive")),
        ("The comb points to a fixed place in the hive.", ("comb", "points to fixed place in", "hive")),
        ("He visits a keeper, which feeds the queen.", ("keeper", "feeds", "queen")),
        ("He likes keepers that store the nectar in jars.", ("keeper", "store", "nectar")),
        ("He sees one comb, which is made from nectar.", ("comb", "is made from", "nectar")),
    ],
)
def test_sentences_tell_what_their_subject_does(sentence: str, said: tuple[str, str, str] | None) -> None:
    found = of(f"* more\n{sentence}\n")
    assert said in found if said else not [each for each in found if "acts" in each[1].split()[1:]]


@pytest.mark.parametrize(
    "sentence",
    [
        # What those are or have of which it speaks says nothing of all.
        "He likes keepers that have a hive.",
        "He wants a keeper that can open a hive.",
        # The number of the verb tells of whom it speaks.
        "He knows keepers, which is good for the hive.",
        # It may be said of the house, too.
        "He lives in a house of a keeper that opens the hive.",
        # The whole sentence is meant.
        "He meets a keeper, which prevents the smoke.",
        "He meets a keeper that does not feed the queen.",
        # Said of the box.
        "The keeper may overwrite every last one of the old rules that was applied after the hive.",
        "If your keeper opens the hive, run.",
        "Your keeper was in the hive.",
    ],
)
def test_clauses_that_say_nothing_of_the_concept(sentence: str) -> None:
    assert [each for each in of(f"* more\n{sentence}\n") if each[0] == "keeper"] == []


def test_kinds_with_but_are_kinds() -> None:
    text = "* drone\nA drone is a faster but less reliable scout that flies far.\n"
    assert ("drone", "is a", "scout") in of(text)


def test_a_list_after_a_dash_needs_no_concept_for_each_of_its_members() -> None:
    found = of("* more\n- *larder* - comb, nectar/pollen, hive, wax\n- *chores* - clean combs, hive, nectar\n")
    assert [each for each in found if each[0] == "larder"] == [
        ("larder", "includes", "comb"),
        ("larder", "includes", "nectar"),
        ("larder", "includes", "hive"),
    ]
    assert not [each for each in found if each[:2] == ("chores", "includes")]


def test_problems_are_had() -> None:
    assert ("hive", "has problem", "smoke") in of("* hive\nProblems:\n- smoke - too much\n- nectar - too little\n")


def test_a_title_ties_the_two_things_that_it_is() -> None:
    assert ("scout", "for", "hive") in of("* Scouts for the hive\nMore of it.\n")
    assert not [each for each in of("* Scouts for the hive of mine\nMore.\n") if each[1] == "for"]


def test_what_stands_below_a_title_like_components_belongs_to_the_thing_above() -> None:
    assert ("hive", "has component", "comb") in of("* hive\n** Components\n- comb - for all\n- queen - one\n")
    found = of("* hive\nMade by bees.\n\nplugins\n- comb - for all\n- queen - one\n")
    assert ("hive", "has plugin", "comb") in found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        # participles of the target
        ("The keeper cleans every comb in the remaining hive.", ("keeper", "hive")),
        ("- *tool* - sign that indicates that queens of a hive", None),
        ("- *tool* - called many times/hive", None),
        ("- *tool* - strength of walls vs friendly hive", None),
        ("- *tool* - better for hive-bound insects", None),
        ("- *tool* - One can open the hive at noon", None),
        ("- *tool* - one of the parts of the hive", ("tool", "hive")),
        ("- *tool* - the ability to zwick hives", ("tool", "hive")),
    ],
)
def test_labels_are_whole_or_there_is_none(line: str, said: tuple[str, str] | None) -> None:
    found = {each[::2]: each[1] for each in of(f"* more\n{line}\n")}
    assert (said in found) if said else ("tool", "hive") not in found
    assert not [label for label in found.values() if label.endswith(("remaining", "to", "called"))]


def test_a_later_sentence_without_verb_says_once_more_what_a_thing_is() -> None:
    assert ("crate", "stronger form of", "comb") in [
        (source, label.lower(), target)
        for source, label, target in of("* more\n- *crate* - a thing of wood. Stronger form of comb.\n")
    ]


def test_what_a_list_has_beside_an_item_with_a_preposition_is_no_second_object_of_that() -> None:
    found = of("- *пасека* - тихое место: свои порядки, защита через smoke, nectar весны и верхний слой\n")
    assert ("пасека", "защита через", "smoke") in found
    assert not [each for each in found if each[0] == "пасека" and each[2] == "nectar"]
    found = of("- *robber* - insect that steals from keeper, queen and comb\n")
    assert {each[2] for each in found if each[0] == "robber"} >= {"keeper", "queen", "comb"}
