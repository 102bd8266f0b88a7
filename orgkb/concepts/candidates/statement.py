"""A sentence about a thing that other rules find: `Image is built up from layers`, `runc provides …`, `Istio состоит из …`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts.blocks import TEXTS, Reading
from orgkb.concepts.candidates import telling
from orgkb.concepts.candidates.copula import ABBREVIATION, sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_finite_verb
from orgkb.concepts.text import DASH, has_dash
from orgkb.patterns import pattern

RULE = "statement"
# The group is not possessive: before 3.11.5 Python then takes `lit.` for a word.
_WORD = r"[^\W_][\w+’'-]{0,40}+(?:\.[\w+-]{1,20}+){0,3}"
_NEXT_WORD = pattern(r"\s(?P<verb>[^\W\d_]{2,})(?=\s+[^\W\d_(])")
_ONE = pattern(_WORD)
_LEAD = pattern(r"\s*+(?:(?:The|A|An)\s)?")
_NOTE = pattern(r"\s?\([^()\n\0]{2,40}\)")
_MAX_SUBJECT = 3
_INSIDE = pattern(
    rf"(?P<name>[A-Z](?<=\s.)[\w-]{{1,40}}+(?:\s[A-Z][\w-]{{1,40}}+){{0,2}})(?:\s?\([^()\n\0]{{2,40}}\))?\s{DASH}\s(?:it\sis|it's|this\sis|это)\s(?=[^\W\d])"
)
_NEXT = pattern(
    rf"[.;]\s+(?P<name>[A-ZА-ЯЁ][\w-]+)\s{DASH}\s(?=[^\W\d])|,\s(?P<other>[A-Z][\w-]+)\s{DASH}\s(?=[^\W\d])"
)
_FACT = pattern(rf"\s*+[^\s\0][^\n\0]{{1,50}}?\s++{DASH}\s")
_DASHED = pattern(rf"\s{DASH}\s")
_MIN_WORDS = 3


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What notes say of a thing at the begin of a paragraph or item; running prose says too much."""
    if reading.is_prose:
        return
    for block in reading.of_kind(*TEXTS):
        places = [
            *_opening(block.prose),
            *(_later(block.prose) if has_dash(block.prose) and _DASHED.search(block.prose) else ()),
        ]
        for start, end, body, stop in places:
            defined = definition_at(
                reading,
                block,
                body,
                stop or sentence_end(block.text, body, len(block.text)),
                rule=RULE,
                confidence=confidence,
            )
            if defined is None or (stop is None and len(defined[0].text.split()) < _MIN_WORDS):
                continue
            found = candidate(
                reading, block, start, end, rule=RULE, confidence=confidence, check_shape=False, defined=defined
            )
            if found:
                yield structs.replace(found, supports=True)


def _opening(prose: str) -> Iterator[tuple[int, int, int, int | None]]:
    """(start, end of the name, start of what is said, None) where the text begins with a subject and its verb."""
    lead = _LEAD.match(prose)
    start = end = lead.end() if lead else 0
    for count in range(_MAX_SUBJECT):
        word = _ONE.match(prose, end + (count > 0))
        if not word or (count and prose[end] != " "):
            return
        if not count and word.group().lower() in FUNCTION_WORDS:
            return
        end = word.end()
        note = _NOTE.match(prose, end) if "(" in prose[end : end + 2] else None
        verb = _NEXT_WORD.match(prose, note.end() if note else end)
        if verb and (is_finite_verb(verb["verb"].lower()) or verb["verb"] == "can"):
            if telling.tells(prose[verb.start("verb") :], verb["verb"]):
                yield start, end, verb.start("verb"), None
            return
        if note:
            return


def _later(prose: str) -> Iterator[tuple[int, int, int, int | None]]:
    """`… use PVC (PV claims) - it is a query …`, `Master - служебный, Worker - для установки`."""
    for match in _INSIDE.finditer(prose):
        yield match.start("name"), match.end("name"), match.end(), None
    if not _FACT.match(prose):
        return
    facts = [
        match
        for match in _NEXT.finditer(prose)
        if not ABBREVIATION.search(prose[max(0, match.start() - 5) : match.start()])
    ]
    for match, following in zip(facts, [*facts[1:], None], strict=False):
        group = "name" if match["name"] else "other"
        yield match.start(group), match.end(group), match.end(), following.start() if following else None
