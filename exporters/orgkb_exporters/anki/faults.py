"""Why a definition is not worth a card: it is no definition, it breaks off, or too little speaks for it (`worth`)."""

from __future__ import annotations

import re
from typing import Final

from orgkb.concepts.halves import is_said
from orgkb.concepts.lexicon.english import KEYWORDS, VERB_BASES
from orgkb.concepts.signs import is_quality
from orgkb.patterns import pattern
from orgkb_exporters.anki import prose
from orgkb_exporters.anki.naming import (
    is_circular,
    is_eastern,
    is_expansion,
    is_name,
    is_of_other,
    is_other_name,
    starts_with,
)
from orgkb_exporters.anki.russian import begins_inflected, disagrees, is_oblique
from orgkb_exporters.anki.verbs import is_adverb
from orgkb_exporters.anki.worth import Signs, is_praise, worth

ENOUGH: Final = 1.5
ENOUGH_ALONE: Final = 1.75
"""The sum from which a definition is worth a card, with a form of its own and without."""
MAX_COMMAS: Final = 5
NEARBY: Final = 16
"""Characters beyond its own length within which a definition that speaks of its term names it."""
PART: Final = 5
"""Words of a definition that only tells what something is a part of."""
# A name that tells what something does: "provides undo", "supports themes"; or when something holds.
_DOES = pattern(
    r"(?:provides?|supports?|allows?|requires?|contains?|includes?|offers?|has|have|is|are|can|does|doesn't|uses|needs|makes|works|becomes|gives|keeps|runs"
    r"|поддерживает|позволяет|требует|содержит|имеет|является)\s\w|.*\s(?:if|whether|unless)\s",
    re.IGNORECASE,
)
# What values it takes, what is told of each of several, what something else has.
_VALUES = pattern(
    r"(?:(?:the\s)?(?:valid|possible|allowed|supported|accepted|available|default)\s(?:values?|options?)|values?\sare|(?:допустим|возможн)\w+\sзначени\w+|значени\w+\sпо\sумолчанию)\b",
    re.IGNORECASE,
)
_INSTEAD = pattern(r"(?:most|many|rather\sthan|instead\sof|in\sorder\sto)\s(?!of\s)", re.IGNORECASE)
# Two other things against each other, or what other things mostly are: "spot prices are …, while futures …".
_AGAINST = pattern(
    r"(?!(?:an?|the|any|one|it|which|that)\s)(?:[\w-]+\s){1,6}?(?:is|are|have|has|do|does|can|reflects?|use|uses|need|needs|take|takes)\s"
    r"(?:(?:typically|usually|generally|often|mostly|commonly)\s|.*(?:,\s(?:while|whereas)\s|\b(?:more|less)\s\w+\sthan\b|\w{3,}er\sthan\b))",
    re.IGNORECASE | re.DOTALL,
)
_EXAMPLE = pattern(r"""[\[{][^\]}]*["'‘“,][^\]}]*[\]}]|["“«][^"”»]+["”»]\s(?:can|could|may|might|would|is|are)\s""")
# "Yandex, Google and others": those who are it.
_NAMES = pattern(r"[A-Z]\w+,\s(?:[A-Z]\w*\s)?[A-Z]\w+")
# Many of them, or a role they play, but not which.
_NO_GENUS = pattern(
    r"(?:is\s|are\s)?used\sby\s|(?:is\s|are\s)?(?:an?\s|the\s)?(?:(?:set|group|collection|type|kind|list|number|part|form|sort|class)s?\sof\s\w+|(?:набор|группа|множество|вид|тип|часть|список)\s[а-яё]+"
    r"|\w+\sto\s\w+)\W*\Z"
    r"|(?:an?\s|the\s)?(?:overloaded|abstraction|generic|general|broad)\s(?:terms?|types?|words?|concepts?)(?:\sin\s\w+)?\W*\Z"
    r"|(?:an?\s|the\s|one\sof\sthe\s)?(?:major|key|crucial|important|main|big|essential|critical|common)\s(?:factor|part|role|aspect|element|reason|step|difference|feature|question|issue|problem)s?\b",
    re.IGNORECASE,
)
# A verb that needs an object stands last, or a label with little behind it.
_STOPS = pattern(
    r"\b(?:(?:that|which|who|commit|each\s\w+)\s(?!it\s)(?:combines|creates|provides|contains|includes|allows|requires|enables|supports|uses|gives|makes|needs|has|have|is|are)"
    r"|by\s(?:modifying|using|adding|changing|creating|removing|applying|taking|making|giving|providing)|(?:pros|cons|плюсы|минусы):(?:\s\S+){0,3})\W*\Z"
    r"|\b\d\)\s(?:or|and)\s\d\)",
    re.IGNORECASE,
)
# A formula of its own, told of beside the term: "returns the most. =MIN(A1:B2) - returns the least".
_FORMULA = pattern(r"\s=[A-Z]{2,}\(.*\)\s[-–—]\s")
# Two facts, or pieces that nothing joins.
_TWO_FACTS = pattern(r"\?.*\?", re.DOTALL)
_VERSUS = pattern(r"(?:\S+\s){1,5}vs\.?\s", re.IGNORECASE)
_STOP = pattern(r"(?<=[.;])\s")
_DASH = pattern(r"\s[-–—]\s")
_PIECES: Final = 3
"""Dashes between words that make a definition a row of remarks."""
# "a vertex of this polytope": which one stands elsewhere.
_POINTS = pattern(r"\A(?:\S+\s){0,10}(?:of|in|for|from|by|to|with)\s(?:this|these)\s\w+\W*\Z", re.IGNORECASE)
# «указывается при создании»: where or when it is done.
_WHERE = pattern(
    r"[а-яё]+(?:ется|ится|ются|ятся|утся|атся)\s(?:при|в|во|на|после|перед|до|когда|если)\s", re.IGNORECASE
)
_EXPRESSION = pattern(r"\w\s[-+*/=<>%]\s\w")
_SHORT_PART = pattern(r"(?:an?\s|the\s)?(?:parts?|pieces?|aspects?|details?|часть)\s(?:of\s)?", re.IGNORECASE)
# Addressed to who does the work.
_EXHORTS = pattern(
    r"(?:consider|ensure|restrict|learn|encourage|focus|remember|think|aim|review|prefer|strive|prioriti[sz]e|recogni[sz]e|be|учитывайте|помните|старайтесь)\s",
    re.IGNORECASE,
)
_FUNCTION_START = pattern(
    r"(?:the\s(?:greater|more|less|higher|lower|bigger|smaller|closer)\sthe|running|having|being|depending|wherein|whereby|thereby|therefore|hence|additionally|respectively|for\sexample,?|for\sinstance,?|e\.g\.?,?|например,?|which|that|and|but|because|becouse|as|than|or|if|so|who|whose|"
    r"котор\w+|и|а|но|потому|как|чем|или|если|чтобы|что)\s",
    re.IGNORECASE,
)
_VALUE = pattern(
    r"""(?:["'«“][^"'»”]*["'»”]|[A-Z]\w+(?:,\s[A-Z]\w+)+|v?\d[\w.]*(?:\s[a-z]+)?"""
    r"""|(?:true|false|yes|no|null|none)(?:(?:,|\sor)?\s(?:true|false|yes|no|null|none))*)[.;]?""",
    re.IGNORECASE,
)
# What type it has, or how it may be written: "Function - called when done", `"as", 'as'`.
_TYPED = pattern(
    r"(?:function|string|boolean|bool|number|object|array|integer|int|float|str)\s?(?:[-–—:,;]\s|\W*\Z)|[\"'`][^\"'`]{1,20}[\"'`],",
    re.IGNORECASE,
)
# A clause in place of a name: "list all packages", "pooling losing information".
_CLAUSE = pattern(
    r"(?P<verb>[a-z]+)\s(?:all|the|an?|any|every|each|your|my)\s\w|.*\w\s(?:losing|using|having|being|making|giving|taking|without)\s\w",
    re.IGNORECASE,
)
# What kind of thing, and not which: `First-order`, `Rule-based`.
_COMPOUND = pattern(r"[\w-]+-(?:order|based|level|driven|oriented|specific|free|aware|wise|like|gated)", re.IGNORECASE)
# Only near what kind of thing it is.
_LITTLE = pattern(
    r"(?:an?\s|the\s|one\sof\s)?(?:(?:good|bad|simple|classic\w*|typical|special)\s)?(?:examples?\sof|(?:less|more|most)\s\w+\s(?:form|kind|type|version)"
    r"|example|synonym|analog(?:ue)?|alternative|близкое|аналог|синоним|пример)\b(?!.{80})|something\s(?:similar|else)\W*\Z",
    re.IGNORECASE,
)
_SAYS = pattern(
    r"\b(?:is|are|was|has|have|had|can|may|will|does|do|means?|\w{3,}(?:s|ed|es)|это|является|являются|\w+(?:ет|ит|ут|ют|ат|ят)(?:ся)?)\b",
    re.IGNORECASE,
)
_NO_PARTICIPLE: Final = frozenset(
    ["embed", "speed", "breed", "bleed", "greed", "steed", "creed", "indeed", "newsfeed", "seaweed"]
)
# "What is hard?": a quality of something that stands above it.
_QUALITIES: Final = prose.read_words("qualities")


