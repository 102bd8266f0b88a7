"""Names that say what kind of thing they name: a `binary search tree` is a `search tree`, an `открытый ключ` a `ключ`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import folding, spelling
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_bare_verb, morphology
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind, RelationType
from orgkb.concepts.relations.model import Context
from orgkb.patterns import pattern

_MIN_NAME = 0.4
_MIN_HEAD = 0.5
"""For a word alone; of a head of two words the name itself is clear enough."""


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From each name of several words to the concept that its last ones name."""
    if context.reading.language not in _HEAD_LAST:
        return
    for index, hits in context.hits_by_block.items():
        for hit in hits:
            if " " in hit.mention.text and (head := _head(context, index, hit)):
                label = "is a" if hit.mention.text.isascii() else _COPULAS.get(context.reading.language, "это")
                yield Relation(
                    source=hit.mention.concept,
                    target=head,
                    label=label,
                    kind=RelationKind.NAME,
                    span=hit.mention.span,
                    confidence=confidence,
                    type=RelationType.IS_A,
                )


def _head(context: Context, index: int, hit: Hit) -> str | None:
    """The concept that the name at HIT says its thing to be; None where it says none."""
    name = hit.mention.text
    own = hit.mention.concept
    # As the name is shown: a short form or a slip of another name says nothing of its words.
    if _NAME.fullmatch(name) is None or context.confidence.get(own, 0.0) < _MIN_NAME or not _is_shown(own, name):
        return None
    words = name.split()
    folded = [word.lower() for word in words]
    if folded[0] in _NO_KIND or any(word in FUNCTION_WORDS for word in folded):
        return None
    # `facilitate changes` is done, a `put option` is a thing.
    if is_bare_verb(folded[0]) and folded[-1].endswith("s"):
        return None
    russian = not name.isascii() and not context.reading.language
    if russian and words[-1].isascii():
        return None
    for at in range(1, len(words)):
        if russian and not all(map(morphology.is_adjective, folded[:at])):
            return None
        tail = " ".join(words[at:])
        found = context.concept_of(tail, context.reading.blocks[index].headline)
        if found is None:
            continue
        least = _MIN_HEAD if at == len(words) - 1 else _MIN_NAME
        fits = found != own and _is_shown(found, tail) and context.confidence.get(found, 0.0) >= least
        return found if fits and _is_kind(words[:at], words[at:]) else None
    return None


def _is_shown(concept: str, name: str) -> bool:
    """Whether NAME is, but for its number and case, the one that the id of CONCEPT is made of."""
    return folding.key(concept) == folding.key(name)


def _is_kind(before: list[str], head: list[str]) -> bool:
    """Whether HEAD names a kind of thing, and what stands BEFORE tells which: not `Project Jupyter` or `Machine Learning`."""
    if any(char.isupper() for word in head for char in word[1:]) or head[-1].lower() in _NO_HEAD:
        return False
    last = head[-1].lower()
    if last.endswith("ing") and (spelling.is_known(last[:-3]) or spelling.is_known(f"{last[:-3]}e")):
        return False
    if before[-1].lower() in _CLASSES and not spelling.is_known(last):
        return False
    return all(word.islower() or not word.isascii() or spelling.is_known(word.lower()) for word in head)


_HEAD_LAST = frozenset({"", "de"})
"""Languages in which the last word of a name is its head; empty for English and Russian."""
_COPULAS = {"de": "ist"}
_NAME = pattern(r"[^\W\d_]+(?:['’]s)?(?:[ -][^\W\d_]+(?:['’]s)?)+")
_NO_KIND = word_set(
    "fake mock dummy pseudo former so-called non semi quasi anti ex no self same other next previous new current"
)
"""What bears such a word is not what it would be, or a thing of the moment."""
_NO_HEAD = word_set("beginning center control end front half kind lot number part piece rest side thing type way")
_CLASSES = word_set("class function module method command project package variable keyword library tool program type")
