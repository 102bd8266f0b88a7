"""The graph as one pandoc document: all notes, with concept links and a glossary that tells where each term occurs."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept, Definition
from orgkb.diagnostics import Diagnostic, Severity
from orgkb.exporter import ExportContext
from orgkb.org import nodes as n
from orgkb.org import semantics
from orgkb.org.document import Document
from orgkb.org.nodes import Link, Object
from orgkb.org.objects import parse_string
from orgkb.org.walk import plain_text
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_ast import DocumentWriter, targets
from orgkb_exporters.pandoc_inlines import Names
from orgkb_exporters.pandoc_json import Block, Inline
from orgkb_exporters.pdf import language
from orgkb_exporters.pdf.media import image_kind
from orgkb_exporters.pictures import active_svg, is_active_svg

MAX_SECTIONS = 8
"""Sections named with an entry of the glossary."""
MAX_RELATED = 8
_STAMP = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})[^<>\[\]]*[>\]]")
_SAMPLE = 200_000
_MIME = {"png": "png", "jpg": "jpeg", "gif": "gif", "webp": "webp", "svg": "svg+xml"}
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "orgkb")


class Book(msgspec.Struct, frozen=True):
    """A pandoc document and the files that belong beside it."""

    ast: Mapping[str, Any]
    media: Mapping[str, bytes]
    """Images by name, where they are not embedded."""
    entries: int
    """How many terms the glossary has."""


class Wishes(msgspec.Struct, frozen=True):
    """What a format takes."""

    backend: str
    """The raw text that may pass; empty for none."""
    glossary: bool
    embed: bool
    """Whether images become a part of the file."""
    places: bool
    """Whether links inside the file work."""


class _Pictures:
    """The images of the notes, each read once."""

    def __init__(self, context: ExportContext, *, embed: bool) -> None:
        self._context = context
        self._embed = embed
        self._names: dict[tuple[str, str], str | None] = {}
        self.files: dict[str, bytes] = {}

    def name(self, document: Document, link: Link) -> str | None:
        """What the output calls LINK's image: a file beside it, or all its bytes as a data address."""
        key = (document.path, link.path)
        if key not in self._names:
            self._names[key] = self._read(document, link)
        return self._names[key]

    def _read(self, document: Document, link: Link) -> str | None:
        data = self._context.read_media(document.path, link.path)
        if data is None:
            return None
        kind = image_kind(data)
        if kind is None:
            message = f"{link.path} is no PNG, JPEG, GIF, WebP or SVG image; its name is written instead"
            place = document.location(link.begin)
            self._context.report(Diagnostic(Severity.WARNING, "not-an-image", message, place))
            return None
        if kind == "svg" and is_active_svg(data):
            self._context.report(active_svg(document, link))
            return None
        if self._embed:
            return f"data:image/{_MIME[kind]};base64,{base64.b64encode(data).decode()}"
        name = f"media/{uuid.uuid5(_NAMESPACE, data.hex()).hex[:16]}.{kind}"
        self.files[name] = data
        return name


