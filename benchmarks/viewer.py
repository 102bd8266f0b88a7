"""The interactive map in Chromium: size, time to the first frame, time to a definition, frames while dragging.

    python benchmarks/viewer.py [--peers] [N...]     notes with so many concepts; 2,000 and 10,000 where none are named

With --peers the same graph is shown by sigma + graphology and by cytoscape, fetched with npm into a temporary folder;
places are those of our map, so that no layout is measured. Times are those of the browser's clock on this machine, CPU
seconds those of the page's main thread. Without Chromium there is nothing to measure.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from orgkb.concepts.build import build  # noqa: E402 - after the path
from orgkb.concepts.graph import ConceptGraph  # noqa: E402
from orgkb.exporter import ExportContext  # noqa: E402
from orgkb.org.reader import parse  # noqa: E402
from orgkb.org.semantics import prepare  # noqa: E402
from orgkb_exporters.conceptmap.districts import ground_plan  # noqa: E402
from orgkb_exporters.conceptmap.places import Places  # noqa: E402
from orgkb_exporters.conceptmap.select import best_links, eligible  # noqa: E402
from orgkb_exporters.conceptmap.viewer import viewer  # noqa: E402
from tests.exporters.chromium import BINARY, Chromium  # noqa: E402

PEERS = {
    "sigma": ("sigma@3", "graphology@0.26"),
    "cytoscape": ("cytoscape@3",),
}
_SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ra",
    "ten",
    "dor",
    "vis",
    "pul",
    "sen",
    "gar",
    "bel",
    "tor",
    "nex",
    "fam",
    "quo",
    "zir",
)


def main(arguments: list[str]) -> int:
    """Measure and print."""
    if BINARY is None:
        print("no Chromium is installed")
        return 0
    sizes = [int(word) for word in arguments if word.isdigit()] or [2000, 10_000]
    with tempfile.TemporaryDirectory() as folder:
        modules = _fetched(Path(folder)) if "--peers" in arguments else None
        for size in sizes:
            for name, found in measured(size, modules):
                print(f"  {name}: " + ", ".join(f"{what} {value:g}" for what, value in found.items()), flush=True)
    return 0


def measured(size: int, modules: Path | None) -> Iterator[tuple[str, dict[str, float]]]:
    """(viewer, {what: value}) of ours and of the peers that MODULES, a folder of Node's, has, for notes of SIZE concepts."""
    graph = notes(size)
    begin = time.process_time()
    page = viewer(graph, Places(graph, _context(), "../notes/{file}#L{line}"), "Notes")
    made = time.process_time() - begin
    begin = time.process_time()
    concepts = eligible(graph)
    ground_plan(concepts, best_links(graph.relations, concepts), graph)
    laid = time.process_time() - begin
    yield (
        f"made of {len(concepts)} concepts, {len(graph.relations)} relations",
        {"layout s": round(laid, 2), "page s": round(made, 2)},
    )
    with tempfile.TemporaryDirectory() as folder, Chromium() as browser:
        path = Path(folder) / "map.html"
        path.write_bytes(page)
        weight = {"MB": round(len(page) / 1e6, 2)}
        yield "ours, as it opens", {**weight, **_opened(browser, path.as_uri())}
        everything = {**_opened(browser, f"{path.as_uri()}#?depth=0"), **_dragged(browser)}
        yield "ours, all shown", {**weight, **everything, "definition ms": _searched(browser, path.as_uri(), graph)}
        for name, packages in PEERS.items() if modules else ():
            if scripts := _scripts(modules, packages):
                peer = _peer_page(name, scripts, page)
                path.write_bytes(peer)
                yield name, {"MB": round(len(peer) / 1e6, 2), **_opened(browser, path.as_uri()), **_dragged(browser)}


def notes(size: int) -> ConceptGraph:
    """Notes that define SIZE terms, each by three others, mostly of its own section."""
    lines = ["#+TITLE: Notes"]
    for number in range(size):
        if number % 400 == 0:
            lines.append(f"* Part {_name(number // 400 + 7)}")
        if number % 25 == 0:
            lines.append(f"** Chapter {_name(number // 25 + 3)}")
        near = number - number % 25
        first, second, third = near + (number * 7 + 3) % 25, near + (number * 3 + 1) % 25, number * 13 % size
        lines.append(
            f"- *{_name(number)}* - a kind of {_name(first)} that works together with {_name(second)} and sends what it"
            f" has gathered to {_name(third)} whenever somebody asks for it"
        )
    return build([prepare(parse("\n".join(lines) + "\n", "notes.org"))])


def _name(number: int) -> str:
    parts = []
    for _ in range(4):
        number, digit = divmod(number, 16)
        parts.append(_SYLLABLES[digit])
    return "".join(parts) + "on"


def _context() -> ExportContext:
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    return ExportContext("Notes", moment, Path(), lambda *_: None, lambda _: None, lambda _: None)


def _opened(browser: Chromium, url: str) -> dict[str, float]:
    """Milliseconds from the beginning of the navigation to the first painted frame, and CPU until then."""
    found = []
    for _ in range(3):
        browser.open(url)
        found.append((float(browser.run("performance.now()")), _busy(browser)))
    return {
        "ready ms": round(statistics.median(ms for ms, _ in found)),
        "CPU s": round(min(cpu for _, cpu in found), 2),
    }


