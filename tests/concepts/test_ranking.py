"""Importance."""

from __future__ import annotations

import math

import pytest

from orgkb.concepts.ranking import importance, pagerank


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
