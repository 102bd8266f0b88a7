"""`orgkb verify`: whether everything in the notes is found again in the files made of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgkb.cli.build import DEFAULT_INPUT, folder_option
from orgkb.cli.output import json_option
from orgkb.cli.trust import trust_options
from orgkb.errors import UsageError

if TYPE_CHECKING:
    from orgkb.org.trust import Trust

_SHOWN = 20


@click.command(
    short_help="Show what the Markdown lost of the notes.",
    epilog="""\b
Examples:
  orgkb verify                           input/ and the Markdown in output/
  orgkb verify notes -o out --verbose    every fault
  orgkb verify notes -o out --json       for programs""",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@folder_option("The output folder of the last build.")
@click.option("--to", "name", metavar="NAME", default="markdown", show_default=True, help="The exporter.")
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings.  [default: orgkb.toml beside the notes, if there]",
)
@json_option("counts and faults")
@click.option("-v", "--verbose", is_flag=True, help="Show all faults, not only the first ones.")
@trust_options
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def verify(
    *,
    paths: tuple[Path, ...],
    output: Path,
    name: str,
    config: Path | None,
    style: str,
    verbose: bool,
    debug: bool,  # noqa: ARG001 - read where errors are shown
    trust: Trust,
) -> int:
    """Read the files made of the notes in PATH with another parser: what was lost, which links lead nowhere.

    Exit code 1 if something was lost.
    """
    from orgkb import config as configuration  # noqa: PLC0415 - loaded when needed
    from orgkb import pipeline  # noqa: PLC0415
    from orgkb.cli.display import problem_records  # noqa: PLC0415
    from orgkb.cli.show import print_json  # noqa: PLC0415
    from orgkb.exporter import Verifying  # noqa: PLC0415

    if not paths and not DEFAULT_INPUT.is_dir():
        raise UsageError(f"there is no folder {DEFAULT_INPUT}/ here; name your notes: orgkb verify PATH")
    settings = configuration.load(config) if config else None
    rehearsal = pipeline.rehearse(paths or (DEFAULT_INPUT,), output, name, settings, trust=trust)
    if not isinstance(rehearsal.exporter, Verifying):
        raise UsageError(f"the exporter {name} cannot verify what it wrote")
    found = rehearsal.exporter.verify(rehearsal.graph, rehearsal.context)
    if style == "json":
        counts = {what: {"notes": wanted, "found": got} for what, wanted, got in found.counts}
        print_json({"counts": counts, "faults": problem_records(found.faults)})
        return int(bool(found.faults))
    for fault in found.faults if verbose else found.faults[:_SHOWN]:
        click.echo(f"{fault.location}: {fault.message} [{fault.code}]")
    if len(found.faults) > _SHOWN and not verbose:
        click.echo(f"… and {len(found.faults) - _SHOWN} more: --verbose shows them")
    for what, wanted, got in found.counts:
        mark = click.style("ok", fg="green") if got >= wanted else click.style(f"{wanted - got} lost", fg="red")
        click.echo(f"{what:12} {wanted:8} in the notes {got:8} found  {mark}")
    return int(bool(found.faults))
