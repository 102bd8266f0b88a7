"""`- term :: definition`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import theorem
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at, definition_below, linked_only
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.model import ConceptKind
from orgkb.concepts.prose import is_command
from orgkb.concepts.spelling import is_name
from orgkb.concepts.text import Style
from orgkb.patterns import pattern

RULE = "description-item"
_CODE_FACTOR = 0.42  # of .95: an option of a manual page is seldom a concept
_PAIR = pattern(r"[^\W\d_][\w-]*(?:/[^\W\d_][\w-]*){1,2}")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The term of each description item, unless the item states a relation."""
    commands = reading.commands | _programs(reading)
    for block in reading.of_kind(BlockKind.TAG):
        if block.item is None or linked_only(block.item) or theorem.is_label(block.text):
            continue
        if _is_typed(block.text, commands):
            continue
        if block.body >= 0:
            body = reading.blocks[block.body]
            defined = definition_at(reading, body, 0, len(body.text), rule=RULE, confidence=confidence, rest=block.rest)
        else:
            defined = definition_below(reading, block.headline, block.rest, rule=RULE, confidence=confidence)
        code = all(run.style & Style.OPAQUE or not block.text[run.start : run.end].strip() for run in block.flat.runs)
        # `equery list :: all packages` explains what to type.
        code = code or is_command(block.text, reading.commands)
        for start, end in named_parts(block.text) if code else _without_symbol(block):
            found = candidate(
                reading,
                block,
                start,
                end,
                rule=RULE,
                confidence=confidence * (_CODE_FACTOR if code else 1),
                explicit=True,
                defined=defined,
            )
            if found:
                yield structs.replace(found, kind=ConceptKind.CODE, explicit=False) if code else found


def _programs(reading: Reading) -> frozenset[str]:
    """Words that begin many tags and are no English: `equery b FILE ::`, `equery d PACKAGE ::`, `equery g …`."""
    counts = Counter(words[0] for block in reading.of_kind(BlockKind.TAG) if len(words := block.text.split()) > 1)
    return frozenset(word for word, count in counts.items() if count > _MANY and word.islower() and is_name(word))


_MANY = 2
_PATH = pattern(r"[\w.~-]*/[\w./*-]*")


def _is_typed(tag: str, commands: frozenset[str]) -> bool:
    """Whether a tag is a command with arguments or a path, not the name of a thing."""
    text = tag.strip()
    first, _, rest = text.partition(" ")
    if first in commands and rest.strip():
        return True
    return bool(_PATH.fullmatch(text)) and ("." in text or text.endswith("/"))


def _without_symbol(block: Block) -> Iterator[tuple[int, int]]:
    """The same without a symbol before the name: `=s= stack`."""
    first, *rest = block.flat.runs
    if rest and first.style & Style.OPAQUE and len(block.text[first.start : first.end].strip()) <= _SYMBOL:
        word = _WORD.search(block.text, first.end)
        if word and word.start() <= first.end + 1:
            yield word.start(), len(block.text)
            return
    yield from named_parts(block.text)


_SYMBOL = 2
_WORD = pattern(r"[^\W\d_]{3}")


def _listed(tag: str) -> list[tuple[int, int]]:
    """The names that a tag lists: `descriptor (UNIX), handle (Windows)`, `income statement or profit account`, `heap / free store`."""
    comma = "," in tag or " / " in tag
    if not comma and not _OR.search(tag):
        return []
    breaks = [match.span() for match in (_COMMA if comma else _OR).finditer(tag)]
    parts = list(zip([0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(tag)], strict=True))
    found = [match.span("name") for start, end in parts if (match := _LISTED_NAME.fullmatch(tag, start, end))]
    words = [tag[start:end].lower().split() for start, end in found]
    # `call or put option` lacks a word, and `just a sequence` is no name.
    whole = all(FUNCTION_WORDS.isdisjoint(name) and (comma or len(name) > 1) for name in words)
    return found if len(found) == len(parts) > 1 and whole else []


_COMMA = pattern(r",\s+|\s+/\s+")
_OR = pattern(r"\s+(?:or|или|oder|ou)\s+")
_LISTED_NAME = pattern(r"\s*(?P<name>[^\W\d_][\w-]+(?:\s[\w-]+){0,3})(?:\s\([^()]*\))?\s*")


def named_parts(tag: str) -> Iterator[tuple[int, int]]:
    """The names in a tag: two of `Job/CronJob`, those of `revenue, income`, else one."""
    if several := _listed(tag):
        yield from several
    elif _PAIR.fullmatch(tag.strip()):
        for match in re.finditer(r"[^/\s]+", tag):
            yield match.span()
    else:
        yield 0, len(tag)
