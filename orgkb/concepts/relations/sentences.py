"""A sentence whose subject and object are concepts, such as `The kubelet talks to container runtimes`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from msgspec import structs

from orgkb.concepts.blocks import BlockKind
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import (
    CLAUSE_LENGTH,
    clause_start,
    is_action,
    is_compound,
    is_counting,
    is_enumeration,
    is_generic,
    is_unsaid,
    modifies,
    without_asides,
)
from orgkb.concepts.relations.going_on import said_further
from orgkb.concepts.relations.inline import inline_label
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.labels import is_cut, polished, possessed, says_of_object
from orgkb.concepts.relations.model import Context, stated
from orgkb.concepts.relations.phrases import MAX_WORDS, as_verb, phrase
from orgkb.concepts.relations.reduced import are_two, example_of, has_verb, reduced_clause, relative_clause
from orgkb.concepts.relations.russian_clauses import russian_relative_clause
from orgkb.concepts.relations.subjects import (
    MIN_END,
    first_of,
    head_of,
    heads_title,
    opens_clause,
    without_short_forms,
    words_between,
)
from orgkb.concepts.relations.verbs import is_finite, is_verb
from orgkb.concepts.text import has_dash
from orgkb.patterns import pattern

_MAX_GAP = 130
_COMPOUNDS = frozenset("abdos")
"""With these begin the second halves of compounds: `-based`, `-driven`, …"""
_LATER_FACTOR = 0.9
_STRETCH_BEGIN = itemgetter(0)
_APPOSED = pattern(r",\san?\s")
_GOES_ON = pattern(r",|\s(?:and|or)\b")


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
            for hit, following in zip(hits, (*hits[1:], None), strict=True)
            if not (
                following
                and following.start == hit.end + 1
                and modifies(hit.mention.text, prose[hit.end : hit.end + 40])
            )
            and not (prose[hit.end + 1 : hit.end + 2] in _COMPOUNDS and is_compound(prose[hit.end : hit.end + 24]))
            and not is_counting(hit.mention.text, prose, hit.end)
            and not is_action(hit.mention.text, prose, hit.start, hit.end)
        ]
        if "(" in block.prose:
            meant = without_short_forms(block, meant)
        has_mark = ":" in prose or has_dash(prose)
        listed: list[Relation] = []
        last: Hit | None = None
        for at, (subject, target) in enumerate(pairwise(meant)):
            # `consists of a control plane and a data plane`
            if listed and last is subject and is_enumeration(block.prose[subject.end : target.start]):
                last = target
                # `includes Volta, a tool for …`
                if _APPOSED.fullmatch(block.prose, subject.end, target.start) and not _GOES_ON.match(
                    block.prose, target.end
                ):
                    continue
                # `Lasso does one thing, Ridge regression does another`
                if _NEW_CLAUSE.match(after := block.prose[target.end : target.end + 40]) and has_verb(after):
                    listed = []
                    continue
                for each in listed:
                    if target.mention.concept not in {each.source, each.target}:
                        yield structs.replace(each, target=target.mention.concept, span=target.mention.span)
                continue
            if listed and last is subject and (further := said_further(context, block, at, meant, listed[0])):
                yield structs.replace(further, confidence=round(further.confidence * _LATER_FACTOR, 4))
                continue
            listed = []
            if (
                has_mark
                and (label := inline_label(prose, subject, target))
                and are_two(context, subject, target, MIN_END)
            ):
                listed, last = (
                    [stated(subject.mention.concept, target, label, RelationKind.SENTENCE, confidence)],
                    target,
                )
                yield listed[0]
                continue
            if example := example_of(context, block, subject, target, confidence):
                listed, last = [example], target
                yield example
                continue
            if subject.mention.concept == target.mention.concept:
                continue
            reduced = (
                reduced_clause(context, block, subject, target, confidence)
                or relative_clause(context, block, subject, target, confidence)
                or russian_relative_clause(context, block, subject, target, confidence)
            )
            if reduced:
                first = first_of(block, meant, at)
                sources = dict.fromkeys((reduced.source, *(hit.mention.concept for hit in meant[first:at])))
                listed = [structs.replace(reduced, source=each) for each in sources if each != reduced.target]
                last = target
                yield from listed
                continue
            offset = subject.mention.offset
            where = bisect_right(taken, offset, key=_STRETCH_BEGIN) - 1 if taken else -1
            if where >= 0 and offset < taken[where][1] and not opens_clause(block, subject, taken[where][0]):
                continue
            if subject.mention.context == "term" or target.start - subject.end > _MAX_GAP:
                continue
            head = head_of(prose, meant, at)
            between = words_between(context, block, subject, target, inner=head < at)
            if between is None:
                continue
            first = first_of(block, meant, head)
            if relation := _relation(context, index, meant[first], meant[head], target, between, confidence):
                sources = dict.fromkeys((relation.source, *(hit.mention.concept for hit in meant[first:head])))
                listed = [structs.replace(relation, source=each) for each in sources if each != relation.target]
                last = target
                yield from listed


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
    # `A is put into B and the C is bound to …`
    if (
        (joined := _JOINED.search(text[start : first.start]))
        and _FINITE.match(between)
        and _has_any_verb(text[start : start + joined.start()])
    ):
        start += joined.end()
    # `Note that the address is unique for …`
    if bidden := _BIDDEN.match(text, start, first.start):
        start = bidden.end()
    before = [word.lower() for word in re.findall(r"[^\W_]+", text[start : first.start])]
    if before and before[0] in _CONJUNCTIONS:
        del before[0]
    # `measuring the capacity of a layer can …`
    if len(before) > 1 and before[-2].endswith("ing") and is_verb(before[-2]):
        return None
    # The subject opens its clause: what stands before it is an article or an adjective.
    if len(before) > 2 or any(word in FUNCTION_WORDS - _ARTICLES or is_finite(word) for word in before):
        return None
    headed = before in (["the"], ["this"]) and heads_title(context, block, subject)
    if before and before[-1] in _POINTING and not headed:
        return None  # `These connections are …`: those just spoken of, and not all
    plain = without_asides(text, target.start)
    if clause_start(plain, target.start - len(between), target.start) != target.start - len(between):
        return None
    said = between.lstrip("'’s ") if between[:1] in "'’" else between
    label = phrase(said) or as_verb(said)
    rest = text[target.end : target.end + 40]
    label = polished(label)
    yours = before[:1] in _READERS
    # `if Lua can find a metamethod`, `if your cluster uses a proxy`
    if _CONDITION.search(text, max(0, start - 12), start) and (yours or _MAYBE.match(label)):
        return None
    if yours and _AS_IT_IS.match(label):
        return None
    if not label or is_unsaid(rest):
        return None
    if is_cut(label, target.mention.text, rest) or says_of_object(label, between):
        return None
    if label in _COPULAS and rest[:1] in "'’" and rest and (whose := possessed(label, between[len(label) + 1 :], rest)):
        label, rest = whose, ""
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
    elif headed or (is_generic(subject.mention.text) and not text[:start].strip() and set(before) <= {"the"}):
        # `The tool runs …` under the heading of a tool, `The cache stores …` under that of a page cache.
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


_NEW_CLAUSE = pattern(r"(?:\s[a-z]+)?\s[a-z]+(?:s|ed)\s")


def _has_any_verb(said: str) -> bool:
    return any(is_finite(word.strip(",.;:)").lower()) for word in said.split())


_FINITE = pattern(r"\s(?:[a-z]+s|can|may|must|will|should|are|were|had|[а-яё]+(?:[ауюея]т|ится|ется|ются|ятся|ит))\s")
_JOINED = pattern(
    r"\s(?:and|but|while|whereas|и|а|но)\s(?=(?:(?:the|an?|each|every|its|their)\s)?(?:[\w-]+\s)?$)", re.IGNORECASE
)
_CONDITION = pattern(r"\b(?:if|unless|whether|если|ли)\s*$", re.IGNORECASE)
_MAYBE = pattern(
    r"(?:can|could|cannot|may|might|will|would|do|does|did|is|are|has|have)\b|не\s|может|могут", re.IGNORECASE
)
_ENDS = pattern(r"\s*(?:[.,;)\n]|$|\s(?:that|which|with|in|on|for|and)\s)")
_ADVERBIAL = pattern(
    r"\s*(?:(?:In|By|At|On|For|With|Under|During|After|Before|Like|Unlike|From|Within|Through|As|Instead|Usually|Typically|"
    r"However|Also|Thus|Therefore|Hence|Then|Finally|Today|Here|В|По|При|Обычно|Также|Например|Затем)\b[^,]{0,50},\s){1,2}",
    re.IGNORECASE,
)
_BIDDEN = pattern(r"\s*(?:Remember|Note|Recall|Notice)\s(?:that\s)?", re.IGNORECASE)
_INSTRUMENTAL = pattern(r"[А-Яа-яё]+(?:ами|ями)")
_COPULAS = frozenset({"is", "are", "was", "были", "был"})
_ARTICLES = frozenset(
    {
        *("a", "an", "the", "each", "every", "all", "any", "both", "most", "some", "many", "these", "this"),
        *("its", "their", "your", "our", "one", "two", "several", "other"),
    }
)
_CONJUNCTIONS = frozenset({"and", "but", "then", "so", "и", "а", "но"})
_READERS = (["your"], ["our"])
_AS_IT_IS = pattern(r"(?:is|are|was|were|did|had|has|have|should\sbe|may|might|will)\b")
"""So the reader's own thing is, and not every one."""
_POINTING = frozenset({"this", "these", "those", "such"})
_COMMA = pattern(
    r",\s+(?=(?:(?:the|an?|each|every|all|any|most|some|both|its|their|your|our|these|this)\s+)?$)", re.IGNORECASE
)
