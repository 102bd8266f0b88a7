"""Timestamps (Org syntax, "Timestamps" and "Planning")."""

from __future__ import annotations

import re

from orgkb.org import nodes as n
from orgkb.patterns import pattern

_DATE = pattern(r"[<\[]\d{4}-\d{2}-\d{2}(?=[ \]>]|[^\]\r\n>])")
_DIARY_DELIMITER = pattern(r"[>\n]")
_DELIMITER = pattern(r"[\]>\r\n]")
_PARTS = pattern(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?P<rest>.*)", re.DOTALL)
_TIME = pattern(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?:-(?P<hour2>\d{1,2}):(?P<minute2>\d{2}))?")
_REPEATER = pattern(r"(?:\+\+|\.\+|\+)\d+[hdwmy](?:/\d+[hdwmy])?")
_WARNING = pattern(r"--?\d+[hdwmy]")
_PLANNING = pattern(r"[ \t]*(?:CLOSED|DEADLINE|SCHEDULED):", re.IGNORECASE)
_PLANNING_KEY = pattern(r"\b(CLOSED|DEADLINE|SCHEDULED):[ \t]*")


def read_timestamp(
    text: str, begin: int, end: int | None = None, dead: dict[str, int] | None = None
) -> n.Timestamp | None:
    """The timestamp or range of two that begins at BEGIN, or None.

    An impossible date is read as written (`Moment.date` then is None).  DEAD keeps, for one
    stretch of text, the offset before which no timestamp can be closed.
    """
    end = len(text) if end is None else end
    if text.startswith("<%%", begin):
        stop = _diary_end(text, begin, end, dead)
        return n.Timestamp(begin, stop, "diary", text[begin:stop], None, None, None, None) if stop >= 0 else None
    first_end = _one(text, begin, end, dead)
    if first_end < 0:
        return None
    stop = first_end
    second_end = -1
    if text.startswith("--", first_end) and text[first_end + 2 : first_end + 3] == text[begin]:
        second_end = _one(text, first_end + 2, end, dead)
        stop = second_end if second_end >= 0 else first_end
    inner = text[begin + 1 : first_end - 1]
    start, same_day_end, repeater, warning = _moment(inner)
    last = same_day_end
    if second_end >= 0:
        last = _moment(text[first_end + 3 : second_end - 1])[0]
    kind = "active" if text[begin] == "<" else "inactive"
    if last is not None:
        kind += "-range"
    return n.Timestamp(begin, stop, kind, text[begin:stop], start, last, repeater, warning)


def _one(text: str, begin: int, end: int, dead: dict[str, int] | None) -> int:
    """The end of the single timestamp at BEGIN, or -1."""
    if dead is not None and begin < dead.get("time", -1):
        return -1
    date = _DATE.match(text, begin, end)
    if date is None:
        return -1
    close = _DELIMITER.search(text, date.end(), end)
    if close is None or close[0] in "\r\n":
        if dead is not None:
            dead["time"] = close.start() if close else end
        return -1
    return close.end()


def _diary_end(text: str, begin: int, end: int, dead: dict[str, int] | None) -> int:
    """The end of the diary timestamp `<%%(sexp)…>` at BEGIN, or -1."""
    if not text.startswith("<%%(", begin) or (dead is not None and begin < dead.get("%", -1)):
        return -1
    close = _DIARY_DELIMITER.search(text, begin, end)
    if close is None or close[0] == "\n" or text.rfind(")", begin + 5, close.start()) < 0:
        if dead is not None:
            dead["%"] = close.start() if close else end
        return -1
    return close.end()


def _moment(inner: str) -> tuple[n.Moment | None, n.Moment | None, str | None, str | None]:
    """Begin, end on the same day, repeater and warning of `2024-10-12 Sat 10:00-11:00 +1w -2d`."""
    parts = _PARTS.match(inner)
    if parts is None:
        return None, None, None, None
    date = int(parts["year"]), int(parts["month"]), int(parts["day"])
    rest = parts["rest"]
    time = _TIME.search(rest)
    start, last = n.Moment(*date), None
    if time:
        start = n.Moment(*date, int(time["hour"]), int(time["minute"]))
        if time["hour2"]:
            last = n.Moment(*date, int(time["hour2"]), int(time["minute2"]))
        rest = rest[: time.start()] + " " + rest[time.end() :]
    repeater, warning = _REPEATER.search(rest), _WARNING.search(rest)
    return start, last, repeater[0] if repeater else None, warning[0] if warning else None


Found = tuple[n.Timestamp | None, n.Timestamp | None, n.Timestamp | None]


def planning_timestamps(text: str, begin: int, end: int) -> Found | None:
    """(deadline, scheduled, closed) of the line [BEGIN, END), or None where it is no planning line."""
    if not _PLANNING.match(text, begin, end):
        return None
    found: dict[str, n.Timestamp] = {}
    for key in _PLANNING_KEY.finditer(text, begin, end):
        if timestamp := read_timestamp(text, key.end(), end):
            found[key[1]] = timestamp
    return found.get("DEADLINE"), found.get("SCHEDULED"), found.get("CLOSED")
