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


LINUX = "* Notes\n- namespace :: group of names with a quota for a team\n* Kernel\nLinux namespaces - what a process sees of the machine.\n"


def _meant(text: str, line: int) -> list[str]:
    return [m.concept for m in graph(text).mentions if m.span.line == line and not m.nested]


def test_a_mention_between_two_senses_means_that_whose_definition_speaks_of_the_same() -> None:
    text = SWARM + "* Between\nThe ports that a service opens.\n\nThe discovery of a service.\n" + KUBERNETES
    assert [m.concept for m in graph(text).mentions if m.span.line in {5, 7}] == ["service", "service-kubernetes"]


def test_a_mention_under_the_heading_of_one_sense_means_that_whatever_stands_around() -> None:
    text = SWARM + "With discovery and balancing a service answers.\n" + KUBERNETES
    assert _meant(text, 4) == ["service"]


def test_a_short_name_means_the_thing_of_a_product_whose_definition_speaks_of_the_same() -> None:
    text = LINUX + "* Terms\nA container is a process with namespaces of its own.\n"
    assert "linux-namespaces" in _meant(text, 6)
    assert "namespace" in _meant(LINUX + "* Terms\nEach team has a quota for its namespace.\n", 6)


def test_a_short_name_is_no_other_thing_where_all_of_the_notes_are_about_the_product() -> None:
    text = "* Linux\n- namespace :: group of names with a quota\n* Kernel\nLinux namespaces - what a process sees of the machine.\n"
    assert "namespace" in _meant(text + "* Terms\nA process has a namespace of its own.\n", 6)
