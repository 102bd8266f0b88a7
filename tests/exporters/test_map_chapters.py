import subprocess
from xml.etree import ElementTree as ET

from orgkb.diagnostics import Diagnostic, Severity
from orgkb_exporters.conceptmap import MapExporter
from orgkb_exporters.conceptmap.atlas import atlas
from orgkb_exporters.conceptmap.chapters import FEWEST, chapter_map, chapters, drawn_pages, pages, streets, telling
from orgkb_exporters.conceptmap.draw import find_engine
from orgkb_exporters.conceptmap.select import weight
from tests.exporters.map_graphs import ENGLISH_CONCEPTS, ENGLISH_RELATIONS, context, graph

NOTES = graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS)
SVG = "{http://www.w3.org/2000/svg}"


def test_each_heading_with_enough_relations_gets_a_map() -> None:
    found = {chapter.title: chapter for chapter in chapters(NOTES)}
    assert list(found) == ["Docker", "Kubernetes", "Docker Compose"]
    assert found["Docker"].has_map
    assert found["Kubernetes"].has_map
    assert not found["Docker Compose"].has_map
    assert sum(len(chapter.concepts) for chapter in found.values()) == len(NOTES.concepts)


def test_a_chapter_map_holds_related_concepts_of_its_heading_and_asks_about_it() -> None:
    chapter = next(c for c in chapters(NOTES) if c.title == "Kubernetes")
    spec = chapter_map(chapter, NOTES, max_concepts=24, max_propositions=36)
    own = {concept.id for concept in chapter.concepts}
    assert {concept.id for concept in spec.concepts} <= own
    assert not spec.unlinked
    assert spec.question.startswith("Kubernetes: how do ")
    assert spec.all_concepts == len(own)


def test_a_large_heading_is_split_by_its_subheadings() -> None:
    rows = [(f"term {part}-{i}", f"Top/Part {part}", "") for part in range(4) for i in range(15)]
    notes = graph(rows, [(f"term {p}-{i}", "uses", f"term {p}-{i + 1}") for p in range(4) for i in range(14)])
    assert [chapter.title for chapter in chapters(notes)] == ["Part 0", "Part 1", "Part 2", "Part 3"]
    assert {chapter.above for chapter in chapters(notes)} == {"Top"}


def test_chapters_of_one_name_get_files_of_their_own() -> None:
    rows = [(f"t{part}-{i}", f"Part {part}/Terms", "") for part in range(2) for i in range(30)]
    notes = graph(rows, [(f"t{p}-{i}", "uses", f"t{p}-{i + 1}") for p in range(2) for i in range(29)])
    names = [chapter.name for chapter in chapters(notes)]
    assert len(names) == len(set(names))


def test_streets_join_chapters_that_speak_of_each_other() -> None:
    found = chapters(NOTES)
    joined = {(street.source, street.target) for street in streets(found, NOTES)}
    assert ("docker", "kubernetes") in joined
    assert all(street.count > 0 for street in streets(found, NOTES))


def test_the_map_of_maps_names_each_section_with_its_leading_concepts_and_leads_to_its_map() -> None:
    text = atlas(chapters(NOTES), NOTES, "Notes \\N <b>", "en")
    svg = ET.fromstring(find_engine().draw(text, "svg"))
    said = " ".join(t.text or "" for t in svg.iter(f"{SVG}text"))
    assert "Docker (8)" in said
    assert "Kubernetes (17)" in said
    assert "Notes \\N <b>" in said
    assert "container" in said
    links = {a.get("{http://www.w3.org/1999/xlink}href") for a in svg.iter(f"{SVG}a")} - {None}
    assert links == {"chapters/docker.svg", "chapters/kubernetes.svg"}


def test_graphviz_has_nothing_to_complain_about_in_chapters_and_the_map_of_maps() -> None:
    exporter = MapExporter(interactive=False)
    files = {artifact.path: artifact.data for artifact in exporter.export(NOTES, context([]))}
    assert {"map/sections.dot", "map/sections.svg", "map/chapters/docker.svg"} <= set(files)
    program = find_engine().program
    for path, data in files.items():
        if path.endswith(".dot"):
            done = subprocess.run([program, "-q", "-Tsvg"], input=data, capture_output=True, check=True)
            assert done.stderr == b"", path


