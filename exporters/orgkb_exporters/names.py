"""Names of the files that exporters write."""

from __future__ import annotations

import re
import unicodedata

from orgkb.patterns import pattern

_UNSAFE = pattern(r"[^\w.-]+")
_RESERVED = pattern(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?\Z", re.IGNORECASE)
_MAX_LENGTH = 80
_MAX_BYTES = 160


def file_name(title: str, default: str = "notes") -> str:
    """TITLE in its own case as the stem of a file on any system: words joined by hyphens, at most 80 characters."""
    joined = _UNSAFE.sub("-", unicodedata.normalize("NFC", title)).strip("-._")[:_MAX_LENGTH].rstrip("-._")
    while len(joined.encode()) > _MAX_BYTES:
        joined = joined[:-1].rstrip("-._")
    joined = joined or default
    # Windows takes such a name for a device whatever follows its first dot.
    return re.sub(r"\A[^.]+", lambda match: f"{match[0]}-notes", joined) if _RESERVED.match(joined) else joined
