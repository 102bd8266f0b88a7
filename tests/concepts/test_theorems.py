"""Theorems, laws and definitions under their titles, and first sentences that speak of their title."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Squeeze Theorem", "Squeeze Theorem"),
        ("Hooke's law", "Hooke's law"),
        ("Law of Large Steps", "Law of Large Steps"),
        ("Theorem 3.4 (Squeeze)", "Squeeze"),
        ("Satz 12 (Satz vom Igel)", "Satz vom Igel"),
        ("Definition: Magma", "Magma"),
        ("Teorema de Pitágoras", "Teorema de Pitágoras"),
        ("Loi d'Ohm", "Loi d'Ohm"),
        ("Теорема Байеса", "Теорема Байеса"),
    ],
)
def test_what_stands_below_a_theorem_is_what_it_says(title: str, name: str) -> None:
    stated = "If a lies between b and c, and both meet, a meets them."
    assert facts(f"* {title}\n{stated}\n", "theorem") == [(name, stated)]


@pytest.mark.parametrize(
    "text",
    [
        "* Squeeze Theorem\nProof by drawing a picture of it.\n",
        "* Squeeze Theorem\nHow do we show that it holds?\n",
        "* Squeeze Theorem\n- first use of it in a book\n- second use of it in a book\n",
        "* Contract law\nThe course starts on Monday at nine.\n",  # a field, not a law
        "* Theorem 4\nEvery even number is a sum of two primes.\n",  # has no name
        "* Satz 3 (Kleene 1956)\nEvery even number is a sum of two primes.\n",  # who said it
        "* Squeeze Theorem, Sandwich Theorem\nIf a lies between b and c, it meets them.\n",
        "* Hooke's law\nЗакон Гука\n",
    ],
)
def test_other_titles_and_texts_state_nothing(text: str) -> None:
    assert not facts(text, "theorem")


def test_a_text_that_says_it_is_a_definition_defines_its_title() -> None:
    said = "Set with an operation on it, of which nothing else is known."
    assert facts(f"* Magma\nOld word.\n\n*Definition.* {said}\n", "theorem") == [("Magma", said)]
    assert facts(f"* Magma\nOld word.\n#+begin_definition\n{said}\n#+end_definition\n", "theorem") == [("Magma", said)]
    assert not facts(f"* Magma\n*Definition.* {said}\n\n*Definition.* {said}\n", "theorem")  # of two other things


def test_a_title_that_is_definition_defines_the_one_above() -> None:
    said = "Set with an operation on it, of which nothing else is known."
    assert facts(f"* Magma\n** Definition\n{said}\n", "definition-below") == [("Magma", said)]
    assert facts("* Magma\n** Definition 2.1\nEvery magma is a set with an operation.\n", "definition-below")
    assert not facts(f"* Magma\n** Definition 2.1\n{said}\n", "definition-below")  # counted: of anything
    assert not facts(f"* Basics\n** Definition\n{said}\n", "definition-below")
    assert not facts(f"** Definition\n{said}\n", "definition-below")


@pytest.mark.parametrize(
    ("title", "sentence", "said"),
    [
        ("Prime knot", "A knot is prime if nothing divides it.", ""),
        ("Serie", "Llamamos serie a toda cadena finita.", ""),
        ("Torre de cuerpos", "Una torre es una sucesión de cuerpos.", ""),
        ("Torre", "Una torre es una sucesión de cuerpos.", "una sucesión de cuerpos."),
        ("Grupo soluble", "Un grupo es soluble si tiene una serie normal.", ""),
        ("Zufallsvariable", "Eine Abbildung von Ereignissen heißt Zufallsvariable.", ""),
        ("Test", "Der t-Test ist der Hypothesentest der Verteilung.", None),
    ],
)
def test_a_first_sentence_that_speaks_of_the_title_defines_it(title: str, sentence: str, said: str | None) -> None:
    assert facts(f"* {title}\n{sentence}\n", "section-opening") == ([] if said is None else [(title, said or sentence)])


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Prime knot", "The prime knot that we saw is in the appendix."),
        ("Prime knot", "If a knot is prime, nothing divides it?"),
        ("Prime knot", "A knot may be tied if you have a rope."),
        ("Torre de cuerpos", "La historia de la torre es una serie de errores."),
        ("Kette", "Die Länge der Kette ist die Zahl der Glieder minus eins."),
    ],
)
def test_other_sentences_define_no_title(title: str, sentence: str) -> None:
    assert not facts(f"* {title}\n{sentence}\n", "section-opening")


@pytest.mark.parametrize("label", ["=Definition=", "*Definition*", "Definition:", "=Definition 2="])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_label_alone_on_its_line_says_that_the_next_one_defines_the_title(label: str, between: str) -> None:
    text = f"* Steady boats\n\n{label}{between}A boat is steady if it stays where it is.\n"
    assert facts(text, "theorem") == [("Steady boats", "A boat is steady if it stays where it is.")]


def test_a_label_alone_over_a_theorem_is_not_what_it_states() -> None:
    text = "* Sailor's theorem\n\n=Theorem=\n\nEvery boat that leaves comes back.\n"
    assert facts(text, "theorem") == [("Sailor's theorem", "Every boat that leaves comes back.")]


def test_a_label_alone_on_its_line_may_have_the_name() -> None:
    text = "* Boats\n\nThey float.\n\n=General Definition: Steady boat=\n\nA boat that stays where it is.\n"
    assert facts(text, "labelled-statement") == [("Steady boat", "A boat that stays where it is.")]


def test_a_slash_may_stand_in_the_name_of_a_principle() -> None:
    text = "* Open/closed principle\n\nBoats should be open for guests, but closed for water.\n"
    assert facts(text, "theorem") == [
        ("Open/closed principle", "Boats should be open for guests, but closed for water.")
    ]
    assert not facts("* Guests/boats of law\n\nBoats should be open for guests.\n", "theorem")


def test_an_item_that_is_labelled_a_definition_defines_the_title() -> None:
    text = "* Steady boats\n- Definition: stay where they are, whatever the wind.\n- Ours is one.\n"
    assert facts(text, "theorem") == [("Steady boats", "stay where they are, whatever the wind.")]
