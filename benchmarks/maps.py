"""What maps of real notes must reach: drawn without complaint by two Graphviz, readable on A4, said by the notes.

    python benchmarks/maps.py [PATH...]     files or folders of notes; the sample notes where none are named

One line for each input: maps, boxes, lines, then what is wrong. Each line of the overview and of the chapters that
lacks a phrase counts against the share of real phrases. Exits with 1 where a check fails.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import resource
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from orgkb import pipeline
from orgkb.exporter import ExportContext
from orgkb_exporters.conceptmap import MapExporter, metrics
from orgkb_exporters.conceptmap.draw import find_engine

SMALLEST = 7.5
"""Points of the smallest name on A4."""
PHRASED = 0.8
"""Share of the lines of overview and chapters that carry a phrase."""
MOST_CONCEPTS, MOST_LINES = 24, 36
NEAR = 3
"""Lines of the notes around a proposition's own in which its phrase must stand."""

_LONGEST_LIST = 80
_SEPARATOR = re.compile(r"\s(?:[-–—=]|::)(?:\s|$)|:\s")
_A4 = (785.0, 538.0)
_DOT = shutil.which("dot")
_PURE = find_engine().program
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "for",
        "from",
        "with",
        "into",
        "onto",
        "over",
        "under",
        "via",
        "per",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "as",
        "than",
        "if",
        "и",
        "а",
        "но",
        "или",
        "в",
        "во",
        "на",
        "с",
        "со",
        "к",
        "ко",
        "о",
        "об",
        "от",
        "до",
        "из",
        "у",
        "за",
        "по",
        "под",
        "над",
        "при",
        "про",
        "без",
        "для",
        "через",
    ]
)


@dataclass
class Tally:
    """What was found in the maps of one input."""

    maps: int = 0
    boxes: int = 0
    lines: int = 0
    phrased: int = 0
    smallest: float = 99.0
    crossings: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def fault(self, kind: str, example: str) -> None:
        """Count a fault; the first example of each kind is kept."""
        self.faults[kind] += 1
        self.examples.setdefault(kind, example)


def main(paths: list[str]) -> int:
    """Check the maps of PATHS; 0 where all is well."""
    failed = False
    for path in map(Path, paths or ["input"]):
        before = _cpu()
        tally = check(path)
        cpu = _cpu() - before
        share = tally.phrased / tally.lines if tally.lines else 1.0
        if tally.lines >= 10 and share < PHRASED:
            tally.fault("share of phrases", f"{share:.2f}")
        faults = ", ".join(f"{kind} {count} ({tally.examples[kind]})" for kind, count in sorted(tally.faults.items()))
        size = f"{tally.smallest:.1f} pt" if tally.maps else "–"
        print(
            f"{path.name}: {tally.maps} maps, {tally.boxes} boxes, {tally.lines} lines, {share:.0%} phrased, {size},"
            f" {tally.crossings} crossings, {cpu:.1f} s CPU: {faults or 'all well'}",
            flush=True,
        )
        failed |= bool(tally.faults)
    return int(failed)


def check(path: Path) -> Tally:
    """Make all maps of the notes at PATH, twice, and look for faults."""
    graph = pipeline.build_graph((path,))
    tally = Tally()
    root = path if path.is_dir() else path.parent
    context = ExportContext(
        title=path.stem,
        timestamp=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        input_root=root,
        read_media=lambda _document, _link: None,
        previous=lambda _path: None,
        report=lambda diagnostic: (
            None if "no concepts" in diagnostic.message else tally.fault("report", diagnostic.message)
        ),
        notes_from_output=".",
    )
    exporter = MapExporter(link="source", pictures=("svg",), focus=True)
    files = {artifact.path: artifact.data for artifact in exporter.export(graph, context)}
    again = {artifact.path: artifact.data for artifact in exporter.export(graph, context)}
    for name, data in files.items():
        if data != again[name]:
            tally.fault("not the same bytes twice", name)
    texts = {
        document.path: (root / document.path).read_text("utf-8", "replace").split("\n") for document in graph.documents
    }
    dots = [name for name in files if name.endswith(".dot")]
    # One engine a run: a map that names another one changes how the next maps in the same run are drawn.
    alike = [name for name in dots if not name.endswith("sections.dot")]
    batches = [alike[start : start + 20] for start in range(0, len(alike), 20)]
    for batch in (*batches, *([name] for name in dots if name not in alike)):
        _check_drawn([(name, files[name]) for name in batch], tally)
    for name in dots:
        _check_told(name, files[name].decode(), texts, tally)
    for name, data in files.items():
        if name.endswith(".svg"):
            with contextlib.suppress(ET.ParseError):
                ET.fromstring(data)
                continue
            tally.fault("SVG that does not parse", name)
    return tally


