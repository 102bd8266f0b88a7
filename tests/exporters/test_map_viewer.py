import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest

from orgkb.concepts.build import build
from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Location
from orgkb.org import reader
from orgkb.org.semantics import prepare
from orgkb_exporters.anki.outline import CardOutline, outlines
from orgkb_exporters.conceptmap.districts import ground_plan
from orgkb_exporters.conceptmap.places import Places
from orgkb_exporters.conceptmap.select import best_links, eligible
from orgkb_exporters.conceptmap.viewer import cards_of, viewer
from tests.exporters.chromium import Chromium, needs_chromium
from tests.exporters.map_graphs import (
    ENGLISH_CONCEPTS,
    ENGLISH_RELATIONS,
    RUSSIAN_CONCEPTS,
    RUSSIAN_RELATIONS,
    context,
    graph,
)

SVG = "{http://www.w3.org/2000/svg}"
NOTES = graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS)
EVIL = "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'>"


def page(notes: ConceptGraph = NOTES, link: str = "../notes/{stem}.html", title: str = "Notes") -> bytes:
    return viewer(notes, Places(notes, context([]), link), title)


def data_of(written: bytes) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', written.decode(), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_asks_for_nothing_and_runs_only_its_own_script() -> None:
    text = page().decode()
    reader = Reader()
    reader.feed(text)
    policy = next(a["content"] for t, a in reader.tags if t == "meta" and "http-equiv" in a) or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    script = text[text.rindex("<script>") + 8 : text.rindex("</script>")]
    style = text[text.index("<style>") + 7 : text.index("</style>")]
    for part in (script, style):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" in policy
    assert not [a for t, a in reader.tags if "src" in a or any(name.startswith("on") for name in a)]
    assert [a["href"] for t, a in reader.tags if t == "link"] == ["data:,"]
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert forbidden not in script


def test_what_stands_in_the_notes_cannot_leave_its_place() -> None:
    written = page(graph([(EVIL, EVIL, EVIL), ("@SCRIPT@", "S", "<!--")], [(EVIL, EVIL, "@SCRIPT@")]), title=EVIL)
    reader = Reader()
    reader.feed(written.decode())
    assert [t for t, _ in reader.tags].count("script") == 2
    assert "img" not in [t for t, _ in reader.tags]
    names = {concept["n"] for concept in data_of(written)["concepts"]}
    assert names == {EVIL, "@SCRIPT@"}


def test_the_page_knows_definitions_propositions_and_their_places() -> None:
    data = data_of(page())
    concepts = {concept["n"]: concept for concept in data["concepts"]}
    pod = concepts["pod"]
    assert pod["d"][0][0] == "a group of one or more containers with shared storage and network"
    assert data["files"][pod["p"][0]]["p"] == "notes.org"
    assert data["files"][pod["p"][0]]["u"] == "../notes/notes.html"
    order = [concept["n"] for concept in data["concepts"]]
    said = {(order[p[0]], p[2], order[p[1]]) for p in data["propositions"]}
    assert ("pod", "group of one or more", "container") in said
    assert len(data["propositions"]) == len(NOTES.relations)


def test_unsafe_addresses_are_left_out() -> None:
    assert all("u" not in file for file in data_of(page(link="javascript:{id}"))["files"])


def test_the_same_notes_give_the_same_page() -> None:
    assert page() == page()
    assert page(graph(ENGLISH_CONCEPTS, ENGLISH_RELATIONS)) == page()


@pytest.mark.parametrize("notes", [NOTES, graph(RUSSIAN_CONCEPTS, RUSSIAN_RELATIONS)], ids=["english", "russian"])
def test_concepts_stand_inside_their_districts_and_nothing_overlaps(notes: ConceptGraph) -> None:
    concepts = eligible(notes)
    drawn = ground_plan(concepts, best_links(notes.relations, concepts), notes)
    assert sorted(name for district in drawn.districts for name, _ in district.concepts) == sorted(
        concept.id for concept in concepts
    )

    def apart(boxes: list[Any]) -> bool:
        return all(
            a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
            for i, a in enumerate(boxes)
            for b in boxes[i + 1 :]
        )

    assert apart([district.box for district in drawn.districts])
    for district in drawn.districts:
        assert apart([box for _, box in district.concepts])
        for _, box in district.concepts:
            assert district.box.x < box.x
            assert box.x + box.width < district.box.x + district.box.width
            assert district.box.y < box.y
            assert box.y + box.height < district.box.y + district.box.height


