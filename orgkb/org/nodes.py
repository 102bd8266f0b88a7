"""The Org syntax tree: the elements and objects of the Org syntax document, with exact offsets.

Names are org-element's (`type`), in CamelCase as classes.  Every node is frozen and slotted;
`begin` and `end` are 0-based character offsets into `Document.text` (`orgkb.org.document`),
`end` exclusive and before trailing blanks.  An element's `begin` is that of its first affiliated
keyword, as in org-element.

Containers hold their contents in `children`; a few nodes have further object strings
(`SECONDARY`), such as an item's tag.  The reader bounds the depth of the tree
(`orgkb.org.limits`), so walking it by recursion is safe.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, TypeAlias, Union

import msgspec

if TYPE_CHECKING:
    AnyObject: TypeAlias = "Object"
    AnyElement: TypeAlias = "Element"


class Node(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=True):
    """Anything in the tree.

    A tree has no cycles, so the garbage collector need not look at it.  `orgkb.stored` writes a node as an
    array: its class, then its fields.
    """

    type: ClassVar[str] = ""
    """org-element's name of the type, for example `plain-list`."""
    SECONDARY: ClassVar[tuple[str, ...]] = ()
    """Names of the fields besides `children` that hold objects."""

    begin: int
    end: int


# --- Objects (Org syntax, "Objects") ---------------------------------------------------------


class Object(Node, frozen=True):
    """An inline part of a paragraph, title, table cell or tag."""


class Text(Object, frozen=True):
    """Plain text, verbatim with its newlines and spaces."""

    type: ClassVar[str] = "plain-text"

    value: str


class Markup(Object, frozen=True):
    """The four emphasis kinds whose contents are objects."""

    children: tuple[AnyObject, ...]


class Bold(Markup, frozen=True):
    """`*bold*`."""

    type: ClassVar[str] = "bold"


class Italic(Markup, frozen=True):
    """`/italic/`."""

    type: ClassVar[str] = "italic"


class Underline(Markup, frozen=True):
    """`_underline_`."""

    type: ClassVar[str] = "underline"


class StrikeThrough(Markup, frozen=True):
    """`+strike-through+`."""

    type: ClassVar[str] = "strike-through"


class Code(Object, frozen=True):
    """`~code~`."""

    type: ClassVar[str] = "code"

    value: str


class Verbatim(Object, frozen=True):
    """`=verbatim=`."""

    type: ClassVar[str] = "verbatim"

    value: str


class Entity(Object, frozen=True):
    r"""`\alpha`, `\alpha{}` or `\_` with spaces: a name of Org's entity table (`orgkb.org.entities`)."""

    type: ClassVar[str] = "entity"

    name: str
    text: str
    """The character or characters it stands for."""
    braces: bool
    """Whether it is written with `{}`."""


class LatexFragment(Object, frozen=True):
    r"""`\(x\)`, `\[x\]`, `$x$`, `$$x$$` or a macro such as `\frac{1}{2}`, as written."""

    type: ClassVar[str] = "latex-fragment"

    value: str


class ExportSnippet(Object, frozen=True):
    """`@@html:<b>@@`: raw text for one back-end."""

    type: ClassVar[str] = "export-snippet"

    backend: str
    value: str


class FootnoteReference(Object, frozen=True):
    """`[fn:1]`, `[fn:1:inline]` or `[fn::anonymous]`."""

    type: ClassVar[str] = "footnote-reference"

    label: str | None
    children: tuple[AnyObject, ...] | None
    """The definition where it stands inside the reference, else None."""


class CitationReference(Object, frozen=True):
    """One `prefix @key suffix` of a citation."""

    type: ClassVar[str] = "citation-reference"
    SECONDARY: ClassVar[tuple[str, ...]] = ("prefix", "suffix")

    key: str
    prefix: tuple[AnyObject, ...]
    suffix: tuple[AnyObject, ...]


class Citation(Object, frozen=True):
    """`[cite/style:prefix;@key p. 3;suffix]`."""

    type: ClassVar[str] = "citation"
    SECONDARY: ClassVar[tuple[str, ...]] = ("prefix", "suffix")

    style: str | None
    prefix: tuple[AnyObject, ...]
    children: tuple[CitationReference, ...]
    suffix: tuple[AnyObject, ...]


class InlineBabelCall(Object, frozen=True):
    """`call_name[header](arguments)[header]`, as written; never run."""

    type: ClassVar[str] = "inline-babel-call"

    value: str


