"""One definition names another concept: `*Image* - read-only template used to build containers`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from msgspec import structs

from orgkb.concepts import spelling
from orgkb.concepts.blocks import Block
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.lexicon import PREPOSITIONS
from orgkb.concepts.lexicon.european import SMALL_WORDS
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.beside import (
    is_apposed,
    is_gloss,
    is_one_of_two,
    is_said_in,
    names_longer,
    spelt_out_in,
)
from orgkb.concepts.relations.clauses import (
    CLAUSE_LENGTH,
    has_subject_beside,
    is_action,
    is_counting,
    is_denied,
    is_enumeration,
    is_generic,
    is_subject,
    is_unsaid,
    modifies,
)
from orgkb.concepts.relations.definition_clauses import Clause, Definition, Silence, told
from orgkb.concepts.relations.heads import copula_before, is_adjective, is_head
from orgkb.concepts.relations.labels import begins_with_subject, is_cut, possessed
from orgkb.concepts.relations.listed import listed
from orgkb.concepts.relations.model import Context, stated
from orgkb.concepts.relations.verbs import PAST_PARTICIPLES
from orgkb.patterns import pattern

_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)
_MIN_TRUST = 0.3
_MAX_TARGETS = 5
_OFFSET = attrgetter("mention.offset")
_MAX_HITS = 60
_MIN_TARGET = 0.28
"""Confidence that a concept needs to be named by another's definition."""
_MIN_HEAD = 0.4
"""The same for what a definition without verb says its term to be."""
_MIN_PLAIN_HEAD = 0.34
"""The same where its form leaves no doubt: `a testing framework for …`."""
_LATER_FACTOR = 0.92
_BARE_FACTOR = 0.5
_PHRASE_FACTOR = 0.65
_STATEMENT_FACTOR = 0.8
"""For what a sentence says that is no definition."""
_MODIFIER_FACTOR = 0.75
_LOOSE_FACTOR = 0.8
"""For a preposition alone, or a phrase that leaps over another concept: it ties two things loosely."""


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From each defined concept to the first few others that its definition names."""
    for index, candidates in context.defined_in.items():
        hits = context.hits_by_block.get(index, [])
        done: set[tuple[str, tuple[int, int] | None]] = set()
        for candidate in candidates:
            source = context.concept_of(candidate.name, candidate.headline)
            first = candidate.definition.text.split(None, 1)[0].lower() if candidate.definition else ""
            if candidate.supports and first in PAST_PARTICIPLES:
                continue  # `Framework written in Python` says of one thing what it is
            if candidate.supports and is_generic(candidate.name):
                source = context.sections.get(candidate.headline) or source
            if source is None or (source, candidate.defined_at) in done:
                continue
            done.add((source, candidate.defined_at))
            found = list(listed(context, index, candidate, source, hits, confidence))
            for relation in found or _of_definition(context, index, candidate, source, hits, confidence):
                if candidate.supports:
                    trust = round(relation.confidence * _STATEMENT_FACTOR, 4)
                    yield structs.replace(relation, kind=RelationKind.SENTENCE, confidence=trust)
                else:
                    yield relation


def _of_definition(
    context: Context, index: int, candidate: Candidate, source: str, hits: list[Hit], confidence: float
) -> Iterator[Relation]:
    block = context.reading.blocks[index]
    definition = _opened(context, block, candidate, source, hits)
    if definition is None:
        return
    passed = _after_name(definition)
    named: set[str] = set()
    previous: Hit | None = None
    clause = Clause(definition.body, "", source, leaps=False, item=False)
    for at, hit in enumerate(definition.hits):
        if hit.start < passed:
            continue
        silence = _silence(definition, at, previous, clause)
        if silence is None and (previous is None or not _goes_on(block, definition, previous, hit)):
            said = told(definition, at)
            if isinstance(said, Clause):
                clause = said
            else:
                silence = said
        if silence is Silence.ENDS:
            previous = None
        if silence:
            continue
        previous = hit
        target = hit.mention.concept
        if target in named or context.confidence.get(target, 0.0) < _MIN_TARGET:
            continue
        found = _linked(definition, at, clause, first=not named)
        if found is None:
            continue
        named.add(target)
        label, factor = found
        trust = confidence * factor * _LATER_FACTOR ** (len(named) - 1)
        trust = round(trust * min(1.0, 0.4 + 0.6 * context.confidence[target]), 4)
        if trust < _MIN_TRUST or target == clause.source:
            continue
        yield stated(clause.source, hit, label, RelationKind.DEFINITION, trust)
        if len(named) == _MAX_TARGETS:
            return


def _opened(context: Context, block: Block, candidate: Candidate, source: str, hits: list[Hit]) -> Definition | None:
    """The definition of CANDIDATE in BLOCK; None where it names no concept."""
    assert candidate.defined_at is not None
    begin, end = candidate.defined_at
    first = bisect_left(hits, begin, key=_OFFSET)
    inside = [hit for hit in hits[first : first + _MAX_HITS] if hit.mention.offset < end]
    if not inside:
        return None
    text = block.prose
    body = block.flat.index(begin) or 0
    again = inside[0] if _says_head_again(block, candidate, inside[0], body) else None
    return Definition(
        context,
        candidate,
        source,
        text,
        body,
        end=(block.flat.index(end - 1) or len(text) - 1) + 1,
        hits=inside,
        own=[hit for hit in inside if hit.mention.concept == source or hit is again],
        copula=copula_before(block, body),
    )


def _after_name(definition: Definition) -> int:
    """Where the definition begins to say something of the thing: what names it again, or another one beside it, does not."""
    text, body, name = definition.text, definition.body, definition.candidate.name
    if has_subject_beside(name, text[body : body + CLAUSE_LENGTH]):
        return sentence_end(text, body, definition.end)
    # `RMSProp - Root Mean Square Propagation` says its name in full, and nothing of its words.
    return body + spelt_out_in(name, text[body : definition.end])


def _silence(definition: Definition, at: int, previous: Hit | None, clause: Clause) -> Silence | None:
    """Why the hit AT is nothing that the definition can say something of; CLAUSE led to the one before, PREVIOUS."""
    hit, text = definition.hits[at], definition.text
    if any(hit is own for own in definition.own):
        return Silence.ENDS
    if is_counting(hit.mention.text, text, hit.end):
        return Silence.PASSES
    if is_action(hit.mention.text, text, hit.start, hit.end):
        return Silence.ENDS
    following = definition.hits[at + 1] if at + 1 < len(definition.hits) else None
    if following and following.start == hit.end + 1 and modifies(hit.mention.text, text[hit.end : hit.end + 40]):
        return Silence.PASSES  # `Docker containers` are containers
    # `own namespaces, limits through cgroups, layers of an image`: the layers are listed beside the limits.
    if clause.item and previous is not None and "," in text[previous.end : hit.start]:
        return Silence.ENDS
    return None


def _goes_on(block: Block, definition: Definition, previous: Hit, hit: Hit) -> bool:
    """Whether what was said of PREVIOUS is said of HIT too: pods, nodes and services have one phrase for all."""
    return is_enumeration(block.flat.text[previous.end : hit.start]) or is_apposed(definition.text, previous, hit)


def _linked(definition: Definition, at: int, clause: Clause, *, first: bool) -> tuple[str, float] | None:
    """The linking phrase to the hit AT behind CLAUSE, and how far it is to be trusted; None where there is none.

    FIRST is the first concept of the definition: only that can be its head.
    """
    hit, text, body = definition.hits[at], definition.text, definition.body
    name, copula, label = hit.mention.text, definition.copula, clause.label
    rest = text[hit.end : hit.end + 40]
    if is_unsaid(rest) or is_cut(label, name, rest):
        return None
    opens = clause.start == body
    modifier = modifies(name, rest)
    if modifier and opens and (whose := possessed(copula, text[body : hit.start], rest)):
        label, modifier = whose, False
    elif modifier and rest[:1] in {"'", "’"}:
        return None  # what is kept in the server's store is not kept in the server
    factor = 1.0
    if opens and label.removesuffix(" a") == copula and (is_adjective(text, hit) or is_subject(rest)):
        return None  # `is a cross-platform and free …`, `is the last place Emacs looks`
    if not label:
        # Without a phrase only the head of the definition says something: `Task - container in a service`.
        if modifier or not first or not _is_own_head(definition, hit):
            return None
        label = "это" if _CYRILLIC.search(text, body, hit.end + 30) else "is a"
        factor = _bare_factor(hit, described=_is_plain_head(definition, hit))
    elif modifier and label.removesuffix(" a") == copula:
        return None  # `is a DNS server` is no DNS
    if modifier:
        if _only_modifies(definition, hit, label, rest):
            return None
        factor *= _MODIFIER_FACTOR
    following = definition.hits[at + 1] if at + 1 < len(definition.hits) else None
    if label.endswith((" between", " между")) and is_one_of_two(hit, following, text):
        return None  # `conversion between strings and numbers` is told of both, or of neither
    if begins_with_subject(label):
        return None
    if is_denied(text[max(body, hit.start - CLAUSE_LENGTH) : hit.start]) and not is_denied(label):
        return None
    if clause.leaps or (label in PREPOSITIONS and label != "like"):
        factor *= _LOOSE_FACTOR
    return label, factor


def _is_own_head(definition: Definition, hit: Hit) -> bool:
    """Whether HIT is what a definition without verb says the thing to be, and not the thing's name again."""
    text, body, end, candidate = definition.text, definition.body, definition.end, definition.candidate
    least = _MIN_PLAIN_HEAD if _is_plain_head(definition, hit) else _MIN_HEAD
    return (
        definition.context.confidence[hit.mention.concept] >= least
        # `Schema - Schema Object` is no object, but a name again.
        and not any(own.end + 1 == hit.start for own in definition.own)
        and is_head(text, body, end, hit, candidate.rule)
        # `Consiste en conjugar …`
        and not _has_small_word(definition.context.reading.language, text[body : hit.start])
        and not is_gloss(candidate.name, hit, text[body:end])
        # `Hype cycle of Gartner - Hype Cycle for …`
        and not (hit.start > body and text[body : hit.end].strip().lower() in candidate.name.lower())
    )


