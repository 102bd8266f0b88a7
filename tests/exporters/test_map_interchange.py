import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
import rdflib
from markdown_it import MarkdownIt
from rdflib.namespace import SKOS

from orgkb.concepts.graph import ConceptGraph
from orgkb.errors import UsageError
from orgkb_exporters.conceptmap import MapExporter, interchange, plan
from orgkb_exporters.conceptmap.interchange import FORMATS
from tests.exporters.map_graphs import ENGLISH_CONCEPTS, ENGLISH_RELATIONS, context, graph

HOSTILE = (("=cmd()|'x'!A1", "S", '"quoted" <b>&amp;</b>'), ("-2+3", "S", ""), ("пример; \\ #35;", "S", "@SUM(1)"))
NOTES = graph(
    (*ENGLISH_CONCEPTS, *HOSTILE), (*ENGLISH_RELATIONS, (HOSTILE[0][0], '+ is <not> "-->" a', HOSTILE[2][0]))
)  # fmt: skip
CXL = "{http://cmap.ihmc.us/xml/cmap/}"


def written(name: str, notes: ConceptGraph = NOTES) -> dict[str, bytes]:
    spec = plan.overview(notes, max_concepts=24, max_propositions=36)
    return dict(FORMATS[name](notes, spec, "Notes & more"))


def names(notes: ConceptGraph = NOTES) -> set[str]:
    return {concept.name for concept in notes.concepts}


def check(found: Any) -> None:
    assert set(found.nodes) == {concept.id for concept in NOTES.concepts}
    assert {data["label"] for _, data in found.nodes(data=True)} == names()
    assert found.number_of_edges() == len(NOTES.relations)
    assert found.nodes["pod"]["definition"] == "a group of one or more containers with shared storage and network"
    assert isinstance(found.nodes["pod"]["line"], int)
    labels = {data["label"] for _, _, data in found.edges(data=True) if data.get("label")}
    assert {"group of one or more", '+ is <not> "-->" a'} <= labels


def test_networkx_reads_the_node_link_json() -> None:
    check(nx.node_link_graph(json.loads(written("json")["graph.json"]), edges="edges"))


def test_networkx_reads_the_graphml() -> None:
    check(nx.read_graphml(io.BytesIO(written("graphml")["graph.graphml"]), force_multigraph=True))


def test_networkx_reads_the_gexf() -> None:
    text = written("gexf")["graph.gexf"].replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
    text = text.replace(b'version="1.3"', b'version="1.2"')  # the newest that networkx knows; alike in what is used
    found = nx.read_gexf(io.BytesIO(text))
    assert set(found.nodes) == {concept.id for concept in NOTES.concepts}
    assert {data["label"] for _, data in found.nodes(data=True)} == names()
    assert found.number_of_edges() == len(NOTES.relations)
    assert found.nodes["pod"]["line"] == 3


def test_networkx_reads_the_cytoscape_json() -> None:
    data = json.loads(written("cytoscape")["graph.cyjs"])
    found = nx.cytoscape_graph({**data, "directed": True, "multigraph": True}, name="label", ident="id")
    assert found.number_of_nodes() == len(NOTES.concepts)
    assert found.number_of_edges() == len(NOTES.relations)


def test_no_cell_of_the_tables_is_a_formula() -> None:
    files = written("csv")
    assert set(files) == {"concepts.csv", "propositions.csv"}
    for data in files.values():
        rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
        assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)
    concepts = list(csv.DictReader(io.StringIO(files["concepts.csv"].decode(), newline="")))
    assert {row["Label"].removeprefix("'") for row in concepts} == names()
    propositions = list(csv.DictReader(io.StringIO(files["propositions.csv"].decode(), newline="")))
    assert len(propositions) == len(NOTES.relations)
    assert {row["Source"] for row in propositions} <= {row["Id"] for row in concepts}


def test_the_cmaptools_file_has_every_proposition_through_its_phrase() -> None:
    notes = graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS)
    spec = plan.overview(notes, max_concepts=24, max_propositions=36)
    root = ET.fromstring(written("cxl", notes)["overview.cxl"])
    concepts = {c.get("id"): c.get("label") for c in root.iter(f"{CXL}concept")}
    phrases = {p.get("id"): p.get("label") for p in root.iter(f"{CXL}linking-phrase")}
    ends = [(c.get("from-id"), c.get("to-id")) for c in root.iter(f"{CXL}connection")]
    into = {phrase: concepts[begin] for begin, phrase in ends if begin in concepts}
    said = {(into[phrase], phrases[phrase], concepts[end]) for phrase, end in ends if phrase in phrases}
    label = {concept.id: concept.label for concept in spec.concepts}
    assert said == {(label[p.source], p.phrase or "–", label[p.target]) for p in spec.propositions}
    assert spec.question in (root.findtext(".//{http://purl.org/dc/elements/1.1/}description") or "")


