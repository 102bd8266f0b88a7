"""A sentence whose subject and object are concepts, such as `The kubelet talks to container runtimes`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from msgspec import structs

from orgkb.concepts.blocks import Block, BlockKind
from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind, RelationType
from orgkb.concepts.relations.clauses import (
    CLAUSE_LENGTH,
    clause_start,
    is_action,
    is_apposition,
    is_compound,
    is_counting,
    is_enumeration,
    is_generic,
    is_subject,
    is_unsaid,
    modifies,
    without_asides,
)
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.labels import polished, without_leap
from orgkb.concepts.relations.model import Context
from orgkb.concepts.relations.phrases import MAX_WORDS, phrase
from orgkb.concepts.relations.verbs import is_finite, is_verb
from orgkb.patterns import pattern

_MIN_END = 0.3
"""Confidence that both concepts need."""
_BEFORE = pattern(r"[\s\W]*(?:[^\W_][\w-]*\s+){0,2}")
_MAX_GAP = 130
_COMPOUNDS = frozenset("abdos")
"""With these begin the second halves of compounds: `-based`, `-driven`, …"""
_LATER_FACTOR = 0.9
_STRETCH_BEGIN = itemgetter(0)


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From the subject of each clause to the first concept that its verb leads to."""
    defined = {
        index: sorted(c.defined_at for c in found if c.defined_at) for index, found in context.defined_in.items()
    }
    for index, hits in context.hits_by_block.items():
        block = context.reading.blocks[index]
        # `** Motivated reasoning is a key element in cognitive dissonance.`
        said_above = block.kind is BlockKind.HEADING and block.prose.rstrip().endswith(".")
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM} and not said_above:
            continue
        taken = defined.get(index, ())
        if len(hits) == 1:
            continue
        prose = block.prose
        meant = [
            hit
            for hit in hits
            if not (prose[hit.end + 1 : hit.end + 2] in _COMPOUNDS and is_compound(prose[hit.end : hit.end + 24]))
            and not is_counting(hit.mention.text, prose, hit.end)
            and not is_action(hit.mention.text, prose, hit.start, hit.end)
        ]
        if "(" in block.prose:
            meant = _without_short_forms(block, meant)
        listed: list[Relation] = []
        last: Hit | None = None
        for at, (subject, target) in enumerate(pairwise(meant)):
            # `consists of a control plane and a data plane`
            if listed and last is subject and is_enumeration(block.prose[subject.end : target.start]):
                last = target
                # `Lasso does one thing, Ridge regression does another`
                if _NEW_CLAUSE.match(after := block.prose[target.end : target.end + 40]) and _has_verb(after):
                    listed = []
                    continue
                for each in listed:
                    if target.mention.concept not in {each.source, each.target}:
                        yield structs.replace(each, target=target.mention.concept, span=target.mention.span)
                continue
            if listed and last is subject and (further := _further(context, block, at, meant, listed[0])):
                yield structs.replace(further, confidence=round(further.confidence * _LATER_FACTOR, 4))
                continue
            listed = []
            if example := _example(context, block, subject, target, confidence):
                listed, last = [example], target
                yield example
                continue
            if subject.mention.concept == target.mention.concept:
                continue
            if reduced := _reduced(context, block, subject, target, confidence):
                first = _first_of(block, meant, at)
                sources = dict.fromkeys((reduced.source, *(hit.mention.concept for hit in meant[first:at])))
                listed = [structs.replace(reduced, source=each) for each in sources if each != reduced.target]
                last = target
                yield from listed
                continue
            offset = subject.mention.offset
            where = bisect_right(taken, offset, key=_STRETCH_BEGIN) - 1 if taken else -1
            if where >= 0 and offset < taken[where][1] and not _opens(block, subject, taken[where][0]):
                continue
            if subject.mention.context == "term" or target.start - subject.end > _MAX_GAP:
                continue
            between = _between(context, block, subject, target)
            if between is None:
                continue
            first = _first_of(block, meant, at)
            if relation := _relation(context, index, meant[first], subject, target, between, confidence):
                sources = dict.fromkeys((relation.source, *(hit.mention.concept for hit in meant[first:at])))
                listed = [structs.replace(relation, source=each) for each in sources if each != relation.target]
                last = target
                yield from listed


