"""The layouts: page, columns, sizes and colours of each, as numbers for the template."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

BOOKS = ("handout", "large", "gray", "cornell")
"""Layouts of the whole text."""
SHEETS = ("cheatsheet", "cards", "links")
"""Layouts made of the graph and the links only."""
IMPOSED = ("2up", "booklet")
"""Layouts that put pages of the handout beside each other."""
LAYOUTS = (*BOOKS, *SHEETS, *IMPOSED)

PAPERS = {"a4": (595.28, 841.89), "a5": (419.53, 595.28), "us-letter": (612.0, 792.0)}
"""Width and height in points."""

_CM = 72 / 2.54
_SIZE = 10.6
"""Of the handout's text, in points."""
_MONO = 0.602
"""Width of a letter of the fixed font at size 1."""
_SERIF = 0.47
"""Mean width of a letter of the text at size 1."""


class Look(msgspec.Struct, frozen=True):
    """What the template needs to know of a layout; lengths in points."""

    layout: str
    paper: str
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    size: float
    """Of the text."""
    code: float
    """Of code blocks."""
    notes: float = 0.0
    """Width of the column for definitions at the right; 0 for none."""
    cues: float = 0.0
    """Width of the column for questions at the left; 0 for none."""
    summary: float = 0.0
    """Height of the band for a summary below the text; 0 for none."""
    gray: bool = False
    font: tuple[str, ...] = ()
    """Preferred fonts of the text."""
    fallback: tuple[str, ...] = ()
    """Fonts for characters that the usual ones lack; only such as are there."""
    mono: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    """Preferred fonts of headings; none: as the text."""
    colors: dict[str, str] = {}

    @property
    def measure(self) -> float:
        """Width of the text."""
        return self.width - self.left - self.right

    @property
    def code_line(self) -> int:
        """Characters of code that fit a line."""
        return max(20, int((self.measure - 16) / (self.code * _MONO)))

    @property
    def table_line(self) -> int:
        """Characters of table text that fit a line."""
        return max(20, int(self.measure / (0.89 * self.size * _SERIF * 1.16)))


def look(layout: str, paper: str, theme: Mapping[str, object], *, notes: bool) -> Look:
    """The look of LAYOUT on PAPER, changed by THEME; NOTES asks for definitions in the margin where it has room."""
    width, height = PAPERS[paper]
    small = paper == "a5"
    side = 1.6 * _CM if small else 2.5 * _CM
    made = Look(
        layout, paper, width, height, 2.6 * _CM, 2.4 * _CM, side, side, 9.6 if small else _SIZE, 7.6 if small else 8.4
    )
    match layout:
        case "large":
            made = msgspec.structs.replace(made, size=16.0, code=12.5, left=1.8 * _CM, right=1.8 * _CM)
        case "cornell":
            made = msgspec.structs.replace(
                made, left=width * 0.3, right=1.5 * _CM, cues=width * 0.3 - 1.9 * _CM, bottom=height * 0.17,
                summary=height * 0.17 - 1.4 * _CM, size=10.0, code=7.8,
            )  # fmt: skip
        case _ if notes and not small:
            made = msgspec.structs.replace(made, left=1.9 * _CM, right=5.1 * _CM, notes=3.7 * _CM, code=8.1)
    made = msgspec.structs.replace(made, gray=layout == "gray")
    return _themed(made, theme)


def _themed(made: Look, theme: Mapping[str, object]) -> Look:
    changes: dict[str, object] = {}
    factor = float(str(theme["size"])) / _SIZE if "size" in theme else 1.0
    if factor != 1.0:
        changes |= {"size": round(made.size * factor, 2), "code": round(made.code * factor, 2)}
    if "code_size" in theme:
        # For the handout; in large print, code is larger by as much as the text.
        changes["code"] = round(float(str(theme["code_size"])) * made.size / _SIZE, 2)
    for side in ("left", "right", "top", "bottom"):
        if f"margin_{side}" in theme:
            changes[side] = float(str(theme[f"margin_{side}"])) * _CM
    changes |= {key: (str(theme[key]),) for key in ("font", "mono", "heading") if key in theme}
    colors = {key: str(theme[key]) for key in COLORS if key in theme}
    return msgspec.structs.replace(made, **changes, colors=colors)


COLORS = ("ink", "accent", "web", "faint", "alarm")
"""Colours of a theme."""
THEME_KEYS = (
    "font", "mono", "heading", "size", "code_size", "margin_left", "margin_right", "margin_top", "margin_bottom", *COLORS,
)  # fmt: skip
"""What a theme may set."""
