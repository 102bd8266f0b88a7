"""How the cost of each stage grows with the notes, and what a large vault costs.

    python benchmarks/scale.py [MB …] [--to markdown,map,anki] [--concepts 100000] [--limit 2.2] [--files 6058]

Each size is a folder of notes in the shape of the largest vault found (benchmarks/vault.py), built in a process of
its own that remembers nothing, then with what it remembers: unchanged, and after an edit of one line.  Prints CPU
seconds of all processes and the peak memory up to the end of each stage, and for a size that is twice the one before
the ratio; exits with 1 where a ratio is above the limit and the time can be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import vault

MEASURABLE = 1.0
"""CPU seconds below which a ratio says nothing."""


def spent() -> float:
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + below.ru_utime + below.ru_stime


def stages(notes: Path, output: Path, to: tuple[str, ...], jobs: int) -> list[tuple[str, float, int]]:
    """(stage, CPU seconds, peak MB so far) of one build."""
    from orgkb import pipeline, reading  # noqa: PLC0415 - in the process that is measured

    found: list[tuple[str, float, int]] = []

    def told(name: str, seconds: float) -> None:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        found.append((name, round(seconds, 2), memory))
        print(json.dumps(found[-1]), flush=True)

    def timed(module: Any, name: str, label: Callable[..., str]) -> None:
        real = getattr(module, name)

        def measured(*arguments: Any, **more: Any) -> Any:
            begin = spent()
            result = real(*arguments, **more)
            told(label(*arguments), spent() - begin)
            return result

        setattr(module, name, measured)

    timed(reading, "read_notes", lambda *_: "read")
    timed(reading, "draft_of", lambda *_: "merge")
    timed(reading, "_linked", lambda *_: "link")
    timed(reading, "finish", lambda *_: "assemble")
    timed(pipeline, "export", lambda task, *_: task.name)
    begin = spent()
    report = pipeline.run([notes], output, to, jobs=jobs, remember=True)
    told("all", spent() - begin)
    print(json.dumps([f"{report.documents} notes, {report.concepts} concepts", 0, 0]), flush=True)
    return found


def edit(notes: Path) -> None:
    """Put one more word into the first item of a list that defines nothing, in the first file that has one."""
    for path in sorted(notes.rglob("*.org")):
        lines = path.read_text(encoding="utf-8").split("\n")
        at = next((at for at, line in enumerate(lines) if line.startswith("- ") and "::" not in line), None)
        if at is not None:
            lines[at] += " More."
            path.write_text("\n".join(lines), encoding="utf-8")
            return


def measured(name: str, notes: Path, output: Path, args: argparse.Namespace) -> dict[str, tuple[float, int]]:
    command = [sys.executable, __file__, "--child", str(notes), "--output", str(output), "--to", args.to]
    env = {**os.environ, "ORGKB_CACHE": str(output.parent / "cache")}
    found: dict[str, tuple[float, int]] = {}
    with subprocess.Popen([*command, "--jobs", str(args.jobs)], stdout=subprocess.PIPE, text=True, env=env) as child:
        assert child.stdout is not None
        for line in child.stdout:
            stage, seconds, memory = json.loads(line)
            found[stage] = seconds, memory
            print(f"  {name:10} {stage:28} {seconds:8.2f} s {memory:6} MB", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=float, default=[2, 4, 8])
    parser.add_argument("--to", default="markdown,map,anki")
    parser.add_argument("--concepts", type=int, default=100_000, help="at 84 MB; in proportion at other sizes")
    parser.add_argument("--tiny", type=int, default=0, help="instead: that many files of 100 bytes")
    parser.add_argument("--limit", type=float, default=2.2)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--cold", action="store_true", help="only the first build")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--output", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        stages(args.child, args.output, tuple(args.to.split(",")), args.jobs)
        return
    before: dict[str, tuple[float, int]] = {}
    steep: list[str] = []
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            notes, output = Path(folder) / "notes", Path(folder) / "out"
            vault.make(notes, size * 1e6 / vault.SIZE, args.concepts, seed=1, tiny=args.tiny)
            files = list(notes.rglob("*.org"))
            print(f"{sum(path.stat().st_size for path in files) / 1e6:.1f} MB in {len(files)} files", flush=True)
            cold = measured("cold", notes, output, args)
            for stage, (seconds, _) in cold.items():
                if stage in before and seconds >= MEASURABLE:
                    ratio = seconds / max(before[stage][0], 0.01)
                    print(f"  ratio      {stage:28} {ratio:8.2f}")
                    if ratio > args.limit:
                        steep.append(f"{stage} at {size} MB: {ratio:.2f}")
            before = cold
            if not args.cold:
                measured("unchanged", notes, output, args)
                edit(notes)
                measured("edited", notes, output, args)
    sys.exit(f"above {args.limit}: {', '.join(steep)}" if steep else 0)


if __name__ == "__main__":
    main()
