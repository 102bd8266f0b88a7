"""What a build shows: progress and problems on stderr, the closing summary on stdout."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from orgkb.cli.output import safe
from orgkb.diagnostics import Diagnostic, Severity
from orgkb.runs import ExporterRun, Progress, RunReport, Step

SHOWN_PER_CODE = 5
SHOWN_FILES = 5
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_TITLES = {"read": "reading", "build": "finding concepts", "export": "writing"}


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A callback that shows steps: a live bar on a terminal, else a line for each stage."""
    if quiet:
        yield None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _bar() as callback:
            yield callback
    else:
        yield _Lines()


def show_report(report: RunReport, *, quiet: bool, verbose: bool, debug: bool) -> None:
    """Problems, failures and the summary of one build."""
    least = Severity.ERROR if quiet else Severity.INFO if verbose else Severity.WARNING
    for line in problem_lines(report.diagnostics, prefix_of(report.root), least=least, every=verbose):
        click.echo(line, err=True)
    for notice in () if quiet else report.notices:
        click.echo(click.style("warning: ", fg="yellow") + notice, err=True)
    for run in report.exporters:
        if not quiet:
            for sentence in run.kept:
                click.echo(click.style("warning: ", fg="yellow") + sentence, err=True)
        if run.trace and debug:
            click.echo(run.trace.rstrip(), err=True)
        for sentence in run.error.splitlines():
            click.echo(click.style(f"orgkb: error: {run.name}: ", fg="red", bold=True) + sentence, err=True)
    if not quiet:
        for line in summary_lines(report, every=verbose):
            click.echo(line)


def print_report(report: RunReport) -> None:
    """What a build did, as JSON on one line."""
    from orgkb.cli.show import print_json  # noqa: PLC0415 - only for programs

    print_json(report_record(report))


def report_record(report: RunReport) -> dict[str, object]:
    """What a build did, for programs: docs/formats.md."""
    return {
        "output": report.output.as_posix(),
        "notes": report.documents,
        "concepts": report.concepts,
        "relations": report.relations,
        "exporters": [
            {
                "name": run.name,
                "summary": _counted(run.summary),
                "files": [{"path": f.path, "size": f.size, "changed": f.changed} for f in run.written],
                "removed": run.removed,
                "kept": run.kept,
                "error": run.error,
                "seconds": round(run.seconds, 3),
            }
            for run in report.exporters
        ],
        "problems": problem_records(report.diagnostics),
        "seconds": round(report.seconds, 3),
    }


def problem_records(diagnostics: Sequence[Diagnostic]) -> list[dict[str, object]]:
    """The problems, for programs."""
    return [
        {
            "code": d.code,
            "severity": d.severity.name.lower(),
            "message": d.message,
            "file": d.location.path,
            "line": d.location.line,
            "col": d.location.column,
        }
        for d in diagnostics
    ]


def prefix_of(root: Path) -> str:
    """What stands before a document's name so that the user can open it from here."""
    here = Path.cwd()
    shown = root.relative_to(here) if root.is_relative_to(here) else root
    return "" if shown == Path() else f"{shown.as_posix()}/"


