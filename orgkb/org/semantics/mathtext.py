r"""Whether `$…$`, `\(…\)`, `\[…\]`, `\name` and entities are formulas, or shell, regex and path text.

In technical notes most of what Org reads as LaTeX is none: Makefile variables (`$@' … $`), hash
prefixes (`$6$`), sed groups (`\(..\)`), regex classes (`\d`), Windows paths (`C:\srv\mu`).
Taking a formula for text shows its source; taking a command for a formula destroys it.  So in
doubt it is text, except in a file that has formulas beyond doubt.
"""

from __future__ import annotations

from orgkb.org.entities import ENTITIES
from orgkb.org.nodes import Entity, LatexFragment
from orgkb.org.semantics import commands
from orgkb.patterns import pattern

_WINDOW = 80
"""How far, in characters, a run of non-blanks is followed to each side."""


def has_formulas(text: str) -> bool:
    """Whether TEXT, a whole file, holds LaTeX beyond doubt: then doubtful `$n$` is a formula as well."""
    return _FORMULA.search(text) is not None


_FORMULA = pattern(
    r"\\(?:frac|sqrt|sum|int|prod|lim|mathbb|mathbf|mathcal|mathrm|partial|infty|leq|geq|operatorname)(?![A-Za-z])"
    r"|\\begin\{(?:equation|align|gather|multline|eqnarray|displaymath|cases|[bpv]?matrix)\*?\}"
)


def fragment_is_text(node: LatexFragment, text: str, *, formulas: bool) -> bool:
    """Whether the LaTeX fragment NODE of TEXT is no LaTeX; FORMULAS: the file surely has some."""
    value = node.value
    before = text[node.begin - 1 : node.begin]
    after = text[node.end : node.end + 2]
    if value.startswith("$$"):
        return _is_shell(value[2:-2], after) or not _is_formula(value[2:-2], formulas=formulas)
    if value.startswith("$"):
        return _is_shell(value[1:-1], after) or not _is_formula(value[1:-1], formulas=formulas)
    if value.startswith("\\[") and _WORD.fullmatch(value[2:-2].strip()):  # `\[OK\]`
        return True
    if value.startswith(("\\(", "\\[")):
        return _is_group(value[2:-2], before, after) or not _is_formula(value[2:-2], formulas=formulas)
    return _command_is_text(node, text)


def entity_is_text(node: Entity, text: str) -> bool:
    r"""Whether the entity NODE of TEXT is part of a path (`C:\path\to`) or a regex class (`\S`)."""
    if node.braces or not node.name.isalpha():
        return False
    # `\S`, `\P`, `\l`: as signs they are rare, as classes and escapes they are everywhere.
    return len(node.name) == 1 or _in_backslash_path(text, node.begin, node.end)


# --- `$…$` ---

_PLAIN_VARIABLE = pattern(r"\{[A-Za-z_][A-Za-z0-9_]*\}|\([@<*%?+^A-Z][A-Z0-9_]*\)|[@?!&#]|[%+<*^](?=['\"\s]|$)")
_CRYPT_PREFIX = pattern(r"\d+|2[abxy]|gy|y")
_WORD = pattern(r"[^\W\d_]{2,}['’.,:;!?]*")
_OPERATOR = pattern(r"[=+^_\\<>*/|∑∏∫√≤≥≠±×·∈]")
_TEXT_ARGUMENT = pattern(r"\\[A-Za-z]+\*?(?:\{[^{}]*\})?")


def _is_shell(body: str, after: str) -> bool:
    """Whether BODY, between two dollars, rather lies between two shell or Makefile variables."""
    # A second variable begins where the formula would end: `$@`, `${P}`, `$(x)`, `$1`.
    if after and (after[0] in "@({[<*#^%&/\\=|~" or (after[0].isascii() and after[0].isalnum())):
        return True
    if _PLAIN_VARIABLE.match(body):
        return True
    return '"' in body or "`" in body or body.endswith(("/", ":"))


def _is_group(body: str, before: str, after: str) -> bool:
    r"""Whether `\(BODY\)` or `\[BODY\]` is an escaped bracket of a regex, of sed or of `find`."""
    if before in set("/^|]*+$&\\=?.!#") or after[:1] in {"*", "/", "?", "+", "{", "|"}:
        return True
    if after in {"\\(", "\\{", "\\|", "\\1", "\\2", "\\)", "\\+", "\\?", "\\["}:
        return True
    if body.count("\\|") % 2:  # `\(a\|b\)`
        return True
    return any(pattern.search(body) for pattern in (_FLAG, _CHARACTER_CLASS, _RANGE))


_FLAG = pattern(r"(?:^|\s)--?[A-Za-z]{3,}(?=\s|$)")
_CHARACTER_CLASS = pattern(r"^\^?(?:a-z|A-Z|0-9|a-f|A-F|а-я|А-Я|\\.|[_.,-])+$")
_RANGE = pattern(r"\[[^\]\s]{0,20}(?:a-z|A-Z|0-9)")


def _is_formula(body: str, *, formulas: bool) -> bool:
    """Whether BODY reads like a formula rather than like prose, a name or bare signs."""
    stripped = body.strip()
    if not any(char.isalnum() for char in stripped):
        return formulas and bool(stripped) and not stripped.startswith(".")
    if _CRYPT_PREFIX.fullmatch(stripped):
        return formulas
    rest = _TEXT_ARGUMENT.sub(" \\ ", stripped)
    words = rest.split()
    operators = _OPERATOR.search(rest) is not None
    run = longest = 0
    for word in words:
        run = run + 1 if _WORD.fullmatch(word) else 0
        longest = max(longest, run)
    if longest == len(words) == 1:  # one word: `\(foo\)`, `$HOME$`; short ones are symbols such as `$ab$`
        return formulas or len(stripped) < 3
    if operators:
        return longest < 3
    return longest < 2 and _AMOUNTS.fullmatch(stripped) is None


_AMOUNTS = pattern(r"[\d.,]+\s+[^\W\d_]{2,}\s+[\d.,]+")
"""`$5 and 10$`."""


# --- `\name` ---

_COMMAND = pattern(r"\\([A-Za-z]+)\*?")
_DRIVE = pattern(r"(?<![A-Za-z])[A-Za-z]:\\")
_BACKSLASH_NAME = pattern(r"\\([A-Za-z]+)(\{?)")
_EXTENSION = pattern(r"\\[\w-]*\.[A-Za-z]\w{0,4}(?!\w)")


def _command_is_text(node: LatexFragment, text: str) -> bool:
    found = _COMMAND.match(node.value)
    if found is None:
        return True
    name = found[1]
    if "{" in node.value:
        return name not in commands.WITH_ARGUMENT
    return name not in commands.ALONE or _in_backslash_path(text, node.begin, node.end)


def _in_backslash_path(text: str, begin: int, end: int) -> bool:
    """Whether the run of non-blanks around text[begin:end] is a path or a chain of names."""
    left = text[max(0, begin - _WINDOW) : begin]
    right = text[end : end + _WINDOW]
    head = left[len(left.rstrip()) :]
    left = "" if head else left.split()[-1] if left.split() else ""
    right = "" if not right or right[0].isspace() else right.split(maxsplit=1)[0]
    run = left + text[begin:end] + right
    if _DRIVE.search(run) or run.lstrip("\"'(").startswith("\\\\") or _EXTENSION.search(run):
        return True
    return any(
        name not in commands.ALONE and name not in ENTITIES and not (brace and name in commands.WITH_ARGUMENT)
        for name, brace in _BACKSLASH_NAME.findall(run)
    )
