"""The cache never fails, never lies, and tells nothing to who has not got the notes."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb import cache as caches
from orgkb.cache import Cache


def test_what_was_put_comes_back_in_the_next_run(tmp_path: Path) -> None:
    place = tmp_path / "a" / "c.sqlite"
    with Cache(place) as cache:
        cache.put(b"notes", "tree", b"what was found")
        assert cache.get(b"notes", "tree") == b"what was found"
    with Cache(place) as cache:
        assert cache.get(b"notes", "tree") == b"what was found"
        assert cache.get(b"notes", "other") is None
        assert cache.get(b"other notes", "tree") is None
        assert cache.problem == ""


def test_several_threads_may_put_and_get_while_records_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "_PENDING", 100)
    with Cache(tmp_path / "c.sqlite") as cache:

        def work(thread: int) -> bool:
            sources = [f"{thread} {number}".encode() for number in range(200)]
            for source in sources:
                cache.put(source, "tree", source * 5)
            return all(cache.get(source, "tree") == source * 5 for source in sources)

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(work, range(4))) == [True] * 4
        assert cache.problem == ""


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_any_bytes_come_back(data: bytes, source: bytes) -> None:
    sealed = caches._sealed(data, source, "kind")
    assert caches._unsealed(sealed, source, "kind") == data
    assert caches._unsealed(sealed, source + b"x", "kind") is None
    assert caches._unsealed(sealed[:-1] + bytes([sealed[-1] ^ 1]), source, "kind") is None


def test_large_records_are_sealed_stretch_by_stretch_each_with_a_stream_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(caches, "_STRETCH", 64)
    data = bytes(200)
    sealed = caches._sealed(data, b"notes", "kind")
    assert caches._unsealed(sealed, b"notes", "kind") == data
    body = sealed[caches._TAG :]
    assert len(body) == 200
    assert len({body[at : at + 8] for at in range(0, 200, 8)}) == 25


def test_nothing_can_be_read_without_the_source(tmp_path: Path) -> None:
    place = tmp_path / "c.sqlite"
    with Cache(place) as cache:
        cache.put(b"the note with a secret", "tree", b"pelican pelican pelican")
    data = place.read_bytes()
    assert b"pelican" not in data
    assert b"secret" not in data


@pytest.mark.parametrize("rubbish", [b"no database", b"", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_made_anew(tmp_path: Path, rubbish: bytes) -> None:
    place = tmp_path / "c.sqlite"
    place.write_bytes(rubbish)
    with Cache(place) as cache:
        assert cache.get(b"a", "b") is None
        cache.put(b"a", "b", b"c")
        assert bool(cache.problem) == bool(rubbish)
    with Cache(place) as cache:
        assert cache.get(b"a", "b") == b"c"
        assert cache.problem == ""


def test_damage_in_the_middle_is_noticed(tmp_path: Path) -> None:
    place = tmp_path / "c.sqlite"
    with Cache(place) as cache:
        for number in range(50):
            cache.put(b"%d" % number, "b", bytes(20_000))
    data = bytearray(place.read_bytes())
    for at in range(40_000, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    place.write_bytes(bytes(data))
    with Cache(place) as cache:
        assert {cache.get(b"%d" % number, "b") for number in range(50)} <= {None, bytes(20_000)}
    with Cache(place) as cache:
        cache.put(b"a", "b", b"c")
    with Cache(place) as cache:
        assert cache.get(b"a", "b") in {b"c", None}


def test_a_file_of_another_program_is_not_used(tmp_path: Path) -> None:
    place = tmp_path / "c.sqlite"
    base = sqlite3.connect(place)
    base.execute("CREATE TABLE records (name)")
    base.close()
    with Cache(place) as cache:
        cache.put(b"a", "b", b"c")
        assert "damaged" in cache.problem


def test_a_locked_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "_PATIENCE", 0.05)
    place = tmp_path / "c.sqlite"
    with Cache(place) as cache:
        cache.put(b"a", "b", b"c")
    other = sqlite3.connect(place)
    other.execute("BEGIN EXCLUSIVE")
    with Cache(place) as cache:
        assert cache.get(b"a", "b") is None
        cache.put(b"a", "b", b"d")
        assert "cannot be used" in cache.problem
    other.rollback()
    other.close()
    with Cache(place) as cache:
        assert cache.get(b"a", "b") == b"c"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Cache(tmp_path / "file" / "c.sqlite") as cache:
        cache.put(b"a", "b", b"c")
        assert not cache.usable
        assert "cannot be used" in cache.problem


def test_no_place_remembers_nothing() -> None:
    with Cache(None) as cache:
        cache.put(b"a", "b", b"c")
        assert (cache.get(b"a", "b"), cache.problem) == (None, "")


def test_what_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "_LARGEST", 10)
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put(b"a", "b", bytes(11))
        assert (cache.get(b"a", "b"), cache.problem) == (None, "")


def test_what_no_run_uses_is_dropped(tmp_path: Path) -> None:
    place = tmp_path / "c.sqlite"
    with Cache(place) as cache:
        cache.put(b"old", "b", b"c")
        cache.put(b"used", "b", b"c")
    for number in range(30):
        with Cache(place) as cache:
            assert cache.get(b"used", "b") == b"c"
            cache.put(b"%d" % number, "b", b"c")
    with Cache(place) as cache:
        assert cache.get(b"old", "b") is None
        assert cache.get(b"used", "b") == b"c"


def test_the_users_folder_is_that_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ORGKB_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert caches.folder() == tmp_path / "orgkb"
    monkeypatch.setattr("sys.platform", "darwin")
    assert caches.folder().parts[-3:] == ("Library", "Caches", "orgkb")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert caches.folder() == tmp_path / "local" / "orgkb"
