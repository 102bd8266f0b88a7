"""Markdown flavours: what one family of Markdown readers expects, as a value.

The writer asks the flavour wherever readers differ, and never its name.
"""

from __future__ import annotations

from types import MappingProxyType

import msgspec

from orgkb.errors import UsageError
from orgkb_exporters.markdown.dialect import COMMON, HUGO, LOGSEQ, OBSIDIAN, PURE, PYTHON_MARKDOWN, Dialect


class Flavour(msgspec.Struct, frozen=True):
    """How the writer spells what readers of Markdown do not agree on."""

    name: str
    dialect: Dialect = COMMON
    """How text is escaped."""

    # --- the file ---
    front_matter: bool = False
    """Whether files begin with YAML unless the user says otherwise."""
    page_properties: bool = False
    """Whether the same stands there as `key:: value` lines."""
    title_heading: bool = True
    """Whether the title is the first heading; readers that show it by themselves need none."""
    top_level: int = 1
    """Level of an Org headline of the first level in a file without title heading."""
    deepest_heading: int = 6
    """Headings below this level are written at it."""
    outline: bool = False
    """Whether everything is an item of one nested list."""
    pages: str = ""
    """Folder of the pages."""
    index: str = "index"
    """Name of the first page, without suffix."""
    media: str = "media"
    """Folder of the pictures and other files."""
    media_root: str = ""
    """How addresses of pictures begin where they do not count from the page."""
    vault: bool = False
    """Whether the users of the reader have many small notes rather than few files."""
    folders: bool = True
    """Whether pages may lie in folders."""

    # --- links ---
    links: str = "relative"
    """`relative` paths, `wiki` links, `relref` shortcodes, or `page` and block references."""
    anchors: str = "html"
    """How places are marked: `html` elements, `attribute` lists, names of `block`s or block `id` properties."""
    automatic_anchors: bool = True
    """Whether the reader gives headings the anchors of github.com by itself."""

    # --- blocks ---
    callouts: str = ""
    """How special blocks are written: `alert`, `callout`, `admonition`, `org`; else as quotations under their name."""
    callout_names: tuple[str, ...] = ()
    """The special blocks that are known to the reader; empty where it takes any name."""
    tables: bool = True
    """Whether there are pipe tables; else tables are HTML."""
    definition_lists: bool = False
    """Whether there are definition lists: a term, and `: ` before its definition."""
    footnotes: bool = True
    """Whether there are footnotes; else they are a list at the end."""
    item_indent: int = 0
    """Columns of indentation in a list item where the bullet does not decide."""
    separate_lists: bool = False
    """Whether two lists in a row need something between them."""
    partial_checkbox: bool = False
    """Whether `[-]` is a checkbox as well."""
    checkbox_words: tuple[str, str, str] | None = None
    """Words that stand for `[ ]`, `[-]` and `[X]`, where tasks are words."""
    unique_aliases: bool = False
    """Whether no two pages may have an alias in common, nor one the name of another page."""
    hash_tags: bool = False
    """Whether tags are words after `#`."""
    task_words: tuple[str, ...] = ()
    """TODO keywords that the reader knows as states of a task."""
    centre: bool = True
    """Whether text may be centred by HTML around Markdown."""

    # --- math and images ---
    math: bool = True
    """Whether `$…$` is math; else it is code."""
    math_verbatim: bool = False
    """Whether TeX between dollars is safe from Markdown."""
    math_fence: str = ""
    """Info string of a fenced block of math, where there is one; it takes any TeX, `$$` does not."""
    math_backticks: bool = False
    """Whether TeX that Markdown would change can be written as ``$`…`$``."""
    image_size: str = "html"
    """How a width is written: `html`, `pipe` (`![alt|300](…)`), `attribute` (`{ width="300" }`) or `braces`."""


GFM = Flavour(
    name="gfm",
    callouts="alert",
    callout_names=("note", "tip", "important", "warning", "caution"),
    math_fence="math",
    math_backticks=True,
)
"""GitHub Flavored Markdown, as github.com shows files."""

COMMONMARK = Flavour(
    name="commonmark",
    dialect=PURE,
    automatic_anchors=False,
    tables=False,
    footnotes=False,
    math=False,
)
"""CommonMark 0.31 and nothing else: for readers of which nothing is known."""

OBSIDIAN_NOTES = Flavour(
    name="obsidian",
    dialect=OBSIDIAN,
    front_matter=True,
    title_heading=False,
    vault=True,
    links="wiki",
    anchors="block",
    callouts="callout",
    partial_checkbox=True,
    hash_tags=True,
    centre=False,
    math_verbatim=True,
    image_size="pipe",
)
"""Obsidian: properties, wiki links, callouts, block names, tags."""

LOGSEQ_NOTES = Flavour(
    name="logseq",
    dialect=LOGSEQ,
    page_properties=True,
    title_heading=False,
    outline=True,
    vault=True,
    pages="pages",
    index="contents",
    media="assets",
    folders=False,
    links="page",
    anchors="id",
    automatic_anchors=False,
    callouts="org",
    callout_names=("note", "tip", "important", "warning", "caution", "pinned"),
    hash_tags=True,
    checkbox_words=("TODO", "DOING", "DONE"),
    unique_aliases=True,
    task_words=("TODO", "DOING", "DONE", "NOW", "LATER", "WAITING", "WAIT", "CANCELED", "CANCELLED", "IN-PROGRESS"),
    centre=False,
    math_verbatim=True,
    image_size="braces",
)
"""Logseq: an outline of blocks with properties, page links and block references."""

HUGO_SITE = Flavour(
    name="hugo",
    dialect=HUGO,
    front_matter=True,
    title_heading=False,
    top_level=2,
    pages="content",
    index="_index",
    media="static/media",
    media_root="/media",
    links="relref",
    anchors="attribute",
    definition_lists=True,
    math_verbatim=True,
)
"""Hugo: front matter, `relref`, heading ids, definition lists; pictures in `static/`."""

MKDOCS_SITE = Flavour(
    name="mkdocs",
    dialect=PYTHON_MARKDOWN,
    front_matter=True,
    anchors="attribute",
    automatic_anchors=False,
    callouts="admonition",
    definition_lists=True,
    item_indent=4,
    separate_lists=True,
    centre=False,
    math_verbatim=True,
    image_size="attribute",
)
"""MkDocs with its usual extensions: admonitions, attribute lists, definition lists, footnotes."""

FLAVOURS = MappingProxyType(
    {f.name: f for f in (GFM, COMMONMARK, OBSIDIAN_NOTES, LOGSEQ_NOTES, HUGO_SITE, MKDOCS_SITE)}
)


def flavour_named(name: str) -> Flavour:
    """The flavour called NAME; UsageError that lists the known ones where there is none."""
    try:
        return FLAVOURS[name]
    except KeyError:
        message = f"no Markdown flavour named {name!r}; known: {', '.join(sorted(FLAVOURS))}"
        raise UsageError(message) from None
