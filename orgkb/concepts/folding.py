"""Words of a name, and what two spellings of one name have in common: its key."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache

from orgkb.concepts.lexicon.morphology import lemma
from orgkb.patterns import pattern

ELIDED = frozenset({"l", "d", "qu", "dell", "nell", "all", "sull", "dall"})
"""Small words of French and Italian that lose their end before a vowel, and stand before an apostrophe: `l'axiome`, `dell'errore`."""
TOKEN = pattern(
    r"(?:[lLdD]|[qQ]u|[dDnN]ell|[aA]ll|[sS]ull|[dD]all)(?=['’][^\W\d_]{3})|[^\W_]+(?:['’][^\W_]+)?(?:\+\+|#(?!\w))?"
)
"""A word: letters and digits, an apostrophe inside, `C++` and `C#`; what is elided before another word is one of its own."""
_CYRILLIC = pattern("[а-яё]")
_ALL_CYRILLIC = pattern("[а-я]+")
_LATIN = pattern("[a-z]")
_LOOK_ALIKES = str.maketrans("асеорхкмтвнуі", "aceopxkmtbhyi")
_POSSESSIVE = pattern("'(?:s|[а-я]+)?$")
_PLURAL = pattern("[A-Z][A-Z]+s")
_PLURAL_ACRONYM = pattern(r"\b([A-Z]{2,})s\b")
_RUSSIAN_TAIL = pattern(r"([a-z]{3,})(?:а|у|е|ы|и|о|ов|ам|ами|ах|ом|ем|ой|ей|ев)")
_SECURE = frozenset(
    {"https", "imaps", "pop3s", "smtps", "ftps", "ldaps", "nntps", "ircs", "coaps", "mqtts", "sips", "dnss"}
)
"""Protocols inside TLS, which are others than those without the last letter."""
_NO_PLURALS = frozenset({"news", "lens", "whereas", "perhaps"})
"""What only ends like a plural: `new` names no news."""
_LATIN_PLURALS = {
    "matrices": "matrix",
    "vertices": "vertex",
    "indices": "index",
    "vortices": "vortex",
    "appendices": "appendix",
    "hypotheses": "hypothesis",
    "syntheses": "synthesis",
    "parentheses": "parenthesis",
    "automata": "automaton",
    "phenomena": "phenomenon",
}
"""Plurals that Latin and Greek words keep."""


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """WORD without what does not make another name: case, ё, English plural, Russian case ending."""
    word = word.lower()
    if not word.isascii():
        word = word.replace("ё", "е").replace("’", "'")
    if not word.isascii() and _CYRILLIC.search(word):
        word = word.partition("'")[0]
        if not _LATIN.search(word):
            return lemma(word)
        word = _one_script(word)
        if _CYRILLIC.search(word):
            return word
    # An English possessive, or a Russian ending after an apostrophe: pod's, pod'ов.
    if "'" in word:
        word = _POSSESSIVE.sub("", word)
    if word in _LATIN_PLURALS:
        return _LATIN_PLURALS[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word if word in _SECURE or word in _NO_PLURALS else word[:-1]
    # The end of `add-ons` and `plug-ins`.
    if word in {"ons", "ins"}:
        return word[:2]
    return word


def _one_script(word: str) -> str:
    """WORD of two scripts in one, where Cyrillic letters only look Latin or are a Russian case ending."""
    if tail := _RUSSIAN_TAIL.fullmatch(word):
        return tail[1]
    latin = word.translate(_LOOK_ALIKES)
    if not _CYRILLIC.search(latin):
        return latin
    return word


def singular(word: str) -> str:
    """The English word WORD without its plural ending; another word as it is."""
    return fold_word(word) if word.isascii() else word


def mixes_scripts(word: str) -> bool:
    """Whether WORD has both Latin and Cyrillic letters, without an apostrophe between them."""
    lower = word.lower()
    return "'" not in lower and "’" not in lower and bool(_LATIN.search(lower) and _CYRILLIC.search(lower))


def words(name: str) -> list[str]:
    """The tokens of NAME as written."""
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    # Letters and blanks, as most names are, need no pattern.
    return plain.split() if plain.replace(" ", "").isalpha() else TOKEN.findall(plain)


_AS_SPELT: Mapping[str, str] = {}


def key(name: str, corrections: Mapping[str, str] = _AS_SPELT) -> str:
    """The identity of NAME: folded tokens, joined; `ReplicaSet`, `replica sets` and `replica-set` agree.

    CORRECTIONS maps misspelt folded words to the right ones.
    """
    if not corrections or corrections.keys().isdisjoint(folded := folded_words(name)):
        return _joined(name)
    return "".join([corrections.get(word, word) for word in folded])


@lru_cache(maxsize=100_000)
def _joined(name: str) -> str:
    return "".join(folded_words(name))


@lru_cache(maxsize=100_000)
def folded_words(name: str) -> tuple[str, ...]:
    """The folded tokens of NAME."""
    return tuple(fold_word(word) for word in words_of(name))


def words_of(text: str) -> list[str]:
    """The tokens of TEXT, plurals of acronyms without their ending."""
    return words(_without_plural_acronym(text))


def _without_plural_acronym(name: str) -> str:
    # PVs, CRDs: the plural of an acronym is marked by a small s.
    if name.islower() or "s" not in name or not _PLURAL.search(name):
        return name
    return _PLURAL_ACRONYM.sub(r"\1", name)


def fold_token(token: str) -> str:
    """The folded form of one token as it stands in a text; a Russian word keeps its ending: see `russian_forms`."""
    if token[0] > "\u03ff":
        lower = token.lower().replace("ё", "е")
        if _ALL_CYRILLIC.fullmatch(lower):
            return lower
    if len(token) > 2 and token[-1] == "s" and token[:-1].isupper() and token[:-1].isalpha():
        return token[:-1].lower()
    return fold_word(unicodedata.normalize("NFKC", token))


def russian_forms(tokens: Iterable[str], known: Container[str]) -> dict[str, str]:
    """Russian word as it stands in a text → its dictionary form, for those of TOKENS that may be a name's word.

    KNOWN are the beginnings of such words, as `russian_start` gives them.  To look up only these
    takes a fifth of the time.
    """
    return {
        token: folded
        for token in tokens
        if token[0] > "\u03ff" and russian_start(token) in known and (folded := fold_word(token)) != token
    }


def russian_start(word: str) -> str:
    """The letters of a Russian word that its forms share."""
    return word[: 3 if len(word) > 4 else 2]


def slug(name: str) -> str:
    """A readable id of NAME: lower-case words joined by hyphens; Cyrillic is kept."""
    spelt = name.replace("++", " plus plus").replace("#", " sharp ")
    return "-".join(word.lower().replace("'", "").replace("’", "") for word in words(spelt))[:80].strip("-")


def plain_words(name: str) -> list[str] | None:
    """The words of NAME where it is Latin letters and single blanks, as most names are: then little has to be asked."""
    if not name.isascii() or not name.replace(" ", "").isalpha():
        return None
    found = name.split(" ")
    return found if all(found) else None
