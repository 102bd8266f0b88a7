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
from orgkb.concepts.lexicon import PREPOSITIONS, PRONOUNS
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.beside import (
    is_apposed,
    is_aside_of,
    is_doing,
    is_gloss,
    is_one_of_two,
    is_part,
    is_said_in,
    names_longer,
    spelt_out_in,
)
from orgkb.concepts.relations.clauses import (
    CLAUSE_LENGTH,
    clause_start,
    has_other_subject,
    has_subject_beside,
    is_action,
    is_counting,
    is_denied,
    is_denied_word,
    is_enumeration,
    is_generic,
    is_item,
    is_subject,
    is_unsaid,
    modifies,
    without_asides,
    without_persons,
)
from orgkb.concepts.relations.going_on import DOING
from orgkb.concepts.relations.heads import copula_before, is_adjective, is_described, is_head, with_copula
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.labels import (
    begins_with_subject,
    enabled,
    genitive,
    is_cut,
    is_said_again,
    polished,
    possessed,
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
from orgkb.concepts.relations.listed import listed
from orgkb.concepts.relations.model import Context, side_by_side, surest
from orgkb.concepts.relations.phrases import phrase
from orgkb.concepts.relations.verbs import PAST_PARTICIPLES, is_finite, is_verb
from orgkb.concepts.text import DASH, MASK
from orgkb.patterns import pattern

_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)
_STOPS = frozenset(".;!?")
_APART = frozenset("-–—(:")
_REOPENING = frozenset(":-–—")
"""After these a definition says again what the thing is: `template: a stack of layers`."""
_MIN_TRUST = 0.3
_MAX_TARGETS = 5
_OFFSET = attrgetter("mention.offset")
_MAX_HITS = 60
_MIN_TARGET = 0.28
"""Confidence that a concept needs to be named by another's definition."""
_MIN_HEAD = 0.4
"""The same for what a definition without verb says its term to be."""
_LATER_FACTOR = 0.92
_BARE_FACTOR = 0.5
_PHRASE_FACTOR = 0.65
_STATEMENT_FACTOR = 0.8
"""For what a sentence says that is no definition."""
_COMPARISONS = frozenset({"Like", "For", "From", "With", "By", "Для", "От", "Из", "С"})
_EXAMPLES = frozenset({"such as", "like", "as", "including", "for example"})
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
            told = candidate.definition.text.split(None, 1)[0].lower() if candidate.definition else ""
            if candidate.supports and told in PAST_PARTICIPLES:
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
    assert candidate.defined_at is not None
    begin, end = candidate.defined_at
    block = context.reading.blocks[index]
    first = bisect_left(hits, begin, key=_OFFSET)
    if first == len(hits) or hits[first].mention.offset >= end:
        return
    inside = [hit for hit in hits[first : first + _MAX_HITS] if hit.mention.offset < end]
    body = block.flat.index(begin) or 0
    again = inside[0] if _says_head_again(block, candidate, inside[0], body) else None
    own = [hit for hit in inside if hit.mention.concept == source or hit is again]
    copula = copula_before(block, body)
    text = block.prose
    end_here = (block.flat.index(end - 1) or len(text) - 1) + 1
    start = body
    named: set[str] = set()
    previous: Hit | None = None
    label = ""
    leaps = item = False
    source_here = source
    # `RMSProp - Root Mean Square Propagation` says its name in full, and nothing of its words.
    passed = body + spelt_out_in(candidate.name, text[body:end_here])
    if has_subject_beside(candidate.name, text[body : body + CLAUSE_LENGTH]):
        passed = sentence_end(text, body, end_here)
    for at, hit in enumerate(inside):
        target = hit.mention.concept
        if hit.start < passed:
            continue
        if target == source or hit is again:
            previous, label = None, ""
            continue
        if is_counting(hit.mention.text, text, hit.end):
            continue
        if is_action(hit.mention.text, text, hit.start, hit.end):
            previous, label = None, ""
            continue
        following = inside[at + 1] if at + 1 < len(inside) else None
        if following and following.start == hit.end + 1 and modifies(hit.mention.text, text[hit.end : hit.end + 40]):
            continue  # `Docker containers` are containers
        # `own namespaces, limits through cgroups, layers of an image`: the layers are listed beside the limits.
        if item and previous is not None and "," in text[previous.end : hit.start]:
            previous, label, item = None, "", False
            continue
        if previous is not None and (
            is_enumeration(block.flat.text[previous.end : hit.start]) or is_apposed(text, previous, hit)
        ):
            pass  # pods, nodes and services: one phrase for all
        else:
            plain = without_asides(text, hit.start)
            start = clause_start(plain, max(body, hit.start - CLAUSE_LENGTH), hit.start)
            if start > body and copula and not at and is_described(text[body : hit.start]):
                start = body
            # `Docker: Docker is a program to run containers` says its subject again.
            if own:
                start = max([start, *(o.end for o in own if start <= o.start < hit.start)])
            here = hit.start
            near = at
            while near and inside[near - 1].start >= start:
                near -= 1
            # `pods scaling maintain …`: what is done does nothing itself.
            before = [
                o.end - start
                for o in inside[near:at]
                if o.start < here
                and (not o.mention.text.endswith("ing") or (o.start == start and o.mention.text[:1].isupper()))
            ]
            mark = text[body:start].rstrip()[-1:]
            item = is_item(text[start : hit.start])
            later = start > body and mark in _STOPS
            apart = later or (start > body and mark in _APART)
            if IMPERSONAL.match(plain, start) or (
                apart and tells_of_other(candidate.name, plain[start : hit.start], text[hit.end : hit.end + 40])
            ):
                previous, label = None, ""
                continue
            # `One can stop using the CPU` tells what somebody does.
            if start == body and _SOMEBODY.match(text, body):
                previous, label = None, ""
                continue
            said = without_persons(plain[start : hit.start])
            if has_other_subject(said, before) or (
                start > body and has_subject_of_its_own(text, plain, start, inside, own)
            ):
                previous, label = None, ""
                continue
            # `значениями которого являются объекты` reads whole; `при котором каждая модель …` has a subject of its own.
            oblique = _WHOSE.search(said) if "котор" in said else None
            if oblique and not is_finite(oblique["verb"]):
                previous, label = None, ""
                continue
            label = phrase(
                said,
                opening=start == body
                or (text[max(0, start - 3) : start].rstrip()[-1:] in _REOPENING and MASK not in text[body:start])
                or (start - body < CLAUSE_LENGTH and _is_coordination(text[body:start]))
                or (later and names_kind(said, text[hit.end : hit.end + 4])),
            )
            label = oblique.group() if oblique else label
            between = [o for o in inside[near:at] if o.end <= here]
            label = polished(without_leap(label, [o.mention.text for o in between]), candidate.name)
            leaps = any(o.mention.text in label for o in between)
            # `… Testers get them into tests` speaks of testers.
            if (
                later
                and (verb := predicate(said)) > 0
                and not is_said_again(said.lower().split()[verb - 1], candidate.name)
            ):
                previous, label = None, ""
                continue
            if _is_sentence(said, text[hit.end : hit.end + 40]):
                previous, label = None, ""
                continue
            if doing := DOING.fullmatch(text, text.rfind(",", body, hit.start), hit.start) if "ing" in said else None:
                label = doing[1].lower()  # `…, enabling arrays` comes of the thing
            if not label and start == body:
                label = genitive(said, hit.mention.text)
            compared = None
            if not label and (compared := _COMPARED.search(text, max(body, hit.start - 24), hit.start)):
                label = " ".join(compared[1].lower().split())
            if label.lower().split()[:1] == ["see"]:
                previous, label = None, ""  # `see man 5 ebuild` leads to a text
                continue
            if label.istitle() and label.lower() in PREPOSITIONS and label not in _COMPARISONS:
                previous, label = None, ""  # `In "…" somebody talks of it`
                continue
            if label.endswith("ed") and label.isalpha() and said.rstrip().lower().endswith(label.lower()):
                previous, label = None, ""  # `automated updates`
                continue
            if opens_sentence(said, text[hit.end : hit.end + 12]):
                previous, label = None, ""
                continue
            if label and is_aside_of(text, body, start, said):
                continue  # `accredited by ICANN (nonprofit responsible for the DNS)`
            if label in _EXAMPLES and (start == body or compared):
                pass  # `like Deployment, but …` compares with the thing defined
            elif ("nclud" in said or not said.isascii()) and (including := _INCLUDING.fullmatch(said)):
                label = including[1].lower()
            elif (
                _SUCH_AS.search(said)
                or "including" in said
                or is_part(text, inside, hit)
                or is_doing(text, inside, hit)
            ):
                continue  # `(such as Docker)` gives an example of the words before it
            antecedent = _antecedent(context, text, inside, body, start)
            if antecedent == _NOBODY:
                previous, label = None, ""
                continue
            object_of = between[-1] if between else None
            if (
                not antecedent
                and object_of
                and object_of.mention.concept != target
                and speaker(text[object_of.end : hit.start], text[start : object_of.start])
            ):
                antecedent = object_of.mention.concept
            if object_of and (does := enabled(text[object_of.end : hit.start], text[start : object_of.start])):
                antecedent, label = object_of.mention.concept, does
            source_here = antecedent or source
            if not label and is_denied_word(said):
                previous, label = None, ""
                continue
            if start > body and label.lower() in _COPULAS:
                continue  # `(the new one is …)` speaks of something else
            if start == body and label.lower() in _COPULAS - {copula} and said.lower().split()[:1] != [label.lower()]:
                previous, label = None, ""  # `a bit special, as characters are ASCII`
                continue
            if copula and start == body:
                label = with_copula(copula, label, text[start : hit.start])
        previous = hit
        if target in named or context.confidence.get(target, 0.0) < _MIN_TARGET:
            continue
        rest = text[hit.end : hit.end + 40]
        if is_unsaid(rest) or is_cut(label, hit.mention.text, rest):
            continue
        modifier = modifies(hit.mention.text, rest)
        if modifier and start == body and (whose := possessed(copula, text[body : hit.start], rest)):
            label, modifier = whose, False
        elif modifier and rest[:1] in {"'", "’"}:
            continue  # what is kept in the server's store is not kept in the server
        # Without a phrase only the head of the definition says something: `Task - container in a service`.
        head = not label
        sure = context.confidence[target] >= _MIN_HEAD
        # `Schema - Schema Object` is no object, but a name again.
        doubled = any(o.end + 1 == hit.start for o in own)
        if head and (
            named or modifier or doubled or not sure or not is_head(text, body, end_here, hit, candidate.rule)
        ):
            continue
        if head and is_gloss(candidate.name, hit, text[body:end_here]):
            continue
        if start == body and label.removesuffix(" a") == copula and (is_adjective(text, hit) or is_subject(rest)):
            continue  # `is a cross-platform and free …`, `is the last place Emacs looks`
        if head:
            label = "это" if _CYRILLIC.search(text, body, hit.end + 30) else "is a"
        if modifier and is_said_in(candidate.name, hit.mention.text + rest):
            continue  # `DKIM key rotation - updating DKIM keys` names the keys
        if label.endswith((" between", " между")) and is_one_of_two(hit, following, text):
            continue  # `conversion between strings and numbers` is told of both, or of neither
        if modifier and label.partition(" ")[0].lower() in PREPOSITIONS and label.endswith(" of"):
            continue  # `during build of Docker images` says nothing of Docker
        if modifier and label and label.removesuffix(" a") == copula:
            continue  # `is a DNS server` is no DNS
        if modifier and names_longer(hit.mention.text, rest):
            continue  # `uses the Beta Distribution`
        if begins_with_subject(label):
            continue
        if head and hit.start > body and text[body : hit.end].strip().lower() in candidate.name.lower():
            continue  # `Hype cycle of Gartner - Hype Cycle for …`
        if modifier and hit.mention.text[:1].islower() and not spelling.is_name(hit.mention.text):
            continue  # a `container registry` says nothing of containers, a `Kubernetes object` of Kubernetes does
        if is_denied(text[max(body, hit.start - CLAUSE_LENGTH) : hit.start]) and not is_denied(label):
            continue
        trust = confidence * _LATER_FACTOR ** len(named) * (_bare_factor(hit, rest) if head else 1)
        if modifier:
            trust *= _MODIFIER_FACTOR
        if leaps or (label in PREPOSITIONS and label != "like"):
            trust *= _LOOSE_FACTOR
        named.add(target)
        trust = round(trust * min(1.0, 0.4 + 0.6 * context.confidence[target]), 4)
        if trust < _MIN_TRUST:
            continue
        if target == source_here:
            continue
        yield Relation(
            source=source_here,
            target=target,
            label=label,
            kind=RelationKind.DEFINITION,
            span=hit.mention.span,
            confidence=trust,
            type=type_of(label),
        )
        if head:
            label = ""
        if len(named) == _MAX_TARGETS:
            return


