"""Formulas of the notes: TeX → Typst, all of them in one run of pandoc."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from orgkb import pandoc
from orgkb.errors import ExporterError
from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import walk_document
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf.typst_math import has_code, mended
from orgkb_exporters.pdf.typst_tables import spaced
from orgkb_exporters.tex import Formula, environment_formula, fragment_formula
from orgkb_exporters.tex_forms import commands, modern, spelt_out

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


class Equations(msgspec.Struct, frozen=True):
    """Formulas in Typst."""

    typst: dict[Formula, str | None]
    """Each as an equation on one line (`$x^2$`); None where pandoc cannot convert it."""
    named: dict[Formula, list[str]]
    """Those with commands that pandoc does not know, and these: they are set as names of functions."""


def to_typst(formulas: Iterable[Formula]) -> Equations:
    """FORMULAS as Typst equations."""
    done: dict[Formula, str | None] = {}
    wanted: list[Formula] = []
    for formula in formulas:
        if len(formula[1]) > _LONGEST or not formula[1].strip() or _MACROS.search(formula[1]):
            done[formula] = None
        else:
            wanted.append(formula)
    written = {formula: _written(formula[1]) for formula in wanted}
    done |= _each(wanted, [(formula[0], written[formula]) for formula in wanted])
    left = [formula for formula in wanted if done[formula] is None]
    used = {formula: commands(written[formula]) for formula in left}
    unknown = _unknown({name for names in used.values() for name in names})
    left = [formula for formula in left if not unknown.isdisjoint(used[formula])]
    done |= _each(left, [(formula[0], spelt_out(written[formula], unknown)) for formula in left])
    named = {f: [name for name in used[f] if name in unknown] for f in left if done[f] is not None}
    return Equations(done, named)


def _written(tex: str) -> str:
    """TEX as it comes out of pandoc as it looks in LaTeX."""
    return spaced(modern(tex))


def _each(formulas: Sequence[Formula], written: Sequence[Formula]) -> dict[Formula, str | None]:
    """What becomes of each of FORMULAS, read as they are WRITTEN."""
    if not formulas:
        return {}
    try:
        return dict(zip(formulas, _convert(written), strict=True))
    except ExporterError:
        # One formula brought pandoc down: find it.
        if len(formulas) == 1:
            return {formulas[0]: None}
        half = len(formulas) // 2
        return _each(formulas[:half], written[:half]) | _each(formulas[half:], written[half:])


def _unknown(names: Collection[str]) -> frozenset[str]:
    """Those of the commands NAMES that pandoc does not know, whatever stands behind them."""
    uses = [(name, f"\\{name}{after}") for name in sorted(names) for after in (" x", "{x}", "{x}{y}")]
    known = _each([(False, use) for _, use in uses], [(False, use) for _, use in uses])
    return frozenset(names) - {name for name, use in uses if known[False, use] is not None}


def refused(equations: Mapping[Formula, str], compiles: Callable[[bytes], bool]) -> list[Formula]:
    """The formulas of EQUATIONS that Typst cannot set, by halves; COMPILES tells whether a source can be set."""
    if not equations or compiles("\n\n".join(equations.values()).encode()):
        return []
    if len(equations) == 1:
        return list(equations)
    items = list(equations.items())
    half = len(items) // 2
    return [*refused(dict(items[:half]), compiles), *refused(dict(items[half:]), compiles)]


def _convert(formulas: Sequence[Formula]) -> list[str | None]:
    blocks: list[Block] = []
    for display, tex in formulas:
        blocks += [p.para([p.math(tex, display=display)]), p.raw_block("typst", _MARK)]
    text = pandoc.convert(pandoc.document(blocks), "typst", ["--wrap=none"])
    parts = re.split(rf"^{_MARK}$", text, flags=re.MULTILINE)[: len(formulas)]
    if len(parts) != len(formulas):
        raise ExporterError("pandoc lost a formula")
    return [_equation(part, tex) for part, (_, tex) in zip(parts, formulas, strict=True)]


def _equation(text: str, tex: str) -> str | None:
    """Pandoc's output for the formula TEX; it prints what it cannot convert as text, with an escaped dollar first."""
    line = " ".join(text.split())
    if len(line) < 2 or line[0] != "$" or line[-1] != "$":
        return None
    line = mended(line, tex)
    return None if has_code(line[1:-1]) else line


def places(document: Document) -> Iterator[tuple[Formula, int]]:
    """The formulas of DOCUMENT with their offsets."""
    for node in walk_document(document):
        if isinstance(node, n.LatexFragment | n.LatexEnvironment):
            fragment = isinstance(node, n.LatexFragment)
            formula = fragment_formula(node.value) if fragment else environment_formula(node.value)
            if formula is not None:
                yield formula, node.begin
