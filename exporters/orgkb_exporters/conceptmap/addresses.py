"""Which addresses may be links on maps."""

from __future__ import annotations

from orgkb.org import urls
from orgkb_exporters.emacs import OF_EMACS


def safe_url(url: str) -> bool:
    """Whether URL, or the template of one, may be a link, by the one rule for addresses; an empty one is none.

    It is taken as it stands, so it holds nothing that the rule would take out. What orgkb.el takes may be one, too: it
    opens a place in the user's notes and does nothing else.
    """
    if any(ord(char) < 0x20 for char in url):
        return False
    return not url or url.startswith(OF_EMACS) or urls.safe_url(url) is not None
