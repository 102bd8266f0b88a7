"""One Org file as a value: its text, its settings and its tree."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from orgkb.diagnostics import Diagnostic, Location
from orgkb.org.nodes import AnyElement, Headline
from orgkb.org.sources import Segment

__all__ = ["Document", "Segment"]


class Document(msgspec.Struct, frozen=True):
    """A read Org file."""

    path: str
    """The file as the user named it, with forward slashes."""
    text: str
    """The decoded text: no byte order mark, lines ended by LF only."""
    line_starts: tuple[int, ...]
    """Offset of each line's first character."""
    segments: tuple[Segment, ...]
    """One segment, or several where `#+INCLUDE` brought text in."""
    settings: tuple[tuple[str, str], ...]
    """In-buffer settings in order: every `#+KEY: value` keyword of the file, KEY in upper case."""
    properties: tuple[tuple[str, str], ...]
    """File-level properties: the property drawer at the top and `#+PROPERTY:` lines; keys upper case."""
    todo_keywords: tuple[str, ...]
    done_keywords: tuple[str, ...]
    section: tuple[AnyElement, ...]
    """The elements before the first headline."""
    headlines: tuple[Headline, ...]
    """All headlines in the order of the text; `Headline.parent` gives the tree."""
    diagnostics: tuple[Diagnostic, ...]

    # --- places ---

    def line_of(self, offset: int) -> int:
        """The 1-based line of `text` that holds OFFSET."""
        return bisect_right(self.line_starts, offset)

    def location(self, offset: int) -> Location:
        """The place of OFFSET in the file it comes from."""
        line = self.line_of(offset)
        column = offset - self.line_starts[line - 1] + 1
        if len(self.segments) == 1:  # of nearly all files
            segment = self.segments[0]
            return Location(segment.path, segment.line + line - self.line_of(segment.offset), column)
        segment = self.segments[bisect_right(self.segments, offset, key=lambda s: s.offset) - 1]
        return Location(segment.path, segment.line + line - self.line_of(segment.offset), column)

    # --- settings ---

    def setting(self, key: str) -> str | None:
        """All values of `#+KEY:` joined by a space, or None: as Org reads TITLE or AUTHOR."""
        values = self.setting_values(key)
        return " ".join(values) if values else None

    def setting_values(self, key: str) -> list[str]:
        """The values of `#+KEY:` in order."""
        wanted = key.upper()
        return [value for name, value in self.settings if name == wanted]

    def get_property(self, key: str) -> str | None:
        """The file-level property KEY (any case), or None."""
        wanted = key.upper()
        return next((value for name, value in self.properties if name == wanted), None)

    @property
    def stem(self) -> str:
        """The file's name without its extension."""
        return PurePosixPath(self.path).stem

    # --- outline ---

    def parent(self, headline: Headline) -> Headline | None:
        """The headline above in the outline, or None at the top."""
        return self.headlines[headline.parent] if headline.parent >= 0 else None

    def ancestors(self, headline: Headline) -> list[Headline]:
        """The headlines above, outermost first."""
        path: list[Headline] = []
        index = headline.parent
        while index >= 0:
            path.append(self.headlines[index])
            index = self.headlines[index].parent
        path.reverse()
        return path

    def children(self, headline: Headline | None) -> Iterator[Headline]:
        """The headlines directly below HEADLINE, or the top ones for None."""
        wanted = headline.index if headline else -1
        start = wanted + 1
        for candidate in self.headlines[start:]:
            if candidate.parent == wanted:
                yield candidate
            elif candidate.parent < wanted:
                return

    def outline_path(self, headline: Headline | None) -> tuple[str, ...]:
        """Titles from the top down to HEADLINE, as plain text; empty for the text before the first headline."""
        from orgkb.org.walk import plain_text  # noqa: PLC0415 - walk imports this module's types

        if headline is None:
            return ()
        return tuple(plain_text(h.title) for h in (*self.ancestors(headline), headline))

    def all_tags(self, headline: Headline) -> tuple[str, ...]:
        """FILETAGS, inherited and own tags, outermost first, each once."""
        tags = dict.fromkeys(self.file_tags)
        for above in (*self.ancestors(headline), headline):
            tags.update(dict.fromkeys(above.tags))
        return tuple(tags)

    @property
    def file_tags(self) -> tuple[str, ...]:
        """Tags of the `#+FILETAGS:` lines."""
        words = " ".join(self.setting_values("FILETAGS")).replace(":", " ").split()
        return tuple(dict.fromkeys(words))

    def inherited_property(self, headline: Headline | None, key: str) -> str | None:
        """Property KEY of HEADLINE, else of the nearest headline above, else of the file."""
        while headline is not None:
            value = headline.get_property(key)
            if value is not None:
                return value
            headline = self.parent(headline)
        return self.get_property(key)
