"""What the linker looks for: folded names, found in a text token by token."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import msgspec

from orgkb.concepts import names
from orgkb.concepts.lexicon import morphology

Scope = tuple[str, int]
"""(document path, index of the top headline above, or -1): where a sense of a name holds."""


class Entry(msgspec.Struct, frozen=True):
    """A name of a concept."""

    concept: str
    """Id of the concept."""
    confidence: float
    exact: frozenset[str] | None
    """The spellings that count; None where case and number do not matter."""
    russian: bool = False
    """Whether it is one Russian word, some forms of which may be function words."""
    explicit: bool = False
    """Whether the author marked the concept on purpose: then it counts inside longer names too."""

    def accepts(self, surface: str) -> bool:
        """Whether SURFACE, whose folded form is the name's, may be it."""
        if self.exact is not None:
            return surface in self.exact or (surface[-1:] == "s" and surface[:-1] in self.exact)
        return not (self.russian and morphology.is_function_word(surface))


class Tier(msgspec.Struct, frozen=True):
    """Names of one rank, with what is needed to stop early while reading along a text."""

    entries: dict[str, Entry]
    prefixes: frozenset[str]
    """Every true beginning of a name: while a text reads like one, it may become a name."""
    starts: frozenset[str]
    """Every word with which a name may begin."""
    noted: set[str] | None = None
    """Where to note the names that are found; one that is not there can only matter once it is."""

    def entry(self, key: str) -> Entry | None:
        """The entry of the folded name KEY."""
        found = self.entries.get(key)
        if found is not None and self.noted is not None:
            self.noted.add(key)
        return found

    @classmethod
    def of(cls, entries: Mapping[str, Entry]) -> Tier:
        """The tier of ENTRIES by folded name."""
        prefixes = frozenset(key[:end] for key in entries for end in range(1, len(key)))
        return cls(dict(entries), prefixes, prefixes.union(entries))


class Dictionary(msgspec.Struct, frozen=True, dict=True):
    """All names; sure ones win over found ones wherever they overlap."""

    sure: Tier
    """Names of concepts that are marked or defined by the notes."""
    found: Tier
    """Names that only their position made candidates."""
    owners: dict[str, str]
    """Folded name → id of its concept, also for names that are never linked in prose."""
    corrections: dict[str, str]
    """Misspelt folded word → the right one."""
    russian: frozenset[str]
    """How the Russian words of the names begin."""
    senses: dict[str, tuple[tuple[tuple[Scope, ...], str], ...]]
    """Id of a concept whose name has several senses → (where it holds, id) of each, the surest first."""

    @cached_property
    def names(self) -> frozenset[str]:
        """The folded names of both tiers."""
        return frozenset((*self.sure.entries, *self.found.entries))

    @cached_property
    def starts(self) -> frozenset[str]:
        """Every word with which a name of either tier may begin."""
        return self.sure.starts | self.found.starts

    def owner(self, name: str, scope: Scope) -> str | None:
        """The id of the concept that NAME means in SCOPE."""
        identity = self.identity(names.key(name, self.corrections))
        return None if identity is None else self.sense(identity, scope)

    def identity(self, key: str) -> str | None:
        """The id of the first concept with the folded name KEY."""
        return self.owners.get(key)

    def sense(self, identity: str, scope: Scope) -> str:
        """Of the senses of concept IDENTITY the nearest one: of the same top heading, else of the nearest in the file."""
        senses = self.senses.get(identity)
        if senses is None:
            return identity
        path, top = scope
        near = [
            (abs(place[1] - top), at) for at, (places, _) in enumerate(senses) for place in places if place[0] == path
        ]
        return senses[min(near)[1] if near else 0][1]