def test_the_canvas_holds_all_concepts_inside_the_groups_of_their_sections() -> None:
    data = json.loads(written("canvas")["map.canvas"])
    groups = [node for node in data["nodes"] if node["type"] == "group"]
    cards = [node for node in data["nodes"] if node["type"] == "text"]
    assert {node["text"] for node in cards} == names()
    for card in cards:
        assert any(
            group["x"] <= card["x"]
            and group["y"] <= card["y"]
            and card["x"] + card["width"] <= group["x"] + group["width"] + 1
            and card["y"] + card["height"] <= group["y"] + group["height"] + 1
            for group in groups
        )
    known = {node["id"] for node in data["nodes"]}
    assert all({edge["fromNode"], edge["toNode"]} <= known for edge in data["edges"])


def test_mermaid_holds_the_overview_and_no_text_leaves_its_quotes() -> None:
    text = written("mermaid")["overview.mmd"].decode()
    assert text.startswith("flowchart BT\n")
    assert '["pod"]' in text
    assert "consists of" in text
    pattern = r'  c\d+(?:\["[^"]*"\]| (?:-- "[^"]*" -->|-\.->) c\d+)'
    assert all(re.fullmatch(pattern, line) for line in text.splitlines()[1:])
    hostile = graph(HOSTILE, [(HOSTILE[0][0], 'is "-->" a', HOSTILE[2][0])])
    lines = written("mermaid", hostile)["overview.mmd"].decode().splitlines()[1:]
    assert all(re.fullmatch(pattern, line) for line in lines)


def test_the_glossary_is_skos() -> None:
    data = json.loads(written("skos")["glossary.jsonld"])
    concepts = {node["@id"]: node for node in data["@graph"] if node["@type"] == "skos:Concept"}
    assert concepts["#pod"]["skos:prefLabel"] == "pod"
    assert concepts["#pod"]["skos:definition"] == ["a group of one or more containers with shared storage and network"]
    assert {"@id": "#container"} in concepts["#pod"]["skos:related"]
    assert all(other["@id"] in concepts for node in concepts.values() for other in node.get("skos:related", []))


# rdflib warns of a class of its own that its JSON-LD reader still uses.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_rdflib_reads_the_glossary() -> None:
    found = rdflib.Graph().parse(
        data=written("skos")["glossary.jsonld"], format="json-ld", publicID="https://notes.example/"
    )
    concepts = set(found.subjects(rdflib.RDF.type, SKOS.Concept))

    assert {str(found.value(concept, SKOS.prefLabel)) for concept in concepts} == names()
    pod = next(concept for concept in concepts if str(found.value(concept, SKOS.prefLabel)) == "pod")
    assert "a group of one or more containers with shared storage and network" in map(
        str, found.objects(pod, SKOS.definition)
    )
    assert set(found.objects(pod, SKOS.related)) <= concepts


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_notes_without_concepts(name: str) -> None:
    assert all(data for data in written(name, graph([], [])).values())


def test_formats_are_written_where_asked_for_and_unknown_ones_refused() -> None:
    exporter = MapExporter(formats=("mermaid", "csv"), chapters=False, interactive=False)
    paths = {artifact.path for artifact in exporter.export(NOTES, context([]))}
    assert {"map/overview.mmd", "map/concepts.csv", "map/propositions.csv"} <= paths
    with pytest.raises(UsageError, match="known: json, graphml"):
        MapExporter(formats=("visio",))


def test_names_are_no_formulas_for_a_spreadsheet_and_no_markup_on_a_canvas() -> None:
    for cell in ("=1+1", "+1", "-x", "@SUM(1)", "\t=1", " =1", "＝1", "＠x"):
        assert interchange._cell(cell) == f"'{cell}"
    assert interchange._cell("a=b") == "a=b"
    assert interchange._cell(-1) == -1
    names = ("![x](http://localhost:9/p.png)", "![[secret]]", "<img src=x onerror=p()>", "# big")
    notes = graph([(name, "Part", "a thing") for name in names], [])
    nodes = json.loads(written("canvas", notes)["map.canvas"])["nodes"]
    rendered = MarkdownIt("commonmark", {"html": True}).render("\n\n".join(n["text"] for n in nodes if "text" in n))
    assert "<img" not in rendered
    assert "<h1" not in rendered
    assert not any("[[" in node.get("text", "") for node in nodes)
