"""Sentences in German and the Romance languages: `Jeder Layer besitzt eine Matrix`, `El núcleo contiene el ADN`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from orgkb.concepts.blocks import TEXTS, Block
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.lexicon.european import SMALL_WORDS
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import is_unsaid
from orgkb.concepts.relations.model import Context, stated
from orgkb.patterns import pattern

_MIN_END = 0.35
_MAX_GAP = 80
_VERBS = {
    "de": (
        r"ist|sind|hat|haben|gibt\san|(?:enthäl|erhäl|behäl)t|(?:ent|er|be)halten|(?:besteh|entsteh|verfüg|basier|beruh|wirk|folg|führ|"
        r"gehör|dien|reagier|ergib|speis|hemm|steiger|senk|regel|steuer|bilde|besitz|verwende|benutz|nutz|brauch|benötig|erzeug|"
        r"liefer|beschreib|definier|bestimm|beeinfluss|kontrollier|umfass|entsprich|entsprech|produzier|verbinde|übertrag|überträg|"
        r"speicher|verarbeit|akzeptier|erkenn|repräsentier|lös|verursach|schütz|unterscheid|setz|berechn|ermöglich|erlaub|"
        r"transportier|aktivier|stimulier|enthal|umgib|misst|miss|trenn|stell|erfüll|implementier|erweiter|ersetz)(?:e?t|e?n)"
    ),
    "fr": (
        r"est|sont|a|ont|contien(?:t|nent)|compren(?:d|nent)|utilise(?:nt)?|possède(?:nt)?|produi(?:t|sent)|provoque(?:nt)?|"
        r"inhibe(?:nt)?|permet(?:tent)?|dépend(?:ent)?|appartien(?:t|nent)|agi(?:t|ssent)|transforme(?:nt)?|augmente(?:nt)?|"
        r"diminue(?:nt)?|régule(?:nt)?|contrôle(?:nt)?|stimule(?:nt)?|sécrète(?:nt)?|libère(?:nt)?|forme(?:nt)?|décri(?:t|vent)|"
        r"définit|représente(?:nt)?|reçoi(?:t|vent)|envoie(?:nt)?|détermine(?:nt)?|implique(?:nt)?|entraîne(?:nt)?|nécessite(?:nt)?|"
        r"comporte(?:nt)?|traite(?:nt)?|relie(?:nt)?|sert|servent|se\scompose(?:nt)?|se\strouve(?:nt)?|correspond(?:ent)?"
    ),
    "es": (
        r"es|son|tiene|tienen|contienen?|usan?|utilizan?|poseen?|producen?|provocan?|causan?|inhiben?|permiten?|dependen?|"
        r"pertenecen?|actúan?|transforman?|aumentan?|disminuyen?|regulan?|controlan?|estimulan?|secretan?|liberan?|forman?|"
        r"describen?|definen?|representan?|reciben?|envían?|determinan?|implican?|requieren?|necesitan?|incluyen?|conectan?|"
        r"almacenan?|generan?|crean?|se\s(?:compone|componen|encuentra|encuentran|basa|basan|divide|dividen)|consta|constan|sirven?"
    ),
    "it": (
        r"è|sono|ha|hanno|contiene|contengono|usa|usano|utilizza|utilizzano|possiede|possiedono|produce|producono|causa|causano|"
        r"inibisce|permette|permettono|dipende|dipendono|appartiene|appartengono|agisce|trasforma|trasformano|aumenta|riduce|regola|"
        r"controlla|stimola|libera|forma|formano|descrive|descrivono|definisce|rappresenta|rappresentano|riceve|invia|determina|"
        r"richiede|richiedono|include|includono|collega|genera|crea|comprende|comprendono|si\s(?:compone|trova|basa|divide)"
    ),
    "pt": (
        r"é|são|tem|têm|contém|contêm|usa|usam|utiliza|utilizam|possui|possuem|produz|produzem|causa|causam|inibe|permite|permitem|"
        r"depende|dependem|pertence|pertencem|transforma|aumenta|diminui|regula|controla|estimula|libera|forma|formam|descreve|"
        r"descrevem|define|representa|representam|recebe|envia|determina|requer|requerem|inclui|incluem|conecta|gera|cria|"
        r"compreende|compõe-se|encontra-se|baseia-se"
    ),
}
"""Finite verbs that tie two things, by language."""
_TIES = {
    "de": r"aus|von|vom|durch|mit|in|im|auf|über|zu|zum|zur|für|an|am|bei|nach|unter|gegen|der|des",
    "fr": r"de|du|des|d|en|par|pour|sur|sous|avec|à|au|aux|dans|vers|contre",
    "es": r"de|del|en|por|para|sobre|con|a|al|hacia|contra",
    "it": r"di|del|dello|della|dei|delle|da|dal|in|nel|nella|per|su|sul|con|a|al|alla|verso|contro",
    "pt": r"de|do|da|dos|das|em|no|na|nos|nas|por|para|sobre|com|a|ao|à|contra",
}
"""Prepositions, and the articles of the German genitive."""
_ARTICLES = {
    "de": r"(?:ein(?:e[nmrs]?)?|der|die|das|den|dem|des|jede[rnms]?|alle[rn]?|mehrere[rn]?|viele[rn]?|folgende[rn]?|seine[nmr]?|ihre[nmr]?)",
    "fr": r"(?:une?|les?|la|des|du|ses?|son|sa|leurs?|plusieurs|tous\sles|toutes\sles)",
    "es": r"(?:un[ao]s?|un|el|las?|los|lo|sus?|vari[ao]s|tod[ao]s\sl[ao]s)",
    "it": r"(?:un[ao]?|il|lo|la|i|gli|le|suo|sua|tutti\si|tutte\sle)",
    "pt": r"(?:uma?s?|uns|os?|as?|seus?|suas?|todos\sos|todas\sas)",
}
_BETWEEN = {
    language: pattern(
        rf"(?:/[^\W\d_][\w-]*)?(?:\s(?:{_TIES[language]}))?\s(?P<said>(?P<verb>{verbs})(?:\s(?:nicht|auch|nur|immer|meist|oft|somit|also|pas|aussi|no|también|non|anche|não|também))?"
        rf"(?:(?:\s(?!(?:{_TIES[language]})\s)[^\W\d_][\w-]*){{0,4}}?\s(?:{_TIES[language]}))?)"
        rf"(?:\s{_ARTICLES[language]})?(?:\s(?!(?:{_TIES[language]})\s)[^\W\dA-ZÄÖÜ_][\w-]*)?\s(?:l['’])?"
    )
    for language, verbs in _VERBS.items()
}
"""Verb, up to four words and a preposition, an article, an adjective."""
_NOUN = {
    language: pattern(
        rf"\s*(?:{articles}\s)?(?P<said>(?:[^\W\d_][\w-]*\s){{1,3}}?(?:{_TIES[language]}))"
        rf"(?:\s{articles})?(?:\s(?!(?:{_TIES[language]})\s)[^\W\dA-ZÄÖÜ_][\w-]*)?\s(?:l['’])?",
        re.IGNORECASE,
    )
    for language, articles in _ARTICLES.items()
}
"""The opening of a definition: `Verband von`, `ensemble de`."""
_OPENING = {
    language: pattern(rf"[\s*]*(?:(?:{articles}|Jede[rs]?|Alle|L['’])\s?)?(?:[^\W\dA-ZÄÖÜ_][\w-]*\s)?", re.IGNORECASE)
    for language, articles in _ARTICLES.items()
}
"""What may stand before the subject of a sentence."""
_PASSIVE = pattern(
    r"\s(?P<done>(?:[a-zäöüß]{2,}ge|ge|be|er|ver|zer|ent|über|unter)[a-zäöüß]+(?:t|en)|[a-zäöüß]+iert)\b"
)
_MADE = pattern(
    r"\s(?P<aux>wird|werden)(?:\s[a-zäöüß]+)?\s(?P<tie>von|vom|durch|mit|in|im|aus|auf|für|über|an)\s(?:[a-zäöüß]+\s){0,2}"
)
_SENTENCE = pattern(r"[.!?:;]\s|\n\s*\n")
_COPULAS = frozenset({"ist", "sind", "est", "sont", "es", "son", "è", "sono", "é", "são"})
_CLASS = {
    "de": pattern(r"(?:ist|sind)\s(?:eine?\s|der\s|die\s|das\s)?"),
    "fr": pattern(r"(?:est|sont)\s(?:une?|des)\s"),
    "es": pattern(r"(?:es|son)\s(?:una?\s)?"),
    "it": pattern(r"(?:è|sono)\s(?:un[ao]?\s)?"),
    "pt": pattern(r"(?:é|são)\s(?:uma?\s)?"),
}


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From the subject of a sentence in one of these languages to what its verb leads to."""
    language = context.reading.language
    if language not in _VERBS:
        return
    for index, hits in context.hits_by_block.items():
        block = context.reading.blocks[index]
        if block.kind not in TEXTS:
            continue
        if len(hits) > 1:
            yield from _of_block(context, block, hits, language, confidence)
        defined = context.defined_in.get(index, ())
        for candidate in defined:
            yield from _of_definition(context, block, candidate, hits, language, confidence)
        title = context.title_concept(block.headline)
        if title and not defined and block.lead < 0:
            yield from _of_opening(context, block, title, hits, 0, language, confidence)


