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
