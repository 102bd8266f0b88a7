r"""Org's LaTeX as MathJax text: `\( \)` and `\[ \]` only, as Anki's MathJax is set up (no `$`, no bare environments)."""

from __future__ import annotations

import re

from orgkb.patterns import pattern
from orgkb_exporters.tex_forms import for_mathjax

DISPLAY_ENVIRONMENTS = {
    "align": "aligned",
    "alignat": "alignedat",
    "aligned": "aligned",
    "displaymath": "",
    "eqnarray": "aligned",
    "equation": "",
    "flalign": "aligned",
    "gather": "gathered",
    "gathered": "gathered",
    "math": "",
    "multline": "gathered",
}
"""Environments that stand on their own in LaTeX → the one to use inside a display; empty for none."""
INNER_ENVIRONMENTS = frozenset(
    [
        "array",
        "bmatrix",
        "Bmatrix",
        "cases",
        "CD",
        "dcases",
        "matrix",
        "pmatrix",
        "smallmatrix",
        "split",
        "subarray",
        "vmatrix",
        "Vmatrix",
    ]
)
"""Environments that MathJax knows and that may stand in a display as they are."""

# What reaches out of the formula: links, classes and ids of the page, packages, raw HTML, MathJax's own state.
_REACHING_OUT = pattern(
    r"\\(?:href|url|class|cssId|style|data|require|html[A-Za-z]*|includegraphics|csname|input|include|write|unicode"
    r"|bbox|mmlToken|catcode|toggle|texttip|mathtip)(?![A-Za-z])"
)
_TOKEN = pattern(r"\\.|[^\\]+|\\\Z", re.DOTALL)
_ENVIRONMENT = pattern(r"\\begin\{([A-Za-z]+)(\*?)\}(.*)\\end\{\1\2\}\s*\Z", re.DOTALL)
MAX_FORMULA = 5_000
"""Longer formulas, in characters, are shown as their source."""


def reaches_out(tex: str) -> bool:
    """Whether TEX does more than show a formula where MathJax reads it."""
    return _REACHING_OUT.search(tex) is not None


def inline(source: str) -> str | None:
    r"""A LaTeX fragment (`$x$`, `$$x$$`, `\(x\)`, `\[x\]` or a macro) as MathJax text, or None where it must stay text.

    The result is plain text, still to be escaped for HTML.
    """
    text = source.strip()
    for opening, closing, display in (
        ("$$", "$$", True),
        (r"\(", r"\)", False),
        (r"\[", r"\]", True),
        ("$", "$", False),
    ):
        if text.startswith(opening) and text.endswith(closing) and len(text) > len(opening) + len(closing):
            return _delimited(text[len(opening) : -len(closing)], display=display)
    return _delimited(text, display=False) if text.startswith("\\") else None


def environment(source: str) -> str | None:
    r"""A LaTeX environment as MathJax text in `\[ \]`, or None where MathJax cannot show it."""
    found = _ENVIRONMENT.match(source.strip())
    if found is None:
        return None
    name, star, body = found.groups()
    if name in INNER_ENVIRONMENTS:
        return _delimited(f"\\begin{{{name}{star}}}{body}\\end{{{name}{star}}}", display=True)
    inner = DISPLAY_ENVIRONMENTS.get(name)
    if inner is None:
        return None
    body = body.strip()
    return _delimited(f"\\begin{{{inner}}}{body}\\end{{{inner}}}" if inner else body, display=True)


def _delimited(body: str, *, display: bool) -> str | None:
    body = body.strip()
    if not body or len(body) > MAX_FORMULA or reaches_out(body):
        return None
    if any(token in {r"\(", r"\)", r"\[", r"\]"} for token in _TOKEN.findall(body)):
        return None  # would end the formula early
    body = for_mathjax(body)
    return f"\\[{body}\\]" if display else f"\\({body}\\)"
