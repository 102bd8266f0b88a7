"""Small graphs made of Org text, and what a reader finds in a PDF."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Concept, ConceptKind, Definition, Mention, Relation, RelationKind, Span
from orgkb.diagnostics import Diagnostic
from orgkb.exporter import ExportContext
from orgkb.kept import Kept
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.links import LinkIndex
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare
from orgkb_exporters.pdf import PdfExporter

STAMP = dt.datetime(2024, 10, 12, tzinfo=dt.UTC)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", bytes.fromhex("00000001000000010800000000"))
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)
"""One black pixel."""


def document(text: str, path: str = "notes.org") -> Document:
    return prepare(parse(text, path))


def graph(
    *documents: Document | str, concepts: Mapping[str, str] | None = None, terms: Sequence[str] = ()
) -> ConceptGraph:
    """A graph of the documents; CONCEPTS maps a term to its definition, and every `term` in the text is a mention.

    The mentions of TERMS are those of their definitions.
    """
    read = [document(one) if isinstance(one, str) else one for one in documents]
    found: list[Concept] = []
    mentions: list[Mention] = []
    for rank, (name, definition) in enumerate((concepts or {}).items()):
        span = Span(read[0].path, 1, 1, len(name))
        objects = (n.Text(0, len(definition), definition),)
        sense = Definition(definition, objects, (), (), -1, read[0].path, span, "test", 1.0)
        found.append(
            Concept(name.lower(), name, (), (sense,), ConceptKind.TERM, ("test",), 1.0, 1 / (rank + 1), (), span)
        )
        for doc in read:
            for match in re.finditer(re.escape(name), doc.text):
                place = doc.location(match.start())
                headline = max((h.index for h in doc.headlines if h.begin <= match.start()), default=-1)
                mentions.append(
                    Mention(
                        name.lower(), name, Span(doc.path, place.line, place.column, len(name)), doc.path,
                        match.start(), headline, "term" if name in terms else "prose", 1.0,
                    )
                )  # fmt: skip
    relations = [Relation(a.id, b.id, "uses", RelationKind.LINK, a.span, 1.0) for a, b in pairwise(found)]
    order = {doc.path: number for number, doc in enumerate(read)}
    mentions.sort(key=lambda mention: (order[mention.document], mention.offset))  # as a build has them
    return ConceptGraph(read, found, mentions, relations, links=LinkIndex(read))


def context(
    media: Mapping[str, bytes] | None = None,
    reports: list[Diagnostic] | None = None,
    title: str = "Notes",
    kept: Kept | None = None,
) -> ExportContext:
    return ExportContext(
        title=title,
        timestamp=STAMP,
        input_root=Path(),
        read_media=lambda _, path: (media or {}).get(path),
        previous=lambda _: None,
        report=(reports if reports is not None else []).append,
        kept=kept,
    )


def export(
    source: ConceptGraph | str,
    media: Mapping[str, bytes] | None = None,
    reports: list[Diagnostic] | None = None,
    **options: Any,
) -> bytes:
    """The PDF of SOURCE."""
    made = graph(source) if isinstance(source, str) else source
    (artifact,) = PdfExporter(**options).export(made, context(media, reports))
    return artifact.data


@cache
def has_pdftotext() -> bool:
    return shutil.which("pdftotext") is not None


needs_pdftotext = pytest.mark.skipif(not has_pdftotext(), reason="pdftotext (poppler-utils) is not installed")


def words_of(pdf: bytes, *arguments: str) -> str:
    """The text of PDF as a reader copies it."""
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *arguments, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


def squeezed(text: str) -> str:
    """TEXT without white space: where lines break does not count."""
    return "".join(text.split())


def kinds(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    return [block["t"] for block in blocks]
