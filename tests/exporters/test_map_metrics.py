import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb_exporters.conceptmap import layout, look
from orgkb_exporters.conceptmap.metrics import in_table, room_for, text_height, text_width, wrap
from orgkb_exporters.conceptmap.phrases import MAX_PHRASE


@pytest.mark.parametrize(
    ("text", "thousandths"),
    [
        # Advance widths of Arial that Adobe's Helvetica metrics state too, in 1/1000 em.
        ("A", 667),
        ("i", 222),
        ("W", 944),
        ("Hello", 722 + 556 + 222 + 222 + 556),
        ("0123456789", 5560),
    ],
)
def test_latin_letters_have_the_widths_of_helvetica(text: str, thousandths: int) -> None:
    assert text_width(text, 1000) == pytest.approx(thousandths, abs=2)


def test_cyrillic_and_greek_letters_have_widths_of_their_own() -> None:
    assert text_width("Ш", 10) > text_width("г", 10) > 0
    assert in_table("Контейнер λόγος ёЁїі — «том»…")


def test_chinese_letters_take_an_em_and_marks_nothing() -> None:
    assert text_width("容器", 10) == 20
    assert text_width("е\u0301", 10) == text_width("е", 10)
    assert not in_table("容器")


def test_two_lines_are_twice_as_high_as_one() -> None:
    assert text_height(2, 11) == 2 * text_height(1, 11)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Container", ("Container",)),
        ("Container Runtime Interface", ("Container", "Runtime Interface")),
        ("очередь с приоритетом", ("очередь с", "приоритетом")),
        ("/var/lib/kubelet/pods/volumes", ("/var/lib/kubelet/", "pods/volumes")),
        ("", ()),
    ],
)
def test_names_break_into_even_lines(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, 18) == lines


def test_a_name_without_end_stops_with_an_ellipsis() -> None:
    lines = wrap("word " * 100, 20, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


@pytest.mark.parametrize("letters", sorted({each.phrase_letters for each in layout.STARTS} | {15, 18}))
@pytest.mark.parametrize(
    "phrase",
    ["абстракция которая определяет логический набор подов", "provides native clustering functionality turning"],
)
def test_no_linking_phrase_that_a_map_draws_is_cut_in_a_word(phrase: str, letters: int) -> None:
    assert len(phrase) <= MAX_PHRASE
    lines = wrap(phrase, room_for(phrase, letters), look.PHRASE_LINES)
    assert " ".join(lines) == phrase


@given(st.text(max_size=200), st.integers(5, 40), st.integers(1, 4))
def test_no_line_is_wider_than_the_limit_and_no_letter_is_lost(text: str, limit: int, most: int) -> None:
    lines = wrap(text, limit, most)
    assert len(lines) <= most
    assert all(text_width(line, 1) <= max(limit * 0.5, 1.5) + 1e-6 for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert "".join(lines).replace(" ", "") == "".join(text.split())
