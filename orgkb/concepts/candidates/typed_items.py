"""Lists of what programs call something, each set as code before what it is: `- =Monoid= - a class whose values can be joined`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts.blocks import BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import COMMANDS, COMMON_COMMANDS
from orgkb.concepts.model import ConceptKind
from orgkb.concepts.text import DASH, MASK, Style
from orgkb.patterns import pattern

RULE = "code-item"
_ITEM = pattern(rf"\s*(?P<name>\0+)\s*(?:\s{DASH}|:)\s+(?=[^\W\d_])")
_LEAST = 3
"""Items that show what the list is of; two may be values of an option."""
_LEAST_WORDS = 2


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Names of three such items or more that are most of their list, in notes; no commands."""
    if reading.is_prose:
        return
    for indexes in reading.lists:
        if len(indexes) < _LEAST:
            continue
        found = [
            (block, match)
            for block in (reading.blocks[index] for index in indexes)
            if block.kind is BlockKind.ITEM
            and MASK in block.prose[:_NEAR]
            and (match := _ITEM.match(block.prose))
            and block.flat.run_at(match.start("name")).style & Style.OPAQUE
            and _may_name(block.text[slice(*match.span("name"))], reading)
        ]
        if len(found) < _LEAST or len(found) * 3 < len(indexes) * 2:
            continue
        for block, match in found:
            defined = definition_at(
                reading, block, match.end(), len(block.text), rule=RULE, confidence=confidence, rest=block.rest
            )
            if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
                continue
            name = candidate(
                reading,
                block,
                *match.span("name"),
                rule=RULE,
                confidence=confidence,
                check_shape=False,
                defined=defined,
            )
            if name:
                yield structs.replace(name, kind=ConceptKind.CODE)


_NEAR = 8


def _may_name(code: str, reading: Reading) -> bool:
    """Whether CODE is one word that names something in a program, and no command, value or option."""
    name = code.strip()
    commands = COMMANDS | COMMON_COMMANDS | reading.commands
    return len(name) > 1 and name.isalnum() and name[0].isalpha() and name not in commands
