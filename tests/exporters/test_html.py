"""Org objects and elements as safe HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from orgkb.org import nodes as n
from orgkb_exporters import highlight, html
from orgkb_exporters.html import HtmlRenderer
from tests.exporters.anki_notes import bullets, document, item, link, paragraph, text

RENDERER = HtmlRenderer()
VOID = {"br", "hr", "img"}


class Reading(HTMLParser):
    """What a browser makes of HTML: its text, tags and attributes; open tags that are never closed."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def inline(*objects: n.Object) -> str:
    return RENDERER.objects(objects)


def block(*elements: n.Element) -> str:
    return RENDERER.elements(elements)


def src(language: str, value: str) -> n.SrcBlock:
    return n.SrcBlock(0, 0, None, language, "", "", value)


def table(*rows: tuple[str, ...] | None) -> n.Table:
    """An Org table; None is a rule."""

    def row(cells: tuple[str, ...] | None) -> n.TableRow:
        kind = "rule" if cells is None else "standard"
        return n.TableRow(0, 0, None, kind, tuple(n.TableCell(0, 0, (text(c),)) for c in cells or ()))

    return n.Table(0, 0, None, "org", tuple(map(row, rows)), (), "")


# --- escaping ---

# All that HTML can carry: no control characters, no lone surrogates, white space single.
WRITABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co"]))
NOISY = st.lists(st.sampled_from(["<", ">", "&", "&lt;", "<script>", '"', "'", "\\(", "\\[", "]]>", "<!--", "a", "ж"]))


@given(st.one_of(WRITABLE, NOISY.map("".join)))
def test_text_reads_back_as_it_was_written(value: str) -> None:
    read = Reading(html.text(value))
    assert read.text == value
    assert not read.open
    assert set(read.tags) <= {"span"}


@given(st.one_of(WRITABLE, NOISY.map("".join)), st.sampled_from(["", "python", "bash", "yaml", "html", "c", "no-such"]))
def test_code_reads_back_as_it_was_written(value: str, language: str) -> None:
    read = Reading(block(src(language, value)))
    assert read.text == value
    assert not read.open


@given(NOISY.map("".join), NOISY.map("".join))
def test_no_link_or_picture_brings_other_tags_or_attributes(path: str, description: str) -> None:
    picture = link("file", path + ".png")
    shown = HtmlRenderer(image=lambda found: found.path).objects(
        (link("https", path, text(description)), picture, link("javascript", path, text(description)))
    )
    read = Reading(shown)
    assert not read.open
    assert set(read.tags) <= {"a", "img", "span"}
    assert {name for name, _ in read.attributes} <= {"href", "src", "alt"}
    assert all(not (value or "").lower().startswith("javascript:") for name, value in read.attributes if name == "href")


def test_placeholders_survive() -> None:
    assert inline(text("docker rmi <none> && echo")) == "docker rmi &lt;none&gt; &amp;&amp; echo"


def test_shell_parentheses_are_no_formula() -> None:
    assert inline(text(r"find . \( -name x \)")) == r"find . \<span>(</span> -name x \)"


def test_line_ends_are_spaces_but_not_between_chinese_characters() -> None:
    assert inline(text("one\n  two")) == "one two"
    assert inline(text("容器\n  运行")) == "容器运行"


def test_control_characters_are_left_out() -> None:
    assert inline(text("a\x1fb\x00c"), n.Code(0, 0, "x\x1fy")) == "abc<code>xy</code>"


def test_raw_html_of_the_notes_is_shown_as_text() -> None:
    assert inline(n.ExportSnippet(0, 0, "html", "<script>x</script>")) == "&lt;script&gt;x&lt;/script&gt;"
    assert inline(n.ExportSnippet(0, 0, "latex", "\\newpage")) == ""
    shown = '<pre class="example">&lt;script&gt;x&lt;/script&gt;</pre>'
    assert block(n.ExportBlock(0, 0, None, "html", "<script>x</script>")) == shown
    assert block(n.ExportBlock(0, 0, None, "latex", "x")) == ""


@pytest.mark.parametrize("path", ["alert(1)", '//x" onclick="y'])
def test_scripts_are_no_addresses(path: str) -> None:
    assert "href" not in inline(link("javascript", path, text("click")))


# --- objects ---


def test_markup_nests() -> None:
    bold = n.Bold(0, 0, (text("b "), n.Italic(0, 0, (text("i"),))))
    assert inline(bold, n.StrikeThrough(0, 0, (text("s"),)), n.Subscript(0, 0, True, (text("2"),))) == (
        "<b>b <i>i</i></b><s>s</s><sub>2</sub>"
    )


def test_web_links_keep_their_description() -> None:
    assert inline(link("https", "//k8s.io/?a=1&b=2", text("K8s"))) == '<a href="https://k8s.io/?a=1&amp;b=2">K8s</a>'


def test_a_link_inside_a_link_is_text() -> None:
    inner = link("https", "//b.io", text("inner"))
    assert inline(link("https", "//a.io", text("outer "), inner)) == '<a href="https://a.io">outer inner</a>'


def test_links_within_the_notes_are_text_unless_the_caller_knows_their_place() -> None:
    heading = link("fuzzy", "*Pods", raw="*Pods")
    assert inline(heading) == "Pods"
    assert HtmlRenderer(internal=lambda _: "#pods").objects((heading,)) == '<a href="#pods">Pods</a>'


