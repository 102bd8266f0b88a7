"""`orgkb anki`: what a new deck would change in a collection, and whether its cards are in order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgkb.cli.build import DEFAULT_INPUT, folder_option
from orgkb.cli.output import json_option
from orgkb.cli.trust import trust_options
from orgkb.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgkb.exporter import Change, Comparing
    from orgkb.org.trust import Trust
    from orgkb.pipeline import Rehearsal

_SIGNS = {
    "new": ("+", "green"),
    "changed": ("~", "yellow"),
    "renamed": ("→", "cyan"),
    "moved": ("»", "cyan"),
    "removed": ("-", "red"),
}
_SHOWN = 90
"""Characters of a field's text that people are shown."""


@click.group(
    short_help="The Anki deck: build, compare, check, push.",
    epilog="""\b
Examples:
  orgkb anki build notes -o out          the deck alone, as orgkb build --to anki
  orgkb anki diff notes -o out           what the next deck would change
  orgkb anki check notes                 whether its cards are in order
  orgkb anki push notes --collection ~/.local/share/Anki2/Me
                                         straight into a closed collection""",
)
def anki() -> None:
    """Build the Anki deck of the notes, look at it before, bring it into a collection."""


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments that all these commands take."""
    for decorate in (
        trust_options,
        click.option("--debug", is_flag=True, help="Show Python's traceback of what fails."),
        click.option(
            "--config",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Settings.  [default: orgkb.toml beside the notes, if there]",
        ),
        folder_option("The output folder with the last deck and its ledger."),
        click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path)),
    ):
        command = decorate(command)
    return command


_forget = click.option(
    "--forget",
    metavar="N",
    type=click.IntRange(min=0),
    is_flag=False,
    flag_value=0,
    help="Drop what has been tagged as removed for N changed decks; without N, all of it that was ever shipped.",
)


@anki.command(
    short_help="The deck alone.",
    epilog="""\b
Examples:
  orgkb anki build notes -o out          as orgkb build notes -o out --to anki
  orgkb anki build --forget              without the notes removed before""",
)
@_forget
@json_option("what was made, and all problems")
@_common
def build(
    *,
    paths: tuple[Path, ...],
    output: Path,
    config: Path | None,
    forget: int | None,
    style: str,
    debug: bool,
    trust: Trust,
) -> int:
    """Build the deck of the notes in PATH, and nothing else."""
    from orgkb.cli import display  # noqa: PLC0415 - loaded when needed
    from orgkb.cli.anki_push import build_deck  # noqa: PLC0415

    made = build_deck(paths, output, config, forget, quiet=style == "json", debug=debug, trust=trust)
    if style == "json":
        display.print_report(made.report)
    return made.report.exit_code()


@anki.command(
    short_help="The deck straight into a collection.",
    epilog="""\b
Examples:
  orgkb anki push --collection ~/.local/share/Anki2/Me
  orgkb anki push notes --connect        into a running Anki with AnkiConnect
  orgkb anki push --connect --prune      and delete what the notes no longer hold""",
)
@click.option(
    "--collection",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A closed collection: collection.anki2, or the profile's folder. Backed up first; cards are moved, and what is "
    "gone from the notes is deleted. Needs: pip install 'orgkb[push]'.",
)
@click.option(
    "--connect",
    metavar="ADDRESS",
    is_flag=False,
    flag_value="http://127.0.0.1:8765",
    help="A running Anki with the add-on AnkiConnect on this machine.  [without ADDRESS: http://127.0.0.1:8765]",
)
@click.option("--prune", is_flag=True, help="With --connect: delete what is gone from the notes, not only tag it.")
@click.option("--keep-decks", is_flag=True, help="Leave cards in the decks where they lie.")
@_forget
@json_option("what was made, what was done in the collection")
@_common
def push(
    *,
    paths: tuple[Path, ...],
    output: Path,
    config: Path | None,
    collection: Path | None,
    connect: str | None,
    prune: bool,
    keep_decks: bool,
    forget: int | None,
    style: str,
    debug: bool,
    trust: Trust,
) -> int:
    """Build the deck of the notes in PATH and bring it into a collection, with moves and deletions."""
    from orgkb.cli.anki_push import build_deck, print_push, push_deck, show_push  # noqa: PLC0415 - loaded when needed

    if (collection is None) == (connect is None):
        raise UsageError("say where to: --collection FILE (Anki is closed) or --connect (Anki runs)")
    if prune and connect is None:
        raise UsageError("--prune goes with --connect; with --collection it is the rule")
    quiet = style == "json"
    made = build_deck(paths, output, config, None, quiet=quiet, debug=debug, trust=trust)
    where = {"collection": collection, "connect": connect or "", "move": not keep_decks, "prune": prune}
    pushed = push_deck(output, made.settings, where)
    if not quiet:
        show_push(pushed)
    if forget is not None:
        # Only now: the collection had to hear of them first.
        made = build_deck(paths, output, config, forget, quiet=quiet, debug=debug, trust=trust)
    if quiet:
        print_push(made.report, pushed)
    return made.report.exit_code()


@anki.command(
    short_help="What the next deck would change.",
    epilog="""\b
