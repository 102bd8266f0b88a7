"""PDF handouts, laid out by pandoc's typst writer and Typst."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from orgkb.concepts.graph import ConceptGraph
from orgkb.errors import ConfigError
from orgkb.exporter import PROGRAM, Artifact, ExportContext

SPLITS = ("auto", "none", "file", "chapter")


@dataclass(frozen=True, slots=True)
class PdfExporter:
    """PDFs of all documents: cover, contents, body, concept map, glossary and index; other layouts of the same text."""

    name: ClassVar[str] = "pdf"
    summary: ClassVar[str] = "PDF handout with contents, running heads, wrapped code, glossary and index"

    layouts: tuple[str, ...] = ("handout",)
    """What to make: `handout`, `large`, `gray`, `cornell`, `cheatsheet`, `cards`, `links`, `2up`, `booklet`."""
    split: str = "auto"
    """`none`: one PDF of all, `file`: one for each file, `chapter`: one for each highest heading; `auto`: by size."""
    paper: str = "a4"
    """`a4`, `a5` or `us-letter`."""
    standard: str = "a-2u"
    """PDF standard to keep to (`a-2u`, `ua-1`, `1.7` …); empty for none."""
    toc_depth: int = 3
    """Levels of headings in the contents; 0 for no contents."""
    number_depth: int = 3
    """Levels of headings that are numbered; 0 for none."""
    cover: bool = True
    """Whether the title stands on a page of its own."""
    glossary: bool = True
    """Whether the concepts with a definition are listed at the end, and linked to from the text."""
    index: bool = True
    """Whether an index of the concepts with their pages stands at the end."""
    map: bool = True
    """Whether the concept map stands on the cover and on a page of its own."""
    notes: bool = True
    """Whether short definitions stand in the margin of the handout."""
    addresses: bool = True
    """Whether the address of a link with a description is printed as a footnote."""
    emacs: bool = True
    """Whether a click on the number of a heading (a pen where it has none) opens it in Emacs, by org-protocol."""
    tagged: bool = True
    """Whether the PDF is tagged for screen readers; three times the size."""
    flip: str = "long"
    """The edge over which the printer turns the sheets of `cards`: `long` or `short`."""
    template: str = field(default="", metadata={PROGRAM: True})
    """A Typst file in the notes' folder that changes the looks of the text, the cover, heads and feet."""
    template_files: tuple[str, ...] = ()
    """Files in the notes' folder that the template uses: pictures, more Typst."""
    theme: dict[str, str | float] = field(default_factory=dict)
    """Fonts, size, margins and colours that differ from ours."""
    system_fonts: bool = False
    """Whether characters that our fonts lack may be taken from fonts of this computer: other bytes on another one."""
    memory: int = field(default=4096, metadata={PROGRAM: True})
    """Megabytes that Typst may take before it is stopped."""

    def __post_init__(self) -> None:
        from orgkb_exporters.pdf.layouts import LAYOUTS, PAPERS  # noqa: PLC0415 - see export
        from orgkb_exporters.pdf.typst_run import STANDARDS  # noqa: PLC0415 - see export

        known: tuple[tuple[str, Collection[str], Collection[str]], ...] = (
            ("layout", self.layouts, LAYOUTS),
            ("split", (self.split,), SPLITS),
            ("paper", (self.paper,), tuple(PAPERS)),
            ("flip", (self.flip,), ("long", "short")),
            ("standard", (self.standard,), ("", *STANDARDS)),
        )
        for what, given, values in known:
            for value in given:
                if value not in values:
                    listed = ", ".join(filter(None, values))
                    raise ConfigError(f"exporters.pdf: unknown {what} {value!r}; known: {listed}")
        if not self.layouts:
            raise ConfigError("exporters.pdf: layouts names none")
        for option in ("toc_depth", "number_depth"):
            if not 0 <= getattr(self, option) <= 9:
                raise ConfigError(f"exporters.pdf: {option} is a number from 0 to 9")
        if self.memory < 256:
            raise ConfigError("exporters.pdf: memory is a number of megabytes, at least 256")
        check_theme(self.theme)

    def export(self, graph: ConceptGraph, context: ExportContext) -> Iterator[Artifact]:
        """Yield `pdf/<title>.pdf`; what cannot be printed as written is reported and printed as text."""
        from orgkb_exporters.pdf.handout import handouts  # noqa: PLC0415 - listing exporters need not load the engine

        yield from handouts(graph, context, self)


def check_theme(theme: Mapping[str, str | float]) -> None:
    """Raise ConfigError where THEME holds an unknown key or a value that is none."""
    from orgkb_exporters.pdf.layouts import COLORS, THEME_KEYS  # noqa: PLC0415 - see export

    for key, value in theme.items():
        if key not in THEME_KEYS:
            raise ConfigError(f"exporters.pdf: unknown theme key {key!r}; known: {', '.join(THEME_KEYS)}")
        if key in COLORS:
            right = isinstance(value, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", value) is not None
            wanted = "a colour such as #0b6157"
        elif key in {"font", "mono", "heading"}:
            right, wanted = isinstance(value, str) and bool(value), "the name of a font"
        elif key in {"size", "code_size"}:
            right, wanted = isinstance(value, int | float) and 6 <= value <= 24, "a number of points from 6 to 24"
        else:
            right, wanted = (
                isinstance(value, int | float) and 0.5 <= value <= 8,
                "a number of centimetres from 0.5 to 8",
            )
        if not right:
            raise ConfigError(f"exporters.pdf: theme.{key} is {wanted}, not {value!r}")
