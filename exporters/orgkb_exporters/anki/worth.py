"""How much speaks for a text being a definition.

A list item `a - b` may define a term, or say anything else of it: a remark, a value, an advice.  No
single sign tells; several together do.  Each sign has a weight, found by reading cards of many files:
the sum decides.  Definitions in Org's own form or under a bold name are only asked to be no fragment.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.patterns import pattern
from orgkb_exporters.anki import prose
from orgkb_exporters.anki.naming import is_expansion, is_name
from orgkb_exporters.anki.russian import is_spoken
from orgkb_exporters.anki.verbs import ORDERS, is_adverb

BOLD: Final = 1.75
EXPLICIT: Final = 2.5
"""What forms of their own are worth: `*term* - text`, and Org's `term :: text`."""
KNOWN: Final = 6
"""Mentions of a term that the notes speak of again and again."""
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
_SUITS = pattern(r"(?:very\s)?(?:good|great|best|bad|useful|better)\s(?:for|in|at|with|when|if)\s", re.IGNORECASE)
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
    total += 0.5 if is_name(term) else 0.0
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
    total -= 2.5 if _SUITS.match(text) else 0.0
    total -= 1.0 if _PERSON.search(text) and not is_expansion(term, text) else 0.0
    total -= 1.0 if _CODE.search(_PLACEHOLDER.sub("", text)) else 0.0
    total -= 1.5 if _CALL.search(text) else 0.0
    total -= 1.5 if _NUMBER_FIRST.match(text) else 0.0
    total -= 0.5 if text.startswith("(") else 0.0
    total -= 1.0 if re.search(r"[!?]", text) else 0.0
    total -= 0.5 if re.search(r"\s[-–—]\s", text) else 0.0
    total -= 0.75 if re.search(r"\w\s\d+\Z|[/&+=]|[-–—]\Z", term) else 0.0
    total -= 0.5 if first.casefold() in VERB_BASES else 0.0
    total -= 2.0 if first.casefold() in VERB_BASES | ORDERS and re.search(r"\byour?\b", text) else 0.0
    total -= 1.0 if names and is_adverb(names[-1]) else 0.0
    total -= 0.5 if len(names) > 4 else 0.0
    total -= 0.5 if term[:1].islower() and signs.mentions < 2 and len(names) > 1 else 0.0
    total -= 2.5 if is_spoken(text) else 0.0
    return total


def is_praise(text: str) -> bool:
    """Whether the first sentence of TEXT is praise and nothing else: "very useful. ex: …"."""
    match = _RATING.match(text)
    return match is not None and bool(re.match(r"\s*(?:[.;!]|\Z)", text[match.end() :]))


def is_rating(text: str) -> bool:
    """Whether TEXT begins with praise, age or amount."""
    return bool(_RATING.match(text))
