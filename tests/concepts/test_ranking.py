"""Importance."""

from __future__ import annotations

import math

import pytest

from orgkb.concepts.ranking import importance, pagerank
from tests.concepts.build_from import graph


def test_pagerank_sums_to_one_and_prefers_what_others_point_to() -> None:
    rank = pagerank(["a", "b", "c"], {("a", "c"): 1.0, ("b", "c"): 1.0})
    assert math.isclose(sum(rank.values()), 1, abs_tol=1e-3)
    assert rank["c"] > rank["a"] == rank["b"]


def test_pagerank_of_a_ring_is_even() -> None:
    rank = pagerank(["a", "b", "c"], {("a", "b"): 1.0, ("b", "c"): 5.0, ("c", "a"): 2.0})
    assert list(rank.values()) == pytest.approx([1 / 3] * 3)


def test_nothing_has_no_importance() -> None:
    assert pagerank([], {}) == {}
    assert importance([], {}, {}, {}, {}) == {}


def _ranked(text: str) -> list[str]:
    return [concept.name for concept in graph(text).ranked]


def test_what_many_sections_speak_of_comes_before_what_one_defines() -> None:
    text = "* Once\n*Gizmo* - device that turns a widget into another one\n" + "".join(
        f"* Part {at}\nA quorum of {at}.\n" for at in ("ants", "bees", "cats", "dogs", "eels", "foxes")
    )
    ranked = _ranked(text + "* Quorum\n")
    assert ranked.index("Quorum") < ranked.index("Gizmo")


def test_an_entry_of_a_glossary_keeps_its_trust() -> None:
    entry = "* A\n- gizmo :: device that turns one thing into another\n- widget - device that turns one thing into another\n"
    ranked = _ranked(entry)
    assert ranked.index("gizmo") < ranked.index("widget")


def test_a_title_counts_and_everyday_words_count_less() -> None:
    counts = {"a": 3.0, "b": 3.0, "c": 3.0}
    made = importance(list(counts), {}, counts, counts, dict.fromkeys(counts, 0.5), {"a"}, {"c"})
    assert made["a"] > made["b"] > made["c"]


def test_phrases_that_any_notes_have_rank_behind_what_these_are_about() -> None:
    line = "Each *command line* holds a *spare gizmo* too.\n"
    ranked = _ranked("".join(f"* Part {n}\n{line}" for n in range(4)))
    assert ranked.index("spare gizmo") < ranked.index("command line")
