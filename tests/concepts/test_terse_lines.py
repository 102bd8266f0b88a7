"""Lines of terms, comparisons, activities and what marked names do: the terse forms of other people's notes."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import concept, facts, graph


def test_lines_of_a_name_a_colon_and_what_it_is_define_each() -> None:
    text = "Rider : base class of all people (name, address)\nClerk: class that derives from Rider\n"
    assert facts(text, "colon-line") == [
        ("Rider", "base class of all people (name, address)"),
        ("Clerk", "class that derives from Rider"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Time: nine in the morning\nPlace: the hall of the school\n",  # labels
        "Given: a graph of towns\nQuestion: is there a way through it\n",
        "Matching: Requires that all be known\nGuessing: Needs that all be known\n",
        "Mare: horse that has foals\nand goes on here\n",
        "Mare: horse\nFoal: young\n",
        "Mare: call(a) = of b\nFoal: call(b) = of c\n",
    ],
)
def test_other_lines_with_a_colon_define_nothing(text: str) -> None:
    assert not facts(text, "colon-line")


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Multiset", "Like a set, but members may come again"),
        ("Ternary", "Same as a choice, only shorter to write"),
        ("Forgery", "A way to write the name of another"),
        ("Tokenization", "Cutting a text into the pieces that a model knows"),
        ("Herding", "Keeping animals together on their way to the fields"),
    ],
)
def test_comparisons_and_activities_define_a_title(title: str, opening: str) -> None:
    assert facts(f"* {title}\n{opening}\n", "section-opening") == [(title, opening)]


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Multiset", "Like it was yesterday, we come again"),
        ("Forgery", "Way to the fields of gold"),
        ("Cattle", "Keeping animals together on their way to the fields"),  # not something one does
        ("Herding", "Installing what keeps animals together on their way"),
        ("Herding", "Thinking and feeling guide us on the way to the fields"),
        ("Herding", "Keeping animals together"),
    ],
)
def test_other_openings_define_no_title(title: str, opening: str) -> None:
    assert not facts(f"* {title}\n{opening}\n", "section-opening")


def test_what_a_marked_name_does_defines_it_behind_its_symbol_too() -> None:
    found = concept(graph("The *learning rate* $a$ determines how far each step goes.\n"), "learning rate")
    assert found.definitions[0].text == "determines how far each step goes."
    assert not facts("The *new service* offers speed and comfort.\n", "bold-copula")


def test_items_with_a_colon_may_hold_formulas_and_everyday_words() -> None:
    text = "- sample point: each possible outcome of a throw\n- sample space: set of all points, $S$\n- event: a part $E$ of $S$\n"
    assert facts(text, "colon-item") == [
        ("sample point", "each possible outcome of a throw"),
        ("sample space", "set of all points, $S$"),
    ]
    assert not facts("- sample code: a =tr= of it all\n- sample text: it goes on like that\n", "colon-item")


def test_a_title_that_is_an_acronym_takes_the_long_form_below() -> None:
    found = concept(graph("* IV\ninitialization vector\n"), "IV")
    assert "initialization vector" in found.surfaces
    assert not facts("* IV\nvector that begins\n* Iv\ninitialization vector\n", "acronym")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The plant’s outer layer, it keeps the water in.", "The plant’s outer layer, it keeps the water in."),
        ("The cell's “power station” of small size.", "The cell's “power station” of small size."),
    ],
)
def test_a_part_of_something_is_what_its_title_names(text: str, said: str) -> None:
    assert facts(f"* Periderm\n{text}\n", "section-opening") == [("Periderm", said)]


@pytest.mark.parametrize(
    "text",
    [
        "The author's main thing, says he.",
        "Bob's reasons, as told there.",
        "The plant's layer keeps the water in.",
        "See https://a.example for the plant's layers.",
    ],
)
def test_what_somebody_owns_defines_no_title(text: str) -> None:
    assert facts(f"* Periderm\n{text}\n", "section-opening") == []
