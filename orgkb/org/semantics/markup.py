"""Whether emphasis, verbatim and scripts are markup, or paths, identifiers, globs and operators.

Org's own reading makes italics of `/var/lib/docker/` and a subscript of `CONTAINER_ID`, and every
exporter then drops the characters that were taken for markup.  Here such a node is recognised, so
that it turns back into text as written.  In doubt it is text: lost emphasis is a blemish, a lost
slash is a broken command.
"""

from __future__ import annotations

import re

from orgkb.org.nodes import (
    Bold,
    Code,
    FootnoteReference,
    Italic,
    Link,
    Markup,
    Script,
    StrikeThrough,
    Text,
    Timestamp,
    Underline,
    Verbatim,
)
from orgkb.org.semantics.options import Scripts
from orgkb.patterns import pattern


def markup_is_text(node: Markup, text: str) -> bool:
    """Whether the emphasis NODE of TEXT is none."""
    match node:
        case Italic():
            return _slashes_are_text(node, text)
        case Bold():
            return _stars_are_text(node, text)
        case Underline():
            return _underscores_are_text(node, text)
        case StrikeThrough():
            return _pluses_are_text(node, text)
        case _:
            return False


def literal_is_text(node: Code | Verbatim, file: str) -> bool:
    """Whether the signs around a literal are operators: `if a == b and c == d`, `+=, -=`, `~/a ~/b~`."""
    value = node.value
    if isinstance(node, Code):
        return value[0] == "/" and " ~/" in value
    if not value.strip("="):
        # `===` is the operator, except for those who write `=so=`: for them it quotes `=`.
        return not _quotes_with_equals(file)
    return value[0] == "=" or value.startswith((", ", "; "))


def _quotes_with_equals(file: str) -> bool:
    return _QUOTED.search(file) is not None


_QUOTED = pattern(r"(?:^|[\s('\"{-])=[A-Za-z][\w.-]{0,60}=(?=[\s.,;:!?'\")}-]|$)", re.MULTILINE)


def script_is_text(node: Script, text: str, scripts: Scripts) -> bool:
    """Whether a sub- or superscript is none under the option `^`, or a brace expansion of the shell."""
    if scripts == "all":
        return False
    if scripts == "none" or not node.braces:
        return True
    # `python3_{3,4}`, `file_{a,b}.txt`: names that a shell expands, unlike `x_{1,2}`.
    body = text[node.begin + 2 : node.end - 1]
    return (
        _ALTERNATIVES.fullmatch(body) is not None
        and _NAME_BEFORE.search(text[max(0, node.begin - 8) : node.begin]) is not None
    )


_ALTERNATIVES = pattern(r"[\w.+-]*(?:,[\w.+-]*)+")
_NAME_BEFORE = pattern(r"[A-Za-z0-9][A-Za-z0-9-]{3,}$")

# --- italics ---

_FOLDERS = (
    "bin boot cdrom dev etc home lib lib32 lib64 libexec media mnt opt proc root run sbin snap srv sys tmp usr var"
)
_ROOT_FOLDERS = frozenset(_FOLDERS.split())
_PHONETIC = pattern("[ˈˌːəɪʊɔɑæʃʒθðŋɡɜʌɒʧʤɾɣɛɲʎʁɐɨɯøœçɹʔɫɥɕʑχβɸ]")
_FILE_NAME = pattern(r"[$\\^|{}<>*=@\[\]_]|[\w)]\.\w")
_PATH_WORD = pattern(r"(?:^|\s)(?:~?/\S|\.{1,2}/\S)|^[^\s/]+/|(?:^|\s)~$")


def _plain(node: Markup, text: str) -> str:
    """The inside of NODE as written, with an `x` for each part whose signs say nothing about those around NODE."""
    if len(node.children) == 1 and isinstance(node.children[0], Text):
        return text[node.begin + 1 : node.end - 1]
    parts = [
        "x"
        if isinstance(child, _QUOTING) or (isinstance(child, Link) and child.form == "regular")
        else text[child.begin : child.end]
        for child in node.children
    ]
    return "".join(parts) or text[node.begin + 1 : node.end - 1]


