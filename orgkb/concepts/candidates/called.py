"""`also known as X`, `a so-called X`, `называется X`: the name is what follows, another name of what stands before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import names
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import ABSTRACT_WORDS, FUNCTION_WORDS, is_verb
from orgkb.concepts.model import Alias, AliasKind
from orgkb.patterns import pattern

RULE = "called"
_CALLED = pattern(
    r"\b(?:also\s+(?:known\s+as|called|referred\s+to\s+as)|(?:is|are|be)\s+(?:often\s+|usually\s+|sometimes\s+)?"
    r"(?:known\s+as|called)|so-called|formerly|aka|a\.k\.a\.|называется|называются|называют|известн\w+\s+как|"
    r"так\s+называем\w+)\s+(?:an?\s+|the\s+)?[\"«“']?(?=[^\W\d_])",
    re.IGNORECASE,
)
_HINTS = ("called", "known", "referred", "formerly", "aka", "a.k.a.", "называ", "известн")
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
    """What the notes say something is called, up to three words; where it has a name of its own, that with this alias."""
    for block in reading.having(*_HINTS, kinds=(*TEXTS, BlockKind.TAG)):
        for match in _CALLED.finditer(block.prose):
            end = _name_end(block, match.end())
            if end > match.end():
                found = candidate(reading, block, match.end(), end, rule=RULE, confidence=confidence)
                if found and not _is_manner(found.name):
                    yield found
                    yield from _subject(reading, block, match, found)


def _subject(reading: Reading, block: Block, match: re.Match[str], other: Candidate) -> Iterator[Candidate]:
    """The X of `X, also known as Y`, with its alias Y; it makes no concept by itself."""
    begin = max(0, match.start() - _WINDOW)
    before = block.prose[begin : match.start()]
    subject = _SUBJECT.search(before)
    if not subject or not (_OTHER_NAME.search(match.group()) or _OTHER_NAME.search(before, subject.end("name"))):
        return
    if (subject.start() == 0 and begin) or names.words(subject["name"])[-1].lower() in ABSTRACT_WORDS | FUNCTION_WORDS:
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


def _is_manner(name: str) -> bool:
    """Whether what follows only tells how: `is called automatically`."""
    lower = name.lower()
    return " " not in lower and (is_verb(lower) or lower.endswith(("ly", "ing", "ed")))


def _name_end(block: Block, start: int) -> int:
    """The end of the name that begins at START: its words up to a function word, verb or mark."""
    end = start
    for _ in range(3):
        word = _WORD.match(block.prose, end if end == start else end + 1)
        if not word or word.group().lower() in FUNCTION_WORDS or (end > start and is_verb(word.group().lower())):
            break
        end = word.end()
        if not _GAP.match(block.prose, end):
            break
    return end
