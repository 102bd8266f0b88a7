"""`prepare`: from a document as Org reads it to the document as it is exported."""

from __future__ import annotations

from collections import Counter

import msgspec

from orgkb.diagnostics import Diagnostic, Severity
from orgkb.org.document import Document
from orgkb.org.nodes import Element, FootnoteDefinition, Headline, Keyword, Object, Paragraph, Planning, Text
from orgkb.org.semantics.babel import Exports
from orgkb.org.semantics.blocks import Blocks
from orgkb.org.semantics.footnotes import footnotes_of
from orgkb.org.semantics.inline import Inline
from orgkb.org.semantics.ledger import Kind, Ledger
from orgkb.org.semantics.options import ExportOptions, options_of
from orgkb.org.semantics.outline import Selection, Verdict
from orgkb.org.walk import walk
from orgkb.patterns import pattern

FOOTNOTE_SECTION = "Footnotes"
"""The headline under which Org collects footnote definitions."""

TECHNICAL_SETTINGS = frozenset(
    {
        "OPTIONS",
        "STARTUP",
        "EXCLUDE_TAGS",
        "SELECT_TAGS",
        "TODO",
        "SEQ_TODO",
        "TYP_TODO",
        "TAGS",
        "PRIORITIES",
        "LANGUAGE",
    }
    | {"LINK", "ARCHIVE", "CATEGORY", "COLUMNS", "CITE_EXPORT"}
)
"""Settings that hold in a part left out as well: they print no words of it."""

_WORDED = frozenset({"TITLE", "SUBTITLE", "AUTHOR", "DATE", "DESCRIPTION", "KEYWORDS"})
"""Settings in which macros are replaced."""

Pairs = tuple[tuple[str, str], ...]

_KINDS = {
    Verdict.TAG: Kind.TAG,
    Verdict.COMMENT: Kind.COMMENT_TREE,
    Verdict.ARCHIVE: Kind.ARCHIVE,
    Verdict.HEADLINE_ONLY: Kind.ARCHIVE,
    Verdict.TASK: Kind.TASK,
    Verdict.CRYPT: Kind.CRYPT,
    Verdict.UNSELECTED: Kind.UNSELECTED,
}
_FILE_VARIABLES = pattern(r"[ \t;#/]*-\*-[^\n]*-\*-[ \t]*\n?")


def prepare(document: Document, options: ExportOptions | None = None) -> Document:
    """DOCUMENT as exporters and the graph builder should see it, under OPTIONS (else its own).

    Places of what is kept are unchanged; headlines are numbered anew.  What is left out is gone
    from the tree, from the settings and diagnostics, and blanked in `text`.
    """
    return _Preparation(document, options).result()


