"""The exceptions of orgkb: we cannot go on.

    OrgkbError              exit code 1
    ├── UsageError          2   wrong arguments or configuration
    │   └── ConfigError     2   orgkb.toml cannot be used
    ├── InputError          1   a named input cannot be read
    ├── OutputError         1   the output folder cannot be written
    ├── ExporterError       1   one exporter failed; the others go on
    └── MissingProgram      3   a program that was asked for is not there

Problems *in* the notes are no exceptions but `orgkb.diagnostics.Diagnostic` values.
"""

from __future__ import annotations


class OrgkbError(Exception):
    """Base of all errors that orgkb raises on purpose; its text is meant for the user."""

    exit_code = 1


class UsageError(OrgkbError):
    """The command line or a call asks for something that does not exist."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration file cannot be read or names something unknown."""


class InputError(OrgkbError):
    """An input that the user named cannot be read."""


class OutputError(OrgkbError):
    """The output folder cannot be written, or holds a file that is not ours to replace."""


class ExporterError(OrgkbError):
    """An exporter could not make its artifacts."""


class MissingProgram(OrgkbError):  # noqa: N818 - reads as what happened, as `FileNotFoundError` does
    """A program or package that an exporter needs is not installed."""

    exit_code = 3


def in_short(error: BaseException) -> str:
    """The kind of ERROR and the first line of what it says."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
