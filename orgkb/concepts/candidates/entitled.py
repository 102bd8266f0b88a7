"""Statements with their name before them, and titles that announce a definition.

`** (Squeeze lemma) If two sequences …`, `- *Squeeze lemma* If two …`, `- (т. Ферма) Если …`, `** Лемма о знаке - знак сохраняется …`, `** Theorem of Thales: an angle …`;
`** Definition of a limit` and `** Опр. предела` over what a limit is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import folding, names
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates import nominative
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.headings import after_number
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import DASH, MASK
from orgkb.org import nodes as n
from orgkb.patterns import pattern

RULE = "entitled"
_KINDS = word_set(
    "theorem lemma law axiom postulate conjecture hypothesis criterion corollary principle rule inequality identity "
    "теорема лемма закон аксиома постулат гипотеза критерий следствие принцип правило неравенство тождество теория"
)
_SHORT = {"т": "теорема", "теор": "теорема", "th": "theorem", "thm": "theorem"}
"""How notes write the kind of a statement for short."""
_LABEL = pattern(r"\s*\((?P<name>[^\W\d_][^()\n\0]{3,60})\)[:.]?\s+(?=\S)")
_BEFORE_MARK = pattern(rf"\s*(?P<name>[^\W\d_][^\n\0():]{{5,70}}?)(?:\s?:|\s{DASH})\s+(?=\S)")
_ANNOUNCED = pattern(
    r"\s*(?:(?:[Dd]efinition|[Dd]ef\.?)\sof\s(?:an?\s|the\s)?(?P<english>[^\W\d_][\w -]{2,50}?)|(?:[Оо]пределение|[Оо]пр\.?)\s(?P<russian>[а-яё][а-яё -]{2,60}?)(?P<symbol>\s[A-Za-z]\w?)?)"
    r"\s*(?:\([^()\n]{1,30}\))?(?:[.:].*)?",
)
_RUNS_ON = pattern(r"\s?(?:\([^()\n]{1,40}\))?[.:]?\s+(?=[A-ZА-ЯЁ\0])")
"""`*Handshake lemma* The number of …`: the statement begins with a capital or a formula."""
_SHORTENED = pattern(r"(?P<kind>[^\W\d_]+)\.\s?(?=[^\W\d_])")
_NEEDLES = tuple(sorted({*_KINDS, *_SHORT.values()}))
_LONGEST_NAME = 80
_LEAST_LABELLED = 3
"""Titles that begin with a name in parentheses, where that is how the notes write them."""
_LEAST_WORDS = 4
_MOST_WORDS = 6
_LONGEST = 500


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Names before a statement, and what titles say to be defined below them, in notes."""
    if reading.is_prose:
        return
    for block, match in _labelled(reading):
        yield from _stated(reading, block, match.span("name"), match.end(), confidence)
    for block, stretches in reading.bold_texts():
        start, end = stretches[0]
        opens = not block.text[:start].strip() and _is_statement(block.text[start:end].strip(" .:"))
        if opens and (follows := _RUNS_ON.match(block.prose, end)):
            yield from _stated(reading, block, (start, end), follows.end(), confidence)
    for block in reading.having(*_NEEDLES, kinds=TEXTS):
        begin = block.prose[:_LONGEST_NAME].lower()
        before = _BEFORE_MARK.match(block.prose) if any(needle in begin for needle in _NEEDLES) else None
        if before and _is_statement(before["name"]) and (not block.item or block.item.tag is None):
            yield from _stated(reading, block, before.span("name"), before.end(), confidence)
    blocks = reading.blocks
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            continue
        counted = after_number(block.prose)
        announced = _ANNOUNCED.fullmatch(block.prose, counted)
        if announced and index + 1 < len(blocks):
            yield from _announced(reading, block, announced, blocks[index + 1], confidence)
        elif (named := _BEFORE_MARK.match(block.prose, counted)) and _is_statement(named["name"]):
            yield from _stated(reading, block, named.span("name"), named.end(), confidence)


def _labelled(reading: Reading) -> Iterator[tuple[Block, re.Match[str]]]:
    """The blocks that begin with a name in parentheses: that of a statement, or of anything where three titles do so."""
    found = [
        (block, match)
        for block in reading.having("(", kinds=(BlockKind.HEADING, *TEXTS))
        if block.prose.lstrip()[:1] == "(" and (match := _LABEL.match(block.prose))
    ]
    titles = sum(block.kind is BlockKind.HEADING and match["name"][0].isupper() for block, match in found)
    for block, match in found:
        usual = titles >= _LEAST_LABELLED and block.kind is BlockKind.HEADING and match["name"][0].isupper()
        if _is_statement(match["name"]) or (usual and not names.is_label(match["name"])):
            yield block, match


def _is_statement(name: str) -> bool:
    """Whether NAME is that of a theorem or the like: its first or last noun says so, and more than that."""
    words = [word.lower() for word in folding.words(_whole(name))]
    if not 1 < len(words) <= _MOST_WORDS or words[-1] in FUNCTION_WORDS:
        return False
    begins = words[0] in _KINDS and (not words[0].isascii() or words[1] in {"of", "on", "for"})
    return begins or words[-1] in _KINDS or (len(words) > 2 and words[1] in _KINDS and not words[1].isascii())


def _whole(name: str) -> str:
    """NAME with the kind of statement written out: `т. Ферма`."""
    match = _SHORTENED.search(name)
    whole = _SHORT.get(match["kind"].lower()) if match else None
    if match is None or whole is None:
        return name
    whole = whole.capitalize() if match.start() == 0 and len(match["kind"]) > 1 else whole
    return f"{name[: match.start()]}{whole} {name[match.end() :]}"


def _stated(
    reading: Reading, block: Block, name: tuple[int, int], start: int, confidence: float
) -> Iterator[Candidate]:
    """The name of BLOCK with the statement that begins at START."""
    whole = block.kind is BlockKind.HEADING or len(block.text) <= _LONGEST
    stop = len(block.text) if whole else sentence_end(block.text, start, len(block.text))
    defined = definition_at(reading, block, start, stop, rule=RULE, confidence=confidence)
    formula = block.prose.startswith(MASK, start)
    few = defined is not None and len(defined[0].text.split()) < _LEAST_WORDS and not formula
    if defined is None or few or defined[0].text.endswith(("?", ":")):
        return
    found = candidate(reading, block, *name, rule=RULE, confidence=confidence, check_shape=False, defined=defined)
    if found:
        yield structs.replace(found, name=_whole(found.name))


def _announced(
    reading: Reading, block: Block, match: re.Match[str], first: Block, confidence: float
) -> Iterator[Candidate]:
    """What the title BLOCK says to be defined, with the FIRST text below it."""
    group = "english" if match["english"] else "russian"
    name = match[group] if match["english"] else nominative.of_genitive(match[group].split())
    section = reading.document.headlines[block.headline].children
    if not name or first.headline != block.headline or first.kind not in TEXTS or not section:
        return
    if match["english"] and any(word in FUNCTION_WORDS - {"of"} for word in name.lower().split()):
        return
    if not any(isinstance(element, n.Paragraph | n.PlainList) for element in section):
        return
    stop = len(first.text) if len(first.text) <= _LONGEST else sentence_end(first.text, 0, len(first.text))
    defined = definition_at(reading, first, 0, stop, rule=RULE, confidence=confidence)
    if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
        return
    found = candidate(
        reading, block, *match.span(group), rule=RULE, confidence=confidence, check_shape=False, defined=defined
    )
    if found:
        yield structs.replace(found, name=name, aliases=())
