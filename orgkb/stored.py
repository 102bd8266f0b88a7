"""Documents and what is found in them as bytes: how they go to another process or are kept between runs.

MessagePack, read into the classes that it was written from: nothing in it can run.
"""

from __future__ import annotations

from functools import cache

import msgspec

from orgkb.concepts.findings import FileFindings
from orgkb.concepts.scanning import FileScan
from orgkb.org.document import Document

__all__ = ["StoredError", "document", "findings", "pack", "scan"]

StoredError = msgspec.DecodeError
"""Bytes that are not what they should be."""

_encoder = msgspec.msgpack.Encoder()


# Made when they are first used: a decoder of trees knows 70 classes, which takes a while to learn.
@cache
def _document() -> msgspec.msgpack.Decoder[Document]:
    return msgspec.msgpack.Decoder(Document)


@cache
def _scan() -> msgspec.msgpack.Decoder[FileScan]:
    return msgspec.msgpack.Decoder(FileScan)


@cache
def _findings() -> msgspec.msgpack.Decoder[FileFindings]:
    return msgspec.msgpack.Decoder(FileFindings)


def pack(value: Document | FileScan | FileFindings) -> bytes:
    """VALUE as bytes."""
    return _encoder.encode(value)


def document(data: bytes) -> Document:
    """The document in DATA; StoredError where there is none."""
    return _document().decode(data)


def scan(data: bytes) -> FileScan:
    """The first round's finds in DATA; StoredError where there are none."""
    return _scan().decode(data)


def findings(data: bytes) -> FileFindings:
    """The second round's finds in DATA; StoredError where there are none."""
    return _findings().decode(data)
