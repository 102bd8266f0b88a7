import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.errors import UsageError
from orgkb.exporter import Artifact, Exporter
from orgkb_exporters.conceptmap import MapExporter, draw, plan
from orgkb_exporters.conceptmap.addresses import safe_url
from orgkb_exporters.conceptmap.draw import DrawingError, Engine, find_engine
from orgkb_exporters.conceptmap.layout import READABLE, best_layout, measure
from orgkb_exporters.conceptmap.shapes import kept_picture, picture, svg_and_picture
from orgkb_exporters.conceptmap.svg import polished
from tests.exporters.map_graphs import (
    ENGLISH_CONCEPTS,
    ENGLISH_RELATIONS,
    RUSSIAN_CONCEPTS,
    RUSSIAN_RELATIONS,
    context,
    graph,
)

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
ENGLISH = graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS)
RUSSIAN = graph(RUSSIAN_CONCEPTS, RUSSIAN_RELATIONS)


def overview(**options: Any) -> MapExporter:
    """An exporter that writes the overview only."""
    return MapExporter(**{"interactive": False, "chapters": False, "link": "", **options})


SVG_ONLY = ("svg",)


def export(exporter: MapExporter, notes: ConceptGraph = ENGLISH) -> tuple[dict[str, Artifact], list[Diagnostic]]:
    reported: list[Diagnostic] = []
    return {artifact.path: artifact for artifact in exporter.export(notes, context(reported))}, reported


def test_a_map_comes_as_dot_svg_png_and_pdf() -> None:
    files, reported = export(overview())
    assert list(files) == ["map/overview.dot", "map/overview.svg", "map/overview.png", "map/overview.pdf"]
    assert reported == []
    assert files["map/overview.dot"].summary.startswith("24 of 26 concepts, ")
    assert isinstance(overview(), Exporter)


def test_the_svg_holds_every_concept_with_its_definition() -> None:
    files, _ = export(overview())
    root = ET.fromstring(files["map/overview.svg"].data)
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert {"container", "pod", "kubelet", "consists of"} <= texts
    titles = {title.text for title in root.iter(f"{SVG}title")}
    assert "kubelet: the agent that runs on each node\nKubernetes, notes.org:8" in titles
    assert root.findtext(f"{SVG}title") == "How do container, image and pod fit together?"


