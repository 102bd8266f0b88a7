"""A defining sentence behind what says where it holds: `In botany, a rhizome is a stem that …`, `В химии изомеры — это …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts import folding
from orgkb.concepts.blocks import Block, Reading
from orgkb.concepts.candidates import meant, telling
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import is_bare_verb
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import DASH
from orgkb.patterns import pattern

RULE = "introduced"
_HINTS = ("in ", "simply put", "formally", "intuitively", "в ")
_FIELD = (
    r"(?:the\s)?(?:[a-z-]+\s(?:and\s)?){0,2}"
    r"(?:[a-z]*(?:logy|nomy|metry|graphy|istry|nomics|tomy|tistics|ematics|istics|hysics|chanics|otics|etics|onics|thics|sophy)"
    r"|theory|sciences?|botany|history|art|business|marketing|trading|chess|cooking|algebra|calculus|analysis|programming|computing|engineering|logic|finance|accounting|architecture"
    r"|learning|law|medicine|music|design|development|networking|networks|processing|mining|languages?|databases?)"
    r"|[A-Z][\w+#]*(?:\s[A-Z][\w+#]*)?"
)
_WORD = r"[^\W\d_][\w’'-]*+"
_ENGLISH = pattern(
    rf"[ISFM](?<![^\s].)(?:(?<=I)n\s(?:{_FIELD})|(?<=I)n\s(?:a\snutshell|short|essence|simple\s(?:terms|words)|plain\sEnglish)"
    r"|(?<=S)imply\sput|(?<=M)ore\sformally|(?<=F)ormally|(?<=I)n(?:formally|tuitively)),\s"
    rf"(?P<article>[Aa]n?\s|[Tt]he\s)?(?P<name>{_WORD}(?:\s{_WORD}){{0,3}}?)(?P<note>\s?\([^()\n\0]{{2,40}}\))?"
    r"\s(?:(?:is|are)\s(?=(?:[Aa]n?|the|any|one\sof)\s[^\W\d])|refers?\sto\s|(?:is|are)\sdefined\sas\s(?=[^\W\d]))"
)
_RUSSIAN = pattern(
    r"В(?<![^\s].)о?\s(?:[а-яё-]+\s){0,2}?(?:теории\s[а-яё]+|[а-яё]+(?:ике|огии|ии|ономии|стве|ании|нии)|Си|[A-Z][\w+#]*)(?:\s[а-яё]+(?:ов|ей|ий|ости))?,?\s"
    rf"(?P<name>[а-яёa-z-]{{3,}}+(?:\s[а-яёa-z-]+){{0,2}}?)(?P<note>\s?\([^()\n\0]{{2,40}}\))?\s(?:{DASH}\s)?(?:это|есть)\s(?=[^\W\d])"
)
_OPENS = frozenset(".!?:;–—-")
_EMPTY = word_set(
    "answer approach aim case difference example goal idea important main problem purpose question reason result solution thing things way"
)
_LEAST_WORDS = 4


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Subjects of a defining sentence that begins with a field of knowledge, a language or what sums up."""
    for block in reading.having(*_HINTS):
        for form in (_ENGLISH, _RUSSIAN):
            for match in form.finditer(block.running):
                before = block.running[max(0, match.start() - 3) : match.start()].rstrip(" ")
                # Manuals tell in passing what they do: `In Kubernetes, scheduling refers to making sure …`.
                bare = reading.is_prose and form is _ENGLISH and not match["article"] and match["name"].islower()
                if not bare and (not before or before[-1] in _OPENS or before[-1] == "\n") and _may_name(match["name"]):
                    yield from _defined(reading, block, match, confidence)


def _may_name(name: str) -> bool:
    """Whether the subject NAME names something, and is no `main idea` nor a piece of advice."""
    words = [word.lower() for word in folding.words(name)]
    return meant.may_name(name) and _EMPTY.isdisjoint(words) and not (is_bare_verb(words[0]) and len(words) > 1)


def _defined(reading: Reading, block: Block, match: re.Match[str], confidence: float) -> Iterator[Candidate]:
    said = block.running[match.end() :]
    if telling.evaluates(said.partition("\n")[0]):
        return
    stop = sentence_end(block.text, match.end(), len(block.text))
    defined = definition_at(reading, block, match.end(), stop, rule=RULE, confidence=confidence)
    if defined is None or len(defined[0].text.split()) < _LEAST_WORDS:
        return
    end = match.end("note") if match["note"] else match.end("name")
    found = candidate(
        reading,
        block,
        match.start("name"),
        end,
        rule=RULE,
        confidence=confidence,
        check_shape=False,
        defined=defined,
    )
    if found:
        yield found
