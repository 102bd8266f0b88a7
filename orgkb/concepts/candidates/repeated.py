"""Nouns and phrases that notes come back to, section after section, without ever marking them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from orgkb.concepts import names, spelling, synonyms
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import (
    ABSTRACT_WORDS,
    FUNCTION_WORDS,
    GENERIC_WORDS,
    INFORMAL_WORDS,
    NEVER_WORDS,
    SECTION_WORDS,
    is_bare_verb,
    is_verb,
)
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.tokens import Token

RULE = "repeated"
_MIN_COUNT = 3
"""Occurrences of a phrase of two or three words in two sections or more."""
_MIN_PROSE_COUNT = 4
"""The same in running prose, which repeats many phrases that are no terms."""
_MIN_WORD_COUNT = 3
_PROSE_WORDS = 2_000
_PROSE_SHARE = 0.4
"""Part of the words that must stand in whole sentences: manuals have over .5, notes under .25."""
_PARAGRAPH_WORDS = 15
_KEYNESS = 60.0
"""How many times as often as in general English a single word must occur."""
_UNLISTED_KEYNESS = 100.0
"""The same for words that are no terms of the shipped tables."""
_GENERAL_WORDS = 5.0e8
_TWICE_KEYNESS = 400.0
"""How many times for a word of the shipped tables that occurs only twice."""
_MIN_SIZE = 1_000
"""Words of a document below which shares say little."""
_WORD_FACTOR = 0.95
_UNKNOWN_LENGTH = 4
_MAX_LENGTH = 24
_LONG = 7
_PROGRAM_LENGTH = 6
"""Letters from which the name of a program is a name in prose too: `iptables`."""
_ADJECTIVE = re.compile(r".*(?:ed|al|ic|ous|able|ible|ful|less|ish|ive|ary|plicit|inear|er?ior|est|ly|ing)$")
_CAMEL = re.compile(r"[a-z]+[A-Z][a-z]+\w*")
"""Identifiers of programs: `myLabel`."""
_LOOSE = word_set(
    """
    additional appropriate available basic below certain common complete corresponding current default different easy entire
    even existing extra final first following full further given good great important individual large last later little
    long main many multiple necessary next normal old only optional original other particular possible previous proper
    real relevant right same second separate several short similar simple single small special specific standard suitable
    third total typical usual valid various whole wrong able bit case cases end example examples fact kind kinds lot lots
    part parts place places point points reason result results rest side sort sorts thing things time times top way ways
    new big best better running using containing including starting joined stopped required given used allowed zero one two
    three four five ten dozen million thousand inc ltd corp foo bar baz qux hello world please thank today yesterday
    """
)


class _Found(msgspec.Struct):
    """A phrase and where it stands first in its most usual spelling."""

    places: dict[str, tuple[Block, int, int]]
    spellings: Counter[str]
    sections: set[int]

    @property
    def count(self) -> int:
        return self.spellings.total()

    @property
    def place(self) -> tuple[Block, int, int]:
        """Where the most frequent spelling stands first; of two, the one in small letters."""
        best = max(self.places, key=lambda s: (self.spellings[s], s.islower(), s))
        return self.places[best]


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Phrases of two or three words, and words that general English seldom or never has."""
    found: dict[str, _Found] = {}
    size = 0
    prose = is_prose(reading)
    for block, words in zip(reading.blocks, reading.tokens, strict=True):
        if block.kind is BlockKind.CELL:
            continue
        size += len(words)
        _collect(block, words, found)
    for phrase in _chosen(found, size, reading.commands, prose=prose):
        block, start, end = found[phrase].place
        factor = 1.0 if " " in phrase else _WORD_FACTOR
        made = candidate(reading, block, start, end, rule=RULE, confidence=confidence * factor)
        if made:
            yield made


def is_prose(reading: Reading) -> bool:
    """Whether the document is running prose rather than notes."""
    size = sum(
        len(words)
        for block, words in zip(reading.blocks, reading.tokens, strict=True)
        if block.kind is BlockKind.PARAGRAPH
        and len(words) >= _PARAGRAPH_WORDS
        and block.text.rstrip().endswith((".", ":", "!", "?"))
    )
    return size >= _PROSE_WORDS and size >= _PROSE_SHARE * sum(map(len, reading.tokens))


def _collect(block: Block, words: list[Token], found: dict[str, _Found]) -> None:
    text = block.text
    roles = [_role(word.folded) for word in words]
    for first, token in enumerate(words):
        # What follows a hyphen begins no phrase: `OS-level virtualization`.
        if not roles[first] & _BEGINS or not token.opens or text[max(0, token.start - 1) : token.start] in _HYPHENS:
            continue
        phrase = ""
        for last in range(first, min(first + 3, len(words))):
            word = words[last]
            if last > first and (not roles[last] & _GOES_ON or not word.joins):
                break
            phrase = f"{phrase} {word.folded}" if phrase else word.folded
            if not roles[last] & _ENDS or not word.closes:
                continue
            surface = text[token.start : word.end]
            entry = found.get(phrase)
            if entry is None:
                entry = found[phrase] = _Found({}, Counter(), set())
            if surface not in entry.places:
                entry.places[surface] = block, token.start, word.end
            entry.spellings[surface] += 1
            entry.sections.add(block.headline)


