r"""Commands of packages and of people's preambles, written as pandoc reads them: `\pdv{f}{x}`, `\ket{a}`, `\ce{H2O}`."""

from __future__ import annotations

import re

from orgkb.patterns import pattern

_FORMS: dict[str, tuple[int, str]] = {
    # what only takes room, or only says how something looks
    **dict.fromkeys(("phantom", "hphantom", "vphantom", "vspace", "require", "hskip"), (1, "{}")),
    "definecolor": (3, ""),
    **dict.fromkeys(("smash", "llap", "rlap", "clap", "mathllap", "mathrlap", "mathclap"), (1, "{#1}")),
    **dict.fromkeys(("mathinner", "vcenter", "bbox", "mathnormal", "mathstrut"), (1, "{#1}")),
    **dict.fromkeys(("textcolor", "colorbox", "raisebox", "class", "cssId", "style", "scalebox"), (2, "{#2}")),
    "fcolorbox": (3, "{#3}"),
    **dict.fromkeys(("fbox", "vbox", "emph", "textsc", "textnormal", "textup", "textsl"), (1, r"\text{#1}")),
    **dict.fromkeys(("intertext", "shortintertext"), (1, r"\text{#1}\\")),
    "hdotsfor": (1, r"\dots"),
    # amsmath, mathtools, cancel
    "tag": (1, r"\qquad\text{(#1)}"),
    "eqref": (1, r"\text{(#1)}"),
    "ref": (1, r"\text{#1}"),
    **dict.fromkeys(("cref", "Cref", "autoref", "pageref", "url", "alert", "unit"), (1, r"\text{#1}")),
    **dict.fromkeys(("cite", "citep", "citet", "parencite", "textcite", "autocite", "footcite"), (1, r"\text{[#1]}")),
    "footnote": (1, r"\text{ (#1)}"),
    "href": (2, r"\text{#2}"),
    **dict.fromkeys(("bcancel", "xcancel"), (1, r"\cancel{#1}")),
    "cancelto": (2, r"\cancel{#2}^{#1}"),
    "prescript": (3, r"{}^{#1}_{#2}{#3}"),
    "overunderset": (3, r"\overset{#1}{\underset{#2}{#3}}"),
    "accentset": (2, r"\overset{#1}{#2}"),
    "stackon": (2, r"\overset{#2}{#1}"),
    "underaccent": (2, r"\underset{#1}{#2}"),
    "mathchoice": (4, "{#1}"),
    "xRightarrow": (1, r"\xrightarrow[#0]{#1}"),
    "xLeftarrow": (1, r"\xleftarrow[#0]{#1}"),
    **dict.fromkeys(("xhookrightarrow", "xmapsto", "xlongrightarrow"), (1, r"\xrightarrow[#0]{#1}")),
    **dict.fromkeys(("xhookleftarrow", "xlongleftarrow"), (1, r"\xleftarrow[#0]{#1}")),
    "xlongequal": (1, r"\overset{#1}{=}"),
    # physics, braket, and what preambles call after them
    "abs": (1, r"\left|#1\right|"),
    "norm": (1, r"\left\lVert #1\right\rVert"),
    "set": (1, r"\left\{#1\right\}"),
    "Set": (1, r"\left\{#1\right\}"),
    "ceil": (1, r"\left\lceil #1\right\rceil"),
    "floor": (1, r"\left\lfloor #1\right\rfloor"),
    "dd": (1, r"\mathrm{d}{#1}"),
    "bra": (1, r"\langle{#1}|"),
    "Bra": (1, r"\left\langle{#1}\right|"),
    "ket": (1, r"|{#1}\rangle"),
    "Ket": (1, r"\left|{#1}\right\rangle"),
    "braket": (1, r"\langle{#1}\rangle"),
    "Braket": (1, r"\left\langle{#1}\right\rangle"),
    "ketbra": (2, r"|{#1}\rangle\langle{#2}|"),
    "expval": (1, r"\langle{#1}\rangle"),
    "mel": (3, r"\langle{#1}|{#2}|{#3}\rangle"),
}
"""Commands with their arguments → what is set of them; `#0` is what they have in brackets."""
_DERIVATIVES = {"dv": r"\mathrm{d}", "odv": r"\mathrm{d}", "pdv": r"\partial", "fdv": r"\delta"}
_NAME = pattern(
    r"\\(" + "|".join(sorted([*_FORMS, *_DERIVATIVES, "ce", "genfrac"], key=len, reverse=True)) + r")(?![A-Za-z])\*?"
)
_HOLE = pattern(r"#(\d)")
_LENGTH = pattern(r"\\(?:hspace|mspace|mkern|kern|hskip)(?![A-Za-z])\*?\s*\{?\s*(-?\d*\.?\d+)\s*([a-z]{2})\s*\}?")
_UNITS = {"em": 1.0, "ex": 0.5, "mu": 1 / 18, "pt": 0.1, "mm": 0.28, "cm": 2.8, "in": 7.0}
_OPTION = pattern(r"\s*\[([^\[\]]*)\]")
_TOKEN = pattern(r"\s*(\\[A-Za-z]+|\\.|[^\s\\{}&])", re.DOTALL)
_BRACE = pattern(r"\\.|[{}]", re.DOTALL)


def plain(tex: str) -> str:
    """TEX with the commands that pandoc does not know, written with those it knows."""
    return written_out(_LENGTH.sub(_space, tex))


