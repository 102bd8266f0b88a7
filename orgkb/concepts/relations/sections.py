"""Sentences without a subject, which are about what their section is about: `мониторит pods` under `* kubelet`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from orgkb.concepts.blocks import Block, BlockKind
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import clause_start, is_unsaid, modifies
from orgkb.concepts.relations.inline import title_label
from orgkb.concepts.relations.labels import is_cut
from orgkb.concepts.relations.model import Context, side_by_side, stated, surest
from orgkb.concepts.relations.predicates import further, predicate_start, said_of_title
from orgkb.concepts.relations.verbs import is_finite
from orgkb.patterns import pattern

_MIN_END = 0.3
_LATER_FACTOR = 0.9


def find(context: Context, confidence: float) -> Iterator[Relation]:
    """From the concept of a heading to the first one that a sentence without subject below it names."""
    for index, hits in context.hits_by_block.items():
        block = context.reading.blocks[index]
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
            yield from _of_block(context, index, block, hits, confidence)


def _of_block(context: Context, index: int, block: Block, hits: list[Hit], confidence: float) -> Iterator[Relation]:
    """`мониторит pods` under `* kubelet`: a sentence without subject is about what its section is about."""
    if index in context.defined_in or (block.kind is BlockKind.ITEM and block.lead >= 0 and block.group < 0):
        return
    led = _led(context, block)
    source = led or _subject(context, block.headline)
    if source is None:
        return
    title = context.reading.titles[block.headline] if block.headline >= 0 else ""
    if block.lead < 0 and ":" in block.prose and (told := title_label(block.prose, hits[0]))[0]:
        for hit, said in ((hits[0], told[0]), *further(block.prose, hits, 0, told[1], told[0])):
            if hit.mention.concept != source and context.confidence.get(hit.mention.concept, 0.0) >= _MIN_END:
                yield stated(source, hit, said, RelationKind.SENTENCE, confidence * _LATER_FACTOR)
        return
    begin = predicate_start(block.prose, many=block.lead < 0 and _MANY.match(title) is not None)
    if begin < 0 and block.lead < 0:
        begin = _after_this(block.prose, title.lower())
    if begin < 0:
        return
    if block.lead >= 0 and not led and not _leads_on(context, block.lead, source):
        return
    if block.item is not None and block.item.tag is not None:
        return
    if _EVENT.match(title):
        return
    at = next((i for i, hit in enumerate(hits) if hit.start >= begin), -1)
    if at < 0 or hits[at].mention.concept == source:
        return
    target = hits[at]
    between = block.prose[begin : target.start]
    if clause_start(block.prose, begin, target.start) != begin:
        return
    # `Connected devices share a channel` has a subject of its own.
    words = between.lower().split()
    if (
        words[:1]
        and words[0].endswith("ed")
        and any(is_finite(verb) or (noun.endswith("s") and verb in VERB_BASES) for noun, verb in pairwise(words[1:]))
    ):
        return
    rest = block.prose[target.end : target.end + 40]
    # `Handles multicollinearity:` is a title.
    if (
        rest[:1] == ":"
        or (rest[:1] == "," and words[0] in _COMPARING)
        or is_unsaid(rest)
        or modifies(target.mention.text, rest)
    ):
        return
    label = said_of_title(between)
    # `automated rollouts` are no deed, and columns no sentence.
    if (
        not label
        or "," in between
        or "\t" in between
        or "  " in between
        or (" " not in label and label.endswith(("ed", "en")) and words[1:2] != ["the"])
    ):
        return
    for hit, said in ((target, label), *further(block.prose, hits, at, begin, label)):
        if is_cut(said, hit.mention.text, block.prose[hit.end : hit.end + 40]):
            continue
        if hit.mention.concept != source and context.confidence.get(hit.mention.concept, 0.0) >= _MIN_END:
            yield stated(source, hit, said, RelationKind.SENTENCE, confidence * _LATER_FACTOR)


def _after_this(text: str, title: str) -> int:
    """Where TEXT begins to say something of what TITLE names and it calls `this region`; -1 where it does not."""
    for this in _THIS:
        if (match := this.match(text)) and (match["noun"] in _KINDS or title.split()[-1:] == [match["noun"]]):
            begin = predicate_start(text[match.end() :], many=False)
            if begin >= 0:
                return match.end() + begin
    return -1


def _led(context: Context, block: Block) -> str | None:
    """What the line over a list is, where that is a name and no more: `Mark and sweep:` over `+ handles cycles`."""
    if block.lead < 0 or block.kind is not BlockKind.ITEM:
        return None
    hits = context.hits_by_block.get(block.lead, ())
    text = context.reading.blocks[block.lead].prose.strip(" :*\n")
    if not hits or side_by_side(list(hits), len(hits) - 1)[0] is not hits[0]:
        return None
    whole = context.reading.blocks[block.lead].prose[hits[0].start : hits[-1].end] == text
    return surest(context, list(hits)).mention.concept if whole else None


def _leads_on(context: Context, index: int, source: str) -> bool:
    """Whether the block of that INDEX, over a list, leaves the items to be about SOURCE: `Clickhouse` and `Researchers` do not."""
    text = context.reading.blocks[index].prose.rstrip()
    if text.endswith(".") or _is_label(text):
        return True
    hits = context.hits_by_block.get(index, ())
    return bool(hits) and all(hit.mention.concept == source for hit in hits)


def _subject(context: Context, headline: int) -> str | None:
    """What the section of that index is about: the concept of its title, or of the one above where that is a mere label."""
    # What stands below a heading of its own is about that, and not about what is above it.
    title = context.reading.titles[headline] if headline >= 0 else ""
    if title and _is_label(title):
        return context.above(headline)
    # `Advantages of lazy evaluation`
    label, of, thing = title.partition(" of ")
    if of and _is_label(label) and (named := context.concept_of(thing.strip(), headline)):
        return named
    return context.title_concept(headline)


def _is_label(text: str) -> bool:
    words = text.lower().strip(" :*").split()
    return 0 < len(words) <= _MAX_LABEL and all(w in _LABELS for w in words)


_LABELS = word_set(
    "advantage advantages basics benefit benefits characteristics cons definition definitions description details disadvantage "
    "disadvantages drawbacks explanation feature features idea intro introduction main key meaning motivation note notes "
    "overview pro pros properties purpose remark remarks role summary theory usage use what why "
    "введение достоинства минусы назначение недостатки описание определение особенности плюсы преимущества свойства суть теория"
)
"""Titles that tell what is said of the thing above."""
_THIS = tuple(
    pattern(rf"\s*(?:This|These)\s{more}(?P<noun>[a-z]+)\s(?:of\sthe\s[a-z]+\s)?(?=[a-z])")
    for more in ("", r"[a-z]+\s")
)
_KINDS = word_set(
    "algorithm area class component concept data design device disorder "
    "form format framework function gland group hormone kind language law layer level library measure method mode "
    "model module object operation operator organ part pattern period phase phenomenon policy principle procedure process "
    "program property protein protocol region rule scheme software stage strategy structure style syndrome system "
    "technique technology theorem theory tool type unit"
)
"""What a text calls the thing of which the title has told the name: `This region receives …`."""
_COMPARING = frozenset({"similar", "analogous", "equivalent", "equal"})
"""`Similar to the backend, the frontend has …`"""
_MAX_LABEL = 2
_MANY = pattern(r"[\w\s-]*[a-z]s\b(?<!ss)(?=\s*(?:[-–—(:]|$))")
"""A title that names things: `configure pods` below `* controllers`."""
_EVENT = pattern(
    r"\W*(?:The\s)?(?:rise|fall|birth|death|election|emergence|growth|decline|end|start|beginnings?|origins?|history|invention"
    r"|discovery|introduction|outbreak|collapse|victory|defeat)\s(?:of|in)\s",
    re.IGNORECASE,
)
"""A title that tells what happened: what is said below it is not done by that, but by who took part."""
