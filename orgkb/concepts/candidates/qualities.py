"""A quality that a sentence gives to a kind of thing: `A cone is *acute* if …` tells of the acute cone.

In the Romance languages it stands behind its noun (`Una matriz es /simétrica/ si …`), in Russian it is put into the nominative
(`Матрица, у которой …, называется /единичной/`), in German only a feminine noun tells its ending (`Eine Menge heißt *offen*, wenn …`).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts.blocks import Block, Reading
from orgkb.concepts.candidates import nominative
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS, NEVER_WORDS, is_bare_verb, morphology
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.signs import LIKE_QUALITIES
from orgkb.patterns import pattern

RULE = "quality"
_HINTS = (
    " if",
    " when",
    " whose",
    " that",
    " with",
    " wenn",
    " falls",
    " gdw",
    " si ",
    " ssi",
    " se ",
    " cuando",
    "котор",
    "имеющ",
    "состоящ",
    "содержащ",
    " having",
    "если",
    "когда",
    "тогда",
)
_SYMBOL = r"(?:\s\0++|\s(?:\$[^$\n]{1,30}\$|[A-Z](?:_?\w)?(?:\([^()\n]{1,9}\))?))?"
_CLAUSE = r"(?P<clause>,?\s(?:that|which|whose|with|where|in\swhich|having)\s[^.;:!?\n]{6,120}?,?)?"
_ENGLISH = pattern(
    rf"(?:^|[.!?:]\s|\n|\b(?:[Ww]e\s(?:say|call)|[Tt]hen|,)\s(?:that\s)?)(?:[Aa]n?|[Aa]ny|[Ee]very|[Tt]wo)\s(?P<noun>(?:[a-z-]{{3,}}\s)?[a-z-]{{3,}}){_SYMBOL}"
    rf"{_CLAUSE}(?:\s(?:is|are)(?P<called>\s(?:called|said\sto\sbe|termed))?)?\s\Z"
)
_ROMANCE = pattern(
    rf"(?:^|[.!?:]\s|\n|\b(?:que|qu[’'])\s?)(?:[Uu]na?|[Uu]ma?|[Uu]ne)\s(?P<noun>[^\W\d_]{{3,}}){_SYMBOL}"
    r"\s(?:es|é|è|est)(?:\s(?:dit[oae]?|dicho|dicha|dett[oa]|llamad[oa]|chamad[oa]|appelée?))?\s\Z"
    rf"|(?:^|[.!?:]\s|\n)(?:[Uu]na?|[Uu]ma?)\s(?P<other>[^\W\d_]{{3,}}){_SYMBOL}\s(?:se\s(?:dice|llama|denomina|diz|chama)|si\sdice)\s\Z"
)
_GERMAN = pattern(rf"(?:^|[.!?:]\s|\n)Eine\s(?P<noun>[A-ZÄÖÜ][a-zäöüß-]{{2,}}){_SYMBOL}\s(?:heißt|ist)\s\Z")
_RUSSIAN = pattern(
    r"(?:^|[.!?:]\s|\n)\s*(?P<noun>[А-ЯЁ][а-яё]+(?:\s[а-яё]{4,})?)(?:\s\0++|\s\$[^$\n]{1,30}\$|\s[A-Z])?"
    r"(?P<clause>,\s(?:[а-яё]+\s){0,3}?(?:котор[а-яё]+|имеющ[а-яё]+|состоящ[а-яё]+|содержащ[а-яё]+)\s[^.;:!?\n]{4,160}?,?)?\sназывается\s\Z"
)
_IF = pattern(
    r"[\s,]+(?:if|iff|when|whenever|wenn|falls|gdw\.?|si|ssi|cuando|lorsque|se|quando|если|когда|тогда\sи\sтолько)\s+(?=\S+\s\S)"
)
_ENDS = pattern(r"[.:;,](?:\s|$)|\s*(?:$|\n)")
_ADJECTIVE = pattern(
    r"(?:[a-z-]+ly\s)?[a-z-]*(?:al|ic|ive|ous|[^e]ed|able|ible|ful|less|[cgl]ular|ian|plete|finite|pact|vex|cave|open|dense|prime|simple"
    r"|perfect|smooth|free|odd|even|solute|plicit|crete|ordinate|dependent|congruent|coprime)"
)
_LOWER = pattern(r"(?:[^\W\d_A-ZА-ЯЁ][^\W\d_]*ly\s)?[^\W\d_A-ZА-ЯЁ][\w-]{2,}")
_NO_NOUN = FUNCTION_WORDS | EVERY_SMALL_WORD | word_set("bit case lot one person situation thing way")
_WINDOW = 220
_LEAST_WORDS = 6


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Marked qualities with the kind of thing that a sentence gives them to, and that sentence."""
    for block, stretches in reading.emphasized_texts():
        if not any(hint in block.running for hint in _HINTS):
            continue
        for start, end in stretches:
            told = kind_of(block, start, end)
            if told is None:
                continue
            name, opens = told
            stop = sentence_end(block.text, end, len(block.text))
            if len(block.running[opens:stop].split()) < _LEAST_WORDS:
                continue
            defined = definition_at(reading, block, opens, stop, rule=RULE, confidence=confidence)
            found = candidate(
                reading,
                block,
                start,
                end,
                rule=RULE,
                confidence=confidence,
                check_shape=False,
                explicit=True,
                defined=defined,
            )
            if found and defined:
                yield structs.replace(found, name=name, aliases=())


