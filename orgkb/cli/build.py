"""`orgkb build`: notes to decks, pages, handouts and maps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgkb.cli.output import completed, json_option
from orgkb.cli.trust import trust_options
from orgkb.errors import UsageError

if TYPE_CHECKING:
    from orgkb.config import Config
    from orgkb.org.trust import Trust

DEFAULT_INPUT = Path("input")
DEFAULT_OUTPUT = Path("output")


def folder_option(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--output FOLDER`; WHAT a command does with the folder is its help."""
    return click.option(
        "-o",
        "--output",
        metavar="FOLDER",
        default=DEFAULT_OUTPUT,
        show_default=True,
        type=click.Path(path_type=Path),
        help=what,
    )


def _exporters() -> tuple[str, ...]:
    """All that can be exported to."""
    from orgkb import exporter  # noqa: PLC0415 - asks the installation

    return (*exporter.names(), *exporter.on_request())


def _names(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Names with commas between them, in one option or several."""
    found = tuple(name for value in values for name in value.replace(",", " ").split())
    if values and not found:
        raise UsageError("--to names no exporter")
    return found


@click.command(
    short_help="Make decks, pages, handouts and maps of notes.",
    epilog="""\b
Examples:
  orgkb build                            input/ → output/
  orgkb build notes -o out               a folder with all its *.org files
  orgkb build a.org b.org --to anki,pdf  two files, two exporters
  orgkb build notes --strict             exit code 1 if there are warnings""",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@folder_option("Where to write. Files there that orgkb did not write are left alone.")
@click.option(
    "--to",
    metavar="NAMES",
    multiple=True,
    callback=_names,
    shell_complete=completed(_exporters),
    help="Exporters, with commas between them: anki, markdown, pdf, map, and those of plug-ins.  [default: these]  "
    "Only where named: docx, odt, epub, html, latex, rst and others, see docs/export.md.",
)
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings.  [default: orgkb.toml beside the notes, if there]",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes that read the notes, where there is much to read.  [default: one for each core]",
)
@click.option(
    "--executor", metavar="URL", help="Have a Dask cluster read the notes: dask://HOST:PORT, see docs/scale.md."
)
@click.option(
    "--no-cache", "cache", is_flag=True, flag_value=False, default=True, help="Read and make everything anew."
)
@click.option("--strict", is_flag=True, help="End with exit code 1 if the notes give warnings.")
@click.option("--force", is_flag=True, help="Replace files in the output folder even if orgkb did not write them.")
@json_option("what was made, by exporter and file, and all problems")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Show all files and all that is to say about the notes, not only the first warnings.",
)
@trust_options
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def build(
    *,
    paths: tuple[Path, ...],
    output: Path,
    to: tuple[str, ...],
    config: Path | None,
    jobs: int | None,
    executor: str | None,
    cache: bool,
    strict: bool,
    force: bool,
    style: str,
    quiet: bool,
    verbose: bool,
    debug: bool,
    trust: Trust,
) -> int:
    """Export the Org files and folders PATH (default: input/) into the output folder."""
    # Here and not above: `orgkb --help` loads neither networkx nor any exporter.
    from orgkb import pipeline  # noqa: PLC0415
    from orgkb.cli import display  # noqa: PLC0415

    if not paths:
        if not DEFAULT_INPUT.is_dir():
            raise UsageError(f"there is no folder {DEFAULT_INPUT}/ here; name your notes: orgkb build PATH")
        paths = (DEFAULT_INPUT,)
    with display.progress(quiet=quiet or style == "json") as progress:
        report = pipeline.run(
            paths,
            output,
            to,
            settings_of(config),
            progress,
            force=force,
            jobs=jobs or 0,
            executor=executor,
            remember=cache,
            trust=trust,
        )
    if style == "json":
        display.print_report(report)
    else:
        display.show_report(report, quiet=quiet, verbose=verbose, debug=debug)
    return report.exit_code(strict=strict)


def settings_of(config: Path | None) -> Config | None:
    """The settings in the file CONFIG that the user named, if any."""
    if config is None:
        return None
    from orgkb import config as configuration  # noqa: PLC0415 - a run that has nothing to do needs none

    return configuration.load(config)


def _export(**options: Any) -> int:
    if not options["to"]:
        raise UsageError(f"which format? Say it with --to: {', '.join(_exporters())}")
    done: int = build.callback(**options)  # type: ignore[misc] # click leaves the function there
    return done


export = click.Command(
    "export",
    short_help="The same for Word, e-books, web pages, LaTeX ….",
    callback=_export,
    params=build.params,
    help="""Export the Org files and folders PATH (default: input/) to the formats named with --to.

    The same as `orgkb build --to`, for those who look for it here: Word, OpenDocument, e-books, web
    pages, LaTeX, reStructuredText and all else that pandoc writes.""",
    epilog="""\b
Examples:
  orgkb export --to docx                 input/ → output/docx/
  orgkb export notes --to epub,html      a book and a page of a folder
  orgkb export a.org --to latex -o out   one file""",
)
