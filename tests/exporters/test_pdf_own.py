"""Templates of the user."""

from __future__ import annotations

from typing import Any

import pytest

from orgkb.diagnostics import Diagnostic
from orgkb.errors import ConfigError
from tests.exporters.pdf_notes import PNG, export, graph, needs_pdftotext, words_of

NOTES = "#+TITLE: Notes\n#+AUTHOR: Ann\n* One\nText of one.\n* Two\nText of two.\n"

TEMPLATE = b"""
#import "../lib.typ": accent
#import "more.typ": company
#let style(data, body) = {
  show heading: it => block(upper(it.body))
  body
}
#let cover(data) = [#image("logo.png", width: 1cm, alt: "logo") #company presents #data.title by #data.author]
#let head(data, page, chapter, section) = [head #page: #chapter]
#let foot(data, page, total) = [foot #page of #total]
"""
MEDIA = {"mine/template.typ": TEMPLATE, "more.typ": b'#let company = "ACME"', "logo.png": PNG}


@needs_pdftotext
def test_a_template_changes_text_cover_head_and_foot() -> None:
    found = words_of(export(NOTES, MEDIA, template="mine/template.typ", template_files=("more.typ", "logo.png")))
    for words in ("ACME presents Notes by Ann", "ONE", "head 2: Two", "foot 2 of 2", "Text of two."):
        assert words in found


@needs_pdftotext
def test_heads_and_feet_are_told_of_terms_glossary_and_index() -> None:
    template = b"""#let foot(data, page, total) = [keys #data.keys.len(), #data.glossary.len() terms, #data.index.len() lines]"""
    made = graph("A pod runs on a node.\n" + "* One\n" * 30, concepts=dict.fromkeys(("pod", "node"), "a unit"))
    found = words_of(export(made, {"mine.typ": template}, template="mine.typ"))
    assert found.count("keys 2, 2 terms, 2 lines") >= 3


def test_an_empty_template_changes_nothing() -> None:
    assert export(NOTES, {"empty.typ": b"// nothing"}, template="empty.typ") == export(NOTES)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b"\n#let style(data, body) = nothing-like-it", "mine.typ, line 2: unknown variable"),
        (b"#let cover(data) = [#data.nothing]", "mine.typ, line 1: .*nothing"),
        (b'#read("/etc/passwd")', "mine.typ, line 1: "),
        (b"#let head(", "mine.typ, line 1: "),
    ],
)
def test_a_fault_in_a_template_is_told_with_its_line(template: bytes, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        export(NOTES, {"mine.typ": template}, template="mine.typ")


@pytest.mark.parametrize(
    "options",
    [
        {"template": "absent.typ"},
        {"template_files": ("absent.png",)},
        {"template_files": ("../logo.png",)},
        {"template_files": ("/logo.png",)},
        {"template_files": ("template.typ",)},
    ],
)
def test_a_template_that_cannot_be_used_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="template"):
        export(NOTES, {"logo.png": PNG}, **options)


def test_a_font_that_is_not_there_is_told() -> None:
    reports: list[Diagnostic] = []
    export(NOTES, None, reports, theme={"heading": "No Such Font"})
    assert [(d.code, "no such font" in d.message) for d in reports] == [("pdf-font", True)]
