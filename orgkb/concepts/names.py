"""Names of concepts: tokens, folding to an identity, cleaning, shape, slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache

import msgspec

from orgkb.concepts.lexicon import (
    ABSTRACT_WORDS,
    COMMANDS,
    FUNCTION_WORDS,
    GENERIC_WORDS,
    NEVER_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    QUALIFIERS,
    SECTION_WORDS,
    begins_topic,
    is_bare_verb,
)
from orgkb.concepts.lexicon.morphology import lemma
from orgkb.concepts.lexicon.tables import phrases
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import MASK
from orgkb.patterns import pattern

ELIDED = frozenset({"l", "d", "qu", "dell", "nell", "all", "sull", "dall"})
"""Small words of French and Italian that lose their end before a vowel, and stand before an apostrophe: `l'axiome`, `dell'errore`."""
TOKEN = pattern(
    r"(?:[lLdD]|[qQ]u|[dDnN]ell|[aA]ll|[sS]ull|[dD]all)(?=['’][^\W\d_]{3})|[^\W_]+(?:['’][^\W_]+)?(?:\+\+|#(?!\w))?"
)
"""A word: letters and digits, an apostrophe inside, `C++` and `C#`; what is elided before another word is one of its own."""

MAX_WORDS = 8
MAX_LENGTH = 70

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


# --- cleaning ---

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
_SHORT = pattern(r"[^\W_][\w.&-]{0,9}[^\W_]s?|[^\W_]{2,10}")


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


def _plain_words(name: str) -> list[str] | None:
    """The words of NAME where it is Latin letters and single blanks, as most names are: then little has to be asked."""
    if not name.isascii() or not name.replace(" ", "").isalpha():
        return None
    found = name.split(" ")
    return found if all(found) else None


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
    if (plain_words := _plain_words(name)) and plain_words[0].lower() not in _MAY_GO:
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


_NUMERONYM = pattern(r"([A-Za-z])(\d{1,2})([A-Za-z])")


def abbreviates(short: str, long: str) -> bool:
    """Whether SHORT is an acronym of LONG: its letters begin the words of LONG or follow inside them, in order.

    After Schwartz and Hearst (2003), stricter: every word of LONG but small function words gives a
    letter, and the first letters agree.
    """
    letters = (
        [c for c in short.removesuffix("s").lower() if c.isalnum()]
        if short[:-1].isupper()
        else [c for c in short.lower() if c.isalnum()]
    )
    if short[1:2].isdecimal() and (numeronym := _NUMERONYM.fullmatch(short)):
        first, count, last = numeronym.groups()
        whole = long.lower()
        return whole.startswith(first.lower()) and whole.endswith(last.lower()) and len(whole) == int(count) + 2
    opening = next(filter(str.isalnum, long), "")
    if not 2 <= len(letters) <= 10 or opening.lower() != letters[0]:
        return False
    parts = [word for part in long.split() for word in _WORDS.findall(_split_camel(part))]
    if not parts or len(parts) > len(letters) + 2 or key(short) == key(long):
        return False
    if len(parts) == 1 and len(letters) > len(parts[0]) // 2:
        return False
    if len(parts) == 1 and short.isupper() and len(parts[0]) >= len(letters) * _COMPOUND and len(letters) > 2:
        rest = iter(parts[0].lower())
        return all(letter in rest for letter in letters)  # `BIP`, Bruttoinlandsprodukt
    # One letter may come from inside a word where there are enough others to tell.
    inside = 1 if len(parts) > 2 or len(letters) > 3 or len(parts) == 1 else 0
    # (letters used, of them from inside words) that the words so far can have given.
    reached = {(0, 0)}
    for part in parts:
        following: set[tuple[int, int]] = set()
        for used, inner in reached:
            if used < len(letters) and part[0].lower() == letters[used]:
                following.add((used + 1, inner))
                # Letters that go on from the first one: `cgroup`, `kOps`, the V of `PV claims`.
                more = 1
                while more < len(part) and used + more < len(letters) and part[more].lower() == letters[used + more]:
                    more += 1
                    following.add((used + more, inner))
                for run in {1, more}:
                    if inner < inside and used + run < len(letters) and letters[used + run] in part[run:].lower():
                        following.add((used + run + 1, inner + 1))
            if part.lower() in FUNCTION_WORDS:
                following.add((used, inner))
        reached = following
        if not reached:
            return False
    return any(used == len(letters) for used, _ in reached)


def spelt_out(title: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where an acronym and what it is short for stand in TITLE, which is nothing else: `SLO - Service Level Objective`, `Access Point (AP)`."""
    match = _SPELT_OUT.fullmatch(title)
    if match is None:
        return None
    second = "note" if match["note"] else "second"
    if abbreviates(match["first"], match[second]):
        return match.span("first"), match.span(second)
    if abbreviates(match[second], match["first"]):
        return match.span(second), match.span("first")
    return None


