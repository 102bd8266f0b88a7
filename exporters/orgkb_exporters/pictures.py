"""Pictures of the notes: read through the context, told apart by their first bytes, none that is more than a picture."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from html import unescape
from typing import ClassVar

from orgkb.diagnostics import Diagnostic, Severity
from orgkb.exporter import ExportContext
from orgkb.org.document import Document
from orgkb.org.nodes import Link
from orgkb.patterns import pattern
from orgkb_exporters.svg_check import only_draws

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_SVG = pattern(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml.*?\?>)?\s*(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)?<svg[\s>]",
    re.DOTALL,
)
_HEAD = 4096
_JPEG_FRAME = pattern(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(..)(..)", re.DOTALL)
_ACTIVE = pattern(
    r"<\s*(?:[\w.-]+:)?(?:script|foreignobject|iframe|embed|object|handler|listener)\b|[\s\"'/]on[a-z]+\s*="
    r"|(?:java|vb)script\s*:|<!\s*entity|data\s*:\s*text/html"
    # What is fetched to draw it: files and addresses other than itself.
    r"|<\s*(?:[\w.-]+:)?(?:image|use|feimage)\b[^>]*\bhref\s*=\s*[\"']?\s*(?!#|data:image/|[\"'])\S"
    r"|@import|\burl\(\s*[\"']?(?!\s*[\"']?#|\s*[\"']?data:)\S|<\?\s*xml-stylesheet",
    re.IGNORECASE,
)
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"+/v", b"\x00\x00\xfe\xff")
_WITHIN_WORDS = pattern(r"[\x00-\x1f\u200b-\u200f\ufeff]+(?=\w)")


def is_active_svg(data: bytes) -> bool:
    """Whether DATA, an SVG file, could run or fetch something where it is opened, or never ends; also where it hides what it holds.

    Twice: by its letters, for readers that are lenient, and as XML.
    """
    if b"\x00" in data or data.startswith(_BOMS):
        return True
    text = data.decode("utf-8", "replace")
    shown = unescape(text)
    readings = (shown, _WITHIN_WORDS.sub("", shown))
    return any(_ACTIVE.search(reading) for reading in readings) or not only_draws(data)


def active_svg(document: Document, link: Link) -> Diagnostic:
    """The warning that LINK's picture is left out."""
    message = f"{link.path} is left out: it is more than a picture (it runs, fetches or never ends)"
    return Diagnostic(Severity.WARNING, "active-svg", message, document.location(link.begin))


class Pictures(ABC):
    """The pictures that links show, each read once; how they are named is the format's matter."""

    code: ClassVar[str] = "not-an-image"
    """Of the warning that something is no picture."""
    instead: ClassVar[str] = "written"
    """What is done with its name instead."""
    most_pixels: ClassVar[int] = 0
    """Points of one picture at most; 0: any number."""

    def __init__(self, context: ExportContext) -> None:
        self._context = context
        self._names: dict[tuple[str, str], str | None] = {}
        self.files: dict[str, bytes] = {}
        """Those that lie beside the text, by name."""

    @abstractmethod
    def named(self, data: bytes, kind: str, document: Document, link: Link) -> str:
        """The name of the picture DATA, of that KIND, which LINK shows; it is put into `files` where it belongs there."""

    def name(self, document: Document, link: Link) -> str | None:
        """The name of LINK's picture; None, with a warning, where there is none to show."""
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
            fault = "is no PNG, JPEG, GIF, WebP or SVG image"
        elif self.most_pixels and (points := pixels(data, kind)) > self.most_pixels:
            fault = f"has {points // 10**6} million pixels, more than a page can show"
        elif kind == "svg" and is_active_svg(data):  # nothing may run in some formats, but it may never end
            self._context.report(active_svg(document, link))
            return None
        else:
            return self.named(data, kind, document, link)
        message = f"{link.path} {fault}; its name is {self.instead} instead"
        self._context.report(Diagnostic(Severity.WARNING, self.code, message, document.location(link.begin)))
        return None


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