class InlineSrcBlock(Object, frozen=True):
    """`src_lang[headers]{body}`; never run."""

    type: ClassVar[str] = "inline-src-block"

    language: str
    parameters: str | None
    value: str


class LineBreak(Object, frozen=True):
    r"""Two backslashes at the end of a line."""

    type: ClassVar[str] = "line-break"


class Link(Object, frozen=True):
    """A link of any of the five forms."""

    type: ClassVar[str] = "link"

    form: str
    """How it is written: `regular`, `angle`, `plain`, `radio`."""
    kind: str
    """`https`, `file`, `id`, `fuzzy`, `custom-id`, `coderef`, `radio` …: the type, lower case."""
    path: str
    """What follows the type: `//orgmode.org`, `notes.org`, `*Heading`, without `::search`."""
    search: str | None
    """The part after `::` of a file link."""
    raw: str
    """The link as written: the inside of the first bracket, `https://…`, or the radio text."""
    children: tuple[AnyObject, ...]
    """The description; empty where there is none."""


class Macro(Object, frozen=True):
    """`{{{name(arguments)}}}`."""

    type: ClassVar[str] = "macro"

    key: str
    """Lower-case name."""
    args: tuple[str, ...]
    value: str
    """As written."""


class Target(Object, frozen=True):
    """`<<target>>`."""

    type: ClassVar[str] = "target"

    value: str


class RadioTarget(Object, frozen=True):
    """`<<<radio target>>>`: every occurrence of its text becomes a link."""

    type: ClassVar[str] = "radio-target"

    value: str
    children: tuple[AnyObject, ...]


class StatisticsCookie(Object, frozen=True):
    """`[2/3]` or `[66%]`."""

    type: ClassVar[str] = "statistics-cookie"

    value: str


class Script(Object, frozen=True):
    """Subscript or superscript."""

    braces: bool
    """Whether the script stands in `{}`; without them it often is an identifier."""
    children: tuple[AnyObject, ...]


class Subscript(Script, frozen=True):
    """`_{sub}` or `_sub`."""

    type: ClassVar[str] = "subscript"


class Superscript(Script, frozen=True):
    """`^{sup}` or `^sup`."""

    type: ClassVar[str] = "superscript"


class TableCell(Object, frozen=True):
    """One cell of a table row; `children` without the padding."""

    type: ClassVar[str] = "table-cell"

    children: tuple[AnyObject, ...]


