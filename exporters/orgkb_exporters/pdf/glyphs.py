"""Characters that no font at hand can show → warnings with the place in the notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.org.document import Document

MAX_SINGLE = 12
"""Characters of one file that get a warning of their own; the others share one."""
_LISTED = 40


def missing(unshown: Mapping[str, int], documents: Sequence[Document]) -> list[Diagnostic]:
    """One warning for each character of UNSHOWN in each document, at its first place; many are summed up."""
    characters = dict.fromkeys(
        character for text in unshown for character in text if not character.isspace() and _counts(character)
    )
    if not characters:
        return []
    found: list[Diagnostic] = []
    known: set[str] = set()
    for document in documents:
        first: dict[str, int] = {}
        many: dict[str, int] = {}
        for offset, character in enumerate(document.text):
            if character in characters:
                first.setdefault(character, offset)
                many[character] = many.get(character, 0) + 1
        known |= first.keys()
        places = list(first.items())
        found += [
            _one(document.location(offset), character, many[character]) for character, offset in places[:MAX_SINGLE]
        ]
        rest = places[MAX_SINGLE:]
        if rest:
            shown = "".join(character for character, _ in rest[:_LISTED])
            total = sum(many[character] for character, _ in rest)
            message = f"no font has glyphs for {len(rest)} more characters ({total} times): {shown}"
            found.append(_warning(document.location(rest[0][1]), message + ("…" if len(rest) > _LISTED else "")))
    others = [character for character in characters if character not in known]
    if others and documents:
        message = "no font has glyphs for " + ", ".join(_name(character) for character in others[:_LISTED])
        found.append(_warning(Location(documents[0].path, 1), message))
    return found


def _counts(character: str) -> bool:
    """Whether a character is one to tell of: marks and joiners only go with others."""
    return unicodedata.category(character) not in {"Mn", "Cf"}


def _one(location: Location, character: str, times: int) -> Diagnostic:
    often = "" if times == 1 else f" ({times} times)"
    return _warning(
        location,
        f'no font has a glyph for {_name(character)}{often}; the PDF shows an empty box (pip install "orgkb[cjk]" brings more fonts)',
    )


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"{character} (U+{ord(character):04X}{' ' + name if name else ''})"


def _warning(location: Location, message: str) -> Diagnostic:
    return Diagnostic(Severity.WARNING, "missing-glyph", message, location)
