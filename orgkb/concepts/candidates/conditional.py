"""A marked name that a sentence gives under a condition: `A knot is a /prime knot/ if nothing divides it`, `We call K a *field* if …`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import names
from orgkb.concepts.blocks import Block, Reading
from orgkb.concepts.candidates import qualities
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.text import MASK
from orgkb.patterns import pattern

RULE = "defined-if"
_HINTS = (
    " if",
    " when",
    "such that",
    " wenn",
    " falls",
    " gdw",
    " si ",
    " ssi",
    " cuando",
    " lorsque",
    " se ",
    " quando ",
)
_BEFORE = pattern(
    r"\b(?:is|are|be|called|call\s[^.;:\n]{1,24}|es|son|ist|sind|heißt|heißen|est|sont|appelée?|dit|é|são|è|sono|é\sdit[oa]|são\sdit[oa]s|si\sdice|si\sdicono|se\sdice)\s(?:said\sto\sbe\s|called\s)?"
    r"(?:(?:an?|the|un|una|une|um|uma|eine?)\s)?\Z"
)
_AFTER = pattern(
    r"[^.;:!?\n]{0,40}?\s(?:if|iff|when|whenever|such\sthat|wenn|falls|gdw\.?|si|ssi|cuando|lorsque|se(?:\se\s(?:somente|só|solo)\sse)?|quando)\s+(?=\S+\s\S)"
)
_SUBJECT = pattern(
    r"\s*(?:An?|Any|Every|Two|Let|Given|We\s(?:call|say)|Un[aeo]?|Uma?|Dos|Deux|Duas|Dois|Due|Soit|Sea|Sean|Seja|Sejam|Sia|Siano|Dad[oa]s?|Dat[oaie]|Eine?|Zwei|Sei|Seien)\s"
)
_NAMES = pattern(r"\s(?:an?|the|una?|une|uma?|eine?|called|heißt|heißen)\s\Z")
"""What stands before a noun rather than before an adjective."""
_SENTENCE = pattern(r"(?:[.!?]\s+|\n\s*\n)")
_LEAST_WORDS = 6
_WINDOW = 300
"""Characters before a name in which its sentence begins."""


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold, italic and underlined names with the sentence that gives them."""
    for block, stretches in reading.emphasized_texts():
        if not any(hint in block.running for hint in _HINTS):
            continue
        for start, end in stretches:
            place = _sentence(block, start, end)
            # A quality alone names nothing: `A knot is /prime/ if …`.
            if place is None or (
                " " not in block.text[start:end].strip() and not _NAMES.search(block.running, 0, start)
            ):
                continue
            if qualities.kind_of(block, start, end):
                continue
            defined = definition_at(reading, block, *place, rule=RULE, confidence=confidence)
            found = candidate(
                reading, block, start, end, rule=RULE, confidence=confidence, explicit=True, defined=defined
            )
            if found and defined and not names.is_label(found.name):
                yield found


def _sentence(block: Block, start: int, end: int) -> tuple[int, int] | None:
    """Where the sentence stands that says when something is called what is between START and END; None for no such one."""
    if not _BEFORE.search(block.running, max(0, start - 40), start) or not _AFTER.match(block.running, end):
        return None
    window = max(0, start - _WINDOW)
    begin = max(
        (match.end() for match in _SENTENCE.finditer(block.running, window, start)), default=0 if not window else -1
    )
    if begin < 0:
        return None
    stop = sentence_end(block.text, end, len(block.text))
    said = block.running[begin:stop]
    if len(said.split()) < _LEAST_WORDS or not (_SUBJECT.match(said) or MASK in said):
        return None
    return begin, stop
