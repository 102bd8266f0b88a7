"""LaTeX in notes: which part of it is a formula."""

from __future__ import annotations

import re

Formula = tuple[bool, str]
"""(whether it is displayed, TeX without delimiters)."""

_DELIMITERS = ((r"\(", r"\)", False), (r"\[", r"\]", True), ("$$", "$$", True), ("$", "$", False))
_ENVIRONMENT = re.compile(
    r"\\begin\{(equation|align|alignat|gather|multline|eqnarray|displaymath|math|flalign|split)(\*?)\}"
)
_UNWRAPPED = frozenset({"equation", "displaymath", "math", "split"})
_WRAPPER = re.compile(r"^\\begin\{\w+\*?\}|\\end\{\w+\*?\}$")


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
