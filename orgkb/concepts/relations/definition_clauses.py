"""What the words of a definition before a concept say: of whom, and in which phrase."""

from __future__ import annotations

import re
from enum import Enum, auto

import msgspec

from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.lexicon import PREPOSITIONS, PRONOUNS
from orgkb.concepts.linking import Hit
from orgkb.concepts.relations.beside import is_aside_of, is_doing, is_part
from orgkb.concepts.relations.clauses import (
    CLAUSE_LENGTH,
    clause_start,
    has_other_subject,
    is_denied_word,
    is_item,
    is_subject,
    without_asides,
    without_persons,
)
from orgkb.concepts.relations.going_on import DOING
from orgkb.concepts.relations.heads import is_described, with_copula
from orgkb.concepts.relations.labels import (
    enabled,
    genitive,
    is_said_again,
    polished,
    predicate,
    speaker,
    without_leap,
)
from orgkb.concepts.relations.later import (
    IMPERSONAL,
    has_subject_of_its_own,
    names_kind,
    opens_sentence,
    tells_of_other,
)
from orgkb.concepts.relations.model import Context, side_by_side, surest
from orgkb.concepts.relations.phrases import phrase
from orgkb.concepts.relations.verbs import is_finite, is_verb
from orgkb.concepts.text import DASH, MASK
from orgkb.patterns import pattern

_STOPS = frozenset(".;!?")
_APART = frozenset("-–—(:")
_REOPENING = frozenset(":-–—")
"""After these a definition says again what the thing is: `template: a stack of layers`."""
_COMPARISONS = frozenset({"Like", "For", "From", "With", "By", "Для", "От", "Из", "С"})
_EXAMPLES = frozenset({"such as", "like", "as", "including", "for example"})
_COPULAS = frozenset({"is", "are", "was", "were", "это", "является"})
_ARTICLES = frozenset({"a", "an", "the"})
_QUANTIFIERS = frozenset({"any", "all", "each", "every", "no", "some", "most"})


class Definition(msgspec.Struct, frozen=True):
    """The definition of CANDIDATE, which stands in a block from BODY to END of its prose, and the concepts in it."""

    context: Context
    candidate: Candidate
    source: str
    """Id of the concept that is defined."""
    text: str
    """The prose of the block."""
    body: int
    end: int
    hits: list[Hit]
    own: list[Hit]
    """Those of HITS that name the concept itself."""
    copula: str
    """The verb that the definition follows upon; empty where there is none."""


class Clause(msgspec.Struct, frozen=True):
    """What a definition says up to a concept."""

    start: int
    label: str
    """The linking phrase; empty where there is none."""
    source: str
    """Id of the concept of which it is said."""
    leaps: bool
    """Whether the phrase leads over another concept."""
    item: bool
    """Whether the concept stands in a list of several."""


class Silence(Enum):
    """Why a definition says nothing of a concept that it names."""

    PASSES = auto()
    """What was said before goes on behind the concept."""
    ENDS = auto()
    """What follows upon the concept is not said of the thing defined."""


class _Words(msgspec.Struct, frozen=True):
    """The words from the begin of a clause to a concept."""

    start: int
    plain: str
    """The text of the block up to the concept, without asides."""
    said: str
    """The words, without persons that do something."""
    rest: str
    """What follows upon the concept."""
    near: int
    """Index of the first concept in the clause."""
    later: bool
    """Whether another sentence went before."""
    apart: bool
    """The same, or a part of one behind a dash, colon or parenthesis."""


def told(definition: Definition, at: int) -> Clause | Silence:
    """What DEFINITION says of the concept of its hit AT."""
    hit = definition.hits[at]
    words = _words(definition, at)
    if _tells_of_other(definition, at, words):
        return Silence.ENDS
    # `значениями которого являются объекты` reads whole; `при котором каждая модель …` has a subject of its own.
    oblique = _WHOSE.search(words.said) if "котор" in words.said else None
    if oblique and not is_finite(oblique["verb"]):
        return Silence.ENDS
    text, start, said = definition.text, words.start, words.said
    label = oblique.group() if oblique else phrase(said, opening=_opens(definition, words))
    between = [o for o in definition.hits[words.near : at] if o.end <= hit.start]
    label = polished(without_leap(label, [o.mention.text for o in between]), definition.candidate.name)
    leaps = any(o.mention.text in label for o in between)
    if _begins_sentence(definition, words):
        return Silence.ENDS
    if (
        doing := DOING.fullmatch(text, text.rfind(",", definition.body, hit.start), hit.start)
        if "ing" in said
        else None
    ):
        label = doing[1].lower()  # `…, enabling arrays` comes of the thing
    if not label and start == definition.body:
        label = genitive(said, hit.mention.text)
    compared = None
    if not label and (compared := _COMPARED.search(text, max(definition.body, hit.start - 24), hit.start)):
        label = " ".join(compared[1].lower().split())
    if _is_no_phrase(label, words) or (start == definition.body and _LIKE_OTHERS.match(said)):
        return Silence.ENDS
    if label and is_aside_of(text, definition.body, start, said):
        return Silence.PASSES  # `accredited by ICANN (nonprofit responsible for the DNS)`
    if label in _EXAMPLES and (start == definition.body or compared):
        pass  # `like Deployment, but …` compares with the thing defined
    elif ("nclud" in said or not said.isascii()) and (including := _INCLUDING.fullmatch(said)):
        label = including[1].lower()
    elif _is_example(definition, hit, said):
        return Silence.PASSES  # `(such as Docker)` gives an example of the words before it
    return _said_of_whom(definition, hit, words, between, label, leaps=leaps)


