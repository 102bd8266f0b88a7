"""Paragraphs that begin with a marked name and go on with what it is: `*Ferry* A boat that …`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orgkb.concepts import cleaning, names
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import opening
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

RULE = "run-in"
LEAD_RULE = "bold-lead"
_GOES_ON = pattern(r"[ \t]*\n?[ \t]*(?=[A-ZА-ЯЁ][^\W\d_]*[ ,])|[ \t]+(?=(?:an?|the)\s[^\W\d_])")
_LEAST = 3
_LEAST_WORDS = 5
_MOST_NAME_WORDS = 4
_NO_BEGIN = (FUNCTION_WORDS - word_set("a an the any one")) | word_set(
    "see note example use used add do try avoid remember make sure there here"
)
"""What begins advice and stories rather than what something is."""


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold names at the begin of three paragraphs or items of a section or more, each with a sentence behind it."""
    sections: defaultdict[tuple[int, BlockKind], list[tuple[Block, int, int, int]]] = defaultdict(list)
    for block, stretches in reading.bold_texts():
        start, end = stretches[0]
        if not block.text[:start].strip() and (match := _GOES_ON.match(block.prose, end)):
            sections[block.headline, block.kind].append((block, start, end, match.end()))
    for facts in sections.values():
        good = [fact for fact in facts if _names(fact)]
        if len(good) >= _LEAST and len(good) * 3 >= len(facts) * 2:
            for block, start, end, body in good:
                yield from _told(reading, block, (start, end), body, confidence)


def find_leads(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold names alone in their paragraph, where the next one says what that is, as below a title."""
    if reading.is_prose:
        return
    for index, stretches in reading.bold.items():
        block = reading.blocks[index]
        start, end = stretches[0]
        name = block.text[start:end].strip(" :.")
        if block.kind is not BlockKind.PARAGRAPH or len(stretches) > 1 or block.text.strip(" :.\n").strip() != name:
            continue
        first = reading.blocks[index + 1] if index + 1 < len(reading.blocks) else block
        alone = first.kind is BlockKind.PARAGRAPH and first.headline == block.headline
        if not alone or len(name.split()) > _MOST_NAME_WORDS or names.is_label(name):
            continue
        begin = opening.says(reading, first, name)
        if begin >= 0:
            stop = sentence_end(first.text, begin, len(first.text))
            defined = definition_at(reading, first, begin, stop, rule=LEAD_RULE, confidence=confidence)
            found = candidate(
                reading, block, start, end, rule=LEAD_RULE, confidence=confidence, explicit=True, defined=defined
            )
            if found and defined:
                yield found


def _names(fact: tuple[Block, int, int, int]) -> bool:
    """Whether what is bold may name what is told behind it."""
    block, start, end, body = fact
    name = block.text[start:end].strip()
    parts = name.split()
    told = block.prose[body:].split(None, _LEAST_WORDS)
    return (
        name[-1].isalpha()
        and name[0].isalpha()
        and len(parts) <= _MOST_NAME_WORDS
        and parts[-1].lower() not in FUNCTION_WORDS
        and not names.is_label(cleaning.clean(name).name)
        and len(told) >= _LEAST_WORDS
        and told[0].lower().strip(",.:;") not in _NO_BEGIN
    )


def _told(reading: Reading, block: Block, name: tuple[int, int], body: int, confidence: float) -> Iterator[Candidate]:
    stop = sentence_end(block.text, body, len(block.text))
    defined = definition_at(reading, block, body, stop, rule=RULE, confidence=confidence)
    found = candidate(
        reading, block, *name, rule=RULE, confidence=confidence, explicit=True, check_shape=False, defined=defined
    )
    if found and defined:
        yield found
