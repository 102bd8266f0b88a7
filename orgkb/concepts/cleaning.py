"""Names as they are to be shown: without outer punctuation, articles and what stands in parentheses."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from orgkb.concepts.acronyms import abbreviates
from orgkb.concepts.folding import plain_words, words
from orgkb.concepts.lexicon import (
    FUNCTION_WORDS,
    QUALIFIERS,
)
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import MASK
from orgkb.patterns import pattern

_OUTER = " \t\n.,:;*/_~=\"'`«»“”„‘’!¡|-–—" + MASK
_ARTICLE = pattern(
    r"(?:the|an?|eine?|eine[mnrs]|der|das|dem|une|una|(?-i:l[aeo]s|aka))\s+(?=\S)",
    re.IGNORECASE,
)
"""Of English, and of other languages those that begin no names: not Den Haag, Las Vegas, Le Corbusier."""
_PARENTHESIS = pattern(r"\s*\(([^()]*)\)\s*:?\s*$")
_OF_VARIABLES = pattern(r"(?<=\w)\s+[A-Za-z]\([^()]{1,12}\)\s*:?\s*$")
"""`Conditional probability P(B|A)`: how it is written."""
_OF_RANK = pattern(r"(?<![a-z])[A-Z]{2,4}\(\d\)$")
"""`LL(1)` grammars."""
_FIRST = pattern(r"\((?:(\w)\)|([A-Z][A-Za-z]*[A-Z])\)\s?)(?=\w{3})")
"""`(A)vailability`, `(MVVM)Model-View-ViewModel`."""
_INNER_PARENTHESIS = pattern(r"(?<=[^\W_])\s*\([^()]{1,40}\)\s*(?=[^\W\d_]{3})")
"""`Auto regressive (AR) process`."""
_OTHERWISE_CALLED = pattern(r"(?<=\w)\s*\((?:aka|a\.k\.a\.|also|i\.e\.|or)\s[^()]+\)\s")
"""`Tasks (aka Coroutines) and threads`: what follows is another thing."""
_CALL = pattern(r"([a-z_]\w*)\s?\([^()]*[,\[=][^()]*\)\s.*")
"""`pcall (f [, arg])  protected mode`: a function with its arguments."""
_WHAT_IS = pattern(
    r"(?:what(?:'s|’s| is| are)|что такое|introducing|introduction to|overview of|supports|all|все)\s+(?=\S)",
    re.IGNORECASE,
)
_WHAT_IS_ELSEWHERE = pattern(
    r"¿?(?:was (?:ist|sind|bedeutet)|wat is|qué (?:es|son|significa)|que (?:es|son)|qu['’]est-ce qu(?:e |['’])|che cos['’]è|cos['’]è|che cosa (?:è|sono)"
    r"|o que (?:é|são)|что (?:такое|значит|это)|кто такой)\s*"
    r"(?:(?:el|la|los|las|le|les|il|lo|gli|un|una|une|uno|um|uma|ein|eine|der|die|das)\s+|l['’])?(?P<name>[^?]+?)\s*\?",
    re.IGNORECASE,
)
"""The question in a title of another language: `¿Qué es la inflación?`."""
_HOW_WORKS = pattern(r"how do(?:es)?\s+(?:the\s+|an?\s+)?(?P<name>[^?]{2,50}?)\s+works?\s*\?", re.IGNORECASE)
_LETTER_OF = pattern(r"\$\\?([^\W\d_]{1,7})\$(?=-[^\W\d_])")
"""`$\\sigma$-algebra` is called by its letter."""
_GREEK = dict(
    pair.split("=")
    for pair in word_set(
        "alpha=α beta=β gamma=γ delta=δ epsilon=ε lambda=λ mu=μ nu=ν omega=ω pi=π rho=ρ sigma=σ tau=τ phi=φ chi=χ psi=ψ theta=θ eta=η"
    )
)
_PATH_TO = pattern(r"^[\w.]+->(?=\w)")
"""`metadata->Labels` names the labels."""
_YEAR = pattern(r"\d{4}\s*[:–-]\s*")


class Cleaned(msgspec.Struct, frozen=True):
    """A name as it is to be shown, and what stood in parentheses after it."""

    name: str
    note: str
    """The inside of a closing parenthesis; empty where there is none."""


_MAY_GO = frozenset(
    [
        "the",
        "a",
        "an",
        "what",
        "introducing",
        "introduction",
        "overview",
        "supports",
        "all",
        "ein",
        "eine",
        "einem",
        "einen",
        "einer",
        "eines",
        "der",
        "das",
        "dem",
        "une",
        "una",
        "las",
        "los",
        "les",
        "aka",
    ]
)
"""The first words of what `_ARTICLE` and `_WHAT_IS` take away."""


def asks_what(title: str) -> bool:
    """Whether TITLE asks what something is: `What is inflation?`, `Was ist ein Automat?`."""
    title = title.strip()
    return title.endswith("?") and bool(_ASKS.match(title) or _WHAT_IS_ELSEWHERE.fullmatch(title))


_ASKS = pattern(
    r"what(?:'s|’s| is| are)\s(?!the\s(?:difference|point|problem|purpose|use|best)|wrong|new|next)", re.IGNORECASE
)


@lru_cache(maxsize=50_000)
def clean(surface: str) -> Cleaned:
    """SURFACE without outer punctuation, article and parenthesis."""
    name = " ".join(surface.split())
    if (parts := plain_words(name)) and parts[0].lower() not in _MAY_GO:
        return Cleaned(name, "")
    note = ""
    if ")" in name and (match := _OF_VARIABLES.search(name)):
        name = name[: match.start()]
    elif ")" in name and not _OF_RANK.search(name) and (match := _PARENTHESIS.search(name)):
        note = match[1].strip()
        name = name[: match.start()]
    if "(" in name and (call := _CALL.match(name)):
        name = call[1]
    if "(" in name:
        name = _OTHERWISE_CALLED.split(name, maxsplit=1)[0]
        name = _INNER_PARENTHESIS.sub(" ", name)
    first = _FIRST.match(name) if name.startswith("(") else None
    if first and (first[1] or abbreviates(first[2], name[first.end() :])):
        note = note or first[2] or ""
        name = (first[1] or "") + name[first.end() :]
    if "$" in name:
        name = _LETTER_OF.sub(lambda match: _GREEK.get(match[1], match[1]), name)
    if "->" in name:
        name = _PATH_TO.sub("", name)
    if name[:1].isdecimal():
        name = _YEAR.sub("", name, count=1) if _YEAR.match(name) else name
    if name.endswith("?") and (match := _WHAT_IS_ELSEWHERE.fullmatch(name) or _HOW_WORKS.fullmatch(name)):
        name = match["name"]
    if _WHAT_IS.match(name):
        name = _WHAT_IS.sub("", name, count=1).rstrip("?")
    if "/" in name or "[" in name or not name.isascii():
        name = _PHONETIC.sub("", name)
        if match := _LATIN_THEN_CYRILLIC.fullmatch(name):
            name = match[1]
    if not name.isascii():
        name = _ORNAMENT.sub("", name)
    plain = name.strip(_OUTER)
    if plain.endswith(")") and "(" not in plain:
        plain = plain[:-1].rstrip(_OUTER)
    # A leading dot or a closing one belongs to a file name or an abbreviation such as `.env` and `C++`.
    plain = _ARTICLE.sub("", plain, count=1) if _ARTICLE.match(plain) else plain
    plain = plain[:-2] if plain.endswith(("'s", "’s")) else plain
    return Cleaned(plain, note)


_ORNAMENT = pattern(
    "^[\u2022\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff\\s]+|[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff\\s]+$"
)
"""Pictures and bullets that people set before a name: `✅ Backup`."""


def is_qualifier(note: str) -> bool:
    """Whether the inside of a parenthesis tells something about a name instead of naming the thing again."""
    parts = [word.lower() for word in words(note)]
    return not parts or any(word in QUALIFIERS or word in FUNCTION_WORDS for word in parts) or len(parts) > 5


_PHONETIC = pattern(r"\s+(?:/[^/\s]+/|\[[^\]\s]+\]|\S*[ˈˌːəɪʊʃθðŋɛɔɑæʒʌɜ]\S*)")
_LATIN_THEN_CYRILLIC = pattern(r"([A-Za-z][\w.+-]*(?:\s[A-Za-z][\w.+-]*){0,2})\s+[а-яё]+(?:\s+\S+)+")
