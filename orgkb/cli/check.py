"""`orgkb check`: what is wrong with the notes, as a report to act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgkb.cli.build import DEFAULT_INPUT, DEFAULT_OUTPUT
from orgkb.cli.output import completed, json_option, safe
from orgkb.cli.trust import trust_options
from orgkb.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from orgkb.checking import Level
    from orgkb.config import Config
    from orgkb.diagnostics import Diagnostic
    from orgkb.inputs import Inputs
    from orgkb.org.trust import Trust

SHOWN_PER_RULE = 10
_OTHER_TITLE = "Problems of reading"


def _names(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for value in values for name in value.replace(",", " ").split())


def _known() -> list[str]:
    from orgkb import checking  # noqa: PLC0415 - see check

    return [rule.name for rule in checking.RULES] + [checking.OTHER]


def _rules(spelling: str, what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option that takes names of rules."""
    return click.option(
        spelling, metavar="RULES", multiple=True, callback=_names, shell_complete=completed(_known), help=what
    )


@click.command(
    short_help="Report what is wrong with notes.",
    epilog="""\b
Examples:
  orgkb check                            the notes in input/
  orgkb check notes --verbose            every finding, not only the first ones
  orgkb check notes --only broken-link   one rule
  orgkb check notes --format github      annotations for a pull request
  orgkb check --rules                    which rules there are""",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@json_option("all findings", ("github",), "For people, for programs (docs/formats.md), or as annotations of GitHub.")
@_rules("--only", "Rules to apply, with commas between.")
@_rules("--skip", "Rules to leave out.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules and their levels, and end.")
@click.option("--strict", is_flag=True, help="End with exit code 1 if there is advice, too.")
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings.  [default: orgkb.toml beside the notes, if there]",
)
@click.option("-v", "--verbose", is_flag=True, help="Show all findings of each rule, not only the first ones.")
@trust_options
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def check(
    *,
    paths: tuple[Path, ...],
    style: str,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    list_rules: bool,
    strict: bool,
    config: Path | None,
    verbose: bool,
    debug: bool,  # noqa: ARG001 - read where errors are shown
    trust: Trust,
) -> int:
    """Report what is wrong with the Org files and folders PATH (default: input/).

    Errors and warnings end with exit code 1; advice does so with --strict only. The table
    [check.rules] of orgkb.toml sets each rule to "off", "info", "warning" or "error".
    """
    from orgkb import checking, pipeline  # noqa: PLC0415 - `orgkb --help` loads neither
    from orgkb import config as configuration  # noqa: PLC0415
    from orgkb.diagnostics import Severity  # noqa: PLC0415
    from orgkb.inputs import file_problems  # noqa: PLC0415

    settings = configuration.load(config) if config else None
    if list_rules:
        if settings is None:
            settings = configuration.find(_folder(paths))
        _show_rules(_levels(settings, only, skip), style)
        return 0
    if not paths:
        if not DEFAULT_INPUT.is_dir():
            raise UsageError(f"there is no folder {DEFAULT_INPUT}/ here; name your notes: orgkb check PATH")
        paths = (DEFAULT_INPUT,)
    inputs = pipeline.find_inputs(paths, skip=DEFAULT_OUTPUT, trust=trust)
    settings = settings or configuration.find(inputs.root)
    levels = _levels(settings, only, skip)
    graph, problems = pipeline.read_graph(inputs, settings)
    notes = checking.Notes(graph, file_problems(inputs), settings.check.min_mentions)
    findings = checking.check(notes, problems, levels)
    _SHOWN[style](findings, inputs, verbose)
    worst = max((finding.severity for finding in findings), default=None)
    return int(worst is not None and worst >= (Severity.INFO if strict else Severity.WARNING))


def _folder(paths: Sequence[Path]) -> Path:
    first = paths[0] if paths else DEFAULT_INPUT
    return first if first.is_dir() else first.parent


def _levels(settings: Config, only: Sequence[str], skip: Sequence[str]) -> dict[str, Level]:
    """The levels of all rules that the settings and the options set; unknown rules are refused."""
    known = _known()
    for name in settings.check.rules:
        if name not in known:
            raise ConfigError(
                f"{settings.source}: [check.rules] unknown rule {name!r}{_close(name, known)}; known: {', '.join(known)}"
            )
    for name in (*only, *skip):
        if name not in known:
            raise UsageError(f"no rule named {name!r}{_close(name, known)}; known: {', '.join(known)}")
    levels: dict[str, Level] = dict(settings.check.rules)
    for name in known:
        if name in skip or (only and name not in only):
            levels[name] = "off"
        elif name in only and levels.get(name) == "off":
            del levels[name]  # asked for by name: switched on again
    return levels


