"""Identity, acronyms, cleaning and shape of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.concepts import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pod", "pods"),
        ("ReplicaSet", "replica sets"),
        ("replica-set", "Replica Set"),
        ("policies", "Policy"),
        ("PVs", "PV"),
        ("под", "подов"),
        ("контейнер", "контейнерами"),
        ("пространство имён", "пространства имен"),
        ("pod’s", "pod"),
        ("pod'ов", "pod"),
    ],
)
def test_one_thing_has_one_key(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("container", "containerd"), ("Docker", "Dockerfile"), ("C", "C++"), ("controller", "control"), ("C#", "C")],
)
def test_different_things_have_different_keys(one: str, other: str) -> None:
    assert names.key(one) != names.key(other)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("CRI", "Container Runtime Interface"),
        ("PV", "persistent volume"),
        ("RBAC", "role-based access control"),
        ("K8S", "kubernetes"),
        ("i18n", "internationalization"),
        ("OCI", "Open Container Initiative"),
        ("CRD", "CustomResourceDefinition"),
        ("HPA", "Horizontal Pod Autoscaler"),
        ("ВМ", "виртуальная машина"),
        ("JWT", "JSON Web Token"),
        ("PVC", "PV claims"),
        ("cgroup", "control group"),
        ("kOps", "Kubernetes Operations"),
    ],
)
def test_acronyms_are_known_by_their_letters(short: str, long: str) -> None:
    assert names.abbreviates(short, long)


@pytest.mark.parametrize(
    ("short", "long"), [("CRI", "container runtime"), ("PV", "pod"), ("API", "an interface"), ("OK", "Docker images")]
)
def test_other_letters_are_no_acronyms(short: str, long: str) -> None:
    assert not names.abbreviates(short, long)


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
    assert names.clean(surface).name == name


def test_slugs_are_readable_and_keep_cyrillic() -> None:
    assert names.slug("Container Runtime Interface") == "container-runtime-interface"
    assert names.slug("Пространство имён") == "пространство-имён"
    assert names.slug("C++") != names.slug("C")


@given(st.text(max_size=300))
def test_no_text_breaks_the_names(text: str) -> None:
    cleaned = names.clean(text).name
    names.key(text)
    names.slug(text)
    if not names.impossible(cleaned):
        assert 0.0 <= names.weak_shape(cleaned) <= 1.0
        assert names.key(cleaned)


@pytest.mark.parametrize(("name", "impossible"), [("& and |", True), ("$for", True), ("for", False), ("C#", False)])
def test_a_function_word_among_signs_is_no_name(name: str, *, impossible: bool) -> None:
    assert names.impossible(names.clean(name).name) == impossible


@given(st.text("abcdeVs ", max_size=40))
def test_quotes_around_plain_words_make_no_other_name(text: str) -> None:
    assert names.clean(f'"{text}"').name == names.clean(text).name
    assert names.words(text) == names.TOKEN.findall(text)


@given(
    st.lists(st.sampled_from(["is", "the", "a", "pod", "Node", "cafe", "usage"]), min_size=2, max_size=9).map(" ".join)
)
def test_a_sign_that_names_may_have_does_not_change_what_plain_words_are(name: str) -> None:
    # A dot at the end takes the way that asks everything.
    assert names.impossible(name) == names.impossible(f"{name}.")
