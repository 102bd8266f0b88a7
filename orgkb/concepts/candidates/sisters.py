"""A section that says what its title is as its sister sections do, where no words of its own tell.

`** Linear perspective` over `Parallel lines appear to converge …`, between `** Binocular cue` over `A clue that …` and others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orgkb.concepts import cleaning, folding, names
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import opening, telling, terse
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.headings import after_number
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS, NEVER_WORDS, SECTION_WORDS, begins_topic, is_bare_verb
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import MASK
from orgkb.patterns import pattern

RULE = "sister-section"
_LEAST = 4
"""Sections without sections of their own below one title, from which on their habit is told."""
_LEAST_TOLD = 2
_FEW = 8
"""Sections of which half must define their title, as chance counts for more; of more a third."""
_LONGEST = 45
"""Words of a sentence that defines."""
_LONGEST_NAME = 5
_MOST_TEXTS = 6
_MOST_WORDS = 60
"""Paragraphs and items, and words, of a section that is an entry of a glossary rather than a chapter."""
_NAME = pattern(r"[^\W\d_]+(?:[ /-][^\W\d_]+)*")
_WORD = pattern(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NO_OPENING = word_set(
    "i you my your this that these those it they he she there here see note suppose let consider for but and so then because "
    "however also remember what why which who where use in on at by from with not no yes todo example examples e.g i.e more most "
    "я мы вы мой наш ваш это этот эта эти он она оно они там здесь тут см если пусть рассмотрим для но и так тогда потому однако также как что "
    "почему какой кто где в на при из с от не нет пример примеры например ещё еще"
)
_SAYS = word_set("comprise consist contain denote describe indicate mean refer represent signify specify study")
"""Verbs that say what the title is though their ending is left out: `refer to the table`."""
_LABEL = pattern(r"[^.,:;]{2,40}:\s")
"""`Static allocation: …` is said of a kind."""
_DETERMINERS = word_set("a all an any each every it its that the them this your")
_ENDS_OPEN = (":", "?", ",", "...", "…", "(", "=")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Titles whose first sentence is one of those that most sister sections, or most of the notes, begin with."""
    if reading.is_prose:
        return
    by_parent: dict[int, list[_Entry]] = {}
    for parent, entry in _entries(reading):
        by_parent.setdefault(parent, []).append(entry)
    everywhere = _is_habit([entry for entries in by_parent.values() for entry in entries])
    for entries in by_parent.values():
        if everywhere or _is_habit(entries):
            for entry in entries:
                if entry.like:
                    yield from _defined(reading, entry.heading, entry.first, confidence)


class _Entry(NamedTuple):
    """A section without sections of its own that begins with a text."""

    heading: Block
    first: Block
    told: bool
    """Whether that text defines the title by its own words."""
    like: bool
    """Whether it may define it, beside others that do."""


def _is_habit(entries: Sequence[_Entry]) -> bool:
    """Whether half of ENTRIES, of many a third, define their title for sure, and most others may."""
    told = sum(entry.told for entry in entries)
    share = 2 if len(entries) < _FEW else 3
    if len(entries) < _LEAST or told < _LEAST_TOLD or told * share < len(entries):
        return False
    return (told + sum(entry.like for entry in entries)) * 3 >= len(entries) * 2


def _entries(reading: Reading) -> Iterator[tuple[int, _Entry]]:
    """The sections without subsections, each with the index of the headline above it."""
    headlines, blocks = reading.document.headlines, reading.blocks
    parents = {headline.parent for headline in headlines}
    starts = [index for index, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    for at, index in enumerate(starts):
        heading = blocks[index]
        if heading.headline in parents:
            continue
        first = opening.first_text(reading, blocks, index) if index + 1 < len(blocks) else None
        if first is None:
            continue
        told = opening.begins(reading, blocks, index, first) >= 0
        after = starts[at + 1] if at + 1 < len(starts) else len(blocks)
        like = not told and _is_short(blocks[index + 1 : after]) and _may_define(heading, first)
        yield headlines[heading.headline].parent, _Entry(heading, first, told, like)


def _is_short(texts: Sequence[Block]) -> bool:
    return len(texts) <= _MOST_TEXTS and sum(len(block.text.split()) for block in texts) <= _MOST_WORDS


def _may_define(heading: Block, first: Block) -> bool:
    """Whether HEADING is a name and FIRST begins with a whole sentence that may say what it names."""
    title = cleaning.clean(heading.text[after_number(heading.prose) :]).name
    parts = [word.lower() for word in folding.words(title)]
    if not parts or len(parts) > _LONGEST_NAME or names.is_label(title) or not _NAME.fullmatch(title):
        return False
    if (
        parts[0] in NEVER_WORDS
        or (parts[-1] in SECTION_WORDS and not terse.is_kind(parts[-1]))
        or begins_topic(parts[0])
    ):
        return False
    if any(word in FUNCTION_WORDS and word != "of" for word in parts) or parts[-1] == "of":
        return False
    said = first.prose[: sentence_end(first.prose, 0, len(first.prose))].strip()
    words = _WORD.findall(said)
    if not 2 <= len(words) <= _LONGEST or said.endswith(_ENDS_OPEN) or MASK in said or "://" in said:
        return False
    opens = words[0].lower()
    # `Press the lid`: what is to be done is no definition.
    acts = words[1].lower() in _DETERMINERS and opens not in FUNCTION_WORDS and not opens.endswith("ing")
    does = acts or is_bare_verb(opens)
    if does and opens not in _SAYS and (not opens.endswith("s") or opens.endswith("ss")):
        return False
    return not (opens in _NO_OPENING or _LABEL.match(said) or not said[0].isalpha() or telling.evaluates(said))


def _defined(reading: Reading, heading: Block, first: Block, confidence: float) -> Iterator[Candidate]:
    end = sentence_end(first.prose, 0, len(first.prose))
    defined = definition_at(reading, first, 0, end, rule=RULE, confidence=confidence)
    start = after_number(heading.prose)
    found = candidate(
        reading, heading, start, len(heading.text), rule=RULE, confidence=confidence, check_shape=False, defined=defined
    )
    if found and defined:
        yield found
