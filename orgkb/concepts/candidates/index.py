"""`#+INDEX: term` and `#+CINDEX: term`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import cleaning, names
from orgkb.concepts.blocks import Reading
from orgkb.concepts.candidates.model import Candidate

RULE = "index"


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Index entries; of `main!sub` both."""
    for headline, keyword in reading.keywords:
        for part in keyword.value.split("!"):
            name = cleaning.clean(part).name
            if not names.impossible(name):
                at = reading.document.text.find(name, keyword.begin, keyword.end)
                begin = max(at, keyword.begin)
                end = begin + len(name) if at >= 0 else keyword.end
                yield Candidate(name, RULE, confidence, begin, end, headline, explicit=True)
