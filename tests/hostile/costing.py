"""Notes that try to cost more time or memory than their size."""

from __future__ import annotations

from tests.hostile.case import Case

_CHEAP = "the time grows with the size of the notes and no faster"

_BOMB = "\n".join(f"#+MACRO: m{i} {{{{{{m{i + 1}}}}}}}{{{{{{m{i + 1}}}}}}}{{{{{{m{i + 1}}}}}}}" for i in range(30))

CASES = (
    Case("deep-headings", _CHEAP, "\n".join("*" * i + f" Level {i}" for i in range(1, 120)) + "\n" + "*" * 5000 + " Deepest\n", shows=("Deepest",)),
    Case("deep-lists", _CHEAP, "".join(" " * i + f"- item {i}\n" for i in range(150)), shows=("item 149",)),
    Case("deep-quotes", _CHEAP, "#+begin_quote\n" * 150 + "innermost\n" + "#+end_quote\n" * 150, shows=("innermost",)),
    Case("deep-mixed", _CHEAP, "".join(" " * (2 * i) + "- x\n" + " " * (2 * i + 2) + "#+begin_quote\n" for i in range(60)) + "text\n"),
    Case("deep-markup", _CHEAP, "*/_+" * 60 + "core" + "+_/*" * 60 + "\n", shows=("core",)),
    Case("deep-footnotes", _CHEAP, "a" + "[fn:: b" * 200 + "]" * 200 + "\n"),
    Case("footnote-loop", "notes that refer to one another end", "text[fn:a]\n\n[fn:a] see[fn:b]\n\n[fn:b] see[fn:a] and[fn:b]\n", shows=("text",)),
    Case("macro-bomb", "macros grow to a limit", f"{_BOMB}\n#+MACRO: m30 boom\nBefore {{{{{{m0}}}}}} after\n", code="macro-limit"),
    Case("macro-loop", "macros that call one another end", "#+MACRO: a {{{b}}}\n#+MACRO: b {{{a}}}\nBefore {{{a}}} after\n", shows=("Before", "after")),
    Case("include-bomb", "includes grow to a limit", '#+INCLUDE: "0.txt"\n', code="include-limit", files={f"{i}.txt": f'#+INCLUDE: "{i + 1}.txt"\n' * 8 for i in range(12)} | {"12.txt": "x" * 2000 + "\n"}),
    Case("open-emphasis", _CHEAP, " ".join(f"/usr/d{i} *.p{i} _x{i} +y{i} =z{i} ~w{i}" for i in range(1500)) + "\n"),
    Case("open-links", _CHEAP, "[[" * 8000 + " " + "[fn:" * 4000 + " " + "<<" * 4000 + "{{{" * 3000 + "\n"),
    Case("open-stamps", _CHEAP, "<2024-01-01 " * 3000 + "\n" + "[2024-01-01 Mon]--" * 3000 + "\n"),
    Case("open-math", _CHEAP, "$a " * 4000 + "\\(" * 4000 + "\\begin{x}" * 2000 + "\n"),
    Case("open-blocks", _CHEAP, "".join(f"#+begin_b{i}\n" for i in range(1500)) + "x\n"),
    Case("open-drawers", _CHEAP, "".join(f":d{i}:\n" for i in range(2000)) + "x\n"),
    Case("long-heading", _CHEAP, "* " + "word " * 2000 + ":tag" * 1000 + ":\n", shows=("word",)),
    Case("long-word", _CHEAP, "a" * 30_000 + " end of word\n", shows=("end of word",)),
    Case("long-term", _CHEAP, "- *" + "term " * 2000 + "* - thing\n- " + "x" * 5000 + " :: thing\n"),
    Case("long-tag", _CHEAP, "* Head :" + "t" * 5000 + ":\n", shows=("Head",)),
    Case("term-bomb", _CHEAP, "".join(f"- *word{i:x} thing* - part of word{i + 1:x} thing\n" for i in range(400))),
    Case("hub", _CHEAP, "- *hub* - centre of all\n" + "".join(f"- *spoke {chr(97 + i % 26)}{i}* - uses the hub\n" for i in range(300))),
    Case("wide-table", _CHEAP, "|" + " x |" * 300 + "\n|" + "-+" * 299 + "-|\n|" + " y |" * 300 + "\n"),
    Case("same-ids", "ids that are not unique cost nothing else", "* One\n:PROPERTIES:\n:ID: same\n:CUSTOM_ID: same\n:END:\n* Two\n:PROPERTIES:\n:ID: same\n:CUSTOM_ID: same\n:END:\n[[id:same]] [[#same]]\n", shows=("One", "Two")),
    Case("same-names", "headings of one name cost nothing", "* Same\nx\n" * 400),
    Case("radio-bomb", _CHEAP, " ".join(f"<<<r{i}>>>" for i in range(500)) + "\n" + " ".join(f"r{i}" for i in range(500)) + "\n"),
    Case("backslashes", _CHEAP, "A \\ B `C-\\` '\\0' \\\\ \\\n" * 300, shows=("A",)),
    Case("level-jumps", "levels that jump lose nothing", "***** five\n* one\n********* nine\n** two\n", shows=("five", "nine", "two")),
    Case("long-line", "a line beyond the limit is cut, and told", "start " + "y" * 1_200_000 + " tail-beyond-the-limit\nnext line\n", code="line-too-long", shows=("next line",), hides=("tail-beyond-the-limit",)),
    Case("many-keywords", _CHEAP, "".join(f"#+KEY{i}: value\n" for i in range(3000)) + "text\n", shows=("text",)),
)  # fmt: skip
