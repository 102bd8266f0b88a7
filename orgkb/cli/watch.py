"""`orgkb watch`: build again whenever a note is saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgkb.cli.build import DEFAULT_INPUT, build
from orgkb.cli.trust import taken
from orgkb.errors import MissingProgram, OrgkbError, UsageError

if TYPE_CHECKING:
    from orgkb.runs import RunReport

QUIET_FOR = 300
"""Milliseconds without a further change after which a build begins: editors write in several steps."""
_TEMPORARY = ("~", "#", ".swp", ".tmp", ".part")


class Relevant:
    """Whether a change below the notes calls for a build: nothing hidden, temporary, or written by us."""

    def __init__(self, output: Path) -> None:
        """Leave out what happens below OUTPUT."""
        self._output = output.resolve()

    def __call__(self, _change: object, path: str) -> bool:
        """Whether the change of the file at PATH does."""
        place = Path(path)
        if place.name.startswith((".", "#")) or place.name.endswith(_TEMPORARY):
            return False
        return not place.resolve().is_relative_to(self._output)


def _watch(**options: Any) -> int:
    from orgkb import config as configuration  # noqa: PLC0415 - `orgkb --help` loads none of these
    from orgkb import pipeline  # noqa: PLC0415
    from orgkb.cli import display  # noqa: PLC0415
    from orgkb.cli.show import print_json  # noqa: PLC0415
    from orgkb.kept import Kept  # noqa: PLC0415

    changes_in = watching()
    paths: tuple[Path, ...] = options["paths"] or (DEFAULT_INPUT,)
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} is not there; name your notes: orgkb watch PATH")
    output: Path = options["output"]
    trust = taken(options)
    for_programs = options["style"] == "json"

    def once(kept: Kept) -> None:
        """One build; what goes wrong is told, and the next save is another chance."""
        try:
            settings = configuration.load(options["config"]) if options["config"] else None
            report = pipeline.run(
                paths,
                output,
                options["to"],
                settings,
                force=options["force"],
                jobs=options["jobs"] or 0,
                executor=options["executor"],
                remember=options["cache"],
                trust=trust,
                kept=kept,
            )
        except OrgkbError as error:
            if for_programs:
                print_json({"error": str(error)})
            else:
                click.echo(click.style("orgkb: error: ", fg="red", bold=True) + str(error), err=True)
            return
        if for_programs:
            display.print_report(report)
            return
        display.show_report(report, quiet=True, verbose=options["verbose"], debug=options["debug"])
        if not options["quiet"]:
            click.echo(summary(report, time.strftime("%H:%M:%S")))

    with Kept() as kept:
        once(kept)
        if not options["quiet"] and not for_programs:
            click.echo(f"watching {', '.join(p.as_posix() for p in paths)}; Ctrl-C ends")
        watched = folders(paths, options["config"])
        for _changes in changes_in(*watched, watch_filter=Relevant(output), debounce=QUIET_FOR, raise_interrupt=True):
            once(kept)
    return 0


def watching() -> Callable[..., Iterator[object]]:
    """The function `watch` of watchfiles; MissingProgram where the package is absent."""
    try:
        from watchfiles import watch as changes_in  # noqa: PLC0415 - see _watch
    except ImportError as error:
        raise MissingProgram("watching needs the package watchfiles: pip install watchfiles") from error
    return changes_in


def folders(paths: Sequence[Path], config: Path | None) -> list[Path]:
    """What to watch: folders, as editors replace a file by another one, so that the file itself is soon gone."""
    wanted = [*paths, *([config] if config else [])]
    return list(dict.fromkeys(path if path.is_dir() else path.parent for path in wanted))


def summary(report: RunReport, clock: str) -> str:
    """One line on a build: what changed, what failed, how long it took."""
    from orgkb.cli.display import plural  # noqa: PLC0415 - see _watch
    from orgkb.diagnostics import Severity  # noqa: PLC0415

    changed = {run.name: sum(file.changed for file in run.written) + len(run.removed) for run in report.exporters}
    parts = [f"{name}: {plural(count, 'file')} changed" for name, count in changed.items() if count]
    failed = [f"{run.name} failed" for run in report.exporters if run.error]
    warnings = sum(d.severity >= Severity.WARNING for d in report.diagnostics)
    parts = [*(parts or ["as before"]), *failed, *([plural(warnings, "warning")] if warnings else [])]
    return f"{clock}  {', '.join(parts)}; {report.seconds:.1f} s"


watch = click.Command(
    "watch",
    callback=_watch,
    params=[param for param in build.params if param.name != "strict"],
    short_help="Build again whenever a note is saved.",
    help="""Build the Org files and folders PATH (default: input/), and again whenever one of them is saved.

    The options are those of `orgkb build`; with --json each build is told on a line of its own. Ctrl-C ends it.""",
    epilog="""\b
Examples:
  orgkb watch                            input/ → output/, on every save
  orgkb watch notes --to map,markdown    only what is quick""",
)
