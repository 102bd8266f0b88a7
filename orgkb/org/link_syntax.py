"""The written forms of links: `[[bracket]]`, `<angle:links>` and plain `https://…` (Org syntax, "Links")."""

from __future__ import annotations

import re

from orgkb.org import chars
from orgkb.org import nodes as n
from orgkb.patterns import pattern

LINK_TYPES = [
    "attachment",
    "bbdb",
    "bibtex",
    "docview",
    "doi",
    "elisp",
    "eww",
    "file",
    "file+emacs",
    "file+sys",
    "ftp",
    "gnus",
    "help",
    "http",
    "https",
    "id",
    "info",
    "irc",
    "mailto",
    "man",
    "mhe",
    "news",
    "rmail",
    "shell",
    "w3m",
]
"""The link types that Emacs knows when it opens an Org file."""

_TYPES = frozenset(LINK_TYPES)
_PATH = pattern(r"\[\[((?:[^\[\]\\]++|\\[\s\S])++)\]")
_ANGLE = pattern(r"<([a-zA-Z][-+a-zA-Z0-9]*):([^>\n]*(?:\n[ \t]*[^> \t\n][^>\n]*)*)>")
_INNER = r"[^\]\[ \t\n()<>]"
_GROUP = rf"[<(\[](?:{_INNER}|[<(\[]{_INNER}*+[\])>])*+[\])>]"
_UNITS = pattern(rf"(?:{_INNER}++|{_GROUP})++")
_UNIT = pattern(rf"{_INNER}|{_GROUP}")
_NOT_LAST = pattern(r"[!-,.:-@\[-`{-~]|[^\w\x00-\x7f]")
"""Punctuation, which a plain link does not end with; `-` and `/` are allowed."""
_LATIN = pattern(chars.LATIN_WORD)
_CLOSERS = ")]>"
_SCHEME = pattern(r"\A([a-zA-Z][-+.a-zA-Z0-9_]*):")
_FILE = pattern(r"\A(?:/|~|\.\.?/)")
_ESCAPED = pattern(r"(\\+)([\[\]]|\Z)")


class LinkReader:
    """Finds the links of one text."""

    def __init__(self, text: str) -> None:
        """Read the links of TEXT."""
        self.text = text

    def bracket(self, at: int, end: int, dead: dict[str, int]) -> tuple[int, int, int] | None:
        """(end of path, begin of description or -1, end) of the bracket link at AT, or None."""
        match = _PATH.match(self.text, at, end)
        if match is None:
            return None
        after = match.end()
        if self.text.startswith("]", after, end):
            return match.end(1), -1, after + 1
        if not self.text.startswith("[", after, end) or "]]" in dead:
            return None
        close = self.text.find("]]", after + 2, end)
        if close < 0:
            dead["]]"] = end
            return None
        return match.end(1), after + 1, close + 2

    def bracket_link(self, at: int, path_end: int, end: int, children: tuple[n.Object, ...]) -> n.Link:
        """The link written at AT, its path ending at PATH_END."""
        raw = re.sub(r"[ \t]*\n[ \t]*", " ", self.text[at + 2 : path_end])
        raw = _ESCAPED.sub(lambda match: "\\" * (len(match[1]) // 2) + match[2], raw)
        kind, path, search = split_target(raw)
        return n.Link(at, end, "regular", kind, path, search, raw, children)

    def angle(self, at: int, end: int, dead: dict[str, int]) -> n.Link | None:
        """The angle link at AT, or None."""
        if at < dead.get("<", -1):
            return None
        match = _ANGLE.match(self.text, at, end)
        if match is None:
            close = self.text.find(">", at, end)
            dead["<"] = end if close < 0 else close
            return None
        kind = match[1].lower()
        if kind not in _TYPES:
            return None
        path = re.sub(r"[ \t]*\n[ \t]*", "", match[2])
        return _link(at, match.end(), "angle", kind, path, f"{match[1]}:{path}")

    def plain_begin(self, colon: int, lowest: int = 0) -> int:
        """Where the link type before COLON begins; COLON itself where there is none."""
        begin = colon
        while begin > lowest and colon - begin < 10 and self.text[begin - 1] in _LETTERS:
            begin -= 1
        plus = self.text.rfind("+", begin, colon)
        if plus >= 0 and self.text[begin:colon].lower() not in _TYPES:
            begin = plus + 1
        return begin

    def plain(self, colon: int, lowest: int, end: int) -> n.Link | None:
        """The plain link whose type ends at COLON, or None; it begins at LOWEST or later."""
        text = self.text
        begin = self.plain_begin(colon, lowest)
        if text[begin:colon].lower() not in _TYPES:
            return None
        if begin > lowest and _LATIN.match(text[begin - 1]):
            return None
        stop = self._plain_end(colon + 1, end)
        if stop < 0:
            return None
        path = text[colon + 1 : stop]
        return _link(begin, stop, "plain", text[begin:colon].lower(), path, text[begin:stop])

    def _plain_end(self, begin: int, end: int) -> int:
        """The end of the path that begins at BEGIN, trailing punctuation left out; -1 where it is too short."""
        text = self.text
        match = _UNITS.match(text, begin, end)
        if match is None:
            return -1
        stop = match.end()
        group_ends: dict[int, int] = {}
        if any(closer in text[begin:stop] for closer in _CLOSERS):
            units = _UNIT.finditer(text, begin, stop)
            group_ends = {unit.end(): unit.start() for unit in units if unit.end() - unit.start() > 1}
        while stop > begin + 1:
            if stop in group_ends:
                return stop if group_ends[stop] > begin else -1
            if not _NOT_LAST.match(text[stop - 1]):
                return stop
            stop -= 1
        return -1


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+")


def _link(begin: int, end: int, form: str, kind: str, path: str, raw: str) -> n.Link:
    search = None
    if kind.startswith("file"):
        kind, path, search = split_target(f"file:{path}")
    return n.Link(begin, end, form, kind, path, search, raw, ())


def split_target(raw: str) -> tuple[str, str, str | None]:
    """(kind, path, search) of what stands in a bracket link (Org syntax, "Regular links")."""
    if _FILE.match(raw):
        return "file", *_split_search(raw)
    if raw.startswith("#"):
        return "custom-id", raw[1:], None
    if raw.startswith("(") and raw.endswith(")") and len(raw) > 2:
        return "coderef", raw[1:-1], None
    match = _SCHEME.match(raw)
    if match is None or match[1].lower() not in _TYPES:
        return "fuzzy", raw, None
    kind, path = match[1].lower(), raw[match.end() :]
    if kind.startswith("file") or kind == "attachment":
        path = re.sub(r"\A///*(?=/)", "", path)
        return kind.split("+", maxsplit=1)[0], *_split_search(path)
    return kind, path, None


def _split_search(path: str) -> tuple[str, str | None]:
    head, separator, search = path.partition("::")
    return (head, search) if separator else (path, None)
