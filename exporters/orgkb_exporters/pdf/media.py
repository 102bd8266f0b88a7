"""The images of a handout: read through the context, told apart by their first bytes, kept once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from orgkb.diagnostics import Diagnostic, Severity
from orgkb.exporter import ExportContext
from orgkb.org.document import Document
from orgkb.org.nodes import Link
from orgkb_exporters.pictures import active_svg, is_active_svg

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_SVG = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml.*?\?>)?\s*(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)?<svg[\s>]",
    re.DOTALL,
)
_HEAD = 4096
_JPEG_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(..)(..)", re.DOTALL)
MAX_PIXELS = 200_000_000
"""Of one image: a small file may stand for gigabytes."""


class Pictures:
    """Images by the link that shows them."""

    def __init__(self, context: ExportContext) -> None:
        self._context = context
        self._names: dict[tuple[str, str], str | None] = {}
        self._places: dict[str, list[tuple[Document, Link]]] = {}
        self.files: dict[str, bytes] = {}
        """Name inside the Typst project → bytes."""

    def name(self, document: Document, link: Link) -> str | None:
        """The name of LINK's image in the project; None, with a warning, where there is none to show."""
        key = (document.path, link.path)
        if key not in self._names:
            self._names[key] = self._read(document, link)
        return self._names[key]

    def _read(self, document: Document, link: Link) -> str | None:
        data = self._context.read_media(document.path, link.path)
        if data is None:
            return None
        kind = image_kind(data)
        if kind is None:
            message = f"{link.path} is no PNG, JPEG, GIF, WebP or SVG image; its name is printed instead"
            place = document.location(link.begin)
            self._context.report(Diagnostic(Severity.WARNING, "pdf-image", message, place))
            return None
        if (points := pixels(data, kind)) > MAX_PIXELS:
            message = f"{link.path} has {points // 10**6} million pixels, more than a page can show; its name is printed instead"
            self._context.report(Diagnostic(Severity.WARNING, "pdf-image", message, document.location(link.begin)))
            return None
        if kind == "svg" and is_active_svg(data):  # nothing would run here, but it may never end
            self._context.report(active_svg(document, link))
            return None
        name = f"media/{hashlib.sha256(data).hexdigest()[:16]}.{kind}"
        self.files[name] = data
        self._places.setdefault(name, []).append((document, link))
        return name

    def broken(self, name: str, reason: str) -> Iterator[Diagnostic]:
        """Warnings for the links that show NAME, which cannot be read for that REASON."""
        for document, link in self._places[name]:
            message = f"{link.path} cannot be shown ({reason}); its name is printed instead"
            yield Diagnostic(Severity.WARNING, "pdf-image", message, document.location(link.begin))


def pixels(data: bytes, kind: str) -> int:
    """Width times height as the image DATA states them; 0 where that cannot be told or says nothing."""
    match kind:
        case "png":
            return int.from_bytes(data[16:20], "big") * int.from_bytes(data[20:24], "big")
        case "gif":
            return int.from_bytes(data[6:8], "little") * int.from_bytes(data[8:10], "little")
        case "webp" if data[12:16] == b"VP8X":
            return (int.from_bytes(data[24:27], "little") + 1) * (int.from_bytes(data[27:30], "little") + 1)
        case "jpg" if frame := _JPEG_FRAME.search(data):
            return int.from_bytes(frame[1], "big") * int.from_bytes(frame[2], "big")
    return 0


def image_kind(data: bytes) -> str | None:
    """`png`, `jpg`, `gif`, `webp` or `svg` by the first bytes of DATA; None for anything else."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "svg" if _SVG.match(data[:_HEAD]) else None
