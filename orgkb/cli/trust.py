"""The options by which the user vouches for the notes of one run."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from orgkb.org.trust import Trust


_OPTIONS = (
    click.option(
        "--allow-include-outside",
        is_flag=True,
        help="Let the notes bring in files and pictures from outside their folder. Only for notes you trust.",
    ),
    click.option(
        "--follow-symlinks",
        is_flag=True,
        help="Follow symbolic links in the folder of the notes, wherever they lead. Only for notes you trust.",
    ),
    click.option(
        "--allow-raw",
        is_flag=True,
        help="Let raw HTML (sanitized), LaTeX and Typst of the notes act in the formats they are for, instead of "
        "showing it as text. Only for notes you trust.",
    ),
)


def trust_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """COMMAND, which takes a `trust`, with the options that make one."""

    @functools.wraps(command)
    def with_trust(*arguments: Any, **options: Any) -> Any:
        return command(*arguments, trust=taken(options), **options)

    for option in reversed(_OPTIONS):
        with_trust = option(with_trust)
    return with_trust


def taken(options: dict[str, Any]) -> Trust:
    """The trust that OPTIONS of a command express; they are taken out of them."""
    from orgkb.org.trust import Trust  # noqa: PLC0415 - `orgkb --help` loads nothing of the core

    return Trust(
        outside=options.pop("allow_include_outside", False),
        symlinks=options.pop("follow_symlinks", False),
        raw=options.pop("allow_raw", False),
    )
