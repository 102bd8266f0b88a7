"""Concept graphs made by hand, for the tests of the concept map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept, ConceptKind, Definition, Relation, RelationKind, Span
from orgkb.diagnostics import Diagnostic
from orgkb.exporter import ExportContext
from orgkb.org.document import Document
from orgkb.org.links import LinkIndex

ConceptRow = tuple[str, str, str]
"""Name, section, definition."""

RelationRow = tuple[str, str, str]
"""Source, phrase, target."""


def graph(concepts: Sequence[ConceptRow], relations: Sequence[RelationRow], *, language: str = "") -> ConceptGraph:
    """A graph of CONCEPTS in order of importance; ids are the folded names."""
    found = [
        Concept(
            id=slug(name),
            name=name,
            aliases=(),
            definitions=(definition_of(text, section, line),) if text else (),
            kind=ConceptKind.TERM,
            rules=("bold-dash",),
            confidence=0.9,
            rank=1 / (1 + line * 0.12),
            section_path=tuple(filter(None, section.split("/"))),
            span=Span("notes.org", line + 1, 1, len(name)),
        )
        for line, (name, section, text) in enumerate(concepts)
    ]
    related = [
        Relation(
            source=slug(source),
            target=slug(target),
            label=phrase,
            kind=RelationKind.DEFINITION,
            span=Span("notes.org", line + 1, 1, len(phrase)),
            confidence=0.8,
        )
        for line, (source, phrase, target) in enumerate(relations)
    ]
    settings = (("LANGUAGE", language),) if language else ()
    document = Document(
        path="notes.org",
        text="",
        line_starts=(0,),
        segments=(),
        settings=settings,
        properties=(),
        todo_keywords=("TODO",),
        done_keywords=("DONE",),
        section=(),
        headlines=(),
        diagnostics=(),
    )
    return ConceptGraph([document], found, [], related, links=LinkIndex([document]))


def definition_of(text: str, section: str, line: int) -> Definition:
    return Definition(
        text=text,
        objects=(),
        elements=(),
        section_path=(section,),
        headline=0,
        document="notes.org",
        span=Span("notes.org", line + 1, 1, len(text)),
        rule="bold-dash",
        confidence=0.9,
    )


def slug(name: str) -> str:
    return "-".join(name.casefold().split())


def context(reported: list[Diagnostic], root: Path = Path("no-such-notes")) -> ExportContext:
    return ExportContext(
        title="Notes",
        timestamp=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        input_root=root,
        read_media=lambda _document, _link: None,
        previous=lambda _path: None,
        report=reported.append,
    )


def names(rows: Iterable[RelationRow]) -> list[str]:
    return list(dict.fromkeys(end for source, _, target in rows for end in (source, target)))


ENGLISH_CONCEPTS: tuple[ConceptRow, ...] = (
    ("container", "Docker", "an isolated process started from an image"),
    ("image", "Docker", "a read-only template with layers for creating containers"),
    ("pod", "Kubernetes", "a group of one or more containers with shared storage and network"),
    ("Kubernetes", "Kubernetes", "a system for managing containerized workloads"),
    ("node", "Kubernetes", "a worker machine of the cluster"),
    ("Docker", "Docker", "an open platform for developing, shipping and running applications"),
    ("volume", "Docker", "a directory outside the container's file system that survives it"),
    ("kubelet", "Kubernetes", "the agent that runs on each node"),
    ("Deployment", "Kubernetes", "declares the wished state of pods and ReplicaSets"),
    ("service", "Kubernetes", "an abstract way to expose an application running on a set of pods"),
    ("cluster", "Kubernetes", "a set of nodes"),
    ("API server", "Kubernetes", "the front end of the control plane"),
    ("Dockerfile", "Docker", "a text file with the commands that assemble an image"),
    ("registry", "Docker", "stores images"),
    ("control plane", "Kubernetes", "decides on the cluster: API server, scheduler, controllers, etcd"),
    ("scheduler", "Kubernetes", "selects a node for each new pod"),
    ("etcd", "Kubernetes", "consistent key-value store of all cluster data"),
    ("container runtime", "Kubernetes", "software that runs containers"),
    ("ReplicaSet", "Kubernetes", "keeps a stable set of replica pods"),
    ("Compose file", "Docker Compose", "defines services, networks and volumes"),
    ("network", "Docker", "connects containers"),
    ("Container Runtime Interface", "Kubernetes", "plugin interface which lets the kubelet use many runtimes"),
    ("Docker Hub", "Docker", "a public registry"),
    ("kube-proxy", "Kubernetes", "maintains network rules on nodes"),
    ("ConfigMap", "Kubernetes", "keeps configuration in key-value pairs"),
    ("Secret", "Kubernetes", "keeps passwords and keys"),
)
ENGLISH_RELATIONS: tuple[RelationRow, ...] = (
    ("container", "runs from", "image"),
    ("Docker", "builds and runs", "container"),
    ("pod", "group of one or more", "container"),
    ("node", "runs", "pod"),
    ("Kubernetes", "manages", "cluster"),
    ("cluster", "consists of", "node"),
    ("cluster", "consists of", "control plane"),
    ("volume", "outlives", "container"),
    ("kubelet", "runs on each", "node"),
    ("kubelet", "makes sure of containers in", "pod"),
    ("Deployment", "manages", "ReplicaSet"),
    ("Deployment", "declares the wished state of", "pod"),
    ("ReplicaSet", "keeps a stable set of", "pod"),
    ("service", "exposes a set of", "pod"),
    ("control plane", "includes", "API server"),
    ("control plane", "includes", "scheduler"),
    ("control plane", "includes", "etcd"),
    ("scheduler", "selects for each pod a", "node"),
    ("scheduler", "", "pod"),
    ("API server", "stores cluster data in", "etcd"),
    ("kubelet", "communicates with", "API server"),
    ("kubelet", "communicates through", "Container Runtime Interface"),
    ("Container Runtime Interface", "lets the kubelet use any", "container runtime"),
    ("container runtime", "starts", "container"),
    ("Dockerfile", "describes how to build", "image"),
    ("registry", "stores", "image"),
    ("Docker Hub", "is a public", "registry"),
    ("Docker", "pulls images from", "registry"),
    ("Compose file", "defines", "service"),
    ("Compose file", "defines", "network"),
    ("Compose file", "defines", "volume"),
    ("network", "connects", "container"),
    ("kube-proxy", "maintains network rules on", "node"),
    ("kube-proxy", "of", "service"),
    ("ConfigMap", "", "pod"),
    ("Secret", "is mounted as files in a", "volume"),
    ("Secret", "", "pod"),
    ("Kubernetes", "", "container"),
    ("service", "", "network"),
)
RUSSIAN_CONCEPTS: tuple[ConceptRow, ...] = (
    ("алгоритм", "Введение", "конечная последовательность действий"),
    ("граф", "Структуры данных", "множество вершин и рёбер"),
    ("дерево", "Структуры данных", "связный граф без циклов"),
    ("вершина", "Структуры данных", ""),
    ("ребро", "Структуры данных", "пара вершин"),
    ("обход в ширину", "Алгоритмы на графах", "обход, который посещает вершины по слоям"),
    ("обход в глубину", "Алгоритмы на графах", "обход, который идёт вглубь до конца"),
    ("очередь", "Структуры данных", "структура «первым пришёл — первым ушёл»"),
    ("стек", "Структуры данных", "структура «последним пришёл — первым ушёл»"),
    ("кратчайший путь", "Алгоритмы на графах", "путь с наименьшей суммой весов"),
    ("алгоритм Дейкстры", "Алгоритмы на графах", "находит кратчайшие пути от одной вершины"),
    ("очередь с приоритетом", "Структуры данных", ""),
    ("топологическая сортировка", "Алгоритмы на графах", "порядок вершин ориентированного графа без циклов"),
    ("сложность", "Введение", "число шагов алгоритма"),
)
RUSSIAN_RELATIONS: tuple[RelationRow, ...] = (
    ("граф", "состоит из", "вершина"),
    ("граф", "состоит из", "ребро"),
    ("ребро", "соединяет две", "вершина"),
    ("дерево", "связный, без циклов", "граф"),
    ("обход в ширину", "посещает по слоям каждую", "вершина"),
    ("обход в ширину", "использует", "очередь"),
    ("обход в глубину", "использует", "стек"),
    ("обход в глубину", "это", "алгоритм"),
    ("обход в ширину", "частный случай", "алгоритм"),
    ("алгоритм Дейкстры", "находит", "кратчайший путь"),
    ("алгоритм Дейкстры", "выбирает вершину через", "очередь с приоритетом"),
    ("обход в ширину", "в невзвешенном графе находит", "кратчайший путь"),
    ("топологическая сортировка", "выполняется с помощью", "обход в глубину"),
    ("алгоритм", "оценивается через", "сложность"),
    ("алгоритм Дейкстры", "", "граф"),
)
