"""The seed and the sample as another library reads their handouts: nothing is lost, everything leads where it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgkb import pipeline
from orgkb.concepts.graph import ConceptGraph
from orgkb.org import nodes as n
from orgkb.org.walk import plain_text, walk_document
from orgkb_exporters.pdf.layouts import look
from tests.exporters.pdf_notes import export, has_pdftotext, squeezed, words_of
from tests.exporters.pdf_read import Read
from tests.shared import SHARED

SAMPLE = Path(__file__).resolve().parents[2] / "input"
SEED = SHARED / "seed" / "docker_and_k8s.org" if SHARED else None


class Handout:
    """A handout, its notes, and what pypdf and pdftotext read in it."""

    def __init__(self, notes: Path) -> None:
        self.graph: ConceptGraph = pipeline.build_graph([notes])
        self.pdf = export(self.graph)
        self.read = Read(self.pdf)
        made = look("handout", "a4", {}, notes=True)
        area = [made.left, made.top - 8, made.measure, made.height - made.top - made.bottom + 20]
        crop = [word for key, size in zip("xyWH", area, strict=True) for word in (f"-{key}", str(round(size)))]
        self.pages = words_of(self.pdf, "-raw").split("\f") if has_pdftotext() else []
        self.text = "".join(map(_bare, words_of(self.pdf, "-raw", *crop).split("\f"))) if has_pdftotext() else ""


def _bare(text: str) -> str:
    """TEXT without what a line break may change, and without heads and feet where they were cut off."""
    return re.sub("[\\s\u00ad\u2010-]+", "", text)


@pytest.fixture(scope="module", params=["sample", "seed"])
def handout(request: pytest.FixtureRequest) -> Handout:
    notes = SAMPLE if request.param == "sample" else SEED
    if notes is None:
        pytest.skip("the real-world corpora (../shared) are not here")
    if not has_pdftotext():
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return Handout(notes)


def test_every_internal_link_lands_on_a_page_where_its_words_or_their_entry_stand(handout: Handout) -> None:
    links = handout.read.links()
    assert len(links) > 100
    assert all(1 <= page <= handout.read.pages and -1 <= y <= 842 for _, (page, y) in links)
    assert all(said == page for said, page in handout.read.said_pages())


def test_the_outline_is_the_headlines_in_their_order(handout: Handout) -> None:
    wanted = [
        " ".join(plain_text(headline.title).split())
        for document in handout.graph.documents
        for headline in document.headlines
    ]
    several = len(handout.graph.documents) > 1  # then the files' titles stand above
    found = [" ".join(title.split()) for depth, title in handout.read.outline() if depth or not several]
    assert found[: len(wanted)] == wanted
    assert set(found[len(wanted) :]) <= {"Concept map", "Glossary", "Index"}


def test_bookmarks_lead_to_the_page_of_their_headline(handout: Handout) -> None:
    for _, title, (page, _) in handout.read.bookmarks():
        assert squeezed(title) in squeezed(handout.pages[page - 1])


def test_every_page_number_of_glossary_and_index_is_a_page_with_the_term(handout: Handout) -> None:
    names: dict[str, set[str]] = {}
    for concept in handout.graph.concepts:
        surfaces = {concept.name, *(alias.surface for alias in concept.aliases)}
        surfaces |= {mention.text for mention in handout.graph.mentions_of(concept.id)}
        names.setdefault(_bare(concept.name).casefold(), set()).update(_bare(s).casefold() for s in surfaces)
    begins = next(page for _, title, (page, _) in handout.read.bookmarks() if title == "Index")
    index = " ".join(" ".join(handout.pages[begins - 1 :]).split())
    pages = [_bare(page).casefold() for page in handout.pages]
    checked = 0
    for name, surfaces in names.items():
        original = next(c.name for c in handout.graph.concepts if _bare(c.name).casefold() == name)
        for match in re.finditer(rf"(?<!\S){re.escape(original)} ((?:\d+(?:–\d+)?, )*\d+(?:–\d+)?)(?= \D|$)", index):
            for part in match[1].split(", "):
                first, _, last = part.partition("–")
                for page in range(int(first), int(last or first) + 1):
                    if page > begins:
                        continue  # a name that ends in a number, or the foot of the page
                    near = pages[page - 2][-80:] + pages[page - 1] + pages[page][:80]
                    assert any(surface in near for surface in surfaces), (original, page)
                    checked += 1
    assert checked > 50


def test_every_line_of_code_can_be_copied_as_it_was_written(handout: Handout) -> None:
    lines = [
        line
        for document in handout.graph.documents
        for node in walk_document(document)
        if isinstance(node, n.SrcBlock | n.ExampleBlock | n.FixedWidth)
        for line in node.value.splitlines()
    ]
    assert lines
    assert [line for line in lines if _bare(line.expandtabs(8)) not in handout.text] == []


def test_all_pages_links_and_elements_are_in_one_tree_of_tags(handout: Handout) -> None:
    assert handout.read.tag_faults() == []


def test_a_build_of_the_same_notes_gives_the_same_bytes(handout: Handout) -> None:
    assert export(handout.graph) == handout.pdf


def test_a_table_of_89_rows_is_complete_and_in_order() -> None:
    if not has_pdftotext():
        pytest.skip("pdftotext (poppler-utils) is not installed")
    rows = "\n".join(f"| row{number} | {number * 7} kB | text of {number} |" for number in range(89))
    found = words_of(export(f"* Table\n| name | size | note |\n|---+---+---|\n{rows}\n"), "-layout")
    assert re.findall(r"row(\d+)\s+(\d+) kB\s+text of (\d+)", found) == [
        (str(number), str(number * 7), str(number)) for number in range(89)
    ]
