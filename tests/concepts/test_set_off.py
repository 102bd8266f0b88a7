"""Names that are set off or stand on a line of their own, with what is said behind or below them."""

from __future__ import annotations

import pytest

from orgkb.concepts.model import ConceptKind
from tests.concepts.build_from import candidates, concept, facts, graph


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("/Keelson/: the beam that lies on the keel.", "Keelson", "the beam that lies on the keel."),
        ("- /Keelson:/ the beam that lies on the keel", "Keelson", "the beam that lies on the keel"),
        ("- _Keelson_ - beam on the keel of a boat", "Keelson", "beam on the keel of a boat"),
        ("/кильсон/ - балка, которая лежит на киле", "кильсон", "балка, которая лежит на киле"),
    ],
)
def test_a_slanted_name_is_defined_behind_a_colon_or_dash(text: str, name: str, said: str) -> None:
    assert facts(f"* Boats\n{text}\n", "set-off") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    [
        "/Note/: the beam lies on the keel.",
        "/Check the keel/: it may rot from below.",
        "/Keelson/: if it rots, the boat sinks.",
        "/Keelson/: see the page on keels.",
        "/Keelson/: made of oak",
    ],
)
def test_labels_advice_and_scraps_behind_a_slanted_name_define_nothing(text: str) -> None:
    assert facts(f"* Boats\n{text}\n", "set-off") == []


def test_a_name_in_code_needs_a_text_that_says_its_kind() -> None:
    text = "* Boats\n=keelson=: a beam that lies on the keel.\n\n=keel=: scrape it once a year.\n"
    (found,) = candidates(text, "set-off")
    assert (found.name, found.kind) == ("keelson", ConceptKind.CODE)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("*Keelson*\nThe beam that lies on the keel of a boat.", "Keelson", "The beam that lies on the keel of a boat."),
        ("Keel bolt\n  A bolt that holds the keel of a boat.", "Keel bolt", "A bolt that holds the keel of a boat."),
        ("- Keel bolt\n  holds the keel of a boat in place", "Keel bolt", "holds the keel of a boat in place"),
    ],
)  # fmt: skip
def test_a_name_on_a_line_of_its_own_is_defined_below(text: str, name: str, said: str) -> None:
    assert facts(f"* Boats\n{text}\n", "own-line") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    [
        "Keel bolt\nA bolt that holds the keel of a boat.",
        "We scraped the keel\n  A day that nobody liked.",
        "- Keel bolt\n  We lost it at sea.",
    ],
)
def test_other_first_lines_name_nothing(text: str) -> None:
    assert facts(f"* Boats\n{text}\n", "own-line") == []


@pytest.mark.parametrize("label", ["- Definition :: ", "- Purpose: ", "- What it is: ", "- Назначение: ", "Purpose: "])
def test_what_is_labelled_as_its_purpose_or_definition_defines_the_title(label: str) -> None:
    made = graph(f"* Keel bolts\n{label}holding the keel of a boat in place\n")
    assert [d.text for d in concept(made, "Keel bolts").definitions] == ["holding the keel of a boat in place"]
    assert len(made.concepts) == 1


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Keel rot is when a beam lets water in.", "Keel rot", "when a beam lets water in."),
        ("Deck prisms are large heavy blocks of glass.", "Deck prisms", "large heavy blocks of glass."),
    ],
)
def test_a_plain_subject_is_when_something_happens_or_things_of_a_kind(text: str, name: str, said: str) -> None:
    assert facts(f"* Boats\n{text}\n", "copula") == [(name, said)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Keel rot is when the beam lets water in.", "when the beam lets water in."),
        ("Where water comes in from below the boat.", "Where water comes in from below the boat."),
        ("Basically a hole that lets water in.", "a hole that lets water in."),
        ("The speed at which a beam rots.", "The speed at which a beam rots."),
        ("[[file:rot.png]]\n\nThe damage that water does.", "The damage that water does."),
    ],
)
def test_plain_words_below_a_title_say_what_it_is(text: str, said: str) -> None:
    assert facts(f"* Keel rot\n{text}\n", "section-opening") == [("Keel rot", said)]


def test_a_title_may_be_the_sentence_that_defines() -> None:
    text = "* Boats\n** A keelson is a beam that lies on the keel\n** Keel rot = water that comes in from below\n"
    assert facts(text, "copula") == [("keelson", "a beam that lies on the keel")]
    assert facts(text, "equals") == [("Keel rot", "water that comes in from below")]


def test_what_says_plainly_what_kind_of_thing_it_is_needs_no_other_beside_it() -> None:
    text = "* Boats\n- Keel edge\n  + The lower edge of a keel that lies on the ground.\n- We sail\n"
    assert facts(text, "entry") == [("Keel edge", "The lower edge of a keel that lies on the ground.")]
    assert facts("* Киль\nКильсон: балка, которая лежит на киле.\n", "colon-line") == [
        ("Кильсон", "балка, которая лежит на киле.")
    ]


def test_what_befalls_several_things_does_not_say_what_they_are() -> None:
    for text in ("Deck prisms are never cleaned, regardless of the dirt.", "Deck prisms are parts of boats."):
        assert facts(f"* Boats\n{text}\n", "copula") == []
