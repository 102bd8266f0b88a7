"""Dates and times of day that no calendar or clock has."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.checking.model import Finding, Notes, at
from orgkb.org import reader
from orgkb.org.document import Document
from orgkb.org.nodes import Moment, NodeProperty, Object, Timestamp
from orgkb.org.timestamps import read_timestamp
from orgkb.org.walk import walk_document
from orgkb.patterns import pattern

_SUSPECT = pattern(r"[<\[]\d{4}-\d\d?-\d\d?[^<>\[\]\n]{0,200}[>\]]")


def impossible_dates(notes: Notes) -> Iterator[Finding]:
    """Timestamps such as `<2024-02-30>` or `<2024-02-03 25:00>`, in planning lines and properties too."""
    for document in notes.graph.documents:
        if not any(_problem(stamp) for stamp in _suspects(document.text)):
            continue  # reading a second time is for the few that need it
        # Planning lines and properties are seldom exported: they stand in the text, not in the prepared tree.
        for stamp in _timestamps(reader.parse(document.text, document.path)):
            problem = _problem(stamp)
            if problem:
                message = f"{stamp.raw}: {problem}"
                yield at(notes, document.path, stamp.begin, message)


def _suspects(text: str) -> Iterator[Timestamp]:
    for match in _SUSPECT.finditer(text):
        stamp = read_timestamp(text, match.start())
        if stamp is not None:
            yield stamp


def _timestamps(document: Document) -> Iterator[Timestamp]:
    """Every timestamp of DOCUMENT once, in the order of the text."""
    found: dict[int, Timestamp] = {}
    for headline in document.headlines:
        planning = headline.planning
        if planning is not None:
            for stamp in (planning.closed, planning.deadline, planning.scheduled):
                if stamp is not None:
                    found[stamp.begin] = stamp
    for node in walk_document(document):
        if isinstance(node, Timestamp):
            found[node.begin] = node
        elif isinstance(node, NodeProperty):
            found |= {stamp.begin: stamp for stamp in _in_property(document.text, node)}
        elif not isinstance(node, Object):
            stamp = getattr(node, "timestamp", None)
            if isinstance(stamp, Timestamp):
                found[stamp.begin] = stamp
    yield from (found[begin] for begin in sorted(found))


def _in_property(text: str, node: NodeProperty) -> Iterator[Timestamp]:
    for match in _SUSPECT.finditer(text, node.begin, node.end):
        stamp = read_timestamp(text, match.start(), node.end)
        if stamp is not None:
            yield stamp


def _problem(stamp: Timestamp) -> str:
    """What is wrong with STAMP; empty where nothing is."""
    for moment in (stamp.start, stamp.stop):
        if moment is None:
            continue
        if moment.date() is None:
            return f"there is no {moment.year:04}-{moment.month:02}-{moment.day:02} in the calendar"
        # 24:00 is the end of a day, and Org takes later hours for the next one.
        if (moment.minute or 0) > 59 or (moment.hour or 0) > 47:
            return f"there is no time {moment.hour}:{moment.minute or 0:02}"
    if stamp.start is not None and stamp.stop is not None and _order(stamp.stop) < _order(stamp.start):
        return "it ends before it begins"
    return ""


def _order(moment: Moment) -> tuple[int, ...]:
    return (moment.year, moment.month, moment.day, moment.hour or 0, moment.minute or 0)
