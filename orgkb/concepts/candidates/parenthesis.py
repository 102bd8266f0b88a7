"""A name in parentheses after what it names: `helper containers (side-cars)`, `load balancing (round robin)`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import acronyms, folding, names, passing, spelling, synonyms
from orgkb.concepts.blocks import TEXTS, BlockKind, Reading
from orgkb.concepts.candidates import telling
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.schema import is_schema
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import COMMANDS, FUNCTION_WORDS, INFORMAL_WORDS, QUALIFIERS, is_verb
from orgkb.patterns import pattern

RULE = "parenthesis"
EXPLAINED_RULE = "explained-item"
_MIN_LENGTH = 4
_MIN_WORDS = 3
_EXPLAINED = pattern(r"\s*(?P<name>[^\W\d_][\w-]*(?:[ ][\w-]+){0,2}) \((?P<text>[^()\0]{8,160})\)[.;]?\s*")
_NAME = r"[^\W\d_][\w+]*(?:-[^\W\d_]+)*"
_PAREN = pattern(rf"\((?<=[^\W\d_] .)(?P<name>{_NAME}(?: {_NAME}){{0,2}})\)")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What stands alone in parentheses and is a name, or no everyday word."""
    for block in reading.having("(", kinds=(*TEXTS, BlockKind.TAG)):
        for match in _PAREN.finditer(block.prose):
            name = match["name"]
            if (
                _is_term(name)
                and not _follows_person(block.prose, match.start())
                and not telling.is_licence(name)
                and not _KEYWORD_BEFORE.search(block.prose, max(0, match.start() - 8), match.start())
            ):
                found = candidate(
                    reading, block, match.start("name"), match.end("name"), rule=RULE, confidence=confidence
                )
                if found:
                    yield found


_KEYWORD_BEFORE = pattern(r"\b(?:if|elsif|elif|while|until|unless|foreach)\s\Z")
"""`until (condition)` is code."""


def _follows_person(text: str, end: int) -> bool:
    """Whether a person stands before END: then the parenthesis says where they work or what they are."""
    return passing.is_person(" ".join(text[:end].split()[-2:]))


_AND_SO_ON = ("etc", "т.д", "т.п", "и др")
"""What ends examples, which explain nothing: `storage orchestration (local storage, public cloud providers, etc)`."""


def find_explained(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Items that are a name with an explanation in parentheses, two in a list or more."""
    for indexes in reading.lists:
        facts = [
            (block, match)
            for block in (reading.blocks[index] for index in indexes)
            if block.kind is BlockKind.ITEM
            and "(" in block.prose
            and (match := _EXPLAINED.fullmatch(block.prose))
            and not match["text"].rstrip(" .…").endswith(_AND_SO_ON)
        ]
        if len(facts) < 2 or is_schema([reading.blocks[index] for index in indexes]):
            continue
        for block, match in facts:
            defined = definition_at(
                reading, block, match.start("text"), match.end("text"), rule=EXPLAINED_RULE, confidence=confidence
            )
            found = candidate(
                reading,
                block,
                match.start("name"),
                match.end("name"),
                rule=EXPLAINED_RULE,
                confidence=confidence,
                defined=defined if len(match["text"].split()) >= _MIN_WORDS else None,
            )
            if found and (found.definition or names.weak_shape(found.name) == 1.0):
                yield found


def _is_term(name: str) -> bool:
    parts = [word.lower() for word in folding.words(name)]
    if any(w in QUALIFIERS or w in FUNCTION_WORDS or w in INFORMAL_WORDS or w in COMMANDS for w in parts):
        return False
    if not name.isascii() or is_verb(parts[-1]) or parts[-1].endswith(("ed", "ly")):
        return False
    if len(parts) > 1 and "-" not in name:
        return names.is_known_phrase(name) or any(part.isupper() for part in name.split())
    if "-" in name or acronyms.is_acronym(name):
        return name.islower() or acronyms.is_acronym(name)
    if synonyms.has(folding.key(name)):
        return True
    return len(name) > _MIN_LENGTH and not spelling.is_known(folding.fold_word(parts[0]))
