"""Definitions and relations as the settings correct them, and what in the settings does not fit the notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from orgkb.concepts import folding
from orgkb.concepts.blocks import read_blocks
from orgkb.concepts.candidates.terms import definition_at
from orgkb.concepts.decisions import scopes_of
from orgkb.concepts.dictionary import Scope
from orgkb.concepts.findings import FileFindings
from orgkb.concepts.merging import Merged
from orgkb.concepts.model import Definition, Relation, RelationKind
from orgkb.concepts.relations.kinds import type_of
from orgkb.concepts.scanning import FileScan
from orgkb.concepts.settings import ANY_LABEL, RULE, ConceptSettings
from orgkb.concepts.term import Term
from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.patterns import pattern

CODE = "settings"
"""The code of what is told about the settings."""
FILE = "orgkb.toml"
_PLACE = pattern(r"(?P<file>\S.*):(?P<line>[1-9]\d{0,8})")
_MORE = "…"
_SHOWN = 5
_MAX_TOLD = 50
"""Problems of the settings that are told one by one."""


class TermIndex:
    """Terms by name, and by name and sense: `service (compose)`."""

    def __init__(self, terms: Iterable[Term], corrections: Mapping[str, str]) -> None:
        """Index TERMS by all their names, folded as CORRECTIONS say."""
        self._corrections = corrections
        self._by_key: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            for key in term.keys:
                self._by_key[key].append(term)
                if term.sense:
                    self._by_key[key + folding.key(term.sense, corrections)].append(term)

    def find(self, name: str) -> Sequence[Term]:
        """The terms called NAME: several where it has several senses."""
        return self._by_key.get(folding.key(name, self._corrections), ())

    def only(self, name: str) -> Term | None:
        """The one term called NAME; None where there is none or more."""
        found = self.find(name)
        return found[0] if len(found) == 1 else None


# --- definitions ---


def with_definitions(
    terms: Sequence[Term],
    index: TermIndex,
    settings: ConceptSettings,
    documents: Sequence[Document],
    scans: Mapping[str, FileScan],
) -> tuple[Term, ...]:
    """TERMS with the definitions that SETTINGS choose or give."""
    chosen: dict[str, str] = {}
    for name, wish in settings.definitions.items():
        term = index.only(name)
        if term is not None and wish.strip():
            chosen[term.id] = wish
    if not chosen:
        return tuple(terms)
    by_path = {document.path: document for document in documents}
    return tuple(
        _defined(term, chosen[term.id], by_path, scans[term.home.path]) if term.id in chosen else term for term in terms
    )


def _defined(term: Term, wish: str, documents: Mapping[str, Document], scan: FileScan) -> Term:
    """TERM with the definition that WISH names: a text, the beginning of one, or a place."""
    match = _PLACE.fullmatch(wish.strip())
    document = documents.get(match["file"]) if match else None
    definition = _at_place(term, document, int(match["line"])) if match and document else _of_text(term, wish, scan)
    if definition is None:
        return term
    sure = structs.replace(definition, confidence=1.0)
    others = tuple(other for other in term.definitions if other is not definition and other.text != sure.text)
    # The place that gave it keeps it, so that the concept is at home there.
    places = tuple(
        structs.replace(place, candidate=structs.replace(place.candidate, definition=sure))
        if place.candidate.definition is definition
        else place
        for place in term.places
    )
    trust = max(term.confidence, _AS_DEFINED)
    return structs.replace(term, definitions=(sure, *others), places=places, confidence=trust)


_AS_DEFINED = 0.95
"""Confidence of a concept that the writer defines."""


def _of_text(term: Term, wish: str, scan: FileScan) -> Definition:
    """The definition of TERM that reads or begins like WISH, else WISH itself, at home where TERM is."""
    text = " ".join(wish.split())
    folded = text.casefold()
    beginning = folded.removesuffix(_MORE).rstrip() if folded.endswith(_MORE) else None
    for definition in term.definitions:
        own = definition.text.casefold()
        if own == folded or (beginning and own.startswith(beginning)):
            return definition
    candidate = term.home.candidate
    return Definition(
        text=text,
        objects=(n.Text(0, 0, text),),
        elements=(),
        section_path=scan.section_path(candidate.headline),
        headline=candidate.headline,
        document=scan.path,
        span=scan.span(candidate),
        rule=RULE,
        confidence=1.0,
    )


def _at_place(term: Term, document: Document, line: int) -> Definition | None:
    """The definition of TERM on LINE of DOCUMENT, else what stands there; None where that is no text."""
    for definition in term.definitions:
        if definition.document == document.path and definition.span.line == line:
            return definition
    if line > len(document.line_starts):
        return None
    begin = document.line_starts[line - 1]
    end = document.line_starts[line] if line < len(document.line_starts) else len(document.text)
    reading = read_blocks(document)
    for block in reading.blocks:
        if not block.flat.runs:
            continue
        start = next((i for i, run in enumerate(block.flat.runs) if run.offset + run.length > begin), None)
        if start is None or block.flat.runs[start].offset >= end:
            continue
        index = block.flat.index(max(begin, block.flat.runs[start].offset))
        found = definition_at(reading, block, index or 0, len(block.text), rule=RULE, confidence=1.0)
        return found[0] if found else None
    return None


# --- relations ---


def with_relations(
    findings: list[FileFindings], index: TermIndex, settings: ConceptSettings, scans: Mapping[str, FileScan]
) -> list[FileFindings]:
    """FINDINGS with the relations that SETTINGS add, and without those that they remove or whose rule is off."""
    off = {rule for rule, on in settings.rules.items() if not on}
    removed = {
        (source.id, _folded(label), target.id)
        for source_name, label, target_name in settings.relations.remove
        for source in index.find(source_name)
        for target in index.find(target_name)
    }
    added: dict[tuple[str, str, str], tuple[Term, str, Term]] = {}
    for source_name, label, target_name in settings.relations.add:
        one, other = index.only(source_name), index.only(target_name)
        if one and other:
            added[one.id, _folded(label), other.id] = one, " ".join(label.split()), other
    if not (off or removed or added):
        return findings
    met: set[tuple[str, str, str]] = set()
    corrected: list[FileFindings] = []
    for file in findings:
        kept: list[Relation] = []
        for relation in file.relations:
            key = relation.source, _folded(relation.label), relation.target
            any_label = relation.source, ANY_LABEL, relation.target
            if key in added:
                met.add(key)
                kept.append(structs.replace(relation, confidence=1.0))
            elif relation.kind.value not in off and key not in removed and any_label not in removed:
                kept.append(relation)
        corrected.append(structs.replace(file, relations=tuple(kept)))
    own: dict[str, list[Relation]] = defaultdict(list)
    for key, (source, label, target) in added.items():
        if key not in met:
            home = source.home
            own[home.path].append(
                Relation(
                    source=source.id,
                    target=target.id,
                    label=label,
                    kind=RelationKind.USER,
                    span=scans[home.path].span(home.candidate),
                    confidence=1.0,
                    type=type_of(label),
                )
            )
    return [
        structs.replace(file, relations=(*file.relations, *own[file.path])) if file.path in own else file
        for file in corrected
    ]


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())


# --- what does not fit ---


def problems(
    settings: ConceptSettings, merged: Merged, index: TermIndex, scans: Sequence[FileScan], scopes: Mapping[Scope, str]
) -> list[Diagnostic]:
    """What SETTINGS say that the notes give no occasion for; a few of each kind by name, the others by number."""
    found: list[Diagnostic] = []
    for where, messages in _all_problems(settings, merged, index, scans, scopes):
        told = list(messages)
        for severity, message in told[:_MAX_TOLD]:
            found.append(Diagnostic(severity, CODE, f"[{where}] {message}", Location(FILE, 1)))
        if len(told) > _MAX_TOLD:
            worst = max(severity for severity, _ in told[_MAX_TOLD:])
            rest = f"[{where}] {len(told) - _MAX_TOLD} more like this"
            found.append(Diagnostic(worst, CODE, rest, Location(FILE, 1)))
    return found


_Told = Iterator[tuple[Severity, str]]


def _all_problems(
    settings: ConceptSettings, merged: Merged, index: TermIndex, scans: Sequence[FileScan], scopes: Mapping[Scope, str]
) -> Iterator[tuple[str, _Told]]:
    yield "concepts.always", _absent(settings.always, index, Severity.WARNING)
    yield "concepts.never", _never(settings, merged, scans)
    yield "concepts.aliases", _aliases(settings, index)
    yield "concepts.one_sense", _absent(settings.one_sense, index, Severity.INFO)
    yield "concepts.senses", _senses(settings, index, scopes)
    yield "concepts.definitions", _definitions(settings, index, scans)
    yield "concepts.relations", _relations(settings, index)


def _absent(asked: Iterable[str], index: TermIndex, severity: Severity) -> _Told:
    for name in asked:
        if not index.find(name):
            yield severity, f"the notes do not have {name!r}"


def _never(settings: ConceptSettings, merged: Merged, scans: Sequence[FileScan]) -> _Told:
    if not settings.never:
        return
    known = {
        folding.key(candidate.name, merged.corrections) for scan in scans for candidate in scan.candidates.candidates
    }
    for name in settings.never:
        if folding.key(name, merged.corrections) not in known:
            yield Severity.INFO, f"nothing takes {name!r} for a concept any more: it can go"


def _aliases(settings: ConceptSettings, index: TermIndex) -> _Told:
    owner: dict[str, str] = {}
    above: dict[str, str] = {}
    for name, others in settings.aliases.items():
        for other in others:
            key = folding.key(other)
            first = owner.setdefault(key, name)
            if folding.key(first) != folding.key(name):
                yield (
                    Severity.WARNING,
                    f"{other!r} is claimed by {first!r} and by {name!r}: it goes to the first; take it out of one",
                )
            else:
                above.setdefault(key, folding.key(name))
    yield from _cycles(settings, above)
    for name, others in settings.aliases.items():
        if not index.find(name) and not any(index.find(other) for other in others):
            listed = ", ".join(map(repr, others[:_SHOWN]))
            yield Severity.WARNING, f"no concept of the notes is called {name!r}{' or ' if listed else ''}{listed}"


def _cycles(settings: ConceptSettings, above: Mapping[str, str]) -> _Told:
    """Names that are aliases of each other, each ring once."""
    shown = {folding.key(name): name for name in settings.aliases}
    done: set[str] = set()
    for name in settings.aliases:
        path: dict[str, None] = {}
        key = folding.key(name)
        while key in above and key not in done and key not in path:
            path[key] = None
            key = above[key]
        if key in path:
            ring = list(path)[list(path).index(key) :]
            if len(ring) > 1:
                listed = ", ".join(repr(shown[each]) for each in ring[:_SHOWN])
                yield Severity.WARNING, f"{listed} are names of each other: all are taken for one concept"
        done.update(path)


def _senses(settings: ConceptSettings, index: TermIndex, scopes: Mapping[Scope, str]) -> _Told:
    yield from _absent(settings.senses, index, Severity.WARNING)
    for name, senses in settings.senses.items():
        if len(senses) < 2:
            yield Severity.WARNING, f"{name!r} has {len(senses)} sense: write two or more, or put it into one_sense"
        for label, places in senses.items():
            for place in places:
                if not any(True for _ in scopes_of(place, scopes)):
                    known = ", ".join(repr(title) for title in dict.fromkeys(scopes.values()) if title)
                    most = known if len(known) < 200 else known[:200] + "…"
                    yield (
                        Severity.WARNING,
                        f"{name} ({label}): no file or top heading is called {place!r}; there are {most or 'none'}",
                    )


def _definitions(settings: ConceptSettings, index: TermIndex, scans: Sequence[FileScan]) -> _Told:
    paths = {scan.path for scan in scans}
    for name, wish in settings.definitions.items():
        found = index.find(name)
        if not found:
            yield Severity.WARNING, f"the notes do not have {name!r}"
        elif len(found) > 1:
            several = " or ".join(repr(f"{term.name} ({term.sense})") for term in found[:_SHOWN])
            yield Severity.WARNING, f"{name!r} has several senses: write {several}"
        elif (match := _PLACE.fullmatch(wish.strip())) and match["file"] in paths:
            chosen = found[0].definitions[:1]
            if (
                not chosen
                or chosen[0].confidence < 1.0
                or (chosen[0].span.line != int(match["line"]) and chosen[0].rule != RULE)
            ):
                yield Severity.WARNING, f"{name!r}: there is no text at {wish.strip()}"
        elif match and match["file"].endswith(".org"):
            yield (
                Severity.WARNING,
                f"{name!r}: there is no note {match['file']!r}; the text is taken for the definition",
            )


def _relations(settings: ConceptSettings, index: TermIndex) -> _Told:
    for key, severity, told in (
        ("add", Severity.WARNING, settings.relations.add),
        ("remove", Severity.INFO, settings.relations.remove),
    ):
        for source, _, target in told:
            for name in (source, target):
                found = index.find(name)
                if not found:
                    yield severity, f"{key}: the notes do not have {name!r}"
                elif len(found) > 1 and key == "add":
                    several = " or ".join(repr(f"{term.name} ({term.sense})") for term in found[:_SHOWN])
                    yield severity, f"{key}: {name!r} has several senses: write {several}"
