"""Damaged notes: real files cut off, with lines lost, doubled or swapped, and bytes changed.

A long run over all notes that are there, with everything that orgkb writes:
`python -m tests.hostile.mutants --count 10000`. Mutants are exported in batches, as the notes of one folder: starting
pandoc and Typst costs more than a mutant. Where a batch fails, each of its mutants is tried alone.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from orgkb import exporter, pipeline
from orgkb.config import Config
from orgkb.diagnostics import Severity
from tests.hostile import outputs

LINES = 60
"""A mutant is made of a stretch of a file, of at most so many lines: small mutants find the same faults sooner."""
SECONDS = 30
"""What a mutant may take before it counts as one that hangs."""
BATCH = 100
TURNS = 4
"""Of the formats that are made on request only each batch has every fourth; they differ in pandoc's part alone."""
FORMATS = ("canvas", "csv", "cxl", "cytoscape", "gexf", "graphml", "json", "mermaid", "skos")
FLAVOURS = ("gfm", "commonmark", "obsidian", "logseq", "hugo", "mkdocs")
HERE = Path(__file__).parents[2]


def mutant(source: bytes, seed: int) -> bytes:
    """A damaged stretch of SOURCE; the same for the same SEED."""
    chance = random.Random(seed)
    lines = source.splitlines(keepends=True)
    start = chance.randrange(max(1, len(lines) - LINES))
    lines = lines[start : start + chance.randint(5, LINES)] or [b"\n"]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
                del lines[at + 1 :]
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                lines.insert(at, lines[at])
            case 3:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 4 if lines[at]:
                place = chance.randrange(len(lines[at]))
                changed = bytes([lines[at][place] ^ 1 << chance.randrange(8)])
                lines[at] = lines[at][:place] + changed + lines[at][place + 1 :]
            case 5:
                lines[at] = lines[at].lstrip() if chance.random() < 0.5 else b" " * chance.randint(1, 9) + lines[at]
            case _:
                place = chance.randint(0, len(lines[at]))
                lines[at] = (
                    lines[at][:place]
                    + chance.choice(b"*/_=~+[]{}<>|:#\\$^-@\"'\x00\xff").to_bytes()
                    + lines[at][place:]
                )
    return b"".join(lines)


def settings(number: int) -> Config:
    """Options that have everything written, another flavour of Markdown for each NUMBER."""
    flavour = {"flavour": FLAVOURS[number % len(FLAVOURS)], "shape": "vault" if number % 4 == 3 else "files"}
    return Config(exporters={"markdown": flavour, "map": {"formats": list(FORMATS)}})


def complaints(notes: Mapping[str, bytes], exporters: Sequence[str], folder: Path, config: Config) -> list[str]:
    """What goes wrong when NOTES (name → text) are exported below FOLDER: failures, and markup that got through."""
    source, output = folder / "notes", folder / "output"
    source.mkdir(exist_ok=True)
    for name, data in notes.items():
        (source / f"{name}.org").write_bytes(data)
    try:
        report = pipeline.run([source], output, exporters, config, force=True)
    except Exception:  # noqa: BLE001 - whatever gets out is what we look for
        return [traceback.format_exc()]
    found = [f"{run.name}: {run.error}\n{run.trace}" for run in report.exporters if run.error]
    found += [str(d) for d in report.diagnostics if d.severity >= Severity.ERROR]
    # Notes of real people show HTML, and talk of it; what would run is looked for all the same.
    return found + list(outputs.faults(outputs.unpacked(output)))


def sources(folders: Sequence[Path]) -> list[Path]:
    """The notes below FOLDERS, in a fixed order."""
    return sorted(path for folder in folders for path in folder.rglob("*.org") if path.is_file())


def hunt(files: Sequence[Path], seeds: range, exporters: Sequence[str]) -> Iterator[tuple[Path, int, list[str], float]]:
    """(file, seed, complaints, seconds) of each mutant that fails; the files are taken in turn."""

    def stop(_number: int, _frame: object) -> None:
        raise TimeoutError(f"took more than {SECONDS} seconds a mutant")

    before = signal.signal(signal.SIGALRM, stop)
    try:
        for start in range(seeds.start, seeds.stop, BATCH):
            batch = range(start, min(start + BATCH, seeds.stop))
            turn = start // BATCH
            to = [name for i, name in enumerate(exporters) if name in exporter.names() or (i + turn) % TURNS == 0]
            if _tried(files, batch, to, turn)[0]:
                for seed in batch:
                    found, seconds = _tried(files, range(seed, seed + 1), to, turn)
                    if found:
                        yield files[seed % len(files)], seed, found, seconds
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _tried(files: Sequence[Path], seeds: range, exporters: Sequence[str], number: int) -> tuple[list[str], float]:
    notes = {f"m{seed}": mutant(files[seed % len(files)].read_bytes(), seed) for seed in seeds}
    with tempfile.TemporaryDirectory(prefix="orgkb-mutant-") as folder:
        begin = time.perf_counter()
        signal.alarm(SECONDS * len(seeds) if len(seeds) == 1 else SECONDS * 10)
        try:
            found = complaints(notes, exporters, Path(folder), settings(number))
        finally:
            signal.alarm(0)
        return found, time.perf_counter() - begin


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folders", nargs="*", type=Path, default=[HERE / "input", HERE / "tests" / "cases", HERE.parent / "shared"]
    )
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--start", type=int, default=0, help="first seed")
    parser.add_argument("--to", default=",".join((*exporter.names(), *exporter.on_request())))
    arguments = parser.parse_args()
    files = sources(arguments.folders)
    begin, failed = time.process_time(), 0
    seeds = range(arguments.start, arguments.start + arguments.count)
    for path, seed, found, seconds in hunt(files, seeds, arguments.to.split(",")):
        failed += 1
        print(f"== seed {seed} of {path} ({seconds:.1f} s)", *found, sep="\n", flush=True)  # noqa: T201 - a script
    import resource  # noqa: PLC0415 - absent on Windows

    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = time.process_time() - begin + spent.ru_utime + spent.ru_stime
    print(f"{arguments.count} mutants of {len(files)} files, {failed} failed, {took:.0f} CPU seconds")  # noqa: T201
    sys.exit(bool(failed))


if __name__ == "__main__":
    _main()
