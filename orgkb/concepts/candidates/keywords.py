"""Keywords in capitals that a manual sets as code: `=#+ATTR_LATEX=`, `~HTTP_PROXY~`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.model import ConceptKind
from orgkb.concepts.text import Run, Style
from orgkb.patterns import pattern

RULE = "code-keyword"
_KEYWORD = pattern(r"(?:#\+|:|\$)?(?P<name>[A-Z][A-Z0-9]+(?:[_-][A-Z0-9]+)*):?")
_MIN_LENGTH = 3


def code_spans(block: Block, source: str) -> Iterator[Run]:
    """The stretches of a block's text that are set as code or verbatim, SOURCE being the text of the document."""
    for run in block.flat.runs:
        if run.style & Style.OPAQUE and not run.style & Style.INEXACT and source[run.offset - 1 : run.offset] in _MARKS:
            yield run


_MARKS = frozenset("=~")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The first place of each such keyword in running prose; notes set commands so."""
    if not reading.is_prose:
        return
    seen: set[str] = set()
    for block in reading.blocks:
        if block.kind is BlockKind.CELL:
            continue
        for run in code_spans(block, reading.document.text):
            match = _KEYWORD.fullmatch(block.text, run.start, run.end)
            if match and len(match["name"]) >= _MIN_LENGTH and match["name"] not in seen:
                seen.add(match["name"])
                begin = run.offset + match.start("name") - run.start
                yield Candidate(
                    name=match["name"],
                    rule=RULE,
                    confidence=confidence,
                    begin=begin,
                    end=begin + len(match["name"]),
                    headline=block.headline,
                    kind=ConceptKind.CODE,
                )


INSTRUCTION_RULE = "instruction"
_INSTRUCTION = pattern(r"(?P<name>[A-Z]{3,12})\s+\S[^\n]*?\s#+\s+[^\W\d_]{2,}")
_LEAST = 2


def find_instructions(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Keywords that items of one list show in use, with a comment: `- COPY local.conf . # to the current directory`."""
    for indexes in reading.lists:
        shown = [
            (block, match)
            for block in (reading.blocks[index] for index in indexes)
            if block.kind is BlockKind.ITEM and " #" in block.text and (match := _INSTRUCTION.match(block.text))
        ]
        if len({match["name"] for _, match in shown}) < _LEAST:
            continue
        for block, match in shown:
            found = candidate(
                reading,
                block,
                match.start("name"),
                match.end("name"),
                rule=INSTRUCTION_RULE,
                confidence=confidence,
                check_shape=False,
            )
            if found:
                yield structs.replace(found, kind=ConceptKind.CODE)
