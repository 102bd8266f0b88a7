"""Names that stand for themselves at the begin of a paragraph or item, and what is said behind or below them.

`/Ribosome/: the part that …`, `~prion~ - a protein that …`, and on a line of its own `*Chloroplast*` over `The part that …`, `Cell wall` over
an indented `The outer layer …`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import cleaning, names
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates import opening, telling
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import COMMANDS, COMMON_COMMANDS, FUNCTION_WORDS, NEVER_WORDS, is_bare_verb
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.model import ConceptKind
from orgkb.concepts.text import DASH, MASK, Style
from orgkb.patterns import pattern

RULE = "set-off"
LINE_RULE = "own-line"
_BEHIND = pattern(rf"(?:\s?\([^()\n\0]{{2,40}}\))?(?:\s?:\s+|\s{DASH}\s+|(?<=:)\s+)(?=[^\W\d_])")
_CODE = pattern(rf"\s*(?P<name>\0+)(?:\s?:\s+|\s{DASH}\s+)(?=[^\W\d_])")
_LINE = pattern(r"(?P<name>[^\W\d_][^\W_]*(?:[ -][^\W_]+){0,3})[ \t]*\n(?P<indent>[ \t]*)(?=[^\W\d_])")
_LEAST_WORDS = 4
_MOST_NAME_WORDS = 4
_NO_CODE = 2


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Italic or underlined names with a colon or dash behind them, and names in code where the text says what kind of thing they are."""
    if reading.is_prose:
        return  # manuals set off what to do
    for block, stretches in reading.slanted_texts():
        start, end = stretches[0]
        name = cleaning.clean(block.text[start:end]).name
        behind = _BEHIND.match(block.prose, end)
        if not behind or block.text[:start].strip() or not (_may_name(name) and _may_tell(block.prose[behind.end() :])):
            continue
        yield from _defined(reading, block, (start, end), behind.end(), RULE, confidence)
    commands = COMMANDS | COMMON_COMMANDS | reading.commands
    for block in reading.having(MASK, kinds=TEXTS):
        match = _CODE.match(block.prose)
        if not match or not block.flat.run_at(match.start("name")).style & Style.OPAQUE:
            continue
        name = block.text[slice(*match.span("name"))].strip()
        if (
            len(name) > _NO_CODE
            and name.isalpha()
            and name not in commands
            and telling.says_kind(block.running, match.end())
        ):
            for found in _defined(reading, block, match.span("name"), match.end(), RULE, confidence * _CODE_FACTOR):
                yield structs.replace(found, kind=ConceptKind.CODE, explicit=False)


_CODE_FACTOR = 0.7


def find_lines(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Names alone on the first line of a paragraph or item, where the next ones say what that is as below a title, in notes."""
    if reading.is_prose:
        return
    for block in reading.having("\n", kinds=TEXTS):
        match = _LINE.match(block.text)
        if not match or not _may_name(match["name"]):
            continue
        start, end = match.span("name")
        marked = block.flat.run_at(start)
        bold = marked.style & (Style.BOLD | Style.SLANTED) and marked.end >= end
        # What is not marked must be set apart: capital before an indented text.
        if not bold and not (match["name"][0].isupper() and (match["indent"] or block.kind is BlockKind.ITEM)):
            continue
        if not bold and not names.defined_shape(cleaning.clean(match["name"]).name):
            continue
        below = block.running[match.end() :]
        begin = opening.says_text(reading, below, match["name"], block.kind)
        if begin >= 0:
            yield from _defined(reading, block, (start, end), match.end() + begin, LINE_RULE, confidence)


def _may_name(name: str) -> bool:
    """Whether NAME, set off, may be a term: some words, no label and no sentence."""
    words = name.lower().split()
    return (
        0 < len(words) <= _MOST_NAME_WORDS
        and words[0] not in NEVER_WORDS
        and words[-1] not in FUNCTION_WORDS
        and words[-1].isalpha()
        and not (len(words) > 1 and is_bare_verb(words[0]))
        and not words[-1].startswith(_PARTICULAR)
        and not names.is_label(name)
    )


_PARTICULAR = ("particol", "particul", "special")
"""`Caso particolare: …` labels."""


def _may_tell(said: str) -> bool:
    """Whether SAID may tell what something is: no advice, condition or speech."""
    first = said.split(None, 1)[0].lower().strip(",.:;")
    return not (is_bare_verb(first) or first in _NO_BEGIN or first in NEVER_WORDS)


_NO_BEGIN = word_set(
    "if when see use you we i my there here this that it they se si wenn falls siehe ver voir vedi если когда см я мы вы он она это"
)


def _defined(
    reading: Reading, block: Block, name: tuple[int, int], begin: int, rule: str, confidence: float
) -> Iterator[Candidate]:
    stop = len(block.text) if block.kind is BlockKind.ITEM else sentence_end(block.text, begin, len(block.text))
    confidence = round(confidence, 4)
    defined = definition_at(reading, block, begin, stop, rule=rule, confidence=confidence)
    if defined is None or len(defined[0].text.split()) < _LEAST_WORDS or defined[0].text.endswith((":", "?")):
        return
    found = candidate(
        reading, block, *name, rule=rule, confidence=confidence, explicit=True, check_shape=False, defined=defined
    )
    if found and found.definition:
        yield found
