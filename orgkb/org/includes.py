"""Text that other files bring in before parsing: `#+INCLUDE:` and the settings of `#+SETUPFILE:`.

Only files that the path rule (`orgkb.org.paths`) allows are read.  Whatever cannot be brought in
is a diagnostic, and its keyword line stays as it is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from orgkb.diagnostics import Diagnostic, Location, Report, Severity
from orgkb.org import limits
from orgkb.org.decoding import note_text
from orgkb.org.document import Segment
from orgkb.org.included import HEADLINE, Line, NoSuchPlace, Source
from orgkb.org.lines import Kind, LineTable
from orgkb.org.paths import OutsideRoot, Reach, find_inside, read_found
from orgkb.patterns import pattern

_LINE_COST = 8
"""Characters that a line counts as at least."""

_LITERAL_BLOCKS = frozenset({"src", "example", "export", "comment", "verse"})
"""Blocks whose contents are no elements, so that a keyword in them is none."""
_CODE_BLOCKS = frozenset({"src", "example", "export"})
_NAMED = pattern(r"#\+(?:include|setupfile):", re.IGNORECASE)
_WANTED = pattern(r"^[ \t]*#\+(?:include|setupfile):", re.IGNORECASE | re.MULTILINE)
_KEYWORD = pattern(r"[ \t]*#\+(\S+?):(.*)", re.DOTALL)
_FILE = pattern(r'"([^"]+)"|(\S+)')
_OPTION = pattern(r':(?:lines[ \t]+"(\d*-\d*)"|minlevel[ \t]+(\d+)|only-contents(?:[ \t]+([^:\s]\S*))?)(?!\S)')
_BLOCK = pattern(r"([^\s:]\S*)(?:[ \t]+(.*))?")
_REMOTE = pattern(r"[a-z][a-z0-9+.-]+://|/[a-z-]+:", re.IGNORECASE)


class _Include(msgspec.Struct, frozen=True):
    """An `#+INCLUDE:` keyword, read."""

    file: str
    search: str
    lines: str | None
    minlevel: int | None
    only_contents: bool
    block: str
    """Name of the block to put the text in; empty for none."""
    arguments: str

    @property
    def literal(self) -> bool:
        """Whether the text is code, not Org."""
        return self.block.lower() in _CODE_BLOCKS


def _wants(text: str) -> bool:
    """Whether TEXT names a file; most texts do not hold the word at all, which is seen at once."""
    return _NAMED.search(text) is not None and _WANTED.search(text) is not None


def expand(text: str, path: str, reach: Reach, report: Report) -> tuple[str, tuple[Segment, ...]]:
    """TEXT of the file at PATH (from the home of REACH) with its includes replaced by what they name.

    The segments say where each stretch of the result comes from.  Problems go to REPORT.
    """
    if not _wants(text):
        return text, (Segment(0, path, 1),)
    expansion = _Expansion(path, reach, report)
    lines = [Line(line, path, number) for number, line in enumerate(text.split("\n"), 1)]
    expanded = expansion.run(lines)
    return "\n".join(line.text for line in expanded), _segments(expanded, path)


def setup_settings(text: str, path: str, reach: Reach, report: Report) -> tuple[tuple[str, str], ...]:
    """The `#+KEY: value` settings, KEY in upper case, of the setup files that TEXT of the file at PATH names.

    In the order in which Org meets them: a setup file's own setup files count at their place.  Each
    file counts once, so that circles end.  Problems go to REPORT.
    """
    if not _wants(text):
        return ()
    files = _Files(reach, report)
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    # (path, its keywords still to come): a stack instead of recursion, as files may nest as they like.
    stack = [(path, _keywords(text))]
    while stack:
        here, keywords = stack[-1]
        for number, key, value in keywords:
            if key == "SETUPFILE":
                inner = _setup_file(files, here, number, value, seen)
                if inner is not None:
                    stack.append(inner)
                    break
            elif len(stack) > 1:
                found.append((key, value))
        else:
            stack.pop()
    return tuple(found)


_Keywords = Iterator[tuple[int, str, str]]


def _setup_file(files: _Files, here: str, number: int, value: str, seen: set[str]) -> tuple[str, _Keywords] | None:
    match = _FILE.match(value)
    where = Location(here, number)
    if match is None:
        return None
    if len(seen) >= limits.SETUP_FILES:
        files.warn_once("setupfile-limit", f"more than {limits.SETUP_FILES} setup files: the rest is not read", where)
        return None
    read = files.read(match.group(1) or match.group(2), where, "setupfile")
    if read is None or read[0] in seen:
        return None
    seen.add(read[0])
    return read[0], _keywords(read[1])


def _keywords(text: str) -> _Keywords:
    """(1-based line, KEY, value) of the keywords of TEXT outside literal blocks."""
    table = LineTable(text)
    for i in _element_lines(table):
        if table.kinds[i] in (Kind.KEYWORD, Kind.DUAL) and (match := _KEYWORD.match(table.lines[i])):
            yield i + 1, match.group(1).upper(), match.group(2).strip()


def _element_lines(table: LineTable) -> Iterator[int]:
    """The lines of TABLE that do not stand in a literal block."""
    ends = [*table.headlines, len(table.lines)]
    section, i = 0, 0
    while i < len(table.lines):
        yield i
        kind = table.kinds[i]
        if kind is Kind.BLOCK and (name := table.block_name(i).lower()) in _LITERAL_BLOCKS:
            while ends[section] <= i:
                section += 1
            i = max(i, table.closer(f"_{name}", i + 1, ends[section]))
        i += 1


class _Files:
    """Reads the files that keywords name, within a total size."""

    def __init__(self, reach: Reach, report: Report) -> None:
        self.reach = reach
        self.report = report
        self._texts: dict[Path, str] = {}
        self._left = limits.READ_BYTES
        self._warned: set[str] = set()

    @property
    def read_so_far(self) -> int:
        """Bytes of all files read, each counted once."""
        return limits.READ_BYTES - self._left

    def warn(self, code: str, message: str, where: Location) -> None:
        """Report a problem; the keyword line stays as it is."""
        self.report(Diagnostic(Severity.WARNING, code, message, where))

    def warn_once(self, code: str, message: str, where: Location) -> None:
        """The same, the first time only: a limit that is reached is reached by all that follow."""
        if code not in self._warned:
            self._warned.add(code)
            self.warn(code, message, where)

    def read(self, name: str, where: Location, keyword: str) -> tuple[str, str] | None:
        """(name, text) of the file that KEYWORD at WHERE names; None, reported, where it is not read."""
        shown, code = f"#+{keyword.upper()}: {name}", f"{keyword}-not-read"
        if _REMOTE.match(name):
            self.warn(code, f"{shown}: nothing is fetched from other machines", where)
            return None
        reach = self.reach
        base = reach.home / posixpath.dirname(where.path)
        try:
            found = find_inside(reach.root, base, name, reach.trust, home=reach.home)
            if found.path not in self._texts:
                if self._left <= 0:
                    self.warn_once(code, f"{shown}: more than {limits.READ_BYTES >> 20} MB are not read", where)
                    return None
                data = read_found(reach.root, found, limits.FILE_BYTES)
                self._left -= len(data)
                self._texts[found.path] = note_text(data, found.name, self.report)
        except OutsideRoot as error:
            self.warn(code, f"{shown} is not read: {error}", where)
            return None
        return found.name, self._texts[found.path]


class _Expansion:
    """The expansion of one document's includes."""

    def __init__(self, path: str, reach: Reach, report: Report) -> None:
        self.folder = posixpath.dirname(path)
        self.files = _Files(reach, report)
        self.sources: dict[str, Source] = {}
        self.left = limits.INCLUDED_CHARS
        self.brought = 0
        self.count = 0
        self.defined: set[tuple[str, str]] = set()
        self.missing: dict[tuple[str, str], tuple[int, int]] = {}
        # The keywords (path, line) that are being expanded, outermost first.
        self.open: list[tuple[str, int]] = []

    def run(self, lines: list[Line]) -> list[Line]:
        expanded = self._expand(lines, 0)
        footnotes = [
            line
            for (path, label), (begin, end) in self.missing.items()
            if (path, label) not in self.defined
            for line in (Line("", path, begin), *self.sources[path].as_org(begin, end, self.folder))
        ]
        if footnotes:
            ends_with_newline = bool(expanded) and expanded[-1].text == ""
            expanded[len(expanded) - ends_with_newline :] = [*footnotes, Line("", *footnotes[-1][1:])]
        return expanded

    def _expand(self, lines: list[Line], level: int) -> list[Line]:
        """LINES with their includes expanded; LEVEL is that of the headline they stand under."""
        text = "\n".join(line.text for line in lines)
        if not _wants(text):
            return lines
        table = LineTable(text)
        expanded: list[Line] = []
        done = 0
        for i in _element_lines(table):
            kind = table.kinds[i]
            if kind is Kind.HEADLINE and (stars := HEADLINE.match(table.lines[i])):
                level = stars.end()
            elif kind is Kind.KEYWORD and (match := _KEYWORD.match(table.lines[i])):
                if match.group(1).upper() != "INCLUDE":
                    continue
                brought = self._bring(lines[i], match.group(2).strip(), level)
                if brought is not None:
                    expanded += lines[done:i]
                    expanded += brought
                    done = i + 1
        return expanded + lines[done:]

    def _bring(self, keyword: Line, value: str, level: int) -> list[Line] | None:
        """What replaces the KEYWORD line; None, reported, where it stays."""
        where = Location(keyword.path, keyword.number)
        include = _read(value)
        if include is None:
            self.files.warn("include-not-read", "#+INCLUDE: names no file", where)
            return None
        if len(self.open) >= limits.INCLUDE_DEPTH or self.count >= limits.INCLUDES or self.left <= 0:
            reached = f"{limits.INCLUDE_DEPTH} levels, {limits.INCLUDES} files, {limits.INCLUDED_CHARS >> 20} MB"
            self.files.warn_once("include-limit", f"includes beyond the limits ({reached}) are left out", where)
            return None
        read = self.files.read(include.file, where, "include")
        if read is None:
            return None
        path, text = read
        source = self.sources.get(path)
        if source is None:
            source = self.sources[path] = Source(path, text, len(self.sources) + 1)
        try:
            begin, end = _range(source, include)
        except NoSuchPlace:
            message = f"#+INCLUDE: no heading, name, target or CUSTOM_ID {include.search!r} in {path}"
            self.files.warn("include-not-read", message, where)
            return None
        here = (keyword.path, keyword.number)
        if not include.literal and any(p == path and begin < number <= end for p, number in (*self.open, here)):
            self.files.warn("include-cycle", f"#+INCLUDE: {include.file} would include itself", where)
            return None
        self.count += 1
        self.open.append(here)
        try:
            return self._placed(source, begin, end, include, keyword=keyword, level=level)
        finally:
            self.open.pop()

    def _placed(
        self, source: Source, begin: int, end: int, include: _Include, *, keyword: Line, level: int
    ) -> list[Line] | None:
        """Lines BEGIN to END of SOURCE in the place of KEYWORD, which stands under a headline of LEVEL."""
        indent = keyword.text[: len(keyword.text) - len(keyword.text.lstrip(" \t"))]
        wanted = min(include.minlevel or level + 1, limits.INCLUDE_LEVEL)
        # Counted before blank lines are taken off: they cost time too.
        size = sum(map(len, source.lines[begin:end])) + (end - begin) * (len(indent) + wanted + _LINE_COST)
        self.left -= size
        self.brought += sum(map(len, source.lines[begin:end])) + end - begin
        if self.brought > limits.INCLUDED_FREE + limits.INCLUDED_TIMES * self.files.read_so_far:
            self.left = -1
        if self.left < 0:
            message = (
                f"#+INCLUDE: more than {limits.INCLUDED_CHARS >> 20} MB of included text, or more than "
                f"{limits.INCLUDED_TIMES} times what the files hold: this and all that follow stay out"
            )
            self.files.warn_once("include-limit", message, Location(keyword.path, keyword.number))
            return None
        begin, end = source.trimmed(begin, end)
        if include.literal:
            return _in_block(source.as_code(begin, end), include, keyword, indent)
        for label, first, last in source.missing_footnotes(begin, end):
            self.missing.setdefault((source.path, label), (first, last))
        self.defined.update((source.path, label) for label in source.defined_footnotes(begin, end))
        lines = source.as_org(begin, end, self.folder)
        if include.block:
            return _in_block(self._expand(lines, level), include, keyword, indent)
        stars = wanted - min((m.end() for line in lines if (m := HEADLINE.match(line.text))), default=wanted)
        return self._expand([_shifted(line, stars, indent) for line in lines], level)


