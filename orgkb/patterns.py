"""Regular expressions that are compiled when they are first used.

Our modules name some six hundred; to compile them all takes longer than to read a short note, and a build after an
edit uses less than half of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["pattern", "reaches"]


def pattern(rule: str, flags: int = 0) -> re.Pattern[str]:
    """RULE as `re.compile` gives it, compiled when something is first asked of it.

    It is no `re.Pattern` to `isinstance` and to the functions of `re`: use its own methods.  A rule that is wrong
    fails at its first use.
    """
    return cast("re.Pattern[str]", _Pattern(rule, flags))


def reaches(text: str, first: str) -> bool:
    """Whether TEXT has a character that is FIRST or stands behind it in Unicode.

    Asked before a pattern for the letters of far scripts is used: one takes some milliseconds to compile.
    """
    return bool(text) and max(text) >= first


class _Pattern:
    """Stands for a compiled pattern; what was once asked of it is an attribute of its own."""

    def __init__(self, rule: str, flags: int) -> None:
        self._rule = rule
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        # Two threads may both compile it: `re` gives both the same, or an equal one.
        found = getattr(re.compile(self._rule, self._flags), name)
        setattr(self, name, found)
        return found