def _says_head_again(block: Block, candidate: Candidate, hit: Hit, body: int) -> bool:
    """Whether HIT, the subject of what a definition says, is the head of the name: `Gentoo mirrors - mirrors distribute …`."""
    return (
        hit.start == body
        and hit.mention.text.lower() == candidate.name.split()[-1].lower()
        and is_subject(block.prose[hit.end : hit.end + 40])
    )


def _bare_factor(hit: Hit, rest: str) -> float:
    """How far to trust that a definition without verb names its class: more where that is a phrase, `key-value store`.

    So it is where a clause goes on about it: `registry where images are kept`.
    """
    name = hit.mention.text
    if _SAID_MORE.match(rest):
        return _PHRASE_FACTOR
    return _PHRASE_FACTOR if " " in name and name.islower() and not name.endswith("s") else _BARE_FACTOR


def _is_sentence(said: str, rest: str) -> bool:
    """Whether SAID and the concept before REST are the subject of a sentence: `any container in the pod failed`."""
    first, after = said.lower().split()[:1], rest.split()[:1]
    # `A sequence of random variables X converges if …`
    if first and first[0] in _ARTICLES and said.rstrip().endswith(" of") and not _CALLED.match(rest):
        return is_subject(_SYMBOL.sub("", rest, count=1))
    return bool(first and first[0] in _QUANTIFIERS and after and after[0].isalpha() and is_verb(after[0].lower()))


