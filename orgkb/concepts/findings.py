"""Second round: mentions and relations in one document, against the dictionary of all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec
from msgspec import structs

from orgkb.concepts.blocks import Reading, read_blocks
from orgkb.concepts.dictionary import Dictionary
from orgkb.concepts.linking import link as link_names
from orgkb.concepts.lookup import dictionary_of
from orgkb.concepts.mentions import MentionTable
from orgkb.concepts.merging import Merged
from orgkb.concepts.model import Relation, share
from orgkb.concepts.parts import Parts
from orgkb.concepts.relations import RULES, Context
from orgkb.concepts.relations.by_section import relations_in
from orgkb.concepts.relations.model import LinkPlace, Places
from orgkb.concepts.scanning import FileScan
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.links import LinkIndex


class FileFindings(msgspec.Struct, frozen=True):
    """What the second round finds in one document."""

    path: str
    mentions: MentionTable
    relations: tuple[Relation, ...]
    asked: str = ""
    """The folded names that were looked up one by one or found in the text, sorted, a line each: with the words of the
    document, all that it depends on of the dictionary."""

    def __post_init__(self) -> None:
        """Have names of which other documents speak too stand in memory once."""
        for relation in self.relations:
            source, target, label = relation.source, relation.target, relation.label
            share(relation, source=sys.intern(source), target=sys.intern(target), label=sys.intern(label))
            if relation.span.path is not self.path and relation.span.path == self.path:
                share(relation.span, path=self.path)


class Shared(msgspec.Struct, frozen=True, dict=True):
    """What the second round knows of all documents."""

    dictionary: Dictionary
    confidence: Mapping[str, float]
    """Id of a concept → its confidence."""

    @classmethod
    def of(cls, merged: Merged) -> Shared:
        """What MERGED tells the second round."""
        return cls(dictionary_of(merged), {term.id: term.confidence for term in merged.terms})

    @cached_property
    def watched(self) -> Watched:
        """The dictionary, noting which names are looked up and found."""
        asked: set[str] = set()
        tiers = {
            name: structs.replace(tier, noted=asked)
            for name, tier in (("sure", self.dictionary.sure), ("found", self.dictionary.found))
        }
        fields = {name: getattr(self.dictionary, name) for name in Dictionary.__struct_fields__}
        return Watched(**{**fields, **tiers}, asked=asked)


class Watched(Dictionary, frozen=True):
    """A dictionary that notes which names are looked up."""

    asked: set[str]

    def identity(self, key: str) -> str | None:
        """The id of the first concept with the folded name KEY."""
        self.asked.add(key)
        return self.owners.get(key)


def find(
    document: Document,
    scan: FileScan,
    shared: Shared,
    places: Places,
    reading: Reading | None = None,
    parts: Parts | None = None,
    state: bytes = b"",
) -> FileFindings:
    """Mentions and relations in one prepared DOCUMENT, whose first round gave SCAN and whose links lead to PLACES.

    READING is its layout, where that is kept, and PARTS are its sections where what was found in them with the dictionary
    of which STATE is a hash is remembered.
    """
    return find_in_reading(reading or read_blocks(document), scan, shared, places, parts, state)


def find_in_reading(
    reading: Reading, scan: FileScan, shared: Shared, places: Places, parts: Parts | None = None, state: bytes = b""
) -> FileFindings:
    """The same for a document that is laid out as blocks already."""
    dictionary = shared.watched
    dictionary.asked.clear()
    hits = link_names(reading, scan.candidates, dictionary)
    context = Context(
        reading=reading,
        candidates=scan.candidates,
        hits=tuple(hit for hit in hits if not hit.mention.nested),
        dictionary=dictionary,
        confidence=shared.confidence,
        sections=scan.sections(dictionary),
        places=places,
    )
    if parts is None:
        relations = [relation for rule in RULES for relation in rule.find(context, rule.confidence)]
    else:
        relations = relations_in(context, RULES, parts, state, dictionary.asked)
    mentions = MentionTable.of(reading.document.path, (hit.mention for hit in hits))
    return FileFindings(reading.document.path, mentions, tuple(relations), "\n".join(sorted(dictionary.asked)))


def link_places(
    links: LinkIndex, documents: Iterable[Document], scans: Iterable[FileScan], dictionary: Dictionary
) -> list[Places]:
    """For each of DOCUMENTS, with its SCANS in the same order, where its links lead."""
    scans = list(scans)
    sections = {scan.path: scan.sections(dictionary) for scan in scans}
    return [_places(links, document, scan, sections) for document, scan in zip(documents, scans, strict=True)]


def _places(links: LinkIndex, document: Document, scan: FileScan, sections: Mapping[str, Mapping[int, str]]) -> Places:
    found: dict[tuple[int, str], LinkPlace] = {}
    for link in scan.links:
        target = links.resolve(document, link)
        if target is None:
            continue
        path, headline = target.document.path, target.headline.index if target.headline else -1
        named = target.node.value if isinstance(target.node, n.Target | n.RadioTarget) else ""
        found[link.begin, link.raw] = LinkPlace(path, headline, named, sections[path].get(headline, ""))
    return found