def _of_definition(
    context: Context, block: Block, candidate: Candidate, hits: list[Hit], language: str, confidence: float
) -> Iterator[Relation]:
    """`Gewebe: Verband von Zellen`: what the opening of a definition leads to."""
    source = context.concept_of(candidate.name, candidate.headline)
    body = block.flat.index(candidate.defined_at[0]) if candidate.defined_at else None
    if source and body is not None:
        yield from _of_opening(context, block, source, hits, body, language, confidence)


def _of_opening(
    context: Context, block: Block, source: str, hits: list[Hit], body: int, language: str, confidence: float
) -> Iterator[Relation]:
    """What the words from BODY on, which name no subject, say of SOURCE up to the first concept."""
    text = block.prose
    target = next((hit for hit in hits if hit.start >= body), None)
    if target is None or target.start - body > _MAX_GAP or (language == "de" and _MODIFIES.match(text, target.end)):
        return
    said = _FORMULA.sub("", text[body : target.start])
    if match := _BETWEEN[language].fullmatch(f" {said[:1].lower()}{said[1:]}"):
        label = match["said"] if match["said"] not in _COPULAS else ""
    elif body and (match := _NOUN[language].fullmatch(said)):
        label = match["said"]
    else:
        return
    ends = source, target.mention.concept
    if label and ends[0] != ends[1] and min(context.confidence.get(end, 0.0) for end in ends) >= _MIN_END:
        yield stated(source, target, label, RelationKind.SENTENCE, confidence)


