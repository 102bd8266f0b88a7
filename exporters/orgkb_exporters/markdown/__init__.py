"""Markdown: one file per Org file, an index and a glossary, by our own writer on the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from orgkb.concepts.graph import ConceptGraph
from orgkb.exporter import Artifact, ExportContext
from orgkb_exporters.markdown.flavours import flavour_named
from orgkb_exporters.markdown.glossary import Glossary
from orgkb_exporters.markdown.index import index_text
from orgkb_exporters.markdown.page import DocumentPage
from orgkb_exporters.markdown.site import GLOSSARY, INDEX, Site

FOLDER = "markdown"


@dataclass(frozen=True, slots=True)
class MarkdownExporter:
    """Writes `markdown/<path of the Org file>.md`, `index.md`, `glossary.md` and the images beside them."""

    name: ClassVar[str] = "markdown"
    summary: ClassVar[str] = "Markdown files with working links, an index and a glossary"

    flavour: str = "gfm"
    """Which readers the files are for: a name of `orgkb_exporters.markdown.flavours.FLAVOURS`."""
    front_matter: bool = False
    """Whether files begin with title, author, date and tags as YAML."""
    glossary: bool = True
    """Whether `glossary.md` is written."""

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield the files; UsageError for an unknown flavour."""
        site = Site(graph, context, flavour_named(self.flavour))
        for document in graph.documents:
            text = DocumentPage(site, document).text(front_matter=self.front_matter)
            yield _artifact(site.pages[document.path], text)
        glossary = Glossary(site)
        terms = glossary.count if self.glossary else 0
        yield _artifact(INDEX, index_text(site, terms), f"{len(graph.documents)} files")
        if terms:
            yield _artifact(GLOSSARY, glossary.text(), f"{terms} terms")
        for path, data in site.media():
            yield Artifact(f"{FOLDER}/{path}", data)


def _artifact(path: str, text: str, summary: str = "") -> Artifact:
    return Artifact(f"{FOLDER}/{path}", text.encode("utf-8", "replace"), summary)