def test_pictures_come_from_the_caller_and_else_show_their_name() -> None:
    picture = link("file", "img/map.png")
    assert HtmlRenderer(image=lambda _: "x.png").objects((picture,)) == '<img src="x.png" alt="map.png">'
    assert "img/map.png" in inline(picture)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("$a<b$", r"\(a&lt;b\)"),
        ("$$x$$", r"\[x\]"),
        (r"\(x\)", r"\(x\)"),
        (r"\[x\\[2pt]y\]", r"\[x\\[2pt]y\]"),
        (r"\frac{1}{2}", r"\(\frac{1}{2}\)"),
    ],
)
def test_formulas_are_mathjax_text(written: str, shown: str) -> None:
    assert inline(n.LatexFragment(0, 0, written)) == shown


@pytest.mark.parametrize("written", [r"$\href{javascript:alert(1)}{x}$", r"$x\)<b>y$", r"$\require{html}x$"])
def test_formulas_that_reach_out_of_themselves_are_shown_as_source(written: str) -> None:
    assert inline(n.LatexFragment(0, 0, written)).startswith("<code>")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\\begin{align}\na&=b\n\\end{align}", "\\[\\begin{aligned}a&amp;=b\\end{aligned}\\]"),
        ("\\begin{equation*}x\\end{equation*}", "\\[x\\]"),
        ("\\begin{pmatrix}1&2\\end{pmatrix}", "\\[\\begin{pmatrix}1&amp;2\\end{pmatrix}\\]"),
    ],
)
def test_environments_stand_in_display_delimiters(written: str, shown: str) -> None:
    assert shown in block(n.LatexEnvironment(0, 0, None, written))


def test_environments_that_mathjax_does_not_know_are_shown_as_source() -> None:
    assert block(n.LatexEnvironment(0, 0, None, "\\begin{tikzpicture}x\\end{tikzpicture}")).startswith("<pre")


def test_footnotes_stand_at_their_reference() -> None:
    definition = n.FootnoteDefinition(0, 0, None, (paragraph("the note"),), "1")
    renderer = HtmlRenderer(footnotes={"1": definition})
    reference = n.FootnoteReference(0, 0, "1", None)
    assert renderer.objects((text("word"), reference)) == 'word <span class="note">(the note)</span>'
    anonymous = n.FootnoteReference(0, 0, None, (text("aside"),))
    assert renderer.objects((text("word"), anonymous)) == 'word <span class="note">(aside)</span>'


def test_a_footnote_that_refers_to_itself_ends() -> None:
    reference = n.FootnoteReference(0, 0, "1", None)
    definition = n.FootnoteDefinition(0, 0, None, (paragraph("see ", reference),), "1")
    assert HtmlRenderer(footnotes={"1": definition}).objects((reference,)) == '<span class="note">(see)</span>'


def test_footnotes_of_a_document_are_found_by_label() -> None:
    definition = n.FootnoteDefinition(0, 0, None, (paragraph("told below"),), "1")
    inline = n.FootnoteReference(0, 0, "2", (text("told here"),))
    notes = replace(document("a.org", {}, {}), section=(paragraph("said", inline), definition))
    found = html.Footnotes(notes)
    assert list(found) == ["2", "1"]
    assert found["1"] is definition
    assert html.elements_text(found["2"].children) == "told here"
    assert "3" not in found
    assert html.Footnotes(document("a.org", {}, {})) == {}


# --- elements ---


def test_lists_are_tight_and_keep_checkboxes_and_counters() -> None:
    checked = item("done", checkbox="[X]")
    assert block(bullets(checked, item("open", bullets("inner")))) == (
        '<ul><li dir="auto"><span class="checkbox">☑</span> done</li>'
        '<li dir="auto">open<ul><li dir="auto">inner</li></ul></li></ul>'
    )
    ordered = n.PlainList(0, 0, None, "ordered", (n.Item(0, 0, None, "3.", 3, "", None, (paragraph("x"),)),))
    assert block(ordered) == '<ol><li dir="auto" value="3">x</li></ol>'


def test_description_lists_have_terms() -> None:
    assert block(bullets(item("group of containers", tag="pod"), kind="descriptive")) == (
        '<dl><dt dir="auto">pod</dt><dd dir="auto">group of containers</dd></dl>'
    )


def test_tables_have_heads_and_numbers_stand_to_the_right() -> None:
    shown = block(table(("kind", "pods"), None, ("a", "3"), ("b", "12")))
    assert '<thead><tr><th dir="auto">kind</th><th class="right" dir="auto">pods</th></tr></thead>' in shown
    assert '<td class="right" dir="auto">12</td>' in shown


def test_rows_of_column_cookies_are_no_content() -> None:
    shown = block(table(("<c>", "<r10>"), ("a", "b")))
    assert (
        shown
        == '<table><tbody><tr><td class="center" dir="auto">a</td><td class="right" dir="auto">b</td></tr></tbody></table>'
    )


def test_code_has_classes_and_no_colours() -> None:
    shown = block(src("python", "def f():\n    return 1"))
    assert '<span class="k">def</span>' in shown
    assert "style=" not in shown


def test_long_code_is_not_coloured_but_whole() -> None:
    value = "x = 1\n" * 10_000
    assert highlight.code(value, "python") == value


def test_verses_keep_their_lines() -> None:
    verse = n.VerseBlock(0, 0, None, (text("one\n  two\n"),))
    assert block(verse) == '<p class="verse" dir="auto">one<br>\u00a0\u00a0two</p>'


def test_captions_stand_with_what_they_name() -> None:
    named = n.Affiliated(0, (), (text("Figure"),))
    assert (
        block(n.Paragraph(0, 0, named, (text("x"),)))
        == '<p dir="auto">x<span class="caption" dir="auto">Figure</span></p>'
    )


def test_settings_and_comments_are_not_shown() -> None:
    silent = (n.Keyword(0, 0, None, "TITLE", "x"), n.Comment(0, 0, None, "x"), n.BabelCall(0, 0, None, "x"))
    assert block(*silent) == ""
