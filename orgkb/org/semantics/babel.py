"""The `:exports` header argument: whether a code block and its results are exported.  Nothing is ever run.

`code`, `results`, `both` and `none` do what they do in Emacs.  Where the notes say nothing, Emacs
evaluates and by default drops the results; with evaluation off it shows both.  orgkb never
evaluates and shows both: what was not said to be hidden is not lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from orgkb.org.document import Document
from orgkb.org.nodes import BabelCall, Element, Headline, InlineSrcBlock, PropertyDrawer, SrcBlock
from orgkb.patterns import pattern

_EXPORTS = pattern(r"(?:^|\s):exports\s+([A-Za-z]+)")
_SHOWN = {"code": (True, False), "results": (False, True), "both": (True, True), "none": (False, False)}
"""(code, results) of each value."""


class Exports:
    """Answers what is shown of the code of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._inherited: dict[tuple[int, str], str | None] = {}
        self._named: dict[str, bool] = {}

    def hidden(self, elements: Sequence[Element], headline: Headline | None) -> dict[int, bool]:
        """Positions in ELEMENTS of what is hidden; True for results, False for code and calls."""
        hidden: dict[int, bool] = {}
        results_shown: bool | None = None  # by the block just above
        for place, element in enumerate(elements):
            affiliated = element.affiliated
            label = affiliated.last("RESULTS") if affiliated else None
            if label is not None and not isinstance(element, SrcBlock | BabelCall):
                name = label.strip()
                shown = results_shown if results_shown is not None else self._named.get(name, True)
                if not shown:
                    hidden[place] = True
                results_shown = None
                continue
            results_shown = None
            if isinstance(element, SrcBlock):
                code_shown, results_shown = self._shown(self._of_block(element, headline))
                if affiliated and affiliated.name:
                    self._named[affiliated.name] = results_shown
                if not code_shown:
                    hidden[place] = False
            elif isinstance(element, BabelCall):
                # The call is an instruction, its results are what the notes show.
                hidden[place] = False
                value = _last(element.value)
                results_shown = _SHOWN.get(value or "", (True, True))[1]
        return hidden

    def inline(self, code: InlineSrcBlock, headline: Headline | None, *, has_results: bool) -> tuple[bool, bool]:
        """(code shown, results shown) of an inline block; by default its results where there are any."""
        value = _last(code.parameters or "") or self._from_properties(headline, code.language)
        return _SHOWN.get(value or "", (not has_results, True))

    def _shown(self, value: str | None) -> tuple[bool, bool]:
        return _SHOWN.get(value or "", (True, True))

    def _of_block(self, block: SrcBlock, headline: Headline | None) -> str | None:
        if block.affiliated:
            for keyword in reversed(block.affiliated.keywords):
                value = _last(keyword.value) if keyword.key in {"HEADER", "HEADERS"} else None
                if value:
                    return value
        return _last(block.parameters) or _last(block.switches) or self._from_properties(headline, block.language)

    def _from_properties(self, headline: Headline | None, language: str) -> str | None:
        key = (headline.index if headline else -1, language)
        if key not in self._inherited:
            value = self._arguments(headline, f"HEADER-ARGS:{language.upper()}") if language else None
            self._inherited[key] = value or self._arguments(headline, "HEADER-ARGS")
        return self._inherited[key]

    def _arguments(self, headline: Headline | None, key: str) -> str | None:
        """`:exports` in property KEY: that of the nearest headline, unless it only adds (`KEY+`) to those above."""
        while headline is not None:
            value = headline.get_property(key)
            if value is not None:
                found = _last(value)
                if found or not _only_adds(headline, key):
                    return found
            headline = self._document.parent(headline)
        return _last(self._document.get_property(key) or "")


def _last(arguments: str) -> str | None:
    """The last `:exports` value of ARGUMENTS that Org knows."""
    if ":exports" not in arguments:
        return None
    values = [value.lower() for value in _EXPORTS.findall(arguments)]
    return next((value for value in reversed(values) if value in _SHOWN), None)


def _only_adds(headline: Headline, key: str) -> bool:
    for element in headline.children[:2]:
        if isinstance(element, PropertyDrawer):
            return not any(line.key.upper() == key for line in element.children)
    return False