def _without_short_forms(block: Block, hits: list[Hit]) -> list[Hit]:
    """HITS without those that say the name before them again: `Cross-Site Request Forgery (CSRF)` is one subject."""
    return [
        hit
        for at, hit in enumerate(hits)
        if not at
        or hit.mention.concept != hits[at - 1].mention.concept
        or block.prose[hits[at - 1].end : hit.start].strip() != "("
    ]


def _further(context: Context, block: Block, at: int, hits: list[Hit], said: Relation) -> Relation | None:
    """`Docker can build images by reading a Dockerfile`: what SAID says goes on to the concept after its target."""
    target, text = hits[at + 1], block.prose
    first = next((i for i in range(at - 1, -1, -1) if hits[i].mention.concept == said.source), -1)
    if first < 0 or target.mention.concept in {said.source, said.target} or said.label in _EXAMPLE_LABELS:
        return None
    between = text[hits[at].end : target.start]
    if done := _DONE.fullmatch(between):
        # `listens on a port, protected by TLS`
        label = f"{done['verb']} {done['by']}"
        return (
            structs.replace(
                said, target=target.mention.concept, label=label, span=target.mention.span, type=type_of(label)
            )
            if is_verb(done["verb"]) and context.confidence.get(target.mention.concept, 0.0) >= _MIN_END
            else None
        )
    if "," in between or not 0 < len(between.split()) <= MAX_WORDS + 1 or is_subject(between):
        return None
    start = hits[first].end
    if clause_start(text, start, target.start) != start or modifies(
        target.mention.text, text[target.end : target.end + 40]
    ):
        return None
    if context.confidence.get(target.mention.concept, 0.0) < _MIN_END:
        return None
    label = polished(
        without_leap(phrase(text[start : target.start]), [hit.mention.text for hit in hits[first + 1 : at + 1]])
    )
    # Of a phrase that has lost its verb nobody knows whose it is.
    words = between.lower().split()
    if words[0] in {"of", "like"} or words[-1] in {"of", "like"}:
        return None
    if not label or label.split()[-1].lower() not in words or "," in label:
        return None
    return structs.replace(
        said, target=target.mention.concept, label=label, span=target.mention.span, type=type_of(label)
    )


_DONE = pattern(r",\s(?P<verb>[a-z]+ed)\s(?P<by>by|with|from|via)\s(?:(?:an?|the)\s)?")
_NEW_CLAUSE = pattern(r"(?:\s[a-z]+)?\s[a-z]+(?:s|ed)\s")
_EXAMPLE_LABELS = frozenset({"such as", "like", "including", "типа", "вроде"})


def _first_of(block: Block, hits: list[Hit], at: int) -> int:
    """The index of the first of the subjects that stand together: `Google and IBM announce`."""
    first = at
    while (
        first > max(0, at - _MAX_SUBJECTS)
        and hits[first - 1].mention.context != "term"
        and is_enumeration(block.prose[hits[first - 1].end : hits[first].start])
    ):
        first -= 1
    return first


