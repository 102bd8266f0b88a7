"""The concept graph in the formats of other programs, and small maps for other writers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import AliasKind, Concept, Relation
from orgkb_exporters.conceptmap.districts import Box, ground_plan
from orgkb_exporters.conceptmap.phrases import clean
from orgkb_exporters.conceptmap.select import best_links, eligible
from orgkb_exporters.conceptmap.spec import MapSpec

Files = Iterator[tuple[str, bytes]]
"""Paths inside `map/` and what they hold."""

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_CXL = "http://cmap.ihmc.us/xml/cmap/"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"

_FORMULA = frozenset("=+-@|＝＋－＠\t\r\n")
Row = Mapping[str, str | int | float]


def _concept_rows(graph: ConceptGraph) -> list[Row]:
    return [
        {
            "id": concept.id,
            "label": clean(concept.name) or concept.id,
            "aliases": "; ".join(clean(alias.surface) for alias in concept.aliases),
            "definition": clean(concept.definition.text) if concept.definition else "",
            "kind": str(concept.kind),
            "section": " / ".join(clean(part) for part in concept.section_path),
            "file": clean(concept.span.path),
            "line": concept.span.line,
            "rank": round(concept.rank, 4),
            "confidence": round(concept.confidence, 4),
        }
        for concept in eligible(graph)
    ]


def _relations(graph: ConceptGraph) -> list[Relation]:
    known = {concept.id for concept in eligible(graph)}
    return [r for r in graph.relations if r.source in known and r.target in known]


def _relation_rows(graph: ConceptGraph) -> list[Row]:
    return [
        {
            "id": f"r{number}",
            "source": relation.source,
            "target": relation.target,
            "label": clean(relation.label),
            "kind": str(relation.kind),
            "file": clean(relation.span.path),
            "line": relation.span.line,
            "confidence": round(relation.confidence, 4),
        }
        for number, relation in enumerate(_relations(graph))
    ]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def node_link(graph: ConceptGraph, _spec: MapSpec, title: str) -> Files:
    """JSON as networkx (`node_link_graph(data, edges="edges")`) and d3 read it."""
    edges = [{"key": row["id"], **{k: v for k, v in row.items() if k != "id"}} for row in _relation_rows(graph)]
    yield (
        "graph.json",
        _json(
            {
                "directed": True,
                "multigraph": True,
                "graph": {"title": clean(title)},
                "nodes": _concept_rows(graph),
                "edges": edges,
            }
        ),
    )


def cytoscape(graph: ConceptGraph, _spec: MapSpec, title: str) -> Files:
    """JSON for Cytoscape and Cytoscape.js."""
    nodes = [{"data": {**row, "value": row["id"], "name": row["label"]}} for row in _concept_rows(graph)]
    edges = [{"data": dict(row)} for row in _relation_rows(graph)]
    yield "graph.cyjs", _json({"data": {"name": clean(title)}, "elements": {"nodes": nodes, "edges": edges}})


def _typed(value: str | float) -> str:
    return "string" if isinstance(value, str) else "int" if isinstance(value, int) else "double"


def graphml(graph: ConceptGraph, _spec: MapSpec, _title: str) -> Files:
    """GraphML: yEd, Gephi, Cytoscape, igraph."""
    root = ET.Element("graphml", xmlns=_GRAPHML)
    concepts, relations = _concept_rows(graph), _relation_rows(graph)
    keys: dict[tuple[str, str], str] = {}
    for kind, rows, skipped in (("node", concepts, {"id"}), ("edge", relations, {"id", "source", "target"})):
        for name, value in (rows[0] if rows else {}).items():
            if name not in skipped:
                keys[kind, name] = f"d{len(keys)}"
                ET.SubElement(
                    root,
                    "key",
                    {"id": keys[kind, name], "for": kind, "attr.name": name, "attr.type": _typed(value)},
                )
    body = ET.SubElement(root, "graph", id="concepts", edgedefault="directed")
    for row in concepts:
        node = ET.SubElement(body, "node", id=str(row["id"]))
        _graphml_data(node, "node", row, keys)
    for row in relations:
        edge = ET.SubElement(body, "edge", id=str(row["id"]), source=str(row["source"]), target=str(row["target"]))
        _graphml_data(edge, "edge", row, keys)
    yield "graph.graphml", _xml(root)


def _graphml_data(element: ET.Element, kind: str, row: Row, keys: Mapping[tuple[str, str], str]) -> None:
    for name, value in row.items():
        if (kind, name) in keys and value != "":
            ET.SubElement(element, "data", key=keys[kind, name]).text = str(value)


def gexf(graph: ConceptGraph, _spec: MapSpec, title: str) -> Files:
    """GEXF 1.3: Gephi and Gephi Lite."""
    root = ET.Element("gexf", xmlns=_GEXF, version="1.3")
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "orgkb"
    ET.SubElement(meta, "description").text = clean(title)
    body = ET.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    concepts, relations = _concept_rows(graph), _relation_rows(graph)
    for kind, rows, skipped, singular in (
        ("nodes", concepts, {"id", "label"}, "node"),
        ("edges", relations, {"id", "source", "target", "label"}, "edge"),
    ):
        names = [name for name in (rows[0] if rows else {}) if name not in skipped]
        declared = ET.SubElement(body, "attributes", {"class": singular, "mode": "static"})
        for index, name in enumerate(names):
            kind_of = {"int": "integer"}.get(_typed(rows[0][name]), _typed(rows[0][name]))
            ET.SubElement(declared, "attribute", id=str(index), title=name, type=kind_of)
        group = ET.SubElement(body, kind)
        for row in rows:
            own = {key: str(value) for key, value in row.items() if key not in names}
            element = ET.SubElement(group, singular, own)
            values = ET.SubElement(element, "attvalues")
            for index, name in enumerate(names):
                ET.SubElement(values, "attvalue", {"for": str(index), "value": str(row[name])})
    yield "graph.gexf", _xml(root)


def _xml(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def tables(graph: ConceptGraph, _spec: MapSpec, _title: str) -> Files:
    """Two CSV files, as Gephi, Neo4j and spreadsheets read them.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; so do full-width signs, which
    some take for the others.
    """
    for name, rows, first in (
        ("concepts.csv", _concept_rows(graph), {"id": "Id", "label": "Label"}),
        ("propositions.csv", _relation_rows(graph), {"source": "Source", "target": "Target", "label": "Label"}),
    ):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        columns = list(rows[0]) if rows else list(first)
        writer.writerow([first.get(column, column) for column in columns])
        for row in rows:
            writer.writerow([_cell(row[column]) for column in columns])
        yield name, out.getvalue().encode("utf-8", "replace")


def _cell(value: str | float) -> str | float:
    return f"'{value}" if isinstance(value, str) and value.lstrip()[:1] in _FORMULA else value


def cxl(_graph: ConceptGraph, spec: MapSpec, _title: str) -> Files:
    """CXL: the overview for CmapTools, with its focus question; CmapTools lays it out (Format, Autolayout)."""
    ET.register_namespace("dc", _DC)
    ET.register_namespace("dcterms", _DCTERMS)
    root = ET.Element("cmap", xmlns=_CXL)
    meta = ET.SubElement(root, "res-meta")
    ET.SubElement(meta, f"{{{_DC}}}title").text = spec.question
    ET.SubElement(meta, f"{{{_DC}}}description").text = spec.question
    ET.SubElement(meta, f"{{{_DC}}}language").text = spec.language
    body = ET.SubElement(root, "map")
    concepts = ET.SubElement(body, "concept-list")
    phrases = ET.SubElement(body, "linking-phrase-list")
    connections = ET.SubElement(body, "connection-list")
    ids = {concept.id: f"c{number}" for number, concept in enumerate(spec.concepts)}
    for concept in spec.concepts:
        own = {"id": ids[concept.id], "label": concept.label}
        if concept.note:
            own["long-comment"] = concept.note
        ET.SubElement(concepts, "concept", own)
    known: dict[tuple[str, str], str] = {}
    for p in spec.propositions:
        key = (p.source, p.phrase.casefold())
        if key not in known or not p.phrase:
            known[key] = f"p{len(phrases)}"
            ET.SubElement(phrases, "linking-phrase", {"id": known[key], "label": p.phrase or "–"})
            _connect(connections, ids[p.source], known[key])
        _connect(connections, known[key], ids[p.target])
    yield "overview.cxl", _xml(root)


def _connect(connections: ET.Element, begin: str, end: str) -> None:
    ET.SubElement(connections, "connection", {"id": f"l{len(connections)}", "from-id": begin, "to-id": end})


def canvas(graph: ConceptGraph, _spec: MapSpec, _title: str) -> Files:
    """JSON Canvas: the whole map for Obsidian, a group for each section.  Names are escaped: cards are Markdown."""
    # Here and not above: the other formats need no Markdown.
    from orgkb_exporters.markdown.escape import assemble  # noqa: PLC0415
    from orgkb_exporters.markdown.flavours import flavour_named  # noqa: PLC0415
    from orgkb_exporters.markdown.pieces import Literal  # noqa: PLC0415
    from orgkb_exporters.markdown.pieces import Place as MarkdownPlace  # noqa: PLC0415

    dialect = flavour_named("obsidian").dialect
    concepts = eligible(graph)
    links = best_links(graph.relations, concepts)
    drawn = ground_plan(concepts, links, graph)
    by_id = {concept.id: concept for concept in concepts}
    nodes: list[dict[str, Any]] = []
    for number, district in enumerate(drawn.districts):
        nodes.append({"id": f"s{number}", "type": "group", "label": district.title, **_area(district.box, 2)})
    for district in drawn.districts:
        for concept, box in district.concepts:
            name = Literal(clean(by_id[concept].name) or concept)
            text = assemble((name,), MarkdownPlace.BLOCK, dialect)
            nodes.append({"id": f"c-{concept}", "type": "text", "text": text, **_area(box, 2)})
    edges = [
        {
            "id": f"e{number}",
            "fromNode": f"c-{link.relation.source}",
            "toNode": f"c-{link.relation.target}",
            **({"label": link.phrase} if link.phrase else {}),
        }
        for number, link in enumerate(links)
    ]
    yield "map.canvas", _json({"nodes": nodes, "edges": edges})


def _area(box: Box, scale: float) -> dict[str, int]:
    names = (("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height))
    return {name: round(value * scale) for name, value in names}


def mermaid(_graph: ConceptGraph, spec: MapSpec, _title: str) -> Files:
    """Mermaid: the overview for GitHub and Obsidian; small enough for the limits of both."""
    lines = ["flowchart BT"]
    ids = {concept.id: f"c{number}" for number, concept in enumerate(spec.concepts)}
    lines += [f'  {ids[concept.id]}["{_mermaid(concept.label)}"]' for concept in spec.concepts]
    for p in spec.propositions:
        line = f'-- "{_mermaid(p.phrase)}" -->' if p.phrase else "-.->"
        lines.append(f"  {ids[p.source]} {line} {ids[p.target]}")
    yield "overview.mmd", ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _mermaid(text: str) -> str:
    """TEXT with all that Mermaid or Markdown could read as `#code;`."""
    return "".join(char if char.isalnum() or char in " ,.-" else f"#{ord(char)};" for char in text)


def skos(graph: ConceptGraph, _spec: MapSpec, title: str) -> Files:
    """SKOS as JSON-LD: the glossary for the semantic web."""
    concepts = eligible(graph)
    near: dict[str, list[str]] = {}
    for relation in _relations(graph):
        if relation.source != relation.target:
            near.setdefault(relation.source, []).append(relation.target)
    scheme = "#scheme"
    graph_nodes: list[dict[str, Any]] = [{"@id": scheme, "@type": "skos:ConceptScheme", "skos:prefLabel": clean(title)}]
    graph_nodes += (_skos_concept(concept, near.get(concept.id, ()), scheme) for concept in concepts)
    context = {"skos": "http://www.w3.org/2004/02/skos/core#"}
    yield "glossary.jsonld", _json({"@context": context, "@graph": graph_nodes})


def _skos_concept(concept: Concept, near: Sequence[str], scheme: str) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@id": f"#{concept.id}",
        "@type": "skos:Concept",
        "skos:prefLabel": clean(concept.name) or concept.id,
        "skos:inScheme": {"@id": scheme},
    }
    hidden = AliasKind.PLURAL
    lists: dict[str, list[Any]] = {
        "skos:altLabel": [clean(a.surface) for a in concept.aliases if a.kind != hidden],
        "skos:hiddenLabel": [clean(a.surface) for a in concept.aliases if a.kind == hidden],
        "skos:definition": [clean(d.text) for d in concept.definitions if clean(d.text)],
        "skos:related": [{"@id": f"#{other}"} for other in dict.fromkeys(near)],
    }
    node |= {key: values for key, values in lists.items() if values}
    node["skos:note"] = f"{clean(concept.span.path)}:{concept.span.line}"
    return node


FORMATS: Mapping[str, Callable[[ConceptGraph, MapSpec, str], Files]] = {
    "json": node_link,
    "graphml": graphml,
    "gexf": gexf,
    "csv": tables,
    "cytoscape": cytoscape,
    "cxl": cxl,
    "canvas": canvas,
    "mermaid": mermaid,
    "skos": skos,
}
"""The formats of the option `formats`: (graph, overview, title) → files."""
