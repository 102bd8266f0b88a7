"""Texts behind a name that speak of the thing and do not say what it is: examples, members, advice, values.

They stay evidence that the name is a term, and relations are read from them; they are not shown as its definition, since
none is better than a false one.
"""

from __future__ import annotations

import re

from orgkb.concepts import fragments, spelling
from orgkb.concepts.lexicon.tables import listed
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.signs import is_in_common_script, is_quality
from orgkb.patterns import pattern

_BEHIND_DASHES = frozenset({"dash-item", "dash-line", "colon-item"})
_ONE_WORD_TITLES = frozenset({"dash-heading"})
"""Rules of titles, where one word behind a dash is a topic: `Yandex Cloud - news`."""


def only_describes(name: str, text: str, rule: str) -> bool:
    """Whether TEXT, which RULE found behind NAME, does not say what that is."""
    if not is_in_common_script(name):
        return False  # in a vocabulary `for example` is a meaning
    text = text.strip()
    return (
        _OTHERWISE.match(text) is not None
        or (rule != "description-item" and _REMARK.match(text) is not None)
        or _USUAL.fullmatch(text) is not None
        or (_HISTORY.fullmatch(text) is not None and _DASH_INSIDE not in text)
        or _says_itself(name, text)
        or (rule in _BEHIND_DASHES and _is_a_mark(name, text))
        or (rule in _ONE_WORD_TITLES and _is_topic(name, text))
        or _lists_members(name, text)
        or fragments.is_fragment(name, text, rule)
    )


def says_little(text: str) -> bool:
    """Whether TEXT tells when (`when the data have no outliers`), what a thing can or must do, or first whose it is.

    It is shown where nothing says more: the first may be what a state is, the second all that the notes want to know of a
    thing (`bind mounts - can be modified`), and an owner may be followed by what it is (`Google - an open source Borg`).
    """
    return (
        _CONDITION.match(text) is not None
        or _MODAL.match(text) is not None
        or text.partition(_DASH_INSIDE)[0] in listed("organisations")
    )


_CONDITION = pattern(r"(?:when|if|whenever|unless|если|когда)\s", re.IGNORECASE)
_LATIN = pattern(r"[\x20-\x7e]+")
_WORD = pattern(r"[A-Za-z][A-Za-z-]*[.?]?")
_OTHERWISE = pattern(
    # examples
    r"(?:such\sas|e\.?g\.|eg:|ex[.:]|examples?:|for\s(?:example|instance)\b|например\b|напр\.|к\sпримеру\b|так(?:ой|ая|ое|ие)\sкак\b)\s*(?=\S)"
    # advice
    r"|(?:if|when|whenever|in\scase|unless)\syou(?:['’]re|['’]ve)?\b|если\s(?:вы|ты)\b|когда\s(?:вы|ты)\b"
    r"|start\s(?:by|with)\s[a-z]+ing\b|you\s(?:should|must|need|have\sto|don['’]t\s(?:need|have))\b|make\ssure\b|be\s(?:sure|careful)\b|(?:do\snot|don['’]t)\s(?:use|forget|be)\b"
    r"|avoid\s[a-z]+ing\b|[а-яё]{2,}(?:йте|ите|ьте)(?:сь)?\s(?=[а-яё])|не\s(?:стоит|забывайте|используйте)\s"
    r"|(?:prefer|beware|remember)\s|research\s(?:whether|how)\b|consider\s(?:an?|the|whether|[a-z]+ing)\s|keep\s(?:it|your|in\smind|an\seye)\b"
    r"|have\s(?:an?|clear|some|someone|no)\s|(?:design|plan)\sfor\s|invest\sin\s|think\s(?:of|about|before)\s|we(?:['’](?:ll|re|ve)|\s(?:will|should|need|must))\s"
    # who tells it, and where it has been told
    r"|I\s(?:found|tried|use)\s|you\s(?:are|get|see|will)\s"
    r"|something\ssimilar\b|see\s(?:above|below)\b|(?:the\s)?same\sas\sabove\b|то\sже\sсамое\.?$|аналогично\.?$"
    # what it does not
    r"|(?:is\s|are\s)?not\s(?:supported|required|needed|necessary|recommended|planned|implemented|available|part\sof|working"
    r"|intended|compatible|yet|for)\b|no\slonger\b|does(?:\snot|n['’]t)\s(?:include|provide|support|work)\b"
    r"|do(?:\snot|n['’]t)\s(?:include|provide|support|work)\b|не\s(?:умеет|поддерживает|работает|требуется|нужен|нужна|нужно)\b"
    # praise as a choice
    r"|(?:(?:it\s)?(?:is|are)\s)?(?:an?|the)\s(?:most\s|very\s)?(?:popular|preferred|recommended|common|usual|default|best|good)\s"
    r"(?:choice|option|approach|alternative)\b",
    re.IGNORECASE,
)
_REMARK = pattern(
    # how much of it, and since when
    r"(?:mainly|mostly)\.?$|(?:already|becomes?|became)\s|(?:is|are)\sno\s|limited(?:$|\s[-–—(])|never\suse\s"
    r"|(?:only|always)\s(?:required|recommended|needed|used|called|available|on|off)\b"
    r"|very\s(?:useful|important|good|common|popular|simple|easy|slow|fast)(?:[.,;!]|$)"
    r"|(?:(?:is|are)\s)?the\s(?:most\s)?[a-z]+\sto\s[a-z]+\sand\s"
    r"|in\s(?:[A-Z][a-z]+\s)?(?:1[5-9]|20)\d\d\b|в\s(?:1[5-9]|20)\d\d\b"
    # how often, and how many
    r"|(?:every|each)\s(?:\d|few\s|(?:day|week|month|year)s?\b)|\d[\d.,]*\s?(?:(?:thousand|million|billion|trillion)s?|тыс|млн|млрд)\b"
    r"|no\s(?:solution|support|idea|way|problem|documentation)s?[.!]?$"
    # a value
    r"|default\s?(?:[:=]|is\b|[-–—]\s|\d)(?=\s*(?:\S+(?:\s+|$)){3})(?!.*\swhether\s)"
    # what is told below
    r"|(?:достоинства|преимущества|плюсы|pros|advantages)\s(?:и|and)\s(?:недостатки|минусы|cons|disadvantages)\b",
    re.IGNORECASE,
)
_MODAL = pattern(
    r"(?:can|cannot|may|might|must|should|requires?(?=\s[^.]*$)|может|могут|должн[ыао])"
    r"\s(?!be\sused\s(?:to|for|as|in)\b|refer\b|mean\b|not\sonly\b|(?:быть\s)?использова)(?=[a-zа-яё])(?![^?.]*\?)",
    re.IGNORECASE,
)
_USUAL = pattern(
    r"v?\d[\w.]*\s(?:usually?|usualy|by\sdefault|обычно|по\sумолчанию)\.?|(?:usually|обычно)\sv?\d[\w.]*\.?",
    re.IGNORECASE,
)
_HISTORY = pattern(
    r"(?:(?:first\s)?(?:launched|released|founded|introduced|invented|discontinued|abandoned)\s(?:in|by)|replaced\sby|began|originated|since)"
    r"\s[^.–—]*\.?",
    re.IGNORECASE,
)


