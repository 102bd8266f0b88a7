"""Names in the singular, as a glossary has them: Structure of `* Structures`, Квадратичная форма of `Квадратичные формы`.

Left as they are: what has no singular (`analytics`, `данные`), is known in the plural (`human rights`), belongs to
a proper name (`Amazon Web Services`), or stands behind a preposition or verb (`law of large numbers`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cache, lru_cache

from orgkb.concepts import folding, frequency, names, spelling
from orgkb.concepts.halves import PREFIXES
from orgkb.concepts.lexicon import FUNCTION_WORDS, KEYWORDS, begins_topic, european, morphology
from orgkb.concepts.lexicon.tables import known_names, listed, phrases, proper_names, translations
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

_SHORTEST = 4
_SHARE = 7
"""How many times as often general English may have the plural: it has `statistics` more often by far."""
_PLURALS = (("ies", "y"), ("s", ""), ("es", ""))
_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)
_ACRONYM = pattern("[A-Z]{2,}s")
_PLAIN = pattern("[A-Z]?[a-z]{3,}s")
_GERMAN = pattern(r"[A-ZÄÖÜ][a-zäöüß]*(?:ung|heit|keit|schaft|tät|ion)en$")
_ONLY_SEVERAL = word_set(
    """
    news goods means series species sales customs works woods windows rails arms savings earnings proceeds remains thanks
    odds stairs scissors glasses clothes pants shorts lyrics arts sciences studies affairs rights relations nations states
    humanities securities futures headquarters basics essentials fundamentals ops communications telecommunications
    outdoors measles blues dues manners premises surroundings specs pros cons teams games returns skills
    expectations commons credentials settings contents numbers
    """
)
"""What is another thing in the singular, or is looked up in the plural."""
_SEVERAL_BEHIND = {
    "human": word_set("resources"),
    "natural": word_set("resources"),
    "formal": word_set("methods"),
    "numerical": word_set("methods"),
}
"""First word → the plurals that name a whole with it."""
_OF_FIRMS = word_set(
    "services systems technologies solutions industries studios labs laboratories partners brothers sons institutes"
)
"""What names of firms and their products end in: `Amazon Web Services`."""
_COUNT_ICS = word_set(
    "topics metrics critics heuristics characteristics fabrics clinics mosaics antibiotics plastics logics"
)
"""Words in -ics that have a singular, where a science (`physics`) has none."""
_NUMBERS = word_set("united two three four five six seven eight nine ten twelve many several both all")
_WHOLE = pattern(
    r"(?:is\s)?(?:an?\s|the\s|one\s)?(?:[\w-]+\s){0,2}?"
    r"(?:feature|field|branch|study|discipline|science|subfield|framework|library|company|suite|product|platform|programme)\b"
)
"""How a definition tells that the plural is the name of one thing: `Linux namespaces - feature of the kernel`."""


def in_the_singular(name: str, spelt: Iterable[str], definition: str, known: Container[str] = ()) -> str:
    """NAME in the singular where that is what the thing is looked up under.

    SPELT are the texts that mention it in running text, DEFINITION is what the notes say of it, or empty; KNOWN are the
    folded names that the notes have.
    """
    if len(name) < _SHORTEST and not _ACRONYM.fullmatch(name):
        return name
    if name.endswith("en") and (one := _german(name, known)):
        return one
    if not name.isascii():
        return _russian(name) if _CYRILLIC.search(name) else name  # the dictionary takes long to load
    if not name.endswith("s"):
        return name
    begin, last = _parted(name)
    if _is_whole(name, begin.split(), last):
        return name
    texts = [" ".join(text.split()) for text in spelt]
    folded = {text.casefold() for text in texts}
    for ending, one in _PLURALS:
        if name.endswith(ending) and (found := name.removesuffix(ending) + one).casefold() in folded:
            return found
    one = _one(last)
    if not one or _WHOLE.match(definition):
        return name
    proper = (
        begin
        and not names.is_known_phrase(name)
        and last[0].isupper()
        and texts
        and all(text.split()[-1][0].isupper() for text in texts)
    )
    if proper and last.lower() in _OF_FIRMS:
        return name
    if begin and last[0].isupper() and not _ACRONYM.fullmatch(last) and not frequency.english_count(one.lower()):
        return name  # `GNU Autotools`
    return begin + one


def _german(name: str, known: Container[str]) -> str:
    """The singular of NAME, German and feminine, so that its adjectives stay: `lineare Abbildungen`; else empty.

    Without an ending that tells, the notes must have it: `formale Sprachen` of a Sprache.
    """
    *before, last = name.split(" ")
    if not european.EVERY_SMALL_WORD.isdisjoint(name.lower().split()):
        return ""
    if _GERMAN.search(last):
        return name.removesuffix("en")
    adjectives = before and all(word.endswith("e") for word in before)
    return name.removesuffix("n") if adjectives and last[0].isupper() and last[:-1].lower() in known else ""


def _parted(name: str) -> tuple[str, str]:
    """What stands before the last word of NAME, and that word."""
    at = max(name.rfind(" "), name.rfind("-")) + 1
    return name[:at], name[at:]


def _is_whole(name: str, before: list[str], last: str) -> bool:
    """Whether the plural NAME, of the words BEFORE and LAST, is one thing or no plain name."""
    if name in known_names() or name in proper_names() or name in listed("products") or "," in name or "/" in name:
        return True
    if name.lower() in phrases():
        return True  # the tables have it in the plural
    if not before or names.is_known_phrase(name):
        return False
    first = before[0].lower()
    if not FUNCTION_WORDS.isdisjoint(word.lower() for word in before) or first in _NUMBERS or begins_topic(first):
        return True
    if _ACRONYM.fullmatch(last):
        return False
    return before[0] in listed("organisations") or last.lower() in _SEVERAL_BEHIND.get(first, ())


@lru_cache(maxsize=50_000)
def _one(word: str) -> str:
    """The singular of the English WORD, or empty where it is none of a noun that can be counted."""
    if _ACRONYM.fullmatch(word):
        return word[:-1]
    lower = word.lower()
    if not _PLAIN.fullmatch(word) or lower.endswith(("ss", "us", "is")) or lower in _ONLY_SEVERAL:
        return ""
    if lower.endswith("ics") and lower not in _COUNT_ICS:
        return ""
    folded = folding.fold_word(lower)
    guesses = (lower[:-2], lower[:-1]) if lower.endswith(("uses", "oes")) else (folded,)
    found = next((guess for guess in guesses if _is_countable(guess, lower)), "")
    return found.capitalize() if found and word[0].isupper() else found


def _is_countable(one: str, several: str) -> bool:
    """Whether English has ONE about as often as SEVERAL, or it is a word of computing, or made of words."""
    if one == several or len(one) < _SHORTEST - 1:
        return False
    count = frequency.english_count(one)
    if count:
        return count * _SHARE >= frequency.english_count(several)
    if frequency.english_count(several):
        return False
    return one in KEYWORDS or one in _terms() or spelling.is_formed(one) or _is_prefixed(one)


def _is_prefixed(word: str) -> bool:
    """Whether WORD is an English one behind a prefix: `multiset`."""
    return any(
        word.startswith(prefix) and frequency.english_count(word.removeprefix(prefix)) >= _COMMON for prefix in PREFIXES
    )


_COMMON = 500


@cache
def _terms() -> frozenset[str]:
    """The terms of one word that the shipped tables have, in small letters."""
    return frozenset(term for term, _ in translations() if term.islower())


# --- Russian ---

_RUSSIAN_SEVERAL = word_set(
    """
    выборы силы права данные средства отношения основы ресурсы методы науки войны штаты острова горы реформы события
    финансы инвестиции коммуникации навыки деньги дети люди игры роды часы весы условия координаты отходы доходы расходы
    затраты издержки переговоры компетенции продажи закупки перевозки вычисления обновления знания требования итоги связи технологии
    """
)
"""What is another thing in the singular, or is looked up in the plural."""


@lru_cache(maxsize=50_000)
def _russian(name: str) -> str:
    """The Russian NAME, adjectives and a noun in the nominative plural before what that is of, in the singular."""
    parts = name.split(" ")
    for at, part in enumerate(parts):
        word = part.lower().replace("ё", "е")
        if word not in _RUSSIAN_SEVERAL and (found := morphology.one_of_several(word)):
            one, gender = found
            before = [morphology.one_adjective(adjective.lower(), gender) for adjective in parts[:at]]
            if not all(before):
                return name
            plain = " ".join([*before, one, *parts[at + 1 :]])
            return plain[0].upper() + plain[1:] if name[0].isupper() else plain
        if word.isascii() or not morphology.is_adjective(word):
            return name
    return name
