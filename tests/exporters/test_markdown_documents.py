"""Whole random documents: text and structure are the same in the notes and in two Markdown readers.

    pytest tests/exporters/test_markdown_documents.py --documents 50000

looks at that many new ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html.parser import HTMLParser
from typing import Any, ClassVar

import cmarkgfm
import msgspec
import pytest
from cmarkgfm.cmark import Options
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from orgkb.concepts.build import build
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare
from orgkb_exporters.markdown import MarkdownExporter
from tests.exporters.markdown_notes import NO_TITLE, context
from tests.exporters.markdown_oracle import Char, chars, inline, parser
from tests.exporters.test_markdown_escape import SPECIAL, TRAPS
from tests.exporters.test_markdown_inlines import URLS, meant

Tree = tuple[str, Any]
"""`(name, children)`; a leaf is `("text", characters)` or `("code", text)`."""
Objects = tuple[n.Object, ...]

_HOLE = "hole"
_READER = parser().disable("front_matter")  # its plug-in takes more for front matter than there is
CHARACTERS = [*SPECIAL, *TRAPS]
"""What text is made of: single characters, and what readers take for markup."""
_MARKS: tuple[type[n.Bold | n.Italic | n.StrikeThrough | n.Underline], ...] = (
    n.Bold,
    n.Italic,
    n.StrikeThrough,
    n.Underline,
)
_CODE = ["x", "- y", "```", "~~~~", "# z", "  | t |", "<b>", "*", "x\t1. q"]


class _Chance:
    """Makes random documents from the seed of a random generator: hypothesis alone would take a hundred times as long."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def sections(self) -> list[tuple[Objects | None, list[Any]]]:
        """Titles, or none, with the blocks below."""
        return [
            (self._text() if self._random.random() < 0.6 else None, self._several(self._block, 3))
            for _ in range(self._random.randint(1, 2))
        ]

    def _several(self, make: Callable[[], Any], most: int, least: int = 1) -> list[Any]:
        return [make() for _ in range(self._random.randint(least, most))]

    def _block(self, depth: int = 0) -> Any:
        kinds = (
            ["p", "src", "table", "ul", "ol", "quote"] if not depth else ["p", "src", "table", "ul", "ol"][: 7 - depth]
        )
        match kind := self._random.choice(kinds):
            case "p":
                return kind, self._text()
            case "src":
                return kind, [self._random.choice(_CODE) for _ in range(self._random.randint(1, 4))]
            case "table":
                return kind, self._several(lambda: [self._text(), self._text()], 3, 2)
            case "quote":
                return kind, self._several(lambda: self._block(1), 2)
        return kind, self._several(lambda: (self._text(), self._several(lambda: self._block(depth + 1), 2, 0)), 3)

    def _text(self) -> Objects:
        while True:  # until there is something to see
            objects = tuple(self._several(self._object, 3))
            if meant(objects):
                return objects

    def _object(self, depth: int = 0, *, in_link: bool = False) -> n.Object:
        chance = self._random.random()
        if chance < 0.45 or depth > 2:
            return n.Text(0, 0, self._characters())
        if chance < 0.6:
            return n.Code(0, 0, self._characters())
        if chance < 0.65:
            return n.LineBreak(0, 0)
        if chance < 0.7:
            return n.Entity(0, 0, "x", self._random.choice("α*_<"), braces=False)
        if chance < 0.78 and not in_link:
            url = self._random.choice(URLS)
            label = tuple(self._several(lambda: self._object(depth + 1, in_link=True), 2))
            return n.Link(0, 0, "regular", "https", url, None, "raw*text*", label)
        inside = tuple(self._several(lambda: self._object(depth + 1, in_link=in_link), 3))
        if chance < 0.82:
            return n.Subscript(0, 0, braces=True, children=inside)
        return self._random.choice(_MARKS)(0, 0, inside)

    def _characters(self) -> str:
        return "".join(self._random.choice(CHARACTERS) for _ in range(self._random.randint(0, 8)))


class _Writer:
    """Writes a random document as Org with a hole for each text, and what readers should find in it."""

    def __init__(self) -> None:
        self.holes: list[Objects] = []

    def hole(self, objects: Objects) -> str:
        self.holes.append(objects)
        return f"{_HOLE}{len(self.holes) - 1}."

    def org(self, block: Any, indent: str) -> Iterator[str]:
        match block:
            case "p", text:
                yield from (f"{indent}{self.hole(text)}", "")
            case "src", lines:
                yield f"{indent}#+begin_src sh"
                yield from (f"{indent}{line}" for line in ("x", *lines))  # the indentation that all lines share goes
                yield f"{indent}#+end_src"
            case "table", (head, *rows):
                yield self._row(head, indent)
                yield f"{indent}|---+---|"
                yield from (self._row(row, indent) for row in rows)
                yield ""
            case "quote", blocks:
                yield f"{indent}#+begin_quote"
                for inner in blocks:
                    yield from self.org(inner, indent)
                yield f"{indent}#+end_quote"
            case kind, items:
                bullet = "- " if kind == "ul" else "1. "
                for text, blocks in items:
                    yield f"{indent}{bullet}{self.hole(text)}"
                    for inner in blocks:
                        if inner[0] == "p":
                            yield ""
                        yield from self.org(inner, indent + " " * len(bullet))
                yield from (f"{indent}#+begin_comment", f"{indent}#+end_comment")

    def _row(self, cells: Sequence[Objects], indent: str) -> str:
        return f"{indent}| {' | '.join(map(self.hole, cells))} |"


