"""Patterns that an earlier run compiled are the same patterns."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from orgkb import cache as caches
from orgkb import patterns
from orgkb.cache import Cache

ASKED = [
    (r"a(?P<year>\d{4})-(?P<month>\d\d)|(x)\Z", 0),
    (r"(?ix) sub \s | [а-яё]+", re.IGNORECASE),
    (r"[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0002ffff]", 0),
    (r"(?<!\w)x{2,3}+(?=y)", re.MULTILINE | re.DOTALL),
    ("", 0),
    (r"[\ud800-\udfff]", 0),
]


@pytest.fixture
def cache() -> Iterator[Cache]:
    with caches.opened("patterns") as opened:
        yield opened


def _compiled() -> list[re.Pattern[str]]:
    re.purge()
    return [re.compile(pattern, flags) for pattern, flags in ASKED]


def _literal() -> re.Pattern[str]:
    re.purge()
    return re.compile(r"lit(?P<name>er)al\d+")


def test_they_are_equal_and_not_worked_out_again(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = _literal()
    with patterns.remembered(cache, "1"):
        assert _literal() == plain
    parsed: list[str] = []
    real = re._parser.parse  # type: ignore[attr-defined] # not public

    def parse(pattern: str, flags: int = 0) -> object:
        parsed.append(pattern)
        return real(pattern, flags)

    monkeypatch.setattr("re._parser.parse", parse)
    with patterns.remembered(cache, "1"):
        again = _literal()
    assert not parsed
    assert again == plain
    assert again.groupindex == plain.groupindex
    assert again.flags == plain.flags
    found = again.search("a literal7")
    assert found is not None
    assert found.lastgroup == "name"
    with patterns.remembered(cache, "2"):
        assert _literal() == plain
    assert parsed


def test_any_pattern_stays_what_it_is(cache: Cache) -> None:
    plain = _compiled()
    for _ in range(2):
        with patterns.remembered(cache, "1"):
            assert _compiled() == plain
    assert _compiled() == plain


def test_what_is_made_of_the_notes_is_not_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    put: list[bytes] = []
    monkeypatch.setattr(Cache, "put", lambda _self, _source, _kind, data: put.append(data))
    word = "pelican"
    with patterns.remembered(cache, "1"):
        re.purge()
        assert re.search(rf"\b{word}s?\b", "two pelicans")
        assert re.search(r"\bherons?\b", "two herons")
    assert [b"heron" in data for data in put] == [True]
    assert [b"pelican" in data for data in put] == [False]


def test_what_is_damaged_is_worked_out_again(cache: Cache) -> None:
    plain = _literal()
    cache.put(b"regular expressions", "patterns 1", b"\xc1 no such thing")
    with patterns.remembered(cache, "1"):
        assert _literal() == plain


def test_wrong_patterns_are_refused_as_ever(cache: Cache) -> None:
    with patterns.remembered(cache, "1"):
        for wrong in ("(", "[z-a]", r"(?<=a+)b"):
            with pytest.raises(re.error):
                re.compile(wrong)
        with pytest.raises(TypeError):
            re.compile(7)  # type: ignore[call-overload]
        assert re.compile(b"bytes").search(b"some bytes")


def test_another_re_is_left_alone() -> None:
    code = (
        "import re; from orgkb import patterns, cache; found = re._compiler; del re._compiler\n"
        "with cache.opened('x') as c, patterns.remembered(c, '1'): print(re.escape('a.b'))\n"
        "re._compiler = found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "a\\.b\n"
