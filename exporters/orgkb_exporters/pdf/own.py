"""The user's template: Typst files of their own, read from the notes' folder, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from orgkb.errors import ConfigError
from orgkb.exporter import ExportContext

FOLDER = "own"
"""Where they lie in the Typst project; ours are beside it."""
TEMPLATE = f"{FOLDER}/template.typ"

_PLACE = "orgkb.toml"


def read(context: ExportContext, template: str, files: Sequence[str]) -> dict[str, bytes]:
    """The TEMPLATE and the FILES that it uses, as files of the project; an empty template where there is none.

    Raises ConfigError where one cannot be read, or would stand in the place of another.
    """
    found = {TEMPLATE: b""}
    if template:
        found[TEMPLATE] = _bytes(context, "template", template)
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or f"{FOLDER}/{path}" in found:
            raise ConfigError(f"exporters.pdf: template_files: {name!r} is no path of its own below the notes")
        found[f"{FOLDER}/{path}"] = _bytes(context, "template_files", name)
    return found


def _bytes(context: ExportContext, option: str, name: str) -> bytes:
    data = context.read_media(_PLACE, name)
    if data is None:
        raise ConfigError(f"exporters.pdf: {option}: {name} cannot be read; it is looked for in the notes' folder")
    return data