_SPELT_OUT = pattern(
    r"\s*(?P<first>[^\W\d_][^():\n]{1,60}?)(?:\s?\((?P<note>[^()\n]{2,60})\)|(?:\s?[-–—]\s|:\s)(?:[Tt]he\s|[Aa]n?\s)?(?P<second>[^():\n]{2,60}?))[:.]?\s*"
)
_COMPOUND = 4
"""Letters of a compound for each of its acronym."""
_WORDS = pattern(r"[^\W_]+")
_HUMP = pattern(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])")


def _split_camel(word: str) -> str:
    return word if word.islower() else _HUMP.sub(" ", word)


def is_acronym(name: str) -> bool:
    """Whether NAME is written like an acronym: `CRI`, `K8S`, `RBAC`, `OpenAPI` is not."""
    if not name or len(name) > _LONGEST_ACRONYM:
        return False
    if name[1:2].isdecimal() and _NUMERONYM.fullmatch(name):
        return True
    return bool(
        _SHORT.fullmatch(name)
        and name[0].isalpha()
        and sum(map(str.isupper, name)) > 1
        and not any(map(str.islower, name.removesuffix("s")))
    )


_LONGEST_ACRONYM = 10


# --- shape ---

_NEVER = pattern(
    r"""
    [$<>{}|\\=;^@%\[\]\0]          # shell, placeholders, addresses
    | :// | :: | \.\.\. | …
    | ^[-/~.]{1,2}/ | ^/ | /$      # paths
    | \S/\S*/                      # paths
    | ^-                           # options
    | [→←⇒↔⟶]                      # steps and keys
    | \s--?\w
    | [?!]$ | ^[?!]
    | ^\#
    # labels of statements
    | ^(?i:def(?:inition)?|theorem|thm|lemma|proposition|corollary|axiom|remark|example|satz|teorema|lema|théorème|опр(?:еделение)?|теорема|лемма)
      \.?(?:\s\d[\d.]*)?(?:\s?\(.*\)|(?<=[\d.]))$
    """,
    re.VERBOSE,
)
_NUMBERISH = pattern(r"[\W\d_]*(?:v?\d[\w.]*)?[\W\d_]*")
_HEX = pattern(r"(?=.*\d)[0-9a-f]{6,}|[0-9a-f-]{30,}", re.IGNORECASE)
_LONG_HEX = 30
_FILE = pattern(r"[\w.-]*\.(?:[a-z]{1,4}|[a-z]*\d|conf(?:ig)?|yaml|json|lock|toml|properties|[A-Z]{2,4})")
_SENTENCE = pattern(r"\s(?:is|are|was|were|will|can|has|have|это|является|есть|не)\s", re.IGNORECASE)
_IDENTIFIER = pattern(r"\w+_\w+|\w+\(\)|\w+\.\w+")
_CAPITALISED = pattern(r"[A-ZА-ЯЁ]")


_PLACEHOLDERS = pattern(r"[^\W\d]{3,}\d+\s.*[^\W\d]{3,}\d+$")
_PHONETIC = pattern(r"\s+(?:/[^/\s]+/|\[[^\]\s]+\]|\S*[ˈˌːəɪʊʃθðŋɛɔɑæʒʌɜ]\S*)")
_LATIN_THEN_CYRILLIC = pattern(r"([A-Za-z][\w.+-]*(?:\s[A-Za-z][\w.+-]*){0,2})\s+[а-яё]+(?:\s+\S+)+")


