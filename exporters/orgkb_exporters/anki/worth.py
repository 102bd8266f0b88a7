"""Whether a definition that no form of its own marks is worth a card.

A list item `a - b` may define a term, or say anything else of it: a remark, a value, an advice.  No
single sign tells; several together do.  Each sign has a weight, found by reading cards of many files:
the sum decides.  Definitions in Org's own form or under a bold name are only asked to be no fragment.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from orgkb.concepts.lexicon import morphology
from orgkb.concepts.lexicon.english import FUNCTION_WORDS, PREPOSITIONS, VERB_BASES
from orgkb.patterns import pattern
from orgkb_exporters.anki import prose

BOLD: Final = 1.75
EXPLICIT: Final = 2.5
"""What forms of their own are worth: `*term* - text`, and Org's `term :: text`."""
ENOUGH: Final = 1.5
ENOUGH_ALONE: Final = 1.75
"""The sum from which a definition is worth a card, with a form of its own and without."""
MAX_COMMAS: Final = 5
SHORT: Final = 2
"""Words of a translation: a longer text in another script explains."""
CIRCULAR: Final = 6
"""Words of a definition that must not hold its own term: what is left says too little."""
STEM: Final = 4
"""Letters of a word that a longer one is made of, and words of a text that say nothing beside it."""
KNOWN: Final = 6
"""Mentions of a term that the notes speak of again and again."""
OWN: Final = 2
"""Words beside those of the term, without prepositions and the like, that say too little."""
NEARBY: Final = 16
"""Characters beyond its own length within which a definition that speaks of its term names it."""
PART: Final = 5
"""Words of a definition that only tells what something is a part of."""
_GLOSSARY = pattern(
    r"\b(?:terms?|terminology|glossary|definitions?|vocabulary|concepts?|notions?|abbreviations?|acronyms?|types?|kinds?|theory"
    r"|термин\w*|определени\w+|поняти\w+|словарь|глоссарий|сокращени\w+|теори\w+|виды|типы|components?|компонент\w*)\b",
    re.IGNORECASE,
)
# Praise, comparison, age, amount: said of a thing that is known already.
_RATING = pattern(
    r"(?:is\s|are\s|it's\s|the\s|very\s|most\s|more\s|quite\s|too\s|очень\s|самый\s|самая\s|самое\s|более\s|менее\s)*"
    r"(?:good|bad|best|worst|better|worse|great|nice|old|older|new|newer|slow|slower|slowest|fast|faster|fastest|easy|easier|hard|harder|simple|simpler"
    r"|cheap\w*|expensive|popular|free|recommended|deprecated|outdated|obsolete|important|useful|useless|bigger|smaller|high|low|higher|lower|most|more|less|many|few"
    r"|хорош\w+|плох\w+|лучш\w+|худш\w+|стар\w+|нов\w+|медленн\w+|быстр\w+|прост\w+|сложн\w+|дешев\w+|дорог\w+|популярн\w+|бесплатн\w+|важн\w+|полезн\w+"
    r"|много|мало|высок\w+|низк\w+|удобн\w+)(?![-\w])",
    re.IGNORECASE,
)
# Advice, promise, condition, story.
_TALK = pattern(
    r"(?:can|can't|cannot|must|should|use|using|keep|try|avoid|take|see|click|press|choose|make\ssure|note|read|just|don't|do\snot|never|always|every|any\ssingle|goal|the\sgoal|will|would|could|may|might|was|were|had|did|began"
    r"|depends?|because|becouse|so|then|there|here|please|now|today|already|still|almost|about|usually|typically|used\sfor\scertain"
    r"|просто|всегда|никогда|обычно|тут|там|здесь|потом|уже|ещё|еще|почти|значит|нельзя|можно|нужно|надо|будет|было|был|была|зависит|сделай\w*|см)(?![-\w])",
    re.IGNORECASE,
)
# A preposition, pronoun, question or infinitive: it says where, why, of whom, not what.
_ASIDE = pattern(
    r"(?:in|on|at(?!\sleast)|by|with|without|from|of|via|per|during|between|within|into|through|like|unlike|according|even|whether|while|when|where"
    r"|its|their|his|her|your|it|they|these|those|this(?!\sis\sa)|some|current|currently|only|also|both|same|similar|key\sdifference|so-called"
    r"|do|does|did|is\sit|are\sthey|can|how|what|why,?|who|a\sbit|a\slot|not|no"
    r"|в|во|на|при|от|из|по|с|со|к|ко|у|о|об|за|под|над|через|между|без|до|после|его|её|ее|их|это\sне|все|всё|такой|такие|такая|где|когда|если|как|кто|почему|зачем|не|нет|типа)\s",
    re.IGNORECASE,
)
_PREPOSED = pattern(
    r"(?:in|on|at|by|with|from|of|via|per|during|between|within|into|through|according|в|во|на|при|от|из|по|с|со|о|об|через)\s",
    re.IGNORECASE,
)
_PURPOSE = pattern(r"(?:to|for|для|чтобы)\s", re.IGNORECASE)
# A clause of its own within the first words: what it is about is not the term.
_CLAUSE = pattern(
    r"(?:[\w'’/-]+\s){1,5}?(?:is|are|was|were|can|could|should|must|may|will|need|has|have|had|doesn['’]t|don['’]t|isn['’]t|aren['’]t|can['’]t|cannot"
    r"|allows?|contains?|являются|является|может|могут|должен|должны|должна|имеет|имеют|нужно|можно)\b",
    re.IGNORECASE,
)
_ORDER = pattern(
    r"(?:add|allow|apply|avoid|build|choose|clone|configure|create|define|delete|disable|enable|ensure|find|generate|get|give|improve|install|keep|make|predict"
    r"|prevent|provide|reduce|remove|replace|select|set|show|try|use|write)\s",
    re.IGNORECASE,
)
# What ought to be done about it.
_ADVICE = pattern(
    r"\A[^.;]*?\b(?:should|must|ought\sto|need\sto|needs\sto|(?:is|are)\s(?:hard|easy|better|best|important|difficult|recommended)|следует|важно|стоит|лучше)\b",
    re.IGNORECASE,
)
# A sentence of a text that speaks of what stands around it, or ranks a thing that is known already.
_HERE = pattern(
    r"\b(?:this|these|those|above|below|following|previous|earlier|later|here|эт(?:от|а|о|и|ого|ой|их)|выше|ниже|здесь)\b(?!\s(?:is|are)\b)",
    re.IGNORECASE,
)
_STANDING = pattern(
    r"(?:an?\s|the\s|one\sof\sthe\s)?(?:very\s|most\s|more\s|main\s)*(?:important|only|best|main|key|common|useful|good|great|first|second|next|last|final|opposite|same|other"
    r"|result|reason|case|problem|issue|goal|purpose|idea|difference|advantage|feature|most|recommended|preferred|popular|powerful|crucial|essential|critical|special\scase"
    r"|главн\w+|основн\w+|важн\w+|единственн\w+|лучш\w+|перв\w+|следующ\w+|результат\w*|причин\w+|проблем\w+)\b",
    re.IGNORECASE,
)
# Two other things beside each other.
_PAIR = pattern(r"[\w-]+(?:\s[\w-]+)?(?:\sand\s|\sи\s|,\s|\s?\+\s?)[\w-]+(?:\s[\w-]+)?", re.IGNORECASE)
_PERSON = pattern(
    r"\b(?:i|me|my|we|our|us|you|your|let's|я|мы|мне|меня|нам|нас|мой|моя|моё|мои|наш\w*|вы|вам|вас|ваш\w*|ты|тебе|твой)\b",
    re.IGNORECASE,
)
_CODE = pattern(r"\w=\w|\s=\s|[{}<>|\\$;]|\w\(\w*[=,]|\w,\w+,\w|->|:=|==|\+\+|\w_\w+\(|(?:^|\s)--?\w+\s")
_CALL = pattern(r"\w\(\s?\w+[\[(]|\]\s?=|\w\.\w+\(|=\s\w+\.\w|\w\[['\"]")
_PLACEHOLDER = pattern(r"<[\w-]+>")
_NUMBER_FIRST = pattern(r"[\W_]*\d")
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
_OTHER_HAS = pattern(
    r"(?:[Tt]he\s|[Ee]ach\s|[Ee]very\s)?(?!(?:The|An?|Each|Every)\s)(?:([A-Z][\w-]*)\s(?:includes|uses|has|supports|provides|offers|contains|comes|lets|allows"
    r"|treats|takes|requires|needs)\s|([A-Z][\w-]*(?:\s[A-Z][\w-]*){1,3})\s(?:is|are|was|only|does|will)\s)"
)
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
_NAMED = pattern(r"((?:\w+\s){2,6})\(([A-Z]{2,6})\)\W*")
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
_KIND_FIRST = pattern(
    r"(?:an?|the|any|one|set|group|collection|list|kind|type|sort|part|form|way|method|process|piece|unit|series|это|набор|группа|множество|часть|вид|тип"
    r"|способ|метод|процесс|система|совокупность|отношение|величина|функция|мера)\s",
    re.IGNORECASE,
)
_THIRD_PERSON = pattern(r"(?:[a-z]+\s)?[a-z]{2,}[^s\W]s\s(?!of\b)", re.IGNORECASE)
_RELATIVE = pattern(
    r"\b(?:that|which|who|whose|where|used\s(?:to|for|by|in)|responsible\sfor|designed\s(?:to|for)|котор\w+|предназначенн\w+|позволяющ\w+|для)\b",
    re.IGNORECASE,
)
_VALUE = pattern(r"""(?:["'«“][^"'»”]*["'»”]|[A-Z]\w+(?:,\s[A-Z]\w+)+)[.;]?""")
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
_SAYS_IT_IS = pattern(r"\A(?:an?\s|the\s)?\S+\s(?:is|are|means|это|является)\s", re.IGNORECASE)
_CYRILLIC = pattern(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
_LATIN = pattern(r"[a-z]{2,}", re.IGNORECASE)
_EASTERN = pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ORDERS: Final = frozenset(
    [
        "append",
        "backup",
        "boot",
        "browse",
        "cancel",
        "check",
        "clean",
        "clear",
        "clone",
        "commit",
        "connect",
        "count",
        "decrypt",
        "detach",
        "dump",
        "empty",
        "encrypt",
        "enter",
        "execute",
        "exit",
        "export",
        "extract",
        "fetch",
        "flush",
        "force",
        "format",
        "free",
        "freeze",
        "get",
        "go",
        "grep",
        "import",
        "initialize",
        "inspect",
        "install",
        "kill",
        "launch",
        "list",
        "lock",
        "log",
        "login",
        "look",
        "make",
        "mark",
        "mount",
        "move",
        "open",
        "overwrite",
        "pause",
        "ping",
        "plot",
        "point",
        "print",
        "prune",
        "pull",
        "push",
        "query",
        "quit",
        "rebuild",
        "record",
        "reload",
        "remove",
        "rename",
        "repair",
        "replace",
        "reset",
        "restart",
        "restore",
        "resume",
        "retrieve",
        "revert",
        "roll",
        "run",
        "save",
        "scale",
        "search",
        "see",
        "serve",
        "set",
        "shorten",
        "show",
        "shutdown",
        "sign",
        "sort",
        "split",
        "start",
        "stop",
        "switch",
        "sync",
        "tag",
        "tail",
        "test",
        "trace",
        "turn",
        "undo",
        "uninstall",
        "unmount",
        "unset",
        "unzip",
        "update",
        "upgrade",
        "upload",
        "view",
        "wait",
        "watch",
        "wipe",
        "zip",
        "rerun",
        "disable",
        "enable",
        "attach",
        "scan",
        "change",
        "display",
        "find",
        "listen",
        "monitor",
        "allow",
        "block",
        "reject",
        "accept",
        "filter",
        "drop",
        "add",
        "reduce",
        "generate",
    ]
)
_NO_ADVERB: Final = frozenset(
    [
        "family",
        "assembly",
        "anomaly",
        "reply",
        "supply",
        "monopoly",
        "apply",
        "multiply",
        "only",
        "fly",
        "butterfly",
        "gravely",
        "kelly",
        "grizzly",
        "poly",
    ]
)


_NO_PARTICIPLE: Final = frozenset(
    ["embed", "speed", "breed", "bleed", "greed", "steed", "creed", "indeed", "newsfeed", "seaweed"]
)


# "What is hard?": a quality of something that stands above it.
_QUALITIES: Final = prose.read_words("qualities")


class Signs(msgspec.Struct, frozen=True):
    """What stands around a definition."""

    marked: bool
    """Whether a form of its own marks it: bold, or Org's `term :: text`."""
    explicit: bool
    """Whether that is Org's own form."""
    sentence: bool
    """Whether a sentence says it: "a pod is a group of containers"."""
    companions: int
    """Definitions of the same form close by: a list of glosses."""
    mentions: int
    """Mentions of the term in all notes."""
    headings: tuple[str, ...]
    """Those above it."""


def fault(term: str, text: str, signs: Signs) -> str | None:
    """Why TEXT of TERM is not worth a card; None where it is."""
    if _EASTERN.search(term + text) or (signs.marked and prose.is_translation(term, text)):
        return None
    if text.count(",") >= MAX_COMMAS and len(prose.content_words(text)) < 3 * MAX_COMMAS:
        return "the definition is a list of more than five"
    if _is_oblique(term) or (len(prose.words(term)) == 1 and _is_adverb(term)):
        return "its name is no subject"
    if (
        _EXPRESSION.fullmatch(term)
        or (_DOES.match(term) and len(prose.words(term)) > 1)
        or prose.fold(term) in _QUALITIES
    ):
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
    if _is_circular(term, text):
        return "the definition is made of the term"
    if _VALUE.fullmatch(text.strip()) or _VALUES.match(text) or _NAMES.match(text):
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
    if _is_praise(text) or _is_other_name(term, text):
        return "the definition does not say what it is"
    if (
        _INSTEAD.match(text)
        or _FORMULA.search(text)
        or _is_of_other(term, text)
        or (_EXHORTS.match(text) and not _is_name(term))
    ):
        return "the definition does not say what it is"
    if (
        (_FUNCTION_START.match(text) and not is_expansion(term, text))
        or _begins_inflected(text)
        or _disagrees(term, text)
    ):
        return "the definition is half a sentence"
    if _POINTS.search(prose.SENTENCE_END.split(text)[0]) or _WHERE.match(text):
        return "the definition does not say what it is"
    if _NO_GENUS.match(text) and not is_expansion(term, text):
        return "the definition says too little of what it is"
    if _SHORT_PART.match(text) and len(prose.content_words(text)) <= PART:
        return "the definition says too little of what it is"
    if _LITTLE.match(text) or (
        (not signs.explicit or " " in term) and _starts_with(text, term) and not _SAYS.search(text)
    ):
        return "the definition says too little of what it is"
    least = ENOUGH if signs.marked else ENOUGH_ALONE
    return None if worth(term, text, signs) >= least else "the definition says too little of what it is"


def worth(term: str, text: str, signs: Signs) -> float:
    """How much speaks for TEXT being a definition of TERM: the sum of the signs."""
    content = prose.content_words(text)
    count = len(content)
    names = prose.words(term)
    first = content[0] if content else ""
    total = EXPLICIT if signs.explicit else BOLD if signs.marked else 0.0
    total += 1.5 if count >= 7 else 1.0 if count >= 5 else 0.5 if count == 4 else -0.25 if count == 3 else -1.0
    total += 1.0 if is_expansion(term, text) else 0.0
    total += 1.0 if _KIND_FIRST.match(text) else 0.0
    total += 0.5 if _RELATIVE.search(text) else 0.0
    total += 0.25 if _THIRD_PERSON.match(text) else 0.0
    total += 0.5 if signs.companions >= 2 or signs.sentence else 0.0 if signs.companions else -0.5
    total += 0.5 if any(_GLOSSARY.search(heading) for heading in signs.headings[-2:]) else 0.0
    total += 0.75 if signs.mentions >= KNOWN else 0.5 if signs.mentions >= 3 else 0.0
    total += 0.5 if _is_name(term) else 0.0
    total += 1.0 if prose.is_translation(term, text) and signs.companions >= 2 else 0.0
    total -= (3.5 if count < 8 else 2.5) if _ASIDE.match(text) else 0.0
    total -= 1.5 if _PREPOSED.match(text) else 0.0
    total -= 1.5 if _PURPOSE.match(text) else 0.0
    total -= 2.5 if _PERSON.match(text) else 0.0
    total -= 2.0 if count <= 4 and len(term) >= 6 and prose.gives_away(term, text) else 0.0
    total -= 0.75 if _CLAUSE.match(text) and not _RELATIVE.search(text[:60]) and not _KIND_FIRST.match(text) else 0.0
    total -= 2.5 if _ORDER.match(term) else 0.0
    total -= 0.75 if text.count(",") >= 3 and not _RELATIVE.search(text) and count < 15 else 0.0
    total -= 1.0 if text.count(",") >= 4 and not _RELATIVE.search(text) and count < 20 else 0.0
    total -= 4.0 if _ADVICE.search(text) and not _RELATIVE.search(text[:60]) else 0.0
    total -= 1.25 if signs.sentence and count <= 4 else 0.0
    total -= 2.5 if signs.sentence and re.search(r"\b(?:because|since|потому)\b", text, re.IGNORECASE) else 0.0
    total -= 2.5 if signs.sentence and (_HERE.search(text) or _STANDING.match(text)) else 0.0
    total -= 0.5 if _PAIR.fullmatch(text.strip(" .")) else 0.0
    total -= (
        (0.5 if _RELATIVE.search(text) or " for " in text or (signs.marked and count >= 5) else 2.0)
        if _RATING.match(text)
        else 0.0
    )
    total -= 2.5 if _TALK.match(text) else 0.0
    total -= 1.0 if _PERSON.search(text) and not is_expansion(term, text) else 0.0
    total -= 1.0 if _CODE.search(_PLACEHOLDER.sub("", text)) else 0.0
    total -= 1.5 if _CALL.search(text) else 0.0
    total -= 1.5 if _NUMBER_FIRST.match(text) else 0.0
    total -= 0.5 if text.startswith("(") else 0.0
    total -= 1.0 if re.search(r"[!?]", text) else 0.0
    total -= 0.5 if re.search(r"\s[-–—]\s", text) else 0.0
    total -= 0.75 if re.search(r"\w\s\d+\Z|[/&+=]|[-–—]\Z", term) else 0.0
    total -= 0.5 if first.casefold() in VERB_BASES else 0.0
    total -= 2.0 if first.casefold() in VERB_BASES | _ORDERS and re.search(r"\byour?\b", text) else 0.0
    total -= 1.0 if names and _is_adverb(names[-1]) else 0.0
    total -= 0.5 if len(names) > 4 else 0.0
    total -= 0.5 if term[:1].islower() and signs.mentions < 2 and len(names) > 1 else 0.0
    total -= 2.5 if _is_spoken(text) else 0.0
    return total


def _is_circular(term: str, text: str) -> bool:
    """Whether TEXT is TERM again with hardly a word beside it."""
    if _SAYS_IT_IS.search(text):
        return False
    if prose.holds(text, term) and len(prose.content_words(text)) <= CIRCULAR:
        return True
    spaced = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", " ", term)
    names = prose.words(spaced)
    if len(names) == 1:
        # "cuteness - act of being cute".
        own = {word for word in prose.words(text) if len(word) >= STEM and names[0].startswith(word)}
        return bool(own) and "_" not in term and len(prose.words(text)) <= STEM
    if not prose.holds(text, spaced):
        return False
    return len(set(prose.words(text)) - set(names) - FUNCTION_WORDS - PREPOSITIONS) <= OWN


def _is_praise(text: str) -> bool:
    """Whether the first sentence of TEXT is praise and nothing else: "very useful. ex: …"."""
    match = _RATING.match(text)
    return match is not None and bool(re.match(r"\s*(?:[.;!]|\Z)", text[match.end() :]))


def _is_other_name(term: str, text: str) -> bool:
    """Whether TEXT is only another name with its own abbreviation."""
    match = _NAMED.fullmatch(text)
    if match is None or prose.holds(term, match[2]):
        return False
    return "".join(word[0] for word in match[1].split()).casefold() == match[2].casefold()


def _is_of_other(term: str, text: str) -> bool:
    """Whether TEXT tells what something else has or uses: "Linux uses numbers for it"."""
    match = _OTHER_HAS.match(text)
    if match is None:
        return False
    subject = (match[1] or match[2]).casefold()
    initials = "".join(word[0] for word in prose.words(term))
    return subject != initials and not any(
        subject.startswith(word[:4]) or word.startswith(subject[:4]) for word in prose.words(term)
    )


def _is_adverb(word: str) -> bool:
    """Whether WORD is an English adverb, like `statically`."""
    low = word.casefold()
    return len(low) > 5 and low.endswith("ly") and low not in _NO_ADVERB


def _starts_with(text: str, term: str) -> bool:
    """Whether TEXT begins with TERM, beyond an article."""
    bare = re.sub(r"\A(?:an?|the)\s", "", prose.fold(text))
    return bare.startswith(f"{prose.fold(term)} ")


def _is_name(term: str) -> bool:
    """Whether TERM is written as names of things are: `PodScheduled`, `FCFLAGS`, `sys.path`."""
    return bool(re.search(r"[a-z][A-Z]|\b[A-Z]{3,}\b|\w[._]\w", term))


def is_expansion(term: str, text: str) -> bool:
    """Whether TERM is made of the first letters of TEXT, as "RMSE - Root Mean Squared Error"."""
    letters = re.sub(r"[^\w]|\d", "", term).casefold()
    if not 2 <= len(letters) <= 8 or len(letters) < len(term.strip()) - 2:
        return False
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", text)).casefold()
    capitals = sum(c.isupper() for c in term) * 2 >= len(letters)
    return initials.startswith(letters[:4] if capitals else letters)


def is_word(term: str, text: str) -> bool:
    """Whether TEXT translates TERM or spells it out, rather than saying what it is."""
    if prose.is_translation(term, text):
        return len(prose.content_words(text)) <= SHORT or bool(_EASTERN.search(term + text))
    return bool(_EASTERN.search(term)) or is_expansion(term, text)


def is_rating(text: str) -> bool:
    """Whether TEXT begins with praise, age or amount."""
    return bool(_RATING.match(text))


def begins_with_verb(text: str) -> bool:
    """Whether TEXT begins with what is done: "list all pods", "to stop", "creates a pod", «удалить», «создание»."""
    found = prose.words(
        re.sub(r"\A(?:to|how\sto|will|force|only|just|also|как|только)\s", "", text, flags=re.IGNORECASE)
    )
    return bool(found) and _is_verb(found[0])


def lacks_object(text: str) -> bool:
    """Whether TEXT, which begins with a verb, does not name what is acted on: "execute and detach", "connect to running"."""
    found = prose.words(text)
    last = found[-1]
    if _CYRILLIC.match(found[0]):
        # «удаление» is a noun itself.
        return not any(
            _LATIN.fullmatch(w) or any(form.part == "NOUN" for form in morphology.forms(w)) for w in found[1:]
        )
    things = [
        word
        for word in found[1:]
        if word not in PREPOSITIONS | FUNCTION_WORDS and (not _is_verb(word) or word.endswith(("s", "ing")))
    ]
    return not things or (things == [last] and last.endswith("ing") and found[-2] in PREPOSITIONS)


@lru_cache(maxsize=4096)
def _is_verb(word: str) -> bool:
    if _CYRILLIC.fullmatch(word):
        form = morphology.forms(word)[0]
        return form.part in {"INFN", "VERB"} or (
            form.part == "NOUN" and word.endswith(("ние", "тие", "ка", "ция")) and form.case == "nomn"
        )
    stems = {
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word.removesuffix("ing"),
        f"{word.removesuffix('ing')}e",
    }
    stems.add(f"{word.removesuffix('ies')}y")
    stems.add(re.sub(r"([bdgmnprt])\1ing\Z", r"\1", word))
    return not stems.isdisjoint(VERB_BASES | _ORDERS)


@lru_cache(maxsize=4096)
def _begins_inflected(text: str) -> bool:
    """Whether TEXT begins with a Russian noun or adjective that can only be the end of a sentence: «вариациями метода»."""
    match = _CYRILLIC.match(text)
    if match is None:
        return False
    forms = morphology.forms(match.group())
    cases = {form.case for form in forms}
    if forms[0].part == "PRTF" and re.match(r"\S+\s(?:в|во|для|на|по|при|с|из|к|от)\s", text):
        # «используемый для …» lacks the noun.
        return True
    if forms[0].part not in {"NOUN", "ADJF"} or "nomn" in cases:
        return False
    # «ошибку, вызванную …» is the object of a verb that stood before.
    return forms[0].case == "accs" or (forms[0].case in {"ablt", "datv", "loct"} and "accs" not in cases)


@lru_cache(maxsize=4096)
def _disagrees(term: str, text: str) -> bool:
    """Whether Russian TEXT begins with a verb in the singular, though TERM is a plural: another thing does it."""
    verb, name = _CYRILLIC.match(text), _CYRILLIC.findall(term)
    if verb is None or not name:
        return False
    does = morphology.forms(verb.group())[0]
    if does.part != "VERB" or does.number != "sing" or does.person != "3per":
        return False
    heads = [form for word in name for form in morphology.forms(word) if form.case == "nomn" and form.part == "NOUN"]
    return bool(heads) and all(form.number == "plur" for form in heads)


def is_russian_verb(text: str) -> bool:
    """Whether TEXT begins with a Russian verb that is no infinitive."""
    match = _CYRILLIC.match(text)
    return match is not None and morphology.forms(match.group())[0].part == "VERB"


@lru_cache(maxsize=4096)
def is_russian_noun(word: str) -> bool:
    """Whether WORD is a Russian noun in the nominative, as in «список файлов»."""
    return bool(_CYRILLIC.fullmatch(word)) and any(
        form.part == "NOUN" and form.case == "nomn" for form in morphology.forms(word)[:2]
    )


@lru_cache(maxsize=4096)
def _is_oblique(term: str) -> bool:
    """Whether a Russian TERM is no noun in the nominative: an adjective alone, an inflected or another word."""
    russian = [word for word in _CYRILLIC.findall(term) if len(word) > 2]
    if not russian or not _CYRILLIC.match(term):
        return False
    forms = [morphology.forms(word) for word in russian]
    nominative = [any(f.part in {"NOUN", "ADJF", "PRTF"} and f.case == "nomn" for f in of) for of in forms]
    if not nominative[0]:
        # Unknown words and abbreviations are names; «альфа-системой» is inflected in its last part.
        return morphology.is_known(russian[0].lower().rpartition("-")[2]) and forms[0][0].part != "INFN"
    nouns = [i for i, of in enumerate(forms) if of[0].part == "NOUN"]
    if nouns and not any(f.part == "NOUN" and f.case == "nomn" for f in forms[nouns[0]]):
        return morphology.is_known(russian[nouns[0]].lower())
    if _LATIN.search(term):
        return False
    return all(
        of[0].part in {"ADJF", "ADJS", "PRTF", "PRTS", "ADVB"} and not any(f.part == "NOUN" for f in of) for of in forms
    )


@lru_cache(maxsize=4096)
def _is_spoken(text: str) -> bool:
    """Whether Russian TEXT begins with a verb of the first or second person, an order or an adverb: half a sentence."""
    match = _CYRILLIC.match(text)
    if match is None:
        return False
    best = morphology.forms(match.group())[0]
    if best.part in {"ADVB", "ADJS", "PRED", "PRCL", "CONJ"}:
        return True
    return best.part == "VERB" and (best.mood == "impr" or best.person in {"1per", "2per"})
