"""Source code in pieces with Pygments' short class names; the colours are a matter of style sheet or template."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

MAX_CODE = 20_000
"""Longer code, in characters, is not coloured: some lexers take more than linear time."""
MAX_LINE = 1_000
"""Nor is code with a longer line."""

# Org's names of languages where Pygments has another one.
_NAMES = {
    "c": "c",
    "conf": "ini",
    "conf-unix": "ini",
    "docker-compose": "yaml",
    "dot": "graphviz",
    "ebuild": "bash",
    "elisp": "emacs-lisp",
    "gnuplot": "gnuplot",
    "ipython": "python",
    "jupyter-python": "python",
    "jsonc": "json",
    "jupyter-r": "r",
    "js2": "js",
    "mermaid": "text",
    "shell": "bash",
    "sqlite": "sql",
    "systemd": "ini",
    "toml": "toml",
}


def code(value: str, language: str) -> str:
    """VALUE as escaped HTML with `<span class>` where Pygments knows LANGUAGE; its text is exactly VALUE."""
    parts: list[str] = []
    for name, text in pieces(value, language):
        escaped = escape(text, quote=False)
        parts.append(f'<span class="{name}">{escaped}</span>' if name and text.strip() else escaped)
    return "".join(parts)


def pieces(value: str, language: str) -> list[tuple[str, str]]:
    """VALUE as (class, text); in one piece without a class where Pygments does not know LANGUAGE or would change the text."""
    lexer = _lexer(language.strip().lower())
    if lexer is None or len(value) > MAX_CODE or any(len(line) > MAX_LINE for line in value.split("\n")):
        return [("", value)]
    try:
        found = [(_class(kind), text) for _, kind, text in lexer.get_tokens_unprocessed(value)]
    except Exception:  # noqa: BLE001 - some of Pygments' 500 lexers fail on odd text; the code is then shown plain
        return [("", value)]
    # A lexer may drop or normalise characters: commands must survive verbatim.
    return found if "".join(text for _, text in found) == value else [("", value)]


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    if not language:
        return None
    # Loaded where there is code to colour: it takes as long as to colour some hundred lines.
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(_NAMES.get(language, language))
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _class(kind: _TokenType) -> str:
    """The short class of a token type or of the nearest one above it; empty for text, punctuation and errors."""
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415 - see above

    nearest: _TokenType | None = kind
    while nearest is not None and nearest not in STANDARD_TYPES:
        nearest = nearest.parent
    name = STANDARD_TYPES[nearest] if nearest is not None else ""
    return "" if name in {"", "err", "p", "w", "n", "g", "x"} else name
