"""Org objects and elements as safe HTML: everything escaped, raw HTML by `orgkb_exporters.raw`, only harmless URLs.

Code carries Pygments' class names and no colours, formulas are MathJax text, and what leads out of
the text (images, links within the notes) is decided by the caller's two functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from types import MappingProxyType

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.urls import external_url
from orgkb.org.walk import find, plain_text, walk, walk_document
from orgkb.patterns import pattern, reaches
from orgkb_exporters import highlight, mathjax, raw

IMAGE_SUFFIXES = (".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
"""Endings of the files that a link without description shows as a picture, as in Org's HTML export."""

# Characters that HTML may not hold and that Anki uses between fields.
_CONTROL = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_SPACE = pattern(r"[ \t\n\r]+")
_WIDE = "\u2e80-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
# Scripts without spaces between words: a line end inside them is no space either.
_WIDE_LINE_END = pattern(rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])")
_MATH_OPENING = pattern(r"\\([(\[])")
# What Anki looks for in fields: [sound:x.mp3], [anki:play:q:0], [latex]x[/latex], [$]x[/$], [$$]x[/$$].
_CARD_TAG = pattern(r"\[(?=/?(?:sound:|anki:|latex\]|\$\$?\]))", re.IGNORECASE)
_COLUMN_COOKIE = pattern(r"<([lrc]?)(\d*)>\Z")
_NUMBER = pattern(r"[-+]?[0-9][0-9 .,]*%?\Z")
_CHECKBOXES = {"[X]": "☑", "[ ]": "☐", "[-]": "◪"}
_TAGS = {n.Bold: "b", n.Italic: "i", n.Underline: "u", n.StrikeThrough: "s", n.Subscript: "sub", n.Superscript: "sup"}


def no_link(_link: n.Link) -> str | None:
    """For links and images that are to be shown as their text."""
    return None


