"""Notes that try to have something run."""

from __future__ import annotations

from tests.hostile.case import Case

_NOT_RUN = "nothing in notes is run"
TOUCH = "touch OUTSIDE/pwned"

CASES = (
    Case(
        "babel",
        _NOT_RUN,
        f"#+begin_src sh :exports both :eval yes :results output\n{TOUCH}\n#+end_src\n",
        shows=("touch",),
    ),
    Case(
        "babel-python",
        _NOT_RUN,
        "#+begin_src python :exports results :session x\nopen('OUTSIDE/pwned', 'w')\n#+end_src\n",
    ),
    Case(
        "babel-call",
        _NOT_RUN,
        f"#+name: f\n#+begin_src sh\n{TOUCH}\n#+end_src\n#+call: f()\ncall_f() and src_sh[:exports both]{{{TOUCH}}}\n",
    ),
    Case(
        "babel-elisp",
        _NOT_RUN,
        '#+begin_src emacs-lisp :exports results\n(write-region "" nil "OUTSIDE/pwned")\n#+end_src\n',
    ),
    Case(
        "tangle", _NOT_RUN, f"#+begin_src sh :tangle OUTSIDE/pwned :mkdirp yes :shebang #!/bin/sh\n{TOUCH}\n#+end_src\n"
    ),
    Case(
        "header-args",
        _NOT_RUN,
        f'#+PROPERTY: header-args :tangle OUTSIDE/pwned :eval yes\n#+begin_src sh :var x=(shell-command "{TOUCH}")\necho $x\n#+end_src\n',
    ),
    Case("table-formula", _NOT_RUN, f'| 1 | 2 |\n#+TBLFM: $2=\'(shell-command "{TOUCH}")\n'),
    Case(
        "macro-eval",
        _NOT_RUN,
        f'#+MACRO: run (eval (shell-command "{TOUCH}"))\nBefore {{{{{{run}}}}}} after\n',
        shows=("Before", "after"),
    ),
    Case(
        "elisp-link",
        "a link that runs something is text",
        f'[[elisp:(shell-command "{TOUCH}")][press me]] and [[shell:{TOUCH}][or me]]\n',
        shows=("press me",),
    ),
    Case("local-variables", _NOT_RUN, f'text\n# Local Variables:\n# eval: (shell-command "{TOUCH}")\n# End:\n'),
    Case("bind", _NOT_RUN, '#+BIND: org-export-async-init-file "OUTSIDE/secret.txt"\ntext\n'),
    Case("startup-block", _NOT_RUN, f"#+begin: shell :cmd {TOUCH}\n#+end:\n#+begin: clocktable :maxlevel 2\n#+end:\n"),
    Case(
        "jinja",
        "a template language in notes is text",
        "- *template thing* - is {{ 7919*7927 }} {% include 'OUTSIDE/secret.txt' %} {{ ''.__class__ }}\n* {{ 7919*7927 }}\n",
        hides=("62773913",),
    ),
    Case(
        "typst",
        "Typst in notes is text",
        '- *typst thing* - does #read("OUTSIDE/secret.txt") and #include "x"\n\n#import "@preview/x:1.0.0": *\n\n#eval("7919*7927") #{7919*7927}\n\n$ #sys.version $ #panic("pwned")\n',
        hides=("62773913",),
    ),
    Case(
        "typst-export",
        "raw Typst of notes does not reach the PDF's program",
        '#+begin_export typst\n#read("OUTSIDE/secret.txt") #{7919*7927}\n#+end_export\n@@typst:#{7919*7927}@@\n',
        hides=("62773913",),
    ),
    Case(
        "latex",
        "TeX reads and runs nothing",
        "- *latex thing* - is \\input{OUTSIDE/secret.txt} and $\\input{OUTSIDE/secret.txt}$\n\n\\write18{touch OUTSIDE/pwned}\n\n\\[\\href{javascript:pwned()}{x}\\]\n\n\\begin{filecontents}{OUTSIDE/pwned}\nx\n\\end{filecontents}\n",
    ),
    Case(
        "latex-header",
        "TeX reads and runs nothing",
        "#+LATEX_HEADER: \\input{OUTSIDE/secret.txt}\n#+LATEX: \\immediate\\write18{touch OUTSIDE/pwned}\n#+HTML_HEAD: <script>pwned()</script>\n#+HTML: <script>pwned()</script>\ntext\n",
    ),
    Case(
        "latex-macros",
        "TeX that grows without end is given up",
        "$\\def\\a{\\a\\a}\\a$ and $\\newcommand{\\b}{\\b\\b}\\b$\n",
    ),
    Case(
        "mathjax-html",
        "a formula brings no markup into a card",
        "- *mathjax thing* - is $\\href{javascript:pwned()}{x}$ and $\\style{background:url(//localhost:9)}{x}$ and \\(\\class{pwned}{x}\\) and $\\unicode{x}<img src=x onerror=pwned()>$\n",
    ),
    Case(
        "unicode-tags",
        "a language name is a name",
        '#+begin_src "><script>pwned()</script>\nx\n#+end_src\n#+begin_src ../../../etc/passwd\ny\n#+end_src\n#+begin_src sh` onclick=pwned()\nz\n#+end_src\n',
    ),
)
