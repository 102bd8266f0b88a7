"""One name for different things, and different words for one thing."""

from __future__ import annotations

from tests.concepts.build_from import graph

SWARM = "* Swarm\n- service :: which ports the replicas of an image publish\nA service here.\n"
KUBERNETES = "* Kubernetes\n- service :: stable address with discovery and balancing\nA service there.\n"


def test_different_definitions_under_different_top_headings_are_senses() -> None:
    made = graph(SWARM + KUBERNETES)
    assert [(c.id, c.name, c.sense) for c in made.concepts if c.name == "service"] == [
        ("service", "service", "Swarm"),
        ("service-kubernetes", "service", "Kubernetes"),
    ]
    assert [(m.concept, m.span.line) for m in made.mentions if m.context == "prose"] == [
        ("service", 3),
        ("service-kubernetes", 6),
    ]


def test_files_are_told_apart_like_top_headings() -> None:
    made = graph(SWARM, KUBERNETES, "* Other\nSome service.\n")
    assert [c.sense for c in made.concepts if c.name == "service"] == ["Swarm", "Kubernetes"]
    assert [m.concept for m in made.mentions if m.document == "c.org"] == ["service"]


def test_definitions_that_share_a_word_are_of_one_sense_in_either_language() -> None:
    made = graph(
        "* A\n- container :: isolated process with its own files\n* B\n- контейнер :: обычный процесс внутри виртуальной машины\n"
    )
    assert [c.name for c in made.concepts] == ["container"]
    assert made.concepts[0].sense == ""


def test_short_definitions_and_those_of_one_heading_tell_nothing() -> None:
    assert len(graph("* A\n- pod :: small unit\n* B\n- pod :: group resources together nicely\n").concepts) == 1
    assert len(graph("* A\n- pod :: smallest deployable unit\n- pod :: stable address with discovery\n").concepts) == 1


def test_a_mention_elsewhere_means_the_nearest_sense() -> None:
    made = graph("* Docker\nSome service.\n" + SWARM + "* More\n* Even more\n" + KUBERNETES + "* End\nThat service.\n")
    assert [m.concept for m in made.mentions if m.context == "prose" and m.span.line in {2, 12}] == [
        "service",
        "service-kubernetes",
    ]