@dataclass(frozen=True, slots=True)
class HtmlRenderer:
    """Renders objects and elements of one document."""

    image: Callable[[n.Link], str | None] = no_link
    """The `src` of a linked picture; None where it cannot be shown."""
    internal: Callable[[n.Link], str | None] = no_link
    """The `href` of a link within the notes; None where only its text is wanted."""
    external: Callable[[n.Link], str | None] = external_url
    """The `href` of any other link: `external_url`, or a function that takes only some of its answers."""
    footnotes: Mapping[str, n.FootnoteDefinition] = field(default_factory=lambda: MappingProxyType({}))
    """Definitions by label: a reference shows its note in place."""
    raw: bool = False
    """Whether the user vouches for raw HTML."""

    # --- objects ---

    def objects(self, objects: Iterable[n.Object]) -> str:
        """A string of objects as inline HTML, without white space at its ends."""
        return self._inline(objects).strip(" ")

    def _inline(self, objects: Iterable[n.Object], *, in_link: bool = False, notes: tuple[str, ...] = ()) -> str:
        objects = tuple(objects)
        snippets = self._snippets(objects)
        return "".join(
            snippets[index] if index in snippets else self._object(obj, in_link=in_link, notes=notes)
            for index, obj in enumerate(objects)
        )

    def _snippets(self, objects: Sequence[n.Object]) -> dict[int, str]:
        """What the HTML snippets among OBJECTS become, by their place."""
        found = {
            index: obj.value
            for index, obj in enumerate(objects)
            if isinstance(obj, n.ExportSnippet) and obj.backend.lower() == "html"
        }
        made = raw.snippets(list(found.values()), allowed=self.raw) if found else []
        return {
            index: text(value) if html is None else _inert(html)
            for (index, value), html in zip(found.items(), made, strict=True)
        }

    def _object(self, obj: n.Object, *, in_link: bool, notes: tuple[str, ...]) -> str:
        match obj:
            case n.Text():
                return text(obj.value)
            case n.Markup() | n.Script():
                tag = _TAGS[type(obj)]
                return f"<{tag}>{self._inline(obj.children, in_link=in_link, notes=notes)}</{tag}>"
            case n.Code() | n.Verbatim():
                return f"<code>{clean(obj.value)}</code>"
            case n.Entity():
                return text(obj.text)
            case n.LatexFragment():
                formula = mathjax.inline(obj.value)
                return f"<code>{clean(obj.value)}</code>" if formula is None else clean(formula)
            case n.InlineSrcBlock():
                return f'<code class="src">{code(obj.value, obj.language)}</code>'
            case n.LineBreak():
                return "<br>"
            case n.Link():
                return self._link(obj, in_link=in_link, notes=notes)
            case n.FootnoteReference():
                return self._footnote(obj, in_link=in_link, notes=notes)
            case n.Citation():
                return self._citation(obj, in_link=in_link, notes=notes)
            case n.Timestamp():
                return f'<span class="time">{text(obj.raw)}</span>'
            case n.StatisticsCookie() | n.Macro():
                return text(obj.value)
            case n.InlineBabelCall():
                return f"<code>{clean(obj.value)}</code>"
            case n.Target() | n.ExportSnippet():
                return ""
            case _:
                return self._inline(getattr(obj, "children", None) or (), in_link=in_link, notes=notes)

    def _link(self, link: n.Link, *, in_link: bool, notes: tuple[str, ...]) -> str:
        if is_image(link):
            src = self.image(link)
            if src is not None:
                name = link.path.rsplit("/", 1)[-1]
                return f'<img src="{_attribute(src)}" alt="{_attribute(name)}">'
        shown = self._inline(link.children, in_link=True, notes=notes) if link.children else text(link_text(link))
        href = None if in_link else self.external(link) or self.internal(link)
        return f'<a href="{_attribute(href)}">{shown}</a>' if href else shown

    def _footnote(self, reference: n.FootnoteReference, *, in_link: bool, notes: tuple[str, ...]) -> str:
        label = reference.label or ""
        if label and label in notes:
            return ""  # a note that refers to itself
        inner = (*notes, label)
        if reference.children is not None:
            shown = self._inline(reference.children, in_link=in_link, notes=inner)
        elif label in self.footnotes:
            definition = self.footnotes[label].children
            match definition:
                case (n.Paragraph() as paragraph,):
                    shown = self._inline(paragraph.children, in_link=in_link, notes=inner)
                case _:
                    shown = text(elements_text(definition))
        else:
            return ""
        shown = shown.strip(" ")
        return f' <span class="note">({shown})</span>' if shown else ""

    def _citation(self, citation: n.Citation, *, in_link: bool, notes: tuple[str, ...]) -> str:
        def inline(objects: tuple[n.Object, ...]) -> str:
            return self._inline(objects, in_link=in_link, notes=notes)

        keys = (f"{inline(c.prefix)}@{text(c.key)}{inline(c.suffix)}".strip(" ") for c in citation.children)
        whole = "; ".join(part for part in (inline(citation.prefix), *keys, inline(citation.suffix)) if part.strip(" "))
        return f"<cite>[{whole}]</cite>"

    # --- elements ---

    def elements(self, elements: Iterable[n.Element]) -> str:
        """Elements one after the other as block HTML."""
        return "".join(map(self._element, elements))

    def _element(self, element: n.Element) -> str:
        match element:
            case n.Paragraph():
                body = self.objects(element.children)
                body += self._caption(element) if body else ""
                return f'<p dir="auto">{body}</p>' if body else ""
            case n.PlainList():
                return self._list(element)
            case n.Table():
                return self._table(element)
            case n.SrcBlock():
                body = code(element.value.rstrip("\n"), element.language)
                return f'{self._caption(element)}<pre class="src"><code>{body}</code></pre>'
            case n.ExampleBlock() | n.FixedWidth():
                return f'{self._caption(element)}<pre class="example">{clean(element.value.rstrip(chr(10)))}</pre>'
            case n.LatexEnvironment():
                formula = mathjax.environment(element.value)
                if formula is None:
                    return f'<pre class="example">{clean(element.value.rstrip(chr(10)))}</pre>'
                return f'<div class="formula">{clean(formula)}</div>'
            case n.VerseBlock():
                return f'<p class="verse" dir="auto">{self._verse(element)}</p>'
            case n.QuoteBlock():
                return f"<blockquote>{self.elements(element.children)}</blockquote>"
            case n.CenterBlock():
                return f'<div class="center">{self.elements(element.children)}</div>'
            case n.SpecialBlock():
                return f'<div class="block">{self.elements(element.children)}</div>'
            case n.Drawer() | n.DynamicBlock():
                return self.elements(element.children)
            case n.Inlinetask():
                title = self.objects(element.title)
                return f'<div class="block"><p dir="auto"><b>{title}</b></p>{self.elements(element.children)}</div>'
            case n.HorizontalRule():
                return "<hr>"
            case n.Planning():
                return _planning(element)
            case n.Clock():
                raw = element.timestamp.raw if element.timestamp else ""
                return f'<p class="time">CLOCK: {text(raw)}{text(f" => {element.duration}" if element.duration else "")}</p>'
            case n.ExportBlock() | n.Keyword():
                return self._raw(element)
            case _:
                # Footnotes stand at their references; comments, calls and properties are no text of the notes.
                return ""

    def _raw(self, element: n.Element) -> str:
        """Raw HTML; raw text for other back-ends is not for us."""
        backend, source = raw.of_element(element) or ("", "")
        if backend != "html":
            return ""
        if self.raw:
            return _inert(raw.sanitized(source))
        return f'<pre class="example">{clean(source.rstrip(chr(10)))}</pre>'

    def _caption(self, element: n.Element) -> str:
        caption = self.objects(element.affiliated.caption) if element.affiliated else ""
        return f'<span class="caption" dir="auto">{caption}</span>' if caption else ""

    def _verse(self, verse: n.VerseBlock) -> str:
        """The lines of a verse with their indentation; a line end inside markup is taken as a space."""
        whole = "".join(
            clean(obj.value) if isinstance(obj, n.Text) else self._object(obj, in_link=False, notes=())
            for obj in verse.children
        )
        lines: list[str] = []
        for line in whole.strip("\n").split("\n"):
            bare = line.lstrip(" \t")
            lines.append("\u00a0" * (len(line) - len(bare)) + bare.rstrip())
        return "<br>".join(lines)

    def _list(self, plain_list: n.PlainList) -> str:
        items = plain_list.children
        if plain_list.kind == "descriptive":
            return f"<dl>{''.join(map(self._description, items))}</dl>"
        body = "".join(map(self._item, items))
        if plain_list.kind != "ordered":
            return f"<ul>{body}</ul>"
        first = items[0].bullet.rstrip(".)") if items else ""
        # Letters as Org has them with org-list-allow-alphabetical.
        kind = "" if not first.isalpha() else f' type="{"A" if first.isupper() else "a"}"'
        return f"<ol{kind}>{body}</ol>"

    def _item(self, item: n.Item) -> str:
        value = f' value="{item.counter}"' if item.counter is not None else ""
        tag = f"<b>{self.objects(item.tag)}</b>: " if item.tag else ""
        return f'<li dir="auto"{value}>{_checkbox(item)}{tag}{self._item_body(item)}</li>'

    def _description(self, item: n.Item) -> str:
        if item.tag is None:
            return f'<dd dir="auto">{_checkbox(item)}{self._item_body(item)}</dd>'
        term = self.objects(item.tag)
        return f'<dt dir="auto">{_checkbox(item)}{term}</dt><dd dir="auto">{self._item_body(item)}</dd>'

    def _item_body(self, item: n.Item) -> str:
        """The contents; a paragraph at the start needs no box of its own."""
        match item.children:
            case (n.Paragraph() as first, *rest):
                return self.objects(first.children) + self._caption(first) + self.elements(rest)
            case _:
                return self.elements(item.children)

    def _table(self, table: n.Table) -> str:
        caption = self.objects(table.affiliated.caption) if table.affiliated else ""
        head = f'<caption dir="auto">{caption}</caption>' if caption else ""
        if table.kind != "org":
            return f'<pre class="example">{clean(table.value.rstrip(chr(10)))}</pre>'
        groups, align = _row_groups(table)
        if not any(groups):
            return ""
        body: list[str] = []
        for index, rows in enumerate(groups):
            header = index == 0 and len(groups) > 1
            cells = "".join(self._row(row, align, "th" if header else "td") for row in rows)
            body.append(f"<thead>{cells}</thead>" if header else f"<tbody>{cells}</tbody>")
        return f"<table>{head}{''.join(body)}</table>"

    def _row(self, row: n.TableRow, align: Sequence[str], tag: str) -> str:
        cells = (
            f'<{tag}{f" class={chr(34)}{align[i]}{chr(34)}" if align[i] else ""} dir="auto">{self.objects(cell.children)}</{tag}>'
            for i, cell in enumerate(row.children)
        )
        return f"<tr>{''.join(cells)}</tr>"


