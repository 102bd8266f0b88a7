"""What links can lead to in one document: its headings, targets and names, in tables made of what one walk finds."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import plain_text, walk_marked
from orgkb.patterns import pattern

_COOKIE = pattern(r"\[\d*(?:%|/\d*)\]")
_QUOTED_OR_WORD = pattern(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_LABEL_SWITCH = pattern(r'-l[ \t]+"([^"\n]{1,80})"')
_DEFAULT_LABEL = "(ref:%s)"
_LABEL_NAME = r"([-\w][-\w ]{0,99})"


class LinkTarget(msgspec.Struct, frozen=True):
    """What a link resolves to inside the notes."""

    document: Document
    headline: n.Headline | None
    """The headline linked to, or the one that holds the linked target; None before the first headline."""
    node: n.Node | None
    """The target, radio target or named element, where the link leads to one; None for a headline or a file."""


class NamedElement(n.Element, frozen=True):
    """A named element as links see it: where it stands and how it is called, without what it holds."""

    kind: str

    @property
    def type(self) -> str:  # type: ignore[override] # one class for the elements of all types
        """org-element's name of the type of the element."""
        return self.kind


Linkable = n.Target | n.RadioTarget | NamedElement


class FileTargets(msgspec.Struct, frozen=True):
    """What links can lead to in one document besides headings, and its links: a plain value, so that it can be kept."""

    places: tuple[tuple[str, str, int, Linkable], ...]
    """(table, name, index of the headline above or -1, node) in the order of the text."""
    links: tuple[tuple[int, n.Link], ...]
    """(index of the headline above or -1, link) in the order of the text."""


def targets_of(document: Document) -> FileTargets:
    """The targets and links of DOCUMENT, by one walk over it."""
    places: list[tuple[str, str, int, Linkable]] = []
    links: list[tuple[int, n.Link]] = []
    above: list[tuple[int, tuple[n.Node, ...]]] = [(-1, document.section)]
    above += [(headline.index, (headline,)) for headline in document.headlines]
    for index, nodes in above:
        for node in walk_marked(nodes):
            if isinstance(node, n.Link):
                links.append((index, node))
            elif type(node) in _NAMELESS and getattr(node, "affiliated", None) is None:
                pass  # most nodes
            else:
                places.extend((table, name, index, _light(node)) for table, name in _names(node))
    return FileTargets(tuple(places), tuple(links))


_NAMELESS = frozenset({n.Paragraph, n.PlainList, n.Item, n.TableRow, n.TableCell, n.Headline})
"""The usual nodes to which no link leads, unless a `#+NAME:` stands above them."""


def _names(node: n.Node) -> Iterator[tuple[str, str]]:
    """(table, name) under which NODE can be found."""
    if isinstance(node, n.Target):
        yield "targets", node.value
    elif isinstance(node, n.RadioTarget):
        yield "radios", node.value
    elif isinstance(node, n.Element):
        if node.affiliated is not None and (name := node.affiliated.name):
            yield "names", name
        if isinstance(node, n.SrcBlock | n.ExampleBlock):
            for label in coderef_labels(node):
                yield "coderefs", label


def _light(node: n.Node) -> Linkable:
    if isinstance(node, n.Target | n.RadioTarget):
        return node
    affiliated = node.affiliated if isinstance(node, n.Element) else None
    return NamedElement(node.begin, node.end, affiliated=affiliated, kind=node.type)


class Table:
    """Places by name; white space and Unicode composition do not count, and case only to choose among several."""

    __slots__ = ("_exact", "_folded", "_heading")

    def __init__(self, *, heading: bool = False) -> None:
        """With HEADING the names are headings, in which statistics cookies do not count."""
        self._heading = heading
        self._exact: dict[str, list[LinkTarget]] = {}
        self._folded: dict[str, list[LinkTarget]] = {}

    def add(self, name: str, target: LinkTarget) -> bool:
        """Enter TARGET under NAME; False where there is no name."""
        exact, folded = self._keys(name)
        if not exact:
            return False
        for found in (self._exact.setdefault(exact, []), self._folded.setdefault(folded, [])):
            if not found or found[-1] is not target:  # one place may have two spellings of its name
                found.append(target)
        return True

    def update(self, other: Table) -> None:
        """Enter all of OTHER, after what is there."""
        for mine, theirs in ((self._exact, other._exact), (self._folded, other._folded)):
            for name, found in theirs.items():
                mine.setdefault(name, []).extend(found)

    def find(self, name: str) -> Sequence[LinkTarget]:
        """The places called NAME in the order they were entered: with just this case if there are any."""
        exact, folded = self._keys(name)
        return self._exact.get(exact) or self._folded.get(folded) or ()

    def __iter__(self) -> Iterator[Sequence[LinkTarget]]:
        """The places of each name, whatever its case."""
        return iter(self._folded.values())

    def _keys(self, name: str) -> tuple[str, str]:
        if self._heading and "[" in name:
            name = _COOKIE.sub(" ", name)
        exact = unicodedata.normalize("NFC", " ".join(name.split()))
        return exact, unicodedata.normalize("NFC", exact.casefold())


