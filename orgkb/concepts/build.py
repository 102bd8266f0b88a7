"""Documents → concept graph: candidates per file, one merge, mentions and relations per file, one merge.

Both rounds take one file at a time and give plain values, so that they can run in parallel and be
kept between runs; the merges do not depend on the order of the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import structs

from orgkb.concepts.assembly import assemble
from orgkb.concepts.blocks import KEPT, Reading, read_blocks
from orgkb.concepts.correcting import TermIndex, problems, with_definitions, with_relations
from orgkb.concepts.decisions import refuse_contradictions
from orgkb.concepts.findings import FileFindings, Shared, find_in_reading, link_places
from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.merging import DEFAULTS, merge
from orgkb.concepts.relations.model import Places
from orgkb.concepts.scanning import FileScan, scan, scan_reading
from orgkb.concepts.settings import ConceptSettings
from orgkb.concepts.term import Term
from orgkb.concepts.wanted import with_wanted
from orgkb.diagnostics import Diagnostic, Report, Severity
from orgkb.org import limits
from orgkb.org.document import Document
from orgkb.org.garbage import no_garbage_collection
from orgkb.org.links import LinkIndex

__all__ = ["Draft", "build", "draft_of", "finish", "scan"]


class Draft(msgspec.Struct, frozen=True):
    """What all first rounds together give: all that the second rounds need."""

    documents: tuple[Document, ...]
    """By path."""
    scans: tuple[FileScan, ...]
    terms: tuple[Term, ...]
    shared: Shared
    links: LinkIndex
    places: tuple[Places, ...]
    """Where the links of each document lead."""
    index: TermIndex
    problems: tuple[Diagnostic, ...]
    """What in the settings does not fit the notes."""


def build(
    documents: Sequence[Document], report: Report | None = None, settings: ConceptSettings = DEFAULTS
) -> ConceptGraph:
    """The concept graph of prepared DOCUMENTS, as SETTINGS correct it; problems found on the way go to REPORT too.

    Raises ConfigError where SETTINGS name a rule that does not exist or contradict themselves.
    """
    with no_garbage_collection():
        keep = sum(len(document.text) for document in documents) <= KEPT
        kept: dict[str, Reading] = {}
        scans: list[FileScan] = []
        for document in documents:
            reading = read_blocks(document)
            scans.append(scan_reading(reading))
            if keep:
                kept[document.path] = reading
        draft = draft_of(documents, scans, settings)
        findings = [
            find_in_reading(kept.get(document.path) or read_blocks(document), scanned, draft.shared, places)
            for document, scanned, places in zip(draft.documents, draft.scans, draft.places, strict=True)
        ]
        graph = finish(draft, findings, settings)
    if report is not None:
        for diagnostic in graph.diagnostics:
            report(diagnostic)
    return graph


def draft_of(documents: Iterable[Document], scans: Iterable[FileScan], settings: ConceptSettings = DEFAULTS) -> Draft:
    """The merge of the first rounds: SCANS of DOCUMENTS, in the same order, whatever that is.

    Raises ConfigError where SETTINGS name a rule that does not exist or contradict themselves.
    """
    refuse_contradictions(settings)
    pairs = sorted(zip(documents, scans, strict=True), key=lambda pair: pair[0].path)
    ordered = tuple(document for document, _ in pairs)
    scanned = tuple(with_wanted(ordered, [scan for _, scan in pairs], settings))
    scopes = {scope: title for scan in scanned for scope, title in scan.scopes()}
    merged = merge([scan.candidates for scan in scanned], settings, scopes)
    index = TermIndex(merged.terms, merged.corrections)
    by_path = {scan.path: scan for scan in scanned}
    merged = structs.replace(merged, terms=with_definitions(merged.terms, index, settings, ordered, by_path))
    index = TermIndex(merged.terms, merged.corrections)
    told = problems(settings, merged, index, scanned, scopes)
    shared = Shared.of(merged)
    links = LinkIndex(ordered, [scan.targets for scan in scanned])
    places = tuple(link_places(links, ordered, scanned, shared.dictionary))
    return Draft(ordered, scanned, merged.terms, shared, links, places, index, tuple(told))


def finish(draft: Draft, findings: list[FileFindings], settings: ConceptSettings = DEFAULTS) -> ConceptGraph:
    """The merge of the second rounds: the graph of DRAFT with the FINDINGS in its documents, a list that is emptied."""
    scans = {scan.path: scan for scan in draft.scans}
    needless = {term.id for name, text in settings.definitions.items() if not text for term in draft.index.find(name)}
    empty = [_empty(term, scans) for term in draft.terms if _is_empty(term) and term.id not in needless]
    corrected = with_relations(findings, draft.index, settings, scans)
    made = assemble(draft.terms, corrected, draft.scans, settings.thresholds.index)
    return ConceptGraph(
        draft.documents,
        made.concepts,
        made.mentions,
        made.relations,
        links=draft.links,
        diagnostics=[*empty, *draft.problems, *_beyond(draft.scans)],
        dropped=made.dropped,
        settings=settings,
        languages={scan.path: language for scan in draft.scans if (language := scan.candidates.language)},
    )


def _beyond(scans: Iterable[FileScan]) -> Iterable[Diagnostic]:
    for scanned in scans:
        if scanned.left_out is not None:
            message = f"more than {limits.TERMS} terms in one document: from here on nothing becomes a concept"
            yield Diagnostic(Severity.WARNING, "term-limit", message, scanned.left_out.location())


_DEFINING_RULES = frozenset({"description-item", "bold-dash"})


def _is_empty(term: Term) -> bool:
    """Whether the notes mark a term for a definition and give none."""
    return not term.definitions and not _DEFINING_RULES.isdisjoint(term.rules)


def _empty(term: Term, scans: Mapping[str, FileScan]) -> Diagnostic:
    place = next(place for place in term.places if place.candidate.rule in _DEFINING_RULES)
    message = f"{term.name!r} is marked as a term but nothing is said about it"
    location = scans[place.path].span(place.candidate).location()
    return Diagnostic(Severity.INFO, "empty-definition", message, location)
