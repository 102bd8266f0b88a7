"""Visit and search the syntax tree; the plain text of objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import is_
from typing import TYPE_CHECKING, TypeVar

import msgspec

from orgkb.org import nodes as n

if TYPE_CHECKING:
    from orgkb.org.document import Document

N = TypeVar("N", bound=n.Node)
E = TypeVar("E", bound=n.Element)


def parts(node: n.Node) -> Sequence[n.Node]:
    """The nodes directly inside NODE in text order: caption, secondary strings, children."""
    kind = type(node)
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = (*kind.SECONDARY, *(["children"] if "children" in kind.__struct_fields__ else ()))
    affiliated: n.Affiliated | None = getattr(node, "affiliated", None) if isinstance(node, n.Element) else None
    if affiliated is None and len(fields) <= 1:  # nearly all
        return (getattr(node, fields[0]) or ()) if fields else ()
    found: list[n.Node] = [*affiliated.short_caption, *affiliated.caption] if affiliated is not None else []
    for field in fields:
        found.extend(getattr(node, field) or ())
    return found


_FIELDS: dict[type[n.Node], tuple[str, ...]] = {}
"""The fields of each class of nodes that hold nodes, in text order."""
_LEAVES = frozenset({n.Text, n.Code, n.Verbatim, n.Entity, n.LineBreak, n.LatexFragment, n.Timestamp, n.Target})
"""The usual classes of nodes that hold none: most nodes of a tree."""
_OF_OBJECTS = frozenset({n.Paragraph, n.VerseBlock, n.TableRow})
"""The elements in which no others stand."""


def walk(nodes: Iterable[n.Node]) -> Iterator[n.Node]:
    """Every node of NODES and below, in text order, parents first."""
    stack = [*nodes]
    stack.reverse()
    while stack:
        node = stack.pop()
        yield node
        if type(node) not in _LEAVES and (below := parts(node)):
            stack += below[::-1]


def walk_marked(nodes: Iterable[n.Node]) -> Iterator[n.Node]:
    """The same without plain texts: most nodes of a tree."""
    stack = [*nodes]
    stack.reverse()
    while stack:
        node = stack.pop()
        yield node
        if type(node) in _LEAVES:
            continue
        below = parts(node)
        if len(below) == 1:
            if type(below[0]) is not n.Text:
                stack.append(below[0])
        else:
            stack += [part for part in below[::-1] if type(part) is not n.Text]


def walk_document(document: Document) -> Iterator[n.Node]:
    """Every node of DOCUMENT in text order, headlines included."""
    yield from walk(document.section)
    for headline in document.headlines:
        yield from walk((headline,))


def with_elements(
    document: Document, change: Callable[[tuple[n.AnyElement, ...]], tuple[n.AnyElement, ...]]
) -> Document:
    """DOCUMENT with what CHANGE makes of the elements of each section; headlines whose elements stay are shared."""
    headlines = tuple(
        headline
        if (children := change(headline.children)) is headline.children
        else msgspec.structs.replace(headline, children=children)
        for headline in document.headlines
    )
    return msgspec.structs.replace(document, section=change(document.section), headlines=headlines)


def unless_same(elements: tuple[E, ...], made: Sequence[E]) -> tuple[E, ...]:
    """ELEMENTS themselves where MADE, what was made of them, is the same."""
    return elements if len(made) == len(elements) and all(map(is_, made, elements)) else tuple(made)


def find(nodes: Iterable[n.Node], kind: type[N]) -> Iterator[N]:
    """The nodes of class KIND in NODES and below."""
    return (node for node in walk(nodes) if isinstance(node, kind))


def find_elements(nodes: Iterable[n.Node], kind: type[E]) -> Iterator[E]:
    """The elements of class KIND in NODES and below, in text order: the objects, most of a tree, are not looked at."""
    stack = [*nodes]
    stack.reverse()
    while stack:
        node = stack.pop()
        if isinstance(node, kind):
            yield node
        if type(node) not in _OF_OBJECTS and (children := getattr(node, "children", None)):
            stack += children[::-1]


def find_in(document: Document, kind: type[N]) -> Iterator[N]:
    """The nodes of class KIND in DOCUMENT, in text order."""
    return (node for node in walk_document(document) if isinstance(node, kind))


def plain_text(objects: Iterable[n.Object]) -> str:
    """The text a reader sees: markup removed, links by description, white space folded."""
    return " ".join("".join(map(_text, objects)).split())


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
