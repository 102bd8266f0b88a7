"""The images of a handout: their names in the Typst project, and the links that show them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import ClassVar

from orgkb.diagnostics import Diagnostic, Severity
from orgkb.exporter import ExportContext
from orgkb.org.document import Document
from orgkb.org.nodes import Link
from orgkb_exporters import pictures

MAX_PIXELS = 200_000_000
"""Of one image: a small file may stand for gigabytes."""
_CODE = "pdf-image"


class Pictures(pictures.Pictures):
    """Images by the link that shows them; `files` holds them by their names inside the Typst project."""

    code: ClassVar[str] = _CODE
    instead: ClassVar[str] = "printed"
    most_pixels: ClassVar[int] = MAX_PIXELS

    def __init__(self, context: ExportContext) -> None:
        super().__init__(context)
        self._places: dict[str, list[tuple[Document, Link]]] = {}

    def named(self, data: bytes, kind: str, document: Document, link: Link) -> str:
        """A name made of the bytes."""
        name = f"media/{hashlib.sha256(data).hexdigest()[:16]}.{kind}"
        self.files[name] = data
        self._places.setdefault(name, []).append((document, link))
        return name

    def broken(self, name: str, reason: str) -> Iterator[Diagnostic]:
        """Warnings for the links that show NAME, which cannot be read for that REASON."""
        for document, link in self._places[name]:
            message = f"{link.path} cannot be shown ({reason}); its name is printed instead"
            yield Diagnostic(Severity.WARNING, _CODE, message, document.location(link.begin))