_QUOTING = (Verbatim, Code, FootnoteReference, Timestamp)
_SHELL = pattern(r"&&|\|\||\s\|\s|\$\(")
_PATH_END = pattern(r"(?:^|[\w\s])/ *$")


def _slashes_are_text(node: Italic, text: str) -> bool:
    body = _plain(node, text)
    if _PATH_WORD.search(body) or body[0] in "*/^" or body.startswith("(?") or body[-1] in "*/":
        # `/dev/vg0/root /mnt/`, `/* comment */`, `// comment`, a regex.
        return True
    if _SHELL.search(body):  # `cd /etc && sed 's/a/b/'`
        return True
    words = body.split()
    if (words[0] in _ROOT_FOLDERS and words[0] == words[-1]) or _PHONETIC.search(body):
        # `cd /opt/`, `mount -t proc /proc proc/`.
        # A transcription is written between slashes: they belong to it.
        return True
    if words[0] == body and (_FILE_NAME.search(body) or "/" in body):
        return True
    after = text[node.end : node.end + 2]
    if after[:1] in {".", ":"} and after[1:2].isalnum():  # `/opt/.venv`, `/gists/:id`
        return True
    before = text[max(0, node.begin - 3) : node.begin]
    if after.lstrip(" ").startswith(("/", "{")) or _PATH_END.search(before):
        # A row of such words is a row of paths, of transcriptions or of awk patterns.
        return True
    return body[0] == body[-1] == before[-1:] == after[:1] == '"'  # "a"/"b"/"c"


# --- the others ---

_GLOB = pattern(r"\.\w\S*\s")
_IDENTIFIER = pattern(r"_|\w[.:]+\w")
_AMOUNT_OR_FLAG = pattern(r"\d|\w\s|[rwxst]+\s")
_SPACE = pattern(r"\s")


def _stars_are_text(node: Bold, text: str) -> bool:
    body = text[node.begin + 1 : node.end - 1]
    if _GLOB.match(body) or body == "/":  # `*.py and *.txt*`, `'*/*'`
        return True
    if body.startswith("- ") and body.endswith("-") and text[node.begin - 1 : node.begin] == "-":
        return True  # -*- file variables -*-
    return _has_loose_quote(body)


def _underscores_are_text(node: Underline, text: str) -> bool:
    if (
        text.startswith("_", node.end) or text[max(0, node.begin - 1) : node.begin] == "_"
    ):  # the inner pair of `__init__`
        return True
    body = text[node.begin + 1 : node.end - 1]
    if _SPACE.search(body):
        return not _is_balanced(body)
    return _IDENTIFIER.search(body) is not None  # `__init__`, `_xorg.Listener_`, `_my_name_`


def _pluses_are_text(node: StrikeThrough, text: str) -> bool:
    body = text[node.begin + 1 : node.end - 1]
    if body[0] in "+=" or body[-1] in "+=":
        return True
    # `+x run.sh … +w`, `+18 to 21+`, `+7 999 123+`; one struck word or number is meant.
    return not _is_balanced(body) or (_SPACE.search(body) is not None and _AMOUNT_OR_FLAG.match(body) is not None)


def _has_loose_quote(body: str) -> bool:
    """Whether BODY begins or ends with a quotation mark that has no partner in it."""
    return any(body.count(quote) % 2 == 1 and quote in {body[0], body[-1]} for quote in "'\"`")


_OPENING = {")": "(", "]": "[", "}": "{"}
_NUMBERING = pattern(r"\(?\w{1,3}\)")


def _is_balanced(body: str) -> bool:
    """Whether the brackets of BODY close; a numbering such as `1)` at its start does not count."""
    numbering = _NUMBERING.match(body)
    stack: list[str] = []
    for char in body[numbering.end() if numbering else 0 :]:
        if char in "([{":
            stack.append(char)
        elif char in _OPENING and (not stack or stack.pop() != _OPENING[char]):
            return False
    return not stack
