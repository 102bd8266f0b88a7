"""What is made of our own code lies beside Python's bytecode, and a run does without it where it cannot."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from orgkb import patterns
from orgkb.beside import Beside
from orgkb.patterns import pattern, remembered_in


@pytest.fixture(autouse=True)
def _bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_what_was_put_there_is_given_to_who_asks_for_the_same(tmp_path: Path) -> None:
    Beside("made", str(tmp_path)).put(b"source", "kind", b"data")

    later = Beside("made", str(tmp_path))
    assert later.usable
    assert later.get(b"source", "kind") == b"data"
    assert later.get(b"source", "another kind") is None
    assert later.get(b"another source", "kind") is None
    assert Beside("other", str(tmp_path)).get(b"source", "kind") is None
    assert len(list(tmp_path.iterdir())) == 1


def test_nothing_is_written_where_python_writes_no_bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    store = Beside("made", str(tmp_path))
    store.put(b"source", "kind", b"data")

    assert not store.usable
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_no_place(tmp_path: Path) -> None:
    store = Beside("made", str(tmp_path / "none"))
    store.put(b"source", "kind", b"data")

    assert not store.usable
    assert store.get(b"source", "kind") is None


def test_patterns_are_compiled_once_for_all_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if patterns._INTERNALS is None:
        pytest.skip("this Python compiles patterns in another way: none are remembered")
    with remembered_in(Beside("patterns", str(tmp_path)), ""):
        assert pattern(r"(?P<word>\w+)!").findall("so! it is!") == ["so", "is"]
    compiled: list[str] = []
    monkeypatch.setattr(patterns._Memory, "_coded", lambda _self, rule, _flags: compiled.append(rule))
    with remembered_in(Beside("patterns", str(tmp_path)), ""):
        with remembered_in(Beside("of a build", str(tmp_path)), ""):
            assert pattern(r"(?P<word>\w+)!").sub(r"\g<word>?", "so!") == "so?"
        assert pattern(r"(?P<word>\w+)!").search("go!")
    assert not compiled
    assert [place.name.split(".")[0] for place in tmp_path.iterdir()] == ["patterns"]


def test_a_damaged_file_costs_time_only(tmp_path: Path) -> None:
    with remembered_in(Beside("patterns", str(tmp_path)), ""):
        pattern("a+b").search("")
    for place in tmp_path.iterdir():
        place.write_bytes(re.sub(rb"\n\n.*", b"\n\nno message", place.read_bytes(), flags=re.DOTALL))
    with remembered_in(Beside("patterns", str(tmp_path)), ""):
        assert pattern("a+b").search("aab")


def test_rules_of_many_older_versions_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if patterns._INTERNALS is None:
        pytest.skip("this Python compiles patterns in another way: none are remembered")
    monkeypatch.setattr(patterns, "_MOST", 3)
    for number in range(6):
        with remembered_in(Beside("patterns", str(tmp_path)), ""):
            pattern(f"rule {number}").search("")
    memory = patterns._Memory(Beside("patterns", str(tmp_path)), "")
    assert sorted(memory._read()) == ["0 'rule 4'", "0 'rule 5'"]


def test_the_command_finds_its_patterns_compiled(tmp_path: Path) -> None:
    (tmp_path / "a.org").write_text("* Pods\n- *pod* - smallest unit that is scheduled\n", encoding="utf-8")
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "orgkb", "graph", str(tmp_path / "a.org")]
    first, second = (subprocess.run(command, check=True, capture_output=True, env=env).stdout for _ in range(2))

    assert first == second
    assert len(list((tmp_path / "bytecode").rglob("compiled-patterns.*"))) == (patterns._INTERNALS is not None)
