"""The sample notes: they show everything that is supported, and all exports of them are sound."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from orgkb import config, pipeline
from orgkb.diagnostics import Severity
from orgkb.org import nodes as n
from orgkb.org import reader
from orgkb.org.document import Document
from orgkb.org.walk import walk_document

INPUT = Path(__file__).parents[1] / "input"
SECRET = b"marble-giraffe"


def read(path: Path) -> Document:
    note = pipeline.find_inputs([path]).notes[0]
    return reader.read(note.path, root=INPUT, name=note.name, inlinetasks=config.find(INPUT).org.inlinetasks)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """The sample as Org reads it."""
    return [read(path) for path in sorted(INPUT.glob("*.org"))]


@pytest.fixture(scope="module")
def nodes(documents: list[Document]) -> list[n.Node]:
    """All its nodes."""
    return [node for document in documents for node in walk_document(document)]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All exports of it."""
    folder = tmp_path_factory.mktemp("output")
    report = pipeline.run([INPUT], folder)
    assert [(run.name, run.error) for run in report.exporters if run.error] == []
    assert [str(d) for d in report.diagnostics if d.severity >= Severity.WARNING] == []
    return folder


def all_types() -> list[str]:
    kinds = [kind for kind in vars(n).values() if isinstance(kind, type) and issubclass(kind, n.Node) and kind.type]
    return sorted({kind.type for kind in kinds})


@pytest.mark.parametrize("name", all_types())
def test_every_element_and_object_occurs(name: str, nodes: list[n.Node]) -> None:
    assert any(node.type == name for node in nodes)


def test_every_variant_occurs(nodes: list[n.Node], documents: list[Document]) -> None:
    def seen(kind: type[n.Node], attribute: str) -> set[object]:
        return {getattr(node, attribute) for node in nodes if isinstance(node, kind)}

    assert seen(n.PlainList, "kind") == {"unordered", "ordered", "descriptive"}
    assert seen(n.Item, "checkbox") == {"", "[X]", "[ ]", "[-]"}
    assert {bullet[-1:] for bullet in seen(n.Item, "bullet") if isinstance(bullet, str)} >= {"-", "+", ".", ")"}
    assert any(isinstance(node, n.Item) and node.counter for node in nodes)
    assert seen(n.Link, "form") == {"regular", "plain", "angle", "radio"}
    assert {bool(node.children) for node in nodes if isinstance(node, n.Link) and node.form == "regular"} == {
        True,
        False,
    }
    assert seen(n.Link, "kind") >= {"https", "mailto", "file", "id", "custom-id", "fuzzy", "radio"}
    assert seen(n.Timestamp, "kind") >= {"active", "inactive", "active-range"}
    assert {bool(x) for x in seen(n.Timestamp, "repeater")} == {True, False}
    assert {bool(x) for x in seen(n.Timestamp, "warning")} == {True, False}
    assert seen(n.Table, "kind") == {"org", "table.el"}
    assert any(isinstance(node, n.Table) and node.formulas for node in nodes)
    assert {str(value)[-1] for value in seen(n.StatisticsCookie, "value")} == {"]"}
    assert {"%" in str(value) for value in seen(n.StatisticsCookie, "value")} == {True, False}
    assert seen(n.Subscript, "braces") == {True}
    references = [node for node in nodes if isinstance(node, n.FootnoteReference)]
    assert {(r.label is None, r.children is None) for r in references} == {(False, True), (False, False), (True, False)}
    plannings = [node for node in nodes if isinstance(node, n.Planning)]
    assert any(p.scheduled and p.deadline for p in plannings)
    assert any(p.closed for p in plannings)
    affiliated = {
        k.key for node in nodes if isinstance(node, n.Element) and node.affiliated for k in node.affiliated.keywords
    }
    assert affiliated >= {"CAPTION", "NAME", "HEADER", "ATTR_HTML"}
    headlines = [headline for document in documents for headline in document.headlines]
    assert any(h.todo and h.priority and h.tags for h in headlines)
    assert any(h.commented for h in headlines)
    assert any("noexport" in h.tags for h in headlines)
    included = {segment.path for document in documents for segment in document.segments}
    assert any(path.endswith("probes.yaml") for path in included)
    assert all(document.setting("SETUPFILE") and document.setting("MACRO") for document in documents)


def test_both_languages_are_defined_in_both_ways() -> None:
    graph = pipeline.build_graph([INPUT])

    for term in ("image", "контейнер", "volume", "Pod", "CRI", "etcd", "chart", "образ"):
        (concept,) = [c for c in graph.concepts if term in c.surfaces]
        assert concept.definition, term
    assert {"containers.org", "kubernetes.org"} == {document.path for document in graph.documents}
    across = [r for r in graph.relations if graph.concept(r.target).span.path != r.span.path]
    assert across, "no relation leads from one file to the other"


def test_every_export_is_there_and_has_something_in_it(output: Path) -> None:
    suffixes = {path.suffix for path in output.rglob("*") if path.is_file()}

    assert suffixes >= {".apkg", ".md", ".pdf", ".dot", ".svg", ".png"}
    assert all(path.stat().st_size > 100 for path in output.rglob("*") if path.is_file())
    assert (output / "markdown" / "containers.md").is_file()
    assert (output / "map" / "overview.png").is_file()


def test_what_is_not_exported_is_in_no_output(output: Path) -> None:
    assert SECRET in (INPUT / "containers.org").read_bytes()

    for path in output.rglob("*"):
        if path.is_file():
            assert SECRET not in path.read_bytes(), path
            assert SECRET.decode() not in path.name
        if path.suffix == ".apkg":
            with zipfile.ZipFile(path) as package:
                assert all(SECRET not in package.read(name) for name in package.namelist())
    pdf = (
        subprocess.run(["pdftotext", *output.glob("pdf/*.pdf"), "-"], capture_output=True, check=True)
        if shutil.which("pdftotext")
        else None
    )
    assert pdf is None or (SECRET not in pdf.stdout and b"OverlayFS" in pdf.stdout)


def test_commands_come_out_as_they_were_written(output: Path) -> None:
    page = (output / "markdown" / "containers.md").read_text(encoding="utf-8")

    for command in (
        "docker build --build-arg HTTPS_PROXY=http://proxy:3128 .",
        'docker run --rm -v db:/data:ro -v "$PWD":/out alpine tar czf /out/db.tgz -C /data .',
        "docker run -d -p 8080:80 --name web nginx",
        "CONTAINER ID",
    ):
        assert command in page.replace("\\", "")


def test_the_same_notes_give_the_same_bytes_anywhere(output: Path, tmp_path: Path) -> None:
    shutil.copytree(INPUT, tmp_path / "copy")
    newest = max(path.stat().st_mtime for path in INPUT.glob("*.org"))
    for path in (tmp_path / "copy").glob("*.org"):
        os.utime(path, (newest, newest))
    command = [sys.executable, "-m", "orgkb", "build", "copy", "-o", "again", "--quiet"]
    subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": "7"}, timeout=120, check=True)

    assert digests(tmp_path / "again") == digests(output)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
