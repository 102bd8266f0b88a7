"""What the template gets: widths, languages, glossary."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgkb.concepts.graph import ConceptGraph
from orgkb.concepts.model import Alias, AliasKind, Concept, ConceptKind, Definition, Span
from orgkb.diagnostics import Severity
from orgkb.org import nodes as n
from orgkb.org.document import Document, Segment
from orgkb.org.links import LinkIndex
from orgkb.pipeline import build_graph
from orgkb_exporters.pdf import data, glyphs
from orgkb_exporters.pdf.language import language_of, main_language, words
from orgkb_exporters.pdf.tables import columns
from orgkb_exporters.pictures import image_kind

HERE = Span("a.org", 1, 1, 1)


def definition(*objects: n.Object, elements: tuple[n.Element, ...] = (), text: str = "x") -> Definition:
    return Definition(text, objects, elements, (), -1, HERE.path, HERE, "test", 1.0)


def concept(name: str, *definitions: Definition, aliases: tuple[str, ...] = ()) -> Concept:
    made = tuple(Alias(alias, AliasKind.USER, "test", 1.0) for alias in aliases)
    return Concept(name, name, made, definitions, ConceptKind.TERM, ("test",), 1.0, 0.5, (), HERE)


def glossary_of(*concepts: Concept) -> ConceptGraph:
    return ConceptGraph([], concepts, [], [], links=LinkIndex([]))


def text(value: str) -> n.Text:
    return n.Text(0, len(value), value)


def test_short_tables_keep_their_natural_widths() -> None:
    assert columns([["a", "b"], ["c", "d" * 20]]) == ["auto", "auto"]


def test_long_columns_share_the_line_by_their_text() -> None:
    first, second, third = columns([["1", "word " * 8, "many words here " * 20]])
    assert first == "auto"
    assert float(third.removesuffix("fr")) > float(second.removesuffix("fr")) >= 1


def test_a_column_of_single_words_is_wide_enough_for_them() -> None:
    row = ["algorithm-10", "preemptive", "only for some of them", "77 ms", "Linux, BSD", "many words in a row " * 3]
    first, *_ = shares = [float(width.removesuffix("fr")) for width in columns([row] * 3, 77)]
    assert first / sum(shares) * 77 > len(row[0]) + 2


def test_many_narrow_columns_share_the_line_too() -> None:
    assert all(width.endswith("fr") for width in columns([["12345678"] * 15]))


@pytest.mark.parametrize(
    ("sample", "default", "language"),
    [
        ("Контейнер это процесс на машине", "en", "ru"),
        ("A container is a process on a host", "ru", "en"),
        ("Контейнер — це процес на машині, так", "uk", "uk"),
        ("kubectl", "ru", "ru"),
        ("Ein Container ist ein Prozess", "de", "de"),
    ],
)
def test_the_prevailing_letters_tell_the_language(sample: str, default: str, language: str) -> None:
    assert language_of(sample, default) == language


def test_notes_in_another_language_get_its_words_without_naming_it(tmp_path: Path) -> None:
    prose = "Der Kern ist das Programm, das die Prozesse verwaltet. Die Prozesse sind nicht von ihm getrennt.\n"
    (tmp_path / "kern.org").write_text(f"* Kern\n{prose * 4}", encoding="utf-8")
    graph = build_graph([tmp_path])
    assert graph.prevailing_language == "de"
    assert words(main_language(graph.prevailing_language, prose))["contents"] == "Inhalt"


def test_the_language_that_the_notes_name_wins() -> None:
    assert main_language("ru-RU", "A container is a process on a host") == "ru"
    assert main_language(None, "Контейнер это процесс на машине") == "ru"
    assert main_language("!", "") == "en"


def test_all_languages_have_the_same_words() -> None:
    assert words("ru").keys() == words("en").keys() == words("de").keys()


def test_the_glossary_is_in_the_order_of_a_dictionary() -> None:
    names = ["ёж", "Pod", "жук", "API", "еда", "#1", "apple", "Élan"]
    found = data.defined(glossary_of(*(concept(name, definition(text("d"))) for name in names)))
    assert [one.name for one in found] == ["#1", "API", "apple", "Élan", "Pod", "еда", "ёж", "жук"]


def test_a_concept_without_a_definition_has_no_entry() -> None:
    assert data.defined(glossary_of(concept("a"), concept("b", definition(text=" ")))) == []


def test_an_entry_keeps_code_and_emphasis_and_the_items_below() -> None:
    item = n.Item(0, 1, None, "-", None, "", None, (n.Paragraph(0, 1, None, (text("first part"),)),))
    made = concept(
        "Pod",
        definition(
            text("runs\n "), n.Code(0, 1, "kubectl  get"), text(" or "), n.Bold(0, 1, (text("not"),)), text("."),
            elements=(n.PlainList(0, 1, None, "unordered", (item,)),),
        ),
        aliases=("pods", "POD", "под"),
    )  # fmt: skip
    (entry,) = data.glossary(glossary_of(made), [made], {}, {}, {})
    assert entry.aliases == ("pods", "под")
    assert [(run.text, run.style) for run in entry.senses[0].runs] == [
        ("runs ", ""), ("kubectl get", "c"), (" or ", ""), ("not", "b"), (".", ""),
    ]  # fmt: skip
    assert [run.text for run in entry.senses[0].lines[0]] == ["first part"]


def test_the_same_definition_twice_is_shown_once() -> None:
    made = concept("a", *(definition(text(words), text=words) for words in ("A unit.", "a unit", "other")))
    (entry,) = data.glossary(glossary_of(made), [made], {}, {}, {})
    assert [sense.runs[0].text for sense in entry.senses] == ["A unit.", "other"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"GIF89a", "gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg">', "svg"),
        (b"<html><svg>", None),
        (b"%PDF-1.4", None),
        (b"", None),
    ],
)
def test_images_are_known_by_their_first_bytes(head: bytes, kind: str | None) -> None:
    assert image_kind(head) == kind


def test_a_character_that_only_the_template_shows_is_reported_too() -> None:
    notes = Document("a.org", "ab\n", (0, 3), (Segment(0, "a.org", 1),), (), (), (), (), (), (), ())
    (found,) = glyphs.missing({"中": 1}, [notes])
    assert found.severity is Severity.WARNING
    assert "U+4E2D" in found.message


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        (r"\(n\)", "n"),
        (r"\(\lfloor (n-1)/2 \rfloor\)", "⌊ (n-1)/2 ⌋"),
        (r"\(x^{n+1} \le \frac{a}{b+1}\)", "x^(n+1) ≤ a/(b+1)"),
        (r"$O(n \log n)$", "O(n log n)"),
        (r"$\mathbb{R}^n$", "R^n"),
        (r"\(\vec{x}\)", r"\(\vec{x}\)"),
    ],
)
def test_a_formula_in_a_short_definition_is_a_line_of_text(fragment: str, shown: str) -> None:
    made = concept("a", definition(text("at most "), n.LatexFragment(0, 1, fragment), text(" of them")))
    assert data.in_short(made, 140) == f"at most {shown} of them"
