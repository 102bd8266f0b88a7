r"""Old and private forms of TeX, written as pandoc reads them: `{\bf x}`, `a \over b`, `\argmax`, `\R`."""

from __future__ import annotations

from orgkb.patterns import pattern
from orgkb_exporters.tex_arguments import plain, written_out

_SWITCHES = {
    "cal": "mathcal",
    "bf": "mathbf",
    "rm": "mathrm",
    "it": "mathit",
    "sf": "mathsf",
    "tt": "mathtt",
    "frak": "mathfrak",
    "scr": "mathscr",
    "Bbb": "mathbb",
    "boldmath": "boldsymbol",
}
"""Switches that hold to the end of their group → the command that takes the rest of it."""
_OPERATORS = (
    *("tr", "Tr", "rank", "rk", "diag", "sgn", "sign", "Var", "Cov", "Corr", "Prob", "supp", "conv", "im"),
    *("coker", "Ker", "Hom", "Aut", "End", "Gal", "Ext", "Tor", "Spec", "GL", "SL", "SO", "SU", "lcm", "ord", "vol"),
    *("grad", "curl", "rot", "id", "cl", "dist", "diam", "softmax", "ReLU", "MSE", "Bias"),
)
"""Names of functions that everybody's preamble makes."""
_OTHER_NAMES = {
    "hbox": r"\text",
    "degree": r"{}^\circ",
    "empty": r"\emptyset",
    "argmax": r"\operatorname*{argmax}",
    "argmin": r"\operatorname*{argmin}",
    "esssup": r"\operatorname*{ess\,sup}",
    "injlim": r"\operatorname*{inj\,lim}",
    "projlim": r"\operatorname*{proj\,lim}",
    "varlimsup": r"\overline{\lim}",
    "varliminf": r"\underline{\lim}",
    "dbinom": r"\binom",
    "tbinom": r"\binom",
    "cfrac": r"\frac",
    "vv": r"\vec",
    "mathbbm": r"\mathbb",
    "symcal": r"\mathcal",
    "thicksim": r"\sim",
    "thickapprox": r"\approx",
    "vcentcolon": ":",
    "bigm": r"\big",
    "Bigm": r"\Big",
    "biggm": r"\bigg",
    "thinspace": r"\,",
    "medspace": r"\:",
    "thickspace": r"\;",
    "negthinspace": r"\!",
    "negmedspace": r"\!",
    "negthickspace": r"\!",
    "qed": r"\square",
    "surd": "√",
    "copyright": "©",
    "LaTeX": r"\text{LaTeX}",
    "LaTeXe": r"\text{LaTeX2e}",
    "TeX": r"\text{TeX}",
    "indep": r"\perp",
    "S": "§",
    "overarc": r"\overline",
    "wideparen": r"\overline",
    **dict.fromkeys(("boxed", "qty", "nonumber", "notag", "displaystyle", "textstyle", "hfill", "hline", "strut"), ""),
    **dict.fromkeys(("relax", "protect", "par", "allowbreak", "displaybreak", "centering"), ""),
    **dict.fromkeys(("tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE"), ""),
    **{letter: rf"\mathbb{{{letter}}}" for letter in "RNZQCFEP"},
    **{name: rf"\operatorname{{{name}}}" for name in _OPERATORS},
}
"""Commands that pandoc does not know → what they are short for; of these, letters are what preambles often make of them."""
_SWITCH = pattern(r"\\(" + "|".join(_SWITCHES) + r")(?![A-Za-z])\s*")
_OTHER = pattern(r"\\(" + "|".join(_OTHER_NAMES) + r")(?![A-Za-z])")
_LABEL = pattern(r"\\label\s*\{[^{}]*\}")
_COMMENT = pattern(r"[ \t]*(?<!\\)%[^\n]*")
_NO_DELIMITER = pattern(r"\\[bB]igg?[lrm]?\s*\.")
_OVER = pattern(r"\\(over|choose|atop)(?![A-Za-z])")
_FRACTIONS = {"over": "frac", "choose": "binom", "atop": "substack"}
_COMMAND = pattern(r"\\([A-Za-z]{2,})(?![A-Za-z])(?!\s*\*)")


_FRAME = frozenset({"begin", "end", "left", "middle", "right", "limits", "nolimits", "not", "hline"})
"""Commands that mean something only with what stands around them."""


def modern(tex: str) -> str:
    """TEX with old forms in the new way; the same where it has none."""
    if "\\" not in tex and "%" not in tex:
        return tex
    tex = plain(_LABEL.sub("", _COMMENT.sub("", tex)))
    tex = _OTHER.sub(lambda match: _OTHER_NAMES[match[1]], _NO_DELIMITER.sub("", tex))
    while match := _SWITCH.search(tex):
        end = _group_end(tex, match.end())
        tex = f"{tex[: match.start()]}\\{_SWITCHES[match[1]]}{{{tex[match.end() : end]}}}{tex[end:]}"
    while match := _OVER.search(tex):
        begin, end = _group_begin(tex, match.start()), _group_end(tex, match.end())
        above, below = tex[begin : match.start()].strip(), tex[match.end() : end].strip()
        both = rf"{{{above} \\ {below}}}" if match[1] == "atop" else f"{{{above}}}{{{below}}}"
        tex = f"{tex[:begin]}\\{_FRACTIONS[match[1]]}{both}{tex[end:]}"
    return tex


_NOT_IN_MATHJAX = frozenset({*_OPERATORS, *"RNZQFE", "argmax", "argmin", "esssup", "vv", "mathbbm", "indep"})
_FORMS_NOT_IN_MATHJAX = frozenset({"abs", "norm", "ceil", "floor", "dd", "dv", "odv", "pdv", "fdv", "expval", "mel"})


def for_mathjax(tex: str) -> str:
    """TEX with what preambles and packages define, which MathJax would show in red, written with what it knows."""
    if "\\" not in tex:
        return tex
    tex = written_out(tex, _FORMS_NOT_IN_MATHJAX)
    return _OTHER.sub(lambda match: _OTHER_NAMES[match[1]] if match[1] in _NOT_IN_MATHJAX else match[0], tex)


def commands(tex: str) -> list[str]:
    """The names of the commands in TEX, each once."""
    return list(dict.fromkeys(match[1] for match in _COMMAND.finditer(tex) if match[1] not in _FRAME))


def spelt_out(tex: str, unknown: frozenset[str]) -> str:
    """TEX with its UNKNOWN commands, which the notes' own preamble makes, as names of functions: what they mostly are."""
    return _COMMAND.sub(lambda match: rf"\operatorname{{{match[1]}}}" if match[1] in unknown else match[0], tex)


def _group_end(tex: str, start: int) -> int:
    """Where the group ends that holds what follows START."""
    depth = 0
    for match in _BRACE.finditer(tex, start):
        depth += 1 if match[0] == "{" else -1 if match[0] == "}" else 0
        if depth < 0:
            return match.start()
    return len(tex)


def _group_begin(tex: str, stop: int) -> int:
    """Where the group begins that holds what stands before STOP."""
    opened: list[int] = [0]
    for match in _BRACE.finditer(tex, 0, stop):
        if match[0] == "{":
            opened.append(match.end())
        elif match[0] == "}" and len(opened) > 1:
            opened.pop()
    return opened[-1]


_BRACE = pattern(r"\\[{}\\]|[{}]")
"""Braces, and what looks like one and is none."""
