"""Changes to `orgkb.toml` that leave all else in it as it stands: comments, order, blanks, line ends."""

from __future__ import annotations

import codecs
import copy
import re
import tomllib
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any

import tomlkit
import tomlkit.exceptions
from tomlkit.items import Array, InlineTable

from orgkb.concepts import folding
from orgkb.errors import ConfigError
from orgkb.review.model import Change

_WIDTH = 100
_MANY = 3
"""Values of a list of ours up to which they stand on one line."""


def changed(data: bytes, changes: Iterable[Change], source: str) -> bytes:
    """The settings DATA with CHANGES; the same bytes where they say all of it already.

    Raises ConfigError, which names SOURCE, where DATA is no TOML, a key holds something else than it should, or
    the text cannot be changed without touching what else is in it.
    """
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = data[len(bom) :].decode()
        before = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{source}: {error}") from error
    crlf = "\r\n" in text
    text = text.replace("\r\n", "\n")
    wanted = copy.deepcopy(before)
    values = _Values(wanted, source)
    todo = [made for change in changes if (made := values.apply(change)) is not None]
    if not todo:
        return data
    edited = _edited(text, todo, wanted)  # tomllib, too, reads CRLF as a line end
    if edited is None:
        listed = "; ".join(f"[{'.'.join(c.table)}] {c.key}: {c.value}" for c in todo[:5])
        raise ConfigError(f"{source} is written in a way that cannot be changed safely; write there yourself: {listed}")
    return bom + (edited.replace("\n", "\r\n") if crlf else edited).encode()


# --- the values ---


class _Values:
    """The parsed settings while changes are made to them."""

    def __init__(self, root: dict[str, Any], source: str) -> None:
        self._root = root
        self._source = source
        self._keys: dict[tuple[str, ...], dict[str, str]] = {}
        self._held: dict[tuple[tuple[str, ...], str], set[object]] = {}

    def apply(self, change: Change) -> Change | None:
        """Make CHANGE; it with its key as the file spells it, or None where nothing changes."""
        table = self._root
        for name in change.table:
            table = table.setdefault(name, {})
            if not isinstance(table, dict):
                raise ConfigError(f"{self._source}: [{'.'.join(change.table)}] is no table")
        key = self._spelt(table, change)
        if not change.add:
            if table.get(key) == change.value:
                return None
            table[key] = change.value
        else:
            values = table.setdefault(key, [])
            if not isinstance(values, list):
                raise ConfigError(f"{self._source}: [{'.'.join(change.table)}] {key} is no list")
            if (change.table, key) not in self._held:
                self._held[change.table, key] = set(map(_folded, values))
            held = self._held[change.table, key]
            if _folded(change.value) in held:
                return None
            held.add(_folded(change.value))
            values.append(change.value)
        return Change(change.table, key, change.value, change.add)

    def _spelt(self, table: Mapping[str, Any], change: Change) -> str:
        """The key of CHANGE as TABLE has it: inner tables have names of concepts, which may be spelt in another way."""
        if len(change.table) == 1 or change.table[-1] == "relations":
            return change.key
        if change.table not in self._keys:
            self._keys[change.table] = {folding.key(key): key for key in reversed(list(table))}
        known = self._keys[change.table]
        return known.setdefault(folding.key(change.key), change.key)


def _folded(value: object) -> object:
    """VALUE without what makes no other name."""
    if isinstance(value, list):
        return tuple(map(_folded, value))
    return (folding.key(value) or value) if isinstance(value, str) else str(value)


# --- the text ---


def _edited(text: str, changes: Sequence[Change], wanted: Mapping[str, Any]) -> str | None:
    """TEXT with CHANGES, so that it says what is WANTED; None where it cannot be done."""
    for way in (_by_line, _by_library):
        try:
            made = way(text, changes)
            if tomllib.loads(made) == wanted:
                return made
        except (tomlkit.exceptions.TOMLKitError, tomllib.TOMLDecodeError, LookupError, TypeError, ValueError):
            continue
    return None


def _by_library(text: str, changes: Sequence[Change]) -> str:
    """All by tomlkit, which puts new keys at the end of their table, below its last comment."""
    document = tomlkit.parse(text)
    for change in changes:
        table: MutableMapping[str, Any] = document
        for name in change.table:
            if name not in table:
                table[name] = tomlkit.inline_table() if isinstance(table, InlineTable) else tomlkit.table()
            table = table[name]
        _put(table, change)
    return tomlkit.dumps(document)


