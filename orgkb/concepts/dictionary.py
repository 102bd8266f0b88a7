"""What the linker looks for: folded names, found in a text token by token."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """A name of a concept."""

    concept: str
    """Id of the concept."""
    confidence: float
    exact: frozenset[str] | None
    """The spellings that count; None where case and number do not matter."""

    def accepts(self, surface: str) -> bool:
        """Whether SURFACE, whose folded form is the name's, may be it."""
        return self.exact is None or surface in self.exact or (surface[-1:] == "s" and surface[:-1] in self.exact)


class Tier(msgspec.Struct, frozen=True):
    """Names of one rank, with what is needed to stop early while reading along a text."""

    entries: dict[str, Entry]
    prefixes: frozenset[str]
    """Every true beginning of a name: while a text reads like one, it may become a name."""
    starts: frozenset[str]
    """Every word with which a name may begin."""

    @classmethod
    def of(cls, entries: Mapping[str, Entry]) -> Tier:
        """The tier of ENTRIES by folded name."""
        prefixes = frozenset(key[:end] for key in entries for end in range(1, len(key)))
        return cls(dict(entries), prefixes, prefixes.union(entries))


class Dictionary(msgspec.Struct, frozen=True):
    """All names; sure ones win over found ones wherever they overlap."""

    sure: Tier
    """Names of concepts that are marked or defined by the notes."""
    found: Tier
    """Names that only their position made candidates."""
    owners: dict[str, str]
    """Folded name → id of its concept, also for names that are never linked in prose."""

    @classmethod
    def of(cls, sure: Mapping[str, Entry], found: Mapping[str, Entry], owners: Mapping[str, str]) -> Dictionary:
        """A dictionary of the two ranks."""
        return cls(Tier.of(sure), Tier.of(found), dict(owners))
