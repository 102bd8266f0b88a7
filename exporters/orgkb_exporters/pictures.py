"""Pictures of the notes that are more than pictures: no deck, page or book carries them."""

from __future__ import annotations

import re
from html import unescape

from orgkb.diagnostics import Diagnostic, Severity
from orgkb.org.document import Document
from orgkb.org.nodes import Link
from orgkb.patterns import pattern
from orgkb_exporters.svg_check import only_draws

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
