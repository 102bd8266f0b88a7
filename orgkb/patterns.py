"""Regular expressions as an earlier run compiled them: compiling our five hundred takes a tenth of a second.

`re` works a pattern out in Python and hands the result, a list of numbers, to its engine, which checks it. That list is
kept for the patterns that stand in code; those made of what stands in notes are not.  It is that of one version of
Python and of our code.  Where `re` is not built as we know it, everything is compiled as ever.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import CodeType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from orgkb.cache import Cache

_SOURCE = b"regular expressions"
_ENGINE = "_sre"
_INSIDE = frozenset({"<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>", "<lambda>"})
"""Names of code that belongs to what stands around it."""


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """What `re` makes of one pattern."""

    pattern: str
    asked: int
    """Flags that were asked for."""
    flags: int
    """Flags with those that the pattern itself sets."""
    code: bytes
    groups: int
    names: dict[str, int]
    """Number by name of a group."""
    wide: bool
    """Whether the numbers of the code take four bytes each instead of two."""

    def build(self, engine: Callable[..., re.Pattern[str]]) -> re.Pattern[str]:
        """The pattern."""
        by_number: list[str | None] = [None] * (self.groups + 1)
        for name, number in self.names.items():
            by_number[number] = name
        code = array("I" if self.wide else "H", self.code).tolist()
        return engine(self.pattern, self.flags, code, self.groups, self.names, tuple(by_number))


@contextmanager
def remembered(cache: Cache | None, version: str) -> Iterator[None]:
    """Within it, patterns that stand in code are taken from CACHE, and put there; VERSION is that of the code."""
    compiler: Any = getattr(re, "_compiler", None)
    engine: Any = getattr(compiler, _ENGINE, None)
    if cache is None or not cache.usable or not callable(getattr(engine, "compile", None)):
        yield
        return
    kind = f"patterns {version}"
    known = _read(cache.get(_SOURCE, kind))
    before = len(known)
    work_out = compiler.compile

    def compiled(pattern: object, flags: int = 0) -> re.Pattern[str]:
        if not isinstance(pattern, str):
            return work_out(pattern, flags)  # type: ignore[no-any-return]
        found = known.get((pattern, flags))
        if found is not None:
            return found.build(engine.compile)
        if not _stands_in_code(pattern):
            return work_out(pattern, flags)  # type: ignore[no-any-return]

        def noted(own: str, own_flags: int, code: list[int], groups: int, names: dict[str, int], by_number: Any) -> Any:
            if own.encode("utf-8", "ignore").decode() == own:  # no half characters, which cannot be kept
                known[own, flags] = _kept(own, flags, own_flags, code, groups, names)
            return engine.compile(own, own_flags, code, groups, names, by_number)

        setattr(compiler, _ENGINE, SimpleNamespace(**{**vars(engine), "compile": noted}))
        try:
            return work_out(pattern, flags)  # type: ignore[no-any-return]
        finally:
            setattr(compiler, _ENGINE, engine)

    compiler.compile = compiled
    try:
        yield
    finally:
        compiler.compile = work_out
        if len(known) > before:
            cache.put(_SOURCE, kind, msgspec.msgpack.encode(list(known.values())))


def _kept(pattern: str, asked: int, flags: int, code: list[int], groups: int, names: Mapping[str, int]) -> Compiled:
    wide = max(code) >= 1 << 16
    return Compiled(pattern, asked, flags, array("I" if wide else "H", code).tobytes(), groups, dict(names), wide)


def _read(data: bytes | None) -> dict[tuple[str, int], Compiled]:
    try:
        found = msgspec.msgpack.decode(data, type=list[Compiled]) if data else []
    except msgspec.DecodeError:
        found = []
    return {(one.pattern, one.asked): one for one in found}


def _stands_in_code(pattern: str) -> bool:
    """Whether the code that asks for PATTERN holds it, or is that of a module being loaded."""
    frame = sys._getframe(2)  # noqa: SLF001 - who calls is told nowhere else
    while frame.f_back is not None and frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    code: CodeType = frame.f_code
    if pattern in code.co_consts:
        return True
    while frame.f_back is not None and frame.f_code.co_name in _INSIDE:
        frame = frame.f_back
    return frame.f_code.co_name == "<module>"
