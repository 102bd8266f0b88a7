"""GitHub's anchors: the identifier that github.com gives each heading of a file."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from orgkb.patterns import pattern

_SAFE_ID = pattern(r"[^\w.:-]+")
_PLAIN_SLUG = pattern(r"[^\w\- ]")


def github_slug(text: str) -> str:
    """The anchor of a heading that reads TEXT, before repeated ones are numbered.

    Letters, marks, numbers (but not such as `²`), connecting punctuation, hyphens and blanks stay;
    blanks become hyphens.  So does github.com: its pipeline keeps what Ruby calls a word character.
    """
    return "".join("-" if c == " " else c for c in text.lower() if _stays(c))


@lru_cache(maxsize=4096)
def _stays(char: str) -> bool:
    if char in " -":
        return True
    category = unicodedata.category(char)
    return (category[0] in "LMN" and category != "No") or category == "Pc"


class Slugs:
    """Numbers the anchors of one file in the order of its headings."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._numbers: Counter[str] = Counter()
        self._taken: set[str] = set()

    def take(self, text: str) -> tuple[str, bool]:
        """(anchor, whether it is sure) of the next heading.

        github.com counts each base by itself (`a`, `a-1`, and `a-1` again for a heading that reads
        "a-1"), other readers look for a free one, and many keep only what regular expressions call a
        word character; where they differ or nothing is left of TEXT, the anchor is not sure and an
        explicit one is needed.
        """
        base = github_slug(text)
        count = self._seen[base]
        self._seen[base] += 1
        anchor = f"{base}-{count}" if count else base
        plain = _PLAIN_SLUG.sub("", text.lower()).replace(" ", "-")
        sure = base == plain != "" and anchor not in self._taken
        self._taken.add(anchor)
        return anchor, sure

    def explicit(self, wanted: str) -> str:
        """A free identifier like WANTED for an anchor that we write ourselves."""
        base = safe_id(wanted) or "anchor"
        anchor = base
        while anchor in self._taken:
            self._numbers[base] += 1
            anchor = f"{base}-{self._numbers[base] + 1}"
        self._taken.add(anchor)
        return anchor


def safe_id(text: str) -> str:
    """TEXT as an HTML identifier that needs no escaping anywhere; may be empty."""
    return _SAFE_ID.sub("-", unicodedata.normalize("NFC", " ".join(text.split())))[:120].strip("-.:")
