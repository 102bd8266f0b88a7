"""What follows the notes in a book: a glossary that tells where each term occurs, and an index of all terms."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import AliasKind, Concept, Definition
from orgkb.org import nodes as n
from orgkb.org.nodes import Object
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.formats.index_fields import IndexEntry
from orgkb_exporters.formats.tidy import Wishes
from orgkb_exporters.pandoc_inlines import Names
from orgkb_exporters.pandoc_json import Block, Inline

MAX_SECTIONS = 8
"""Sections named with an entry of the glossary."""
MAX_INDEXED = 24
"""Sections named with a line of the index."""
MAX_RELATED = 8
SURE = 0.6
"""Confidence from which a term that one section alone mentions is in the index."""
_COOKIE = pattern(r"\[\d*(?:%|/\d*)\]")
_SEE = frozenset({AliasKind.ACRONYM, AliasKind.EXPANSION, AliasKind.TRANSLATION, AliasKind.USER})


def defined(graph: ConceptGraph) -> list[Concept]:
    """The concepts with a definition, by name."""
    found = [concept for concept in graph.concepts if any(d.text.strip() for d in concept.definitions)]
    return sorted(found, key=lambda c: (_sort_key(c.name), c.id))


def glossary(
    graph: ConceptGraph, concepts: Sequence[Concept], names: Names, words: Mapping[str, str], wishes: Wishes
) -> list[Block]:
    """The heading and the entries of CONCEPTS; nothing where there are none."""
    if not concepts:
        return []
    entries = [_entry(graph, concept, names, words, wishes) for concept in concepts]
    return [p.header(1, p.attr("glossary"), p.words(words["glossary"])), p.definition_list(entries)]


def index(
    graph: ConceptGraph, known: Collection[str], names: Names, words: Mapping[str, str], wishes: Wishes
) -> list[Block]:
    """The heading and the lines of the index, by letter; KNOWN are the ids that have an entry in the glossary."""
    lines: dict[tuple[str, str], list[Inline]] = {}
    entries = indexed(graph, known, names)
    for id_, line in entries.items():
        concept, sections = graph.concept(id_), line.sections
        entry = names.concept(concept.id) if concept.id in known else ""
        lines[_sort_key(concept.name), concept.id] = _listed(
            [_to(concept.name, entry)], [_to(title, anchor) for title, anchor in sections[:MAX_INDEXED]]
        )
        for surface, key in line.others:
            see = [*p.words(surface), p.SPACE, p.string("→"), p.SPACE, _to(concept.name, entry or sections[0][1])]
            lines.setdefault((key, concept.id), see)
    blocks: list[Block] = []
    letter = ""
    for (key, _), inlines in sorted(lines.items(), key=lambda pair: pair[0]):
        if (first := _letter(key)) != letter:
            letter = first
            blocks.append(p.para([p.wrap("Strong", [p.string(letter)])]))
        blocks.append(p.para(inlines))
    if not blocks:
        return []
    heading = p.header(1, p.attr("index"), p.words(words["index"]))
    if wishes.index_style:
        return wishes.index_style.listing(heading, blocks, list(entries.values()))
    return [heading, *_of_class("index-lines", blocks, wishes)]


def indexed(graph: ConceptGraph, known: Collection[str], names: Names) -> dict[str, IndexEntry]:
    """What has a line in the index, by the id of the concept."""
    found: dict[str, IndexEntry] = {}
    for concept in graph.concepts:
        sections = tuple(_sections(graph, concept, names))
        if sections and (len(sections) > 1 or concept.id in known or concept.confidence >= SURE):
            others = [
                (alias.surface, _sort_key(alias.surface))
                for alias in concept.aliases
                if alias.kind in _SEE and alias.surface.casefold()[:3] != concept.name.casefold()[:3]
            ]
            own = _sort_key(concept.name)
            first = {
                key: surface for surface, key in reversed(others) if key != own
            }  # of those that differ in case only
            once = tuple((surface, key) for key, surface in sorted(first.items()))
            found[concept.id] = IndexEntry(concept.name, own, once, sections)
    return found


def _sort_key(name: str) -> str:
    """Letters as in a dictionary: without case, accents and what stands before the first letter."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)).lstrip("\"'«([-./_ ")


def _letter(key: str) -> str:
    return key[:1].upper() if key[:1].isalpha() else "0–9" if key[:1].isdecimal() else "·"


def _entry(
    graph: ConceptGraph, concept: Concept, names: Names, words: Mapping[str, str], wishes: Wishes
) -> tuple[list[Inline], list[Block]]:
    """The term with its other names, and its definitions, related terms and sections."""
    term = [p.span(p.words(concept.name), names.concept(concept.id))]
    others = dict.fromkeys(a.surface for a in concept.aliases if a.surface.casefold() != concept.name.casefold())
    if others:
        term += [p.SPACE, p.span(p.words(f"({', '.join(others)})"), classes=["aliases"] if wishes.styled else ())]
    texts = {_folded(d): d for d in reversed(concept.definitions) if d.text.strip()}
    blocks: list[Block] = [p.para(_sense(definition)) for definition in reversed(texts.values())]
    related = graph.neighbours(concept.id)[:MAX_RELATED]
    if related:
        known = {other.id for other in related if any(d.text.strip() for d in other.definitions)}
        links = [
            _to(other.name, names.concept(other.id) if wishes.places and other.id in known else "") for other in related
        ]
        blocks += _of_class("related", [_line(words["see"], links)], wishes)
    sections = list(_sections(graph, concept, names)) if wishes.places else []
    if sections:
        line = _line("→", [_to(title, anchor) for title, anchor in sections[:MAX_SECTIONS]])
        blocks += _of_class("places", [line], wishes)
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
    sign = p.wrap("Emph", [p.string(label)]) if label.isalpha() or " " in label else p.string(label)
    return p.para(_listed([sign], items))


def _of_class(name: str, blocks: list[Block], wishes: Wishes) -> list[Block]:
    return [p.div(blocks, classes=[name])] if wishes.styled else blocks


def _listed(first: Sequence[Inline], items: Sequence[Inline]) -> list[Inline]:
    """FIRST, then ITEMS with commas between them."""
    inlines = list(first)
    for number, item in enumerate(items):
        inlines += [p.string(","), p.SPACE, item] if number else [p.SPACE, item]
    return inlines


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
        yield _COOKIE.sub("", plain_text(headline.title)).strip() or "…", names.headline(document, headline)
