"""Indexes that Word and LaTeX make themselves: fields and commands where the notes speak of a term."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from orgkb_exporters import formats
from orgkb_exporters.formats import PandocExporter
from orgkb_exporters.formats.index_fields import IndexEntry, LatexIndex, WordIndex
from tests.exporters.test_formats import made

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTES = """#+TITLE: Pods
#+LANGUAGE: en
* The pod
- *pod* - smallest unit that a node runs
- *node* - machine of the cluster
- *CRI* (Container Runtime Interface) - protocol between the kubelet and a container runtime
A pod, and a pod again, and /the node/.
* Other
Here a pod again.[fn:1] The CRI too.
| a pod | b |
[fn:1] A node.
"""


def word(*texts: str, part: str = "document", index: bool = True) -> ET.Element:
    (data,) = made(formats.DocxExporter, *texts, index=index).values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return ET.fromstring(archive.read(f"word/{part}.xml"))


def latex(*texts: str, index: bool = True) -> str:
    (data,) = made(formats.LatexExporter, *texts, index=index).values()
    return data.decode()


def instructions(root: ET.Element) -> list[str]:
    """The fields of a document, each checked to be whole: begin, instruction, perhaps a result, end."""
    found: list[str] = []
    open_: list[str] = []
    for run in root.iter(f"{W}r"):
        for child in run:
            if child.tag == f"{W}fldChar":
                kind = child.get(f"{W}fldCharType", "")
                if kind == "begin":
                    open_.append("")
                elif kind == "separate":
                    assert open_[-1], "a result without an instruction"
                else:
                    assert kind == "end"
                    found.append(open_.pop().strip())
            elif child.tag == f"{W}instrText":
                open_[-1] += child.text or ""
    assert not open_, "a field without an end"
    return found


def test_word_has_a_field_for_each_term_of_a_section_and_an_index() -> None:
    root = word(NOTES)
    fields = [field for field in instructions(root) if field.split()[0] in {"XE", "INDEX"}]

    assert fields.count('XE "pod"') == 2
    assert fields.count('XE "node"') == 1
    assert instructions(word(NOTES, part="footnotes")) == ['XE "node"']
    assert fields.count('XE "CRI"') == 2
    assert 'XE "Container Runtime Interface" \\t "→ CRI"' in fields
    assert [field for field in fields if field.startswith("INDEX")] == ['INDEX \\h "A"']
    assert fields[-1] == 'INDEX \\h "A"'


def test_fields_stand_in_runs_of_paragraphs_and_in_no_heading() -> None:
    root = word(NOTES)
    parents = {child: parent for parent in root.iter() for child in parent}

    for sign in (*root.iter(f"{W}fldChar"), *root.iter(f"{W}instrText")):
        run = parents[sign]
        assert run.tag == f"{W}r"
        assert parents[run].tag in {f"{W}p", f"{W}hyperlink"}
        # The order that the schema asks for: properties first.
        assert run.find(f"{W}rPr") is None or run[0].tag == f"{W}rPr"
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val", "").startswith("Heading"):
            assert not list(paragraph.iter(f"{W}fldChar"))


def test_what_the_index_shows_before_it_is_updated_leads_to_sections() -> None:
    text = "".join(part.text or "" for part in word(NOTES).iter(f"{W}t"))

    assert "Container Runtime Interface → CRI" in text
    assert "pod The pod, Other" in text


def test_latex_marks_terms_and_prints_the_index() -> None:
    text = latex(NOTES)
    head, body = text.split(r"\begin{document}")

    assert r"\usepackage{imakeidx}" in head
    assert r"\makeindex[intoc,title={Index}]" in head
    assert body.count(r"\index{pod}") == 2
    assert body.count(r"\index{cri@CRI}") == 2
    assert r"\index{container runtime interface@Container Runtime Interface|see{CRI}}" in body
    assert body.count(r"\printindex") == 1
    assert body.index(r"\printindex") > body.rindex(r"\index{pod}")
    assert not re.search(r"\\(?:sub)*section\{[^\n]*\\index", body)
    assert r"\section{Index}" not in body


@pytest.mark.parametrize("kind", [formats.DocxExporter, formats.LatexExporter])
def test_without_an_index_nothing_is_marked(kind: type[PandocExporter]) -> None:
    if kind is formats.DocxExporter:
        assert not [field for field in instructions(word(NOTES, index=False)) if field.startswith(("XE", "INDEX"))]
    else:
        text = latex(NOTES, index=False)
        assert r"\index" not in text
        assert "makeindex" not in text


def test_a_term_of_a_heading_is_marked_in_the_text_below() -> None:
    text = "* Pods\n** The pod\n** Use of a node\n#+begin_src sh\nls\n#+end_src\nSome text.\n* End\n"
    defined = "* Terms\n- *pod* - smallest unit that runs\n- *node* - machine of the cluster\n"
    body = latex(text + defined).split(r"\begin{document}")[1]

    assert re.search(r"\\index\{pod\}\\index\{node\}Some text\.", body)
    assert len(re.findall(r"\\index\{pod\}", body)) == 2


def test_several_notes_and_russian() -> None:
    other = (
        "#+TITLE: Поды\n#+LANGUAGE: ru\n* Один\n- *под* - наименьшая единица, которую запускает кластер\nПод здесь.\n"
    )
    fields = instructions(word(NOTES, other))
    assert any(field.startswith('XE "под"') for field in fields)
    assert fields.count('INDEX \\h "A"') == 1
    assert r"\index{под" in latex(NOTES, other)


def test_names_cannot_leave_their_field() -> None:
    name = 'a" \\* : {b}%$#&_^~ !@| \x01<w:p/>'
    entry = IndexEntry(name, name, (), ())

    source = WordIndex().mark(entry)["c"][1]
    run = ET.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{source}</w:p>')
    (field,) = instructions(run)
    assert field == 'XE "a\\" \\\\* \\: {b}%$#&_^~ !@| <w\\:p/>"'

    tex = LatexIndex().mark(entry)["c"][1]
    assert tex.startswith(r"\index{a")
    assert tex.endswith("}")
    bare = tex.removeprefix(r"\index{").removesuffix("}").replace("{}", "")
    assert not set("{}") & set(bare)
    assert not re.search(r'(?<!")(?:"")*[!@|]', bare)
    assert not re.search(r"(?<!\\)[%$#&_]", bare)
    assert "^" not in bare
    assert "\x01" not in bare


@pytest.mark.parametrize("kind", [formats.EpubExporter, formats.OdtExporter, formats.DocbookExporter])
def test_other_formats_have_the_index_as_text(kind: type[PandocExporter]) -> None:
    files = made(kind, NOTES)
    assert files
    assert not any(b" XE " in data or b"\\index" in data for data in files.values())
