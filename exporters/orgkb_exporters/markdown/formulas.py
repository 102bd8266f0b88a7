r"""TeX in Markdown: `$…$` where Markdown leaves it alone, GitHub's safe forms where it would change it."""

from __future__ import annotations

import re

from orgkb.patterns import pattern
from orgkb_exporters import mathjax
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.fences import fenced
from orgkb_exporters.markdown.flavours import Flavour
from orgkb_exporters.markdown.pieces import Literal, Piece, Place, Raw, clean, code_span

_DELIMITERS = (("\\(", "\\)", False), ("\\[", "\\]", True), ("$$", "$$", True), ("$", "$", False))
_ENVIRONMENT = pattern(r"\s*\\begin\{([A-Za-z]+)\*?\}")
_MATH_ENVIRONMENT = pattern(
    r"(?:x?x?align(?:at|ed)?|flalign|gather(?:ed)?|multline|eqnarray|d?math|displaymath|equation|subequations|split|CD"
    r"|array|d?cases|(?:[bBpvV]|small)?matrix)\Z"
)
_TAG = pattern(r"<(?=[A-Za-z/!?])")
_LINK = pattern(r"\](?=[(\[])")
_BAR = pattern(r"\\\\|\\\||\|")


def formula(value: str) -> tuple[str, bool] | None:
    r"""(TeX, whether it is displayed) of a fragment; None for a bare macro such as `\frac{1}{2}`."""
    for opening, closing, display in _DELIMITERS:
        if value.startswith(opening) and value.endswith(closing) and len(value) > len(opening) + len(closing):
            return value[len(opening) : -len(closing)].strip(), display
    return None


def inline_math(value: str, place: Place, flavour: Flavour, *, in_link: bool = False) -> tuple[Piece, ...]:
    """A fragment inside a line of text."""
    found = formula(value)
    if found is None or not found[0]:
        return (Literal(value, in_link),)
    if not flavour.math or mathjax.reaches_out(found[0]):
        return code_span(found[0], place)
    tex, display = " ".join(clean(found[0]).split()), found[1]
    tex = _inert(tex) if flavour.math_verbatim else tex
    if place is Place.CELL:
        tex = _BAR.sub(lambda m: {"|": "\\vert ", "\\|": "\\Vert "}.get(m.group(), m.group()), tex)
    dollars = "$$" if display else "$"
    if _survives(tex, Place.LINE, flavour):
        return (Raw(f"{dollars}{tex}{dollars}", value),)
    if flavour.math_backticks and not re.search(r"[`$]", tex):
        return (Raw(f"$`{tex}`$", value),)
    return code_span(value, place, flavour.dialect.code_as_html)


def math_block(tex: str, flavour: Flavour) -> list[str]:
    """A displayed formula as lines of its own."""
    lines = [line.strip() for line in clean(tex).strip().split("\n")]
    body = "\n".join(line for line in lines if line)
    if mathjax.reaches_out(body):
        return fenced(body, "latex")
    body = _inert(body) if flavour.math_verbatim else body
    if flavour.math and _survives(body, Place.BLOCK, flavour):
        return ["$$", *body.split("\n"), "$$"]
    return fenced(body, flavour.math_fence or "latex")


def environment(value: str, flavour: Flavour) -> list[str]:
    """A LaTeX environment: math as math, others as LaTeX source."""
    match = _ENVIRONMENT.match(value)
    if match and _MATH_ENVIRONMENT.match(match.group(1)):
        return math_block(value, flavour)
    return fenced(value, "latex")


def _inert(tex: str) -> str:
    """TEX without what Markdown takes for HTML or a link where a reader knows no math; it shows the same."""
    return _LINK.sub("] ", _TAG.sub(r"\\lt ", tex))


def _survives(tex: str, place: Place, flavour: Flavour) -> bool:
    """Whether a reader that knows no math, or reads Markdown before it, leaves TEX as it is."""
    if "$" in tex:
        return False
    return flavour.math_verbatim or assemble((Literal(tex),), place, flavour.dialect) == tex
