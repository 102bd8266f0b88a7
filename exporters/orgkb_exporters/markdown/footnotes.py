"""The notes of one page: which definition belongs to a reference, and what it is called in Markdown."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from orgkb.org import nodes as n
from orgkb.org.slugs import Namespace
from orgkb.patterns import pattern

_LABEL = pattern(r"[\w-]{1,80}\Z")


class Footnotes:
    """Collects the notes of a document in the order in which they are referred to.

    Made from its definitions and references in text order.
    """

    def __init__(self, notes: Sequence[n.FootnoteDefinition | n.FootnoteReference]) -> None:
        self._definitions: dict[str, n.FootnoteDefinition] = {}
        self._inline: dict[str, tuple[n.Object, ...]] = {}
        self._referenced: set[str] = set()
        for node in notes:
            if isinstance(node, n.FootnoteDefinition):
                self._definitions.setdefault(node.label, node)
            elif node.label is not None:
                self._referenced.add(node.label)
                if node.children is not None:
                    self._inline.setdefault(node.label, node.children)
        self._orphans = self._unreached(notes)
        self._labels: dict[str, str] = {}
        # GitHub ignores the case of labels.  Labels of the notes keep their names, so numbers go around them.
        self._names = Namespace(tuple(sorted({*self._definitions, *self._inline})))
        self._taken = Namespace()
        self._count = 0
        self._pending: deque[tuple[str, tuple[n.Object, ...] | n.FootnoteDefinition]] = deque()

    def label(self, reference: n.FootnoteReference) -> str | None:
        """What REFERENCE is called on the page; None where the notes do not define it."""
        if reference.label is None:
            if reference.children is None:
                return None
            label = self._numbered()
            self._pending.append((label, reference.children))
            return label
        known = self._labels.get(reference.label)
        if known is not None:
            return known
        contents = self._inline.get(reference.label) or self._definitions.get(reference.label)
        if contents is None:
            return None
        label = self._taken.take(reference.label) if _LABEL.match(reference.label) else self._numbered()
        self._labels[reference.label] = label
        self._pending.append((label, contents))
        return label

    def postponed(self, definition: n.FootnoteDefinition) -> bool:
        """Whether DEFINITION is written at the end of the page, because something refers to it."""
        first = self._definitions.get(definition.label)
        return definition.label in self._referenced and first is not None and first.begin == definition.begin

    def next(self) -> tuple[str, tuple[n.Object, ...] | n.FootnoteDefinition] | None:
        """The next (label, contents) to write; writing it may bring further ones.  None at the end."""
        return self._pending.popleft() if self._pending else None

    def left_over(self) -> list[n.FootnoteDefinition]:
        """Definitions that only notes without reference refer to, and so none of the text."""
        return [self._definitions[label] for label in self._orphans]

    def _unreached(self, notes: Sequence[n.FootnoteDefinition | n.FootnoteReference]) -> list[str]:
        """Labels that are referred to, but only from notes that no reference in the text leads to."""
        reached: dict[str, None] = {}
        inside: dict[str, list[str]] = {}
        holder: n.FootnoteDefinition | None = None
        for node in notes:
            if isinstance(node, n.FootnoteDefinition):
                holder = node
            elif node.label is not None:
                if holder is not None and node.begin < holder.end:
                    inside.setdefault(holder.label, []).append(node.label)
                else:
                    reached[node.label] = None
        waiting = list(reached)
        while waiting:
            for label in inside.pop(waiting.pop(), ()):
                reached.setdefault(label)
                waiting.append(label)
        # A note without any reference stands in the text, and so do its own references.
        waiting = [label for label in self._definitions if label not in self._referenced]
        while waiting:
            for label in inside.pop(waiting.pop(), ()):
                reached.setdefault(label)
                waiting.append(label)
        return [label for label in self._definitions if label in self._referenced and label not in reached]

    def _numbered(self) -> str:
        self._count += 1
        label = self._names.take(str(self._count))
        while "-" in label:  # the notes use that number themselves
            self._count += 1
            label = self._names.take(str(self._count))
        return self._taken.take(label)
