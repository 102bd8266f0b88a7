"""All other formats that pandoc writes: made only where they are asked for, as by `orgkb export --to docx`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from orgkb.concepts.graph import ConceptGraph
from orgkb.errors import ConfigError, ExporterError
from orgkb.exporter import PROGRAM, Artifact, ExportContext, MorePage, Site

if TYPE_CHECKING:
    from orgkb_exporters.formats.index_fields import IndexStyle


@dataclass(frozen=True, slots=True)
class PandocExporter:
    """One file of all notes in a format of pandoc, with concept links and a glossary."""

    name: ClassVar[str]
    summary: ClassVar[str]
    pandoc: ClassVar[str]
    """Pandoc's name of the format."""
    suffix: ClassVar[str]
    styled: ClassVar[bool] = False
    """Whether classes of blocks mean something to its readers."""
    backend: ClassVar[str] = ""
    """The export back-end of Org whose raw text belongs to the format."""
    embeds: ClassVar[bool] = False
    """Whether images are put into the file; else they lie beside it in `media/`."""
    places: ClassVar[bool] = True
    """Whether links inside the file work."""
    arguments: ClassVar[tuple[str, ...]] = ()

    toc: bool = True
    """Begin with a table of contents, where the format has one."""
    toc_depth: int = 3
    """Levels of headings in the contents."""
    number_sections: bool = False
    """Number the headings, where the format can."""
    glossary: bool = True
    """End with the terms and their definitions, and link to them from the text."""
    index: bool = True
    """End with an index: all terms, and the sections that mention them; where links inside the file work."""
    raw: bool = field(default=False, metadata={PROGRAM: True})
    """Let raw text of the notes for this format act in it, HTML after sanitizing, as `--allow-raw` does for all."""

    def __post_init__(self) -> None:
        if not 1 <= self.toc_depth <= 9:
            raise ConfigError(f"exporters.{self.name}: toc_depth is a number from 1 to 9")

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield the file, and the images beside it."""
        from orgkb_exporters.formats.write import write  # noqa: PLC0415 - listing formats need not load pandoc

        if not graph.documents:
            raise ExporterError("there are no notes to write")
        yield from write(graph, context, self)

    def index_style(self) -> IndexStyle | None:
        """How the format makes an index itself; None where it is written as text."""
        return None

    def extras(self, context: ExportContext) -> tuple[str, ...]:
        """Further arguments for pandoc."""
        del context
        return ()

    def preamble(self, ast: Mapping[str, Any]) -> str:
        """What the head of the file needs for the pandoc document AST, in the format's own language."""
        del ast
        return ""


@dataclass(frozen=True, slots=True)
class OfficeExporter(PandocExporter):
    """A format of an office program, with the styles of a reference document."""

    embeds: ClassVar[bool] = True

    # Such a document can bring in more than styles, from other machines too.
    reference_doc: str = field(default="", metadata={PROGRAM: True})
    """A document below the notes' folder whose styles, margins and headers are taken; empty: pandoc's own."""

    def extras(self, context: ExportContext) -> tuple[str, ...]:
        """The reference document."""
        from orgkb_exporters.formats.write import inside  # noqa: PLC0415 - see export

        return (f"--reference-doc={inside(context, self.name, self.reference_doc)}",) if self.reference_doc else ()


class DocxExporter(OfficeExporter):
    """For Word."""

    name: ClassVar[str] = "docx"
    summary: ClassVar[str] = "Word document"
    pandoc: ClassVar[str] = "docx+native_numbering"
    suffix: ClassVar[str] = "docx"
    backend: ClassVar[str] = "openxml"

    def index_style(self) -> IndexStyle:
        """Fields of Word."""
        from orgkb_exporters.formats.index_fields import WordIndex  # noqa: PLC0415 - see PandocExporter

        return WordIndex()


class OdtExporter(OfficeExporter):
    """For LibreOffice."""

    name: ClassVar[str] = "odt"
    summary: ClassVar[str] = "OpenDocument text"
    pandoc: ClassVar[str] = "odt"
    suffix: ClassVar[str] = "odt"
    backend: ClassVar[str] = "odt"