def test_a_section_of_few_relations_has_no_map() -> None:
    rows = [(f"a{i}", "A", "") for i in range(FEWEST - 1)] + [("b", "B", "")]
    notes = graph(rows, [("a0", "uses", f"a{i}") for i in range(1, FEWEST - 1)])
    paths = [artifact.path for artifact in MapExporter().export(notes, context([]))]
    assert not any(path.startswith("map/chapters/") for path in paths)


def test_a_heading_too_large_for_a_page_becomes_several_pages_that_leave_out_nothing_related() -> None:
    star = [("hub", "Top", "a hub"), *((f"leaf {i:02}", "Top", "") for i in range(60)), ("alone", "Top", "")]
    notes = graph(star, [(f"leaf {i:02}", "hangs on the", "hub") for i in range(60)])
    (chapter,) = chapters(notes)
    parts = pages(chapter, notes, 24)
    assert [part.name for part in parts] == ["top", "top.2", "top.3"]
    shown = {concept.name for part in parts for concept in part.concepts}
    assert shown == {name for name, *_ in star} - {"alone"}
    for part in parts:
        spec = chapter_map(part, notes, max_concepts=24, max_propositions=36)
        assert len(spec.concepts) <= 24
        assert spec.pieces == 1
        assert spec.question.startswith(f"Top ({part.part}): ")
        assert spec.all_concepts == 62


def test_a_heading_that_fits_a_page_is_one() -> None:
    chapter = next(c for c in chapters(NOTES) if c.title == "Kubernetes")
    (only,) = pages(chapter, NOTES, 24)
    assert (only.name, only.part) == (chapter.name, 0)


def test_of_many_sections_those_whose_concepts_weigh_most_get_a_map_and_the_others_are_told() -> None:
    rows = [(f"t{part}-{i}", f"Part {part}", "") for part in range(4) for i in range(6)]
    notes = graph(rows, [(f"t{p}-{i}", "uses", f"t{p}-{i + 1}") for p in range(4) for i in range(5)])
    found = chapters(notes)
    assert telling(found, 0) == telling(found, 4) == found
    heavy = sorted(found, key=lambda c: -sum(weight(concept) for concept in c.concepts))[:2]
    kept = telling(found, 2)
    assert {chapter.name for chapter in kept if chapter.has_map} == {chapter.name for chapter in heavy}
    assert [chapter.name for chapter in kept] == [chapter.name for chapter in found]
    text = atlas(kept, notes, "Notes", "en")
    assert text.count("chapters/") == 2
    reported: list[Diagnostic] = []
    paths = [made.path for made in MapExporter(interactive=False, max_chapters=2).export(notes, context(reported))]
    assert sum(path.startswith("map/chapters/") and path.endswith(".dot") for path in paths) == 2
    assert [(told.code, told.severity) for told in reported] == [("map-chapters", Severity.INFO)]
    assert "2 with less to tell" in reported[0].message


def test_a_limit_gives_each_section_its_first_page_before_any_gets_a_second_one() -> None:
    rows = [("hub", "Top", "a hub"), *((f"leaf {i:02}", "Top", "") for i in range(60))]
    rows += [(f"t{i}", "Small", "") for i in range(6)]
    related = [(f"leaf {i:02}", "hangs on the", "hub") for i in range(60)]
    notes = graph(rows, [*related, *((f"t{i}", "uses", f"t{i + 1}") for i in range(5))])
    found = chapters(notes)
    assert [page.name for page in drawn_pages(found, notes, 24, 0)] == ["top", "top.2", "top.3", "small"]
    assert [page.name for page in drawn_pages(found, notes, 24, 3)] == ["top", "top.2", "small"]
    assert [page.name for page in drawn_pages(found, notes, 24, 2)] == ["top", "small"]
