"""Names that the settings call concepts and no rule has found: their first place in the prose of each document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import structs

from orgkb.concepts import folding
from orgkb.concepts.blocks import Reading, read_blocks
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.dictionary import Entry, Tier
from orgkb.concepts.matching import matches
from orgkb.concepts.model import Span
from orgkb.concepts.scanning import FileScan
from orgkb.concepts.settings import RULE, ConceptSettings
from orgkb.org.document import Document


def with_wanted(documents: Sequence[Document], scans: Sequence[FileScan], settings: ConceptSettings) -> list[FileScan]:
    """SCANS of DOCUMENTS, in the same order, with a candidate for each name in `always` or `definitions` that has none.

    Only documents that hold all words of such a name are laid out once more.
    """
    asked = (*settings.always, *(name for name, text in settings.definitions.items() if text))
    wanted = {folding.key(name): name for name in asked if folding.key(name)}
    never = {folding.key(name) for name in settings.never}
    if wanted:
        for scan in scans:
            for candidate in scan.candidates.candidates:
                wanted.pop(folding.key(candidate.name), None)
    missing = {key: name for key, name in wanted.items() if key not in never}
    if not missing:
        return list(scans)
    return [_added(document, scan, missing) for document, scan in zip(documents, scans, strict=True)]


def _added(document: Document, scan: FileScan, missing: dict[str, str]) -> FileScan:
    words = set(scan.words)
    here = {key: name for key, name in missing.items() if _is_spelt(key, words)}
    if not here:
        return scan
    found = _first_places(read_blocks(document), here)
    return _merged(scan, found) if found else scan


def _is_spelt(key: str, words: set[str]) -> bool:
    """Whether WORDS, written one after the other, may give KEY."""
    ends = {0}
    for end in range(1, len(key) + 1):
        if any(key[begin:end] in words for begin in ends):
            ends.add(end)
    return len(key) in ends


def _first_places(reading: Reading, wanted: dict[str, str]) -> list[tuple[Candidate, Span]]:
    tier = Tier.of({key: Entry(key, 1.0, None) for key in wanted})
    found: dict[str, tuple[Candidate, Span]] = {}
    for block, words, folded in zip(reading.blocks, reading.tokens, reading.folded, strict=True):
        if not words or not block.flat.runs:
            continue
        for first, last, key, _ in matches(tier, folded, words, block.prose):
            start, end = words[first].start, words[last].end
            if key in found or block.flat.run_at(start).end < end:
                continue
            begin = block.flat.offset(start)
            candidate = Candidate(
                name=wanted[key],
                rule=RULE,
                confidence=1.0,
                begin=begin,
                end=begin + end - start,
                headline=block.headline,
                explicit=True,
            )
            found[key] = candidate, reading.span(begin, begin + end - start)
    return list(found.values())


def _merged(scan: FileScan, found: Iterable[tuple[Candidate, Span]]) -> FileScan:
    """SCAN with what was FOUND, still in the order of the text."""
    old = scan.candidates.candidates
    rows = [(candidate, span, index) for index, (candidate, span) in enumerate(zip(old, scan.spans, strict=True))]
    rows += [(candidate, span, len(old)) for candidate, span in found]
    rows.sort(key=lambda row: (row[0].begin, row[2]))
    place = {index: at for at, (_, _, index) in enumerate(rows)}
    return structs.replace(
        scan,
        candidates=structs.replace(scan.candidates, candidates=tuple(candidate for candidate, _, _ in rows)),
        spans=tuple(span for _, span, _ in rows),
        subjects=tuple((headline, place[index]) for headline, index in scan.subjects),
    )
