"""Text from notes → Typst markup and strings that print exactly that text and do nothing else."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable

from orgkb.patterns import pattern

BREAK = "#z;"
"""An empty box, defined in the template: a line may break there and nothing is added to copied text."""

_ESCAPED = {ord(mark): f"\\{mark}" for mark in string.punctuation}
# C0 and C1 controls, and the line ends of Unicode, which Typst would take for line ends too.
_CONTROLS = pattern(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_ENDS = pattern(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
_OTHER_LINE_ENDS = pattern(r"[\r\x0b\x0c\x85\u2028\u2029]")
_AIM = pattern("\x01([^\x01]*)\x01")
_UNENCODABLE = pattern(r"[\ud800-\udfff\ufffe\uffff]")
# After these a long word may go on in the next line.
_BREAK_AFTER = frozenset("/\\._-=&?:;,@#%+~|)]}>")
_BREAK_BEFORE = frozenset("([{<")
_NATURAL_RUN = 3
_LIKE_CODE = pattern(r"^-|[_/\\=<>$@{}|~^*#%&]|\w[.:]\w")
# Typst itself breaks what looks like an address after marks that cannot be taken for hyphens.
_ADDRESS = pattern(r"https?://[A-Za-z0-9/._?=&%+#:@,;!$*'~-]+")
_FIRST_IDEOGRAPH = "\u2e80"


def clean(text: str) -> str:
    """TEXT without control characters and code points that no file may hold; line ends become spaces."""
    if text.isprintable():
        return text
    return _LINE_ENDS.sub(" ", _UNENCODABLE.sub("\ufffd", _CONTROLS.sub("", text)))


def markup(text: str) -> str:
    """Typst markup that prints TEXT: every ASCII punctuation mark is escaped, so none has a meaning."""
    return text if text.isalnum() else clean(text).translate(_ESCAPED)


def code(text: str) -> str:
    """TEXT as Typst will have it: without control characters, with one sort of line ends."""
    if text.isprintable():
        return text
    safe = _UNENCODABLE.sub("\ufffd", _CONTROLS.sub("", text.replace("\r\n", "\n")))
    return _OTHER_LINE_ENDS.sub("\n", safe)


def quoted(text: str) -> str:
    r"""A Typst string literal of TEXT, on one line: newlines become `\n`."""
    safe = code(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + safe.replace("\t", "\\t").replace("\n", "\\n") + '"'


def evaluated(source: str) -> str:
    """Typst that runs SOURCE, Typst of the notes: on its own, so that it closes nothing around it, and without files."""
    return f'#eval({quoted(source)}, mode: "markup");'


def aim(anchor: str) -> str:
    """What stands for the number of ANCHOR until it has one.  No text of the notes can look like it: see `clean`."""
    return f"\x01{_CONTROLS.sub('', anchor)}\x01"


_HYPHENATED = 12
"""Letters of a word that need no place to break but the hyphens of its language."""
_AROUND = ".,;:!?()"


def aimed(source: str, number: Callable[[str], int]) -> str:
    """SOURCE with the NUMBER of the anchor for each `aim`."""
    return _AIM.sub(lambda match: str(number(match[1])), source)


def pieces(word: str, limit: int) -> list[str]:
    """WORD cut where a line may break: after punctuation, else after LIMIT letters without any.

    A word not longer than LIMIT stays whole; one of letters only is hyphenated, unless it is long.  Nothing is cut before a combining mark, nor between
    ideographs, which break by themselves.
    """
    if len(word) <= limit or (len(word) <= _HYPHENATED and word.strip(_AROUND).isalpha()):
        return [word]
    found: list[str] = []
    start, run = 0, 0
    for index, character in enumerate(word):
        size = index - start
        natural = size >= _NATURAL_RUN and (
            (word[index - 1] in _BREAK_AFTER and character not in _BREAK_AFTER) or character in _BREAK_BEFORE
        )
        if (natural or run >= limit) and not _joins(word[index - 1], character):
            found.append(word[start:index])
            start, run = index, 0
        run = run + 1 if character < _FIRST_IDEOGRAPH else 0
    found.append(word[start:])
    return found


def _joins(before: str, after: str) -> bool:
    """Whether two characters belong to one sign: combining marks, joiners, variation selectors."""
    return unicodedata.category(after)[0] == "M" or "\u200d" in {before, after} or "\ufe00" <= after <= "\ufe0f"


def columns(text: str) -> int:
    """How many columns TEXT takes in a fixed font: ideographs and emoji two, marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1 for c in text
    )


def breakable(word: str, limit: int) -> str:
    """Typst markup that prints WORD and may break inside it; copied text is unchanged."""
    if len(word) <= limit or _ADDRESS.fullmatch(word):
        return markup(word)
    return BREAK.join(markup(piece) for piece in pieces(word, limit))


def word(text: str, limit: int, *, alone: bool) -> str:
    """Typst markup that prints TEXT, a word of prose, which stands ALONE between spaces or not.

    Commands, paths and options among prose are never hyphenated, and break only where they do not
    fit a line: `--build-arg` copied from two lines would be another option.
    """
    if text.isalnum() and len(text) <= limit:
        return text
    if not _LIKE_CODE.search(text):
        return breakable(text, limit)
    if len(text) <= limit:
        return f"#nb[{markup(text)}];" if alone else markup(text)
    return f"#nh[{breakable(text, limit)}];"


def raw(text: str, limit: int) -> str:
    """Typst markup that prints TEXT as inline code; long words in it may break."""
    parts = [
        cut
        for index, word in enumerate(re.split(r"(\s+)", clean(text)))
        for cut in ([word] if index % 2 else pieces(word, limit))
    ]
    runs: list[str] = []
    # A space keeps its place inside a run, where Typst breaks lines by itself.
    for index, part in enumerate(parts):
        if runs and (part.isspace() or not part or (index and parts[index - 1].isspace())):
            runs[-1] += part
        else:
            runs.append(part)
    return BREAK.join(f"#raw({quoted(run)});" for run in runs if run)
