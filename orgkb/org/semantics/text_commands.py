r"""LaTeX in running text that says how it looks: `\textbf{so}` is bold everywhere, `\newpage` alone on a line is nothing.

Formulas would set the words of the first as variables, without their spaces; the second is for paper that LaTeX makes.
"""

from __future__ import annotations

import msgspec

from orgkb.org import nodes as n
from orgkb.patterns import pattern

_MARKUP: dict[str, type[n.Bold | n.Italic | n.Underline]] = {
    "textbf": n.Bold,
    "alert": n.Bold,
    "emph": n.Italic,
    "textit": n.Italic,
    "textsl": n.Italic,
    "underline": n.Underline,
}
_PLAIN = frozenset({"text", "textrm", "textsf", "textsc", "textnormal", "mbox", "textup", "textmd"})
_LOGOS = {"LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "TeX": "TeX"}
_COMMAND = pattern(r"\\([A-Za-z]+)(?:\{([^{}\\$]*)\})?")

_LAYOUT = (
    r"\\(?:newpage|clearpage|cleardoublepage|pagebreak|nopagebreak|linebreak|newline|maketitle|tableofcontents|listof\w+"
    r"|appendix|pause|noindent|indent|bigskip|medskip|smallskip|[hv]fill|centering|raggedright|raggedleft|par"
    r"|(?:front|main|back)matter|printbibliography|printindex|sloppy|doublespac\w+|singlespac\w+|onehalfspac\w+"
    r"|(?:v|h)space\*?(?=\{)|setlength(?=\{)|addtolength(?=\{)|setcounter(?=\{)|addtocounter(?=\{)|(?:this)?pagestyle(?=\{)"
    r"|pagenumbering(?=\{)|bibliography(?:style)?(?=\{)|vskip|hskip"
    r"|tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)"
    r"(?![A-Za-z])(?:\[[^\[\]\n]*\]|\{[^{}\n]*\})*|\\(?:begin|end)\{(?:multicols|center|minipage|landscape|columns?|flushleft"
    r"|flushright|frame|spacing|small|footnotesize)\*?\}(?:\[[^\[\]\n]*\]|\{[^{}\n]*\})*"
)
_LAYOUT_ONLY = pattern(rf"(?:\s*(?:{_LAYOUT}))+\s*")
_AT_BEGIN = pattern(r"\\(?:noindent|indent|centering|pause)(?![A-Za-z])\s*")


def is_layout(tex: str) -> bool:
    """Whether TEX has commands for paper only, and no words."""
    return "\\" in tex[:200] and _LAYOUT_ONLY.fullmatch(tex) is not None


def without_layout(objects: tuple[n.Object, ...]) -> tuple[n.Object, ...]:
    r"""OBJECTS of a paragraph without `\noindent` and the like before its words."""
    first = objects[0] if objects else None
    if not isinstance(first, n.Text) or not first.value.startswith("\\"):
        return objects
    match = _AT_BEGIN.match(first.value)
    if match is None:
        return objects
    rest = n.Text(first.begin + match.end(), first.end, first.value[match.end() :])
    after = objects[1:]
    if not rest.value and after and isinstance(after[0], n.Text):
        after = (msgspec.structs.replace(after[0], value=after[0].value.lstrip()), *after[1:])
    return (rest, *after) if rest.value else after


def as_org(node: n.LatexFragment) -> n.Object | None:
    """What NODE is in Org, where it is a command for the look of words."""
    match = _COMMAND.fullmatch(node.value)
    if match is None:
        return None
    name, words = match[1], match[2]
    if words is None or not words.strip():
        return n.Text(node.begin, node.end, _LOGOS[name]) if name in _LOGOS and not words else None
    begin = node.begin + match.start(2)
    inner = n.Text(begin, begin + len(words), words)
    if name in _MARKUP:
        return _MARKUP[name](node.begin, node.end, (inner,))
    if name in _PLAIN:
        return inner
    if name == "texttt":
        return n.Code(node.begin, node.end, words)
    return n.FootnoteReference(node.begin, node.end, None, (inner,)) if name == "footnote" else None
