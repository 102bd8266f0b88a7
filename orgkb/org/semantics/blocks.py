"""Elements as they are exported: what options, `:exports` and Org's rules hide is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.semantics.babel import Exports
from orgkb.org.semantics.inline import Inline
from orgkb.org.semantics.ledger import Kind, Ledger
from orgkb.org.semantics.options import ExportOptions, NameSet
from orgkb.org.semantics.outline import Selection, task_is_exported
from orgkb.org.semantics.tables import without_marks
from orgkb.org.semantics.text_commands import is_layout, without_layout

Elements = tuple[n.Element, ...]
E = TypeVar("E", bound=n.Element)

CONTENT_KEYWORDS = frozenset(
    {
        "TOC",
        "PRINT_BIBLIOGRAPHY",
        "HTML",
        "LATEX",
        "BEAMER",
        "ASCII",
        "ODT",
        "MAN",
        "MD",
        "MARKDOWN",
        "TEXINFO",
        "TYPST",
    }
    | {"INDEX", "CINDEX", "FINDEX", "KINDEX", "PINDEX", "TINDEX", "VINDEX"}
)
"""Keywords that stay in the tree: they print something in some back-end, or enter a term in the index."""

_PGP_BEGIN = "-----BEGIN PGP MESSAGE-----"
_PGP_END = "-----END PGP MESSAGE-----"


class Blocks:
    """Rewrites the elements of one document; what does not change is returned as it is."""

    def __init__(
        self,
        document: Document,
        options: ExportOptions,
        *,
        selection: Selection,
        inline: Inline,
        exports: Exports,
        ledger: Ledger,
    ) -> None:
        self._text = document.text
        self._armoured = _PGP_BEGIN in document.text
        self._options = options
        self._selection = selection
        self._inline = inline
        self._exports = exports
        self._ledger = ledger
        self._orphans: frozenset[str] = frozenset()
        self._rules: dict[type[n.Element], Callable[[Any], n.Element | None]] = {
            n.Paragraph: self._paragraph,
            n.VerseBlock: self._with_objects,
            n.PlainList: self._with_elements,
            n.Item: self._item,
            n.Table: self._table,
            n.QuoteBlock: self._with_elements,
            n.CenterBlock: self._with_elements,
            n.SpecialBlock: self._with_elements,
            n.DynamicBlock: self._with_elements,
            n.FootnoteDefinition: self._footnote,
            n.Drawer: self._drawer,
            n.PropertyDrawer: self._property_drawer,
            n.Inlinetask: self._inlinetask,
            n.Keyword: self._keyword,
            n.Planning: lambda element: element if options.planning else None,
            n.Clock: lambda element: element if options.clocks else None,
            n.FixedWidth: lambda element: self._by_option(element, keep=options.fixed_width),
            n.LatexEnvironment: self._latex,
            n.Comment: self._comment,
            n.CommentBlock: lambda element: self._leave_out(Kind.COMMENT_BLOCK, element),
            n.DiarySexp: lambda element: self._leave_out(Kind.DIARY, element),
        }

    def section(self, elements: Elements) -> Elements:
        """The ELEMENTS of a section as exported."""
        if self._armoured:
            elements = self._without_armour(elements)
        return self._rewrite(elements)

    def _rewrite(self, elements: tuple[E, ...]) -> tuple[E, ...]:
        out: list[E] | None = None
        rules = self._rules
        hidden = self._hidden_code(elements)
        for place, element in enumerate(elements):
            rule = rules.get(type(element))
            new: Any = element
            if place in hidden:
                self._leave_out(hidden[place], element)
                new = None
            else:
                if rule is not None:
                    new = rule(element)
                if new is not None and new.affiliated is not None and new.affiliated.caption:
                    new = self._with_caption(new)
            if out is None and new is not element:
                out = list(elements[:place])
            if out is not None and new is not None:
                out.append(new)
        return elements if out is None else tuple(out)

    # --- objects inside ---

    def _paragraph(self, element: n.Paragraph) -> n.Paragraph | None:
        if self._text.startswith("\\", element.begin) and is_layout(self._text[element.begin : element.end]):
            return None
        children = without_layout(self._inline.rewrite(element.children))
        if self._options.timestamps is not True:
            children = self._without_timestamps(children)
        if children is element.children:
            return element
        if not any(not isinstance(obj, n.Text) or obj.value.strip() for obj in children):
            return None
        return msgspec.structs.replace(element, children=children)

    def _latex(self, element: n.LatexEnvironment) -> n.Element | None:
        if self._options.latex == "verbatim":
            return n.ExampleBlock(element.begin, element.end, element.affiliated, "", element.value)
        return self._by_option(element, keep=self._options.latex)

    def _without_timestamps(self, objects: tuple[n.Object, ...]) -> tuple[n.Object, ...]:
        """OBJECTS of a paragraph without the timestamps that `<` hides: those in a paragraph of nothing else."""
        for obj in objects:
            if not (isinstance(obj, n.Timestamp) or (isinstance(obj, n.Text) and not obj.value.strip())):
                return objects
        wanted = self._options.timestamps
        return tuple(
            obj
            for obj in objects
            if not isinstance(obj, n.Timestamp) or (isinstance(wanted, str) and obj.kind.startswith(wanted))
        )

    def _with_objects(self, element: n.VerseBlock) -> n.VerseBlock:
        children = self._inline.rewrite(element.children)
        return element if children is element.children else msgspec.structs.replace(element, children=children)

    def _with_caption(self, element: E) -> E:
        affiliated = element.affiliated
        assert affiliated is not None
        caption = self._inline.rewrite(affiliated.caption)
        short = self._inline.rewrite(affiliated.short_caption)
        if caption is affiliated.caption and short is affiliated.short_caption:
            return element
        new = msgspec.structs.replace(affiliated, caption=caption, short_caption=short)
        return msgspec.structs.replace(element, affiliated=new)

    def _table(self, table: n.Table) -> n.Table | None:
        if not self._options.tables:
            self._leave_out(Kind.OPTION, table)
            return None
        table = without_marks(table)
        rewrite = self._inline.rewrite
        rows: list[n.TableRow] = []
        changed = False
        for row in table.children:
            cells = row.children
            new = [(cell, rewrite(cell.children)) for cell in cells]
            if all(objects is cell.children for cell, objects in new):
                rows.append(row)
                continue
            changed = True
            made = tuple(
                cell if objects is cell.children else msgspec.structs.replace(cell, children=objects)
                for cell, objects in new
            )
            rows.append(msgspec.structs.replace(row, children=made))
        return msgspec.structs.replace(table, children=tuple(rows)) if changed else table

    # --- elements inside ---

    def _with_elements(self, element: Any) -> Any:
        children = self._rewrite(element.children)
        return element if children is element.children else msgspec.structs.replace(element, children=children)

    def _item(self, item: n.Item) -> n.Item:
        children = self._rewrite(item.children)
        tag = item.tag and self._inline.rewrite(item.tag)
        if children is item.children and tag is item.tag:
            return item
        return msgspec.structs.replace(item, children=children, tag=tag)

    def _footnote(self, definition: n.FootnoteDefinition) -> n.FootnoteDefinition | None:
        if definition.label in self._orphans:
            self._leave_out(Kind.FOOTNOTE, definition)
            return None
        if not self._options.footnotes:
            self._leave_out(Kind.OPTION, definition)
            return None
        new: n.FootnoteDefinition = self._with_elements(definition)
        return new

    def drop_footnotes(self, labels: frozenset[str]) -> None:
        """Leave out the definitions of LABELS from now on."""
        self._orphans = labels

    def _drawer(self, drawer: n.Drawer) -> n.Drawer | None:
        wanted = self._options.drawers
        if drawer.name.upper() == "PROPERTIES":
            # Out of place, below `#+TITLE:` say, it is no property drawer, but meant for one.
            wanted = self._options.properties is not False
        if not (wanted.allows(drawer.name) if isinstance(wanted, NameSet) else wanted):
            self._leave_out(Kind.DRAWER, drawer)
            return None
        new: n.Drawer = self._with_elements(drawer)
        return new

    def _property_drawer(self, drawer: n.PropertyDrawer) -> n.PropertyDrawer | None:
        wanted = self._options.properties
        if isinstance(wanted, bool):
            return drawer if wanted else None
        kept = tuple(line for line in drawer.children if wanted.allows(line.key.removesuffix("+")))
        return msgspec.structs.replace(drawer, children=kept) if kept else None

    def _inlinetask(self, task: n.Inlinetask) -> n.Inlinetask | None:
        if self._selection.excludes(task.tags):
            self._leave_out(Kind.TAG, task)
            return None
        if not self._options.inlinetasks:
            self._leave_out(Kind.OPTION, task)
            return None
        if task.todo is not None and not task_is_exported(task.todo, self._options, done=self._is_done(task.todo)):
            self._leave_out(Kind.TASK, task)
            return None
        return msgspec.structs.replace(
            task,
            todo=task.todo if self._options.todo else None,
            priority=task.priority if self._options.priority else None,
            tags=task.tags if self._options.tags else (),
            title=self._inline.rewrite(task.title),
            children=self._rewrite(task.children),
        )

    def _is_done(self, keyword: str) -> bool:
        return keyword in self._selection.done_keywords

    # --- what is left out ---

    def _keyword(self, keyword: n.Keyword) -> n.Keyword | None:
        return keyword if keyword.key in CONTENT_KEYWORDS else None

    def _comment(self, comment: n.Comment) -> None:
        lines = self._text.count("\n", comment.own_begin, comment.end) + 1
        self._ledger.leave_out(Kind.COMMENT_LINE, comment.begin, comment.end, lines)

    def _by_option(self, element: E, *, keep: bool) -> E | None:
        if not keep:
            self._leave_out(Kind.OPTION, element)
        return element if keep else None

    def _leave_out(self, kind: Kind, element: n.Element) -> None:
        self._ledger.leave_out(kind, element.begin, element.end)

    def _hidden_code(self, elements: Elements) -> dict[int, Kind]:
        for element in elements:
            kind = type(element)
            if kind is n.SrcBlock or kind is n.BabelCall or element.affiliated is not None:
                break
        else:
            return {}
        hidden: dict[int, Kind] = {}
        for place, is_result in self._exports.hidden(elements, self._inline.headline).items():
            call = isinstance(elements[place], n.BabelCall)
            hidden[place] = Kind.RESULTS if is_result else Kind.CALL if call else Kind.CODE
        return hidden

    def _without_armour(self, elements: Elements) -> Elements:
        """ELEMENTS of a section without those of an encrypted message."""
        out: list[n.Element] = []
        inside = False
        for element in elements:
            begins = isinstance(element, n.Paragraph) and self._text.startswith(
                _PGP_BEGIN, element.own_begin + _blanks(self._text, element.own_begin)
            )
            if begins and not inside:
                inside = True
                self._ledger.leave_out(Kind.CRYPT, element.begin, element.begin)
            if not inside:
                out.append(element)
                continue
            self._ledger.leave_out(Kind.CRYPT, element.begin, element.end, 0)
            inside = self._text.find(_PGP_END, element.begin, element.end) < 0
        return tuple(out) if len(out) < len(elements) else elements


def _blanks(text: str, place: int) -> int:
    """How many blanks text[place:] begins with, up to the 80 of an indented line."""
    head = text[place : place + 80]
    return len(head) - len(head.lstrip())
