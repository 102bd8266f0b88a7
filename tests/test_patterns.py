"""Patterns that are compiled at their first use, and that a build after an edit loads little else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from orgkb.patterns import pattern, reaches


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