def test_the_svg_runs_nothing_and_loads_nothing() -> None:
    evil = [("<script>alert(1)</script>", "S", "]]><script>"), ("javascript:alert(1)", "<image>", "&xxe;")]
    files, _ = export(overview(link="../{file}#{id}"), graph(evil, [(evil[0][0], "onload=x()", evil[1][0])]))
    data = files["map/overview.svg"].data
    assert b"<!DOCTYPE" not in data
    assert b"<script" not in data
    root = ET.fromstring(data)
    shapes = {"svg", "g", "title", "a", "polygon", "polyline", "path", "ellipse", "text"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= shapes
    assert not any(name.startswith("on") or name == "style" for element in root.iter() for name in element.attrib)
    links = [element.get(f"{XLINK}href") for element in root.iter(f"{SVG}a")]
    assert all(link is None or link.startswith("../notes.org#") for link in links)
    assert sum(link is not None for link in links) == 2


def test_foreign_elements_and_unsafe_links_are_taken_out_of_a_drawing() -> None:
    drawn = (
        f'<svg xmlns="{SVG[1:-1]}" xmlns:xlink="{XLINK[1:-1]}" onload="x()"><script>x()</script><image/>'
        '<a xlink:href="javascript:x()"><text font-size="10" x="1">a</text></a></svg>'
    )
    cleaned = polished(drawn.encode(), "t").decode()
    assert "script" not in cleaned
    assert "image" not in cleaned
    assert "onload" not in cleaned
    assert ">a</text>" in cleaned


def test_svg_text_states_its_length_so_that_another_font_fits() -> None:
    files, _ = export(overview())
    root = ET.fromstring(files["map/overview.svg"].data)
    for text in root.iter(f"{SVG}text"):
        assert float(text.get("textLength", "0")) > 0
        assert "sans-serif" in text.get("font-family", "")


@pytest.mark.parametrize(("notes", "side"), [(ENGLISH, 1200), (RUSSIAN, 1000)], ids=["english", "russian"])
def test_the_png_is_large_enough_to_read(notes: ConceptGraph, side: int) -> None:
    data = export(overview(), notes)[0]["map/overview.png"].data
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert max(width, height) >= side


@pytest.mark.parametrize("notes", [ENGLISH, RUSSIAN], ids=["english", "russian"])
def test_a_map_can_be_read_on_a_page(notes: ConceptGraph) -> None:
    spec = plan.overview(notes, max_concepts=24, max_propositions=36)
    _, size, kept = best_layout(spec, find_engine())
    assert size.letters >= READABLE
    assert size.crossings <= 4
    assert kept.pieces == spec.pieces


def test_a_map_that_would_be_too_small_to_read_loses_concepts_and_says_so() -> None:
    rows = [(f"a concept with a long name number {i}", "S", "") for i in range(60)]
    lines = [
        (rows[i][0], f"is joined for reason {i} with the", rows[j][0]) for i in range(60) for j in (i // 2, i // 3)
    ]
    files, _ = export(overview(max_concepts=60, max_propositions=90), graph(rows, lines))
    shown = int(files["map/overview.dot"].summary.split()[0])
    assert 12 <= shown < 60
    assert f"{shown} of 60 concepts".encode() in files["map/overview.dot"].data


def test_graphviz_counts_crossings_as_they_are() -> None:
    crossing = 'digraph { a [pos="0,0!"] b [pos="100,100!"] c [pos="0,100!"] d [pos="100,0!"] a -> b; c -> d }'
    assert measure(find_engine().draw(crossing, "json0", "-Kneato", "-n")).crossings == 1
    beside = 'digraph { a [pos="0,0!"] b [pos="100,0!"] c [pos="0,100!"] d [pos="100,100!"] a -> b; c -> d }'
    assert measure(find_engine().draw(beside, "json0", "-Kneato", "-n")).crossings == 0


def test_notes_without_concepts_give_no_map_but_a_reason() -> None:
    files, reported = export(overview(), graph([], []))
    assert files == {}
    assert [(d.code, d.severity) for d in reported] == [("map-empty", Severity.WARNING)]


@pytest.mark.parametrize("count", [1, 2, 3, 30])
def test_notes_without_relations_still_give_a_map(count: int) -> None:
    rows = [(f"term {i}", f"S{i % 3}", "") for i in range(count)]
    files, reported = export(overview(pictures=SVG_ONLY), graph(rows, []))
    assert list(files) == ["map/overview.dot", "map/overview.svg"]
    assert reported == []


def test_without_graphviz_the_dot_file_is_still_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    files, reported = export(overview())
    assert list(files) == ["map/overview.dot"]
    assert [d.code for d in reported] == ["map-not-drawn"]
    assert "pip install graphviz-pure" in reported[0].message


@pytest.mark.skipif(os.name == "nt", reason="the stand-in programs are shell scripts")
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'syntax error' >&2; exit 1", "syntax error"),
        ("exit 3", "exit code 3"),
        ("exec sleep 5", "took more than"),
    ],
)
def test_a_failing_graphviz_costs_the_pictures_only(
    script: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "dot"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(draw, "TIME_LIMIT", 0.5)
    files, reported = export(overview(dot=str(program)))
    assert list(files) == ["map/overview.dot"]
    assert reason in reported[0].message


def test_a_program_that_came_with_the_notes_is_not_started(tmp_path: Path) -> None:
    program = tmp_path / "dot"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    program.chmod(0o755)
    reported: list[Diagnostic] = []
    files = list(overview(dot=str(program)).export(ENGLISH, context(reported, tmp_path)))
    assert [artifact.path for artifact in files] == ["map/overview.dot"]
    assert "lies among the notes" in reported[0].message
    assert not (tmp_path / "started").exists()


def test_a_missing_program_is_named() -> None:
    with pytest.raises(DrawingError, match="no-such-dot"):
        find_engine("no-such-dot")
    with pytest.raises(DrawingError, match="could not be started"):
        Engine("/no/such/dot").draw("digraph {}", "svg")


def test_graphviz_sees_no_environment_but_path_and_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\nenv\n")
    program.chmod(0o755)
    monkeypatch.setenv("SECRET_TOKEN", "x")
    seen = Engine(str(program)).draw("digraph {}", "svg").decode()
    assert {line.split("=")[0] for line in seen.splitlines()} <= {"PATH", "LANG", "PWD", "SHLVL", "_", "OLDPWD"}


@pytest.mark.parametrize("url", ["../markdown/{file}.md#{id}", "https://example.org/{id}", "#{id}", "", "a.html?x=1:2"])
def test_relative_and_web_links_are_allowed(url: str) -> None:
    assert safe_url(url)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "a\nb"])