def written_out(tex: str, names: frozenset[str] = frozenset()) -> str:
    """TEX with the commands NAMES, or all that there are, written with others."""
    start = 0
    while match := _NAME.search(tex, start):
        name = match[1]
        if names and name not in names:
            start = match.end()
            continue
        option = _OPTION.match(tex, match.end())
        behind = option.end() if option else match.end()
        found = _arguments(tex, behind, _wanted(name))
        if found is None:
            start = match.end()
            continue
        arguments, end = found
        new = _written(name, option[1] if option else "", arguments)
        # Else a name would run into the letter behind it.
        gap = " " if new[-1:].isalpha() and tex[end : end + 1].isalpha() else ""
        tex = f"{tex[: match.start()]}{new}{gap}{tex[end:]}"
        start = match.start()
    return tex


def _space(match: re.Match[str]) -> str:
    """The nearest of the spaces that have names."""
    size = float(match[1]) * _UNITS.get(match[2], 0.1)
    return r"\!" if size < 0 else r"\," if size < 0.6 else r"\quad " if size < 1.6 else r"\qquad "


def _wanted(name: str) -> tuple[int, int]:
    """How many arguments a command must have, and may."""
    if name in _DERIVATIVES:
        return 1, 2
    count = {"ce": 1, "genfrac": 6}.get(name) or _FORMS[name][0]
    return count, count


def _written(name: str, option: str, arguments: list[str]) -> str:
    if name == "ce":
        return chemistry(arguments[0])
    if name == "genfrac":
        left, right, bar, _, above, below = arguments
        if (left, right) == ("(", ")") and bar:
            return rf"\binom{{{above}}}{{{below}}}"
        both = rf"\substack{{{above} \\ {below}}}" if bar else rf"\frac{{{above}}}{{{below}}}"
        return rf"\left{left or '.'}{both}\right{right or '.'}" if left or right else both
    if name in _DERIVATIVES:
        sign, power = _DERIVATIVES[name], f"^{{{option}}}" if option else ""
        of = arguments[0] if len(arguments) > 1 else ""
        return rf"\frac{{{sign}{power} {of}}}{{{sign} {arguments[-1]}{power}}}"
    given = [option, *arguments]
    return _HOLE.sub(lambda match: given[int(match[1])], _FORMS[name][1])


def _arguments(tex: str, start: int, wanted: tuple[int, int]) -> tuple[list[str], int] | None:
    """The arguments that stand at START in TEX, without their braces, and where they end."""
    least, most = wanted
    found: list[str] = []
    while len(found) < most:
        group = _group(tex, start)
        if group is None and len(found) < least:
            token = _TOKEN.match(tex, start)
            group = None if token is None else (token[1], token.end())
        if group is None:
            break
        found.append(group[0])
        start = group[1]
    return (found, start) if len(found) >= least else None


def _group(tex: str, start: int) -> tuple[str, int] | None:
    """What stands in braces at START, and where it ends."""
    while start < len(tex) and tex[start].isspace():
        start += 1
    if tex[start : start + 1] != "{":
        return None
    depth = 0
    for match in _BRACE.finditer(tex, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return tex[start + 1 : match.start()], match.end()
    return None


_ARROWS = {
    "->": r"\rightarrow",
    "<-": r"\leftarrow",
    "<->": r"\leftrightarrow",
    "<=>": r"\rightleftharpoons",
    "<=>>": r"\rightleftharpoons",
    "<<=>": r"\rightleftharpoons",
    "=": "=",
    "+": "+",
    "v": r"\downarrow",
    "^": r"\uparrow",
}
_ABOVE = pattern(r"(<?<?[=-]>>?|<-)\[([^\[\]]*)\](?:\[([^\[\]]*)\])?")
_CHARGE = pattern(r"\^(?:\{([^{}]*)\}|(\d*[+-]|\d+))")
_TRAILING = pattern(r"(?<=[A-Za-z)\]}\d])([+-])$")
_COUNT = pattern(r"(?<=[A-Za-z)\]])_?\{?(\d+)\}?")
_COEFFICIENT = pattern(r"^(\d+(?:/\d+)?)(?=[A-Z(\[])")


def chemistry(formula: str) -> str:
    r"""What stands in mhchem's `\ce{…}` as a formula: numbers behind an element are its count."""
    return " ".join(filter(None, (_substance(word) for word in formula.split())))


def _substance(word: str) -> str:
    if word in _ARROWS:
        return _ARROWS[word]
    if over := _ABOVE.fullmatch(word):
        below = f"[{chemistry(over[3])}]" if over[3] else ""
        return rf"\xrightarrow{below}{{{chemistry(over[2])}}}"
    charges: list[str] = []

    def kept(match: re.Match[str]) -> str:
        charges.append(next(filter(None, match.groups()), ""))
        return f"\0{chr(0xE000 + len(charges) - 1)}"

    coefficient = _COEFFICIENT.match(word)
    text = word[coefficient.end() :] if coefficient else word
    text = _TRAILING.sub(kept, _CHARGE.sub(kept, text)) if len(charges) < 100 else text
    text = _COUNT.sub(lambda match: f"_{{{match[1]}}}", text)
    for index, charge in enumerate(charges):
        text = text.replace(f"\0{chr(0xE000 + index)}", f"^{{{charge}}}")
    return rf"{coefficient[1]}\,\mathrm{{{text}}}" if coefficient else rf"\mathrm{{{text}}}"
