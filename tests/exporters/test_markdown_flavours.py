"""Flavours: each in the words of its readers, and none of them costs a character."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orgkb.org import nodes as n
from orgkb_exporters.markdown import MarkdownExporter
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.flavours import FLAVOURS
from orgkb_exporters.markdown.inlines import InlineWriter
from orgkb_exporters.markdown.pieces import Literal, Place, is_blank
from tests.exporters.markdown_notes import files
from tests.exporters.markdown_oracle import Char, inline_of
from tests.exporters.markdown_readers import github, python_html, python_markdown
from tests.exporters.test_markdown_escape import TEXTS, bare
from tests.exporters.test_markdown_inlines import OBJECTS, _Page, meant

COMMON = sorted(set(FLAVOURS) - {"mkdocs"})
PAGES = {"hugo": "content/a.md", "logseq": "pages/a.md"}


def written(flavour: str, org: str, **others: str) -> str:
    """ORG, a file, in FLAVOUR, without what stands before its text; OTHERS are further files."""
    notes = {"a.org": "#+OPTIONS: title:nil\n" + org, **{f"{name}.org": text for name, text in others.items()}}
    exporter = MarkdownExporter(flavour=flavour, shape="files", front_matter=False)
    return files(notes, {"p.png": b"x", "d.pdf": b"y"}, exporter)[PAGES.get(flavour, "a.md")].decode()


@pytest.mark.parametrize(
    ("org", "expected"),
    [
        (
            "#+begin_warning\nHot.\n#+end_warning\n",
            {
                "gfm": "> [!WARNING]\n> Hot.\n",
                "commonmark": "> **Warning**\n>\n> Hot.\n",
                "obsidian": "> [!warning] Warning\n> Hot.\n",
                "hugo": "> **Warning**\n>\n> Hot.\n",
                "mkdocs": '!!! warning "Warning"\n\n    Hot.\n',
            },
        ),
        (
            "#+begin_theorem Big\nx\n#+end_theorem\n",
            {
                "gfm": "> **Theorem Big**\n>\n> x\n",
                "obsidian": "> [!theorem] Big\n> x\n",
                "mkdocs": '!!! theorem "Big"\n\n    x\n',
            },
        ),
        (
            "- a :: b\n- c :: d\n",
            {
                "gfm": "- **a**: b\n- **c**: d\n",
                "hugo": "a\n:   b\n\nc\n:   d\n",
                "mkdocs": "a\n:   b\n\nc\n:   d\n",
            },
        ),
        ("- [-] a\n", {"gfm": "- [-] a\n", "obsidian": "- [-] a\n", "mkdocs": "-   [-] a\n"}),
        ("a[fn:1]\n\n[fn:1] b\n", {"commonmark": 'a<sup>[1](#fn-1)</sup>\n\n---\n\n<sup><a id="fn-1"></a>1</sup>\n\nb\n'}),
        ("+a+\n", {"gfm": "~~a~~\n", "commonmark": "<del>a</del>\n", "mkdocs": "<del>a</del>\n"}),
        ("\\(a*b*c\\)\n", {"gfm": "$`a*b*c`$\n", "commonmark": "`a*b*c`\n", "obsidian": "$a*b*c$\n"}),
        (
            "#+ATTR_HTML: :width 300\n[[file:p.png]]\n",
            {
                "gfm": '<img src="media/p.png" alt="p.png" width="300">\n',
                "obsidian": "![p.png|300](media/p.png)\n",
                "mkdocs": '![p.png](media/p.png){ width="300" }\n',
                "hugo": '<img src="/media/p.png" alt="p.png" width="300">\n',
            },
        ),
        ("[[file:d.pdf][Paper]]\n", {"gfm": "[Paper](media/d.pdf)\n", "hugo": "[Paper](/media/d.pdf)\n"}),
        ("* A :x:\n", {"gfm": "# A\n\nTags: `:x:`\n", "obsidian": "# A\n\n#x\n", "hugo": "## A\n\nTags: `:x:`\n"}),
        ("#tag [[x]] ==y== %%z%%\n", {"obsidian": "\\#tag \\[\\[x]] \\==y\\== \\%\\%z\\%\\%\n"}),
        ("a --b ...\n", {"gfm": "a --b ...\n", "hugo": "a \\--b \\...\n"}),
        ("~{{< x >}}~ {{< y >}}\n", {"hugo": "<code>{\\{< x >}}</code> {\\{< y >}}\n"}),
        ("- a\n\n\n1. b\n", {"mkdocs": "-   a\n\n<!-- -->\n\n1.  b\n"}),
    ],
)  # fmt: skip
def test_each_flavour_has_its_own_words(org: str, expected: dict[str, str]) -> None:
    assert {flavour: written(flavour, org) for flavour in expected} == expected


LINKS = "[[#c][Here]] [[file:b.org::*Two][There]]\n* One\n:PROPERTIES:\n:CUSTOM_ID: c\n:END:\n"


@pytest.mark.parametrize(
    ("flavour", "links", "heading"),
    [
        ("gfm", "[Here](#c) [There](b.md#two)", '# <a id="c"></a>One'),
        ("commonmark", "[Here](#c) [There](b.md#two)", '# <a id="c"></a>One'),
        ("obsidian", "[[a#One|Here]] [[b#Two|There]]", "# One"),
        ("hugo", '[Here](#c) [There]({{< relref "/b.md#two" >}})', "## One {#c}"),
        ("mkdocs", "[Here](#c) [There](b.md#two)", "# One {#c}"),
    ],
)
def test_links_lead_to_headings_as_the_reader_knows_them(flavour: str, links: str, heading: str) -> None:
    assert written(flavour, LINKS, b="* Two\n") == f"{links}\n\n{heading}\n"


def test_a_place_in_the_text_is_the_name_of_a_block_in_obsidian() -> None:
    assert (
        written("obsidian", "See [[spot]].\n\nHere <<spot>> it is.\n")
        == "See [[a#^spot|spot]].\n\nHere  it is. ^spot\n"
    )


def test_logseq_gets_an_outline_with_tasks_properties_and_references() -> None:
    org = "See [[*Plan]].\n* TODO [#A] Plan :work:\n- [X] done\n- [-] half\n#+begin_src sh\nls\n\npwd\n#+end_src\n** Below\n"
    page = written("logseq", org)
    identifier, below = re.findall(r"id:: (\S+)", page)

    assert page == (
        f"- See [Plan]((({identifier}))).\n- # TODO Plan #work\n  id:: {identifier}\n  - DONE done\n  - DOING half\n"
        f"  - ```sh\n    ls\n\n    pwd\n    ```\n  - ## Below\n    id:: {below}\n"
    )


def test_tables_are_html_where_the_reader_has_none() -> None:
    page = written("commonmark", "| a | *b* |\n|---+---|\n| 1 | x |\n")

    assert page.startswith("<table>\n<tr>\n")
    assert "<td>\n\nx\n\n</td>" in page
    assert "\n\n**b**\n\n" in page


def test_what_mkdocs_makes_of_blocks() -> None:
    org = (
        "- a\n  - b\n    #+begin_src sh\n    ls\n\n    pwd\n    #+end_src\n- c\n\n  second\n"
        "#+begin_note\n- in\n#+end_note\n- t :: d\n| x | y |\n"
    )
    page = python_html(written("mkdocs", org))

    assert page.count("<li>") == 4
    assert re.search(r"ls\n\n(?:<[^>]*>)*pwd", page)
    assert '<div class="admonition note">' in page
    assert "<dt>t</dt>" in page
    assert "<td>x</td>" in page


# --- nothing is lost ---


def _meant(objects: tuple[n.Object, ...]) -> list[Char]:
    """The characters meant, links without their address, notes left out."""
    found = []
    for char, marks in meant(objects, ()):
        if not any(mark.startswith("note:") for mark in marks):
            found.append((char, frozenset("link" if m.startswith("link:") else m for m in marks)))
    return found


def _paragraph(objects: tuple[n.Object, ...], flavour: str) -> str:
    page = _Page()
    page.flavour = FLAVOURS[flavour]
    pieces = InlineWriter(page).pieces(objects, Place.BLOCK)
    while pieces and is_blank(pieces[-1]):
        pieces.pop()
    return assemble(pieces, Place.BLOCK, FLAVOURS[flavour].dialect) + "\n\n[^1]: one\n\n[^a]: two\n"


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(COMMON))
@example("[[a]] ==b== #c ^d", "obsidian")
@example("a --- b ... << {{< x >}}", "hugo")
@example("a:: ((b)) {{c}}", "logseq")
def test_text_reads_as_it_was_in_every_flavour(text: str, flavour: str) -> None:
    dialect = FLAVOURS[flavour].dialect
    assert [c for c, _ in inline_of(assemble([Literal(text)], Place.BLOCK, dialect))] == list(bare(text))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
@example("[a]: b")
@example("a\n: b")
@example("<:-- a@b.c>")
@example("# C#")
def test_text_reads_as_it_was_in_mkdocs(text: str) -> None:
    paragraph = assemble([Literal(text)], Place.BLOCK, FLAVOURS["mkdocs"].dialect)

    assert python_markdown(paragraph) == [(char, frozenset()) for char in bare(text)]


@settings(max_examples=40, deadline=None)
@given(st.lists(OBJECTS, min_size=1, max_size=4).map(tuple))
def test_random_objects_read_as_they_were_meant_on_github(objects: tuple[n.Object, ...]) -> None:
    # GitHub makes links of bare addresses: they are no loss.
    def unlinked(found: list[Char]) -> list[Char]:
        return [(char, marks - {"link"}) for char, marks in found]

    assert unlinked(github(_paragraph(objects, "gfm"))) == unlinked(_meant(objects))


@settings(max_examples=40, deadline=None)
@given(st.lists(OBJECTS, min_size=1, max_size=4).map(tuple))
def test_random_objects_read_as_they_were_meant_in_mkdocs(objects: tuple[n.Object, ...]) -> None:
    assert python_markdown(_paragraph(objects, "mkdocs")) == _meant(objects)


def test_planning_and_properties_belong_to_their_block_in_logseq() -> None:
    org = "#+OPTIONS: p:t prop:t\n* TODO Move\nSCHEDULED: <2026-10-12 Mon>\n:PROPERTIES:\n:EFFORT: 1:00\n:END:\ntext\n"
    made = files({"a.org": org}, exporter=MarkdownExporter(flavour="logseq", shape="files"))

    first, moment, identifier, *others = made["pages/a.md"].decode().splitlines()
    assert (first, moment) == ("- # TODO Move", "  SCHEDULED: <2026-10-12 Mon>")
    assert identifier.startswith("  id:: ")  # the contents lead here
    assert others == ["  EFFORT:: 1:00", "  - text"]


ACTING = """\
=$= dv.current()= and ~= this.x~

--8<-- "/etc/passwd"

::: os

: --8<-- "/etc/passwd"

#+begin_src dataviewjs
dv.paragraph("x")
#+end_src
"""


def test_what_plug_ins_of_obsidian_would_run_is_text() -> None:
    page = written("obsidian", ACTING)

    assert "dataviewjs" not in page
    assert "`$=" not in page.replace("`$` dv", "")
    assert "`= this" not in page
    assert 'dv.paragraph("x")' in page


def test_what_plug_ins_of_mkdocs_would_bring_in_is_text() -> None:
    page = written("mkdocs", ACTING)

    assert "--8<--" not in page
    assert page.count("--8&lt;--") == 2
    assert "\n::: os" not in page
