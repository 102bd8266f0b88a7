"""`also known as X`, `a so-called X`, `называется X`: the name is what follows, another name of what stands before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import folding, names
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates import meant, nominative, qualities
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import ABSTRACT_WORDS, FUNCTION_WORDS, is_verb
from orgkb.concepts.model import Alias, AliasKind, Definition
from orgkb.concepts.text import Style
from orgkb.patterns import pattern

RULE = "called"
_CALLED = pattern(
    r"\b(?:also\s+(?:known\s+as|called|referred\s+to\s+as)|(?:is|are|be)\s+(?:often\s+|usually\s+|sometimes\s+)?"
    r"(?:known\s+as|called|referred\s+to\s+as|termed|dubbed)|so-called|formerly|aka|a\.k\.a\.|называется|называются|называют|известн\w+\s+как|"
    r"так\s+называем\w+)\s+(?:an?\s+|the\s+|its\s+|their\s+)?[\"«“']?(?=[^\W\d_]|\0)",
    re.IGNORECASE,
)
_HINTS = ("called", "known", "referred", "termed", "dubbed", "formerly", "aka", "a.k.a.", "называ", "известн")
"""One stands in whatever `_CALLED` finds; to look for them takes a tenth of the time."""
_OTHER_NAME = pattern(
    r"\b(?:also|sometimes|formerly|previously|aka|a\.k\.a\.|также|иначе|ещ[её]|известн\w+)\b", re.IGNORECASE
)
"""What says that the name after it is another one, not the only one."""
_SUBJECT = pattern(
    r"(?:^|(?<=[.!?…]\s)|(?<=\n))[ \t]*(?:(?:The|An?)\s)?"
    r"[\"«“]?(?P<name>[^\W_][\w+.-]*+(?:[ \n][^\W_][\w+.-]*+){0,3}?)[\"»”]?"
    r"(?:,|,?\s\(|,?\s(?:is|are|was|were|can\sbe|may\sbe))?\s?(?:также\s|ещ[её]\s|иначе\s|sometimes\s|often\s|usually\s)?$",
    re.IGNORECASE,
)
_WINDOW = 120
"""Characters before the phrase in which its subject begins."""
_SAME_CONFIDENCE = 0.65
_WORD = pattern(r"[^\W_][\w+'’-]*(?:\.[\w+-]+)*")
_GAP = pattern(r"[ \n]")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What the notes say something is called, up to three words or all that is set off; a name of its own gets this alias."""
    for block in reading.having(*_HINTS, kinds=(*TEXTS, BlockKind.TAG)):
        for match in _CALLED.finditer(block.running):
            end = _name_end(block, match.end())
            if (
                end > match.end()
                and not qualities.kind_of(block, match.end(), end)
                and not (match[0][:1] == "н" and meant.names_before(block.running, match.end()))
            ):
                defined = _told(reading, block, match, end, confidence)
                found = candidate(reading, block, match.end(), end, rule=RULE, confidence=confidence, defined=defined)
                # `называется побочной диагональю` tells of a побочная диагональ
                if found and match[0][:5] == "назыв" and (plain := nominative.of_instrumental(found.name.split())):
                    found = structs.replace(found, name=plain)
                if found and not _is_manner(found.name) and not _VARIABLE.fullmatch(found.name):
                    yield found
                    yield from _subject(reading, block, match, found)


def _told(
    reading: Reading, block: Block, match: re.Match[str], end: int, confidence: float
) -> tuple[Definition, tuple[int, int]] | None:
    """What stands before `is called`, where it says what the thing is that the name ends the clause of: `A set of … is called …`."""
    if match[0][:5] == "назыв":
        return _told_in_russian(reading, block, match, end, confidence)
    if not _IS_CALLED.match(match.group()):
        return None
    window = max(0, match.start() - _LONGEST)
    if before := _BEFORE.search(block.running, window, match.start()):
        goes_on = _CLAUSE_ENDS.match(block.running, end) or _GOES_ON.match(block.running, end)
        if not goes_on or (window and before.start() == window) or len(before["said"].split()) <= _LEAST_WORDS:
            return None
        return definition_at(reading, block, before.start("said"), before.end("said"), rule=RULE, confidence=confidence)
    if not _CLAUSE_ENDS.match(block.running, end):
        return None
    said = _SAID.search(block.running, window, match.start())
    if not said and block.flat.run_at(match.end()).style & (Style.BOLD | Style.SLANTED):
        said = _BARE_SAID.search(block.running, window, match.start())
    if not said or (window and said.start() == window) or not _CLAUSE.search(said["said"]):
        return None
    if len(said["said"].split()) < _LEAST_WORDS:
        return None
    return definition_at(reading, block, said.start("said"), said.end("said"), rule=RULE, confidence=confidence)


def _told_in_russian(
    reading: Reading, block: Block, match: re.Match[str], end: int, confidence: float
) -> tuple[Definition, tuple[int, int]] | None:
    """What stands before `называется`: `Диагональ, которая соединяет углы, называется побочной.`."""
    window = max(0, match.start() - _LONGEST)
    said = _RUSSIAN_SAID.search(block.running, window, match.start())
    if (
        not _CLAUSE_ENDS.match(block.running, end)
        or not said
        or (window and said.start() == window)
        or not _RUSSIAN_CLAUSE.search(said["said"])
        or len(said["said"].split()) < _LEAST_WORDS
    ):
        return None
    return definition_at(reading, block, said.start("said"), said.end("said"), rule=RULE, confidence=confidence)


