"""What the notes themselves ask for: `ANKI_DECK`, `ANKI_TAGS`, `ANKI_SKIP`, `ANKI_REVERSE` and `ANKI_KIND`.

Each is a property of a heading, inherited by the headings below, or of the file (a property drawer
at its top, `#+PROPERTY:` or a keyword `#+ANKI_DECK:` of its own).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from orgkb.diagnostics import Diagnostic, Report, Severity
from orgkb.org.document import Document
from orgkb.org.nodes import Headline
from orgkb_exporters.anki.note_types import NOTE_TYPES

_NAMES: Final = ("ANKI_DECK", "ANKI_TAGS", "ANKI_SKIP", "ANKI_REVERSE", "ANKI_KIND")
_YES: Final = frozenset(("", "1", "t", "true", "y", "yes", "on", "да"))
_NO: Final = frozenset(("0", "nil", "false", "n", "no", "off", "нет"))
_ALL: Final = frozenset(("all", "any", "*"))


class Wishes(msgspec.Struct, frozen=True):
    """What a section asks for."""

    deck: str = ""
    """Full name of the deck; empty for the usual one."""
    tags: tuple[str, ...] = ()
    skip: bool = False
    reverse: bool | None = None
    """Whether to make reverse cards; None to let the text decide."""
    kinds: frozenset[str] = frozenset(NOTE_TYPES)
    """The kinds of notes to make."""


class WishBook:
    """Reads the wishes of sections, each once; what is not understood is reported."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._read: dict[tuple[str, int], Wishes] = {}

    def of(self, document: Document, headline: Headline | None) -> Wishes:
        """The wishes for the section HEADLINE of DOCUMENT, None for the text before the first headline."""
        missing: list[Headline | None] = []
        here: Headline | None = headline
        while (document.path, here.index if here else -1) not in self._read:
            missing.append(here)
            if here is None:
                break
            here = document.parent(here)
        wishes = self._read.get((document.path, here.index if here else -1), Wishes())
        for section in reversed(missing):
            wishes = self._apply(wishes, document, section)
            self._read[document.path, section.index if section else -1] = wishes
        return wishes

    def _apply(self, above: Wishes, document: Document, headline: Headline | None) -> Wishes:
        wishes = above
        for name, value in _own(document, headline):
            bare = value.strip()
            word = bare.casefold()
            match name:
                case "ANKI_DECK":
                    wishes = msgspec.structs.replace(wishes, deck=bare)
                case "ANKI_TAGS":
                    # As anki-editor writes them: by blanks, commas or colons.
                    tags = tuple(filter(None, re.split(r"[\s,]+", bare)))
                    wishes = msgspec.structs.replace(wishes, tags=tuple(dict.fromkeys((*above.tags, *tags))))
                case "ANKI_NOTE_TYPE":
                    # A note written for anki-editor (`editor`): not for our rules.
                    wishes = msgspec.structs.replace(wishes, skip=True)
                case "ANKI_SKIP" if word in _YES | _NO:
                    wishes = msgspec.structs.replace(wishes, skip=word in _YES)
                case "ANKI_REVERSE" if word in _YES | _NO:
                    wishes = msgspec.structs.replace(wishes, reverse=word in _YES)
                case "ANKI_KIND" if kinds := _kinds(word):
                    wishes = msgspec.structs.replace(wishes, kinds=kinds)
                case _:
                    wanted = "one of " + ", ".join(NOTE_TYPES) if name == "ANKI_KIND" else "yes or no"
                    message = f"{name} is “{bare}”: it must be {wanted}"
                    place = document.location(headline.begin) if headline else document.location(0)
                    self._report(Diagnostic(Severity.WARNING, "anki-property", message, place))
        return wishes


def _own(document: Document, headline: Headline | None) -> Iterator[tuple[str, str]]:
    for name in _NAMES:
        value = headline.get_property(name) if headline else document.setting(name) or document.get_property(name)
        if value is not None:
            yield name, value
    if headline is not None and (headline.get_property("ANKI_NOTE_TYPE") or "").strip():
        yield "ANKI_NOTE_TYPE", ""


def _kinds(value: str) -> frozenset[str] | None:
    found = frozenset(re.split(r"[\s,]+", value))
    if found & _ALL:
        return frozenset(NOTE_TYPES)
    return found if found and found <= NOTE_TYPES.keys() else None
