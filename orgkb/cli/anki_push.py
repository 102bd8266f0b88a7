"""`orgkb anki build`, `push` and `alias`: the deck alone, brought into a collection, and its notes under other names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from orgkb.cli.build import DEFAULT_INPUT
from orgkb.errors import OrgkbError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgkb.config import Config
    from orgkb.exporter import Pushed
    from orgkb.org.trust import Trust
    from orgkb.runs import RunReport

KEY = "ANKICONNECT_KEY"
"""Environment variable with the key that AnkiConnect may ask for."""


class Deck(NamedTuple):
    """What one build of a deck did, and the settings it was done with."""

    report: RunReport
    settings: Config


def build_deck(
    paths: tuple[Path, ...],
    output: Path,
    config: Path | None,
    forget: int | None,
    *,
    quiet: bool,
    debug: bool,
    trust: Trust,
) -> Deck:
    """Build the deck of the notes in PATHS, QUIET or telling what is done."""
    import msgspec  # noqa: PLC0415 - loaded when needed

    from orgkb import config as configuration  # noqa: PLC0415
    from orgkb import pipeline  # noqa: PLC0415
    from orgkb.cli import display  # noqa: PLC0415

    if not paths and not DEFAULT_INPUT.is_dir():
        raise UsageError(f"there is no folder {DEFAULT_INPUT}/ here; name your notes: orgkb anki build PATH")
    paths = paths or (DEFAULT_INPUT,)
    inputs = pipeline.find_inputs(paths, skip=output, trust=trust)
    settings = configuration.load(config) if config else configuration.find(inputs.root)
    if forget is not None:
        table = {**settings.exporters.get("anki", {}), "forget": forget}
        settings = msgspec.structs.replace(settings, exporters={**settings.exporters, "anki": table})
    with display.progress(quiet=quiet) as progress:
        report = pipeline.run(paths, output, ("anki",), settings, progress, trust=trust)
    failures = [run.error for run in report.exporters if run.error]
    if not quiet:
        display.show_report(report, quiet=False, verbose=False, debug=debug)
    if failures:
        raise OrgkbError(f"the deck could not be built{f': {failures[0]}' if quiet else ''}")
    return Deck(report, settings)


def push_deck(output: Path, settings: Config, request_options: Mapping[str, object]) -> Pushed:
    """Bring the deck in OUTPUT to where REQUEST_OPTIONS say."""
    from orgkb import config as configuration  # noqa: PLC0415 - loaded when needed
    from orgkb import exporter  # noqa: PLC0415
    from orgkb.exporter import Pushing, PushRequest  # noqa: PLC0415
    from orgkb.files import OutputFolder  # noqa: PLC0415

    made = configuration.make_exporter(exporter.named("anki"), settings)
    if not isinstance(made, Pushing):
        raise UsageError("the installed exporter anki cannot push decks; update it")
    request = PushRequest(**request_options, key=os.environ.get(KEY, ""))  # type: ignore[arg-type] # from click, by name
    return made.push(OutputFolder(output).previous, request)


def show_push(pushed: Pushed) -> None:
    """What was done in the collection, for people."""
    for warning in pushed.warnings:
        click.echo(click.style("warning: ", fg="yellow") + warning, err=True)
    if pushed.backup:
        click.echo(f"backup in {pushed.backup}")
    click.echo(", ".join(f"{count} {what}" for what, count in pushed.counts))


def print_push(report: RunReport, pushed: Pushed) -> None:
    """What was made and what was done in the collection, for programs: docs/formats.md."""
    from orgkb.cli.display import report_record  # noqa: PLC0415 - loaded when needed
    from orgkb.cli.show import print_json  # noqa: PLC0415

    done = {"counts": dict(pushed.counts), "warnings": pushed.warnings, "backup": pushed.backup}
    print_json({**report_record(report), "push": done})


def rename_note(output: Path, old: str, new: str) -> None:
    """Have the ledger in OUTPUT know the note OLD as NEW."""
    from orgkb import exporter  # noqa: PLC0415 - loaded when needed
    from orgkb.exporter import Aliasing  # noqa: PLC0415
    from orgkb.files import OutputFolder  # noqa: PLC0415

    made = exporter.named("anki")()
    if not isinstance(made, Aliasing):
        raise UsageError("the installed exporter anki cannot rename notes; update it")
    with OutputFolder(output) as folder:
        artifacts = list(made.alias(folder.previous, old, new))
        folder.replace("anki", ((artifact.path, artifact.data) for artifact in artifacts))
    click.echo(f"{old} is called {new} from now on")
