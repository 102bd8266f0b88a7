"""Org objects → pandoc inlines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Mention
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.urls import external_url
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_json import Block, Inline
from orgkb_exporters.tex import acts, fragment_formula

IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"})
"""File names that are shown as images, as in `org-export-default-inline-image-rule`."""

_MARKUP = {
    n.Bold: "Strong",
    n.Italic: "Emph",
    n.Underline: "Underline",
    n.StrikeThrough: "Strikeout",
    n.Subscript: "Subscript",
    n.Superscript: "Superscript",
}
_WEB_KINDS = frozenset({"http", "https", "ftp", "mailto", "doi"})
_LENGTH = pattern(r"(\d+(?:\.\d+)?)\s*(px|pt|cm|mm|in|em|%)?")

Media = Callable[[Document, n.Link], str | None]
"""(document, image link) → the name under which the output holds the image; None where it has none."""


@dataclass(slots=True)
class Names:
    """Identifiers of the places that links lead to; by position, so they are unique whatever the notes say."""

    documents: Mapping[str, int]
    """Path → position among the documents."""
    wanted: Collection[str] = ()
    """Names of the nodes to which links lead."""
    _begins: dict[str, list[int]] = field(default_factory=dict)
    """Path → where the headlines of the document begin."""

    def document(self, document: Document) -> str:
        """The place where DOCUMENT begins."""
        return f"doc-{self.documents[document.path] + 1}"

    def headline(self, document: Document, headline: n.Headline) -> str:
        """The heading of HEADLINE."""
        return f"{self.document(document)}-h{headline.index + 1}"

    def node(self, document: Document, node: n.Node) -> str:
        """A target, radio target, list item or named element: its section, and its place in that, so that text above changes nothing."""
        begins = self._begins.get(document.path)
        if begins is None:
            begins = self._begins[document.path] = [headline.begin for headline in document.headlines]
        section = bisect_right(begins, node.begin)
        return f"{self.document(document)}-t{section}-{node.begin - (begins[section - 1] if section else 0)}"

    def wanted_in(self, document: Document) -> dict[int, list[int]]:
        """Number of a section → where the nodes stand in it to which links lead; the text before the first one is 0."""
        prefix = f"{self.document(document)}-t"
        found: dict[int, list[int]] = {}
        for name in self.wanted:
            if name.startswith(prefix):
                section, place = name.removeprefix(prefix).split("-")
                found.setdefault(int(section), []).append(int(place))
        return {section: sorted(places) for section, places in found.items()}

    @staticmethod
    def concept(concept_id: str) -> str:
        """A concept's entry in the glossary."""
        return f"concept-{concept_id}"


