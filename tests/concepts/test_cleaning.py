"""Names as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.concepts import cleaning, folding


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("The control plane", "control plane"),
        ("*Pod*:", "Pod"),
        ("What is Krew?", "Krew"),
        ("2014: Kubernetes", "Kubernetes"),
        ("homogeneous ˌhōməˈjēnēəs", "homogeneous"),
        ("Addons дополнительные компоненты", "Addons"),
        ("«под»", "под"),
    ],
)
def test_names_are_cleaned(surface: str, name: str) -> None:
    assert cleaning.clean(surface).name == name


@given(st.text("abcdeVs ", max_size=40))
def test_quotes_around_plain_words_make_no_other_name(text: str) -> None:
    assert cleaning.clean(f'"{text}"').name == cleaning.clean(text).name
    assert folding.words(text) == folding.TOKEN.findall(text)
