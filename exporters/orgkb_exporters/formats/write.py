"""One run of pandoc for one format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from orgkb import pandoc
from orgkb.concepts.graph import ConceptGraph
from orgkb.errors import ConfigError
from orgkb.exporter import Artifact, ExportContext
from orgkb.org.paths import OutsideRoot, read_inside, resolve_inside
from orgkb.org.slugs import slug
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.formats.book import make_book
from orgkb_exporters.formats.tidy import Wishes

if TYPE_CHECKING:
    from orgkb_exporters.formats import PandocExporter

_RESERVED = frozenset({"con", "prn", "aux", "nul"})
# What a style sheet fetches, however its letters are written.
_LOADS = pattern(r"@\s*import|(?:url|image|image-set|src)\(\s*[\"']?(?!\s*[\"']?(?:data:image/|#))", re.IGNORECASE)
_CSS_ESCAPE = pattern(r"\\([0-9a-fA-F]{1,6})\s?|\\(?=[a-z@(])", re.IGNORECASE)


def write(graph: ConceptGraph, context: ExportContext, options: PandocExporter) -> Iterator[Artifact]:
    """The file of OPTIONS' format, then its images.  Raises MissingProgram, or ExporterError where pandoc fails."""
    wishes = Wishes(
        backend=options.backend,
        raw=options.raw or context.raw,
        glossary=options.glossary,
        embed=options.embeds,
        places=options.places,
        index=options.index,
        styled=options.styled,
        index_style=options.index_style(),
    )
    context.step("text", 0, 2)
    book = make_book(graph, context, wishes)
    arguments = ["--standalone", "--wrap=none", *options.arguments, *options.extras(context)]
    if options.toc:
        arguments += ["--toc", f"--toc-depth={options.toc_depth}"]
    if options.number_sections:
        arguments.append("--number-sections")
    if options.suffix == "epub":
        arguments.append("--split-level=1")
    context.step(f"pandoc writes {options.name}", 1, 2)
    ast = book.ast()
    if preamble := options.preamble(ast):
        head = ast["meta"].setdefault("header-includes", {"t": "MetaBlocks", "c": []})
        head["c"] = [p.raw_block(options.backend, preamble), *head["c"]]
    data = pandoc.convert_bytes(ast, options.pandoc, arguments)
    name = file_name(context)
    summary = f"{book.entries} glossary terms" if book.entries else "1 file"
    yield Artifact(f"{options.name}/{name}.{options.suffix}", data, summary)
    for file, content in sorted(book.media.items()):
        yield Artifact(f"{options.name}/{file}", content)


def inside(context: ExportContext, format_name: str, path: str) -> Path:
    """The file PATH below the folder of the notes; ConfigError where it is not there or lies elsewhere."""
    try:
        return resolve_inside(context.input_root, context.input_root, path)
    except OutsideRoot as error:
        raise ConfigError(f"exporters.{format_name}: cannot use {path}: {error}") from error


def style_sheet(context: ExportContext, format_name: str, path: str) -> str:
    """The user's style sheet PATH below the folder of the notes; empty where PATH is.

    Raises ConfigError where it is not there or brings in other files.
    """
    if not path:
        return ""
    try:
        css = read_inside(context.input_root, context.input_root, path).decode("utf-8", "replace")
    except OutsideRoot as error:
        raise ConfigError(f"exporters.{format_name}: cannot use {path}: {error}") from error
    if _LOADS.search(_CSS_ESCAPE.sub(_css_letter, css)):
        raise ConfigError(f"exporters.{format_name}: {path} brings in other files (@import, url()): it is not used")
    return css


def _css_letter(match: re.Match[str]) -> str:
    return chr(min(int(match[1], 16), 0xFFFF)) if match[1] else ""


def file_name(context: ExportContext) -> str:
    """The name of the file without its suffix: the title's."""
    name = slug(context.title) or "notes"
    return f"{name}-notes" if name in _RESERVED else name
