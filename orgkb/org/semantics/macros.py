"""Macros: `{{{name(arguments)}}}` replaced by its template.  Nothing is evaluated, growth is bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from orgkb.diagnostics import Diagnostic, Report, Severity
from orgkb.org.document import Document
from orgkb.org.limits import MACRO_CHARS, MACRO_DEPTH
from orgkb.org.nodes import Headline, Macro
from orgkb.org.objects import parse_string
from orgkb.org.semantics.options import ExportOptions
from orgkb.org.walk import find
from orgkb.patterns import pattern

_ARGUMENT = pattern(r"\$(\d+)")
_TIMESTAMP = pattern(r"[<\[](\d{4})-(\d\d)-(\d\d)[^\]>\n]{0,60}[\]>]")
_CLOCKS = frozenset({"time", "modification-time"})


class Macros:
    """The macros of one document; `expand` keeps count of `{{{n}}}`."""

    def __init__(self, document: Document, options: ExportOptions, report: Report) -> None:
        self._document = document
        self._options = options
        self._report = report
        self._counters: dict[str, int] = {}
        self._grown = 0
        self._told: set[str] = set()
        self._settings: dict[str, list[str]] = {}
        for key, value in document.settings:
            self._settings.setdefault(key, []).append(value)
        self._templates: dict[str, str] = {}
        self._targets: dict[str, Headline] | None = None
        self.headlines: Sequence[Headline] = ()
        """The headlines that are exported: where `{{{property(NAME,*Heading)}}}` may look."""

    def define(self, definitions: Iterable[str]) -> None:
        """Take the values of `#+MACRO:`; as in Emacs, the first definition of a name holds."""
        for value in definitions:
            name, _, template = value.partition(" ")
            self._templates.setdefault(name.lower(), template.strip())

    def expand(self, macro: Macro, headline: Headline | None, outer: tuple[str, ...], place: int) -> str | None:
        """The Org text that MACRO stands for, or None where it stays as written.

        OUTER are the names of the macros whose templates hold it; PLACE is where a problem is reported.
        """
        name = macro.key
        if name in outer or len(outer) >= MACRO_DEPTH:
            self._tell(place, "macro-loop", f"macro {name!r} stands in its own template: left as written", name)
            return None
        text = self._text(macro, headline, place)
        if text is None:
            return None
        self._grown += len(text)
        if self._grown > MACRO_CHARS:
            self._too_much(place)
            return None
        return text

    def expand_text(self, text: str, outer: tuple[str, ...] = ()) -> str:
        """TEXT, such as a title, with its macros replaced."""
        if "{{{" not in text:
            return text
        pieces: list[str] = []
        done = 0
        for node in find(parse_string(text), Macro):
            expanded = self.expand(node, None, outer, 0)
            if expanded is not None:
                pieces += (text[done : node.begin], self.expand_text(expanded, (*outer, node.key)))
                done = node.end
        return "".join((*pieces, text[done:]))

    def _too_much(self, place: int) -> None:
        message = f"the macros of this file grow to more than {MACRO_CHARS} characters: the rest is left as written"
        self._tell(place, "macro-limit", message, "")

    def _text(self, macro: Macro, headline: Headline | None, place: int) -> str | None:
        name, args = macro.key, macro.args
        first = args[0].strip() if args else ""
        match name:
            case "title" | "author" | "email":
                return getattr(self._options, name) or ""
            case "date":
                return self._date(first)
            case "keyword":
                return " ".join(self._settings.get(first.upper(), ()))
            case "results":
                return ",".join(args)
            case "n":
                return self._count(first, args[1].strip() if len(args) > 1 else None)
            case "input-file":
                return PurePosixPath(self._document.path).name
            case "property":
                return self._property(first, args[1].strip() if len(args) > 1 else "", headline, place)
        if name in _CLOCKS:
            message = f"macro {name!r} asks for the time, which orgkb does not print: exports are reproducible"
            self._tell(place, "macro-time", message, name)
            return ""
        template = self._templates.get(name)
        if template is None:
            self._tell(place, "unknown-macro", f"macro {name!r} is not defined: left as written", name)
            return None
        if template.startswith("(eval"):
            self._tell(place, "macro-eval", f"macro {name!r} is Lisp, which is never run: left as written", name)
            return None

        if len(template) + template.count("$") * max(map(len, args), default=0) > MACRO_CHARS:
            self._too_much(place)
            return None

        def argument(match: re.Match[str]) -> str:
            # Emacs takes $0 for $1.
            number = max(0, int(match[1][:6]) - 1)
            return args[number] if number < len(args) else ""

        return _ARGUMENT.sub(argument, template)

    def _date(self, form: str) -> str:
        date = self._options.date or ""
        stamp = _TIMESTAMP.fullmatch(date)
        if not form or stamp is None:
            return date
        year, month, day = stamp.groups()
        fields = {"Y": year, "m": month, "d": day, "y": year[2:], "e": str(int(day)), "F": f"{year}-{month}-{day}"}
        return re.sub(r"%([YmdyeF])", lambda match: fields[match[1]], form)

    def _count(self, name: str, action: str | None) -> str:
        value = self._counters.get(name, 0)
        if action is None or action == "":
            value += 1
        elif action == "-":
            value = max(value, 1)
        else:
            value = int(action) if action.isascii() and action.isdigit() and len(action) < 10 else 1
        self._counters[name] = value
        return str(value)

    def _property(self, name: str, search: str, headline: Headline | None, place: int) -> str | None:
        if search:
            headline = self._found(search)
            if headline is None:
                message = f"macro 'property' looks for {search!r}, which is not there: left as written"
                self._tell(place, "unknown-macro", message, search)
                return None
        if headline is None:
            return self._document.get_property(name) or ""
        if name.upper() == "ITEM":
            return headline.raw_title
        if name.upper() == "TODO":
            return headline.todo or ""
        return headline.get_property(name) or ""

    def _found(self, search: str) -> Headline | None:
        if self._targets is None:
            self._targets = {}
            for headline in self.headlines:
                self._targets.setdefault(f"*{headline.raw_title}", headline)
                self._targets.setdefault(f"#{headline.get_property('CUSTOM_ID')}", headline)
        return self._targets.get(f"*{search[1:].strip()}" if search.startswith("*") else search)

    def _tell(self, place: int, code: str, message: str, subject: str) -> None:
        """Report once for each SUBJECT: a macro may occur a thousand times."""
        key = f"{code} {subject}"
        if key not in self._told:
            self._told.add(key)
            self._report(Diagnostic(Severity.WARNING, code, message, self._document.location(place)))
