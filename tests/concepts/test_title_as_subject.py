"""First sentences whose subject is the title above them."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts

RULE = "section-opening"
SPANISH = "\n* Otros\nLa forma de los objetos que se usan en el mundo para que los estudiantes lean más es la que se ve en esta parte.\n"
FRENCH = "\n* Autres\nLa forme des objets que les gens utilisent dans le monde pour que les élèves lisent est celle qui se voit ici.\n"
ITALIAN = "\n* Altri\nLa forma degli oggetti che si usano nel mondo perché gli studenti leggano di più è quella che si vede in questa parte.\n"
GERMAN = "\n* Andere\nDie Form der Dinge, die man in der Welt benutzt, damit die Schüler mehr lesen, ist die, welche man hier sieht.\n"


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "* Scheduler\nThe scheduler decides which process runs next.\n",
            "Scheduler",
            "decides which process runs next.",
        ),
        ("* Percentiles\nPercentiles split the data into parts.\n", "Percentiles", "split the data into parts."),
        ("* Ферменты\nФерменты ускоряют реакции внутри клетки.\n", "Ферменты", "ускоряют реакции внутри клетки."),
        ("* Planer\nDer Planer wählt den nächsten Prozess." + GERMAN, "Planer", "wählt den nächsten Prozess."),
        ("* Lema\nEs una proposición demostrada." + SPANISH, "Lema", "una proposición demostrada."),
        ("* Axiomas\nSon afirmaciones que se aceptan." + SPANISH, "Axiomas", "afirmaciones que se aceptan."),
        ("* Campo\nTambién llamado cuerpo, es una estructura." + SPANISH, "Campo", "una estructura."),
        ("* Clé\nC'est le champ qui distingue une ligne." + FRENCH, "Clé", "le champ qui distingue une ligne."),
        ("* Chiave\nÈ il campo che distingue una riga." + ITALIAN, "Chiave", "il campo che distingue una riga."),
    ],
)
def test_a_sentence_about_its_title_defines_it(text: str, name: str, said: str) -> None:
    assert facts(text, RULE)[0] == (name, said)


@pytest.mark.parametrize(
    "text",
    [
        "* Scheduler\nThe scheduler seems slow on this machine today.\n",
        "* Scheduler\nThe scheduler of Linux decides which process runs.\n",
        "* Ферменты\nФерменты могут быть разными в разных клетках.\n",
        "* Ферменты\nФерменты клетки ускоряют реакции внутри неё.\n",
        "* Planer\nDer Planer ist heute nicht im Haus." + GERMAN,
        "* Lema\nEs importante leer antes de venir." + SPANISH,
        "* Lema\nSon muchos y muy buenos." + SPANISH,
    ],
)
def test_other_sentences_below_a_title_do_not(text: str) -> None:
    assert not [fact for fact in facts(text, RULE) if fact[0] in {"Scheduler", "Ферменты", "Planer", "Lema"}]
