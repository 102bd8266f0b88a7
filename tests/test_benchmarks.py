"""The parts of orgkb that `make bench` calls by name are there, and do what is measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.org"
    path.write_text("* Terms\nThe pod is the smallest unit.\nTwo pods share a node.\n", encoding="utf-8")
    (tmp_path / "terms.txt").write_text("pod\nnode\n", encoding="utf-8")
    return path


def run(snippet: str, *arguments: object) -> str:
    """What the program SNIPPET of benchmarks/peers.py says."""
    code = f"import sys; sys.path.insert(0, {str(BENCHMARKS)!r})\nimport peers\nexec(peers.{snippet})"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_names_are_found_in_any_form_of_their_words(notes: Path) -> None:
    assert run("LINK", notes, notes.with_name("terms.txt")).startswith("3 found")


@pytest.mark.parametrize("snippet", ["PARSE", "ORGPARSE", "MARKDOWN"])
def test_reading_and_writing_run(snippet: str, notes: Path) -> None:
    assert not run(snippet, notes)