def _of_block(context: Context, block: Block, hits: list[Hit], language: str, confidence: float) -> Iterator[Relation]:
    text = block.prose
    said: tuple[str, str, Hit] | None = None
    for subject, target in pairwise(hits):
        if target.start - subject.end > _MAX_GAP or subject.end > target.start:
            said = None
            continue
        between = _FORMULA.sub("", text[subject.end : target.start])
        if said and said[2] is subject and _AND.fullmatch(between):
            source, label, _ = said
        elif found := _told(text, hits, subject, target, between, language):
            source, label = found
        else:
            said = None
            continue
        said = (source, label, target)
        ends = source, target.mention.concept
        if ends[0] == ends[1] or min(context.confidence.get(end, 0.0) for end in ends) < _MIN_END:
            continue
        if not is_unsaid(text[target.end : target.end + 40]):
            yield stated(source, target, label, RelationKind.SENTENCE, confidence)


_AND = pattern(r"\s?(?:,|,?\s(?:und|et|y|e|o|ou|oder))\s(?:[a-zäöü]{2,5}\s)?(?:l['’])?")


def _told(text: str, hits: list[Hit], subject: Hit, target: Hit, between: str, language: str) -> tuple[str, str] | None:
    """(subject, linking phrase) of what a sentence says of SUBJECT, or of the noun that has it with it, up to TARGET."""
    if language == "de" and (label := _behind_verb(text, subject, between)):
        return subject.mention.concept, label
    begin = max((match.end() for match in _SENTENCE.finditer(text, 0, subject.start)), default=0)
    at = head_of(text, hits, hits.index(subject), begin, language)
    if not _OPENING[language].fullmatch(text, begin, hits[at].start):
        return None
    label = _label(text, target, between, language)
    return (hits[at].mention.concept, label) if label else None


