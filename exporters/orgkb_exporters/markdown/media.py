"""Pictures and other files of the notes that pages show or link to: copied beside them, each once."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator

from orgkb.exporter import ExportContext
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.links import LinkIndex, is_file_link
from orgkb.org.slugs import Namespace
from orgkb_exporters.markdown.flavours import Flavour
from orgkb_exporters.markdown.names import relative_address, safe_name
from orgkb_exporters.pictures import active_svg, is_active_svg

_IMAGES = frozenset({".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
_NEVER = frozenset(
    [
        ".org",
        ".org_archive",
        ".md",
        ".html",
        ".htm",
        ".xhtml",
        ".xht",
        ".shtml",
        ".mhtml",
        ".js",
        ".mjs",
        ".wasm",
        ".css",
        ".exe",
        ".com",
        ".bat",
        ".cmd",
        ".scr",
        ".msi",
        ".ps1",
        ".vbs",
        ".vbe",
        ".wsf",
        ".hta",
        ".jar",
        ".lnk",
        ".url",
        ".desktop",
        ".app",
        ".reg",
        ".dll",
    ]
)
"""Notes that are not exported, and what a browser or Windows would run."""


class Media:
    """The files beside the pages."""

    def __init__(self, context: ExportContext, links: LinkIndex, flavour: Flavour) -> None:
        self._context = context
        self._links = links
        self._flavour = flavour
        self._known: dict[tuple[str, str], str | None] = {}
        self._names: dict[tuple[bytes, str], str] = {}
        self._data: dict[str, bytes] = {}
        self._namespace = Namespace()

    def image(self, document: Document, link: n.Link, page: str) -> str | None:
        """The address from PAGE of the image that LINK of DOCUMENT names; None where there is none to show."""
        return self._address(document, link, page, image=True)

    def attachment(self, document: Document, link: n.Link, page: str) -> str | None:
        """The address from PAGE of the file that LINK of DOCUMENT leads to; None where it may not be copied."""
        return self._address(document, link, page, image=False)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """(path, bytes) of the files that the pages written so far need."""
        for name, data in self._data.items():
            yield f"{self._flavour.media}/{name}", data

    def _address(self, document: Document, link: n.Link, page: str, *, image: bool) -> str | None:
        link = self._links.expand(document, link)
        suffix = posixpath.splitext(link.path)[1].lower()
        hidden = any(part.startswith(".") and part.strip(".") for part in link.path.split("/"))
        if not is_file_link(link) or hidden or (suffix not in _IMAGES if image else not suffix or suffix in _NEVER):
            return None
        key = (document.path, link.path)
        if key not in self._known:
            self._known[key] = self._take(document, link)
        name = self._known[key]
        if name is None:
            return None
        if self._flavour.media_root:
            root = self._flavour.media_root.strip("/")
            return f"/{relative_address('', f'{root}/{name}')}"
        return relative_address(page, f"{self._flavour.media}/{name}")

    def _take(self, document: Document, link: n.Link) -> str | None:
        data = self._context.read_media(document.path, link.path)
        if data is None:
            return None
        stem, suffix = posixpath.splitext(posixpath.basename(link.path))
        suffix = suffix.lower()
        if suffix in {".svg", ".svgz", ".xml"} and is_active_svg(data):
            self._context.report(active_svg(document, link))
            return None
        key = (hashlib.sha256(data).digest(), suffix)
        if key not in self._names:
            name = f"{self._namespace.take(safe_name(stem))}.{safe_name(suffix[1:])}"
            self._names[key] = name
            self._data[name] = data
        return self._names[key]