_RUSSIAN_SAID = pattern(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+(?P<said>(?!(?:Э[а-яё]{1,3}|Так[а-яё]{1,3}|Данн[а-яё]{2}|Эти|Тогда|Если|Когда|При|Он|Она|Оно|Они|Его|Её|Их|В|На|Для|Иногда|Также|Обычно)\s)"
    r"[А-ЯЁ][^.;:!?\n]{15,220}?),?\s(?:также\s|обычно\s|часто\s)?\Z"
)
_RUSSIAN_CLAUSE = pattern(
    r",\s(?:[а-яё]+\s){0,3}?(?:котор[а-яё]+|где|[а-яё]+(?:щ|вш)(?:ий|ая|ее|ие|ую|его|ей|их)(?:ся)?|[а-яё]+нн(?:ый|ая|ое|ые))\s"
    r"|^(?:Множество|Совокупность|Набор|Процесс|Способность|Свойство|Отношение|Число|Сумма|Произведение|Разность|Часть|Функция|Наука|Расстояние)\s(?=[а-яё])"
)
_IS_CALLED = pattern(r"(?:is|are)\s", re.IGNORECASE)
_CLAUSE_ENDS = pattern(r"[\"»”’']?(?:[.,;:)\n]|\s*$)")
_GOES_ON = pattern(r"[\"»”’']?\s(?:and|but|because|since|in|by|or)\s")
_BEFORE = pattern(
    r"(?:^|(?<=[.!?]\s))\s*+(?P<said>[^\W\d_a-z][^.!?;\0]{10,200}?)\.\s+This\s(?:(?:behaviou?r|effect|phenomenon|process|technique|property)\s)?\Z"
)
"""`They both free the same memory. This is known as a double free.`: what is called so has been said."""
_LONGEST = 240
_LEAST_WORDS = 4
_OPENS = r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+(?:(?:In|For|Within)\s[^.,;:()\0\n]{3,50},\s)?"
_ENDS = r",?\s(?:often\s|also\s|usually\s|sometimes\s)?\Z"
_SAID = pattern(
    rf"{_OPENS}(?P<said>(?:(?:[Aa]n?|[Tt]he|[Aa]ny|[Ee]very|[Ee]ach)\s|[A-Z][a-z]{{2,}}ing\s(?=[a-z]))[^.;:!?\0\n]{{10,220}}?){_ENDS}"
)
_BARE_SAID = pattern(
    rf"{_OPENS}(?P<said>[A-Z][a-z]{{2,}}\s(?:[a-z]{{3,}}\s)?(?:that|which|whose|where)\s[^.;:!?\0\n]{{10,220}}?){_ENDS}"
)
"""`Element that is no square is called a *non-residue*`: without an article, before what is set off."""
_CLAUSE = pattern(
    r"\s(?:that|which|whose|who|where|of|with|without|in|between|from|for|to|through|across|by|into|on|until)\s"
)


def _subject(reading: Reading, block: Block, match: re.Match[str], other: Candidate) -> Iterator[Candidate]:
    """The X of `X, also known as Y`, with its alias Y; it makes no concept by itself."""
    begin = max(0, match.start() - _WINDOW)
    before = block.running[begin : match.start()]
    subject = _SUBJECT.search(before)
    if (
        not subject
        or _VARIABLE.fullmatch(subject["name"])
        or not (_OTHER_NAME.search(match.group()) or _OTHER_NAME.search(before, subject.end("name")))
    ):
        return
    if (subject.start() == 0 and begin) or folding.words(subject["name"])[
        -1
    ].lower() in ABSTRACT_WORDS | FUNCTION_WORDS:
        return
    alias = Alias(other.name, AliasKind.VARIANT, RULE, _SAME_CONFIDENCE, reading.span(other.begin, other.end))
    found = candidate(
        reading,
        block,
        begin + subject.start("name"),
        begin + subject.end("name"),
        rule=RULE,
        confidence=other.confidence,
        check_shape=False,
        aliases=(alias,),
    )
    if found:
        yield structs.replace(found, supports=not names.weak_shape(found.name))


_VARIABLE = pattern(r"[a-z]+ [a-z]\d?")
"""`is called the relation r1`: this one, for what follows."""


def _is_manner(name: str) -> bool:
    """Whether what follows only tells how: `is called automatically`."""
    lower = name.lower()
    return " " not in lower and (is_verb(lower) or lower.endswith(("ly", "ing", "ed")))


_NOUN_AFTER = pattern(r"[/*_=~+]?\0*\s+(?P<noun>[a-z]{3,})(?=[.,;:)]|\s*$)")
"""The noun of which only the adjective is set off: `are called /round-robin/ queues.`"""
_SET_OFF = pattern(r"[^\W\d_]{3,}(?:[ \n-][^\W\d_]{2,}){0,3}")
"""A name in plain words, which may be set as code too: `This is called =attestation=`."""


def _name_end(block: Block, start: int) -> int:
    """The end of the name that begins at START: its words up to a function word, verb or mark, or all that is set off."""
    run = block.flat.run_at(start)
    if run.start == start and run.style & (Style.BOLD | Style.SLANTED | Style.OPAQUE) and not run.style & Style.LINK:
        text = block.text[start : run.end]
        if _SET_OFF.fullmatch(text):
            noun = _NOUN_AFTER.match(block.running, run.end) if "-" in text else None
            return noun.end() if noun and not is_verb(noun["noun"]) else run.end
    end = start
    for _ in range(3):
        word = _WORD.match(block.running, end if end == start else end + 1)
        if not word or word.group().lower() in FUNCTION_WORDS or (end > start and is_verb(word.group().lower())):
            break
        end = word.end()
        if not _GAP.match(block.running, end):
            break
    return end
