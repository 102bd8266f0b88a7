"""`<<target>>` and `<<<radio target>>>`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import cleaning, names
from orgkb.concepts.blocks import Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.org import nodes as n
from orgkb.org.walk import find as find_nodes
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern

TARGET_RULE = "target"
RADIO_RULE = "radio-target"
# An anchor of the writer's own, not a name: `sec:intro`, `fig1`, `the-hard-way`.
_ANCHOR = pattern(r"\w+:.*|[a-z]{1,6}[-_.]?\d+|[^\s]+(?:[-_][^\s-]+){2,}|[a-z]+_\w+")


def find_targets(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Targets that are named like a term."""
    if "<<" not in reading.document.text:
        return
    for block in reading.blocks:
        if len(block.objects) == 1 and isinstance(block.objects[0], n.Text):  # most blocks
            continue
        for target in find_nodes(block.objects, n.Target):
            name = " ".join(target.value.split())
            if _ANCHOR.fullmatch(name) or names.impossible(name):
                continue
            begin = target.begin + 2
            yield Candidate(name, TARGET_RULE, confidence, begin, target.end - 2, block.headline, explicit=True)


def find_radio_targets(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Radio targets: every occurrence of their text is a link, so the author means a term."""
    if "<<<" not in reading.document.text:
        return
    for block in reading.blocks:
        for target in find_nodes(block.objects, n.RadioTarget):
            name = cleaning.clean(plain_text(target.children)).name
            if names.impossible(name):
                continue
            begin = target.begin + 3
            yield Candidate(name, RADIO_RULE, confidence, begin, target.end - 3, block.headline, explicit=True)
