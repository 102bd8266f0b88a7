"""Heads: whether a concept is what a definition says its term to be, and the copula that says it."""

from __future__ import annotations

import re

from orgkb.concepts import spelling
from orgkb.concepts.blocks import Block
from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS
from orgkb.concepts.lexicon.morphology import is_noun
from orgkb.concepts.lexicon.tables import proper_words
from orgkb.concepts.linking import Hit
from orgkb.concepts.relations.phrases import MAX_WORDS
from orgkb.concepts.relations.verbs import BASES, DETERMINERS, is_finite, is_verb
from orgkb.patterns import pattern

_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)
_RUSSIAN_ADJECTIVE = pattern(r".+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)", re.IGNORECASE)
_ANY_ADJECTIVE = pattern(r".+(?:[ыо]й|ий|ая|яя|ое|ее|[ыи]е|ого|его|[оы]м|им|[ыи]х|[ыи]ми|ую|юю)", re.IGNORECASE)
_ONLY = frozenset({"лишь", "только", "просто", "также", "ещё", "еще", "уже"})
_MAX_PART = 3
_FEW = 2
_MAX_BEFORE = 5

_DEFINING = frozenset({"description-item", "bold-dash", "bold-colon"})
_ARTICLES = frozenset({"a", "an", "the"})


def is_head(text: str, body: int, end: int, hit: Hit, rule: str) -> bool:
    """Whether a definition without verb is of the form `[adjectives] concept …`, and not a sentence about it."""
    before = text[body : hit.start].split()
    rest = text[hit.end : hit.end + 40]
    after = rest.split()
    name = hit.mention.text
    # `мониторинг кубернетиса`: a Russian noun before it makes it a genitive; `a -> b` is a way.
    if before and _CYRILLIC.search(before[-1]) and not _is_russian_adjective(before[-1]):
        return False
    # `Deployment, StatefulSet` are examples, `kind of object` is no kind.
    # `distributed key-value store, …` says what it is before it goes on.
    ended = rest[:1] == "," and bool(before) and before[0].lower() not in FUNCTION_WORDS - _ARTICLES
    if (
        "," in text[body : hit.start]
        or (rest[:1] in {",", "/", "(", "-", "&"} and not ended)
        or after[:1] in _NO_HEAD_BEFORE
    ):
        return False
    # `sink - type to create` tells what is done with the type.
    if _TO_DO.match(rest) or _COLUMN.match(rest):
        return False
    article = before[:1] != [] and before[0].lower() in _ARTICLES
    if after and (after[0].lower() in {"and", "or", "и", "или"} or (after[0].lower() == "of" and not article)):
        return False
    if any(not _PLAIN_WORD.fullmatch(word) for word in before) or is_verb(name):
        return False
    if len(before) > _MAX_BEFORE or any(word.strip(",").lower() in FUNCTION_WORDS - _ARTICLES for word in before):
        return False
    # `operation in-between variables`
    if any(word.partition("-")[0].lower() in PREPOSITIONS for word in before if "-" in word):
        return False
    if len(before) > _FEW and any(is_finite(word.lower()) or word in DETERMINERS for word in before[1:]):
        return False
    # `Guide the model in …`, `Call column view in …` are orders; `Groups similar features` tells what is done.
    if len(before) > 1 and before[1].lower() in DETERMINERS:
        return False
    if before and before[0].endswith("s") and before[0][:-1].lower() in BASES:
        return False
    if article:
        return not _goes_on(after, rest)
    # `Rhino - Mozilla` says whose it is, `B-Method - software development` what it is about.
    if (
        is_proper(name)
        or name in proper_words()
        or (not before and not text[hit.end : end].strip(" .;\n") and rule not in _DEFINING)
    ):
        return False
    # `ontologies used to model`, `flow through stages` tell what is done.
    if after and (after[0].lower() in _WAYS or (name.lower().endswith("s") and after[0].lower().endswith("ed"))):
        return False
    return not _goes_on(after, rest)


