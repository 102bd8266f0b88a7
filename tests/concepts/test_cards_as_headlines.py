"""Cards that notes keep as headlines."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts, graph

RULE = "card"


def test_the_front_of_a_card_is_what_its_back_says() -> None:
    text = """\
* Flashcards
** Definition (Finance) :fc:
:PROPERTIES:
:ID: 7485d0a5
:END:

Bull market

*** Back
A period of rising prices. Nobody knows when it ends.
** Earnings per share :fc:
*** Back
Income of the company for each share.
** Card
*** Front
Blue chip stock
*** Back
A huge company with a good name.
"""
    assert facts(text, RULE) == [
        ("Bull market", "A period of rising prices."),
        ("Earnings per share", "Income of the company for each share."),
        ("Blue chip stock", "A huge company with a good name."),
    ]
    assert not {"Back", "Front", "back", "front"} & {concept.name for concept in graph(text).concepts}


def test_german_cards() -> None:
    text = "* Karte\n** Vorderseite\nRendite\n** Rückseite\nErtrag einer Anlage im Jahr.\n"
    assert facts(text, RULE) == [("Rendite", "Ertrag einer Anlage im Jahr.")]


@pytest.mark.parametrize(
    "text",
    [
        "* How does it work?\n** Back\nIt works with a lamp and a lens.\n",
        "* Name the three kinds of lens\n** Back\nThin ones, thick ones and others.\n",
        "* Lens\n** Back\nGlass\n",
        "* Lens\n** Back\n- thin\n- thick\n",
        "* Pain\n** Back and neck\nMost people know it well.\n",
    ],
)
def test_other_cards_define_nothing(text: str) -> None:
    assert not facts(text, RULE)
