"""The steps on single notes leave nothing behind but what they give."""

from __future__ import annotations

import gc
from pathlib import Path

from orgkb import reading, work
from orgkb.config import Config
from orgkb.inputs import find_inputs
from orgkb.org.garbage import no_garbage_collection
from orgkb.org.objects.parser import ObjectParser
from orgkb.workers import Workers


def _parsers() -> int:
    return sum(isinstance(thing, ObjectParser) for thing in gc.get_objects())


def test_the_parsers_of_many_notes_do_not_stay_in_memory(tmp_path: Path) -> None:
    for number in range(4 * work.YOUNG):
        (tmp_path / f"{number}.org").write_text(f"* Note {number}\n- term {number} :: text\n", encoding="utf-8")
    inputs = find_inputs([tmp_path])
    gc.collect()
    before = _parsers()
    with no_garbage_collection(), Workers(1) as workers:
        notes = reading.read_notes(inputs, Config(), workers=workers)
        assert _parsers() - before <= work.YOUNG
    assert len(notes.documents) == 4 * work.YOUNG


def test_the_parsers_of_many_notes_do_not_stay_in_a_worker(tmp_path: Path) -> None:
    for number in range(3 * work.YOUNG):
        (tmp_path / f"{number}.org").write_text(f"* Note {number}\ntext\n", encoding="utf-8")
    tasks = [work.ReadTask.of(note, inlinetasks=False, literals=True) for note in find_inputs([tmp_path]).notes]
    gc.collect()
    before = _parsers()
    with no_garbage_collection():
        assert len(work.read_packed(tuple(tasks))) == 3 * work.YOUNG
        assert _parsers() - before <= work.YOUNG
