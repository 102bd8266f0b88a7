"""Large notes in little memory: documents whose text and trees lie packed, and are opened when somebody looks into them.

A tree takes nine times the memory of its text.  What is asked of all documents at any time (paths, settings, the
outline with its titles) stays at hand; the rest is read again from a packed form, a fraction of a millisecond for an
ordinary note, and the last ones stay open.
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict

from msgspec import structs

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
        packed = Packed(data or packed_of(document), len(document.text), self)
        headlines = tuple(
            _Headline(**{**structs.asdict(headline), "children": ()}, packed=packed) for headline in document.headlines
        )
        fields = {**structs.asdict(document), "text": "", "line_starts": (), "section": (), "headlines": headlines}
        return _Shelved(**fields, packed=packed)

    def take(self, data: bytes) -> Document:
        """The document in DATA, as `packed_of` or `stored.pack` gave it; StoredError where there is none."""
        return self.put(stored.document(unpacked(data)), data if data[:1] == _MARK else b"")


class Packed:
    """A document as bytes, and the shelf that opens it."""

    __slots__ = ("_shelf", "data", "size")

    def __init__(self, data: bytes, size: int, shelf: Shelf) -> None:
        """SIZE is the number of its characters."""
        self.data = data
        self.size = size
        self._shelf = shelf

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


def packed_of(document: Document) -> bytes:
    """DOCUMENT as few bytes: about as many as its text has."""
    return document.packed.data if isinstance(document, _Shelved) else zlib.compress(stored.pack(document), _LEVEL)


def unpacked(data: bytes) -> bytes:
    """What `stored.document` reads, of what `packed_of` or `stored.pack` gave; StoredError where it is something else."""
    try:
        return zlib.decompress(data) if data[:1] == _MARK else data
    except zlib.error as error:
        raise stored.StoredError(str(error)) from error


def opened(document: Document) -> Document:
    """DOCUMENT itself, with all that is in it at hand: for a step that looks at nothing else meanwhile."""
    return document.packed.document() if isinstance(document, _Shelved) else document


def length(document: Document) -> int:
    """The number of characters of DOCUMENT, which need not be opened for it."""
    return document.packed.size if isinstance(document, _Shelved) else len(document.text)
