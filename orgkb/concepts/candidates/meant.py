"""Sentences that say what a word means: `By drift we mean …`, `The term drift refers to …`, `Drift can be defined as …`, `Под дрейфом понимают …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import folding
from orgkb.concepts.blocks import TEXTS, Block, Reading
from orgkb.concepts.candidates import nominative
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import ABSTRACT_WORDS, FUNCTION_WORDS, NEVER_WORDS
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD
from orgkb.patterns import pattern

RULE = "meant"
_HINTS = (
    "we mean", "one means", "is meant", "term ", "defined as", "stands for", "versteht man", "verstehen wir", "entend par", "se entiende",
    "entendemos", "si intende", "entende-se", "понима", "подразумева", "назыв", "термин",
)  # fmt: skip
_WORD = r"[^\W\d_][\w’'-]*+"
_NAME = rf"(?P<name>{_WORD}(?:\s{_WORD}){{0,3}}?)"
_OF = rf"(?P<name>{_WORD}(?:\s(?:de\s|del\s|di\s|do\s|da\s|d[’'])?{_WORD}){{0,3}}?)"
_ASIDE = r"(?:\s?\([^()\n\0]{2,40}\)|\s\0++)?"
_FORMS = tuple(
    pattern(form)
    for form in (
        rf"B(?<![^\s(].)y\s(?:an?\s|the\s|[\"“])?{_NAME}[\"”]?{_ASIDE},?\s(?:we\s(?:will\s)?(?:mean|understand)|one\s(?:means|understands)|is\smeant)\s(?=[^\W\d])",
        rf"T(?<![^\s].)he\sterm\s[\"“'«]?{_NAME}[\"”'»]?{_ASIDE}\s(?:refers\sto|means|denotes|describes|stands\sfor|designates)\s(?=[^\W\d])",
        rf"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+(?:The\s|An?\s)?{_NAME}{_ASIDE}\s(?:can|may|could)\s(?:also\s)?be\s(?:defined|understood|described|thought\sof)\sas\s(?=[^\W\d])",
        rf"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+{_NAME}{_ASIDE}\sstands\sfor\s(?=(?:an?|the|how|what|all)\s[^\W\d])",
        rf"U(?<![^\s].)nter\s(?:eine[rmn]\s|der\s|dem\s|den\s)?{_NAME}{_ASIDE}\s(?:versteht\sman|verstehen\swir)\s(?=[^\W\d])",
        rf"O(?<![^\s].)n\sentend\spar\s[«\"“]?\s?{_OF}\s?[»\"”]?{_ASIDE},?\s(?=(?:une?|le|la|les|l[’']|tout|l)\s?[^\W\d])",
        rf"(?:[PS](?<![^\s].)(?:(?<=S)e\sentiende\spor|(?<=P)or))\s(?:un\s|una\s|el\s|la\s)?{_OF}{_ASIDE}\s(?:se\sentiende\s|entendemos\s)?(?=(?:un|una|el|la|los|las|aquel|aquella|todo|toda)\s[^\W\d])",
        rf"P(?<![^\s].)(?:er\s{_OF}{_ASIDE}\ssi\sintende)\s(?=[^\W\d])",
    )
)
_POR = pattern(r"Por\s(?!.*\s(?:se\sentiende|entendemos)\s$)")
"""`Por la tarde el …` says nothing of the afternoon."""
_RUSSIAN = tuple(
    pattern(form)
    for form in (
        r"П(?<![^\s].)од\s(?P<name>[а-яё-]{3,}+(?:\s[а-яё-]{3,}+){0,3}?)(?:\s?\([^()\n\0]{2,40}\)|\s\0++)?\s(?:мы\s)?(?:будем\s)?(?:обычно\s)?(?:понима(?:ют|ем|ть|ется)|подразумева(?:ют|ем|ть|ется))\s(?=[^\W\d])",
        r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+(?P<name>[А-ЯЁ][а-яё-]{2,}+(?:\s[а-яё-]{3,}+){0,3}?)(?:\s?\([^()\n\0]{2,40}\)|\s\0++)?\sназыва(?:ется|ются|ют)\s(?=[^\W\d])",
    )
)
_TERM = pattern(
    r"Т(?<![^\s].)ермин(?:ом)?\s[«\"“](?P<name>[^«»\"“”\n\0]{3,50})[»\"”]\s(?:означает|обозначает|обозначают|относится\sк)\s(?=[^\W\d])"
)
_LEAST_WORDS = 3
_WINDOW = 100


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What such a sentence says to be meant, with that."""
    for block in reading.having(*_HINTS, kinds=TEXTS):
        for form in (*_FORMS, _TERM):
            for match in form.finditer(block.running):
                # Manuals tell so what a setting may be: `A tag can be defined as …`.
                set_up = reading.is_prose and form is _FORMS[2]
                if not set_up and not _POR.match(match[0]) and may_name(match["name"]):
                    yield from _defined(reading, block, match, confidence)
        if "назыв" in block.running or "поним" in block.running or "подраз" in block.running:
            for form in _RUSSIAN:
                for match in form.finditer(block.running):
                    if name := nominative.of_instrumental(match["name"].split()):
                        for found in _defined(reading, block, match, confidence):
                            yield structs.replace(found, name=name, aliases=())


def names_before(prose: str, end: int) -> bool:
    """Whether the Russian sentence whose `называется` ends at END has its name before that: `Базисом называется …`."""
    begin = max(0, end - _WINDOW)
    return any(
        match.end() + begin == end and nominative.of_instrumental(match["name"].split())
        for match in _RUSSIAN[1].finditer(prose[begin : end + 1])
    )


def may_name(name: str) -> bool:
    """Whether the subject NAME names something: `a graph`, `entropy`, no `this`, nor what ends in a word such as `idea`."""
    words = [word.lower() for word in folding.words(name)]
    return bool(words) and words[0] not in _SMALL and words[-1] not in _NO_END


_SMALL = FUNCTION_WORDS | EVERY_SMALL_WORD
_NO_END = _SMALL | ABSTRACT_WORDS | NEVER_WORDS


def _defined(reading: Reading, block: Block, match: re.Match[str], confidence: float) -> Iterator[Candidate]:
    stop = sentence_end(block.text, match.end(), len(block.text))
    defined = definition_at(reading, block, match.end(), stop, rule=RULE, confidence=confidence)
    if defined is None or len(defined[0].text.split()) < _LEAST_WORDS or defined[0].text.endswith(":"):
        return
    found = candidate(
        reading, block, *match.span("name"), rule=RULE, confidence=confidence, check_shape=False, defined=defined
    )
    if found:
        yield found
