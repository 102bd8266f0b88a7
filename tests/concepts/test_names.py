"""Which words can be a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.concepts import cleaning, folding, names


@given(st.text(max_size=300))
def test_no_text_breaks_the_names(text: str) -> None:
    cleaned = cleaning.clean(text).name
    folding.key(text)
    folding.slug(text)
    if not names.impossible(cleaned):
        assert 0.0 <= names.weak_shape(cleaned) <= 1.0
        assert folding.key(cleaned)


@pytest.mark.parametrize(("name", "impossible"), [("& and |", True), ("$for", True), ("for", False), ("C#", False)])
def test_a_function_word_among_signs_is_no_name(name: str, *, impossible: bool) -> None:
    assert names.impossible(cleaning.clean(name).name) == impossible


@given(
    st.lists(st.sampled_from(["is", "the", "a", "pod", "Node", "cafe", "usage"]), min_size=2, max_size=9).map(" ".join)
)
def test_a_sign_that_names_may_have_does_not_change_what_plain_words_are(name: str) -> None:
    # A dot at the end takes the way that asks everything.
    assert names.impossible(name) == names.impossible(f"{name}.")
