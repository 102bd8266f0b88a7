"""Whether an SVG picture only draws: read by an XML parser as browsers read it, not by its letters."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.parsers import expat

from orgkb.org.urls import safe_url
from orgkb.patterns import pattern

MAX_DEPTH = 256
MAX_DRAWN = 200_000
"""Elements that are drawn, those of `<use>` counted each time."""
MAX_FILTERED = 4_000
"""Units of width or height of a picture with filters, which are computed point by point."""
_MOST = {"numoctaves": 16, "stddeviation": 1_000, "radius": 1_000, "order": 50}
"""Parameters of filters on which their time depends."""
_LIVING = frozenset({"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2001/xml-events"})  # fmt: skip
"""Namespaces whose elements do something in a browser, wherever they stand."""
_ACTING = frozenset({"script", "foreignobject", "handler", "listener", "iframe", "audio", "video", "canvas", "embed", "object", "unknown"})  # fmt: skip
_ANIMATING = frozenset({"animate", "set", "animatetransform", "animatemotion", "animatecolor"})
_FETCHING = frozenset({"src", "srcdoc", "action", "formaction", "background", "poster", "data", "base"})
_CSS_LOADS = pattern(
    r"@\s*import|(?:\burl|\bsrc|\bimage|\bimage-set|\bcross-fade)\s*\(\s*[\"']?(?!\s*[\"']?\s*(?:#|data:image/|data:font/))"
    r"|image-set\s*\(\s*[\"'](?!data:image/)|expression\s*\(|-moz-binding|behavior\s*:",
    re.IGNORECASE,
)
_NUMBER = pattern(r"[-+]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})(?:[eE][-+]?\d{1,3})?")
_HELD = pattern(r"data:(?:image|font)/", re.IGNORECASE)
_CSS_ESCAPE = pattern(r"\\([0-9a-fA-F]{1,6})\s?|\\(?![0-9a-fA-F])")
_CSS_COMMENT = pattern(r"/\*.*?\*/", re.DOTALL)


class _Found(Exception):  # noqa: N818 - reads as what happened
    """Something that is more than drawing."""


class _Reader:
    """Handlers of the parser; they raise at the first thing that does more than draw."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ProcessingInstructionHandler = self._instruction
        self._open: list[str] = []
        self._style: list[str] | None = None
        self._filters = False
        self._largest = 0.0
        self._ids: list[str] = [""]
        self._sizes: defaultdict[str, int] = defaultdict(int)
        self._uses: defaultdict[str, list[str]] = defaultdict(list)

    def _refuse(self, *_: object) -> None:
        raise _Found

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            raise _Found

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() != "xml" and "stylesheet" in target.lower():
            raise _Found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        kind = local.lower()
        if namespace in _LIVING or kind in _ACTING or len(self._open) >= MAX_DEPTH:
            raise _Found
        self._open.append(kind)
        for full, value in attributes.items():
            self._attribute(kind, full.rpartition(" ")[2].lower(), value)
        self._filters = self._filters or kind.startswith("fe")
        own = next((value for full, value in attributes.items() if full.rpartition(" ")[2].lower() == "id"), "")
        self._ids.append(own or self._ids[-1])
        for here in set(self._ids):
            self._sizes[here] += 1
        if kind == "use":
            target = next((v for full, v in attributes.items() if full.rpartition(" ")[2].lower() == "href"), "")
            for here in set(self._ids):
                self._uses[here].append(target.strip().removeprefix("#"))
        if kind == "style":
            self._style = []

    def _attribute(self, kind: str, name: str, value: str) -> None:
        plain = "".join(c for c in value if not c.isspace() and ord(c) > 0x1F)
        if name.startswith("on") or name in _FETCHING:
            raise _Found
        if name == "href":
            if kind == "a":
                safe = not plain or safe_url(plain) is not None
            else:
                safe = not plain or plain.startswith("#") or _HELD.match(plain) is not None
            if not safe:
                raise _Found
        if (
            kind in _ANIMATING
            and name == "attributename"
            and (plain.lower().endswith("href") or plain.startswith("on"))
        ):
            raise _Found
        if kind.startswith("fe") and name in _MOST and _largest(value) > _MOST[name]:
            raise _Found
        if name in {"width", "height", "viewbox", "transform"}:
            self._largest = max(self._largest, _largest(value))
        if _css_loads(value):
            raise _Found

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _end(self, _name: str) -> None:
        self._ids.pop()
        if self._open.pop() == "style" and self._style is not None:
            css, self._style = "".join(self._style), None
            if _css_loads(css):
                raise _Found

    def is_heavy(self) -> bool:
        """Whether filters would have to be computed over a very large picture."""
        return self._filters and self._largest > MAX_FILTERED

    def drawn(self) -> int:
        """How many elements are drawn, uses followed; more than MAX_DRAWN where they are endless."""
        known: dict[str, int] = {}
        pending = [""]
        entered: set[str] = set()
        while pending:
            here = pending[-1]
            missing = [target for target in self._uses[here] if target not in known]
            if missing and here not in entered:
                entered.add(here)
                if any(target in entered for target in missing):
                    return MAX_DRAWN + 1  # a circle
                pending += missing
                continue
            pending.pop()
            known[here] = self._sizes[here] + sum(known.get(target, 0) for target in self._uses[here])
            if known[here] > MAX_DRAWN:
                return known[here]
        return known[""]


def only_draws(data: bytes) -> bool:
    """Whether DATA is an SVG picture that runs nothing, fetches nothing and ends."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except (_Found, expat.ExpatError, ValueError, LookupError):
        return False
    return reader.drawn() <= MAX_DRAWN and not reader.is_heavy()


def _largest(value: str) -> float:
    """The largest number in VALUE, whatever its sign."""
    return max((abs(float(number)) for number in _NUMBER.findall(value)), default=0.0)


def _css_loads(css: str) -> bool:
    """Whether declarations fetch something, however their letters are written."""
    if "(" not in css and "@" not in css and "\\" not in css and ":" not in css:
        return False
    plain = _CSS_COMMENT.sub("", css)
    return _CSS_LOADS.search(_CSS_ESCAPE.sub(_letter, plain)) is not None


def _letter(match: re.Match[str]) -> str:
    return chr(min(int(match[1], 16), 0xFFFF)) if match[1] else ""
