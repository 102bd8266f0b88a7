"""Labels over what to do or what is said of something else: `Tooling - Prefer one stack`, `Столбец - выбираем показатель`."""

from __future__ import annotations

from orgkb.concepts import fragments, frequency, properties
from orgkb.concepts.lexicon import KEYWORDS
from orgkb.concepts.term import Term
from orgkb.patterns import pattern


def is_label(term: Term, rules: frozenset[str]) -> bool:
    """Whether TERM, which RULES found by its place, only labels advice."""
    if rules <= _ADVISING and _is_advised(term):
        return True
    said = _first_said(term)
    return bool(said) and _says_little(term.name, rules, said)


def _first_said(term: Term) -> str:
    """What is shown as the definition of TERM, else what stands beside it first, which may be advice that is not shown."""
    if term.definitions:
        return term.definitions[0].text
    return next((place.candidate.definition.text for place in term.places if place.candidate.definition), "")


def _is_advised(term: Term) -> bool:
    """Whether all that stands beside TERM is advice or a step in Russian: `Обновления: Ставьте их сразу`."""
    told = [place.candidate.definition.text for place in term.places if place.candidate.definition]
    return bool(told) and all(_ADVISES_IN_RUSSIAN.match(text) or fragments.STEP.match(text) for text in told)


def _says_little(name: str, rules: frozenset[str], text: str) -> bool:
    """Whether TEXT, all that is said of NAME, is advice or a word or two after a verb: `Python style is a reference`."""
    if rules == {"copula"} and len(text.split()) <= _FEW:
        return True
    if rules == {"dash-line"} and name.islower() and _OWN_SUBJECT.match(text):
        return True  # `notes - The image is at the root of the hierarchy`
    if (
        name.isalpha()
        and not any(map(str.isupper, name[1:]))
        and _ADVISES.match(text)
        and not properties.is_listed(name)
    ):
        return frequency.english_count(name.lower()) >= _COMMON  # `Tooling - Prefer one well-known stack`
    everyday = (
        name.islower()
        and name.isalpha()
        and frequency.english_count(name) >= _COMMON
        and name not in KEYWORDS
        and not properties.is_listed(name)
    )
    return everyday and bool(_ADVICE.match(text))


_OWN_SUBJECT = pattern(r"The\s(?:[^\W\d_]+\s){1,3}(?:is|are|was|were|can|must|will|has|have)\s")
_ADVICE = pattern(r"(?:\S+\s){1,8}?(?:should|must|ought\sto|better\sto)\s")
_ADVISES = pattern(
    r"(?:Prefer|Use|Beware|Avoid|Keep|Make\ssure|Ensure|Consider|Remember|Try|Do\snot|Don['’]t|Never|Always)\s"
    r"|[A-Z][a-z]+\s(?:your|our)\s|[Ww]e(?:['’](?:ll|re|ve))?\s[a-z]|Design\sfor\s|Have\s(?:an?|clear|some)\s"
)
_ADVISING = frozenset({"colon-item", "colon-line", "dash-item", "dash-line"})
_ADVISES_IN_RUSSIAN = pattern(r"(?:Не |Всегда |Никогда не )?[А-ЯЁа-яё]{3,}(?:[йь]те|ите)(?:сь)?\s")
"""What begins with an imperative."""
_FEW = 2
"""Words of a definition that is a value or another name rather than an explanation."""
_COMMON = 500
"""Occurrences in the English list from which a word is common."""
