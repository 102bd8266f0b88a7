"""What a sentence goes on to say of its subject after the first thing that it names: `talks to A and pulls B`, `…, enabling C`."""

from __future__ import annotations

from msgspec import structs

from orgkb.concepts.blocks import Block
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation
from orgkb.concepts.relations.clauses import clause_start, is_subject, is_unsaid, modifies
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.relations.labels import is_cut, polished, without_leap
from orgkb.concepts.relations.model import Context
from orgkb.concepts.relations.phrases import MAX_WORDS, phrase
from orgkb.concepts.relations.predicates import second_verb
from orgkb.concepts.relations.reduced import EXAMPLE_LABELS
from orgkb.concepts.relations.subjects import MIN_END
from orgkb.concepts.relations.verbs import is_verb
from orgkb.patterns import pattern


def said_further(context: Context, block: Block, at: int, hits: list[Hit], said: Relation) -> Relation | None:
    """`Docker can build images by reading a Dockerfile`: what SAID says goes on to the concept after its target."""
    target, text = hits[at + 1], block.prose
    first = next((i for i in range(at - 1, -1, -1) if hits[i].mention.concept == said.source), -1)
    if first < 0 or target.mention.concept in {said.source, said.target} or said.label in EXAMPLE_LABELS:
        return None
    between = text[hits[at].end : target.start]
    if done := _DONE.fullmatch(between):
        # `listens on a port, protected by TLS`
        label = f"{done['verb']} {done['by']}"
        return (
            structs.replace(
                said, target=target.mention.concept, label=label, span=target.mention.span, type=type_of(label)
            )
            if is_verb(done["verb"]) and context.confidence.get(target.mention.concept, 0.0) >= MIN_END
            else None
        )
    if doing := DOING.fullmatch(between):
        if context.confidence.get(target.mention.concept, 0.0) < MIN_END or modifies(
            target.mention.text, text[target.end : target.end + 40]
        ):
            return None
        label = doing[1].lower()
        return structs.replace(
            said, target=target.mention.concept, label=label, span=target.mention.span, type=type_of(label)
        )
    if (verb := second_verb(between)) >= 0:
        return _second(context, text, hits, at, hits[at].end + verb, said)
    if "," in between or not 0 < len(between.split()) <= MAX_WORDS + 1 or is_subject(between):
        return None
    start = hits[first].end
    if clause_start(text, start, target.start) != start or modifies(
        target.mention.text, text[target.end : target.end + 40]
    ):
        return None
    if context.confidence.get(target.mention.concept, 0.0) < MIN_END:
        return None
    label = polished(
        without_leap(phrase(text[start : target.start]), [hit.mention.text for hit in hits[first + 1 : at + 1]])
    )
    if _OF_THEIR_OWN.search(text, start, target.start):
        return None
    # Of a phrase that has lost its verb nobody knows whose it is.
    words = between.lower().split()
    if words[0] in {"of", "like"} or words[-1] in {"of", "like"}:
        return None
    if not label or label.split()[-1].lower() not in words or "," in label:
        return None
    return structs.replace(
        said, target=target.mention.concept, label=label, span=target.mention.span, type=type_of(label)
    )


def _second(context: Context, text: str, hits: list[Hit], at: int, begin: int, said: Relation) -> Relation | None:
    """`The kubelet talks to the runtime and pulls images`: what the verb at BEGIN says of the subject of SAID."""
    target = hits[at + 1]
    rest = text[target.end : target.end + 40]
    if clause_start(text, begin, target.start) != begin or is_unsaid(rest) or modifies(target.mention.text, rest):
        return None
    label = polished(phrase(text[begin : target.start]))
    if (
        not label
        or "," in label
        or is_cut(label, target.mention.text, rest)
        or context.confidence.get(target.mention.concept, 0.0) < MIN_END
    ):
        return None
    return structs.replace(
        said, target=target.mention.concept, label=label, span=target.mention.span, type=type_of(label)
    )


_OF_THEIR_OWN = pattern(r"\b(?:as|so|than)\s(?:it|they|you|we)\b")
"""`discovers pods as they appear in the cluster`"""
_DONE = pattern(r",\s(?P<verb>[a-z]+ed)\s(?P<by>by|with|from|via)\s(?:(?:an?|the)\s)?")
DOING = pattern(
    r",\s(?:thus\s|thereby\s)?((?:allow|caus|creat|enabl|ensur|form|generat|improv|increas|lead|mak|prevent|produc|provid|reduc|"
    r"requir|result|simplify|us)ing(?:\s(?:to|in))?)\s(?:(?:an?|the|its|their|more|new)\s){0,2}"
)
"""`…, enabling large arrays`: what comes of all that was said."""
