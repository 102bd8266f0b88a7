"""Inline text to objects (Org syntax, "Objects").

One regular expression finds the places where an object may begin; the character found there
chooses who reads on.  What had no end once is not sought again (`_Scope.dead`), so the work is
linear in the text however it is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from orgkb.org import chars, limits
from orgkb.org import nodes as n
from orgkb.org.entities import ENTITIES
from orgkb.org.link_syntax import LinkReader
from orgkb.org.timestamps import read_timestamp


class Restriction:
    """Which objects may stand where, besides the minimal set (Org syntax, "Objects"); bits to be joined."""

    CITATION = 1
    SNIPPET = 2
    FOOTNOTE = 4
    CALL = 8
    SRC = 16
    LINE_BREAK = 32
    LINK = 64
    MACRO = 128
    RADIO = 256
    TARGET = 512
    COOKIE = 1024
    TIMESTAMP = 2048

    STANDARD = 4095
    PARAGRAPH = STANDARD
    TITLE = STANDARD - LINE_BREAK
    KEYWORD = STANDARD - FOOTNOTE
    DESCRIPTION = SNIPPET | CALL | SRC | MACRO | COOKIE
    CELL = CITATION | SNIPPET | FOOTNOTE | LINK | MACRO | RADIO | TARGET | TIMESTAMP
    MINIMAL = 0


_BEFORE = rf"{chars.SPACE}\-('\"{{"
_AFTER = rf"[{chars.SPACE}\-.,;:!?'\")}}\\\[]|\Z"
_CANDIDATE = re.compile(
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
_CLOSING = {mark: re.compile(rf"[^{chars.SPACE}]{re.escape(mark)}(?={_AFTER})") for mark in "*/_+=~"}
_MARKUP: dict[str, type[n.Markup]] = {"*": n.Bold, "/": n.Italic, "_": n.Underline, "+": n.StrikeThrough}
_BRACES = r"\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}"
_PARENS = r"\([^()]*+(?:\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)[^()]*+)*+\)"
_SCRIPT = re.compile(
    rf"(?P<braces>{_BRACES})|(?P<parens>{_PARENS})|\*|[-+]?(?:{chars.ALPHANUMERIC}|[.,\\])*{chars.ALPHANUMERIC}"
)
_ENTITY = re.compile(
    r"\\(?:(?P<space>_ +)|(?P<name>there4|sup[123]|frac[13][24]|[a-zA-Z]+)(?:(?P<braces>\{\})|(?![a-zA-Z])))"
)
_LATEX_MACRO = re.compile(r"\\[a-zA-Z]+\*?(?:\[[^\]\[\n{}]*\]|\{[^{}\n]*\})*")
_DOLLAR_AFTER = re.compile(rf"[{chars.SPACE}\x00-#'-),.:-<>-@\[\]^`{{}}\x7f§«»¿¡–—‘’“”…、。《》「」]|\Z")
_SNIPPET = re.compile(r"@@([-A-Za-z0-9]+):")
_FOOTNOTE = re.compile(rf"\[fn:(?:(?P<name>{chars.LABEL})?:|(?P<label>{chars.LABEL})\])")
_COOKIE = re.compile(r"\[[0-9]*(?:%|/[0-9]*)\]")
_MACRO = re.compile(r"\{\{\{([a-zA-Z][-a-zA-Z0-9_]*)")
_TARGET = re.compile(r"<<([^<>\n\r \t](?:[^<>\n\r]*[^<>\n\r \t])?)>>")
_RADIO = re.compile(r"<<<([^<>\n\r \t](?:[^<>\n\r]*[^<>\n\r \t])?)>>>")
_CITATION = re.compile(rf"\[cite(?:/(?P<style>(?:[-/_]|{chars.ALPHANUMERIC})+))?:[{chars.SPACE}]*", re.IGNORECASE)
_CITE_KEY = re.compile(r"@([-.:?!`'/*@+|(){}<>&_^$#%~\w]+)")
_SRC = re.compile(r"src_([^ \t\n\[{]+)(?=[\[{])", re.IGNORECASE)
_CALL = re.compile(r"call_([^ \t\n\[(]+)(?=[\[(])", re.IGNORECASE)
_CLOSER = {"[": "]", "{": "}", "(": ")"}


class _Scope:
    """One stretch of text that is read as if it stood alone: a paragraph, a title, the inside of a bold."""

    __slots__ = ("allowed", "begin", "dead", "depth", "end", "pairs")

    def __init__(self, begin: int, end: int, allowed: int, depth: int) -> None:
        self.begin = begin
        self.end = end
        self.allowed = allowed
        self.depth = depth
        self.dead: dict[str, int] = {}
        """What was sought in vain: before this offset it need not be sought again."""
        self.pairs: dict[str, dict[int, int]] = {}


class ObjectParser:
    """Reads the objects of one text."""

    def __init__(self, text: str, *, radio: re.Pattern[str] | None = None) -> None:
        """Read TEXT; RADIO matches the text of its radio targets (`radio_pattern`)."""
        self.text = text
        self._radio = radio
        self._plain = ObjectParser(text) if radio else self
        """Reads the inside of radio links, which are no radio links again."""
        self._links = LinkReader(text)
        self._readers: dict[str, Callable[[int, _Scope], n.Object | None]] = {
            "*": self._emphasis,
            "/": self._emphasis,
            "+": self._emphasis,
            "=": self._literal,
            "~": self._literal,
            "_": self._underscore,
            "^": self._script,
            "[": self._bracket,
            "<": self._angle,
            "\\": self._backslash,
            "$": self._dollar,
            "@": self._snippet,
            "{": self._macro,
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
        scope = _Scope(begin, end, allowed, depth + 1)
        readers = self._readers
        out: list[n.Object] = []
        done = begin
        if first:
            # Contents begin like a line: the border before an opening marker is met.
            node = readers[text[begin]](begin, scope)
            if node is not None:
                out.append(node)
                done = node.end
                match = search(text, done, end)
        radio = self._radio_match(done, scope)
        while match or radio:
            if radio and (match is None or self._object_begin(match.start()) >= radio.begin):
                node = radio
            else:
                assert match
                at = match.start()
                node = readers[text[at]](at, scope) if at != begin or not first or done else None
                if node is None or node.begin < done:
                    match = search(text, at + 1, end)
                    continue
            if node.begin > done:
                out.append(n.Text(done, node.begin, text[done : node.begin]))
            out.append(node)
            done = node.end
            if match and match.start() < done:
                match = search(text, done, end)
            if radio and radio.begin < done:
                radio = self._radio_match(done, scope)
        if done < end:
            out.append(n.Text(done, end, text[done:end]))
        return tuple(out)

    # --- emphasis and scripts ---

    def _closing(self, at: int, scope: _Scope) -> int:
        """The offset of the marker that closes the one at AT, or -1."""
        mark = self.text[at]
        if mark in scope.dead:
            return -1
        match = _CLOSING[mark].search(self.text, at + 1, scope.end)
        if match is None:
            scope.dead[mark] = scope.end
            return -1
        return match.end() - 1

    def _opens(self, at: int, scope: _Scope) -> bool:
        """Whether a marker at AT may open emphasis: border before, no white space after."""
        text = self.text
        if at > scope.begin and text[at - 1] not in "-('\"{" and text[at - 1] not in chars.SPACES:
            return False
        return at + 1 < scope.end and text[at + 1] not in chars.SPACES

    def _emphasis(self, at: int, scope: _Scope) -> n.Object | None:
        if not self._opens(at, scope):
            return None
        close = self._closing(at, scope)
        if close < 0:
            return None
        children = self.parse(at + 1, close, Restriction.STANDARD, scope.depth)
        return _MARKUP[self.text[at]](at, close + 1, children)

    def _literal(self, at: int, scope: _Scope) -> n.Object | None:
        if not self._opens(at, scope):
            return None
        close = self._closing(at, scope)
        if close < 0:
            return None
        value = self.text[at + 1 : close]
        return n.Code(at, close + 1, value) if self.text[at] == "~" else n.Verbatim(at, close + 1, value)

    def _underscore(self, at: int, scope: _Scope) -> n.Object | None:
        before = self.text[max(scope.begin, at - 4) : at].lower()
        if before == "call" or before.endswith("src"):
            node = self._inline_code(at, scope)
            if node is not None:
                return node
        return self._emphasis(at, scope) or self._script(at, scope)

    def _script(self, at: int, scope: _Scope) -> n.Object | None:
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

    # --- backslash and dollar ---

    def _backslash(self, at: int, scope: _Scope) -> n.Object | None:
        text, end = self.text, scope.end
        second = text[at + 1 : at + 2]
        if second == "\\":
            if not scope.allowed & Restriction.LINE_BREAK or (at > scope.begin and text[at - 1] == "\\"):
                return None
            stop = at + 2
            while stop < end and text[stop] in " \t":
                stop += 1
            return n.LineBreak(at, stop)
        if second in "([":
            return self._delimited(at, "\\" + ("]" if second == "[" else ")"), scope)
        entity = _ENTITY.match(text, at, end)
        if entity:
            name = entity["name"]
            if name is None:
                return n.Entity(at, entity.end(), entity["space"], " " * (len(entity["space"]) - 1), braces=False)
            if name in ENTITIES:
                return n.Entity(at, entity.end(), name, ENTITIES[name], braces=entity["braces"] is not None)
        macro = _LATEX_MACRO.match(text, at, end)
        return n.LatexFragment(at, macro.end(), macro[0]) if macro else None

    def _delimited(self, at: int, closer: str, scope: _Scope) -> n.LatexFragment | None:
        if closer in scope.dead:
            return None
        close = self.text.find(closer, at + 2, scope.end)
        if close < 0:
            scope.dead[closer] = scope.end
            return None
        return n.LatexFragment(at, close + 2, self.text[at : close + 2])

    def _dollar(self, at: int, scope: _Scope) -> n.Object | None:
        text, end = self.text, scope.end
        if text.startswith("$$", at, end):
            return self._delimited(at, "$$", scope)
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

    # --- brackets ---

    def _bracket(self, at: int, scope: _Scope) -> n.Object | None:
        text, allowed = self.text, scope.allowed
        second = text[at + 1]
        if second == "[":
            return self._bracket_link(at, scope) if allowed & Restriction.LINK else None
        if second in "fF":
            return self._footnote(at, scope) if allowed & Restriction.FOOTNOTE else None
        if second in "cC":
            return self._citation(at, scope) if allowed & Restriction.CITATION else None
        if second.isdigit() and allowed & Restriction.TIMESTAMP:
            timestamp = read_timestamp(text, at, scope.end, scope.dead)
            if timestamp is not None:
                return timestamp
        if allowed & Restriction.COOKIE and (cookie := _COOKIE.match(text, at, scope.end)):
            return n.StatisticsCookie(at, cookie.end(), cookie[0])
        return None

    def _bracket_link(self, at: int, scope: _Scope) -> n.Link | None:
        found = self._links.bracket(at, scope.end, scope.dead)
        if found is None:
            return None
        path_end, description, end = found
        children = self.parse(description, end - 2, Restriction.DESCRIPTION, scope.depth) if description >= 0 else ()
        return self._links.bracket_link(at, path_end, end, children)

    def _close(self, at: int, scope: _Scope) -> int:
        """The offset of the bracket that closes the one at AT, brackets of one kind balanced; -1 for none."""
        opener = self.text[at]
        pairs = scope.pairs.get(opener)
        if pairs is None:
            pairs = scope.pairs[opener] = {}
            stack: list[int] = []
            for match in re.compile(f"[\\{opener}\\{_CLOSER[opener]}]").finditer(self.text, scope.begin, scope.end):
                if match[0] == opener:
                    stack.append(match.start())
                elif stack:
                    pairs[stack.pop()] = match.start()
        return pairs.get(at, -1)

    def _footnote(self, at: int, scope: _Scope) -> n.Object | None:
        match = _FOOTNOTE.match(self.text, at, scope.end)
        if match is None:
            return None
        if match["label"] is not None:
            return n.FootnoteReference(at, match.end(), match["label"], None)
        close = self._close(at, scope)
        if close < 0:
            return None
        children = self.parse(match.end(), close, Restriction.STANDARD, scope.depth)
        return n.FootnoteReference(at, close + 1, match["name"], children)

    def _citation(self, at: int, scope: _Scope) -> n.Object | None:
        text = self.text
        match = _CITATION.match(text, at, scope.end)
        close = self._close(at, scope) if match else -1
        if match is None or close < 0:
            return None
        parts: list[tuple[int, int, re.Match[str] | None]] = []
        start = match.end()
        while start <= close:
            stop = text.find(";", start, close)
            stop = close if stop < 0 else stop
            parts.append((start, stop, _CITE_KEY.search(text, start, stop)))
            start = stop + 1
        keyed = [i for i, (_, _, key) in enumerate(parts) if key]
        if not keyed:
            return None
        references = []
        for begin, end, key in parts[keyed[0] : keyed[-1] + 1]:
            if key:
                prefix = self.parse(begin, key.start(), Restriction.MINIMAL, scope.depth)
                suffix = self.parse(key.end(), end, Restriction.MINIMAL, scope.depth)
                references.append(n.CitationReference(begin, end, key[1], prefix, suffix))
        prefix = self.parse(match.end(), parts[keyed[0] - 1][1], Restriction.STANDARD, scope.depth) if keyed[0] else ()
        last = keyed[-1] + 1
        suffix = self.parse(parts[last][0], close, Restriction.STANDARD, scope.depth) if last < len(parts) else ()
        return n.Citation(at, close + 1, match["style"], prefix, tuple(references), suffix)

    # --- angle brackets ---

    def _angle(self, at: int, scope: _Scope) -> n.Object | None:
        text, end, allowed = self.text, scope.end, scope.allowed
        if text.startswith("<<", at, end):
            if allowed & Restriction.RADIO and (radio := _RADIO.match(text, at, end)):
                children = self.parse(at + 3, radio.end() - 3, Restriction.MINIMAL, scope.depth)
                return n.RadioTarget(at, radio.end(), radio[1], children)
            if allowed & Restriction.TARGET and (target := _TARGET.match(text, at, end)):
                return n.Target(at, target.end(), target[1])
            return None
        if allowed & Restriction.TIMESTAMP and text[at + 1] in "0123456789%":
            return read_timestamp(text, at, end, scope.dead)
        if allowed & Restriction.LINK:
            return self._links.angle(at, end, scope.dead)
        return None

    # --- the rest ---

    def _snippet(self, at: int, scope: _Scope) -> n.Object | None:
        if not scope.allowed & Restriction.SNIPPET or "@@" in scope.dead:
            return None
        match = _SNIPPET.match(self.text, at, scope.end)
        if match is None:
            return None
        close = self.text.find("@@", match.end(), scope.end)
        if close < 0:
            scope.dead["@@"] = scope.end
            return None
        return n.ExportSnippet(at, close + 2, match[1], self.text[match.end() : close])

    def _macro(self, at: int, scope: _Scope) -> n.Object | None:
        text, end = self.text, scope.end
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

    def _inline_code(self, at: int, scope: _Scope) -> n.Object | None:
        """`src_lang[headers]{body}` or `call_name[header](arguments)[header]` around the underscore at AT."""
        text = self.text
        source = text[at - 3 : at].lower() == "src"
        begin = at - 3 if source else at - 4
        if not scope.allowed & (Restriction.SRC if source else Restriction.CALL):
            return None
        if begin > scope.begin and re.match(chars.WORD, text[begin - 1]):
            return None
        match = (_SRC if source else _CALL).match(text, begin, scope.end)
        if match is None:
            return None
        position = match.end()
        header = None
        if text[position] == "[":
            close = self._close(position, scope)
            if close < 0:
                return None
            header = text[position + 1 : close]
            position = close + 1
        if not text.startswith("{" if source else "(", position, scope.end):
            return None
        close = self._close(position, scope)
        if close < 0:
            return None
        if source:
            value = " ".join(text[position + 1 : close].split("\n"))
            return n.InlineSrcBlock(begin, close + 1, match[1], header, value)
        end = close + 1
        if text.startswith("[", end, scope.end) and (close := self._close(end, scope)) >= 0:
            end = close + 1
        return n.InlineBabelCall(begin, end, text[begin:end])

    def _plain_link(self, at: int, scope: _Scope) -> n.Object | None:
        if not scope.allowed & Restriction.LINK:
            return None
        return self._links.plain(at, scope.begin, scope.end)

    # --- radio links ---

    def _radio_match(self, begin: int, scope: _Scope) -> n.Link | None:
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
        return self._links.plain_begin(at) if self.text[at] == ":" else at


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
