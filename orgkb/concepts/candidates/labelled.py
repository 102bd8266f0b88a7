"""Statements with a label that names what they define: `*Definition (Overfitting).* A model that …`, `Def. 2.1 [Group]: …`.

Definitions and theorems of LaTeX environments read as such, too (`orgkb.org.statements`); special blocks have the name behind
`#+begin_definition` or in `#+attr_latex: :options [Overfitting]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts import cleaning, names
from orgkb.concepts.blocks import TEXTS, BlockKind, Reading
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon.words import word_set
from orgkb.org import nodes as n
from orgkb.patterns import pattern

RULE = "labelled-statement"
_DEFINITIONS = word_set("definition def defn definición définition definizione definição определение")
_LABEL = pattern(
    r"\s*(?P<kind>[^\W\d_]{3,12})\.?(?:\s\d+(?:\.\d+)*\.?)?\s?[(\[](?P<name>[^\W\d_][^()\[\]\0\d]{1,60})[)\]](?:\s?[.:–—-]\s+(?=\S)|\s+(?=[A-ZА-ЯЁÀ-Ý\0«“\"]))"
)
_THEOREMS = word_set(
    "theorem thm lemma proposition corollary law principle axiom satz lemme théorème teorema lema axioma теорема лемма аксиома закон"
)
_NEEDLES = tuple(
    sorted(
        word_set(
            "def опред theor thm lemm prop coroll law princip axiom satz théor teor lema теорема лемма закон аксиома"
        )
    )
)
_PARAMETERS = pattern(
    r"[ \t]*#\+begin_\S+[ \t]+\[?(?P<name>[^\W\d_][^\[\]:\n]{1,60}?)\]?[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_OPTIONS = pattern(
    r"^[ \t]*#\+attr_latex:.*:options[ \t]+\[(?P<name>[^\W\d_][^\[\]\n]{1,60})\]", re.IGNORECASE | re.MULTILINE
)
_LEAST_WORDS = 4


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What the parentheses of such a label name, with the statement as its definition."""
    for block in reading.having(*_NEEDLES):
        match = _LABEL.match(block.prose)
        if match is None:
            continue
        kind, name = match["kind"].lower(), cleaning.clean(match["name"]).name
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
    yield from _alone(reading, confidence)
    yield from _special(reading, confidence)
    yield from _opened(reading, confidence)


def _alone(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The same where the label is a line of its own, marked or set as code: `=Definition (Overfitting)=` over what that is."""
    blocks = reading.blocks
    for index, block in enumerate(blocks[:-1]):
        if block.kind is not BlockKind.PARAGRAPH or len(block.text) > _LONGEST_LABEL:
            continue
        lower = block.text.lower()
        if not any(hint in lower for hint in _HINTS):
            continue
        match, below = _LINE.fullmatch(block.text), blocks[index + 1]
        if match is None or below.headline != block.headline or below.kind not in TEXTS:
            continue
        if not names.defined_shape(cleaning.clean(match["name"]).name):
            continue
        stop = sentence_end(below.text, 0, len(below.text))
        defined = definition_at(reading, below, 0, stop, rule=RULE, confidence=confidence)
        if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
            continue
        found = candidate(
            reading, block, *match.span("name"), rule=RULE, confidence=confidence, explicit=True, defined=defined
        )
        if found:
            yield found


_LINE = pattern(
    r"\s*(?:[^\W\d_]{4,10}\s)?(?:definition|def|definición|définition|definizione|definição|определение)\.?(?:\s\d+(?:\.\d+)*)?(?:\s?\(|\s?[:–—-]\s)"
    r"(?P<name>[^\W\d_][^().:\n]{2,50}?)\)?[.:]?\s*",
    re.IGNORECASE,
)
_HINTS = ("def", "déf", "опред")
_LONGEST_LABEL = 80


def _special(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The same of special blocks."""
    special = list(_named_blocks(reading))
    if not special:
        return
    blocks = {id(block.objects): block for block in reading.blocks}
    for begin, end, element in special:
        name = cleaning.clean(reading.document.text[begin:end]).name
        first = element.children[0] if element.children else None
        block = blocks.get(id(first.children)) if isinstance(first, n.Paragraph) else None
        if block is None or names.impossible(name) or not names.defined_shape(name):
            continue
        defined = definition_at(
            reading, block, 0, len(block.text), rule=RULE, confidence=confidence, rest=element.children[1:]
        )
        if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
            continue
        yield Candidate(
            name=name,
            rule=RULE,
            confidence=confidence,
            begin=begin,
            end=end,
            headline=block.headline,
            definition=defined[0],
            defined_at=defined[1],
            explicit=True,
        )


def _opened(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """What is set off at the begin of a special block, with what goes on: `*Model*. Family of …` in `#+begin_definition`."""
    special = {
        id(element.children[0].children): element
        for element in _special_blocks(reading)
        if element.children and isinstance(element.children[0], n.Paragraph) and not element.parameters.strip()
    }
    for index, stretches in reading.bold.items() if special else ():
        block = reading.blocks[index]
        element = special.get(id(block.objects))
        start, end = stretches[0]
        if element is None or block.text[:start].strip() or not (goes_on := _GOES_ON.match(block.text, end)):
            continue
        name = cleaning.clean(block.text[start:end]).name
        if names.impossible(name) or names.is_label(name) or not _may_be(element, name):
            continue
        body = goes_on.end()
        defined = definition_at(
            reading, block, body, len(block.text), rule=RULE, confidence=confidence, rest=element.children[1:]
        )
        if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
            continue
        found = candidate(reading, block, start, end, rule=RULE, confidence=confidence, explicit=True, defined=defined)
        if found:
            yield found


_GOES_ON = pattern(r"(?:(?<=[.:])|[.:])\s+(?=\S)")


def _may_be(element: n.SpecialBlock, name: str) -> bool:
    """Whether ELEMENT defines NAME, or states what it says and NAME is more than a word."""
    return element.name.lower() in _DEFINITIONS or " " in name


def _special_blocks(reading: Reading) -> Iterator[n.SpecialBlock]:
    """The special blocks that hold definitions and theorems."""
    document = reading.document
    for elements in (document.section, *(headline.children for headline in document.headlines)):
        for element in elements:
            if isinstance(element, n.SpecialBlock) and element.name.lower() in _DEFINITIONS | _THEOREMS:
                yield element


def _named_blocks(reading: Reading) -> Iterator[tuple[int, int, n.SpecialBlock]]:
    """(begin of the name, its end, block) of the special blocks that name what they define."""
    text = reading.document.text
    for element in _special_blocks(reading):
        match = _PARAMETERS.match(text, element.own_begin, element.end) if element.parameters else None
        match = match or _OPTIONS.search(text, element.begin, element.own_begin)
        if match and _may_be(element, match["name"]):
            yield *match.span("name"), element
