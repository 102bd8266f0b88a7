"""Homonyms: one name that the notes define as different things under different top headings or files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from orgkb.concepts import folding, synonyms
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.dictionary import Scope
from orgkb.concepts.lexicon import ABSTRACT_WORDS, FUNCTION_WORDS

_MIN_WORDS = 3
"""Words of content that a definition needs to tell a sense."""
_RULES = frozenset({"description-item", "bold-dash", "bold-copula", "dash-item"})
_LOOSE = frozenset({"use", "used", "kind", "type", "one", "new", "thing", "object", "set", "all", "get", "can", "make"})


def split(candidates: Sequence[tuple[Scope, Candidate]], common: Collection[str] = ()) -> list[list[int]]:
    """The indexes of CANDIDATES, all of one name, by sense; one list where there is only one.

    Two scopes are of one sense where their definitions share a word of content, in either language,
    that is not COMMON to all of the notes: in notes on containers, everything has to do with containers.
    Candidates without a definition follow their scope, else the first sense.
    """
    defined = {
        scope for scope, candidate in candidates if candidate.definition is not None and candidate.rule in _RULES
    }
    if len(defined) < 2:
        return [list(range(len(candidates)))]
    own = {word for _, candidate in candidates for word in folding.folded_words(candidate.name)}
    spoken: dict[Scope, set[str]] = {}
    for scope, candidate in candidates:
        if candidate.definition is not None and candidate.rule in _RULES:
            spoken.setdefault(scope, set()).update(content(candidate.definition.text) - own)
    scopes = [scope for scope, found in spoken.items() if len(found) >= _MIN_WORDS]
    if len(scopes) < 2:
        return [list(range(len(candidates)))]
    senses: list[tuple[list[Scope], set[str]]] = []
    for scope in scopes:
        joined: tuple[list[Scope], set[str]] = ([scope], set(spoken[scope]))
        apart = []
        for other in senses:
            if (other[1] & joined[1]).difference(common):
                joined = (other[0] + joined[0], other[1] | joined[1])
            else:
                apart.append(other)
        senses = [*apart, joined]
    if len(senses) < 2:
        return [list(range(len(candidates)))]
    senses.sort(key=lambda sense: min(scopes.index(scope) for scope in sense[0]))
    of_scope = {scope: at for at, sense in enumerate(senses) for scope in sense[0]}
    groups: list[list[int]] = [[] for _ in senses]
    for index, (scope, _) in enumerate(candidates):
        groups[of_scope.get(scope, _nearest(scope, of_scope))].append(index)
    return [group for group in groups if group]


def _nearest(scope: Scope, known: dict[Scope, int]) -> int:
    """The sense of the same file, else the first."""
    return next((sense for other, sense in known.items() if other[0] == scope[0]), 0)


def content(text: str) -> frozenset[str]:
    """What TEXT speaks of: folded words, Russian ones in English where the tables have them."""
    return told(folding.words_of(text[:2000]))


def told(words: Iterable[str]) -> frozenset[str]:
    """What WORDS, as they stand in a text, speak of."""
    return frozenset(map(_TOLD.__getitem__, words)) - _NOTHING


_NOTHING = frozenset({""})


class _Told(dict[str, str]):
    """What each word says of what a text speaks of, empty for most: asked of the words around every ambiguous name."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_TOLD:
            self.clear()
        folded = folding.fold_word(word)
        loose = len(folded) < _SHORTEST or folded in FUNCTION_WORDS or folded in _LOOSE or folded in ABSTRACT_WORDS
        told = self[word] = "" if loose else folded if folded.isascii() else synonyms.translated(folded)
        return told


_TOLD = _Told()
_MOST_TOLD = 100_000
_SHORTEST = 3
