"""Headings that say what their subject is after a colon: `* Node: a machine that runs pods`, `* Image :: read-only template`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import cleaning, folding, names, spelling
from orgkb.concepts.blocks import BlockKind, Reading
from orgkb.concepts.candidates import leading, telling
from orgkb.concepts.candidates.headings import after_number
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import ABSTRACT_WORDS, NEVER_WORDS, SECTION_WORDS, begins_topic, is_verb
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

RULE = "colon-heading"
_TITLE = pattern(r"\s*(?P<name>[^\s\0:][^\n\0:]{1,49}?)(?:\s?:|\s(?P<sure>::))\s+(?=[^\W\d_])")
_ARTICLES = word_set("a an the")
_NO_DEFINITION = word_set(
    "article articles basics book books chapter comparison course examples guide history introduction lecture look notes "
    "overview part story talk tips tutorial update vs"
)
_ASKS = word_set("how why what when where which who как почему что когда где зачем какой")
_QUOTED = pattern(r"(?:^|\s)['\"`]")
"""Messages of programs quote: `NameError: name 'a' is not defined`."""
_MAX_NAME = 3
_LEAST_SURE, _LEAST, _LEAST_WITH_ARTICLE = 2, 4, 5
"""Words of what is said: fewer are as often the title of an article (`Kubernetes: the hard way`)."""


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Headings of that form, numbered or not."""
    for block in reading.having(":", kinds=(BlockKind.HEADING,)):
        match = _TITLE.match(block.prose, after_number(block.prose))
        if not match:
            continue
        name, said = cleaning.clean(match["name"]).name, block.prose[match.end() :]
        sure = bool(match["sure"])
        if not _is_term(name, sure=sure) or not _says_what(said, sure=sure):
            continue
        defined = definition_at(reading, block, match.end(), len(block.text), rule=RULE, confidence=confidence)
        found = candidate(
            reading,
            block,
            match.start("name"),
            match.end("name"),
            rule=RULE,
            confidence=confidence,
            explicit=sure,
            defined=defined,
        )
        if found and defined:
            yield found


def _is_term(name: str, *, sure: bool) -> bool:
    """Whether NAME may name a thing; before a single colon an everyday word in small letters is rather a remark: `aside: …`."""
    parts = [word.lower() for word in folding.words(name)]
    if not parts or len(parts) > _MAX_NAME or name[-1].isdigit() or names.is_label(name):
        return False
    if not sure and name.islower() and len(parts) == 1 and spelling.is_known(name):
        return False
    return not any(word in ABSTRACT_WORDS or word in SECTION_WORDS or word in NEVER_WORDS for word in parts)


def _says_what(said: str, *, sure: bool) -> bool:
    """Whether SAID tells what a thing is, rather than what its section is about (`Docker: installation on Ubuntu`)."""
    words = said.split()
    folded = [word.lower().strip(".,;!?()\"'") for word in words]
    if (
        said.rstrip().endswith(("?", ":"))
        or _QUOTED.search(said)
        or folded[0] in _ASKS
        or not _NO_DEFINITION.isdisjoint(folded)
    ):
        return False
    if sure:
        return len(words) >= _LEAST_SURE
    if folded[0] in _ARTICLES:
        return len(words) >= _LEAST_WITH_ARTICLE and not telling.evaluates(said)
    if len(words) < _LEAST or words[0][:1].isupper():
        return False
    return (
        leading.is_phrase(said) or telling.tells(said, folded[0]) or not (begins_topic(folded[0]) or is_verb(folded[0]))
    )
