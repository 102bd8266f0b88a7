"""Readable, unique names for places in an output."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.org.slugs import MAX_SLUG, Namespace, custom_slug, slug


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("The control plane", "the-control-plane"),
        ("  C++ & co. ", "c-co"),
        ("Узел и под", "узел-и-под"),
        ("kube_proxy/iptables", "kube-proxy-iptables"),
        ("容器", "容器"),
        ("🐳", ""),
        ("word " * 40, "word-" * 13 + "word"),
        ("x" * 500, "x" * MAX_SLUG),
    ],
)
def test_a_slug_is_the_words_joined_by_hyphens(text: str, made: str) -> None:
    assert slug(text) == made


@given(st.text())
def test_a_slug_is_short_and_holds_only_letters_digits_and_hyphens(text: str) -> None:
    made = slug(text)
    assert len(made) <= MAX_SLUG
    assert all(c.isalnum() or c == "-" for c in made)
    assert made == made.strip("-")


@given(st.text())
def test_a_chosen_id_loses_only_what_an_anchor_cannot_hold(text: str) -> None:
    made = custom_slug(text)
    assert not set(made) & set(" \t\n\"'<>&#\\{}[]")
    assert custom_slug("sec:intro/v1.2_a-b") == "sec:intro/v1.2_a-b"


@given(st.lists(st.sampled_from(["a", "A", "a-2", "a-2-2", "b", "top"]), max_size=20))
def test_no_name_is_given_twice(names: list[str]) -> None:
    namespace = Namespace(reserved=("top",))
    given_out = [namespace.take(name).casefold() for name in names]
    assert len(set(given_out)) == len(given_out)
    assert "top" not in given_out


def test_many_equal_names_are_numbered_in_linear_time() -> None:
    names = Namespace()
    start = time.process_time()
    assert [names.take("a") for _ in range(50_000)][-1] == "a-50000"
    assert time.process_time() - start < 2