class Moment(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One end of a timestamp, as written: it need not be a real date."""

    year: int
    month: int
    day: int
    hour: int | None = None
    minute: int | None = None

    def date(self) -> dt.date | None:
        """The date, or None where the calendar has no such day."""
        try:
            return dt.date(self.year, self.month, self.day)
        except ValueError:
            return None


class Timestamp(Object, frozen=True):
    """`<2024-10-12 Sat 10:00 +1w>`, a range of two, or a diary form."""

    type: ClassVar[str] = "timestamp"

    kind: str
    """`active`, `inactive`, `active-range`, `inactive-range` or `diary`."""
    raw: str
    start: Moment | None
    """None for diary timestamps."""
    stop: Moment | None
    """The end of a range; None for a single moment."""
    repeater: str | None
    """`+1w`, `++1d`, `.+2d/3d`."""
    warning: str | None
    """`-3d` or `--3d`."""


# --- Elements (Org syntax, "Elements") ---------------------------------------------------------


class AffiliatedKeyword(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One `#+KEY[optional]: value` above an element."""

    key: str
    """Upper case; old spellings translated (`SRCNAME` is `NAME`)."""
    optional: str | None
    value: str
    offset: int


class Affiliated(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The affiliated keywords of an element, in the order of the text."""

    begin: int
    """Where the element proper begins."""
    keywords: tuple[AffiliatedKeyword, ...]
    caption: tuple[AnyObject, ...]
    """The objects of all CAPTION lines, joined by a space."""
    short_caption: tuple[AnyObject, ...] = ()

    @property
    def name(self) -> str | None:
        """The value of the last `#+NAME:`."""
        return self.last("NAME")

    def last(self, key: str) -> str | None:
        """The value of the last keyword KEY, or None."""
        return next((k.value for k in reversed(self.keywords) if k.key == key), None)

    def attributes(self, backend: str) -> dict[str, str]:
        """The `:key value` pairs of all `#+ATTR_backend:` lines; a key without value maps to ''."""
        pairs: dict[str, str] = {}
        for keyword in self.keywords:
            if keyword.key == f"ATTR_{backend.upper()}":
                pairs.update(parse_attributes(keyword.value))
        return pairs


def parse_attributes(value: str) -> dict[str, str]:
    """Split `:width 300 :alt A pod` into its pairs."""
    pairs: dict[str, str] = {}
    key = ""
    for word in value.split():
        if word.startswith(":") and len(word) > 1:
            key = word[1:].lower()
            pairs[key] = ""
        elif key:
            pairs[key] = f"{pairs[key]} {word}".strip()
    return {k: v[1:-1] if len(v) > 1 and v[0] == v[-1] == '"' else v for k, v in pairs.items()}


class Element(Node, frozen=True):
    """A block-level part of a section."""

    affiliated: Affiliated | None

    @property
    def own_begin(self) -> int:
        """Where the element proper begins, after its affiliated keywords."""
        return self.affiliated.begin if self.affiliated else self.begin


class Paragraph(Element, frozen=True):
    """Lines of objects; leading indentation is part of the text."""

    type: ClassVar[str] = "paragraph"

    children: tuple[AnyObject, ...]


class Item(Element, frozen=True):
    """One item of a plain list."""

    type: ClassVar[str] = "item"
    SECONDARY: ClassVar[tuple[str, ...]] = ("tag",)

    bullet: str
    """As written, without the space after it: `-`, `+`, `*`, `1.`, `a)`."""
    counter: int | None
    """The number set by `[@5]`; letters count from 1."""
    checkbox: str
    """`[X]`, `[ ]`, `[-]` or empty."""
    tag: tuple[AnyObject, ...] | None
    """The term before ` :: `; None where the item has none."""
    children: tuple[AnyElement, ...]


class PlainList(Element, frozen=True):
    """A list; its kind is that of its first item."""

    type: ClassVar[str] = "plain-list"

    kind: str
    """`unordered`, `ordered` or `descriptive`."""
    children: tuple[Item, ...]


class TableRow(Element, frozen=True):
    """A row of cells, or a rule."""

    type: ClassVar[str] = "table-row"

    kind: str
    """`standard` or `rule`."""
    children: tuple[TableCell, ...]


class Table(Element, frozen=True):
    """An Org table with rows, or a table.el table with its text only."""

    type: ClassVar[str] = "table"

    kind: str
    """`org` or `table.el`."""
    children: tuple[TableRow, ...]
    formulas: tuple[str, ...]
    """Values of the `#+TBLFM:` lines; never evaluated."""
    value: str
    """The text of a table.el table; empty for Org tables."""


class SrcBlock(Element, frozen=True):
    """`#+begin_src language switches parameters`; never run."""

    type: ClassVar[str] = "src-block"

    language: str
    """Empty where none is given."""
    switches: str
    parameters: str
    value: str
    """The code: commas of `,*` and `,#+` removed, common indentation kept unless it is shared by all lines."""


class ExampleBlock(Element, frozen=True):
    """`#+begin_example`."""

    type: ClassVar[str] = "example-block"

    switches: str
    value: str


class ExportBlock(Element, frozen=True):
    """`#+begin_export html`: raw text for one back-end."""

    type: ClassVar[str] = "export-block"

    backend: str
    value: str


class CommentBlock(Element, frozen=True):
    """`#+begin_comment`: never exported."""

    type: ClassVar[str] = "comment-block"

    value: str


class VerseBlock(Element, frozen=True):
    """`#+begin_verse`: objects in which line ends and indentation count."""

    type: ClassVar[str] = "verse-block"

    children: tuple[AnyObject, ...]


class GreaterElement(Element, frozen=True):
    """An element that contains elements."""

    children: tuple[AnyElement, ...]


class QuoteBlock(GreaterElement, frozen=True):
    """`#+begin_quote`."""

    type: ClassVar[str] = "quote-block"


class CenterBlock(GreaterElement, frozen=True):
    """`#+begin_center`."""

    type: ClassVar[str] = "center-block"


class SpecialBlock(GreaterElement, frozen=True):
    """`#+begin_NAME` with any other name."""

    type: ClassVar[str] = "special-block"

    name: str
    parameters: str


class DynamicBlock(GreaterElement, frozen=True):
    """`#+begin: name arguments`."""

    type: ClassVar[str] = "dynamic-block"

    name: str
    arguments: str


class Drawer(GreaterElement, frozen=True):
    """`:NAME:` to `:END:`."""

    type: ClassVar[str] = "drawer"

    name: str


class FootnoteDefinition(GreaterElement, frozen=True):
    """`[fn:label] contents` at the start of a line."""

    type: ClassVar[str] = "footnote-definition"

    label: str


class NodeProperty(Element, frozen=True):
    """One `:KEY: value` of a property drawer."""

    type: ClassVar[str] = "node-property"

    key: str
    """As written, with a trailing `+` where the line adds to a value."""
    value: str


class PropertyDrawer(Element, frozen=True):
    """`:PROPERTIES:` below a headline or at the top of the file."""

    type: ClassVar[str] = "property-drawer"

    children: tuple[NodeProperty, ...]


class Planning(Element, frozen=True):
    """The line of DEADLINE, SCHEDULED and CLOSED below a headline."""

    type: ClassVar[str] = "planning"

    deadline: Timestamp | None
    scheduled: Timestamp | None
    closed: Timestamp | None


class Clock(Element, frozen=True):
    """`CLOCK: [timestamp]--[timestamp] => 0:42`."""

    type: ClassVar[str] = "clock"

    timestamp: Timestamp | None
    duration: str | None
    """`H:MM` as written."""


class Comment(Element, frozen=True):
    """`# ` lines: never exported."""

    type: ClassVar[str] = "comment"

    value: str


class FixedWidth(Element, frozen=True):
    """`: ` lines."""

    type: ClassVar[str] = "fixed-width"

    value: str


class HorizontalRule(Element, frozen=True):
    """`-----`."""

    type: ClassVar[str] = "horizontal-rule"


class Keyword(Element, frozen=True):
    """`#+KEY: value`."""

    type: ClassVar[str] = "keyword"

    key: str
    """Upper case."""
    value: str


class BabelCall(Element, frozen=True):
    """`#+call: name(arguments)`; never run."""

    type: ClassVar[str] = "babel-call"

    value: str


class DiarySexp(Element, frozen=True):
    """`%%(sexp)`; never evaluated."""

    type: ClassVar[str] = "diary-sexp"

    value: str


class LatexEnvironment(Element, frozen=True):
    r"""`\begin{name} … \end{name}`, as written."""

    type: ClassVar[str] = "latex-environment"

    value: str


class Inlinetask(Element, frozen=True):
    """A headline of 15 stars or more, read so only where the reader is told to (as by Emacs' org-inlinetask)."""

    type: ClassVar[str] = "inlinetask"
    SECONDARY: ClassVar[tuple[str, ...]] = ("title",)

    level: int
    todo: str | None
    priority: str | None
    title: tuple[AnyObject, ...]
    tags: tuple[str, ...]
    children: tuple[AnyElement, ...]


class Headline(Node, frozen=True):
    """A headline with the section below it; its subheadlines are later entries of `Document.headlines`."""

    type: ClassVar[str] = "headline"
    SECONDARY: ClassVar[tuple[str, ...]] = ("title",)

    # `begin` is the first star, `end` the end of the whole subtree before trailing blanks.
    level: int
    """Number of stars, or half of it and one with `#+STARTUP: odd`."""
    todo: str | None
    todo_done: bool
    """Whether the TODO keyword is one of the done states."""
    priority: str | None
    """`A` of `[#A]`, or a number."""
    commented: bool
    """Whether the title begins with COMMENT."""
    title: tuple[AnyObject, ...]
    raw_title: str
    """The title as written, without TODO, priority, COMMENT and tags."""
    tags: tuple[str, ...]
    """Own tags; `Document.all_tags` adds the inherited ones."""
    planning: Planning | None
    properties: tuple[tuple[str, str], ...]
    """Own properties in the order of the drawer; keys upper case, `KEY+` lines joined to KEY."""
    children: tuple[AnyElement, ...]
    """The section: all elements up to the next headline, planning and property drawer included."""
    index: int
    """Position in `Document.headlines`."""
    parent: int
    """Index of the parent headline; -1 at the top."""

    @property
    def archived(self) -> bool:
        """Whether it carries the ARCHIVE tag itself."""
        return "ARCHIVE" in self.tags

    def get_property(self, key: str) -> str | None:
        """The value of its own property KEY (any case), or None."""
        wanted = key.upper()
        return next((value for name, value in self.properties if name == wanted), None)


def _concrete(kind: type[Node]) -> Iterator[type[Node]]:
    """The classes of nodes below KIND that occur in trees: those with a `type` of their own."""
    for below in kind.__subclasses__():
        if "type" in vars(below):
            yield below
        yield from _concrete(below)


if not TYPE_CHECKING:
    # To a type checker an object is an `Object`; who reads stored trees needs each class that it can be.
    AnyObject = Union[tuple(_concrete(Object))]  # noqa: UP007 - made of a list
    AnyElement = Union[tuple(_concrete(Element))]  # noqa: UP007
