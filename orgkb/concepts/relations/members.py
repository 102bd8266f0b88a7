"""A thing and what is listed below it: `* worker node` over `- kubelet - …`, `Required fields:` below `* object spec`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts import folding
from orgkb.concepts.blocks import Block, BlockKind
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_verb
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.heads import is_proper
from orgkb.concepts.relations.lists import lead, named
from orgkb.concepts.relations.model import Context, stated
from orgkb.concepts.text import DASH
from orgkb.patterns import pattern

_MAX_ITEMS = 15
_MIN_NAMED = 2
_MIN_SHARE = 0.6
"""Part of the items that must name a concept: else the list tells something else."""
_MIN_OWNER = 0.35
_SECTION_FACTOR = 0.92
_PROSE_FACTOR = 0.85
_PHONETIC = pattern(r"[\[/][^\]/\s]*[ˈˌːəɪʊʃθðŋɛɔɑæʒʌɜ][^\]/\s]*[\]/]")
_PHONETIC_SHARE = 2
"""Of so many items one with its pronunciation makes a list of words to learn."""
_INCLUDES = frozenset({"includes", "включает"})
_MERIT = pattern(r"[A-Z]?[a-z]+(?:ity|ness|ment|ance|ency)|[А-Яа-яё]+ость")
_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From the thing that a list stands below to each concept with which an item begins."""
    for indexes in context.reading.lists:
        if not _MIN_NAMED <= len(indexes) <= _MAX_ITEMS:
            continue
        first = context.reading.blocks[indexes[0]]
        if first.lead >= 0 and lead(context, first.lead) is not None:
            continue
        owned = _owner(context, first)
        if owned is None:
            continue
        owner, label, factor = owned
        if context.confidence.get(owner, 0.0) < _MIN_OWNER:
            continue
        told = sum(any(char.isalpha() for char in context.reading.blocks[index].text) for index in indexes)
        found = [hit for index in indexes if (hit := _member(context, index, owner))]
        # Words to learn: `- faulty [ˈfɔːltɪ] :: неисправный`.
        spoken = sum(_PHONETIC.search(context.reading.blocks[index].text) is not None for index in indexes)
        if _PHONETIC_SHARE * spoken >= len(indexes):
            continue
        # What a thing is praised for is no part of it: `* VSCode` over `- Velocity`, `- Maintainability`.
        praised = sum(_MERIT.fullmatch(hit.mention.text) is not None for hit in found)
        if 2 * praised >= len(found) and label in _INCLUDES and _is_product(context, indexes[0], owner):
            continue
        # `- EAP-TTLS/MSCHAPv2` names something all the same.
        longer = sum(named(context, index, whole=False) is not named(context, index) for index in indexes)
        if len(found) < _MIN_NAMED or len(found) + longer < _MIN_SHARE * told:
            continue
        for hit in found:
            sure = min(1.0, 0.5 + context.confidence.get(hit.mention.concept, 0.0))
            yield stated(owner, hit, label, RelationKind.LIST, confidence * factor * sure)


def _is_product(context: Context, index: int, owner: str) -> bool:
    """Whether OWNER, which a title above the block of that INDEX names, is one thing and no theory: VSCode, not ACID."""
    headline = context.reading.blocks[index].headline
    title = context.reading.titles[headline] if headline >= 0 and context.title_concept(headline) == owner else ""
    word = title.strip()
    return word.isalnum() and not word.isupper() and is_proper(word)


def _member(context: Context, index: int, owner: str) -> Hit | None:
    """The concept that an item names, but where the item only says it again: `Docker: Docker is a program`.

    Below the name of many things, an item that speaks of those is none of them: `Kernel API: simplifies system calls`.
    """
    hit = named(context, index)
    for other in context.hits_by_block.get(index, ()):
        if other.mention.concept == owner and (other is hit or _MANY.fullmatch(other.mention.text)):
            return None
    text = context.reading.blocks[index].prose
    if hit and text[hit.end :].lstrip(": ").lower().startswith(hit.mention.text.lower()):
        return None
    return hit


