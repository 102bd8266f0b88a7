"""`orgkb parse --json`: the tree as flat records in org-element's names (docs/formats.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orgkb.org import nodes as n
from orgkb.org.abbreviations import expand_abbreviation
from orgkb.org.document import Document
from orgkb.org.walk import parts

Record = dict[str, Any]


def records_json(document: Document) -> dict[str, list[Record]]:
    """`{"records": [...]}` of DOCUMENT: every element and object with its offsets, parents first."""
    return {"records": list(_records(document))}


def _records(document: Document) -> Iterator[Record]:
    for element in document.section:
        yield from _node(document, element)
    for headline in document.headlines:
        yield from _node(document, headline)


def _node(document: Document, top: n.Node) -> Iterator[Record]:
    stack = [top]
    while stack:
        node = stack.pop()
        if not isinstance(node, (n.Text, n.CitationReference)):
            yield _record(node, document)
        if isinstance(node, (n.GreaterElement, n.FootnoteDefinition)):
            yield from _empty_paragraph(document, node)
        below = list(_compared_parts(node))
        stack.extend(reversed(below))


def _compared_parts(node: n.Node) -> Iterator[n.Node]:
    """The parts of NODE that org-element lists: short captions are none."""
    affiliated = getattr(node, "affiliated", None)
    if affiliated is None or not affiliated.short_caption:
        yield from parts(node)
        return
    skip = len(affiliated.short_caption)
    for i, part in enumerate(parts(node)):
        if i >= skip:
            yield part


def _empty_paragraph(document: Document, node: n.GreaterElement) -> Iterator[Record]:
    """Org reads an empty paragraph where the contents of a block or drawer begin with a blank line."""
    if isinstance(node, n.FootnoteDefinition):
        return
    text = document.text
    begin = text.find("\n", node.own_begin, node.end) + 1
    line_end = text.find("\n", begin, node.end)
    if begin and line_end >= 0 and not text[begin:line_end].strip(" \t"):
        yield {"type": "paragraph", "begin": begin, "end": begin}


def _record(node: n.Node, document: Document) -> Record:
    record: Record = {"type": node.type, "begin": node.begin, "end": node.end}
    match node:
        case n.Headline():
            record |= {
                "level": node.level,
                "todo": node.todo or "",
                "priority": node.priority or "",
                "tags": list(node.tags),
                "title": node.raw_title,
            }
        case n.Item():
            record |= {
                "bullet": node.bullet,
                "checkbox": node.checkbox if node.checkbox != "[x]" else "",
                "counter": node.counter,
                "tag": document.text[node.tag[0].begin : node.tag[-1].end] if node.tag else None,
            }
        case n.PlainList():
            record["kind"] = node.kind
        case n.SrcBlock():
            record |= {"language": node.language, "value": node.value}
        case n.Link():
            record["raw"] = expand_abbreviation(document, node).raw
        case _:
            pass
    return record