# --- text ---


def text(value: str) -> str:
    """Plain text, white space folded, escaped, and safe from being read as a formula."""
    joined = _CONTROL.sub("", value)
    if "\n" in joined and reaches(joined, _WIDE[0]):
        joined = _WIDE_LINE_END.sub("", joined)
    escaped = escape(_SPACE.sub(" ", joined), quote=False)
    # MathJax does not look across elements; an entity or a comment would not stop it.
    return _inert(_MATH_OPENING.sub(r"\\<span>\1</span>", escaped))


def clean(value: str) -> str:
    """Text of code or of a formula, escaped, white space kept."""
    return _inert(escape(_legal(value), quote=False))


def code(value: str, language: str) -> str:
    """Source code with Pygments' classes, escaped, white space kept."""
    return _inert(highlight.code(_legal(value), language))


def link_text(link: n.Link) -> str:
    """What a link without description shows."""
    if link.kind in {"fuzzy", "custom-id"} and link.form == "regular":
        return link.path.lstrip("*#") or link.raw
    if link.kind == "file":
        return f"{link.path} › {link.search.lstrip('*#')}" if link.search else link.path
    return link.raw


def is_image(link: n.Link) -> bool:
    """Whether LINK shows a picture of the notes: a file link without description, as in Org's HTML export."""
    return not link.children and link.kind == "file" and not link.search and link.path.lower().endswith(IMAGE_SUFFIXES)


