"""Other names in Russian comments of code: `kubectl get ns # все неймспейсы`, `# постоянные тома (PersistentVolumes)`.

They make no concept: they say how a thing that other rules find is called in the other language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import structs

from orgkb.concepts import folding, synonyms
from orgkb.concepts.blocks import Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.lexicon import morphology
from orgkb.concepts.model import Alias, AliasKind
from orgkb.patterns import pattern

RULE = "comment"
_COMMENT = pattern(r"(?:^|\s)(?:#+|//+|/\*+|--+|;+|%+)\s*(?P<text>\S[^\n]*)", re.MULTILINE)
_WORD = pattern(r"(?<![\w-])[а-яё]{4,}(?![\w-])", re.IGNORECASE)
_GLOSS = pattern(
    r"(?P<russian>[а-яё]{3,}(?: [а-яё]{3,}){0,2}) \((?P<latin>[A-Za-z][A-Za-z0-9]+(?:[ -][A-Za-z][A-Za-z0-9]+)?)\)",
    re.IGNORECASE,
)
_HUMP = pattern(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_MAX_GLOSS = 3
_GLOSS_CONFIDENCE = 0.7


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What the comments call the things of the code: words that the tables translate or that sound English, and glosses."""
    seen: set[str] = set()
    for headline, element in reading.code:
        if element.value.isascii():
            continue
        text = reading.document.text
        for comment in _COMMENT.finditer(text, element.begin, element.end):
            start, end = comment.span("text")
            for found in (*_glosses(reading, start, end), *_words(text, start, end)):
                key = folding.key(found.name) + "".join(alias.surface for alias in found.aliases)
                if key not in seen:
                    seen.add(key)
                    yield structs.replace(found, headline=headline, confidence=confidence)


def _made(name: str, begin: int, end: int, aliases: tuple[Alias, ...] = ()) -> Candidate:
    return Candidate(
        name=name, rule=RULE, confidence=0.0, begin=begin, end=end, headline=-1, aliases=aliases, supports=True
    )


def _words(text: str, start: int, end: int) -> Iterator[Candidate]:
    """Words and pairs of words that are names in the tables, and nouns that the Russian dictionary does not have."""
    words = [(m.group().lower().replace("ё", "е"), *m.span()) for m in _WORD.finditer(text, start, end)]
    taken: set[int] = set()
    for (first, begin, stop), (second, other, last) in pairwise(words):
        if other == stop + 1 and (name := _listed(f"{first} {second}")):
            taken |= {begin, other}
            yield _made(name, begin, last)
    for word, begin, stop in words:
        if begin in taken or morphology.is_function_word(word):
            continue
        if name := _listed(word):
            yield _made(name, begin, stop)
        elif not morphology.is_known(word) and morphology.is_noun(word):
            yield _made(folding.fold_word(word), begin, stop)


def _listed(russian: str) -> str:
    """The name of the shipped tables that RUSSIAN is a form of; empty where they have none."""
    key = folding.key(russian)
    for synonym in synonyms.translations_of(key):
        for back in synonyms.translations_of(synonym.key):
            if back.key == key:
                return back.surface
    return ""


def _glosses(reading: Reading, start: int, end: int) -> Iterator[Candidate]:
    """The Russian words before a name in parentheses, as many as it has parts."""
    for match in _GLOSS.finditer(reading.document.text, start, end):
        count = len(_HUMP.findall(match["latin"]))
        parts = match["russian"].lower().split()[-count:]
        if (
            not 1 < count <= _MAX_GLOSS
            or len(parts) < count
            or not (russian := _listed(" ".join(parts)) or _nominative(parts))
        ):
            continue
        at = match.end("russian")
        span = reading.span(at - len(" ".join(parts)), at)
        alias = Alias(russian, AliasKind.TRANSLATION, RULE, _GLOSS_CONFIDENCE, span)
        yield _made(match["latin"], match.start("latin"), match.end("latin"), (alias,))


def _nominative(parts: list[str]) -> str:
    """PARTS of a name in the nominative; empty where they are none, or what they end in is not told."""
    kinds = [{form.part for form in morphology.forms(part.replace("ё", "е"))} for part in parts]
    if any(not kind & {"NOUN", "ADJF", "PRTF"} for kind in kinds):
        return ""
    if "NOUN" in kinds[0]:  # `контейнеров инициализации`
        return " ".join((folding.fold_word(parts[0]), *parts[1:]))
    cases = [{form.case for form in morphology.forms(part.replace("ё", "е"))} for part in parts]
    return " ".join(parts) if "NOUN" in kinds[-1] and all("nomn" in case for case in cases) else ""
