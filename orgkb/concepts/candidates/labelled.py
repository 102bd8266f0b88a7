"""Statements with a label that names what they define: `*Definition (Overfitting).* A model that …`, `Def. 2.1 [Group]: …`.

Definitions and theorems of LaTeX environments read as such, too (`orgkb.org.statements`).
"""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import names
from orgkb.concepts.blocks import Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

RULE = "labelled-statement"
_DEFINITIONS = word_set("definition def defn definición définition definizione definição определение")
_LABEL = pattern(
    r"\s*(?P<kind>[^\W\d_]{3,12})\.?(?:\s\d+(?:\.\d+)*\.?)?\s?[(\[](?P<name>[^\W\d_][^()\[\]\0\d]{1,60})[)\]](?:\s?[.:–—-]\s+(?=\S)|\s+(?=[A-ZА-ЯЁÀ-Ý\0«“\"]))"
)
_THEOREMS = word_set(
    "theorem thm lemma proposition corollary law principle axiom satz lemme théorème teorema lema axioma теорема лемма аксиома закон"
)
_NEEDLES = (
    "def",
    "опред",
    "theor",
    "thm",
    "lemm",
    "prop",
    "coroll",
    "law",
    "princip",
    "axiom",
    "satz",
    "théor",
    "teor",
    "lema",
)
_LEAST_WORDS = 4


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What the parentheses of such a label name, with the statement as its definition."""
    for block in reading.having(*_NEEDLES, "теорема", "лемма", "закон", "аксиома"):
        match = _LABEL.match(block.prose)
        if match is None:
            continue
        kind, name = match["kind"].lower(), names.clean(match["name"]).name
        # `Theorem (Bayes)` names whoever found it.
        if not (kind in _DEFINITIONS or (kind in _THEOREMS and " " in name)) or not names.defined_shape(name):
            continue
        defined = definition_at(
            reading, block, match.end(), len(block.text), rule=RULE, confidence=confidence, rest=block.rest
        )
        if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
            continue
        start, end = match.span("name")
        found = candidate(reading, block, start, end, rule=RULE, confidence=confidence, explicit=True, defined=defined)
        if found:
            yield found