def kind_of(block: Block, start: int, end: int) -> tuple[str, int] | None:
    """What the marked quality between START and END makes of the noun before it, and where that sentence begins; else None."""
    quality = block.text[start:end].strip()
    if not _LOWER.fullmatch(quality):
        return None
    window = max(0, start - _WINDOW)
    before = block.running[window:start]
    condition = _IF.match(block.running, end) is not None
    for form in (_ENGLISH, _ROMANCE, _GERMAN, _RUSSIAN):
        match = form.search(before)
        if match is None or (window and not match.start()):
            continue
        found = match.groupdict()
        noun = found.get("noun") or found.get("other") or ""
        clause = bool(found.get("clause")) and _ENDS.match(block.running, end) is not None
        if not (condition or clause) or not _is_kind(noun):
            return None
        opens = window + match.start() + len(match[0]) - len(match[0].lstrip(" \n.!?:,"))
        name = _joined(
            form is _ENGLISH, form is _GERMAN, noun, quality, called=bool(found.get("called")) or "call" in match[0]
        )
        return (name, opens) if name else None
    return None


def _is_kind(noun: str) -> bool:
    """Whether NOUN, after an article, may be a kind of thing."""
    words = noun.lower().split()
    return words[-1] not in NEVER_WORDS and _NO_NOUN.isdisjoint(words)


def _joined(english: bool, german: bool, noun: str, quality: str, *, called: bool) -> str:
    """The name of the kind; empty where QUALITY may be a noun itself: `A plane curve is called *conic* if …`."""
    if not noun.isascii() and morphology.is_known(noun.lower().rpartition(" ")[2]):
        return _russian(noun.lower().rpartition(" ")[2], quality)
    if german:
        return f"{quality}e {noun}"
    if not english:
        return f"{noun.lower()} {quality}"
    if called and (not _ADJECTIVE.fullmatch(quality) or quality in LIKE_QUALITIES):
        return ""
    return "" if is_bare_verb(quality) else f"{quality} {noun}"


def _russian(noun: str, quality: str) -> str:
    """QUALITY, in the instrumental, with NOUN as a dictionary has them; empty where it is no such form."""
    if not any(
        form.part == "NOUN" and form.case == "nomn" and form.number == "sing" for form in morphology.forms(noun)
    ):
        return ""
    if not morphology.is_adjective(quality) or not quality.endswith(("ой", "ей", "ым", "им")):
        return ""
    agreeing = nominative.agreed(quality, noun)
    return f"{agreeing} {noun}" if agreeing else ""
