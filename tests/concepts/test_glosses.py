"""Glosses in parentheses and between commas that say what a name is."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("It waits for the mutex (a lock that one thread holds) and goes on.", "mutex", "a lock that one thread holds"),
        ("We soak it in electrolyte (a salt in a solvent).", "electrolyte", "a salt in a solvent"),
        ("Bekannt ist der Skalenparameter (der Wert, der die Streuung angibt).", "Skalenparameter", "der Wert, der die Streuung angibt"),
        ("We forbid the manifold attributes (those that have several values).", "manifold attributes", "those that have several values"),
        ("Ecco gli attributi multipli (quelli che hanno molti valori).", "attributi multipli", "quelli che hanno molti valori"),
        ("Ask the lid oracle (this tells who holds the lid).", "lid oracle", "this tells who holds the lid"),
        ("Its own *order* (the number of elements) counts.", "order", "the number of elements"),
        ("Kerberos, a protocol for tickets, asks a server.", "Kerberos", "a protocol for tickets"),
    ],
)  # fmt: skip
def test_a_gloss_defines_the_name_before_it(text: str, name: str, said: str) -> None:
    assert facts(text + "\n", "gloss") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    [
        "It waits for you (a friend of mine that helps).",
        "It waits for the mutex (a lock).",
        "It waits quickly (a habit of those that run).",
        "Alan Turing, a man of many talents, was born in London.",
        "Bread, a knife of steel, and butter.",
        "It waits (see the text of the lock).",
    ],
)
def test_other_parentheses_and_commas_define_nothing(text: str) -> None:
    assert not facts(text + "\n", "gloss")


def test_a_gloss_may_go_on_in_the_next_line() -> None:
    text = "- The worker takes a mutex (a lock that one\n  thread holds) first.\n"
    assert facts(text, "gloss") == [("mutex", "a lock that one thread holds")]
