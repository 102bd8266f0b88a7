"""10,000 notes to an .apkg, first and again with the ledger, beside plain genanki.

    python benchmarks/anki.py [NOTES]

Each run is a process of its own, so that its peak memory is its own. Reading the notes and finding
the concepts is not counted.
"""

# ruff: noqa: PLC0415 - what is measured is imported in its own process

from __future__ import annotations

import datetime as dt
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path


def terms(count: int) -> list[tuple[str, str]]:
    return [
        (f"term{i:05}", f"kind of machine number {i} that carries loads of sort {i % 97} to place {i % 89}")
        for i in range(count)
    ]


def orgkb(count: int, again: bool) -> tuple[float, int]:
    from orgkb.concepts.build import build
    from orgkb.exporter import ExportContext
    from orgkb.org.reader import parse
    from orgkb.org.semantics import prepare
    from orgkb_exporters.anki import AnkiExporter

    files = [
        prepare(
            parse(
                "* Terms\n" + "".join(f"- *{term}* - {text}\n" for term, text in terms(count)[i : i + 500]), f"{i}.org"
            )
        )
        for i in range(0, count, 500)
    ]
    graph = build(files)
    written: dict[str, bytes] = {}
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    context = ExportContext("Bench", moment, Path("/notes"), lambda _d, _p: None, written.get, lambda _d: None)
    if again:
        written.update((a.path, a.data) for a in AnkiExporter().export(graph, context))
    before = time.process_time()
    made = {a.path: a.data for a in AnkiExporter().export(graph, context)}
    seconds = time.process_time() - before
    assert not again or made == written
    return seconds, len(made["anki/Bench.apkg"])


def genanki_alone(count: int, again: bool) -> tuple[float, int]:
    import genanki

    del again
    model = genanki.Model(
        1, "M", fields=[{"name": "Q"}, {"name": "A"}], templates=[{"name": "C", "qfmt": "{{Q}}", "afmt": "{{A}}"}]
    )
    with tempfile.TemporaryDirectory() as folder:
        before = time.process_time()
        deck = genanki.Deck(2, "D")
        for term, text in terms(count):
            deck.add_note(genanki.Note(model, [term, text]))
        path = Path(folder) / "d.apkg"
        genanki.Package(deck).write_to_file(path)
        return time.process_time() - before, path.stat().st_size


def measured(run, count: int, again: bool) -> tuple[float, int, int]:  # noqa: ANN001 - one of the two functions above
    seconds, size = run(count, again)
    return seconds, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for name, run, again in (
        ("orgkb, first build", orgkb, False),
        ("orgkb, unchanged", orgkb, True),
        ("genanki alone", genanki_alone, False),
    ):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, size, memory = pool.apply(measured, (run, count, again))
        print(f"{name:20} {seconds:6.2f} s CPU  {memory:5} MB  {size / 1e6:6.2f} MB file")


if __name__ == "__main__":
    main()