def _words(definition: Definition, at: int) -> _Words:
    text, body, hit = definition.text, definition.body, definition.hits[at]
    plain = without_asides(text, hit.start)
    start = clause_start(plain, max(body, hit.start - CLAUSE_LENGTH), hit.start)
    if start > body and definition.copula and not at and is_described(text[body : hit.start]):
        start = body
    # `Docker: Docker is a program to run containers` says its subject again.
    start = max([start, *(o.end for o in definition.own if start <= o.start < hit.start)])
    near = at
    while near and definition.hits[near - 1].start >= start:
        near -= 1
    mark = text[body:start].rstrip()[-1:] if start > body else ""
    later = mark != "" and mark in _STOPS
    apart = later or (mark != "" and mark in _APART)
    said = without_persons(plain[start : hit.start])
    return _Words(start, plain, said, text[hit.end : hit.end + 40], near, later, apart)


def _tells_of_other(definition: Definition, at: int, words: _Words) -> bool:
    """Whether the clause up to the hit AT is about something else than the thing defined."""
    text, start, here = definition.text, words.start, definition.hits[at].start
    if IMPERSONAL.match(words.plain, start):
        return True
    if words.apart and tells_of_other(definition.candidate.name, words.plain[start:here], words.rest):
        return True
    # `One can stop using the CPU` tells what somebody does.
    if start == definition.body and _SOMEBODY.match(text, start):
        return True
    # `pods scaling maintain …`: what is done does nothing itself.
    before = [
        o.end - start
        for o in definition.hits[words.near : at]
        if o.start < here
        and (not o.mention.text.endswith("ing") or (o.start == start and o.mention.text[:1].isupper()))
    ]
    return has_other_subject(words.said, before) or (
        start > definition.body and has_subject_of_its_own(text, words.plain, start, definition.hits, definition.own)
    )


def _opens(definition: Definition, words: _Words) -> bool:
    """Whether the clause says what the thing is, as the first one of a definition does."""
    text, body, start = definition.text, definition.body, words.start
    return (
        start == body
        or (text[max(0, start - 3) : start].rstrip()[-1:] in _REOPENING and MASK not in text[body:start])
        or (start - body < CLAUSE_LENGTH and _is_coordination(text[body:start]))
        or (words.later and names_kind(words.said, words.rest[:4]))
    )


def _begins_sentence(definition: Definition, words: _Words) -> bool:
    """Whether the words up to the concept are a sentence of their own, or its subject."""
    # `… Testers get them into tests` speaks of testers.
    if (
        words.later
        and (verb := predicate(words.said)) > 0
        and not is_said_again(words.said.lower().split()[verb - 1], definition.candidate.name)
    ):
        return True
    return _is_sentence(words.said, words.rest)


def _is_no_phrase(label: str, words: _Words) -> bool:
    """Whether LABEL only looks like a linking phrase."""
    if label.lower().split()[:1] == ["see"]:
        return True  # `see man 5 ebuild` leads to a text
    if label.istitle() and label.lower() in PREPOSITIONS and label not in _COMPARISONS:
        return True  # `In "…" somebody talks of it`
    if label.endswith("ed") and label.isalpha() and words.said.rstrip().lower().endswith(label.lower()):
        return True  # `automated updates`
    return opens_sentence(words.said, words.rest[:12])


def _is_example(definition: Definition, hit: Hit, said: str) -> bool:
    return bool(
        _SUCH_AS.search(said)
        or "including" in said
        or is_part(definition.text, definition.hits, hit)
        or is_doing(definition.text, definition.hits, hit)
    )


