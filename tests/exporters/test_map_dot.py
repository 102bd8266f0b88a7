import json
import re
import subprocess
from itertools import count
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from orgkb.diagnostics import Location
from orgkb_exporters.conceptmap import dot_format, plan
from orgkb_exporters.conceptmap.draw import find_engine
from orgkb_exporters.conceptmap.look import NODE_GROWTH, NODE_SIZE, Spacing, section_style
from orgkb_exporters.conceptmap.metrics import text_width
from orgkb_exporters.conceptmap.phrases import clean
from orgkb_exporters.conceptmap.spec import MapConcept, MapSection, MapSpec, Proposition
from tests.exporters.map_graphs import ENGLISH_CONCEPTS, ENGLISH_RELATIONS, RUSSIAN_CONCEPTS, RUSSIAN_RELATIONS, graph

ENGINE = find_engine()
SVG = "{http://www.w3.org/2000/svg}"
PLACE = Location("notes.org", 7)
ENGLISH = plan.overview(graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS), max_concepts=24, max_propositions=36)
RUSSIAN = plan.overview(graph(RUSSIAN_CONCEPTS, RUSSIAN_RELATIONS), max_concepts=24, max_propositions=36)

HOSTILE = (
    '"', "\\", "ends in \\", "\\N", "\\G \\E \\T \\H \\L", "&lt;", "&amp;amp;", "a & b", "<b>x</b>", "a -> b", "a\nb",
    "{x|<p>y}", "é 😀", "שלום עולם", 'a\\"b', "\\\\", '"];evil [label="x', "a\x00b\x1b[31m", "\u202eabc", "#!/bin/sh",
    "%PATH%", "it's", "\\n", "&#65;", "]]>", "<!--", "--", "\ud800x", "c\u2028d", "<TABLE>", "${jndi:x}", "node", "0.5",
    "javascript:alert(1)",
)  # fmt: skip


def named(labels: list[str]) -> MapSpec:
    """A map whose concepts, sections and phrases are called LABELS."""
    boxes = tuple(
        MapConcept(f"c{i}", clean(label) or "?", 0.5, i % 3, clean(label), PLACE) for i, label in enumerate(labels)
    )
    lines = tuple(
        Proposition(a.id, b.id, b.label, b.label, i % 2 == 0, PLACE)
        for i, a, b in zip(count(), boxes, boxes[1:], strict=False)
    )
    sections = tuple(MapSection(clean(labels[i % len(labels)]) or "?", 1) for i in range(3))
    return MapSpec(clean(labels[0]) or "?", "en", boxes, lines, sections, len(boxes), len(lines))


def drawn(text: str) -> dict[str, Any]:
    layout: dict[str, Any] = json.loads(ENGINE.draw(text, "json"))
    return layout


def texts(node: dict[str, Any]) -> str:
    """The lines of text that Graphviz draws for NODE, joined."""
    return " ".join(op["text"] for op in node.get("_ldraw_", ()) if op["op"] == "T")


def boxes_of(layout: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["name"]: node for node in layout["objects"]}


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def check_labels(labels: list[str]) -> None:
    spec = named(labels)
    text = dot_format.dot(spec, Spacing(name_letters=60, phrase_letters=60))
    root = ET.fromstring(ENGINE.draw(text, "svg"))
    drawn_nodes = {
        node.findtext(f"{SVG}title", ""): "".join(t.text or "" for t in node.iter(f"{SVG}text"))
        for node in root.iter(f"{SVG}g")
        if node.get("class") == "node"
    }
    for concept in spec.concepts:
        assert unspaced(drawn_nodes[concept.id]) == unspaced(concept.label)
    phrases = {unspaced(text) for name, text in drawn_nodes.items() if "|" in name}
    assert phrases == {unspaced(p.phrase) for p in spec.propositions}
    header = unspaced("".join(t.text or "" for t in root.findall(f"{SVG}g/{SVG}text")))
    assert unspaced(spec.question) in header
    assert all(unspaced(section.title) in header for section in spec.sections)


