"""Whether what is said after a subject tells what the thing is, does or is for, or only what befalls it.

`runc provides …` and `Image is built up from layers` define; `may be forced off the CPU`, `becomes impractical`, `is hard`
and `a huge piece of software` do not. A concept without a definition is better than one with a false one, so the verbs
that define are listed rather than those that do not.
"""

from __future__ import annotations

import re

from orgkb.concepts.lexicon.tables import listed
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.signs import is_in_common_script, is_quality
from orgkb.patterns import pattern

_BY_NATURE = word_set(
    """
    accelerate accept act add aggregate aim allow analyze approximate assess assign assist automate bind bundle calculate carry catalyze cause check choose collect combine
    communicate compare compile comprise compute configure connect consist contain control convert coordinate count create decide
    decode decouple decrypt define deliver denote deploy describe detect determine dictate display distinguish distribute divide embody emulate
    enable encapsulate encode encrypt enforce ensure establish estimate evaluate examine execute explain expose express extend extract
    filter find forward generate give govern group guarantee guard handle help hide hold host identify implement include indicate inhibit
    inject inspect install integrate interact intercept investigate let limit link list listen load maintain make manage
    map match maximize mean measure merge minimize model modulate monitor move observe offer optimize orchestrate organize package parse perform
    permit persist pick point predict prevent print process produce protect provide quantify read receive record refer rely reflect regulate remove
    render replicate report represent resolve restrict return route run scan schedule seek secrete secure select send serve
    show signify simplify simulate solve sort split specialize specify stand stimulate store stream study summarize supply support synchronize synthesize tell track
    transfer transform translate transmit transport treat use validate verify watch wrap write
    """
)
"""Base forms of verbs that tell what a thing does or is for."""
_RUSSIAN = pattern(
    r"(?:состо[ия]т|предоставля[ею]т|обеспечива[ею]т|позволя[ею]т|использу[ею]тся|применя[ею]тся|служ[иа]т|содерж[иа]т|хран[ия]т"
    r"|управля[ею]т|описыва[ею]т|определя[ею]т|представля[ею]т|отвеча[ею]т|созда[её]т|создают|помога[ею]т|выполня[ею]т|запуска[ею]т"
    r"|регулиру[ею]т|объединя[ею]т|показыва[ею]т|означа[ею]т|обознача[ею]т|включа[ею]т|занима[ею]тся|изуча[ею]т|переда[её]т|передают"
    r"|принима[ею]т|превраща[ею]т|преобразу[ею]т|отобража[ею]т|характеризу[ею]т|выража[ею]т|отлича[ею]тся|контролиру[ею]т|явля[ею]тся)"
)
_IS = pattern(
    r"(?:is|are)\s(?:(?:a\sform|roughly|basically|simply|essentially|typically)\s)?(?:"
    r"(?:an?|the|one|any|another|about|responsible|part\sof|type\sof|kind\sof|form\sof|[A-Z]{2,}|[а-яё]{3,}(?<!но))[\s(]"
    r"|(?!allowed|limited|supposed|expected|considered|required|related|needed)[a-z]+(?:ed|lt|ade|eant|ept|nown|ritten)\s"
    r"(?:up\s|out\s|together\s|mainly\s|only\s)?(?:to|for|from|as|of|on\stop|in\sorder\sto)\s"
    r"|(?:[a-z-]+\s){1,2}(?:of|that|which|where|whose)\s(?=[^\W\d]))"
)
_NOT_AFTER_IS = pattern(
    r"(?:is|are)\s(?:a\slot|not|only|often|usually|always|never|also|still|now|already|sometimes|generally|no|more|less|most|least|very"
    r"|so|too|quite|just|the\ssame|part\sof\sthe|because|that|such|aware|unaware|full|free|worth)\b"
)
_CAN = pattern(r"can\sbe\sused\s(?:to|for|as|in\s[a-z]+ing)\s")
_NOT = pattern(r"\w+\s(?:not|only|never)\b")
_MAKES = pattern(
    r"(?:gives?|makes?|moves?|runs?|creates?|shows?|finds?)\s(?:an?|the|all|each|every|any|its|sure|new|up|[A-Z])\b"
)
_WORKS = pattern(r"works?\sby\s[a-z]+ing\s")
"""How a thing works says nothing of what it is, but `works by creating a pair of keys`."""
_OBJECT_NEEDED = word_set("give make move run create show find")
_EVALUATION = pattern(
    r"(?:(?:is|are)\s)?(?:an?|the)\s(?:very\s|really\s|quite\s|pretty\s)?"
    r"(?:bad|big|common|complex|complicated|critical|crucial|difficult|easy|essential|expensive|fundamental|good|great|hard|huge|important|"
    r"interesting|key|large|major|nice|popular|powerful|real|single|useful|vast|vital)\s"
    r"(?:(?:piece|part|thing|topic|problem|issue|deal|point|question|challenge|step|area|subject|one|aspect|operation|task|choice|idea|practice|example)\b"
    r"|[a-z]+[.!]?\s*$)|(?:(?:is|are)\s)?an?\s(?:example|issue|problem|challenge)\b(?!\s(?:of|in\swhich|that|where)\b)"
)


