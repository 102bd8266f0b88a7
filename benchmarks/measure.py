"""CPU time and peak memory of a program with all that it starts, the median of several runs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CPU_LIMIT = 100
"""Seconds of one run: what takes longer is said to."""


@dataclass(frozen=True)
class Cost:
    """What one program costs."""

    cpu: float
    """Seconds of all processes, of user and system: the median."""
    memory: int
    """MB of the largest process: the median."""
    said: str
    """The last line that it wrote."""


class Absent(Exception):  # noqa: N818 - reads as what happened
    """A program or package is not here, or does not do what is asked; the text says why."""


_MEASURED = """
import resource, subprocess, sys
limit = int(sys.argv[1])
def limited(): resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limited)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
said = (done.stdout if done.returncode == 0 else done.stderr).decode("utf-8", "replace").strip().splitlines() or [""]
print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, said[-1][:200])
"""


def cost(command: Sequence[str], runs: int = 3, env: Mapping[str, str] | None = None) -> Cost:
    """What COMMAND costs, by RUNS runs; Absent where it fails."""
    found: list[tuple[float, int]] = []
    said = ""
    for _ in range(runs):
        try:
            done = subprocess.run(
                [sys.executable, "-c", _MEASURED, str(CPU_LIMIT), *command],
                capture_output=True,
                text=True,
                check=True,
                env={**os.environ, **(env or {})},
            )
        except subprocess.CalledProcessError as error:
            raise Absent(error.stderr.strip().splitlines()[-1][:160]) from None
        code, cpu, memory, said = (*done.stdout.rstrip("\n").split(" ", 3), "")[:4]
        if code in {"-9", "-24"} and float(cpu) > CPU_LIMIT * 0.8:
            raise Absent(f"more than {CPU_LIMIT} s CPU")
        if code != "0":
            raise Absent(said[:160] or f"exit code {code}")
        found.append((float(cpu), int(memory)))
    return Cost(statistics.median(f[0] for f in found), int(statistics.median(f[1] for f in found)), said)
