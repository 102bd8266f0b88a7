"""Pandoc's blocks → HTML without inline styles, so that a page can forbid them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from orgkb import pandoc
from orgkb.patterns import pattern
from orgkb_exporters.pandoc_json import Block

_TAG = pattern(r"<[a-zA-Z][^<>]*>")
_STYLE = pattern(r'\sstyle="([^"]*)"')
_CLASS = pattern(r'\sclass="([^"]*)"')
_HREF = pattern(r'(\s(?:href|src)=")#([^"]*)(")')
_PLAIN_STYLE = pattern(r"(?:[a-z-]+: ?[a-z0-9 .%-]+;? ?)+\Z")
_SHELL = ("--wrap=none", "--mathml", "--section-divs", "--email-obfuscation=none")

Address = Callable[[str], str]
"""Anchor → the address that leads there."""


class Styles:
    """Declarations that stood in tags, as classes of a style sheet."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def css(self) -> str:
        """The rules for all of them."""
        return "\n".join(f".{name} {{ {style} }}" for style, name in self._names.items())

    def moved(self, html: str) -> str:
        """HTML as pandoc writes it, each `style` attribute replaced by a class; what is no plain declaration is dropped."""
        return _TAG.sub(lambda match: self._tag(match[0]), html)

    def _tag(self, tag: str) -> str:
        found = _STYLE.search(tag)
        if not found:
            return tag
        tag = tag[: found.start()] + tag[found.end() :]
        style = found[1].strip()
        if not _PLAIN_STYLE.match(style):
            return tag
        name = self._names.setdefault(style, f"s{len(self._names) + 1}")
        if _CLASS.search(tag):
            return _CLASS.sub(lambda match: f' class="{match[1]} {name}"', tag, count=1)
        return re.sub(r"\A<[a-zA-Z0-9]+", lambda match: f'{match[0]} class="{name}"', tag)


def render(
    blocks: Sequence[Block], styles: Styles, *, number: bool = False, address: Address | None = None, prefix: str = ""
) -> str:
    """BLOCKS as HTML; declarations go to STYLES, links inside the notes where ADDRESS says.

    With NUMBER, headings are numbered.  PREFIX goes before the identifiers that pandoc makes (`fn1`, `cb1`),
    so that several results can share a page.
    """
    arguments = [*_SHELL, *(("--number-sections",) if number else ())]
    html = styles.moved(pandoc.convert(pandoc.document(blocks), "html5", arguments))
    if prefix:
        html = _TAG.sub(lambda match: _MADE.sub(lambda m: f"{m[1]}{prefix}{m[2]}", match[0]), html)
    if address is not None:
        to = address
        html = _TAG.sub(lambda match: _HREF.sub(lambda m: f"{m[1]}{to(m[2])}{m[3]}", match[0]), html)
    return html


_MADE = pattern(r'(\s(?:id|href)="#?)((?:fn|fnref|cb)\d+(?:-\d+)?(?="))')
