r"""The preamble of LaTeX: fonts that have the letters and signs of the notes, code whose lines break.

LaTeX drops what its font lacks and says so in its log alone, and its own font has neither Cyrillic nor `→`.  Which fonts
a machine has is known only there: the source asks for one after the other (`\IfFontExistsTF` of the package fontspec).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec


class _Family(NamedTuple):
    """What to ask for, and the commands for it."""

    name: str
    setup: str


_CMU = r"{cmunrm.otf}[BoldFont=cmunbx.otf,ItalicFont=cmunti.otf,BoldItalicFont=cmunbi.otf]"
_CMU_SANS = r"{cmunss.otf}[BoldFont=cmunsx.otf,ItalicFont=cmunsi.otf,BoldItalicFont=cmunso.otf]"
_DEJAVU = r"{DejaVuSerif.ttf}[BoldFont=DejaVuSerif-Bold.ttf,ItalicFont=DejaVuSerif-Italic.ttf]"
# By the name that the system knows, then by the file that a TeX installation has.
_TEXT = (
    _Family("CMU Serif", r"\setmainfont{CMU Serif}\setsansfont{CMU Sans Serif}"),
    _Family("cmunrm.otf", rf"\setmainfont{_CMU}\setsansfont{_CMU_SANS}"),
    _Family("DejaVu Serif", r"\setmainfont{DejaVu Serif}\setsansfont{DejaVu Sans}"),
    _Family("DejaVuSerif.ttf", rf"\setmainfont{_DEJAVU}\setsansfont{{DejaVuSans.ttf}}"),
    _Family("Times New Roman", r"\setmainfont{Times New Roman}\setsansfont{Arial}"),
    _Family("FreeSerif", r"\setmainfont{FreeSerif}\setsansfont{FreeSans}"),
    _Family("Noto Serif", r"\setmainfont{Noto Serif}\setsansfont{Noto Sans}"),
)
_CODE = tuple(
    _Family(name, rf"\setmonofont{{{name}}}[Scale=MatchLowercase]")
    for name in ("DejaVu Sans Mono", "DejaVuSansMono.ttf", "Menlo", "Consolas", "Courier New", "FreeMono", "cmuntt.otf")
)
_SIGNS = tuple(
    _Family(name, rf"\newfontfamily\orgkbsigns{{{name}}}[Scale=MatchLowercase]")
    for name in ("DejaVu Sans", "DejaVuSans.ttf", "Segoe UI Symbol", "Apple Symbols", "FreeSerif", "Noto Sans Symbols2")
)
_EAST_ASIAN = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Songti SC",
    "SimSun",
    "FandolSong-Regular.otf",
    "IPAexMincho",
)
# What Latin Modern has, and the letters that every font of TEXT has besides.
_LATIN = (
    "\u2010\u2011\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2021\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
_LATIN_END = 0x180
_LETTERS = (range(0x391, 0x3CA), range(0x400, 0x460), range(0x490, 0x4DA))
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff")
_EAST_ASIAN_BLOCKS = (
    range(0x1100, 0x1200),
    range(0x2E80, 0xA000),
    range(0xAC00, 0xD800),
    range(0xF900, 0xFB00),
    range(0xFE30, 0xFE50),
    range(0xFF00, 0xFFF0),
    range(0x20000, 0x32000),
)


# Else a long line of code leaves the page.
_BREAKING = r"""\IfFileExists{fvextra.sty}{%
\usepackage{fvextra}
\DefineVerbatimEnvironment{Highlighting}{Verbatim}{breaklines,breakanywhere,commandchars=\\\{\}}
\DefineVerbatimEnvironment{verbatim}{Verbatim}{breaklines,breakanywhere}
}{}"""


# In formulas a sign keeps the meaning that it has there.
_SIGN = r"""\newcommand\orgkbsign[2]{%
\begingroup\lccode`\~=#2\relax\lowercase{\endgroup\expandafter\let\csname orgkb-#2\endcsname~}%
\newunicodechar{#1}{\ifmmode\ifcsname orgkb-#2\endcsname\csname orgkb-#2\endcsname\else\char#2\relax\fi
\else\iffontchar\font#2 \char#2\relax\else{\orgkbsigns\char#2\relax}\fi\fi}}"""
# pandoc writes `^` as an accent on nothing, which xeCJK stumbles over.
_CIRCUMFLEX = r"""
\AtBeginDocument{\let\orgkbaccent\^%
\DeclareRobustCommand\^[1]{\ifx\\#1\\\textasciicircum\else\orgkbaccent{#1}\fi}}"""
# The package soul, which underlines and strikes out in XeLaTeX, knows no letters but Latin ones.
_LINES = (
    r"""\ifXeTeX\IfFileExists{ulem.sty}{\usepackage[normalem]{ulem}\AtBeginDocument{\let\ul\uline\let\st\sout}}{}\fi"""
)


def preamble(ast: Mapping[str, Any]) -> str:
    """The commands for the pandoc document AST."""
    characters = set(msgspec.json.encode(ast).decode())
    return "\n".join(filter(None, (_BREAKING, font_setup(characters))))


def font_setup(characters: Iterable[str]) -> str:
    """The commands for fonts with these CHARACTERS; nothing where the fonts that LaTeX begins with have them all."""
    beyond = {character for character in characters if ord(character) >= _LATIN_END and character not in _LATIN}
    east_asian = {character for character in beyond if _is_in(character, _EAST_ASIAN_BLOCKS)}
    letters = {character for character in beyond if _is_in(character, _LETTERS)}
    signs = sorted(c for c in beyond - east_asian - letters if c.isprintable() or c in _UNSEEN)
    if not (letters or signs or east_asian):
        return ""
    lines = [r"\ifPDFTeX\else"]
    if letters:
        lines.append(_first_there(_TEXT, "the letters of these notes"))
    lines.append(_first_there(_CODE))
    if east_asian:
        lines.append(_for_east_asian())
    if signs:  # last: the packages above must not meet a sign that is a command
        lines += [*_signs(signs)]
    return "\n".join([*lines, _LINES, r"\fi"])


def _is_in(character: str, blocks: Iterable[range]) -> bool:
    return any(ord(character) in block for block in blocks)


def _first_there(families: Sequence[_Family], missed: str = "") -> str:
    """The commands for the first of FAMILIES that there is; a warning where it is MISSED."""
    command = rf"\PackageWarningNoLine{{orgkb}}{{No font found for {missed}}}" if missed else r"\relax"
    for family in reversed(families):
        command = f"\\IfFontExistsTF{{{family.name}}}{{{family.setup}}}{{%\n{command}}}"
    return command


def _signs(signs: Sequence[str]) -> Iterable[str]:
    r"""Each sign in the font of its place where that has it, else in one that has many.

    Marks that stand above a letter are letters: a command between would part them.
    """
    yield r"\usepackage{newunicodechar}"
    yield r"\let\orgkbsigns\relax"
    yield _first_there(_SIGNS)
    yield _SIGN
    yield r"\AtBeginDocument{"  # after the package unicode-math, which asks for the same signs
    for sign in signs:
        if not unicodedata.combining(sign):
            yield rf"\newunicodechar{{{sign}}}{{}}" if sign in _UNSEEN else rf"\orgkbsign{{{sign}}}{{{ord(sign)}}}"
    yield "}"


def _for_east_asian() -> str:
    """Chinese, Japanese and Korean break lines between any two signs, which a package of each engine does."""

    def chosen(command: str) -> str:
        families = [_Family(name, rf"\{command}{{{name}}}") for name in _EAST_ASIAN]
        return _first_there(families, "Chinese, Japanese and Korean")

    def package(name: str, font: str) -> str:
        lacking = rf"\PackageWarningNoLine{{orgkb}}{{These notes need the package {name}}}"
        return f"\\IfFileExists{{{name}.sty}}{{%\n\\usepackage{{{name}}}\n{chosen(font)}}}{{{lacking}}}"

    xetex, luatex = package("xeCJK", "setCJKmainfont") + _CIRCUMFLEX, package("luatexja-fontspec", "setmainjfont")
    return f"\\ifXeTeX\n{xetex}\n\\else\n{luatex}\n\\fi"