class _Preparation:
    def __init__(self, document: Document, options: ExportOptions | None) -> None:
        self._diagnostics: list[Diagnostic] = []
        own = options_of(document, self._diagnostics.append)
        self._document = document
        self._selection = Selection(document, own if options is None else options)
        self._ledger = Ledger()
        self._settings, self._properties = self._visible_settings()
        # The title that a left-out part sets is not printed, `{{{title}}}` included.
        visible = msgspec.structs.replace(document, settings=self._settings, properties=self._properties)
        self._options = options_of(visible) if options is None else options
        exports = Exports(document)
        self._inline = Inline(visible, self._options, exports, self._diagnostics.append)
        self._inline.macros.define(document.setting_values("MACRO"))
        self._blocks = Blocks(
            document,
            self._options,
            selection=self._selection,
            inline=self._inline,
            exports=exports,
            ledger=self._ledger,
        )

    def result(self) -> Document:
        document = self._document
        kept = [h for h in document.headlines if self._verdict(h) in {Verdict.KEEP, Verdict.HEADLINE_ONLY}]
        self._inline.macros.headlines = kept
        self._leave_out_subtrees()
        self._footnotes()
        section = self._preamble()
        headlines = [self._headline(headline) for headline in kept]
        section, headlines = _without_footnote_section(section, headlines)
        found = [*document.diagnostics, *self._diagnostics]
        if found:
            left_out = self._ledger.covers(document)
            found = [diagnostic for diagnostic in found if diagnostic.location not in left_out]
        summary = self._ledger.summary(document)
        expand = self._inline.macros.expand_text
        return msgspec.structs.replace(
            document,
            text=self._ledger.blank(document.text),
            settings=tuple((key, expand(value) if key in _WORDED else value) for key, value in self._settings),
            properties=self._properties,
            section=section,
            headlines=_renumbered(headlines),
            diagnostics=(*found, summary) if summary else tuple(found),
        )

    def _visible_settings(self) -> tuple[Pairs, Pairs]:
        """The file's settings and properties without those that words of a left-out part make."""
        document = self._document
        if self._selection.private:
            return (), ()
        hidden = Counter(
            (keyword.key, keyword.value)
            for headline, verdict in zip(document.headlines, self._selection.verdicts, strict=True)
            if verdict is not Verdict.KEEP and headline.children
            for keyword in walk(headline.children)
            if isinstance(keyword, Keyword) and keyword.key not in TECHNICAL_SETTINGS
        )
        if not hidden:
            return document.settings, document.properties
        names = {
            words[0].upper().removesuffix("+") for key, value in hidden if key == "PROPERTY" if (words := value.split())
        }
        kept: list[tuple[str, str]] = []
        for pair in document.settings:
            if hidden[pair] > 0:
                hidden[pair] -= 1
            else:
                kept.append(pair)
        return tuple(kept), tuple(pair for pair in document.properties if pair[0] not in names)

    def _footnotes(self) -> None:
        footnotes = footnotes_of(self._document, self._ledger.ranges)
        self._blocks.drop_footnotes(footnotes.orphans)
        for label, place in footnotes.dangling:
            message = f"footnote {label!r} is defined in a part that is not exported"
            where = self._document.location(place)
            self._diagnostics.append(Diagnostic(Severity.WARNING, "footnote-not-exported", message, where))

    # --- the outline ---

    def _verdict(self, headline: Headline) -> Verdict:
        return self._selection.verdicts[headline.index]

    def _leave_out_subtrees(self) -> None:
        if self._selection.private:
            self._ledger.leave_out(Kind.PRIVATE_FILE, 0, len(self._document.text))
        for headline, verdict in zip(self._document.headlines, self._selection.verdicts, strict=True):
            if verdict in {Verdict.KEEP, Verdict.BELOW}:
                continue
            begin = headline.begin
            if verdict is Verdict.HEADLINE_ONLY:
                begin = self._document.text.find("\n", headline.begin, headline.end)
                begin = headline.end if begin < 0 else begin
            if not self._selection.private:
                self._ledger.leave_out(_KINDS[verdict], begin, headline.end)

    def _preamble(self) -> tuple[Element, ...]:
        section = self._document.section
        if self._selection.preamble:
            return self._blocks.section(self._without_file_variables(section))
        if section and not self._selection.private:
            # Settings above the first headline hold all the same; only its text goes.
            words = [element for element in section if not isinstance(element, Keyword)]
            for place, element in enumerate(words):
                self._ledger.leave_out(Kind.UNSELECTED, element.begin, element.end, int(place == 0))
        return ()

    def _without_file_variables(self, section: tuple[Element, ...]) -> tuple[Element, ...]:
        """SECTION without a first line `-*- mode: org -*-`, which is an instruction to Emacs."""
        first = section[0] if section else None
        text = self._document.text
        if not isinstance(first, Paragraph) or first.affiliated is not None or text[: first.begin].strip():
            return section
        end = text.find("\n", first.begin, first.end) + 1 or first.end
        if _FILE_VARIABLES.fullmatch(text, first.begin, end) is None:
            return section
        self._ledger.leave_out(Kind.VARIABLES, first.begin, end)
        rest = [_after(obj, end) for obj in first.children if obj.end > end]
        if not rest:
            return section[1:]
        return (msgspec.structs.replace(first, begin=end, children=tuple(rest)), *section[1:])

    def _headline(self, headline: Headline) -> Headline:
        options = self._options
        self._inline.headline = headline
        title = self._inline.rewrite(headline.title)
        children: tuple[Element, ...] = ()
        if self._verdict(headline) is Verdict.KEEP:
            children = self._blocks.section(headline.children)
        changes: dict[str, object] = {}
        if title is not headline.title:
            changes["title"] = title
        if children is not headline.children:
            changes["children"] = children
        if headline.todo is not None and not options.todo:
            changes |= {"todo": None, "todo_done": False}
        if headline.priority is not None and not options.priority:
            changes["priority"] = None
        if headline.tags and not options.tags:
            changes["tags"] = ()
        if headline.planning is not None and not options.planning:
            changes["planning"] = None
        return msgspec.structs.replace(headline, **changes) if changes else headline


def _after(obj: Object, place: int) -> Object:
    """OBJ without its part before PLACE, where it is text."""
    if isinstance(obj, Text) and obj.begin < place:
        return Text(place, obj.end, obj.value[place - obj.begin :])
    return obj


def _without_footnote_section(
    section: tuple[Element, ...], headlines: list[Headline]
) -> tuple[tuple[Element, ...], list[Headline]]:
    """The same without headlines `Footnotes` that hold definitions only; the definitions go to the section above."""
    parents = {headline.parent for headline in headlines}
    kept: list[Headline] = []
    for headline in headlines:
        if (
            headline.raw_title.strip() != FOOTNOTE_SECTION
            or headline.index in parents
            or not all(isinstance(element, FootnoteDefinition | Planning) for element in headline.children)
        ):
            kept.append(headline)
            continue
        definitions = tuple(e for e in headline.children if isinstance(e, FootnoteDefinition))
        if kept:
            kept[-1] = msgspec.structs.replace(kept[-1], children=(*kept[-1].children, *definitions))
        else:
            section = (*section, *definitions)
    return section, kept


def _renumbered(headlines: list[Headline]) -> tuple[Headline, ...]:
    """HEADLINES with `index` and `parent` for their new places."""
    place = {headline.index: new for new, headline in enumerate(headlines)}
    place[-1] = -1
    return tuple(
        headline
        if headline.index == new and headline.parent == place[headline.parent]
        else msgspec.structs.replace(headline, index=new, parent=place[headline.parent])
        for new, headline in enumerate(headlines)
    )
