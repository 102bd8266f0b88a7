"""Check that reading takes linear time, however a text is made.

    python benchmarks/linear.py [--size 50000] [--limit 2.5] [CASE…]

Each case makes a hostile text of a given size.  Prints t(n), t(2n) and their ratio in CPU seconds (the best
of three); exits with 1 where a ratio is above the limit and the time can be measured.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from orgkb.org.reader import parse

MEASURABLE = 0.05
"""CPU seconds below which a ratio says nothing."""

REPEATED = {
    **{f"open {mark}": f"{mark}a " for mark in "*/_+=~"},
    **{f"open {mark} on lines": f"{mark}a\n" for mark in "*/_+=~"},
    "brackets": "[",
    "open links": "[[a ",
    "open descriptions": "[[a][b ",
    "open footnotes": "[fn:: ",
    "open citations": "[cite:@a;",
    "open cookies": "[1",
    "open scripts": "a_{",
    "open script parentheses": "a_(",
    "broken scripts": "a_{{}",
    "bare scripts": "a^.,",
    "open macros": "{{{a(",
    "broken macros": "{{{a(x}}}",
    "braces": "{",
    "open timestamps": "<2024-01-01 ",
    "open inactive timestamps": "[2024-01-01 ",
    "open diary timestamps": "<%%(a ",
    "open targets": "<<a ",
    "open radio targets": "<<<a ",
    "open angle links": "<http:a ",
    "dollars": "$a ",
    "double dollars": "$$a ",
    "open math": "\\(a ",
    "open display math": "\\[a ",
    "open LaTeX arguments": "\\foo{a ",
    "backslashes": "\\",
    "entities": "\\alpha",
    "open snippets": "@@html:a ",
    "open inline source": "src_a{ ",
    "open inline headers": "src_a[ ",
    "open calls": "call_a( ",
    "open URLs": "http:a(",
    "URLs and brackets": "http:a[b",
    "colons": "a:",
    "one long line": "word ",
    "items": "- a\n",
    "items and text": "- a\nb\n",
    "items apart": "- a\n\n",
    "headings": "* a\n",
    "open drawers": ":a:\n",
    "closing drawers": ":END:\n",
    "drawers and text": "a\n:a:\n",
    "open property drawers": "* a\n:PROPERTIES:\n:a: b\n",
    "open blocks": "#+begin_src\n",
    "open environments": "\\begin{a}\n",
    "table cells": "|a",
    "table rows": "|a|\n",
    "table.el rules": "+-+\n",
    "table.el broken off": "+-+\n|a|\n",
    "footnote definitions": "[fn:1] a\n",
    "TODO keywords": "#+todo: a\n",
}
"""Texts made of one piece again and again."""

BUILT: dict[str, Callable[[int], str]] = {
    "nested emphasis": lambda n: "*/_+" * n + "x" + "+_/*" * n,
    "nested footnotes": lambda n: "[fn::" * n + "]" * n,
    "nested scripts": lambda n: "a_{" * n + "}" * n,
    "backslashes in a link": lambda n: "[[" + "\\" * n,
    "angle links broken off": lambda n: "<http:a " * n + "\n>x",
    "macro arguments": lambda n: "{{{a(" + "," * n + ")}}}",
    "URL of parentheses": lambda n: "http:" + "(" * n,
    "URL of dots": lambda n: "http:a" + "." * n,
    "spaces": lambda n: " " * n + "x",
    "item of spaces": lambda n: "- " + " " * n + "x",
    "item tag": lambda n: "- " + "a " * n + "::x",
    "item tags": lambda n: "- " + "a :: " * n,
    "item tag after spaces": lambda n: "- a" + " " * n + "::x",
    "deep list": lambda n: "".join(" " * i + "- a\n" for i in range(int(n**0.5))),
    "lists 300 deep": lambda n: "".join(" " * (i % 300) + "- a\n" for i in range(n // 10)),
    "long heading": lambda n: "* " + "a " * n,
    "heading of colons": lambda n: "* a " + " :" * n,
    "heading of tags": lambda n: "* a " + ":a" * n + ":",
    "heading of stars": lambda n: "*" * n + " a",
    "deep headings": lambda n: "".join("*" * (i + 1) + " a\n" for i in range(int((2 * n) ** 0.5))),
    "blocks of many names": lambda n: "".join(f"#+begin_a{i}\n" for i in range(n // 4)),
    "nested blocks": lambda n: (
        "".join(f"#+begin_a{i}\n" for i in range(n // 8)) + "".join(f"#+end_a{i}\n" for i in range(n // 8 - 1, -1, -1))
    ),
    "open blocks in an item": lambda n: "- a\n" + "  #+begin_src\n" * n,
    "captions of nothing": lambda n: "#+caption: x\n" * n + "\n",
    "keyword of brackets": lambda n: "#+" + "[" * n,
    "dual keyword": lambda n: "#+a" + "[ b" * n + "]:",
    "formulas": lambda n: "|a|\n" + "#+tblfm: x\n" * n,
    "planning": lambda n: "* a\n" + "SCHEDULED: <2024-01-01> " * n,
    "radio links": lambda n: "<<<a>>> " + "a " * n,
    "commas": lambda n: "#+begin_src\n" + "," * n + "*\n#+end_src",
    "switches": lambda n: "#+begin_src a" + " -n" * n + "x\n#+end_src",
}


def spent(text: str) -> float:
    """CPU seconds of reading TEXT."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        parse(text)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", help="names of cases; all by default")
    parser.add_argument("--size", type=int, default=50_000)
    parser.add_argument("--limit", type=float, default=2.5)
    args = parser.parse_args()
    cases: dict[str, Callable[[int], str]] = {
        **{name: (lambda n, piece=piece: piece * n) for name, piece in REPEATED.items()},
        **BUILT,
    }
    slow = 0
    for name in args.cases or cases:
        once, twice = spent(cases[name](args.size)), spent(cases[name](2 * args.size))
        ratio = twice / max(once, 1e-6)
        bad = ratio > args.limit and twice > MEASURABLE
        slow += bad
        print(f"{name:28s} {once:7.3f} {twice:7.3f}  {ratio:5.2f}{'  too slow' if bad else ''}")
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
