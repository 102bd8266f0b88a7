"""Statements with a label that names what they define."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts, graph


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("*Definition (Magma).* A set with one operation.", "Magma", "A set with one operation."),
        ("Def. 2.1 [Free magma]: The trees over a set.", "Free magma", "The trees over a set."),
        ("*Theorem 3* (Law of the lever). Weights balance by their distance.", "Law of the lever", None),
        ("Определение (магма). Множество с одной операцией над ним.", "магма", None),
    ],
)
def test_the_label_names_what_is_defined(text: str, name: str, said: str | None) -> None:
    found = facts(f"* Algebra\n{text}\n", "labelled-statement")
    assert [each[0] for each in found] == [name]
    assert said is None or found[0][1] == said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("#+begin_definition Magma\nA set with one operation.\n#+end_definition\n", "Magma"),
        ("#+begin_definition [Free magma]\nThe trees over a set.\n#+end_definition\n", "Free magma"),
        (
            "#+attr_latex: :options [Law of the lever]\n#+begin_theorem\nWeights balance by their distance.\n#+end_theorem\n",
            "Law of the lever",
        ),
    ],
)
def test_special_blocks_name_what_they_define(text: str, name: str) -> None:
    found = facts(f"* Algebra\nSome text.\n{text}", "labelled-statement")
    assert [each[0] for each in found] == [name]


def test_special_blocks_without_a_name_define_nothing() -> None:
    text = "#+begin_definition\nA set with one operation.\n#+end_definition\n#+begin_note Magma\nIt is so with us.\n#+end_note\n"
    assert facts(f"* Algebra\n{text}", "labelled-statement") == []


@pytest.mark.parametrize(
    "text",
    [
        "*Theorem (Bayes).* A chance turned around by another.",  # who found it
        "Definition (2 points). Say what a set with an operation is.",
        "Theorem (Law of the lever) was found by him.",
        "*Definition (Magma).* See below.",
        "Example (Magma). The numbers with a plus are one.",
    ],
)
def test_other_labels_name_nothing(text: str) -> None:
    assert facts(f"* Algebra\n{text}\n", "labelled-statement") == []


def test_the_label_itself_is_no_concept() -> None:
    names = [
        c.name for c in graph("* Algebra\n*Definition (Magma).* A set with one operation.\n*Theorem 3:* so.\n").concepts
    ]
    assert "Magma" in names
    assert not [name for name in names if name.startswith(("Definition", "Theorem"))]


def test_a_block_that_begins_with_a_name_defines_it() -> None:
    text = """* Basics
#+begin_definition
*Model*. Family of laws that depend on a few numbers.
#+end_definition

#+begin_definition
*Sample mean:* the sum of what was seen by its count.
#+end_definition

#+begin_theorem
*Bayes*. What is known before times what is seen.
#+end_theorem
"""
    assert facts(text, "labelled-statement") == [
        ("Model", "Family of laws that depend on a few numbers."),
        ("Sample mean", "the sum of what was seen by its count."),
    ]