def test_a_large_section_is_split_by_its_headings_and_the_work_stays_linear() -> None:
    rows = [(f"term {i}", f"Top/Part {i % 30}", "") for i in range(3000)]
    notes = graph(rows, [(f"term {i}", "uses", f"term {(i * 7 + 30) % 3000}") for i in range(3000)])
    data = data_of(page(notes))
    assert [section["t"] for section in data["sections"]] == [f"Part {i}" for i in range(30)]
    assert len(page(notes)) < 1_500_000


# --- in a browser ---


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with Chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("map") / "index.html"
    path.write_bytes(page())
    return path.as_uri()


def shown(browser: Chromium) -> str:
    return str(browser.run("document.querySelector('#panel h2')?.textContent ?? ''"))


def svg_of(browser: Chromium) -> ET.Element:
    """What the button SVG hands out."""
    browser.run("window.kept = null; URL.createObjectURL = (blob) => { window.kept = blob; return 'blob:x'; };")
    browser.run("HTMLAnchorElement.prototype.click = () => {}")
    browser.run("[...document.querySelectorAll('#tools button')].find((b) => b.textContent === 'SVG').click()")
    return ET.fromstring(browser.run("window.kept.text()"))


def concepts_in(svg: ET.Element) -> set[str]:
    groups = (g for g in svg.iter(f"{SVG}g") if g.get("class") == "concept")
    return {g.findtext(f"{SVG}title") or "" for g in groups}


@needs_chromium
def test_the_map_opens_in_a_local_view_without_a_request_or_a_complaint(browser: Chromium, url: str) -> None:
    browser.open(url)
    assert browser.run("location.hash") == "#container?depth=1"
    assert shown(browser) == "container"
    assert browser.requests() == [url]
    assert browser.complaints() == []


@needs_chromium
def test_typing_a_term_shows_its_definition(browser: Chromium, url: str) -> None:
    browser.open(url)
    browser.press("/", "p", "o", "d")
    assert browser.run("document.querySelector('#results li').textContent").startswith("pod")
    browser.press("Enter")
    browser.wait("location.hash === '#pod?depth=1'")
    browser.settle()
    assert "shared storage" in browser.run("document.getElementById('panel').textContent")
    assert "kubelet makes sure of containers in pod" in browser.run("document.getElementById('panel').innerText")


@needs_chromium
def test_definitions_are_searched_too_and_nothing_found_is_said(browser: Chromium, url: str) -> None:
    browser.open(url)
    browser.press("/", *"assemble")
    assert browser.run("document.querySelector('#results li').textContent").startswith("Dockerfile")
    browser.press(*"zzz")
    assert browser.run("document.getElementById('results').textContent") == "Nothing found"
    browser.press("Escape")
    assert browser.run("document.getElementById('results').hidden")


@needs_chromium
def test_the_keyboard_alone_walks_widens_and_leaves(browser: Chromium, url: str) -> None:
    browser.open(url + "#pod")
    browser.run("document.getElementById('map').focus()")
    browser.press("ArrowRight")
    assert shown(browser) == "container"
    browser.press("Enter")
    browser.wait("location.hash === '#container?depth=1'")
    browser.press("2")
    browser.wait("location.hash === '#container?depth=2'")
    browser.press("Backspace")
    browser.wait("location.hash === '#container?depth=1'")
    browser.press("0")
    browser.wait("location.hash === '#?depth=0'")
    browser.settle()
    assert browser.run("document.getElementById('status').textContent") == "26 of 26 concepts"
    browser.press("?")
    assert browser.run("document.getElementById('help').open")


@needs_chromium
def test_a_deep_link_opens_its_neighbourhood(browser: Chromium, url: str) -> None:
    browser.open(url + "#control-plane?depth=2")
    assert shown(browser) == "control plane"
    assert {"control plane", "cluster", "node", "API server", "etcd"} <= concepts_in(svg_of(browser))
    browser.open(url + "#no-such-concept")
    assert browser.run("document.getElementById('status').textContent") == "26 of 26 concepts"


@needs_chromium
def test_the_saved_svg_holds_exactly_what_is_shown(browser: Chromium, url: str) -> None:
    browser.open(url + "#cluster?depth=1")
    svg = svg_of(browser)
    assert concepts_in(svg) == {"cluster", "Kubernetes", "node", "control plane"}
    said = {g.findtext(f"{SVG}title") for g in svg.iter(f"{SVG}g") if g.get("class") == "proposition"}
    assert {"Kubernetes manages cluster", "cluster consists of node"} <= said
    browser.open(url + "#?depth=0")
    assert concepts_in(svg_of(browser)) == {concept.name for concept in NOTES.concepts}


