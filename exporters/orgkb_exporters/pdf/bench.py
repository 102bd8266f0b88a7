"""What printing uses and may use again for the next build: running compilers, sections that pandoc has written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Self, TypeVar

import msgspec

from orgkb import pandoc
from orgkb.errors import ExporterError
from orgkb_exporters import pandoc_json as p
from orgkb_exporters.pandoc_json import Block
from orgkb_exporters.pdf.joining import GOAL
from orgkb_exporters.pdf.objects import Objects
from orgkb_exporters.pdf.places import Places
from orgkb_exporters.pdf.typst_run import CompileFailed, Limits, Typst

T = TypeVar("T")

MAX_RUNNING = 3
"""PDFs for which a compiler stays; more of them are laid out anew by each build."""

_MARK = "//==orgkb-piece=="


class Laid(msgspec.Struct, frozen=True):
    """A PDF of some pages, and where everything stands on them."""

    pdf: bytes
    """Empty for a draft."""
    places: Places
    standard: str | None
    """What it keeps to; None where that is not what was asked for, which FAILURE tells."""
    failure: CompileFailed | None = None
    fonts: tuple[str, ...] = ()
    """Remarks on fonts that are not there."""


class Bench:
    """For one build, or where it STAYS for all builds of a run of `orgkb watch`: then only what changed is laid out."""

    def __init__(self, *, stays: bool = False) -> None:
        self.stays = stays
        """Whether there are further builds."""
        self._running: dict[str, Typst] = {}
        self._bodies: dict[bytes, str] = {}
        self._before: dict[bytes, str] = {}
        self._laid: dict[bytes, Laid] = {}
        self._laid_before: dict[bytes, Laid] = {}
        self._goals: dict[str, int] = {}
        self.contents: dict[tuple[str, str], int] = {}
        """Title and layout → the pages of the contents in the last build."""
        self._objects: dict[bytes, Objects] = {}
        self._objects_before: dict[bytes, Objects] = {}
        self._prepared: dict[bytes, object] = {}
        self._prepared_before: dict[bytes, object] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for typst in self._running.values():
            typst.close()
        self._running.clear()

    def begin(self) -> None:
        """A new build: what the last but one wrote is forgotten."""
        self._before, self._bodies = self._bodies, {}
        self._laid_before, self._laid = self._laid, {}
        self._objects_before, self._objects = self._objects, {}
        self._prepared_before, self._prepared = self._prepared, {}

    def goal(self, anchor: str) -> int:
        """The number that stands for the place of ANCHOR in the links of a PDF that is not put together yet."""
        return GOAL + self._goals.setdefault(anchor, len(self._goals) + 1)

    def laid(self, files: Mapping[str, bytes], settings: Sequence[object], lay: Callable[[], Laid]) -> Laid:
        """What LAY makes of FILES under SETTINGS, or what it made of them in this build or the one before."""
        digest = hashlib.sha256(repr(settings).encode())
        for name, content in sorted(files.items()):
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
        key = digest.digest()
        made = self._laid.get(key) or self._laid_before.get(key) or lay()
        if self.stays:
            self._laid[key] = made
        return made

    def objects(self, pdf: bytes) -> Objects:
        """The objects of a PDF of Typst's, read in this build or the one before.  Raises ValueError where it is none."""
        if not self.stays:
            return Objects(pdf)
        known = self._objects.get(pdf) or self._objects_before.get(pdf)
        self._objects[pdf] = known or Objects(pdf, stays=True)
        return self._objects[pdf]

    def prepared(self, key: bytes, kind: type[T]) -> T | None:
        """What `keep_prepared` took of KIND in this build or the one before."""
        known = self._prepared.get(key) or self._prepared_before.get(key)
        return known if isinstance(known, kind) else None

    def keep_prepared(self, key: bytes, value: object) -> None:
        """Keep VALUE, which is what KEY tells wherever it is made."""
        if self.stays:
            self._prepared[key] = value

    @contextmanager
    def typst(self, name: str, limits: Limits) -> Iterator[Typst]:
        """A compiler for the PDF called NAME; what it remembers of the last build makes it quick, and changes no byte."""
        typst = self._running.pop(name, None)
        if typst is not None and typst.limits != limits:
            typst.close()
            typst = None
        typst = typst or Typst(limits, stays=self.stays)
        kept = False
        try:
            yield typst
            kept = self.stays
        finally:
            if kept:
                typst.settle()
                self._running[name] = typst
                while len(self._running) > MAX_RUNNING:
                    self._running.pop(next(iter(self._running))).close()
            else:
                typst.close()

    def written(self, pieces: Sequence[Sequence[Block]]) -> list[str]:
        """The Typst source of each of PIECES, by one run of pandoc for those that the last build had not."""
        if not self.stays:
            return _written(pieces)
        keys = [hashlib.sha256(msgspec.json.encode(blocks)).digest() for blocks in pieces]
        known = {**self._before, **self._bodies}
        new = {key: blocks for key, blocks in zip(keys, pieces, strict=True) if key not in known}
        if new:
            known |= zip(new, _written(list(new.values())), strict=True)
        self._bodies |= {key: known[key] for key in keys}
        return [known[key] for key in keys]


def _written(pieces: Sequence[Sequence[Block]]) -> list[str]:
    blocks = [block for piece in pieces for block in (*piece, p.raw_block("typst", _MARK))]
    text = pandoc.convert(pandoc.document(blocks), "typst", ["--wrap=none"])
    bodies = [body.strip("\n") for body in re.split(rf"^{_MARK}$", text, flags=re.MULTILINE)]
    if len(bodies) != len(pieces) + 1:
        raise ExporterError("pandoc lost a section on its way to Typst")
    return bodies[:-1]