def head_of(text: str, hits: Sequence[Hit], at: int, begin: int, language: str) -> int:
    """The index of the noun, from BEGIN on, that the one of index AT only says more of: `Jeder Knoten in einem Graph ist …`."""
    while at and hits[at - 1].start >= begin:
        if not _TIED[language].fullmatch(_FORMULA.sub("", text[hits[at - 1].end : hits[at].start])):
            break
        at -= 1
    return at


def _behind_verb(text: str, subject: Hit, between: str) -> str:
    """The verb before SUBJECT, where its object comes right behind that: `Also besitzt jeder Knoten einen Namen`."""
    if not _OBJECT.fullmatch(between):
        return ""
    match = _VERB_FIRST.search(text, max(0, subject.start - _MAX_VERB), subject.start)
    return match["verb"] if match and match["verb"] not in _COPULAS else ""


_MAX_VERB = 40
_OBJECT = pattern(r"\s(?:ein(?:e[nm]?)?|den|das|die|dem)\s(?:[a-zäöüß]+(?:en|e|es)\s)?")
_VERB_FIRST = pattern(
    rf"(?:^|\s)(?P<verb>{_VERBS['de']})\s(?:ein|eine|der|die|das|jede[rs]?|alle)\s(?:[a-zäöüß]+e[rsn]?\s)?$"
)
_FORMULA = pattern(r"\s?\0+")
_TIED = {
    language: pattern(rf"\s(?:{ties})(?:\s{_ARTICLES[language]})?(?:\s[^\W\dA-ZÄÖÜ_][\w-]*)?\s(?:l['’])?")
    for language, ties in _TIES.items()
}


def _label(text: str, target: Hit, between: str, language: str) -> str:
    """The linking phrase in BETWEEN, the words from a subject to TARGET; empty where they say nothing of both."""
    if made := _MADE.fullmatch(between) if language == "de" else None:
        # `wird von einem Automaten akzeptiert`
        done = _PASSIVE.match(text, target.end)
        return f"{made['aux']} {done['done']} {made['tie']}" if done else ""
    match = _BETWEEN[language].fullmatch(between)
    if not match or (language == "de" and _MODIFIES.match(text, target.end)):
        return ""
    label = match["said"]
    first, _, rest = label.partition(" ")
    if first in _COPULAS and (not rest or rest in {"der", "des"}):
        # `ist groß`: only what names a class says what the subject is.
        kind = _CLASS[language].fullmatch(between.lstrip())
        return kind.group().strip() if kind else ""
    words = label.split()
    return (
        label if (len(words) <= _MAX_WORDS and words[0] != words[-1]) or words[0] not in SMALL_WORDS[language] else ""
    )


def lead(text: str, hits: Sequence[Hit], begin: int, language: str) -> tuple[Hit, str] | None:
    """(subject, linking phrase) of TEXT, a line over a list that begins at BEGIN: `Ein Knoten besteht aus`."""
    match = _LEADS.fullmatch(text, hits[-1].end) if language in _VERBS else None
    if match is None:
        return None
    head = hits[head_of(text, hits, len(hits) - 1, begin, language)]
    return (head, match["label"]) if _OPENING[language].fullmatch(text, begin, head.start) else None


_LEADS = pattern(
    r"(?:\s?\0+)?\s(?P<label>besteh(?:t|en)\saus|enthält|enthalten|umfass(?:t|en)|hat|haben|besitzt|besitzen|compren(?:d|nent)|"
    r"contien(?:t|nent)|comporte(?:nt)?|se\scompose(?:nt)?\sde|constan?\sde|se\scomponen?\sde|contienen?|incluyen?|tienen?|"
    r"comprend(?:e|ono)|contiene|contengono|si\scompon(?:e|gono)\sdi|contém|contêm|inclui|incluem|compõe-se\sde)"
    r"(?:\s[a-zäöüß]+){0,2}(?:\s[^\W\d_]+){0,2}\s?:?\s*"
)
_MAX_WORDS = 6
_MODIFIES = pattern(r"(?:-|\s(?=[A-ZÄÖÜ][a-zäöü]+\b))")
"""`Input Variable`: the first word alone is not meant."""