# --- what Graphviz makes of it ---


def _check_drawn(batch: list[tuple[str, bytes]], tally: Tally) -> None:
    source = b"".join(data for _, data in batch)
    for program in filter(None, (_DOT, _PURE)):
        quiet = ["-q"] if program == _PURE else []  # its warnings about letters without metrics: sizes are stated
        done = subprocess.run([program, *quiet, "-Tsvg"], input=source, capture_output=True, check=False)
        if done.returncode or done.stderr.strip():
            tally.fault(f"complaint of {Path(program).name}", f"{batch[0][0]} …: {done.stderr.decode()[:200]}")
        if done.stdout.count(b"</svg>") != len(batch):
            tally.fault(f"maps that {Path(program).name} did not draw", batch[0][0])
        layout = subprocess.run([program, *quiet, "-Tjson"], input=source, capture_output=True, check=False).stdout
        for (name, _), drawn in zip(batch, _objects(layout), strict=True):
            _check_layout(name, drawn, tally, count=program == (_DOT or _PURE))


def _objects(layout: bytes) -> Iterator[dict[str, Any]]:
    decoder, text, start = json.JSONDecoder(), layout.decode().strip(), 0
    while start < len(text):
        value, start = decoder.raw_decode(text, start)
        yield value
        while start < len(text) and text[start].isspace():
            start += 1


def _check_layout(name: str, drawn: dict[str, Any], tally: Tally, *, count: bool) -> None:
    boxes = {o["name"]: _box(o) for o in drawn.get("objects", ()) if "pos" in o}
    phrases = {o["name"] for o in drawn.get("objects", ()) if o.get("shape") == "plaintext"}
    for one, other in _overlapping(boxes):
        kind = "phrase on a box" if {one, other} & phrases else "boxes that overlap"
        tally.fault(kind, f"{name}: {one} and {other}")
    for o in drawn.get("objects", ()):
        label = o.get("label", "")
        if "width" not in o or label.startswith("<"):
            continue
        for line in label.replace("\\n", "\n").split("\n"):
            if (
                metrics.text_width(line.replace("&amp;", "&"), float(o.get("fontsize", 11)))
                > float(o["width"]) * 72 + 0.5
            ):
                tally.fault("text wider than its box", f"{name}: {line}")
    if not count:
        return
    left, bottom, right, top = map(float, drawn["bb"].split(","))
    width, height = right - left or 1.0, top - bottom or 1.0
    scale = max(min(_A4[0] / width, _A4[1] / height), min(_A4[1] / width, _A4[0] / height))
    points = 11 * min(1.0, scale) if not name.endswith("sections.dot") else 10.5 * min(1.0, scale)
    tally.smallest = min(tally.smallest, points)
    if points < SMALLEST:
        tally.fault("letters too small on A4", f"{name}: {points:.1f} pt")
    concepts = len(boxes) - len(phrases)
    tally.maps += 1
    tally.boxes += concepts
    if concepts > MOST_CONCEPTS:
        tally.fault("too many boxes", f"{name}: {concepts}")
    tally.crossings += _crossings(drawn)


def _box(o: dict[str, Any]) -> tuple[float, float, float, float]:
    x, y = map(float, o["pos"].split(","))
    w, h = float(o["width"]) * 36, float(o["height"]) * 36
    return x - w, y - h, x + w, y + h


def _overlapping(boxes: dict[str, tuple[float, float, float, float]]) -> Iterator[tuple[str, str]]:
    ordered = sorted(boxes.items(), key=lambda item: item[1])
    for index, (one, a) in enumerate(ordered):
        for other, b in ordered[index + 1 :]:
            if b[0] >= a[2] - 0.5:
                break
            if b[1] < a[3] - 0.5 and a[1] < b[3] - 0.5:
                yield one, other


def _crossings(drawn: dict[str, Any]) -> int:
    lines = []
    for edge in drawn.get("edges", ()):
        points = [p for op in edge.get("_draw_", ()) if op["op"] in "bB" for p in op["points"]]
        curve = []
        for i in range(0, len(points) - 3, 3):
            a, b, c, d = points[i : i + 4]
            for t in (s / 8 for s in range(9)):
                u = 1 - t
                curve.append(
                    tuple(u**3 * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t**3 * d[k] for k in (0, 1))
                )
        lines.append(({edge["tail"], edge["head"]}, curve))

    def side(a: Any, b: Any, c: Any) -> float:
        return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

    def cross(one: Any, other: Any) -> bool:
        return any(
            side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0
            for p, q in pairwise(one)
            for r, s in pairwise(other)
        )

    return sum(
        not ends & others and cross(one, other)
        for index, (ends, one) in enumerate(lines)
        for others, other in lines[:index]
    )


