"""The exporter as a whole: which files it makes, and that nothing of the notes is lost or let loose."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from orgkb.concepts.build import build
from orgkb.errors import UsageError
from orgkb.exporter import Exporter, available
from orgkb.org.reader import read
from orgkb.org.semantics import prepare
from orgkb_exporters.markdown import MarkdownExporter
from tests.exporters.markdown_notes import NO_TITLE, context, files, graph_of, markdown
from tests.shared import SHARED, needs_shared

TERMS = {
    "cloud/terms.org": "#+TITLE: Terms\n* Basics\n- *pod* - group of containers on one node\n- *node* - machine that runs a pod\n"
}


def test_it_is_found_by_its_name() -> None:
    assert available()["markdown"] is MarkdownExporter
    assert isinstance(MarkdownExporter(), Exporter)


def test_each_org_file_becomes_a_file_beside_an_index_and_a_glossary() -> None:
    assert list(files(TERMS)) == ["cloud/terms.md", "index.md", "glossary.md"]


def test_the_index_names_files_and_headings() -> None:
    assert files(TERMS)["index.md"].decode() == (
        "# Notes\n\n[Glossary](glossary.md): 2 terms\n\n"
        "## [Terms](cloud/terms.md)\n\n- [Basics](cloud/terms.md#basics)\n"
    )


def test_the_glossary_has_definitions_relations_and_where_they_stand() -> None:
    glossary = files(TERMS)["glossary.md"].decode()

    assert "\n### pod\n\ngroup of containers on one node ([Basics](cloud/terms.md#basics))\n" in glossary
    assert "\n### node\n\nmachine that runs a pod ([Basics](cloud/terms.md#basics))\n" in glossary
    assert re.search(r"^- node — .* — \[pod\]\(#pod\)$", glossary, re.MULTILINE)


def test_names_of_our_own_pages_stay_ours() -> None:
    assert list(files({"index.org": "A\n", "INDEX.org": "B\n"}))[:2] == ["INDEX-2.md", "index-3.md"]


def test_images_are_copied_once_and_shown_with_their_caption() -> None:
    org = (
        "#+CAPTION: A /pod/\n#+ATTR_HTML: :width 300 :alt Pod\n[[file:img/pod.PNG]]\n\nIn text [[file:img/pod.PNG]].\n"
    )
    made = files({"sub/a.org": NO_TITLE + org}, {"img/pod.PNG": b"picture"})

    assert made["media/pod.png"] == b"picture"
    assert made["sub/a.md"].decode() == (
        '<img src="../media/pod.png" alt="Pod" width="300">\n\n_A pod_\n\nIn text ![img/pod.PNG](../media/pod.png).\n'
    )


def test_images_of_one_name_do_not_replace_each_other() -> None:
    made = files({"a.org": "[[file:x/p.png]] [[file:y/p.png]]\n"}, {"x/p.png": b"1", "y/p.png": b"2"})

    assert (made["media/p.png"], made["media/p-2.png"]) == (b"1", b"2")


def test_a_missing_image_leaves_its_path() -> None:
    assert markdown("[[file:gone.png]]\n") == "`gone.png`\n"


def test_the_same_notes_give_the_same_bytes() -> None:
    assert files(TERMS) == files(TERMS)


def test_an_unknown_flavour_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="known: commonmark, gfm, hugo, logseq, mkdocs, obsidian"):
        list(MarkdownExporter(flavour="word").export(graph_of(TERMS), context()))


def test_an_empty_file_is_a_file() -> None:
    assert files({"a.org": ""})["a.md"] == b"# a\n"


def test_lone_surrogates_do_not_stop_the_export() -> None:
    assert "\ufffd" in markdown("a \ud800 b\n")


HOSTILE = """* <script>alert(1)</script>
<img src=x onerror=alert(1)> [[javascript:alert(1)][a]] [[data:text/html,<script>][b]] [[file:///etc/passwd][c]]
@@html:<iframe src="x">@@ <<"><script>>> [[https://x.example/"onmouseover="alert(1)][d]]
#+begin_export html
</code></pre><script>alert(1)</script>
#+end_export
#+begin_src "><script>
x
#+end_src
#+ATTR_HTML: :width "1 onload=alert(1)" :alt "><script>
[[file:a.png]]
| <script> |
- <b onclick=x> :: y[fn:1]

[fn:1] <script>
"""


def test_nothing_in_notes_becomes_active_html() -> None:
    from tests.exporters.markdown_oracle import PLAIN  # noqa: PLC0415 - renders what a browser would get

    page = PLAIN.render(markdown(HOSTILE, {"a.png": b"x"}))

    tags = set(re.findall(r"<([a-zA-Z0-9]+)", page))
    assert tags <= {"h1", "a", "p", "ul", "li", "strong", "pre", "code", "img", "table", "thead", "tbody", "tr", "th"} | {
        "td", "section", "ol", "hr", "sup"
    }  # fmt: skip
    assert not re.search(r'<[^>]*\son\w+=|href="(?:javascript|data|file):', page)


@needs_shared
@pytest.mark.parametrize("name", ["seed/docker_and_k8s.org", "corpus/notes/lua.org", "corpus/notes/html.org"])
def test_no_word_of_real_notes_is_lost(name: str, tmp_path: Path) -> None:
    assert SHARED is not None
    source = SHARED / name
    document = prepare(read(source, root=source.parent, name=source.name))
    made = {a.path: a.data for a in MarkdownExporter().export(build([document]), context())}
    target = tmp_path / "notes.md"
    target.write_bytes(made[f"markdown/{source.stem}.md"])
    command = [sys.executable, str(SHARED / "tools/markdown_check.py"), str(source), str(target), "-v"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lost = set(re.findall(r"\('(.*?)', \d+\)", report.partition("LTOK")[2].partition("dead")[0]))
    allowed = _not_exported(source.read_text(encoding="utf-8"))

    assert "intlinks dead 0/" in report
    assert "swallowed tags {}" in report
    assert {token for token in lost if token not in allowed} == set()


def _not_exported(org: str) -> str:
    """What of ORG is not there, or not with its marks: comments, Emacs' mode line, targets, italics."""
    comments = re.findall(r"^[ \t]*#(?: .*)?$|^.*-\*-.*$", org, re.MULTILINE)
    marked = re.findall(r"<<.*?>>|(?<!\S)/\w+/(?!\S)|\*-", org)
    return " ".join([*comments, *marked, "daemon*-"])