@needs_chromium
def test_filters_hide_sections_and_silent_relations(browser: Chromium, url: str) -> None:
    browser.open(url + "#pod?depth=1")
    assert "ConfigMap" in concepts_in(svg_of(browser))
    browser.run(
        "[...document.querySelectorAll('#filters label')].find((l) => l.textContent.startsWith('only with')).click()"
    )
    assert "ConfigMap" not in concepts_in(svg_of(browser))
    browser.run("document.querySelector('#filters label').click()")
    assert "container" not in concepts_in(svg_of(browser))


@needs_chromium
def test_a_concept_named_in_the_panel_can_be_put_in_the_middle(browser: Chromium, url: str) -> None:
    browser.open(url + "#cluster?depth=1")
    box = browser.run(
        "(() => { const r = document.getElementById('map').getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; })()"
    )
    browser.click(box[0] + box[2] / 2, box[1] + 100)  # nothing stands there
    assert shown(browser) == "cluster"
    browser.run("[...document.querySelectorAll('#panel button.concept')].find((b) => b.textContent === 'node').click()")
    browser.wait("location.hash === '#node?depth=1'")


@needs_chromium
@pytest.mark.parametrize("width", [1280, 380])
def test_no_state_scrolls_sideways_and_the_canvas_is_not_empty(browser: Chromium, url: str, width: int) -> None:
    browser.open(url + "#pod?depth=1", width=width, height=760)  # which waits for the first frame
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    colors = (
        "(() => { const c = document.getElementById('map'); const d = c.getContext('2d').getImageData(0, 0, c.width,"
        " c.height).data; const s = new Set(); for (let i = 0; i < d.length; i += 4) s.add((d[i] << 16) | (d[i + 1] <<"
        " 8) | d[i + 2]); return s.size; })()"
    )
    assert browser.run(colors) > 10


@needs_chromium
def test_places_lead_to_the_line_and_search_for_the_term(browser: Chromium, tmp_path: Path) -> None:
    path = tmp_path / "source.html"
    path.write_bytes(page(link="../in put/{file}#L{line}:~:text={term}"))
    browser.open(path.as_uri() + "#control-plane")
    links = browser.run("[...document.querySelectorAll('#panel a.place')].map((a) => a.getAttribute('href'))")
    place = next(concept for concept in NOTES.concepts if concept.name == "control plane").span.line
    assert links[0] == f"../in put/notes.org#L{place}:~:text=control%20plane"
    assert len(links) > 1


CARDS = (
    CardOutline(
        "term",
        "Pods",
        "",
        "a group of one or more containers with shared storage and network",
        Location("notes.org", 3),
    ),
    CardOutline("command", "kubectl get pods", "list pods", "kubectl get pods", Location("notes.org", 3)),
    CardOutline("term", "unknown", "", "nothing", Location("notes.org", 3)),
)


def test_cards_stand_with_the_concept_that_they_ask_for() -> None:
    written = viewer(
        NOTES,
        Places(NOTES, context([]), ""),
        "Notes",
        (CARDS[0], msgspec.structs.replace(CARDS[0], term="pod"), CARDS[2]),
    )
    told = {concept["n"]: concept.get("k") for concept in data_of(written)["concepts"]}
    assert told["pod"] == [["", "", 0, 3]]  # asked for by the name, answered by the definition
    assert not any(cards for name, cards in told.items() if name != "pod")


def test_cards_of_a_line_stand_with_the_concepts_that_it_mentions() -> None:
    notes = build(
        [
            prepare(
                reader.parse(
                    "* Objects\n- *pod* - a group of containers that share a network\n- ~kubectl get pods~ - list every pod\n",
                    "notes.org",
                )
            )
        ]
    )
    told = cards_of(notes, eligible(notes), outlines(notes, context([])))
    asked = {(card.kind, card.answer) for card in told["pod"]}
    assert ("term", "a group of containers that share a network") in asked
    assert ("command", "kubectl get pods") in asked