@dataclass(slots=True)
class InlineWriter:
    """Writes the objects of one document.

    Mentions become spans of class `mention` with the concept's id and the line in the notes, of class `term`
    too where the concept is named to be defined, of `near` in the section of its definition; the first one in
    the text of each section of a concept in `linked` becomes a link of class `concept` inside such a span.
    Call `new_section` at each headline.
    """

    graph: ConceptGraph
    document: Document
    names: Names
    media: Media
    linked: Collection[str]
    footnote: Callable[[str], list[Block] | None]
    """Label → the blocks of its definition; empty where they are written already, None where it has none."""
    _mentions: Sequence[Mention] = ()
    _offsets: list[int] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _links: int = 0
    _notes: int = 0

    def __post_init__(self) -> None:
        self._mentions = self.graph.mentions_in(self.document)
        self._offsets = [mention.offset for mention in self._mentions]

    def new_section(self) -> None:
        """A section begins: the next mention of each concept is a first one."""
        self._seen.clear()

    def inlines(self, objects: Iterable[n.Object]) -> list[Inline]:
        """OBJECTS as inlines, without spaces at the ends."""
        return p.strip(self._all(objects))

    def title(self, objects: Iterable[n.Object]) -> list[Inline]:
        """The OBJECTS of a heading: concepts are marked in it, but not linked."""
        self._links += 1
        done = self.inlines(objects)
        self._links -= 1
        return done

    def mentions_between(self, begin: int, end: int) -> Sequence[Mention]:
        """The mentions that begin in [BEGIN, END)."""
        return self._mentions[bisect_left(self._offsets, begin) : bisect_left(self._offsets, end)]

    def _all(self, objects: Iterable[n.Object]) -> list[Inline]:
        return [inline for obj in objects for inline in self._object(obj)]

    def _object(self, obj: n.Object) -> list[Inline]:
        match obj:
            case n.Text():
                return self._text(obj)
            case n.Bold() | n.Italic() | n.Underline() | n.StrikeThrough() | n.Subscript() | n.Superscript():
                return [p.wrap(_MARKUP[type(obj)], self._all(obj.children))]
            case n.Code():
                return [*self._marks(obj), p.code(obj.value)]
            case n.Verbatim():
                return [*self._marks(obj), p.code(obj.value, ["verbatim"])]
            case n.InlineSrcBlock():
                return [p.code(obj.value, [obj.language])]
            case n.Entity():
                return p.words(obj.text) if obj.text.strip() else [p.string("\u00a0" * len(obj.text))]
            case n.LatexFragment():
                if acts(obj.value):
                    return [p.code(obj.value, ["latex"])]
                display, tex = fragment_formula(obj.value)
                return [p.math(tex, display=display)]
            case n.ExportSnippet():
                return [p.raw_inline(obj.backend.lower(), obj.value)]
            case n.FootnoteReference():
                return self._footnote(obj)
            case n.Citation():
                return [self._citation(obj)]
            case n.CitationReference():
                return self._reference(obj)
            case n.LineBreak():
                return [p.LINE_BREAK]
            case n.Link():
                return self._link(obj)
            case n.Target():
                return [p.span([], self.names.node(self.document, obj))]
            case n.RadioTarget():
                return [p.span(self._all(obj.children), self.names.node(self.document, obj))]
            case n.StatisticsCookie():
                return [p.span(p.words(obj.value), classes=["cookie"])]
            case n.Timestamp():
                return [p.span(p.words(obj.raw), classes=["timestamp"])]
            case n.Macro() | n.InlineBabelCall():
                return [p.code(obj.value)]
            case n.TableCell():
                return self._all(obj.children)
            case _:
                # A node of another package: what it contains is still shown.
                return self._all(getattr(obj, "children", None) or ())

    # --- text and mentions ---

    def _text(self, text: n.Text) -> list[Inline]:
        found: list[Inline] = []
        value, done = text.value, 0
        for mention in self.mentions_between(text.begin, text.end):
            start = mention.offset - text.begin
            if len(value) != text.end - text.begin:  # the text is not as written: look for the words themselves
                start = value.find(mention.text, done)
            if start < done:
                if start >= 0:
                    found.append(self._mention(mention, []))
                continue
            stop = min(len(value), start + mention.span.length)
            if mention.context == "link" or value[start:stop].isspace() or start == stop:
                continue
            found += p.words(value[done:start])
            found.append(self._mention(mention, p.words(value[start:stop])))
            done = stop
        return found + p.words(value[done:])

    def _marks(self, obj: n.Object) -> list[Inline]:
        """The mentions inside an object whose text is not split, as empty spans."""
        return [self._mention(mention, []) for mention in self.mentions_between(obj.begin, obj.end)]

    def _mention(self, mention: Mention, inlines: list[Inline]) -> Inline:
        concept = mention.concept
        if inlines and not self._links and concept in self.linked and concept not in self._seen:
            self._seen.add(concept)
            inlines = [p.link(inlines, "#" + self.names.concept(concept), ["concept"])]
        return p.span(inlines, classes=["mention", *self._role(mention)], pairs=_whose(mention))

    def _role(self, mention: Mention) -> list[str]:
        if mention.context == "term":
            return ["term"]
        known = self.graph.concept(mention.concept) if mention.concept in self.graph else None
        here = (mention.document, mention.headline)
        near = known is not None and any((d.document, d.headline) == here for d in known.definitions)
        return ["near"] if near else []

    # --- links and images ---

    def _link(self, written: n.Link) -> list[Inline]:
        link = self.graph.links.expand(self.document, written)
        if is_image(link):
            return self._image(link)
        target = self._target(link)
        picture = _pictured(link)
        if picture is not None:
            label: list[Inline] = self._image(self.graph.links.expand(self.document, picture))
        elif link.children:
            self._links += 1
            label = self._all(link.children)
            self._links -= 1
        else:
            label = p.words(self._bare(written, link))
        marks = [] if link.children else self._marks(link)
        if target is None:
            return [*marks, *label]
        return [*marks, p.link(label, target, ["internal" if target.startswith("#") else "external"])]

    def _bare(self, written: n.Link, link: n.Link) -> str:
        """What is printed for a link without a description."""
        if link.kind in _WEB_KINDS:
            return written.raw.removeprefix("mailto:")
        if link.kind == "fuzzy":
            return link.path.removeprefix("*")
        place = self.graph.links.resolve(self.document, link)
        if link.kind in {"id", "custom-id"} and place is not None and place.headline is not None:
            return plain_text(place.headline.title) or link.path
        if link.kind == "file":
            return link.search.lstrip("*#") if link.search else link.path
        return written.raw if written.form == "regular" else link.path

    def _target(self, link: n.Link) -> str | None:
        if link.kind in _WEB_KINDS:
            return external_url(link)
        place = self.graph.links.resolve(self.document, link)
        if place is None or place.document.path not in self.names.documents:
            return None
        if place.node is not None and not isinstance(place.node, n.Headline):
            return "#" + self.names.node(place.document, place.node)
        if place.headline is not None:
            return "#" + self.names.headline(place.document, place.headline)
        return "#" + self.names.document(place.document)

    def _image(self, link: n.Link, affiliated: n.Affiliated | None = None) -> list[Inline]:
        attributes = image_attributes(affiliated)
        name = self.media(self.document, link)
        alt = p.words(attributes.pop("alt", "")) or p.words(PurePosixPath(link.path).name)
        if name is None:
            return [p.span(alt, classes=["missing-image"])]
        return [p.image(alt, name, attributes)]

    def told_of(self, written: n.Link) -> tuple[object, ...] | None:
        """What decides how the link WRITTEN is written, besides itself; None for pictures, of which more does."""
        link = self.graph.links.expand(self.document, written)
        if is_image(link) or _pictured(link) is not None:
            return None
        return self._target(link), "" if link.children else self._bare(written, link)

    def told_of_mentions(self, begin: int, end: int) -> list[tuple[object, ...]]:
        """What decides how the mentions from offset BEGIN to END are written; offsets count from BEGIN."""
        return [
            (m.offset - begin, m.span.line, m.span.length, m.text, m.context, m.concept, m.concept in self.linked, near)
            for m in self.mentions_between(begin, end)
            for near in [self._role(m)]
        ]

    def image(self, paragraph: n.Paragraph) -> list[Inline] | None:
        """The image of a paragraph that holds nothing else, with its attributes; None for any other paragraph."""
        objects = [o for o in paragraph.children if not (isinstance(o, n.Text) and not o.value.strip())]
        if len(objects) == 1 and isinstance(objects[0], n.Link):
            link = self.graph.links.expand(self.document, objects[0])
            if is_image(link):
                return self._image(link, paragraph.affiliated)
        return None

    # --- notes and citations ---

    def _footnote(self, reference: n.FootnoteReference) -> list[Inline]:
        label = reference.label or ""
        self._notes += 1
        if reference.children is not None and not label:
            blocks: list[Block] | None = [p.para(self.inlines(reference.children))]
        else:
            blocks = self.footnote(label)
        self._notes -= 1
        if blocks is None:
            return [p.string(f"[fn:{label}]")]
        if not blocks:  # cited before: a note's text is written once
            again = [p.wrap("Superscript", [p.string(label)])]
            return [p.span(again, classes=["footnote", "again"], pairs={"label": label})]
        if self._notes:  # most formats, and pandoc, have no notes inside notes
            texts = [block["c"] for block in blocks if block["t"] in {"Para", "Plain"}]
            return [p.SPACE, p.string("["), *(inline for text in texts for inline in text), p.string("]")]
        return [p.span([p.note(blocks)], classes=["footnote"], pairs={"label": label})] if label else [p.note(blocks)]

    def _citation(self, citation: n.Citation) -> Inline:
        inlines: list[Inline] = [p.string("["), *self._all(citation.prefix)]
        for index, reference in enumerate(citation.children):
            inlines += [p.string(";"), p.SPACE] if index else []
            inlines += self._reference(reference)
        inlines += [*self._all(citation.suffix), p.string("]")]
        keys = [
            p.citation(reference.key, self._all(reference.prefix), self._all(reference.suffix))
            for reference in citation.children
        ]
        return p.cite(keys, inlines)

    def _reference(self, reference: n.CitationReference) -> list[Inline]:
        return [*self._all(reference.prefix), p.string(f"@{reference.key}"), *self._all(reference.suffix)]


