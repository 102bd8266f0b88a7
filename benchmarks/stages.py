"""Check that every stage takes linear time: reading, the graph, each exporter.

    python benchmarks/stages.py [--size 40] [--limit 2.5] [--to NAMES] [CASE…]

Each case makes notes of a given size (kB).  Prints t(n), t(2n) and their ratio in CPU seconds, those of other programs
too (the best of two), for each stage; exits with 1 where a ratio is above the limit and the time can be measured.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from orgkb import config, exporter, pipeline
from orgkb.concepts.build import build
from orgkb.config import Config
from orgkb.org import reader
from orgkb.org.literals import set_literals
from orgkb.org.semantics import prepare

MEASURABLE = 0.4
"""CPU seconds of t(2n) below which a ratio says nothing: starting programs has its share in them."""
MAP = {"formats": ["canvas", "csv", "cxl", "cytoscape", "gexf", "graphml", "json", "mermaid", "skos"]}

_WORDS = [
    "anchor",
    "harbour",
    "signal",
    "cargo",
    "winch",
    "rudder",
    "keel",
    "sail",
    "mast",
    "deck",
    "hull",
    "rope",
    "buoy",
    "crane",
    "ferry",
    "tide",
    "reef",
    "pilot",
    "dock",
    "pier",
]


def _name(i: int) -> str:
    return f"{_WORDS[i % 20]} {_WORDS[i // 20 % 20]} {chr(97 + i % 26)}{i // 26}"


def ordinary(kilobytes: int) -> str:
    """Sections with definitions, sentences, lists, a table and code, as notes have them."""
    parts: list[str] = []
    size, i = 0, 0
    while size < kilobytes * 1000:
        a, b, c = _name(i), _name(i * 7 + 1), _name(i * 3 + 2)
        part = (
            f"* Section about {a}\n- *{a}* - device that moves the {b}\n- {b} :: place where a {c} waits\n\n"
            f"The {a} is a part of the {c}, and it uses the {b} when =make {i}= is run. See [[*Section about {a}]].\n"
            f"1. open the {a}\n2. close the {b}\n\n| {a} | {i} |\n|---+---|\n| {b} | $x_{i}$ |\n\n"
            f"#+begin_src sh\nkubectl get pod-{i} --namespace {_WORDS[i % 20]}\n#+end_src\n\nA note[fn:{i}].\n\n[fn:{i}] on {c}\n"
        )
        parts.append(part)
        size += len(part)
        i += 1
    return "".join(parts)


def _repeated(piece: Callable[[int], str]) -> Callable[[int], str]:
    def made(kilobytes: int) -> str:
        parts: list[str] = []
        size = 0
        while size < kilobytes * 1000:
            parts.append(piece(len(parts)))
            size += len(parts[-1])
        return "".join(parts)

    return made


CASES: dict[str, Callable[[int], str]] = {
    "ordinary": ordinary,
    "terms": _repeated(lambda i: f"- *{_name(i)}* - part of {_name(i + 1)}\n"),
    "one hub": _repeated(lambda i: f"- *{_name(i)}* - uses the hub\n" if i else "- *hub* - centre of all\n"),
    "mentions of one": _repeated(lambda i: "the hub is here and there " if i else "- *hub* - centre of all\n\n"),
    "headings": _repeated(lambda i: f"{'*' * (1 + i % 6)} {_name(i)}\nText of it.\n"),
    "same headings": _repeated(lambda _: "* Same\nx\n"),
    "links": _repeated(lambda i: f"* Head {i}\n[[*Head {i // 2}][to {i}]] and [[https://example.org/{i}]]\n"),
    "one paragraph": _repeated(lambda i: f"word{i % 97} of *bold* /x/ =c{i}= "),
    "one table": _repeated(lambda i: f"| {_name(i)} | {i} | /x/ |\n"),
    "one list": _repeated(lambda i: f"- item {i} with some words in it\n"),
    "nested lists": _repeated(lambda i: " " * (2 * (i % 20)) + f"- item {i}\n"),
    "code": _repeated(lambda i: f"#+begin_src python\nx{i} = {{'a': [{i}]}}\n#+end_src\n"),
    "one block": lambda k: "#+begin_src text\n" + "some code here\n" * (k * 1000 // 15) + "#+end_src\n",
    "formulas": _repeated(lambda i: f"Here $x_{{{i}}}^2 + \\alpha$ and \\[ \\frac{{{i}}}{{2}} \\]\n"),
    "footnotes": _repeated(lambda i: f"text[fn:{i}]\n\n[fn:{i}] note {i}\n\n"),
    "raw": _repeated(lambda i: f"@@html:<b>@@x{i}@@html:</b>@@ and @@html:<i x={i}>@@\n\n#+begin_export html\n<p>{i}\n#+end_export\n"),
    "markup": _repeated(lambda _: "*a /b _c_/* ~d~ +e+ "),
    "quotes": _repeated(lambda i: f"#+begin_quote\nsaid {i}\n#+end_quote\n"),
    "drawers": _repeated(lambda i: f"* H{i}\n:PROPERTIES:\n:ID: id-{i}\n:ANKI_DECK: d{i % 5}\n:END:\ntext\n"),
    "Russian": _repeated(lambda i: f"- *якорь {i}* - устройство, которое держит корабль {i}\nЯкоря и корабли стоят в порту.\n"),
}  # fmt: skip


def spent() -> float:
    """CPU seconds of this process and of those it started."""
    t = os.times()
    return t.user + t.system + t.children_user + t.children_system


def stages(text: str, to: list[str], folder: Path) -> Iterator[tuple[str, float]]:
    """(stage, CPU seconds) of each, for notes of TEXT."""
    begin = spent()
    document = reader.parse(text, "notes.org")
    yield "read", spent() - begin
    begin = spent()
    document = set_literals(prepare(document))
    yield "prepare", spent() - begin
    begin = spent()
    graph = build([document])
    yield "graph", spent() - begin
    notes = folder / "notes"
    notes.mkdir(exist_ok=True)
    (notes / "notes.org").write_text(text, encoding="utf-8")
    settings = Config(exporters={"map": MAP, "pdf": {"split": "none"}})
    for name in to:
        rehearsal = pipeline.rehearse([notes], folder / "out", name, settings)
        context = rehearsal.context
        made = config.make_exporter(exporter.named(name), settings)
        begin = spent()
        list(made.export(graph, context))
        yield name, spent() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", help="names of cases; all by default")
    parser.add_argument("--size", type=int, default=40)
    parser.add_argument("--limit", type=float, default=2.5)
    parser.add_argument("--to", default=",".join((*exporter.names(), "html", "epub", "docx", "latex")))
    args = parser.parse_args()
    slow = 0
    for case in args.cases or CASES:
        times: dict[int, dict[str, float]] = {}
        begin = time.perf_counter()
        for size in (args.size, 2 * args.size):
            text = CASES[case](size)
            best: dict[str, float] = {}
            for _ in range(2):
                with tempfile.TemporaryDirectory() as folder:
                    for stage, seconds in stages(text, args.to.split(","), Path(folder)):
                        best[stage] = min(seconds, best.get(stage, seconds))
            times[size] = best
        once, twice = times[args.size], times[2 * args.size]
        print(f"{case} ({args.size} kB, {time.perf_counter() - begin:.0f} s)", flush=True)
        for stage in once:
            ratio = twice[stage] / max(once[stage], 1e-6)
            bad = ratio > args.limit and twice[stage] > MEASURABLE
            slow += bad
            print(
                f"  {stage:10} {once[stage]:7.2f} {twice[stage]:7.2f}  {ratio:5.2f}{'  too slow' if bad else ''}",
                flush=True,
            )
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
