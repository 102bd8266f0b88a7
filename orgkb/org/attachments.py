"""Where `attachment:` links lead: to files in the folder that Org keeps for a heading."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

import msgspec

from orgkb.org.document import Document
from orgkb.org.nodes import Headline, Link
from orgkb.org.targets import headline_at
from orgkb.patterns import pattern

ATTACH_FOLDER = "data"
"""Org's default (`org-attach-id-dir`), beside the file."""

_TIME_ID = pattern(r"\d{8}T\d{6}")


def attachment_folders(document: Document) -> tuple[str | None, ...]:
    """The attachment folder of the text before the first headline, then of each headline; None where there is none.

    It is that of the nearest `:DIR:` property upwards, else it is made from the nearest `:ID:` as
    Org does: `data/7f/3c…`, or `data/202410/…` for ids that begin with a time.
    """
    top = (_property(document, "DIR"), _property(document, "ID"))
    found: list[tuple[str | None, str | None]] = []
    for headline in document.headlines:
        above = found[headline.parent] if headline.parent >= 0 else top
        found.append((_property(headline, "DIR") or above[0], _property(headline, "ID") or above[1]))
    return tuple(chosen or _from_id(identifier) for chosen, identifier in (top, *found))


def attached_file(document: Document, folders: Sequence[str | None], link: Link) -> Link:
    """LINK as a file link, where it is an `attachment:` link and its place has one of FOLDERS; else LINK itself."""
    if link.kind != "attachment" or not link.path:
        return link
    headline = headline_at(document, link.begin)
    folder = folders[headline.index + 1 if headline else 0]
    if folder is None:
        return link
    return msgspec.structs.replace(link, kind="file", path=posixpath.join(folder, link.path.lstrip("/")))


def _property(owner: Document | Headline, key: str) -> str | None:
    return (owner.get_property(key) or "").strip() or None


def _from_id(identifier: str | None) -> str | None:
    if identifier is None:
        return None
    first = 6 if _TIME_ID.match(identifier) else 2
    return posixpath.join(ATTACH_FOLDER, identifier[:first], identifier[first:]) if len(identifier) > first else None
