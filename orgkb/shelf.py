"""Large notes in little memory: documents whose text and trees lie packed, and are opened when somebody looks into them.

A tree takes nine times the memory of its text.  What is asked of all documents at any time (paths, settings, the
outline with its titles) stays at hand; the rest is read again from a packed form, a fraction of a millisecond for an
ordinary note, and the last ones stay open.
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from orgkb import stored
from orgkb.org import nodes as n
from orgkb.org.document import Document

WORTH = 6_000_000
"""Bytes of notes from which on they are shelved."""
_OPEN = 2_000_000
"""Characters of documents that stay open."""
_LEVEL = 1
_MARK = b"x"
"""With which compressed data begin, and MessagePack of a document never does."""


class Shelf:
    """The documents that are open, the last used ones."""

    def __init__(self, most: int = _OPEN) -> None:
        """Keep MOST characters of them open, and always the last one."""
        self._most = most
        self._open: OrderedDict[Packed, Document] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self.last: tuple[Packed | None, Document | None] = (None, None)

    def opened(self, packed: Packed) -> Document:
        """The document of PACKED."""
        with self._lock:
            document = self._open.get(packed)
            if document is None:
                document = stored.document(zlib.decompress(packed.data))
                self._open[packed] = document
                self._size += packed.size
                while self._size > self._most and len(self._open) > 1:
                    self._size -= self._open.popitem(last=False)[0].size
            else:
                self._open.move_to_end(packed)
            self.last = packed, document
            return document

    def put(self, document: Document, data: bytes = b"") -> Document:
        """DOCUMENT to be opened when it is needed; DATA is what `packed` gave of it, where that is at hand."""
        return self._shelved(document, Packed(data or packed_of(document), len(document.text), self))

    def remembered(self, outline: bytes, load: Callable[[], bytes]) -> Document:
        """The document of which `outline_of` gave OUTLINE; LOAD gives what `packed_of` did, each time it is opened.

        StoredError where there is none in OUTLINE.
        """
        found = _outlines().decode(outline)
        return self._shelved(found.document, Packed(b"", found.size, self, load))

    def _shelved(self, document: Document, packed: Packed) -> Document:
        fields = _hollow(document)
        headlines = tuple(_Headline(**_at_hand(headline), packed=packed) for headline in document.headlines)
        return _Shelved(**{**fields, "headlines": headlines}, packed=packed)

    def take(self, data: bytes) -> Document:
        """The document in DATA, as `packed_of` or `stored.pack` gave it; StoredError where there is none."""
        return self.put(stored.document(unpacked(data)), data if data[:1] == _MARK else b"")


class Packed:
    """A document as bytes, and the shelf that opens it."""

    __slots__ = ("_data", "_load", "_shelf", "size")

    def __init__(self, data: bytes, size: int, shelf: Shelf, load: Callable[[], bytes] | None = None) -> None:
        """SIZE is the number of its characters; LOAD gives its bytes where DATA is empty."""
        self._data = data
        self._load = load
        self.size = size
        self._shelf = shelf

    @property
    def data(self) -> bytes:
        """The document as bytes."""
        return self._load() if self._load is not None else self._data

    def document(self) -> Document:
        """The document, open."""
        last, document = self._shelf.last
        return document if last is self and document is not None else self._shelf.opened(self)


class _Headline(n.Headline, frozen=True):
    packed: Packed

    @property  # type: ignore[misc] # a field, read elsewhere
    def children(self) -> tuple[n.AnyElement, ...]:
        return self.packed.document().headlines[self.index].children


class _Shelved(Document, frozen=True):
    packed: Packed

    @property  # type: ignore[misc] # a field, read elsewhere
    def text(self) -> str:
        return self.packed.document().text

    @property  # type: ignore[misc] # a field, read elsewhere
    def line_starts(self) -> tuple[int, ...]:
        return self.packed.document().line_starts

    @property  # type: ignore[misc] # a field, read elsewhere
    def section(self) -> tuple[n.AnyElement, ...]:
        return self.packed.document().section


class _Outline(msgspec.Struct, frozen=True, array_like=True):
    """What is at hand of a document that lies packed."""

    size: int
    document: Document


@cache  # as in `stored`
def _outlines() -> msgspec.msgpack.Decoder[_Outline]:
    return msgspec.msgpack.Decoder(_Outline)


def outline_of(document: Document) -> bytes:
    """What is at hand of DOCUMENT when it lies packed, as bytes."""
    headlines = tuple(n.Headline(**_at_hand(headline)) for headline in document.headlines)
    return msgspec.msgpack.encode(_Outline(length(document), Document(**{**_hollow(document), "headlines": headlines})))


def _hollow(document: Document) -> dict[str, Any]:
    """The fields of DOCUMENT without those that lie packed."""
    empty = {"text": "", "line_starts": (), "section": ()}
    names = Document.__struct_fields__
    return {name: empty[name] if name in empty else getattr(document, name) for name in names}


def _at_hand(headline: n.Headline) -> dict[str, Any]:
    """The same of HEADLINE."""
    names = n.Headline.__struct_fields__
    return {name: () if name == "children" else getattr(headline, name) for name in names}


def packed_of(document: Document) -> bytes:
    """DOCUMENT as few bytes: about as many as its text has."""
    return document.packed.data if isinstance(document, _Shelved) else zlib.compress(stored.pack(document), _LEVEL)


def unpacked(data: bytes) -> bytes:
    """What `stored.document` reads, of what `packed_of` or `stored.pack` gave; StoredError where it is something else."""
    try:
        return zlib.decompress(data) if data[:1] == _MARK else data
    except zlib.error as error:
        raise stored.StoredError(str(error)) from error


def compressed(data: bytes) -> bytes:
    """What `packed_of` gives, of what it or `stored.pack` gave."""
    return data if data[:1] == _MARK else zlib.compress(data, _LEVEL)


def opened(document: Document) -> Document:
    """DOCUMENT itself, with all that is in it at hand: for a step that looks at nothing else meanwhile."""
    return document.packed.document() if isinstance(document, _Shelved) else document


def lies_packed(document: Document) -> bool:
    """Whether to look into DOCUMENT may mean to open it."""
    return isinstance(document, _Shelved)


def length(document: Document) -> int:
    """The number of characters of DOCUMENT, which need not be opened for it."""
    return document.packed.size if isinstance(document, _Shelved) else len(document.text)
