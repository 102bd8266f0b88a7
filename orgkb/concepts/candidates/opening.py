"""A section that opens by saying what its heading is: a verb, `It is`, `Это`, or the heading's own name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgkb.concepts import names
from orgkb.concepts.blocks import BlockKind, Reading
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import begins_topic, is_verb
from orgkb.org import nodes as n
from orgkb.patterns import pattern

RULE = "section-opening"
_IT_IS = pattern(r"\s*(?:it(?:'s| is)|this is|это)\s+(?=\S)", re.IGNORECASE)
_FIRST = pattern(r"\s*([^\W\d_]{3,})\s+[^\W\d_]")
_SENTENCE = pattern(r"\s*(?P<name>[^\0.;:\n]{2,60}?)\s(?:is|are)\s(?=(?:an?|the)\s)")


_FRAGMENT = pattern(
    r"\s*(?P<noun>An?\s(?:[^\W\d_][\w-]*\s){1,5}?(?:that|which|who|whose|where|used|in|for|of|between|with|consisting|"
    r"designed|made|containing)\s[^.!?\0]{4,200}?)(?:[.!?](?:\s|$)|$)"
)
"""A noun with what tells more of it, and no sentence: `A program in execution.`, `A sort of pseudofile that connects two processes.`"""
_FINITE = pattern(r"\s(?:is|are|was|were|can|could|must|should|will|would|has|have|may)\s")
_RELATIVE = pattern(r"\s(?:that|which|who|whose|where)\s")


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Headings whose first paragraph or item defines them."""
    for block, first in zip(reading.blocks, reading.blocks[1:], strict=False):
        if block.kind is not BlockKind.HEADING or first.headline != block.headline:
            continue
        if first.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM} or (first.item and first.item.tag is not None):
            continue
        # Something else, such as a table, may stand between title and paragraph.
        section = [e for e in reading.document.headlines[block.headline].children if not isinstance(e, _META)]
        if not section or not isinstance(section[0], n.Paragraph | n.PlainList):
            continue
        start = _start(first.prose, names.key(names.clean(block.text).name))
        if start < 0:
            continue
        end = sentence_end(first.text, start, len(first.text))
        defined = definition_at(reading, first, start, end, rule=RULE, confidence=confidence)
        found = candidate(reading, block, 0, len(block.text), rule=RULE, confidence=confidence, defined=defined)
        if found and defined:
            yield found


def _is_fragment(text: str) -> bool:
    """Whether TEXT has no verb of its own, but in what `that` or `which` begins."""
    finite = _FINITE.search(text)
    if not finite:
        return True
    relative = _RELATIVE.search(text)
    return relative is not None and relative.start() < finite.start() and len(_FINITE.findall(text)) == 1


_META = (n.PropertyDrawer, n.Planning, n.Drawer, n.Keyword, n.Comment, n.Clock)


def _start(prose: str, title: str) -> int:
    """Where the definition begins in the section's first text; -1 where there is none."""
    if match := _IT_IS.match(prose):
        return match.end()
    if (match := _SENTENCE.match(prose)) and names.key(names.clean(match["name"]).name) == title:
        return match.end()
    if (match := _FRAGMENT.match(prose)) and _is_fragment(match["noun"]):
        return match.start("noun")
    match = _FIRST.match(prose)
    # A third person tells what the thing does; a base form would be an instruction.
    if match and (word := match[1].lower()).endswith(("s", "ет", "ит", "ют", "ят", "ется", "ится")):
        return match.start(1) if is_verb(word) and (begins_topic(word) or not word.isascii()) else -1
    return -1
