"""What a run tells: its steps while it is at work, and a report at its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from orgkb.diagnostics import Diagnostic, Severity
from orgkb.files import Written


class Step(msgspec.Struct, frozen=True):
    """One step of a run, told when it begins."""

    action: str
    """`read`, `build` or `export`."""
    name: str
    """What is read or exported: a file's or an exporter's name; empty for `build`."""
    number: int
    """1-based place of this step among those of its action."""
    total: int
    """How many steps its action has."""
    part: str = ""
    """What the exporter does next, where it tells how far it is: then it has told the step itself before."""
    done: int = 0
    """How many parts it has done."""
    parts: int = 0
    """How many parts it has; 0 where it does not tell."""


Progress = Callable[[Step], None]


class ExporterRun(msgspec.Struct, frozen=True):
    """What became of one exporter."""

    name: str
    summary: tuple[str, ...]
    """What it made, in its own words: `212 cards`."""
    written: tuple[Written, ...]
    removed: tuple[str, ...]
    """Files of earlier runs that it no longer makes."""
    kept: tuple[str, ...]
    """A sentence for each such file that stays, as somebody changed it."""
    error: str
    """Why it failed, or which files it could not write; empty where all went well."""
    exit_code: int
    """0, or that of the error."""
    trace: str
    """Python's traceback of an unexpected failure, for `--debug`."""
    seconds: float


class RunReport(msgspec.Struct, frozen=True):
    """What a run did."""

    root: Path
    """The folder that the documents' names are relative to."""
    output: Path
    documents: int
    concepts: int
    relations: int
    exporters: tuple[ExporterRun, ...]
    diagnostics: tuple[Diagnostic, ...]
    """All problems found in the notes, by place, each once."""
    seconds: float
    notices: tuple[str, ...] = ()
    """What the user should know of the run itself, which changes nothing of what it made."""

    def exit_code(self, *, strict: bool = False) -> int:
        """0, 1 or 3 as the README tells; STRICT counts warnings too."""
        worst = max((d.severity for d in self.diagnostics), default=Severity.INFO)
        found = worst >= (Severity.WARNING if strict else Severity.ERROR)
        return max([int(found), *(run.exit_code for run in self.exporters)])
