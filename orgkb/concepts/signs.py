"""Signs that what only its place makes a candidate is no name: qualities, slips, counted labels, halves of phrases."""

from __future__ import annotations

from functools import lru_cache

from orgkb.concepts import folding, frequency, names, passing, spelling, synonyms
from orgkb.concepts.lexicon import SECTION_WORDS, is_bare_verb, morphology
from orgkb.concepts.lexicon.tables import known_names, proper_names
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

_QUALITY = pattern(r"[a-z]+(?:al|ic|ive|ous|able|ible|ful|less|ish|ary|ent|ant|ed|ar|id|ern|ized|ised|based|level)")
_COUNTED = pattern(r"(?P<label>[^\W\d_]+(?: [^\W\d_]+){0,2}) (?:# ?)?\d{1,2}\)?")
_POSSESSIVE = pattern(r"[a-z]+['’]s [a-z]+")


@lru_cache(maxsize=50_000)
def is_quality(word: str) -> bool:
    """Whether WORD (small letters) only says how things are: `efficient`, `parametric`, `императивный`."""
    if not word.isascii():
        return morphology.is_known(word) and morphology.is_adjective(word)
    if not _QUALITY.fullmatch(word) or not spelling.is_known(word):
        return False
    if word in LIKE_QUALITIES:
        return False
    adverb = word[:-1] + "y" if word.endswith("le") else word + "ally" if word.endswith("ic") else word + "ly"
    return word.endswith(("ed", "less")) or bool(frequency.english_count(adverb))


def is_in_common_script(name: str) -> bool:
    """Whether NAME has English and Russian letters only: in a vocabulary of another language any word may be a meaning."""
    return _COMMON_SCRIPT.fullmatch(name) is not None


_COMMON_SCRIPT = pattern(r"[\x20-\x7e\u0400-\u04ff\u2000-\u206f]+")


@lru_cache(maxsize=50_000)
def is_adjective(word: str) -> bool:
    """Whether the English WORD (small letters) has an adverb and no plural: `sparse`, `explicit`; a part has `parts`."""
    if word.endswith("ic"):
        adverb = word + "ally"
    elif word.endswith("y"):
        adverb = word[:-1] + "ily"
    else:
        adverb = word[:-1] + "y" if word.endswith("le") else word + "ly"
    return (
        frequency.english_count(adverb) >= _SOME
        and frequency.english_count(word + "s") < _SOME
        and frequency.english_count(word + "es") < _SOME
    )


_SOME = 50
LIKE_QUALITIES = word_set(
    """
    variable positive negative metric logic individual material potential principal terminal signal manual patent
    public topic music classic critic magic traffic alternative derivative executive objective perspective
    representative adjective collective incentive motive narrative initiative capital final general journal original
    professional integral differential exponential radical rational residual interval ideal moral feed seed speed
    need constituent constant heuristic spiral intent serial tutorial credential arithmetic statistic
    cardinal content patient agent event element moment segment component client student parent accident president squared
    """
)
"""Words that end like adjectives and have an adverb, and are nouns in names: `independent variable`."""


@lru_cache(maxsize=50_000)
def is_no_name(name: str) -> bool:
    """Whether NAME, which nothing defines and nobody marked, names nothing."""
    if name in known_names() or names.is_known_phrase(name):
        return False
    parts = folding.words(name)
    lower = [part.lower() for part in parts]
    if synonyms.has(folding.key(name)):
        return False
    if is_counted(name) or _POSSESSIVE.fullmatch(name):
        return True
    if len(parts) == 1:
        inside = any(c.isupper() for c in parts[0][1:])
        return not inside and (passing.is_place(lower[0]) or is_quality(lower[0]) or _is_slip(parts[0]))
    if parts[-1].islower() and (is_quality(lower[-1]) or _is_third_person(lower[-1])):
        return True  # half of a phrase: `complex causal`, `model predicts`
    if len(parts) == _PAIR and lower[0].endswith("ly") and lower[1].endswith("ed") and is_quality(lower[1]):
        return True  # `Clearly Explained`
    return any(not part.isascii() and morphology.is_function_word(part) for part in lower)


_PAIR = 2


def _is_third_person(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss") and is_bare_verb(word)


def is_greeting(name: str) -> bool:
    """Whether NAME is what first programs say, or a name that stands for any: `Hello world`, `foobar`."""
    return name.lower().replace(" ", "").replace(",", "") in _GREETINGS


_GREETINGS = frozenset({"hello", "helloworld", "helloword", "foobar"})


def is_counted(name: str) -> bool:
    """Whether NAME is an everyday word with a number, one of several parts: `Level 1`, `Ad 2`, not `Angular 2`."""
    match = _COUNTED.fullmatch(name) if name[-1:].isdecimal() or name[-1:] == ")" else None
    if not match or match["label"] in known_names() or match["label"] in proper_names():
        return False
    words = match["label"].lower().split()
    if words[-1] in SECTION_WORDS and (len(words) == 1 or not words[0].isascii()):
        return True  # `Ejemplo 1`, `Пример 2`
    return all(frequency.english_count(word) >= _COMMON for word in words if word.isascii()) and words[0].isascii()


_COMMON = 500


def _is_slip(word: str) -> bool:
    """Whether WORD misspells a common English word."""
    folded = folding.fold_word(word)
    if not word.isascii() or not word.isalpha() or len(word) < _MIN_SLIP:
        return False
    return not spelling.is_known(folded) and spelling.is_slip(folded)


_MIN_SLIP = 7
