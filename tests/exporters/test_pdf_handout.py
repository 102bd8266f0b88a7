"""The PDF that people get: real pandoc, real Typst."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import msgspec
import pytest

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic, Severity
from orgkb.errors import ConfigError, ExporterError
from orgkb.org import nodes as n
from orgkb_exporters.names import file_name
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf import PdfExporter, formulas, typst_run
from orgkb_exporters.pdf.prepass import Prepass
from orgkb_exporters.pdf.typst_run import Typst
from tests.exporters.anki_notes import org_graph
from tests.exporters.pdf_notes import PNG, context, document, export, graph, needs_pdftotext, squeezed, words_of
from tests.shared import SHARED, needs_shared

# --- the file ---


def test_the_file_is_named_after_the_title_and_tells_its_pages() -> None:
    (artifact,) = PdfExporter().export(graph("#+TITLE: Pods & *nodes*\nText."), context())
    assert artifact.path == "pdf/Pods-nodes.pdf"
    assert artifact.summary == "2 pages"
    assert artifact.data.startswith(b"%PDF-")


def test_no_notes_are_an_error_that_says_so() -> None:
    with pytest.raises(ExporterError, match="no notes"):
        list(PdfExporter().export(graph(), context()))


@pytest.mark.parametrize("options", [{"paper": "a9"}, {"standard": "x"}, {"toc_depth": -1}, {"number_depth": 99}])
def test_an_option_without_meaning_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=r"exporters\.pdf"):
        PdfExporter(**options)  # type: ignore[arg-type] # wrong on purpose


def test_metadata_outline_and_standard_are_in_the_file() -> None:
    pdf = export("#+TITLE: Pods\n#+AUTHOR: Ann\n#+LANGUAGE: ru\n* Head\n")
    assert b"<dc:title>" in pdf
    assert b"Pods" in pdf
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"/Outlines" in pdf
    assert b"/Lang" in pdf


def test_the_same_notes_give_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import sys; from tests.exporters.pdf_notes import export, graph; "
        "sys.stdout.buffer.write(export(graph('* A pod\\nA pod on a node[fn:1] of a cluster.\\n\\n[fn:1] n\\n', "
        "concepts={'pod': 'unit', 'node': 'machine', 'cluster': 'nodes'})))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].startswith(b"%PDF-")


# --- what stands in it ---

NASTY = [
    "#sub[latest].tar.gz",
    "docker build --tag=x -t a:b .",
    "kill -9 <pid> && echo $HOME/file_name | grep '*' > /var/lib/docker/x_y",
    "a--b a---b ... -1 -? \"q\" 'q' `t` ~/.x @ref 100% $5 and $6",
    "= no heading, + no item, / no: term",
    r"C:\srv\x #let x = 1 #{panic()} #import \u{41}",
    "// no comment /* none */ https://example.com/a_b//c",
    "*.txt [x](y) {{x}} [[x ^2^ H~2~O <https://x.y>",
]


@needs_pdftotext
def test_commands_and_signs_are_copied_as_they_were_written() -> None:
    made = [f"#+begin_src sh\n{text}\n#+end_src\n" for text in NASTY]
    made += [f": {text}\n" for text in NASTY]
    found = squeezed(words_of(export("\n".join(made))))
    for text in NASTY:
        assert found.count(squeezed(text)) == 2, text


@needs_pdftotext
@pytest.mark.parametrize("form", ["{}", "- {}", "* x\n{}", "| {} |", "- t :: {}", "#+begin_quote\n{}\n#+end_quote"])
def test_text_is_never_markup_of_typst(form: str) -> None:
    texts = [
        "#sub[latest].tar.gz",
        "x = 1 - 2",
        "#panic()",
        "-? --flag ... \"q\" 'q'",
        "@ref <label> // x /* y */",
        "$5 `t` ~ \\u{41}",
    ]
    reports: list[Diagnostic] = []
    found = squeezed(words_of(export("\n\n".join(form.format(text) for text in texts), reports=reports)))
    for text in texts:
        assert squeezed(text) in found, text
    assert reports == []


@needs_pdftotext
def test_contents_and_running_heads_name_the_sections() -> None:
    text = "* Alpha\n" + "word\n\n" * 150 + "* Beta\nend\n"
    pages = [squeezed(page) for page in words_of(export(text), "-layout").split("\f")]
    assert "Contents" in pages[1]
    assert re.search(r"1Alpha[.\u2060]+2", pages[1])
    assert [page[-3:] for page in pages[1:-1]] == [f"{number}/{len(pages) - 1}" for number in range(2, len(pages))]
    (begins,) = [number for number, page in enumerate(pages) if page.endswith(f"end{number + 1}/{len(pages) - 1}")]
    assert re.search(rf"2Beta[.\u2060]+{begins + 1}", squeezed(words_of(export(text), "-raw")))
    assert pages[begins - 1].startswith("Alphaword")
    assert pages[begins].startswith("Betaword")


@needs_pdftotext
def test_letters_of_one_width_in_a_formula_are_no_list_of_fonts() -> None:
    reports: list[Diagnostic] = []
    found = words_of(
        export(
            "* Of $\\overrightarrow{AB}$\nThe word $\\mathtt{xyz} = \\overrightarrow{AB}$ is of one width.",
            reports=reports,
        )
    )
    assert "DejaVu" not in found
    assert r"\mathtt" not in found
    assert reports == []


@needs_pdftotext
def test_titles_without_text_fill_their_pages() -> None:
    text = "The beginning.\n" + "".join(f"* Subject {number}\n" for number in range(120))
    pages = words_of(export(text), "-raw").split("\f")
    contents, beginning = pages[1], next(page for page in pages if "The beginning." in page)
    assert contents.count("Subject") > 60
    assert beginning.count("Subject") > 8


@needs_pdftotext
def test_options_of_the_notes_decide_on_contents_and_numbers() -> None:
    found = words_of(export("#+OPTIONS: toc:nil num:nil\n* Alpha\ntext\n"))
    assert "Contents" not in found
    assert "1 Alpha" not in found


@needs_pdftotext
def test_every_row_of_a_long_table_is_there_and_the_head_repeats() -> None:
    rows = "\n".join(f"| {number} | row{number:03} |" for number in range(1, 90))
    pages = words_of(export(f"| No | Name |\n|---+---|\n{rows}\n", cover=False)).split("\f")
    found = " ".join(pages)
    assert all(f"row{number:03}" in found for number in range(1, 90))
    assert found.count("Name") == sum("row" in page for page in pages) > 1


@needs_pdftotext
def test_a_head_longer_than_a_page_and_a_cell_longer_than_a_page_are_printed_whole() -> None:
    found = words_of(export(f"| {'head ' * 3000}|\n|---|\n| {'cell ' * 3000}|\n"))
    assert found.count("head") == 3000
    assert found.count("cell") == 3000


def test_an_endless_address_does_not_make_an_endless_file() -> None:
    address = "https://example.com/" + "a" * 5000
    assert len(export(f"[[{address}][x]] and {address}\n")) < 200_000


@needs_pdftotext
def test_a_paragraph_of_many_pages_is_printed_whole() -> None:
    words = [f"word{number}" for number in range(5000)]
    found = words_of(export(" ".join(words) + "\n"), "-raw")
    assert [word for word in words if word not in found] == []


@needs_pdftotext
def test_nothing_stands_outside_the_page() -> None:
    wide = "| " + " | ".join(f"column_with_long_name_{i}" for i in range(9)) + " |\n"
    text = (
        f"{'x' * 400}\n\n- https://example.com/{'path/' * 60}\n\n#+begin_src sh\necho {'y' * 500}\n#+end_src\n\n{wide}"
    )
    boxes = words_of(export(text), "-bbox")
    width = float(re.findall(r'<page width="([\d.]+)"', boxes)[0])
    ends = [float(end) for end in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(ends) < width - 40
    assert squeezed(words_of(export(text))).count("y") >= 500


@needs_pdftotext
def test_lists_deeper_than_typst_can_go_are_flattened_not_lost() -> None:
    text = "".join("  " * depth + f"- depth{depth}\n" for depth in range(60))
    reports: list[Diagnostic] = []
    found = words_of(export(text, reports=reports))
    assert all(f"depth{depth}" in found for depth in range(60))
    assert reports == []


@needs_pdftotext
def test_links_print_their_address_once() -> None:
    found = words_of(export("[[https://example.com/a][the docs]] and https://example.com/b\n"))
    assert found.count("example.com/a") == 1
    assert found.count("example.com/b") == 1
    assert "example.com/a" not in words_of(export("[[https://example.com/a][the docs]]\n", addresses=False))


@needs_pdftotext
def test_todo_tags_boxes_and_notes_are_shown() -> None:
    found = words_of(export("* TODO Task [1/2] :work:\n- [X] done\n- [ ] open\n\nText[fn:1].\n\n[fn:1] The note.\n"))
    for words in ("TODO", ":work:", "[1/2]", "done", "open", "The note."):
        assert words in found


@needs_pdftotext
def test_russian_notes_get_russian_words_of_ours() -> None:
    text = "* Контейнеры\nКонтейнер — это процесс с собственным пространством имён.\n"
    assert "Содержание" in words_of(export(text))


@needs_pdftotext
def test_several_files_become_chapters_of_one_pdf() -> None:
    made = graph(document("#+TITLE: One\n* A\n", "a.org"), document("[[file:a.org::*A][back]]\n* B\n", "b.org"))
    (artifact,) = PdfExporter().export(made, context(title="All"))
    found = words_of(artifact.data)
    assert "1.1 A" in found
    assert "2 b" in found
    assert artifact.path == "pdf/All.pdf"


# --- the glossary ---


@needs_pdftotext
def test_the_glossary_names_definition_related_concepts_and_exact_pages() -> None:
    filler = "\n\n".join(["filler text"] * 60)
    text = f"* First\nA pod here.\n\n{filler}\n* Second\nThe node.\n\n{filler}\n* Third\nA pod again.\n"
    pdf = export(graph(text, concepts={"pod": "the smallest *unit", "node": "a machine"}))
    pages = words_of(pdf).split("\f")
    last = " ".join(pages[-3].split())
    assert "pod — the smallest *unit" in last
    assert "See also: node" in last
    listed = re.search(r"unit See also: node Pages: (\d[\d, –]*?) \d+ ?/", last)
    assert listed
    found = [str(number) for number, page in enumerate(pages[:-3], 1) if number > 1 and re.search(r"\bpod\b", page)]
    assert re.findall(r"\d+", listed[1]) == found


def test_concepts_link_to_the_glossary_only_where_there_is_one() -> None:
    made = graph("A pod.", concepts={"pod": "unit"})
    assert export(made).count(b"/Subtype/Link") > export(made, glossary=False).count(b"/Subtype/Link")


# --- what cannot be printed ---


@pytest.fixture
def _only_fonts_of_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst_run, "FONT_PACKAGES", ())


@pytest.mark.usefixtures("_only_fonts_of_typst")
def test_a_character_without_a_glyph_is_named_with_its_place_and_the_pdf_still_comes() -> None:
    reports: list[Diagnostic] = []
    pdf = export("Fine.\n\nA 中 and 😀 here, 中 again.\n", reports=reports)
    assert pdf.startswith(b"%PDF-")
    assert [(r.code, str(r.location)) for r in reports] == [
        ("missing-glyph", "notes.org:3:3"),
        ("missing-glyph", "notes.org:3:9"),
    ]
    assert "中 (U+4E2D CJK UNIFIED IDEOGRAPH-4E2D) (2 times)" in reports[0].message


@pytest.mark.usefixtures("_only_fonts_of_typst")
def test_many_characters_without_glyphs_share_a_warning() -> None:
    reports: list[Diagnostic] = []
    export("".join(chr(0x4E00 + number) for number in range(100)), reports=reports)
    assert 2 <= len(reports) <= 15
    assert "88 more characters" in reports[-1].message


@needs_pdftotext
def test_a_formula_that_is_no_tex_is_printed_as_written_with_a_warning() -> None:
    reports: list[Diagnostic] = []
    found = words_of(export("Good $x^2$, bad $\\frac{y$.\n", reports=reports))
    assert "\\frac{y" in found
    assert [(r.code, str(r.location)) for r in reports] == [("pdf-formula", "notes.org:1:17")]


@needs_pdftotext
def test_a_command_of_nobodys_is_printed_by_its_name_with_a_warning() -> None:
    reports: list[Diagnostic] = []
    found = words_of(export("Good $x^2$, own $\\tw(G)$.\n", reports=reports))
    assert re.search(r"tw\s?\(", found)
    assert [(r.code, str(r.location)) for r in reports] == [("pdf-formula", "notes.org:1:17")]
    assert "(\\tw)" in reports[0].message


@needs_pdftotext
@pytest.mark.parametrize("layout", ["handout", "cards"])
def test_a_formula_that_typst_refuses_costs_only_itself(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No formula is known that pandoc converts and Typst refuses: a fault is put into what mends its names."""
    monkeypatch.setattr(formulas, "mended", lambda equation, _: equation.replace("q", "nosuchname"))
    reports: list[Diagnostic] = []
    text = "* Terms\n- *rate* :: how much $x + y$ grows with $q$ in a day of work\n* Text\nAfter $z$.\n"
    found = words_of(export(org_graph({"notes.org": text}), reports=reports, layouts=(layout,)))
    assert "grows with" in found
    assert [r.code for r in reports] == ["pdf-formula"]
    assert "formula q " in reports[0].message