def tells(text: str, verb: str) -> bool:
    """Whether TEXT, which begins with VERB and has its subject before it, says what the subject is, does or is for."""
    verb = verb.lower()
    if verb == "can":
        return bool(_CAN.match(text))
    if verb in _BE:
        return bool(_IS.match(text)) and not _NOT_AFTER_IS.match(text) and not evaluates(text)
    if _NOT.match(text):
        return False
    if not verb.isascii():
        return bool(_RUSSIAN.fullmatch(verb))
    base = _base(verb)
    if base == "work":
        return bool(_WORKS.match(text))
    return base in _BY_NATURE and (base not in _OBJECT_NEEDED or bool(_MAKES.match(text)))


def says_kind(text: str, start: int) -> bool:
    """Whether TEXT says from START on what kind of thing something is, so plainly that nothing else need: `a function that maps …`."""
    return _KIND.match(text, start) is not None


_KIND = pattern(
    r"(?:an?|any|the)\s(?:[a-z-]+\s){1,3}?(?:[A-Z]\s)?(?:that|which|who|whose|where|of|for|used|in\swhich|with)\s"
    r"|[а-яё]{4,}(?:\s[а-яё]{4,})?,\s(?:[а-яё]{1,3}\s)?котор[а-яё]+\s"
    r"|(?:une?|una|um|uma|eine?)\s[^\W\d_]+(?:\s[^\W\d_]+)?,?\s(?:que|qui|che|de|di|für|von|de[mrsn]|die|das|para|pour|per)\s",
    re.IGNORECASE,
)


def evaluates(text: str) -> bool:
    """Whether TEXT only says how its subject is found: `a huge piece of software`, `an expensive operation!`."""
    return bool(_EVALUATION.match(text))


def is_remark(name: str, text: str, *, marked: bool = False) -> bool:
    """Whether TEXT behind NAME rates the thing, or only says whose it is or how: `good for rare contention`, `Google`, `slow`.

    Of what a vocabulary has, any word may be the meaning, so names with other letters than English and Russian ones are left
    alone; and behind a name that was MARKED one word may be what the author wants to know of it.
    """
    if not is_in_common_script(name):
        return False
    if _RATED.match(text) or _LICENCE.fullmatch(text):
        return True
    if text.endswith("?"):
        return not name.endswith("?") and _QUESTION.fullmatch(text) is not None
    bare = text.rstrip(".!")
    if marked:
        return False
    if " " not in bare:
        lower = bare.lower()
        return bare in listed("organisations") or (bare.isascii() and lower.isalpha() and is_quality(lower))
    return _INSTITUTION.fullmatch(bare) is not None


def is_licence(name: str) -> bool:
    """Whether NAME is that of a licence: `MIT License`, `GPLv3`."""
    return _LICENCE.fullmatch(name) is not None


_RATED = pattern(
    r"(?:(?:is|are|it['’]?s)\s)?(?:(?:very|really|quite|more|most|much|also|mostly|generally|usually)\s)?(?:"
    r"(?:better|worse|faster|slower|cheaper|easier|harder|simpler|safer)\s(?:than|to|if|when)\b"
    r"|(?:good|best|bad|great|ideal|perfect|useful|suitable|handy|recommended|popular|appropriate|nice|helpful|important"
    r"|convenient|(?:(?:best|well)[\s-])?suited)\s(?:for|to|when|if|in|at|with)\s(?!a\s(?:row|way)\b)"
    r"|(?:expensive|cheap|slow|fast|simple|easy|hard|popular|useful|important|powerful|old|obsolete|new|big|deprecated|working"
    r"|good|bad|nice|cool|common)[.!]?$)",
    re.IGNORECASE,
)
_LICENCE = pattern(
    r"(?:[\w.-]+\s){0,3}licen[cs]e(?:\s[\d.v]+)?\.?|Apache 2\.0|MIT|[AL]?GPL(?:-?v?\d(?:\.\d)?)?\+?", re.IGNORECASE
)
_QUESTION = pattern(
    r"(?:is|are|do|did|has|have|what|which|who|how|why|where|when|что|какой|какие|кто|зачем|почему|где|когда"
    r"|сколько)\s[^?.!]+\?",
    re.IGNORECASE,
)
_INSTITUTION = pattern(
    r"(?:[A-ZА-ЯЁ][\w&.-]+\s(?:(?:of|and|for)\s)?){1,4}(?:University|Institute|Inc|Corp|Corporation|Foundation|Labs|Ltd|GmbH)"
)


def _base(verb: str) -> str:
    """The base form of VERB, a present form: `specifies` → `specify`."""
    if verb in _BY_NATURE:
        return verb
    if verb == "works":
        return "work"
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    for ending in ("s", "es"):
        if verb.endswith(ending) and verb.removesuffix(ending) in _BY_NATURE:
            return verb.removesuffix(ending)
    return verb


_BE = word_set("is are")


def before_lead_in(text: str, start: int, end: int) -> int:
    """END of a definition, or where the line begins that only leads in to what stands below (`Example:`, `Particularly:`)."""
    match = _LAST_LINE.search(text, start, end)
    return match.start() if match else end


_LAST_LINE = pattern(r"\n[ \t]*+[A-ZА-ЯЁ][\w’'-]*+(?: [\w’'-]++){0,3} ?:\Z")
