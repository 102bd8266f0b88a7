"""What a name is told to be on the way: `uses a mutex (a lock that one thread holds)`, `Kerberos, a protocol for …, does`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts import cleaning, names, passing
from orgkb.concepts.blocks import Block, Reading
from orgkb.concepts.candidates import telling
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS, LOOSE_WORDS, is_verb
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD
from orgkb.concepts.text import Style
from orgkb.patterns import pattern

RULE = "gloss"
_OPENS = (
    " (a ", " (an ", "(der ", "(die ", "(das ", "(ein ", "(eine ", "(un ", "(una ", "(une ", "(this ", "(it ", "(those ", "(these ", "(they ",
    "(aquel", "(ceux ", "(celles ", "(celui ", "(celle ", "(diejenigen", "(quell", "(aquil", "(те, ", "(та, ", "(тот, ", "(то, ", "(the ",
)  # fmt: skip
_GLOSS = pattern(
    r"\s\((?P<said>(?:an?|der|die|das|eine?|une?|una|(?:the\s(?:number|set|amount|sum|part|process|act|ability|study|rate|length|size|distance|time|point|place|value|function|one))(?=\s(?:of|that|which|at|where))"
    r"|(?:those|these|ones)\s(?:that|which|who|with|of)|aquell?[oa]s?\s(?:que|com?|[a-zç]+[ao]s)|celui\squi|ceux\squi|celles?\squi|diejenigen,|quell[oiae]\sche|т[еоа]т?,\s(?:[а-я]{1,3}\s)?котор[а-я]+"
    r"|(?:this|it|these|they)\s[a-z]{3,})\s[^()\0\n]{5,160})\)"
)
_PRONOUN = pattern(r"(?:this|it|these|they)\s(?P<verb>[a-z]+)\s")
_APPOSED = pattern(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+(?P<name>[A-Z][\w+-]*+(?:\s[\w+-]++){0,2}),\s(?P<said>an?\s[^,.;:()\0\n]{12,120}),\s(?=[a-z]{2,}(?:s|ed)\s|can\s|was\s|has\s)"
)
_CLAUSE = pattern(
    r"\s(?:that|which|who|of|for|used|where|in|to|with|by|der|die|das|dem|den|von|aus|mit|für|zur|zum|que|qui|che|котор[а-я]+|de|para|pour)\s",
    re.IGNORECASE,
)
_WORD_BEFORE = pattern(r"(?:^|[\s(])(?P<word>[^\W\d_][\w-]*+)\Z")
_LEAST_WORDS = 4
_MOST_WORDS = 3


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Names with such a phrase in parentheses or between commas."""
    if reading.is_prose:
        return
    for block in reading.having(*_OPENS):
        for match in _GLOSS.finditer(block.running):
            marked = _marked(block, match.start())
            start = marked or _name_before(block.running, match.start())
            if start < match.start():
                name, said = (start, match.start()), match.span("said")
                yield from _defined(reading, block, name, said, confidence, marked=bool(marked))
    for block in reading.having(", a ", ", an "):
        for match in _APPOSED.finditer(block.running):
            yield from _defined(reading, block, match.span("name"), match.span("said"), confidence)


def _marked(block: Block, end: int) -> int:
    """Where the bold, italic or underlined name begins that ends at END; 0 where none does."""
    run = block.flat.run_at(end - 1)
    marked = run.style & (Style.BOLD | Style.SLANTED) and run.end == end
    return run.start if marked else 0


def _name_before(prose: str, end: int) -> int:
    """Where the name begins that ends at END: up to three words, none of which joins or does something."""
    start = end
    for _ in range(_MOST_WORDS):
        stop = start if start == end else start - 1
        match = _WORD_BEFORE.search(prose, max(0, stop - 40), stop)
        if not match:
            break
        word = match["word"].lower()
        if (
            word in FUNCTION_WORDS
            or word in EVERY_SMALL_WORD
            or word in LOOSE_WORDS
            or is_verb(word)
            or word.endswith("ly")
        ):
            break
        start = match.start("word")
        if match["word"][0].isupper() and not match["word"].isupper() and not word.isascii():
            break
    return start


def _defined(
    reading: Reading,
    block: Block,
    name: tuple[int, int],
    said: tuple[int, int],
    confidence: float,
    *,
    marked: bool = False,
) -> Iterator[Candidate]:
    text = block.running[slice(*said)]
    if len(text.split()) < _LEAST_WORDS or not _CLAUSE.search(text) or passing.is_person(block.running[slice(*name)]):
        return
    if not marked and not names.weak_shape(cleaning.clean(block.running[slice(*name)]).name):
        return
    if (does := _PRONOUN.match(text)) and not telling.tells(text[does.start("verb") :], does["verb"]):
        return
    defined = definition_at(reading, block, *said, rule=RULE, confidence=confidence)
    found = candidate(reading, block, *name, rule=RULE, confidence=confidence, explicit=marked, defined=defined)
    if found and defined:
        yield found
