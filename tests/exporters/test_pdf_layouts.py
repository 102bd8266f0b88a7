from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Mention, Relation, RelationKind, Span
from orgkb.diagnostics import Diagnostic
from orgkb.errors import ConfigError
from orgkb_exporters.pdf import PdfExporter, addresses, handout
from orgkb_exporters.pdf.layouts import LAYOUTS, look
from orgkb_exporters.pdf.typst_run import TooBig
from tests.exporters.pdf_notes import context, document, export, graph, needs_pdftotext, squeezed, words_of
from tests.shared import SHARED, needs_shared

NOTES = """#+TITLE: All about pods
* Alpha
A pod runs on a node. See [[https://example.com/docs][the docs]].
#+begin_src sh
kubectl get pods --all-namespaces
#+end_src
** Below
The cluster has a node.
* Beta
A pod again, and a cluster.
"""
CONCEPTS = {"pod": "the smallest unit", "node": "a machine", "cluster": "machines together"}


def files(made: Any, reports: list[Diagnostic] | None = None, **options: Any) -> dict[str, bytes]:
    exporter = PdfExporter(**options)
    return {a.path: a.data for a in exporter.export(made, context(reports=reports, title="All"))}


@pytest.fixture(scope="module")
def printed() -> Mapping[str, bytes]:
    return files(graph(NOTES, concepts=CONCEPTS), layouts=LAYOUTS)


def test_each_layout_is_a_file_of_its_own(printed: Mapping[str, bytes]) -> None:
    names = [f"pdf/All-about-pods{'' if name == 'handout' else f'-{name}'}.pdf" for name in LAYOUTS]
    assert list(printed) == names
    assert all(data.startswith(b"%PDF-") for data in printed.values())


@needs_pdftotext
@pytest.mark.parametrize("layout", ["handout", "large", "gray", "cornell"])
def test_the_whole_text_is_in_each_layout_of_it(printed: Mapping[str, bytes], layout: str) -> None:
    path = "pdf/All-about-pods.pdf" if layout == "handout" else f"pdf/All-about-pods-{layout}.pdf"
    found = words_of(printed[path])
    for words in ("kubectl get pods --all-namespaces", "1.1 Below", "2 Beta", "the smallest unit"):
        assert words in found


@needs_pdftotext
def test_a_cornell_page_asks_what_the_text_answers() -> None:
    made = graph(NOTES, concepts=CONCEPTS, terms=("node",))
    found = words_of(files(made, layouts=("cornell",))["pdf/All-about-pods-cornell.pdf"])
    assert "What is node?" in found
    assert "SUMMARY" in found


@needs_pdftotext
def test_a_term_is_asked_for_in_its_own_language() -> None:
    notes = "* One\nA node here. And a контейнер there. " + "English words. " * 20
    made = graph(notes, concepts={"node": "a machine", "контейнер": "a box"}, terms=("node", "контейнер"))
    found = words_of(export(made, layouts=("cornell",)))
    assert "What is node?" in found
    assert "Что такое контейнер?" in found


@needs_pdftotext
def test_a_question_has_the_words_of_the_sentence_that_answers_it() -> None:
    made = graph("Nodes run pods.\n", concepts={"node": "a machine", "pod": "a group"})
    mentions = [
        Mention("node", "Nodes", Span("notes.org", 1, 1, 5), "notes.org", 0, -1, "prose", 1.0),
        Mention("pod", "pods", Span("notes.org", 1, 11, 4), "notes.org", 10, -1, "prose", 1.0),
    ]
    relation = Relation("node", "pod", "run", RelationKind.SENTENCE, Span("notes.org", 1, 1, 5), 1.0)
    told = ConceptGraph(made.documents, made.concepts, mentions, [relation], links=made.links)
    assert "Nodes run …?" in words_of(export(told, layouts=("cornell",)))