def _owner(context: Context, first: Block) -> tuple[str, str, float] | None:
    """(concept, linking phrase, factor) of what the list that begins with the block FIRST stands below."""
    if first.lead < 0:
        return _section(context, first.headline, _SECTION_FACTOR)
    block = context.reading.blocks[first.lead]
    if block.kind in {BlockKind.ITEM, BlockKind.TAG}:
        at = first.lead - (block.kind is BlockKind.ITEM and block.item is not None and block.item.tag is not None)
        hit = named(context, at)
        return (hit.mention.concept, _includes(hit.mention.text), 1.0) if hit else None
    text = _ASIDES.sub("", block.prose.rstrip(" \n:-–—"))
    hits = context.hits_by_block.get(first.lead, [])
    if hits and not hits[0].start and (_is_whole(text, hits[0]) or _DASH.match(block.prose, hits[0].end)):
        return hits[0].mention.concept, _includes(hits[0].mention.text), 1.0
    if block.prose.rstrip().endswith(":"):
        owner = context.title_concept(block.headline)
        if owner and {hit.mention.concept for hit in hits} <= {owner} and (label := _classes(text)):
            return owner, label, _SECTION_FACTOR
        return None
    found = _section(context, first.headline, _PROSE_FACTOR)
    kind = text.lower()
    title = context.reading.titles[first.headline].lower() if first.headline >= 0 else ""
    # `plugins` between `* Python` and a list of them says what they are.
    if found and _KIND.fullmatch(kind) and kind not in _VAGUE and folding.singular(kind) not in title:
        return found[0], f"has {folding.singular(kind)}", _PROSE_FACTOR
    return found


_KIND = pattern(r"[a-z]{3,}(?<!s)s")
_VAGUE = word_set("details examples keys links news notes others packages steps terms tips")


def _section(context: Context, headline: int, factor: float) -> tuple[str, str, float] | None:
    owner = context.title_concept(headline)
    title = context.reading.titles[headline] if headline >= 0 else ""
    if owner is None or context.confidence.get(owner, 0.0) < _MIN_OWNER:
        return _labelled(context, headline, title, factor)
    return None if _is_course(title) else (owner, _includes(title), factor)


def _labelled(context: Context, headline: int, title: str, factor: float) -> tuple[str, str, float] | None:
    """`** Components` right below `* Scheduler`: what its list is of the thing above."""
    label = _classes(title.strip(" :"))
    above = context.above(headline) if label else None
    if above is None or context.sections.get(context.reading.document.headlines[headline].parent) != above:
        return None
    return above, label, factor


def _is_course(title: str) -> bool:
    """Whether TITLE names what happens or how something is, which has no parts: `Execution flow`, `Protein synthesis`."""
    found = _WORD.findall(_ASIDES.sub("", title).lower())
    return bool(found) and (found[-1] in _COURSES or found[0] in _COURSES_FIRST)


def _includes(name: str) -> str:
    return "включает" if _CYRILLIC.search(name) else "includes"


def _is_whole(text: str, hit: Hit) -> bool:
    return hit.end >= len(text)


def _classes(text: str) -> str:
    """What a lead-in says its items are: `Required fields` as `has required field`; empty for none."""
    # `… provide no more than two of the following three guarantees:`
    if counted := _COUNTED.search(text):
        return f"has {folding.singular(counted['what'].lower())}"
    found = text.split()
    if not 0 < len(found) <= _MAX_CLASS or not all(word.isascii() and word.isalpha() for word in found):
        return ""
    lower = [word.lower() for word in found]
    if lower[-1] not in _PARTS or any(word in FUNCTION_WORDS or is_verb(word) for word in lower[:-2]):
        return ""
    return " ".join(["has", *lower[:-1], folding.singular(lower[-1])])


_COUNTED = pattern(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|following|several)\s(?:[a-z]+\s)?(?P<what>[a-z]{3,}s)$"
)
_MAX_CLASS = 2
_PARTS = word_set(
    "advantages aspects challenges disadvantages drawbacks issues limitations problems risks "
    "benefits characteristics components elements features fields functions layers levels members methods modules modes "
    "operations options parameters parts phases principles properties states stages steps subobjects subtypes types kinds"
)
_MANY = pattern(r".*[a-z]{3}s")
_WORD = pattern(r"[^\W\d_]+")
_COURSES = word_set(
    """
    flow workflow order procedure mechanism execution synthesis action inhibition priority sequence progress behavior
    behaviour reaction history timeline
    """
)
"""Last words of an English title that is no whole of parts."""
_COURSES_FIRST = word_set(
    """
    mechanism synthesis inhibition sequence order history rise fall mécanisme mécanismes synthèse action déroulement
    mecanismo mecanismos síntesis meccanismo meccanismi sintesi mecanismos síntese механизм механизмы порядок синтез
    """
)
"""First words of a title in languages that begin with the head noun."""
_ASIDES = pattern(r"(?:\s?\([^()\n]{1,60}\))+$")
_DASH = pattern(rf"\s?(?:\([^()\n]{{1,40}}\)\s?)?{DASH}\s")
