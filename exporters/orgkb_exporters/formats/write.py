"""One run of pandoc for one format."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orgkb import pandoc
from orgkb.concepts.graph import ConceptGraph
from orgkb.errors import ConfigError
from orgkb.exporter import Artifact, ExportContext
from orgkb.org.paths import OutsideRoot, read_inside, resolve_inside
from orgkb.org.slugs import slug
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.formats.book import Wishes, make_book

if TYPE_CHECKING:
    from orgkb_exporters.formats import PandocExporter

_RESERVED = frozenset({"con", "prn", "aux", "nul"})
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write(graph: ConceptGraph, context: ExportContext, options: PandocExporter) -> Iterator[Artifact]:
    """The file of OPTIONS' format, then its images.  Raises MissingProgram, or ExporterError where pandoc fails."""
    wishes = Wishes(
        backend=options.backend if options.raw else "",
        glossary=options.glossary,
        embed=options.embeds,
        places=options.places,
    )
    book = make_book(graph, context, wishes)
    ast: dict[str, Any] = dict(book.ast)
    if options.name == "html":
        ast["meta"] = {**ast["meta"], "header-includes": _head(context, getattr(options, "css", ""))}
    arguments = ["--standalone", "--wrap=none", *options.arguments, *options.extras(context)]
    if options.toc:
        arguments += ["--toc", f"--toc-depth={options.toc_depth}"]
    if options.number_sections:
        arguments.append("--number-sections")
    if options.suffix == "epub":
        arguments.append("--split-level=1")
    data = pandoc.convert_bytes(ast, options.pandoc, arguments)
    name = slug(context.title) or "notes"
    name = f"{name}-notes" if name in _RESERVED else name
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


def _head(context: ExportContext, css: str) -> dict[str, Any]:
    """Our style sheet and the user's, and the rule for browsers that nothing is loaded or run."""
    folder = resources.files("orgkb_exporters") / "templates" / "formats"
    sheets = [(folder / "page.css").read_text(encoding="utf-8")]
    if css:
        try:
            sheets.append(read_inside(context.input_root, context.input_root, css).decode("utf-8", "replace"))
        except OutsideRoot as error:
            raise ConfigError(f"exporters.html: cannot use {css}: {error}") from error
    style = "\n".join(sheets).replace("</", "<\\/")
    html = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<style>\n{style}\n</style>'
    return {"t": "MetaBlocks", "c": [p.raw_block("html", html)]}
