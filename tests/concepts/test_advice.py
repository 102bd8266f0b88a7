"""A label over advice is left to the review, even where the advice is not shown as its definition."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import graph


@pytest.mark.parametrize(
    "text",
    [
        "- Style - Prefer one way to write.\n- Canal lock - chamber that lifts boats\n",
        "- Style - Have clear rules for everybody.\n- Canal lock - chamber that lifts boats\n",
        "** Reality - We'll show how dear this is.\n** Canal lock - chamber that lifts boats\n",
    ],
)
def test_an_everyday_word_over_advice_is_no_concept(text: str) -> None:
    assert {c.name for c in graph(text).concepts} == {"Canal lock"}


def test_a_term_over_advice_stays_without_a_definition() -> None:
    (term,) = graph("- Double-entry bookkeeping - Prefer it to lists of payments.\n").concepts
    assert (term.name, term.definition) == ("Double-entry bookkeeping", None)
