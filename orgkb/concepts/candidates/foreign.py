"""Defining sentences of German and the Romance languages: `Ein Graph ist eine Menge …`, `La tupla es una …`, `Llamamos serie a …`.

Their articles and copulas tell the language by themselves, so that it does not matter in which one the rest is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import folding
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import SECTION_WORDS
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD
from orgkb.concepts.lexicon.european_names import LOOSE, RELATIVES
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import MASK
from orgkb.patterns import pattern

RULE = "foreign-copula"
_ROMANCE_HINTS = (" es ", " son ", " est ", " sont ", " é ", " são ", " è ", " sono ")
_GERMAN_HINTS = (" ist ", " sind ")
_CALL_HINTS = (
    "lamamos ", "enominamos ", "e llama", "e denomina", "appelle ", "appelé", "nomme", "i chiama", "hiamiamo ", "chiamat", " dett", "nome di ",
    "hamamos ", "hama-se ", "hamam-se ", "enomina-se ", " chamad", "enominad", "llamad", "conocid", "conhecid", "heißt ", "heißen ", "ezeichne", "nennt ", "genannt",
)  # fmt: skip
_START = r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+"
_ASIDE = r"(?:\s\0++|\s\([^()\n\0]{2,60}\))?"
_ROMANCE_NAME = (
    r"(?P<name>[^\W\d_][\w’/-]*+(?:\s(?:de\s(?:la\s)?|d[’']|del\s|des?\s|du\s|di\s|do\s|da\s)?[^\W\d_][\w’-]*+){0,3}?)"
)
_GERMAN_NAME = r"(?P<name>(?:[a-zäöüß]+(?:e|er|es)\s){0,2}(?:[A-ZÄÖÜ]|[a-z]-[A-ZÄÖÜ])[\w-]++)(?:/[A-ZÄÖÜ][\w-]++)?"
_ROMANCE = pattern(
    rf"{_START}(?P<article>(?:Un|Una|El|La|Los|Las|Une|Le|Les|Il|Lo|I|Gli|O|Os|As|Um|Uma)\s|L[’'])?{_ROMANCE_NAME}{_ASIDE}"
    r"\s(?:es|son|est|sont|é|são|è|sono)\s(?=(?:un|una|une|um|uma|uno|aquel|aquella|aquellos|celui|celle)\s[^\W\d_]|d[’']un"
    r"|(?:el|la|le|los|las|les|lo)\s[^\W\d_]{3,}\s(?:de|del|que|qui|du|des|en|para|pour|no)\s|l[’'][^\W\d_]{3,}\s(?:de|qui|d[’']))"
)
_GERMAN = pattern(
    rf"{_START}(?P<article>(?:Eine?|Der|Die|Das)\s)?{_GERMAN_NAME}(?:\s(?:über|mit|auf|von)\s\0++)?{_ASIDE}"
    r"\s(?:ist|sind)\s(?=(?:eine?|jede[rs]?)\s[^\W\d_]|(?:der|die|das)\s(?:[a-zäöüß]+\s)?[A-ZÄÖÜ][a-zäöüß]{3,}"
    r"|[A-ZÄÖÜ][a-zäöüß]{3,}\s(?:von|vom|der|des|mit|für|zwischen|zur|zum)\s)"
)
GERMAN_TELLS = (
    r"(?:beschreib|bezeichne|besag|miss|prüf|dien|untersuch|definier|ermöglich|erlaub|speicher|umfass|regel|berechne|bestimm|vergleich)e?t"
    r"|enthält|enthalten|(?:beschäftigt|befasst)\ssich|besteht\saus|steht\sfür|gibt\san|wird\s(?:als|zum|zur|für)|werden\s(?:als|zum|zur|für)"
)
ROMANCE_TELLS = (
    r"describen?|definen?|representan?|permiten?|consisten?\sen|sirven?\spara|miden?|estudian?|indican?|significan?|almacenan?"
    r"|se\s(?:utilizan?|usan?|definen?|refieren?|encargan?|ocupan?)\s(?:para|como|a|de)|décri(?:ven)?t|définit|représent(?:e|ent)|permet(?:tent)?"
    r"|consiste\sà|sert\sà|servent\sà|mesure(?:nt)?|étudie(?:nt)?|indique(?:nt)?|signifie(?:nt)?|désigne(?:nt)?|se\sdéfinit|se\scompose"
)
"""What tells what its subject is, does or is for."""
_ROMANCE_DOES = pattern(
    rf"{_START}(?P<article>(?:Un|Una|El|La|Los|Las|Une|Le|Les)\s|L[’']){_ROMANCE_NAME}{_ASIDE}\s(?=(?:{ROMANCE_TELLS})\s[^\W\d_])"
)
_GERMAN_DOES = pattern(
    rf"{_START}(?P<article>(?:Eine?|Der|Die|Das)\s)?{_GERMAN_NAME}{_ASIDE}\s(?=(?:{GERMAN_TELLS})(?:,?\s[^\W\d_]))"
)
_CALLED = pattern(
    r"\b(?:[Ll]lamamos|[Dd]enominamos|S(?<![^\s(].)e\s(?:llama|denomina))\s(?:(?:un|una|el|la)\s)?"
    + _ROMANCE_NAME
    + r"(?:\sde\s\0++)?\s"
    r"(?:a\s(?=(?:la|los|las|el|un|una|cada|cualquier|tod[ao]s?|aquel\w*)\s)|al\s(?=[^\W\d_]))"
)
_APPELLE = pattern(
    r"\b[Oo]n\s(?:appelle|nomme)\s(?:(?:une?|le|la|les)\s|l[’'])?" + _ROMANCE_NAME + r"(?:\sde\s\0++)?,?\s"
    r"(?=(?:une?|toute?|le|la|les|chaque)\s[^\W\d_]|l[’'][^\W\d_])"
)
_CHIAMA = pattern(
    r"\b(?:[Ss]i\s(?:chiama|definisce)|[Cc]hiamiamo|[Cc]hamamos(?:\sde)?|[Cc]hama-se(?:\sde)?|[Dd]enomina-se)\s(?:(?:un[ao]?|uma?|il|lo|la|o|a)\s|l[’'])?"
    + _ROMANCE_NAME
    + r"(?:\sd[ei]\s\0++)?,?\s(?=(?:un[ao]?|uma?|il|lo|la|gli|ogni|todo|toda|tutt[oaie]|qualsiasi|qualquer|o|ao?|à)\s[^\W\d_]|l[’'][^\W\d_]|un['’][^\W\d_])"
)
_IS_CALLED = pattern(
    rf"{_START}(?P<said>(?:Un[aeo]?|Uma?|El|La|Los|Las|Le|Les|Il|Lo|I|Gli|O|A|Os|As|Tod[oa]s?|Toute?|Ogni|Cada|Chaque|L['’]|[^\W\d_]{{3,}}\s(?:de|di|da|do|des|du|que|che|qui))"
    r"[^.;:\n]{12,180}?),?\s(?:se\s(?:llaman?|denominan?|conocen?\scomo)|(?:es|son|fue|é|são)\s(?:llamad|denominad|conocid|chamad|conhecid)[oa]s?(?:\sde|\scomo)?"
    r"|(?:chama|denomina)m?-se(?:\sde)?|(?:est|sont)\s(?:appel|nomm)ée?s?|s['’]appellent?|se\snomment?|si\schiama(?:no)?|(?:è|sono|viene|vengono)\s(?:dett|chiamat|denominat)[oaie]"
    rf"|prend(?:e|ono)\sil\snome\sdi)\s(?:también\s|aussi\s|anche\s|também\s)?(?:(?:un[aeo]?|uma?|el|la|le|il|lo|o|a)\s|l['’])?{_ROMANCE_NAME}(?=[.,;(\n]|\s*$)"
)
"""`Le temps entre deux pannes est appelé fiabilité.`"""
_GENANNT = pattern(
    rf"{_START}(?P<said>(?:Eine?|Die|Der|Das|Jede[rs]?)\s[^.;:\n]{{12,180}}?),?\s(?:(?:wird|werden)\s(?:auch\s|oft\s)?(?:als\s)?(?:eine?\s|der\s|die\s|das\s)?"
    rf"{_GERMAN_NAME}\s(?:bezeichnet|genannt)|(?:nennt\sman|bezeichnet\sman\sals|bezeichnen\swir\sals|nennen\swir)\s(?:auch\s)?(?:eine?n?\s|die\s|das\s|den\s)?"
    rf"{_GERMAN_NAME.replace('name', 'other')})(?=[.,;(\n]|\s*$)"
)
_HEISST = pattern(
    rf"{_START}(?P<said>(?:Eine?|Die|Der|Das|Jede[rs]?)\s[^.;:\n]{{8,150}}?)\s(?:heißt|heißen)\s(?:eine?\s)?(?:\([a-zäöüß]+\)\s)?"
    rf"{_GERMAN_NAME}(?=[.,;(\n]|\s*$|\s\0)"
)
_EMPTY_SUBJECTS = word_set(
    "ziel idee problem grund beispiel frage aufgabe folge ergebnis vorteil nachteil unterschied ursache zweck objetivo problema idea razón "
    "ejemplo resultado cosa finalidad ventaja desventaja diferencia causa motivo but objectif idée problème exemple résultat avantage raison "
    "esto eso ello esta ceci cela questo quello isto isso chose différence scopo obiettivo esempio risultato"
)
_LINKING = word_set("de del des du d la los las les di do da")
"""Small words that may stand inside of a name: `clase de la tupla`."""
_DEFINITE = frozenset(
    {"el", "la", "los", "las", "le", "les", "il", "lo", "o", "os", "as", "der", "die", "das", "l'", "l’"}
)
_DEFINITE_FACTOR = 0.8
"""With a definite article it is more often something mentioned before."""


_DOES_FACTOR = 0.9
_ARTICLES = ("Ein", "Der ", "Die ", "Das ", "El ", "La ", "Los ", "Las ", "Un", "Le ", "Les ", "L'", "L’")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Subjects of a defining sentence, and what something is called."""
    for block in reading.having(*_ROMANCE_HINTS):
        for match in _ROMANCE.finditer(block.running):
            yield from _defined(reading, block, match.span("name"), match.end(), _trust(match["article"], confidence))
    for block in reading.having(*_GERMAN_HINTS):
        for match in _GERMAN.finditer(block.running):
            yield from _defined(reading, block, match.span("name"), match.end(), _trust(match["article"], confidence))
    for block in reading.of_kind(*TEXTS):
        if not reading.language and not block.running.lstrip().startswith(_ARTICLES):
            continue
        for rule in (_ROMANCE_DOES, _GERMAN_DOES):
            # Only the subject of the first sentence: what goes on is about something said before.
            does = rule.match(block.running)
            # What `La commande =ls= sert à …` says is said of the command.
            if does and MASK not in does[0]:
                trust = _trust(does["article"], round(confidence * _DOES_FACTOR, 4))
                yield from _defined(reading, block, does.span("name"), does.end(), trust)
    for block in reading.having(*_CALL_HINTS):
        for rule in (_CALLED, _APPELLE, _CHIAMA):
            for match in rule.finditer(block.running):
                yield from _defined(reading, block, match.span("name"), match.end(), confidence)
        for rule in (_HEISST, _IS_CALLED, _GENANNT):
            for match in rule.finditer(block.running):
                name = match.span("name" if match["name"] else "other")
                yield from _defined(reading, block, name, match.start("said"), confidence, match.end("said"))


def _trust(article: str | None, confidence: float) -> float:
    definite = (article or "").strip().lower() in _DEFINITE
    return round(confidence * _DEFINITE_FACTOR, 4) if definite else confidence


def _defined(
    reading: Reading, block: Block, name: tuple[int, int], start: int, confidence: float, stop: int = -1
) -> Iterator[Candidate]:
    words = [word.lower() for word in folding.words(block.running[slice(*name)])]
    if not words or words[0] in _LINKING or words[-1] in _LINKING or words[0] in SECTION_WORDS:
        return
    if words[0] in LOOSE or not RELATIVES.isdisjoint(words):
        return
    if any(word in _EMPTY_SUBJECTS or (word in EVERY_SMALL_WORD and word not in _LINKING) for word in words):
        return
    if stop < 0:
        whole = block.kind is BlockKind.ITEM
        stop = len(block.text) if whole else sentence_end(block.text, start, len(block.text))
    defined = definition_at(reading, block, start, stop, rule=RULE, confidence=confidence)
    found = candidate(reading, block, *name, rule=RULE, confidence=confidence, defined=defined)
    if found and defined and len(defined[0].text.split()) >= _LEAST_WORDS:
        yield found


_LEAST_WORDS = 3