def test_other_links_are_refused(url: str) -> None:
    assert not safe_url(url)
    with pytest.raises(UsageError):
        MapExporter(link=url)


def test_impossible_limits_are_refused() -> None:
    with pytest.raises(UsageError):
        MapExporter(max_concepts=0)


def test_the_question_of_the_user_is_the_title() -> None:
    files, _ = export(overview(question="How does a pod get to its node?"))
    assert "How does a pod get to its node?" in files["map/overview.svg"].data.decode()


def test_the_same_notes_give_the_same_bytes_on_every_run() -> None:
    code = (
        "import hashlib\n"
        "from orgkb_exporters.conceptmap import MapExporter\n"
        "from tests.exporters.map_graphs import *\n"
        "notes = graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS)\n"
        "for file in MapExporter().export(notes, context([])): print(file.path, hashlib.sha256(file.data).hexdigest())\n"
    )
    root = Path(__file__).parents[2]
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(runs) == 1
    assert runs.pop().count("map/overview.") == 4


def test_what_was_laid_out_is_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[str, bytes], bytes] = {}
    drawn: list[str] = []
    real = Engine.draw

    def draw(self: Engine, dot: str, output: str, *options: str) -> bytes:
        drawn.append(dot)
        return real(self, dot, output, *options)

    def once(step: str, source: bytes, make: Callable[[], bytes]) -> bytes:
        if (step, source) not in kept:
            kept[step, source] = make()
        return kept[step, source]

    monkeypatch.setattr(Engine, "draw", draw)
    spec = plan.overview(ENGLISH, max_concepts=24, max_propositions=36)
    plain = best_layout(spec, find_engine())
    engine = find_engine(once=once)
    assert best_layout(spec, engine) == plain
    drawn.clear()
    assert best_layout(spec, engine) == plain
    told = replace(
        spec, concepts=tuple(replace(c, note="Told anew.", place=Location("b.org", 9)) for c in spec.concepts)
    )
    text, size, _ = best_layout(told, engine)
    assert not drawn
    assert size == plain[1]
    assert "Told anew." in text
    assert best_layout(told, find_engine()) == (text, size, replace(plain[2], concepts=told.concepts))
    best_layout(replace(spec, question="Another title, which is wider than any other of this small map?"), engine)
    assert drawn


def test_svg_and_shapes_of_one_run_are_those_of_two_and_the_shapes_are_not_drawn_again() -> None:
    kept: dict[tuple[str, bytes], bytes] = {}

    def once(step: str, source: bytes, make: Callable[[], bytes]) -> bytes:
        if (step, source) not in kept:
            kept[step, source] = make()
        return kept[step, source]

    spec = plan.overview(
        graph([("a </svg> b", "S", "<i>&"), ("c", "S", "")], [("a </svg> b", "</svg> {", "c")]),
        max_concepts=24,
        max_propositions=36,
    )
    engine = find_engine(once=once)
    text, _, _ = best_layout(spec, engine)
    plain = find_engine()
    assert svg_and_picture(engine, text) == (plain.draw(text, "svg"), picture(plain, text))
    lost = Engine("no such program", engine.once)
    assert kept_picture(Engine(engine.program, once), text) == picture(plain, text)
    with pytest.raises(DrawingError):
        kept_picture(lost, text)  # what another program drew does not count
