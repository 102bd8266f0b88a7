import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from orgkb.concepts.build import build
from orgkb.concepts.graph import ConceptGraph
from orgkb.org import reader
from orgkb.org.semantics import prepare
from orgkb_exporters.conceptmap.places import Places
from orgkb_exporters.markdown import MarkdownExporter
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
