"""Any text comes out of Typst as it went in."""

from __future__ import annotations

import msgspec
import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orgkb_exporters.pdf import escape

# Collects the text of content; anything that is not text shows as `<name>`.
COLLECT = """
#let z = box()
#let plain(it) = {
  if type(it) == str { it }
  else if repr(it.func()) == "symbol" { it.text }
  else if it.func() == text { it.text }
  else if it.func() == raw { it.text }
  else if it == [ ] { " " }
  else if it.func() == box and not it.has("body") { "" }
  else if it.has("children") { it.children.map(plain).join("") }
  else { "<" + repr(it.func()) + ">" }
}
"""

PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), max_size=60)
NASTY = st.text(st.sampled_from("#$*_`<>@=-+/\\~'\"[](){}:;.,%&^|!?10aЖ中"), max_size=60)


def printed(markup: str) -> str:
    """The text that Typst makes of MARKUP, by its own parser."""
    source = f"{COLLECT}#metadata(plain[x{markup}y])<found>\n"
    (text,) = msgspec.json.decode(typst.query(source.encode(), "<found>", field="value", ignore_system_fonts=True))
    assert isinstance(text, str)
    assert text[0] == "x"
    assert text[-1] == "y"
    return text[1:-1]


@settings(deadline=None, max_examples=60)
@given(NASTY | PRINTABLE)
@example("#sub[latest].tar.gz")
@example("--flag -1 -? ... a--b")
@example("https://example.com/a_b*c*d")
@example("\\u{1F600} \\ // /* comment */".replace(" ", ""))
@example("<label>@ref=1.")
def test_markup_prints_the_text_and_nothing_else(text: str) -> None:
    assert printed(escape.markup(text)) == text


@settings(deadline=None, max_examples=40)
@given(NASTY | PRINTABLE, st.integers(4, 30))
def test_a_breakable_word_reads_the_same(text: str, limit: int) -> None:
    assert printed(escape.breakable(text, limit)) == text


@settings(deadline=None, max_examples=40)
@given(NASTY | PRINTABLE)
@example("a  b")
@example(' `x` "y" ')
def test_inline_code_prints_the_text_and_nothing_else(text: str) -> None:
    assert printed(escape.raw(text, 12)) == text


@settings(deadline=None, max_examples=40)
@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t", exclude_characters="\ufffe\uffff"),
        max_size=60,
    )
)
def test_a_quoted_string_is_one_line_and_holds_the_text(text: str) -> None:
    literal = escape.quoted(text)
    assert "\n" not in literal
    (value,) = msgspec.json.decode(
        typst.query(f"#metadata({literal})<found>".encode(), "<found>", field="value", ignore_system_fonts=True)
    )
    for line_end in "\u2028\u2029":
        text = text.replace(line_end, "\n")
    assert value == text


def test_control_characters_and_lone_surrogates_are_dropped_or_replaced() -> None:
    assert escape.clean("a\x00\x07b\x0cc\ud800") == "ab c\ufffd"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("short", ["short"]),
        ("registry.example.com/team/image:latest", ["registry.", "example.", "com/", "team/", "image:", "latest"]),
        ("a" * 50, ["a" * 20, "a" * 20, "a" * 10]),
        ("漢" * 40, ["漢" * 40]),
    ],
)
def test_long_words_break_after_punctuation_else_after_a_line(word: str, expected: list[str]) -> None:
    assert escape.pieces(word, 20) == expected


def test_a_word_never_breaks_before_a_combining_mark() -> None:
    word = "й" * 25  # each letter with a combining breve
    decomposed = word.replace("й", "и\u0306")
    assert not any(piece.startswith("\u0306") for piece in escape.pieces(decomposed, 7))
