"""One file that `#+INCLUDE` brings in: which of its lines are meant, and how they change in their new place."""

from __future__ import annotations

import posixpath
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.targets import DocumentTargets, LinkTarget
from orgkb.org.walk import walk_document
from orgkb.patterns import pattern

N = TypeVar("N", bound=n.Node)

HEADLINE = pattern(r"\*+(?= )")
_ESCAPED_IN_CODE = pattern(r"([ \t]*)(,*(?:\*|#\+))")
_FILE_NAME = pattern(r"file:([^\s:]+)")
_BLANK = " \t\r\f\v"


class NoSuchPlace(LookupError):  # noqa: N818 - reads as what happened, as `FileNoSuchPlaceError` does
    """The part of a file that an include names is not in it."""


class Line(NamedTuple):
    """One line and where it comes from."""

    text: str
    path: str
    number: int
    """1-based line of the file."""


class _Edit(NamedTuple):
    begin: int
    end: int
    text: str


class Source:
    """A file as text, parsed once when a place in it, a link or a footnote asks for that."""

    def __init__(self, path: str, text: str, number: int) -> None:
        """TEXT of the file at PATH (from the input root); NUMBER tells its footnotes from those of other files."""
        self.path = path
        self.text = text
        self.number = number
        self.lines = text.split("\n")
        if self.lines[-1] == "":
            self.lines.pop()

    @cached_property
    def document(self) -> Document:
        """The file's tree."""
        from orgkb.org.reader import parse  # noqa: PLC0415 - the reader expands includes before it parses

        return parse(self.text, self.path)

    @cached_property
    def _targets(self) -> DocumentTargets:
        return DocumentTargets(self.document)

    @cached_property
    def _paragraphs(self) -> list[n.Paragraph]:
        return [node for node in walk_document(self.document) if isinstance(node, n.Paragraph)]

    # --- which lines ---

    def lines_at(self, search: str, *, only_contents: bool) -> tuple[int, int]:
        """The 0-based line range of the place SEARCH (`*heading`, `#custom-id`, a name or target).

        A heading's range is its subtree, a name's its element, a target's its paragraph.  With
        ONLY_CONTENTS headings lose their line, planning and properties, elements their keywords.
        Raises NoSuchPlace.
        """
        place = self._find(" ".join(search.split()))
        if place.node is not None:
            begin, end = self._element(place.node, only_contents=only_contents)
        elif place.headline is not None:
            begin, end = self._subtree(place.headline, only_contents=only_contents)
        else:
            return 0, len(self.lines)
        return self._line(begin), self._line(max(begin, end - 1)) + 1 if end > begin else self._line(begin)

    def _find(self, search: str) -> LinkTarget:
        targets = self._targets
        if search.startswith("#"):
            found = targets.custom_id(search[1:])
        elif search.startswith("*"):
            found = targets.heading(search[1:])
        else:
            found = targets.fuzzy(search)
        if not found:
            raise NoSuchPlace(search)
        return found[0]

    def _subtree(self, headline: n.Headline, *, only_contents: bool) -> tuple[int, int]:
        if not only_contents:
            return headline.begin, headline.end
        for child in headline.children:
            if not isinstance(child, n.Planning | n.PropertyDrawer):
                return child.begin, headline.end
        below = headline.index + 1
        headlines = self.document.headlines
        if below < len(headlines) and headlines[below].parent == headline.index:
            return headlines[below].begin, headline.end
        return headline.end, headline.end

    def _element(self, node: n.Node, *, only_contents: bool) -> tuple[int, int]:
        if isinstance(node, n.Element):
            node = next((e for e in walk_document(self.document) if (e.type, e.begin) == (node.type, node.begin)), node)
            children: tuple[n.Node, ...] = getattr(node, "children", ())
            if only_contents and children:
                return children[0].begin, children[-1].end
            return node.begin, node.end
        index = bisect_right(self._paragraphs, node.begin, key=lambda paragraph: paragraph.begin) - 1
        if index >= 0 and node.begin < self._paragraphs[index].end:
            return self._paragraphs[index].begin, self._paragraphs[index].end
        return node.begin, node.end

    def _line(self, offset: int) -> int:
        return min(self.document.line_of(offset), len(self.lines)) - 1

    def trimmed(self, begin: int, end: int) -> tuple[int, int]:
        """The line range without blank lines at its ends."""
        while begin < end and not self.lines[begin].strip(_BLANK):
            begin += 1
        while end > begin and not self.lines[end - 1].strip(_BLANK):
            end -= 1
        return begin, end

    # --- the lines in their new place ---

    def as_code(self, begin: int, end: int) -> list[Line]:
        """The lines as the contents of a literal block, with the commas that Org wants there."""
        return [
            Line(_ESCAPED_IN_CODE.sub(r"\1,\2", line, count=1) if _ESCAPED_IN_CODE.match(line) else line, self.path, i)
            for i, line in enumerate(self.lines[begin:end], begin + 1)
        ]

    def as_org(self, begin: int, end: int, folder: str) -> list[Line]:
        """The lines with their relative links right from FOLDER and their footnote labels made this file's own."""
        texts = self.lines[begin:end]
        for number, edits in self._edits_by_line(begin, end, folder).items():
            line = self.lines[number]
            start = self.document.line_starts[number]
            for edit in reversed(edits):
                line = line[: edit.begin - start] + edit.text + line[edit.end - start :]
            texts[number - begin] = line
        return [Line(line, self.path, number) for number, line in enumerate(texts, begin + 1)]

    def missing_footnotes(self, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
        """(label, line range) of each footnote that the lines refer to and that is defined outside them."""
        if "[fn:" not in self.text:
            return
        seen: set[str] = set()
        for reference in self._between(self._references, begin, end):
            if reference.label and reference.label not in seen and reference.children is None:
                seen.add(reference.label)
                definition = self._definitions.get(reference.label)
                if definition is not None:
                    first, last = self._line(definition.begin), self._line(definition.end - 1)
                    if not begin <= first < end:
                        yield reference.label, first, last + 1

    def defined_footnotes(self, begin: int, end: int) -> list[str]:
        """The labels of the footnotes that the lines define."""
        if "[fn:" not in self.text:
            return []
        return [definition.label for definition in self._between(self._definition_list, begin, end)]

    def _edits_by_line(self, begin: int, end: int, folder: str) -> dict[int, list[_Edit]]:
        edits: dict[int, list[_Edit]] = {}
        for edit in self._edits(begin, end, folder):
            edits.setdefault(self._line(edit.begin), []).append(edit)
        return {number: sorted(found) for number, found in edits.items()}

    def _edits(self, begin: int, end: int, folder: str) -> Iterator[_Edit]:
        own_folder = posixpath.dirname(self.path)
        if own_folder != folder and ("[[" in self.text or "file:" in self.text):
            for link in self._between(self._links, begin, end):
                start = link.begin + {"regular": 2, "angle": 1}.get(link.form, 0)
                if link.kind == "file" and (edit := self._moved(start, link.raw, link.path, own_folder, folder)):
                    yield edit
                # A description that is a file's name shows that file where it is a picture.
                if len(link.children) == 1 and isinstance(described := link.children[0], n.Text):
                    match = _FILE_NAME.fullmatch(described.value)
                    moved = match and self._moved(described.begin, match.group(), match.group(1), own_folder, folder)
                    if moved:
                        yield moved
        if "[fn:" in self.text:
            for reference in self._between(self._references, begin, end):
                yield from self._relabelled(reference.begin, reference.label)
            for definition in self._between(self._definition_list, begin, end):
                yield from self._relabelled(definition.own_begin, definition.label)

    def _relabelled(self, begin: int, label: str | None) -> Iterator[_Edit]:
        if label and self.text.startswith(f"[fn:{label}", begin):
            yield _Edit(begin + 4, begin + 4, f"-{self.number}-")

    def _moved(self, start: int, written: str, path: str, own_folder: str, folder: str) -> _Edit | None:
        """The edit that makes a file link, WRITTEN at START with PATH, right from FOLDER; None where it needs none."""
        if not path or path.startswith(("/", "~")) or "\n" in written or not self.text.startswith(written, start):
            return None
        tail = written.removeprefix("file:")
        if not tail.startswith(path):
            return None
        moved = posixpath.relpath(posixpath.join(own_folder, path), folder or ".")
        return _Edit(start, start + len(written), f"file:{moved}{tail[len(path) :]}")

    @cached_property
    def _links(self) -> list[n.Link]:
        return sorted((link for _, link in self._targets.found.links), key=lambda link: link.begin)

    @cached_property
    def _references(self) -> list[n.FootnoteReference]:
        found = (node for node in walk_document(self.document) if isinstance(node, n.FootnoteReference))
        return sorted(found, key=lambda reference: reference.begin)

    @cached_property
    def _definitions(self) -> dict[str, n.FootnoteDefinition]:
        """The first definition of each label, in the order of the text."""
        found: dict[str, n.FootnoteDefinition] = {}
        for node in walk_document(self.document):
            if isinstance(node, n.FootnoteDefinition):
                found.setdefault(node.label, node)
        return found

    @cached_property
    def _definition_list(self) -> list[n.FootnoteDefinition]:
        return list(self._definitions.values())

    def _between(self, nodes: list[N], begin: int, end: int) -> list[N]:
        """Those of NODES, which are in the order of the text, that begin in the line range."""
        starts = self.document.line_starts
        first = starts[begin] if begin < len(starts) else len(self.text)
        last = starts[end] if end < len(starts) else len(self.text) + 1
        low = bisect_left(nodes, first, key=lambda node: node.begin)
        return nodes[low : bisect_left(nodes, last, key=lambda node: node.begin)]
