"""What other Markdown readers than markdown-it-py make of a paragraph: cmarkgfm (GitHub's), Python-Markdown (MkDocs')."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

import cmarkgfm
import markdown
from cmarkgfm.cmark import Options

from tests.exporters.markdown_oracle import Char, chars

_KINDS = {"em": "emphasis", "del": "strike", "s": "strike"}
_SKIPPED = frozenset({"p", "br", "img", "span"})
_EXTENSIONS = [
    "tables", "attr_list", "def_list", "footnotes", "admonition", "md_in_html", "toc",
    "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.arithmatex",
]  # fmt: skip
_PYTHON = markdown.Markdown(extensions=_EXTENSIONS, extension_configs={"pymdownx.arithmatex": {"generic": True}})


class _Reader(HTMLParser):
    """Collects characters with their marks; notes are left out, links count without their address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marks: list[str] = []
        self.found: list[Char] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in _SKIPPED:
            self.marks.append("anchor" if tag == "a" and "href" not in values else _KINDS.get(tag, tag))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            return
        kinds = ("a", "anchor") if tag == "a" else (_KINDS.get(tag, tag),)
        del self.marks[max(i for i, mark in enumerate(self.marks) if mark in kinds)]

    def handle_data(self, data: str) -> None:
        marks = [("link" if m == "a" else m) for m in self.marks if m != "anchor"]
        self.found += chars(data, marks)


def github(text: str) -> list[Char]:
    """TEXT as GitHub's parser reads it; bare addresses that it makes links of count as text."""
    page = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES)
    page = re.sub(r'<sup class="footnote-ref">.*?</sup>', "", page.partition('<section class="footnotes')[0])
    return _read(page)


def python_markdown(text: str) -> list[Char]:
    """TEXT as MkDocs reads it."""
    _PYTHON.reset()
    page = _PYTHON.convert(text).partition('<div class="footnote">')[0]
    return _read(re.sub(r'<sup id="fnref.*?</sup>', "", page))


def python_html(text: str) -> str:
    """The page that MkDocs makes of TEXT."""
    _PYTHON.reset()
    return str(_PYTHON.convert(text))


def _read(page: str) -> list[Char]:
    assert page.count("<p>") <= 1, page
    assert not re.search(r"<(?:ul|ol|h\d|table|blockquote|pre|hr|dl|div)\b", page), page
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
