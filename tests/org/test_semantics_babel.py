"""`:exports`: what is shown of code blocks and their results; nothing is ever run."""

import pytest

from tests.org.plain import inline_of, lines_of


def block(arguments: str, code: str = "code") -> str:
    return f"#+begin_src sh {arguments}\n{code}\n#+end_src\n\n#+RESULTS:\n: {code} result\n\n"


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        ("", ["src sh: code", "fixed: code result"]),
        (":exports both", ["src sh: code", "fixed: code result"]),
        (":exports code", ["src sh: code"]),
        (":results output :exports results :eval no", ["fixed: code result"]),
        (":exports none", []),
        (":exports   NONE", []),
        (":exports sometimes", ["src sh: code", "fixed: code result"]),
        (":exports code :exports none", []),
        (':var x=":exports"', ["src sh: code", "fixed: code result"]),
    ],
)
def test_exports(arguments: str, lines: list[str]) -> None:
    assert lines_of(block(arguments)) == lines


def test_header_lines_above_the_block_count() -> None:
    assert lines_of("#+HEADER: :exports none\n" + block("")) == []
    assert lines_of("#+HEADER: :var x=1\n" + block(":exports code")) == ["src sh: code"]


def test_file_wide_arguments_hold_unless_the_block_says_otherwise() -> None:
    text = "#+PROPERTY: header-args :exports none\n" + block("", "a") + block(":exports code", "b")
    assert lines_of(text) == ["src sh: b"]


def test_arguments_of_a_language_overrule_the_general_ones() -> None:
    text = "#+PROPERTY: header-args :exports none\n#+PROPERTY: header-args:sh :exports code\n"
    assert lines_of(text + block("") + "#+begin_src python\npy\n#+end_src\n") == ["src sh: code"]


TREE = """\
#+PROPERTY: header-args :exports none
* A
:PROPERTIES:
:header-args: :exports code
:END:
#+begin_src sh
a
#+end_src
** B
#+begin_src sh
b
#+end_src
** C
:PROPERTIES:
:header-args: :tangle yes
:END:
#+begin_src sh
c
#+end_src
** D
:PROPERTIES:
:header-args+: :tangle yes
:END:
#+begin_src sh
d
#+end_src
* E
#+begin_src sh
e
#+end_src
"""


def test_arguments_of_headlines_are_inherited_and_replaced() -> None:
    assert lines_of(TREE) == ["* A", "src sh: a", "** B", "src sh: b", "** C", "src sh: c", "** D", "src sh: d", "* E"]


def test_results_follow_the_block_they_name() -> None:
    text = (
        "#+NAME: x\n#+begin_src sh :exports code\nx\n#+end_src\n\ntext\n\n#+RESULTS: x\n: far\n\n#+RESULTS: y\n: kept\n"
    )
    assert lines_of(text) == ["src sh: x", "text", "fixed: kept"]


def test_blocks_in_lists_and_quotes_obey_too() -> None:
    assert lines_of("- a\n  #+begin_src sh :exports none\n  x\n  #+end_src\n") == ["- a"]
    assert lines_of("#+begin_quote\n#+begin_src sh :exports none\nx\n#+end_src\n#+end_quote\n") == []


def test_calls_are_not_run_and_show_their_results_only() -> None:
    assert lines_of("#+call: double(n=2)\n\n#+RESULTS:\n: 4\n") == ["fixed: 4"]
    assert lines_of("#+call: double(n=2) :exports none\n\n#+RESULTS:\n: 4\n") == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a src_sh{ls -l} b", "a src_sh{ls -l} b"),
        ("a src_sh{ls} {{{results(=x=)}}} b", "a =x= b"),
        ("a src_sh[:exports code]{ls} {{{results(=x=)}}} b", "a src_sh{ls} b"),
        ("a src_sh[:exports both]{ls} {{{results(=x=)}}} b", "a src_sh{ls} =x= b"),
        ("a src_sh[:exports none]{ls} {{{results(=x=)}}} b", "a b"),
        ("a src_sh[:exports none]{ls} b", "a b"),
        ("use call_user_func(x) b", "use call_user_func(x) b"),
        ("a call_double(2) {{{results(=4=)}}} b", "a =4= b"),
    ],
)
def test_code_inside_text(text: str, line: str) -> None:
    assert inline_of(text) == line
