import re
import shutil
import subprocess
from pathlib import Path

import pytest

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Severity
from orgkb.exporter import Artifact
from orgkb_exporters.conceptmap import MapExporter, dot_format, plan, printed
from orgkb_exporters.conceptmap.draw import find_engine
from orgkb_exporters.conceptmap.layout import best_layout
from orgkb_exporters.conceptmap.look import Spacing
from orgkb_exporters.conceptmap.shapes import Picture, picture
from orgkb_exporters.pdf.typst_run import font_packages
from tests.exporters.map_graphs import (
    ENGLISH_CONCEPTS,
    ENGLISH_RELATIONS,
    RUSSIAN_CONCEPTS,
    RUSSIAN_RELATIONS,
    context,
    graph,
)

ENGLISH = graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS)
RUSSIAN = graph(RUSSIAN_CONCEPTS, RUSSIAN_RELATIONS)
CHINESE = graph([("容器", "S", "进程"), ("镜像", "S", "")], [("容器", "来自", "镜像")])

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def drawn(notes: ConceptGraph = ENGLISH) -> Picture:
    spec = plan.overview(notes, max_concepts=24, max_propositions=36)
    text, _, _ = best_layout(spec, find_engine(), lambda concept: f"../notes.org#{concept.id}")
    return picture(find_engine(), text)


def asked(program: str, data: bytes, folder: Path, *options: str) -> str:
    file = folder / "map.pdf"
    file.write_bytes(data)
    return subprocess.run([program, *options, str(file), "-"][: None if program == "pdftotext" else -1],
                          capture_output=True, text=True, check=True).stdout  # fmt: skip


@needs_poppler
def test_the_pdf_is_a_page_of_a4_with_letters_and_links(tmp_path: Path) -> None:
    data = printed.pdf([drawn()], "Map")
    info = asked("pdfinfo", data, tmp_path)
    assert re.search(r"Pages: +1\n", info)
    assert "(A4)" in info
    assert "Map" in info
    words = asked("pdftotext", data, tmp_path)
    assert all(word in words for word in ("container", "kubelet", "consists of"))
    links = asked("pdfinfo", data, tmp_path, "-url")
    assert links.count("../notes.org#") == 24


@needs_poppler
def test_cyrillic_can_be_copied_from_the_pdf(tmp_path: Path) -> None:
    words = asked("pdftotext", printed.pdf([drawn(RUSSIAN)], ""), tmp_path)
    assert all(concept.split()[0] in words for concept, *_ in RUSSIAN_CONCEPTS[:5])


def test_the_same_map_gives_the_same_pdf() -> None:
    assert printed.pdf([drawn()], "") == printed.pdf([drawn()], "")


@needs_poppler
@pytest.mark.parametrize("notes", [ENGLISH, RUSSIAN], ids=["english", "russian"])
def test_letters_keep_to_their_boxes_on_paper(notes: ConceptGraph, tmp_path: Path) -> None:
    sheet = drawn(notes)
    layout = asked("pdftotext", printed.pdf([sheet], ""), tmp_path, "-bbox")
    page = printed._on_paper(sheet, {})
    boxes = [
        (page.corner[0] + node.x * page.scale, page.corner[1] + node.y * page.scale, node.width * page.scale,
         node.height * page.scale)
        for node in sheet.nodes
    ]  # fmt: skip
    inside = 0
    for word in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">', layout):
        x0, y0, x1, y1 = map(float, word)
        for x, y, width, height in boxes:
            if x < (x0 + x1) / 2 < x + width and y < (y0 + y1) / 2 < y + height:
                assert x <= x0
                assert x1 <= x + width
                inside += 1
    assert inside > 40


@needs_poppler
@pytest.mark.skipif(
    not font_packages()[0] and shutil.which("fc-list") is None,
    reason="neither the extra cjk nor fontconfig is installed",
)
def test_chinese_is_drawn_where_a_font_has_it_and_the_source_of_the_font_is_told(tmp_path: Path) -> None:
    if not font_packages()[0] and not subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=True).stdout:
        pytest.skip("no Chinese font is installed")
    reported: list[Diagnostic] = []
    exporter = MapExporter(interactive=False, chapters=False, link="")
    files = {a.path: a for a in exporter.export(CHINESE, context(reported))}
    words = asked("pdftotext", files["map/overview.pdf"].data, tmp_path)
    assert "容器" in words
    assert "来自" in words
    other = graph([("壹貳", "S", "进程"), ("參肆", "S", "")], [("壹貳", "来自", "參肆")])
    again = {a.path: a for a in exporter.export(other, context([]))}
    assert files["map/overview.png"].data.startswith(b"\x89PNG")
    assert files["map/overview.png"].data != again["map/overview.png"].data  # and not the same empty boxes
    if not font_packages()[0]:
        assert [(d.code, d.severity) for d in reported] == [("map-font", Severity.INFO)]
        assert "orgkb[cjk]" in reported[0].message


@needs_poppler
def test_all_maps_to_print_stand_in_one_file_and_lead_to_each_other(tmp_path: Path) -> None:
    found: dict[str, Artifact] = {a.path: a for a in MapExporter(interactive=False).export(ENGLISH, context([]))}
    maps = [path for path in found if path.endswith(".svg")]
    data = found["map/maps.pdf"].data
    assert re.search(rf"Pages: +{len(maps)}\n", asked("pdfinfo", data, tmp_path))
    assert data.count(b"/Dest") + data.count(b"/GoTo") >= 2  # the boxes of the map of maps


def test_pictures_are_made_in_the_formats_that_are_asked_for() -> None:
    found = [a.path for a in MapExporter(interactive=False, pictures=("svg",)).export(ENGLISH, context([]))]
    assert {path.rpartition(".")[2] for path in found} == {"dot", "svg"}
    with pytest.raises(Exception, match="knows no picture 'gif'"):
        MapExporter(pictures=("gif",))


def test_a_map_too_large_for_a4_gets_a_page_of_its_own_size() -> None:
    rows = [(f"a concept with a long name number {i}", "S", "") for i in range(60)]
    notes = graph(rows, [(rows[i][0], f"is joined for reason {i} with", rows[i // 2][0]) for i in range(1, 60)])
    spec = plan.overview(notes, max_concepts=60, max_propositions=90)
    text = dot_format.dot(spec, Spacing())
    sheet = picture(find_engine(), text)
    data = printed.pdf([sheet], "")
    box = re.search(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", data)
    assert box
    assert float(box[1]) > sheet.width
