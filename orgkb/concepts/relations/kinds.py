"""What a linking phrase says: is a, part of, uses, implements, produces, runs on."""

from __future__ import annotations

import re
from functools import lru_cache

from orgkb.concepts.model import RelationType
from orgkb.patterns import pattern

_TABLE = (
    (
        RelationType.PART_OF,
        (
            r"consists?\s+of|(?:is\s+|are\s+|forms?\s+)?(?:a\s+)?parts?\s+of|contains?|containing|has|have|having|"
            r"includes?|including|comprises?|made\s+up\s+of|made\s+of|composed\s+of|(?:group|set|collection|list|series|pool)\s+of|"
            r"состо\w+(?:\s+из)?|включа\w+|содерж\w+|часть\w*|набор\w*|групп\w+|имеет|имеют|совокупность\w*|besteh(?:t|en)\saus|(?:ent|er)?hält|enthalten|ha(?:t|ben)|besitz(?:t|en)|umfass(?:t|en)|"
            r"contien\w+|compren(?:d|de|nent)|comporten?t?|contiene|contengono|contém|incluyen?|tienen?|constan?\sde|se\scompon\w+\sd[ei]"
        ),
    ),
    (
        RelationType.IMPLEMENTS,
        r"(?:\w+\s+)?implementations?\s+of|implement\w*|реализ\w+|conforms?\s+to|compl(?:y|ies|iant)\s+(?:to|with)",
    ),
    (
        RelationType.RUNS_ON,
        (
            r"(?:runs?|running|ran|deployed|hosted|hosts?|executed?|executes|installed|scheduled|lives?|works?)\s+(?:\w+\s+)?"
            r"(?:on|in|inside|within|to|across|atop|under)|запуска\w+\s+(?:\w+\s+)?(?:на|в)|работает\s+(?:на|в)|выполняется\s+(?:на|в)"
        ),
    ),
    (
        RelationType.PRODUCES,
        (
            r"creat\w+|builds?|building|built|generat\w+|produc\w+|renders?|emits?|makes?|compiles?|созда\w+|генерир\w+|"
            r"собира\w+|порожда\w+|производ\w+|erzeug(?:t|en)|produzier(?:t|en)|produi(?:t|sent)|producen?|generan?"
        ),
    ),
    (
        RelationType.USES,
        (
            r"us(?:es?|ed|ing)|utili[sz]\w+|requires?|requiring|needs?|depends?\s+on|rel(?:y|ies|ying)\s+(?:up)?on|based\s+on|via|"
            r"использ\w+|применя\w+|требу\w+|зависит\s+от|на\s+основе|на\s+базе|через|с\s+помощью|verwende(?:t|n)|(?:be)?nutz(?:t|en)|benötig(?:t|en)|utili[sz]\w+|usan?|requieren?"
        ),
    ),
    (
        RelationType.IS_A,
        (
            r"(?:is|are|was)(?:\s+(?:an?|the|one\s+of))?|(?:\w+\s+)?(?:type|kind|sort|form|version|instance|subclass|variant|example)s?\s+of|это|является|вид|тип|разновидность|like|same\s+as|also\s+called|known\s+as|"
            r"(?:ist|sind|est|sont|es|son|è|sono|é|são)(?:\s(?:eine?|une?|una?|des|uma?))?"
        ),
    ),
)
_PATTERNS = tuple((kind, pattern(rf"(?:{rule})", re.IGNORECASE)) for kind, rule in _TABLE)
_SOME = pattern(rf"\b(?:{'|'.join(rule for _, rule in _TABLE)})\b", re.IGNORECASE)
"""Stands in whatever one of the others finds."""
_WHOLE = tuple((kind, pattern(rf"\b(?:{rule})\b", re.IGNORECASE)) for kind, rule in _TABLE)


@lru_cache(maxsize=20_000)
def type_of(label: str) -> RelationType:
    """The type that the linking phrase LABEL says; of several, what it says last, next to the target."""
    told = _SOME.search(label) is not None
    for kind, rule in _PATTERNS if told else ():
        if rule.fullmatch(label):
            return kind
    best, place = RelationType.OTHER, -1
    for kind, rule in _WHOLE if told else ():
        # A copula alone inside a longer phrase says nothing: `is used to build`.
        if kind is RelationType.IS_A:
            continue
        for match in rule.finditer(label):
            if match.start() > place:
                best, place = kind, match.start()
    if best is RelationType.OTHER and re.search(
        r"\b(?:types?|kinds?|sorts?|versions?|instances?)\s+of$", label, re.IGNORECASE
    ):
        return RelationType.IS_A
    return best
