"""Which stretches of printed code have a colour, as numbers for the template.

Pygments takes a tenth of the time of Typst's own highlighter, whose patterns each process compiles anew, and colours what the
HTML of the same notes colours.
"""

from __future__ import annotations

from functools import cache

from orgkb_exporters import highlight

_KINDS = {
    "k": "k", "kn": "k", "ow": "k", "bp": "k", "cp": "k", "gd": "k",
    "c": "c", "gp": "c",
    "s": "s", "l": "s", "gi": "s",
    "se": "e", "si": "e",
    "m": "n", "no": "n", "ld": "n",
    "nf": "f", "nb": "f", "nc": "f", "ne": "f", "nt": "f", "nd": "f",
    "na": "v", "nv": "v", "ni": "v", "gu": "v", "gh": "v",
}  # fmt: skip
"""Class of Pygments, or its beginning → colour of the template."""


def colors(text: str, language: str) -> str:
    """The coloured stretches of TEXT, code in LANGUAGE, as a Typst array; empty where there are none.

    It holds an array for each line to the last one with a colour: from, to (bytes of UTF-8), colour, from, to, …
    """
    lines: list[list[tuple[int, int, str]]] = [[]]
    at, filled = 0, 0
    for name, piece in highlight.pieces(text, language):
        kind = _kind(name)
        for number, part in enumerate(piece.split("\n")):
            if number:
                lines.append([])
                at = 0
            end = at + (len(part) if part.isascii() else len(part.encode()))
            if kind and part and not part.isspace():
                line, begin = lines[-1], at
                if line and line[-1][1:] == (at, kind):
                    begin = line.pop()[0]
                line.append((begin, end, kind))
                filled = len(lines)
            at = end
    told = ("".join(f'{begin},{end},"{kind}",' for begin, end, kind in line) for line in lines[:filled])
    return "".join(["(", *(f"({line})," for line in told), ")"]) if filled else ""


@cache
def _kind(name: str) -> str:
    return next((_KINDS[name[:size]] for size in (2, 1) if name[:size] in _KINDS), "")
