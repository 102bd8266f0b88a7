"""Regular expressions that are compiled when they are first used, and remembered compiled from one run to the next.

Our modules name some six hundred; to compile them all takes longer than to read a short note, and a build after an
edit uses most of them.  What Python compiles a rule to is a list of numbers, a hundred times quicker to read than to make.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, AnyStr, NamedTuple, cast

import msgspec

from orgkb.once import Store

__all__ = ["pattern", "reaches", "remembered_in"]

_SOURCE = b"compiled patterns"


def pattern(rule: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """RULE as `re.compile` gives it, compiled when something is first asked of it.

    It is no `re.Pattern` to `isinstance` and to the functions of `re`: use its own methods.  A rule that is wrong
    fails at its first use.  What is compiled may be remembered, so RULE holds nothing from the notes.
    """
    return cast("re.Pattern[AnyStr]", _Pattern(rule, flags))


def reaches(text: str, first: str) -> bool:
    """Whether TEXT has a character that is FIRST or stands behind it in Unicode.

    Asked before a pattern for the letters of far scripts is used: one takes some milliseconds to compile.
    """
    return bool(text) and max(text) >= first


@contextmanager
def remembered_in(cache: Store | None, version: str) -> Iterator[None]:
    """Take from CACHE what earlier runs compiled, and leave there what this one does; VERSION differs where our code does.

    Inside of another such block that one remembers.
    """
    global _memory  # noqa: PLW0603 - patterns are values of modules: there is nobody to hand this to
    if cache is None or _memory is not None or _INTERNALS is None or not cache.usable:
        yield
        return
    _memory = _Memory(cache, version)
    try:
        yield
    finally:
        _memory.save()
        _memory = None


class _Pattern:
    """Stands for a compiled pattern; what was once asked of it is an attribute of its own."""

    def __init__(self, rule: str | bytes, flags: int) -> None:
        self._rule = rule
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        # Two threads may both compile it: both get the same, or an equal one.
        memory = _memory
        made = memory.compiled(self._rule, self._flags) if memory else re.compile(self._rule, self._flags)
        found = getattr(made, name)
        setattr(self, name, found)
        return found


# --- what a rule is compiled to ---


class _Code(msgspec.Struct, frozen=True, array_like=True):
    """All but the rule itself that `re` makes a pattern of."""

    flags: int
    groups: int
    names: dict[str, int]
    """Name of a group → its number."""
    code: bytes
    """Numbers of 32 bits, in the machine's order."""


class _Internals(NamedTuple):
    """What `re.compile` calls, of Python's own modules."""

    parse: Callable[[str | bytes, int], Any]
    code: Callable[[Any, int], list[int]]
    compile: Callable[..., re.Pattern[Any]]
    magic: int
    """The version of the numbers."""


def _internals() -> _Internals | None:
    """None where they are not as we know them: then `re.compile` does all."""
    try:
        parser, compiler, maker = map(import_module, ("re._parser", "re._compiler", "_sre"))
        found = _Internals(parser.parse, compiler._code, maker.compile, maker.MAGIC)  # noqa: SLF001 - there is no other
        return found if array("I").itemsize == maker.CODESIZE else None
    except (ImportError, AttributeError):
        return None


_INTERNALS = _internals()


class _Memory:
    """Compiled rules by (flags, rule), from the runs before."""

    def __init__(self, cache: Store, version: str) -> None:
        assert _INTERNALS is not None
        self._internals = _INTERNALS
        self._cache = cache
        self._kind = f"patterns {sys.version} {sys.byteorder} {_INTERNALS.magic} {version}"
        self._known: dict[str, _Code] | None = None
        self._grown = False

    def compiled(self, rule: str | bytes, flags: int) -> re.Pattern[Any]:
        """RULE with FLAGS; raises what `re.compile` raises."""
        if self._known is None:
            self._known = self._read()
        key = f"{int(flags)} {rule!r}"
        try:
            code = self._known.get(key)
            if code is None:
                code = self._known[key] = self._coded(rule, int(flags))
                self._grown = True
            return self._made(rule, code)
        except (TypeError, ValueError, OverflowError, RuntimeError, AttributeError, LookupError):
            return re.compile(rule, flags)

    def save(self) -> None:
        """Remember what is new."""
        if self._grown:
            self._cache.put(_SOURCE, self._kind, msgspec.msgpack.encode(self._known))

    def _read(self) -> dict[str, _Code]:
        data = self._cache.get(_SOURCE, self._kind)
        try:
            known = msgspec.msgpack.decode(data, type=dict[str, _Code]) if data else {}
        except msgspec.DecodeError:
            return {}
        return known if len(known) <= _MOST else {}  # most of so many are those of older versions

    def _coded(self, rule: str | bytes, flags: int) -> _Code:
        parsed = self._internals.parse(rule, flags)
        state = parsed.state
        code = array("I", self._internals.code(parsed, flags))
        return _Code(flags | state.flags, state.groups - 1, dict(state.groupdict), code.tobytes())

    def _made(self, rule: str | bytes, code: _Code) -> re.Pattern[Any]:
        """The pattern of CODE, which Python checks before it takes it."""
        names: list[str | None] = [None] * (code.groups + 1)
        for name, number in code.names.items():
            names[number] = name
        numbers = array("I", code.code).tolist()
        return self._internals.compile(rule, code.flags, numbers, code.groups, code.names, tuple(names))


_MOST = 2_000
"""Rules that are remembered: twice as many as we have."""
_memory: _Memory | None = None
