"""`orgkb init`: a first orgkb.toml."""

from __future__ import annotations

from pathlib import Path

import click

from orgkb.cli.build import DEFAULT_INPUT
from orgkb.errors import InputError, OutputError, UsageError


@click.command(
    short_help="Write a first orgkb.toml, all settings explained.",
    epilog="""\b
Examples:
  orgkb init                             input/orgkb.toml
  orgkb init notes                       notes/orgkb.toml
  orgkb init notes --show                only show it""",
)
@click.argument("folder", default=DEFAULT_INPUT, type=click.Path(path_type=Path))
@click.option("--show", is_flag=True, help="Show the file instead of writing it.")
@click.option("--force", is_flag=True, help="Replace an orgkb.toml that is there.")
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def init(folder: Path, show: bool, force: bool, debug: bool) -> None:  # noqa: ARG001 - read where errors are shown
    """Write FOLDER/orgkb.toml (default: input/): every setting with its default and what it means.

    All of it is commented out, so that nothing changes until you change it.
    """
    from orgkb import config, pipeline, starter  # noqa: PLC0415 - `orgkb --help` loads none
    from orgkb.files import replace_file  # noqa: PLC0415

    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}; name the folder of your notes: orgkb init FOLDER")
    try:
        documents, _ = pipeline.read_documents(pipeline.find_inputs([folder]))
    except InputError:
        documents = []  # notes may come later
    text = starter.starter(documents)
    if show:
        click.echo(text, nl=False)
        return
    place = folder / config.FILE_NAME
    if not force and (place.exists() or place.is_symlink()):
        raise OutputError(f"{place} is there already: edit it, or write it anew with --force")
    replace_file(place, text.encode())
    click.echo(f"{place.as_posix()} written: nothing changes until you take off a `#`")
