"""Macros are replaced by their templates; nothing is evaluated and nothing grows without bound."""

import time
from itertools import pairwise

import pytest

from orgkb.org import nodes as n
from orgkb.org.limits import MACRO_CHARS
from orgkb.org.walk import plain_text
from tests.org.plain import codes_of, exported, inline_of, lines_of, nodes_of


@pytest.mark.parametrize(
    ("template", "call", "text"),
    [
        ("Hello $1 and $2", "{{{m(a,b)}}}", "Hello a and b"),
        ("Hello $1 and $2", "{{{m(a)}}}", "Hello a and"),
        ("Hello $1", r"{{{m(a\,b,c)}}}", "Hello a,b"),
        ("[$0] $10 $3x", "{{{m(a,b,c)}}}", "[a] cx"),
        ("fixed", "{{{M}}}", "fixed"),
        ("*$1* and [[https://x.org][$1]]", "{{{m(w)}}}", "B{w} and <https://x.org|w>"),
        ("", "a{{{m}}}b", "ab"),
        ("x", "*in {{{m}}} bold*", "B{in x bold}"),
        ("x", "={{{m}}}= ~{{{m}}}~", "={{{m}}}= ={{{m}}}="),
        ("/usr/$1/", "{{{m(lib)}}} a_b", "/usr/lib/ a_b"),
        ("x_{$1}", "{{{m(i)}}}", "x_{i}"),
    ],
)
def test_a_macro_becomes_its_template(template: str, call: str, text: str) -> None:
    assert inline_of(f"#+MACRO: m {template}\n\n{call}\n") == text


def test_macros_in_titles_cells_and_templates() -> None:
    text = "#+MACRO: in $1!\n#+MACRO: out <{{{in($1)}}}>\n* {{{out(a)}}}\n| {{{in(b)}}} | c |\n"
    assert lines_of(text) == ["* <a!>", "| b! | c |"]


def test_what_a_macro_makes_stands_where_the_macro_stands() -> None:
    text = "#+MACRO: m a *b* c\n\nx {{{m}}} y\n"
    document = exported(text)
    macro = (text.index("{{{"), text.index("}}}") + 3)
    assert [(node.begin, node.end) for node in nodes_of(document, n.Bold)] == [macro]
    assert plain_text(document.section[0].children) == "x a b c y"  # type: ignore[attr-defined] # a paragraph


def test_the_first_definition_of_a_name_holds() -> None:
    assert inline_of("#+MACRO: m one\n#+MACRO: m two\n\n{{{m}}}\n") == "one"


def test_the_macros_that_org_brings() -> None:
    settings = (
        "#+TITLE: Pods\n#+AUTHOR: A. Author\n#+EMAIL: a@b.c\n#+DATE: <2024-05-01 Wed>\n#+KEYWORDS: k1\n#+KEYWORDS: k2\n"
    )
    call = (
        "{{{title}}} | {{{author}}} | {{{email}}} | {{{date(%d.%m.%Y)}}} | {{{keyword(KEYWORDS)}}} | {{{input-file}}}"
    )
    assert inline_of(f"{settings}\n{call}\n") == "Pods | A. Author | a@b.c | 01.05.2024 | k1 k2 | notes.org"


def test_properties() -> None:
    text = "* Pod\n:PROPERTIES:\n:SIZE: *small*\n:END:\n{{{property(SIZE)}}} {{{property(ITEM)}}}.\n** Below\n<{{{property(SIZE)}}}>\n"
    assert lines_of(text) == ["* Pod", "B{small} Pod.", "** Below", "<>"]
    other = (
        "* Pod\n:PROPERTIES:\n:CUSTOM_ID: p\n:SIZE: s\n:END:\n* B\n{{{property(SIZE,*Pod)}}}{{{property(SIZE,#p)}}}\n"
    )
    assert lines_of(other)[-1] == "ss"


def test_a_property_of_a_private_headline_stays_private() -> None:
    text = "* Pod :noexport:\n:PROPERTIES:\n:KEY: hush\n:END:\n* B\n{{{property(KEY,*Pod)}}}\n"
    document = exported(text)
    assert "hush" not in repr(document)
    assert codes_of(document) == ["unknown-macro", "not-exported"]


def test_counters() -> None:
    calls = "{{{n}}} {{{n}}} {{{n(a)}}} {{{n(a)}}} {{{n(a,5)}}} {{{n(a)}}} {{{n(a,-)}}} {{{n(a)}}} {{{n(a,x)}}} {{{n}}}"
    assert inline_of(f"{calls}\n") == "1 2 1 2 5 6 6 7 1 3"


@pytest.mark.parametrize(
    ("settings", "call", "code"),
    [
        ("", "{{{unknown(x)}}}", "unknown-macro"),
        ("#+MACRO: m (eval (shell-command $1))\n\n", "{{{m(ls)}}}", "macro-eval"),
        ("#+MACRO: m a {{{m}}}\n\n", "a {{{m}}}", "macro-loop"),
    ],
)
def test_what_cannot_be_replaced_stays_as_written_and_is_told(settings: str, call: str, code: str) -> None:
    text = f"{settings}{call}\n"
    assert call in inline_of(text)
    assert codes_of(exported(text)) == [code]


def test_a_problem_is_told_once_for_each_macro() -> None:
    assert codes_of(exported("{{{a}}} {{{a}}} {{{b}}} {{{a}}}\n")) == ["unknown-macro", "unknown-macro"]


def test_the_time_is_never_printed() -> None:
    document = exported("now {{{time(%Y)}}}.\n")
    assert inline_of("now {{{time(%Y)}}}.\n") == "now ."
    assert codes_of(document) == ["macro-time"]


def test_macros_that_multiply_are_stopped() -> None:
    names = "abcdefghijkl"
    settings = "".join(f"#+MACRO: {a} {{{{{{{b}}}}}}}" + f"{{{{{{{b}}}}}}}" * 9 + "\n" for a, b in pairwise(names))
    began = time.process_time()
    document = exported(f"{settings}#+MACRO: l boom\n\n{{{{{{a}}}}}}\n")
    assert time.process_time() - began < 5
    assert len(plain_text(document.section[0].children)) < 3 * MACRO_CHARS  # type: ignore[attr-defined] # a paragraph
    assert "macro-limit" in codes_of(document)


def test_a_template_that_repeats_a_long_argument_is_stopped() -> None:
    text = "#+MACRO: m " + "$1" * 5_000 + "\n\n{{{m(" + "x" * 5_000 + ")}}}\n"
    assert codes_of(exported(text)) == ["macro-limit"]


def test_deep_markup_and_deep_macros_together_do_not_overflow() -> None:
    names = [f"m{i}" for i in range(20)]
    markup = "*/_" * 15
    lines = [f"#+MACRO: {a} {markup}{{{{{{{b}}}}}}}{markup[::-1]}" for a, b in pairwise(names)]
    exported("\n".join(lines) + "\n\n{{{m0}}}\n")
