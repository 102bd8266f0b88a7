"""Markdown: one file per Org file or a vault of linked notes, by our own writer on the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import Artifact, ExportContext, Verification
from orgkb_exporters.markdown.again import Writer
from orgkb_exporters.markdown.concept_note import ConceptNote
from orgkb_exporters.markdown.flavours import flavour_named
from orgkb_exporters.markdown.glossary import Glossary
from orgkb_exporters.markdown.index import index_text
from orgkb_exporters.markdown.site import Site
from orgkb_exporters.markdown.verify import verify

FOLDER = "markdown"


@dataclass(frozen=True, slots=True)
class MarkdownExporter:
    """Writes `markdown/<path of the Org file>.md`, an index, a glossary or concept notes, and the files beside them."""

    name: ClassVar[str] = "markdown"
    summary: ClassVar[str] = "Markdown files with working links, an index and a glossary"

    flavour: str = "gfm"
    """Which readers the files are for: a name of `orgkb_exporters.markdown.flavours.FLAVOURS`."""
    shape: Literal["", "files", "vault"] = ""
    """`files`: one for each Org file; `vault`: also one for each heading and concept; empty: what the flavour's users have."""
    depth: int = 2
    """In a vault, the deepest level of headings that have notes of their own; 0 for notes of whole files."""
    front_matter: bool | Literal["auto"] = "auto"
    """Whether files begin with title, author, date and tags as YAML; `auto` for what the flavour's users expect."""
    glossary: bool = True
    """Whether a glossary is written; a vault has notes of concepts instead."""

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield the files; UsageError for an unknown flavour."""
        site = self._site(graph, context)
        once = site.flavour.automatic_anchors or site.flavour.anchors == "attribute"
        if not once:
            for _ in self._pages(site, first=True, last=False):  # to know which headings links lead to
                pass
        for path, text, summary in self._pages(site, first=once, last=True):
            yield Artifact(f"{FOLDER}/{path}", text.encode("utf-8", "replace"), summary)
        for path, data in site.media.files():
            yield Artifact(f"{FOLDER}/{path}", data)

    def verify(self, graph: ConceptGraph, context: ExportContext) -> Verification:
        """Read the files of the last export with another parser and compare them with the notes.

        Raises MissingProgram where that parser is not installed.
        """
        written: dict[str, str] = {}
        for artifact in self.export(graph, context):
            data = context.previous(artifact.path)
            if data is not None:
                written[artifact.path.removeprefix(f"{FOLDER}/")] = data.decode("utf-8", "replace")
        return verify(self._site(graph, context), written)

    def _site(self, graph: ConceptGraph, context: ExportContext) -> Site:
        flavour = flavour_named(self.flavour)
        vault = (self.shape or ("vault" if flavour.vault else "files")) == "vault"
        return Site(graph, context, flavour, depth=max(self.depth, 0) if vault else None)

    def _pages(self, site: Site, *, first: bool, last: bool) -> Iterator[tuple[str, str, str]]:
        """(path, text, summary) of each page."""
        matter = site.flavour.front_matter if self.front_matter == "auto" else self.front_matter
        sheets = site.layout.sheets.values()
        writer = Writer(site, front_matter=matter, first=first, last=last)
        for number, sheet in enumerate(sheets):
            site.context.step("pages", number, len(sheets))
            yield sheet.path, writer.text(sheet), ""
        concepts = site.layout.concepts
        for concept in site.graph.concepts:
            if concept.id in concepts and concepts[concept.id] not in site.layout.sheets:
                yield concepts[concept.id], ConceptNote(site, concept).text(front_matter=matter), ""
        glossary = Glossary(site)
        terms = glossary.count if self.glossary and not site.vault else 0
        found = f"{len(site.graph.documents)} files" if not site.vault else _vault_summary(site)
        yield site.index, index_text(site, terms), found
        if terms:
            yield site.glossary, glossary.text(), f"{terms} terms"


def _vault_summary(site: Site) -> str:
    return f"{len(site.layout.sheets)} notes, {len(set(site.layout.concepts.values()))} concepts"
