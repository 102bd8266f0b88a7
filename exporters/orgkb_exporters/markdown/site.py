"""The files of one export and the ways between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from urllib.parse import quote

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Mention
from orgkb.exporter import ExportContext
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.links import LinkTarget, is_file_link
from orgkb.org.objects import parse_string
from orgkb.org.semantics.options import ExportOptions, options_of
from orgkb.org.walk import find, plain_text
from orgkb.patterns import pattern
from orgkb_exporters.markdown.anchors import Slugs
from orgkb_exporters.markdown.escape import line_text
from orgkb_exporters.markdown.flavours import Flavour
from orgkb_exporters.markdown.heading_anchors import HeadingAnchors, block_name, chosen, identifiers, subpaths
from orgkb_exporters.markdown.headings import heading_pieces
from orgkb_exporters.markdown.inlines import InlineWriter, destination
from orgkb_exporters.markdown.media import Media
from orgkb_exporters.markdown.names import folded, relative_address
from orgkb_exporters.markdown.pieces import Literal, Piece, Place, Raw
from orgkb_exporters.markdown.sheets import Layout, Sheet, layout
from orgkb_exporters.markdown.survey import Survey, footnotes_of, survey

GLOSSARY = "glossary"

_AT_HAND = 50
"""Documents of which what was found stays at hand: pages are written one document after another."""
_NOT_IN_LABEL = pattern(r"[\[\]|\n`*<\\$]|__|\b_|_\b")
_BRACKETS = frozenset("[](){}|")


class Site:
    """All pages of an export; knows where everything is before anything is written."""

    def __init__(
        self, graph: ConceptGraph, context: ExportContext, flavour: Flavour, *, depth: int | None = None
    ) -> None:
        """With DEPTH, headlines down to it have pages of their own, and so have concepts."""
        self.graph = graph
        self.context = context
        self.flavour = flavour
        self.vault = depth is not None
        self.layout: Layout = layout(graph, flavour, depth=depth, reserved=(flavour.index, GLOSSARY))
        self.media = Media(context, graph.links, flavour)
        prefix = f"{flavour.pages}/" if flavour.pages else ""
        self.index = f"{prefix}{flavour.index}.md"
        self.glossary = f"{prefix}{GLOSSARY}.md"
        self.requested: set[tuple[str, str]] = set()
        """(path, anchor) of the headings that links have led to so far."""
        self._footnotes_of = lru_cache(_AT_HAND)(lambda path: footnotes_of(graph.document(path)))
        self._survey_of = lru_cache(_AT_HAND)(lambda path: survey(graph.document(path)))
        self._mentions_of = lru_cache(_AT_HAND)(lambda path: _placed(graph, path))
        self._headings: dict[str, dict[int, HeadingAnchors]] = {}
        self._nodes: dict[str, dict[tuple[str, int], str]] = {}
        self._anchored: set[str] = set()

    # --- documents ---

    def options(self, document: Document) -> ExportOptions:
        """The display settings of DOCUMENT."""
        return self._options[document.path]

    @cached_property
    def _options(self) -> dict[str, ExportOptions]:
        return {document.path: options_of(document) for document in self.graph.documents}

    def survey(self, document: Document) -> Survey:
        """The paragraphs of DOCUMENT."""
        return self._survey_of(document.path)

    def footnotes(self, document: Document) -> Sequence[n.FootnoteDefinition | n.FootnoteReference]:
        """The definitions and references of footnotes in DOCUMENT."""
        return self._footnotes_of(document.path)

    def title_objects(self, document: Document) -> tuple[n.Object, ...]:
        """The title of DOCUMENT, or its file name as text."""
        title = self.options(document).title
        return parse_string(title) if title else (n.Text(0, 0, document.stem),)

    def title(self, document: Document) -> str:
        """The title of DOCUMENT as plain text."""
        return plain_text(self.title_objects(document)) or document.stem

    def sheet_title(self, sheet: Sheet) -> str:
        """The title of a page as plain text."""
        return self.title(sheet.document) if sheet.root is None else plain_text(sheet.root.title) or "untitled"

    def shows_title(self, sheet: Sheet) -> bool:
        """Whether the title stands on the page as a heading."""
        return self.flavour.title_heading and (sheet.root is not None or self.options(sheet.document).with_title)

    # --- links ---

    def address(self, page: str, target: LinkTarget) -> str:
        """How a link on PAGE leads to TARGET."""
        return self.destination(page, *self.place(target))

    def place(self, target: LinkTarget) -> tuple[str, str]:
        """(path, anchor) of TARGET; the anchor is empty for the page itself."""
        document = target.document
        sheet = self.layout.sheet(document, target.headline)
        anchor = self.anchor(document, target.node) if target.node is not None else None
        if anchor is None and target.headline is not None:
            anchor = self.heading(document, target.headline).link
        elif anchor is not None and self.flavour.anchors == "block":
            anchor = f"^{anchor}"
        if anchor:
            self.requested.add((sheet.path, anchor))
        return sheet.path, anchor or ""

    def destination(self, page: str, path: str, anchor: str = "") -> str:
        """How a link on PAGE leads to ANCHOR of PATH, ready to stand between parentheses."""
        match self.flavour.links:
            case "wiki":
                base = relative_address(page, path) if path != page else ""
                return f"{base}#{quote(anchor, safe='^/-')}" if anchor else base or relative_address(page, path)
            case "relref" if path != page or not anchor:
                inside = path.removeprefix(f"{self.flavour.pages}/").replace('"', "")
                return f'{{{{< relref "/{inside}{"#" if anchor else ""}{anchor}" >}}}}'
            case "page":
                return f"(({anchor}))" if anchor else f"[[{self.page_name(path)}]]"
        return relative_address(page, path, anchor)

    def reference(self, path: str, anchor: str, label: str) -> str | None:
        """The same with the plain text LABEL as the flavour's own kind of link; None where an ordinary one does."""
        match self.flavour.links:
            case "wiki" if not _NOT_IN_LABEL.search(label):
                name = self.page_name(path)
                target = f"{name}#{anchor}" if anchor else name
                return f"[[{target}]]" if label == target else f"[[{target}|{label}]]"
            case "page" if not anchor and label == self.page_name(path):
                return f"[[{label}]]"
        return None

    def page_name(self, path: str) -> str:
        """What a page is called in links: the last part of its path where no other page has it."""
        name = path.removeprefix(f"{self.flavour.pages}/").removesuffix(".md")
        if self.flavour.links == "page":
            return name.replace("___", "/")
        last = name.rpartition("/")[2]
        return last if self.vault else name

    def aliases(self, page: str, names: Iterable[str]) -> tuple[str, ...]:
        """Those of NAMES that PAGE may give as its other names."""
        if self.flavour.links not in {"wiki", "page"}:
            return ()  # to Hugo, aliases are addresses that lead here
        found = tuple(dict.fromkeys(names))
        if not self.flavour.unique_aliases:
            return found
        own = folded(self.page_name(page))
        return tuple(
            name
            for name in found
            if "," not in name and folded(name) != own and self._owners.setdefault(folded(name), page) == page
        )

    @cached_property
    def _owners(self) -> dict[str, str]:
        """Which page has each name."""
        return {folded(self.page_name(path)): path for path in (*self.layout.sheets, *self.layout.concepts.values())}

    def link(self, page: str, path: str, anchor: str, label: str, where: Place = Place.BLOCK) -> list[Piece]:
        """A link on PAGE with the text LABEL; in a table cell without a stroke."""
        own = self.reference(path, anchor, label)
        if own is not None and not (where is Place.CELL and "|" in own):
            return [Raw(own, label)]
        address = destination(self.destination(page, path, anchor))
        return [Raw("["), Literal(label, in_link=True), Raw(f"]({address})")]

    # --- anchors ---

    def heading(self, document: Document, headline: n.Headline) -> HeadingAnchors:
        """The anchors of HEADLINE."""
        sheet = self.layout.sheet(document, headline)
        if sheet.root is headline and (self.flavour.links != "relative" or not self.flavour.title_heading):
            return HeadingAnchors("", ())
        self._prepare(sheet)
        return self._headings[sheet.path][headline.index]

    def anchor(self, document: Document, node: n.Node) -> str | None:
        """The identifier of a target or of a named element that something links to."""
        if document.path not in self._anchored:
            self._anchored.add(document.path)
            for sheet in self.layout.by_document[document.path]:
                self._prepare(sheet)
        return self._nodes.get(document.path, {}).get(_key(node))

    def anchors_in(self, document: Document) -> list[tuple[tuple[str, int], str]]:
        """The identifiers of all targets and named elements of DOCUMENT that something links to, by type and place."""
        self.anchor(document, n.Text(0, 0, ""))  # fixes those of all its pages
        return sorted(self._nodes.get(document.path, {}).items())

    def _prepare(self, sheet: Sheet) -> None:
        """Fix all anchors of SHEET: first those of headings, which readers make, then ours beside them."""
        if sheet.path in self._headings:
            return
        slugs = Slugs()
        document = sheet.document
        writer = InlineWriter(_Outline(self, document))
        if sheet.root is None and self.shows_title(sheet):
            slugs.take(line_text(writer.pieces(self.title_objects(document), Place.LINE)))
        with_root = sheet.root is not None and self.shows_title(sheet)
        headlines = (sheet.root, *sheet.headlines) if with_root and sheet.root is not None else sheet.headlines
        texts, automatic = [], []
        for headline in headlines:
            title = writer.pieces(headline.title, Place.LINE)
            text = line_text(heading_pieces(headline.todo, headline.priority, title, self.flavour))
            anchor, sure = slugs.take(text)
            noted = next(find(headline.title, n.FootnoteReference), None) is not None  # its number joins the text
            texts.append(text)
            automatic.append((anchor, sure and not noted))
        match self.flavour.anchors:
            case "block":
                found = subpaths(headlines, texts)
            case "id":
                found = [HeadingAnchors(identifier, ()) for identifier in identifiers(document, headlines)]
            case _:
                found = chosen(headlines, automatic, slugs, by_itself=self.flavour.automatic_anchors)
        self._headings[sheet.path] = {h.index: anchors for h, anchors in zip(headlines, found, strict=True)}
        if self.flavour.anchors != "id":
            self._nodes.setdefault(document.path, {}).update(self._node_anchors(sheet, slugs))

    def _node_anchors(self, sheet: Sheet, slugs: Slugs) -> dict[tuple[str, int], str]:
        """The anchors of the targets and named elements of SHEET."""
        nodes: dict[tuple[str, int], str] = {}
        for place in self.graph.links.targets_in(sheet.document):
            if not self._stands_on(place, sheet):
                continue
            if self.flavour.anchors == "block":  # the name of its paragraph
                paragraph = self.survey(sheet.document).paragraph_at(place.begin)
                if paragraph is not None and (_key(place) in self._linked_nodes or _key(paragraph) in nodes):
                    name = nodes.setdefault(_key(paragraph), slugs.explicit(block_name(place.value)))
                    nodes[_key(place)] = name
            else:
                nodes[_key(place)] = slugs.explicit(place.value)
        for element in self._linked.get(sheet.document.path, ()):
            if self._stands_on(element, sheet) and _key(element) not in nodes:
                name = (element.affiliated and element.affiliated.name) or element.type
                nodes[_key(element)] = slugs.explicit(block_name(name) if self.flavour.anchors == "block" else name)
        return nodes

    def _stands_on(self, node: n.Node, sheet: Sheet) -> bool:
        if len(self.layout.by_document[sheet.document.path]) == 1:
            return True
        starts = self._starts[sheet.document.path]
        i = bisect_left(starts, node.begin + 1) - 1
        headline = sheet.document.headlines[i] if i >= 0 else None
        return self.layout.sheet(sheet.document, headline) is sheet

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {d.path: [h.begin for h in d.headlines] for d in self.graph.documents}

    @cached_property
    def _linked(self) -> dict[str, list[n.Element]]:
        """The named elements that links lead to, by the path of their document."""
        return {
            path: [node for node in nodes.values() if isinstance(node, n.Element)]
            for path, nodes in self._targets.items()
        }

    @cached_property
    def _linked_nodes(self) -> frozenset[tuple[str, int]]:
        return frozenset(key for nodes in self._targets.values() for key in nodes)

    @cached_property
    def _targets(self) -> Mapping[str, Mapping[tuple[str, int], n.Node]]:
        return self.graph.links.linked_nodes()

    # --- concepts ---

    def mentions_between(self, document: Document, begin: int, end: int) -> Sequence[Mention]:
        """The mentions in DOCUMENT from offset BEGIN to END that may be links."""
        mentions, offsets = self._mentions_of(document.path)
        return mentions[bisect_left(offsets, begin) : bisect_left(offsets, end)]


