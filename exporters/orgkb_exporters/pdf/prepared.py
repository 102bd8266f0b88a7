"""Sections that the pre-pass has been through in the build before: taken as they were made, where nothing would differ.

What the pre-pass makes of a section depends on the section, on its settings, and on what it asks of all others: whether
there is the place that a link leads to, whether an anchor stands already further up, what the headings before are
numbered.  The questions are kept with what was made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence

import msgspec

from orgkb.patterns import pattern
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf.bench import Bench
from orgkb_exporters.pdf.prepass import Prepass

_OTHERS = pattern(rb'"(?:Note|Math|footnote)"')
"""What footnotes and formulas are in pandoc's JSON: they depend on more than is kept here."""


class _Made(msgspec.Struct, frozen=True):
    blocks: list[Block]
    contents: list[tuple[int, str, str]]
    aims: frozenset[str]
    emitted: frozenset[str]
    """Anchors that stand in it."""
    counters: list[int]
    cut: int
    places: dict[str, bool]
    """Whether there is each place that it asked for."""
    above: dict[str, bool]
    """Whether each anchor that it asked for stands further up."""


class _Asked(Collection[str]):
    """NAMES that note which of them are asked for."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self.answers: dict[str, bool] = {}

    def __contains__(self, name: object) -> bool:
        answer = self.answers[str(name)] = name in self._names
        return answer

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _Further(set[str]):
    """The names that a section adds to those ABOVE it; what is asked of these is noted."""

    def __init__(self, above: Collection[str]) -> None:
        super().__init__()
        self._above = above
        self.answers: dict[str, bool] = {}

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name):
            return True
        answer = self.answers[str(name)] = name in self._above
        return answer


def prepared(bench: Bench, prepass: Prepass, blocks: Sequence[Block], document: str, *, numbered: bool) -> list[Block]:
    """What PREPASS makes of BLOCKS, see `Prepass.piece`, as BENCH has it of the build before."""
    if not bench.stays:
        return prepass.piece(blocks, document, numbered)
    written = msgspec.json.encode(blocks)
    if _OTHERS.search(written):
        return prepass.piece(blocks, document, numbered)
    key = hashlib.sha256(written + repr((document, numbered, prepass.settings)).encode()).digest()
    known = bench.prepared(key, _Made)
    if known is not None and _answers(known, prepass):
        prepass.skip(document)
    else:
        known = _made(prepass, blocks, document, numbered=numbered)
    bench.keep_prepared(key, known)
    prepass.contents += known.contents
    prepass.aims |= known.aims
    prepass.emitted |= known.emitted
    prepass.counters = known.counters
    prepass.cut = max(prepass.cut, known.cut)
    return known.blocks


def _answers(known: _Made, prepass: Prepass) -> bool:
    """Whether all that was asked when KNOWN was made is answered by PREPASS as it was then."""
    return all((name in prepass.anchors) is answer for name, answer in known.places.items()) and all(
        (name in prepass.emitted) is answer for name, answer in known.above.items()
    )


def _made(prepass: Prepass, blocks: Sequence[Block], document: str, *, numbered: bool) -> _Made:
    """What PREPASS makes of the section, and nothing of it added to PREPASS."""
    before = prepass.anchors, prepass.emitted, prepass.contents, prepass.aims, prepass.counters, prepass.cut
    places, above = _Asked(prepass.anchors), _Further(prepass.emitted)
    prepass.anchors, prepass.emitted, prepass.contents, prepass.aims, prepass.cut = places, above, [], set(), 0
    try:
        done = prepass.piece(blocks, document, numbered)
        return _Made(
            done,
            prepass.contents,
            frozenset(prepass.aims),
            frozenset(above),
            prepass.counters,
            prepass.cut,
            places.answers,
            above.answers,
        )
    finally:
        prepass.anchors, prepass.emitted, prepass.contents, prepass.aims, prepass.counters, prepass.cut = before
