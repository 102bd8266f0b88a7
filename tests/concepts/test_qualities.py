"""Qualities that a sentence gives to a kind of thing."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts, graph


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A cone is *acute* if its angle is small enough.\n", "acute cone"),
        ("Some words. A road $R$ is called /closed/ when nobody may drive there.\n", "closed road"),
        ("We say that a crowd is *bounded* if it fits into a square.\n", "bounded crowd"),
        ("We call a machine /reversible/ if each of its steps can be undone.\n", "reversible machine"),
        ("A ring whose product commutes is called *commutative*.\n", "commutative ring"),
        ("A graph is *strongly connected* if every vertex reaches the others.\n", "strongly connected graph"),
        ("Ряд называется *гармоническим*, если его члены обратны числам.\n", "гармонический ряд"),
        ("Линия, у которой нет ни начала, ни конца, называется /замкнутой/.\n", "замкнутая линия"),
        ("Квадратная таблица, все строки которой равны, называется /простой/.\n", "простая таблица"),
        ("Поле называется *конечным*, если в нём конечное число элементов.\n", "конечное поле"),
        ("Una curva es /plana/ si está contenida en un plano.\n", "curva plana"),
        ("Uma curva é dita *fechada* se termina onde ela começa.\n", "curva fechada"),
        ("Eine Kurve heißt *geschlossen*, wenn sie endet, wo sie beginnt.\n", "geschlossene Kurve"),
    ],
)
def test_a_quality_names_a_kind_with_the_noun_it_is_given_to(text: str, name: str) -> None:
    found = facts(text, "quality")
    assert [found_name for found_name, _ in found] == [name]
    assert len(found[0][1].split()) >= 6


@pytest.mark.parametrize(
    "text",
    [
        "A node that has some children is called *parent*.\n",
        "It is *good* if the weather is fine on that day.\n",
        "The road is *closed* if nobody may drive there today.\n",
        "A cone is *acute* as far as we know from the book.\n",
        "Таблица, у которой есть дно, называется /нижней/ (/верхней/) /частью/.\n",
        "Ein Graph heißt *eben*, wenn man ihn so zeichnen kann.\n",
    ],
)
def test_nouns_and_single_things_give_no_kind(text: str) -> None:
    assert not facts(text, "quality")


def test_the_quality_alone_is_no_concept_then() -> None:
    made = graph(
        "A ring whose product commutes is called /commutative/.\n\nA road is called /closed/ when nobody drives.\n"
    )
    assert {c.name for c in made.concepts} >= {"commutative ring", "closed road"}
    assert not {c.name for c in made.concepts} & {"commutative", "closed"}


def test_rows_that_say_what_kind_of_thing_make_a_table_a_glossary() -> None:
    text = (
        "| Anvil | A block of iron that a smith works on |\n| Chisel | A tool with a sharp end for wood |\n"
        "| Bellows | Something by which one blows air into the fire |\n| Tongs | Two arms of metal by which one holds what is hot |\n"
    )
    assert [name for name, _ in facts(text, "table-row")] == ["Anvil", "Chisel", "Bellows", "Tongs"]
