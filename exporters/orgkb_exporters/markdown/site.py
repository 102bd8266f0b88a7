"""The files of one export and the ways between them."""

from __future__ import annotations

import hashlib
import posixpath
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import ExportContext
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.links import LinkTarget, is_file_link
from orgkb.org.objects import parse_string
from orgkb.org.semantics.options import ExportOptions, options_of
from orgkb.org.slugs import Namespace
from orgkb.org.walk import find, plain_text
from orgkb_exporters.markdown.anchors import Slugs, safe_id
from orgkb_exporters.markdown.blocks import heading_pieces
from orgkb_exporters.markdown.flavours import Flavour
from orgkb_exporters.markdown.inlines import InlineWriter, visible_text
from orgkb_exporters.markdown.names import relative_address, safe_name, safe_path
from orgkb_exporters.markdown.pieces import Place
from orgkb_exporters.markdown.survey import Survey, survey

INDEX = "index.md"
GLOSSARY = "glossary.md"
MEDIA = "media"

_IMAGES = frozenset({".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
_ORG_SUFFIXES = (".org", ".org_archive")


class HeadingAnchors(msgspec.Struct, frozen=True):
    """The anchors of one headline."""

    link: str
    """The one that our links use."""
    written: tuple[str, ...]
    """Those that must be written into the heading: GitHub does not make them by itself."""


class Site:
    """All pages of an export; knows where everything is before anything is written."""

    def __init__(self, graph: ConceptGraph, context: ExportContext, flavour: Flavour) -> None:
        self.graph = graph
        self.context = context
        self.flavour = flavour
        names = Namespace(reserved=(INDEX.removesuffix(".md"), GLOSSARY.removesuffix(".md")))
        self.pages = {d.path: f"{names.take(_without_suffix(safe_path(d.path)))}.md" for d in graph.documents}
        """Path of each document's page by the document's path; both count from their folder."""
        self._surveys: dict[str, Survey] = {}
        self._headings: dict[str, tuple[HeadingAnchors, ...]] = {}
        self._nodes: dict[str, dict[tuple[str, int], str]] = {}
        self._media: dict[tuple[str, str], str | None] = {}
        self._media_names: dict[bytes, str] = {}
        self._media_data: dict[str, bytes] = {}
        self._media_namespace = Namespace()

    # --- documents ---

    def options(self, document: Document) -> ExportOptions:
        """The display settings of DOCUMENT."""
        return self._options[document.path]

    @cached_property
    def _options(self) -> dict[str, ExportOptions]:
        return {document.path: options_of(document) for document in self.graph.documents}

    def survey(self, document: Document) -> Survey:
        """The links, targets and notes of DOCUMENT."""
        if document.path not in self._surveys:
            self._surveys[document.path] = survey(document)
        return self._surveys[document.path]

    def title_objects(self, document: Document) -> tuple[n.Object, ...]:
        """The title of DOCUMENT, or its file name as text."""
        title = self.options(document).title
        return parse_string(title) if title else (n.Text(0, 0, document.stem),)

    def title(self, document: Document) -> str:
        """The title of DOCUMENT as plain text."""
        return plain_text(self.title_objects(document)) or document.stem

    # --- links ---

    def address(self, page: str, target: LinkTarget) -> str:
        """How a link on PAGE leads to TARGET."""
        document = target.document
        anchor = ""
        if target.node is not None:
            anchor = self.anchor(document, target.node) or ""
        if not anchor and target.headline is not None:
            anchor = self.heading(document, target.headline).link
        return relative_address(page, self.pages[document.path], anchor)

    def heading(self, document: Document, headline: n.Headline) -> HeadingAnchors:
        """The anchors of HEADLINE."""
        self._prepare(document)
        return self._headings[document.path][headline.index]

    def anchor(self, document: Document, node: n.Node) -> str | None:
        """The identifier of a target or of a named element that something links to."""
        self._prepare(document)
        return self._nodes[document.path].get(_key(node))

    def _prepare(self, document: Document) -> None:
        """Fix all anchors of DOCUMENT: first those of headings, which GitHub makes, then ours beside them."""
        if document.path in self._headings:
            return
        slugs = Slugs()
        outline = _Outline(self, document)
        writer = InlineWriter(outline)
        if self.options(document).with_title:
            slugs.take(visible_text(writer.pieces(self.title_objects(document), Place.LINE)))
        automatic = []
        for headline in document.headlines:
            title = writer.pieces(headline.title, Place.LINE)
            text = visible_text(heading_pieces(headline.todo, headline.priority, title))
            anchor, sure = slugs.take(text)
            noted = next(find(headline.title, n.FootnoteReference), None) is not None  # its number joins the text
            automatic.append((anchor, sure and not noted))
        headings = []
        for headline, (anchor, sure) in zip(document.headlines, automatic, strict=True):
            chosen = safe_id(headline.get_property("CUSTOM_ID") or "")
            written = [slugs.explicit(chosen)] if chosen and chosen != anchor else []
            if not sure and not written:
                written.append(slugs.explicit(f"{anchor or 'section'}-{headline.index + 1}"))
            headings.append(HeadingAnchors(written[0] if written else anchor, tuple(written)))
        nodes: dict[tuple[str, int], str] = {}
        for place in self.survey(document).targets:
            nodes[_key(place)] = slugs.explicit(place.value)
        for element in self._linked.get(document.path, ()):
            nodes.setdefault(
                _key(element), slugs.explicit((element.affiliated and element.affiliated.name) or element.type)
            )
        self._headings[document.path] = tuple(headings)
        self._nodes[document.path] = nodes

    @cached_property
    def _linked(self) -> dict[str, list[n.Element]]:
        """The named elements that links lead to, by the path of their document."""
        found: dict[str, dict[tuple[str, int], n.Element]] = defaultdict(dict)
        for document in self.graph.documents:
            for link in self.survey(document).links:
                target = self.graph.links.resolve(document, link)
                if target is not None and isinstance(target.node, n.Element):
                    found[target.document.path].setdefault(_key(target.node), target.node)
        return {path: list(elements.values()) for path, elements in found.items()}

    # --- images ---

    def image(self, document: Document, link: n.Link, page: str) -> str | None:
        """The address from PAGE of the image that LINK of DOCUMENT names; None where there is none to show."""
        link = self.graph.links.expand(document, link)
        if not is_file_link(link) or posixpath.splitext(link.path)[1].lower() not in _IMAGES:
            return None
        key = (document.path, link.path)
        if key not in self._media:
            self._media[key] = self._take(document, link)
        name = self._media[key]
        return relative_address(page, f"{MEDIA}/{name}") if name is not None else None

    def _take(self, document: Document, link: n.Link) -> str | None:
        data = self.context.read_media(document.path, link.path)
        if data is None:
            return None
        digest = hashlib.sha256(data).digest()
        if digest not in self._media_names:
            stem, suffix = posixpath.splitext(posixpath.basename(link.path))
            name = f"{self._media_namespace.take(safe_name(stem))}{suffix.lower()}"
            self._media_names[digest] = name
            self._media_data[name] = data
        return self._media_names[digest]

    def media(self) -> Iterator[tuple[str, bytes]]:
        """(path, bytes) of the images that the pages written so far show."""
        for name, data in self._media_data.items():
            yield f"{MEDIA}/{name}", data


class SitePage:
    """What the pages of a site have in common: the surroundings of inline text from DOCUMENT on the page PATH."""

    def __init__(self, site: Site, document: Document, path: str) -> None:
        self.site = site
        self.document = document
        self.path = path
        self.flavour = site.flavour

    def address(self, link: n.Link) -> str | None:
        """Where LINK leads."""
        links = self.site.graph.links
        target = links.resolve(self.document, link)
        if target is not None and target.document.path in self.site.pages:
            return self.inside(target)
        return None if is_file_link(links.expand(self.document, link)) else links.url(self.document, link)

    def inside(self, target: LinkTarget) -> str:
        """The address of TARGET."""
        return self.site.address(self.path, target)

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
        return self.site.image(self.document, link, self.path)

    def footnote(self, _reference: n.FootnoteReference) -> str | None:
        """No notes but on a document's own page."""
        return None

    def anchor(self, _node: n.Node) -> str | None:
        """Anchors stand only on a document's own page."""
        return None


class _Outline(SitePage):
    """For reading headings before the anchors are known."""

    def __init__(self, site: Site, document: Document) -> None:
        super().__init__(site, document, site.pages[document.path])

    def inside(self, target: LinkTarget) -> str:
        return self.site.pages[target.document.path]

    def footnote(self, _reference: n.FootnoteReference) -> str | None:
        return "1"


def _key(node: n.Node) -> tuple[str, int]:
    return node.type, node.begin


def _without_suffix(path: str) -> str:
    for suffix in _ORG_SUFFIXES:
        if path.lower().endswith(suffix) and len(path) > len(suffix):
            return path[: -len(suffix)]
    return path
