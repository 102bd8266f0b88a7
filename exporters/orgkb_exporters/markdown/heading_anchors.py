"""How links call the headings of a page: by anchors, by their text, or by identifiers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters.markdown.anchors import Slugs, safe_id

_NOT_IN_SUBPATH = pattern(r"[#|^\[\]\\:%]+")
_UUID = pattern(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


class HeadingAnchors(msgspec.Struct, frozen=True):
    """The anchors of one headline."""

    link: str
    """The one that our links use; empty for the page itself."""
    written: tuple[str, ...]
    """Those that must be written into the heading: the reader does not make them by itself."""


def chosen(
    headlines: Sequence[n.Headline], automatic: Sequence[tuple[str, bool]], slugs: Slugs, *, by_itself: bool
) -> list[HeadingAnchors]:
    """The reader's own anchors; before them, those that the notes choose or that we need."""
    found = []
    for headline, (anchor, sure) in zip(headlines, automatic, strict=True):
        chosen = safe_id(headline.get_property("CUSTOM_ID") or "")
        written = [slugs.explicit(chosen)] if chosen and chosen != anchor else []
        if sure and not by_itself and not written:
            written.append(anchor)
        if not sure and not written:
            written.append(slugs.explicit(f"{anchor or 'section'}-{headline.index + 1}"))
        found.append(HeadingAnchors(written[0] if written else anchor, tuple(written)))
    return found


def subpaths(headlines: Sequence[n.Headline], texts: Sequence[str]) -> list[HeadingAnchors]:
    """Headings by their text, as Obsidian finds them; repeated ones after the heading above."""
    found: list[HeadingAnchors] = []
    names = {h.index: subpath(text) for h, text in zip(headlines, texts, strict=True)}
    seen: set[str] = set()
    for headline in headlines:
        name = names[headline.index]
        if name.casefold() in seen and name and (above := names.get(headline.parent)):
            name = f"{above}#{name}"
        seen.add(name.casefold())
        found.append(HeadingAnchors(name, ()))
    return found


def subpath(heading: str) -> str:
    """How Obsidian's links call a heading."""
    return " ".join(_NOT_IN_SUBPATH.sub(" ", heading).split())


def identifiers(document: Document, headlines: Sequence[n.Headline]) -> list[str]:
    """UUIDs of headlines: their `ID` where it is one, else made of the file's name and the titles down to them."""
    file = _uuid(uuid.NAMESPACE_URL, document.path)
    by_index: dict[int, str] = {}
    seen: set[str] = set()
    for headline in headlines:
        identifier = (headline.get_property("ID") or "").strip().lower()
        if not _UUID.match(identifier) or identifier in seen:
            above = uuid.UUID(by_index[headline.parent]) if headline.parent in by_index else file
            identifier = str(_uuid(above, plain_text(headline.title)))
        while identifier in seen:
            identifier = str(_uuid(file, identifier))
        seen.add(identifier)
        by_index[headline.index] = identifier
    return list(by_index.values())


def _uuid(above: uuid.UUID, name: str) -> uuid.UUID:
    return uuid.uuid5(above, name.encode("utf-8", "replace").decode())


def block_name(text: str) -> str:
    """TEXT as a name of a block: Latin letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "place"
