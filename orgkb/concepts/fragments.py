"""Texts behind a name that are no phrase about it: a place, code, an address, an instruction, half of another name."""

from __future__ import annotations

import re

from orgkb.concepts import spelling
from orgkb.concepts.lexicon import FUNCTION_WORDS, morphology
from orgkb.concepts.lexicon.tables import known_names, listed
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.signs import is_quality
from orgkb.patterns import pattern

_LISTED = frozenset({"dash-item", "dash-line", "dash-heading", "colon-item", "explained-item"})
"""Rules that take for a definition whatever stands behind a name; a writer who marks the term chooses the words."""
_MARKED = frozenset({"bold-dash", "bold-colon"})


def is_fragment(name: str, text: str, rule: str) -> bool:
    """Whether TEXT, which RULE found behind NAME, is no phrase that could say what it is."""
    if _LINK in text and _is_linked(text):
        return True
    if rule.startswith("colon") and _ERROR.fullmatch(name):
        return _RAISED.match(text) is None
    if rule == "copula":
        return not text.isascii() and _is_quality_in_russian(text)
    if " " not in text and (rule in _LISTED or rule in _MARKED) and _is_kept_apart(name, text):
        return True
    if rule in _OF_SECTIONS and _TWO.fullmatch(text):
        return True
    if rule not in _LISTED:
        return rule in _MARKED and (_is_code(text) or _DOTS.fullmatch(text) is not None)
    if _DOTS.fullmatch(text) or (rule == "dash-heading" and _is_told_of_part(text)):
        return True
    short = len(_WORD.findall(text)) <= _SHORT
    if short and (text.endswith(":") or _PLACE.match(text)):
        return True  # `chmod - for whom:` leads in to what stands below
    if not text.isascii() and (
        STEP.match(text) or _PATH.match(text) or _is_remark_in_russian(text) or _goes_on(name, text)
    ):
        return True
    return _is_code(text)


_OF_SECTIONS = frozenset({"dash-heading", "sister-section"})
"""Rules that find what a section is about, which may be topics."""
_TWO = pattern(r"[^\W\d_][\w/-]*(?:\s[\w/-]+)?,\s[^\W\d_][\w/-]*(?:\s[\w/-]+)?\.?")
"""`Hybrid architecture - REST, RPC/XML`"""
_THIRD = pattern(r"\s[-–—]\s")


def _is_told_of_part(text: str) -> bool:
    """Whether TEXT behind the dash of a title is a topic with what the section says of that: `disk encryption - full install`."""
    topic, *said = _THIRD.split(text, maxsplit=1)
    words = topic.lower().split()
    return bool(said) and 1 < len(words) <= _SHORT_TOPIC and FUNCTION_WORDS.isdisjoint(words)


_SHORT_TOPIC = 3
"""Words of a topic, where one may be another name; `wrapper around memcached - …` says what the thing is."""


def _is_kept_apart(name: str, text: str) -> bool:
    """Whether TEXT, one Latin word, is an owner, a value or an example of NAME: `Mesos - Apache`, `property - innerHTML`.

    A plain word may be a synonym of another or translate it, and what an acronym stands for is its meaning.
    """
    word = text.rstrip(".,;!")
    if not _LATIN.fullmatch(word) or not _LATIN.fullmatch(name):
        return False
    if word.isalpha() and word[1:].islower():
        if word[0].isupper():
            return word in known_names() or word in listed("organisations")
        if word in FUNCTION_WORDS:
            return spelling.is_known(name.lower())  # `Context - this`
        return bool(_CODE_NAME.search(name)) and spelling.is_known(word)
    if "-" in word:
        last = word.rpartition("-")[2]
        return last.endswith("ed") or is_quality(last)
    if name.isupper() and name[0] == word[0].upper():
        return False
    return bool(_IDENTIFIER.search(word)) and ("/" in word) <= ("/" not in name)


_CODE_NAME = pattern(r"[a-z][A-Z]|[^\W\d_]\d|\w[._]\w")
_IDENTIFIER = pattern(r"[a-z][A-Z]|[^\W\d_]\d|\w[._/]\w")
_LATIN = pattern(r"[\x20-\x7e]+")
_DOTS = pattern(r"\w+\s?(?:\.\.\.|…)")
"""`Type alias - type ...`: how it is written."""
_WORD = pattern(r"[^\W\d_]+")
_SHORT = 6
"""Words of a place; longer texts say what happens there."""
_PLACE = pattern(
    r"(?:in|of|on|inside|within)\s(?!order|case|general|short|which|top\sof)|(?:внутри|в|во|на)\s(?!основе|случае|виде|режиме|котор)",
    re.IGNORECASE,
)
"""`strict mode - inside a class`, `busy bit - of the controller`: where a thing is, not what."""