def _said_of_whom(
    definition: Definition, hit: Hit, words: _Words, between: list[Hit], label: str, *, leaps: bool
) -> Clause | Silence:
    """The clause with the concept that it is about, which may be one that the definition has just named."""
    text, body, start, copula = definition.text, definition.body, words.start, definition.copula
    source = _antecedent(definition, start)
    if source == _NOBODY:
        return Silence.ENDS
    last = between[-1] if between else None
    if (
        last
        and not source
        and last.mention.concept != hit.mention.concept
        and speaker(text[last.end : hit.start], text[start : last.start])
    ):
        source = last.mention.concept
    if last and (does := enabled(text[last.end : hit.start], text[start : last.start])):
        source, label = last.mention.concept, does
    if not label and is_denied_word(words.said):
        return Silence.ENDS
    verb = label.lower()
    if start > body and verb in _COPULAS:
        return Silence.PASSES  # `(the new one is …)` speaks of something else
    if start == body and verb in _COPULAS - {copula} and words.said.lower().split()[:1] != [verb]:
        return Silence.ENDS  # `a bit special, as characters are ASCII`
    if copula and start == body:
        label = with_copula(copula, label, text[start : hit.start])
    return Clause(start, label, source or definition.source, leaps, is_item(text[start : hit.start]))


def _is_sentence(said: str, rest: str) -> bool:
    """Whether SAID and the concept before REST are the subject of a sentence: `any container in the pod failed`."""
    first, after = said.lower().split()[:1], rest.split()[:1]
    # `A sequence of random variables X converges if …`
    if first and first[0] in _ARTICLES and said.rstrip().endswith(" of") and not _CALLED.match(rest):
        return is_subject(_SYMBOL.sub("", rest, count=1))
    return bool(first and first[0] in _QUANTIFIERS and after and after[0].isalpha() and is_verb(after[0].lower()))


def _is_coordination(before: str) -> bool:
    """Whether BEFORE, the text of a definition up to a clause, only lists nouns: `networking, observability, `."""
    found = before.lower().replace(",", " ,").split()
    return found[-1:] == [","] and not any(word in PREPOSITIONS or word in PRONOUNS or is_verb(word) for word in found)


_CALLED = pattern(r"\s(?:is|are)\s(?:often\s|also\s)?(?:called|known|named|termed)\b")
_SYMBOL = pattern(r"^(?:\s?\0+|\s[A-Z](?:_\w+)?(?=\s))")
_SOMEBODY = pattern(r"\s*(?:one\s(?:can|cannot|may)|(?:one|you|we)\s(?:should|must))\s", re.IGNORECASE)
_LIKE_OTHERS = pattern(
    r"\s*(?:(?:the\s)?same\sas|similar\sto|analogous\sto|un?like|equivalent\sto)\s(?:the\s|an?\s)?(?:[a-z-]+\s){1,3}(?:that|which)\s",
    re.IGNORECASE,
)
"""`Similar to the directives that start with …` says of those how they start."""
_SUCH_AS = pattern(r"[SsEeFfНн](?<!\w.)(?i:(?<=s)uch\s+as|(?<=e)\.g\.|(?<=f)or\s+example|(?<=н)апример)\b")
_INCLUDING = pattern(r"(?:^|.*[\s,])(including|включая)\s+(?:(?:an?|the)\s+)?(?:\w+\s+)?", re.IGNORECASE | re.DOTALL)
_COMPARED = pattern(
    r"\((like|similar\s+to|based\s+on|part\s+of|вроде|на\s+базе|на\s+основе)\s+(?:(?:an?|the)\s)?(?:[A-Z]\w+\s)?$",
    re.IGNORECASE,
)
_WHICH = pattern(r"(?:,\s+|\()(?=(?:which|котор[а-яё]+)\s)", re.IGNORECASE)
_APPOSED = pattern(rf"\s{DASH}\s(?=(?:an?|the|это)\s)", re.IGNORECASE)
_APPOSING = frozenset(",(-–—−")
"""The last sign before either of them."""
_WHOSE = pattern(r"\b[а-яё]+\sкотор(?:ого|ой|ых|ому|ым|ыми|ом)\s(?P<verb>[а-яё]+)(?=\s*$)")
_NOBODY = "\0"


def _antecedent(definition: Definition, start: int) -> str | None:
    """The concept that `, which …` or ` - a …` at START goes on about, where it names one right before.

    `_NOBODY` where `which` follows upon something else than the head of the definition.
    """
    text, body = definition.text, definition.body
    if text[max(0, start - 6) : start].rstrip()[-1:] not in _APPOSING:
        return None
    which = next((m for m in _WHICH.finditer(text, max(0, start - 4), start + 8) if m.end() == start), None)
    mark = which or next((m for m in _APPOSED.finditer(text, max(0, start - 6), start + 5) if m.end() == start), None)
    if not mark:
        return None
    before = text[: mark.start()].rstrip(" )")
    at = next((i for i, hit in enumerate(definition.hits) if hit.end == len(before)), -1)
    named = surest(definition.context, side_by_side(definition.hits, at)).mention.concept if at >= 0 else None
    if named is None and which:
        heads = [word.lower() for word in text[body : min(mark.start(), body + CLAUSE_LENGTH)].split()]
        return _NOBODY if any(word in PREPOSITIONS or is_finite(word) for word in heads[1:]) else None
    return named
