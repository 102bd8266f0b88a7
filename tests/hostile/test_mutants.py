"""Damaged notes never cost more than themselves: no traceback, no endless run, nothing that runs in a reader."""

from __future__ import annotations

import sys

import pytest

from tests.hostile import mutants
from tests.shared import SHARED

FILES = mutants.sources(
    [mutants.HERE / "input", mutants.HERE / "tests" / "cases", *([SHARED / "corpus"] if SHARED else [])]
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no alarm there")


@pytest.mark.parametrize(("seeds", "to"), [(range(300), ("markdown", "anki")), (range(1000, 1006), ("pdf", "map"))])
def test_damaged_notes_are_exported_like_others(seeds: range, to: tuple[str, ...]) -> None:
    found = [f"seed {seed} of {path}:\n" + "\n".join(said) for path, seed, said, _ in mutants.hunt(FILES, seeds, to)]

    assert not found, "\n".join(found)


def test_mutants_are_the_same_on_every_run() -> None:
    data = FILES[0].read_bytes()

    assert [mutants.mutant(data, i) for i in range(20)] == [mutants.mutant(data, i) for i in range(20)]
    assert len({mutants.mutant(data, i) for i in range(20)}) > 15
