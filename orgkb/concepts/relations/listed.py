"""A definition that only lists things, of which some are concepts: `workload resources :: Deployment, StatefulSet`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.heads import is_proper
from orgkb.concepts.relations.model import Context, stated
from orgkb.concepts.relations.verbs import EVERY_BASE, is_finite
from orgkb.patterns import pattern

_CYRILLIC = pattern("[а-яё]", re.IGNORECASE)
_OFFSET = attrgetter("mention.offset")
_MIN_TARGET = 0.28


def listed(
    context: Context, index: int, candidate: Candidate, source: str, hits: list[Hit], confidence: float
) -> Iterator[Relation]:
    """`workload resources :: Deployment, StatefulSet`: a definition that only lists concepts says what there is of it."""
    assert candidate.defined_at is not None
    begin, end = candidate.defined_at
    block = context.reading.blocks[index]
    text = block.prose
    here, stop = block.flat.index(begin) or 0, (block.flat.index(end - 1) or len(text) - 1) + 1
    found = hits[bisect_left(hits, begin, key=_OFFSET) :][:_MAX_LISTED]
    # `GitHub Copilot - OpenAI, Microsoft` says whose it is.
    if not found or candidate.rule in _BESIDE or is_proper(candidate.name) or _OF_SIGNS.search(candidate.name):
        return
    label = "включает" if _CYRILLIC.search(candidate.name) else "includes"
    for hit in _only(found, text, here, stop) or _among(found, text, here, stop):
        if hit.mention.concept != source and context.confidence.get(hit.mention.concept, 0.0) >= _MIN_TARGET:
            sure = min(1.0, 0.4 + 0.6 * context.confidence[hit.mention.concept])
            yield stated(source, hit, label, RelationKind.DEFINITION, confidence * _LISTED_FACTOR * sure)


def _only(found: list[Hit], text: str, here: int, stop: int) -> list[Hit]:
    """Those of FOUND that TEXT lists from HERE to STOP, where it lists nothing else."""
    first = last = None
    for hit in found:
        between = text[here if last is None else last.end : hit.start]
        if hit.end > stop or not (_LISTING.fullmatch(between) if last else not between.strip(" *")):
            break
        first, last = first or hit, hit
    if first is None or last is None or first is last or not _LISTED_END.match(text[last.end : stop]):
        return []
    return found[: found.index(last) + 1]


def _among(found: list[Hit], text: str, here: int, stop: int) -> list[Hit]:
    """Those of FOUND that are whole members of a list of names, which is all that TEXT says from HERE to STOP."""
    if "," not in text[here:stop] or _NO_LIST.search(text, here, stop):
        return []
    told = _ETC.sub("", text[here:stop].strip(" *.;\n"))
    members = [member.strip(" *") for member in _BETWEEN.split(told)]
    if len(members) < _MIN_MEMBERS or not all(_is_name(member) for member in members):
        return []
    # `dask :: scale numpy, pandas` tells what is done.
    if members[0].split()[0] in EVERY_BASE or members[0].split()[0].endswith("ing"):
        return []
    whole = frozenset(members)
    listed = [hit for hit in found if hit.end <= stop and hit.mention.text in whole]
    return listed if 2 * len(listed) >= len(members) else []


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _MAX_NAME and not any(
        word.lower() in FUNCTION_WORDS or is_finite(word) or not any(char.isalpha() for char in word) for word in words
    )


_BETWEEN = pattern(r"\s*(?:,\s(?:and|и|or|или)\s|,|/|\s(?:and|и|or|или)\s)\s*")
_ETC = pattern(r"[,\s]*(?:\betc\b\.?|\.\.\.|…|и\sдр\.?|и\sт\.\s?д\.?)$")
_NO_LIST = pattern(r"[:;\t]")
_MIN_MEMBERS = 3
_MAX_NAME = 3
_LISTING = pattern(r"\s*(?:,|,?\s(?:and|и))\s+(?:the\s)?", re.IGNORECASE)
_LISTED_END = pattern(r"[\s*]*(?:[.;]\s|[.;]?\s*$)")
_OF_SIGNS = pattern(r"[\u3040-\u30ff\u3400-\u9fff]")
"""Words of such languages are listed with all that they may mean."""
_MAX_LISTED = 12
_LISTED_FACTOR = 0.7
_BESIDE = frozenset({"explained-item", "parenthesis"})
