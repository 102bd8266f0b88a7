"""Companies, people, places and everyday words that notes mention in passing are no concepts."""

from __future__ import annotations

import pytest

from orgkb.concepts import passing
from tests.concepts.build_from import graph


def kept(text: str) -> set[str]:
    return {c.name for c in graph(text).concepts}


@pytest.mark.parametrize("name", ["Paul", "Seymour Papert", "Nikita Levitskiy", "Эндрю Ын"])
def test_people(name: str) -> None:
    assert passing.is_person(name)


@pytest.mark.parametrize("name", ["Ruby", "Alex Net model", "Max Pooling", "Simon says", "Adam optimizer", "Ada"])
def test_names_that_begin_like_people_are_none(name: str) -> None:
    assert not passing.is_person(name)


@pytest.mark.parametrize("name", ["Copper", "Commerce", "Jackson"])
def test_words_that_only_a_capital_makes_look_like_names(name: str) -> None:
    assert passing.is_capitalised_word(name)


@pytest.mark.parametrize("name", ["Spark", "Envoy", "Podman", "iOS", "Docker", "LXD"])
def test_products_are_names(name: str) -> None:
    assert not passing.is_capitalised_word(name)


def test_a_company_in_passing_is_no_concept_but_what_it_makes_is() -> None:
    found = kept("* History\n- Google and IBM announce Istio, a service mesh.\n- *Omega* - scheduler of Google\n")
    assert "Omega" in found
    assert not {"Google", "IBM"} & found


def test_a_company_that_the_notes_define_or_come_back_to_is_a_concept() -> None:
    assert "IBM" in kept("* Makers\n- IBM :: company that made the first mainframes\n")
    sections = "".join(f"* Part {n}\nWhat Google and Intel did in this part.\n" for n in range(6))
    assert "Google" in kept(sections)


def test_an_enumeration_of_goods_gives_no_concepts_and_one_of_products_does() -> None:
    assert not {"Copper", "Zinc"} & kept(
        "* Metals\nBase metals (such as Lead, Zinc, Nickel, Copper) are traded there.\n"
    )
    assert {"Podman", "Spark"} <= kept("* Tools\nWe run it with tools such as Podman, Spark, Airflow or Nomad.\n")


@pytest.mark.parametrize(
    "line",
    [
        "1. Ann Quillby, Jorun Askvik, and Tove Brandsdal. How ferries learn to dock. 2019.",
        "The docking rule was introduced by Jorun Askvik on a ferry.",
        "- Harbour 2 for ferries, see Askvik and Brandsdal (2019)",
    ],
)
def test_whoever_wrote_or_made_something_is_no_concept(line: str) -> None:
    assert not {"Jorun Askvik", "Tove Brandsdal", "Ann Quillby", "Askvik", "Brandsdal"} & kept(f"* Ferries\n{line}\n")


def test_products_and_methods_side_by_side_are_no_authors() -> None:
    found = kept(
        "* Tools\nApache Flink, Concurrent Haskell, Vertex Grind and Redis Quux. All of them run with Podman.\n"
    )
    assert {"Apache Flink", "Concurrent Haskell"} <= found