def test_hostile_labels_are_drawn_letter_by_letter() -> None:
    for first in range(0, len(HOSTILE), 8):
        check_labels(list(HOSTILE[first : first + 8]))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters() | st.sampled_from('\\"&<>;#{}|%GNETHLn\n'), min_size=1, max_size=20),
        min_size=1,
        max_size=5,
    )
)
def test_any_label_is_drawn_letter_by_letter(labels: list[str]) -> None:
    check_labels(labels)


@given(st.text())
def test_ids_cannot_leave_their_quotes(text: str) -> None:
    assert re.fullmatch(r'[^"\\&<>|\x00-\x1f]*', dot_format.concept_node(text))


def test_different_ids_stay_different() -> None:
    ids = ["a|1", "a%7C1", 'a"', "a%22", "a"]
    assert len({dot_format.concept_node(i) for i in ids}) == len(ids)


@pytest.mark.parametrize("spec", [ENGLISH, RUSSIAN], ids=["english", "russian"])
@pytest.mark.parametrize("letters", [14, 20])
def test_no_text_leaves_its_box(spec: MapSpec, letters: int) -> None:
    layout = drawn(dot_format.dot(spec, Spacing(name_letters=letters, phrase_letters=letters)))
    checked = 0
    for node in layout["objects"]:
        for op in node["_ldraw_"]:
            if op["op"] == "T":
                assert text_width(op["text"], float(node["fontsize"])) <= float(node["width"]) * 72 + 0.01
                checked += 1
    assert checked >= len(spec.concepts) + len({(p.source, p.phrase) for p in spec.propositions if p.phrase})


@pytest.mark.parametrize("spec", [ENGLISH, RUSSIAN], ids=["english", "russian"])
def test_the_title_and_legend_have_room_for_their_letters(spec: MapSpec) -> None:
    layout = drawn(dot_format.dot(spec, Spacing()))
    left, _, right, _ = map(float, layout["bb"].split(","))
    size = 0.0
    for op in layout["_ldraw_"]:
        if op["op"] == "F":
            size = op["size"]
        if op["op"] == "T":
            width = text_width(op["text"], size)
            x = op["pt"][0] - {"l": 0, "c": width / 2, "r": width}[op["align"]]
            assert left - 0.5 <= x
            assert x + width <= right + 0.5


def test_one_font_name_and_six_digit_colours_everywhere() -> None:
    text = dot_format.dot(ENGLISH, Spacing())
    assert set(re.findall(r'fontname="([^"]*)"', text)) == {"Arial"}
    assert set(re.findall(r"#[0-9a-fA-F]+", text)) == set(re.findall(r"#[0-9a-fA-F]{6}\b", text))


def test_concepts_targeted_by_one_phrase_share_its_node() -> None:
    layout = drawn(dot_format.dot(ENGLISH, Spacing()))
    phrases = [node["label"] for node in layout["objects"] if "|" in node["name"]]
    assert phrases.count("includes") == 1
    assert len(phrases) == len({(p.source, p.phrase) for p in ENGLISH.propositions if p.phrase})


def test_a_whole_stands_higher_than_its_parts_and_the_arrow_points_at_the_part() -> None:
    layout = drawn(dot_format.dot(ENGLISH, Spacing()))
    height = {node["name"]: float(node["pos"].split(",")[1]) for node in layout["objects"]}
    assert height["cluster"] > height["control-plane"] > height["etcd"]
    names = [node["name"] for node in layout["objects"]]
    back = [(names[e["tail"]], names[e["head"]]) for e in layout["edges"] if e.get("dir") == "back"]
    assert ("etcd", next(name for name in names if name.startswith("control-plane|"))) in back