def _busy(browser: Chromium) -> float:
    return {m["name"]: m["value"] for m in browser.call("Performance.getMetrics")["metrics"]}["TaskDuration"]


def _dragged(browser: Chromium) -> dict[str, float]:
    """Frames while the pointer drags the whole map 60 steps: 95th percentile in milliseconds, share under 50 ms."""
    before = _busy(browser)
    browser.run(
        "window.frames_ = []; window.on_ = true; (function next(last) { requestAnimationFrame((now) => {"
        " if (last) window.frames_.push(now - last); if (window.on_) next(now); }); })(0)"
    )
    at = 640.0
    browser.call("Input.dispatchMouseEvent", type="mousePressed", x=at, y=420, button="left", clickCount=1)
    for step in range(60):
        browser.call(
            "Input.dispatchMouseEvent",
            type="mouseMoved",
            x=at + 4 * (step % 30),
            y=420 + step,
            button="left",
            buttons=1,
        )
    browser.call("Input.dispatchMouseEvent", type="mouseReleased", x=at, y=480, button="left", clickCount=1)
    frames = sorted(browser.run("window.on_ = false, window.frames_"))
    share = sum(frame < 50 for frame in frames) / len(frames)
    return {
        "drag p95 ms": round(frames[int(0.95 * (len(frames) - 1))]), "under 50 ms %": round(100 * share),
        "drag CPU s": round(_busy(browser) - before, 2),
    }  # fmt: skip


def _searched(browser: Chromium, url: str, graph: ConceptGraph) -> int:
    """Milliseconds from the first key to the definition in the panel, our own haste of typing included."""
    concept = eligible(graph)[len(graph.concepts) // 2]
    browser.open(url)
    begin = browser.run("performance.now()")
    browser.press("/", *concept.name[:8], "Enter")
    browser.wait(f"document.querySelector('#panel h2')?.textContent === {json.dumps(concept.name)}")
    return round(browser.run("performance.now()") - begin)


# --- the others ---


def _fetched(folder: Path) -> Path | None:
    """The folder of modules with the peers, as npm has them; nothing without it."""
    npm = shutil.which("npm")
    packages = [package for group in PEERS.values() for package in group]
    command = [
        npm or "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(folder),
        *packages,
    ]
    if npm is None or subprocess.run(command, capture_output=True, check=False).returncode:
        print("npm gives no sigma, graphology and cytoscape")
        return None
    return folder / "node_modules"


def _scripts(modules: Path, packages: tuple[str, ...]) -> list[str]:
    """The scripts of PACKAGES, what others need first; none where one is not there."""
    names = ("dist/graphology.umd.min.js", "dist/sigma.min.js", "dist/cytoscape.min.js")
    places = [modules / package.partition("@")[0] / name for package in reversed(packages) for name in names]
    found = [place.read_text(encoding="utf-8") for place in places if place.is_file()]
    return found if len(found) == len(packages) else []


def _peer_page(name: str, scripts: list[str], ours: bytes) -> bytes:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', ours.decode(), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    nodes = [
        [c["n"], c["b"][0] + c["b"][2] / 2, c["b"][1] + c["b"][3] / 2, data["colors"][c["s"] % 6]]
        for c in data["concepts"]
    ]
    edges = sorted({(p[0], p[1]): p[2] for p in data["propositions"]}.items())
    graph = json.dumps({"nodes": nodes, "edges": [[a, b, phrase] for (a, b), phrase in edges]}).replace("</", "<\\/")
    run = {
        "sigma": """const g = new graphology.Graph({ type: "directed", multi: false });
          G.nodes.forEach(([label, x, y, color], i) => g.addNode(i, { label, x, y: -y, size: 4, color }));
          G.edges.forEach(([a, b, label]) => g.addEdge(a, b, { label, size: 1 }));
          const s = new Sigma(g, document.getElementById("map"), { renderEdgeLabels: false });
          s.once("afterRender", ready); s.refresh();""",
        "cytoscape": """const cy = cytoscape({ container: document.getElementById("map"), layout: { name: "preset" },
          elements: [...G.nodes.map(([label, x, y, color], i) => ({ data: { id: "n" + i, label, color }, position: { x, y } })),
            ...G.edges.map(([a, b, label], i) => ({ data: { id: "e" + i, source: "n" + a, target: "n" + b, label } }))],
          style: [{ selector: "node", style: { label: "data(label)", "background-color": "data(color)", width: 12, height: 12, "font-size": 10 } },
            { selector: "edge", style: { width: 1, "target-arrow-shape": "triangle", "curve-style": "bezier" } }] });
          cy.ready(ready);""",
    }[name]
    parts = "".join(f"<script>{script}</script>" for script in scripts)
    return f"""<!doctype html><meta charset="utf-8"><style>html,body,#map{{height:100%;margin:0}}</style><div id="map"></div>{parts}
<script>const G = {graph};
const ready = () => requestAnimationFrame(() => {{ document.documentElement.dataset.ready = "true"; }});
{run}</script>""".encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