# --- code and addresses ---

_ERROR = pattern(r"\w*[a-z](?:Error|Exception|Warning)")
_RAISED = pattern(
    r"(?:is\s)?(?:raised|thrown|occurs|when|if|an?|the|for|base|common|возника|если|когда)\b", re.IGNORECASE
)
"""What says what an error is, where its message says what went wrong once: `RuntimeError: Expected a device`."""
_LINK = "://"
_ADDRESS = pattern(r"(?:https?|ftp)://\S+")


def _is_linked(text: str) -> bool:
    """Whether TEXT is an address with a word or a licence beside it: `MIT - https://example.org`."""
    return len(_WORD.findall(_ADDRESS.sub(" ", text))) <= 1


_CODE_SIGN = pattern(r"[_=@{}\[\]<>$#|&~]|\w[.(]\w|\w\(\)|(?:^|\s)/\w|\b0x")
_CODE = pattern(r"\S*(?:[_=@{}\[\]<>$#|&~]|\w[.(]\w|\w\(\)|\b0x)\S*|(?<!\S)/\w\S*")
_FORMULA = pattern(r"[\\∑∏∫√]|(?<!\w)\$\S[^$]*\$(?!\w)|\s[=≈<>≤≥+*/^∈×]\s")
_PLAIN = pattern(r"(?!(?:and|or|или)\b)[^\W\d_]{3,}")


def _is_code(text: str) -> bool:
    """Whether TEXT has no words but those of a program: `sys.path.insert(0)`, `$x, $x[1]`; a formula may be a definition."""
    if not _CODE_SIGN.search(text) or _FORMULA.search(text):
        return False
    return _PLAIN.search(_CODE.sub(" ", text)) is None


# --- Russian ---

STEP = pattern(
    r"(?:мы\s)?(?:выбира|нажима|открыва|закрыва|клика|указыва|перетаскива|вставля|копиру|добавля)ем\s|(?:жм[её]|ж[её]м|вводи|переходи|заходи|стави)м\s",
    re.IGNORECASE,
)
"""What we do on a screen: `Столбец - выбираем показатель`."""
_PATH = pattern(r"[А-ЯЁ][а-яё]+(?:\s[а-яё]+)?\s[-–—]\s")
"""`Вставка - Фильтр - выше графика`: one menu in another."""
_FIRST_WORD = pattern(r"(?:очень\s|весьма\s|слишком\s)?(?P<word>[А-ЯЁа-яё]{4,})(?=[\s,.;]|$)")
_INFINITIVE = pattern(r"\s[а-яё]+(?:ть|ти|чь)(?:ся)?\b")
_SAYING_WHAT_FOR = word_set("нужен нужна нужно нужны необходим похож похожа похоже похожи способен способна способно")
_SAID_OF_THINGS = frozenset({"ADJS", "PRED", "COMP"})


def _is_remark_in_russian(text: str) -> bool:
    """Whether TEXT begins with what is only said of a thing: `непрерывна по определению`, `сложно оценить`."""
    match = _FIRST_WORD.match(text)
    if not match or not morphology.is_known(word := match["word"].lower()) or word in _SAYING_WHAT_FOR:
        return False
    parts = {form.part for form in morphology.forms(word)}
    if word.endswith("о"):
        # `сложно оценить`, but not the `причинно` of `причинно следственный`
        return parts <= _SAID_OF_THINGS | {"ADVB"} and _INFINITIVE.match(text, match.end()) is not None
    return parts <= _SAID_OF_THINGS


_INSTRUMENTAL = pattern(r"(?P<word>[А-ЯЁа-яё]+(?:[оеы]й|[ыи]ми?))(?=[,.;]|\sи\s|$)")


def _is_quality_in_russian(text: str) -> bool:
    """Whether TEXT after `является` begins with an adjective and no noun: `родительской, а две другие …`."""
    match = _INSTRUMENTAL.match(text)
    if not match or not morphology.is_known(word := match["word"].lower()):
        return False
    return all(form.part in {"ADJF", "PRTF"} for form in morphology.forms(word))


_NAMES_JOINED = pattern(r"[A-ZА-ЯЁ][^\W\d_]+(?:\s?[-–—]\s?[A-ZА-ЯЁ][^\W\d_]+)+(?:\s\([^()]{1,10}\))?[.;]?")


def _goes_on(name: str, text: str) -> bool:
    """Whether TEXT is the rest of a NAME that joins the names of people: `схема Ивана - Петра - Павла`."""
    return name.rpartition(" ")[2][:1].isupper() and _NAMES_JOINED.fullmatch(text) is not None