@needs_pdftotext
def test_cards_lie_back_to_back_when_turned_over_the_long_edge(printed: Mapping[str, bytes]) -> None:
    boxes = words_of(printed["pdf/All-about-pods-cards.pdf"], "-bbox")
    front, back = boxes.split("<page ")[1:3]
    width = float(re.findall(r'width="([\d.]+)"', front)[0])
    (pod,) = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>pod<', front)
    (unit,) = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>smallest<', back)
    assert float(pod[0]) < width / 2 < float(unit[0])
    assert abs(float(pod[1]) - float(unit[1])) < 60


@needs_pdftotext
@needs_pdftotext
def test_cards_lie_back_to_back_when_turned_over_the_short_edge() -> None:
    made = files(graph(NOTES, concepts=CONCEPTS), layouts=("cards",), flip="short")
    front, back = words_of(made["pdf/All-about-pods-cards.pdf"], "-bbox").split("<page ")[1:3]
    height = float(re.findall(r'height="([\d.]+)"', front)[0])
    (pod,) = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>pod<', front)
    (unit,) = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>smallest<', back)
    assert float(pod[1]) < height / 2 < float(unit[1])


@needs_pdftotext
def test_the_cheat_sheet_has_definitions_and_commands_on_at_most_two_pages(printed: Mapping[str, bytes]) -> None:
    found = words_of(printed["pdf/All-about-pods-cheatsheet.pdf"])
    assert "kubectl get pods --all-namespaces" in found
    assert "pod the smallest unit" in found
    assert found.count("\f") <= 2


@needs_pdftotext
@pytest.mark.parametrize("layout", ["handout", "cornell", "large"])
def test_at_least_two_lines_stand_below_a_heading_on_its_page(layout: str) -> None:
    notes = "".join(f"* Title\n- first{'.' * (n % 3)}\n- second\n- third\n" + "Words.\n" * (n % 5) for n in range(60))
    found = words_of(export(notes, layouts=(layout,), number_depth=0, toc_depth=0, emacs=False), "-layout")
    pages = [[line.strip() for line in page.splitlines() if line.strip()] for page in found.split("\f")[1:]]
    last = [[line for line in page if re.match(r"(?:Title|. first|. second|. third|Words)", line)] for page in pages]
    assert sum(len(lines) > 10 for lines in last) > 3
    assert not [lines[-2:] for lines in last if any("Title" in line for line in lines[-2:])]


@needs_pdftotext
@pytest.mark.parametrize("layout", ["handout", "cornell", "large"])
def test_a_long_title_leaves_map_and_terms_on_the_cover(layout: str) -> None:
    title = "Operating systems, the second course, with a title that takes several lines of the cover"
    notes = f"#+TITLE: {title}\n#+DESCRIPTION: What I wrote\nA pod runs on a node of a cluster.\n" + "* Chapter\n" * 30
    made = graph(notes, concepts=dict.fromkeys(("pod", "node", "cluster"), "a unit"))
    first, second = words_of(export(made, layouts=(layout,))).split("\f")[:2]
    assert {"pod", "node", "cluster"} <= set(first.replace("·", " ").split())
    assert "Contents" in second


@needs_pdftotext
def test_terms_on_a_cover_without_a_map_stand_at_its_foot() -> None:
    page = words_of(export(graph("#+DATE: 2025\nA pod.\n", concepts={"pod": "a unit"})), "-bbox").split("<page ")[1]
    height = {word: float(y) for y, word in re.findall(r'yMin="([\d.]+)"[^>]*>([^<]+)<', page)}
    assert height["2025"] < 400 < 700 < height["pod"]


@needs_pdftotext
def test_commands_in_items_are_on_the_cheat_sheet_with_what_is_said_of_them() -> None:
    notes = """* Use
- =docker ps --all= - also those that ended
  - =docker ps -q=
- =docker run= is a command among words, =not this=
- =container= - no command
~docker system df~
"""
    found = words_of(files(graph(notes), layouts=("cheatsheet",))["pdf/notes-cheatsheet.pdf"], "-raw")
    lines = [line.strip() for line in found.splitlines()]
    assert lines[-5:-1] == ["Use", "docker ps --all # also those that ended", "docker ps -q", "docker system df"]


