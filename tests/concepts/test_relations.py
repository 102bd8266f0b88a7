"""Propositions: concept, linking phrase, concept."""

from __future__ import annotations

import pytest

from orgkb.concepts.model import RelationKind
from orgkb.concepts.relations import phrases
from orgkb.concepts.relations.kinds import type_of
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
        ("container in a service", [("is a", "container"), ("container in", "service")]),
        ("процесс извлечённый из контейнера", [("процесс извлечённый из", "container")]),
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
        ("set of components of all kinds that run on", "run on"),
        ("управляет", "управляет"),
        ("набор из", "набор из"),
        ("", ""),
    ],
)
def test_phrases_end_at_a_verb_or_preposition_and_are_short(words: str, label: str) -> None:
    found = phrases.phrase(words, opening=True)
    assert len(found.split()) <= phrases.MAX_WORDS
    assert found == label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("some shared resources for", ""),  # has no verb of its own, so it says nothing about the subject
        ("the maintenance of which runs on the", "runs on"),
        ("maintains a sticky identity for each of its", "maintains sticky identity for"),
        ("cannot be run inside", "cannot be run inside"),
        ("not a single one of those old tools that we used in", ""),  # the denial would be lost
    ],
)
def test_phrases_inside_a_text_begin_at_their_verb_and_stay_denied(words: str, label: str) -> None:
    assert phrases.phrase(words) == label


def test_what_a_thing_goes_without_is_no_relation() -> None:
    assert made("- *thing* - runs pods without needing to install and maintain your own nodes") == [
        ("thing", "runs", "pod")
    ]


def test_sentences_relate_their_subject_to_their_object() -> None:
    text = (
        TERMS
        + "\nThe pod talks to a service. Every node can run pods.\nWe think that a pod, which is nice, uses images.\n"
    )
    found = graph(text)
    assert [r for r in relations(found) if r[0] in {"pod", "node"}] == [
        ("pod", "talks to", "service"),
        ("node", "can run", "pod"),
    ]
    assert {r.kind for r in found.relations} == {RelationKind.SENTENCE}


def test_a_lead_in_relates_its_concept_to_the_items_below() -> None:
    text = (
        "* terms\n- Helm :: tool\n- Tiller :: server\n- Client :: program\n- CRI :: API\n- runc :: program\n"
        "* more\nHelm consists of:\n- Tiller - the part inside\n- Client\n\nImplementations of CRI:\n- runc\n\nSee also CRI:\n- Helm\n"
    )
    found = graph(text)
    assert [r for r in relations(found) if r[1]] == [
        ("Helm", "consists of", "Tiller"),
        ("Helm", "consists of", "Client"),
        ("runc", "implementation of", "CRI"),
    ]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("is a", "is-a"),
        ("это", "is-a"),
        ("type of", "is-a"),
        ("consists of", "part-of"),
        ("состоит из", "part-of"),
        ("group of", "part-of"),
        ("depends on", "uses"),
        ("использует", "uses"),
        ("must implement", "implements"),
        ("read-only template used to build", "produces"),
        ("создаёт", "produces"),
        ("set of components that run on", "runs-on"),
        ("запускает pods на", "runs-on"),
        ("talks to", "other"),
        ("is used by", "uses"),
    ],
)
def test_phrases_tell_the_type_of_a_relation(label: str, kind: str) -> None:
    assert type_of(label) == kind


def test_examples_are_tied_to_what_they_exemplify() -> None:
    terms = "- runtime :: runs it\n- Foo :: one\n- Bar :: two\n- pod :: needs a runtime such as Foo or Bar\n"
    assert ("runtime", "such as", "Foo") in relations(graph(terms))
    assert not any(label.endswith("such as") for source, label, _ in relations(graph(terms)) if source == "pod")


def test_what_which_goes_on_about_is_the_concept_before_it() -> None:
    terms = "- Foo :: one\n- Bar :: two\n- pod :: talks via Foo, which wraps the Bar\n"
    assert ("Foo", "wraps", "Bar") in relations(graph(terms))


def test_a_denied_copula_relates_nothing() -> None:
    assert relations(graph("- Foo :: one\n- Bar :: two\n\nFoo is not Bar.\n")) == []


def test_sections_are_the_subject_of_sentences_without_one() -> None:
    text = "- под :: группа\n- kubelet :: agent\n* kubelet\nмониторит поды\n"
    assert ("kubelet", "мониторит", "под") in relations(graph(text))


def test_a_long_phrase_keeps_its_verb_its_object_and_its_preposition() -> None:
    terms = "- service :: one\n- Ingress :: exposes HTTP and HTTPS routes from the outside to services\n"
    assert ("Ingress", "exposes routes to", "service") in relations(graph(terms))
