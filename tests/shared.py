"""Where the real-world corpora and checkers lie, for tests that use them when they are there."""

import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from orgkb.cli import commands

_CANDIDATE = Path(os.environ.get("ORGKB_SHARED", Path(__file__).resolve().parents[2] / "shared"))

SHARED: Path | None = _CANDIDATE if (_CANDIDATE / "corpus").is_dir() else None

needs_shared = pytest.mark.skipif(SHARED is None, reason="the real-world corpora (../shared) are not here")

SAMPLE = Path(__file__).parents[1] / "input"
"""The sample notes."""


def leaves(command: click.Command = commands, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """All commands that do something, with their names: groups are left out."""
    if isinstance(command, click.Group):
        for sub_name, sub in sorted(command.commands.items()):
            yield from leaves(sub, f"{name} {sub_name}".strip())
    else:
        yield name, command
