"""A tree as text that a person can read and compare."""

from __future__ import annotations

import json
from collections.abc import Iterable

from orgkb.org import nodes as n
from orgkb.org.document import Document

_HIDDEN = {"begin", "end", "affiliated", "children", "index", "parent", "raw", "raw_title"}


def shape(document: Document) -> str:
    """One line for each node of DOCUMENT, indented by depth: type, fields that say something, text."""
    lines: list[str] = []
    for element in document.section:
        lines += _lines(element, 0)
    for headline in document.headlines:
        lines += _lines(headline, 0)
    return "\n".join(lines) + "\n"


def object_shape(objects: Iterable[n.Object]) -> str:
    return "\n".join(line for obj in objects for line in _lines(obj, 0)) + "\n"


def _lines(node: n.Node, depth: int) -> list[str]:
    fields = [node.type]
    below: list[n.Node] = []
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if name in node.SECONDARY:
            below += value or ()
            if name == "tag" and value is not None:
                fields.append(f"tag[{len(value)}]")
        elif name not in _HIDDEN and value not in (None, "", (), False) and not isinstance(value, n.Node):
            fields.append(f"{name}={_value(value)}")
    affiliated = getattr(node, "affiliated", None)
    if affiliated is not None:
        fields += [f"{k.key}={k.value!r}" for k in affiliated.keywords]
    below += getattr(node, "children", None) or ()
    out = ["  " * depth + " ".join(fields)]
    for child in below:
        out += _lines(child, depth + 1)
    return out


def _value(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, n.Moment):
        return "-".join(str(part) for part in value.__struct_fields__ and _parts(value))
    return str(value).replace(" ", "")


def _parts(moment: n.Moment) -> list[int]:
    values = (moment.year, moment.month, moment.day, moment.hour, moment.minute)
    return [value for value in values if value is not None]
