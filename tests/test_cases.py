"""Golden files: for each tests/cases/<name>/input.org, what comes of it, as documents that can be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from orgkb import pipeline
from orgkb.concepts.json_format import graph_json


def test_the_graph_is_as_expected(case: Path, expect: Callable[[Path, str], None]) -> None:
    found = graph_json(pipeline.build_graph([case / "input.org"]))
    lines = [
        *(
            f"{c['line']}: {' = '.join([c['name'], *c['aliases']])}: {c['definition'] or '?'}"
            for c in found["concepts"]
        ),
        "",
        *(f"{r['line']}: {r['source']} -- {r['label'] or '?'} -> {r['target']}" for r in found["relations"]),
        "",
        *(f"{m['line']}:{m['col']}: {m['concept']} ({m['context']}): {m['text']}" for m in found["mentions"]),
    ]

    expect(case / "graph.txt", "\n".join(lines) + "\n")


def test_the_markdown_is_as_expected(case: Path, expect: Callable[[Path, str], None], tmp_path: Path) -> None:
    pipeline.run([case / "input.org"], tmp_path, ["markdown"])

    expect(case / "page.md", (tmp_path / "markdown" / "input.md").read_text(encoding="utf-8"))


def test_the_problems_are_as_expected(case: Path, expect: Callable[[Path, str], None], tmp_path: Path) -> None:
    report = pipeline.run([case / "input.org"], tmp_path, ["markdown"])

    expect(case / "problems.txt", "".join(f"{problem}\n" for problem in report.diagnostics))


def test_json_is_plain(case: Path) -> None:
    found = graph_json(pipeline.build_graph([case / "input.org"]))

    assert json.loads(json.dumps(found)) == found
