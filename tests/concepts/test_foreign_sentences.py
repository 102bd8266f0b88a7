"""Defining sentences of German and the Romance languages, and tables that tell what their terms are."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts, graph


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Ein Graph ist eine Menge von Knoten mit Kanten.", "Graph", "eine Menge von Knoten mit Kanten."),
        ("Ein endlicher Automat (DEA) ist ein Rechner ohne Band.", "endlicher Automat", "ein Rechner ohne Band."),
        ("- Wort über $A$ ist eine endliche Folge von Zeichen", "Wort", "eine endliche Folge von Zeichen"),
        ("Der t-Test ist der Hypothesentest einer Verteilung.", "t-Test", "der Hypothesentest einer Verteilung."),
        ("La tupla es una instancia de la tabla.", "tupla", "una instancia de la tabla."),
        ("Un *polinomio simétrico* es aquel que no cambia.", "polinomio simétrico", "aquel que no cambia."),
        ("L'anneau unitaire est un anneau avec une unité.", "anneau unitaire", "un anneau avec une unité."),
        ("Llamamos serie a toda cadena finita.", "serie", "toda cadena finita."),
        ("On appelle idéal un ensemble stable par produit.", "idéal", "un ensemble stable par produit."),
        ("Eine Abbildung von Ereignissen in Zahlen heißt Zufallsvariable.", "Zufallsvariable", "Eine Abbildung von Ereignissen in Zahlen"),
        ("Die Menge aller Ergebnisse wird als Ergebnismenge bezeichnet.", "Ergebnismenge", "Die Menge aller Ergebnisse"),
        ("Eine Folge von Kanten nennt man Kantenzug.", "Kantenzug", "Eine Folge von Kanten"),
        ("El tiempo que pasa entre dos fallos se llama fiabilidad.", "fiabilidad", "El tiempo que pasa entre dos fallos"),
        ("Le temps entre deux pannes est appelé fiabilité.", "fiabilité", "Le temps entre deux pannes"),
        ("La somma dei pesi di un cammino è detta costo del cammino.", "costo del cammino", "La somma dei pesi di un cammino"),
        ("O conjunto de todos os estados é chamado de espaço de estados.", "espaço de estados", "O conjunto de todos os estados"),
        ("Si chiama anello un insieme con due operazioni.", "anello", "un insieme con due operazioni."),
        ("Chama-se anel um conjunto com duas operações.", "anel", "um conjunto com duas operações."),
        ("UDP/IP es una familia de protocolos.", "UDP/IP", "una familia de protocolos."),
    ],
)  # fmt: skip
def test_a_sentence_of_another_language_defines_its_subject(text: str, name: str, said: str) -> None:
    assert facts(text + "\n", "foreign-copula") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    [
        "Das Ziel ist eine Menge ohne Lücken.",
        "Es ist ein Graph mit Kanten.",
        "Das ist eine Menge von Knoten.",
        "Ein Graph ist groß und schwer zu malen.",
        "Esto es una instancia de la tabla.",
        "El problema es una tabla sin clave.",
        "La tupla es grande y no cabe.",
        "Vu que les nombres sont un ensemble plus grand.",
        "The son is an heir of the house.",
        "Somit ist ein Netz eine Kette von Funktionen.",
        "Valor cuyo signo es una función del tiempo.",
        "El camino que sigue la traza se llama así.",
    ],
)
def test_other_sentences_define_nothing(text: str) -> None:
    assert not facts(text + "\n", "foreign-copula")


TABLE = "| {} | {} |\n|---+---|\n| heap | memory that lives long |\n| call stack | frames of what was called |\n"


def test_a_column_that_tells_defines_the_terms_of_the_first_one() -> None:
    wanted = [("heap", "memory that lives long"), ("call stack", "frames of what was called")]
    assert facts(TABLE.format("Segment", "Description"), "table-row") == wanted
    assert facts("* A\n" + TABLE.format("Begriff", "Bedeutung"), "table-row") == wanted


@pytest.mark.parametrize(
    "text",
    [
        TABLE.format("Command", "Description"),
        TABLE.format("Segment", "Size"),
        TABLE.replace("|---+---|\n", "").format("Segment", "Description"),
        "| Key | Meaning |\n|---+---|\n| a | the first one |\n| b | the second one |\n",
        "| Segment | Meaning |\n|---+---|\n| =heap= | memory that lives long |\n| 12 | a dozen of them |\n| stack | yes |\n",
    ],
)
def test_other_tables_define_nothing(text: str) -> None:
    assert not facts(text, "table-row")


def test_a_german_word_in_small_letters_is_stressed_and_names_nothing() -> None:
    text = "* Sprachen\nDie Sprache ist *regulär gebaut*, wenn der Automat sie und nicht mehr als das *Wort am Rand* erkennt, so ist es hier.\n"
    assert "regulär gebaut" not in {concept.name for concept in graph(text * 2).concepts}


SPANISH = (
    "El tiempo de los que no lo saben es el de la vida, y por eso no hay que ir con los otros para ver si se ve.\n"
)
ITALIAN = "Il tempo di chi non lo sa è quello della vita, e per questo non si deve andare con gli altri per vedere come si vede.\n"


def test_a_preposition_behind_a_stressed_word_is_no_article() -> None:
    text = f"{SPANISH}Se da una interpretación *formal* a las frases largas de la lengua.\n"
    assert not facts(text, "bold-copula")


def test_a_first_sentence_without_its_subject_defines_the_title() -> None:
    text = f"* Uno\n{ITALIAN}* Montaggio\nlega assieme i moduli e le librerie\n* Deposito\nusato per la memoria dei valori\n* Guida\nusa il comando per la prova\n"
    made = dict(facts(text, "section-opening"))
    assert made["Montaggio"] == "lega assieme i moduli e le librerie"
    assert made["Deposito"] == "usato per la memoria dei valori"
    assert "Guida" not in made


def test_a_marked_name_under_a_condition_is_defined_in_portuguese_too() -> None:
    text = "Uma cadeia $w$ é dita uma *frase* da gramática se e somente se ela tem só letras do alfabeto.\n"
    assert [name for name, _ in facts(text, "defined-if")] == ["frase"]
