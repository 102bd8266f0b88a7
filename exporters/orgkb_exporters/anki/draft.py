"""A note before it is known which one it is, and its fields once that is known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from orgkb.diagnostics import Location
from orgkb.patterns import pattern
from orgkb_exporters import html
from orgkb_exporters.anki import gaps
from orgkb_exporters.anki.identity import Identity
from orgkb_exporters.anki.note_types import CLOZE, LIST, TERM, note_type
from orgkb_exporters.anki.phrases import PHRASES
from orgkb_exporters.anki.place import SEPARATOR, Place
from orgkb_exporters.anki.prose import fold, without_address

ANSWER_KEPT: Final = 240
"""Characters of the answer by which a renamed note is known again."""
_WITH_GAPS: Final = frozenset((CLOZE.kind, LIST.kind))
# What Anki would take for sound, LaTeX or speech, wherever it stands in a field.
_ANKI_MARKUP = pattern(r"\[(?=/?(?:sound:|latex\]|\${1,2}\]|anki:))", re.IGNORECASE)


class Draft(msgspec.Struct, frozen=True):
    """A note before it is known which one it is (`identity.identify`)."""

    kind: str
    place: Place
    anchor: str
    term: str
    """As shown, plain text: notes with one term are told apart in their prompts."""
    answer: str
    """Begin of the answer, plain text."""
    plural: bool
    language: str
    fields: dict[str, str]
    """HTML by field name, all but ID and Prompt."""
    location: Location
    concept: str = ""
    """Id of the concept that it asks for; empty where it is about none of the graph."""
    means: bool = False
    """Whether it is a word to be translated or an abbreviation to be read out, rather than a thing."""
    article: str = ""
    """What stands before the term in a question, with a blank behind it."""

    @property
    def file(self) -> str:
        """The file key."""
        return self.place.home.file


class DraftText(msgspec.Struct, frozen=True, array_like=True):
    """A draft without its place, as it is kept from one build to the next."""

    kind: str
    anchor: str
    term: str
    answer: str
    plural: bool
    language: str
    fields: dict[str, str]
    offset: int
    """Of what it was made of, from the begin of its section."""
    concept: str = ""
    means: bool = False

    def at(self, place: Place, location: Location | None = None) -> Draft:
        """The draft in the section PLACE, at LOCATION where that is not told by its offset."""
        return Draft(
            kind=self.kind,
            place=place,
            anchor=self.anchor,
            term=self.term,
            answer=self.answer,
            plural=self.plural,
            language=self.language,
            fields=self.fields,
            location=location or place.home.document.location(place.begin + self.offset),
            concept=self.concept,
            means=self.means,
        )


def finish(
    drafts: Sequence[Draft], identities: Sequence[Identity], ordinals: Sequence[Mapping[str, int]]
) -> Iterator[tuple[str, ...]]:
    """The fields of each note, with prompts that no two notes share; ORDINALS number the gaps of each."""
    qualifiers = _qualifiers(drafts, identities)
    for draft, identity, qualifier, numbers in zip(drafts, identities, qualifiers, ordinals, strict=True):
        values = draft.fields | {"ID": html.text(identity.key.name)}
        if draft.kind == TERM.kind:
            values["Prompt"] = _question(draft, qualifier)
        if draft.kind in _WITH_GAPS:
            values["Text"] = gaps.fill(values["Text"], numbers)
        yield tuple(inert(values.get(field, "")) for field in note_type(draft.kind).fields)


def _question(draft: Draft, qualifier: str) -> str:
    phrases = PHRASES[draft.language]
    term = draft.fields["Term"]
    if qualifier:
        term += f' <span class="qualifier">({qualifier})</span>'
    asked = phrases.means if draft.means else phrases.what_many if draft.plural else phrases.what
    article = "" if draft.means or draft.plural else draft.article
    return asked.format(article + term)


def inert(field: str) -> str:
    """FIELD with nothing left that Anki would play, speak or typeset by itself."""
    return _ANKI_MARKUP.sub("&#91;", field)


def _qualifiers(drafts: Sequence[Draft], identities: Sequence[Identity]) -> list[str]:
    """What tells the notes of one term apart: as few of the innermost headings as needed, else a number."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        if draft.kind == TERM.kind:
            groups[fold(draft.term)].append(i)
    qualifiers = [""] * len(drafts)
    for group in groups.values():
        if len(group) == 1:
            continue
        paths = {i: _own_path(drafts[i]) for i in group}
        distinct = len(set(paths.values()))
        depth = 0
        if distinct > 1:
            longest = max(map(len, paths.values()))
            depth = next(
                (k for k in range(1, longest + 1) if len({path[-k:] for path in paths.values()}) == distinct), longest
            )
        same: dict[str, list[int]] = defaultdict(list)
        for i in group:
            same[SEPARATOR.join(paths[i][-depth:]) if depth else ""].append(i)
        for label, members in same.items():
            members.sort(key=lambda i: identities[i].key)
            for number, i in enumerate(members, 1):
                counted = PHRASES[drafts[i].language].sense.format(number) if len(members) > 1 else ""
                qualifiers[i] = ", ".join(filter(None, (html.text(without_address(label)), counted)))
    return qualifiers


def _own_path(draft: Draft) -> tuple[str, ...]:
    """Title and headings that are not the term itself."""
    return tuple(name for name in draft.place.titles if fold(name) != fold(draft.term))
