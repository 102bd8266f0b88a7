"""Two names of one thing that stand as one: `GAN Generative adversarial network`, `bias error Смещение`, `Babel or Babel.js`."""

from __future__ import annotations

from orgkb.concepts import acronyms, folding, synonyms
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.loans import is_international, loans
from orgkb.concepts.model import Alias, AliasKind
from orgkb.patterns import pattern

_TWO_SCRIPTS = pattern(
    r"(?P<name>[A-Za-z][\w-]+(?: [A-Za-z][\w-]+){0,3}) (?P<other>[А-ЯЁ][а-яё-]{3,}(?: [а-яё-]+){0,3})"
)
_RUSSIAN_FIRST = pattern(
    r"(?P<other>[А-ЯЁа-яё][а-яё-]{2,}(?: [а-яё-]+){0,3}) (?P<name>[A-Za-z][a-z-]+(?: [A-Za-z][a-z-]+){0,3})"
)
"""`Функция потерь Loss function`, where everybody knows that they are one."""
_PARTS_OF_SPEECH = frozenset({"n", "v", "adj", "adv"})
"""What dictionaries put behind a word."""
_SOUNDING = pattern(r"(?:(?P<before>[А-ЯЁа-яё][а-яё]{3,}) )?(?P<name>[A-Za-z]{4,})(?: (?P<after>[а-яё]{4,}))?")
"""A word in both alphabets: `Квантиль Quantile`, `Consensus консенсус`."""
_OR = pattern(r"(?P<name>\S+(?: \S+)?) (?:or|или|/) (?P<other>\S+(?: \S+)?)")
_JOINED = pattern(" (?:or|или|/) ")
_EITHER = pattern(r"(?P<name>[^\W\d_][\w-]+(?: [\w-]+){1,2}) (?:or|или) (?P<other>[^\W\d_][\w-]+(?: [\w-]+){0,3})")
"""A name of two words or more and another one; `call or put option` lacks a word."""
_TAGS = frozenset({"description-item", "bold-dash", "bold-colon", "dash-item"})
_TRUST = 0.8


def split(name: str, rule: str) -> tuple[str, tuple[Alias, ...]]:
    """The first name in NAME, or the longer one of an acronym and its words, with the other as alias; else NAME alone."""
    first, _, rest = name.partition(" ")
    begin, _, last = name.rpartition(" ")
    for short, long in ((first, rest), (last, begin)):
        if " " in long and acronyms.is_acronym(short) and acronyms.abbreviates(short, long):
            return long, (Alias(short, AliasKind.ACRONYM, rule, _TRUST),)
    if not rest:  # one word, as most names are
        return name, ()
    if last in _PARTS_OF_SPEECH and begin.isalpha() and begin.islower():
        return begin, ()  # `overloading v`
    if first == "All" and len(rest) > 1 and rest.isupper() and rest.isalpha():
        return rest, ()  # `All PIM routers`
    if not name.isascii() and (match := _TWO_SCRIPTS.fullmatch(name)):
        return match["name"], (Alias(match["other"], AliasKind.TRANSLATION, rule, _TRUST),)
    if not name.isascii() and (match := _RUSSIAN_FIRST.fullmatch(name)):
        russian = folding.key(match["other"])
        if any(synonym.key == russian for synonym in synonyms.translations_of(folding.key(match["name"]))):
            return match["name"], (Alias(match["other"], AliasKind.TRANSLATION, rule, _TRUST),)
    if not name.isascii() and (match := _SOUNDING.fullmatch(name)):
        russian, other = match["before"] or match["after"], match["name"]
        if bool(match["before"]) != bool(match["after"]) and (
            loans([russian.lower()], {other.lower(), folding.fold_word(other)})
            or is_international(russian.lower(), other.lower())
        ):
            return other, (Alias(russian, AliasKind.TRANSLATION, rule, _TRUST),)
    if (
        _JOINED.search(name)
        and (match := _OR.fullmatch(name))
        and folding.key(match["other"]).startswith(folding.key(match["name"]))
    ):
        return match["name"], (Alias(match["other"], AliasKind.VARIANT, rule, _TRUST),)
    either = _EITHER.fullmatch(name) if rule in _TAGS and _JOINED.search(name) else None
    if either and FUNCTION_WORDS.isdisjoint(either["name"].lower().split()):
        return either["name"], ()  # what else it says may be another name or another thing
    return name, ()
