"""Number and gender in the Romance languages, and words that are elided before a noun."""

from __future__ import annotations

import pytest

from orgkb.concepts import forms
from tests.concepts.build_from import graph

FILLER = """El sistema que se usa en la clase es de los que no tienen una regla para los casos en que el usuario lo pide.
Por eso la red se divide en partes y las partes se unen con un canal que es más lento que los demás."""


@pytest.mark.parametrize(
    ("one", "more", "language"),
    [
        ("función de densidad", "funciones de densidad", "es"),
        ("clave candidata", "claves candidatas", "es"),
        ("luz", "luces", "es"),
        ("autômato finito", "autômatos finitos", "pt"),
        ("transação", "transações", "pt"),
        ("canal", "canais", "pt"),
        ("réseau local", "réseaux locaux", "fr"),
        ("dominio semantico", "domini semantici", "it"),
        ("libreria", "librerie", "it"),
    ],
)
def test_the_plural_of_a_name_in_a_romance_language(one: str, more: str, language: str) -> None:
    assert more in forms.several(one, language)
    assert one in forms.singles(more, language)
    assert forms.one_of(more, frozenset({one, "otro"}), language) == one


def test_words_that_differ_in_gender_and_number_are_no_misspellings() -> None:
    text = f"""
* Cálculo semántica
{FILLER}
La semántica de un programa y las reglas semánticas de la lengua.
* Dominios semánticos
Los dominios semánticos y la semántica de la lengua son de la lógica. Un valor semántico es parte de la semántica.
"""
    names = {concept.name for concept in graph(text).concepts}
    assert "Dominios semánticos" in names
    assert not any(alias.kind == "misspelling" for concept in graph(text).concepts for alias in concept.aliases)


def test_a_title_in_the_plural_is_shown_in_the_singular_that_the_notes_use() -> None:
    text = f"""
* Operadores lineales
{FILLER}
Un operador lineal conserva la suma de los vectores. Todo operador lineal tiene una matriz.
* Distribuciones continuas
{FILLER}
"""
    names = {concept.name for concept in graph(text).concepts}
    assert "Operador lineal" in names
    assert "Distribuciones continua" not in names


def test_an_elided_article_is_no_part_of_a_word() -> None:
    text = """
* Encapsulation
Une technique qui cache les données de la classe.
* Objet
C'est l'encapsulation qui protège les données dans l’encapsulation des autres, avec la loi d'Ohm pour les autres.
"""
    found = graph(text)
    concept = next(c for c in found.concepts if c.name == "Encapsulation")
    assert [m.text for m in found.mentions_of(concept.id)] == ["Encapsulation", "encapsulation", "encapsulation"]


def test_a_word_that_the_language_has_is_no_misspelling() -> None:
    text = f"""
* Arranque
{FILLER}
El inicio del arranque es lento. El inicio tarda. Un indicio de que el inicio va mal.
* Bus
El bus une las partes y los buses se unen con otros buses. Un bus es lento.
* Final
Cada bus tiene su inicio, que no es el inicio de los demás, y el bus no para.
"""
    found = graph(text).concepts
    assert not any(alias.surface.lower() == "indicio" for concept in found for alias in concept.aliases)
    assert [concept.name.lower() for concept in found].count("bus") == 1
