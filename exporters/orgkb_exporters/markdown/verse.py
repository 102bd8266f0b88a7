"""Verse: text in which line ends and indentation count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orgkb_exporters.markdown.pieces import HARD_BREAK, Literal, Piece, Raw, is_blank


def verse_pieces(contents: Iterable[Piece]) -> list[Piece]:
    """CONTENTS with a line break at each line end, and indentation beyond what all lines share."""
    lines: list[list[Piece]] = [[]]
    for piece in contents:
        if not isinstance(piece, Literal):
            lines[-1].append(piece)
            continue
        first, *others = piece.text.split("\n")
        lines[-1].append(Literal(first, piece.in_link))
        lines += [[Literal(line, piece.in_link)] for line in others]
    indents = [_indent(line) for line in lines]
    common = min((i for i, line in zip(indents, lines, strict=True) if not all(map(is_blank, line))), default=0)
    pieces: list[Piece] = []
    for indent, line in zip(indents, lines, strict=True):
        if pieces:
            pieces.append(HARD_BREAK)
        if indent > common and not all(map(is_blank, line)):
            pieces.append(Raw("&nbsp;" * (indent - common), " "))
        if line and isinstance(first_piece := line[0], Literal):
            line[0] = Literal(first_piece.text.lstrip(" \t"), first_piece.in_link)
        pieces += line
    return pieces


def _indent(line: Sequence[Piece]) -> int:
    """Columns of white space at the beginning of LINE."""
    if not line or not isinstance(first := line[0], Literal):
        return 0
    text = first.text.expandtabs()
    return len(text) - len(text.lstrip(" "))
