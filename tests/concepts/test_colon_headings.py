"""Headings that define their subject after a colon, and headings with a number."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import candidates, facts

RULE = "colon-heading"


@pytest.mark.parametrize(
    ("title", "name", "definition"),
    [
        ("Node: a worker machine in a cluster", "Node", "a worker machine in a cluster"),
        ("Kubelet: process that runs on each node", "Kubelet", "process that runs on each node"),
        ("Control Plane: manages the nodes and the pods", "Control Plane", "manages the nodes and the pods"),
        ("2.1. Image :: read-only template", "Image", "read-only template"),
        ("Куча: область памяти для больших объектов", "Куча", "область памяти для больших объектов"),
    ],
)
def test_a_heading_defines_its_subject_after_a_colon(title: str, name: str, definition: str) -> None:
    assert facts(f"* {title}\n", RULE) == [(name, definition)]


@pytest.mark.parametrize(
    "title",
    [
        "Docker: installation on Ubuntu",
        "Kubernetes: the hard way",
        "Docker: a practical guide to all your containers",
        "Lecture 3: memory of a running process",
        "Week 2: how to run a program on a cluster",
        "Example: a pod with two containers in it",
        "NameError: name 'a' is not defined",
        "aside: apps with more than one client process",
        "Pods: what are they and how do they live?",
        "Setup: install the tools on your own machine",
    ],
)
def test_other_headings_with_a_colon_define_nothing(title: str) -> None:
    assert facts(f"* {title}\n", RULE) == []


@pytest.mark.parametrize("title", ["4: Transport Layer", "1.2. Transport Layer", "3) Transport Layer"])
def test_a_number_before_a_title_is_no_part_of_the_name(title: str) -> None:
    assert [found.name for found in candidates(f"* {title}\n", "heading")] == ["Transport Layer"]


def test_a_section_with_a_number_may_open_with_its_definition() -> None:
    assert facts("* 2. Process\nA program in execution.\n", "section-opening") == [
        ("Process", "A program in execution.")
    ]