def problem_lines(diagnostics: Sequence[Diagnostic], prefix: str, *, least: Severity, every: bool) -> list[str]:
    """The problems from severity LEAST on: grouped by kind, worst kind first, the first few of each unless EVERY."""
    groups: dict[tuple[int, str], list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        if diagnostic.severity >= least:
            groups[-diagnostic.severity, diagnostic.code].append(diagnostic)
    lines: list[str] = []
    for (_, code), group in sorted(groups.items()):
        shown = group if every else group[:SHOWN_PER_CODE]
        for d in shown:
            label = click.style(d.severity.name.lower(), fg=COLOURS[d.severity])
            lines.append(f"{prefix}{safe(d.location)}: {label}: {safe(d.message)} [{code}]")
        if len(shown) < len(group):
            lines.append(f"  … and {len(group) - len(shown)} more [{code}]; --verbose shows all")
    return lines


def tell_unread(problems: Sequence[Diagnostic], root: Path) -> bool:
    """Say on standard error which of the notes below ROOT could not be read; whether there are any."""
    lines = problem_lines(problems, prefix_of(root), least=Severity.ERROR, every=True)
    for line in lines:
        click.echo(line, err=True)
    return bool(lines)


def summary_lines(report: RunReport, *, every: bool) -> list[str]:
    """What was written, by exporter, and how long it took."""
    lines: list[str] = []
    width = max((len(run.name) for run in report.exporters), default=0)
    for run in report.exporters:
        what = ", ".join((*_counted(run.summary), plural(len(run.written), "file"))) if run.written else "nothing"
        mark = click.style("failed", fg="red", bold=True) if run.error else _novelty(run)
        lines.append(f"{click.style(f'{run.name:<{width}}', bold=True)}  {what}  ({mark}, {run.seconds:.1f} s)")
        paths = [f"{(report.output / file.path).as_posix()}" for file in run.written]
        shown = paths if every else paths[:SHOWN_FILES]
        lines += [f"{'':<{width}}    {_linked(path)}" for path in shown]
        if len(shown) < len(paths):
            lines.append(f"{'':<{width}}    … and {len(paths) - len(shown)} more")
    files = sum(len(run.written) for run in report.exporters)
    removed = sum(len(run.removed) for run in report.exporters)
    warnings = sum(d.severity == Severity.WARNING for d in report.diagnostics)
    errors = sum(d.severity == Severity.ERROR for d in report.diagnostics) + sum(
        bool(r.error) for r in report.exporters
    )
    parts = [
        plural(report.documents, "note"),
        plural(report.concepts, "concept"),
        plural(report.relations, "relation"),
        plural(files, "file"),
        *([f"{removed} removed"] if removed else []),
        plural(warnings, "warning"),
        *([click.style(plural(errors, "error"), fg="red")] if errors else []),
    ]
    lines.append(f"{', '.join(parts)}; {report.seconds:.1f} s")
    return lines


def _counted(summaries: Sequence[str]) -> list[str]:
    """Plain counts added up (`1 page`, `4 pages` → `5 pages`); other summaries as they are, each once."""
    sums: dict[str, int] = {}
    for summary in summaries:
        number, _, noun = summary.partition(" ")
        if number.isdecimal() and noun.isalpha():
            noun = noun.removesuffix("s") if number != "1" else noun
            sums[noun] = sums.get(noun, 0) + int(number)
        else:
            sums.setdefault(summary, -1)
    return [what if count < 0 else plural(count, what) for what, count in sums.items()]


def _novelty(run: ExporterRun) -> str:
    changed = sum(file.changed for file in run.written)
    if not run.written:
        return "no files"
    if not changed:
        return "as before"
    return "new" if changed == len(run.written) else f"{changed} changed"


def plural(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _linked(path: str) -> str:
    """PATH, on a terminal as a link that opens the file (OSC 8, which other terminals do not show)."""
    shown = safe(path)
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") in {"dumb", "linux", None}:
        return shown
    return f"\x1b]8;;{Path(path).absolute().as_uri()}\x1b\\{shown}\x1b]8;;\x1b\\"


class _Lines:
    """A line for each stage; reading is one stage, whatever is read first."""

    def __init__(self) -> None:
        self._reads = False

    def __call__(self, step: Step) -> None:
        if step.parts:
            return
        begun, self._reads = self._reads, step.action == "read"
        if begun and self._reads:
            return
        name = plural(step.total, "file") if self._reads else step.name
        click.echo(f"{_TITLES[step.action]} {name}".rstrip(), err=True)


@contextmanager
def _bar() -> Iterator[Callable[[Step], None]]:
    from rich.console import Console  # noqa: PLC0415 - only for terminals
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<40}", markup=False),
        BarColumn(24),
        TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=1)
        stage: tuple[object, ...] = ()

        def show(step: Step) -> None:
            nonlocal stage
            # What is left is told by the pace of this stage alone, and of this exporter where it tells how far it is.
            if (now := (step.action, step.name, step.parts) if step.parts else (step.action,)) != stage:
                stage = now
                bar.reset(task, total=step.parts or step.total)
            what = f": {safe(step.part)}" if step.part else ""
            text = f"{_TITLES[step.action]} {safe(step.name)}{what}".strip()
            done, total = (step.done, step.parts) if step.parts else (step.number - 1, step.total)
            bar.update(task, description=text, completed=done, total=total)

        yield show
