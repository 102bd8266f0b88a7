"""Linking phrases: which say something, which way is up, and how they look on the map."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from orgkb.patterns import pattern

MAX_PHRASE = 60
"""Letters of a phrase that the map draws; a longer one is cut at a word."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Alone, these words join two concepts without saying how. A phrase made of nothing else is not drawn.
_EMPTY_WORDS = _words(
    """
    a an the this that these those its their his her one some any each every
    and or but nor so yet if as than then also such e.g i.e etc
    of in on at by to for from with into onto over under via per about between within without among through during
    и а но или либо да же то ли бы что как так если чем также либо
    в во на с со к ко о об от до из у за по под над при про без для через между около среди перед
    это этот эта эти тот та те его её ее их свой один каждый
    """
)

# Alone, these tie two concepts together and hardly say how.
_SAYS_LITTLE = _words("is are was were be been has have had do does did like get gets это есть был была было были")

# Phrases that lead from the general to the particular; compared with the beginning of the phrase.
_SOURCE_ABOVE = pattern(
    r"""(?:[\w-]+ly\s+|(?:can|may|must|will|also|и|также|может|могут)\s+)*
    (?: contain | consist | include | compris | have\b | has\b | such\s+as\b | e\.g | for\s+example | is\s+made\s+(?:up\s+)?of
      | is\s+divided | are\s+divided | is\s+composed | group | types?\b | kinds?\b | own(?:s|ing)?\b
      | состо[ия] | содерж | включа | имеет\b | имеют\b | делит?ся | делятся | подраздел | например\b
      | таки[ехм]\b | бывает | бывают | виды\b | типы\b | объедин )""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = pattern(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_EDGES = " \t\n,;:–—-=>→<←·•*/|()[]{}«»\"“”„'"


def clean(text: str) -> str:
    """TEXT as a drawing can hold it: white space folded, control, bidi-override and unpaired characters dropped."""
    if not text.isprintable():
        text = "".join(" " if char.isspace() else char for char in text if char.isspace() or _drawable(char))
    return " ".join(text.split())


def _drawable(char: str) -> bool:
    if "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069":
        return False  # embeddings and overrides would turn the rest of the drawing's text around
    return unicodedata.category(char) not in {"Cc", "Cs"} and char not in "\ufffe\uffff"


@lru_cache(20_000)  # most relations have a phrase of a few, and each is asked for on every map that may show it
def drawn_phrase(label: str) -> str:
    """The linking phrase LABEL as the map draws it; empty where it says nothing.

    A phrase says something when a word of at least two letters is more than an article, pronoun,
    conjunction or preposition.
    """
    phrase = clean(label).strip(_EDGES).rstrip(".")
    if not any(len(word) > 1 and word.casefold() not in _EMPTY_WORDS for word in _WORD.findall(phrase)):
        return ""
    if len(phrase) > MAX_PHRASE:
        cut = phrase.rfind(" ", 0, MAX_PHRASE)
        phrase = phrase[: cut if cut > MAX_PHRASE // 2 else MAX_PHRASE].rstrip(_EDGES) + "…"
    return phrase


def says_little(phrase: str) -> bool:
    """Whether PHRASE is a single word such as `is`."""
    return phrase.casefold() in _SAYS_LITTLE


def is_function_word(name: str) -> bool:
    """Whether NAME is made of nothing but articles, prepositions, conjunctions and pronouns, as `& and` is; no letter is."""
    words = _WORD.findall(name)
    return any(len(word) > 1 for word in words) and all(word.casefold() in _EMPTY_WORDS for word in words)


def leads_down(phrase: str) -> bool:
    """Whether PHRASE goes from the general concept to the particular: `contains`, `состоит из`."""
    return _SOURCE_ABOVE.match(phrase) is not None


def is_russian(text: str) -> bool:
    """Whether most letters of TEXT are Cyrillic."""
    cyrillic = sum("Ѐ" <= char <= "ӿ" for char in text)
    return 2 * cyrillic > sum(char.isalpha() for char in text)
