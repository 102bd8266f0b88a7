"""What one stretch of inline text allows and remembers while it is read."""

from __future__ import annotations


class Restriction:
    """Which objects may stand where, besides the minimal set (Org syntax, "Objects"); bits to be joined."""

    CITATION = 1
    SNIPPET = 2
    FOOTNOTE = 4
    CALL = 8
    SRC = 16
    LINE_BREAK = 32
    LINK = 64
    MACRO = 128
    RADIO = 256
    TARGET = 512
    COOKIE = 1024
    TIMESTAMP = 2048

    STANDARD = 4095
    PARAGRAPH = STANDARD
    TITLE = STANDARD - LINE_BREAK
    KEYWORD = STANDARD - FOOTNOTE
    DESCRIPTION = SNIPPET | CALL | SRC | MACRO | COOKIE
    CELL = CITATION | SNIPPET | FOOTNOTE | LINK | MACRO | RADIO | TARGET | TIMESTAMP
    MINIMAL = 0


class Scope:
    """One stretch of text that is read as if it stood alone: a paragraph, a title, the inside of a bold."""

    __slots__ = ("allowed", "begin", "dead", "depth", "done", "end", "pairs")

    def __init__(self, begin: int, end: int, allowed: int, depth: int) -> None:
        self.begin = begin
        self.end = end
        self.allowed = allowed
        self.depth = depth
        self.done = begin
        """Where the last object found ends: none begins before."""
        self.dead: dict[str, int] = {}
        """What was sought in vain: before this offset it need not be sought again."""
        self.pairs: dict[str, dict[int, int]] = {}
