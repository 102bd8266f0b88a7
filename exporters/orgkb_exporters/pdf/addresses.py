"""Which PDF holds which document, told without printing it; for the printer, and for other writers that lead there."""

from __future__ import annotations

from collections.abc import Sequence

from orgkb.org import semantics
from orgkb.org.document import Document
from orgkb.org.objects import parse_string
from orgkb.org.slugs import Namespace
from orgkb.org.walk import plain_text
from orgkb_exporters.names import file_name

MANY_PAGES = 400
"""Estimated pages above which several files become a PDF each, where nothing else is asked for."""

_LINE_LETTERS, _PAGE_LINES = 90, 44


def handouts(documents: Sequence[Document], title: str) -> dict[str, str]:
    """Path → the PDF in the layout `handout` that holds the document, relative to the output folder.

    TITLE is that of the whole. This is what the options of the exporter make where they are not changed.
    """
    names = Namespace()
    if in_one(documents):
        name = names.take(file_name(whole_title(documents, title)))
        return {document.path: f"pdf/{name}.pdf" for document in documents}
    return {document.path: f"pdf/{names.take(file_name(title_of(document)))}.pdf" for document in documents}


def in_one(documents: Sequence[Document]) -> bool:
    """Whether DOCUMENTS become one PDF where the user says nothing else."""
    return len(documents) == 1 or sum(map(pages_of, documents)) <= MANY_PAGES


def whole_title(documents: Sequence[Document], title: str) -> str:
    """What the PDF of all DOCUMENTS is called; TITLE is that of the whole."""
    several = len(documents) > 1
    wanted = title if several or not semantics.options_of(documents[0]).with_title else ""
    return wanted or title_of(documents[0])


def title_of(document: Document) -> str:
    """What DOCUMENT is called: its title, else its file's name."""
    return text_of(semantics.options_of(document).title) or document.stem


def pages_of(document: Document) -> int:
    """Roughly how many pages DOCUMENT will take."""
    return sum(1 + len(line) // _LINE_LETTERS for line in document.text.split("\n")) // _PAGE_LINES + 1


def text_of(setting: str | None) -> str:
    """An export setting, which is Org text, as plain text."""
    return plain_text(parse_string(setting)) if setting else ""
