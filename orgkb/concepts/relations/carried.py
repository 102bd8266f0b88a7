"""Subjects that a clause does not name itself: `images become containers when they run on …`, `На мастере размещаются поды`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts.blocks import TEXTS, Block
from orgkb.concepts.lexicon import PREPOSITIONS
from orgkb.concepts.lexicon.morphology import is_noun
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import clause_start, is_subject, is_unsaid, modifies
from orgkb.concepts.relations.labels import polished
from orgkb.concepts.relations.model import Context, stated
from orgkb.concepts.relations.phrases import phrase
from orgkb.concepts.relations.predicates import predicate_start
from orgkb.concepts.relations.verbs import is_finite, is_verb, may_be_verb
from orgkb.patterns import pattern

_MIN_END = 0.4
_FAR_FACTOR = 0.85
_MAX_BETWEEN = 70
_PRONOUN = pattern(
    r"(?:(?<=[.!?]\s)|(?<=,\s)|\b(?:when|because|and|so\sthat|while|но|и|поэтому|когда|так\sкак)\s)"
    r"(?P<they>it|they|он|она|оно|они)\s(?=[^\W\d_])",
    re.IGNORECASE,
)
_SENTENCE = pattern(r"[.!?]\s+|\n\s*\n")
_ARTICLE = pattern(r"\W*(?:(?:the|a|an|all|any|each|every|some|these|this)\s)?$", re.IGNORECASE)


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From what a pronoun stands for, and from Russian subjects behind their verb, to what the clause names."""
    for index, hits in context.hits_by_block.items():
        block = context.reading.blocks[index]
        if block.kind not in TEXTS:
            continue
        text = block.prose
        if any(word in text for word in _PRONOUNS):
            yield from _of_pronouns(context, block, hits, confidence)
        if len(hits) > 1 and (relation := _inverted(context, block, hits, confidence)):
            yield relation


_PRONOUNS = (" it ", " they ", " It ", " They ", " он ", " она ", " они ", " оно ", " Он ", " Она ", " Они ", " Оно ")


def _of_pronouns(context: Context, block: Block, hits: list[Hit], confidence: float) -> Iterator[Relation]:
    for match in _PRONOUN.finditer(block.prose):
        if relation := _of_pronoun(context, block, hits, match, confidence):
            yield relation


def _of_pronoun(
    context: Context, block: Block, hits: list[Hit], match: re.Match[str], confidence: float
) -> Relation | None:
    text = block.prose
    subject, near = _antecedent(text, hits, match.start("they"))
    target = next((hit for hit in hits if hit.start >= match.end()), None)
    if target is None or target.start - match.end() > _MAX_BETWEEN:
        return None
    source = subject.mention.concept if subject else _of_title(context, block, hits, match.start("they"))
    if source is None:
        return None
    plural = match["they"].lower() in {"they", "они"}
    name = subject.mention.text if subject else context.reading.titles[block.headline].strip()
    if name.isascii() and plural != name.lower().endswith("s"):
        return None
    between = text[match.end() : target.start]
    verb = between.split(None, 1)[:1]
    if "," in between or clause_start(text, match.end(), target.start) != match.end():
        return None
    if not is_subject(" " + between) and not (verb and not plural and may_be_verb(verb[0])):
        return None
    # `It checks incoming tokens`: after a pronoun it is no noun.
    label = polished(phrase(between) or ("" if plural else phrase(f"it {between}")))
    # `It is objective` says how it is.
    if label.lower() in _COPULAS or is_unsaid(text[target.end : target.end + 40]):
        return None
    trust = confidence if near else confidence * _FAR_FACTOR
    return _said(context, text, source, target, label, trust)


def _of_title(context: Context, block: Block, hits: list[Hit], at: int) -> str | None:
    """What the title above names, where all sentences before the pronoun at AT are about that: `Found in the blood. It binds …`."""
    source = context.title_concept(block.headline)
    if source is None or block.lead >= 0 or block.headline < 0:
        return None
    begin = 0
    for end in [match.end() for match in _SENTENCE.finditer(block.prose, 0, at)]:
        sentence = block.prose[begin:end]
        opening = next((hit for hit in hits if begin <= hit.start < end), None)
        about = (
            opening is not None
            and opening.mention.concept == source
            and _ARTICLE.fullmatch(block.prose, begin, opening.start)
        )
        if not about and not _IT.match(sentence) and predicate_start(sentence, many=False) < 0:
            return None
        begin = end
    return source if begin else None


_IT = pattern(r"\s*(?:It|They|Он|Она|Оно|Они)\s")


_COPULAS = frozenset({"is", "are", "was", "were"})


def _antecedent(text: str, hits: list[Hit], at: int) -> tuple[Hit | None, bool]:
    """The subject of the sentence before the pronoun at AT, or of the sentence before that; whether it is the same one."""
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, at)]
    begin = ends[-1] if ends else 0
    for start, end in ((begin, at), (ends[-2] if len(ends) > 1 else 0, begin)):
        for hit in hits:
            if start <= hit.start and hit.end <= end:
                if _ARTICLE.fullmatch(text, start, hit.start) and is_subject(text[hit.end : end + 1]):
                    return hit, start == begin
                break
        if start < begin:
            break
    return None, False


def _inverted(context: Context, block: Block, hits: list[Hit], confidence: float) -> Relation | None:
    """`На мастере размещаются поды`: the subject stands behind its verb, and where it is said of comes first."""
    place, subject = hits[0], hits[1]
    text = block.prose
    if place.start > _MAX_BEFORE:
        return None
    before = text[: place.start].split()
    between = text[place.end : subject.start].split()
    if not _is_place(before) or not 0 < len(between) <= _MAX_VERB:
        return None
    verb = between[0].lower()
    if not _REFLEXIVE.fullmatch(verb) or any(is_verb(w.lower()) and is_finite(w.lower()) for w in between[1:]):
        return None
    if any(w.lower() in PREPOSITIONS or not w.isalpha() for w in between):
        return None
    return _said(context, text, subject.mention.concept, place, f"{verb} {' '.join(before).lower()}", confidence)


def _is_place(before: list[str]) -> bool:
    """Whether the words BEFORE a concept say where or for what: `На`, `Для`, `Для сборки`."""
    first = before[0].lower() if before else ""
    if len(before) == 1:
        return first in _PLACES or first == "для"
    return len(before) == _AIM and first == "для" and is_noun(before[1].lower())


_PLACES = frozenset({"на", "в", "во", "под", "внутри", "через"})
_MAX_VERB = 3
_MAX_BEFORE = 20
_AIM = 2
_REFLEXIVE = pattern(r"есть|[а-яё]{3,}(?:ется|ются|ится|ятся|атся|ают|ует|уют|ит|ят|ает|яет)")


def _said(context: Context, text: str, source: str, target: Hit, label: str, confidence: float) -> Relation | None:
    ends = source, target.mention.concept
    if not label or ends[0] == ends[1] or min(context.confidence.get(end, 0.0) for end in ends) < _MIN_END:
        return None
    if modifies(target.mention.text, text[target.end : target.end + 40]):
        return None
    return stated(ends[0], target, label, RelationKind.SENTENCE, confidence)
