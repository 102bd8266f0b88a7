"""Objects inside text: each looks in Markdown as in Org, and random mixtures of them survive."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from orgkb.org import nodes as n
from orgkb_exporters.markdown.escape import assemble
from orgkb_exporters.markdown.flavours import GFM, Flavour
from orgkb_exporters.markdown.inlines import InlineWriter
from orgkb_exporters.markdown.pieces import Literal, Piece, Place, clean, is_blank
from tests.exporters.markdown_notes import markdown
from tests.exporters.markdown_oracle import PLAIN, Char, chars, inline
from tests.exporters.test_markdown_escape import TEXTS


@pytest.mark.parametrize(
    ("org", "expected"),
    [
        ("*bold* /italic/ _under_ +gone+", "**bold** _italic_ <u>under</u> ~~gone~~"),
        ("*bold /both/*", "**bold _both_**"),
        ("~a`b~ and =x=", "``a`b`` and `x`"),
        ("A_{1} and x^{2}", "A<sub>1</sub> and x<sup>2</sup>"),
        ("CONTAINER_ID --flag /var/lib/docker/", "CONTAINER_ID --flag /var/lib/docker/"),
        (r"\alpha \to x, caf\eacute{}", "α → x, café"),
        (r"\(E=mc^2\) and $x_1$", "$E=mc^2$ and $x_1$"),
        (r"\(\{a\} * \{b\}\)", r"$`\{a\} * \{b\}`$"),
        (r"costs $5 and \(x\)", "costs <span>$</span>5 and $x$"),
        ("[[https://a.example/b][the *text*]]", "[the **text**](https://a.example/b)"),
        ("我种下一颗种子\n终于长出了果实", "我种下一颗种子\n终于长出了果实"),  # lines of a song stay lines
        ("see https://a.example/b_c.", "see <https://a.example/b_c>."),
        ("[[https://a.example/%D0%BF]]", "[https://a.example/%D0%BF](https://a.example/%D0%BF)"),
        ("[[https://a.example/x_(y)][z]]", "[z](https://a.example/x_(y))"),
        ("[[javascript:alert(1)][run]]", "run"),
        ("[[https://a.example][^a]]", "[\\^a](https://a.example)"),  # no note
        ("[[https://a.example][~a]: b~]]", "<span></span>[`a]: b`](https://a.example)"),  # no definition
        ("* & #\u00a0", "# & \\#"),
        ("[[nowhere][this place]]", "this place"),
        ('df[["a", "b"]]', 'df[["a", "b"]]'),
        ("[[file:paper.pdf][the paper]]", "the paper (`paper.pdf`)"),
        ("<2026-10-12 Mon 10:00 +1w> [2026-10-12 Mon]", "<2026-10-12 Mon 10:00 +1w> [2026-10-12 Mon]"),
        ("one\\\\\ntwo", "one\\\ntwo"),
        ("a@@html:<kbd>@@Q@@html:</kbd>@@b", "a<kbd>Q</kbd>b"),
        ("a@@html:<script>alert(1)</script>@@b", "a\\<script>alert(1)\\</script>b"),
        ("a@@latex:\\newpage@@b", "ab"),
        ("src_sh[:results output]{ls | wc}", "`ls | wc`"),
        ("[cite:see @key p. 3; @other]", "[see @key p. 3; @other]"),
        ("[2/3] and [66%]", "[2/3] and [66%]"),
        ("kill -9 <pid>", "kill -9 \\<pid>"),
    ],
)
def test_objects(org: str, expected: str) -> None:
    assert markdown(f"{org}\n") == f"{expected}\n"


def test_notes_are_written_once_at_the_end_in_the_order_of_their_references() -> None:
    org = "a[fn:x] b[fn::inline *note*] c[fn:x] d[fn:1]\n\n[fn:1] One.\n\n[fn:x] Ex:\n- item\n"

    assert markdown(org) == (
        "a[^x] b[^2] c[^x] d[^1]\n\n[^x]: Ex:\n\n    - item\n\n[^2]: inline **note**\n\n[^1]: One.\n"
    )


def test_a_note_that_nothing_refers_to_is_kept_as_text() -> None:
    assert "[fn:9] Alone." in markdown("Text.\n\n[fn:9] Alone.\n")


def test_a_reference_without_note_is_kept_as_text() -> None:
    assert markdown("Text[fn:9].\n") == "Text[fn:9].\n"


def test_a_note_in_its_own_definition_does_not_loop() -> None:
    assert markdown("a[fn:1]\n\n[fn:1] See[fn:1].\n") == "a[^1]\n\n[^1]: See[^1].\n"


class _Page:
    """A page on which every link leads somewhere."""

    flavour: Flavour = GFM
    raw: bool = False

    def address(self, link: n.Link) -> str | None:
        return link.path

    def label(self, link: n.Link) -> str:
        return link.raw

    def image(self, _link: n.Link) -> str | None:
        return None

    def footnote(self, reference: n.FootnoteReference) -> str | None:
        return reference.label

    def anchor(self, _node: n.Node) -> str | None:
        return None

    def reference(self, _link: n.Link, _label: str) -> str | None:
        return None

    def mentions(self, _text: n.Text, _place: Place) -> tuple[tuple[int, int, tuple[Piece, ...]], ...]:
        return ()


URLS = ["https://a.b/c", "https://a.b/x*y", "http://x.y/?a=1&copy=2", "#anchor", "f%20x.md#a", "https://x/$H/$b"]
_KINDS: dict[type[n.Object], str] = {
    n.Bold: "strong",
    n.Italic: "emphasis",
    n.StrikeThrough: "strike",
    n.Underline: "u",
    n.Subscript: "sub",
    n.Superscript: "sup",
}


def _leaves(*, notes: bool) -> st.SearchStrategy[n.Object]:
    leaves: list[st.SearchStrategy[n.Object]] = [
        TEXTS.map(lambda t: n.Text(0, 0, t)),
        TEXTS.map(lambda t: n.Code(0, 0, t)),
        st.just(n.LineBreak(0, 0)),
        st.sampled_from("α*_<").map(lambda c: n.Entity(0, 0, "x", c, braces=False)),
    ]
    if notes:
        leaves.append(st.sampled_from("1a").map(lambda label: n.FootnoteReference(0, 0, label, None)))
        leaves.append(
            st.sampled_from(URLS[:4]).map(lambda u: n.Link(0, 0, "plain", "https", u, None, u, ())),
        )
    return st.one_of(leaves)


def _wrapped(children: st.SearchStrategy[n.Object]) -> st.SearchStrategy[n.Object]:
    inner = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        inner.map(lambda c: n.Bold(0, 0, c)),
        inner.map(lambda c: n.Italic(0, 0, c)),
        inner.map(lambda c: n.StrikeThrough(0, 0, c)),
        inner.map(lambda c: n.Underline(0, 0, c)),
        inner.map(lambda c: n.Subscript(0, 0, braces=True, children=c)),
    )


def _link(children: st.SearchStrategy[n.Object]) -> st.SearchStrategy[n.Object]:
    inner = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.builds(
        lambda c, u: n.Link(0, 0, "regular", "https", u, None, "raw*text*", c), inner, st.sampled_from(URLS)
    )


LABELS = st.recursive(_leaves(notes=False), _wrapped, max_leaves=4)
OBJECTS = st.recursive(st.one_of(_leaves(notes=True), _link(LABELS)), _wrapped, max_leaves=8)


def meant(objects: tuple[n.Object, ...], marks: tuple[str, ...] = ()) -> list[Char]:
    """What a reader should find in OBJECTS: characters with their marks."""
    found: list[Char] = []
    for obj in objects:
        match obj:
            case n.Text(value=text) | n.Entity(text=text):
                found += chars(clean(text), marks)
            case n.Code(value=text):
                found += chars(clean(text), [*marks, "code"])
            case n.Link():
                inside = (*marks, f"link:{normalizeLink(obj.path)}")
                found += meant(obj.children, inside) if obj.children else chars(obj.raw, inside)
            case n.FootnoteReference():
                found.append(("", frozenset({f"note:{obj.label}"})))
            case n.LineBreak():
                pass
            case n.Markup() | n.Script():
                found += meant(obj.children, (*marks, _KINDS[type(obj)]))
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(OBJECTS, min_size=1, max_size=4).map(tuple))
def test_random_objects_read_as_they_were_meant(objects: tuple[n.Object, ...]) -> None:
    pieces: list[Piece] = InlineWriter(_Page()).pieces(objects, Place.BLOCK)
    while pieces and is_blank(pieces[-1]):
        pieces.pop()
    written = assemble(pieces, Place.BLOCK)
    tokens = PLAIN.parse(f"{written}\n\n[^1]: one\n\n[^a]: two\n")
    types = [token.type for token in tokens]
    types = types[: types.index("footnote_block_open")] if "footnote_block_open" in types else types
    found = inline(tokens[1].children or []) if types else []

    assert types in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert found == [entry for entry in meant(objects) if entry[0] or "note" in str(entry[1])]


def test_emphasis_that_delimiters_cannot_show_is_html() -> None:
    pieces = InlineWriter(_Page()).pieces(
        (n.Text(0, 0, "a"), n.Bold(0, 0, (n.Text(0, 0, "(b)"),)), n.Text(0, 0, "c")), Place.BLOCK
    )

    assert assemble(pieces, Place.BLOCK) == "a<strong>(b)</strong>c"


def test_white_space_at_the_ends_of_emphasis_moves_out() -> None:
    pieces = InlineWriter(_Page()).emphasised("strong", [Literal(" a ")])

    assert assemble([Literal("x"), *pieces, Literal("y")], Place.BLOCK) == "x **a** y"