_EXAMPLE = pattern(
    r"(?:\s(?:types|kinds|tools|systems|platforms|frameworks|libraries|languages|formats|models|methods|algorithms|engines))?"
    r"\s*[(,]?\s*(such\s+as|like|including|типа|так\w+\s+как|вроде)\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)


def _example(context: Context, block: Block, subject: Hit, target: Hit, confidence: float) -> Relation | None:
    """`container runtime (like Docker, rkt)`: the second is an example of the first."""
    if target.start - subject.end < len("like"):
        return None
    match = _EXAMPLE.fullmatch(block.prose, subject.end, target.start)
    if not match or not _are_two(context, subject, target, _MIN_EXAMPLE):
        return None
    if is_compound(block.prose[target.end : target.end + 24]):
        return None
    label = " ".join(match[1].lower().strip(",").split())
    return _said(subject, target, label, RelationType.OTHER, confidence)


_MIN_EXAMPLE = 0.35


def _reduced(context: Context, block: Block, subject: Hit, target: Hit, confidence: float) -> Relation | None:
    """`images built from Dockerfiles`, `template that describes pods`: what is said of a concept right behind it."""
    text = block.prose
    if subject.mention.context == "term" or not 0 < len(text[subject.end : target.start].split()) <= _MAX_REDUCED:
        return None
    match = _REDUCED.fullmatch(text, subject.end, target.start)
    if not match:
        return None
    verb, link = match["verb"].lower(), (match["link"] or "").lower()
    if match["that"]:
        if not is_finite(verb) or verb in _BARE_AUXILIARIES:
            return None
    elif not is_verb(verb) or not (
        verb.endswith(("ing", "ed", "щий", "щие", "щая", "щее")) or (verb in _PARTICIPLES and link)
    ):
        return None
    if not (link in PREPOSITIONS or (not link and not verb.endswith("ed"))):
        return None
    if not _are_two(context, subject, target, _MIN_REDUCED):
        return None
    rest = text[target.end : target.end + 40]
    # `the size of an image measured in bytes`: it may be said of the size.
    if _OF.search(text, max(0, subject.start - 12), subject.start) or modifies(target.mention.text, rest):
        return None
    # `Framework written in Python` says of one thing what it is.
    if verb.endswith(("ed", "en")) and not _ARTICLE.sub("", text[: subject.start]).strip() and not _has_verb(rest):
        return None
    label = f"{match['verb']} {match['link'] or ''}".strip()
    return _said(subject, target, label, type_of(label), confidence * _REDUCED_FACTOR)


def _has_verb(rest: str) -> bool:
    return any(is_finite(word.strip(",.;:)").lower()) for word in rest.split()[:3])


def _are_two(context: Context, subject: Hit, target: Hit, least: float) -> bool:
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
_MAX_REDUCED = 4
"""Words of what it matches: `that`, the verb, its preposition, an article."""
_PARTICIPLES = frozenset(
    {"built", "written", "held", "kept", "found", "made", "run", "known", "sent", "given", "taken", "driven"}
)
_BARE_AUXILIARIES = frozenset({"is", "are", "was", "were", "can", "may", "will", "must", "has", "have", "does", "do"})
_OF = pattern(r"\bof\s+(?:(?:an?|the|all|each)\s+)?$")
_MIN_REDUCED = 0.5
_REDUCED_FACTOR = 0.8


def _opens(block: Block, subject: Hit, begin: int) -> bool:
    """Whether SUBJECT opens a sentence or clause inside the definition that begins at offset BEGIN.

    Then it says something of its own: `registry where Docker looks for images`.
    """
    before = _ARTICLE.sub("", block.prose[max(0, subject.start - 24) : subject.start])
    body = block.flat.index(begin) or 0
    if subject.start - body <= len("every ") and not _ARTICLE.sub("", block.prose[body : subject.start]).strip():
        return True
    return before[-1:].isspace() and _CLAUSE_END.search(before) is not None


_MAX_SUBJECTS = 6
_ARTICLE = pattern(r"\b(?:The|A|An|the|an|a|each|every|all|any|these|this)\s+$")
_CLAUSE_END = pattern(r"(?:[.!?;]\s+|,\s+(?:and|but|и|а|но)\s+|\s(?:where|so\sthat|где)\s+)$")


def _between(context: Context, block: Block, subject: Hit, target: Hit) -> str | None:
    """The words between SUBJECT and TARGET, without what only says more of the subject; None where they tie nothing."""
    source, to = subject.mention.concept, target.mention.concept
    if context.confidence.get(source, 0.0) < _MIN_END or context.confidence.get(to, 0.0) < _MIN_END:
        return None
    text = block.prose
    between = text[subject.end : target.start]
    if "(" in between:
        between = _SHORT_FORM.sub(lambda match: " " * len(match.group()), between, count=1)
    if copula := _INTERRUPTED.match(between):
        between = between[copula.end() :]
    if "," in between:
        return None
    if (
        (noun := _NOUN.match(between))
        and (
            is_apposition(subject.mention.text, between, _CLASSES)
            # `the Swagger standard changed …`
            or (
                subject.mention.text[:1].isupper()
                and _THE.search(text, max(0, subject.start - 8), subject.start)
                and _CLASSES.match(between)
            )
        )
    ):
        between = between[noun.end() :]
    return None if len(between) > 90 or not is_subject(between) or _THAT.search(between) else between


def _relation(
    context: Context, index: int, first: Hit, subject: Hit, target: Hit, between: str, confidence: float
) -> Relation | None:
    block = context.reading.blocks[index]
    source, to = subject.mention.concept, target.mention.concept
    text = block.prose
    start = clause_start(text, max(0, first.start - CLAUSE_LENGTH), first.start)
    if adverbial := _ADVERBIAL.match(text, start, first.start):
        start = adverbial.end()
    # `HOST_PORT is defined, the service is …`: after a comma a clause of its own may begin.
    if comma := _COMMA.search(text[start : first.start]):
        start += comma.end()
    before = [word.lower() for word in re.findall(r"[^\W_]+", text[start : first.start])]
    # The subject opens its clause: what stands before it is an article or an adjective.
    if len(before) > 2 or any(word in FUNCTION_WORDS - _ARTICLES or is_finite(word) for word in before):
        return None
    if before and before[-1] in _POINTING:
        return None  # `These connections are …`: those just spoken of, and not all
    plain = without_asides(text, target.start)
    if clause_start(plain, target.start - len(between), target.start) != target.start - len(between):
        return None
    label = phrase(between.lstrip("'’s ") if between[:1] in "'’" else between)
    rest = text[target.end : target.end + 40]
    label = polished(label)
    if _CONDITION.search(text, max(0, start - 12), start) and _MAYBE.match(label):
        return None  # `if Lua can find a metamethod`
    if not label or is_unsaid(rest):
        return None
    if len(re.findall(r"[^\W_]+", between)) > MAX_WORDS + 3 or modifies(target.mention.text, rest):
        return None
    if label in _COPULAS:
        if re.match(r"\s+\w+\s+an?\s", between):
            label += " a"
        elif not (between == " are " and target.mention.text.endswith("s") and _ENDS.match(rest)):
            return None
    if _INSTRUMENTAL.fullmatch(subject.mention.text):
        # `Подами управляет kubelet`: the verb's subject stands behind it.
        if len(label.split()) > 1 or label.endswith("ся"):
            return None
        source, to = to, source
    elif is_generic(subject.mention.text) and not text[:start].strip() and set(before) <= {"the"}:
        # `The tool runs …` under the heading of a tool.
        source = context.sections.get(block.headline) or source
        if source == to:
            return None
    trust = confidence * _LATER_FACTOR if before else confidence
    return Relation(
        source=source,
        target=to,
        label=label,
        kind=RelationKind.SENTENCE,
        span=target.mention.span,
        confidence=round(trust, 4),
        type=type_of(label),
    )


_CONDITION = pattern(r"\b(?:if|unless|whether|если|ли)\s*$", re.IGNORECASE)
_MAYBE = pattern(
    r"(?:can|could|cannot|may|might|will|would|do|does|did|is|are|has|have)\b|не\s|может|могут", re.IGNORECASE
)
_THE = pattern(r"\b[Tt]he\s$")
_THAT = pattern(
    r"\bthat\s(?:it|they|the|an?|you|we|all|each|every)\s|\b(?:whether|why|how\s(?:an?|it|the|they|we|you))\s|\bчто\s"
)
_INTERRUPTED = pattern(r",(?=\s(?:is|are|was|were)\s)")
"""`Secure Shell, is a protocol`: the comma of one who pauses."""
_SHORT_FORM = pattern(r"^\s?\([^()\n]{1,30}\)(?=\s)")
_ENDS = pattern(r"\s*(?:[.,;)\n]|$|\s(?:that|which|with|in|on|for|and)\s)")
_NOUN = pattern(r"\s[a-z]+(?=\s)")
_CLASSES = pattern(
    r"\s(?:standard|project|platform|library|tool|framework|language|software|program|package|protocol|algorithm)\s"
)
_ADVERBIAL = pattern(
    r"\s*(?:In|By|At|On|For|With|Usually|Typically|However|Also|В|По|При|Обычно|Также)\b[^,\n]{0,30},\s"
)
_INSTRUMENTAL = pattern(r"[А-Яа-яё]+(?:ами|ями)")
_COPULAS = frozenset({"is", "are", "was", "были", "был"})
_ARTICLES = frozenset(
    {"a", "an", "the", "each", "every", "all", "any", "both", "most", "some", "many", "these", "this", "its", "their"}
)
_POINTING = frozenset({"this", "these", "those", "such"})
_COMMA = pattern(r",\s+(?=(?:(?:the|an?|each|every|all|any|these|this)\s+)?$)", re.IGNORECASE)
