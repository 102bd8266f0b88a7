"""Text in Markdown reads as it was written: checked with another parser."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orgkb_exporters.markdown.escape import assemble, escape_text
from orgkb_exporters.markdown.pieces import Literal, Place, clean, code_span
from tests.exporters.markdown_oracle import PLAIN, inline, text_of

SPECIAL = list("\\`*_~[]<>&!|$^#+-=.:(){}\"'/@ab1 \n\t")
TRAPS = [
    "\n- ", "1. ", "12) ", "# ", "## ", "> ", "***", "___", "~~~", "```", "---", "===", "|---|", ":--", ":-:|-",
    "&amp;", "&copy", "&#35;", "<b>", "</b>", "<none>", "<!--", "-->", "<?", "<![CDATA[", "<https://x>", "<div>\n",
    "http://a.b/c_d", "www.a.b", "a@b.c", "[^1]", "[^1]:", "[x]", "[ ] ", "[a]: b", "](", "![", "[!NOTE]\n",
    "$x$", "$$", "\\(", "\\\n", "--flag", "x_y_z", "{#id}", "ы", "№", "→", "€", "🎉", "\u00a0", "\u200b", "\u3000",
    "\x0c", "\u2028", "e\u0301", "\x00",
]  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from([*SPECIAL, *TRAPS]), max_size=16).map("".join), st.text(max_size=30))


def bare(text: str) -> str:
    return "".join(char for char in clean(text) if not char.isspace())


@settings(max_examples=100, deadline=None)
@given(TEXTS)
@example("`***\n~~~")
@example("*a**b*")
@example("a\\ \n")
@example("www.a.b*")
def test_a_paragraph_reads_as_its_text(text: str) -> None:
    written = assemble([Literal(text)], Place.BLOCK)

    assert text_of(written) == bare(text)
    assert text_of(written, math=True) == bare(text)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
@example("a ##")
@example("#")
def test_a_heading_reads_as_its_text(text: str) -> None:
    tokens = PLAIN.parse(f"## {escape_text(text)}")

    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert "".join(char for char, _ in inline(tokens[1].children or [])) == bare(text)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
@example("a|b\\|c")
def test_a_table_cell_reads_as_its_text(text: str) -> None:
    cell = escape_text(text, Place.CELL)
    tokens = PLAIN.parse(f"| {cell} | z |\n|---|---|\n| y | {cell} |")
    cells = ["".join(c for c, _ in inline(t.children or [])) for t in tokens if t.type == "inline"]

    assert cells == [bare(text), "z", "y", bare(text)]


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.sampled_from([Place.BLOCK, Place.CELL]))
@example("a\\|b`", Place.CELL)
def test_code_reads_as_its_text(text: str, place: Place) -> None:
    written = assemble([Literal("x"), *code_span(text, place), Literal("y")], place)
    tokens = PLAIN.parse(f"| {written} | z |\n|---|---|" if place is Place.CELL else written)
    found = inline(next(t for t in tokens if t.type == "inline").children or [])

    assert "".join(char for char, _ in found) == f"x{bare(text)}y"
    assert all(marks <= {"code"} for _, marks in found)


@pytest.mark.parametrize(
    "command",
    [
        "docker run -d CONTAINER_ID_REPOSITORY # execute and detach",
        "docker rm $(docker ps -a -q)",
        "docker pull [IMAGE] # from repository",
        "apt-get install -y --no-install-recommends && rm -rf /var/lib/apt/lists/*",
        'ENTRYPOINT ["/entrypoint.sh", "--"]',
        "cp ~/.docker/config.json /tmp",
        "a > b && c < d",
        "x = y*2",
        "-p ip:[hostPort:]containerPort | [hostPort:]containerPort",
    ],
)
def test_commands_need_no_backslash_where_they_cannot_be_misread(command: str) -> None:
    assert escape_text(command, Place.BLOCK) == command


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("docker build <none>", "docker build \\<none>"),
        ("a <*b@c.d> and 1 <2", "a \\<*b@c.d> and 1 <2"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("# not a heading", "\\# not a heading"),
        ("*not bold*", "\\*not bold\\*"),
        ("$A and $B", "\\$A and \\$B"),
        ("&amp; and &", "\\&amp; and &"),
        ("f[0](x)", "f[0\\](x)"),
        ("\\\\srv-file\\Share", "\\\\\\srv-file\\Share"),
        ("a\n---", "a\n\\---"),
        ("[!NOTE]", "\\[!NOTE]"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, written: str) -> None:
    assert escape_text(text, Place.BLOCK) == written


@pytest.mark.parametrize(
    "unit", ["*a ", "_", "~~a ", "[", "](", "`", "\\", "<a ", "&a", "$x ", "www.a*", "- ", " \n", " ", "a|"]
)
def test_long_texts_take_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        assemble([Literal(text)], Place.BLOCK)
        return time.process_time() - start

    seconds(10_000)
    base = min(seconds(30_000) for _ in range(3))

    # Four times the text: four times as long, sixteen times where it is quadratic.
    assert min(seconds(120_000) for _ in range(3)) < max(9 * base, 0.1)
