"""The interactive map: one HTML file with everything in it, that asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import html
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept, RelationKind, RelationType
from orgkb.patterns import pattern
from orgkb.shipped import shipped
from orgkb_exporters.conceptmap import look
from orgkb_exporters.conceptmap.addresses import safe_url
from orgkb_exporters.conceptmap.districts import Box, ground_plan, label
from orgkb_exporters.conceptmap.phrases import clean, drawn_phrase
from orgkb_exporters.conceptmap.places import Places
from orgkb_exporters.conceptmap.plan import language_of
from orgkb_exporters.conceptmap.seen import tags_of
from orgkb_exporters.conceptmap.select import best_links, eligible

if TYPE_CHECKING:
    from orgkb_exporters.anki.outline import CardOutline

SCRIPTS = ("data.js", "text.js", "focus.js", "paint.js", "view.js", "panel.js", "search.js", "save.js", "main.js")
"""The viewer's parts, in the order in which they are joined."""

MAX_MENTIONS = 60
"""Places of mentions told for one concept; the number of all is told too."""

MAX_CARDS = 12
"""Cards told for one concept."""

MAX_TEXT = 700
"""Letters of one definition."""

_KINDS, _TYPES = tuple(RelationKind), tuple(RelationType)
_FIELD = pattern(r"@([A-Z]+)@")


def viewer(graph: ConceptGraph, places: Places, title: str, cards: Iterable[CardOutline] = ()) -> bytes:
    """The page for GRAPH, whose links lead where PLACES says; TITLE names the whole, CARDS are told with their concepts."""
    concepts = eligible(graph)
    language = language_of(graph, concepts)
    style = _source("viewer.css")
    script = '(() => {\n"use strict";\n' + "\n".join(map(_source, SCRIPTS)) + "\n})();\n"
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    words = msgspec.json.decode(_source(f"words-{language}.json"))
    data = _data(graph, concepts, places, cards_of(graph, concepts, cards))
    data.update(title=clean(title), words=words, language=language)
    fields = {
        "LANGUAGE": language,
        "TITLE": html.escape(clean(title)),
        "POLICY": html.escape(policy),
        "NOSCRIPT": html.escape(words["noscript"]),
        "STYLE": style,
        "SCRIPT": script,
    }
    # What stands in the notes is never taken for a field; the data may be large, and are put in between as they are.
    before, _, after = _source("viewer.html").partition("@DATA@")
    ends = (_FIELD.sub(lambda match: fields[match[1]], part).encode() for part in (before, after))
    return _json(data).join(ends)


def _source(name: str) -> str:
    return shipped("orgkb_exporters", f"templates/map/{name}").decode()


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _json(data: Any) -> bytes:
    """DATA for a script element: no letter in it can end the element or begin a comment."""
    text = msgspec.json.encode(data)
    for char in "<>&\u2028\u2029":
        text = text.replace(char.encode(), b"\\u%04x" % ord(char))
    return text


def cards_of(
    graph: ConceptGraph, concepts: Iterable[Concept], cards: Iterable[CardOutline]
) -> dict[str, list[CardOutline]]:
    """Concept → the CARDS about it: those that ask for its name, and those of lines that mention it."""
    # Of the many lines only those are looked for that a card is made of.
    wanted = {(card.location.path, card.location.line) for card in cards if card.kind != "term"}
    by_name: dict[str, str] = {}
    by_line: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for concept in concepts:
        for surface in concept.surfaces:
            by_name.setdefault(surface.casefold(), concept.id)
        for line in graph.mentioned_at(concept.id):
            if line in wanted:
                by_line[line].append(concept.id)
    found: defaultdict[str, list[CardOutline]] = defaultdict(list)
    for card in cards:
        if card.kind == "term":
            named = by_name.get(card.term.casefold())
            about = [named] if named else []
        else:
            about = list(dict.fromkeys(by_line.get((card.location.path, card.location.line), ())))
        for concept_id in about:
            if len(found[concept_id]) < MAX_CARDS:
                found[concept_id].append(card)
    return found


