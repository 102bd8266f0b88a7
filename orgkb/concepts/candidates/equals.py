"""Items and lines `term = definition`, where what follows is said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts import acronyms, cleaning, folding, names
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import KEYS, candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.model import Alias, AliasKind
from orgkb.concepts.text import MASK, Style
from orgkb.patterns import pattern

RULE = "equals"
_LINE = pattern(r"(?:^|(?<=\n))[ \t]*+(?P<name>[^\W_][^\n\0=]{1,49}?)\s=\s+(?=[^\W\d_])")
_MORE = pattern(r"\n(?![ \t]*[a-zа-яё])|\n(?=[^\n]*\s=\s)|\s(?:=>|->|→|⇒)\s")
"""Where the text ends: a line that does not go on in it, or what follows from it."""
_NOT_WORDS = pattern(
    r"[\\{}\[\]<>;_|^$@\0=]|[\w\"']\(|\(\)|\w\.\w+[.(]|\s[+*/·×±∩∪-]\s|\w[*+]\w|://|(?:^|\s)[/~.]|!$|^\S+/\S+$|\b[0-9A-F]{4}\s[0-9A-F]{4}\b|\s&\w|\d[.,]\d|[\"']\s*$|\s[a-zA-Z]\s[a-z]\s"
)
"""A formula, code, an address or a quoted value."""
_WORD = pattern(r"[^\W\d_]{2,}")
_OPERATORS = pattern(r"\w[*+/]\w|\s[*+/-]\s")
_VALUES = word_set("always both never no none not only same see true false yes см да нет не оба только")
"""What begins a judgement, a value or a reference, which says nothing without the notes around it."""
_MAX_NAME = 4
_LEAST = 2
_LEAST_SMALL = 3
"""Words that the definition of one word in small letters needs: `path = some value` sets something."""


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Terms at the start of an item or line, with a sign of equality before their definition."""
    for block in reading.having("=", kinds=(*TEXTS, BlockKind.HEADING)):
        if block.item and block.item.tag is not None:
            continue
        for match in _LINE.finditer(block.prose):
            if block.kind is BlockKind.ITEM and match.start("name") > _first(block):
                continue
            if found := _fact(reading, block, match, confidence):
                yield found


def _first(block: Block) -> int:
    return len(block.prose) - len(block.prose.lstrip())


def _fact(reading: Reading, block: Block, match: re.Match[str], confidence: float) -> Candidate | None:
    start, end, body = match.start("name"), match.end("name"), match.end()
    if any(block.flat.run_at(at).style & Style.OPAQUE for at in (start, end - 1)):
        return None
    more = _MORE.search(block.prose, body)
    stop = more.start() if more else len(block.prose)
    said = block.prose[body:stop].strip()
    cleaned = cleaning.clean(match["name"]).name
    if KEYS.fullmatch(cleaned) or MASK in said or _NOT_WORDS.search(said) or not _says(cleaned, said):
        return None
    same = _same(reading, block, cleaned, said, body)
    defined = definition_at(reading, block, body, stop, rule=RULE, confidence=confidence, rest=block.rest)
    if not defined:
        return None
    bold = all(block.flat.run_at(at).style & Style.BOLD for at in (start, end - 1))
    return candidate(
        reading,
        block,
        start,
        end,
        rule=RULE,
        confidence=confidence,
        explicit=bold,
        # What a short name stands for says no more than that.
        defined=None if same else defined,
        aliases=same,
    )


def _says(name: str, said: str) -> bool:
    """Whether what is SAID tells in words what NAME is."""
    parts = folding.words(name)
    if _OPERATORS.search(name) or name.rsplit(maxsplit=1)[-1].isdecimal():
        return False
    if not parts or len(parts) > _MAX_NAME or len(name) < _LEAST or parts[0].lower() in FUNCTION_WORDS:
        return False
    found = _WORD.findall(said)
    if found and found[0].lower() in _VALUES:
        return False
    count = len(found)
    if len(parts) == 1 and name.islower():
        return count >= _LEAST_SMALL and any(word in FUNCTION_WORDS for word in said.lower().split())
    return count >= _LEAST or acronyms.abbreviates(name, said)


def _same(reading: Reading, block: Block, name: str, said: str, body: int) -> tuple[Alias, ...]:
    """The long form of an acronym, or the acronym of a name."""
    if len(said) > names.MAX_LENGTH:
        return ()
    for short, long, kind in ((name, said, AliasKind.EXPANSION), (said, name, AliasKind.ACRONYM)):
        if acronyms.abbreviates(short, long):
            span = reading.span(block.flat.offset(body), block.flat.end_offset(body + len(said)))
            return (Alias(said, kind, RULE, 0.85, span),)
    return ()
