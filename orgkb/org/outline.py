"""Headlines: their TODO states, priorities, tags and properties (the only import of orgparse).

orgparse reads a skeleton of the file: the `#+TODO:` lines, each headline cut short, and the lines of
its property drawer.  It never sees the text, so that none of its traps can bite: an impossible date
or effort anywhere raises, a drawer in a code block counts, long headings take quadratic time.  Where
it still differs from Org (tags with `#` or `%`, a tab after the TODO word, `[#10]`, keys with a
colon, `KEY+`), the rules below decide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

import msgspec
import orgparse

from orgkb.org import chars
from orgkb.org import nodes as n
from orgkb.org.lines import LineTable
from orgkb.patterns import pattern

_TAGS = pattern(rf"(?:(?<=[ \t])|\A)(:(?:[\w@#%:]|{chars.ALPHANUMERIC})+:)[ \t]*\Z")
_PRIORITY = pattern(r"\[#([A-Z0-9]+|[a-z])\][ \t]*")
_COMMENT = pattern(r"COMMENT(?:[ \t]+|\Z)")
TODO_KEYS = ("TODO", "SEQ_TODO", "TYP_TODO")
"""The settings that define TODO words."""
# What orgparse takes for a date, and raises for where the calendar has none such.
_STAMP = pattern(r"[<\[](?=\d)")
_SKELETON_WIDTH = 80
"""Characters of a headline shown to orgparse: enough for stars, TODO word and priority."""


class HeadlineLine(msgspec.Struct, frozen=True):
    """What a headline's line says, with the place of its title."""

    level: int
    todo: str | None
    priority: str | None
    commented: bool
    title_begin: int
    title_end: int
    """Offsets of the title in the document's text."""
    tags: tuple[str, ...]


class Outline:
    """The TODO keywords of a file and its headlines' metadata, as orgparse reads them from the skeleton."""

    def __init__(self, table: LineTable, todo_lines: Sequence[str], drawers: Sequence[Sequence[str]]) -> None:
        """Read the headlines of TABLE; TODO_LINES are the file's `#+TODO:` lines, DRAWERS the property lines of each."""
        self._table = table
        skeleton = list(todo_lines)
        for line_number, drawer in zip(table.headlines, drawers, strict=True):
            # Shown at level 1: orgparse has no use for the depth here, and 10,000 stars no place.
            shown = table.lines[line_number].lstrip("*").strip()[:_SKELETON_WIDTH]
            skeleton.append("* " + _STAMP.sub("?", shown))
            if drawer:
                skeleton += [":PROPERTIES:", *drawer, ":END:"]
        root = orgparse.loadi(skeleton)
        self._nodes = [node for node in root.env.nodes if isinstance(node, orgparse.OrgNode)]
        self.todo_keywords: tuple[str, ...] = tuple(root.env.todo_keys)
        self.done_keywords: tuple[str, ...] = tuple(root.env.done_keys)
        self._keywords = frozenset(self.todo_keywords) | frozenset(self.done_keywords)

    def line(self, index: int) -> HeadlineLine:
        """The metadata of headline number INDEX."""
        node = self._nodes[index]
        number = self._table.headlines[index]
        line, start = self._table.lines[number], self._table.starts[number]
        return headline_line(line, start, node.todo, node.priority, self._keywords)

    def properties(self, index: int, drawer: n.PropertyDrawer | None) -> tuple[tuple[str, str], ...]:
        """The properties of headline number INDEX, whose drawer is DRAWER, in its order; keys in upper case."""
        if drawer is None:
            return ()
        read = self._nodes[index].properties
        return joined_properties((p.key, str(read.get(p.key, p.value))) for p in drawer.children)


def headline_line(
    line: str, start: int, todo: str | None, priority: str | None, keywords: Collection[str]
) -> HeadlineLine:
    """What the headline LINE at offset START says.

    TODO and PRIORITY are what another reader found; KEYWORDS are the file's TODO words.
    """
    level = len(line) - len(line.lstrip("*"))
    end = len(line.rstrip(" \t"))
    at = _skip_blanks(line, level)
    if todo is None:
        word = re.split(r"[ \t]", line[at : at + _SKELETON_WIDTH], maxsplit=1)[0]
        todo = word if word in keywords else None
    if todo:
        at = _skip_blanks(line, at + len(todo))
    if match := _PRIORITY.match(line, at):
        priority = match[1]
        at = match.end()
    commented = False
    if match := _COMMENT.match(line, at):
        commented = True
        at = match.end()
    tags: tuple[str, ...] = ()
    if line.endswith(":", 0, end) and (match := _TAGS.search(line, at, end)):
        tags = tuple(tag for tag in match[1].split(":") if tag)
        end = len(line[: match.start()].rstrip(" \t"))
    return HeadlineLine(level, todo, priority, commented, start + at, start + max(at, end), tags)


def todo_words(settings: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The TODO words that (key, value) SETTINGS define, `TODO` and `DONE` where they define none."""
    lines = [f"#+{key}: {value}" for key, value in settings if key in TODO_KEYS]
    env = orgparse.loadi(lines).env
    return frozenset(env.todo_keys) | frozenset(env.done_keys)


def drawer_lines(drawer: n.PropertyDrawer | None) -> list[str]:
    """The lines of DRAWER that orgparse reads as Org does."""
    if drawer is None:
        return []
    safe = (p for p in drawer.children if ":" not in p.key and not p.key.endswith("+") and p.key.upper() != "EFFORT")
    return [
        f":{p.key}: {p.value}"
        for p in safe
        if p.value and "END" not in p.key.upper() + p.value and not _STAMP.search(p.value)
    ]


def joined_properties(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """(key, value) PAIRS with `KEY+` values joined to KEY's by a space; the last of equal keys wins."""
    found: dict[str, str] = {}
    for key, value in pairs:
        name = key.upper()
        if name.endswith("+"):
            name = name[:-1]
            found[name] = f"{found[name]} {value}" if name in found else value
        else:
            found[name] = value
    return tuple(found.items())


def _skip_blanks(line: str, at: int) -> int:
    while at < len(line) and line[at] in " \t":
        at += 1
    return at