def _is_russian_adjective(word: str) -> bool:
    # `состояний` is none, whatever its ending.
    return _RUSSIAN_ADJECTIVE.fullmatch(word) is not None and not is_noun(word.lower())


_PLAIN_WORD = pattern(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_COLUMN = pattern(r" ?\t")
_TO_DO = pattern(r"\sto\s[a-z]+\s*(?:[.;,)\n]|$)")
_NO_HEAD_BEFORE = ([">"], ["<"], ["≥"], ["≤"], ["≠"], ["→"], ["->"], ["&"], ["|"], ["+"], ["="], ["..."])
_WAYS = frozenset({"through", "across", "along", "around", "up", "out", "off"})


def _goes_on(after: list[str], rest: str) -> bool:
    return bool(after) and rest[:1].isspace() and is_finite(after[0].strip(",.;:").lower())


def is_proper(name: str) -> bool:
    """Whether NAME is written like that of one thing: `CRI-O`, `Open Container Initiative`, `Mozilla`."""
    words = name.split()
    if any(char.isupper() for word in words for char in word[1:]):
        return True
    return name[:1].isupper() and (
        all(w[:1].isupper() for w in words[1:]) if words[1:] else not spelling.is_known(name.lower())
    )


def is_adjective(text: str, hit: Hit) -> bool:
    """Whether HIT, named after a copula, only describes the noun that comes later."""
    if text[hit.start - 1 : hit.start] in {"-", "‑"} or _COORDINATED.match(text, hit.end):
        return True
    return text[hit.end : hit.end + 1] == "," and not _WHICH_OR_THAT.match(text, hit.end)


_COORDINATED = pattern(
    r"\s(?:and|or)\s[a-z-]+\s(?:tools?|platforms?|librar(?:y|ies)|systems?|frameworks?|engines?|services?|languages?|software)\b"
)
"""`a visualization and analytics tool`"""
_WHICH_OR_THAT = pattern(r",\s(?:which|that|used|where|based|котор|а|но|but)\b", re.IGNORECASE)


def is_described(words: str) -> bool:
    """Whether WORDS, between a copula and a concept, only describe that: `a faster but less reliable` protocol."""
    match = _DESCRIBED.fullmatch(words)
    return match is not None and not any(
        is_finite(word) or word in FUNCTION_WORDS - _DEGREES for word in match["how"].lower().replace(",", " ").split()
    )


_DESCRIBED = pattern(r"\s*(?:an?|the)\s(?P<how>(?:[A-Za-z-]+,?\s){1,6})")
_DEGREES = frozenset({"and", "but", "or", "more", "less", "most", "very", "quite", "rather", "almost", "often", "yet"})


def copula_before(block: Block, body: int) -> str:
    """The copula that stands right before a definition: `is`, `are`, `это`."""
    before = block.text[max(0, body - 24) : body].split()
    return before[-1] if before and before[-1].lower() in {"is", "are", "это", "является"} else ""


def with_copula(copula: str, label: str, words: str) -> str:
    """LABEL with the verb before it; the verb alone where the concept is the head of the definition."""
    own = [word for word in words.split() if word not in _ONLY]
    if not label and 0 < len(own) <= _MAX_PART and _CYRILLIC.search(own[-1]) and not _ANY_ADJECTIVE.fullmatch(own[-1]):
        return f"{copula} {' '.join(own)}"  # `является частью`, `является лишь улучшенной версией`
    if not label:
        return f"{copula} a" if copula == "is" and words.split()[:1] in (["a"], ["an"]) else copula
    first = words.split()
    own = [word for word in first if word.lower() not in {"a", "an", "the"}]
    # Only a phrase that begins right after the copula goes on from it.
    if own[:1] != label.split()[:1] or is_finite(own[0].lower()):
        return label
    article = f"{first[0]} " if first[0].lower() in {"a", "an", "the"} else ""
    joined = f"{copula} {article}{label}"
    return joined if len(joined.split()) <= MAX_WORDS else label
