"""What is far too large is bounded or told, and nothing of it is lost silently."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orgkb import cli, review
from orgkb.concepts.build import build
from orgkb.concepts.settings import ConceptSettings, Thresholds
from orgkb.org import limits
from tests.concepts.build_from import concept, document

LETTERS = "bcdfghjklm"


def name(number: int) -> str:
    """A word for NUMBER, of consonants and vowels in turn."""
    return "".join(LETTERS[int(digit)] + "aeiou"[int(digit) % 5] for digit in str(10_000 + number))


def test_a_definition_of_100_000_words_is_one_definition_and_quoted_in_short() -> None:
    graph = build([document("- pod :: " + "words about things " * 33_334 + "\n- pod :: another definition of it\n")])
    pod = concept(graph, "pod")
    assert max(len(definition.text.split()) for definition in pod.definitions) == 100_002
    (asked,) = (item for item in review.items(graph) if item.kind is review.Kind.DEFINITION)
    assert all(len(option.label) < 200 for option in asked.options)
    assert all(len(str(change.value)) < 400 for option in asked.options for change in option.changes)


def test_more_terms_than_the_limit_are_told_with_the_place_where_they_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TERMS", 100)
    graph = build([document("".join(f"- {name(i)} :: thing number {i} here\n" for i in range(150)))])
    assert len(graph.concepts) == 100
    (told,) = (d for d in graph.diagnostics if d.code == "term-limit")
    assert told.location.line == 101


def test_a_marked_stop_word_is_a_concept_that_prose_never_mentions() -> None:
    graph = build(
        [document("- the :: definite article of English\n- или :: союз для выбора\n\nThe end of the day или нет.\n")]
    )
    for word in ("the", "или"):
        assert [m.context for m in graph.mentions_of(concept(graph, word).id)] == ["term"]


def test_10_000_aliases_of_one_concept_all_count() -> None:
    words = [name(i) for i in range(10_000)]
    settings = ConceptSettings(aliases={"pod": words})
    graph = build([document(f"- pod :: a thing\n\nA {words[0]}, then a {words[-1]}.\n")], settings=settings)
    pod = concept(graph, "pod")
    assert set(words) <= set(pod.surfaces)
    assert [m.text for m in graph.mentions_of(pod.id)] == ["pod", words[0], words[-1]]


def test_a_ring_of_10_000_aliases_is_one_concept_and_one_warning() -> None:
    words = [name(i) for i in range(10_000)]
    ring = {one: [other] for one, other in itertools.pairwise([*words, words[0]])}
    graph = build([document(f"- {words[5]} :: a thing of many names\n")], settings=ConceptSettings(aliases=ring))
    assert len(graph.concepts) == 1
    (told,) = (d.message for d in graph.diagnostics if d.code == "settings")
    assert told.endswith("are names of each other: all are taken for one concept")


def test_thousands_of_names_that_the_notes_lack_are_told_in_short() -> None:
    settings = ConceptSettings(always=[name(i) for i in range(3_000)])
    graph = build([document("- pod :: a thing\n")], settings=settings)
    told = [d.message for d in graph.diagnostics if d.code == "settings"]
    assert len(told) == 51
    assert "[concepts.always] 2950 more like this" in told


def test_what_falls_below_the_threshold_is_all_in_the_review() -> None:
    text = "".join(f"All *{name(i)} things* ran.\n\n" for i in range(500))
    graph = build([document(text)], settings=ConceptSettings(thresholds=Thresholds(index=0.9)))
    asked = {item.subject for item in review.items(graph) if item.kind is review.Kind.DROPPED}
    assert {f"{name(i)} things" for i in range(500)} <= asked


def test_the_graph_is_the_same_for_any_order_of_paths_hash_seed_and_number_of_processes(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    texts = {
        "a.org": "* A\n- service :: which ports the replicas publish\n- conteiner - x\nA container.\n",
        "b.org": "* B\n- service :: stable address with discovery\n- container :: isolated process\nКонтейнер, container.\n",
        "c.org": "* C\nAll *init containers* ran; a sidecar beside a container. See [[file:a.org::*A][service]].\n",
    }
    for path, text in texts.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "orgkb.toml").write_text(
        "[concepts]\nalways = ['sidecar']\naliases = { container = ['ctr', 'box'] }\n"
        "relations = { add = [['sidecar', 'runs beside', 'container']] }\n"
    )
    made = set()
    for order in itertools.permutations(texts):
        assert cli.run(["graph", "--json", *(str(tmp_path / path) for path in order)]) == 0
        made.add(capsysbinary.readouterr().out)
    program = (
        "import sys; from concurrent.futures import ProcessPoolExecutor; from contextlib import nullcontext\n"
        "from orgkb import config, reading; from orgkb.concepts.json_format import graph_json\n"
        "from orgkb.inputs import find_inputs; from orgkb.workers import Workers; from orgkb.cli.show import print_json\n"
        "if __name__ == '__main__':\n"
        "    inputs, jobs = find_inputs([sys.argv[1]]), int(sys.argv[2])\n"
        "    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as pool, Workers(1, pool) as workers:\n"
        "        graph, _, _ = reading.read_graph(inputs, config.find(inputs.root), workers=workers)\n"
        "    print_json(graph_json(graph))\n"
    )
    (tmp_path / "run.py").write_text(program)
    for seed, jobs in (("1", "1"), ("2", "2")):
        command = [sys.executable, str(tmp_path / "run.py"), str(tmp_path), jobs]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        made.add(subprocess.run(command, env=environment, capture_output=True, check=True, timeout=120).stdout)
    assert len(made) == 1
