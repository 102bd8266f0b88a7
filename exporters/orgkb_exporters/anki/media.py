"""Pictures of the notes as media of the deck, under names made of their content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from orgkb.diagnostics import Report
from orgkb.org.document import Document
from orgkb.org.nodes import Link
from orgkb_exporters.pictures import active_svg, is_active_svg


class MediaStore:
    """Collects the pictures that cards show.

    Anki never replaces a media file whose name it has, so a changed picture needs another name;
    ASCII names alone survive all of Anki's checks.
    """

    def __init__(self, read_media: Callable[[str, str], bytes | None], report: Report) -> None:
        self.files: dict[str, bytes] = {}
        """Content by name."""
        self._read = read_media
        self._report = report
        self._names: dict[tuple[str, str], str | None] = {}

    @property
    def shows_notes(self) -> bool:
        """Whether a picture of the notes is shown somewhere: else notes look as they would without any media."""
        return any(self._names.values())

    def name(self, document: Document, link: Link) -> str | None:
        """The name under which LINK's picture is in the deck; None where it cannot be read or may not be shown."""
        place = document.path, link.path
        if place not in self._names:
            self._names[place] = self._add(document, link)
        return self._names[place]

    def _add(self, document: Document, link: Link) -> str | None:
        data = self._read(document.path, link.path)
        if data is None:
            return None
        suffix = link.path.rsplit(".", 1)[-1].lower()
        if suffix == "svg" and is_active_svg(data):
            self._report(active_svg(document, link))
            return None
        return self.add(data, suffix)

    def add(self, data: bytes, suffix: str) -> str:
        """The name of DATA, a picture of ours or one found harmless."""
        name = f"orgkb-{hashlib.sha256(data).hexdigest()[:16]}.{suffix}"
        self.files[name] = data
        return name
