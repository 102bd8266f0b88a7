"""What a piece of the tree is, wherever it stands: so that what was made of it holds after an edit elsewhere."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence
from typing import TypeVar, cast

import msgspec

from orgkb.org import nodes as n
from orgkb.patterns import pattern

T = TypeVar("T")

_PLACES = frozenset({"begin", "end", "offset"})
"""Fields that are offsets, of nodes and of what belongs to them."""
_NODE = pattern(rb'(\["[A-Z][A-Za-z]*",)(-?[0-9]+),(-?[0-9]+)')
"""The begin of a node as JSON: a quote within a text has a backslash before it, so that no text looks like one."""


def shape(tree: Sequence[n.Node], base: int, text: str = "") -> bytes:
    """A hash of TREE and of TEXT, with offsets counted from BASE.

    Two trees with one hash differ in nothing but where they stand.  What stands below affiliated keywords, which have
    offsets of their own, has another hash wherever it stands.
    """
    parts = _NODE.split(msgspec.json.encode(tree))
    offsets = array("q", [int(offset) - base for at in (2, 3) for offset in parts[at::4]])
    del parts[3::4], parts[2::3]  # the ends, then the begins
    digest = hashlib.blake2b(b"".join(parts), digest_size=32)
    digest.update(offsets.tobytes())
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def moved(tree: T, by: int) -> T:
    """TREE, nodes in tuples or alone, with all offsets moved BY that much."""
    return cast("T", _moved(tree, by)) if by else tree


def _moved(value: object, by: int) -> object:
    if isinstance(value, tuple):
        return tuple([_moved(inner, by) for inner in value]) if value else value
    if not isinstance(value, msgspec.Struct):
        return value
    kind = type(value)
    fields = [
        getattr(value, name) + by if name in _PLACES else _moved(getattr(value, name), by)
        for name in kind.__struct_fields__
    ]
    return kind(*fields)
