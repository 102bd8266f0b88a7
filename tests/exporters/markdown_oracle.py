"""What another Markdown parser (markdown-it-py) reads in our output: characters with their marks, and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

Char = tuple[str, frozenset[str]]
"""A character that is no white space, with the marks on it: `strong`, `code`, `link:https://…` …"""

_TAG = re.compile(r"<(/?)([a-z]+)([^>]*)>")
_KINDS = {"em": "emphasis", "del": "strike", "s": "strike", "strong": "strong"}


def parser(*, math: bool = False) -> MarkdownIt:
    """GitHub's dialect: tables, strike-through, notes, task lists; with MATH also `$…$`."""
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 1000}).enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(front_matter_plugin).use(tasklists_plugin)
    return md.use(dollarmath_plugin) if math else md


PLAIN = parser()
MATH = parser(math=True)


def inline(tokens: Sequence[Token]) -> list[Char]:
    """The characters of inline TOKENS."""
    found: list[Char] = []
    marks: list[str] = []
    for token in tokens:
        if token.type.endswith("_open"):
            kind = token.type.removesuffix("_open")
            marks.append(f"link:{token.attrGet('href')}" if kind == "link" else _KINDS.get(kind, kind))
        elif token.type.endswith("_close"):
            marks.pop()
        elif token.type == "html_inline":
            if token.content == "<!-- -->":
                continue
            match = _TAG.fullmatch(token.content)
            assert match, token.content
            closing, name, attributes = match.groups()
            if name in {"span", "br", "img"} or (name == "a" and (closing or "id=" in attributes)):
                continue
            if closing:
                del marks[len(marks) - 1 - marks[::-1].index(_KINDS.get(name, name))]
            else:
                marks.append(_KINDS.get(name, name))
        elif token.type in {"text", "code_inline", "text_special"}:
            extra = ["code"] if token.type == "code_inline" else []
            found += chars(token.content, [*marks, *extra])
        elif token.type == "math_inline":
            found += chars(token.content, [*marks, "math"])
        elif token.type == "footnote_ref":
            found.append(("", frozenset({f"note:{token.meta.get('label')}"})))
        else:
            assert token.type in {"softbreak", "hardbreak", "image"}, token
    return found


def chars(text: str, marks: Iterable[str] = ()) -> list[Char]:
    """TEXT without white space, every character with MARKS."""
    held = frozenset(marks)
    return [(char, held) for char in text if not char.isspace()]


def inline_of(markdown: str, *, math: bool = False) -> list[Char]:
    """The characters of MARKDOWN, which must be one paragraph."""
    tokens = (MATH if math else PLAIN).parse(markdown)
    if not tokens:
        return []
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"], [t.type for t in tokens]
    return inline(tokens[1].children or [])


def text_of(markdown: str, *, math: bool = False) -> str:
    """The text of MARKDOWN, which must be one paragraph without any markup, without white space."""
    found = inline_of(markdown, math=math)
    assert all(not marks for _, marks in found), found
    return "".join(char for char, _ in found)


def blocks(markdown: str) -> list[object]:
    """The block structure of MARKDOWN: nested lists of names, texts of leaves without white space."""
    return list(_blocks(iter(PLAIN.parse(markdown))))


def _blocks(tokens: Iterator[Token]) -> Iterator[object]:
    for token in tokens:
        if token.type.endswith("_close"):
            return
        if token.type == "inline":
            yield "".join(c for c, _ in inline([t for t in token.children or [] if "task-list" not in t.content]))
        elif token.type in {"fence", "code_block"}:
            yield ["fence", token.info, token.content]
        elif token.type == "html_block":
            yield ["html", token.content.strip()]
        elif token.type == "hr":
            yield ["hr"]
        elif token.type.endswith("_open"):
            name = token.type.removesuffix("_open")
            if name == "ordered_list":
                name = f"ordered_list:{token.attrGet('start') or 1}"
            if name == "heading":
                name = token.tag
            inner = list(_blocks(tokens))
            if name == "paragraph":
                yield ["paragraph", *inner]
            else:
                yield [name, *inner]
        elif token.type != "footnote_anchor":
            yield [token.type, token.content]