# --- what the notes say ---


_NODE = re.compile(
    r'^  ("[^"]*") \[label="((?:[^"\\]|\\.)*)".*?(?: URL="((?:[^"\\]|\\.)*)")?(?: target="_blank")?\]$', re.MULTILINE
)
_EDGE = re.compile(r'^  "[^"]*" -> "[^"]*" \[.*?tooltip="((?:[^"\\]|\\.)*)"\]$', re.MULTILINE)


def _check_told(name: str, text: str, texts: dict[str, list[str]], tally: Tally) -> None:
    if name.endswith("sections.dot"):
        return
    for match in _NODE.finditer(text):
        label, url = _shown(match[2]).replace("\n", " "), _shown(match[3] or "")
        if 'shape="plaintext"' in match[0]:
            continue
        if not url:
            tally.fault("box without an address", f"{name}: {label}")
            continue
        path, _, fragment = url.partition("#")
        line = int(fragment.partition(":")[0].removeprefix("L"))
        term = unquote(fragment.partition(":~:text=")[2])
        lines = texts.get(unquote(path).removeprefix("../" * name.count("/")).removeprefix("./"))
        if lines is None or line > len(lines):
            tally.fault("address that leads nowhere", f"{name}: {url}")
        elif _folded(term) not in _folded(lines[line - 1]):
            tally.fault("line without the term", f"{name}: {term!r} at {path}:{line}")
    propositions = dict.fromkeys(match[1] for match in _EDGE.finditer(text))
    counted = name.startswith(("map/overview", "map/chapters/"))
    if len(propositions) > MOST_LINES:
        tally.fault("too many lines", f"{name}: {len(propositions)}")
    for raw in propositions:
        said, _, place = _shown(raw).rpartition("\n")
        phrase = _phrase_of(raw, text)
        tally.lines += counted
        words = [word for word in re.findall(r"[^\W_]+", phrase) if word.casefold() not in _EMPTY and len(word) > 1]
        if phrase and not words:
            tally.fault("phrase that says nothing", f"{name}: {said}")
        tally.phrased += counted and bool(words)
        path, _, number = place.rpartition(":")
        lines = texts.get(path, [])
        if words and not _stands(phrase, lines, int(number)):
            tally.fault("phrase that the notes lack", f"{name}: {said!r} at {place}")


def _stands(phrase: str, lines: list[str], line: int) -> bool:
    """Whether PHRASE stands around LINE, or above the list of LINE; `is a` may be a dash or `::` between term and definition."""
    near = lines[max(0, line - 1 - NEAR) : line + NEAR]
    if phrase == "is a" and _SEPARATOR.search(lines[line - 1]):
        return True
    first = line - 1
    while (
        first
        and line - first < _LONGEST_LIST
        and (not lines[first].strip() or lines[first][0] in " -+" or lines[first][0].isdigit())
    ):
        first -= 1
    for some in (near, lines[max(0, first - NEAR) : line]):
        text = _folded(" ".join(some))
        if all(_folded(word) in text for word in phrase.rstrip("…").split()):
            return True
    return False


def _phrase_of(tooltip: str, text: str) -> str:
    """The words drawn on the line with that TOOLTIP: those of the phrase's node."""
    found = re.search(
        r'-> ("[^"|]*\|[^"]*") \[[^\n]*tooltip="' + re.escape(tooltip) + '"|'
        r'^  ("[^"|]*\|[^"]*") -> [^\n]*tooltip="' + re.escape(tooltip) + '"', text, re.MULTILINE,
    )  # fmt: skip
    if found is None:
        return ""
    node = re.search(
        "^  " + re.escape(found[1] or found[2]) + r' \[shape="plaintext" style="" label="((?:[^"\\]|\\.)*)"',
        text,
        re.MULTILINE,
    )
    return _shown(node[1]).replace("\n", " ") if node else ""


def _shown(quoted: str) -> str:
    plain = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], quoted)
    return plain.replace("&amp;", "&")


def _folded(text: str) -> str:
    """TEXT without case, markup and marks that writers vary."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return re.sub(r"[\s*/_=~+\[\]{}\\’'`.,-]+", "", text)


def _cpu() -> float:
    return sum(
        u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
