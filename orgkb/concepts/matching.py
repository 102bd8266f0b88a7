"""The names of a dictionary in a string of words: the longest at each place, of both tiers in one walk."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice

import msgspec

from orgkb.concepts.dictionary import Dictionary, Entry, Tier
from orgkb.concepts.tokens import Token

_MAX_TOKENS = 10
FOUND_FACTOR = 0.9
"""How far to trust what only its position made a name where it is found again."""

Match = tuple[int, int, str, float]
"""(first word, last word, concept, confidence)"""


class Starts(msgspec.Struct, frozen=True):
    """The words of one document with which a name of a dictionary may begin."""

    dictionary: Dictionary
    names: frozenset[str]
    """Those that are a name themselves."""
    beginnings: frozenset[str]
    """Those that are only the beginning of one, as single letters and many everyday words are."""

    @classmethod
    def of(cls, words: Iterable[str], dictionary: Dictionary) -> Starts:
        """Those of WORDS that begin a name of DICTIONARY: each word is looked up once, wherever it stands."""
        sure, found = dictionary.sure.entries, dictionary.found.entries
        prefixes = dictionary.sure.prefixes  # they are those of both
        names = frozenset(word for word in words if word in sure or word in found)
        return cls(dictionary, names, frozenset(word for word in words if word not in names and word in prefixes))

    def among(self, folded: list[str]) -> list[int]:
        """The places in FOLDED with which a name may begin: they are one, or begin one with the next word."""
        names, beginnings = self.names, self.beginnings
        if beginnings.isdisjoint(folded):
            return [at for at, word in enumerate(folded) if word in names]
        sure, found = self.dictionary.sure.entries, self.dictionary.found.entries
        table, mask = self.dictionary.sure.prefixes.table, self.dictionary.sure.prefixes.mask
        return [
            at
            for at, (word, after) in enumerate(zip(folded, chain(islice(folded, 1, None), ("",)), strict=True))
            if word in names
            or (
                word in beginnings
                and after
                # Few of the beginnings go on like a name.
                and (table[hash(both := word + after) & mask] or both in sure or both in found)
            )
        ]


def of_both(
    dictionary: Dictionary,
    begins: list[int],
    folded: list[str],
    words: list[Token],
    used: list[bool],
    prose: str,
    runs: list[int] | None,
) -> list[Match]:
    """What both tiers of DICTIONARY find; the arguments are those of `matches`.

    A found name gives way to a sure one that it would cut, and takes in those that it holds whole:
    `worker node` is more than a node.
    """
    sure, weak = _matches(dictionary.sure, dictionary.found, begins, folded, words, used, prose, runs)
    if not weak:
        return sure
    owner: dict[int, tuple[int, int]] = {at: (f, e) for f, e, _, _ in sure for at in range(f, e + 1)}
    held: set[int] = set()
    found: list[Match] = []
    for first, last, concept, confidence in weak:
        inside = {owner[at] for at in range(first, last + 1) if at in owner} if owner else ()
        if inside:
            if any(f < first or e > last or (f, e) == (first, last) for f, e in inside):
                continue
            held.update(f for f, _ in inside)
        found.append((first, last, concept, round(confidence * FOUND_FACTOR, 4)))
    return [*(match for match in sure if match[0] not in held), *found]


def matches(tier: Tier, folded: list[str], words: list[Token], prose: str) -> list[Match]:
    """Each longest match of TIER in WORDS, which read FOLDED, of PROSE, left to right."""
    none = Tier({}, tier.prefixes)
    return _matches(tier, none, range(len(words)), folded, words, [False] * len(words), prose, None)[0]


def _matches(
    sure: Tier,
    found: Tier,
    begins: Iterable[int],
    folded: list[str],
    words: list[Token],
    used: list[bool],
    prose: str,
    runs: list[int] | None,
) -> tuple[list[Match], list[Match]]:
    """The longest matches of each of two tiers with one table of beginnings, as if the other one was not there.

    A match begins at one of BEGINS and holds no USED word; RUNS tells for each word the stretch of one markup that holds
    it: no name reaches over its end.
    """
    table, mask = sure.prefixes.table, sure.prefixes.mask
    sure_entries, found_entries = sure.entries, found.entries
    of_sure: list[Match] = []
    of_found: list[Match] = []
    count = len(words)
    free_of_sure = free_of_found = 0
    for index in begins:
        asks_sure, asks_found = index >= free_of_sure, index >= free_of_found
        if not (asks_sure or asks_found) or used[index] or not (token := words[index]).opens:
            continue
        joined = folded[index]
        best_sure = best_found = -1
        last = index
        while True:
            if asks_sure and (entry := sure_entries.get(joined)) is not None:
                if sure.noted is not None:
                    sure.noted.add(joined)
                if words[last].closes and entry.accepts(prose[token.start : words[last].end]):
                    best_sure, sure_entry = last, entry
            if asks_found and (entry := found_entries.get(joined)) is not None:
                if found.noted is not None:
                    found.noted.add(joined)
                if words[last].closes and entry.accepts(prose[token.start : words[last].end]):
                    best_found, found_entry = last, entry
            last += 1
            if (
                not table[hash(joined) & mask]
                or last >= count
                or last - index >= _MAX_TOKENS
                or used[last]
                or not words[last].joins
                or (runs and runs[last] != runs[index])
            ):
                break
            joined += folded[last]
        if best_sure >= 0:
            if best_sure > index and (shorter := _before_longer(sure, folded, words, index, best_sure, used)):
                best_sure, sure_entry = shorter
            of_sure.append((index, best_sure, sure_entry.concept, sure_entry.confidence))
            free_of_sure = best_sure + 1
        if best_found >= 0:
            if best_found > index and (shorter := _before_longer(found, folded, words, index, best_found, used)):
                best_found, found_entry = shorter
            of_found.append((index, best_found, found_entry.concept, found_entry.confidence))
            free_of_found = best_found + 1
    return of_sure, of_found


def _before_longer(
    tier: Tier, folded: list[str], words: list[Token], first: int, last: int, used: list[bool]
) -> tuple[int, Entry] | None:
    """Where the last word of a name begins another one, the name before it: `Kubernetes` of `Kubernetes API server`."""
    if not words[last].opens or last + 1 >= len(words):
        return None
    before = tier.entry("".join(folded[first:last]))
    if before is None or not words[last - 1].closes:
        return None
    joined = folded[last]
    for until in range(last + 1, min(last + _MAX_TOKENS, len(words))):
        if joined not in tier.prefixes or used[until] or not words[until].joins:
            return None
        joined += folded[until]
        if tier.entry(joined) and words[until].closes:
            return last - 1, before
    return None
