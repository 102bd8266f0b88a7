"""The text of a note before it is parsed: decoded, with what it includes, and what tells one text from another."""

from __future__ import annotations

import hashlib
import re

import msgspec

from orgkb.diagnostics import Diagnostic
from orgkb.org.paths import Reach

# In the bytes of a file and wherever they stand: too many finds cost time only.  Letters that are an I or S in
# capitals only count, as they do for `orgkb.org.includes`.
_BRINGS_IN = re.compile(rb"#\+(?:(?:i|\xc4[\xb0\xb1])nclude|(?:s|\xc5\xbf)etupf(?:i|\xc4[\xb0\xb1])le):", re.IGNORECASE)


class Segment(msgspec.Struct, frozen=True, array_like=True):
    """Where a stretch of a text comes from: from `offset` on it is `path` from `line` on."""

    offset: int
    path: str
    line: int


class Source(msgspec.Struct, frozen=True):
    """All that a document is parsed from."""

    text: str
    segments: tuple[Segment, ...]
    settings: tuple[tuple[str, str], ...]
    """Of setup files."""
    diagnostics: tuple[Diagnostic, ...]


def source_of(data: bytes, name: str, reach: Reach) -> Source:
    """The source of the note called NAME (from the home of REACH, with forward slashes), whose file holds DATA."""
    from orgkb.org.decoding import note_text  # noqa: PLC0415 - most fingerprints need none of these
    from orgkb.org.includes import expand, setup_settings  # noqa: PLC0415

    found: list[Diagnostic] = []
    text = note_text(data, name, found.append)
    expanded, segments = expand(text, name, reach, found.append)
    settings = setup_settings(text, name, reach, found.append)
    return Source(expanded, segments, settings, tuple(found))


def fingerprint(data: bytes, name: str, reach: Reach) -> bytes:
    """What differs wherever `source_of` the same arguments would: 32 bytes.

    Files that the note includes count with their text, as they are now.
    """
    digest = hashlib.blake2b(digest_size=32)
    digest.update(f"{len(data)} {name}\0".encode("utf-8", "surrogateescape"))
    digest.update(data)
    if _BRINGS_IN.search(data):
        digest.update(repr(source_of(data, name, reach)).encode("utf-8", "surrogateescape"))
    return digest.digest()
