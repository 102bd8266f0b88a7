"""Rows of a table: what the first cell names has what the other cells name, as the head of their column says."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import folding
from orgkb.concepts.blocks import BlockKind
from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import is_enumeration
from orgkb.concepts.relations.model import Context, stated
from orgkb.concepts.relations.phrases import MAX_WORDS
from orgkb.concepts.relations.verbs import is_verb
from orgkb.org import nodes as n
from orgkb.org.walk import find as find_nodes

_MIN_ROWS = 2
_MIN_END = 0.35
_MAX_HEAD = 3


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From the concept of each first cell to those of the cells under a head that says what they are."""
    document = context.reading.document
    for headline in dict.fromkeys(block.headline for block in context.reading.of_kind(BlockKind.CELL)):
        elements = document.headlines[headline].children if headline >= 0 else document.section
        for table in find_nodes(elements, n.Table):
            yield from _of_table(context, table, confidence)


def _of_table(context: Context, table: n.Table, confidence: float) -> Iterator[Relation]:
    rows = [row for row in table.children if row.kind == "standard"]
    # Only a head that a rule sets apart says what stands below it.
    if len(rows) <= _MIN_ROWS or len(table.children) < _MIN_ROWS or table.children[1].kind != "rule":
        return
    heads = [_label(_text(context, cell)) for cell in rows[0].children]
    for row in rows[1:]:
        subjects = _named(context, row.children[0]) if row.children else []
        if len(subjects) != 1 or not _is_sure(context, subjects[0]):
            continue
        source = subjects[0].mention.concept
        for label, cell in list(zip(heads, row.children, strict=False))[1:]:
            for target in _named(context, cell) if label else ():
                if target.mention.concept != source and _is_sure(context, target):
                    yield stated(source, target, label, RelationKind.LIST, confidence)


def _is_sure(context: Context, hit: Hit) -> bool:
    return context.confidence.get(hit.mention.concept, 0.0) >= _MIN_END


def _text(context: Context, cell: n.TableCell) -> str:
    index = _block(context, cell)
    return context.reading.blocks[index].prose.strip() if index >= 0 else ""


def _block(context: Context, cell: n.TableCell) -> int:
    index = context.block_at(cell.children[0].begin) if cell.children else -1
    return index if index >= 0 and context.reading.blocks[index].kind is BlockKind.CELL else -1


def _named(context: Context, cell: n.TableCell) -> list[Hit]:
    """The concepts that a cell names, where it holds nothing else."""
    index = _block(context, cell)
    hits = context.hits_by_block.get(index, [])
    text = context.reading.blocks[index].prose if hits else ""
    begin = 0
    for hit in hits:
        between = text[begin : hit.start]
        if between.strip() and not (begin and (between.strip() == "/" or is_enumeration(between))):
            return []
        begin = hit.end
    return [] if text[begin:].strip(" .") else hits


def _label(head: str) -> str:
    """The linking phrase that the head of a column gives: `used for` as it stands, `Tools` as `has tool`; else empty."""
    words = head.lower().split()
    if not 0 < len(words) <= _MAX_HEAD or not all(word.isalpha() for word in words):
        return ""
    if words[-1] in PREPOSITIONS or is_verb(words[0]):
        return " ".join(words) if is_verb(words[0]) or len(words) > 1 else ""
    # `Approach` over a column may be anything, `Tools` are things.
    if len(words[-1]) < _MIN_PLURAL or not words[-1].endswith("s") or words[-1].endswith("ss"):
        return ""
    if not head.isascii() or any(word in FUNCTION_WORDS for word in words) or words[-1] in _VAGUE:
        return ""
    return " ".join(["has", *words[:-1], folding.singular(words[-1])][:MAX_WORDS])


_MIN_PLURAL = 4
_VAGUE = word_set("columns comments descriptions details examples meanings names notes numbers remarks results values")
