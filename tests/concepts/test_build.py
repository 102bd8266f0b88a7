"""The graph as a whole: identity, order, determinism, importance, what is kept."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from orgkb.concepts.blocks import read_blocks
from orgkb.concepts.build import build, scan
from orgkb.concepts.json_format import graph_json
from orgkb.concepts.model import AliasKind
from orgkb.diagnostics import Diagnostic
from orgkb.org import limits
from orgkb.org.reader import parse
from tests.concepts.build_from import concept, document, graph
from tests.shared import SHARED, needs_shared

NOTES = """* terms
- *Image* - read-only template used to build containers
- container :: process tied to [[Namespace]]
- Container Runtime Interface (CRI) :: API of container runtimes
- pods -
* Namespace
Namespaces are a feature of the kernel. The CRI needs containers.
* usage
docker run image
"""
OTHER = "* Контейнер\nЭто процесс. Containers and images are in pods.\n- CRI - how the kubelet talks to containers\n"


def test_one_concept_per_thing_with_all_its_definitions() -> None:
    made = graph(NOTES, OTHER)
    cri = concept(made, "CRI")
    assert cri.name == "Container Runtime Interface"
    assert [(a.surface, a.kind) for a in cri.aliases] == [("CRI", AliasKind.ACRONYM)]
    assert [d.text for d in cri.definitions] == ["API of container runtimes", "how the kubelet talks to containers"]
    assert {"acronym", "dash-item", "description-item"} <= set(cri.rules)


def test_concepts_know_where_they_are_defined() -> None:
    image = concept(graph(NOTES), "Image")
    assert (image.span.path, image.span.line, image.span.column, image.span.length) == ("a.org", 2, 4, 5)
    assert image.section_path == ("terms",)
    assert image.id == "image"


def test_ids_are_unique_readable_and_those_of_nodes() -> None:
    made = graph("* Pod\n:PROPERTIES:\n:ID: 0f5e-11\n:END:\n- Go :: one\n- C++ :: two\n- под :: три\n")
    assert [c.id for c in made.concepts] == ["0f5e-11", "go", "c-plus-plus", "под"]


def test_one_acronym_of_two_things_belongs_to_one_of_them() -> None:
    made = graph("- Replication Controller (RC) :: keeps replicas\n- Release Candidate (RC) :: almost done\n")
    assert [c.name for c in made.concepts] == ["Replication Controller", "Release Candidate"]
    assert [c.name for c in made.concepts if "RC" in c.surfaces] == ["Replication Controller"]


def test_topics_are_no_concepts() -> None:
    made = graph("* usage\n* есть кластеры\n* how to do it\n* links\nSome text about usage and links.\n")
    assert made.concepts == ()


def test_a_term_without_definition_is_reported() -> None:
    reported: list[Diagnostic] = []
    made = build([document("- *volumes* -\n- *Image* - a template\n")], reported.append)
    assert [(d.code, str(d.location)) for d in reported] == [("empty-definition", "notes.org:1:4")]
    assert made.diagnostics == tuple(reported)


def test_importance_is_one_for_the_most_important_and_definitions_count() -> None:
    made = graph(NOTES, OTHER)
    assert made.ranked[0].rank == 1
    assert all(0 < c.rank <= 1 for c in made.concepts)
    assert made.ranked[0].name == "container"


def test_the_order_of_files_does_not_matter() -> None:
    documents = [document(NOTES, "a.org"), document(OTHER, "b.org")]
    one, other = (json.dumps(graph_json(build(each))) for each in (documents, documents[::-1]))
    assert one == other


def test_the_hash_seed_does_not_matter() -> None:
    program = (
        "import json, sys\n"
        "from tests.concepts.build_from import graph\n"
        "from tests.concepts.test_build import NOTES, OTHER\n"
        "from orgkb.concepts.json_format import graph_json\n"
        "print(json.dumps(graph_json(graph(NOTES, OTHER))))\n"
    )
    root = Path(__file__).resolve().parents[2]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(outputs) == 1


def test_the_first_round_gives_plain_values() -> None:
    found = scan(document(NOTES))
    assert pickle.loads(pickle.dumps(found)) == found


def test_json_has_the_documented_shape() -> None:
    made = graph_json(graph(NOTES))
    assert set(made) == {"concepts", "mentions", "relations"}
    image = next(c for c in made["concepts"] if c["name"] == "Image")
    assert {
        "id",
        "name",
        "aliases",
        "definition",
        "definitions",
        "file",
        "section_path",
        "line",
        "confidence",
        "score",
    } <= (set(image))
    assert image["definitions"][0].keys() == {"text", "file", "line", "rule", "confidence"}
    assert made["relations"][0]["label"] == "read-only template used to build"
    assert {"concept", "file", "line", "col", "text"} <= set(made["mentions"][0])


def test_an_empty_set_of_notes_has_an_empty_graph() -> None:
    assert graph_json(build([])) == {"concepts": [], "mentions": [], "relations": []}


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "x is a y\n" * n,
        lambda n: "*aa* - bb - " * n,
        lambda n: "*aa* is a b " * n,
        lambda n: "Foo Bar (FB) " * n,
        lambda n: "* T\nsee " + "[[T][t]] uses " * n,
        lambda n: "".join(f"- term{i}x :: def of term{i + 1}x and more\n" for i in range(n)),
        lambda n: "- pod :: " + "pod uses node and " * n + "\n- node :: a thing\n",
        lambda n: "a-" * n,
        lambda n: "a  b c  " * n,
        lambda n: "((" * n,
        lambda n: "<<ab cd>> " * n,
        lambda n: "*aa* is a b - " * n,
        lambda n: "* a" + " " * n + "b, c\n",
        lambda n: "u@" + "w" * n,
    ],
)
def test_time_grows_with_the_text_and_no_faster(make: Callable[[int], str]) -> None:
    def cpu(size: int) -> float:
        prepared = parse(make(size), "a.org")
        begin = time.process_time()
        build([prepared])
        return time.process_time() - begin

    ratios = []
    for _ in range(3):
        times = [cpu(size) for size in (700, 2800)]
        ratios.append(times[1] / max(times[0], 0.004))
        if ratios[-1] < 7:
            return
    pytest.fail(f"four times the text took {min(ratios):.1f} times as long")


@needs_shared
def test_the_notes_of_a_real_user() -> None:
    assert SHARED is not None
    text = (SHARED / "seed" / "docker_and_k8s.org").read_text(encoding="utf-8")
    made = build([document(text)])
    names = {surface for c in made.concepts for surface in c.surfaces}
    assert {"pod", "Image", "container runtime", "CRI", "kubelet", "control plane", "Контейнер"} <= names
    assert not {"usage", "links", "docker images", "есть кластеры", "app logs", "i", "name"} & names
    assert len(made.relations) > 80
    for mention in made.mentions:
        source = made.document(mention.document).text
        assert source[mention.offset : mention.offset + len(mention.text)] == mention.text
    assert all(a.offset < b.offset for a, b in pairwise(m for m in made.mentions if not m.nested))
    assert len(read_blocks(made.documents[0]).blocks) > 900


def test_terms_beyond_the_limit_of_a_document_are_told_and_make_no_concepts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TERMS", 3)
    words = ("anchor", "sailing ship", "harbour", "lighthouse", "ferry")
    many = "".join(f"- *{word}* - thing of the sea that people need\n" for word in words)

    found = build([document(many, "many.org"), document("- *bridge* - way over a river\n", "other.org")])

    assert {c.name for c in found.concepts} == {"anchor", "sailing ship", "harbour", "bridge"}
    assert [(d.code, str(d.location)) for d in found.diagnostics] == [("term-limit", "many.org:4:4")]
