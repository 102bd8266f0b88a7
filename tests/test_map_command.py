import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from orgkb.cli import run

NOTES = """#+TITLE: Containers
* Objects
- *pod* - a group of one or more containers
- *container* - an isolated process started from an image
- *kubelet* - an agent that manages pods
* Images
- *image* - a read-only template for a container
- *registry* - a server that stores images
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.org"
    path.write_text(NOTES)
    return path


def texts(path: Path) -> set[str]:
    return {text.text or "" for text in ET.parse(path).iter("{http://www.w3.org/2000/svg}text")}


def test_a_map_of_one_concept_and_its_neighbours(notes: Path) -> None:
    out = notes.with_name("pod.svg")
    assert run(["map", str(notes), "--focus", "POD", "-o", str(out)]) == 0
    assert {"pod", "container", "kubelet"} <= texts(out)
    assert "registry" not in texts(out)


def test_more_depth_reaches_further(notes: Path) -> None:
    out = notes.with_name("pod.svg")
    assert run(["map", str(notes), "--focus", "pod", "-o", str(out)]) == 0
    assert "image" not in texts(out)
    assert run(["map", str(notes), "--focus", "pod", "--depth", "2", "-o", str(out)]) == 0
    assert "image" in texts(out)


def test_a_map_of_a_section_with_a_question_and_a_limit(notes: Path) -> None:
    out = notes.with_name("map.dot")
    command = ["map", str(notes), "--section", "objects", "--max", "2", "--question", "Who runs pods?", "-o", str(out)]
    assert run(command) == 0
    text = out.read_text()
    assert "Who runs pods?" in text
    assert "registry" not in text
    assert text.count("fillcolor=") == 2


def test_a_png_is_written(notes: Path) -> None:
    out = notes.with_name("map.png")
    assert run(["map", str(notes), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_pdf_is_written_whose_boxes_lead_to_the_notes(notes: Path) -> None:
    out = notes.parent / "out" / "map.pdf"
    out.parent.mkdir()
    assert run(["map", str(notes), "-o", str(out)]) == 0
    data = out.read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"(../notes.org#L") == 5


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_another_graphviz_can_be_named(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = notes.with_name("map.svg")
    assert run(["map", str(notes), "--dot", "dot", "-o", str(out)]) == 0
    assert {"pod", "container"} <= texts(out)
    assert run(["map", str(notes), "--dot", str(notes), "-o", str(out)]) != 0
    assert str(notes) in capsys.readouterr().err


def test_without_a_file_the_dot_goes_to_standard_output(notes: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["map", str(notes)]) == 0
    assert capfdbinary.readouterr().out.startswith(b"digraph map {")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--focus", "podd"], "did you mean 'pod'"),
        (["--section", "nowhere"], "no heading or file"),
        (["-o", "notes.org"], "a map is written as .svg"),
    ],
)
def test_what_is_not_there_is_said(
    notes: Path, options: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["map", str(notes), *options]) == 2
    assert complaint in capsys.readouterr().err
    assert notes.read_text() == NOTES