_SAID_MORE = pattern(r"\s(?:that|which|where|for|used|built|котор[а-яё]+|для)\s|,\sкотор")
_ARTICLES = frozenset({"a", "an", "the"})
_CALLED = pattern(r"\s(?:is|are)\s(?:often\s|also\s)?(?:called|known|named|termed)\b")
_SYMBOL = pattern(r"^(?:\s?\0+|\s[A-Z](?:_\w+)?(?=\s))")
_SOMEBODY = pattern(r"\s*(?:one\s(?:can|cannot|may)|(?:one|you|we)\s(?:should|must))\s", re.IGNORECASE)
_QUANTIFIERS = frozenset({"any", "all", "each", "every", "no", "some", "most"})


def _is_coordination(before: str) -> bool:
    """Whether BEFORE, the text of a definition up to a clause, only lists nouns: `networking, observability, `."""
    found = before.lower().replace(",", " ,").split()
    return found[-1:] == [","] and not any(word in PREPOSITIONS or word in PRONOUNS or is_verb(word) for word in found)


_COPULAS = frozenset({"is", "are", "was", "were", "это", "является"})
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


def _antecedent(context: Context, text: str, hits: list[Hit], body: int, start: int) -> str | None:
    """The concept that `, which …` or ` - a …` at START goes on about, where it names one right before.

    `_NOBODY` where `which` follows upon something else than the head of the definition, which begins at BODY.
    """
    if text[max(0, start - 6) : start].rstrip()[-1:] not in _APPOSING:
        return None
    which = next((m for m in _WHICH.finditer(text, max(0, start - 4), start + 8) if m.end() == start), None)
    mark = which or next((m for m in _APPOSED.finditer(text, max(0, start - 6), start + 5) if m.end() == start), None)
    if not mark:
        return None
    before = text[: mark.start()].rstrip(" )")
    at = next((i for i, hit in enumerate(hits) if hit.end == len(before)), -1)
    named = surest(context, side_by_side(hits, at)).mention.concept if at >= 0 else None
    if named is None and which:
        told = [word.lower() for word in text[body : min(mark.start(), body + CLAUSE_LENGTH)].split()]
        return _NOBODY if any(word in PREPOSITIONS or is_finite(word) for word in told[1:]) else None
    return named