def _is_half(term: str, *, explicit: bool) -> bool:
    """Whether TERM only says how a thing is, whose name stands above it: `global`, `First-order`; or is a clause."""
    clause = _CLAUSE.match(term)
    if clause and (clause["verb"] is None or clause["verb"].casefold() in VERB_BASES):
        return True
    word = term.casefold()
    if explicit or word in KEYWORDS or not term.isascii():
        return False
    # `Failed` may be a state, `weighted` is none.
    quality = is_quality(word) and not (term[0].isupper() and word.endswith("ed")) and word not in _STATES
    return bool(quality or _COMPOUND.fullmatch(term) or (word.isalpha() and is_said(word)))


_STATES: Final = frozenset({"undefined", "deprecated", "optional", "required"})


def fault(term: str, text: str, signs: Signs) -> str | None:
    """Why TEXT of TERM is not worth a card; None where it is."""
    if is_eastern(term + text) or (signs.marked and prose.is_translation(term, text)):
        return None
    if text.count(",") >= MAX_COMMAS and len(prose.content_words(text)) < 3 * MAX_COMMAS:
        return "the definition is a list of more than five"
    if is_oblique(term) or (len(prose.words(term)) == 1 and is_adverb(term)):
        return "its name is no subject"
    if (
        _EXPRESSION.fullmatch(term)
        or (_DOES.match(term) and len(prose.words(term)) > 1)
        or prose.fold(term) in _QUALITIES
    ):
        return "its name is no subject"
    if _is_half(term, explicit=signs.explicit):
        return "its name is no subject"
    if signs.sentence and re.fullmatch(r"[a-z]{4,}ed", term) and term not in _NO_PARTICIPLE:
        return "its name is no subject"
    if (
        re.match(r"[.,;:)\]]|-[a-zа-я]{4,}", text)
        or _STOPS.search(text)
        or re.sub(r"(?<!\w)\w\)|[:;]-?\)", "", text).count(")") > text.count("(")
        or re.search(r"[{\[(<]\s*\Z|\b(?:respectively|соответственно)\b(?!.{60})", text)
        or re.search(r"[-–—]\s?[.,;](?:\s|\Z)", text)
        or re.search(r"\s\(?\d{1,2}\)\s*\Z", text)
    ):
        return "the definition breaks off"
    if is_circular(term, text):
        return "the definition is made of the term"
    if _VALUE.fullmatch(text.strip()) or _TYPED.match(text) or _VALUES.match(text) or _NAMES.match(text):
        return "the definition is a value"
    if _EXAMPLE.match(text):
        return "the definition is an example"
    if _VERSUS.match(text):
        return "the definition compares other things"
    if _AGAINST.match(text) and not prose.gives_away(term, text[: len(term) + NEARBY]):
        return "the definition compares other things"
    if _TWO_FACTS.search(text) or len(_DASH.findall(_STOP.split(text)[0])) >= _PIECES:
        return "the definition is more than one fact"
    if ");" in text:
        return "the definition is code"
    if is_praise(text) or is_other_name(term, text):
        return "the definition does not say what it is"
    if (
        _INSTEAD.match(text)
        or _FORMULA.search(text)
        or is_of_other(term, text)
        or (_EXHORTS.match(text) and not is_name(term))
    ):
        return "the definition does not say what it is"
    if (
        (_FUNCTION_START.match(text) and not is_expansion(term, text))
        or begins_inflected(text)
        or disagrees(term, text)
    ):
        return "the definition is half a sentence"
    if _POINTS.search(prose.SENTENCE_END.split(text)[0]) or _WHERE.match(text):
        return "the definition does not say what it is"
    if _NO_GENUS.match(text) and not is_expansion(term, text):
        return "the definition says too little of what it is"
    if _SHORT_PART.match(text) and len(prose.content_words(text)) <= PART:
        return "the definition says too little of what it is"
    if _LITTLE.match(text) or (
        (not signs.explicit or " " in term) and starts_with(text, term) and not _SAYS.search(text)
    ):
        return "the definition says too little of what it is"
    least = ENOUGH if signs.marked else ENOUGH_ALONE
    return None if worth(term, text, signs) >= least else "the definition says too little of what it is"
