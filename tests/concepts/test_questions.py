"""Questions in the text with their answer."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Q: What is a keelson?\nA: A beam that lies on the keel.", "keelson", "A beam that lies on the keel."),
        ("What is keel rot? A hole that lets water in. It is bad.", "keel rot", "A hole that lets water in."),
        ("- What are keel bolts?\n  - They are bolts that hold the keel.", "keel bolts", "bolts that hold the keel."),
        ("Что такое кильсон?\n\nБалка, которая лежит на киле.", "кильсон", "Балка, которая лежит на киле."),
        ("Was ist ein Kielschwein?\n\nEin Balken, der auf dem Kiel liegt.", "Kielschwein", "Ein Balken, der auf dem Kiel liegt."),
    ],
)  # fmt: skip
def test_the_answer_defines_what_is_asked_for(text: str, name: str, said: str) -> None:
    assert facts(f"* Boats\n{text}\n", "question") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    [
        "What is the difference between keels?\n\nOne is deep.",
        "What is a keelson?\n\nSee the next page of this.",
        "- What is a keelson?\n- What is a keel bolt?",
        "What is a keelson?",
    ],
)
def test_questions_without_an_answer_define_nothing(text: str) -> None:
    assert facts(f"* Boats\n{text}\n", "question") == []
