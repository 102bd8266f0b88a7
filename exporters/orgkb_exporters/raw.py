"""Raw HTML of the notes: what of it may stand in an output.

Without the user's word (`ExportContext.raw`) only a few tags without attributes are taken as they
are, and all else is shown as text.  With it, HTML passes nh3, which keeps what shows text and takes
out what runs, loads, asks or lies over the page.  Tags in snippets (`@@html:<kbd>@@`) are halves:
those of one run of text are looked at together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from html.parser import HTMLParser

from orgkb.org import nodes as n
from orgkb.org.urls import SAFE_SCHEMES, safe_url
from orgkb.patterns import pattern

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
"""Tags inside a line: a half of any other would make HTML of the text around it."""
# No pictures: those of the notes come by links, and others would ask another machine.
_ATTRIBUTES = {
    "*": {"class", "dir", "lang", "style", "title"},
    "a": {"href"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_STYLES = {"background-color", "color", "font-style", "font-weight", "text-align", "text-decoration", "white-space"}
_KEYWORDS = frozenset({"ASCII", "BEAMER", "HTML", "LATEX", "MAN", "MD", "ODT", "TEXINFO", "TYPST"})
_DROPPED = {"iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style", "svg", "template", "textarea", "title", "xmp"}  # fmt: skip
_PLAIN_TAG = pattern(r"<(/?)(b|code|del|em|i|kbd|s|strong|sub|sup|u)\s*>|<br\s*/?>", re.IGNORECASE)
_ENTITY = pattern(r"&(?:#[0-9]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_COMMENT = pattern(r"<!--(?:(?!-->).)*-->", re.DOTALL)
_TOKEN = pattern(r"<(?:[^<>\"]|\"[^\"]*\")*>")
_MARK = "\ue0f2{}\ue0f3"
_MARKS = pattern("\ue0f2(\\d+)\ue0f3")
_UNFIT = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue0f2\ue0f3]")
_SCRIPT = pattern(r"(?:java|vb|live)script:|data:|<[a-z!/?]", re.IGNORECASE)


def of_element(element: n.Element) -> tuple[str, str] | None:
    """(back-end, raw text) of an export block or of a line such as `#+HTML: <br>`; None for any other element."""
    match element:
        case n.ExportBlock():
            return element.backend.lower(), element.value
        case n.Keyword() if element.key in _KEYWORDS:
            return element.key.lower(), element.value
    return None


def sanitized(html: str) -> str:
    """HTML that shows the text of HTML and does nothing: balanced, with harmless tags and addresses only."""
    return _clean(_UNFIT.sub("", html), _TAGS)


def _clean(html: str, tags: frozenset[str]) -> str:
    import nh3  # noqa: PLC0415 - most notes have no raw HTML

    return nh3.clean(
        html,
        tags=set(tags),
        clean_content_tags=set(_DROPPED),
        attributes={name: set(kept) for name, kept in _ATTRIBUTES.items() if name == "*" or name in tags},
        attribute_filter=lambda _tag, name, value: safe_url(value) if name == "href" else value,
        filter_style_properties=_STYLES,
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
    )


def snippets(values: Sequence[str], *, allowed: bool) -> list[str | None]:
    """What becomes of VALUES, the HTML snippets of one run of text in their order; None: it is shown as text.

    ALLOWED: the user vouches for them.  The text between them stays between the same tags.
    """
    return _together(values) if allowed else list(_harmless(values))


def tokens(html: str) -> Iterator[tuple[bool, str]]:
    """(whether it is a tag, its source or its text) of sanitized HTML."""
    done = 0
    for match in _TOKEN.finditer(html):
        if match.start() > done:
            yield False, unescape(html[done : match.start()])
        yield True, match.group()
        done = match.end()
    if done < len(html):
        yield False, unescape(html[done:])


def is_harmless_markdown(markdown: str) -> bool:
    """Whether raw MARKDOWN that the user vouches for holds no HTML and no address that runs something."""
    text = unescape(_UNFIT.sub("", markdown))
    return not _SCRIPT.search(re.sub(r"[\s\\]", "", text)) and not _SCRIPT.search(text)


def _harmless(values: Sequence[str]) -> Iterator[str | None]:
    """Entities, line breaks, and plain tags that are closed again; comments are nothing."""
    kept: dict[int, str] = {}
    stack: list[tuple[str, int]] = []
    for place, value in enumerate(values):
        tag = _PLAIN_TAG.fullmatch(value.strip())
        if _COMMENT.fullmatch(value.strip()):
            kept[place] = ""
        elif _ENTITY.fullmatch(value) or (tag and not tag.group(2)):
            kept[place] = value
        elif tag and not tag.group(1):
            stack.append((tag.group(2).lower(), place))
        elif tag and stack and stack[-1][0] == tag.group(2).lower():
            name, opened = stack.pop()
            kept[opened], kept[place] = f"<{name}>", f"</{name}>"
    return (kept.get(place) for place in range(len(values)))


def _together(values: Sequence[str]) -> list[str | None]:
    """VALUES sanitized as the one piece of HTML that they are with the text between them."""
    clean = _clean("".join(f"{_UNFIT.sub('', value)}{_MARK.format(i)}" for i, value in enumerate(values)), _INLINE)
    reader = _Text()
    reader.feed(clean)
    reader.close()
    if _MARKS.findall("".join(reader.found)) != [str(i) for i in range(len(values))]:
        return [None] * len(values)  # the text would stand in an attribute, or in another order
    *parts, end = _MARKS.split(clean)[::2]
    # What is still open is closed behind the last one.
    return [*parts[:-1], parts[-1] + end]


class _Text(HTMLParser):
    """Collects the text outside tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)
