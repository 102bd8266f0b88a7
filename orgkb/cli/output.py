"""How commands write: for programs, and on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click


def json_option(
    what: str, more: Sequence[str] = (), help_: str = "For people, or for programs: docs/formats.md."
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format text|json`, and `--json` for short, for a command that takes a `style`; WHAT is in the JSON.

    MORE are formats that the command knows besides these; HELP_ says what all of them are for.
    """

    def with_option(command: Callable[..., Any]) -> Callable[..., Any]:
        of_format = click.option(
            "--format",
            "style",
            type=click.Choice(["text", "json", *more]),
            default="text",
            show_default=True,
            help=help_,
        )
        short = click.option("--json", "style", flag_value="json", help=f"The same as --format json: {what}.")
        return of_format(short(command))

    return with_option


def completed(names: Callable[[], Iterable[str]]) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What a shell offers for an option that takes NAMES with commas between them."""

    def offered(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
        before, comma, last = begun.rpartition(",")
        return [f"{before}{comma}{name}" for name in names() if name.startswith(last)]

    return offered


def safe(text: object) -> str:
    """TEXT without the control characters by which notes could steer a terminal."""
    return "".join(c if c.isprintable() else "�" for c in str(text))
