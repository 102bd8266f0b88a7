"""A file beside Python's bytecode, for what is made of our own code alone: like that it may be deleted at any time."""

from __future__ import annotations

import contextlib
import os
import sys

__all__ = ["Beside"]


class Beside:
    """One record, an `orgkb.once.Store`; where Python keeps no bytecode, or nobody may write there, it is not usable."""

    def __init__(self, name: str, folder: str | None = None) -> None:
        """The record NAME in FOLDER, by default where the bytecode of this module lies."""
        compiled = __spec__.cached  # None in a ZIP file
        folder = folder or (os.path.dirname(compiled) if compiled else "")  # noqa: PTH120 - pathlib takes long to load
        self._place = f"{folder}{os.sep}{name}.{sys.implementation.cache_tag}" if folder else ""

    @property
    def usable(self) -> bool:
        """Whether there is something to read or what is new can be written."""
        return bool(self._place) and (os.access(self._place, os.R_OK) or self._may_write())

    def _may_write(self) -> bool:
        folder = os.path.dirname(self._place)  # noqa: PTH120 - see above
        return not sys.dont_write_bytecode and os.access(folder, os.W_OK)

    def get(self, source: bytes, kind: str) -> bytes | None:
        """What is remembered, if that is the record of KIND made of SOURCE."""
        head = _head(source, kind)
        try:
            with open(self._place, "rb") as file:  # noqa: PTH123 - see above
                return file.read() if file.read(len(head)) == head else None
        except OSError:
            return None

    def put(self, source: bytes, kind: str, data: bytes) -> None:
        """Remember DATA as the record of KIND made of SOURCE instead of what is there."""
        if not self._may_write():
            return
        new = f"{self._place}.{os.getpid()}"
        with contextlib.suppress(OSError):
            with open(new, "wb") as file:  # noqa: PTH123 - see above
                file.write(_head(source, kind) + data)
            os.replace(new, self._place)  # noqa: PTH105 - whoever reads it meanwhile reads one of both
        with contextlib.suppress(OSError):
            os.unlink(new)  # noqa: PTH108 - where writing failed


def _head(source: bytes, kind: str) -> bytes:
    return source + b"\n" + kind.encode() + b"\n\n"
