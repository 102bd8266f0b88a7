"""Export settings of a file or subtree: `#+OPTIONS`, EXPORT_* properties, title, author, tags."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import msgspec

from orgkb.diagnostics import Diagnostic, Report, Severity
from orgkb.org.document import Document
from orgkb.org.nodes import Headline
from orgkb.patterns import pattern


class NameSet(msgspec.Struct, frozen=True):
    """The list form of an option: `("A" "B")`, or `(not "A" "B")` for all others; case does not count."""

    names: tuple[str, ...]
    negated: bool = False

    def allows(self, name: str) -> bool:
        """Whether something called NAME is exported."""
        listed = name.casefold() in {n.casefold() for n in self.names}
        return listed is not self.negated


Scripts = Literal["all", "braces", "none"]


class ExportOptions(msgspec.Struct, frozen=True):
    """What is exported and shown; defaults are Emacs', except `scripts` and `headline_levels`.

    The key of `#+OPTIONS` stands beside each field (Org manual, "Export Settings").
    """

    toc: bool | int = True
    """`toc`: whether a table of contents is wanted, or how deep."""
    num: bool | int = True
    """`num`: whether headlines are numbered, or how deep."""
    headline_levels: int | None = None
    """`H`: deeper headlines are shown as list items; None for no such limit (Emacs: 3)."""
    todo: bool = True
    tags: bool | Literal["not-in-toc"] = True
    priority: bool = False
    """`pri`."""
    planning: bool = False
    """`p`: DEADLINE, SCHEDULED and CLOSED."""
    drawers: bool | NameSet = NameSet(("LOGBOOK",), negated=True)
    """`d`."""
    properties: bool | NameSet = False
    """`prop`: property drawers."""
    clocks: bool = False
    """`c`."""
    scripts: Scripts = "braces"
    """`^`: which sub- and superscripts are read; Emacs' default is `all`."""
    emphasis: bool = True
    """`*`."""
    special_strings: bool = False
    """`-`: as asked for; orgkb never applies it, since `--flag` must survive."""
    entities: bool = True
    """`e`."""
    latex: bool | Literal["verbatim"] = True
    """`tex`."""
    timestamps: bool | Literal["active", "inactive"] = True
    """`<`: timestamps that stand alone in a paragraph."""
    footnotes: bool = True
    """`f`."""
    tables: bool = True
    """`|`."""
    fixed_width: bool = True
    """`:`."""
    statistics: bool = True
    """`stat`: cookies such as `[2/3]`."""
    inlinetasks: bool = True
    """`inline`."""
    tasks: bool | Literal["todo", "done"] | NameSet = True
    """`tasks`: which headlines with a TODO keyword."""
    archived: bool | Literal["headline"] = "headline"
    """`arch`: subtrees tagged ARCHIVE: all, none, or the headline only."""
    broken_links: bool | Literal["mark"] = False
    """`broken-links`."""
    preserve_breaks: bool = False
    r"""`\n`: every line end is a line break."""
    smart_quotes: bool = False
    """`'`."""
    with_title: bool = True
    with_author: bool = True
    with_date: bool = True
    with_email: bool = False
    exclude_tags: tuple[str, ...] = ("noexport",)
    select_tags: tuple[str, ...] = ("export",)
    title: str | None = None
    """Org text, as are all the following; None where the notes do not say."""
    subtitle: str | None = None
    author: str | None = None
    email: str | None = None
    date: str | None = None
    language: str | None = None
    description: str | None = None
    keywords: str | None = None
    file_name: str | None = None
    """EXPORT_FILE_NAME."""
    given: tuple[str, ...] = ()
    """Names of the fields that the notes set themselves, sorted: `"toc" in options.given`."""


def options_of(document: Document, report: Report | None = None) -> ExportOptions:
    """The export settings of the whole file; malformed values are reported and change nothing."""
    reader = _Reader(document, report)
    for line in document.setting_values("OPTIONS"):
        reader.options_line(line)
    for key, field in _TEXTS.items():
        reader.text(field, document.setting(key))
    for key, field in _TAG_LISTS.items():
        reader.tags(field, document.setting(key))
    reader.properties(document.get_property)
    return reader.result()


def subtree_options(document: Document, headline: Headline, report: Report | None = None) -> ExportOptions:
    """The settings in force when the subtree of HEADLINE is exported on its own.

    Those of the file, overruled by the EXPORT_* properties of HEADLINE; the title is its own
    unless EXPORT_TITLE names another.
    """
    reader = _Reader(document, report, options_of(document))
    reader.text("title", headline.raw_title)
    reader.properties(headline.get_property)
    return reader.result()


_TEXTS = {
    "TITLE": "title",
    "SUBTITLE": "subtitle",
    "AUTHOR": "author",
    "EMAIL": "email",
    "DATE": "date",
    "LANGUAGE": "language",
    "DESCRIPTION": "description",
    "KEYWORDS": "keywords",
}
_TAG_LISTS = {"EXCLUDE_TAGS": "exclude_tags", "SELECT_TAGS": "select_tags"}


