"""What another library, pypdf, reads in a PDF: pages, links, bookmarks, tags."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from orgkb_exporters.pdf.places import Place


class Read:
    """A PDF as pypdf reads it; the test is skipped without pypdf."""

    def __init__(self, pdf: bytes) -> None:
        pypdf = pytest.importorskip("pypdf")
        self._pdf: Any = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
        self.pages = len(self._pdf.pages)
        self._numbers = {page.indirect_reference.idnum: number for number, page in enumerate(self._pdf.pages, 1)}

    def text(self, page: int) -> str:
        """The text of PAGE, from 1."""
        return str(self._pdf.pages[page - 1].extract_text())

    def _place(self, dest: Any) -> Place:
        height = float(self._pdf.pages[self._numbers[dest[0].idnum] - 1].mediabox.height)
        return self._numbers[dest[0].idnum], round(height - float(dest[3]), 1)

    def annotations(self) -> Iterator[tuple[int, Any]]:
        """(page, link) of all links."""
        for number, page in enumerate(self._pdf.pages, 1):
            for annotation in page.get("/Annots", ()):
                yield number, annotation.get_object()

    def links(self) -> list[tuple[int, Place]]:
        """(page, place it leads to) of the links inside the file."""
        return [(page, self._place(link["/Dest"])) for page, link in self.annotations() if "/Dest" in link]

    def addresses(self) -> list[str]:
        """The addresses of the links that lead out of the file."""
        return [str(link["/A"]["/URI"]) for _, link in self.annotations() if "/A" in link]

    def said_pages(self) -> list[tuple[int, int]]:
        """(page that a screen reader says, page it leads to) of the links inside the file."""
        found: list[tuple[int, int]] = []
        for _, link in self.annotations():
            said = re.fullmatch(r"(?:page|с\.) (\d+)", str(link.get("/Contents", "")))
            if said and "/Dest" in link:
                found.append((int(said[1]), self._place(link["/Dest"])[0]))
        return found

    def outline(self) -> list[tuple[int, str]]:
        """(depth, title) of the bookmarks, in their order."""
        return [(depth, title) for depth, title, _ in self.bookmarks()]

    def bookmarks(self) -> list[tuple[int, str, Place]]:
        """(depth, title, place) of the bookmarks, in their order."""
        found: list[tuple[int, str, Place]] = []
        root = self._pdf.trailer["/Root"].get("/Outlines")
        waiting = [(0, root["/First"])] if root is not None and "/First" in root else []
        while waiting:
            depth, item = waiting.pop()
            found.append((depth, str(item["/Title"]), self._place(item["/Dest"])))
            if "/Next" in item:
                waiting.append((depth, item["/Next"]))
            if "/First" in item:
                waiting.append((depth + 1, item["/First"]))
        return found

    def tag_faults(self) -> list[str]:
        """What is wrong with the tree of tags: elements with another parent, pages and links that are not in it."""
        root = self._pdf.trailer["/Root"]["/StructTreeRoot"]
        numbers = root["/ParentTree"]["/Nums"]
        keys = [int(numbers[at]) for at in range(0, len(numbers), 2)]
        owners: dict[int, Any] = {key: numbers[2 * at + 1].get_object() for at, key in enumerate(keys)}
        faults = [] if keys == sorted(set(keys)) else ["numbers out of order"]
        waiting = [root["/K"][0]]
        while waiting:
            reference = waiting.pop()
            element = reference.get_object()
            for kid in element.get("/K", ()):
                known: Any = kid.get_object() if hasattr(kid, "get_object") else kid
                if hasattr(known, "raw_get") and "/S" in known:
                    if known.raw_get("/P").idnum != element.indirect_reference.idnum:
                        faults.append(f"an element {known['/S']} with another parent")
                    waiting.append(kid)
        for number, page in enumerate(self._pdf.pages, 1):
            if "/StructParents" in page and not isinstance(owners.get(int(page["/StructParents"])), list):
                faults.append(f"page {number} is not in the tree")
        for page, link in self.annotations():
            owner = owners.get(int(link.get("/StructParent", -1)))
            kids: Any = owner.get("/K", ()) if isinstance(owner, dict) else ()
            objects = [kid.raw_get("/Obj").idnum for kid in kids if hasattr(kid, "raw_get") and "/Obj" in kid]
            if link.indirect_reference.idnum not in objects:
                faults.append(f"a link on page {page} is not in the tree")
        return faults
