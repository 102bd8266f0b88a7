"""What names something in notes in German and the Romance languages, and what does not."""

from __future__ import annotations

import pytest

from orgkb.concepts import cleaning, foreign_names, halves
from tests.concepts.build_from import graph

SPANISH = """El banco que se usa en la clase es de los que no tienen una regla para los casos en que el cliente lo pide.
Por eso la tienda se divide en partes y las partes se unen con un canal que es más lento que los demás.
"""
GERMAN = """Das ist ein Satz, der nicht lang ist und nur sagt, wie man es mit den anderen Sachen in der Regel macht.
Wenn man es nicht weiß, ist es auch gut, weil der Rest von selbst kommt und sich nicht ändert.
"""


def _names(text: str) -> list[str]:
    return [concept.name for concept in graph(text).concepts]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("En lógica", "es"),
        ("Cómo calcular la media", "es"),
        ("valor que cambia", "es"),
        ("Objeto cuyo estado", "es"),
        ("TCP o UDP", "es"),
        ("Regla 4", "es"),
        ("Schritt 2", "de"),
        ("Wahl der Verteilung", "de"),
        ("Aufbau eines Layers", "de"),
        ("Formell", "de"),
        ("Struttura di un frame", "it"),
        ("cada", "es"),
        ("Somit", "de"),
        ("Différences entre les deux", "fr"),
        ("Definiendo estados seguros", "es"),
        ("Característica básica", "es"),
        ("Come calcolare la somma", "it"),
        ("Cores e imagens", "pt"),
    ],
)
def test_questions_labels_and_parts_of_sentences_name_nothing(name: str, language: str) -> None:
    assert foreign_names.is_no_name(name, {"heading"}, 0, language, defined=False)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Wahrscheinlichkeit", "de"),
        ("Satz von Bayes", "de"),
        ("De Morgan", "es"),
        ("Árbol de decisión", "es"),
        ("Funzione di trasferimento", "it"),
        ("Mémoire virtuelle", "fr"),
        ("Autômato finito", "pt"),
    ],
)
def test_terms_of_other_languages_are_names(name: str, language: str) -> None:
    assert not foreign_names.is_no_name(name, {"heading"}, 0, language, defined=False)


def test_two_words_with_and_are_a_name_where_the_notes_use_it_again() -> None:
    assert not foreign_names.is_no_name("Retención y espera", {"heading"}, 1, "es", defined=False)
    assert foreign_names.is_no_name("Retención y espera", {"heading"}, 0, "es", defined=False)


def test_what_is_defined_may_be_any_word_but_a_part_of_a_sentence() -> None:
    assert not foreign_names.is_no_name("Formell", {"heading", "section-opening"}, 0, "de", defined=True)
    assert foreign_names.is_no_name("Somit", {"foreign-copula"}, 0, "de", defined=True)


def test_everyday_words_that_romance_notes_repeat_are_no_terms() -> None:
    text = (
        f"* Uno\n{SPANISH}Cada cliente tiene un algoritmo y la veracidad del dato. Entonces el algoritmo ordena la lista ordenada.\n"
        "* Dos\nCada algoritmo ordena la lista. Entonces la veracidad se pierde, y la lista ordenada no.\n"
        "* Tres\nCada vez que el algoritmo ordena, entonces la lista queda ordenada en cada caso.\n"
    )
    made = _names(text)
    assert "algoritmo" in made
    assert not {"Cada", "cada", "entonces", "Entonces", "veracidad", "ordenada", "ordena"} & set(made)


def test_words_with_accents_that_notes_come_back_to_are_terms() -> None:
    text = (
        f"* Uno\n{SPANISH}Un autómata lee un símbolo. El autómata cambia con cada símbolo.\n"
        "* Dos\nEl autómata y los símbolos de la cinta. Los autómatas no paran con el símbolo.\n"
        "* Tres\nSin símbolo no hay autómata.\n"
    )
    assert {"autómata", "símbolo"} <= set(_names(text))


def test_the_article_of_a_title_is_no_part_of_the_name() -> None:
    text = f"* La clase Socket\n{SPANISH}* Los Puertos\nUn puerto es de la red. Los puertos se abren. Las Vegas es otra cosa.\n"
    made = _names(text)
    assert "clase Socket" in made
    assert not {"La clase Socket", "Los Puertos"} & set(made)
    assert "Las Vegas" in _names(f"* Las Vegas\n{SPANISH}Y en Las Vegas no hay red, que en Las Vegas se juega.\n")


def test_the_word_for_kinds_of_identifiers_is_no_part_of_one() -> None:
    text = f"* Red\n{SPANISH}Se usan las Clases DatagramSocket y las Clases ServerSocket para la red.\n"
    made = _names(text)
    assert {"DatagramSocket", "ServerSocket"} <= set(made)


def test_foreign_words_are_no_misspelt_english_ones() -> None:
    text = f"* Dominios semánticos\n{SPANISH}Los dominios semánticos son de la lengua.\n* Otra\nUn dominio semántico.\n"
    assert "Dominio semántico" in _names(text)


def test_a_german_plural_with_an_umlaut_is_the_same_concept() -> None:
    text = (
        f"* Eins\n{GERMAN}Der Baum hat einen Knoten. Die Bäume haben auch einen.\n"
        "* Zwei\nEin Baum ohne Knoten ist leer. Alle Bäume sind Graphen mit Knoten, und der Baum ist auch einer.\n"
        "* Drei\nDer Baum und die Bäume sind das, was man mit Knoten macht.\n"
    )
    assert [name for name in _names(text) if name.startswith(("Baum", "Bäum"))] == ["Baum"]


def test_what_is_said_of_a_command_is_no_definition_of_commands() -> None:
    text = "La commande =ls= sert à lister des fichiers et les autres choses de la vie, et c'est tout pour les uns et les autres.\n"
    assert [c.name for c in graph(text).concepts if c.definitions] == ["ls"]


def test_russian_prepositions_and_counting_words_make_no_name() -> None:
    assert halves.is_said("по Коши")
    assert halves.is_said("бесконечно много")
    assert not halves.is_said("сжатие без потерь")
    text = "* Предел\n** Определение по Коши\nДля каждого числа есть окрестность точки, в которой функция близка.\n"
    assert "по Коши" not in _names(text)


def test_the_marks_of_an_exclamation_are_no_part_of_a_name() -> None:
    assert cleaning.clean("Grammatiche LL(1)").name == "Grammatiche LL(1)"
    assert cleaning.clean("¡Buenas noches!").name == "Buenas noches"
