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
from typing import Any

import msgspec

from orgkb.once import once
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


class _Node(msgspec.Struct, frozen=True, array_like=True):
    """What orgparse reads of a headline.  What may be hidden is not here, as this is remembered."""

    todo: str | None
    priority: str | None
    lines: tuple[int, ...]
    """Which of the lines of its drawer are its properties."""


class _Skeleton(msgspec.Struct, frozen=True, array_like=True):
    todo_keywords: tuple[str, ...]
    done_keywords: tuple[str, ...]
    nodes: tuple[_Node, ...]


class _Unusual(Exception):  # noqa: N818 - it keeps something from being remembered
    """The properties of a headline are not lines of its drawer as they stand."""


def _loaded(skeleton: Sequence[str]) -> Any:
    """What orgparse makes of SKELETON, and its headlines."""
    import orgparse  # noqa: PLC0415 - most builds find remembered what it reads

    root = orgparse.loadi(skeleton)
    return root.env, [node for node in root.env.nodes if isinstance(node, orgparse.OrgNode)]


def _read(skeleton: Sequence[str], drawers: Sequence[Sequence[str]]) -> bytes:
    """What is remembered of SKELETON; raises _Unusual."""
    env, found = _loaded(skeleton)
    nodes: list[_Node] = []
    for node, drawer in zip(found, drawers, strict=True):
        properties = {key: str(value) for key, value in node.properties.items()}
        lines = tuple(i for i, line in enumerate(drawer) if properties.get(_property(line)[0]) == _property(line)[1])
        if dict(_property(drawer[i]) for i in lines) != properties:
            raise _Unusual
        nodes.append(_Node(node.todo, node.priority, lines))
    return msgspec.msgpack.encode(_Skeleton(tuple(env.todo_keys), tuple(env.done_keys), tuple(nodes)))


def _property(line: str) -> tuple[str, str]:
    """(key, value) of a LINE as `drawer_lines` writes it."""
    key, _, value = line[1:].partition(": ")
    return key, value.strip()


class Outline:
    """The TODO keywords of a file and its headlines' metadata, as orgparse reads them from the skeleton."""

    def __init__(self, table: LineTable, todo_lines: Sequence[str], drawers: Sequence[Sequence[str]]) -> None:
        """Read the headlines of TABLE; TODO_LINES are the file's `#+TODO:` lines, DRAWERS the property lines of each."""
        self._table = table
        self._nodes: list[tuple[str | None, str | None, dict[str, str]]]
        skeleton = list(todo_lines)
        for line_number, drawer in zip(table.headlines, drawers, strict=True):
            # Shown at level 1: orgparse has no use for the depth here, and 10,000 stars no place.
            shown = table.lines[line_number].lstrip("*").strip()[:_SKELETON_WIDTH]
            skeleton.append("* " + _STAMP.sub("?", shown))
            if drawer:
                skeleton += [":PROPERTIES:", *drawer, ":END:"]
        try:
            # Most edits leave the headlines as they are.
            made = once("outline", "\n".join(skeleton).encode(), lambda: _read(skeleton, drawers))
        except (_Unusual, UnicodeEncodeError):
            env, nodes = _loaded(skeleton)
            todo, done = env.todo_keys, env.done_keys
            self._nodes = [
                (node.todo, node.priority, {key: str(value) for key, value in node.properties.items()})
                for node in nodes
            ]
        else:
            read = msgspec.msgpack.decode(made, type=_Skeleton)
            todo, done = read.todo_keywords, read.done_keywords
            self._nodes = [
                (node.todo, node.priority, dict(_property(drawer[i]) for i in node.lines))
                for node, drawer in zip(read.nodes, drawers, strict=True)
            ]
        self.todo_keywords: tuple[str, ...] = tuple(todo)
        self.done_keywords: tuple[str, ...] = tuple(done)
        self._keywords = frozenset(self.todo_keywords) | frozenset(self.done_keywords)

    def line(self, index: int) -> HeadlineLine:
        """The metadata of headline number INDEX."""
        todo, priority, _ = self._nodes[index]
        number = self._table.headlines[index]
        line, start = self._table.lines[number], self._table.starts[number]
        return headline_line(line, start, todo, priority, self._keywords)

    def properties(self, index: int, drawer: n.PropertyDrawer | None) -> tuple[tuple[str, str], ...]:
        """The properties of headline number INDEX, whose drawer is DRAWER, in its order; keys in upper case."""
        if drawer is None:
            return ()
        _, _, read = self._nodes[index]
        return joined_properties((p.key, read.get(p.key, p.value)) for p in drawer.children)


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
    env, _ = _loaded([f"#+{key}: {value}" for key, value in settings if key in TODO_KEYS])
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
