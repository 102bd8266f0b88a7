"""What is exported is what Emacs exports, wherever orgkb does not differ on purpose."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.org.plain import lines_of

EMACS = shutil.which("emacs")

OUTLINE = "before\n* A :noexport:\na\n* TODO [#B] B [1/2] :k:\nb\n** COMMENT C\nc\n** D :export:\nd\n*** E :priv:\n* F :ARCHIVE:\nf\n** G\n"
BODY = """\
Some /italic/ *bold* _under_ +struck+ =verbatim= ~code~ x_{i} y^{2} a_b \\alpha \\alpha{}x [1/2] [fn:1] [fn:in:line]

<2024-05-01 Wed>

Due <2024-05-01 Wed> [2024-05-02 Thu]

| a | *b* |
|---+-----|
| 1 | 2   |

: fixed

\\begin{equation}
x
\\end{equation}

:NOTE:
in a note
:END:

:LOGBOOK:
CLOCK: [2024-05-01 Wed 10:00]--[2024-05-01 Wed 11:00] =>  1:00
- logged
:END:

[fn:1] Note.
* TODO [#A] Pod [50%] :tag:
SCHEDULED: <2024-05-01 Wed>
:PROPERTIES:
:COLOR: red
:END:
- item [X]
- term :: text
* DONE Done
* None
"""
OPTIONS = """
todo:nil pri:t tags:nil p:t d:nil d:t d:("NOTE") d:(not_"NOTE") ^:nil ^:{} *:nil e:nil tex:nil f:nil <:nil <:active
<:inactive |:nil ::nil stat:nil prop:t prop:("COLOR") c:t tasks:nil tasks:todo tasks:done tasks:("DONE") arch:nil arch:t
"""

CASES = {
    "outline": OUTLINE.replace(":export:", ":x:"),
    "select tags": OUTLINE,
    "exclude tags": "#+EXCLUDE_TAGS: priv\n#+EXCLUDE_TAGS: k\n" + OUTLINE.replace(":export:", ":x:"),
    "group tags": "#+TAGS: { noexport : k priv }\n" + OUTLINE.replace(":export:", ":x:"),
    "select in excluded": "* A :noexport:\n** B :export:\n* C :export:\n* COMMENT D\n** E :export:\n",
    "selected file": "#+FILETAGS: :export:\nbefore\n* A\na\n",
    "comments": "a\n# comment\nb\n#+begin_comment\ncc\n#+end_comment\n- i\n  # in\n| a |\n# c\n| b |\n",
    "settings": "#+TITLE: T\n#+STARTUP: x\n#+TOC: headlines 2\ntext\n#+FOO: bar\n%%(diary)\n\n#+begin: x\nin\n#+end:\n",
    "timestamps": "#+OPTIONS: <:nil\n* A <2024-05-01 Wed>\n- <2024-05-01 Wed>\n| <2024-05-01 Wed> |\n",
    "macros": "#+MACRO: m *$1*-$2\n#+MACRO: o {{{m($1,n)}}}\n#+TITLE: T\n{{{m(a,b)}}} {{{o(c)}}} ={{{m(x)}}}= {{{title}}}\n* {{{m(h)}}}\n",
    "counters": "{{{n}}} {{{n}}} {{{n(a)}}} {{{n(a,5)}}} {{{n(a)}}} {{{n(a,-)}}} {{{n}}}\n",
    "properties": "* A\n:PROPERTIES:\n:K: v\n:END:\n{{{property(K)}}}.\n** B\n{{{property(K)}}}{{{property(ITEM)}}}.\n",
    "tasks": '#+TODO: TODO WAIT | DONE\n#+OPTIONS: tasks:("WAIT")\n* TODO a\n** b\n* WAIT c\n* DONE d\n* e\n',
    "table marks": "| / | < | > |\n|   | a | b |\n| # | 1 | 2 |\n\n| ! | n |\n| # | 1 |\n| $ | x |\n|   | 7 |\n#+TBLFM: $2=1\n",
    "drawers in lists": "- a\n  :NOTE:\n  b\n  :END:\n  :LOGBOOK:\n  c\n  :END:\n",
    "babel none": "#+begin_src sh :exports none\nx\n#+end_src\n\n#+RESULTS:\n: y\n\nz\n",
    "babel code": "#+begin_src sh :exports code\nx\n#+end_src\n\n#+RESULTS:\n: y\n\nz\n",
    "babel both": "#+begin_src sh :exports both\nx\n#+end_src\n\n#+RESULTS:\n: y\n\nz\n",
    "babel results": "#+begin_src sh :exports results\nx\n#+end_src\n\n#+RESULTS:\n: y\n\nz\n",
    "babel header": "#+HEADER: :exports none\n#+begin_src sh\nx\n#+end_src\n\nz\n",
    "babel property": "#+PROPERTY: header-args :exports none\n#+begin_src sh\nx\n#+end_src\n* A\n:PROPERTIES:\n"
    ":header-args: :exports code\n:header-args:python: :exports none\n:END:\n#+begin_src sh\ny\n#+end_src\n"
    "#+begin_src python\nz\n#+end_src\n** B\n#+begin_src sh\nw\n#+end_src\n",
    "babel inline": "a src_sh[:exports code]{ls} {{{results(=x=)}}} b src_sh{ls} {{{results(=y=)}}} c\n",
    **{f"option {option}": f"#+OPTIONS: {option.replace('_', ' ')}\n{BODY}" for option in OPTIONS.split()},
}


@pytest.fixture(scope="module")
def emacs_lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """All cases in one run: Emacs takes longer to start than to export."""
    if EMACS is None:
        pytest.skip("emacs is not installed")
    cases = tmp_path_factory.mktemp("emacs") / "cases.json"
    cases.write_text(json.dumps(CASES), encoding="utf-8")
    script = Path(__file__).with_name("plain.el")
    command = [EMACS, "-Q", "--batch", "-l", str(script), str(cases)]
    result = subprocess.run(command, capture_output=True, check=True, timeout=120)
    lines: dict[str, list[str]] = json.loads(result.stdout)
    return lines


@pytest.mark.parametrize("name", CASES)
def test_as_in_emacs(name: str, emacs_lines: dict[str, list[str]]) -> None:
    assert lines_of(CASES[name]) == emacs_lines[name]
