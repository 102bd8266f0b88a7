r"""Definitions, theorems and their like that notes write as LaTeX environments are read as text.

Org takes `\begin{definition}[Overfitting] … \end{definition}` for LaTeX and its words for nobody's.  Here it becomes what
LaTeX prints: a paragraph that begins with a bold `Definition (Overfitting).`; formulas and lists inside stay LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.objects.parser import parse_string
from orgkb.org.walk import unless_same, with_elements
from orgkb.patterns import pattern

_NAMES = (
    "definition|defn|defi|dfn|theorem|thm|lemma|lem|proposition|prop|corollary|cor|axiom|claim|conjecture|remark|rem|example|exmp"
    "|fact|law|principle|postulate|definición|teorema|lema|théorème|définition|satz|korollar"
)
"""Environments that hold a statement in words."""
_SHORT = {
    "defn": "definition", "defi": "definition", "dfn": "definition", "thm": "theorem", "lem": "lemma", "prop": "proposition",
    "cor": "corollary", "rem": "remark", "exmp": "example",
}  # fmt: skip
_BEGIN = pattern(
    rf"[ \t]*\\begin\{{(?P<name>{_NAMES})\*?\}}[ \t]*(?:\[(?P<option>[^\]\n]{{1,80}})\]|\{{(?P<brace>[^{{}}\n]{{1,80}})\}})?[ \t]*",
    re.IGNORECASE,
)
_LABEL = pattern(r"[ \t]*\\label\{[^{}\n]*\}")
_INNER = pattern(
    r"[ \t]*\\begin\{(?P<name>itemize|enumerate|description|align[*]?|equation[*]?|gather[*]?|multline[*]?|cases|array|[pb]?matrix"
    r"|tabular|center|proof|tikzpicture|figure|split|aligned)\}"
)
"""Environments that stay LaTeX inside a statement."""
_FORMULA_ENDS = pattern(r"\$\$|\\\[|\\\]")
_EMPHASIS = pattern(r"\\(?P<how>emph|textit|textsl|textbf|underline|textsc|text)\{(?P<what>[^{}\\$]*)\}")
_MARKUP = {"textbf": n.Bold, "underline": n.Underline}


def set_statements(document: Document) -> Document:
    """DOCUMENT with the statements among its LaTeX environments as text; what is not changed is shared."""
    if "\\begin{" not in document.text:
        return document
    return with_elements(document, partial(_elements, document.text))


def _elements(text: str, elements: tuple[n.AnyElement, ...]) -> tuple[n.AnyElement, ...]:
    out: list[n.AnyElement] = []
    for element in elements:
        if isinstance(element, n.LatexEnvironment):
            out += _statement(text, element)
        elif isinstance(element, n.PlainList | n.Item | n.Inlinetask | n.GreaterElement):
            children = _elements(text, element.children)
            out.append(element if children is element.children else msgspec.structs.replace(element, children=children))
        else:
            out.append(element)
    return unless_same(elements, out)


def _statement(text: str, element: n.LatexEnvironment) -> list[n.AnyElement]:
    """The text of ELEMENT if it is a statement, else ELEMENT itself."""
    begin = element.own_begin
    match = _BEGIN.match(text, begin, element.end)
    if match is None:
        return [element]
    end = text.rfind("\\end{", match.end(), element.end)
    if end < 0:
        return [element]
    name = match["name"].lower()
    word = _SHORT.get(name, name)
    label: list[n.AnyObject] = [n.Text(begin, match.end("name"), word[:1].upper() + word[1:])]
    group = "option" if match["option"] else "brace" if match["brace"] else ""
    if group:
        start, stop = match.span(group)
        label += [
            n.Text(start, start, " ("),
            *_objects(text, start, stop),
            n.Text(stop, stop, ")"),
        ]
    label.append(n.Text(match.end(), match.end(), "."))
    head: list[n.AnyObject] = [n.Bold(begin, match.end(), tuple(label)), n.Text(match.end(), match.end(), " ")]
    start = match.end()
    if told := _LABEL.match(text, start, end):
        start = told.end()
    found: list[n.AnyElement] = []
    for first, last, is_latex in _pieces(text, start, end):
        if is_latex:
            found.append(n.LatexEnvironment(first, last, None, text[first:last]))
            continue
        objects = _objects(text, first, last)
        if objects:
            found.append(n.Paragraph(first, last, None, (*head, *objects)))
            head = []
    if head:
        found.insert(0, n.Paragraph(begin, match.end(), None, tuple(head)))
    # The keywords above it, a caption or a name, stay with the first.
    return [msgspec.structs.replace(found[0], begin=element.begin, affiliated=element.affiliated), *found[1:]]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(begin, end, whether it stays LaTeX) of the paragraphs and inner environments between START and END."""
    gone: set[str] = set()
    at = start
    inside = False
    while start < end:
        line = text.find("\n", start, end)
        stop = end if line < 0 else line + 1
        inner = None if inside else _INNER.match(text, start, stop)
        if inner and inner["name"] not in gone:
            closing = f"\\end{{{inner['name']}}}"
            last = text.find(closing, inner.end(), end)
            if last < 0:
                gone.add(inner["name"])
            else:
                if text[at:start].strip():
                    yield at, start, False
                last += len(closing)
                yield start, last, True
                at = start = last
                continue
        # A formula may be laid out over several lines, and hold such environments itself.
        inside ^= len(_FORMULA_ENDS.findall(text, start, stop)) % 2 == 1
        if not text[start:stop].strip() and not inside:
            if text[at:start].strip():
                yield at, start, False
            at = stop
        start = stop
    if text[at:end].strip():
        yield at, end, False


def _objects(text: str, begin: int, end: int) -> tuple[n.AnyObject, ...]:
    """The objects of the text between BEGIN and END, without blanks around them."""
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return tuple(map(_emphasized, parse_string(text[begin:end], begin)))


def _emphasized(obj: n.Object) -> n.AnyObject:
    """OBJ, or the markup that LaTeX's own command for it says."""
    if isinstance(obj, n.LatexFragment) and (match := _EMPHASIS.fullmatch(obj.value)):
        inner = n.Text(obj.begin + match.start("what"), obj.begin + match.end("what"), match["what"])
        if match["how"] == "text":
            return inner
        return _MARKUP.get(match["how"], n.Italic)(obj.begin, obj.end, (inner,))
    return obj
