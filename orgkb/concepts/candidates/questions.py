"""Questions in the text with their answer: `Q: What is a keelson?` over `A: A beam that …`, `- Что такое кильсон?` over `Балка, которая …`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import cleaning, names
from orgkb.concepts.blocks import TEXTS, Block, Reading
from orgkb.concepts.candidates import opening
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.patterns import pattern

RULE = "question"
_ASKED = pattern(
    r"\s*(?:Q(?:uestion)?\d*\s?[:.)]\s*)?(?:What(?:\s(?:is|are)|['’]s)|Was\s(?:ist|sind)|¿Qué\s(?:es|son)|Qu['’]est-ce\squ(?:e\s|['’](?=[^\W\d_]))|(?:Che\s)?[Cc]os['’]è|Che\scosa\s(?:è|sono)"
    r"|O\sque\s(?:é|são)|Что\sтакое)\s?(?:(?:an?|the|eine?|der|die|das|una?|el|la|los|las|une|le|les|l['’]|il|lo|os?|as?|uma?)\s)?(?P<name>[^\W\d_][^?:\n]{2,50}?)\s?\?\s*"
)
_ANSWER = pattern(
    r"\s*(?:(?:A(?:nswer)?\d*|Answer|Antwort|Respuesta|Réponse|Risposta|Resposta|О|Ответ)\s?[:.)]\s*)?(?=[^\W\d_])"
)
_LEAST_WORDS = 4


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What such a question asks for, with the first sentence of the answer in the same text, below it or in the next paragraph."""
    if reading.is_prose:
        return  # manuals ask what they answer at length
    for index, block in enumerate(reading.blocks):
        if block.kind not in TEXTS or "?" not in block.prose or not (match := _ASKED.match(block.prose)):
            continue
        name = cleaning.clean(match["name"]).name
        if names.is_label(name) or not names.defined_shape(name):
            continue
        told, start = _answer(reading, index, match.end())
        if told is not None:
            yield from _defined(reading, (block, match.span("name")), (told, start), confidence)


def _answer(reading: Reading, index: int, end: int) -> tuple[Block | None, int]:
    """The block with the answer to the question that ends at END of the block INDEX, and where the answer begins there."""
    told = reading.blocks[index]
    if not told.prose[end:].strip():
        if index + 1 == len(reading.blocks):
            return None, 0
        below = reading.blocks[index + 1]
        if below.kind not in TEXTS or below.headline != told.headline or (told.item and below.lead != index):
            return None, 0
        told, end = below, 0
    match = _ANSWER.match(told.prose, end)
    return (told, match.end()) if match and opening.answers(told.running[match.end() :]) else (None, 0)


def _defined(
    reading: Reading, asked: tuple[Block, tuple[int, int]], answer: tuple[Block, int], confidence: float
) -> Iterator[Candidate]:
    (block, name), (told, start) = asked, answer
    said = opening.says_text(reading, told.running[start:], block.text[slice(*name)], told.kind)
    start += max(said, 0)
    stop = sentence_end(told.text, start, len(told.text))
    defined = definition_at(reading, told, start, stop, rule=RULE, confidence=confidence)
    if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
        return
    found = candidate(reading, block, *name, rule=RULE, confidence=confidence, defined=defined)
    if found and found.definition:
        yield found