@needs_chromium
def test_a_card_shows_its_answer_when_it_is_opened(browser: Chromium, tmp_path: Path) -> None:
    path = tmp_path / "cards.html"
    path.write_bytes(
        viewer(NOTES, Places(NOTES, context([]), ""), "Notes", [msgspec.structs.replace(CARDS[0], term="pod")])
    )
    browser.open(path.as_uri() + "#pod")
    assert "Cards (1)" in browser.run("document.getElementById('panel').innerText")
    assert "What is pod?" not in browser.run("document.getElementById('panel').innerText")
    browser.run(
        "[...document.querySelectorAll('#panel details')].find((d) => d.textContent.includes('Cards')).open = true"
    )
    assert "What is pod?" in browser.run("document.getElementById('panel').innerText")
    browser.run("document.querySelector('details.card').open = true")
    assert browser.run("document.querySelector('details.card').innerText").count("shared storage") == 1


@needs_chromium
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_it_prints_the_map_as_letters_and_the_panel(browser: Chromium, url: str, tmp_path: Path) -> None:
    browser.open(url + "#cluster?depth=1")
    path = tmp_path / "printed.pdf"
    path.write_bytes(browser.printed())
    words = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "control plane" in words
    assert "consists of" in words
    assert "What the notes say" in words
    assert "Filters" not in words
    assert browser.run("document.getElementById('paper').childElementCount") == 0
    assert browser.complaints() == []


@needs_chromium
def test_filters_hide_types_of_relations_and_all_sections_at_once(browser: Chromium, url: str) -> None:
    browser.open(url + "#?depth=0")
    buttons = "[...document.querySelectorAll('#filters button')]"
    browser.run(f"{buttons}.at(1).click()")
    assert browser.run("document.getElementById('status').textContent") == "0 of 26 concepts"
    browser.run(f"{buttons}.at(0).click()")
    assert browser.run("document.getElementById('status').textContent") == "26 of 26 concepts"
    before = len(list(svg_of(browser).iter(f"{SVG}path")))
    browser.run(
        "[...document.querySelectorAll('#filters label')].find((l) => l.textContent.startsWith('others')).click()"
    )
    assert len(list(svg_of(browser).iter(f"{SVG}path"))) < before


@needs_chromium
def test_dark_mode_follows_the_system_and_a_key(browser: Chromium, url: str) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    browser.open(url, dark=True)
    dark = browser.run(ground)
    browser.open(url, dark=False)
    assert browser.run(ground) == "rgb(255, 255, 255)" != dark
    browser.press("t")
    assert browser.run(ground) == dark


@needs_chromium
def test_screen_readers_get_every_concept_and_tab_stops_stay_few(browser: Chromium, url: str) -> None:
    browser.open(url)
    browser.wait("document.querySelector('#list a') !== null")
    names = browser.run("[...document.querySelectorAll('#list a')].map((a) => a.textContent)")
    assert set(names) == {concept.name for concept in NOTES.concepts}
    assert browser.run("[...document.querySelectorAll('#list a')].every((a) => a.tabIndex === -1)")
    assert browser.run(
        "[...document.querySelectorAll('button, input, canvas')].every((e) => e.getAttribute('aria-label') || e.textContent || e.labels?.length)"
    )


@needs_chromium
def test_hostile_notes_are_shown_as_text(browser: Chromium, tmp_path: Path) -> None:
    path = tmp_path / "evil.html"
    path.write_bytes(page(graph([(EVIL, EVIL, EVIL), ("b", "S", "")], [(EVIL, EVIL, "b")]), title=EVIL))
    browser.open(path.as_uri())
    assert shown(browser) == EVIL
    assert browser.run("document.title") != "taken"
    assert browser.run("document.images.length") == 0
    assert html.unescape(EVIL) in browser.run("document.getElementById('panel').textContent")
    assert browser.complaints() == []


@needs_chromium
def test_ten_thousand_concepts_open_quickly(browser: Chromium, tmp_path: Path) -> None:
    rows = [(f"term {i}", f"Top {i % 20}/Part {i % 400}", "a definition of some length") for i in range(10_000)]
    notes = graph(
        rows, [(f"term {i}", "is made of many", f"term {(i * 7 + 400) % 10_000}") for i in range(12_000 - 2000)]
    )
    path = tmp_path / "large.html"
    path.write_bytes(page(notes, link=""))
    browser.open(path.as_uri())
    assert browser.run("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd") < 15_000
    browser.open(path.as_uri() + "#?depth=0")
    assert browser.run("document.getElementById('status').textContent") == "10000 of 10000 concepts"
