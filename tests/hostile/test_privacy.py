"""What is not to be exported is nowhere: every format, the ledgers, the cache, the review, the messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgkb import exporter, pipeline
from orgkb.config import Config
from orgkb.review import items, org_file
from tests.hostile import meaning, outputs
from tests.hostile.case import SECRET
from tests.hostile.mutants import FORMATS


def test_what_is_private_is_in_nothing_that_is_written_kept_or_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGKB_CACHE", str(tmp_path / "cache"))
    for case in meaning.PRIVACY:
        case.place(tmp_path / "notes", tmp_path / "outside")
    everything = (*exporter.names(), *exporter.on_request())
    config = Config(
        exporters={
            "map": {"formats": list(FORMATS), "focus": True},
            "markdown": {"flavour": "obsidian", "shape": "vault"},
            "pdf": {"layouts": ["handout", "cards", "cheatsheet", "links"]},
        }
    )

    for _ in range(2):  # the second time from the cache, with the ledger of the first
        report = pipeline.run([tmp_path / "notes"], tmp_path / "output", everything, config, remember=True)

    assert [run.name for run in report.exporters if run.error or not run.written] == []
    files = outputs.unpacked(tmp_path / "output")
    assert {"anki/orgkb.anki.json", ".orgkb-manifest.json", "map/index.html"} <= files.keys()
    kept = outputs.unpacked(tmp_path / "cache")
    assert any(name.endswith(".sqlite") for name in kept)
    graph, problems = pipeline.read_graph(pipeline.find_inputs([tmp_path / "notes"]), Config())
    asked = org_file.written(items(graph), "Notes").encode()
    said = "\n".join(map(str, [*report.diagnostics, *problems])).encode()
    found = [
        f"{name}: {data[max(0, data.find(word) - 60) :][:160]!r}"
        for word in (SECRET.encode(), SECRET.encode("utf-16-le"), SECRET.upper().encode())
        for name, data in {**files, **kept, "review.org": asked, "messages": said}.items()
        if word in data
    ]
    assert found == []