def _wanted(block: Any) -> Tree:
    match block:
        case "p", text:
            return "p", [_leaf(text)]
        case "src", lines:
            return "code", "".join(f"{line}\n" for line in ("x", *lines))
        case "table", rows:
            names = ["th", *["td"] * (len(rows) - 1)]
            return "table", [("tr", [(name, [_leaf(c)]) for c in row]) for name, row in zip(names, rows, strict=True)]
        case "quote", blocks:
            return "blockquote", [_wanted(b) for b in blocks]
        case kind, items:
            return kind, [("li", [("p", [_leaf(text)]), *map(_wanted, blocks)]) for text, blocks in items]
    raise AssertionError(block)


def _leaf(objects: Objects) -> Tree:
    return "text", _unlinked(meant(objects))


def _unlinked(found: Iterable[Char]) -> list[Char]:
    """Characters with their marks but for links: one reader makes them of bare addresses."""
    return [(c, frozenset(m for m in marks if not m.startswith("link"))) for c, marks in found]


def _filled(document: Document, holes: Sequence[Objects]) -> Document:
    """DOCUMENT with the objects of its holes."""

    def fill(node: n.Node) -> n.Node:
        changed: dict[str, Any] = {}
        for field in ("children", *node.SECONDARY):
            inside = getattr(node, field, None)
            if isinstance(inside, tuple):
                changed[field] = tuple(part for child in inside for part in expand(child))
        return msgspec.structs.replace(node, **changed) if changed else node

    def expand(node: n.Node) -> Iterable[n.Node]:
        if isinstance(node, n.Text) and node.value.strip().startswith(_HOLE):
            return holes[int(node.value.strip().removeprefix(_HOLE).rstrip("."))]
        return (fill(node),)

    return msgspec.structs.replace(
        document,
        section=tuple(fill(node) for node in document.section),
        headlines=tuple(fill(headline) for headline in document.headlines),
    )


def _commonmark(tokens: Iterator[Token]) -> Iterator[Tree]:
    """What markdown-it-py reads."""
    for token in tokens:
        if token.type.endswith("_close"):
            return
        if token.type == "inline":
            yield "text", _unlinked(inline(token.children or []))
        elif token.type in {"fence", "code_block"}:
            yield "code", token.content
        elif token.type in {"thead_open", "tbody_open"}:
            yield from _commonmark(tokens)
        elif token.type.endswith("_open"):
            yield token.tag, list(_commonmark(tokens))
        elif token.content.strip() != "<!-- -->":
            yield token.type, token.content


class _Page(HTMLParser):
    """What GitHub's parser reads, from the HTML that it writes."""

    MARKS: ClassVar = {
        "em": "emphasis",
        "del": "strike",
        "strong": "strong",
        "u": "u",
        "sub": "sub",
        "sup": "sup",
        "code": "code",
    }
    SILENT = frozenset({"a", "span", "br", "thead", "tbody", "img"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Tree] = []
        self.open = [self.found]
        self.marks: list[str] = []
        self.pre: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "pre":
            self.pre = []
        elif tag in self.SILENT or self.pre is not None:
            return
        elif tag in self.MARKS:
            self.marks.append(self.MARKS[tag])
        elif tag == "hr":
            self.open[-1].append(("hr", []))
        else:
            inside: list[Tree] = []
            self.open[-1].append((tag, inside))
            self.open.append(inside)

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self.open[-1].append(("code", "".join(self.pre or ())))
            self.pre = None
        elif tag in self.SILENT or self.pre is not None:
            return
        elif tag in self.MARKS:
            del self.marks[len(self.marks) - 1 - self.marks[::-1].index(self.MARKS[tag])]
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.pre is not None:
            self.pre.append(data)
            return
        found = chars(data, self.marks)
        if not found:
            return
        here = self.open[-1]
        if here and here[-1][0] == "text":
            here[-1][1].extend(found)
        else:
            here.append(("text", found))


def _github(markdown: str) -> list[Tree]:
    page = _Page()
    page.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE))
    page.close()
    return page.found


def _plain(trees: Iterable[Tree]) -> list[Tree]:
    """TREES without what is only looks: tight and loose lists are one, a table's header line a row of cells."""
    found: list[Tree] = []
    for name, inside in trees:
        if name in {"text", "code"}:
            found.append((name, inside))
        elif name == "p":
            found += _plain(inside)
        else:
            found.append((name, _plain(inside)))
    return found


def test_random_documents_read_as_they_were_meant_by_two_readers(request: pytest.FixtureRequest) -> None:
    wish = request.config.getoption("--documents")

    @settings(max_examples=wish or 150, derandomize=not wish, deadline=None, phases=(Phase.generate,))
    @given(st.integers(0, 2**62))
    def check(seed: int) -> None:
        writer = _Writer()
        lines, wanted = [NO_TITLE.rstrip()], []
        for title, blocks in _Chance(seed).sections():
            if title is not None:
                lines.append(f"* {writer.hole(title)}")
                wanted.append(("h1", [_leaf(title)]))
            for block in blocks:
                lines += [*writer.org(block, ""), ""]
                wanted.append(_wanted(block))
        org = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))  # two blank lines would end a list
        document = _filled(prepare(parse(org, "notes.org")), writer.holes)
        made = MarkdownExporter(glossary=False).export(build([document]), context())
        markdown = next(a.data.decode() for a in made if a.path == "markdown/notes.md")

        assert _plain(_commonmark(iter(_READER.parse(markdown)))) == _plain(wanted), markdown
        assert _plain(_github(markdown)) == _plain(wanted), markdown

    check()
