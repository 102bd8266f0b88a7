"""What the linker looks for: folded names, found in a text token by token."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from orgkb.concepts import folding
from orgkb.concepts.lexicon import FUNCTION_WORDS, morphology

Scope = tuple[str, int]
"""(document path, index of the top headline above, or -1): where a sense of a name holds."""


def _only_joins(words: list[str]) -> bool:
    """Whether one of WORDS is a function word as they are written: `is a`, but not `VS Code` or `GROUP BY`."""
    found = [word for word in words if word.lower() in FUNCTION_WORDS]
    capitals = all(word[:1].isupper() for word in words)
    return any(not (capitals and word.isupper() and len(word) > 1) for word in found)


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

    capital: bool = False
    """Whether it counts with a capital only, as in small letters it says how things are."""

    solid: bool = False
    """Whether all who write it write one word: `isa`, which `is a` is not."""

    def accepts(self, surface: str) -> bool:
        """Whether SURFACE, whose folded form is the name's, may be it."""
        if self.solid and not surface.isalnum() and _only_joins(surface.split()):
            return False
        if self.exact is not None:
            return surface in self.exact or (surface[-1:] == "s" and surface[:-1] in self.exact)
        if self.capital:
            return surface[0].isupper() or not surface.isascii()
        return not (self.russian and morphology.is_function_word(surface))


class Beginnings:
    """Every true beginning of some names, each as one byte of a table: whether a text that reads so far may become a name.

    It may say yes where no name begins so, which costs who asks another look, and never no where one does. As a set of
    strings, the beginnings of the names of a large folder of notes take a hundred times the memory of all names.
    """

    __slots__ = ("mask", "table")

    def __init__(self, keys: Collection[str]) -> None:
        """The beginnings of the folded names KEYS."""
        size = 1 << (_ROOM * sum(map(len, keys))).bit_length()
        table, mask = bytearray(size), size - 1
        for key in keys:
            for end in range(1, len(key)):
                table[hash(key[:end]) & mask] = 1
        self.table, self.mask = bytes(table), mask

    def __contains__(self, text: str) -> bool:
        """Whether a name may begin with TEXT and go on."""
        return self.table[hash(text) & self.mask] != 0


_ROOM = 4
"""Bytes of the table for each beginning, at least: of other texts a quarter at most are taken for beginnings."""


class Tier(msgspec.Struct, frozen=True):
    """Names of one rank, with what is needed to stop early while reading along a text."""

    entries: dict[str, Entry]
    prefixes: Beginnings
    """While a text reads like one, it may become a name; those of other tiers may be among them."""
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
        return cls(dict(entries), Beginnings(entries.keys()))

    @classmethod
    def both(cls, sure: dict[str, Entry], found: dict[str, Entry]) -> tuple[Tier, Tier]:
        """The tiers of the entries SURE and FOUND, with one table of beginnings for both."""
        prefixes = Beginnings([*sure, *found])
        return cls(sure, prefixes), cls(found, prefixes)


class Sense(msgspec.Struct, frozen=True, array_like=True):
    """One of the things that a name may mean."""

    scopes: tuple[Scope, ...]
    """Where it holds."""
    concept: str
    """Id of the concept."""
    words: tuple[str, ...] = ()
    """What its definitions speak of, sorted: of the words of content those that tell it from the other senses."""
    narrower: bool = False
    """Whether its own name is longer: `namespace` may be short for `Linux namespace`."""


class _Keys(dict[str, str]):
    """The folded names of names, with misspelt words corrected: most are asked for several times."""

    def __init__(self, corrections: Mapping[str, str]) -> None:
        super().__init__()
        self._corrections = corrections

    def __missing__(self, name: str) -> str:
        if len(self) >= _MOST_KEYS:
            self.clear()
        key = self[name] = folding.key(name, self._corrections)
        return key


_MOST_KEYS = 50_000
_MOST_PLACED = 10_000


class Dictionary(msgspec.Struct, frozen=True, dict=True):
    """All names; sure ones win over found ones wherever they overlap.  Both tiers have one table of beginnings."""

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
    senses: dict[str, tuple[Sense, ...]]
    """Id of a concept whose name has several senses → each of them, the surest first."""

    def owner(self, name: str, scope: Scope) -> str | None:
        """The id of the concept that NAME means in SCOPE."""
        identity = self.identity(self._keys[name])
        return None if identity is None else self.sense(identity, scope)

    @cached_property
    def _keys(self) -> _Keys:
        return _Keys(self.corrections)

    def identity(self, key: str) -> str | None:
        """The id of the first concept with the folded name KEY."""
        return self.owners.get(key)

    def sense(self, identity: str, scope: Scope, around: Callable[[], Collection[str]] = tuple) -> str:
        """What a name of concept IDENTITY means in SCOPE, amid the words of content AROUND it, asked for where they tell.

        Of several senses the one of the same top heading. Where none or several are of it, the one whose definitions share
        most words with those AROUND, else the nearest. One with a longer name must share more than the others.
        """
        senses = self.senses.get(identity)
        if senses is None:
            return identity
        placed = self._placed.get((identity, scope))
        if placed is None:
            if len(self._placed) >= _MOST_PLACED:
                self._placed.clear()
            placed = self._placed[identity, scope] = _placed(senses, scope)
        nearest, among, away, certain = placed
        if certain or not (told := self._told(identity)) or told.isdisjoint(near := around()):
            return senses[nearest].concept
        shared = [sum(word in near for word in sense.words) for sense in senses]
        best = max(among, key=lambda at: (shared[at], at == nearest, -away[at], -at))
        return senses[best if shared[best] > shared[nearest] else nearest].concept

    @cached_property
    def _placed(self) -> dict[tuple[str, Scope], _Placed]:
        return {}

    def _told(self, identity: str) -> frozenset[str]:
        """The words that tell the senses of concept IDENTITY apart."""
        told = self._words.get(identity)
        if told is None:
            told = self._words[identity] = frozenset(word for sense in self.senses[identity] for word in sense.words)
        return told

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {}


class _Placed(NamedTuple):
    """The senses of a name as they lie around one scope, the same for all that stands there."""

    nearest: int
    among: Sequence[int]
    """Those that may be meant."""
    away: list[float]
    certain: bool
    """Whether the place alone tells which one it is."""


def _placed(senses: tuple[Sense, ...], scope: Scope) -> _Placed:
    away = [_distance(sense, scope) for sense in senses]
    here = [at for at, far in enumerate(away) if not far]
    among = here or range(len(senses))
    nearest = min((at for at in among if not senses[at].narrower), key=lambda at: (away[at], at), default=0)
    return _Placed(nearest, among, away, len(here) == 1)


def _distance(sense: Sense, scope: Scope) -> float:
    """How many top headings SENSE is away from SCOPE."""
    path, top = scope
    return min((abs(place[1] - top) for place in sense.scopes if place[0] == path), default=float("inf"))