def test_a_line_without_a_phrase_is_dashed_and_the_legend_says_so() -> None:
    layout = drawn(dot_format.dot(ENGLISH, Spacing()))
    assert sum(edge.get("style") == "dashed" for edge in layout["edges"]) == sum(
        not p.phrase for p in ENGLISH.propositions
    )
    assert "dashed: the notes do not say how" in texts(layout)
    spoken = replace(ENGLISH, propositions=tuple(p for p in ENGLISH.propositions if p.phrase))
    assert "dashed" not in texts(drawn(dot_format.dot(spoken, Spacing())))


def test_the_legend_tells_sections_and_what_was_left_out() -> None:
    header = texts(drawn(dot_format.dot(ENGLISH, Spacing())))
    assert "Docker (8)" in header
    assert "Kubernetes (15)" in header
    assert f"24 of 26 concepts, {len(ENGLISH.propositions)} of 39 relations" in header
    russian = texts(drawn(dot_format.dot(RUSSIAN, Spacing())))
    assert f"понятий: {len(RUSSIAN.concepts)} из 14" in russian


def test_sections_differ_by_outline_as_well_as_colour() -> None:
    styles = [*(section_style(index, "title") for index in range(6)), section_style(3, "")]
    assert len({style.color for style in styles}) == 7
    assert len({(style.rounded, style.line, style.double) for style in styles}) == 7


def test_tooltips_hold_the_definition_and_its_place() -> None:
    text = dot_format.dot(ENGLISH, Spacing())
    assert 'tooltip="image: a read-only template with layers for creating containers\\nDocker, notes.org:2"' in text
    assert 'tooltip="container runs from image\\nnotes.org:1"' in text


def test_importance_sets_the_size_of_the_letters() -> None:
    boxes = boxes_of(drawn(dot_format.dot(ENGLISH, Spacing())))
    sizes = [float(boxes[concept.id]["fontsize"]) for concept in ENGLISH.concepts]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == NODE_SIZE + NODE_GROWTH
    assert sizes[-1] >= NODE_SIZE


def test_concepts_without_relations_stand_in_rows_by_section() -> None:
    spec = plan.overview(graph(ENGLISH_CONCEPTS, []), max_concepts=24, max_propositions=36)
    layout = drawn(dot_format.dot(spec, Spacing()))
    place = {node["name"]: [float(n) for n in node["pos"].split(",")] for node in layout["objects"] if "pos" in node}
    section = {concept.id: concept.section for concept in spec.concepts}
    rows: dict[float, set[int]] = {}
    for name, (_, y) in place.items():
        rows.setdefault(y, set()).add(section[name])
    assert 3 < len(rows) < 10
    assert all(len(sections) == 1 for sections in rows.values())
    left, bottom, right, top = map(float, layout["bb"].split(","))
    assert (right - left) < 2.5 * (top - bottom)


def test_boxes_that_hang_on_one_can_be_spread_over_rows() -> None:
    star = plan.overview(
        graph([(name, "", "") for name in "habcdefgi"], [(name, "serves", "h") for name in "abcdefgi"]),
        max_concepts=9,
        max_propositions=9,
    )
    widths = []
    for rows in (1, 3):
        layout = drawn(dot_format.dot(star, Spacing(stagger=rows)))
        heights = {node["pos"].split(",")[1] for node in layout["objects"] if "|" not in node["name"]}
        assert len(heights) == 1 + rows
        widths.append(float(layout["bb"].split(",")[2]))
    assert widths[1] <= widths[0]


def test_links_are_written_where_they_are_asked_for() -> None:
    plain = dot_format.dot(ENGLISH, Spacing())
    assert "URL" not in plain
    linked = dot_format.dot(ENGLISH, Spacing(), lambda concept: f"../markdown/notes.md#{concept.id}")
    assert 'URL="../markdown/notes.md#pod"' in linked


def test_graphviz_has_nothing_to_complain_about() -> None:
    done = subprocess.run(
        [ENGINE.program, "-Tsvg"], input=dot_format.dot(ENGLISH, Spacing()).encode(), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
