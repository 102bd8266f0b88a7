"""What stands beside a headline's title: TODO keyword, priority, tags."""

from __future__ import annotations

from collections.abc import Sequence

from orgkb.org import nodes as n
from orgkb.patterns import pattern
from orgkb_exporters.markdown.flavours import Flavour
from orgkb_exporters.markdown.pieces import Literal, Piece, Place, Raw, code_span

_NOT_IN_TAG = pattern(r"[^\w-]")


def heading_pieces(todo: str | None, priority: str | None, title: Sequence[Piece], flavour: Flavour) -> list[Piece]:
    """A headline's title after its TODO keyword and priority."""
    pieces: list[Piece] = []
    if todo:
        pieces += [Raw(todo, todo)] if todo in flavour.task_words else code_span(todo, Place.LINE)
        pieces.append(Literal(" "))
    if priority:
        label = f"[#{priority}]"
        pieces += [Raw(label, label)] if flavour.task_words else code_span(label, Place.LINE)
        pieces.append(Literal(" "))
    return [*pieces, *title]


def hash_tag(tag: str) -> str:
    """An Org tag as a word after `#`; one of digits only would be none."""
    word = _NOT_IN_TAG.sub("-", tag)
    return f"#{word}" if not word.isdecimal() else f"#_{word}"


def moments_of(planning: n.Planning) -> list[tuple[str, n.Timestamp]]:
    """What PLANNING says, in the order in which Org writes it."""
    entries = (("CLOSED", planning.closed), ("DEADLINE", planning.deadline), ("SCHEDULED", planning.scheduled))
    return [(key, moment) for key, moment in entries if moment is not None]
