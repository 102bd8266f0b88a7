"""Russian words to their dictionary form (the only import of pymorphy3 and its dictionary, loaded at the first Russian word)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from orgkb.concepts.lexicon.memory import answer
from orgkb.concepts.lexicon.tables import russian_words
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import reaches

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

_ENDINGS = word_set(
    """
    иями ями ами иях ях ах ией ьями ьях ьев ого его ому ему ыми ими ей ой ий ый ая яя ое ее ие ые ым им ом ем ых их
    ов ев ую юю ью ия ья ию ии ам ям а я о е и ы у ю ь й
    """
)
_LONGEST_ENDING = 4
_NAMING = frozenset({"NOUN", "ADJF"})
CYRILLIC = "\u0400"
"""The first letter of that script."""


@cache
def analyser() -> MorphAnalyzer:
    """The one analyser: a quarter of a second and 15 MB, so only where notes hold Russian."""
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415 - loaded when needed
    from pymorphy3_dicts_ru import get_path  # noqa: PLC0415

    # It would look for the dictionary among all packages that are installed, which takes as long as to load it.
    return MorphAnalyzer(get_path(), lang="ru")


@lru_cache(maxsize=20_000)
def _parses(word: str) -> tuple[Parse, ...]:
    """What WORD may be, the likeliest first: often several questions are asked of a word."""
    return tuple(analyser().parse(word))


_LEAST_STEM = 3


def stem(word: str) -> str:
    """WORD without its case ending, where three letters stay."""
    for length in range(min(_LONGEST_ENDING, len(word)), 0, -1):
        if word[-length:] in _ENDINGS:
            return word[:-length] if len(word) - length >= _LEAST_STEM else word
    return word


@cache
def _stems() -> dict[str, str]:
    return {stem(word): word for word in sorted(russian_words(), reverse=True)}


def lemma(word: str) -> str:
    """The dictionary form of WORD (small letters without ё); of several, that of a term of computing.

    Participles keep their stem: the dictionary has them under their verb, which joins what is
    managed with what manages.
    """
    return word if len(word) < 3 or word in russian_words() else answer("lemma", word, _lemma)


def _lemma(word: str) -> str:
    terms = russian_words()
    parses = _parses(word)
    forms = [str(parse.normal_form).replace("ё", "е") for parse in parses]
    for form in forms:
        if form in terms:
            return form
    if word + "а" in terms:  # `нод`, `меток`: without an ending in the genitive plural
        return word + "а"
    for parse, form in zip(parses, forms, strict=True):
        if parse.tag.POS in _NAMING:
            return form
    # `подов` is known as a form of another word only.
    known = _stems().get(stem(word))
    if known is not None and len(word) > len(known):
        return known
    return stem(word) if parses[0].tag.POS in {"PRTF", "PRTS"} else forms[0]


class Form(msgspec.Struct, frozen=True):
    """One reading of a Russian word: which form of what it may be, in pymorphy3's terms; empty where that says nothing."""

    part: str
    """Of speech: `NOUN`, `ADJF`, `VERB`, …"""
    case: str
    number: str
    person: str
    mood: str


_KINDS = tuple(
    ("", *names.split())
    for names in (
        "NOUN ADJF ADJS COMP VERB INFN PRTF PRTS GRND NUMR ADVB NPRO PRED PREP CONJ PRCL INTJ",
        "nomn gent datv accs ablt loct voct gen1 gen2 acc2 loc1 loc2",
        "sing plur",
        "1per 2per 3per",
        "indc impr",
    )
)
_FIRST = ord("A")


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[Form, ...]:
    """What WORD may be, the likeliest first; the dictionaries always say something."""
    packed = answer("forms", word, _packed_forms)
    return tuple(_unpacked(packed[at : at + 3]) for at in range(0, len(packed), 3))


def _packed_forms(word: str) -> str:
    """Three letters for each reading: part of speech, case, and the other three together."""
    packed = []
    for parse in _parses(word):
        tag = parse.tag
        values = (tag.POS, tag.case, tag.number, tag.person, tag.mood)
        part, case, number, person, mood = (
            names.index(str(value)) if value else 0 for names, value in zip(_KINDS, values, strict=True)
        )
        packed += [part, case, (number * len(_KINDS[3]) + person) * len(_KINDS[4]) + mood]
    return "".join(chr(_FIRST + index) for index in packed)


def _unpacked(letters: str) -> Form:
    part, case, rest = (ord(letter) - _FIRST for letter in letters)
    rest, mood = divmod(rest, len(_KINDS[4]))
    number, person = divmod(rest, len(_KINDS[3]))
    return Form(*(names[index] for names, index in zip(_KINDS, (part, case, number, person, mood), strict=True)))


_FUNCTION = frozenset({"PREP", "CONJ", "NPRO", "PRCL", "ADVB", "INTJ", "PRED", "NUMR"})


@lru_cache(maxsize=20_000)
def is_function_word(word: str) -> bool:
    """Whether WORD as it stands is most likely a preposition, pronoun or the like: `под`, `том`; not `поды`."""
    return answer("function", word, lambda word: "yes" if _is_function_word(word) else "") == "yes"


def _is_function_word(word: str) -> bool:
    best = _parses(word.lower())[0].tag
    return best.POS in _FUNCTION or "Apro" in best or word.lower() in _IDIOMS


_IDIOMS = frozenset({"образом"})
"""Forms that stand far more often in an idiom: `таким образом`."""


def is_noun(word: str) -> bool:
    """Whether WORD (small letters) is most likely a noun."""
    return answer("noun", word, lambda word: "yes" if _parses(word)[0].tag.POS == "NOUN" else "") == "yes"


def is_adjective(word: str) -> bool:
    """Whether WORD (small letters) is most likely an adjective or participle."""
    kinds = {"ADJF", "ADJS", "PRTF", "PRTS"}
    return answer("quality", word, lambda word: "yes" if _parses(word)[0].tag.POS in kinds else "") == "yes"


def is_known(word: str) -> bool:
    """Whether the Russian dictionary has WORD."""
    if not reaches(word, CYRILLIC):
        return False  # `café`: nobody needs a dictionary for that
    return answer("known", word, lambda word: "yes" if analyser().word_is_known(word) else "") == "yes"


def one_of_several(word: str) -> tuple[str, str] | None:
    """The singular and the gender of WORD (small letters), a noun in the nominative plural and not in the singular."""
    one, _, gender = answer("one", word, _one_of_several).partition(" ")
    return (one, gender) if gender else None


def _one_of_several(word: str) -> str:
    nominative = [
        parse
        for parse in _parses(word)
        if parse.is_known
        and parse.tag.POS == "NOUN"
        and parse.tag.case == "nomn"
        and _PROPER.isdisjoint(parse.tag.grammemes)
    ]
    if not nominative or any(parse.tag.number == "sing" or "Pltm" in parse.tag for parse in nominative):
        return ""
    found = nominative[0].inflect({"sing", "nomn"})
    return f"{found.word} {found.tag.gender}" if found and found.tag.gender else ""


_PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr"})


def one_adjective(word: str, gender: str) -> str:
    """The nominative singular, of that GENDER, of the adjective or participle WORD in the nominative plural; else empty."""
    return answer(f"one {gender}", word, lambda word: _one_adjective(word, gender))


def _one_adjective(word: str, gender: str) -> str:
    for parse in _parses(word):
        if parse.tag.POS in {"ADJF", "PRTF"} and parse.tag.case == "nomn" and parse.tag.number == "plur":
            found = parse.inflect({"sing", "nomn", gender})
            return str(found.word) if found else ""
    return ""
