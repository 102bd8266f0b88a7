"""Prepared documents become pandoc's tree, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from orgkb import pandoc
from orgkb.concepts.graph import ConceptGraph
from orgkb.org import nodes as n
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_ast import DocumentWriter, targets
from orgkb_exporters.pandoc_inlines import Names, image_attributes
from tests.exporters.pdf_notes import graph, kinds


def written(text: str, *others: str, linked: tuple[str, ...] = (), **options: Any) -> list[dict[str, Any]]:
    """The blocks of TEXT, the first document."""
    from tests.exporters.pdf_notes import document  # noqa: PLC0415 - beside its only use

    docs = [document(one, f"{index}.org") for index, one in enumerate((text, *others))]
    return blocks_of(graph(*docs, **options), linked)


def blocks_of(made: ConceptGraph, linked: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    names = Names({doc.path: index for index, doc in enumerate(made.documents)})
    names.wanted = targets(made, names)
    writer = DocumentWriter(
        made, made.documents[0], names=names, media=lambda _, link: f"media/{link.path}", linked=linked
    )
    return [block for piece in writer.pieces() for block in piece.blocks]


def html(text: str, *others: str) -> str:
    return pandoc.convert(pandoc.document(written(text, *others)), "html", ["--wrap=none", "--mathml"])


def test_all_classes_of_the_tree_are_written_without_a_word_lost() -> None:
    text = r"""
