"""Linking phrases keep what makes them true: their verb, object and noun."""

from __future__ import annotations

import pytest

from orgkb.concepts.relations.labels import is_cut
from orgkb.concepts.relations.phrases import phrase
from tests.concepts.build_from import graph, relations

TERMS = "* terms\n- lantern :: lamp that one carries\n- oil lamp :: burns oil\n- wick :: cord\n- harbour :: place of ships\n\n"


def said(text: str, source: str) -> list[tuple[str, str]]:
    """(label, target) of what TEXT below the terms says of SOURCE."""
    return [(label, target) for one, label, target in relations(graph(TERMS + text)) if one == source]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("the height at which the whole", ""),
        ("choice of which ", "choice of"),
        ("in March 1815, ", ""),
        ("in 1815, was merged into the ", "was merged into"),
        ("used for up to 8 ", "used for"),
        ("be aware that the", ""),
        ("is an open source ", "is"),
    ],
)
def test_a_phrase_has_its_verb_or_is_none(words: str, label: str) -> None:
    assert phrase(words, opening=True) == label


def test_what_one_sees_something_as_is_no_cut_phrase() -> None:
    assert is_cut("theory that sees", "society", " as an arena of")
    assert not is_cut("theory that sees", "society", " from above")


def test_what_others_do_to_which_a_thing_is_similar_is_not_said_of_it() -> None:
    assert not said("- *beacon* - similar to the lights that start with a wick, but larger\n", "beacon")


def test_a_size_compared_is_no_kind() -> None:
    assert not said("- *beacon* - bright lantern > 3\n", "beacon")


def test_a_russian_copula_keeps_the_noun_that_leads_to_the_thing() -> None:
    terms = "- *фонарь* - лампа, которую носят\n"
    found = relations(graph(terms + "- *маяк* - является лишь улучшенной версией фонаря для моря\n"))
    assert ("маяк", "является улучшенной версией", "фонарь") in found


def test_an_owner_with_a_curly_apostrophe_is_no_kind() -> None:
    assert ("is", "harbour") not in said("*beacon* is the harbour community’s own light.\n", "beacon")


@pytest.mark.parametrize(
    "definition",
    [
        "folding paper lantern for the garden",
        "a small hand-made garden lantern",
        "lantern that one hangs up",
    ],
)
def test_a_definition_that_plainly_begins_with_a_noun_says_the_kind_however_many_adjectives_it_has(
    definition: str,
) -> None:
    assert ("is a", "lantern") in said(f"- *beacon* - {definition}\n", "beacon")


@pytest.mark.parametrize("definition", ["hung in-between lantern rows for guests", "keeps the lantern for guests"])
def test_words_that_only_lead_to_a_noun_say_no_kind(definition: str) -> None:
    assert ("is a", "lantern") not in said(f"- *beacon* - {definition}\n", "beacon")


RUSSIAN = "- *Quill* - фирма\n- *фонарь* - лампа\n- *маяк* - башня\n- *смотритель* - человек\n- *масло* - жидкость\n- *сигнал* - знак\n\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("В башне живёт смотритель, который следит за маяком.", ("смотритель", "следит за", "маяк")),
        ("Нужны фонари, которые часто потребляют масло.", ("фонарь", "потребляют", "масло")),
        ("Для заправки фонаря используется масло.", ("масло", "используется для заправки", "фонарь")),
    ],
)
def test_russian_clauses_say_it_of_the_noun_whose_number_they_have(text: str, found: tuple[str, str, str]) -> None:
    assert found in relations(graph(RUSSIAN + text + "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Размер фонаря, который зависит от маяка.",  # the size depends
        "Вот смотритель, которые следят за маяком.",
        "Вот смотритель, который не следит за маяком.",
        "Мастер фирмы Quill, который построил маяк.",  # the master did
    ],
)
def test_russian_clauses_of_another_noun_say_nothing_of_this_one(text: str) -> None:
    assert relations(graph(RUSSIAN + text + "\n")) == relations(graph(RUSSIAN))
