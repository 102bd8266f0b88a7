"""What a build would change in a collection, and what is wrong with its cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from html.parser import HTMLParser
from typing import Final

from orgkb.diagnostics import Diagnostic, Location, Severity
from orgkb.exporter import Change, FieldChange
from orgkb.patterns import pattern
from orgkb_exporters.anki import prose
from orgkb_exporters.anki.ledger import Content, Entry, Ledger
from orgkb_exporters.anki.note_types import CLOZE, CODE, COMMAND, LIST, TERM, note_type
from orgkb_exporters.anki.package import ReadPackage
from orgkb_exporters.anki.secrets import found_secret
from orgkb_exporters.anki.steady import pictures_in

_ASKED: Final = {
    TERM.kind: "Prompt",
    COMMAND.kind: "Does",
    CLOZE.kind: "Text",
    LIST.kind: "Text",
    CODE.kind: "Question",
}
_ANSWERED: Final = {TERM.kind: "Definition", COMMAND.kind: "Command", CODE.kind: "Answer"}
_VOID: Final = frozenset(("br", "hr", "img"))
_TAG = pattern(r"<[^>]*>")
_PICTURE = pattern(r'<img src="([^"]*)"[^>]*>')
_GAP = pattern(r"\{\{c\d+::(.*?)\}\}", re.DOTALL)
_ACTIVE = pattern(r"<\s*(?:script|iframe|object|embed)\b|\son\w+\s*=|javascript:", re.IGNORECASE)


def changes(
    ledger: Ledger,
    live: Sequence[Entry],
    contents: Sequence[Content],
    gone: Sequence[Entry],
    read: Callable[[], ReadPackage],
) -> Iterator[Change]:
    """What became of each note since LEDGER, in the order of the notes; READ gives the package made with it."""
    known = {entry.guid: entry for entry in ledger.notes}
    before: ReadPackage | None = None
    for entry, content in zip(live, contents, strict=True):
        old = known.get(entry.guid)
        name = entry.name
        if old is None:
            yield Change("new", name)
            continue
        renamed, moved = old.key != entry.key, old.deck != entry.deck
        if renamed:
            yield Change("renamed", name, old.name)
        if moved:
            yield Change("moved", name, old.deck, (FieldChange("deck", old.deck, entry.deck),))
        if old.hash != entry.hash or old.removed:
            before = read() if before is None else before
            fields = _differences(before, content)
            if not renamed or any(field.name != "ID" for field in fields):
                yield Change("changed", name, fields=fields)
        elif not renamed and not moved:
            yield Change("unchanged", name)
    for entry in gone:
        if not known[entry.guid].removed if entry.guid in known else True:
            yield Change("removed", known.get(entry.guid, entry).name)


def _differences(before: ReadPackage, content: Content) -> tuple[FieldChange, ...]:
    old = before.notes.get(content.guid)
    if old is None:
        return ()
    names = note_type(content.key.kind).fields
    found = [
        FieldChange(name, _text(a), _text(b))
        for name, a, b in zip(names, old.fields, content.fields, strict=False)
        if a != b
    ]
    if old.tags != content.tags:
        found.append(FieldChange("tags", " ".join(old.tags), " ".join(content.tags)))
    return tuple(found)


def faults(content: Content, place: Location, media: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """What is wrong with a note."""
    kind = content.key.kind
    values = dict(zip(note_type(kind).fields, content.fields, strict=True))
    name = f"the card “{content.key.anchor}”"

    def fault(severity: Severity, code: str, message: str) -> Diagnostic:
        return Diagnostic(severity, code, f"{name} {message}", place)

    for field, value in values.items():
        unsound = _unsound(value)
        if unsound:
            yield fault(Severity.ERROR, "card-html", f"has unsound HTML in {field}: {unsound}")
        for picture in pictures_in(value):
            if picture not in media:
                yield fault(Severity.ERROR, "card-media", f"shows a picture that is not there: {picture}")
        if found_secret(_text(value)):
            yield fault(Severity.ERROR, "card-secret", f"seems to hold a secret in {field}")
    if kind not in _ASKED:
        return
    asked = _text(values[_ASKED[kind]])
    if not asked:
        yield fault(Severity.ERROR, "card-empty", "asks nothing")
    if kind in _ANSWERED:
        answer = _text(values[_ANSWERED[kind]])
        if not answer:
            yield fault(Severity.ERROR, "card-empty", "has no answer")
        if len(prose.words(answer)) > 2 and prose.holds(asked, answer):
            yield fault(Severity.WARNING, "card-leak", "shows its answer in the question")
    else:
        hidden = [_text(match[1]) for match in _GAP.finditer(values["Text"])]
        if not any(hidden):
            yield fault(Severity.ERROR, "card-empty", "hides nothing")
        if any(len(prose.words(text)) > 5 for text in hidden):
            yield fault(Severity.WARNING, "card-long", "hides more than five words")


def _text(html: str) -> str:
    """The words of HTML, and the names of its pictures."""
    html = _PICTURE.sub(r" \1 ", html)
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _unsound(html: str) -> str:
    """What is wrong with HTML; empty where it is sound."""
    if _ACTIVE.search(html):
        return "it may run something"
    parser = _Nesting()
    parser.feed(html)
    parser.close()
    return parser.fault or (f"<{parser.open[-1]}> is not closed" if parser.open else "")


class _Nesting(HTMLParser):
    """Whether tags are closed in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.fault = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.fault = self.fault or f"</{tag}> closes nothing"
