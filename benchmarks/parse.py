"""Speed of text → full tree, beside orgparse (outline only) and Emacs (full tree), in one run.

    python benchmarks/parse.py [FILE.org…] [--runs 5]

Prints CPU seconds (user + system, the best of the runs) and MB of Org text per CPU second.  orgparse and
Emacs read the same files; Emacs is left out where it is not installed, orgparse skips files it cannot read.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import orgparse

from orgkb.org.reader import decode, parse

EMACS = """
(progn (require 'org) (require 'org-element)
  (setq gc-cons-threshold (* 256 1024 1024) org-element-use-cache nil enable-local-variables nil)
  (let ((spent 0.0))
    (dolist (file command-line-args-left)
      (with-temp-buffer
        (let ((coding-system-for-read 'utf-8)) (insert-file-contents file))
        (delay-mode-hooks (org-mode))
        (let ((start (float-time (get-internal-run-time))))
          (org-element-parse-buffer)
          (setq spent (+ spent (- (float-time (get-internal-run-time)) start))))))
    (princ spent)))
"""


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def orgkb_reads(files: list[bytes]) -> None:
    for data in files:
        parse(decode(data)[0])


def orgparse_reads(files: list[bytes]) -> None:
    for data in files:
        try:
            orgparse.loads(decode(data)[0])
        except (ValueError, RecursionError) as error:
            print(f"orgparse: {error}")


def emacs_reads(paths: list[Path]) -> float:
    command = ["emacs", "-Q", "--batch", "--eval", EMACS, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(Path("input").glob("*.org")))
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    files = [path.read_bytes() for path in args.files]
    megabytes = sum(map(len, files)) / 1e6
    spent = {
        "orgkb, full tree": min(cpu_seconds(lambda: orgkb_reads(files)) for _ in range(args.runs)),
        "orgparse, outline": min(cpu_seconds(lambda: orgparse_reads(files)) for _ in range(args.runs)),
    }
    if shutil.which("emacs"):
        spent["Emacs, full tree"] = emacs_reads(args.files)
    print(f"{len(files)} files, {megabytes:.2f} MB")
    for name, seconds in spent.items():
        ratio = seconds / spent["orgkb, full tree"]
        print(f"{name:20s} {seconds:7.2f} CPU s  {megabytes / seconds:6.2f} MB/s  {ratio:5.2f} × orgkb's time")


if __name__ == "__main__":
    main()