Some *bold* /italic/ _under_ +strike+ =verbatim= ~code~ H_{2}O x^{2} \alpha $x^2$ src_sh{ls -l} <<here>> <<<radio>>>
[2/3] <2024-10-12 Sat> call_me() [cite:see @key p. 3] @@html:<b>raw</b>@@ [fn:1] [fn::inline] https://example.com/x
* TODO [#A] Head :tag:
- bullet
- [X] box
1. number
- term :: description
| a | b |
|---+---|
| c | d |
#+begin_src sh
code line
#+end_src
#+begin_example
example line
#+end_example
: fixed line
#+begin_verse
verse line
#+end_verse
#+begin_quote
quoted line
#+end_quote
#+begin_center
centred line
#+end_center
#+begin_special
special line
#+end_special
#+BEGIN: dynamic
dynamic line
#+END:
-----
\begin{align}
y &= 1
\end{align}
:DRAWER:
drawer line
:END:
[fn:1] note text
"""
    plain = pandoc.convert(pandoc.document(written(text)), "plain", ["--wrap=none"])
    for word in [
        "bold",
        "italic",
        "under",
        "strike",
        "verbatim",
        "code",
        "ls",
        "radio",
        "[2/3]",
        "2024-10-12",
        "call_me()",
        "@key",
        "inline",
        "https://example.com/x",
        "Head",
        "bullet",
        "box",
        "number",
        "term",
        "description",
        "a",
        "b",
        "c",
        "d",
        "code",
        "example",
        "fixed",
        "verse",
        "quoted",
        "centred",
        "special",
        "dynamic",
        "drawer",
        "note",
    ]:
        assert word in plain, word
    assert "<b>" not in plain


def test_every_node_class_has_a_case_of_its_own() -> None:
    """A new class in nodes.py must be given a place in the writers."""
    from pathlib import Path  # noqa: PLC0415 - only here

    from orgkb_exporters import pandoc_ast, pandoc_inlines, pandoc_tables  # noqa: PLC0415 - only here

    source = "".join(Path(module.__file__ or "").read_text() for module in (pandoc_ast, pandoc_inlines, pandoc_tables))
    abstract = {"Node", "Object", "Element", "Markup", "Script", "GreaterElement"}
    classes = [name for name, value in vars(n).items() if isinstance(value, type) and issubclass(value, n.Node)]
    assert [name for name in classes if name not in abstract and f"n.{name}" not in source] == []


def test_a_link_to_a_heading_leads_to_its_identifier() -> None:
    assert '<a href="#doc-1-h2" class="internal">' in html("[[*Second][go]]\n* First\n* Second")


def test_a_link_across_files_leads_to_the_heading_there() -> None:
    assert 'href="#doc-2-h1"' in html("[[file:1.org::*There][go]]", "* There")


def test_a_link_to_nothing_keeps_its_text() -> None:
    page = html("[[*Nowhere][the words]]")
    assert "the words" in page
    assert "<a" not in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "vbscript:x", "data:text/html,x"])
def test_an_address_that_could_run_something_is_no_link(address: str) -> None:
    page = html(f"[[{address}][words]]")
    assert "words" in page
    assert "href" not in page


def test_a_target_and_a_named_block_can_be_linked_to() -> None:
    page = html("See [[here]] and [[block]].\n\nA <<here>> target.\n\n#+NAME: block\n| a | b |\n")
    links = [part.split('"')[0] for part in page.split('href="#')[1:]]
    assert len(links) == 2
    assert all(f'id="{name}"' in page for name in links)


def test_only_the_first_mention_in_a_section_is_linked_and_all_are_marked() -> None:
    made = graph("pod and pod\n* A pod\nthe pod, a pod\n", concepts={"pod": "smallest unit"})
    blocks = blocks_of(made, ("pod",))
    concepts = [node for node in p.nodes(blocks) if node["t"] == "Link"]
    marks = [node for node in p.nodes(blocks) if node["t"] == "Span" and "mention" in node["c"][0][1]]
    assert [link["c"][2][0] for link in concepts] == ["#concept-pod", "#concept-pod"]
    assert len(marks) == 5
    heading = next(block for block in blocks if block["t"] == "Header")
    assert not [node for node in p.nodes(heading["c"][2]) if node["t"] == "Link"]


def test_a_concept_inside_a_link_is_not_linked_again() -> None:
    blocks = blocks_of(graph("[[https://example.com][about pod]]", concepts={"pod": "unit"}), ("pod",))
    assert [node["c"][2][0] for node in p.nodes(blocks) if node["t"] == "Link"] == ["https://example.com"]


def test_check_boxes_and_counters_are_kept() -> None:
    blocks = written("1. a\n2. b\n5. [@5] c\n")
    assert [block["c"][0][0] for block in blocks] == [1, 5]
    assert "☒" in html("- [X] done")
    assert "☐" in html("- [ ] open")
    assert "◪" in html("- [-] half")


def test_tagged_and_plain_items_of_one_list_both_stay() -> None:
    assert kinds(written("- term :: text\n- plain\n")) == ["DefinitionList", "BulletList"]


def test_the_rows_above_the_first_rule_are_the_head_of_a_table() -> None:
    page = html("| name | size |\n|---+---|\n| a | 10 |\n| b | 2.5 |\n")
    assert page.count("<th ") == 2
    assert 'style="text-align: right;">10<' in page


def test_cookies_and_calculation_marks_of_a_table_are_not_shown() -> None:
    page = html("| ! | name | sum |\n|   | <l> | <c6> |\n| # | a | 10 |\n| # | b | 20 |\n")
    assert "&lt;" not in page
    assert "#" not in page
    assert "name" not in page  # the row marked by `!` only names columns
    assert 'style="text-align: center;">10<' in page


def test_a_footnote_stands_once_and_what_nothing_cites_is_not_lost() -> None:
    page = html("One[fn:a] two[fn:a].\n\n[fn:a] The note.\n\n[fn:b] Alone.\n")
    assert page.count("The note.") == 1
    assert "[fn:b] Alone." in page


def test_footnotes_that_cite_each_other_end() -> None:
    assert "deep" in html("x[fn:1]\n\n[fn:1] a[fn:2]\n\n[fn:2] deep[fn:1]\n")


def test_verse_keeps_lines_and_indentation() -> None:
    page = html("#+begin_verse\nRoses\n   Violets\n#+end_verse\n")
    assert "Roses<br />" in page.replace("<br />\n", "<br />")
    assert "\u00a0\u00a0\u00a0Violets" in page


def test_an_image_alone_with_a_caption_is_a_figure() -> None:
    (block,) = written("#+CAPTION: A pod\n#+ATTR_HTML: :width 300 :alt Drawing\n[[file:pod.png]]\n")
    assert block["t"] == "Figure"
    (picture,) = [node for node in p.nodes(block) if node["t"] == "Image"]
    assert picture["c"][2][0] == "media/pod.png"
    assert dict(picture["c"][0][2]) == {"width": "300px"}
    assert p.plain_text(picture["c"][1]) == "Drawing"


@pytest.mark.parametrize(
    ("value", "width"),
    [("300", "300px"), ("50%", "50%"), ("4cm", "4cm"), (r"0.5\textwidth", "50%"), ("-3px", None), ("wide", None), ("0", None)],
)  # fmt: skip
def test_widths_are_lengths_or_percentages(value: str, width: str | None) -> None:
    keyword = n.AffiliatedKeyword("ATTR_HTML", None, f":width {value}", 0)
    assert image_attributes(n.Affiliated(0, (keyword,), ())).get("width") == width


def test_mathematics_is_a_formula_and_other_latex_is_code() -> None:
    assert "<math" in html("\\begin{equation}\nx^2\n\\end{equation}")
    assert kinds(written("\\begin{tabular}{c}\nx\n\\end{tabular}")) == ["CodeBlock"]


def test_ten_thousand_levels_of_headings_are_written() -> None:
    text = "".join("*" * level + f" h{level}\n" for level in range(1, 300))
    assert max(block["c"][0] for block in written(text)) == 9