def _is_a_mark(name: str, text: str) -> bool:
    """Whether TEXT is one word for a NAME of several English ones, which only sorts it: `discrete GPU - games`.

    A word may be a synonym of another word, and the meaning of a phrase in a language to learn.
    """
    if " " not in name or not _WORD.fullmatch(text) or not _LATIN.fullmatch(name):
        return False
    return all(word.isupper() or spelling.is_known(word.lower()) for word in name.split())


def _is_topic(name: str, text: str) -> bool:
    """Whether TEXT is a word of the language of NAME that is not what an acronym stands for."""
    return (
        _WORD.fullmatch(text) is not None
        and _LATIN.fullmatch(name) is not None
        and not (name.isupper() and text[:1].lower() == name[:1].lower())
    )


def _says_itself(name: str, text: str) -> bool:
    """Whether TEXT is one word of a NAME of several: `Process quality - process`."""
    bare = text.rstrip(".").lower()
    return " " not in bare and len(words := name.lower().split()) > 1 and bare in words


def _lists_members(name: str, text: str) -> bool:
    """Whether TEXT is a list of three or more things or names: `precision, recall, ROC`; not of synonyms or qualities."""
    if text.count(",") < _MANY or not _LATIN.fullmatch(name) or not _LATIN.fullmatch(text) or not _LIST.fullmatch(text):
        return False
    members = [_JOINER.sub("", member.strip(" .")) for member in text.split(",")]
    if members[-1] in _MORE:
        members.pop()
    words = [member.split() for member in members]
    if any(not each or not _SMALL.isdisjoint(map(str.lower, each)) or is_quality(each[-1].lower()) for each in words):
        return False
    sure = sum(each[-1][:1].isupper() or (each[-1].endswith("s") and not each[-1].endswith("ss")) for each in words)
    return sure * 2 >= len(words)


_MANY = 2
_DASH_INSIDE = " - "
_LIST = pattern(r"[\w+#.-]+(?:\s[\w+#.-]+)?(?:,\s(?:(?:and|or)\s)?[\w+#.-]+(?:\s[\w+#.-]+){0,3})+,?\.?")
_JOINER = pattern(r"(?:and|or)\s+")
_MORE = word_set("etc")
_SMALL = word_set(
    "a an the any and or to of in on for from with by as at than that which such about no not only is are used"
)