class RtfExporter(PandocExporter):
    """For any word processor."""

    name: ClassVar[str] = "rtf"
    summary: ClassVar[str] = "rich text"
    pandoc: ClassVar[str] = "rtf"
    suffix: ClassVar[str] = "rtf"
    embeds: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class HtmlExporter(PandocExporter):
    """A book in one page, with contents, search and map: no file beside it, no network."""

    name: ClassVar[str] = "html"
    summary: ClassVar[str] = "a book in one web page, with contents, search and map"
    pandoc: ClassVar[str] = "html5"
    suffix: ClassVar[str] = "html"
    styled: ClassVar[bool] = True
    backend: ClassVar[str] = "html"
    embeds: ClassVar[bool] = True

    css: str = ""
    """A style sheet below the notes' folder, added to ours."""
    search: bool = True
    """Search, definitions that appear at terms, folding contents, the interactive map: without, the page runs no script."""
    map: bool = True
    """Show the concept map."""

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield the page."""
        from orgkb_exporters.formats.write import file_name, style_sheet  # noqa: PLC0415 - see PandocExporter
        from orgkb_exporters.web.book import book_page  # noqa: PLC0415

        if not graph.documents:
            raise ExporterError("there are no notes to write")
        page, book = book_page(graph, context, self, style_sheet(context, self.name, self.css))
        summary = f"{book.entries} glossary terms" if book.entries else "1 file"
        yield Artifact(f"{self.name}/{file_name(context)}.{self.suffix}", page, summary)

    def publish(
        self, graph: ConceptGraph, context: ExportContext, more: Sequence[MorePage], scripts: Sequence[str]
    ) -> Site:
        """The notes as pages for a browser on this machine."""
        from orgkb_exporters.formats.write import style_sheet  # noqa: PLC0415 - see PandocExporter
        from orgkb_exporters.web.site import NotesSite  # noqa: PLC0415

        return NotesSite(graph, context, self, style_sheet(context, self.name, self.css), more, scripts)


@dataclass(frozen=True, slots=True)
class EpubExporter(PandocExporter):
    """For e-readers."""

    name: ClassVar[str] = "epub"
    summary: ClassVar[str] = "e-book"
    pandoc: ClassVar[str] = "epub3"
    suffix: ClassVar[str] = "epub"
    styled: ClassVar[bool] = True
    backend: ClassVar[str] = "html"
    embeds: ClassVar[bool] = True
    arguments: ClassVar[tuple[str, ...]] = ("--mathml",)

    css: str = ""
    """A style sheet below the notes' folder, instead of pandoc's."""

    def extras(self, context: ExportContext) -> tuple[str, ...]:
        """The style sheet."""
        from orgkb_exporters.formats.write import inside, style_sheet  # noqa: PLC0415 - see export

        if self.css:
            style_sheet(context, self.name, self.css)
        return (f"--css={inside(context, self.name, self.css)}",) if self.css else ()


class LatexExporter(PandocExporter):
    """For LuaLaTeX or XeLaTeX."""

    name: ClassVar[str] = "latex"
    summary: ClassVar[str] = "LaTeX source"
    pandoc: ClassVar[str] = "latex"
    suffix: ClassVar[str] = "tex"
    backend: ClassVar[str] = "latex"

    def index_style(self) -> IndexStyle:
        """The commands of LaTeX."""
        from orgkb_exporters.formats.index_fields import LatexIndex  # noqa: PLC0415 - see PandocExporter

        return LatexIndex()

    def preamble(self, ast: Mapping[str, Any]) -> str:
        """Fonts with its letters and signs, and code whose lines break."""
        from orgkb_exporters.formats import tex_preamble  # noqa: PLC0415 - see PandocExporter

        return tex_preamble.preamble(ast)


class RstExporter(PandocExporter):
    """For Sphinx and docutils."""

    name: ClassVar[str] = "rst"
    summary: ClassVar[str] = "reStructuredText"
    pandoc: ClassVar[str] = "rst"
    suffix: ClassVar[str] = "rst"
    backend: ClassVar[str] = "rst"


class AsciidocExporter(PandocExporter):
    """For Asciidoctor and Antora."""

    name: ClassVar[str] = "asciidoc"
    summary: ClassVar[str] = "AsciiDoc"
    pandoc: ClassVar[str] = "asciidoc"
    suffix: ClassVar[str] = "adoc"


class MediawikiExporter(PandocExporter):
    """For a wiki such as Wikipedia's."""

    name: ClassVar[str] = "mediawiki"
    summary: ClassVar[str] = "MediaWiki text"
    pandoc: ClassVar[str] = "mediawiki"
    suffix: ClassVar[str] = "wiki"


class DokuwikiExporter(PandocExporter):
    """For DokuWiki, which knows no links to places inside a page."""

    name: ClassVar[str] = "dokuwiki"
    summary: ClassVar[str] = "DokuWiki text"
    pandoc: ClassVar[str] = "dokuwiki"
    suffix: ClassVar[str] = "txt"
    places: ClassVar[bool] = False


class IpynbExporter(PandocExporter):
    """For Jupyter; code in Python becomes cells."""

    name: ClassVar[str] = "ipynb"
    summary: ClassVar[str] = "Jupyter notebook"
    pandoc: ClassVar[str] = "ipynb"
    suffix: ClassVar[str] = "ipynb"
    embeds: ClassVar[bool] = True


class DocbookExporter(PandocExporter):
    """For DocBook tools."""

    name: ClassVar[str] = "docbook"
    summary: ClassVar[str] = "DocBook 5"
    pandoc: ClassVar[str] = "docbook5"
    suffix: ClassVar[str] = "xml"


class PlainExporter(PandocExporter):
    """For reading without any program."""

    name: ClassVar[str] = "plain"
    summary: ClassVar[str] = "plain text"
    pandoc: ClassVar[str] = "plain"
    suffix: ClassVar[str] = "txt"
    places: ClassVar[bool] = False
