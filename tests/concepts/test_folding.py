"""Keys and slugs of names."""

from __future__ import annotations

import pytest

from orgkb.concepts import folding


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
    assert folding.key(one) == folding.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("container", "containerd"), ("Docker", "Dockerfile"), ("C", "C++"), ("controller", "control"), ("C#", "C")],
)
def test_different_things_have_different_keys(one: str, other: str) -> None:
    assert folding.key(one) != folding.key(other)


def test_slugs_are_readable_and_keep_cyrillic() -> None:
    assert folding.slug("Container Runtime Interface") == "container-runtime-interface"
    assert folding.slug("Пространство имён") == "пространство-имён"
    assert folding.slug("C++") != folding.slug("C")
