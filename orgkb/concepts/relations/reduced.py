"""What is said of a concept right behind it: `images built from Dockerfiles`, `container runtime (like Docker, rkt)`."""

from __future__ import annotations

import re
from itertools import pairwise

from orgkb.concepts.blocks import Block
from orgkb.concepts.lexicon import PREPOSITIONS
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind, RelationType
from orgkb.concepts.relations.clauses import clause_start, is_compound, is_denied_word, is_unsaid, modifies
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.labels import is_cut, polished
from orgkb.concepts.relations.model import Context
from orgkb.concepts.relations.phrases import as_verb, phrase
from orgkb.concepts.relations.verbs import DETERMINERS, EVERY_BASE, is_finite, is_verb, may_be_verb
from orgkb.patterns import pattern

EXAMPLE_LABELS = frozenset({"such as", "like", "including", "типа", "вроде"})
_EXAMPLE = pattern(
    r"(?:\s(?:types|kinds|tools|systems|platforms|frameworks|libraries|languages|formats|models|methods|algorithms|engines))?"
    r"\s*[(,]?\s*(such\s+as|like|including|типа|так\w+\s+как|вроде)\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)


def example_of(context: Context, block: Block, subject: Hit, target: Hit, confidence: float) -> Relation | None:
    """`container runtime (like Docker, rkt)`: the second is an example of the first."""
    if target.start - subject.end < len("like"):
        return None
    match = _EXAMPLE.fullmatch(block.prose, subject.end, target.start)
    if not match or not are_two(context, subject, target, _MIN_EXAMPLE):
        return None
    if is_compound(block.prose[target.end : target.end + 24]):
        return None
    label = " ".join(match[1].lower().strip(",").split())
    return _said(subject, target, label, RelationType.OTHER, confidence)


_MIN_EXAMPLE = 0.35


def reduced_clause(context: Context, block: Block, subject: Hit, target: Hit, confidence: float) -> Relation | None:
    """`images built from Dockerfiles`, `template that describes pods`: what is said of a concept right behind it."""
    text = block.prose
    if subject.mention.context == "term" or not 0 < len(text[subject.end : target.start].split()) <= _MAX_REDUCED:
        return None
    match = _REDUCED.fullmatch(text, subject.end, target.start)
    if not match:
        return None
    verb, link = match["verb"].lower(), (match["link"] or "").lower()
    if match["that"]:
        if not (is_finite(verb) or may_be_verb(verb)) or verb in _BARE_AUXILIARIES:
            return None
    elif not is_verb(verb) or not (
        verb.endswith(("ing", "ed", "щий", "щие", "щая", "щее")) or (verb in _PARTICIPLES and link)
    ):
        return None
    if not (link in PREPOSITIONS or (not link and not verb.endswith("ed"))):
        return None
    if not are_two(context, subject, target, _MIN_REDUCED):
        return None
    rest = text[target.end : target.end + 40]
    # `the size of an image measured in bytes`: it may be said of the size.
    if _OF.search(text, max(0, subject.start - 12), subject.start) or modifies(target.mention.text, rest):
        return None
    # `Framework written in Python` says of one thing what it is.
    if verb.endswith(("ed", "en")) and not _ARTICLE.sub("", text[: subject.start]).strip() and not has_verb(rest):
        return None
    label = f"{match['verb']} {match['link'] or ''}".strip()
    return _said(subject, target, label, type_of(label), confidence * _REDUCED_FACTOR)


def relative_clause(context: Context, block: Block, subject: Hit, target: Hit, confidence: float) -> Relation | None:
    """`control loops that watch the state of a cluster`, `the key, which is kept in a vault`: what the clause says of them.

    Its verb tells whether it speaks of one or of many, as the concept before it must be.  Without a comma it tells which ones
    are meant, so that what they are or have says nothing of all: `nodes that have a GPU`.
    """
    text = block.prose
    match = _RELATIVE.match(text, subject.end, target.start)
    if match is None or target.start - match.end() > _MAX_CLAUSE or not are_two(context, subject, target, _MIN_CLAUSE):
        return None
    said = text[match.end() : target.start]
    rest = text[target.end : target.end + 40]
    words = said.split()
    verb, after = words[0], (words[1] if len(words) > 1 else "")
    many = subject.mention.text.endswith("s") and not subject.mention.text.endswith("ss")
    if match["comma"] and _OF_ALL.match(verb):
        return None
    if verb in _STATES or verb in _MODALS:
        if not match["comma"] or (verb not in _MODALS and many != (verb in _OF_MANY)):
            return None
    elif verb.endswith("s") and not verb.endswith("ss"):
        if many or not (is_finite(verb) or may_be_verb(verb)):
            return None
    elif not (many and (is_finite(verb) or (verb in EVERY_BASE and after in DETERMINERS))):
        return None
    if (
        "," in said
        or is_denied_word(said)
        or _THAT.search(said)
        or clause_start(text, match.end(), target.start) != match.end()
        or modifies(target.mention.text, rest)
        or is_unsaid(rest)
    ):
        return None
    # `the size of an image, which is measured in …`, `in such a case that …`
    if _OF_OTHER.search(text, max(0, subject.start - 24), subject.start):
        return None
    label = polished(phrase(said) or as_verb(said) or phrase(f"it {said}"))
    if not label or "," in label or is_cut(label, target.mention.text, rest) or label.split()[0] not in words[:2]:
        return None
    # `a node that passes the test is qualified to join …`, `controllers that watch pods find …`
    if any(_goes_on(one, other, many) for one, other in pairwise(label.split()[1:])):
        return None
    if label in _STATES:
        if after not in _ARTICLES or len(words) > _MAX_KIND:
            return None
        label = f"{label} a"
    return _said(subject, target, label, type_of(label), confidence * _REDUCED_FACTOR)


def _goes_on(before: str, word: str, many: bool) -> bool:
    """Whether WORD behind BEFORE is the verb of the sentence around a relative clause about one thing or MANY."""
    if before in _JOINED:
        return False
    if before.endswith("s") and many and word in EVERY_BASE and not before.endswith("ss"):
        return True
    return word in _STATES or (word.endswith("s") and is_finite(word))


_JOINED = frozenset({"and", "or", "to", "then", "also"})


def has_verb(rest: str) -> bool:
    """Whether one of the first words of REST is a verb with a subject of its own."""
    return any(is_finite(word.strip(",.;:)").lower()) for word in rest.split()[:3])


def are_two(context: Context, subject: Hit, target: Hit, least: float) -> bool:
    """Whether SUBJECT and TARGET mention two concepts, each of at least the confidence LEAST."""
    ends = subject.mention.concept, target.mention.concept
    return ends[0] != ends[1] and min(context.confidence.get(end, 0.0) for end in ends) >= least


def _said(subject: Hit, target: Hit, label: str, kind: RelationType, confidence: float) -> Relation:
    """What a sentence says of SUBJECT and TARGET, which it names."""
    return Relation(
        source=subject.mention.concept,
        target=target.mention.concept,
        label=label,
        kind=RelationKind.SENTENCE,
        span=target.mention.span,
        confidence=round(confidence, 4),
        type=kind,
    )


_REDUCED = pattern(
    r"\s(?P<that>(?:that|which|котор\w+)\s)?(?P<verb>[^\W\d_]{3,})(?:\s(?P<link>[^\W\d_]{2,7}))??\s(?:(?:an?|the|its|their|some|one|all)\s)?",
    re.IGNORECASE,
)
_RELATIVE = pattern(
    r"(?P<comma>,)?\s(?:that|which)\s(?:(?:also|always|often|usually|typically|then|only|[a-z]+ally|automatically)\s)?(?=[a-z])"
)
_MAX_CLAUSE = 70
_MIN_CLAUSE = 0.4
_STATES = frozenset({"is", "was", "has", "are", "were", "have"})
_OF_MANY = frozenset({"are", "were", "have"})
_MODALS = frozenset({"can", "may", "will", "must", "should", "could", "would", "need", "needs", "want", "wants"})
_ARTICLES = frozenset({"a", "an"})
_MAX_KIND = 3
_THAT = pattern(r"\b(?:that|whether|how|why|what|which|sure)\b")
_OF_OTHER = pattern(
    r"\b(?:of|in|on|for|to|with|from|at|so|such|say|says|means|mean|know|note|assume)\s(?:(?:an?|the|each|all|its|your|any)\s)?(?:[a-z-]+\s)?$"
)
_OF_ALL = pattern(r"(?:allow|caus|could|enabl|ensur|help|indicat|lead|let|mak|mean|prevent|result|would|impl)")
"""What `, which` says with these may be said of the whole sentence."""
_MAX_REDUCED = 4
"""Words of what it matches: `that`, the verb, its preposition, an article."""
_PARTICIPLES = frozenset(
    {"built", "written", "held", "kept", "found", "made", "run", "known", "sent", "given", "taken", "driven"}
)
_BARE_AUXILIARIES = frozenset({"is", "are", "was", "were", "can", "may", "will", "must", "has", "have", "does", "do"})
_OF = pattern(r"\bof\s+(?:(?:an?|the|all|each)\s+)?$")
_MIN_REDUCED = 0.5
_REDUCED_FACTOR = 0.8
_ARTICLE = pattern(r"\b(?:The|A|An|the|an|a|each|every|all|any|these|this)\s+$")
