"""TeX as people wrote it for decades, and as their own preambles let them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb_exporters.tex_forms import commands, for_mathjax, modern, spelt_out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"{\cal L}(x)", r"{\mathcal{L}}(x)"),
        (r"x^{\rm T} + {\bf a b}", r"x^{\mathrm{T}} + {\mathbf{a b}}"),
        (r"\rm d x", r"\mathrm{d x}"),
        (r"{a \over b} + 1", r"{\frac{a}{b}} + 1"),
        (r"a \over b", r"\frac{a}{b}"),
        (r"{n \choose {k \over 2}}", r"{\binom{n}{{\frac{k}{2}}}}"),
        (r"\argmax_x f", r"\operatorname*{argmax}_x f"),
        (r"\R^n", r"\mathbb{R}^n"),
        (r"\Re z \Rightarrow \N", r"\Re z \Rightarrow \mathbb{N}"),
        (r"90\degree", r"90{}^\circ"),
        (r"a = b \label{eq:1} \nonumber", "a = b  "),
        (r"\mathbf{x} \overline{y}", r"\mathbf{x} \overline{y}"),
        (r"\{ a \over b \}", r"\frac{\{ a}{b \}}"),
        ("x % half\n+ 50\\%", "x\n+ 50\\%"),
        ("x^2", "x^2"),
    ],
)
def test_old_forms_are_written_the_new_way_and_the_rest_stays(old: str, new: str) -> None:
    assert modern(old) == new


@given(st.text(alphabet="\\{}abx \\rmbfover", max_size=60).map(lambda text: text.replace("over", r"\over ")))
def test_whatever_is_written_ends_and_is_modern_then(tex: str) -> None:
    assert modern(modern(tex)) == modern(tex)


def test_unknown_commands_become_names_of_functions() -> None:
    assert commands(r"\tw(G) \le \tw(H) \begin{matrix} x \end{matrix}") == ["tw", "le"]
    assert spelt_out(r"\tw(G) \le \two", frozenset({"tw"})) == r"\operatorname{tw}(G) \le \two"


def test_cards_show_what_preambles_define() -> None:
    assert for_mathjax(r"f: \R^n \to \vv{x}, \norm{x}, \Tr A") == (
        r"f: \mathbb{R}^n \to \vec{x}, \left\lVert x\right\rVert, \operatorname{Tr} A"
    )
    known = r"\dbinom{n}{k} \ket{x} \ce{H2O} \phantom{x} {\bf x} \S \P % x"
    assert for_mathjax(known) == known
