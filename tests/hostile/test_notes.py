"""The hostile folder: every note in it is read, every exporter runs, and every byte written is looked at."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from orgkb import pipeline
from orgkb.config import Config
from orgkb.diagnostics import Severity
from tests.hostile import costing, injecting, meaning, outputs, reading, running
from tests.hostile.case import SECRET, Case, secrets

GROUPS = {
    "reading": reading.CASES,
    "running": running.CASES,
    "injecting": injecting.CASES,
    "privacy": meaning.PRIVACY,
    "encoding": meaning.ENCODING,
    "values": meaning.VALUES,
    "costing": costing.CASES,
}
UNPRINTED = ("anki", "markdown", "map")
PRINTED = ("deep-lists", "deep-quotes", "deep-mixed", "deep-markup", "deep-footnotes", "open-math", "wide-table")
"""Those of the costly notes that are set as pages in these tests; setting all of them takes a minute."""
SECONDS = 60.0
"""Of processor time that a whole group may take; each takes a tenth of it."""


@pytest.mark.parametrize("group", GROUPS)
def test_hostile_notes_are_exported_and_do_no_harm(group: str, tmp_path: Path) -> None:
    cases = GROUPS[group]
    notes, outside, output = tmp_path / "notes", tmp_path / "outside", tmp_path / "output"
    secrets(outside)
    before = sorted(path.name for path in outside.iterdir())
    for case in cases:
        case.place(notes, outside)
    begin = time.process_time()

    report = pipeline.run([notes], output, UNPRINTED if group == "costing" else ())

    took = time.process_time() - begin
    files = outputs.unpacked(output)
    found = [f"{run.name}: {run.error}{run.trace}" for run in report.exporters if run.error or not run.written]
    found += [str(d) for d in report.diagnostics if d.severity >= Severity.ERROR]
    found += outputs.faults(files)
    found += [
        f"{SECRET} in {name}: {data[max(0, data.find(SECRET.encode()) - 80) :][:200]!r}"
        for name, data in files.items()
        if SECRET.encode() in data
    ]
    found += [f"{SECRET} in a message: {d}" for d in report.diagnostics if group == "reading" and f"{SECRET}" in str(d)]
    for case in cases:
        told = {d.code for d in report.diagnostics if d.location.path.startswith(f"{case.name}/")}
        found += [f"{case.name} ({case.promise}): {fault}" for fault in missing(case, files, told)]
    if sorted(path.name for path in outside.iterdir()) != before:
        found.append(f"something was run: {sorted(path.name for path in outside.iterdir())}")
    if took > SECONDS:
        found.append(f"took {took:.0f} seconds")
    assert not found, "\n".join(found)


def missing(case: Case, files: dict[str, bytes], told: set[str]) -> list[str]:
    """What CASE wanted and did not get."""
    page = files.get(f"markdown/{case.name}/note.md", b"").decode()
    everything = [data for name, data in files.items() if not name.endswith(".png")]
    found = [f"{word!r} is not in its page" for word in (case.canary, *case.shows) if word not in page]
    found += [f"{word!r} is in an output" for word in case.hides if any(word.encode() in data for data in everything)]
    printed = [data.decode() for name, data in files.items() if name.startswith("pdf/") and name.endswith(".pdf/text")]
    if printed and case.canary not in "".join("".join(printed).split()):
        found.append("its sound part is not in the PDF")
    for name, data in files.items():
        if name.endswith("collection.anki2/rows") and case.canary not in data.decode():
            found.append("its sound part has no card")
    if case.code and case.code not in told:
        found.append(f"no {case.code} was told, but {sorted(told)}")
    return found


def test_costly_notes_are_printed(tmp_path: Path) -> None:
    for case in costing.CASES:
        if case.name in PRINTED:
            case.place(tmp_path / "notes", tmp_path / "outside")
    begin = time.process_time()

    report = pipeline.run([tmp_path / "notes"], tmp_path / "output", ["pdf"])

    assert [run.error + run.trace for run in report.exporters if run.error] == []
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize("flavour", ["obsidian", "logseq", "hugo", "mkdocs"])
def test_no_flavour_of_markdown_lets_markup_through(flavour: str, tmp_path: Path) -> None:
    for case in injecting.CASES:
        case.place(tmp_path / "notes", tmp_path / "outside")
    settings = Config(exporters={"markdown": {"flavour": flavour, "front_matter": True}})

    report = pipeline.run([tmp_path / "notes"], tmp_path / "output", ["markdown"], settings)

    assert [run.error + run.trace for run in report.exporters] == [""]
    found = list(outputs.faults(outputs.unpacked(tmp_path / "output")))
    assert not found, "\n".join(found)


def test_the_folder_is_large_enough() -> None:
    cases = [case.name for group in GROUPS.values() for case in group]

    assert len(cases) == len(set(cases)) >= 90
