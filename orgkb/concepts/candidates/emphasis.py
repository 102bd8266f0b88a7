"""Bold terms in running text, and bold labels over a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts.blocks import BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import DASH, bold_stretches, candidate

RULE = "bold"
_STRESS_FACTOR = 0.8
_DEFINES = re.compile(rf"\s*{DASH}(?=\s|$)")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold stretches that look like a term and have no definition beside them."""
    for block in reading.blocks:
        if block.kind not in {BlockKind.ITEM, BlockKind.PARAGRAPH}:
            continue
        for start, end in bold_stretches(block):
            if _DEFINES.match(block.prose, end):
                continue
            # One small word is more often stressed than named.
            word = block.text[start:end].strip()
            factor = _STRESS_FACTOR if word.islower() and len(word.split()) == 1 else 1.0
            found = candidate(reading, block, start, end, rule=RULE, confidence=confidence * factor)
            if found:
                yield found
