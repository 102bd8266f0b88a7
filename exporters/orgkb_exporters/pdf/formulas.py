"""Formulas of the notes: TeX → Typst, all of them in one run of pandoc."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from orgkb import pandoc
from orgkb.errors import ExporterError
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import walk_document
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.tex import Formula, environment_formula, fragment_formula

_MARK = "//==orgkb-formula=="
_LONGEST = 20_000
"""Characters of TeX above which a formula is printed as text."""
# TeX of pandoc's reader that runs nothing but may loop or grow: definitions of macros.
_MACROS = pattern(r"\\(?:re)?newcommand|\\def\b|\\(?:provide|DeclareMath)")


def formulas_in(nodes: Iterable[Mapping[str, Any]]) -> list[Formula]:
    """The formulas among NODES, each once, in their order."""
    found: dict[Formula, None] = {}
    for node in nodes:
        if node["t"] == "Math":
            found.setdefault((node["c"][0]["t"] == "DisplayMath", node["c"][1]))
    return list(found)


def to_typst(formulas: Iterable[Formula]) -> dict[Formula, str | None]:
    """Each formula as a Typst equation on one line (`$x^2$`), None where pandoc cannot convert it."""
    done: dict[Formula, str | None] = {}
    wanted: list[Formula] = []
    for formula in formulas:
        if len(formula[1]) > _LONGEST or not formula[1].strip() or _MACROS.search(formula[1]):
            done[formula] = None
        else:
            wanted.append(formula)
    if wanted:
        try:
            done |= zip(wanted, _convert(wanted), strict=True)
        except ExporterError:
            # One formula brought pandoc down: find it.
            for formula in wanted:
                try:
                    done[formula] = _convert([formula])[0]
                except ExporterError:
                    done[formula] = None
    return done


def _convert(formulas: Sequence[Formula]) -> list[str | None]:
    blocks: list[Block] = []
    for display, tex in formulas:
        blocks += [p.para([p.math(tex, display=display)]), p.raw_block("typst", _MARK)]
    text = pandoc.convert(pandoc.document(blocks), "typst", ["--wrap=none"])
    parts = re.split(rf"^{_MARK}$", text, flags=re.MULTILINE)[: len(formulas)]
    if len(parts) != len(formulas):
        raise ExporterError("pandoc lost a formula")
    return [_equation(part) for part in parts]


def _equation(text: str) -> str | None:
    """Pandoc's output for one formula; it prints what it cannot convert as text, with an escaped dollar first."""
    line = " ".join(text.split())
    # A stray `$`, string or `#` would end the formula or begin code.
    if len(line) < 2 or line[0] != "$" or line[-1] != "$" or re.search(r"(?<!\\)[$#]", _without_strings(line[1:-1])):
        return None
    return line


def _without_strings(text: str) -> str:
    return re.sub(r'"(?:[^"\\]|\\.)*"', "", text)


def places(document: Document) -> Iterator[tuple[Formula, int]]:
    """The formulas of DOCUMENT with their offsets."""
    for node in walk_document(document):
        if isinstance(node, n.LatexFragment | n.LatexEnvironment):
            fragment = isinstance(node, n.LatexFragment)
            formula = fragment_formula(node.value) if fragment else environment_formula(node.value)
            if formula is not None:
                yield formula, node.begin
