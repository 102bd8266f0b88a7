"""Org text to Markdown files in one call, for the tests of the Markdown exporter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from orgkb.concepts.build import build
from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic
from orgkb.exporter import ExportContext
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare
from orgkb_exporters.markdown import MarkdownExporter

NO_TITLE = "#+OPTIONS: title:nil\n"


def graph_of(notes: Mapping[str, str]) -> ConceptGraph:
    """The graph of NOTES, Org text by path."""
    return build([prepare(parse(text, path)) for path, text in notes.items()])


def context(media: Mapping[str, bytes] | None = None, written: Mapping[str, bytes] | None = None) -> ExportContext:
    """A context whose folder holds MEDIA, and whose output folder holds what was WRITTEN, bytes by path."""
    files = media or {}
    before = written or {}

    def report(_diagnostic: Diagnostic) -> None:
        return

    return ExportContext(
        title="Notes",
        timestamp=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        input_root=Path(),
        read_media=lambda _document, path: files.get(path.removeprefix("../")),
        previous=before.get,
        report=report,
    )


def files(
    notes: Mapping[str, str], media: Mapping[str, bytes] | None = None, exporter: MarkdownExporter | None = None
) -> dict[str, bytes]:
    """What the exporter makes of NOTES: bytes by path below `markdown/`."""
    made = (exporter or MarkdownExporter()).export(graph_of(notes), context(media))
    return {artifact.path.removeprefix("markdown/"): artifact.data for artifact in made}


def markdown(org: str, media: Mapping[str, bytes] | None = None) -> str:
    """ORG, a file without title, as Markdown."""
    return files({"notes.org": NO_TITLE + org}, media)["notes.md"].decode()
