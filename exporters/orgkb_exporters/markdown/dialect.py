"""Dialects: which characters of plain text a family of Markdown parsers takes for markup, beyond CommonMark's."""

from __future__ import annotations

import re

import msgspec

from orgkb.patterns import pattern


class Dialect(msgspec.Struct, frozen=True):
    """How text is escaped; the defaults are CommonMark 0.31 with GitHub's additions."""

    extra: re.Pattern[str] | None = None
    """Every character that it matches gets a backslash."""
    guard: re.Pattern[str] | None = None
    """Beginnings of a line that open a block and get a backslash."""
    entities: frozenset[str] = frozenset()
    """Characters that a backslash does not escape there: they are written as entities."""
    strike: bool = True
    """Whether `~~` strikes through."""
    strict_flanking: bool = True
    """Whether CommonMark's rules decide what `*` and `_` do; else they are escaped unless they stand in a word or alone."""
    hard_break: str = "\\\n"
    code_as_html: re.Pattern[str] | None = None
    """Code in which the reader would find something of its own is written as an HTML element."""
    acting: re.Pattern[str] | None = None
    """Languages of code that programs or plug-ins of the reader run instead of showing it: it is written as text."""
    bare_urls: bool = True
    """Whether addresses in text become links by themselves."""

    def escaped(self, char: str) -> str:
        """CHAR as it is written where it must not be markup."""
        if char not in self.entities:
            return f"\\{char}"
        return _ENTITIES.get(char, f"&#{ord(char)};")


_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}

COMMON = Dialect()

PURE = Dialect(strike=False)
"""CommonMark without additions."""

_WIKI_LINK = r"\[(?=\[)|(?<=\[)\["
_TAG = r"(?:(?<=\s)|(?<=\()|^)\#(?=[\w/-]*[^\W\d])"
_HIGHLIGHT = r"=(?==\S)|(?<=\S)=(?==)"

OBSIDIAN = Dialect(
    extra=pattern(rf"{_WIKI_LINK}|{_TAG}|{_HIGHLIGHT}|%(?=%)|(?<=%)%|(?<=\s)\^(?=[A-Za-z0-9-]+[ \t]*$)", re.MULTILINE),
    code_as_html=pattern(r"\A\s*(?:\$?=|<%)"),  # Dataview and Templater run such code
    acting=pattern(
        r"dataview(?:js)?|tasks|query|templater|js-engine|meta-bind.*|button|dynamic-embed|run-.*|execute|chartsview",
        re.IGNORECASE,
    ),
)
"""Obsidian: links `[[…]]`, tags, highlights, comments `%%`, block names `^…`."""

LOGSEQ = Dialect(
    extra=pattern(rf"{_WIKI_LINK}|{_TAG}|{_HIGHLIGHT}|\#(?=\[\[)|\^(?=\^)|\((?=\()|\{{(?=\{{)|:(?=:)", re.MULTILINE)
)
"""Logseq: links, tags, highlights, block references `((…))`, macros `{{…}}`, properties `key:: value`."""

HUGO = Dialect(
    extra=pattern(
        r"""-(?=-)|\.(?=\.\.)|<(?=<)|>(?=>)|"|(?<!\w)'|'(?!\w)"""  # the typographer would change them
        r"|(?<=\{)\{(?=[<%])|\{(?=[^{}\n]*\}[ \t]*$)",  # shortcodes, attributes
        re.MULTILINE,
    ),
    code_as_html=pattern(r"\{\{[<%]"),
)
"""Hugo's goldmark: the typographer, attributes, and shortcodes, which are looked for even in code."""

PYTHON_MARKDOWN = Dialect(
    extra=pattern(r"\{|\[(?=TOC\])|(?<=\]):"),
    guard=pattern(r"#|:\s|:::|!!!|\?\?\?|===|[-=|: ]+\Z"),
    entities=frozenset("<&~|$^\"',;:/?@%="),
    strike=False,
    strict_flanking=False,
    hard_break="<br>\n",
    bare_urls=False,
    code_as_html=pattern(r"&#|-8<-"),  # the last: snippets bring in files even in code
)
"""Python-Markdown, which MkDocs uses: the rules of the first Markdown, not CommonMark's."""
