"""Sentences that end in the formula of what they name: `The drag of a body is given by $F = …$, where …`, `Stokes' law: $F = …$`.

What stands behind the formula, such as what its letters mean, belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts import folding
from orgkb.concepts.blocks import TEXTS, Block, Reading
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import ABSTRACT_WORDS, FUNCTION_WORDS, NEVER_WORDS, PRONOUNS, is_bare_verb
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import MASK
from orgkb.patterns import pattern

RULE = "formula"
_WORD = r"[^\W\d_][\w’'-]*+"
_NAME = rf"(?P<name>{_WORD}(?:\s{_WORD}){{0,4}}?)(?:\s?\((?P<note>[^()\n\0]{{2,40}})\))?"
_GIVEN = pattern(
    rf"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+(?:Then,?\s|Thus,?\s|Hence,?\s)?(?:The\s|An?\s|the\s|an?\s)?{_NAME}(?:\s\0++)?(?P<of>\s(?:of|for|between|in)\s[^.;:\n]{{1,40}}?)?"
    r"\s(?:is|are|(?:can|may|will)\sbe|is\sthen)(?:\s(?:then\s|also\s)?"
    r"(?:(?:defined|given|computed|calculated|expressed|written|described|determined)\s(?:as\sfollows|as|by(?:\sthe\s(?:formula|equation))?|in\sterms\sof)|equal\sto):?|:)\s*+(?=\0)"
)
_RUSSIAN = pattern(
    rf"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+{_NAME}(?:\s\0++)?\s(?:вычисляется|определяется|считается|рассчитывается|выражается|задаётся|задается|находится)\s(?:как|по\sформуле|формулой|так):?\s*+(?=\0)"
)
_NAMED = pattern(rf"\s*{_NAME}\s?:\s*+(?=\0)")
_LAWS = word_set(
    "law equation formula theorem rule inequality identity principle lemma criterion закон уравнение формула теорема правило неравенство тождество критерий"
)
_LONGEST = 600
_RELATION = pattern(r"[=<>≤≥≈∼→]|\\(?:leq?|geq?|approx|sim|propto|equiv|to|rightarrow|in|neq?|iff|ll|gg)\b")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What such sentences name, with the formula and what is said of that."""
    if reading.is_prose:
        return
    for block in reading.having(MASK, kinds=TEXTS):
        if "$" not in block.text and "\\" not in block.text:
            continue
        for form in (_GIVEN, _RUSSIAN):
            for match in form.finditer(block.prose):
                if _is_formula(block, match.end()) and _may_name(match["name"]):
                    yield from _defined(reading, block, match, confidence)
        if (named := _NAMED.match(block.prose)) and _is_formula(block, named.end()):
            words = [word.lower() for word in folding.words(named["name"])]
            if len(words) > 1 and (words[-1] in _LAWS or words[0] in _LAWS):
                yield from _defined(reading, block, named, confidence)


def _is_formula(block: Block, start: int) -> bool:
    """Whether what is masked at START is a formula that says something: `$F = ma$`, not `$F$`."""
    formula = block.text[start : _formula_end(block.prose, start)]
    return formula[:1] in {"$", "\\"} and _RELATION.search(formula) is not None


def _formula_end(prose: str, start: int) -> int:
    """Where what is masked in PROSE from START on ends."""
    while start < len(prose) and prose[start] == MASK:
        start += 1
    return start


_LEGEND = pattern(r"[.,]?\s*(?:where|with|for|if|here|где|здесь|при|если|то\sесть)\b")


def _may_name(name: str) -> bool:
    words = [word.lower() for word in folding.words(name)]
    return (
        bool(words)
        and words[0] not in PRONOUNS | NEVER_WORDS
        and not (len(words) == 1 and words[0] in ABSTRACT_WORDS)
        and not any(word in FUNCTION_WORDS for word in words)
        and not is_bare_verb(words[0])
    )


def _defined(reading: Reading, block: Block, match: re.Match[str], confidence: float) -> Iterator[Candidate]:
    start = match.end()
    stop = sentence_end(block.text, start, min(len(block.text), start + _LONGEST))
    # A formula on lines of its own ends the sentence, but for what its letters mean.
    if block.text.startswith(("\\[", "\\begin", "$$"), start):
        end = _formula_end(block.prose, start)
        stop = stop if _LEGEND.match(block.prose, end) else end
    defined = definition_at(reading, block, start, stop, rule=RULE, confidence=confidence)
    found = candidate(
        reading, block, *match.span("name"), rule=RULE, confidence=confidence, check_shape=False, defined=defined
    )
    if found and defined:
        yield found
