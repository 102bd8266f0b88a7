"""Nouns and phrases that a text in prose comes back to, section after section, without ever marking them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from orgkb.concepts import names, spelling
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import ABSTRACT_WORDS, FUNCTION_WORDS, NEVER_WORDS, is_bare_verb, is_verb
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.tokens import Token

RULE = "repeated"
_MIN_WORDS = 2_000
"""Words of prose from which repetition means something."""
_PROSE_SHARE = 0.4
"""Part of the words that must stand in whole sentences: manuals have over .5, notes, which mark their terms, under .25."""
_PARAGRAPH_WORDS = 15
_MIN_COUNT = 4
_MIN_SECTIONS = 2
_KEYNESS = 60.0
"""How many times as often as in general English a single word must occur."""
_GENERAL_WORDS = 5.0e8
_WORD_FACTOR = 0.9
_LOOSE = word_set(
    """
    additional appropriate available basic below certain common complete corresponding current default different easy entire
    even existing extra final first following full further given good great important individual large last later little
    long main many multiple necessary next normal old only optional original other particular possible previous proper
    real relevant right same second separate several short similar simple single small special specific standard suitable
    third total typical usual valid various whole wrong able bit case cases end example examples fact kind kinds lot lots
    part parts place places point points reason result results rest side sort sorts thing things time times top way ways
    """
)


class _Found(msgspec.Struct):
    """A phrase and where it stands first."""

    block: Block
    start: int
    end: int
    count: int
    sections: set[int]


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Phrases of two or three words, and words that general English seldom has, in documents of prose."""
    prose = [
        index
        for index, block in enumerate(reading.blocks)
        if block.kind is BlockKind.PARAGRAPH
        and len(reading.tokens[index]) >= _PARAGRAPH_WORDS
        and block.text.rstrip().endswith((".", ":", "!", "?"))
    ]
    size = sum(len(reading.tokens[index]) for index in prose)
    if size < _MIN_WORDS or size < _PROSE_SHARE * sum(map(len, reading.tokens)):
        return
    found: dict[str, _Found] = {}
    items = [
        index
        for index, block in enumerate(reading.blocks)
        if block.kind is BlockKind.ITEM and len(reading.tokens[index]) >= _PARAGRAPH_WORDS
    ]
    for index in sorted([*prose, *items]):
        _collect(reading.blocks[index], reading.tokens[index], found)
    for phrase in _chosen(found, size):
        place = found[phrase]
        factor = 1.0 if " " in phrase else _WORD_FACTOR
        made = candidate(reading, place.block, place.start, place.end, rule=RULE, confidence=confidence * factor)
        if made:
            yield made


def _collect(block: Block, words: list[Token], found: dict[str, _Found]) -> None:
    for first, token in enumerate(words):
        if not token.opens or not _may_begin(token.folded):
            continue
        phrase = ""
        for last in range(first, min(first + 3, len(words))):
            word = words[last]
            if last > first and (not word.joins or not _may_go_on(word.folded)):
                break
            phrase = f"{phrase} {word.folded}" if phrase else word.folded
            if not word.closes or not _may_end(word.folded):
                continue
            entry = found.get(phrase)
            if entry is None:
                found[phrase] = _Found(block, token.start, word.end, 1, {block.headline})
            else:
                entry.count += 1
                entry.sections.add(block.headline)


def _chosen(found: dict[str, _Found], size: int) -> list[str]:
    """The phrases that count, without those that stand only inside a longer one."""
    kept = [p for p, f in found.items() if f.count >= _MIN_COUNT and len(f.sections) >= _MIN_SECTIONS]
    inside: Counter[str] = Counter()
    for phrase in kept:
        parts = phrase.split()
        for length in range(1, len(parts)):
            for start in range(len(parts) - length + 1):
                part = " ".join(parts[start : start + length])
                inside[part] = max(inside[part], found[phrase].count)
    general = spelling.english_counts() if kept else {}
    chosen = []
    for phrase in kept:
        count = found[phrase].count
        if inside[phrase] * 3 >= count * 2:
            continue
        if " " not in phrase and (count / size) / ((general.get(phrase, 0) + 200) / _GENERAL_WORDS) < _KEYNESS:
            continue
        chosen.append(phrase)
    return chosen


def _may_begin(word: str) -> bool:
    return _is_plain(word) and not (is_verb(word) and not word.endswith(("ing", "ed"))) and not is_bare_verb(word)


def _may_go_on(word: str) -> bool:
    return _is_plain(word) and not is_bare_verb(word)


def _may_end(word: str) -> bool:
    return not is_verb(word) and word not in ABSTRACT_WORDS and not word.endswith(("ly", "ing"))


def _is_plain(word: str) -> bool:
    return (
        len(word) > 2
        and word.isalpha()
        and word not in FUNCTION_WORDS
        and word not in _LOOSE
        and word not in NEVER_WORDS
        and names.fold_word(word) not in _LOOSE
    )
