"""The way back to the notes: addresses that orgkb.el opens in Emacs."""

from __future__ import annotations

from urllib.parse import quote

OF_EMACS = "org-protocol://orgkb?"
"""How addresses begin that orgkb.el takes."""


def address(path: str, search: str | None = None) -> str:
    """The address of the note PATH, at SEARCH: `*` and the title of a heading, or words of the text."""
    found = f"{OF_EMACS}file={quote(path, safe='/', errors='replace')}"
    return f"{found}&search={quote(search, safe='', errors='replace')}" if search is not None else found
