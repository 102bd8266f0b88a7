"""Code as fenced blocks, verbatim."""

from __future__ import annotations

import html

from orgkb.patterns import pattern
from orgkb_exporters.markdown.pieces import longest_run

PLAIN = "text"
"""Info string of blocks without a language."""

_INFO = pattern(r"[\s`\\&<>]+")
_LANGUAGES = {
    "emacs-lisp": "elisp",
    "ipython": "python",
    "jupyter-python": "python",
    "c++": "cpp",
    "docker": "dockerfile",
}
_UNREADABLE = pattern("[\0\ud800-\udfff]")


def fenced(value: str, language: str) -> list[str]:
    """VALUE between fences that do not occur in it."""
    fence = "`" * max(3, longest_run(value, "`") + 1)
    code = _UNREADABLE.sub("\ufffd", value).removesuffix("\n").replace("\r", "")
    return [f"{fence}{info(language)}", *(code.split("\n") if value else ()), fence]


def code_element(value: str, language: str) -> list[str]:
    """VALUE as an HTML element, for readers that look for something of their own even in code."""
    code = html.escape(_UNREADABLE.sub("\ufffd", value).removesuffix("\n").replace("\r", ""), quote=False)
    name = html.escape(info(language))
    return f'<pre><code class="language-{name}">{code.replace("{", "&#123;")}</code></pre>'.split("\n")


def info(language: str) -> str:
    """LANGUAGE as github.com names it, and without what would end an info string."""
    return _LANGUAGES.get(language.lower(), _INFO.sub("", language)) or PLAIN
