"""Signs that a name was cut from a longer one, or says something instead of naming it: `type U`, `Five data types`."""

from __future__ import annotations

import re

from orgkb.concepts import folding
from orgkb.concepts.lexicon import PREPOSITIONS, is_bare_verb
from orgkb.concepts.lexicon.russian import PREPOSITIONS as RUSSIAN_PREPOSITIONS
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import DASH
from orgkb.patterns import pattern

_INSIDE = word_set("if that which when while not than because unless если что который когда не чем")
_NUMERALS = word_set(
    "two three four five six seven eight nine ten два две три четыре пять шесть семь восемь девять десять"
)
_GROUPS = word_set(
    """
    class property set list number type kind part group example million thousand collection series effect use lack
    rest name result performance amount way case sort range variety version
    """
)
_MANY = word_set("много мало несколько немного")
PREFIXES = word_set("pre multi semi non sub super inter anti pseudo quasi intra ultra hyper")
"""What begins a word that a hyphen or line end cut: `multi`."""
_LETTERED = pattern(r"[a-z]+ [A-Z]|[а-яё]+ [A-Za-z]")
_FIELD = pattern(r"[a-z]\.[a-z]\w*")
"""`m.offset`: a part of what a variable stands for."""
_DASHED = pattern(rf"\s{DASH}\s|:\s|\w[.;]\s")
_NUMBERED = pattern(r"[a-z][a-z ]* (?:\d{3,}|\d+/\d+)")
_RELATED = frozenset(
    {"in", "for", "within", "without", "between", "during", "about", "into", "from", "under", "against"}
)
_BARE = word_set(
    """
    remote offline online hot cold higher lower faster slower bigger smaller larger smaller longer shorter upper fast slow
    strong weak light heavy wide narrow big small deep shallow soft early late hard mixed manual named given following listed main
    opensource open-source source-available
    high-level low-level real-time built-in long-term short-term well-known up-to-date out-of-date user-friendly
    """
)
"""What says how things are, and has no ending that shows it."""
_TAILS = _BARE | word_set(
    "based cross driven effective efficient friendly oriented priced given done made shown taken true false null ready"
)
"""What ends a name that says how a thing is or what became of it: `Cost Effective`, `rule based`."""


def is_said(name: str) -> bool:
    """Whether NAME, found by its place or repetition, says or counts something, or is two names: `name not contain`."""
    lower = [word.lower() for word in name.split()]
    if _DASHED.search(name) or _FIELD.fullmatch(name) or _NUMBERED.fullmatch(name) or _LETTERED.fullmatch(name):
        return True
    if len(lower) == 1:
        return lower[0] in _BARE
    if _INSIDE.intersection(lower[1:]) or (lower[0] in _NUMERALS and name.split()[1].islower()):
        return True
    if (lower[0] in RUSSIAN_PREPOSITIONS and "-" not in name) or lower[-1] in _MANY:
        return True  # `по Коши`, `бесконечно много`
    if lower[1] in {"of", "from"} and folding.fold_word(lower[0]) in _GROUPS:
        return True
    if lower[0].endswith("ly") and is_bare_verb(lower[-1]):
        return True  # `strongly recommend`
    return lower[-1] in PREFIXES or lower[-1] in _TAILS


def denies_or_counts(name: str) -> bool:
    """Whether NAME, however it is marked, denies or counts something: `not supported`, `Number of parts`."""
    first, _, rest = name.lower().partition(" ")
    return bool(rest) and (name.startswith("not ") or (first in _COUNTS and rest.startswith("of ")))


_COUNTS = frozenset({"number", "amount", "lack", "rest", "list", "range", "variety"})
_OF_KIND = pattern(r"(?P<thing>(?:[A-Z][a-z]+)+)(?:List|Spec|Status|Impl)")


def thing_of(name: str) -> str:
    """The folded name of the thing that NAME, an identifier, is a list or part of: pod, of `PodList`; else empty."""
    match = _OF_KIND.fullmatch(name)
    return folding.key(match["thing"]) if match else ""


_COMPARED = pattern(r"\S\s(?:vs\.?|versus)\s\S", re.IGNORECASE)


def compares(name: str) -> bool:
    """Whether NAME sets two things side by side: `Exchange Prices vs Local Prices`."""
    return ("v" in name or "V" in name) and bool(_COMPARED.search(name))


def is_related(name: str) -> bool:
    """Whether NAME tells where or for what a thing is: `CNN in NLP`, not `Infrastructure as Code`."""
    lower = [word.lower() for word in name.split()]
    return bool(_RELATED.intersection(lower[1:-1])) or (len(lower) > 1 and lower[-1] in PREPOSITIONS)


_ATTRIBUTES = word_set("name value id number path version size count length address")


def is_attribute(name: str) -> bool:
    """Whether NAME, in small letters, is that of a property: `pod name`."""
    lower = name.split()
    return name.islower() and len(lower) == _PAIR and folding.fold_word(lower[-1]) in _ATTRIBUTES


_PAIR = 2
