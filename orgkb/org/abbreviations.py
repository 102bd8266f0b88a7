"""Link abbreviations: `#+LINK: gh https://github.com/%s` makes `[[gh:org]]` an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

import msgspec

from orgkb.org.document import Document
from orgkb.org.link_syntax import split_target
from orgkb.org.nodes import Link
from orgkb.patterns import pattern

MAX_TEMPLATE = 2_000
"""Longest replacement text that is used: many short links must not grow into a huge text."""

_DEFINITION = pattern(r'(?:"([^"]+)"|(\S+))\s+(\S.*)')
_USE = pattern(r"([^:]*)(?:::?(.*))?", re.DOTALL)
_PLACEHOLDER = pattern(r"%(?:s|h|\()")


def abbreviations(document: Document) -> dict[str, str]:
    """The `#+LINK:` abbreviations of DOCUMENT with their templates; of several with one name the last counts."""
    found: dict[str, str] = {}
    for value in document.setting_values("LINK"):
        if match := _DEFINITION.fullmatch(value.strip()):
            quoted, bare, template = match.groups()
            found[quoted or bare] = template.strip()
    return found


def expand_abbreviation(document: Document, link: Link) -> Link:
    """LINK with the abbreviation of DOCUMENT that it uses replaced; LINK itself where it uses none.

    The first `%s` of the template becomes what follows the colon, `%h` the same percent-encoded;
    without either it is appended.  A template that calls Lisp, `%(function)`, is never evaluated:
    the link stays as it is.
    """
    return expand(_table(_Identity(document)), link)


def expand(table: Mapping[str, str], link: Link) -> Link:
    """LINK with its abbreviation replaced from TABLE."""
    if not table or link.form != "regular":
        return link
    match = _USE.fullmatch(link.raw)
    template = table.get(match.group(1)) if match else None
    if match is None or template is None or len(template) > MAX_TEMPLATE:
        return link
    tag = match.group(2) or ""
    placeholder = _PLACEHOLDER.search(template)
    if placeholder is None:
        address = template + tag
    elif placeholder.group() == "%(":
        return link
    else:
        value = tag if placeholder.group() == "%s" else quote(tag, safe="/")
        address = template[: placeholder.start()] + value + template[placeholder.end() :]
    kind, path, search = split_target(address)
    return msgspec.structs.replace(link, kind=kind, path=path, search=search, raw=address)


class _Identity:
    """A document as a cache key: the same object, not an equal one, so that nothing is compared."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.document is self.document


@lru_cache(maxsize=8)
def _table(key: _Identity) -> dict[str, str]:
    return abbreviations(key.document)
