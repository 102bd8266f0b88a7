import re
import time
from xml.etree import ElementTree as ET

import pytest

from orgkb_exporters.conceptmap import MapExporter, metrics
from orgkb_exporters.conceptmap.focus import MAX_NEIGHBOURS, WIDTH, focus_map, focus_svg
from tests.exporters.map_graphs import ENGLISH_CONCEPTS, ENGLISH_RELATIONS, context, graph

SVG = "{http://www.w3.org/2000/svg}"
NOTES = graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS)


def drawn(concept: str) -> ET.Element:
    svg = focus_svg(NOTES, concept)
    assert svg is not None
    return ET.fromstring(svg)


def texts(root: ET.Element) -> str:
    return " ".join(text.text or "" for text in root.iter(f"{SVG}text"))


def test_a_focus_map_shows_who_names_the_concept_and_what_it_names() -> None:
    root = drawn("cluster")
    for word in ("cluster", "Kubernetes", "manages", "node", "control plane", "consists of"):
        assert word in texts(root)
    said = root.findtext(f"{SVG}desc") or ""
    assert "Kubernetes manages cluster" in said
    assert "cluster consists of node" in said


def test_who_names_it_stands_above_and_what_it_names_below() -> None:
    height = {text.text: float(text.get("y", "0")) for text in drawn("cluster").iter(f"{SVG}text")}
    assert height["Kubernetes"] < height["cluster"] < height["control plane"]


def test_at_most_nine_neighbours_are_shown_and_the_rest_is_counted() -> None:
    names = [(f"term {i}", "S", "") for i in range(14)]
    notes = graph([("hub", "S", ""), *names], [(name, "speaks of", "hub") for name, _, _ in names])
    svg = focus_svg(notes, "hub")
    assert svg is not None
    said = texts(ET.fromstring(svg))
    assert len(re.findall(r"term \d", said)) == MAX_NEIGHBOURS
    assert "+ 5" in said


def test_neither_side_crowds_out_the_other() -> None:
    named = [(f"out {i}", "S", "") for i in range(12)]
    naming = [(f"in {i}", "S", "") for i in range(12)]
    relations = [("hub", "uses", name) for name, _, _ in named] + [(name, "uses", "hub") for name, _, _ in naming]
    svg = focus_svg(graph([("hub", "S", ""), *named, *naming], relations), "hub")
    assert svg is not None
    said = texts(ET.fromstring(svg))
    assert min(len(re.findall(r"out \d", said)), len(re.findall(r"in \d", said))) >= 4


def test_a_concept_without_relations_has_no_focus_map() -> None:
    assert focus_svg(graph([("alone", "S", "")], []), "alone") is None
    with pytest.raises(KeyError):
        focus_svg(NOTES, "no such concept")


@pytest.mark.parametrize("concept", [c.id for c in NOTES.concepts if NOTES.relations_of(c.id)])
def test_everything_keeps_inside_a_phone_and_nothing_overlaps(concept: str) -> None:
    root = drawn(concept)
    height = float(root.get("height", "0"))
    boxes = []
    for rect in root.findall(f"{SVG}rect")[1:]:
        x, y, w, h = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + w <= WIDTH
        assert y + h <= height
        boxes.append((x, y, x + w, y + h))
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] + 0.2 or b[2] <= a[0] + 0.2 or a[3] <= b[1] + 0.2 or b[3] <= a[1] + 0.2
    for text in root.iter(f"{SVG}text"):
        half = float(text.get("textLength", "0")) / 2
        assert float(text.get("x", "0")) - half >= 0
        assert float(text.get("x", "0")) + half <= WIDTH
        assert float(text.get("font-size", "0")) >= 12


def test_names_without_end_keep_inside_their_boxes() -> None:
    long = "a-name-that-never-ends-" * 20
    svg = focus_svg(graph([(long, "S", ""), ("b" * 300, "S", "")], [(long, "c" * 300, "b" * 300)]), long)
    assert svg is not None
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        assert metrics.text_width(text.text or "", float(text.get("font-size", "0"))) < WIDTH - 60


def test_a_focus_map_runs_and_loads_nothing() -> None:
    evil = "<script>alert(1)</script>"
    svg = focus_svg(graph([(evil, "S", ""), ("]]>&x;", "S", "")], [(evil, "<image href='x'/>", "]]>&x;")]), evil)
    assert svg is not None
    assert {element.tag for element in ET.fromstring(svg).iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "path", "text")
    }


def test_a_silent_relation_is_dashed() -> None:
    svg = focus_svg(graph([("a", "S", ""), ("b", "S", "")], [("a", "of", "b")]), "a")
    assert svg is not None
    assert b"stroke-dasharray" in svg


def test_focus_maps_are_fast_and_the_same_every_time() -> None:
    ids = [concept.id for concept in NOTES.concepts]
    first = [focus_svg(NOTES, concept) for concept in ids]
    begin = time.process_time()
    again = [focus_svg(NOTES, concept) for concept in ids]
    assert (time.process_time() - begin) / len(ids) < 0.02
    assert first == again


def test_the_page_for_graphviz_has_the_same_propositions() -> None:
    spec = focus_map(NOTES, "cluster")
    assert spec.question == "cluster"
    said = {(p.source, p.phrase, p.target) for p in spec.propositions}
    assert ("kubernetes", "manages", "cluster") in said
    assert all("cluster" in {p.source, p.target} for p in spec.propositions)


def test_focus_maps_are_written_where_asked_for() -> None:
    exporter = MapExporter(focus=True, chapters=False, interactive=False)
    files = {artifact.path: artifact.data for artifact in exporter.export(NOTES, context([]))}
    assert files["map/concepts/cluster.svg"] == focus_svg(NOTES, "cluster")
    assert b"digraph" in files["map/concepts/cluster.dot"]
