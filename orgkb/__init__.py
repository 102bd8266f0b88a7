"""orgkb turns Org notes into a concept graph, and that into Anki decks, Markdown, PDF handouts and concept maps."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgkb.concepts.graph import ConceptGraph
    from orgkb.diagnostics import Report
    from orgkb.org.document import Document

__all__ = ["__version__", "build", "read"]


def read(path: Path | str) -> Document:
    """The Org file PATH as Org reads it: everything that is in it, with offsets, included files expanded.

    Raises `orgkb.errors.InputError` where the file cannot be read; problems in the notes are in
    `Document.diagnostics`.
    """
    from orgkb.org import reader  # noqa: PLC0415 - `import orgkb` costs nothing

    return reader.read(Path(path))


def build(paths: Iterable[Path | str] | Path | str, *, report: Report | None = None) -> ConceptGraph:
    """The concept graph of one or several Org files or folders of them, with what is not to be exported left out.

    `orgkb.toml` beside the notes is obeyed. REPORT is called with each problem found in the notes, an
    `orgkb.diagnostics.Diagnostic` with its place, by place and each once: `list.append` fits, and so does `print`; a note
    that cannot be read is one of severity ERROR, and costs only itself. Raises `orgkb.errors.InputError` where there is nothing to read.
    """
    from orgkb import pipeline  # noqa: PLC0415 - networkx takes half a second to load

    return pipeline.build_graph([paths] if isinstance(paths, str | Path) else paths, report=report)


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - takes as long as half of `orgkb --help`

        return version("orgkb")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
