"""Source code as HTML with Pygments' short class names; the colours are the style sheet's matter."""

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
    "elisp": "emacs-lisp",
    "gnuplot": "gnuplot",
    "ipython": "python",
    "jupyter-python": "python",
    "jupyter-r": "r",
    "mermaid": "text",
    "shell": "bash",
    "sqlite": "sqlite3",
    "systemd": "ini",
    "toml": "toml",
}


def code(value: str, language: str) -> str:
    """VALUE as escaped HTML with `<span class>` where Pygments knows LANGUAGE; its text is exactly VALUE."""
    lexer = _lexer(language.strip().lower())
    if lexer is None or len(value) > MAX_CODE or any(len(line) > MAX_LINE for line in value.split("\n")):
        return escape(value, quote=False)
    parts: list[str] = []
    plain: list[str] = []
    try:
        for _, kind, text in lexer.get_tokens_unprocessed(value):
            plain.append(text)
            name = _class(kind)
            escaped = escape(text, quote=False)
            parts.append(f'<span class="{name}">{escaped}</span>' if name and text.strip() else escaped)
    except Exception:  # noqa: BLE001 - some of Pygments' 500 lexers fail on odd text; the code is then shown plain
        return escape(value, quote=False)
    # A lexer may drop or normalise characters: commands must survive verbatim.
    return "".join(parts) if "".join(plain) == value else escape(value, quote=False)


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