def _whose(mention: Mention) -> dict[str, str]:
    return {"concept": mention.concept, "line": str(mention.span.line)}


def is_image(link: n.Link) -> bool:
    """Whether LINK is shown as an image: a file without a description, by its name."""
    return not link.children and link.kind in {"file", "attachment"} and _has_image_name(link.path)


def _has_image_name(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in IMAGE_SUFFIXES


def _pictured(link: n.Link) -> n.Link | None:
    """The image that is LINK's whole description: `[[https://…][file:logo.png]]`."""
    if len(link.children) == 1 and isinstance(link.children[0], n.Link) and is_image(link.children[0]):
        return link.children[0]
    return None


def image_attributes(affiliated: n.Affiliated | None) -> dict[str, str]:
    """`width` (a length with its unit, or a percentage) and `alt` of an image, from its ATTR lines."""
    found: dict[str, str] = {}
    if affiliated is None:
        return found
    for backend in ("latex", "html", "org"):
        given = affiliated.attributes(backend)
        if given.get("alt"):
            found["alt"] = given["alt"]
        width = _width(given.get("width", ""))
        if width:
            found["width"] = width
    return found


def _width(value: str) -> str | None:
    for unit in (r"\textwidth", r"\linewidth", r"\columnwidth"):
        if value.endswith(unit):
            share = value.removesuffix(unit).strip() or "1"
            try:
                return f"{min(1.0, max(0.01, float(share))) * 100:g}%"
            except ValueError:
                return None
    match = _LENGTH.fullmatch(value.strip())
    if match is None or len(match.group(1)) > 8 or float(match.group(1)) <= 0:
        return None
    return f"{match.group(1)}{match.group(2) or 'px'}"