def _is_plain_head(definition: Definition, hit: Hit) -> bool:
    """Whether what stands around HIT says that it is the noun which the definition begins with: `default registry where …`."""
    before = definition.text[definition.body : hit.start].lower()
    return before.startswith(("a ", "an ")) or (
        " the " not in before and _SAID_MORE.match(definition.text, hit.end) is not None
    )


def _has_small_word(language: str, words: str) -> bool:
    """Whether one of WORDS behind the first, but for articles, joins others in LANGUAGE."""
    return bool(language) and any(
        word in SMALL_WORDS[language] and word not in _ANY_ARTICLE for word in words.lower().split()[1:]
    )


_ANY_ARTICLE = word_set(
    "ein eine einen einem einer der die das un une una uno uma um le la les el los las il lo i gli o a os as"
)


def _only_modifies(definition: Definition, hit: Hit, label: str, rest: str) -> bool:
    """Whether HIT, which tells more about the noun behind it, in REST, is not itself what LABEL leads to."""
    name = hit.mention.text
    return (
        # `DKIM key rotation - updating DKIM keys` names the keys
        is_said_in(definition.candidate.name, name + rest)
        # `during build of Docker images` says nothing of Docker
        or (label.partition(" ")[0].lower() in PREPOSITIONS and label.endswith(" of"))
        # `uses the Beta Distribution`
        or names_longer(name, rest)
        # a `container registry` says nothing of containers, a `Kubernetes object` of Kubernetes does
        or (name[:1].islower() and not spelling.is_name(name))
    )


def _says_head_again(block: Block, candidate: Candidate, hit: Hit, body: int) -> bool:
    """Whether HIT, the subject of what a definition says, is the head of the name: `Gentoo mirrors - mirrors distribute …`."""
    return (
        hit.start == body
        and hit.mention.text.lower() == candidate.name.split()[-1].lower()
        and is_subject(block.prose[hit.end : hit.end + 40])
    )


def _bare_factor(hit: Hit, *, described: bool) -> float:
    """How far to trust that a definition without verb names its class: more where that is a phrase, `key-value store`.

    So it is where the definition plainly begins with it (DESCRIBED).
    """
    name = hit.mention.text
    if described:
        return _PHRASE_FACTOR
    return _PHRASE_FACTOR if " " in name and name.islower() and not name.endswith("s") else _BARE_FACTOR


_SAID_MORE = pattern(r"\s(?:that|which|where|for|used|built|котор[а-яё]+|для)\s|,\sкотор")
