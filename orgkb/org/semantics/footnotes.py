"""Footnote definitions that belong to parts which are not exported."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from orgkb.org.document import Document
from orgkb.org.nodes import FootnoteDefinition
from orgkb.org.walk import walk_document
from orgkb.patterns import pattern

_REFERENCE = pattern(r"\[fn:([\w-]+)([\]:])")


class Footnotes(msgspec.Struct, frozen=True):
    """How the footnotes of a document stand to the parts that are left out."""

    orphans: frozenset[str] = frozenset()
    """Labels of definitions that only left-out parts refer to: they go with them."""
    dangling: tuple[tuple[str, int], ...] = ()
    """(label, place) of the first reference to a definition that stands in a left-out part."""


def footnotes_of(document: Document, left_out: list[tuple[int, int]]) -> Footnotes:
    """The footnotes of DOCUMENT, whose ranges LEFT OUT are sorted and disjoint.

    A definition that nothing refers to at all is no orphan: nothing of the notes is lost.
    """
    text = document.text
    if not left_out or "[fn:" not in text:
        return Footnotes()
    hidden_starts = [begin for begin, _ in left_out]

    def is_hidden(place: int) -> bool:
        before = bisect_right(hidden_starts, place) - 1
        return before >= 0 and place < left_out[before][1]

    definitions = sorted(
        (node.begin, node.end, node.label) for node in walk_document(document) if isinstance(node, FootnoteDefinition)
    )
    starts = [begin for begin, _, _ in definitions]
    defined = {label for begin, _, label in definitions if not is_hidden(begin)}
    from_hidden: set[str] = set()
    from_shown: dict[str, int] = {}
    inner: dict[str, set[str]] = {}  # what the shown definitions refer to
    for match in _REFERENCE.finditer(text):
        place, label = match.start(), match[1]
        owner = bisect_right(starts, place) - 1
        if owner >= 0 and place == starts[owner]:
            continue
        if is_hidden(place):
            from_hidden.add(label)
            continue
        if match[2] == ":":
            defined.add(label)
        if owner >= 0 and place < definitions[owner][1]:
            inner.setdefault(definitions[owner][2], set()).add(label)
        else:
            from_shown.setdefault(label, place)
    referred = from_hidden.union(from_shown, *inner.values())
    unreferred = {label for _, _, label in definitions} - referred
    orphans = _reached(from_hidden, inner) - _reached(unreferred.union(from_shown), inner)
    hidden_labels = {label for begin, _, label in definitions if is_hidden(begin)} - defined
    dangling = tuple((label, place) for label, place in from_shown.items() if label in hidden_labels)
    return Footnotes(frozenset(orphans), dangling)


def _reached(seeds: set[str], inner: dict[str, set[str]]) -> set[str]:
    """SEEDS and all labels that their definitions refer to."""
    found: set[str] = set()
    waiting = list(seeds)
    while waiting:
        label = waiting.pop()
        if label not in found:
            found.add(label)
            waiting.extend(inner.get(label, ()))
    return found
