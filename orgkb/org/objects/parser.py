"""Inline text to objects (Org syntax, "Objects").

One regular expression finds the places where an object may begin; the character found there
chooses who reads on.  What had no end once is not sought again (`Scope.dead`), so the work is
linear in the text however it is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import msgspec

from orgkb.org import chars, limits
from orgkb.org import nodes as n
from orgkb.org.link_syntax import LinkReader
from orgkb.org.objects import angles, brackets, code, latex
from orgkb.org.objects.scope import Restriction, Scope
from orgkb.patterns import pattern

_BEFORE = rf"{chars.SPACE}\-('\"{{"
_AFTER = rf"[{chars.SPACE}\-.,;:!?'\")}}\\\[]|\Z"
_CANDIDATE = pattern(
    r"[*/_+=~^\[<\\$@{:](?:"
    rf"(?<=[{_BEFORE}][*/_+=~])(?=[^{chars.SPACE}])"
    rf"|(?<=[^{chars.SPACE}]_)(?=[^{chars.SPACE}])"
    rf"|(?<=[^{chars.SPACE}]\^)(?=[-{{(*+.,]|{chars.ALPHANUMERIC})"
    r"|(?<=\[)(?=\[|fn:|cite[:/]|[0-9%/])"
    r"|(?<=<)(?=[<0-9%a-zA-Z])"
    r"|(?<=\\)(?=[a-zA-Z(\[]|\\[ \t]*(?:\n|\Z)|_ )"
    r"|(?<=\$)"
    r"|(?<=@)(?=@)"
    r"|(?<=\{)(?=\{\{)"
    rf"|(?<=[a-zA-Z]:)(?=[^{chars.SPACE}])"
    r")",
    re.IGNORECASE,
)
_CLOSING = {mark: pattern(rf"[^{chars.SPACE}]{re.escape(mark)}(?={_AFTER})") for mark in "*/_+=~"}
_MARKUP: dict[str, type[n.Markup]] = {"*": n.Bold, "/": n.Italic, "_": n.Underline, "+": n.StrikeThrough}
_BRACES = r"\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}"
_PARENS = r"\([^()]*+(?:\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)[^()]*+)*+\)"
_SCRIPT = pattern(
    rf"(?P<braces>{_BRACES})|(?P<parens>{_PARENS})|\*|[-+]?(?:{chars.ALPHANUMERIC}|[.,\\])*{chars.ALPHANUMERIC}"
)


class ObjectParser:
    """Reads the objects of one text."""

    def __init__(self, text: str, *, radio: re.Pattern[str] | None = None) -> None:
        """Read TEXT; RADIO matches the text of its radio targets (`radio_pattern`)."""
        self.text = text
        self._radio = radio
        self._plain = ObjectParser(text) if radio else self
        """Reads the inside of radio links, which are no radio links again."""
        self.links = LinkReader(text)
        self._readers: dict[str, Callable[[int, Scope], n.Object | None]] = {
            "*": self._emphasis,
            "/": self._emphasis,
            "+": self._emphasis,
            "=": self._literal,
            "~": self._literal,
            "_": self._underscore,
            "^": self._script,
            "[": partial(brackets.bracket, self),
            "<": partial(angles.angle, self),
            "\\": partial(latex.backslash, self),
            "$": partial(latex.dollar, self),
            "@": partial(code.snippet, self),
            "{": partial(code.macro, self),
            ":": self._plain_link,
        }

    def parse(self, begin: int, end: int, allowed: int, depth: int = 0) -> tuple[n.Object, ...]:
        """The objects of text[BEGIN:END], of which ALLOWED (`Restriction`) may occur; plain text fills the gaps."""
        if begin >= end:
            return ()
        text = self.text
        search = _CANDIDATE.search
        match = search(text, begin, end)
        first = text[begin] in "*/_+=~"
        if match is None and not first and self._radio is None:
            return (n.Text(begin, end, text[begin:end]),)
        if depth >= limits.OBJECT_DEPTH:
            return (n.Text(begin, end, text[begin:end]),)
        scope = Scope(begin, end, allowed, depth + 1)
        readers = self._readers
        out: list[n.Object] = []
        done = begin
        if first:
            # Contents begin like a line: the border before an opening marker is met.
            node = readers[text[begin]](begin, scope)
            if node is not None:
                out.append(node)
                done = scope.done = node.end
                match = search(text, done, end)
        radio = self._radio_match(done, scope)
        while match or radio:
            if radio and (match is None or self._object_begin(match.start()) >= radio.begin):
                node = radio
            else:
                assert match
                at = match.start()
                node = readers[text[at]](at, scope)
                if node is None or node.begin < done:
                    match = search(text, at + 1, end)
                    continue
            if node.begin > done:
                out.append(n.Text(done, node.begin, text[done : node.begin]))
            out.append(node)
            done = scope.done = node.end
            if match and match.start() < done:
                match = search(text, done, end)
            if radio and radio.begin < done:
                radio = self._radio_match(done, scope)
        if done < end:
            out.append(n.Text(done, end, text[done:end]))
        return tuple(out)

    # --- emphasis and scripts ---

    def _closing(self, at: int, scope: Scope) -> int:
        """The offset of the marker that closes the one at AT, or -1."""
        mark = self.text[at]
        if mark in scope.dead:
            return -1
        match = _CLOSING[mark].search(self.text, at + 1, scope.end)
        if match is None:
            scope.dead[mark] = scope.end
            return -1
        return match.end() - 1

    def _opens(self, at: int, scope: Scope) -> bool:
        """Whether a marker at AT may open emphasis: border before, no white space after."""
        text = self.text
        if at > scope.begin and text[at - 1] not in "-('\"{" and text[at - 1] not in chars.SPACES:
            return False
        return at + 1 < scope.end and text[at + 1] not in chars.SPACES

    def _emphasis(self, at: int, scope: Scope) -> n.Object | None:
        if not self._opens(at, scope):
            return None
        close = self._closing(at, scope)
        if close < 0:
            return None
        children = self.parse(at + 1, close, Restriction.STANDARD, scope.depth)
        return _MARKUP[self.text[at]](at, close + 1, children)

    def _literal(self, at: int, scope: Scope) -> n.Object | None:
        if not self._opens(at, scope):
            return None
        close = self._closing(at, scope)
        if close < 0:
            return None
        value = self.text[at + 1 : close]
        return n.Code(at, close + 1, value) if self.text[at] == "~" else n.Verbatim(at, close + 1, value)

    def _underscore(self, at: int, scope: Scope) -> n.Object | None:
        before = self.text[max(scope.begin, at - 4) : at].lower()
        if before == "call" or before.endswith("src"):
            node = code.inline_code(self, at, scope)
            if node is not None:
                return node
        return self._emphasis(at, scope) or self._script(at, scope)

    def _script(self, at: int, scope: Scope) -> n.Object | None:
        text = self.text
        if at <= scope.begin or text[at - 1] in chars.SPACES:
            return None
        match = _SCRIPT.match(text, at + 1, scope.end)
        if match is None:
            return None
        begin, end = match.span()
        braces = match["braces"] is not None
        if braces:
            children = self.parse(begin + 1, end - 1, Restriction.STANDARD, scope.depth)
        elif match["parens"] is not None or "\\" in match[0]:
            children = self.parse(begin, end, Restriction.STANDARD, scope.depth)
        else:
            children = (n.Text(begin, end, match[0]),)
        kind = n.Subscript if text[at] == "_" else n.Superscript
        return kind(at, end, braces, children)

    # --- the rest ---

    def _plain_link(self, at: int, scope: Scope) -> n.Object | None:
        if not scope.allowed & Restriction.LINK:
            return None
        return self.links.plain(at, scope.begin, scope.end)

    # --- radio links ---

    def _radio_match(self, begin: int, scope: Scope) -> n.Link | None:
        """The next radio link from BEGIN on."""
        if self._radio is None or not scope.allowed & Restriction.LINK:
            return None
        match = self._radio.search(self.text, begin, scope.end)
        if match is None:
            return None
        children = self._plain.parse(*match.span(), Restriction.MINIMAL, scope.depth)
        return n.Link(match.start(), match.end(), "radio", "radio", match[0], None, match[0], children)

    def _object_begin(self, at: int) -> int:
        """Where an object found by the character at AT begins: plain links begin before their colon."""
        return self.links.plain_begin(at) if self.text[at] == ":" else at


def radio_pattern(targets: list[str]) -> re.Pattern[str] | None:
    """A pattern for the occurrences of radio TARGETS: whole words, any case, any white space; None for none."""
    words = sorted({" ".join(target.split()) for target in targets if target.strip()}, key=lambda t: (-len(t), t))
    if not words:
        return None
    alternatives = "|".join(r"[ \t\n]+".join(map(re.escape, word.split(" "))) for word in words)
    return re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])", re.IGNORECASE)


def parse_string(text: str, offset: int = 0) -> tuple[n.Object, ...]:
    """The objects of TEXT alone, for text that stands in no file; their places count from OFFSET."""
    objects = ObjectParser(text).parse(0, len(text), Restriction.STANDARD)
    return shift(objects, offset) if offset else objects


def shift(objects: tuple[n.Object, ...], offset: int) -> tuple[n.Object, ...]:
    """OBJECTS with all places moved by OFFSET."""
    return tuple(_shifted(obj, offset) for obj in objects)


def _shifted(obj: n.Object, offset: int) -> n.Object:
    changes: dict[str, object] = {"begin": obj.begin + offset, "end": obj.end + offset}
    for field in (*obj.SECONDARY, "children"):
        inner = getattr(obj, field, None)
        if inner:
            changes[field] = shift(inner, offset)
    return msgspec.structs.replace(obj, **changes)
