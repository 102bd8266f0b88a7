"""Links that lead nowhere, to several places, or to files that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.checking.model import Finding, Notes, at
from orgkb.org.document import Document
from orgkb.org.links import is_file_link
from orgkb.org.nodes import Link
from orgkb.org.walk import find_in

_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tif", ".tiff")
_REMOTE = ("/ssh:", "/scp:", "/sudo:", "/docker:", "//", "http:", "https:", "ftp:")


def of_the_index(code: str, notes: Notes) -> Iterator[Finding]:
    """What the link index says about links with that CODE."""
    for diagnostic in notes.graph.links.diagnostics():
        if diagnostic.code == code:
            yield Finding(diagnostic.location, diagnostic.message)


def broken_links(notes: Notes) -> Iterator[Finding]:
    """Links to places that do not exist; not those to notes that are there and were not named for this run."""
    links = notes.graph.links
    elsewhere = set()
    for document in notes.graph.documents:
        for written in find_in(document, Link):
            link = links.expand(document, written)
            path = link.path.strip()
            if not is_file_link(link) or not path or path.startswith(("~", "/")) or links.file(document, path):
                continue
            names = dict.fromkeys((path, path if path.lower().endswith(".org") else f"{path}.org"))
            if any(notes.file_problem(document.path, name) is None for name in names):
                elsewhere.add(document.location(link.begin))
    yield from (finding for finding in of_the_index("broken-link", notes) if finding.location not in elsewhere)


def missing_images(notes: Notes) -> Iterator[Finding]:
    """Image links whose file cannot be used."""
    for document, link, reason in _unusable(notes, images=True):
        message = f"the image {link.path} cannot be shown: {reason}"
        yield at(notes, document.path, link.begin, message)


def missing_files(notes: Notes) -> Iterator[Finding]:
    """Links to other files, no notes and no images, that are not there."""
    for document, link, reason in _unusable(notes, images=False):
        message = f"the file {link.path} cannot be opened: {reason}"
        yield at(notes, document.path, link.begin, message)


def _unusable(notes: Notes, *, images: bool) -> Iterator[tuple[Document, Link, str]]:
    links = notes.graph.links
    told = {d.location for d in links.diagnostics() if d.code == "broken-link"}
    for document in notes.graph.documents:
        for written in find_in(document, Link):
            link = links.expand(document, written)
            path = link.path.strip()
            if not (is_file_link(link) or link.kind == "attachment") or not path or path.startswith(_REMOTE):
                continue
            if path.lower().endswith(_IMAGES) is not images or document.location(link.begin) in told:
                continue
            # Whether a note is there is judged by the index; a home folder is nobody's business.
            if path.lower().endswith(".org") or path.startswith(("~", "/")) or links.file(document, path):
                continue
            reason = notes.file_problem(document.path, path)
            if reason is not None:
                yield document, link, reason
