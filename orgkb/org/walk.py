"""Visit and search the syntax tree; the plain text of objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from orgkb.org import nodes as n

if TYPE_CHECKING:
    from orgkb.org.document import Document

N = TypeVar("N", bound=n.Node)


def parts(node: n.Node) -> Iterator[n.Node]:
    """The nodes directly inside NODE in text order: caption, secondary strings, children."""
    affiliated = getattr(node, "affiliated", None)
    if affiliated is not None:
        yield from affiliated.short_caption
        yield from affiliated.caption
    for field in node.SECONDARY:
        yield from getattr(node, field) or ()
    yield from getattr(node, "children", None) or ()


def walk(nodes: Iterable[n.Node]) -> Iterator[n.Node]:
    """Every node of NODES and below, in text order, parents first."""
    stack = [iter(nodes)]
    while stack:
        for node in stack[-1]:
            yield node
            stack.append(parts(node))
            break
        else:
            stack.pop()


def walk_document(document: Document) -> Iterator[n.Node]:
    """Every node of DOCUMENT in text order, headlines included."""
    yield from walk(document.section)
    for headline in document.headlines:
        yield from walk((headline,))


def find(nodes: Iterable[n.Node], kind: type[N]) -> Iterator[N]:
    """The nodes of class KIND in NODES and below."""
    return (node for node in walk(nodes) if isinstance(node, kind))


def find_in(document: Document, kind: type[N]) -> Iterator[N]:
    """The nodes of class KIND in DOCUMENT, in text order."""
    return (node for node in walk_document(document) if isinstance(node, kind))


def plain_text(objects: Iterable[n.Object]) -> str:
    """The text a reader sees: markup removed, links by description, white space folded."""
    return " ".join("".join(_text(obj) for obj in objects).split())


def _text(obj: n.Node) -> str:
    match obj:
        case n.Text() | n.Code() | n.Verbatim() | n.LatexFragment() | n.InlineSrcBlock() | n.StatisticsCookie():
            return obj.value
        case n.Entity():
            return obj.text
        case n.LineBreak():
            return "\n"
        case n.Link():
            return "".join(map(_text, obj.children)) if obj.children else obj.raw
        case n.Timestamp():
            return obj.raw
        case n.Macro() | n.InlineBabelCall():
            return obj.value
        case n.Citation():
            return "; ".join(f"@{reference.key}" for reference in obj.children)
        case n.Target() | n.FootnoteReference() | n.ExportSnippet():
            return ""
        case _:
            return "".join(map(_text, getattr(obj, "children", None) or ()))
