"""Notes written for anki-editor: headings with `ANKI_NOTE_TYPE` keep their note type and their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Final

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters import html
from orgkb_exporters.anki import prose
from orgkb_exporters.anki.draft import ANSWER_KEPT, Draft
from orgkb_exporters.anki.media import MediaStore
from orgkb_exporters.anki.note_types import NoteType, editor_kind, note_type
from orgkb_exporters.anki.phrases import language_of
from orgkb_exporters.anki.place import Home, Place
from orgkb_exporters.anki.secrets import found_secret
from orgkb_exporters.anki.source import Source

STOCK: Final[Mapping[str, tuple[str, ...]]] = {
    "Basic": ("Front", "Back"),
    "Basic (and reversed card)": ("Front", "Back"),
    "Basic (optional reversed card)": ("Front", "Back", "Add Reverse"),
    "Basic (type in the answer)": ("Front", "Back"),
    "Cloze": ("Text", "Back Extra"),
}
"""The fields of Anki's own note types; those of others are told by the subheadings."""
_GAP_SIGNS = pattern("(?:&#123;){2}|(?:&#125;){2}")
_OPTIONAL: Final = frozenset(("Add Reverse", "Back Extra", "Extra"))


@dataclass(frozen=True)
class EditorCards:
    """Makes notes of the headings that anki-editor would make notes of."""

    source: Source
    media: MediaStore

    def drafts(self, home: Home) -> list[Draft]:
        """These notes of the document HOME, in its order; one without a field's text is reported."""
        found: list[Draft] = []
        renderer = self._renderer(home.document)
        for headline in _headings(home.document):
            above = self.source.wishes.of(home.document, home.document.parent(headline))
            if above.skip and not _below_note(home.document, headline):
                continue
            draft = self._draft(home, headline, self._fields[_type_name(headline)], renderer)
            if draft is not None:
                found.append(draft)
        return found

    @cached_property
    def _fields(self) -> dict[str, tuple[str, ...]]:
        """The fields of each note type: a type has one list of fields, whichever of them a note fills."""
        fields = dict(STOCK)
        for document in self.source.graph.documents:
            for headline in _headings(document):
                name = _type_name(headline)
                if name not in STOCK:
                    titles = (plain_text(child.title) for child in document.children(headline))
                    fields[name] = tuple(dict.fromkeys((*fields.get(name, ()), *titles)))
        return {name: known or STOCK["Basic"] for name, known in fields.items()}

    def _draft(
        self, home: Home, headline: n.Headline, names: Sequence[str], renderer: html.HtmlRenderer
    ) -> Draft | None:
        document = home.document
        given = {plain_text(child.title): _subtree(document, child) for child in document.children(headline)}
        rendered = {name: renderer.elements(given[name]) for name in names if name in given}
        text = {name: html.elements_text(given[name]) for name in rendered}
        title = plain_text(headline.title)
        missing = [name for name in names if name not in given]
        needed = [name for name in missing if name not in _OPTIONAL] if len(missing) != 2 or rendered else missing
        own = html.elements_text(headline.children)
        # anki-editor's own rule: one field left takes the text below the heading, else the heading; two take both.
        if len(needed) == 1 and not own:
            rendered[needed[0]], text[needed[0]] = renderer.objects(headline.title), title
        elif len(needed) == 1:
            rendered[needed[0]], text[needed[0]] = renderer.elements(headline.children), own
        elif len(needed) >= 2:
            rendered[needed[0]], text[needed[0]] = renderer.objects(headline.title), title
            rendered[needed[1]], text[needed[1]] = renderer.elements(headline.children), own
        place = Place.of(home, headline)
        spot = document.location(headline.begin)
        kind = editor_kind(_type_name(headline), names)
        if note_type(kind).cloze:
            # Here alone the notes' own gaps are meant as such.
            rendered = {name: _GAP_SIGNS.sub(lambda m: unescape(m[0]), value) for name, value in rendered.items()}
        if not rendered.get(names[0], "").strip() or not _asks(note_type(kind), rendered):
            self.source.hold_back(f"for “{title}”: its note for anki-editor has no question", spot)
            return None
        if secret := found_secret("\n".join(text.values())):
            self.source.keep_secret(f"for “{title}”: it seems to hold {secret}", spot)
            return None
        number = headline.get_property("ANKI_NOTE_ID") or headline.get_property("ID") or ""
        return Draft(
            kind=kind,
            place=place,
            anchor=f"anki-note:{number.strip()}"
            if number.strip()
            else prose.fold(text.get(names[0], title))[:ANSWER_KEPT],
            term=title,
            answer=" ".join(text[name] for name in names[1:] if name in text)[:ANSWER_KEPT],
            plural=False,
            language=language_of(title, home.language),
            fields=rendered,
            location=spot,
        )

    def _renderer(self, document: Document) -> html.HtmlRenderer:
        def image(link: n.Link) -> str | None:
            return self.media.name(document, link)

        return html.HtmlRenderer(image=image, footnotes=html.Footnotes(document), raw=self.source.context.raw)


def _headings(document: Document) -> Iterator[n.Headline]:
    return filter(_type_name, document.headlines)


def _type_name(headline: n.Headline) -> str:
    return (headline.get_property("ANKI_NOTE_TYPE") or "").strip()


def _below_note(document: Document, headline: n.Headline) -> bool:
    """Whether a note for anki-editor stands above: it is that one that its section is skipped for."""
    return any(_type_name(above) for above in document.ancestors(headline))


def _subtree(document: Document, headline: n.Headline) -> tuple[n.Element, ...]:
    """The elements of a section and of all below it."""
    elements: list[n.Element] = list(headline.children)
    for below in document.headlines[headline.index + 1 :]:
        if below.level <= headline.level:
            break
        elements += below.children
    return tuple(elements)


def _asks(kind: NoteType, rendered: Mapping[str, str]) -> bool:
    return not kind.cloze or any("{{c" in value for value in rendered.values())
