"""A plain notation of prepared documents, one line an element; `tests/org/plain.el` writes the same from Emacs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare
from orgkb.org.walk import walk_document

N = TypeVar("N", bound=n.Node)

_MARKS: dict[type[n.Node], str] = {
    n.Bold: "B",
    n.Italic: "I",
    n.Underline: "U",
    n.StrikeThrough: "S",
    n.Subscript: "_",
    n.Superscript: "^",
}


def exported(text: str, path: str = "notes.org") -> Document:
    return prepare(parse(text, path))


def lines_of(text: str) -> list[str]:
    """What of the Org TEXT is exported."""
    return document_lines(exported(text))


def inline_of(text: str) -> str:
    """The only paragraph of TEXT as exported."""
    (line,) = lines_of(text)
    return line


def codes_of(document: Document) -> list[str]:
    return [diagnostic.code for diagnostic in document.diagnostics]


def document_lines(document: Document) -> list[str]:
    lines = element_lines(document.section)
    for headline in document.headlines:
        words = ["*" * headline.level]
        if headline.todo:
            words.append(headline.todo)
        if headline.priority:
            words.append(f"[#{headline.priority}]")
        words.append(inline(headline.title))
        if headline.tags:
            words.append(f":{':'.join(headline.tags)}:")
        lines.append(" ".join(word for word in words if word))
        lines += element_lines(headline.children)
    return lines


def element_lines(elements: Iterable[n.Element]) -> list[str]:
    lines: list[str] = []
    for element in elements:
        lines += _element(element)
    return lines


def _element(element: n.Element) -> list[str]:
    match element:
        case n.Keyword():
            return []
        case n.Paragraph() | n.VerseBlock():
            return [text] if (text := inline(element.children)) else []
        case n.Item():
            inside = element_lines(element.children) or [""]
            tag = f"{inline(element.tag)} :: " if element.tag else ""
            return [f"- {tag}{inside[0]}".rstrip(), *inside[1:]]
        case n.Table():
            rows = (row.children for row in element.children if row.kind == "standard")
            return ["| " + " | ".join(inline(cell.children) for cell in row) + " |" for row in rows]
        case n.SrcBlock():
            return [f"src {element.language}: {_folded(element.value)}"]
        case n.FixedWidth():
            return [f"fixed: {_folded(element.value)}"]
        case n.LatexEnvironment():
            return [f"latex: {_folded(element.value)}"]
        case n.NodeProperty():
            return [f"property {element.key}: {element.value}"]
        case n.Planning():
            return ["planning"]
        case n.Clock():
            return ["clock"]
        case n.FootnoteDefinition():
            return [f"fn {element.label}: {' '.join(element_lines(element.children))}"]
        case n.Inlinetask():
            return [f"task {inline(element.title)}", *element_lines(element.children)]
        case _:
            children = getattr(element, "children", None)
            return element_lines(children) if children is not None else [element.type]


def inline(objects: Iterable[n.Object]) -> str:
    return _folded("".join(map(_object, objects)))


def _object(obj: n.Object) -> str:
    children = getattr(obj, "children", None)
    match obj:
        case n.Text() | n.StatisticsCookie():
            return obj.value
        case n.Markup() | n.Script():
            return f"{_MARKS[type(obj)]}{{{''.join(map(_object, obj.children))}}}"
        case n.Code() | n.Verbatim():
            return f"={obj.value}="
        case n.Entity():
            return f"E{{{obj.name}}}"
        case n.LatexFragment():
            return f"L{{{obj.value}}}"
        case n.Timestamp():
            return obj.raw
        case n.Link():
            return f"<{obj.raw}|{''.join(map(_object, obj.children))}>"
        case n.FootnoteReference():
            return f"[fn:{obj.label or ''}{':' + ''.join(map(_object, children)) if children else ''}]"
        case n.LineBreak():
            return "\\\\"
        case n.InlineSrcBlock():
            return f"src_{obj.language}{{{obj.value}}}"
        case _:
            return f"<{obj.type}>"


def _folded(text: str) -> str:
    return " ".join(text.split())


def nodes_of(document: Document, kind: type[N]) -> list[N]:
    """The nodes of class KIND in DOCUMENT."""
    return [node for node in walk_document(document) if isinstance(node, kind)]
