"""Where a card comes from: its breadcrumb, source line, link back, deck and tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape
from pathlib import Path

import msgspec

from orgkb.org.document import Document
from orgkb.org.nodes import Element, Headline
from orgkb.patterns import pattern
from orgkb_exporters import emacs, html
from orgkb_exporters.anki.identity import file_key, relative_path
from orgkb_exporters.anki.note_types import EDITOR_PREFIX
from orgkb_exporters.anki.phrases import PHRASES
from orgkb_exporters.anki.prose import fold, title_text, without_address
from orgkb_exporters.anki.wishes import Wishes

SEPARATOR = " › "
MAX_LEVELS = 8
"""Headings of a breadcrumb; of a deeper outline the middle is left out."""
MAX_TAG_PART = 60
"""Longest part of a tag, in characters."""
_NOT_IN_TAG = pattern(r"[^\w.+#@%-]+")


class Home(msgspec.Struct, frozen=True):
    """A document, as cards speak of it."""

    document: Document
    file: str
    """The file key (`identity.file_key`)."""
    path: str
    """The file's path below the input folder."""
    title: str
    """The file's title, or its name."""
    language: str
    """What it says that its language is, else what its words tell; may be empty."""

    @classmethod
    def of(cls, document: Document, root: Path, language: str) -> Home:
        """The home of DOCUMENT, which is in LANGUAGE; ROOT is the input folder."""
        return cls(
            document,
            file_key(document, root),
            relative_path(document, root),
            title_of(document),
            language,
        )


class Place(msgspec.Struct, frozen=True):
    """A section of a document, as cards speak of it."""

    home: Home
    headline: Headline | None
    headings: tuple[str, ...]
    """Titles above and of the section, outermost first."""

    @classmethod
    def of(cls, home: Home, headline: Headline | None) -> Place:
        """The section HEADLINE of HOME, None for the text before the first headline."""
        headings = tuple(filter(None, map(title_text, home.document.outline_path(headline))))
        if len(headings) > MAX_LEVELS:
            headings = (*headings[:2], "…", *headings[3 - MAX_LEVELS :])
        return cls(home, headline, headings)

    @property
    def begin(self) -> int:
        """Where the section begins in the document's text."""
        return self.headline.begin if self.headline else 0

    @property
    def elements(self) -> Sequence[Element]:
        """What stands in the section."""
        return self.headline.children if self.headline else self.home.document.section

    @property
    def titles(self) -> tuple[str, ...]:
        """The file's title and the headings."""
        return (self.home.title, *self.headings)

    def breadcrumb(self, hidden: tuple[str, ...] = ()) -> str:
        """File and headings as HTML without addresses of pages, and without those of HIDDEN and those that repeat the one before."""
        unwanted = {fold(name) for name in hidden}
        parts: list[str] = []
        for name in self.titles:
            shown = without_address(name)
            if fold(name) not in unwanted and (not parts or fold(parts[-1]) != fold(shown)):
                parts.append(shown)
        return SEPARATOR.join(map(html.text, parts))

    def source(self) -> str:
        """The file and its headings as HTML."""
        return html.text(SEPARATOR.join((self.home.path, *self.headings)))

    def link(self, search: str, language: str) -> str:
        """A link for `org-protocol` that finds the heading, else SEARCH, whatever line it moved to."""
        wanted = f"*{self.headings[-1]}" if self.headings else search
        return f'<a href="{escape(emacs.address(self.home.path, wanted))}">{PHRASES[language].open}</a>'

    def deck(self, root: str, wishes: Wishes, depth: int = 0) -> str:
        """The deck that the notes ask for, else `ROOT::file title` and DEPTH headings; without ROOT for a file of that title."""
        own = "::".join(filter(None, map(deck_part, re.split(":{2,}", wishes.deck))))
        if own:
            return own
        top, below = (
            deck_part(root) or "orgkb",
            deck_part(self.home.title) or deck_part(self.home.document.stem) or "notes",
        )
        parts = [top] if fold(top) == fold(below) else [top, below]
        return "::".join((*parts, *filter(None, map(deck_part, self.headings[:depth]))))

    def tags(self, kind: str, wishes: Wishes) -> tuple[str, ...]:
        """`orgkb::file::heading…`, `orgkb::kind::KIND`, Org's tags as they are and those asked for, sorted."""
        parts = filter(
            None, (tag_part(name) for name in (self.home.path.removesuffix(".org").rsplit("/", 1)[-1], *self.headings))
        )
        inherited = self.home.document.all_tags(self.headline) if self.headline else self.home.document.file_tags
        own = ("::".join(filter(None, map(tag_part, tag.split("::")))) for tag in (*inherited, *wishes.tags))
        shown = "anki-editor" if kind.startswith(EDITOR_PREFIX) else kind
        return tuple(sorted({"::".join(("orgkb", *parts)), f"orgkb::kind::{shown}", *filter(None, own)}))


def title_of(document: Document) -> str:
    """The document's title, or its file's name without the ending."""
    title = document.setting("TITLE")
    return title_text(title) if title and title.strip() else document.stem


def deck_part(name: str) -> str:
    """NAME as one level of a deck: Anki takes `::` for the border of levels and drops quotes."""
    single = " ".join(unicodedata.normalize("NFC", name).replace('"', "").split())
    return re.sub(":{2,}", ":", single).strip(": ")[:100].strip(": ")


def tag_part(name: str) -> str:
    """NAME as one level of a tag: words joined by `_`, nothing that Anki's search takes for a sign."""
    joined = _NOT_IN_TAG.sub("_", unicodedata.normalize("NFC", name)).strip("_-")
    return joined[:MAX_TAG_PART].rstrip("_-")
