"""The clauses and later sentences of a definition: which of them go on about the thing defined, and which speak of something else."""

from __future__ import annotations

import re
from itertools import pairwise

from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS, PRONOUNS
from orgkb.concepts.lexicon.english import AUXILIARIES, VERB_BASES
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.linking import Hit
from orgkb.concepts.relations.clauses import CLAUSE_LENGTH, has_noun_subject
from orgkb.concepts.relations.verbs import DETERMINERS, WORD, is_finite, is_verb, may_be_verb
from orgkb.patterns import pattern

_STEM = 5


def tells_of_other(name: str, said: str, rest: str) -> bool:
    """Whether a later sentence of the definition of NAME speaks of something else, or to the reader.

    SAID runs from its begin to a concept, before REST.  `It runs on …`, `Written in …` and `Can hold …` go on about the
    thing; `The keys of a user are kept in …`, `You list them by …` and `To read the log, open …` do not.
    """
    if not said.isascii():
        return False
    found = [word.lower() for word in WORD.findall(said)]
    if not found:
        return False
    first = found[0]
    if first in _READERS:
        return "it" not in found  # `you run it on …` tells of the thing
    if first in _REFERRING:
        return True
    if found[1:2] == ["than"]:
        return False  # `faster than …`
    if first in _OPENING and _MAIN_CLAUSE.match(rest):
        return True
    if first in _OPENING and "," in found:
        found = found[found.index(",") + 1 :]
        if not found or found[0] in _READERS:
            return True
        first = found[0]
    if first in _POINTING and len(found) > 1 and not (found[1] in _FINITE or is_finite(found[1])):
        return _has_verb(found[2:])
    if first not in _ARTICLES and (
        first in FUNCTION_WORDS - _ASKING or first.endswith(("ing", "ed", "ly")) or is_verb(first)
    ):
        return False
    if any(word[:_STEM] == own[:_STEM] for word in found for own in name.lower().split()):
        return False
    return _has_verb(found[1:]) or _IS_SUBJECT.match(rest) is not None


def _has_verb(words: list[str]) -> bool:
    """Whether WORDS, those after the first of a sentence, hold the verb of its subject: not one after `that` or `to`."""
    relative = False
    for word, after in pairwise([*words, ""]):
        if word in _RELATIVE or word == "to":
            relative = True
        elif word in _FINITE or (word not in VERB_BASES and is_finite(word) and after in DETERMINERS):
            if not relative:
                return True
            relative = False
    return False


IMPERSONAL = pattern(
    r"\s*(?:there\s(?:is|are|was|were|exists?)\s|it\s(?:is|was|may\sbe|can\sbe)\s(?:not\s)?(?:[a-z]+ly\s)?"
    r"(?:recommended|possible|impossible|necessary|important|useful|better|best|common|easy|easier|hard|good|advised|worth|likely)"
    r"\s(?:to|that|for|if)\s)",
    re.IGNORECASE,
)
"""What is said of nobody: `it is recommended to use …`, `there is …`."""
_READERS = word_set("you we i users one people")
_REFERRING = word_set("see ensure please refer note consult check")
_OPENING = word_set("to using by for in on at with after before when if while once since as from")
_MAIN_CLAUSE = pattern(r"[^.,;:()]{0,25},\s+(?:the|an?|it|this|you|we|they|use|open|run|set|see)\b")
"""What follows upon the first part of a sentence: `To read the log, open …`."""
_ARTICLES = word_set("the a an each every any some most such all both many several other another no")
_POINTING = word_set("these those")
_ASKING = word_set("how why what where whether")
_RELATIVE = word_set("that which who whose")
_FINITE = (
    (AUXILIARIES | word_set("is are was were has have had will can may must should"))
    - PRONOUNS
    - PREPOSITIONS
    - word_set("be been being having")
)
_IS_SUBJECT = pattern(r"\s+(?:is|are|was|were|has|have|will|can|may|must|should|cannot)\s")


def opens_sentence(said: str, rest: str) -> bool:
    """Whether SAID with the concept before REST is no predicate yet: `Modifying state is hard`, `In Python, …`."""
    words = said.lower().split()
    if not words:
        return False
    if words[0].endswith("ing") and len(words) <= _MAX_GERUND and _COPULA_AFTER.match(rest):
        return True
    return words[0] in _ADVERBIAL and len(words) <= _MAX_GERUND and rest[:1] == ","


def names_kind(said: str, rest: str) -> bool:
    """Whether SAID with the concept before REST is a sentence without verb that says once more what a thing is.

    `Logical extension of the perspective.`
    """
    match = _KIND.fullmatch(said)
    return (
        match is not None
        and not rest.strip(" .;\n")
        and not any(is_verb(word) or may_be_verb(word) for word in match["what"].lower().split())
    )


_KIND = pattern(
    r"\s*(?:(?:An?|The)\s)?(?P<what>[A-Z]?[a-z]+(?:\s[a-z-]+){0,2})\s(?:of|for|between|from)\s(?:(?:an?|the|all)\s)?"
)
_MAX_GERUND = 3
_COPULA_AFTER = pattern(r"\s(?:is|are|was|were|can|may|will|must)\s")
_ADVERBIAL = frozenset(
    {"in", "on", "at", "by", "under", "within", "even", "during", "despite", "unlike", "в", "при", "на"}
)
_SUBORDINATE = pattern(
    r"\b(?:when|while|if|because|since|unless|although|когда|если|так\sкак|потому\sчто)\s+$", re.IGNORECASE
)
_PRONOUN = pattern(r"\s*(?:it|they|он|она|оно|они)\s", re.IGNORECASE)


def has_subject_of_its_own(text: str, plain: str, start: int, hits: list[Hit], own: list[Hit]) -> bool:
    """Whether the clause of a definition that begins at START has a subject of its own that is no concept."""
    before = text[max(0, start - 16) : start]
    if has_noun_subject(plain[start : start + 80]):
        return True
    if not _SUBORDINATE.search(before) or _PRONOUN.match(text, start):
        return False
    # `By the kubelet when pulling images`: who pulls stands before.
    sentence = max(text.rfind(mark, max(0, start - CLAUSE_LENGTH), start) for mark in (". ", "; ", ") "))
    others = any(sentence < hit.start < start for hit in hits if hit not in own)
    return others or not re.match(r"\s*\w+(?:ing|ed)\b", text[start : start + 24])
