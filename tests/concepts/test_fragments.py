"""Places, code, addresses, steps and halves of names behind a name are not shown as its definition."""

from __future__ import annotations

import pytest

from orgkb.concepts.fragments import is_fragment
from tests.concepts.build_from import concept, graph


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("private mode", "inside a harbour"),
        ("green lamp", "of the harbour"),
        ("закрытый режим", "внутри гавани"),
        ("ставка сбора", "в Норвегии — 3%, в Дании — 5%."),
        ("Canal lock", "additional https://example.org/locks"),
        ("Canal lock", "MIT - https://example.org/locks"),
        ("Canal lock", "lock.open(boat)"),
        ("Canal lock", "$gate, $gate[1]"),
        ("Canal lock", "how it works:"),
        ("Столбец", "выбираем показатель"),
        ("Правка", "Фильтр - стоит выше графика"),
        ("Граница порта", "подвижна по определению"),
        ("метод засечек", "сложно применить ночью"),
        ("схема Эйлера", "Коши — Лагранжа (EKL)"),
        ("Lockmaster", "Apache"),
        ("property", "innerHTML"),
        ("lock2", "build"),
        ("Type alias", "type ..."),
        ("Norway", "{no} and {nb}"),
    ],
)
def test_what_is_no_phrase_about_the_thing_is_not_its_definition(name: str, said: str) -> None:
    assert is_fragment(name, said, "dash-item")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Canal lock", "in which boats are lifted"),
        ("Canal lock", "in the morning it is filled from above, and boats go up"),
        ("режим", "в режиме ожидания закрывает ворота"),
        ("Canal lock", "chamber with gates https://example.org/locks"),
        ("mean", "(a + b) / 2"),
        ("entropy", r"\(\sum p \log p\)"),
        ("Canal lock", "chamber, see lock.open(boat)"),
        ("RWO", "ReadWriteOnce"),
        ("quay", "wharf"),
        ("muelle", "quay"),
        ("next", "continue"),
        ("Насос", "нужен для подъёма воды"),
        ("Насос", "подъёмник - для воды"),
        ("y/d", "copy/cut"),
    ],
)
def test_phrases_formulas_translations_and_long_forms_stay(name: str, said: str) -> None:
    assert not is_fragment(name, said, "dash-item")


def test_what_a_writer_marks_may_be_a_place() -> None:
    assert not is_fragment("Harbour", "in the south", "description-item")
    assert is_fragment("Harbour", "port.open(boat)", "bold-dash")


def test_a_quality_after_a_russian_copula_is_no_definition() -> None:
    assert is_fragment("верхняя камера", "главной, а две другие — её частями.", "copula")
    assert not is_fragment("верхняя камера", "главной частью шлюза.", "copula")


def test_the_name_stays_a_concept_without_the_fragment() -> None:
    made = graph("- *Canal lock* - lock.open(boat)\n- *Weir* - wall that holds water back\n")
    assert concept(made, "Canal lock").definition is None
    assert concept(made, "Weir").definition is not None


def test_a_list_of_steps_on_a_screen_gives_no_concepts() -> None:
    made = graph("- Столбец - выбираем показатель\n- Насос - подъёмник для воды\n")
    assert {c.name for c in made.concepts} == {"Насос"}


def test_a_link_before_the_full_stop_is_no_definition() -> None:
    made = graph("* Flood\nAntonym - [[Drought]].\n* Drought\nTime without rain.\n")
    assert all(d.text != "." for c in made.concepts for d in c.definitions)


def test_a_message_is_not_what_an_error_is() -> None:
    assert is_fragment("GateError", "Expected a closed gate but found an open one", "colon-line")
    assert not is_fragment("GateError", "raised when the gate is open", "colon-item")


def test_a_definition_goes_on_below_its_item_where_the_line_was_full() -> None:
    wrapped = (
        "- *Canal lock* - chamber between two gates that lifts boats from one level of\n"
        "  the water to the other. It needs no engine.\n"
    )
    made = graph(wrapped.replace("\n  the", "\n the") + "- *Weir* - wall in a river\n")
    assert concept(made, "Canal lock").definition is not None
    loose = " - *Canal lock* - chamber between two gates that lifts boats from one level of\n the water to the other. It needs no engine.\n"
    definition = concept(graph(loose), "Canal lock").definition
    assert definition is not None
    assert definition.text == "chamber between two gates that lifts boats from one level of the water to the other."
    short = " - *Canal lock* - chamber that lifts boats\n see below\n"
    definition = concept(graph(short), "Canal lock").definition
    assert definition is not None
    assert definition.text == "chamber that lifts boats"


def test_topics_of_a_section_are_not_what_its_title_names() -> None:
    assert is_fragment("Canal lock", "water supply - full tanks", "dash-heading")
    assert is_fragment("Canal lock", "gates, water levels", "dash-heading")
    assert not is_fragment("Canal lock", "chamber between gates - lifts boats", "dash-heading")
    assert not is_fragment("Sluice", "lock - lifts boats", "dash-heading")
    assert not is_fragment("Canal lock", "gates, water levels", "dash-item")
