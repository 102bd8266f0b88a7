"""Names stay with the thing that they name."""

from __future__ import annotations

import pytest

from orgkb.concepts import cleaning, passing
from tests.concepts.build_from import graph


def owners(text: str) -> dict[str, set[str]]:
    return {c.name: {a.surface for a in c.aliases} for c in graph(text).concepts}


@pytest.mark.parametrize(
    ("surface", "name", "note"),
    [
        ("(A)vailability", "Availability", ""),
        ("(MVVM)Model-View-ViewModel", "Model-View-ViewModel", "MVVM"),
        ("(BDD) Behavior-driven development", "Behavior-driven development", "BDD"),
        ("(INNER) JOIN", "(INNER) JOIN", ""),
    ],
)
def test_what_stands_in_parentheses_before_a_name(surface: str, name: str, note: str) -> None:
    assert cleaning.clean(surface) == cleaning.Cleaned(name, note)


def test_a_kind_of_a_well_known_thing_does_not_take_its_name() -> None:
    text = (
        "* Machine learning\n- Machine learning algorithm - method that learns from data\n"
        "* Search\nThe algorithm is fast.\n* Sort\nThat algorithm is slow.\n* Trees\nOne more algorithm walks trees.\n"
    )
    found = owners(text)
    assert "algorithm" not in found.get("Machine learning algorithm", set())


def test_a_multi_vector_is_no_vector() -> None:
    text = (
        "- *Multivac* - a computer of stories\n- *multi-vector* - several vectors of one document\n"
        "- vector - an element of a space\n"
    )
    assert {"multi-vector", "vector"} <= owners(text).keys()


def test_a_proper_name_is_one_thing_wherever_it_is_defined() -> None:
    text = (
        "* Editors\n- jupyterlab - text editor that is extended in Lisp\n"
        "* Large files\n- jupyterlab - package of the archive, opens parts only\n"
    )
    assert [c.name for c in graph(text).concepts].count("jupyterlab") == 1


def test_what_notes_on_anything_speak_of_is_no_concept_until_they_come_back_to_it() -> None:
    assert "source code" not in owners("* Build\nThe source code is compiled twice.\n")
    assert "source code" in owners("".join(f"* Part {n}\nWe print the source code of part {n}.\n" for n in range(7)))


@pytest.mark.parametrize("name", ["Library Support", "Best Practices", "Real Name"])
def test_capitals_and_an_everyday_head_make_no_name(name: str) -> None:
    assert passing.is_generic_title(name)


@pytest.mark.parametrize("name", ["Unix Time", "Azure Blob Storage", "Single UNIX Specification", "Bloom Filter Trie"])
def test_names_with_an_everyday_head_are_names(name: str) -> None:
    assert not passing.is_generic_title(name)


def test_an_option_with_nothing_but_its_type_or_value_is_no_concept() -> None:
    found = owners(
        "* Options\n- *beforeSend* - Function\n- *type* - default: 'GET'\n- *callback* - function called when done\n"
    )
    assert "callback" in found
    assert not {"beforeSend", "type"} & found.keys()


def test_a_part_of_a_variable_is_no_concept() -> None:
    assert "m.offset" not in owners("* Match\n- m.offset - the offset at which the whole match begins\n")


def test_a_word_that_says_what_can_be_done_is_no_noun_where_it_is_rare() -> None:
    text = "* A\nThe executable runs.\n* B\nUse executable images of it.\n* C\nMake one.\n" + "x\n" * 50
    assert "executable" not in owners(text)
