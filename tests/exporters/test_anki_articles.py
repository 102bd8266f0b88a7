"""English asks for one of several things with an article."""

from __future__ import annotations

import pytest

from orgkb_exporters.anki.articles import article


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("pod", "a pod"),
        ("endpoint", "an endpoint"),
        ("user", "a user"),
        ("unikernel", "a unikernel"),
        ("uninstaller", "an uninstaller"),
        ("hour", "an hour"),
        ("one-way function", "a one-way function"),
        ("SSD", "an SSD"),
        ("UID", "a UID"),
        ("RAID", "a RAID"),
        ("S-expression", "an S-expression"),
        ("Docker image", "a Docker image"),
    ],
)
def test_what_the_notes_have_in_the_plural_is_one_of_several(name: str, asked: str) -> None:
    assert article(name, [name, f"{name}s"]) + name == asked


def test_a_plural_in_y_and_in_es_counts() -> None:
    assert article("query", ["queries"]) == "a "
    assert article("process", ["processes"]) == "a "


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("storage", ["storage", "Storage"]),
        ("Kubernetes", ["Kubernetes", "Kubernete"]),
        ("Docker", ["Docker", "Dockers"]),
        ("children", ["childrens"]),
        ("под", ["поды"]),
    ],
)
def test_substances_proper_names_and_other_languages_have_none(name: str, written: list[str]) -> None:
    assert article(name, written) == ""
