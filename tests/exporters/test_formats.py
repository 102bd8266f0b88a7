"""Word, e-books, web pages and all else that pandoc writes: what of the notes arrives there."""

from __future__ import annotations

import base64
import datetime as dt
import html
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from orgkb import cli, exporter
from orgkb.diagnostics import Diagnostic
from orgkb.errors import ConfigError, ExporterError
from orgkb.exporter import ExportContext
from orgkb_exporters import formats
from orgkb_exporters.formats import PandocExporter
from tests.concepts.build_from import graph

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NOTES = r"""#+TITLE: Pods & Co
#+AUTHOR: A. Writer
#+DATE: <2026-10-03 Sat>
* Pods :k8s:
- *pod* - smallest unit that a node runs
- *node* - machine of the cluster
** TODO Clean =/var/lib/x= up
A pod is stopped by ~kubectl delete pod <name>~, see [[*Other]]. $x^2$
[[file:dot.png]]
| a | b |
|---+---|
| 1 | 2 |
* Other
Here a pod again.[fn:1] Под тоже. @@html:<b onclick="x()">bold</b>@@ [[javascript:alert(1)][click]]
#+begin_export html
<script>alert(1)</script>
#+end_export
[fn:1] A note.
* Hidden :noexport:
marble giraffe
"""
MORE = "#+TITLE: More\n* Deep\nThe node is elsewhere. [[file:a.org::*Pods][back]]\n"


def made(
    kind: Callable[..., PandocExporter],
    *texts: str,
    root: Path = Path("/nowhere"),
    reports: list[Diagnostic] | None = None,
    **options: object,
) -> dict[str, bytes]:
    """The files of one exporter."""
    context = ExportContext(
        title="Pods & Co",
        timestamp=dt.datetime(2026, 10, 4, tzinfo=dt.UTC),
        input_root=root,
        read_media=lambda _document, path: {"dot.png": PNG, "odd.png": b"odd"}.get(path),
        previous=lambda _path: None,
        report=(reports if reports is not None else []).append,
    )
    return {a.path: a.data for a in kind(**options).export(graph(*texts), context)}


def text_of(xml: bytes) -> str:
    return "".join(ET.fromstring(xml).itertext())


class TestWord:
    def test_text_tables_pictures_formulas_and_notes_arrive(self) -> None:
        ((path, data),) = made(formats.DocxExporter, NOTES).items()

        assert path == "docx/pods-co.docx"
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            document = file.read("word/document.xml")
            text = text_of(document)
            assert PNG in [file.read(name) for name in file.namelist() if "media/" in name]
            assert "A note." in text_of(file.read("word/footnotes.xml"))
            assert "Pods & Co" in text_of(file.read("docProps/core.xml"))
        for words in ("TODO Clean /var/lib/x up", ":k8s:", "kubectl delete pod <name>", "Под тоже.", "2026-10-03"):
            assert words in text, words
        assert "giraffe" not in text
        assert b"<w:tbl>" in document
        assert b"m:oMath" in document

    def test_terms_link_to_the_glossary_and_it_links_back(self) -> None:
        ((_, data),) = made(formats.DocxExporter, NOTES).items()

        with zipfile.ZipFile(io.BytesIO(data)) as file:
            document = file.read("word/document.xml").decode()
        marks = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', document))
        links = set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', document))
        assert {"concept-pod", "concept-node"} <= marks & links
        assert links <= marks

    def test_a_reference_document_lies_below_the_notes(self, tmp_path: Path) -> None:
        ((_, data),) = made(formats.DocxExporter, "x\n").items()
        (tmp_path / "style.docx").write_bytes(data)

        assert made(formats.DocxExporter, "x\n", root=tmp_path, reference_doc="style.docx")
        with pytest.raises(ConfigError, match=r"cannot use .*style"):
            made(formats.DocxExporter, "x\n", root=tmp_path / "notes", reference_doc="../style.docx")


class TestWebPage:
    def test_without_search_it_is_whole_and_runs_nothing(self) -> None:
        ((_, data),) = made(formats.HtmlExporter, NOTES, search=False).items()

        page = data.decode()
        assert f"data:image/png;base64,{base64.b64encode(PNG).decode()}" in page
        assert "default-src 'none'; script-src 'none'; style-src 'sha256-" in html.unescape(page)
        assert "<math" in page
        assert "<title>Pods &amp; Co</title>" in page
        assert not re.search(
            r"<script|<[^>]*(?:onclick|javascript:)|<link (?!rel=.icon. href=.data:,)|@import|url\(|src=\"(?!data:)",
            page,
        )

    def test_every_link_inside_leads_somewhere(self) -> None:
        ((_, data),) = made(formats.HtmlExporter, NOTES, MORE).items()

        page = data.decode()
        marks = set(re.findall(r'id="([^"]+)"', page))
        links = set(re.findall(r'href="#([^"]+)"', page))
        assert {"concept-pod", "doc-1-h1", "doc-2"} <= links
        assert links <= marks

    def test_raw_text_acts_only_where_it_is_trusted_and_html_only_sanitized(self) -> None:
        note = "#+begin_export html\n<mark onclick=alert(1)>x</mark><script>alert(1)</script>\n#+end_export\n"
        ((_, shown),) = made(formats.HtmlExporter, note).items()
        ((_, acting),) = made(formats.HtmlExporter, note, raw=True).items()

        assert b"<mark onclick" not in shown
        assert b"alert" in shown
        assert b"<mark>x</mark>" in acting
        assert b"alert" not in acting

    def test_a_style_sheet_of_the_user(self, tmp_path: Path) -> None:
        (tmp_path / "my.css").write_text("body { color: red } </style><script>", encoding="utf-8")

        ((_, data),) = made(formats.HtmlExporter, "x\n", root=tmp_path, css="my.css", search=False).items()

        assert b"body { color: red }" in data
        assert b"<script>" not in data.replace(rb"<\/style><script>", b"")
        with pytest.raises(ConfigError, match="no such file"):
            made(formats.HtmlExporter, "x\n", root=tmp_path, css="other.css")

    @pytest.mark.parametrize("kind", [formats.HtmlExporter, formats.EpubExporter])
    @pytest.mark.parametrize(
        "rule",
        ["@import 'x'", "@\\69mport 'x'", "a { background: url(//x) }", "a { background: u\\72l( 'http://x' ) }"],
    )
    def test_a_style_sheet_that_asks_for_other_files_is_not_used(
        self, rule: str, kind: type[formats.PandocExporter], tmp_path: Path
    ) -> None:
        (tmp_path / "my.css").write_text(rule, encoding="utf-8")

        with pytest.raises(ConfigError, match="brings in other files"):
            made(kind, "x\n", root=tmp_path, css="my.css")