def _put(table: MutableMapping[str, Any], change: Change) -> None:
    if not change.add:
        table[change.key] = change.value
    elif change.key in table:
        _append(table[change.key], [change.value])
    else:
        table[change.key] = [change.value]


def _append(array: Array, values: Sequence[Any]) -> None:
    """Add VALUES to ARRAY: on lines of their own where the others stand so, or where the line would get too long."""
    before = array.as_string()
    for value in values:
        array.append(value)
    if "\n" not in before and "#" not in before and len(array.as_string()) > _WIDTH:
        array.multiline(multiline=True)


def _by_line(text: str, changes: Sequence[Change]) -> str:
    """Keys that are there by tomlkit; new ones after the last key of their table or where it has an example of them."""
    document = tomlkit.parse(text)
    new: dict[tuple[tuple[str, ...], str], Any] = {}
    grown: dict[tuple[tuple[str, ...], str], tuple[Array, list[Any]]] = {}
    for change in changes:
        table: Any = document
        for name in change.table:
            table = table.get(name, {})
        if change.key in table and change.add:
            grown.setdefault((change.table, change.key), (table[change.key], []))[1].append(change.value)
        elif change.key in table:
            table[change.key] = change.value
        elif change.add:
            new.setdefault((change.table, change.key), []).append(change.value)
        else:
            new[change.table, change.key] = change.value
    for array, values in grown.values():
        _append(array, values)
    lines = tomlkit.dumps(document).splitlines()
    together: dict[tuple[str, ...], list[str]] = {}
    for (path, key), value in new.items():
        rendered = _rendered(key, value, short=len(path) > 1)
        if len(path) == 1:
            _insert(lines, path, rendered, key)
        else:
            together.setdefault(path, []).extend(rendered)
    for path, rendered in together.items():
        _insert(lines, path, rendered)
    return "\n".join(lines) + "\n"


def _rendered(key: str, value: Any, *, short: bool) -> list[str]:
    """KEY and VALUE as lines; long lists one value a line."""
    if isinstance(value, list) and (len(value) > _MANY or not short or any(isinstance(each, list) for each in value)):
        # Not by tomlkit's arrays, which take the square of their length.
        values = (tomlkit.item(each).as_string() for each in value)
        return [f"{tomlkit.key(key).as_string()} = [", *(f"    {each}," for each in values), "]"]
    if isinstance(value, dict):
        inline = tomlkit.inline_table()
        inline.update(value)
        value = inline
    table = tomlkit.document()
    table.add(key, value)
    return tomlkit.dumps(table).rstrip("\n").splitlines()


def _insert(lines: list[str], path: tuple[str, ...], new: list[str], key: str = "") -> None:
    """Put the lines NEW into the table PATH of LINES, which is made where there is none: below an example of KEY, if any."""
    header = re.compile(r"\s*\[\s*" + r"\s*\.\s*".join(re.escape(name) for name in path) + r"\s*\]\s*(?:#.*)?")
    start = next((at for at, line in enumerate(lines) if header.fullmatch(line)), None)
    if start is None:
        _insert_table(lines, path, new)
        return
    end = _end(lines, start)
    example = re.compile(rf"\s*#\s*{re.escape(key)}\s*=")
    at = next((at + 1 for at in range(start + 1, end) if key and example.match(lines[at])), None)
    if at is None:
        at = 1 + max((at for at in range(start + 1, end) if _is_content(lines[at])), default=start)
    lines[at:at] = new


def _insert_table(lines: list[str], path: tuple[str, ...], new: list[str]) -> None:
    family = re.compile(rf"\s*\[\[?\s*{re.escape(path[0])}\s*[.\]]")
    kin = [at for at, line in enumerate(lines) if family.match(line)]
    block = [f"[{'.'.join(path)}]", *new]
    if not kin:
        while lines and not lines[-1].strip():
            lines.pop()
        lines[len(lines) :] = ["", *block] if lines else block
        return
    # The table itself before its inner ones, those after each other; comments stay with the header below them.
    at = kin[0] if len(path) == 1 else _end(lines, kin[-1])
    while at > 0 and lines[at - 1].lstrip().startswith("#") and (at < len(lines) or len(path) == 1):
        at -= 1
    while at > 0 and not lines[at - 1].strip():
        at -= 1
    while at < len(lines) and not lines[at].strip():
        del lines[at]
    lines[at:at] = [*([""] if at else []), *block, *([""] if at < len(lines) else [])]


def _end(lines: Sequence[str], start: int) -> int:
    """The line of the next header after the one on line START, or the number of lines."""
    return next((at for at in range(start + 1, len(lines)) if re.match(r"\[[^\]]*\w", lines[at])), len(lines))


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
