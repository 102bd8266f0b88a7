"""Patterns that are compiled at their first use, and that a build after an edit loads little else."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import orgkb
import orgkb_exporters
from orgkb import patterns
from orgkb.cache import Cache
from orgkb.patterns import pattern, reaches, remembered_in


def test_a_pattern_answers_as_a_compiled_one() -> None:
    later, now = pattern(r"(?P<a>x+)(y)?", re.IGNORECASE), re.compile(r"(?P<a>x+)(y)?", re.IGNORECASE)
    text = "aXXy x"

    assert [m.span() for m in later.finditer(text)] == [m.span() for m in now.finditer(text)]
    assert (later.pattern, later.flags, later.groups, later.groupindex) == (
        now.pattern,
        now.flags,
        now.groups,
        now.groupindex,
    )
    assert later.sub("-", text) == now.sub("-", text)
    assert later.fullmatch(text) is None


def test_it_is_compiled_when_it_is_used_and_once_for_each_method(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    compiled = re.compile

    def noting(rule: str, flags: int = 0) -> re.Pattern[str]:
        asked.append(rule)
        return compiled(rule, flags)

    monkeypatch.setattr(re, "compile", noting)
    later = pattern("ab")

    assert not asked
    assert [bool(later.search(text)) for text in ("cab", "c", "ab")] == [True, False, True]
    assert asked == ["ab"]


def _own_patterns() -> Iterator[tuple[str | bytes, int]]:
    """(rule, flags) of every pattern that is a value of one of our modules."""
    for package in (orgkb, orgkb_exporters):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith("__main__"):
                continue
            pending: list[object] = list(vars(importlib.import_module(found.name)).values())
            while pending:
                value = pending.pop()
                if isinstance(value, patterns._Pattern):
                    yield value._rule, value._flags
                elif isinstance(value, dict):
                    pending += value.values()
                elif isinstance(value, list | tuple):
                    pending += value


def test_every_pattern_is_the_same_remembered_and_compiled_anew(tmp_path: Path) -> None:
    if patterns._INTERNALS is None:
        pytest.skip("this Python compiles patterns in another way: none are remembered")
    rules = set(_own_patterns())
    assert len(rules) > 400
    with Cache(tmp_path / "c.sqlite") as cache, remembered_in(cache, "1"):
        for rule, flags in rules:
            later: re.Pattern[Any] = pattern(rule, flags)
            assert later.pattern == rule
    with Cache(tmp_path / "c.sqlite") as cache:
        memory = patterns._Memory(cache, "1")
        for rule, flags in rules:
            remembered, anew = memory.compiled(rule, flags), re.compile(rule, flags)
            assert remembered == anew  # flags, rule and numbers
            assert (remembered.groups, remembered.groupindex) == (anew.groups, anew.groupindex)
        assert not memory._grown


def test_a_damaged_memory_of_patterns_costs_time_only(tmp_path: Path) -> None:
    if patterns._INTERNALS is None:
        pytest.skip("this Python compiles patterns in another way: none are remembered")
    with Cache(tmp_path / "c.sqlite") as cache:
        memory = patterns._Memory(cache, "1")
        whole = memory._coded("(a+)b", 0)
        damaged = msgspec.structs.replace(whole, code=whole.code[:-8] + b"\xff" * 8)
        for wrong in (
            damaged,
            msgspec.structs.replace(whole, names={"a": 9}),
            msgspec.structs.replace(whole, code=b"abc"),
        ):
            memory._known = {"0 '(a+)b'": wrong}
            assert memory.compiled("(a+)b", 0).findall("aab ab") == ["aa", "a"]


def test_a_later_run_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if patterns._INTERNALS is None:
        pytest.skip("this Python compiles patterns in another way: none are remembered")
    with Cache(tmp_path / "c.sqlite") as cache, remembered_in(cache, "1"):
        assert pattern(r"(?P<word>\w+)!").findall("so! it is!") == ["so", "is"]
    compiled: list[str] = []
    monkeypatch.setattr(patterns._Memory, "_coded", lambda _self, rule, _flags: compiled.append(rule))
    with Cache(tmp_path / "c.sqlite") as cache, remembered_in(cache, "1"):
        assert pattern(r"(?P<word>\w+)!").sub(r"\g<word>?", "so!") == "so?"
    assert not compiled


def test_far_scripts_are_told_by_their_first_letter() -> None:
    assert [reaches(text, "\u3040") for text in ("", "container", "Контейнер", "コンテナ", "a 容器")] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_a_wrong_rule_fails_at_its_first_use() -> None:
    later = pattern("(")

    with pytest.raises(re.error):
        later.search("x")
    assert not hasattr(later, "__deepcopy__")


def test_a_build_after_an_edit_asks_no_package_for_its_exporters(tmp_path: Path) -> None:
    notes, cache = tmp_path / "notes", tmp_path / "cache"
    notes.mkdir()
    text = "* Pods\n- *pod* - smallest unit that is scheduled\n\nSome prose that nobody asks for.\n"
    (notes / "a.org").write_text(text, encoding="utf-8")
    script = """
import sys
from orgkb import pipeline
report = pipeline.run([sys.argv[1]], sys.argv[2], ["anki", "markdown"], remember=True)
assert not report.exit_code(), report
print(*sorted(sys.modules))
"""

    def loaded() -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", script, str(notes), str(tmp_path / "out")],
            check=True,
            capture_output=True,
            text=True,
            env={"ORGKB_CACHE": str(cache), "PATH": ""},
        )
        return set(done.stdout.split())

    first = loaded()
    (notes / "a.org").write_text(text.replace("Some prose", "Some plain prose"), encoding="utf-8")
    later = loaded()

    assert {"importlib.metadata", "genanki"} <= first
    assert (
        not {"importlib.metadata", "importlib.resources", "email", "tempfile", "socket", "tomllib", "genanki"} & later
    )
    assert {"orgkb_exporters.anki", "orgkb_exporters.markdown.page"} <= later