def elements_text(elements: Iterable[n.Element]) -> str:
    """The words of elements in one line, for places where no block can stand."""
    words: list[str] = []
    for node in walk(elements):
        match node:
            case n.Paragraph() | n.VerseBlock() | n.TableCell():
                words.append(plain_text(node.children))
            case n.Item() if node.tag:
                words.append(f"{plain_text(node.tag)}:")
            case n.SrcBlock() | n.ExampleBlock() | n.FixedWidth() | n.LatexEnvironment():
                words.append(" ".join(node.value.split()))
            case _:
                pass
    return " ".join(filter(None, words))


class Footnotes(Mapping[str, n.FootnoteDefinition]):
    """The footnote definitions of a document by label, looked for when a reference asks for one: most notes have none."""

    def __init__(self, document: Document) -> None:
        """Those of DOCUMENT."""
        self._document = document

    def __getitem__(self, label: str) -> n.FootnoteDefinition:
        return self._found[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def _found(self) -> dict[str, n.FootnoteDefinition]:
        return _footnotes_of(self._document)


def _footnotes_of(document: Document) -> dict[str, n.FootnoteDefinition]:
    """The footnote definitions of DOCUMENT by label, the first of each; inline ones stand at their reference.

    A reference to an inline definition elsewhere is given that definition's paragraph.
    """
    found: dict[str, n.FootnoteDefinition] = {}
    inline: dict[str, n.FootnoteDefinition] = {}
    for node in walk_document(document):
        if isinstance(node, n.FootnoteDefinition):
            found.setdefault(node.label, node)
        elif isinstance(node, n.FootnoteReference) and node.label and node.children is not None:
            paragraph = n.Paragraph(begin=node.begin, end=node.end, affiliated=None, children=node.children)
            inline.setdefault(
                node.label,
                n.FootnoteDefinition(
                    begin=node.begin, end=node.end, affiliated=None, children=(paragraph,), label=node.label
                ),
            )
    return inline | found


def images_in(nodes: Iterable[n.Node]) -> bool:
    """Whether a picture stands in NODES."""
    return any(is_image(link) for link in find(nodes, n.Link))


def _inert(html: str) -> str:
    """HTML in which no card program finds a template, a cloze, a sound or LaTeX; a reader sees no difference."""
    if "{{" in html or "}}" in html:
        html = html.replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;")
    return _CARD_TAG.sub("&#91;", html) if "[" in html else html


def _legal(value: str) -> str:
    return _CONTROL.sub("", value)


def _attribute(value: str) -> str:
    return _inert(escape(_legal(value), quote=True))


def _checkbox(item: n.Item) -> str:
    sign = _CHECKBOXES.get(item.checkbox, "")
    return f'<span class="checkbox">{sign}</span> ' if sign else ""


def _planning(planning: n.Planning) -> str:
    stamps = (("CLOSED", planning.closed), ("DEADLINE", planning.deadline), ("SCHEDULED", planning.scheduled))
    shown = " ".join(f"{name}: {text(stamp.raw)}" for name, stamp in stamps if stamp)
    return f'<p class="time">{shown}</p>' if shown else ""


def _row_groups(table: n.Table) -> tuple[list[list[n.TableRow]], list[str]]:
    """The rows between the rules, without rows of column cookies; and each column's alignment class."""
    width = max((len(row.children) for row in table.children), default=0)
    align = [""] * width
    groups: list[list[n.TableRow]] = [[]]
    numbers, filled = [0] * width, [0] * width
    for row in table.children:
        if row.kind == "rule":
            if groups[-1]:
                groups.append([])
            continue
        cells = [plain_text(cell.children) for cell in row.children]
        cookies = [_COLUMN_COOKIE.match(cell) for cell in cells]
        if any(cells) and all(cookie or not cell for cookie, cell in zip(cookies, cells, strict=True)):
            for i, cookie in enumerate(cookies):
                if cookie and cookie[1]:
                    align[i] = {"l": "left", "r": "right", "c": "center"}[cookie[1]]
            continue
        groups[-1].append(row)
        for i, cell in enumerate(cells):
            filled[i] += bool(cell)
            numbers[i] += bool(_NUMBER.match(cell))
    if len(groups) > 1 and not groups[-1]:
        groups.pop()
    for i in range(width):
        # Org's own rule (org-table-number-fraction): half of the filled cells are numbers.
        if not align[i] and filled[i] and numbers[i] * 2 >= filled[i]:
            align[i] = "right"
    return groups, align
