"""Number and gender in the Romance languages: `función` and `funciones`, `dominio semantico` and `domini semantici`."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

ROMANCE = frozenset({"es", "pt", "fr", "it"})
_STEM = 4
"""Letters that two forms of a word share at least."""
_ENDING = pattern(r"[aeiouàèéìòùáíóú]{0,2}s?$")
_JOINS = word_set(
    "de del des du d di della dei degli delle dello do da dos das en em in dans con com avec sin sem senza sans para por pour per entre "
    "a al à au aux y e et o ou"
)
"""What follows one of them stays as it is: `funciones de densidad`."""
_TO_IES = (("io", "i"), ("co", "chi"), ("co", "ci"), ("go", "ghi"), ("go", "gi"), ("ca", "che"), ("ga", "ghe"))
_SPANISH = (
    ("ión", "iones"),
    ("ón", "ones"),
    ("án", "anes"),
    ("én", "enes"),
    ("ín", "ines"),
    ("ún", "unes"),
    ("és", "eses"),
    ("z", "ces"),
)
_PORTUGUESE = (
    *(("ão", "ões"), ("ão", "ães"), ("ão", "ãos"), ("al", "ais"), ("el", "eis"), ("ol", "ois"), ("ul", "uis"), ("il", "is"), ("ável", "áveis")),
    *(("ível", "íveis"), ("m", "ns")),
)  # fmt: skip


def is_form(word: str, other: str) -> bool:
    """Whether WORD and OTHER, in small letters, differ in no more than what number and gender change: `semantici`, `semantica`."""
    stem = _ENDING.sub("", word)
    return len(stem) >= _STEM and stem == _ENDING.sub("", other)


def several(name: str, language: str) -> frozenset[str]:
    """What NAME, in small letters and of LANGUAGE, may be in the plural: each of its words up to a preposition, or the first alone."""
    if language not in ROMANCE:
        return frozenset()
    words = name.split(" ")
    stop = next((at for at, word in enumerate(words) if word in _JOINS), len(words))
    if not stop or stop > _LONGEST:
        return frozenset()
    rest = words[stop:]
    firsts = _plurals(words[0], language)
    found = {" ".join([first, *words[1:]]) for first in firsts}
    if stop > 1:
        whole = product(*(_plurals(word, language) for word in words[:stop]))
        found.update(" ".join([*begun, *rest]) for begun in whole)
    return frozenset(found - {name})


def singles(name: str, language: str) -> list[str]:
    """What NAME, in small letters and of LANGUAGE, may be the plural of, sorted."""
    if language not in ROMANCE:
        return []
    words = name.split(" ")
    stop = next((at for at, word in enumerate(words) if word in _JOINS), len(words))
    if not stop or stop > _LONGEST:
        return []
    choices = product(*(_ones(word, language) for word in words[:stop]))
    guesses = {" ".join([*begun, *words[stop:]]) for begun in choices}
    return sorted(guess for guess in guesses if guess != name and name in several(guess, language))


def _ones(word: str, language: str) -> set[str]:
    """WORD and what it may be the plural of."""
    found = {word}
    if language == "it":
        if word[-1] in "ie":
            found.update(word[:-1] + ending for ending in ("o", "e", "io", "a"))
        return found | {
            word.replace("h", "")[:-1] + ending for ending in ("o", "a") if word.endswith(("chi", "ghi", "che", "ghe"))
        }
    found.update(word.removesuffix(more) for more in ("s", "es", "x") if word.endswith(more))
    ends = {"es": _SPANISH, "pt": _PORTUGUESE}.get(language, (("al", "aux"),))
    found.update(word.removesuffix(more) + one for one, more in ends if word.endswith(more))
    return found


_LONGEST = 3


@lru_cache(maxsize=20_000)
def _plurals(word: str, language: str) -> tuple[str, ...]:
    """The plurals that WORD may have."""
    if len(word) < _SHORTEST:
        return (word,)
    if language == "it":
        return _italian(word)
    if language == "fr":
        if word.endswith(("s", "x", "z")):
            return (word,)
        if word.endswith("al"):
            return (word[:-2] + "aux", word + "s")
        return (word + "x",) if word.endswith(("au", "eu")) else (word + "s",)
    endings = _SPANISH if language == "es" else _PORTUGUESE
    found = [word.removesuffix(one) + more for one, more in endings if word.endswith(one)]
    if found:
        return tuple(found)
    if word[-1] in _VOWELS:
        return (word + "s",)
    if word[-1] == "s":
        return (word, word + "es")  # `buses`
    return (word,) if word[-1] == "x" else (word + "es", word + "s")  # words of other languages: `kets`


_SHORTEST = 3
_GREEK = ("ma", "ista", "eta", "ota")
"""Endings of Italian masculines in -a: `problemi`, `sistemi`."""
_VOWELS = frozenset("aeiouáéóãêô")


def _italian(word: str) -> tuple[str, ...]:
    found = [word.removesuffix(one) + more for one, more in _TO_IES if word.endswith(one)]
    if word[-1] == "a":
        return (*found, word[:-1] + ("i" if word.endswith(_GREEK) else "e"))
    if word[-1] in "oe":
        return (*found, word[:-1] + "i")
    return (word,)


def one_of(name: str, texts: frozenset[str], language: str) -> str:
    """The one of TEXTS, in small letters, of which NAME, in small letters, is the plural; empty where none is."""
    return min((text for text in texts if text != name and name in several(text, language)), default="")
