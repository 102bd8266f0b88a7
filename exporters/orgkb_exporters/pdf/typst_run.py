"""Running Typst (the only import of typst): files in, PDF out, nothing else within reach."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import msgspec

from orgkb.errors import MissingProgram

STANDARDS = (
    "1.4", "1.5", "1.6", "1.7", "2.0",
    "a-1a", "a-1b", "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u", "a-4", "a-4e", "a-4f", "ua-1",
)  # fmt: skip
"""PDF standards that Typst writes."""

_PLACE = re.compile(r"┌─ (\S+?\.typ|\S+?):(\d+)(?::(\d+))?")
_UNSHOWN = re.compile(r"the text `(\"(?:[^\"\\]|\\.)*\")` could not be displayed")
_UNICODE_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


class CompileFailed(Exception):  # noqa: N818 - reads as what happened
    """Typst refused the source: the message, the files it names (innermost first), the texts without glyphs."""

    def __init__(self, message: str, diagnostic: str) -> None:
        super().__init__(message)
        self.message = message
        self.files = tuple(dict.fromkeys(match[1].rsplit("/", 1)[-1] for match in _PLACE.finditer(diagnostic)))
        self.unshown = Counter(_unescape(text) for text in _UNSHOWN.findall(diagnostic))
        """Text → how often Typst had no glyph for it."""


class Compiled(msgspec.Struct, frozen=True):
    """A PDF."""

    data: bytes
    pages: int


class Typst:
    """A folder of its own for the compiler, and several tries in it: Typst remembers what did not change.

    It sees the files it is given: no other file, no package, no font but its own.
    """

    def __init__(self) -> None:
        try:
            import typst  # noqa: PLC0415 - 80 MB that only this exporter needs
        except ImportError as error:
            raise MissingProgram("the PDF exporter needs typst: pip install typst") from error
        self._typst = typst
        self._folder = tempfile.TemporaryDirectory(prefix="orgkb-typst-")
        self._written: dict[str, bytes] = {}
        self.warnings: tuple[str, ...] = ()
        """What Typst remarked on the last PDF: faults of the templates, not of the notes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def compile(
        self, files: Mapping[str, bytes], timestamp: dt.datetime, *, standard: str | None, tagged: bool = True
    ) -> bytes:
        """The PDF of `main.typ` in FILES (name → bytes).  Raises CompileFailed."""
        self._write(files)
        root = self._folder.name
        standards: list[Any] = [standard] if standard else []
        try:
            data, warnings = self._typst.Compiler(
                self._main, root=root, ignore_system_fonts=True, package_path=root, package_cache_path=root
            ).compile_with_warnings(
                format="pdf",
                timestamp=int(timestamp.timestamp()),
                pdf_standards=standards,
                pdf_tags=tagged,
            )
        except self._typst.TypstError as error:
            raise CompileFailed(str(error.message), str(error.diagnostic)) from error
        except (RuntimeError, ValueError) as error:
            raise CompileFailed(str(error), str(error)) from error
        if not isinstance(data, bytes):
            raise CompileFailed("Typst wrote nothing", "")
        self.warnings = tuple(str(warning.message) for warning in warnings)
        return data

    def query(self, files: Mapping[str, bytes], selector: str, field: str) -> list[Any]:
        """Values of FIELD of all elements that SELECTOR finds in `main.typ`.  Raises CompileFailed."""
        self._write(files)
        root = self._folder.name
        try:
            text = self._typst.Compiler(
                self._main, root=root, ignore_system_fonts=True, package_path=root, package_cache_path=root
            ).query(selector, field=field)
        except self._typst.TypstError as error:
            raise CompileFailed(str(error.message), str(error.diagnostic)) from error
        return msgspec.json.decode(text, type=list[Any])

    @property
    def _main(self) -> str:
        return str(Path(self._folder.name) / "main.typ")

    def _write(self, files: Mapping[str, bytes]) -> None:
        """Bring the folder to hold just FILES."""
        for name in self._written.keys() - files.keys():
            (Path(self._folder.name) / name).unlink()
        for name, data in files.items():
            if self._written.get(name) != data:
                path = Path(self._folder.name) / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
        self._written = dict(files)


def _unescape(literal: str) -> str:
    """A string as Typst shows it in a message."""
    text = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), literal[1:-1])
    return text.replace('\\"', '"').replace("\\\\", "\\")
