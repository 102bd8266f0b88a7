"""`orgkb map`: one concept map of a part of the notes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgkb.cli.build import DEFAULT_INPUT, DEFAULT_OUTPUT
from orgkb.cli.trust import trust_options
from orgkb.errors import UsageError

if TYPE_CHECKING:
    from orgkb.org.trust import Trust

_FORMATS = {".svg": "svg", ".png": "png", ".pdf": "pdf", ".dot": "dot", ".gv": "dot"}


@click.command(
    name="map",
    short_help="Draw one map of a part of the notes.",
    epilog="""\b
Examples:
  orgkb map --focus pod --depth 2 -o pod.svg
  orgkb map notes --section kubernetes --max 18 -o kubernetes.png
  orgkb map notes --question "What keeps a pod alive?" -o alive.pdf""",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--focus", metavar="TERM", default="", help="The concept in the middle: its name or one of its aliases.")
@click.option(
    "--depth",
    type=click.IntRange(1, 4),
    default=1,
    show_default=True,
    help="How many relations away from it others may be.",
)
@click.option(
    "--section", metavar="NAME", default="", help="Only concepts under headings or files with this in their name."
)
@click.option("--max", "most", type=click.IntRange(min=1), help="Concepts at most.  [default: as many as can be read]")
@click.option("--question", metavar="TEXT", default="", help="The title of the map: what it answers.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file .svg, .png, .pdf or .dot.  [default: DOT to standard output]",
)
@click.option("--dot", "program", metavar="PATH", default="", help="A Graphviz program to draw with.")
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings.  [default: orgkb.toml beside the notes, if there]",
)
@trust_options
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def map_(
    *,
    paths: tuple[Path, ...],
    focus: str,
    depth: int,
    section: str,
    most: int | None,
    question: str,
    output: Path | None,
    program: str,
    config: Path | None,
    debug: bool,  # noqa: ARG001 - read where errors are shown
    trust: Trust,
) -> None:
    """Draw the concepts of the notes in PATH (default: input/), or of a part of them, on one page."""
    import msgspec  # noqa: PLC0415 - loaded when needed

    from orgkb import config as configuration  # noqa: PLC0415
    from orgkb import pipeline  # noqa: PLC0415
    from orgkb.exporter import Drawing, DrawRequest  # noqa: PLC0415
    from orgkb.files import replace_file  # noqa: PLC0415

    if output is not None and output.suffix.lower() not in _FORMATS:
        raise UsageError(f"{output}: a map is written as {', '.join(_FORMATS)}")
    if not paths and not DEFAULT_INPUT.is_dir():
        raise UsageError(f"there is no folder {DEFAULT_INPUT}/ here; name your notes: orgkb map PATH")
    settings = configuration.load(config) if config else None
    rehearsal = pipeline.rehearse(paths or (DEFAULT_INPUT,), DEFAULT_OUTPUT, "map", settings, trust=trust)
    if not isinstance(rehearsal.exporter, Drawing):
        raise UsageError("the installed exporter map cannot draw a part of the notes; update it")
    kind = _FORMATS[output.suffix.lower()] if output else "dot"
    request = DrawRequest(kind, focus, depth, section, most or 0, question, program)
    folder = output.parent if output else Path()
    context = msgspec.structs.replace(
        rehearsal.context, notes_from_output=pipeline.way(folder, rehearsal.context.input_root)
    )
    data = rehearsal.exporter.draw(rehearsal.graph, context, request)
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    replace_file(output, data)
    click.echo(f"{output}: {len(data) // 1024 + 1} kB", err=True)
