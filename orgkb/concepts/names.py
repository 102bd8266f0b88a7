"""Which words can be the name of a concept, by their shape."""

from __future__ import annotations

import re
from functools import lru_cache

from orgkb.concepts.folding import fold_word, plain_words, singular, words
from orgkb.concepts.lexicon import (
    ABSTRACT_WORDS,
    COMMANDS,
    FUNCTION_WORDS,
    GENERIC_WORDS,
    NEVER_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    SECTION_WORDS,
    begins_topic,
    is_bare_verb,
)
from orgkb.concepts.lexicon.tables import phrases
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

MAX_WORDS = 8
MAX_LENGTH = 70
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


@lru_cache(maxsize=50_000)
def impossible(name: str) -> bool:
    """Whether NAME can be no concept's name, however the notes mark it."""
    if not name or len(name) > MAX_LENGTH:
        return True
    if name[:1].isdecimal() and is_numbered(name):
        return False
    plain = plain_words(name)
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


STATEMENTS = word_set(
    "theorem lemma proof remark corollary proposition definition def example satz beweis bemerkung korollar beispiel teorema lema demostración "
    "observación corolario proposición théorème lemme démonstration preuve remarque corollaire теорема лемма доказательство замечание следствие "
    "определение пример"
)
"""What statements are labelled as; names only together with others: `Bayes' theorem`."""


def is_code_like(name: str) -> bool:
    """Whether NAME is an identifier or a file name rather than words."""
    if plain_words(name):
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
    plain = plain_words(name)
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
