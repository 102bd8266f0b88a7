"""Pandoc's Typst equations in the names and functions that every Typst has, and without code."""

from __future__ import annotations

import re

from orgkb.patterns import pattern

_STRING = pattern(r'("(?:[^"\\]|\\.)*")')
_SIGNS = {
    "sect": "∩",
    "sect.big": "⋂",
    "sect.double": "⋒",
    "sect.sq": "⊓",
    "sect.sq.big": "⨅",
    "dot.circle": "⊙",
    "dot.circle.big": "⨀",
    "times.circle": "⊗",
    "times.circle.big": "⨂",
    "plus.circle": "⊕",
    "plus.circle.big": "⨁",
    "minus.circle": "⊖",
    "dash.circle": "⊝",
    "quote.angle.l.double": "«",
    "quote.angle.r.double": "»",
    "planck.reduce": "ħ",
    "Kai": "Ϗ",
    "kai": "ϗ",
    "gimmel": "ג",
    "shin": "ש",
    "quote.angle.l.single": "‹",
    "quote.angle.r.single": "›",
    "franc": "₣",
    "eq.circle": "⊜",
    "bracket.l.double": "⟦",
    "bracket.r.double": "⟧",
    "shell.l.double": "⟬",
    "shell.r.double": "⟭",
    "plus.circle.arrow": "⟴",
    "brace.l.double": "⦃",
    "brace.r.double": "⦄",
    "paren.l.double": "⦅",
    "paren.r.double": "⦆",
    "angle.right.sq": "⦜",
    "angle.spheric.top": "⦡",
    "angle.oblique": "⦦",
    "bar.v.circle": "⦶",
    "parallel.circle": "⦷",
    "backslash.circle": "⦸",
    "perp.circle": "⦹",
    "lt.circle": "⧀",
    "gt.circle": "⧁",
    "integral.sect": "⨙",
    "div.circle": "⨸",
    "sect.dot": "⩀",
    "sect.and": "⩄",
    "sect.sq.double": "⩎",
}
"""Names that pandoc writes and Typst has no longer."""
_OLD_NAME = pattern(
    r"(?<![\w.])(?:"
    + "|".join(re.escape(name) for name in sorted(_SIGNS, key=len, reverse=True))
    + r")(?![A-Za-z0-9.])"
)
_SPACE = pattern(r"#h\((-?\d+)em\)")
_SPACES = {"0": "thick", "1": "quad", "2": "wide"}
r"""What `\;` and `\qquad` become; `\!`, which Typst has no name for, becomes nothing."""
_SCALED = pattern(r"#scale\(x: (\d+)%, y: \d+%\)\[(\\?[^\w\s$#]|[a-z]+(?:\.[a-z]+)*)\]")
r"""What pandoc makes of `\bigl(`."""
_DELIMITERS = {
    "(": "paren.l",
    ")": "paren.r",
    "[": "bracket.l",
    "]": "bracket.r",
    "{": "brace.l",
    "}": "brace.r",
    "|": "bar.v",
    "/": "slash",
    "parallel": "bar.v.double",
}
_BARS = pattern(r'delim: "\|\|"')
"""What pandoc makes of both kinds of bars."""
_MATRIX = pattern(r"\\begin\{([vV]matrix\*?)\}")
_BAR = {"vmatrix": '"|"', "Vmatrix": '"‖"', "vmatrix*": "#none", "Vmatrix*": '#(none, "}")'}
"""Of the environments with bars; those with a star stand for what pandoc has no words for."""
_ARGUMENT = pattern(r"size: #[\d.]+em|delim: #(?:none|\(none, \))")
_CODE = pattern(r"(?<!\\)[$#]")


def mended(equation: str, tex: str) -> str:
    """EQUATION, which pandoc made of TEX, with delimiters, names and spaces that Typst knows."""
    kinds = iter(_MATRIX.findall(tex))
    barred = _BARS.sub(lambda _: f"delim: {_BAR[next(kinds, 'vmatrix')]}", equation)
    pieces = _STRING.split(barred)
    pieces[::2] = [_named(piece) for piece in pieces[::2]]
    return "".join(pieces)


def has_code(equation: str) -> bool:
    """Whether a stray `$`, string or `#` would end EQUATION, its dollars left out, or begin code."""
    return _CODE.search(_ARGUMENT.sub("", _STRING.sub("", equation))) is not None


def _named(part: str) -> str:
    part = _OLD_NAME.sub(lambda match: _SIGNS[match[0]], part)
    part = _SPACE.sub(lambda match: _SPACES.get(match[1], ""), part)
    return _SCALED.sub(_delimiter, part)


def _delimiter(match: re.Match[str]) -> str:
    sign = match[2].removeprefix("\\")
    return f"lr(size: #{int(match[1]) / 100:g}em, {_DELIMITERS.get(sign, sign)})"
