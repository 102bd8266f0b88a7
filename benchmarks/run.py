"""Measure orgkb beside its peers, in one run, into one table.

    python benchmarks/run.py [--write docs/benchmarks.md] [--scale 0.02] [--runs 3] [--peers PYTHON] [--growth MB…] [GROUP…]

The notes are made by benchmarks/vault.py, so that anybody gets the same.  PYTHON is one with packages of
peers that orgkb does not need itself (org-parser, tree-sitter-org, flashtext, weasyprint); $NODE_PATH says
where uniorg-parse, sigma, graphology and cytoscape are.  What is not here is named in the table with the reason.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import measure
import peers
import scale
import vault

TEXT = """# Benchmarks

`make bench` makes this page: orgkb beside tools that do a like thing, on the same files, in the same run. CPU time is that of
all processes, user and system, the median of {runs} runs or more, with the start of the program; memory is that of the largest
process. **×** says how many times the CPU time of orgkb, the first row of each part, another one takes: over 1 it is slower.
Peers that do less are named with what they leave out.

Measured on {machine}, Python {python}, with notes made by `benchmarks/vault.py` ({size:.1f} MB in one file, and one of {small} KB).
{note}
"""


def make_inputs(folder: Path, scale: float, interpreter: str) -> peers.Inputs:
    notes = folder / "notes"
    vault.make(notes, scale, 100_000, seed=1)
    files = sorted(notes.rglob("*.org"))
    whole, small, tiny = folder / "whole.org", folder / "one" / "small.org", folder / "tiny.org"
    whole.write_text("\n".join(path.read_text(encoding="utf-8") for path in files), encoding="utf-8")
    small.parent.mkdir()
    text = ""
    for path in files:
        text += path.read_text(encoding="utf-8")
        if len(text) > 80_000:
            break
    small.write_text(text[:80_000].rpartition("\n\n")[0] + "\n", encoding="utf-8")
    tiny.write_text("* A\n- pod :: a unit\n- node :: a machine\n[[A]]\n", encoding="utf-8")
    work = folder / "work"
    work.mkdir()
    # The terms of the notes, and others that they do not have.
    own = vault.Words(vault.random.Random(1), max(10, int(100_000 * scale))).terms
    terms = [*own, *vault.Words(vault.random.Random(2), 5_000).terms][:5_000]
    (work / "terms.txt").write_text("\n".join(terms) + "\n", encoding="utf-8")
    return peers.Inputs(notes, whole, small, tiny, work, interpreter)


def rows(inputs: peers.Inputs, runs: int, wanted: list[str]) -> list[str]:
    lines: list[str] = []
    group, base = "", 0.0
    for case in peers.cases(inputs):
        if wanted and not any(word.lower() in case.group.lower() for word in wanted):
            continue
        if case.group != group:
            group = case.group
            lines += ["", f"## {group}", "", "| | CPU s | × | peak MB | |", "|---|---:|---:|---:|---|"]
        if case.missing:
            lines.append(f"| {case.name} | | | | not measured: {case.missing} |")
            continue
        try:
            costs = []
            for _ in range(max(runs, case.runs) if case.before else 1):
                if case.before:
                    subprocess.run(case.before, check=True, capture_output=True, env={**os.environ, **case.env})
                costs.append(measure.cost(case.command, 1 if case.before else max(runs, case.runs), case.env))
        except (measure.Absent, subprocess.CalledProcessError) as error:
            print(f"{group}: {case.name}: not measured: {error}", file=sys.stderr, flush=True)
            lines.append(f"| {case.name} | | | | not measured: {str(error).replace('|', '/')} |")
            continue
        cpu = measure.statistics.median(cost.cpu for cost in costs)
        memory = int(measure.statistics.median(cost.memory for cost in costs))
        if case.ours:
            base = cpu
        ratio = f"{cpu / base:.2f}" if base else ""
        remark = case.remark or (costs[0].said if "found" in costs[0].said else "")
        lines.append(f"| {case.name} | {cpu:.2f} | {ratio} | {memory} | {remark} |")
        print(f"{group}: {case.name}: {cpu:.2f} s, {memory} MB {remark}", file=sys.stderr, flush=True)
    return lines


VIEWED = ("MB", "ready ms", "drag p95 ms", "under 50 ms %", "drag CPU s", "definition ms")


def viewers(size: int) -> list[str]:
    """The part on interactive maps, measured in the browser."""
    print(f"Interactive maps of {size} concepts", file=sys.stderr, flush=True)
    lines = ["", f"## Interactive maps of {size:,} concepts", ""]
    import viewer  # noqa: PLC0415 - needs what only the tests need

    if viewer.BINARY is None:
        return [*lines, "Not measured: no Chromium."]
    modules = next((Path(f) for f in os.environ.get("NODE_PATH", "").split(os.pathsep) if f), None)
    found = [(name, values) for name, values in viewer.measured(size, modules) if "MB" in values]
    lines += [f"| | {' | '.join(VIEWED)} |", f"|---|{'---:|' * len(VIEWED)}"]
    for name, values in found:
        lines.append(f"| {name} | {' | '.join(f'{values[what]:g}' if what in values else '' for what in VIEWED)} |")
    for name in viewer.PEERS:
        if name not in dict(found):
            lines.append(f"| {name} | not measured: not in $NODE_PATH {'| ' * (len(VIEWED) - 1)}|")
    return lines


def growth(sizes: list[float]) -> list[str]:
    """The part on how the cost of each stage grows: SIZES in MB, each twice the one before."""
    args = argparse.Namespace(to="markdown,map,anki", jobs=1)
    found: list[tuple[str, dict[str, tuple[float, int]]]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            notes, output = Path(folder) / "notes", Path(folder) / "out"
            vault.make(notes, size * 1e6 / vault.SIZE, 100_000, seed=1)
            print(f"How cost grows: {size:g} MB", file=sys.stderr, flush=True)
            found.append((f"{size:g} MB", scale.measured("", notes, output, args)))
    heads = [f"{title} | ×" if at else title for at, (title, _) in enumerate(found)]
    lines = ["", "## How cost grows", "", f"| stage | {' | '.join(heads)} |"]
    lines.append("|---|" + "---:|" * (2 * len(found) - 1))
    for stage in found[0][1]:
        if " notes, " in stage:
            continue
        cells = [f"{found[0][1][stage][0]:.2f} s, {found[0][1][stage][1]} MB"]
        for (_, before), (_, now) in itertools.pairwise(found):
            cells += [
                f"{now[stage][0]:.2f} s, {now[stage][1]} MB",
                f"{now[stage][0] / max(before[stage][0], 0.01):.2f}",
            ]
        lines.append(f"| {stage} | {' | '.join(cells)} |")
    return lines


def machine() -> str:
    cpu = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in cpu.read_text().splitlines() if line.startswith("model name")]
    return f"{len(os.sched_getaffinity(0))} cores ({names[0] if names else platform.machine()})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--scale", type=float, default=0.02)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--growth", nargs="*", type=float, default=[2, 4, 8], help="sizes in MB to see how cost grows")
    parser.add_argument("--note", default="", help="a sentence on this run for the page")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inputs = make_inputs(Path(folder), args.scale, args.peers)
        text = TEXT.format(
            runs=args.runs,
            machine=machine(),
            python=platform.python_version(),
            size=inputs.whole.stat().st_size / 1e6,
            small=inputs.small.stat().st_size // 1000,
            note=args.note,
        )
        lines = rows(inputs, args.runs, args.groups)
        if not args.groups or any("map" in word.lower() for word in args.groups):
            lines += viewers(2000)
        if args.growth and (not args.groups or any("grow" in word.lower() for word in args.groups)):
            lines += growth(args.growth)
        text = text.rstrip() + "\n" + "\n".join(lines) + "\n"
    if args.write:
        kept = args.write.read_text(encoding="utf-8") if args.write.exists() else ""
        _, mark, rest = kept.partition(MARK)
        args.write.write_text(text + ("\n" + mark + rest if mark else ""), encoding="utf-8")
    else:
        print(text)


MARK = "<!-- What stands below is written by hand. -->\n"


if __name__ == "__main__":
    main()
