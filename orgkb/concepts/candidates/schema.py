"""Lists of relations with their columns: `loan (lno, bname, amt)` below `branch (bname, city)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.patterns import pattern

_RELATION = pattern(r"\s*+\w++\s?\((?P<columns>\w+(?:\s?,\s?\w+)+)\)[.;]?\s*")


def is_schema(blocks: Sequence[Block]) -> bool:
    """Whether two items or more of the list BLOCKS give the columns of a table, and two tables have one in common.

    A column that is in two tables is how they are joined; examples in parentheses are seldom given twice.
    """
    if not any("(" in block.prose for block in blocks):
        return False
    found = [columns for block in blocks if block.kind is BlockKind.ITEM and (columns := _columns(block.prose))]
    counts = Counter(column for columns in found for column in columns)
    return len(found) * 2 > len(blocks) and any(count > 1 for count in counts.values())


def _columns(text: str) -> set[str]:
    match = _RELATION.fullmatch(text) if "(" in text else None
    return set(re.findall(r"\w+", match["columns"])) if match and match["columns"].islower() else set()


def schema_blocks(reading: Reading) -> frozenset[int]:
    """The identities of the items of such lists, whose names are those of an example."""
    found: set[int] = set()
    for indexes in reading.lists:
        blocks = [reading.blocks[index] for index in indexes]
        if is_schema(blocks):
            found.update(map(id, blocks))
    return frozenset(found)
