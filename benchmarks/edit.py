"""What a build costs after an edit of one word: a new process each time, with what earlier ones remember.

    python benchmarks/edit.py NOTES.org [--to anki,markdown,map] [--runs 7] [--seed 5]

Puts one word into a line of prose, another line each time, and builds.  Prints the CPU seconds of the process and of
those that it starts: of the first build, the median where nothing changed, and the median, least and most after an edit.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

WORD = "really"
SHORTEST = 40
"""Letters of a line that is edited."""


def build(notes: Path, folder: Path, to: str) -> float:
    env = {**os.environ, "ORGKB_CACHE": str(folder / "cache")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "orgkb", "build", str(notes), "-o", str(folder / "output"), "--quiet", "--to", to]
    subprocess.run(command, check=True, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def edit(path: Path, chance: random.Random) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    at = chance.choice([at for at, line in enumerate(lines) if len(line) > SHORTEST and line[:1].isalpha()])
    words = lines[at].split(" ")
    words.insert(len(words) // 2, WORD)
    lines[at] = " ".join(words)
    path.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--to", default="anki,markdown,map")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        notes = folder / "notes" / args.notes.name
        notes.parent.mkdir()
        shutil.copy(args.notes, notes)
        first = build(notes.parent, folder, args.to)
        unchanged = [build(notes.parent, folder, args.to) for _ in range(args.runs)]
        edited = []
        for _ in range(args.runs):
            edit(notes, chance)
            edited.append(build(notes.parent, folder, args.to))
    print(
        f"{args.to}: first {first:.2f} s, unchanged {statistics.median(unchanged):.2f} s,"
        f" after an edit {statistics.median(edited):.2f} s ({min(edited):.2f} to {max(edited):.2f})"
    )


if __name__ == "__main__":
    main()