class DocumentTargets:
    """The link targets of one document."""

    __slots__ = (
        "_own_segments",
        "_slugs",
        "_with_todo",
        "coderefs",
        "custom_ids",
        "document",
        "found",
        "headings",
        "names",
        "nodes",
        "radios",
        "targets",
    )

    def __init__(self, document: Document, found: FileTargets | None = None) -> None:
        """Those of DOCUMENT, in which `targets_of` FOUND these; else it is walked."""
        self.document = document
        self.found = found or targets_of(document)
        self.targets = Table()
        self.names = Table()
        self.radios = Table()
        self.headings = Table(heading=True)
        self._with_todo = Table(heading=True)
        self._slugs: dict[str, list[LinkTarget]] = {}
        self.custom_ids = Table()
        self.coderefs = Table()
        self.nodes: list[tuple[Linkable, str]] = []
        """Every node that a link can lead to, with its name, in the order of the text."""
        self._own_segments = [segment for segment in document.segments if segment.path == document.path]
        self._read()

    def _read(self) -> None:
        document = self.document
        for target, value in ids_of(document, "CUSTOM_ID"):
            self.custom_ids.add(value, target)
        for headline in document.headlines:
            target = LinkTarget(document, headline, None)
            self.headings.add(headline.raw_title, target)
            self.headings.add(plain := plain_text(headline.title), target)
            if headline.todo:
                self._with_todo.add(f"{headline.todo} {plain}", target)
            if letters := _letters(plain):
                self._slugs.setdefault(letters, []).append(target)
        tables = {"targets": self.targets, "names": self.names, "radios": self.radios, "coderefs": self.coderefs}
        for table, name, index, node in self.found.places:
            above = document.headlines[index] if index >= 0 else None
            if tables[table].add(name, LinkTarget(document, above, node)):
                self.nodes.append((node, name))

    def fuzzy(self, name: str) -> Sequence[LinkTarget]:
        """What `[[NAME]]` can mean in this document, in Org's order: target, named element, heading.

        A radio target comes last: Org does not find it so, readers do.
        """
        return self.targets.find(name) or self.names.find(name) or self.heading(name) or self.radios.find(name)

    def heading(self, name: str) -> Sequence[LinkTarget]:
        """What `[[*NAME]]` can mean: the heading, named as old links do with its TODO word if there is no other."""
        return self.headings.find(name) or self._with_todo.find(name)

    def custom_id(self, name: str) -> Sequence[LinkTarget]:
        """What `[[#NAME]]` means: the heading with that CUSTOM_ID.

        Else the only heading whose title gives that slug: notes that were Markdown once link so.
        """
        found = self.custom_ids.find(name)
        if not found and len(slugs := self._slugs.get(_letters(name), ())) == 1:
            return slugs
        return found

    def line(self, number: int) -> LinkTarget:
        """The section that holds line NUMBER of the document's own file."""
        document = self.document
        index = bisect_right(self._own_segments, number, key=lambda segment: segment.line) - 1
        if index < 0 or not document.line_starts:
            return LinkTarget(document, None, None)
        segment = self._own_segments[index]
        line = document.line_of(segment.offset) + number - segment.line
        offset = document.line_starts[min(line, len(document.line_starts)) - 1]
        return LinkTarget(document, headline_at(document, offset), None)


def ids_of(document: Document, key: str) -> Iterator[tuple[LinkTarget, str]]:
    """The file and the headlines of DOCUMENT that have property KEY, ID or CUSTOM_ID, with each value."""
    for headline in (None, *document.headlines):
        for name, value in (headline or document).properties:
            if name == key:
                yield LinkTarget(document, headline, None), value


def titles_of(document: Document) -> Iterator[tuple[str, LinkTarget]]:
    """Titles and aliases of the file and of its nodes (headings with an id): what Org-roam completes."""
    top = LinkTarget(document, None, None)
    if title := document.setting("TITLE"):
        yield title, top
    for alias in aliases(document.get_property("ROAM_ALIASES") or ""):
        yield alias, top
    for headline in document.headlines:
        if value := headline.get_property("ROAM_ALIASES"):
            target = LinkTarget(document, headline, None)
            for alias in aliases(value):
                yield alias, target


def _letters(text: str) -> str:
    """What all ways to make a slug of TEXT have in common: its letters and digits."""
    return "".join(c for c in unicodedata.normalize("NFC", text.casefold()) if c.isalnum())


def headline_at(document: Document, offset: int) -> n.Headline | None:
    """The headline under which OFFSET stands; None before the first."""
    index = bisect_right(document.headlines, offset, key=lambda headline: headline.begin)
    return document.headlines[index - 1] if index else None


def aliases(value: str) -> list[str]:
    """The names in a property such as ROAM_ALIASES: words, and phrases in double quotes."""
    return [quoted or word for quoted, word in _QUOTED_OR_WORD.findall(value) if quoted or word]


def coderef_labels(block: n.SrcBlock | n.ExampleBlock) -> list[str]:
    """The labels that BLOCK gives to its lines: `(ref:name)` at their ends, or as its `-l` switch says."""
    switch = _LABEL_SWITCH.search(block.switches)
    before, placeholder, after = (switch.group(1) if switch else _DEFAULT_LABEL).partition("%s")
    if not placeholder or not before.strip() or before not in block.value:
        return []
    label = re.compile(rf"{re.escape(before)}{_LABEL_NAME}{re.escape(after)}[ \t]{{0,99}}$", re.MULTILINE)
    return list(dict.fromkeys(label.findall(block.value)))
