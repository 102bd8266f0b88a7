"""The later sentences of a definition: what they tell of the thing, and what they tell of something else."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import graph, relations

TERMS = "* terms\n- container :: process\n- pod :: unit\n- node :: machine\n- service :: address\n- buffer :: text\n"


def of(definition: str) -> list[tuple[str, str, str]]:
    return [each for each in relations(graph(f"{TERMS}- larder :: {definition}\n")) if each[0] == "larder"]


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ("place for bread. It runs on the node.", ("runs on", "node")),
        ("place for salt. Can hold several pods.", ("can hold", "pod")),
        ("place for horses. Written in the buffer.", ("are written in", "buffer")),
        ("place for stone. These are kept in a container.", ("are kept in", "container")),
        ("place for gold. A building that is used by a service.", ("is used by", "service")),
        ("place for wine. A larder is kept cool by the node.", ("is kept cool by", "node")),
        ("place for wheat - suited to store the pod", ("suited to store", "pod")),
        ("place for peas - you put it into a container", ("put into", "container")),
        ("place for figs - colder than most and run by the service", ("run by", "service")),
        ("place for milk. In summer, kept cool by the node.", ("kept cool by", "node")),
    ],
)
def test_a_later_sentence_that_goes_on_about_the_thing_is_said_of_it(definition: str, said: tuple[str, str]) -> None:
    found = of(definition)
    assert [target for _, _, target in found] == [said[1]]
    assert found[0][1].split()[-1] == said[0].split()[-1]


@pytest.mark.parametrize(
    "definition",
    [
        "place for bottles. You can list them by the container.",
        "place for bottles. Bottles of the house are kept in a container.",
        "place for bottles. These bottles are kept in a container.",
        "place for corn. To move the pod, open the door.",
        "place for corn. In summer, you carry them to the node.",
        "place for iron. Users must load the service first.",
        "place for wine - owners can fill the container",
        "place for wine - it is recommended to use the container",
        "place for wine: you carry jars to the node",
        "place for clay. Please refer to the manual of the service.",
    ],
)
def test_a_later_sentence_about_something_else_says_nothing_of_the_thing(definition: str) -> None:
    assert not of(definition)


def test_what_there_is_and_what_is_recommended_is_said_of_nothing() -> None:
    assert not of("place for beer. There are several pods.")
    assert not of("place for beer, but it is recommended to use the container.")


def test_the_first_word_of_a_longer_name_is_not_what_that_name_means() -> None:
    buffers = "* terms\n- Buffer :: text\n- larder :: "
    assert ("larder", "uses", "Buffer") in relations(graph(f"{buffers}uses the Buffer\n"))
    assert not [each for each in relations(graph(f"{buffers}uses the Buffer Theorem\n")) if each[0] == "larder"]


def test_a_participle_that_only_describes_a_noun_is_no_verb_however_it_is_written() -> None:
    assert not of("Detailed containers of goods")
    assert not of("detailed containers of goods")
