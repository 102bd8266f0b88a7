"""The five note types.  Their schema is frozen: Anki refuses updates of notes whose type gained, lost or moved a field."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from orgkb.shipped import shipped

TAIL = ("Context", "Extra", "Related", "Map", "Source", "Link", "Spare1", "Spare2", "Mine")
"""The fields that every note type ends with; `Mine` is the learner's and never written by us."""


class NoteType(msgspec.Struct, frozen=True):
    """One note type.

    Anki tells fields and templates apart by id, so that a later change of a *name* needs no merge of
    note types; ids, the order of fields and the number of templates never change.
    """

    kind: str
    """Our name of it, part of every note's identity."""
    name: str
    id: int
    fields: tuple[str, ...]
    """The first is unique in the collection; the field with id `id + 1 + position`."""
    sort: int
    """Position of the field that Anki's browser sorts by and shows."""
    templates: tuple[tuple[str, str], ...]
    """(name, stem of its files); the template with id `id + 101 + position`."""
    cloze: bool = False
    own_sides: tuple[tuple[str, str], ...] = ()
    """(front, back) of each template of the user's note types; ours are files."""

    def style(self) -> str:
        """The style sheet, the same for all types."""
        return read_template("style.css")

    def sides(self) -> tuple[tuple[str, str], ...]:
        """(front, back) of each template."""
        if self.own_sides:
            return self.own_sides
        foot = read_template("foot.html")
        return tuple(
            (read_template(f"{stem}-front.html"), read_template(f"{stem}-back.html") + foot)
            for _, stem in self.templates
        )


TERM = NoteType(
    kind="term",
    name="orgkb Term",
    id=1_728_000_001_000,
    fields=("ID", "Term", "Definition", "Masked", "Prompt", "ReversePrompt", "ReverseContext", *TAIL),
    sort=1,
    templates=(("Term → definition", "term"), ("Definition → term", "term-reverse")),
)
COMMAND = NoteType(
    kind="command",
    name="orgkb Command",
    id=1_728_000_002_000,
    fields=("ID", "Command", "Does", "Prompt", "ReversePrompt", "ReverseContext", "Both", *TAIL),
    sort=1,
    templates=(("Goal → command", "command"), ("Command → effect", "command-reverse")),
)
CLOZE = NoteType(
    kind="cloze",
    name="orgkb Cloze",
    id=1_728_000_003_000,
    fields=("ID", "Title", "Text", *TAIL),
    sort=1,
    templates=(("Cloze", "cloze"),),
    cloze=True,
)
LIST = NoteType(
    kind="list",
    name="orgkb List",
    id=1_728_000_004_000,
    fields=("ID", "Title", "Text", *TAIL),
    sort=1,
    templates=(("List item", "list"),),
    cloze=True,
)
CODE = NoteType(
    kind="code",
    name="orgkb Code",
    id=1_728_000_005_000,
    fields=("ID", "Question", "Answer", *TAIL),
    sort=1,
    templates=(("Question → code", "code"),),
)
NOTE_TYPES = {note_type.kind: note_type for note_type in (TERM, COMMAND, CLOZE, LIST, CODE)}
"""All note types by kind."""


EDITOR_PREFIX = "anki-editor:"
"""Begin of the kinds of note types that are the user's own: name and fields follow."""
_BORDER = "|"


def editor_kind(name: str, fields: Iterable[str]) -> str:
    """The kind of the user's note type NAME with FIELDS."""
    return EDITOR_PREFIX + _BORDER.join(part.replace(_BORDER, "/") for part in (name, *fields))


def is_kind(kind: str) -> bool:
    """Whether KIND names a note type: one of ours or of the user's."""
    return kind in NOTE_TYPES or (kind.startswith(EDITOR_PREFIX) and _BORDER in kind)


@lru_cache(maxsize=256)
def note_type(kind: str) -> NoteType:
    """The note type of KIND; KeyError where there is none."""
    if not is_kind(kind) or kind in NOTE_TYPES:
        return NOTE_TYPES[kind]
    name, *fields = kind.removeprefix(EDITOR_PREFIX).split(_BORDER)
    number = int.from_bytes(hashlib.sha256(kind.encode()).digest()[:5])
    cloze = "cloze" in name.casefold()
    first, rest = fields[0], fields[1:]
    back = "<br>".join(f"{{{{#{f}}}}}{{{{{f}}}}}{{{{/{f}}}}}" for f in rest)
    sides: tuple[tuple[str, str], ...]
    if cloze:
        sides = ((f"{{{{cloze:{first}}}}}", f"{{{{cloze:{first}}}}}<br>{back}"),)
    else:
        answer = f'{{{{FrontSide}}}}<hr id="answer">{back}'
        sides = ((f"{{{{{first}}}}}", answer),)
        if "revers" in name.casefold() and rest:
            ask, told = f"{{{{{rest[0]}}}}}", f'{{{{FrontSide}}}}<hr id="answer">{{{{{first}}}}}'
            if "optional" in name.casefold() and len(rest) > 1:
                ask = f"{{{{#{rest[1]}}}}}{ask}{{{{/{rest[1]}}}}}"
                sides = ((f"{{{{{first}}}}}", f'{{{{FrontSide}}}}<hr id="answer">{{{{{rest[0]}}}}}'),)
            sides = (*sides, (ask, told))
    cards = tuple((f"Card {i}", "") for i in range(1, len(sides) + 1)) if not cloze else ((name, ""),)
    return NoteType(kind, name, 1_729_000_000_000 + number, tuple(fields), 0, cards, cloze=cloze, own_sides=sides)


@lru_cache(maxsize=64)
def read_template(name: str) -> str:
    """A file of `templates/anki`."""
    return shipped("orgkb_exporters", f"templates/anki/{name}").decode()