def _chosen(found: dict[str, _Found], size: int, commands: frozenset[str], *, prose: bool) -> list[str]:
    """The phrases that count, without those that stand only inside a longer one."""
    least = _MIN_PROSE_COUNT if prose else _MIN_COUNT
    kept = [
        phrase
        for phrase, entry in found.items()
        if " " in phrase
        and entry.count >= least
        and len(entry.sections) >= 2
        and not _is_loose(phrase)
        # `cross-site`, `high-level` tell what kind of thing the next word is.
        and not all("-" in surface for surface in entry.spellings)
    ]
    inside = _inside(kept, found)
    chosen = [phrase for phrase in kept if inside[phrase] * 3 < found[phrase].count * 2]
    for phrase, entry in found.items():
        if " " in phrase or entry.count < 2 or len(entry.sections) < 2 or inside[phrase] * 3 >= entry.count * 2:
            continue
        if not phrase.isascii() or len(phrase) < 3 or phrase in INFORMAL_WORDS:
            continue
        if not spelling.is_known(phrase):
            if (len(phrase) >= _PROGRAM_LENGTH or phrase not in commands) and _is_name(phrase, entry):
                chosen.append(phrase)
        elif not is_bare_verb(phrase):
            keyness = (entry.count / max(size, _MIN_SIZE)) / (
                (spelling.english_count(phrase) + spelling.english_count(phrase + "s") + 200) / _GENERAL_WORDS
            )
            listed = bool(synonyms.of(phrase, russian=True))
            if (keyness >= (_KEYNESS if entry.count >= _MIN_WORD_COUNT else _TWICE_KEYNESS) and listed) or (
                keyness >= _UNLISTED_KEYNESS and entry.count > least and len(entry.sections) > 2 and _is_noun(phrase)
            ):
                chosen.append(phrase)
    return chosen


def _inside(kept: Iterable[str], found: dict[str, _Found]) -> Counter[str]:
    """How often each part of the phrases stands inside the most frequent one that holds it."""
    inside: Counter[str] = Counter()
    for phrase in kept:
        parts = phrase.split()
        for length in range(1, len(parts)):
            for start in range(len(parts) - length + 1):
                part = " ".join(parts[start : start + length])
                inside[part] = max(inside[part], found[phrase].count)
    return inside


def _is_name(word: str, entry: _Found) -> bool:
    """Whether a word that English does not have names something, rather than misspells a common word."""
    if all(_CAMEL.fullmatch(surface) for surface in entry.spellings):
        return False
    if any(any(c.isupper() for c in surface[1:]) for surface in entry.spellings):
        return True
    if not _UNKNOWN_LENGTH <= len(word) <= _MAX_LENGTH or not _is_noun(word):
        return False
    if all(surface[0].isupper() for surface in entry.spellings) and len(word) < _LONG:
        return True
    return not spelling.is_slip(word)


_HYPHENS = frozenset("-‑/")


def _is_noun(word: str) -> bool:
    """Whether a word of general English is a noun rather than an adjective, by its ending."""
    return not _ADJECTIVE.fullmatch(word)


def _is_loose(phrase: str) -> bool:
    """Whether every word of PHRASE is an everyday one."""
    return all(word in GENERIC_WORDS or word in SECTION_WORDS for word in phrase.split())


_BEGINS, _GOES_ON, _ENDS = 1, 2, 4


@lru_cache(maxsize=50_000)
def _role(word: str) -> int:
    """Where in a phrase the folded WORD may stand: bits."""
    if not _is_plain(word):
        return 0
    bare = is_bare_verb(word)
    verb = is_verb(word)
    begins = not bare and (not verb or word.endswith(("ing", "ed")))
    ends = not verb and word not in ABSTRACT_WORDS and not word.endswith(("ly", "ing"))
    return begins * _BEGINS | (not bare) * _GOES_ON | ends * _ENDS


def is_loose_word(word: str) -> bool:
    """Whether WORD, in small letters, only qualifies what follows: `several`, `other`."""
    return word in _LOOSE or word in FUNCTION_WORDS or names.fold_word(word) in _LOOSE


def _is_plain(word: str) -> bool:
    return (
        len(word) > 2
        and word.isalpha()
        and word not in FUNCTION_WORDS
        and word not in _LOOSE
        and word not in NEVER_WORDS
        and not (word.isascii() and names.fold_word(word) in _LOOSE)
    )
