"""`orgkb doctor`: what orgkb needs, what is there, and how to get the rest."""

from __future__ import annotations

from pathlib import Path

import click

from orgkb.cli.build import DEFAULT_INPUT, folder_option
from orgkb.cli.output import json_option, safe
from orgkb.errors import MissingProgram

_MARKS = {"ok": ("✓", "green"), "missing": ("✗", "red"), "absent": ("–", "blue"), "odd": ("!", "yellow")}


@click.command(
    short_help="Show what is needed, and how to get it.",
    epilog="""\b
Examples:
  orgkb doctor                           this machine, input/ and output/
  orgkb doctor notes -o out              with the notes in another folder
  orgkb doctor --json                    for a bug report or a program""",
)
@click.argument("folder", default=DEFAULT_INPUT, type=click.Path(path_type=Path))
@folder_option("The output folder to look at.")
@json_option("group, name, state, detail, advice of each finding")
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def doctor(folder: Path, output: Path, style: str, debug: bool) -> int:  # noqa: ARG001 - read where errors are shown
    """Show what orgkb needs: versions, programs, fonts, exporters, settings; and how to get what is missing.

    FOLDER holds the notes (default: input/). The exit code is 3 if something needed is missing.
    """
    from orgkb import doctor as diagnosis  # noqa: PLC0415 - `orgkb --help` does not load it
    from orgkb.cli.show import print_json  # noqa: PLC0415

    findings = diagnosis.examine(folder, output)
    missing = sum(finding.state == "missing" for finding in findings)
    if style == "json":
        print_json({"findings": findings, "missing": missing})
        return MissingProgram.exit_code if missing else 0
    width = max(len(finding.name) for finding in findings)
    group = ""
    for finding in findings:
        if finding.group != group:
            group = finding.group
            click.echo(click.style(group, bold=True))
        mark, colour = _MARKS[finding.state]
        click.echo(f"  {click.style(mark, fg=colour)} {finding.name:<{width}}  {safe(finding.detail)}")
        if finding.advice:
            click.echo(f"    {'':<{width}}  → {finding.advice}")
    click.echo()
    click.echo(f"{missing} needed and missing" if missing else "Everything that is needed is there.")
    return MissingProgram.exit_code if missing else 0