@lru_cache(maxsize=50_000)
def impossible(name: str) -> bool:
    """Whether NAME can be no concept's name, however the notes mark it."""
    if not name or len(name) > MAX_LENGTH:
        return True
    if name[:1].isdecimal() and is_numbered(name):
        return False
    plain = _plain_words(name)
    if (plain is None or len(name) >= _LONG_HEX) and (
        _NEVER.search(name) or _NUMBERISH.fullmatch(name) or _HEX.fullmatch(name)
    ):
        return True
    parts = plain or words(name)
    if not parts or len(parts) > MAX_WORDS or (plain and len(name) == 1):
        return True
    if (
        plain is None
        and sum(map(str.isalpha, name)) < 2
        and not name.endswith(("+", "#"))
        and not _IDEOGRAPH.search(name)
    ):
        return True
    lower = [part.lower() for part in parts]
    # A function word alone may be marked on purpose: `for` in notes on a language, `под` is a pod too.
    if len(parts) > 1 and (all(part in FUNCTION_WORDS for part in lower) or lower[0] in PRONOUNS):
        return True
    if len(parts) == 1 and (lower[0] in NEVER_WORDS or (lower[0] in FUNCTION_WORDS and name != parts[0])):
        return True  # `& and |` would be every `and` of the notes
    if plain is None and (name.count('"') == 1 or any(name.count(pair[0]) != name.count(pair[1]) for pair in _PAIRS)):
        return True
    return (plain is None or len(plain) > 2) and bool(_SENTENCE.search(name))


def is_numbered(name: str) -> bool:
    """Whether a number is part of NAME rather than counts what it names: `51% attack`, `3-way handshake`, `3NF`."""
    match = _NUMBERED.fullmatch(name)
    return match is not None and (match["unit"] or "").lower() not in _UNITS


_NUMBERED = pattern(
    r"\d{1,2}(?:%|-(?!(?:day|week|month|year|minute|hour|second|star|page|person|part|line|item|word|euro|dollar)s?\b)[a-z]{3,}|/\d{1,2}|['’]s|(?P<unit>[A-Z]{1,3}))\s[a-z][a-z-]{2,}(?:\s[a-z-]{3,})?|\d(?!(?:[KMGT]?B|KM|CM|MM|KG|MS|AM|PM|HZ)\b)[A-Z]{2,3}"
)
_UNITS = word_set("k m g t kb mb gb tb km cm mm kg ms s h v w hz c x am pm")
_IDEOGRAPH = pattern("[\u3400-\u9fff]")
_PAIRS = ("()", "“”", "«»")


def is_everyday(name: str) -> bool:
    """Whether NAME is one everyday word that is no section word: `Node`, `service`."""
    lower = name.lower()
    return len(words(name)) == 1 and lower not in SECTION_WORDS and bool({lower, fold_word(lower)} & GENERIC_WORDS)


def is_settings_file(name: str) -> bool:
    """Whether NAME is that of a file of settings, such as `docker-compose.yml`."""
    return bool(_SETTINGS_FILE.fullmatch(name)) and not impossible(name)


_SETTINGS_FILE = pattern(r"[\w-]{3,}\.(?:ya?ml|toml|ini|conf|cfg|json|xml|properties)")


def is_label(name: str) -> bool:
    """Whether NAME, in bold before a colon, only labels what follows: `Installation:`, `Примеры:`."""
    lower = [word.lower() for word in words(name)]
    return len(lower) == 1 and lower[0] in SECTION_WORDS


def is_code_like(name: str) -> bool:
    """Whether NAME is an identifier or a file name rather than words."""
    if _plain_words(name):
        return False
    return bool(_IDENTIFIER.fullmatch(name) or _FILE.fullmatch(name))


def is_known_phrase(name: str) -> bool:
    """Whether the shipped tables have NAME, of two words or more, as a term: `load balancers`."""
    lower = name.lower()
    return lower in phrases() or (lower[-1:] == "s" and singular(lower) in phrases())


