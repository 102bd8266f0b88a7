"""File names that work on Windows, macOS and Linux, and addresses between files."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from orgkb.patterns import pattern

_FORBIDDEN = pattern(r'[\\/:*?"<>|#^\[\]\x00-\x1f\x7f]')
_RESERVED = pattern(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?\Z", re.IGNORECASE)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MAX_BYTES = 120
_UNSAFE = pattern(r"[^\w./~-]+")


def safe_name(name: str) -> str:
    """NAME as one part of a path: readable, at most 120 bytes, never empty, hidden or reserved."""
    text = unicodedata.normalize("NFC", _FORBIDDEN.sub("-", name))
    text = "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE)
    text = " ".join(text.split())
    while len(text.encode()) > _MAX_BYTES:
        text = text[: max(1, len(text) - 1 - (len(text.encode()) - _MAX_BYTES) // 4)]
    text = text.strip(" .")
    return f"_{text}" if not text or _RESERVED.match(text) else text


class NoteNames:
    """Hands out the names of notes, each once: names that differ only in case or in the form of a letter are one."""

    def __init__(self, reserved: Iterable[str] = (), separator: str = " ") -> None:
        self._separator = separator
        self._taken = {folded(name) for name in reserved}
        self._next: dict[str, int] = {}

    def is_taken(self, name: str) -> bool:
        """Whether somebody has NAME."""
        return folded(name) in self._taken

    def take(self, name: str) -> str:
        """NAME where it is free, else with a number after it."""
        key = folded(name)
        if key not in self._taken:
            self._taken.add(key)
            return name
        number = self._next.get(key, 2)
        while folded(f"{name}{self._separator}{number}") in self._taken:
            number += 1
        self._next[key] = number + 1
        self._taken.add(folded(f"{name}{self._separator}{number}"))
        return f"{name}{self._separator}{number}"


def folded(name: str) -> str:
    """What of NAME counts on file systems that ignore case and compose letters."""
    return unicodedata.normalize("NFKC", name).casefold()


def safe_path(path: str) -> str:
    """A POSIX path below its folder with all parts safe; `..`, a root and a drive are dropped."""
    parts = [safe_name(part) for part in path.replace("\\", "/").split("/") if part.strip(" .")]
    return "/".join(parts) or "_"


def relative_address(source: str, target: str, anchor: str = "") -> str:
    """How a link in the file SOURCE leads to ANCHOR of TARGET; both paths count from one folder."""
    fragment = f"#{anchor}" if anchor else ""
    if source == target and anchor:
        return fragment
    return _way(posixpath.dirname(source) or ".", target) + fragment


@lru_cache(maxsize=1000)  # an index leads to the same page once for each of its headings
def _way(folder: str, target: str) -> str:
    return _UNSAFE.sub(lambda m: quote(m.group(), safe=""), posixpath.relpath(target, folder))
