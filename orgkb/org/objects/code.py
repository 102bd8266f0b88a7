"""Export snippets, macros, inline source blocks and inline calls; nothing of them is run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgkb.org import chars
from orgkb.org import nodes as n
from orgkb.org.objects import brackets
from orgkb.org.objects.scope import Restriction, Scope
from orgkb.patterns import pattern

if TYPE_CHECKING:
    from orgkb.org.objects.parser import ObjectParser

_SNIPPET = pattern(r"@@([-A-Za-z0-9]+):")
_MACRO = pattern(r"\{\{\{([a-zA-Z][-a-zA-Z0-9_]*)")
_SRC = pattern(r"src_([^ \t\n\[{]+)(?=[\[{])", re.IGNORECASE)
_CALL = pattern(r"call_([^ \t\n\[(]+)(?=[\[(])", re.IGNORECASE)


def snippet(parser: ObjectParser, at: int, scope: Scope) -> n.Object | None:
    """The export snippet at AT."""
    if not scope.allowed & Restriction.SNIPPET or "@@" in scope.dead:
        return None
    match = _SNIPPET.match(parser.text, at, scope.end)
    if match is None:
        return None
    close = parser.text.find("@@", match.end(), scope.end)
    if close < 0:
        scope.dead["@@"] = scope.end
        return None
    return n.ExportSnippet(at, close + 2, match[1], parser.text[match.end() : close])


def macro(parser: ObjectParser, at: int, scope: Scope) -> n.Object | None:
    """The macro at AT."""
    text, end = parser.text, scope.end
    match = _MACRO.match(text, at, end) if scope.allowed & Restriction.MACRO else None
    if match is None:
        return None
    after = match.end()
    if text.startswith("}}}", after, end):
        return n.Macro(at, after + 3, match[1].lower(), (), text[at : after + 3])
    if not text.startswith("(", after, end) or ")}}}" in scope.dead:
        return None
    close = text.find(")}}}", after + 1, end)
    if close < 0:
        scope.dead[")}}}"] = end
        return None
    args = text[after + 1 : close]
    split = tuple(arg.replace("\\,", ",").strip() for arg in re.split(r"(?<!\\),", args)) if args else ()
    return n.Macro(at, close + 4, match[1].lower(), split, text[at : close + 4])


def inline_code(parser: ObjectParser, at: int, scope: Scope) -> n.Object | None:
    """`src_lang[headers]{body}` or `call_name[header](arguments)[header]` around the underscore at AT."""
    text = parser.text
    source = text[at - 3 : at].lower() == "src"
    begin = at - 3 if source else at - 4
    if not scope.allowed & (Restriction.SRC if source else Restriction.CALL):
        return None
    if begin < scope.done or (begin > scope.begin and re.match(chars.LATIN_WORD, text[begin - 1])):
        return None
    match = (_SRC if source else _CALL).match(text, begin, scope.end)
    if match is None:
        return None
    position = match.end()
    header = None
    if text[position] == "[":
        close = brackets.closing_bracket(parser, position, scope)
        if close < 0:
            return None
        header = text[position + 1 : close]
        position = close + 1
    if not text.startswith("{" if source else "(", position, scope.end):
        return None
    close = brackets.closing_bracket(parser, position, scope)
    if close < 0:
        return None
    if source:
        value = " ".join(text[position + 1 : close].split("\n"))
        return n.InlineSrcBlock(begin, close + 1, match[1], header, value)
    end = close + 1
    if text.startswith("[", end, scope.end) and (close := brackets.closing_bracket(parser, end, scope)) >= 0:
        end = close + 1
    return n.InlineBabelCall(begin, end, text[begin:end])
