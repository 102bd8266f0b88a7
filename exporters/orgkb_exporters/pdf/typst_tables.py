r"""Environments of TeX with columns, written so that their columns stand apart in Typst.

Typst aligns at each `&` and leaves no room there: of a matrix 1 2 pandoc makes the number 12, of `x & x > 0` a product.
"""

from __future__ import annotations

import re

from orgkb.patterns import pattern

_EDGE = pattern(r"\\(begin|end)\s*\{([A-Za-z]+)(\*?)\}")
_CELL = pattern(r"\\begin\b|\\end\b|\\\\(?:\s*\[[^\[\]]*\])?|\\.|[{}&]", re.DOTALL)
_LEFT = pattern(r"\\left\s*(\\[A-Za-z]+|\\.|[^\s\\])\s*\Z")
_RIGHT = pattern(r"\s*\\right\s*(\\[A-Za-z]+|\\.|[^\s\\])")
_PLACE = pattern(r"\s*\[[a-z]*\]")
_COLUMNS = pattern(r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_LAST_BREAK = pattern(r"\s*\\\\\s*\Z")
_LINES = pattern(r"\\(?:hline|toprule|midrule|bottomrule|cline\s*\{[^{}]*\})(?![A-Za-z])")
_MATRICES = frozenset({"matrix", "array", "smallmatrix", "subarray"})
_SMALL = {"psmallmatrix": "pmatrix", "bsmallmatrix": "bmatrix", "vsmallmatrix": "vmatrix", "Bsmallmatrix": "Bmatrix"}
_CASES = {"cases": "cases", "dcases": "cases", "rcases": "Vmatrix*", "drcases": "Vmatrix*"}
_PAIRS = frozenset({"align", "aligned", "flalign"})
"""Environments whose columns go by pairs, with room between the pairs."""
_BRACE = frozenset({r"\{", r"\lbrace"})
_CLOSING = frozenset({r"\}", r"\rbrace"})


def spaced(tex: str) -> str:
    """TEX with room between its columns, and braces that are as high as what they hold together."""
    if r"\begin" not in tex:
        return tex
    out, start = "", 0
    while begin := _begin(tex, start):
        end = _end(tex, begin)
        if end is None:
            break
        before, name, body = tex[start : begin.start()], begin[2], spaced(tex[begin.end() : end.start()])
        body = _LAST_BREAK.sub("", body)
        left, right = _LEFT.search(before), _RIGHT.match(tex, end.end())
        sides = (left[1], right[1]) if left and right else ("", "")
        kind, body = _rewritten(name, begin[3], body, sides)
        start = end.end()
        if left and right and sides != ("", "") and kind in {"cases", "Vmatrix*"} and name not in _CASES:
            before, start = before[: left.start()], right.end()
        if kind == "cases" and "&" not in body:
            body += "&"  # pandoc makes cases of two columns only
        out += f"{before}\\begin{{{kind}}}{body}\\end{{{kind}}}"
    return out + tex[start:]


def _rewritten(name: str, star: str, body: str, sides: tuple[str, str]) -> tuple[str, str]:
    """What the environment NAME with BODY becomes between SIDES."""
    inner = name in _MATRICES or name in {"aligned", "gathered", "split", "alignedat"}
    if name in {"aligned", "gathered", "array"} and (place := _PLACE.match(body)):
        body = body[place.end() :]
    if name in {"array", "subarray"} and (columns := _COLUMNS.match(body)):
        body = body[columns.end() :]
    body = _LINES.sub("", body) if name in _MATRICES else body
    if inner and sides[0] in _BRACE and sides[1] == ".":
        return "cases", _roomy(body, every=1) if name in _MATRICES else body
    if inner and sides[0] == "." and sides[1] in _CLOSING:
        return "Vmatrix*", body
    if name in _CASES:
        kind = _CASES[name]
        return kind, _roomy(body, every=1) if kind == "cases" else body
    if name in _MATRICES:
        # Between delimiters of its own pandoc makes a matrix of it.
        return ("vmatrix*" if "." in sides or sides == ("", "") else "matrix"), body
    if name in {"vmatrix", "Vmatrix"}:
        return name, body
    if name in _PAIRS:
        return name + star, _roomy(body, every=2)
    return _SMALL.get(name, name) + star, body


def _roomy(body: str, every: int) -> str:
    """BODY with room behind each EVERYth `&` of its rows."""
    pieces: list[str] = []
    depth = count = start = 0
    for match in _CELL.finditer(body):
        sign = match[0]
        depth += (sign in {"{", r"\begin"}) - (sign in {"}", r"\end"})
        if depth:
            continue
        if sign.startswith(r"\\"):
            count = 0
        elif sign == "&":
            count += 1
            if count % every == 0:
                pieces.append(body[start : match.end()] + r"\quad ")
                start = match.end()
    return "".join(pieces) + body[start:]


def _begin(tex: str, start: int) -> re.Match[str] | None:
    """The next environment that begins."""
    while (match := _EDGE.search(tex, start)) and match[1] == "end":
        start = match.end()
    return match


def _end(tex: str, begin: re.Match[str]) -> re.Match[str] | None:
    """Where the environment ends that begins at BEGIN."""
    depth = 0
    for match in _EDGE.finditer(tex, begin.start()):
        depth += 1 if match[1] == "begin" else -1
        if depth == 0:
            return match if match.group(2, 3) == begin.group(2, 3) else None
    return None
