"""Readable, unique names for places in an output: anchors of headlines and targets."""

from __future__ import annotations

import unicodedata

from orgkb.patterns import pattern

MAX_SLUG = 72
"""Longest slug in characters; a longer title is cut at a word."""

_SEPARATORS = pattern(r"[\W_]+")
_UNSAFE_IN_ID = pattern(r"[^\w.:/-]+")


def slug(text: str) -> str:
    """TEXT in lower case with its words joined by hyphens; letters of every script stay.  May be empty."""
    folded = unicodedata.normalize("NFC", text[: 8 * MAX_SLUG].lower())
    joined = _SEPARATORS.sub("-", folded).strip("-")
    if len(joined) <= MAX_SLUG:
        return joined
    cut = joined.rfind("-", MAX_SLUG // 2, MAX_SLUG + 1)
    return joined[: cut if cut > 0 else MAX_SLUG]


def custom_slug(custom_id: str) -> str:
    """A CUSTOM_ID as an anchor: as written, with hyphens for what an anchor cannot hold."""
    return _UNSAFE_IN_ID.sub("-", unicodedata.normalize("NFC", custom_id[: 8 * MAX_SLUG].strip()))[: 2 * MAX_SLUG]


class Namespace:
    """Hands out names, each once: `pod`, `pod-2`, `pod-3`."""

    def __init__(self, reserved: tuple[str, ...] = ()) -> None:
        self._taken = {name.casefold() for name in reserved}
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """WANTED where it is free (case does not count: file systems and browsers differ), else numbered."""
        key = wanted.casefold()
        if key not in self._taken:
            self._taken.add(key)
            return wanted
        number = self._next.get(key, 2)
        while f"{key}-{number}" in self._taken:
            number += 1
        self._next[key] = number + 1
        self._taken.add(f"{key}-{number}")
        return f"{wanted}-{number}"
