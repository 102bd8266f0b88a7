"""Sentences that say what a word means."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts, graph


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("By drift we mean the slow change of a clock.\n", "drift", "the slow change of a clock."),
        ("The term spillway refers to the way of surplus water.\n", "spillway", "the way of surplus water."),
        ("Yield can be defined as the grain of one acre.\n", "Yield", "the grain of one acre."),
        ("- Lag stands for the time until an answer.\n", "Lag", "the time until an answer."),
        ("Unter einer Schleuse versteht man ein Becken mit zwei Toren.\n", "Schleuse", "ein Becken mit zwei Toren."),
        ("On entend par écluse un bassin entre deux portes.\n", "écluse", "un bassin entre deux portes."),
        ("Por esclusa se entiende un recinto con dos puertas.\n", "esclusa", "un recinto con dos puertas."),
        ("Под дрейфом понимают медленное изменение хода часов.\n", "дрейф", "медленное изменение хода часов."),
        ("Шлюзом называется камера с двумя воротами.\n", "шлюз", "камера с двумя воротами."),
        ("Простым числом называют число с двумя делителями.\n", "простое число", "число с двумя делителями."),
        ("Нижней палубой судна называется этаж под водой.\n", "нижняя палуба судна", "этаж под водой."),
        ("Термин «дрейф» обозначает медленный ход льда.\n", "дрейф", "медленный ход льда."),
    ],
)
def test_what_a_sentence_says_to_be_meant_is_defined(text: str, name: str, said: str) -> None:
    assert facts(text, "meant") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    [
        "By this we mean the slow change of a clock.\n",
        "The term ends in the middle of the summer.\n",
        "- ACL stands for Access Control List\n",
        "Por la tarde el agua baja por el canal.\n",
        "Корабль называется по имени его хозяина.\n",
        "Эта часть называется палубой первого класса.\n",
    ],
)
def test_other_sentences_mean_nothing(text: str) -> None:
    assert not facts(text, "meant")


def test_what_such_a_sentence_says_is_no_name() -> None:
    made = graph(
        "Базисом называется набор независимых векторов.\n\nThe term backhaul refers to the links between core and edge.\n"
    )
    assert {c.name for c in made.concepts} == {"базис", "backhaul"}


def test_what_stands_before_a_russian_name_defines_it_and_the_name_is_in_the_nominative() -> None:
    text = "Канал, соединяющий две реки, называется /судоходным каналом/. Точка, в которой сходятся пути, называется узлом.\n"
    assert facts(text, "called") == [
        ("судоходный канал", "Канал, соединяющий две реки"),
        ("узел", "Точка, в которой сходятся пути"),
    ]


def test_what_only_points_back_defines_no_russian_name() -> None:
    text = "Это расстояние, которое мы знаем, называется фокусом. Такие реки, которые текут, называются притоками.\n"
    assert [said for _, said in facts(text, "called")] == ["", ""]