def _read(value: str) -> _Include | None:
    """An `#+INCLUDE:` keyword's VALUE; None where it names no file."""
    match = _FILE.match(value)
    if match is None:
        return None
    file, _, search = (match.group(1) or match.group(2)).partition("::")
    options = {"lines": None, "minlevel": None, "only": None} | {
        name: group
        for option in _OPTION.finditer(value, match.end())
        for name, group in zip(("lines", "minlevel", "only"), option.groups(), strict=True)
        if group is not None
    }
    block = _BLOCK.match(_OPTION.sub("", value[match.end() :]).strip())
    return _Include(
        file=file,
        search=search,
        lines=options["lines"],
        minlevel=int(options["minlevel"][:6]) if options["minlevel"] else None,
        only_contents=options["only"] not in (None, "nil"),
        block=block.group(1) if block else "",
        arguments=(block.group(2) or "").strip() if block else "",
    )


def _range(source: Source, include: _Include) -> tuple[int, int]:
    """The 0-based line range of SOURCE that INCLUDE means.  Raises NoSuchPlace."""
    begin, end = 0, len(source.lines)
    if include.search:
        begin, end = source.lines_at(include.search, only_contents=include.only_contents)
    if include.lines is None:
        return begin, end
    first, _, last = include.lines.partition("-")
    # Counted from 1, the last one not included, as in Org.
    low = begin + (max(1, int(first[:9])) - 1 if first else 0)
    high = begin + int(last[:9]) - 1 if last and int(last[:9]) else end
    return min(low, end), max(min(low, end), min(high, end))


def _in_block(lines: list[Line], include: _Include, keyword: Line, indent: str) -> list[Line]:
    first = f"{indent}#+begin_{include.block} {include.arguments}".rstrip()
    return [keyword._replace(text=first), *lines, keyword._replace(text=f"{indent}#+end_{include.block}")]


def _shifted(line: Line, stars: int, indent: str) -> Line:
    """LINE with STARS more stars if it is a headline, else with INDENT before it."""
    if match := HEADLINE.match(line.text):
        return line._replace(text="*" * (match.end() + stars) + line.text[match.end() :]) if stars else line
    return line._replace(text=indent + line.text) if indent and line.text.strip() else line


def _segments(lines: list[Line], path: str) -> tuple[Segment, ...]:
    """One segment for each stretch of lines that follow one another in one file."""
    segments: list[Segment] = []
    offset, expected = 0, (path, 0)
    for line in lines:
        if (line.path, line.number) != expected or not segments:
            segments.append(Segment(offset, line.path, line.number))
        expected = (line.path, line.number + 1)
        offset += len(line.text) + 1
    return tuple(segments) or (Segment(0, path, 1),)
