"""The ends of answers and items: what separates them from what stands around them in the notes is no part of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from orgkb.org import nodes as n
from orgkb.org.walk import plain_text


def strip_ends(objects: Sequence[n.Object]) -> tuple[n.Object, ...]:
    """OBJECTS without white space and dashes at their ends."""
    if objects and _is_trimmed(objects[0], 0) and _is_trimmed(objects[-1], -1):
        return tuple(objects)  # as most are
    kept = list(objects)
    while kept and isinstance(kept[0], n.Text):
        value = kept[0].value.lstrip(" \t\n-–—:")
        # A dash before a letter is an option: `-d - detached`.
        if kept[0].value.lstrip()[:1] in "-–—" and not re.match(r"\s*[-–—:]+(?:\s|$)", kept[0].value):
            value = kept[0].value.lstrip()
        if value:
            if value != kept[0].value:
                kept[0] = msgspec.structs.replace(kept[0], value=value)
            break
        kept.pop(0)
    while kept and isinstance(kept[-1], n.Text | n.LineBreak):
        whole = kept[-1].value if isinstance(kept[-1], n.Text) else ""
        value = whole.rstrip()
        bare = value.rstrip("-–—")
        # A dash after a letter belongs to it: `A-`.
        value = bare.rstrip() if bare != bare.rstrip() or not bare else value
        if value:
            if value != whole:
                kept[-1] = msgspec.structs.replace(kept[-1], value=value)
            break
        kept.pop()
    return tuple(kept)


def as_answer(objects: Sequence[n.Object]) -> tuple[n.Object, ...]:
    """OBJECTS as an answer shows them.

    White space, dashes and what only separates from the next line go from the ends; emphasis of the whole says nothing, so it
    goes as well; an address that stands first comes last, as it is not the answer.
    """
    kept = strip_ends(objects)
    if kept and isinstance(kept[0], n.Bold | n.Italic | n.Underline) and not plain_text(kept[1:]).strip(" .;,\n"):
        kept = strip_ends(kept[0].children)
    if kept and isinstance(kept[-1], n.Text) and kept[-1].value.rstrip().endswith(";"):
        value = kept[-1].value.rstrip(" \t\n;")
        kept = (*kept[:-1], *([msgspec.structs.replace(kept[-1], value=value)] if value else []))
    if len(kept) > 1 and isinstance(kept[0], n.Link) and not kept[0].children and plain_text(kept[1:]).strip():
        link, *rest = kept
        kept = (*strip_ends(rest), n.Text(begin=link.begin, end=link.begin, value=" "), link)
    return kept


def _is_trimmed(obj: n.Object, end: int) -> bool:
    """Whether nothing has to be taken from that END of OBJ, 0 or -1."""
    if not isinstance(obj, n.Text):
        return not (isinstance(obj, n.LineBreak) and end)
    char = obj.value[end : end + 1 or None]
    return bool(char) and char not in "-–—:" and not char.isspace()


def strip_points(objects: Sequence[n.Object]) -> tuple[n.Object, ...]:
    """OBJECTS without a point, comma or semicolon at their end."""
    kept = list(strip_ends(objects))
    if kept and isinstance(kept[-1], n.Text):
        value = kept[-1].value.rstrip(" \t\n.,;-–—:")
        kept[-1:] = [msgspec.structs.replace(kept[-1], value=value)] if value else []
    return tuple(kept)
