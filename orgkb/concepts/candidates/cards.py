"""Cards to learn that notes keep as headlines: a name in front, what it is below `Back`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import cleaning, names
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.headings import after_number
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.opening import CARD_BACKS, CARD_FRONTS
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_bare_verb
from orgkb.concepts.lexicon.words import word_set

RULE = "card"
_SAYING = word_set("is are do does did has have to i we you it that this это")
"""Words of a sentence, which no name holds."""
_MOST_WORDS = 5
_LEAST_SAID = 3


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The name in front of each card whose back begins with a text that is no list."""
    headlines = reading.document.headlines
    if not any(title.strip().lower() in CARD_BACKS for title in reading.titles):
        return
    texts: dict[int, list[Block]] = {}
    for block in reading.blocks:
        texts.setdefault(block.headline, []).append(block)
    titles = reading.of_kind(BlockKind.HEADING)
    fronts = {headlines[b.headline].parent: b.headline for b in titles if b.text.strip().lower() in CARD_FRONTS}
    for back in titles:
        if back.text.strip().lower() not in CARD_BACKS:
            continue
        parent = headlines[back.headline].parent
        said = _first(texts.get(back.headline, []))
        front = _front(texts, parent, fronts.get(parent)) if parent >= 0 else None
        if front is None or said is None or len(said.text.split()) < _LEAST_SAID:
            continue
        start = after_number(front.prose) if front.kind is BlockKind.HEADING else 0
        stop = sentence_end(said.text, 0, len(said.text))
        defined = definition_at(reading, said, 0, stop, rule=RULE, confidence=confidence)
        found = candidate(
            reading, front, start, len(front.text), rule=RULE, confidence=confidence, check_shape=False, defined=defined
        )
        if found and defined:
            yield found


def _front(texts: dict[int, list[Block]], card: int, front: int | None) -> Block | None:
    """The block that is the front of CARD, a headline, where that is a name: that below the title FRONT, its text, or its title."""
    own = texts.get(card, [])
    block = _first(own) or (own[0] if own else None) if front is None else _first(texts.get(front, []))
    return block if block is not None and _is_name(block.text) else None


def _first(blocks: list[Block]) -> Block | None:
    return next((block for block in blocks if block.kind is BlockKind.PARAGRAPH), None)


def _is_name(text: str) -> bool:
    """Whether TEXT, the front of a card, is a name rather than a question or a sentence."""
    asked = cleaning.asks_what(text)
    name = cleaning.clean(text).name
    words = [word.lower() for word in name.split()]
    if (
        not words
        or len(words) > _MOST_WORDS
        or names.is_label(name)
        or (text.strip().endswith(("?", ":")) and not asked)
    ):
        return False
    if words[0] in FUNCTION_WORDS or words[-1] in FUNCTION_WORDS or not _SAYING.isdisjoint(words):
        return False
    return len(words) == 1 or not is_bare_verb(words[0])
