"""What another parser (markdown-it-py) finds in a page of any flavour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import msgspec

from orgkb.errors import MissingProgram
from orgkb.patterns import pattern
from orgkb_exporters.markdown.anchors import Slugs
from orgkb_exporters.markdown.flavours import Flavour
from orgkb_exporters.markdown.heading_anchors import subpath

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_RELREF = pattern(r'\]\(\{\{< relref "([^"\n]*)" >\}\}\)')
_PAGE_LINK = pattern(r"\]\(\[\[([^\]\n]*)\]\]\)")
_BLOCK_LINK = pattern(r"\]\(\(\(([0-9a-f-]{36})\)\)\)")
_WIKI_LINK = pattern(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_HEADING_ID = pattern(r" \{#([^}\s]+)\}\Z")
_BLOCK_NAME = pattern(r"(?:^|\s)\^([A-Za-z0-9-]+)$", re.MULTILINE)
_BLOCK_ID = pattern(r"^\s*id:: ([0-9a-f-]{36})$", re.MULTILINE)
_PROPERTY = pattern(r"(?:[\w-]+:: .*\n)+")
_TAGS = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "section",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
_BREAKS = frozenset(
    [
        "blockquote",
        "br",
        "dd",
        "div",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "p",
        "pre",
        "section",
        "td",
        "th",
        "tr",
    ]
)


class Rendered(msgspec.Struct, frozen=True):
    """A page as a reader sees it."""

    text: str
    links: tuple[str, ...]
    """Addresses; `wiki:`, `relref:` and `block:` before those of other kinds than paths."""
    anchors: frozenset[str]
    block_ids: frozenset[str]
    subpaths: frozenset[str]
    """Headings as Obsidian's links call them."""
    code: tuple[str, ...]
    headings: int
    items: int
    rows: int
    unknown_tags: tuple[str, ...]
    front_matter: Mapping[str, object]
    """Empty where the page has none."""
    front_matter_fault: str = ""
    """Why YAML does not take it; empty where it does."""


class Renderer:
    """A parser of one flavour; MissingProgram where markdown-it-py or its plugins are not installed."""

    def __init__(self, flavour: Flavour) -> None:
        self._flavour = flavour
        self._parser = _parser(flavour)

    def render(self, markdown: str) -> Rendered:
        """What is found in MARKDOWN."""
        body = self._without_properties(markdown)
        tokens = self._parser.parse(body)
        page = _Page()
        page.feed(self._parser.renderer.render(tokens, self._parser.options, {}))
        page.close()
        titles = [(t.tag, _content(tokens[i + 1])) for i, t in enumerate(tokens) if t.type == "heading_open"]
        slugs = Slugs()
        anchors = set(page.ids)
        for _, title in titles:
            explicit = _HEADING_ID.search(title)
            anchors.add(slugs.take(_HEADING_ID.sub("", title))[0])
            if explicit:
                anchors.add(explicit.group(1))
        definitions = sum(t.type == "dt_open" for t in tokens)
        fields, fault = _front_matter(next((t.content for t in tokens if t.type == "front_matter"), ""))
        return Rendered(
            text="".join(page.parts),
            links=(*page.links, *_links_in(fields)),
            anchors=frozenset(anchors),
            block_ids=frozenset((*_BLOCK_NAME.findall(body), *_BLOCK_ID.findall(body))),
            subpaths=frozenset(subpath(title) for _, title in titles),
            code=tuple(page.code),
            headings=len(titles),
            items=sum(t.type == "list_item_open" for t in tokens) + definitions,
            rows=page.rows,
            unknown_tags=tuple(page.unknown),
            front_matter=fields,
            front_matter_fault=fault,
        )

    def _without_properties(self, markdown: str) -> str:
        if self._flavour.page_properties:
            match = _PROPERTY.match(markdown)
            markdown = markdown[match.end() :] if match else markdown
        markdown = _RELREF.sub(r"](<relref:\1>)", markdown)
        markdown = _PAGE_LINK.sub(r"](<wiki:\1>)", markdown)
        return _BLOCK_LINK.sub(r"](block:\1)", markdown)


def _parser(flavour: Flavour) -> MarkdownIt:
    try:
        import yaml  # noqa: F401, PLC0415 - optional dependencies, this one for front matter
        from markdown_it import MarkdownIt  # noqa: PLC0415
        from mdit_py_plugins.admon import admon_plugin  # noqa: PLC0415
        from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415
        from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
        from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415
    except ImportError as error:
        message = "verifying needs a second Markdown parser: pip install 'orgkb[verify]'"
        raise MissingProgram(message) from error
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 1000}).use(front_matter_plugin)
    if flavour.tables:
        parser.enable("table")
    if flavour.dialect.strike:
        parser.enable("strikethrough")
    if flavour.footnotes:
        parser.use(footnote_plugin)
    if flavour.definition_lists:
        parser.use(deflist_plugin)
    if flavour.callouts == "admonition":
        parser.use(admon_plugin)
    if flavour.links in {"wiki", "page"}:
        parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - every address is judged here
    return parser


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """`[[page#heading|label]]`."""
    match = _WIKI_LINK.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": f"wiki:{match.group(1)}"}
        state.push("text", "", 0).content = match.group(2) or match.group(1)
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _content(inline: Token) -> str:
    parts = inline.children or []
    return "".join(t.content for t in parts if t.type in {"text", "code_inline", "text_special"}).strip()


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """The fields of TEXT, and what is wrong with it."""
    import yaml  # noqa: PLC0415 - an optional dependency

    try:
        fields = yaml.safe_load(text) if text else {}
    except yaml.YAMLError as error:
        return {}, " ".join(str(error).split())
    return (fields, "") if isinstance(fields, dict) else ({}, "it is no list of fields")


def _links_in(fields: Mapping[str, object]) -> Iterator[str]:
    """The pages that properties lead to, as in `up: "[[Pods]]"`."""
    for value in fields.values():
        match = _WIKI_LINK.fullmatch(value) if isinstance(value, str) else None
        if match:
            yield f"wiki:{match.group(1)}"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.unknown: dict[str, None] = {}
        self.code: list[str] = []
        self.rows = 0
        self._pre: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Collect what the element names and where it leads."""
        values = dict(attrs)
        if tag not in _TAGS:
            self.unknown[tag] = None
        if identifier := values.get("id"):
            self.ids.add(identifier)
        for key in ("href", "src"):
            if address := values.get(key):
                self.links.append(address)
        if tag in _BREAKS or (values.get("href") or "").startswith("#fn"):  # a footnote's number is no part of a word
            self.parts.append(" ")
        self.rows += tag == "tr"
        if tag == "pre":
            self._pre = []
        if tag == "img":
            self.parts.append(f" {values.get('alt') or ''} ")

    def handle_endtag(self, tag: str) -> None:
        """Keep blocks apart."""
        if tag in _BREAKS:
            self.parts.append(" ")
        if tag == "pre" and self._pre is not None:
            self.code.append("".join(self._pre).removesuffix("\n"))
            self._pre = None

    def handle_data(self, data: str) -> None:
        """Collect text."""
        self.parts.append(data)
        if self._pre is not None:
            self._pre.append(data)
