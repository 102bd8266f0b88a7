"""One definition names another concept: `*Image* - read-only template used to build containers`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from msgspec import structs

from orgkb.concepts import spelling
from orgkb.concepts.blocks import Block
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS, PRONOUNS
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import (
    CLAUSE_LENGTH,
    clause_start,
    has_noun_subject,
    has_other_subject,
    is_action,
    is_counting,
    is_denied,
    is_denied_word,
    is_enumeration,
    is_generic,
    modifies,
    without_asides,
    without_persons,
)
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.model import Context, side_by_side, surest
from orgkb.concepts.relations.phrases import MAX_WORDS, phrase
from orgkb.concepts.relations.verbs import is_finite, is_verb
from orgkb.patterns import pattern

_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)
_RUSSIAN_ADJECTIVE = pattern(r".+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)", re.IGNORECASE)
_REOPENING = frozenset(":-–—")
"""After these a definition says again what the thing is: `template: a stack of layers`."""
_MIN_TRUST = 0.3
_MAX_TARGETS = 5
_OFFSET = attrgetter("mention.offset")
_MAX_HITS = 60
_MIN_TARGET = 0.35
"""Confidence that a concept needs to be named by another's definition."""
_MIN_HEAD = 0.5
"""The same for what a definition without verb says its term to be."""
_LATER_FACTOR = 0.92
_BARE_FACTOR = 0.5
_STATEMENT_FACTOR = 0.8
"""For what a sentence says that is no definition."""
_EXAMPLES = frozenset({"such as", "like", "as", "including", "for example"})
_MODIFIER_FACTOR = 0.75


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From each defined concept to the first few others that its definition names."""
    for index, candidates in context.defined_in.items():
        hits = context.hits_by_block.get(index, [])
        done: set[tuple[str, tuple[int, int] | None]] = set()
        for candidate in candidates:
            source = context.concept_of(candidate.name, candidate.headline)
            if candidate.supports and is_generic(candidate.name):
                source = context.sections.get(candidate.headline) or source
            if source is None or (source, candidate.defined_at) in done:
                continue
            done.add((source, candidate.defined_at))
            for relation in _of_definition(context, index, candidate, source, hits, confidence):
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
    own = [hit for hit in inside if hit.mention.concept == source]
    copula = _copula_before(block, body)
    text = block.prose
    end_here = (block.flat.index(end - 1) or len(text) - 1) + 1
    start = body
    named: set[str] = set()
    previous: Hit | None = None
    label = ""
    source_here = source
    for hit in inside:
        target = hit.mention.concept
        if target == source:
            previous, label = None, ""
            continue
        if is_counting(hit.mention.text, text[hit.end : hit.end + 4]):
            continue
        if is_action(hit.mention.text, text[max(0, hit.start - 14) : hit.start], text[hit.end : hit.end + 20]):
            previous, label = None, ""
            continue
        if previous is not None and is_enumeration(block.flat.text[previous.end : hit.start]):
            pass  # pods, nodes and services: one phrase for all
        else:
            plain = without_asides(text, hit.start)
            start = clause_start(plain, max(body, hit.start - CLAUSE_LENGTH), hit.start)
            # `Docker: Docker is a program to run containers` says its subject again.
            if own:
                start = max([start, *(o.end for o in own if start <= o.start < hit.start)])
            here = hit.start
            # `pods scaling maintain …`: what is done does nothing itself.
            before = [
                other.end - start
                for other in inside
                if start <= other.start < here and not other.mention.text.endswith("ing")
            ]
            said = without_persons(plain[start : hit.start])
            if has_other_subject(said, before) or (start > body and _speaks_of_other(text, plain, start, inside, own)):
                previous, label = None, ""
                continue
            label = phrase(
                said,
                opening=start == body
                or text[max(0, start - 3) : start].rstrip()[-1:] in _REOPENING
                or (start - body < CLAUSE_LENGTH and _is_coordination(text[body:start])),
            )
            if label.lower().split()[:1] == ["see"]:
                previous, label = None, ""  # `see man 5 ebuild` leads to a text
                continue
            if label.endswith("ed") and label.isalpha() and said.rstrip().endswith(label):
                previous, label = None, ""  # `automated updates`
                continue
            if _opens_sentence(said, text[hit.end : hit.end + 12]):
                previous, label = None, ""
                continue
            if label in _EXAMPLES and start == body:
                pass  # `like Deployment, but …` compares with the thing defined
            elif _SUCH_AS.search(said) or _is_part(text, inside, hit) or _is_doing(text, inside, hit):
                continue  # `(such as Docker)` gives an example of the words before it
            antecedent = _antecedent(context, text, inside, body, start)
            if antecedent == _NOBODY:
                previous, label = None, ""
                continue
            source_here = antecedent or source
            if not label and is_denied_word(said):
                previous, label = None, ""
                continue
            if start > body and label.lower() in _COPULAS:
                continue  # `(the new one is …)` speaks of something else
            if copula and start == body:
                label = _with_copula(copula, label, text[start : hit.start])
        previous = hit
        if target in named or context.confidence.get(target, 0.0) < _MIN_TARGET:
            continue
        rest = text[hit.end : hit.end + 40]
        modifier = modifies(hit.mention.text, rest)
        # Without a phrase only the head of the definition says something: `Task - container in a service`.
        head = not label
        sure = context.confidence[target] >= _MIN_HEAD
        # `Schema - Schema Object` is no object, but a name again.
        again = any(o.end + 1 == hit.start for o in own)
        if head and (named or modifier or again or not sure or not _is_head(text, body, end_here, hit, candidate.rule)):
            continue
        if start == body and label.removesuffix(" a") == copula and _is_adjective(text, hit):
            continue  # `is a cross-platform and free …`
        if head:
            label = "это" if _CYRILLIC.search(text, body, hit.end + 30) else "is a"
        if modifier and label and label.removesuffix(" a") == copula:
            continue  # `is a DNS server` is no DNS
        if modifier and hit.mention.text[:1].islower() and not spelling.is_name(hit.mention.text):
            continue  # a `container registry` says nothing of containers, a `Kubernetes object` of Kubernetes does
        if modifier and any(other.start == hit.end + 1 for other in inside):
            continue  # `Docker containers` are containers
        if is_denied(text[max(body, hit.start - CLAUSE_LENGTH) : hit.start]) and not is_denied(label):
            continue
        trust = confidence * _LATER_FACTOR ** len(named) * (_BARE_FACTOR if head else 1)
        if modifier:
            trust *= _MODIFIER_FACTOR
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


def _is_coordination(before: str) -> bool:
    """Whether BEFORE, the text of a definition up to a clause, only lists nouns: `networking, observability, `."""
    found = before.lower().replace(",", " ,").split()
    return found[-1:] == [","] and not any(word in PREPOSITIONS or word in PRONOUNS or is_verb(word) for word in found)


_MAX_PART = 2
_COPULAS = frozenset({"is", "are", "was", "were", "это", "является"})
_SUCH_AS = pattern(r"\b(?:such\s+as|e\.g\.|for\s+example|including|например)\b", re.IGNORECASE)
_WHICH = pattern(r",\s+(?=(?:which|котор[а-яё]+)\s)", re.IGNORECASE)
_APPOSED = pattern(r"\s[-–—]\s(?=(?:an?|the|это)\s)", re.IGNORECASE)
_NOBODY = "\0"


def _antecedent(context: Context, text: str, hits: list[Hit], body: int, start: int) -> str | None:
    """The concept that `, which …` or ` - a …` at START goes on about, where it names one right before.

    `_NOBODY` where `which` follows upon something else than the head of the definition, which begins at BODY.
    """
    which = next((m for m in _WHICH.finditer(text, max(0, start - 4), start + 8) if m.end() == start), None)
    mark = which or next((m for m in _APPOSED.finditer(text, max(0, start - 4), start + 5) if m.end() == start), None)
    if not mark:
        return None
    before = text[: mark.start()].rstrip(" )")
    at = next((i for i, hit in enumerate(hits) if hit.end == len(before)), -1)
    named = surest(context, side_by_side(hits, at)).mention.concept if at >= 0 else None
    if named is None and which:
        told = [word.lower() for word in text[body : min(mark.start(), body + CLAUSE_LENGTH)].split()]
        return _NOBODY if any(word in PREPOSITIONS or is_finite(word) for word in told[1:]) else None
    return named


def _opens_sentence(said: str, rest: str) -> bool:
    """Whether SAID with the concept before REST is no predicate yet: `Modifying state is hard`, `In Python, …`."""
    words = said.lower().split()
    if not words:
        return False
    if words[0].endswith("ing") and len(words) <= _MAX_GERUND and _COPULA_AFTER.match(rest):
        return True
    return words[0] in _ADVERBIAL and len(words) <= _MAX_GERUND and rest[:1] == ","


_MAX_GERUND = 3
_COPULA_AFTER = pattern(r"\s(?:is|are|was|were|can|may|will|must)\s")
_ADVERBIAL = frozenset(
    {"in", "on", "at", "by", "under", "within", "even", "during", "despite", "unlike", "в", "при", "на"}
)
_SUBORDINATE = pattern(
    r"\b(?:when|while|if|because|since|unless|although|когда|если|так\sкак|потому\sчто)\s+$", re.IGNORECASE
)
_PRONOUN = pattern(r"\s*(?:it|they|он|она|оно|они)\s", re.IGNORECASE)


def _speaks_of_other(text: str, plain: str, start: int, hits: list[Hit], own: list[Hit]) -> bool:
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


def _is_doing(text: str, hits: list[Hit], hit: Hit) -> bool:
    """Whether HIT is a Russian verbal noun with its object: `развёртывания подов` says what is done with pods."""
    return bool(_VERBAL_NOUN.fullmatch(hit.mention.text)) and any(
        other.start == hit.end + 1 and text[hit.end] == " " for other in hits
    )


_VERBAL_NOUN = pattern(r"[а-яё]{4,}ни(?:е|я|ю|ем|и)", re.IGNORECASE)


def _is_part(text: str, hits: list[Hit], hit: Hit) -> bool:
    """Whether HIT goes on a name that another begins: the `availability` of `resource availability`."""
    name = hit.mention.text
    before = text[: hit.start].rstrip(" ")
    if _CYRILLIC.match(name):
        return False
    # `кластер K8S`: a Russian noun stands before what it is named after.
    return any(
        other.end == len(before)
        and (_CYRILLIC.match(other.mention.text) or (name[:1].islower() and other.mention.text[:1].islower()))
        for other in hits
        if other is not hit
    )


_DEFINING = frozenset({"description-item", "bold-dash", "bold-colon"})
_ARTICLES = frozenset({"a", "an", "the"})


def _is_head(text: str, body: int, end: int, hit: Hit, rule: str) -> bool:
    """Whether a definition without verb is of the form `[adjectives] concept …`, and not a sentence about it."""
    before = text[body : hit.start].split()
    rest = text[hit.end : hit.end + 40]
    after = rest.split()
    name = hit.mention.text
    # `мониторинг кубернетиса`: a Russian noun before it makes it a genitive; `a -> b` is a way.
    if before and _CYRILLIC.search(before[-1]) and not _RUSSIAN_ADJECTIVE.fullmatch(before[-1]):
        return False
    # `Deployment, StatefulSet` are examples, `kind of object` is no kind.
    if "," in text[body : hit.start] or rest[:1] in {",", "/", "(", "-", "&"} or after[:1] in _NO_HEAD_BEFORE:
        return False
    article = before[:1] != [] and before[0].lower() in _ARTICLES
    if after and (after[0].lower() in {"and", "or", "и", "или"} or (after[0].lower() == "of" and not article)):
        return False
    if any(not _PLAIN_WORD.fullmatch(word) for word in before) or is_verb(name):
        return False
    if len(before) > 2 or any(word.strip(",").lower() in FUNCTION_WORDS - _ARTICLES for word in before):
        return False
    if article:
        return not _goes_on(after, rest)
    # `Rhino - Mozilla` says whose it is, `B-Method - software development` what it is about.
    if _is_proper(name) or (not before and not text[hit.end : end].strip(" .;\n") and rule not in _DEFINING):
        return False
    # `ontologies used to model`, `flow through stages` tell what is done.
    if after and (after[0].lower() in _WAYS or (name.lower().endswith("s") and after[0].lower().endswith("ed"))):
        return False
    return not _goes_on(after, rest)


_PLAIN_WORD = pattern(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_NO_HEAD_BEFORE = (["->"], ["&"], ["|"], ["+"], ["="], ["..."])
_WAYS = frozenset({"through", "across", "along", "around", "up", "out", "off"})


def _goes_on(after: list[str], rest: str) -> bool:
    return bool(after) and rest[:1].isspace() and is_finite(after[0].strip(",.;:").lower())


def _is_proper(name: str) -> bool:
    """Whether NAME is written like that of one thing: `CRI-O`, `Open Container Initiative`, `Mozilla`."""
    words = name.split()
    if any(char.isupper() for word in words for char in word[1:]):
        return True
    return name[:1].isupper() and (
        all(w[:1].isupper() for w in words[1:]) if words[1:] else not spelling.is_known(name.lower())
    )


def _is_adjective(text: str, hit: Hit) -> bool:
    """Whether HIT, named after a copula, only describes the noun that comes later."""
    if text[hit.start - 1 : hit.start] in {"-", "‑"}:
        return True
    return text[hit.end : hit.end + 1] == "," and not _WHICH_OR_THAT.match(text, hit.end)


_WHICH_OR_THAT = pattern(r",\s(?:which|that|used|where|based|котор|а|но|but)\b", re.IGNORECASE)


def _copula_before(block: Block, body: int) -> str:
    """The copula that stands right before a definition: `is`, `are`, `это`."""
    before = block.text[max(0, body - 24) : body].split()
    return before[-1] if before and before[-1].lower() in {"is", "are", "это", "является"} else ""


def _with_copula(copula: str, label: str, words: str) -> str:
    """LABEL with the verb before it; the verb alone where the concept is the head of the definition."""
    own = words.split()
    if (
        not label
        and 0 < len(own) <= _MAX_PART
        and _CYRILLIC.search(own[0])
        and not _RUSSIAN_ADJECTIVE.fullmatch(own[0])
    ):
        return f"{copula} {' '.join(own)}"  # `является частью`
    if not label:
        return f"{copula} a" if copula == "is" and words.split()[:1] in (["a"], ["an"]) else copula
    first = words.split()
    own = [word for word in first if word.lower() not in {"a", "an", "the"}]
    # Only a phrase that begins right after the copula goes on from it.
    if own[:1] != label.split()[:1] or is_finite(own[0].lower()):
        return label
    article = f"{first[0]} " if first[0].lower() in {"a", "an", "the"} else ""
    joined = f"{copula} {article}{label}"
    return joined if len(joined.split()) <= MAX_WORDS else label
