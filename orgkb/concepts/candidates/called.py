"""`also known as X`, `a so-called X`, `называется X`: the name is what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_verb

RULE = "called"
_CALLED = re.compile(
    r"\b(?:also\s+(?:known\s+as|called|referred\s+to\s+as)|(?:is|are|be)\s+(?:often\s+|usually\s+|sometimes\s+)?"
    r"(?:known\s+as|called)|so-called|formerly|aka|a\.k\.a\.|называется|называются|называют|известн\w+\s+как|"
    r"так\s+называем\w+)\s+(?:an?\s+|the\s+)?[\"«“']?(?=[^\W\d_])",
    re.IGNORECASE,
)
_HINTS = ("called", "known", "referred", "formerly", "aka", "a.k.a.", "называ", "известн")
"""One stands in whatever `_CALLED` finds; to look for them takes a tenth of the time."""
_WORD = re.compile(r"[^\W_][\w+'’-]*(?:\.[\w+-]+)*")
_GAP = re.compile(r"[ \n]")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What the notes say something is called, up to three words."""
    for block in reading.having(*_HINTS, kinds=(*TEXTS, BlockKind.TAG)):
        for match in _CALLED.finditer(block.prose):
            end = _name_end(block, match.end())
            if end > match.end():
                found = candidate(reading, block, match.end(), end, rule=RULE, confidence=confidence)
                if found and not _is_manner(found.name):
                    yield found


def _is_manner(name: str) -> bool:
    """Whether what follows only tells how: `is called automatically`."""
    lower = name.lower()
    return " " not in lower and (is_verb(lower) or lower.endswith(("ly", "ing", "ed")))


def _name_end(block: Block, start: int) -> int:
    """The end of the name that begins at START: its words up to a function word, verb or mark."""
    end = start
    for _ in range(3):
        word = _WORD.match(block.prose, end if end == start else end + 1)
        if not word or word.group().lower() in FUNCTION_WORDS or (end > start and is_verb(word.group().lower())):
            break
        end = word.end()
        if not _GAP.match(block.prose, end):
            break
    return end
