"""Reading any bytes and any text into a document."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgkb.diagnostics import Severity
from orgkb.errors import InputError
from orgkb.org import nodes as n
from orgkb.org.reader import decode, parse, read
from orgkb.org.records import records_json
from orgkb.org.walk import find, find_elements, find_in, plain_text, walk, walk_document

ORG_PIECES = st.sampled_from(
    [
        *"*/_+=~^[]<>{}()$\\@#:|-. \n\t,;\"'",
        *("* ", "** TODO ", "- ", "  - ", "1. ", ":: ", "#+begin_src sh\n", "#+end_src\n", "#+begin_quote\n"),
        *("#+end_quote\n", ":PROPERTIES:\n", ":END:\n", ":ID: x\n", "[[", "]]", "][", "[fn:1]", "[fn::", "<<", ">>"),
        *(
            "{{{m(",
            ")}}}",
            "$$",
            "\\(",
            "\\)",
            "\\begin{a}\n",
            "\\end{a}\n",
            "https://a.b/c",
            "<2024-01-01",
            "[cite:@a",
        ),
        *(
            "src_sh{",
            "call_f(",
            "@@html:",
            "под",
            "слово",
            "\u200b",
            "\u00a0",
            "e\u0301",
            "\x0c",
            "\x85",
            "\u2028",
            "\x00",
        ),
        *("#+name: x\n", "| a ", "+---+\n", "-----\n", ": ", "# ", "%%(", "CLOCK: ", "SCHEDULED: ", "\n\n\n"),
    ]
)
ORG_TEXT = st.one_of(st.text(), st.lists(ORG_PIECES, max_size=60).map("".join))


def test_byte_order_mark_and_line_ends_are_normalised() -> None:
    assert decode("\ufeff* a\r\nb\rc\n".encode()) == ("* a\nb\nc\n", True)


def test_a_bad_byte_costs_one_character_and_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "a.org"
    file.write_bytes(b"* \xd0\x9f\xd0\xbe\xd0\xb4\n\nko\xffka\n")

    document = read(file)

    assert plain_text(document.headlines[0].title) == "Под"
    assert "ko\ufffdka" in document.text
    assert [(d.code, d.severity, str(d.location)) for d in document.diagnostics] == [
        ("not-utf-8", Severity.WARNING, "a.org:3:3")
    ]


@pytest.mark.parametrize("char", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_only_newlines_end_lines(char: str) -> None:
    document = parse(f"* a{char}* b\n")

    assert [h.raw_title for h in document.headlines] == [f"a{char}* b"]


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.org: cannot be read"):
        read(tmp_path / "none.org")


def test_orgparse_never_sees_what_would_break_it() -> None:
    org = (
        "* a\n<2020-13-45 Xyz 25:00>\n:PROPERTIES:\n:Effort: soon\n:END:\n"
        '* b\n:PROPERTIES:\n:Effort: 1:xx\n:ID: one\n:END:\nx :PROPERTIES: inline\n- State "A" from "B" [2020-99-99]\n'
        "#+begin_src org\n:PROPERTIES:\n:ID: two\n:END:\n#+TODO: X | Y\n#+end_src\n* DONE c\n"
    )
    document = parse(org)

    assert [h.raw_title for h in document.headlines] == ["a", "b", "c"]
    assert document.headlines[1].properties == (("EFFORT", "1:xx"), ("ID", "one"))
    assert document.headlines[2].todo_done
    assert "x :PROPERTIES: inline" in "".join(t.value for t in find_in(document, n.Text))


def test_places_are_lines_and_columns_of_the_file() -> None:
    document = parse("* a\n\n  текст *жирный*\n", "notes/a.org")
    bold = next(find_in(document, n.Bold))

    assert str(document.location(bold.begin)) == "notes/a.org:3:9"
    assert document.text[bold.begin : bold.end] == "*жирный*"


def test_outline_and_inheritance() -> None:
    document = parse("#+FILETAGS: :f:\n#+PROPERTY: DECK top\n* a :x:\n:PROPERTIES:\n:DECK: one\n:END:\n** b :y:\n* c\n")
    a, b, c = document.headlines

    assert document.outline_path(b) == ("a", "b")
    assert list(document.children(a)) == [b]
    assert list(document.children(None)) == [a, c]
    assert document.all_tags(b) == ("f", "x", "y")
    assert document.inherited_property(b, "deck") == "one"
    assert document.inherited_property(c, "DECK") == "top"


def test_ten_thousand_levels_of_headlines() -> None:
    document = parse("".join(f"{'*' * (i + 1)} h{i}\n" for i in range(10_000)))

    assert document.headlines[-1].level == 10_000
    assert document.headlines[-1].parent == 9_998
    assert pickle.loads(pickle.dumps(document)) == document


@pytest.mark.parametrize(
    "org",
    [
        "".join(" " * i + f"- x{i}\n" for i in range(1_000)),
        "".join(f"#+begin_b{i}\n" for i in range(10_000))
        + "x\n"
        + "".join(f"#+end_b{i}\n" for i in range(9_999, -1, -1)),
        "*/_+" * 10_000 + "x" + "+_/*" * 10_000,
        "[fn::" * 10_000 + "x" + "]" * 10_000,
        "a_{" * 10_000 + "x" + "}" * 10_000,
    ],
    ids=["lists", "blocks", "emphasis", "footnotes", "scripts"],
)
def test_nesting_without_end_keeps_its_text(org: str) -> None:
    document = parse(org)

    assert "x" in "".join(t.value for t in find_in(document, n.Text))
    assert records_json(document)["records"]


@given(ORG_TEXT)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_none_of_it_lost(org: str) -> None:
    document = parse(org)

    for node in walk_document(document):
        assert 0 <= node.begin <= node.end <= len(org)
        if isinstance(node, n.Text):
            assert node.value in {org[node.begin : node.end], " "}
    covered = bytearray(len(org))
    for top in (*document.section, *document.headlines):
        covered[top.begin : top.end] = b"\x01" * (top.end - top.begin)
    assert not "".join(c for c, seen in zip(org, covered, strict=True) if not seen).strip(" \t\n")


@given(ORG_TEXT)
@settings(max_examples=200, deadline=None)
def test_children_lie_in_their_parents_in_order(org: str) -> None:
    for node in walk(parse(org).section):
        end = node.begin
        for child in getattr(node, "children", None) or ():
            assert node.begin <= child.begin
            assert end <= child.begin
            assert child.end <= node.end
            end = child.end


@given(st.binary())
def test_any_bytes_decode(data: bytes) -> None:
    text, _ = decode(data)

    assert "\r" not in text
    parse(text)


def test_inline_tasks_are_read_where_one_asks_for_them() -> None:
    org = (
        "#+TODO: WAIT | DONE\n* a\n- item\n*************** WAIT [#A] Ask *them* :me:\n  DEADLINE: <2024-05-01 Wed>\n"
        "  text\n*************** END\n- next\n*************** TODO no end\nafter\n"
    )
    with_tasks = parse(org, inlinetasks=True)
    tasks = list(find_in(with_tasks, n.Inlinetask))

    assert [h.level for h in parse(org).headlines] == [1, 15, 15, 15]
    assert [h.level for h in with_tasks.headlines] == [1]
    assert [(t.todo, t.priority, plain_text(t.title), t.tags, len(t.children)) for t in tasks] == [
        ("WAIT", "A", "Ask them", ("me",), 2),
        (None, None, "TODO no end", (), 0),
    ]
    assert len(next(find(with_tasks.headlines, n.PlainList)).children) == 2


def test_elements_are_found_without_a_look_at_the_objects() -> None:
    text = "#+CAPTION: one\n#+begin_src sh\nls\n#+end_src\n* a\n- b :: c\n  - d\n    : e\n| f |\n** g\n#+begin_quote\n: h\n#+end_quote\n"
    document = parse(text)
    for kind in (n.SrcBlock, n.FixedWidth, n.Item, n.Table, n.Paragraph, n.Element):
        assert list(find_elements((*document.section, *document.headlines), kind)) == list(find_in(document, kind))
