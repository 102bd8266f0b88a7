"""What begins with an angle bracket: targets, radio targets, timestamps, angle links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgkb.org import nodes as n
from orgkb.org.objects.scope import Restriction, Scope
from orgkb.org.timestamps import read_timestamp
from orgkb.patterns import pattern

if TYPE_CHECKING:
    from orgkb.org.objects.parser import ObjectParser

_TARGET = pattern(r"<<([^<>\n\r \t](?:[^<>\n\r]*[^<>\n\r \t])?)>>")
_RADIO = pattern(r"<<<([^<>\n\r \t](?:[^<>\n\r]*[^<>\n\r \t])?)>>>")


def angle(parser: ObjectParser, at: int, scope: Scope) -> n.Object | None:
    """The object that begins with the angle bracket at AT."""
    text, end, allowed = parser.text, scope.end, scope.allowed
    if text.startswith("<<", at, end):
        if allowed & Restriction.RADIO and (radio := _RADIO.match(text, at, end)):
            children = parser.parse(at + 3, radio.end() - 3, Restriction.MINIMAL, scope.depth)
            return n.RadioTarget(at, radio.end(), radio[1], children)
        if allowed & Restriction.TARGET and (target := _TARGET.match(text, at, end)):
            return n.Target(at, target.end(), target[1])
        return None
    if allowed & Restriction.TIMESTAMP and text[at + 1] in "0123456789%":
        return read_timestamp(text, at, end, scope.dead)
    if allowed & Restriction.LINK:
        return parser.links.angle(at, end, scope.dead)
    return None