class _Reader:
    """Collects changes to the default (or BASE) settings."""

    def __init__(self, document: Document, report: Report | None, base: ExportOptions | None = None) -> None:
        self._document = document
        self._report = report
        self._base = base or ExportOptions()
        self._changes: dict[str, Any] = {}
        self._places: dict[str, int] | None = None
        self._told: set[str] = set()

    def result(self) -> ExportOptions:
        given = tuple(sorted({*self._base.given, *self._changes}))
        return msgspec.structs.replace(self._base, **self._changes, given=given)

    def text(self, field: str, value: str | None) -> None:
        if value is not None and value.strip():
            self._changes[field] = value.strip()

    def tags(self, field: str, value: str | None) -> None:
        # An empty line keeps the default: better one subtree too few than a private one.
        words = (value or "").replace(":", " ").split()
        if words:
            self._changes[field] = tuple(dict.fromkeys(words))

    def properties(self, get: Callable[[str], str | None]) -> None:
        """The EXPORT_* properties that GET answers for."""
        self.options_line(get("EXPORT_OPTIONS") or "")
        for key, field in _TEXTS.items():
            self.text(field, get(f"EXPORT_{key}"))
        for key, field in _TAG_LISTS.items():
            self.tags(field, get(f"EXPORT_{key}"))
        self.text("file_name", get("EXPORT_FILE_NAME"))

    def options_line(self, line: str) -> None:
        """One value of `#+OPTIONS`: `toc:2 d:(not "LOGBOOK") ^:{}`."""
        for item in _ITEM.findall(line):
            # `::nil` is the option called `:`.
            key, _, value = item[1:].partition(":") if item.startswith(":") else item.partition(":")
            key = item[0] + key if item.startswith(":") else key
            known = _OPTIONS.get(key)
            if known is None:
                # Back-ends have options of their own; those with a dash are theirs for sure.
                if key not in _FOREIGN and "-" not in key:
                    message = f"export option {item!r} is not known and has no effect"
                    self._complain(Severity.INFO, "unknown-option", message, line)
                continue
            field, read = known
            parsed = read(value)
            if parsed is None:
                message = f"export option {item!r} has a value that cannot be read: default kept"
                self._complain(Severity.WARNING, "bad-option", message, line)
            else:
                self._changes[field] = parsed

    def _complain(self, severity: Severity, code: str, message: str, line: str) -> None:
        if self._report is None or message in self._told:
            return
        self._told.add(message)
        if self._places is None:
            text = self._document.text
            self._places = {match[1].strip(): match.start() for match in _OPTIONS_LINE.finditer(text)}
        place = self._document.location(self._places.get(line.strip(), 0))
        self._report(Diagnostic(severity, code, message, place))


_ITEM = pattern(r"[^\s()]+(?:\([^()]*\)?)?|[()]")
_OPTIONS_LINE = pattern(r"^[ \t]*(?:#\+options:|:export_options:)(.*)", re.IGNORECASE | re.MULTILINE)
_LIST_WORD = pattern(r'"[^"]*"|[^\s"]+')
_FOREIGN = frozenset({"creator", "timestamp", "cite", "reveal", "html", "latex"})
"""Options that Emacs knows and that say nothing to orgkb."""


def _switch(value: str) -> bool | None:
    return {"t": True, "nil": False}.get(value)


def _depth(value: str) -> bool | int | None:
    return int(value) if _is_small_number(value) else _switch(value)


def _levels(value: str) -> int | None:
    return int(value) if _is_small_number(value) else None


def _is_small_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 4


def _one_of(**names: object) -> Callable[[str], object]:
    table = {"t": True, "nil": False, **names}
    return table.get


def _names(value: str) -> NameSet | None:
    if not (value.startswith("(") and value.endswith(")")):
        return None
    words = _LIST_WORD.findall(value[1:-1])
    negated = bool(words) and words[0] == "not"
    return NameSet(tuple(word.strip('"') for word in words[negated:]), negated)


def _switch_or_names(value: str) -> bool | NameSet | None:
    switch = _switch(value)
    return _names(value) if switch is None else switch


def _tasks(value: str) -> object:
    return value if value in {"todo", "done"} else _switch_or_names(value)


def _latex(value: str) -> object:
    # Any other word names a program that draws the formulas: they are wanted.
    return {"nil": False, "verbatim": "verbatim", "": None}.get(value, True)


def _scripts(value: str) -> object:
    return {"t": "all", "nil": "none", "{}": "braces"}.get(value)


_OPTIONS: dict[str, tuple[str, Callable[[str], object]]] = {
    "toc": ("toc", _depth),
    "num": ("num", _depth),
    "H": ("headline_levels", _levels),
    "todo": ("todo", _switch),
    "tags": ("tags", _one_of(**{"not-in-toc": "not-in-toc"})),
    "pri": ("priority", _switch),
    "p": ("planning", _switch),
    "d": ("drawers", _switch_or_names),
    "prop": ("properties", _switch_or_names),
    "c": ("clocks", _switch),
    "^": ("scripts", _scripts),
    "*": ("emphasis", _switch),
    "-": ("special_strings", _switch),
    "e": ("entities", _switch),
    "tex": ("latex", _latex),
    "<": ("timestamps", _one_of(active="active", inactive="inactive")),
    "f": ("footnotes", _switch),
    "|": ("tables", _switch),
    ":": ("fixed_width", _switch),
    "stat": ("statistics", _switch),
    "inline": ("inlinetasks", _switch),
    "tasks": ("tasks", _tasks),
    "arch": ("archived", _one_of(headline="headline")),
    "broken-links": ("broken_links", _one_of(mark="mark")),
    "\\n": ("preserve_breaks", _switch),
    "'": ("smart_quotes", _switch),
    "title": ("with_title", _switch),
    "author": ("with_author", _switch),
    "date": ("with_date", _switch),
    "email": ("with_email", _switch),
}