def _close(name: str, known: Sequence[str]) -> str:
    import difflib  # noqa: PLC0415 - only for mistakes

    close = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _show_rules(levels: Mapping[str, Level], style: str) -> None:
    """The rules with their levels and meanings."""
    from orgkb import checking  # noqa: PLC0415 - see check

    rows = [(rule.name, levels.get(rule.name, rule.severity.name.lower()), rule.meaning) for rule in checking.RULES]
    rows.append((checking.OTHER, levels.get(checking.OTHER, "as found"), "what is odd in the files themselves"))
    if style == "json":
        from orgkb.cli.show import print_json  # noqa: PLC0415 - see check

        print_json({"rules": [{"rule": name, "level": level, "meaning": why} for name, level, why in rows]})
        return
    width = max(len(name) for name, _, _ in rows)
    for name, level, why in rows:
        click.echo(f"{click.style(f'{name:<{width}}', bold=True)}  {level:<8}  {why}")


# --- reports ---


def _show_text(findings: Sequence[Diagnostic], inputs: Inputs, verbose: bool) -> None:
    """Findings by rule, each on a line that editors can jump to, and a closing count."""
    from orgkb import checking  # noqa: PLC0415 - see check
    from orgkb.cli.display import COLOURS, plural, prefix_of  # noqa: PLC0415

    titles = {rule.name: rule.title for rule in checking.RULES}
    groups: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        groups.setdefault(finding.code if finding.code in titles else "", []).append(finding)
    prefix = prefix_of(inputs.root)
    for code, group in groups.items():
        name = code or checking.OTHER
        heading = f"{titles.get(code, _OTHER_TITLE)}: {len(group)}"
        click.echo(click.style(heading, bold=True) + click.style(f"  [{name}]", dim=True))
        shown = group if verbose else group[:SHOWN_PER_RULE]
        for finding in shown:
            label = click.style(finding.severity.name.lower(), fg=COLOURS[finding.severity])
            code_shown = "" if code else f" [{finding.code}]"
            click.echo(f"{prefix}{safe(finding.location)}: {label}: {safe(finding.message)}{code_shown}")
        if len(shown) < len(group):
            click.echo(click.style(f"… and {len(group) - len(shown)} more; --verbose shows all", dim=True))
        click.echo()
    counts = Counter(finding.severity.name.lower() for finding in findings)
    parts = [
        plural(counts["error"], "error"),
        plural(counts["warning"], "warning"),
        plural(counts["info"], "hint"),
    ]
    what = plural(len(inputs.notes), "note")
    click.echo(f"{what}: {', '.join(parts)}" if findings else f"{what}: nothing to complain about")


def _show_json(findings: Sequence[Diagnostic], inputs: Inputs, _verbose: bool) -> None:
    from orgkb.cli.show import print_json  # noqa: PLC0415 - see check

    counts = Counter(finding.severity.name.lower() for finding in findings)
    print_json(
        {
            "findings": [
                {
                    "rule": finding.code,
                    "severity": finding.severity.name.lower(),
                    "message": finding.message,
                    "file": finding.location.path,
                    "line": finding.location.line,
                    "col": finding.location.column,
                }
                for finding in findings
            ],
            "notes": len(inputs.notes),
            "errors": counts["error"],
            "warnings": counts["warning"],
            "infos": counts["info"],
        }
    )


def _show_github(findings: Sequence[Diagnostic], inputs: Inputs, _verbose: bool) -> None:
    """Workflow commands: `::warning file=…,line=…,col=…,title=…::message`."""
    from orgkb.cli.display import prefix_of  # noqa: PLC0415 - see check

    prefix = prefix_of(inputs.root)
    for finding in findings:
        command = {"INFO": "notice"}.get(finding.severity.name, finding.severity.name.lower())
        place = finding.location
        properties = {"file": prefix + place.path, "line": place.line, "col": place.column, "title": finding.code}
        shown = ",".join(f"{key}={safe(_escaped(str(value), ',:'))}" for key, value in properties.items())
        click.echo(f"::{command} {shown}::{safe(_escaped(finding.message))}")


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)


_SHOWN = {"text": _show_text, "json": _show_json, "github": _show_github}
