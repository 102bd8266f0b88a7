"""Writing documents with pandoc (the only import of pypandoc); pandoc never reads notes here."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from orgkb import programs
from orgkb.errors import ExporterError, MissingProgram

API_VERSION = (1, 23, 1)
"""The version of pandoc-types whose JSON we write; pandoc takes any 1.23."""

TIME_LIMIT = 300.0
"""Seconds after which a conversion is given up."""

MEMORY = "1024m"
"""What pandoc's heap may hold: its own limit, as its runtime reserves far more addresses than it uses."""


@cache
def program() -> Path:
    """The pandoc program: the one bundled with `pypandoc_binary`, else the one on the path.

    Raises MissingProgram where there is none.
    """
    try:
        import pypandoc  # noqa: PLC0415 - slow to import, and `orgkb --help` needs no pandoc
    except ImportError as error:
        raise MissingProgram("pandoc is needed: pip install pypandoc_binary") from error
    bundled = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    if bundled.is_file():
        return bundled
    try:
        return Path(pypandoc.get_pandoc_path())
    except OSError as error:
        raise MissingProgram("pandoc is needed: pip install pypandoc_binary") from error


def document(blocks: Sequence[Any], meta: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A whole pandoc document of BLOCKS and META, in pandoc's JSON."""
    return {"pandoc-api-version": list(API_VERSION), "meta": dict(meta or {}), "blocks": list(blocks)}


def convert_bytes(
    json_ast: Mapping[str, Any], to: str, extra_args: Sequence[str] = (), *, limit: float = TIME_LIMIT
) -> bytes:
    """JSON_AST written in pandoc's format TO; for binary formats such as docx.

    pandoc runs with `--sandbox`: it reads no file and no address; `orgkb.programs` limits the rest. Raises
    MissingProgram where pandoc is not there and ExporterError where it fails or needs more than LIMIT seconds.
    """
    command = [str(program()), "--from=json", f"--to={to}", "--sandbox", "--output=-", *extra_args]
    command += ["+RTS", f"-M{MEMORY}", "-RTS"]
    try:
        return programs.run(command, msgspec.json.encode(json_ast), seconds=limit, memory=0).output
    except programs.ProgramFailed as error:
        raise ExporterError(f"pandoc could not write {to}: {error}") from error
    except OSError as error:
        raise MissingProgram(f"pandoc could not be started: {error}") from error


def convert(json_ast: Mapping[str, Any], to: str, extra_args: Sequence[str] = (), *, limit: float = TIME_LIMIT) -> str:
    """JSON_AST written as text in pandoc's format TO; see `convert_bytes` for the errors."""
    return convert_bytes(json_ast, to, extra_args, limit=limit).decode("utf-8").replace("\r\n", "\n")
