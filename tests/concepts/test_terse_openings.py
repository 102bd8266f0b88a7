"""Terse first lines below a title that say what it names, and those that do not."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import concept, facts, graph


def opened(text: str) -> list[tuple[str, str]]:
    return facts(text, "section-opening")


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Signing Request", "Request for a certificate, sent to the office"),
        ("Root Mirror", "Self-hosted copy at the root of the tree"),
        ("Deed", "Document describing who owns a house"),
        ("Ligament", "Tissue that ties one bone to another"),
        ("Revocation List", "Register of certificates that nobody trusts any more"),
        ("Dominio", "Conjunto de valores del mismo tipo"),
        ("Clave menor", "Un subconjunto de la clave que no se repite"),
        ("Matrice", "Tableau de nombres qui a des lignes"),
        ("Klasse", "Abstraction d'un objet"),
        ("Crypto Tree", "Security architecture where each trusts the one above"),
        ("Black Register", "List of those who never pay: Kept by all"),
        ("Residuen", "Abweichungen vom Modell"),
        ("Erkannte Sprache", "Menge von Wörtern, die angenommen werden"),
    ],
)
def test_a_terse_first_line_defines_a_title(title: str, opening: str) -> None:
    assert opened(f"* {title}\n{opening}\n") == [(title, opening)]


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Normalization", "works on the rows, not on columns"),  # a verb without its subject that tells little
        ("Bread", "Instead of baking it, buy it"),
        ("Bread", "Book by John Smith for beginners"),
        ("Bread", "Think of it as of a cake"),
        ("Bread", "Library for ovens https://example.org"),
        ("Bread", "John Smith of London"),
        ("Bread", "List of recipes:"),
        ("Bread", "Kinds of bread to try"),  # speaks of the title's own word
        ("Bread", "Bakers of the town were rich"),
        ("Installing Linux", "Image for a stick"),
        ("Testing server", "Image for a stick"),
        ("Boot", "formats for starting: flat, round"),
        ("Concatenation", "work at runtime"),
        ("Example Tree", "Plant with leaves on it"),
        ("Steps", "Preparation of the dough"),
        ("Idea", "Oven with a glass door"),
        ("Historia", "Existen tipos de pan"),
        ("Historia", "Tour de France"),
        ("Pan", "Podemos hablar de la harina"),
    ],
)
def test_other_first_lines_define_nothing(title: str, opening: str) -> None:
    assert not opened(f"* {title}\n{opening}\n")


def test_what_is_called_after_what_it_does_is_defined_too() -> None:
    assert opened("* Relying party\nIs a holder that trusts a certificate.\n") == [
        ("Relying party", "a holder that trusts a certificate.")
    ]
    assert opened("* Signing CA\nLowest authority at the bottom of a tree.\n") == [
        ("Signing CA", "Lowest authority at the bottom of a tree.")
    ]


def test_several_items_that_begin_alike_list_kinds() -> None:
    text = "* Storage\n- region of memory for code\n- stack of frames for calls\n- heap of objects that live long\n"
    assert not opened(text)


def test_the_title_becomes_a_concept_with_its_definition() -> None:
    made = graph("* Revocation List\nRegister of certificates that nobody trusts any more.\n")
    found = concept(made, "Revocation List")
    assert found.definitions[0].text == "Register of certificates that nobody trusts any more."


def test_a_line_that_begins_with_a_capital_ends_the_phrase_before_it() -> None:
    made = facts("* Curl\nA tool that sends requests to a server\nYou can test a server with it\n", "section-opening")
    assert [name for name, _ in made] == ["Curl"]
    made = facts("* Axon\nFiber that leaves the cell body, its job is to carry messages\n", "section-opening")
    assert [name for name, _ in made] == ["Axon"]


def test_a_copula_without_its_subject_needs_no_article() -> None:
    made = facts("* Projection\nis unary operation that returns some columns\n", "section-opening")
    assert made == [("Projection", "unary operation that returns some columns")]
    made = facts("* Residuals\nThese are distances of the points from the line\n", "section-opening")
    assert made == [("Residuals", "distances of the points from the line")]
    assert not facts("* Projection\nis made of glass\n", "section-opening")
    assert not facts("* Residuals\nThese are examples of what we saw\n", "section-opening")


def test_a_number_of_several_levels_is_no_part_of_a_title() -> None:
    made = facts("* 2.6 Relational Algebra\nA set of operations on relations.\n", "section-opening")
    assert [name for name, _ in made] == ["Relational Algebra"]