@needs_pdftotext
def test_a_broken_image_costs_only_itself() -> None:
    reports: list[Diagnostic] = []
    media = {"good.png": PNG, "cut.png": PNG[:40], "text.png": b"hello"}
    text = "[[file:good.png]]\n\n[[file:cut.png]]\n\n[[file:text.png]]\n\n[[file:none.png]]\n\nAfter $x$.\n"
    found = words_of(export(text, media, reports))
    assert "After" in found
    assert "good.png" not in found
    assert all(name in found for name in ("cut.png", "text.png", "none.png"))
    assert [str(r.location) for r in reports if r.code == "pdf-image"] == ["notes.org:5:1", "notes.org:3:1"]


@needs_pdftotext
@pytest.mark.parametrize("call", ["#panic()", "#nosuch()", '#link(label("nowhere"))[x]', "]"])
def test_a_section_that_typst_refuses_is_printed_plainly_and_the_rest_as_ever(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No input is known that does this: a fault is put into the pass that makes text safe."""
    original = Prepass.piece

    def faulty(self: Prepass, blocks: list[Block], anchor: str, numbered: bool = True) -> list[Block]:
        done = original(self, blocks, anchor, numbered)
        plain = any(block["t"] == "CodeBlock" for block in blocks)
        return done if plain or "faulty" not in str(blocks) else [*done, {"t": "RawBlock", "c": ["typst", call]}]

    monkeypatch.setattr(Prepass, "piece", faulty)
    reports: list[Diagnostic] = []
    found = words_of(export("* Good\nfine\n* Faulty\nfaulty words\n* Last\nfine too\n", reports=reports))
    assert all(words in found for words in ("faulty words", "fine too", "Faulty"))
    assert {r.code for r in reports} == {"pdf-layout"}
    assert {r.location.line for r in reports} == {3}


def test_raw_typst_in_notes_is_not_run() -> None:
    reports: list[Diagnostic] = []
    export("#+begin_export typst\n#panic()\n#+end_export\n\n@@typst:#panic()@@ x\n", reports=reports)
    assert reports == []


@needs_pdftotext
def test_hidden_sections_are_not_in_the_file() -> None:
    found = words_of(export("* Open\nseen\n* Secret :noexport:\nhidden\n# comment\n"))
    assert "seen" in found
    assert "hidden" not in found
    assert "comment" not in found


@pytest.mark.parametrize(
    ("title", "name"),
    [("Docker и K8s", "Docker-и-K8s"), ("../../etc/passwd", "etc-passwd"), ("", "notes"), ("CON", "CON-notes"), ("!!!", "notes"), ("я" * 99, "я" * 80)],
)  # fmt: skip
def test_file_names_are_safe(title: str, name: str) -> None:
    assert file_name(title) == name


# --- real notes ---


@needs_shared
@needs_pdftotext
def test_real_notes_are_printed_whole() -> None:
    assert SHARED is not None
    text = (SHARED / "seed" / "docker_and_k8s.org").read_text()
    reports: list[Diagnostic] = []
    found = squeezed(words_of(export(text, reports=reports), "-raw"))
    assert [r for r in reports if r.code.startswith("pdf-l")] == []
    for code in re.findall(r"(?ms)^#\+begin_src[^\n]*\n(.*?)^#\+end_src", text):
        for line in code.splitlines():
            assert squeezed(line) in found, line


# --- the template ---

EVERYTHING = """#+TITLE: All
Text with *bold*, ~code~, a note[fn:1], $x^2$, [[https://example.com][a link]], <2024-10-12 Sat> and pod.

#+CAPTION: Numbers
| name | value |
|------+-------|
| a    | 1     |

* TODO [#A] Head[fn:2] [1/2] :tag:
- one
  - two
- [X] done
  - [ ] open
- term :: text

  more
  - below
1. a
5. [@5] b

#+begin_src python -n
print("x")
#+end_src

#+begin_warning
Careful.
#+end_warning

#+begin_quote
Quoted.
#+end_quote

#+begin_verse
Verse
  line
#+end_verse

#+begin_center
Centred
#+end_center

#+CAPTION: Picture
[[file:x.png]]

Inline [[file:x.png]] image.

-----

** Deeper
\\[ y = 1 \\]

[fn:1] First.

[fn:2] Second, of a pod.
"""


def test_the_template_gives_typst_nothing_to_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    remarks: list[str] = []
    compiled = Typst.compile

    def noted(self: Typst, *args: Any, **options: Any) -> bytes:
        data = compiled(self, *args, **options)
        remarks.extend(self.warnings)
        return data

    monkeypatch.setattr(Typst, "compile", noted)
    export(graph(EVERYTHING, concepts={"pod": "unit", "term": "word"}), {"x.png": PNG})
    assert remarks == []


@pytest.mark.parametrize("standard", ["ua-1", "a-2a", "a-4", "1.7", ""])
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_everything_meets_the_standard_that_is_asked_for(standard: str, paper: str) -> None:
    reports: list[Diagnostic] = []
    made = graph(EVERYTHING, concepts={"pod": "unit", "term": "word"})
    assert export(made, {"x.png": PNG}, reports, standard=standard, paper=paper).startswith(b"%PDF-")
    assert reports == []


def test_notes_that_leave_out_a_level_of_headings_meet_ua_too() -> None:
    reports: list[Diagnostic] = []
    notes = graph(document("** A\n**** B\n*** C\n* D\n**** E\n"), document("text\n*** F\n", "b.org"))

    assert export(notes, {}, reports, standard="ua-1").startswith(b"%PDF-")
    assert reports == []


@needs_pdftotext
def test_the_list_below_a_definition_is_in_the_glossary() -> None:
    item = n.Item(0, 1, None, "-", None, "", None, (n.Paragraph(0, 1, None, (n.Text(0, 5, "below"),)),))
    made = graph("A pod.", concepts={"pod": "unit"})
    concept = made.concepts[0]
    longer = msgspec.structs.replace(concept.definitions[0], elements=(n.PlainList(0, 1, None, "unordered", (item,)),))
    concepts = [msgspec.structs.replace(concept, definitions=(longer,))]
    found = words_of(export(ConceptGraph(made.documents, concepts, made.mentions, (), links=made.links)))
    assert "– below" in found


def test_a_person_who_waits_is_told_how_far_the_printing_is() -> None:
    told: list[tuple[str, int, int]] = []
    notes = graph(document("#+TITLE: A\n* Pods\ntext", "a.org"), document("#+TITLE: B\n* Nodes\ntext", "b.org"))
    watched = msgspec.structs.replace(context(), step=lambda *step: told.append(step))

    made = list(PdfExporter(split="file", layouts=("handout", "large")).export(notes, watched))

    assert len(made) == 4
    assert [number for _, number, _ in told] == sorted(number for _, number, _ in told)
    assert {total for _, _, total in told} == {16}
    assert [what for what, _, _ in told][:2] == ["text of A, handout", "pages of A, handout"]
    assert told[-1] == ("margins of B, large", 15, 16)


@needs_pdftotext
@pytest.mark.parametrize(
    "notes",
    [
        "* One\n{}\n",
        "* One\n- {}\n",
        "* One\n#+begin_src python\n{}\n#+end_src\n",
        "* One\n#+begin_example\n{}\n#+end_example\n",
    ],
)
@pytest.mark.parametrize("word", ["word{} ", "x{}/"])
def test_a_line_without_end_is_cut_with_a_warning_and_nothing_of_it_is_lost(notes: str, word: str) -> None:
    line = "".join(word.format(number) for number in range(8000)).strip()
    reports: list[Diagnostic] = []
    pdf = export(notes.format(line), None, reports, cover=False, toc_depth=0)
    text = squeezed(words_of(pdf, "-raw", "-x", "0", "-y", "66", "-W", "600", "-H", "708"))  # without heads and feet
    assert squeezed(line) in text
    assert [(r.code, r.severity) for r in reports] == [("pdf-cut", Severity.WARNING)]
    assert reports[0].location is not None
    assert reports[0].location.line == 1


@needs_pdftotext
def test_thousands_of_lines_of_code_are_printed_as_they_are() -> None:
    lines = [f"line{number} = {number}" for number in range(3000)]
    reports: list[Diagnostic] = []
    source = "* One\n#+begin_src python\n" + "\n".join(lines) + "\n#+end_src\n"
    found = words_of(export(source, None, reports), "-raw").splitlines()
    assert [line for line in found if line in set(lines)] == lines
    assert reports == []