def make_book(graph: ConceptGraph, context: ExportContext, wishes: Wishes) -> Book:
    """GRAPH as a document for a format with these WISHES."""
    settings = [semantics.options_of(document) for document in graph.documents]
    sample = "".join(document.text[: _SAMPLE // len(graph.documents)] for document in graph.documents)
    given = next((setting.language for setting in settings if setting.language), None)
    tongue = language.main_language(given, sample)
    concepts = _defined(graph) if wishes.glossary else []
    names = Names({document.path: index for index, document in enumerate(graph.documents)})
    names.wanted = targets(graph, names) if wishes.places else ()
    pictures = _Pictures(context, embed=wishes.embed)
    linked = {concept.id for concept in concepts} if wishes.places else set()
    several = len(graph.documents) > 1
    blocks: list[Block] = []
    for document, setting in zip(graph.documents, settings, strict=True):
        top = min((headline.level for headline in document.headlines), default=1)
        writer = DocumentWriter(
            graph, document, names=names, media=pictures.name, linked=linked, shift=int(several) - (top - 1)
        )
        title = _text(setting.title) or document.stem
        anchor = names.document(document)
        blocks.append(p.header(1, p.attr(anchor), p.words(title)) if several else p.div([], anchor))
        blocks += [block for piece in writer.pieces() for block in piece.blocks]
    if concepts:
        words = language.words(tongue)
        blocks.append(p.header(1, p.attr("glossary"), p.words(words["glossary"])))
        blocks.append(p.definition_list([_entry(graph, concept, names, words, wishes) for concept in concepts]))
    tidy = [done for block in blocks for done in _tidy_block(block, wishes)]
    return Book(_document(tidy, graph, context, settings, tongue), pictures.files, len(concepts))


def _document(
    blocks: Sequence[Block],
    graph: ConceptGraph,
    context: ExportContext,
    settings: Sequence[semantics.ExportOptions],
    tongue: str,
) -> dict[str, Any]:
    first = settings[0]
    title = (_text(first.title) if len(settings) == 1 else "") or context.title
    authors = dict.fromkeys(_text(one.author) for one in settings if one.author and one.with_author)
    date = _STAMP.sub(r"\1", _text(first.date)) if first.with_date else ""
    values = {
        "title": title,
        "subtitle": _text(first.subtitle) if len(settings) == 1 else "",
        "date": date or context.timestamp.date().isoformat(),
        "description": _text(first.description) if len(settings) == 1 else "",
    }
    meta: dict[str, Any] = {key: {"t": "MetaInlines", "c": p.words(value)} for key, value in values.items() if value}
    if authors:
        meta["author"] = {"t": "MetaList", "c": [{"t": "MetaInlines", "c": p.words(name)} for name in authors]}
    meta["lang"] = {"t": "MetaString", "c": tongue}
    # The same book has the same identifier however often it is made: readers then replace it.
    parts = "\n".join((title, *(document.path for document in graph.documents)))
    meta["identifier"] = {"t": "MetaString", "c": f"urn:uuid:{uuid.uuid5(_NAMESPACE, parts)}"}
    return {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": list(blocks)}


# --- the glossary ---


def _defined(graph: ConceptGraph) -> list[Concept]:
    """The concepts with a definition, by name."""
    found = [concept for concept in graph.concepts if any(d.text.strip() for d in concept.definitions)]
    return sorted(found, key=lambda c: (c.name.casefold().lstrip("\"'«([-./"), c.id))


def _entry(
    graph: ConceptGraph, concept: Concept, names: Names, words: Mapping[str, str], wishes: Wishes
) -> tuple[list[Inline], list[Block]]:
    """The term with its other names, and its definitions, related terms and sections."""
    term = [p.span(p.words(concept.name), names.concept(concept.id))]
    others = dict.fromkeys(a.surface for a in concept.aliases if a.surface.casefold() != concept.name.casefold())
    if others:
        term += [p.SPACE, *p.words(f"({', '.join(others)})")]
    texts = {_folded(d): d for d in reversed(concept.definitions) if d.text.strip()}
    blocks: list[Block] = [p.para(_sense(definition)) for definition in reversed(texts.values())]
    related = graph.neighbours(concept.id)[:MAX_RELATED]
    if related:
        defined = {other.id for other in related if any(d.text.strip() for d in other.definitions)}
        blocks.append(
            _line(
                words["see"],
                [
                    _to(other.name, names.concept(other.id) if wishes.places and other.id in defined else "")
                    for other in related
                ],
            )
        )
    sections = list(_sections(graph, concept, names)) if wishes.places else []
    if sections:
        blocks.append(_line("→", [_to(title, anchor) for title, anchor in sections[:MAX_SECTIONS]]))
    return term, blocks


def _folded(definition: Definition) -> str:
    return " ".join(definition.text.split()).casefold().rstrip(".;,")


def _sense(definition: Definition) -> list[Inline]:
    """The words of DEFINITION; commands and code in it stay code."""
    inlines = p.strip([inline for obj in definition.objects for inline in _plain(obj)])
    return inlines or p.words(" ".join(definition.text.split()))


def _plain(obj: Object) -> list[Inline]:
    match obj:
        case n.Text():
            return p.words(obj.value)
        case n.Code() | n.Verbatim() | n.InlineSrcBlock():
            return [p.code(obj.value)]
        case n.Bold() | n.Italic():
            inner = [inline for child in obj.children for inline in _plain(child)]
            return [p.wrap("Strong" if isinstance(obj, n.Bold) else "Emph", inner)]
        case _:
            return p.words(plain_text((obj,)))


def _line(label: str, items: Sequence[Inline]) -> Block:
    inlines: list[Inline] = [p.wrap("Emph", [p.string(label)]) if label.isalpha() or " " in label else p.string(label)]
    for index, item in enumerate(items):
        inlines += [p.string(","), p.SPACE, item] if index else [p.SPACE, item]
    return p.para(inlines)


def _to(text: str, anchor: str) -> Inline:
    return p.link(p.words(text), f"#{anchor}") if anchor else p.span(p.words(text))


def _sections(graph: ConceptGraph, concept: Concept, names: Names) -> Iterator[tuple[str, str]]:
    """Title and anchor of the sections that mention CONCEPT, in the order of the notes."""
    seen: set[tuple[str, int]] = set()
    for mention in graph.mentions_of(concept.id):
        place = (mention.document, mention.headline)
        if place in seen or mention.headline < 0:
            continue
        seen.add(place)
        document = graph.document(mention.document)
        headline = document.headlines[mention.headline]
        yield plain_text(headline.title) or "…", names.headline(document, headline)


# --- what only our own layouts understand ---


def _tidy_block(block: Block, wishes: Wishes) -> list[Block]:
    """BLOCK without marks for other layouts; task states and tags of headings as text; raw text if it may pass."""
    kind: str = block["t"]
    content: Any = block.get("c")
    match kind:
        case "RawBlock":
            return [block] if wishes.backend and content[0] == wishes.backend else []
        case "Para" | "Plain":
            return [{"t": kind, "c": _tidy(content, wishes)}]
        case "Header":
            level, (ident, classes, pairs), inlines = content
            return [p.header(level, [ident, classes, []], _title(dict(pairs), _tidy(inlines, wishes)))]
        case "LineBlock":
            return [{"t": kind, "c": [_tidy(line, wishes) for line in content]}]
        case "BulletList":
            return [{"t": kind, "c": [_tidy_blocks(item, wishes) for item in content]}]
        case "OrderedList":
            return [{"t": kind, "c": [content[0], [_tidy_blocks(item, wishes) for item in content[1]]]}]
        case "DefinitionList":
            items = [
                [_tidy(term, wishes), [_tidy_blocks(part, wishes) for part in definitions]]
                for term, definitions in content
            ]
            return [{"t": kind, "c": items}]
        case "BlockQuote":
            return [{"t": kind, "c": _tidy_blocks(content, wishes)}]
        case "Div":
            return [{"t": kind, "c": [content[0], _tidy_blocks(content[1], wishes)]}]
        case "Figure":
            attributes, (short, caption), body = content
            return [{"t": kind, "c": [attributes, [short, _tidy_blocks(caption, wishes)], _tidy_blocks(body, wishes)]}]
        case "Table":
            return [{"t": kind, "c": _tidy_table(content, wishes)}]
        case _:
            return [block]


def _tidy_blocks(blocks: Sequence[Block], wishes: Wishes) -> list[Block]:
    return [done for block in blocks for done in _tidy_block(block, wishes)]


def _tidy_table(content: Sequence[Any], wishes: Wishes) -> list[Any]:
    attributes, (short, caption), columns, head, bodies, foot = content

    def rows(found: Sequence[Any]) -> list[Any]:
        return [[attr, [[*cell[:4], _tidy_blocks(cell[4], wishes)] for cell in cells]] for attr, cells in found]

    return [
        attributes,
        [short, _tidy_blocks(caption, wishes)],
        columns,
        [head[0], rows(head[1])],
        [[attr, number, rows(first), rows(rest)] for attr, number, first, rest in bodies],
        [foot[0], rows(foot[1])],
    ]


def _tidy(inlines: Sequence[Inline], wishes: Wishes) -> list[Inline]:
    done: list[Inline] = []
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        match kind:
            case "RawInline":
                if wishes.backend and content[0] == wishes.backend:
                    done.append(inline)
            case "Span":
                (ident, classes, _), inner = content
                kept = _tidy(inner, wishes)
                if "mention" in classes:
                    done += kept  # a mark for our own layouts
                elif kept or ident:
                    done.append({"t": kind, "c": [[ident, classes, []], kept]} if ident or classes else p.span(kept))
            case "Note":
                done.append({"t": kind, "c": _tidy_blocks(content, wishes)})
            case "Link" | "Image":
                (ident, classes, pairs), inner, target = content
                inner = _tidy(inner, wishes)
                if kind == "Link" and target[0].startswith("#") and not wishes.places:
                    done += inner
                else:
                    done.append({"t": kind, "c": [[ident, [], pairs], inner, target]})
            case "Cite" | "Quoted":
                done.append({"t": kind, "c": [content[0], _tidy(content[1], wishes)]})
            case "Emph" | "Strong" | "Underline" | "Strikeout" | "Subscript" | "Superscript" | "SmallCaps":
                done.append({"t": kind, "c": _tidy(content, wishes)})
            case _:
                done.append(inline)
    return done


def _title(pairs: Mapping[str, str], inlines: Sequence[Inline]) -> list[Inline]:
    """A heading with its task state, priority and tags as text."""
    before: list[Inline] = []
    if "todo" in pairs:
        before += [p.wrap("Strong", [p.string(pairs["todo"])]), p.SPACE]
    if "priority" in pairs:
        before += [p.string(f"[#{pairs['priority']}]"), p.SPACE]
    after: list[Inline] = []
    if pairs.get("tags"):
        tags = p.string(f":{':'.join(pairs['tags'].split())}:")
        after = [p.SPACE, p.span([p.wrap("Emph", [tags])], classes=["tags"])]
    return [*before, *inlines, *after]


def _text(org: str | None) -> str:
    """The words of a setting, which is Org text."""
    return plain_text(parse_string(org)) if org else ""
