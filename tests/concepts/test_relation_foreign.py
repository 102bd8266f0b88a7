"""Propositions of notes in German and the Romance languages."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import graph, relations

GERMAN = (
    "* Begriffe\n- Knoten :: das, was es in einem Netz gibt und was man zählen kann\n- Kante :: was zwischen zweien von ihnen ist\n"
    "- Speicher :: hier liegen alle, die noch nicht dran sind\n- Prozess :: etwas, das auf einem Rechner läuft und sich nicht selbst beendet\n"
)
FRENCH = (
    "* Termes\n- noyau :: ce qui est au centre et qui ne se voit pas\n- cellule :: ce dont tous les êtres sont faits\n"
    "- membrane :: ce qui est autour de tout et dans lequel on entre\n"
)
SPANISH = (
    "* Términos\n- célula :: lo que tienen todos los seres que están vivos\n- membrana :: lo que está en el borde y no se ve\n"
    "- núcleo :: lo que está en el centro de todo\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeder Prozess besitzt einen Speicher.", ("Prozess", "besitzt", "Speicher")),
        ("Ein Prozess in einem Knoten braucht Speicher.", ("Prozess", "braucht", "Speicher")),
        ("Der Prozess besteht aus einem Knoten und einer Kante.", ("Prozess", "besteht aus", "Kante")),
        ("Also besitzt jeder Prozess einen Speicher.", ("Prozess", "besitzt", "Speicher")),
        ("Ein Prozess wird von einem Knoten erzeugt.", ("Prozess", "wird erzeugt von", "Knoten")),
        ("Ein Prozess ist ein Knoten.", ("Prozess", "ist ein", "Knoten")),
        ("Ein Prozess ist eine endliche Folge von Knoten.", ("Prozess", "ist eine endliche Folge von", "Knoten")),
        ("Ein Prozess besteht aus\n- einem Knoten\n- einer Kante\n", ("Prozess", "besteht aus", "Knoten")),
    ],
)
def test_german_sentences_and_lists_relate_what_they_name(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(graph(f"{GERMAN}* Text\n{text}\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Der Prozess ist groß, Knoten sind klein.",
        "Mit dem Prozess haben wir Knoten.",
        "Braucht der Prozess Knoten?",
        "Ein Prozess, der läuft: Knoten sind klein.",
    ],
)
def test_german_words_that_tie_nothing_relate_nothing(text: str) -> None:
    assert not [r for r in relations(graph(f"{GERMAN}* Text\n{text}\n")) if {r[0], r[2]} == {"Prozess", "Knoten"}]


def test_what_a_german_sentence_below_a_title_says_is_said_of_that() -> None:
    made = relations(graph(f"{GERMAN}* Prozess\nBesteht aus einem Knoten.\n"))
    assert [r for r in made if r[0] == "Prozess" and r[2] == "Knoten" and r[1].lower() == "besteht aus"]


def test_french_and_spanish_sentences_relate_what_they_name() -> None:
    made = relations(graph(f"{FRENCH}* Texte\nLa cellule contient un noyau. La membrane dépend de la cellule.\n"))
    assert {("cellule", "contient", "noyau"), ("membrane", "dépend de", "cellule")} <= set(made)
    made = relations(graph(f"{SPANISH}* Texto\nLa célula tiene un núcleo. La membrana es una célula.\n"))
    assert {("célula", "tiene", "núcleo"), ("membrana", "es una", "célula")} <= set(made)
