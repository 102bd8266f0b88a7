"""LaTeX in notes: which part of it is a formula."""

from __future__ import annotations

import re

from orgkb.org.entities import ENTITIES
from orgkb.patterns import pattern

Formula = tuple[bool, str]
"""(whether it is displayed, TeX without delimiters)."""

_DELIMITERS = ((r"\(", r"\)", False), (r"\[", r"\]", True), ("$$", "$$", True), ("$", "$", False))
_ENVIRONMENT = pattern(
    r"\\begin\{(equation|align|alignat|gather|multline|eqnarray|displaymath|math|flalign|split"
    r"|array|[dr]?cases|[pbBvV]?matrix|aligned|gathered)(\*?)\}"
)
_UNWRAPPED = frozenset({"equation", "displaymath", "math", "split"})
_WRAPPER = pattern(r"^\\begin\{\w+\*?\}|\\end\{\w+\*?\}$")


# Commands that read or write files, run programs, or make other commands of letters, by which all the rest could
# be spelled; and definitions, which a formula of notes needs none of once it stands among others.
_ACTING = pattern(
    r"\\(?:@+\w*|begin\s*\{\s*(?:filecontents|verbatimwrite|tikz|lua|py|minted|lstlisting|VerbatimOut)"
    r"|(?:input|include\w*|import|subimport|InputIfFileExists|IfFileExists|verbatiminput|lstinputlisting|inputminted"
    r"|open(?:in|out)|close(?:in|out)|read|readline|write\w*|immediate|special|ShellEscape|directlua|latelua|luaexec"
    r"|luadirect|pdf[a-z]+|XeTeX\w*|csname|scantokens|catcode|lccode|uccode|lowercase|uppercase|makeatletter"
    r"|expandafter|futurelet|let|def|gdef|edef|xdef|newcommand|renewcommand|providecommand|DeclareMathOperator"
    r"|newenvironment|renewenvironment|loop|usepackage|RequirePackage|documentclass|bibliography|addbibresource"
    r"|every\w+|output|endinput|end\s*\{\s*document|href|url|hyperref|includegraphics|includepdf|jobname|meaning"
    r"|string|number|the|batchmode|scrollmode|errhelp|show\w*)(?![A-Za-z]))|\^\^"
)


def acts(tex: str) -> bool:
    """Whether TEX could do more than set a formula where LaTeX reads it; then its source is shown."""
    return _ACTING.search(tex) is not None


def fragment_formula(value: str) -> Formula:
    r"""The formula of a LaTeX fragment as written; a macro such as `\frac{1}{2}` is one of its own."""
    for opening, closing, display in _DELIMITERS:
        if len(value) > len(opening) + len(closing) and value.startswith(opening) and value.endswith(closing):
            return display, value[len(opening) : len(value) - len(closing)].strip()
    return False, value


def environment_formula(value: str) -> Formula | None:
    """The formula of a LaTeX environment; None for one that is no mathematics, such as `tabular`."""
    tex = value.strip()
    match = _ENVIRONMENT.match(tex)
    if match is None:
        return None
    return True, _WRAPPER.sub("", tex).strip() if match[1] in _UNWRAPPED else tex


_FRACTION = pattern(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_RAISED = pattern(r"([\^_])\{([^{}]*)\}")
_SPACE = pattern(r"\\[,;:! ]|\\q?quad(?![A-Za-z])|~")
_NAME = pattern(r"\\([A-Za-z]+) ?")
_PLAIN = frozenset(
    {"left", "right", "text", "textbf", "mathrm", "mathbf", "mathbb", "mathcal", "mathit", "operatorname", "big", "Big"}
)
"""Commands that only say how something looks."""
_FUNCTIONS = frozenset(
    {"sin", "cos", "tan", "log", "ln", "exp", "min", "max", "lim", "arg", "det", "dim", "gcd", "Pr", "mod"}
)


def in_line(value: str) -> str:
    r"""The LaTeX fragment VALUE as text of one line, for where no formula can be set: `\(n \le 3\)` → n ≤ 3.

    As written where that does not do.
    """
    tex = " ".join(fragment_formula(value)[1].split())
    text = _FRACTION.sub(lambda match: f"{_grouped(match[1])}/{_grouped(match[2])}", tex)
    text = _RAISED.sub(lambda match: match[1] + _grouped(match[2]), text)
    text = _NAME.sub(_sign, _SPACE.sub(" ", text)).replace("{", "").replace("}", "")
    return value if "\\" in text or "&" in text else " ".join(text.split())


def _grouped(part: str) -> str:
    """PART as it stands beside a stroke or behind a hook."""
    return part if len(part) < 2 or part.isalnum() else f"({part})"


def _sign(match: re.Match[str]) -> str:
    name = match[1]
    if name in _PLAIN:
        return ""
    if name in _FUNCTIONS:
        return f"{name} "
    sign = ENTITIES.get(name)
    return match[0] if sign is None else f"{sign} " if match[0].endswith(" ") else sign
