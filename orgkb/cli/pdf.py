"""`orgkb pdf`: the handouts alone, with what else would stand in orgkb.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from orgkb.cli.build import DEFAULT_INPUT, build, settings_of
from orgkb.cli.output import completed
from orgkb.cli.trust import taken

_LAYOUTS = ("handout", "large", "gray", "cornell", "cheatsheet", "cards", "links", "2up", "booklet")
_OPTIONS = ("layouts", "split", "paper", "standard", "template")


def _names(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> list[str]:
    return [name for value in values for name in value.replace(",", " ").split()]


def _pdf(**options: Any) -> int:
    import msgspec  # noqa: PLC0415 - `orgkb --help` loads none of these

    from orgkb import config as configuration  # noqa: PLC0415
    from orgkb import pipeline  # noqa: PLC0415
    from orgkb.cli import display  # noqa: PLC0415

    paths: tuple[Path, ...] = options["paths"] or (DEFAULT_INPUT,)
    trust = taken(options)
    inputs = pipeline.find_inputs(paths, skip=options["output"], trust=trust)
    settings = settings_of(options["config"]) or configuration.find(inputs.root)
    wanted = {name: options[name] for name in _OPTIONS if options[name]}
    exporters = {**settings.exporters, "pdf": {**settings.exporters.get("pdf", {}), **wanted}}
    for_programs = options["style"] == "json"
    with display.progress(quiet=options["quiet"] or for_programs) as progress:
        report = pipeline.run(
            paths,
            options["output"],
            ("pdf",),
            msgspec.structs.replace(settings, exporters=exporters, vouched=tuple(f"pdf.{name}" for name in wanted)),
            progress,
            force=options["force"],
            jobs=options["jobs"] or 0,
            executor=options["executor"],
            remember=options["cache"],
            trust=trust,
        )
    if for_programs:
        display.print_report(report)
    else:
        display.show_report(report, quiet=options["quiet"], verbose=options["verbose"], debug=options["debug"])
    return report.exit_code(strict=options["strict"])


pdf = click.Command(
    "pdf",
    callback=_pdf,
    params=[
        click.Option(
            ["--layout", "layouts"],
            metavar="NAMES",
            multiple=True,
            callback=_names,
            shell_complete=completed(lambda: _LAYOUTS),
            help=f"What to make, with commas between: {', '.join(_LAYOUTS)}.  "
            "[default: as in orgkb.toml, else handout]",
        ),
        click.Option(
            ["--split"],
            metavar="HOW",
            help="none: one PDF of all; file: one for each file; chapter: one for each highest heading; auto: by size.",
        ),
        click.Option(["--paper"], metavar="SIZE", help="a4, a5 or us-letter."),
        click.Option(["--standard"], metavar="NAME", help="PDF standard to keep to: a-2u, ua-1, 1.7 …"),
        click.Option(["--template"], metavar="FILE", help="Typst file of yours in the notes' folder, see docs/pdf.md."),
        *(param for param in build.params if param.name != "to"),
    ],
    short_help="Print the notes: handout, cards, cheat sheet ….",
    help="""Print the Org files and folders PATH (default: input/) as PDF.

    As `orgkb build --to pdf`, with options for what else stands in the table [exporters.pdf] of orgkb.toml.""",
    epilog="""\b
Examples:
  orgkb pdf notes                               the handout
  orgkb pdf notes --layout cards,cheatsheet     cards to cut out, and a cheat sheet
  orgkb pdf notes --split chapter --paper us-letter
  orgkb pdf notes --standard ua-1               for readers with a screen reader""",
)