class SitePage:
    """What the pages of a site have in common: the surroundings of inline text from DOCUMENT on the page PATH."""

    def __init__(self, site: Site, document: Document, path: str) -> None:
        self.site = site
        self.document = document
        self.path = path
        self.flavour = site.flavour
        self.raw = site.context.raw
        self.linked: set[str] = set()
        """Ids of the concepts that are already links in this section, or never are."""

    def address(self, link: n.Link) -> str | None:
        """Where LINK leads."""
        links = self.site.graph.links
        target = links.resolve(self.document, link)
        if target is not None and target.document.path in self.site.layout.by_document:
            return self.inside(target)
        if not is_file_link(links.expand(self.document, link)):
            return links.url(self.document, link)
        return self.site.media.attachment(self.document, link, self.path)

    def inside(self, target: LinkTarget) -> str:
        """The address of TARGET."""
        return self.site.address(self.path, target)

    def place(self, headline: n.Headline) -> tuple[str, str]:
        """(path, anchor) of HEADLINE of the document."""
        return self.site.place(LinkTarget(self.document, headline, None))

    def reference(self, link: n.Link, label: str) -> str | None:
        """LINK in the flavour's own way."""
        if self.flavour.links not in {"wiki", "page"}:
            return None
        target = self.site.graph.links.resolve(self.document, link)
        if target is None or target.document.path not in self.site.layout.by_document:
            return None
        return self.site.reference(*self.site.place(target), label)

    def mentions(self, text: n.Text, place: Place) -> Sequence[tuple[int, int, Sequence[Piece]]]:
        """Links to the notes of the concepts named in TEXT, the first time in each section."""
        if not self.site.vault:
            return ()
        found: list[tuple[int, int, Sequence[Piece]]] = []
        done = 0
        for mention in self.site.mentions_between(self.document, text.begin, text.end):
            start = mention.offset - text.begin
            stop = start + len(mention.text)
            if mention.concept in self.linked or mention.concept not in self.site.layout.concepts:
                continue
            if (
                self.site.layout.concepts[mention.concept] == self.path
                or start < done
                or text.value[start:stop] != mention.text
            ):
                continue
            if not _BRACKETS.isdisjoint(text.value[max(start - 1, 0) : start] + text.value[stop : stop + 1]):
                continue
            label = " ".join(mention.text.split())
            found.append((start, stop, self.concept_link(mention.concept, label, place)))
            self.linked.add(mention.concept)
            done = stop
        return found

    def concept_link(self, concept_id: str, label: str, place: Place = Place.BLOCK) -> list[Piece]:
        """A link to the note of a concept."""
        return self.site.link(self.path, self.site.layout.concepts[concept_id], "", label, place)

    def label(self, link: n.Link) -> str:
        """The title of what an id stands for, else the link as written."""
        if link.kind in {"id", "custom-id", "roam", "denote"} or (is_file_link(link) and link.search):
            target = self.site.graph.links.resolve(self.document, link)
            if target is not None and target.headline is not None and target.node is None:
                return plain_text(target.headline.title)
            if target is not None and not is_file_link(link):
                return self.site.title(target.document)
        if link.kind == "fuzzy":
            return link.path.removeprefix("*")
        return link.raw.removeprefix("file:") if is_file_link(link) and link.form == "regular" else link.raw

    def image(self, link: n.Link) -> str | None:
        """The image that LINK shows."""
        return self.site.media.image(self.document, link, self.path)

    def footnote(self, _reference: n.FootnoteReference) -> str | None:
        """No notes but on a document's own page."""
        return None

    def anchor(self, _node: n.Node) -> str | None:
        """Anchors stand only on a document's own page."""
        return None


class _Outline(SitePage):
    """For reading headings before the anchors are known."""

    def __init__(self, site: Site, document: Document) -> None:
        super().__init__(site, document, site.layout.by_document[document.path][0].path)

    def inside(self, target: LinkTarget) -> str:
        return self.site.layout.by_document[target.document.path][0].path

    def reference(self, _link: n.Link, _label: str) -> str | None:
        return None

    def footnote(self, _reference: n.FootnoteReference) -> str | None:
        return "1"


def _placed(graph: ConceptGraph, path: str) -> tuple[list[Mention], list[int]]:
    """The mentions in the document of PATH that may be links, and where each begins."""
    mentions = [m for m in graph.mentions_in(graph.document(path)) if m.context in {"prose", "term"}]
    return mentions, [m.offset for m in mentions]


def _key(node: n.Node) -> tuple[str, int]:
    return node.type, node.begin