Examples:
  orgkb anki diff                        input/ and the deck in output/
  orgkb anki diff notes -o out --json    for programs: docs/formats.md""",
)
@json_option("action, name, before, fields of each note")
@_common
def diff(
    *,
    paths: tuple[Path, ...],
    output: Path,
    config: Path | None,
    style: str,
    debug: bool,  # noqa: ARG001 - read where errors are shown
    trust: Trust,
) -> None:
    """Show what the next deck of the notes in PATH changes: new, changed, renamed, moved and removed notes."""
    import msgspec  # noqa: PLC0415 - loaded when needed

    from orgkb.cli.show import print_json  # noqa: PLC0415

    rehearsal, exporter = _rehearse(paths, output, config, trust)
    found = tuple(exporter.compare(rehearsal.graph, rehearsal.context))
    if style == "json":
        print_json({"changes": msgspec.to_builtins(found)})
        return
    for change in found:
        for line in _lines(change):
            click.echo(line)
    counts = Counter(change.action for change in found)
    click.echo(", ".join(f"{counts[action]} {action}" for action in (*_SIGNS, "unchanged")))


@anki.command(
    short_help="Whether the cards are in order.",
    epilog="""\b
Examples:
  orgkb anki check                       the cards of input/
  orgkb anki check notes --verbose       and why what makes no card makes none
  orgkb anki check notes --json          for programs: docs/formats.md""",
)
@click.option("-v", "--verbose", is_flag=True, help="Say what was held back, too, and why.")
@json_option("the faults, and how many cards were looked at")
@_common
def check(
    *,
    paths: tuple[Path, ...],
    output: Path,
    config: Path | None,
    verbose: bool,
    style: str,
    debug: bool,  # noqa: ARG001 - read where errors are shown
    trust: Trust,
) -> int:
    """Check the cards of the notes in PATH: fields, HTML, pictures, secrets.  Exit code 1 if there are errors."""
    from orgkb.cli import display  # noqa: PLC0415
    from orgkb.diagnostics import Diagnostic, Severity  # noqa: PLC0415

    rehearsal, exporter = _rehearse(paths, output, config, trust)
    faults = list(exporter.check(rehearsal.graph, rehearsal.context))
    shown = sorted({*faults, *rehearsal.diagnostics}, key=Diagnostic.sort_key) if verbose else faults
    least = Severity.INFO if verbose else Severity.WARNING
    notes = sum(change.action != "removed" for change in exporter.compare(rehearsal.graph, rehearsal.context))
    errors = sum(fault.severity >= Severity.ERROR for fault in faults)
    if style == "json":
        from orgkb.cli.show import print_json  # noqa: PLC0415 - only for programs

        told = display.problem_records([fault for fault in shown if fault.severity >= least])
        print_json({"problems": told, "notes": notes, "errors": errors, "warnings": len(faults) - errors})
        return int(errors > 0)
    for line in display.problem_lines(shown, display.prefix_of(rehearsal.root), least=least, every=True):
        click.echo(line)
    click.echo(f"{notes} notes, {errors} errors, {len(faults) - errors} warnings")
    return int(errors > 0)


@anki.command(
    short_help="Say that a note has another name now.",
    epilog="""\b
Examples:
  orgkb anki alias "docker/image" "blueprint"
                                         the next build takes over its schedule""",
)
@click.argument("old")
@click.argument("new")
@folder_option("The output folder with the last deck and its ledger.")
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def alias(*, old: str, new: str, output: Path, debug: bool) -> None:  # noqa: ARG001 - see `diff`
    """Say that the note OLD of the last deck is called NEW in the notes now.

    OLD is what its field ID shows, or its term. Needed only where a term and its definition changed at once:
    else the next build knows the note again by itself.
    """
    from orgkb.cli.anki_push import rename_note  # noqa: PLC0415 - loaded when needed

    rename_note(output, old, new)


def _rehearse(paths: tuple[Path, ...], output: Path, config: Path | None, trust: Trust) -> tuple[Rehearsal, Comparing]:
    from orgkb import config as configuration  # noqa: PLC0415
    from orgkb import pipeline  # noqa: PLC0415
    from orgkb.exporter import Comparing  # noqa: PLC0415

    if not paths and not DEFAULT_INPUT.is_dir():
        raise UsageError(f"there is no folder {DEFAULT_INPUT}/ here; name your notes: orgkb anki diff PATH")
    settings = configuration.load(config) if config else None
    rehearsal = pipeline.rehearse(paths or (DEFAULT_INPUT,), output, "anki", settings, trust=trust)
    if not isinstance(rehearsal.exporter, Comparing):
        raise UsageError("the installed exporter anki cannot compare decks; update it")
    return rehearsal, rehearsal.exporter


def _lines(change: Change) -> list[str]:
    if change.action == "unchanged":
        return []
    sign, colour = _SIGNS[change.action]
    before = f"  (was {change.before})" if change.before else ""
    lines = [click.style(f"{sign} {change.action:8}", fg=colour) + change.name + before]
    if change.action == "changed":
        lines += [
            click.style(f"             {field.name}: {_short(field.before)} → {_short(field.after)}", dim=True)
            for field in change.fields
        ]
    return lines


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[: _SHOWN - 1]}…”"
