"""Bytes to text that is safe to read on: UTF-8, LF line ends, no control characters, no endless lines."""

from __future__ import annotations

from orgkb.diagnostics import Diagnostic, Location, Report, Severity
from orgkb.org import limits
from orgkb.patterns import pattern

# What steers a terminal, and what XML, HTML and Typst may not hold.  Tab, line end and form feed are
# Org's own, U+0085 is a line end to some, bidirectional and zero-width characters are text.
_CONTROL = pattern(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def decode(data: bytes) -> tuple[str, bool]:
    """The text of DATA and whether all of it was UTF-8.

    The byte order mark is dropped, CRLF and CR become LF, each bad byte U+FFFD.
    """
    try:
        text, sound = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, sound = data.decode("utf-8-sig", errors="replace"), False
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, sound


def note_text(data: bytes, name: str, report: Report) -> str:
    """The text of the note NAME from its DATA; what was replaced or cut off is told to REPORT."""
    text, sound = decode(data)
    if not sound:
        place = _place(text, name, text.index("\ufffd"))
        message = "bytes that are no UTF-8 were replaced by \ufffd; save the file as UTF-8"
        report(Diagnostic(Severity.WARNING, "not-utf-8", message, place))
    text = _with_bounded_lines(text, name, report)
    if control := _CONTROL.search(text):
        place = _place(text, name, control.start())
        message = "control characters were replaced by \ufffd: they would steer terminals and break outputs"
        report(Diagnostic(Severity.INFO, "control-character", message, place))
        text = _CONTROL.sub("\ufffd", text)
    return text


def _with_bounded_lines(text: str, name: str, report: Report) -> str:
    if len(text) <= limits.LINE_CHARS:
        return text
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if len(line) > limits.LINE_CHARS:
            message = f"a line of {len(line)} characters: what follows the first {limits.LINE_CHARS} was left out"
            report(Diagnostic(Severity.WARNING, "line-too-long", message, Location(name, i + 1, limits.LINE_CHARS + 1)))
            lines[i] = line[: limits.LINE_CHARS]
    return "\n".join(lines)


def _place(text: str, name: str, at: int) -> Location:
    return Location(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
