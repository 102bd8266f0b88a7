"""What parts without a cache remember where somebody has one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from orgkb.cache import Cache
from orgkb.concepts import synonyms
from orgkb.once import once, remembering_in
from orgkb.org import outline, reader

NOTES = """#+TODO: OPEN | SHUT
* OPEN [#A] One :a:
:PROPERTIES:
:ID: one
:Effort: 1:00
:AGE:  7
:AGE: 8
:X+: y
:END:
** SHUT Two
* Three \udcff
"""


def test_without_a_cache_it_is_made_each_time() -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"x"

    with remembering_in(None, "1"):
        assert [once("thing", b"a", make) for _ in range(2)] == [b"x", b"x"]
    assert len(made) == 2


def test_with_one_it_is_made_once_for_each_source_and_version(tmp_path: Path) -> None:
    made: list[bytes] = []

    def of(source: bytes) -> bytes:
        def make() -> bytes:
            made.append(source)
            return source.upper()

        return once("thing", source, make)

    for version in ("1", "1", "2"):
        with Cache(tmp_path / "c.sqlite") as cache, remembering_in(cache, version):
            assert [of(b"a"), of(b"b")] == [b"A", b"B"]
    assert made == [b"a", b"b", b"a", b"b"]


@pytest.mark.parametrize("notes", [NOTES, NOTES.replace("\udcff", ""), "", "* One\n:PROPERTIES:\n:A:   b  c \n:END:\n"])
def test_headlines_are_the_same_read_and_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: str
) -> None:
    alone = reader.parse(notes, "a.org")
    for _ in range(2):
        with Cache(tmp_path / "c.sqlite") as cache, remembering_in(cache, "1"):
            assert reader.parse(notes, "a.org") == alone
    if "\udcff" not in notes:
        monkeypatch.setattr(outline, "_read", lambda *_: pytest.fail("it is remembered"))
        with Cache(tmp_path / "c.sqlite") as cache, remembering_in(cache, "1"):
            assert reader.parse(notes, "a.org") == alone


def test_what_a_drawer_says_is_not_remembered_with_the_headlines() -> None:
    data = outline._read(["* One", ":PROPERTIES:", ":SECRET: pelican", ":END:"], [[":SECRET: pelican"]])
    assert b"pelican" not in data
    assert b"SECRET" not in data


def test_names_that_everybody_knows_are_the_same_made_and_remembered(tmp_path: Path) -> None:
    for make, table in (
        (synonyms._made_acronyms, "acronyms"),
        (synonyms._made_translations, "translations"),
    ):
        made = make()
        assert len(made) > 100
        for _ in range(2):
            with Cache(tmp_path / "c.sqlite") as cache, remembering_in(cache, "1"):
                assert synonyms._remembered(table, make) == made


def test_a_build_after_an_edit_of_prose_loads_no_other_reader(tmp_path: Path) -> None:
    notes = tmp_path / "notes" / "a.org"
    notes.parent.mkdir()
    script = """
import sys
from orgkb import pipeline
pipeline.run([sys.argv[1]], sys.argv[2], ["markdown"], remember=True)
print("orgparse" in sys.modules)
"""
    told: list[str] = []
    for text in ("* One\nSome prose.\n", "* One\nSome more prose.\n", "* Two\nSome more prose.\n"):
        notes.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", script, str(notes.parent), str(tmp_path / "out")],
            check=True,
            capture_output=True,
            text=True,
            env={"ORGKB_CACHE": str(tmp_path / "cache"), "PATH": ""},
        )
        told.append(done.stdout.strip())
    assert told == ["True", "False", "True"]
