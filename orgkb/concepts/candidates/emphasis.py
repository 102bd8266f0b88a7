"""Bold terms in running text, and bold labels over a list."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts.blocks import BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import DASH, candidate
from orgkb.patterns import pattern

RULE = "bold"
LABEL_RULE = "bold-label"
_STRESS_FACTOR = 0.8
_DEFINES = pattern(rf"\s*{DASH}(?=\s|$)")


def find_labels(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold names alone on their line with a list below: `*Operation Object*`."""
    blocks = reading.blocks
    led = {block.lead for block in blocks if block.group >= 0 and block.lead >= 0}
    for index in sorted(led):
        block = blocks[index]
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        for start, end in reading.bold.get(index, ()):
            name = block.text[start:end].strip()
            if not block.text[:start].strip() and not block.text[end:].strip(" :\n") and name[:1].isupper():
                found = candidate(reading, block, start, end, rule=LABEL_RULE, confidence=confidence)
                if found:
                    yield found


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold stretches that look like a term and have no definition beside them."""
    for block, stretches in reading.bold_texts():
        for start, end in stretches:
            if _DEFINES.match(block.prose, end):
                continue
            # One small word is more often stressed than named.
            word = block.text[start:end].strip()
            alone = block.text.strip(" :\n") == word
            factor = _STRESS_FACTOR if word.islower() and (alone or len(word.split()) == 1) else 1.0
            found = candidate(reading, block, start, end, rule=RULE, confidence=confidence * factor)
            if found:
                yield found
