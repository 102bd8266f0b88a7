"""What begins with a backslash or a dollar: entities, LaTeX fragments, line breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgkb.org import chars
from orgkb.org import nodes as n
from orgkb.org.entities import ENTITIES
from orgkb.org.objects.scope import Restriction, Scope
from orgkb.patterns import pattern

if TYPE_CHECKING:
    from orgkb.org.objects.parser import ObjectParser

_ENTITY = pattern(
    r"\\(?:(?P<space>_ +)|(?P<name>there4|sup[123]|frac[13][24]|[a-zA-Z]+)(?:(?P<braces>\{\})|(?![^\W\d_])))"
)
_LATEX_MACRO = pattern(r"\\[a-zA-Z]+\*?(?:\[[^\]\[\n{}]*\]|\{[^{}\n]*\})*")
_DOLLAR_AFTER = pattern(rf"[{chars.SPACE}\x00-#'-),.:-<>-@\[\]^`{{}}\x7f§«»¿¡–—‘’“”…、。《》「」]|\Z")


def backslash(parser: ObjectParser, at: int, scope: Scope) -> n.Object | None:
    """The entity, LaTeX fragment or line break at AT."""
    text, end = parser.text, scope.end
    second = text[at + 1 : at + 2]
    if second == "\\":
        if not scope.allowed & Restriction.LINE_BREAK or (at > scope.begin and text[at - 1] == "\\"):
            return None
        stop = at + 2
        while stop < end and text[stop] in " \t":
            stop += 1
        return n.LineBreak(at, stop)
    if second in "([":
        return _delimited(parser, at, "\\" + ("]" if second == "[" else ")"), scope)
    entity = _ENTITY.match(text, at, end)
    if entity:
        name = entity["name"]
        if name is None:
            return n.Entity(at, entity.end(), entity["space"], " " * (len(entity["space"]) - 1), braces=False)
        if name in ENTITIES:
            return n.Entity(at, entity.end(), name, ENTITIES[name], braces=entity["braces"] is not None)
    macro = _LATEX_MACRO.match(text, at, end)
    return n.LatexFragment(at, macro.end(), macro[0]) if macro else None


def _delimited(parser: ObjectParser, at: int, closer: str, scope: Scope) -> n.LatexFragment | None:
    if closer in scope.dead:
        return None
    close = parser.text.find(closer, at + 2, scope.end)
    if close < 0:
        scope.dead[closer] = scope.end
        return None
    return n.LatexFragment(at, close + 2, parser.text[at : close + 2])


def dollar(parser: ObjectParser, at: int, scope: Scope) -> n.Object | None:
    """The LaTeX fragment between dollars at AT."""
    text, end = parser.text, scope.end
    if text.startswith("$$", at, end):
        return _delimited(parser, at, "$$", scope)
    if at > scope.begin and text[at - 1] == "$":
        return None
    if at + 1 >= end or text[at + 1] in " \t\n,.;":
        return None
    if "$" in scope.dead:
        return None
    close = text.find("$", at + 1, end)
    if close < 0:
        scope.dead["$"] = end
        return None
    if text[close - 1] in " \t\n,." or not _DOLLAR_AFTER.match(text, close + 1, end):
        return None
    return n.LatexFragment(at, close + 1, text[at : close + 1])