@needs_pdftotext
def test_all_columns_of_the_cheat_sheet_are_used() -> None:
    terms = {f"term {number}": "what it means, told in a line" for number in range(150)}
    notes = "* One\n" + "".join(f"A {term}.\n\n" for term in terms)
    (*_, last) = words_of(
        files(graph(notes, concepts=terms), layouts=("cheatsheet",))["pdf/notes-cheatsheet.pdf"], "-bbox"
    ).split("<page ")
    lefts = Counter(re.findall(r'xMin="([\d.]+)"[^>]*>term<', last))
    assert len(lefts) == 4
    assert max(lefts.values()) - min(lefts.values()) < 0.3 * max(lefts.values())


@needs_pdftotext
def test_the_links_sheet_names_each_address_once(printed: Mapping[str, bytes]) -> None:
    found = squeezed(words_of(printed["pdf/All-about-pods-links.pdf"]))
    assert found.count("https://example.com/docs") == 1


@needs_pdftotext
@pytest.mark.parametrize("layout", ["2up", "booklet"])
def test_two_pages_stand_on_each_sheet(printed: Mapping[str, bytes], layout: str) -> None:
    pages = words_of(printed["pdf/All-about-pods.pdf"]).count("\f")
    sheets = words_of(printed[f"pdf/All-about-pods-{layout}.pdf"])
    assert sheets.count("\f") == (-(-pages // 2) if layout == "2up" else -(-pages // 4) * 2)
    assert "kubectl get pods --all-namespaces" in sheets


def test_a_layout_with_nothing_on_it_is_said_and_not_made() -> None:
    reports: list[Diagnostic] = []
    assert files(graph("* Nothing\n"), reports, layouts=("cards", "links", "cheatsheet")) == {}
    assert [r.code for r in reports] == ["pdf-empty"] * 3


@pytest.mark.parametrize("paper", ["a4", "a5", "us-letter"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_leaves_room_for_text_on_each_paper(layout: str, paper: str) -> None:
    made = look(layout, paper, {}, notes=True)
    assert made.measure > 190
    assert made.code_line >= 28
    assert made.notes + made.measure + made.left < made.width


# --- margins ---


@needs_pdftotext
def test_definitions_in_the_margin_never_collide_nor_leave_the_page() -> None:
    concepts = {f"term{i:02}x": f"definition {'word ' * 22}{i:02}" for i in range(20)}
    text = "* One\n" + " ".join(concepts) + "\n"
    boxes = words_of(export(graph(text, concepts=concepts), cover=False, glossary=True), "-bbox-layout")
    page = next(page for page in boxes.split("<page ")[1:] if ">term05x<" in page)
    height = float(re.findall(r'height="([\d.]+)"', page)[0])
    lines = re.findall(r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', page)
    margin = sorted((float(top), float(bottom)) for left, top, bottom in lines if float(left) > 460)
    assert len(margin) > 30
    assert all(below[0] > above[1] - 3 for above, below in pairwise(margin))
    assert margin[-1][1] < height - 40


@needs_pdftotext
def test_a_definition_is_not_repeated_beside_itself_nor_twice_in_a_chapter() -> None:
    text = "* One\nA pod.\n** Sub\nA pod.\n* Two\nA pod.\n"
    found = words_of(export(graph(text, concepts={"pod": "unit of things"}), glossary=True))
    assert found.count("unit of things") == 3  # two chapters, and the glossary
    assert words_of(export(graph(text, concepts={"pod": "unit of things"}), notes=False)).count("unit of things") == 1


# --- index ---


@needs_pdftotext
def test_each_page_of_the_index_has_the_term_and_no_other_page_has() -> None:
    filler = "\n\n".join(["filler text"] * 60)
    parts = ["A pod here.", "Nothing.", "The node.", "A pod and a node.", "A pod."]
    text = "".join(f"* Part {i}\n{part}\n\n{filler}\n" for i, part in enumerate(parts))
    pages = words_of(export(graph(text, concepts={"pod": "unit", "node": "thing"}), notes=False)).split("\f")
    index = " ".join(pages[-2].split())
    assert "Index" in index
    for name in ("pod", "node"):
        (listed,) = re.findall(rf"\b{name} ((?:[\d–]+,? ?)+)(?=\D)", index.split("/")[0])
        numbers = {
            number
            for entry in listed.split(",")
            for ends in [[int(end) for end in entry.strip().split(" ")[0].split("–")]]
            for number in range(ends[0], ends[-1] + 1)
        }
        body = range(2, len(pages) - 2)
        assert numbers == {n for n in body if re.search(rf"\b{name}\b", pages[n - 1])} & set(body)


# --- splitting ---


def test_many_pages_become_a_pdf_for_each_file_with_a_word_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "MANY_PAGES", 1)
    made = graph(document("#+TITLE: One\n* A\n", "a.org"), document("[[file:a.org::*A][back]] \n", "b.org"))
    reports: list[Diagnostic] = []
    assert list(files(made, reports)) == ["pdf/One.pdf", "pdf/b.pdf"]
    assert [r.code for r in reports] == ["pdf-split"]
    assert list(files(made, split="none")) == ["pdf/All.pdf"]


def test_a_pdf_for_each_file_or_chapter() -> None:
    made = graph(document("Intro.\n* A b\nx\n** C\n* D\n", "a.org"), document("* D\n", "b.org"))
    assert list(files(made, split="file")) == ["pdf/a.pdf", "pdf/b.pdf"]
    assert list(files(made, split="chapter")) == ["pdf/a-01-A-b.pdf", "pdf/a-02-D.pdf", "pdf/b-01-D.pdf"]


def test_two_files_of_one_title_get_two_names() -> None:
    made = graph(document("#+TITLE: X\n", "a.org"), document("#+TITLE: x\n", "b.org"))
    assert list(files(made, split="file")) == ["pdf/X.pdf", "pdf/x-2.pdf"]


def test_what_is_too_big_for_one_pdf_is_printed_file_by_file(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = handout._printed

    def limited(book: Any, split: str, limits: Any) -> Any:
        if split == "none":
            raise TooBig("Typst needed more than 1 MB of memory")
        return printed(book, split, limits)

    monkeypatch.setattr(handout, "_printed", limited)
    reports: list[Diagnostic] = []
    made = graph(document("* A\n", "a.org"), document("* B\n", "b.org"))
    assert list(files(made, reports)) == ["pdf/a.pdf", "pdf/b.pdf"]
    assert "1 MB" in reports[0].message
    with pytest.raises(TooBig, match="split"):
        files(made, split="none")


# --- theme ---


@needs_pdftotext
def test_a_theme_changes_font_size_and_colour() -> None:
    themed = export("Text\n", theme={"font": "New Computer Modern", "size": 14, "accent": "#ff0000", "margin_left": 4})
    boxes = words_of(themed, "-bbox")
    (left,) = {float(x) for x in re.findall(r'xMin="([\d.]+)"[^>]*>Text<', boxes)}
    assert abs(left - 4 * 72 / 2.54) < 2
    assert b"NewCM" in themed


@pytest.mark.parametrize(
    "theme", [{"colour": "#ffffff"}, {"accent": "red"}, {"size": 99}, {"margin_left": "wide"}, {"font": ""}]
)
def test_a_theme_without_meaning_is_refused(theme: dict[str, str | float]) -> None:
    with pytest.raises(ConfigError, match="theme"):
        PdfExporter(theme=theme)


# --- fonts ---


@needs_pdftotext
def test_with_the_font_packages_every_character_is_shown() -> None:
    pytest.importorskip("manimgx_fonts_cjk")
    pytest.importorskip("manimgx_fonts")
    reports: list[Diagnostic] = []
    found = words_of(export("汉字 and 한글 and かな and 😀 and *粗体*.\n", reports=reports))
    assert reports == []
    assert all(text in unicodedata.normalize("NFKC", found) for text in ("汉字", "한글", "かな", "粗体"))


# --- real notes ---


@pytest.fixture(scope="module")
def seed() -> bytes:
    """The seed as a user prints it: by the command, with the real concept graph."""
    assert SHARED is not None
    code = (
        "import sys, datetime as dt; from pathlib import Path; from orgkb import pipeline; "
        "from orgkb_exporters.pdf import PdfExporter; from tests.exporters.pdf_notes import context; "
        "(a,) = PdfExporter().export(pipeline.build_graph([sys.argv[1]]), context()); "
        "sys.stdout.buffer.write(a.data)"
    )
    source = SHARED / "seed" / "docker_and_k8s.org"
    return subprocess.run([sys.executable, "-c", code, str(source)], capture_output=True, check=True).stdout


@needs_shared
@needs_pdftotext
def test_no_word_of_real_notes_stands_outside_its_page(seed: bytes) -> None:
    for page in words_of(seed, "-bbox").split("<page ")[1:]:
        width, height = (float(size) for size in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        edges = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', page)
        for left, top, right, bottom in edges:
            assert float(left) >= 0
            assert float(top) >= 0
            assert float(right) <= width
            assert float(bottom) <= height


@needs_shared
@needs_pdftotext
def test_contents_of_real_notes_name_the_page_of_each_heading(seed: bytes) -> None:
    pages = words_of(seed, "-layout").split("\f")
    listed = re.findall(r"^\s*(\d+)\s+(\S.*?) *[. ]{3,} *(\d+)(?:\s|$)", pages[1] + pages[2], flags=re.MULTILINE)
    assert len(listed) >= 4
    for number, title, page in listed:
        assert squeezed(f"{number}{title}") in squeezed(pages[int(page) - 1])


@needs_pdftotext
def test_the_last_word_of_a_page_is_in_the_index_with_that_page() -> None:
    names = [f"{first}{second}{last}ic" for first in "bdfgk" for second in "aeiou" for last in ("lm", "rn", "st", "nt")]
    notes = "* One\n" + "\n\n".join(f"Line about {name}" for name in names) + "\n"
    made = graph(notes, concepts=dict.fromkeys(names, "a word"))
    found = words_of(export(made, glossary=False, map=False, notes=False, cover=False, toc_depth=0), "-raw")
    *pages, index = found.split("\f")[:-1]
    assert len(pages) >= 3
    for number, page in enumerate(pages, 1):
        for name in names:
            if name in page:
                assert re.search(rf"{name}\s+{number}\b", index)


@needs_pdftotext
@pytest.mark.parametrize("layout", ["handout", "large", "cornell"])
@pytest.mark.parametrize("language", ["python", "sh", "c", "yaml", "json", "text"])
def test_a_long_word_of_many_colours_is_broken_at_the_edge_of_the_box(language: str, layout: str) -> None:
    line = "        cm=tf.math.confusion_matrix(y_true,y_pred,dtype=tf.float32,num_classes=self.num_classes,a='/bin/x',k=[1,2])"
    pdf = export(f"* One\n#+begin_src {language}\n{line}\n  short --some-option b\n#+end_src\n", layouts=(layout,))
    edge = 595.28 - look(layout, "a4", {}, notes=True).right
    edges = [float(right) for right in re.findall(r'xMax="([\d.-]+)"', words_of(pdf, "-bbox"))]
    assert max(edges) <= edge + 1
    assert squeezed(line) in squeezed(words_of(pdf, "-raw"))
