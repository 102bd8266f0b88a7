"""Propositions: concept, linking phrase, concept."""

from __future__ import annotations

import pytest

from orgkb.concepts.model import RelationKind
from orgkb.concepts.relations import phrases
from tests.concepts.build_from import graph, relations

TERMS = (
    "* terms\n- container :: process\n- pod :: unit\n- node :: machine\n- service :: address\n- image :: template\n"
    "- контейнер :: процесс\n- Docker :: engine\n"
)


def made(line: str) -> list[tuple[str, str, str]]:
    return [each for each in relations(graph(TERMS + line + "\n")) if each[0] == "thing"]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("read-only template used to build containers", [("read-only template used to build", "container")]),
        ("group of pods", [("group of", "pod")]),
        ("software that can run containers so that pods work", [("software that can run", "container")]),
        ("routes traffic to pods, nodes and services", [
            ("routes traffic to", "pod"), ("routes traffic to", "node"), ("routes traffic to", "service"),
        ]),
        ("manages Docker containers", [("manages", "container")]),
        ("default place where Docker looks for images", []),
        ("Docker can build images automatically", []),
        ("runs pods - exposes services", [("runs", "pod"), ("exposes", "service")]),
        ("container in a service", [("", "container"), ("container in", "service")]),
        ("процесс извлечённый из контейнера", [("процесс извлечённый из", "контейнер")]),
        ("file of settings", []),
    ],
)  # fmt: skip
def test_definitions_relate_their_term(definition: str, expected: list[tuple[str, str]]) -> None:
    assert made(f"- *thing* - {definition}") == [("thing", label, target) for label, target in expected]


def test_the_copula_belongs_to_the_phrase() -> None:
    assert made("\n*thing* is a group of containers.") == [("thing", "is a group of", "container")]


def test_links_relate_what_a_section_is_about() -> None:
    text = "* Kubelet\n- runs on :: [[Worker]]\nA kubelet uses [[Runc][that tool]].\n* Worker\n* Runc\n"
    found = graph(text)
    assert relations(found) == [("Kubelet", "runs on", "Worker"), ("Kubelet", "uses", "Runc")]
    assert {r.kind for r in found.relations} == {RelationKind.LINK}


def test_links_relate_across_files_by_id() -> None:
    one = "* Pod\n:PROPERTIES:\n:ID: p1\n:END:\nIt lives on [[id:n1][this machine]].\n"
    other = "* Node\n:PROPERTIES:\n:ID: n1\n:END:\n"
    assert relations(graph(one, other)) == [("Pod", "lives on", "Node")]


def test_commands_and_code_relate_nothing() -> None:
    assert made("- *thing* - =docker run container= and\n  kubectl get pods") == []


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("a read-only template used to build", "read-only template used to build"),
        ("which then communicates with the", "communicates with"),
        ("very nice", ""),
        ("set of components of all kinds that run on", "components of all kinds that run on"),
        ("управляет", "управляет"),
        ("набор из", "набор из"),
        ("", ""),
    ],
)
def test_phrases_end_at_a_verb_or_preposition_and_are_short(words: str, label: str) -> None:
    found = phrases.phrase(words)
    assert len(found.split()) <= phrases.MAX_WORDS
    if label.count(" ") < phrases.MAX_WORDS - 1:
        assert found == label