class TestBook:
    def test_an_e_book_has_chapters_and_the_same_identifier_on_every_run(self) -> None:
        first, again = (made(formats.EpubExporter, NOTES, MORE) for _ in range(2))

        assert first == again
        with zipfile.ZipFile(io.BytesIO(*first.values())) as file:
            names = file.namelist()
            package = file.read("EPUB/content.opf").decode()
        assert sum(name.startswith("EPUB/text/ch") for name in names) == 4
        assert "<dc:creator" in package
        assert re.search(r"urn:uuid:[0-9a-f-]{36}", package)

    def test_an_e_book_is_valid_where_anchors_drawers_and_example_addresses_stand(self) -> None:
        notes = """* Pods <<pods>>
<<alone>>
:SOURCES:
A drawer.
:END:
[[pods]] [[alone]] http://<host>:8080/x [[http://<host>:8080/x][service]] https://example.org/<name>
"""
        ((_, data),) = made(formats.EpubExporter, notes).items()

        with zipfile.ZipFile(io.BytesIO(data)) as file:
            pages = {name: file.read(name).decode() for name in file.namelist() if name.endswith(".xhtml")}
        for name, page in pages.items():
            root = ET.fromstring(page)
            ids = [element.get("id") for element in root.iter() if element.get("id")]
            assert len(ids) == len(set(ids)), name
            assert not [div for div in root.iter("{http://www.w3.org/1999/xhtml}div") if div.get("name")]
            assert not re.findall(r'href="http://[^"/]*(?:<|&lt;|%3C)', page)
        assert "<span" not in re.sub(r"<span[^>]*>Pods</span>", "", pages["EPUB/nav.xhtml"])
        text = "".join(pages.values())
        assert "A drawer." in text
        for anchor in re.findall(r'href="[^"]*#(doc-1-t\d+)"', text):
            assert f'id="{anchor}"' in text

    def test_the_glossary_can_be_left_out(self) -> None:
        ((_, data),) = made(formats.RstExporter, "- *pod* - smallest unit of all\n", glossary=False).items()

        assert b"lossary" not in data
        assert b"concept-" not in data


class TestText:
    def test_pictures_lie_beside_the_file(self) -> None:
        found = made(formats.LatexExporter, NOTES)

        (picture,) = [path for path in found if path.startswith("latex/media/")]
        tex = found["latex/pods-co.tex"].decode()
        assert picture.removeprefix("latex/") in tex
        assert r"\href{javascript" not in tex

    def test_a_notebook_is_json(self) -> None:
        ((_, data),) = made(formats.IpynbExporter, "* A\n#+begin_src python\nprint(1)\n#+end_src\n").items()

        assert any("print(1)" in "".join(cell["source"]) for cell in json.loads(data)["cells"])

    def test_formats_without_places_have_no_links_to_them(self) -> None:
        ((_, data), *_) = made(formats.DokuwikiExporter, NOTES).items()

        assert b"concept-" not in data
        assert b"smallest unit that a node runs" in data

    def test_a_file_that_is_no_picture_is_named_and_told(self) -> None:
        reports: list[Diagnostic] = []

        ((_, data),) = made(formats.RstExporter, "see\n\n[[file:odd.png]]\n", reports=reports).items()

        assert b"odd.png" in data
        assert [d.code for d in reports] == ["not-an-image"]

    def test_no_notes_are_an_error(self) -> None:
        with pytest.raises(ExporterError, match="no notes"):
            made(formats.RstExporter)


@pytest.mark.parametrize("name", exporter.on_request())
def test_every_format_has_an_exporter_that_says_what_it_makes(name: str) -> None:
    kind = exporter.named(name)

    assert kind.name == name
    assert kind.summary
    assert issubclass(kind, PandocExporter)
    with pytest.raises(ConfigError, match="toc_depth"):
        kind(toc_depth=0)


def test_they_are_made_only_where_they_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "a.org").write_text(NOTES.replace("[[file:dot.png]]", ""), encoding="utf-8")
    (tmp_path / "input" / "orgkb.toml").write_text("[exporters.plain]\nglossary = false\n", encoding="utf-8")

    assert not set(exporter.on_request()) & set(exporter.names())
    assert cli.run(["export", "--to", "plain"]) == 0
    assert [p.name for p in (tmp_path / "output").rglob("*.txt")] == ["pods-co.txt"]
    assert "plain  1 file" in capsys.readouterr().out
    assert cli.run(["export"]) == 2
    assert "Say it with --to: " in capsys.readouterr().err