def _data(
    graph: ConceptGraph, concepts: Sequence[Concept], places: Places, cards: Mapping[str, Sequence[CardOutline]]
) -> dict[str, Any]:
    """What the page knows; the names are short, for there are many of them (`data.js` tells what they mean)."""
    index = {concept.id: number for number, concept in enumerate(concepts)}
    file_index: dict[str, int] = {}

    def place(path: str, line: int) -> list[int]:
        return [file_index.setdefault(path, len(file_index)), line]

    documents = frozenset(document.path for document in graph.documents)
    tags = {concept.id: found for concept, found in zip(graph.concepts, tags_of(graph), strict=True)}
    links = best_links(graph.relations, concepts)
    plan = ground_plan(concepts, links, graph)
    plots = plan.districts
    region_of = {region.path: number for number, region in enumerate(plan.regions)}
    section_of = {concept: number for number, plot in enumerate(plots) for concept, _ in plot.concepts}
    boxes = {concept: box for plot in plots for concept, box in plot.concepts}
    rows = []
    for concept in concepts:
        box = boxes[concept.id]
        row: dict[str, Any] = {
            "i": concept.id,
            "n": clean(concept.name) or concept.id,
            "s": section_of[concept.id],
            "r": round(concept.rank, 3),
            "b": _rounded(box),
            "p": place(concept.span.path, concept.span.line),
        }
        short = label(concept.name)
        if short != row["n"]:
            row["l"] = short
        if aliases := [clean(alias.surface) for alias in concept.aliases if clean(alias.surface)]:
            row["a"] = list(dict.fromkeys(aliases))
        if told := [
            [_cut(clean(d.text)), *place(d.span.path, d.span.line)] for d in concept.definitions if clean(d.text)
        ]:
            row["d"] = told
        if concept.section_path:
            row["h"] = [clean(part) for part in concept.section_path]
        if found := tags[concept.id]:
            row["t"] = [clean(tag) for tag in found]
        if mentions := graph.mentions_of(concept.id):
            by_file: defaultdict[int, list[int]] = defaultdict(list)
            lines = dict.fromkeys(graph.mentioned_at(concept.id))
            for path, line in list(lines)[:MAX_MENTIONS]:
                by_file[place(path, line)[0]].append(line)
            row["m"] = [len(mentions), *([number, *found] for number, found in by_file.items())]
        if own := cards.get(concept.id):
            row["k"] = [_card(card, row, place) for card in own]
        rows.append(msgspec.Raw(msgspec.json.encode(row)))  # at once: all as they are take many times the memory
    propositions = []
    for relation in graph.relations:
        if relation.source == relation.target or relation.source not in index or relation.target not in index:
            continue
        drawn, said = drawn_phrase(relation.label), clean(relation.label)
        entry: list[Any] = [index[relation.source], index[relation.target], drawn, _KINDS.index(relation.kind)]
        entry.append(_TYPES.index(relation.type))
        entry += place(relation.span.path, relation.span.line)
        if said != drawn:
            entry.append(said)
        propositions.append(entry)
    return {
        "regions": [{"t": region.title, "b": _rounded(region.box)} for region in plan.regions],
        "sections": [
            {"t": plot.title, "b": _rounded(plot.box), "r": region_of.get(plot.path[0], -1)} for plot in plots
        ],
        "concepts": rows,
        "propositions": propositions,
        "kinds": [str(kind) for kind in _KINDS],
        "types": [str(kind) for kind in _TYPES],
        "files": [{"p": clean(path), **(_page(places, path) if path in documents else {})} for path in file_index],
        "colors": [style.color for style in look.SECTION_STYLES],
    }


def _card(card: CardOutline, row: Mapping[str, Any], place: Callable[[str, int], list[int]]) -> list[Any]:
    """Question, answer, file and line; the question is left out where it is the name, the answer where it is the definition."""
    answer = _cut(clean(card.answer))
    told = row.get("d", ())
    if card.kind == "term" and told and told[0][0] == answer:
        answer = ""
    return [_cut(clean(card.question)), answer, *place(card.location.path, card.location.line)]


def _rounded(box: Box) -> list[int]:
    return [round(value) for value in (box.x, box.y, box.width, box.height)]


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT].rsplit(" ", 1)[0] + "…"


def _page(places: Places, path: str) -> dict[str, Any]:
    """How the page makes addresses of lines in the file PATH."""
    page = places.page(path) if places.paged else None
    if page and page.address:
        joint = {} if page.joint == "#" else {"j": page.joint}
        return {"u": page.address, **joint, "h": [list(pair) for pair in zip(page.lines, page.anchors, strict=True)]}
    url = places.template(path)
    return {"u": url} if url and safe_url(url) else {}