def defined_shape(name: str) -> float:
    """The same as `weak_shape` for a name that a definition follows: then everyday words may be terms too."""
    if shape := weak_shape(name):
        return shape
    if impossible(name):
        return 0.0
    if _TITLED_FILE.fullmatch(name) or is_settings_file(name):
        return _EVERYDAY_SHAPE
    parts = words(name)
    lower = [part.lower() for part in parts]
    if name.isupper() and name.isascii() and name.isalpha() and len(name) >= _MIN_KEYWORD:
        # FROM, EXISTS are keywords; REPOSITORY heads a column or stands for a value.
        return 0.0 if lower[0] in SECTION_WORDS or lower[0] in GENERIC_WORDS else _EVERYDAY_SHAPE
    if not all(part.isalpha() for part in name.split()) or any(w in SECTION_WORDS for w in lower):
        return 0.0
    if any(word in FUNCTION_WORDS or is_bare_verb(word) for word in lower):
        return 0.0
    # `Release`, `object spec`; `name`, `type` are fields.
    titled = len(parts) == 1 and parts[0][0].isupper() and len(name) > 3
    pair = len(parts) == 2 and not begins_topic(lower[0])
    return _EVERYDAY_SHAPE if titled or pair else 0.0


_PASSING = frozenset(
    [
        "running",
        "stopped",
        "joined",
        "existing",
        "given",
        "required",
        "used",
        "allowed",
        "including",
        "containing",
        "using",
        "new",
    ]
)
"""What says only what a thing does now: a `running container` is a container."""
_EVERYDAY_SHAPE = 0.7
_MIN_KEYWORD = 4
"""Letters of a word in capitals that is a keyword, though the same word in small letters is a function word."""
_TITLED_FILE = pattern(r"[A-Z][A-Za-z]{2,}\.[a-z]{2,4}")
"""`Chart.yaml`, `Plots.jl`: a name that is a file's too; `index.html` and `main.c` are files only."""


_JOINING = frozenset({"and", "or", "vs", "и", "или", "und", "oder", "et", "ou"})


@lru_cache(maxsize=50_000)
def weak_shape(name: str) -> float:
    """How far NAME, found by its position only, looks like a term: 0 (no) to 1."""
    if impossible(name):
        return 0.0
    plain = _plain_words(name)
    if plain is None and (_FILE.fullmatch(name) or _IDENTIFIER.search(name)):
        return 0.0
    parts = plain or words(name)
    lower = [part.lower() for part in parts]
    if len(parts) > 1 and is_known_phrase(name):
        return 1.0
    if len(parts) > 4 or "," in name or ":" in name or '"' in name or "&" in name or "+" in name.rstrip("+"):
        return 0.0
    if lower[0] in FUNCTION_WORDS or lower[-1] in FUNCTION_WORDS or _JOINING & set(lower):
        return 0.0
    if (
        (name[0].isdigit() and not is_numbered(name))
        or (len(parts) > 1 and begins_topic(lower[0]))
        or (plain is None and _PLACEHOLDERS.search(name))
    ):
        return 0.0
    # `docker images` is to type, `docker-machine` is a name.
    if len(parts) > 1 and " " in name and name.split(maxsplit=1)[0] in COMMANDS and parts[1].islower():
        return 0.0
    # `Задачи оптимизации II` is a topic.
    if len(parts) > 1 and lower[0] in SECTION_WORDS and not lower[0].isascii() and not lower[1].isascii():
        return 0.0
    if len(parts) > 1 and (lower[0] in _PASSING or (lower[0] in ABSTRACT_WORDS and lower[1] in PREPOSITIONS)):
        return 0.0
    # `collector per node` describes; `Infrastructure as Code` and `point of sale` are names.
    if PREPOSITIONS.intersection(lower[1:-1]) - {"of"} and sum(part[0].isupper() for part in parts) < 2:
        return 0.0
    if len(parts) == 1:
        if is_bare_verb(lower[0]) or lower[0] in SECTION_WORDS:
            return 0.0
        if lower[0] in GENERIC_WORDS or fold_word(lower[0]) in GENERIC_WORDS or (len(name) == 2 and not name.isupper()):
            return 0.0
        return 0.8 if begins_topic(lower[0]) else 1.0
    if all(part in SECTION_WORDS or part in GENERIC_WORDS or part in FUNCTION_WORDS for part in lower):
        # `Operation Object` is a name, `operation object` and `Data types` are everyday words.
        titled = all(part[0].isupper() for part in parts) and not set(lower) <= SECTION_WORDS
        return 0.7 if titled and lower[-1] not in SECTION_WORDS else 0.0
    if lower[-1] in SECTION_WORDS and lower[-1] not in GENERIC_WORDS:
        return 0.5
    return 1.0 if _CAPITALISED.search(name) or len(parts) == 2 else 0.8
