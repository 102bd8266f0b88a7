"""Markdown flavours: what one family of Markdown readers expects, as a value.

The writer asks the flavour wherever readers differ, and never its name.
"""

from __future__ import annotations

from types import MappingProxyType

import msgspec

from orgkb.errors import UsageError


class Flavour(msgspec.Struct, frozen=True):
    """How the writer spells what readers of Markdown do not agree on."""

    name: str
    deepest_heading: int = 6
    """Headings below this level are written at it."""
    alerts: tuple[str, ...] = ()
    """Names of special blocks that are written as `> [!NAME]`."""
    math_fence: str = ""
    """Info string of a fenced block of math, where there is one; it takes any TeX, `$$` does not."""
    math_backticks: bool = False
    """Whether TeX that Markdown would change can be written as ``$`…`$``."""


GFM = Flavour(
    name="gfm",
    alerts=("note", "tip", "important", "warning", "caution"),
    math_fence="math",
    math_backticks=True,
)
"""GitHub Flavored Markdown, as github.com shows files."""

FLAVOURS = MappingProxyType({flavour.name: flavour for flavour in (GFM,)})


def flavour_named(name: str) -> Flavour:
    """The flavour called NAME; UsageError that lists the known ones where there is none."""
    try:
        return FLAVOURS[name]
    except KeyError:
        message = f"no Markdown flavour named {name!r}; known: {', '.join(sorted(FLAVOURS))}"
        raise UsageError(message) from None
