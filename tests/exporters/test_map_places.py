import posixpath
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest

from orgkb.concepts.build import build
from orgkb.concepts.graph import ConceptGraph
from orgkb.org import reader
from orgkb.org.semantics import prepare
from orgkb_exporters.conceptmap.places import Places
from orgkb_exporters.markdown import MarkdownExporter
from orgkb_exporters.pdf import PdfExporter
from tests.exporters.map_graphs import context

NOTES = """#+TITLE: Containers
- *early* - a term before all headings
* Objects & more
- *pod* - a group of containers
** Terms
- *container* - a process
* Terms
- *image* - a read-only template
"""


@pytest.fixture(scope="module")
def notes() -> ConceptGraph:
    return build([prepare(reader.parse(NOTES, "deep folder/notes.org"))])


def line_of(term: str) -> int:
    return next(i for i, line in enumerate(NOTES.splitlines(), 1) if f"*{term}*" in line)


@pytest.mark.parametrize(
    ("term", "heading"), [("early", ""), ("pod", "# Objects & more"), ("container", "# Terms"), ("image", "# Terms")]
)
def test_a_concept_leads_to_its_heading_in_the_exported_markdown(notes: ConceptGraph, term: str, heading: str) -> None:
    pages = {a.path: a.data.decode() for a in MarkdownExporter().export(notes, context([]))}
    url = Places(notes, context([]), "markdown").url("deep folder/notes.org", line_of(term))
    path, _, anchor = unquote(url).partition("#")
    text = pages[posixpath.normpath(f"map/{path}")]
    assert bool(anchor) == bool(heading)
    headings = re.findall(r"^(#+ .*)$", text, re.MULTILINE)
    slugs = [re.sub(r"[^\w -]", "", h.lstrip("# ").lower()).replace(" ", "-") for h in headings]
    numbered = [f"{slug}-{slugs[:i].count(slug)}" if slug in slugs[:i] else slug for i, slug in enumerate(slugs)]
    if anchor:
        found = headings[numbered.index(anchor)]
        assert found.endswith(heading)
        assert text.index(term, text.index(found)) > 0


def test_of_two_headings_alike_each_has_its_own_address(notes: ConceptGraph) -> None:
    places = Places(notes, context([]), "markdown")
    urls = {places.url("deep folder/notes.org", line_of(term)) for term in ("container", "image")}
    assert len(urls) == 2


def test_a_map_in_a_folder_below_leads_one_folder_up(notes: ConceptGraph) -> None:
    places = Places(notes, context([]), "markdown")
    assert places.url("deep folder/notes.org", 1, up="../").startswith("../../markdown/deep%20folder/notes.md")
    assert Places(notes, context([]), "x/{file}").url("a b.org", 1, up="../") == "../x/a%20b.org"
    assert Places(notes, context([]), "https://a/{line}").url("a.org", 7, up="../") == "https://a/7"
    assert Places(notes, context([]), "").url("a.org", 7, up="../") == ""


def test_a_file_that_is_no_page_has_no_address(notes: ConceptGraph) -> None:
    assert Places(notes, context([]), "markdown").url(str(Path("snippets/included.org")), 3) == ""


def test_a_concept_leads_to_its_line_in_the_notes_and_searches_for_it_there(notes: ConceptGraph) -> None:
    here = msgspec.structs.replace(context([]), notes_from_output="../my notes")
    places = Places(notes, here, "source")
    url = places.url("deep folder/notes.org", 7, "pod", up="../", term="well-known pod")
    assert url == "../../../my%20notes/deep%20folder/notes.org#L7:~:text=well%2Dknown%20pod"
    assert Places(notes, here, "source", up="").url("a.org", 1, term="x") == "../my%20notes/a.org#L1:~:text=x"
    assert Places(notes, context([]), "source").url("a.org", 1, term="x") == ""


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo (poppler-utils) is not installed")
def test_a_concept_leads_to_the_page_of_its_heading_in_the_exported_pdf(notes: ConceptGraph, tmp_path: Path) -> None:
    printed = {a.path: a.data for a in PdfExporter(map=False, index=False).export(notes, context([]))}
    url = Places(notes, context([]), "pdf").url("deep folder/notes.org", line_of("container"))
    path, _, destination = unquote(url).partition("#nameddest=")
    file = tmp_path / "notes.pdf"
    file.write_bytes(printed[posixpath.normpath(f"map/{path}")])
    found = subprocess.run(["pdfinfo", "-dests", str(file)], capture_output=True, text=True, check=True).stdout
    page = next(line.split()[0] for line in found.splitlines() if line.endswith(f'"{destination}"'))
    text = subprocess.run(
        ["pdftotext", "-f", page, "-l", page, str(file), "-"], capture_output=True, text=True, check=True
    )
    assert "Terms" in text.stdout
    assert "container" in text.stdout
