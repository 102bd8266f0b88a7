"""Sections as pandoc blocks, taken from the build before where nothing that decides them differs.

What is written of a section depends on its tree and text, on the mentions in it, and on where its links lead.  Sections
with footnotes or pictures depend on more: they are written anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.shape import shape
from orgkb.org.walk import find
from orgkb.patterns import pattern
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_ast import DocumentWriter
from orgkb_exporters.pandoc_inlines import Names
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf.bench import Bench

_OTHERS = pattern(rb'\["(?:FootnoteReference|FootnoteDefinition)",')
_LINK = b'["Link",'


_TOLD = frozenset({"Span", "Div", "Header", "Image", "Math"})


class Written(msgspec.Struct, frozen=True):
    """A section as pandoc blocks."""

    blocks: tuple[Block, ...]
    nodes: tuple[Mapping[str, Any], ...]
    """Its headings, spans, divs, images and formulas."""


class Sections:
    """The sections of one document, written by WRITER or known to BENCH."""

    def __init__(self, bench: Bench, writer: DocumentWriter, document: Document, names: Names, shift: int) -> None:
        """SHIFT is what is added to the levels of headings."""
        self._bench, self._writer, self._document = bench, writer, document
        self._about = names.document(document), shift, document.settings
        self._wanted = names.wanted_in(document)

    def written(self, headline: n.Headline | None) -> Written:
        """The heading HEADLINE and the text below it, or the text before the first one."""
        key = self._key(headline) if self._bench.stays else None
        if key is None:
            return self._write(headline)
        known = self._bench.prepared(key, Written) or self._write(headline)
        self._bench.keep_prepared(key, known)
        return known

    def _write(self, headline: n.Headline | None) -> Written:
        blocks = self._writer.section(headline)
        return Written(blocks, tuple(node for node in p.branches(blocks) if node["t"] in _TOLD))

    def _key(self, headline: n.Headline | None) -> bytes | None:
        """What stands for all that decides the section; None where more does."""
        document = self._document
        begin = headline.begin if headline else 0
        following = document.headlines[headline.index + 1 if headline else 0 :][:1]
        end = following[0].begin if following else len(document.text)
        tree: Sequence[n.Node] = (*headline.title, *headline.children) if headline else document.section
        written = msgspec.json.encode(tree)
        if _OTHERS.search(written):
            return None
        links: list[object] = []
        for link in find(tree, n.Link) if _LINK in written else ():
            told = self._writer.told_of(link)
            if told is None:
                return None
            links.append(told)
        about: Iterable[object] = (
            self._about,
            (headline.index, headline.level, headline.todo, headline.todo_done, headline.priority, headline.tags)
            if headline
            else None,
            self._writer.told_of_mentions(begin, end),
            links,
            self._wanted.get(headline.index + 1 if headline else 0),
        )
        return hashlib.sha256(shape(tree, begin, document.text[begin:end]) + msgspec.msgpack.encode(about)).digest()
