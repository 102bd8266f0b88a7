"""Bold terms in running text, and bold labels over a list."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts.blocks import BlockKind, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.schema import schema_blocks
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import FUNCTION_WORDS, LOOSE_WORDS, SECTION_WORDS, is_bare_verb
from orgkb.concepts.text import DASH
from orgkb.patterns import pattern

RULE = "bold"
LABEL_RULE = "bold-label"
_STRESS_FACTOR = 0.8
_DEFINES = pattern(rf"\s*{DASH}(?=\s|$)")


def find_labels(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold names alone on their line with a list below: `*Operation Object*`."""
    blocks = reading.blocks
    led = {block.lead for block in blocks if block.group >= 0 and block.lead >= 0}
    for index in sorted(led):
        block = blocks[index]
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        for start, end in reading.bold.get(index, ()):
            name = block.text[start:end].strip()
            if not block.text[:start].strip() and not block.text[end:].strip(" :\n") and name[:1].isupper():
                found = candidate(reading, block, start, end, rule=LABEL_RULE, confidence=confidence)
                if found:
                    yield found


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold stretches that look like a term and have no definition beside them."""
    schema = schema_blocks(reading)
    for block, stretches in reading.bold_texts():
        if id(block) in schema:
            continue
        for start, end in stretches:
            if _DEFINES.match(block.prose, end):
                continue
            # One small word is more often stressed than named.
            word = block.text[start:end].strip()
            if word.islower() and reading.language == "de":
                continue  # no noun
            alone = block.text.strip(" :\n") == word
            factor = _STRESS_FACTOR if word.islower() and (alone or len(word.split()) == 1) else 1.0
            # After an article a phrase is a noun, though it begins like something to do: `in the *process table*`.
            noun = bool(_ARTICLE.search(block.prose, max(0, start - 5), start)) and _is_noun_phrase(word)
            found = candidate(
                reading,
                block,
                start,
                end,
                rule=RULE,
                confidence=confidence * (1.0 if noun else factor),
                check_shape=not noun,
            )
            if found:
                yield found


def _is_noun_phrase(text: str) -> bool:
    """Whether TEXT, after an article, is two or three words of which none but the first can be a verb or function word."""
    parts = text.lower().split()
    return (
        len(parts) in {2, 3}
        and all(part.replace("-", "").isalpha() for part in parts)
        and not any(part in FUNCTION_WORDS or is_bare_verb(part) for part in parts[1:])
        and not any(part in FUNCTION_WORDS or part in LOOSE_WORDS for part in parts)
        and parts[0] not in SECTION_WORDS
    )


_ARTICLE = pattern(r"(?:\b(?:an?|the|An?|The)\s)$")
