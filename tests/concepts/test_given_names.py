"""Names that notes give on purpose: `We define … as`, entries of lists, titles that ask."""

from __future__ import annotations

import pytest

from orgkb.concepts.candidates import doubles
from tests.concepts.build_from import concept, facts, graph


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("We define the gradient as the vector of slopes.", "gradient", "the vector of slopes."),
        ("Define a monoid as a set with a unit.", "monoid", "a set with a unit."),
        ("Definimos el gradiente como el vector de pendientes.", "gradiente", "el vector de pendientes."),
        ("On définit le gradient comme le vecteur des pentes.", "gradient", "le vecteur des pentes."),
        ("Definiamo il gradiente come il vettore delle pendenze.", "gradiente", "il vettore delle pendenze."),
        ("Wir definieren den Erwartungswert als Mittel aller Werte.", "Erwartungswert", "Mittel aller Werte."),
        ("Определим градиент как вектор частных производных.", "градиент", "вектор частных производных."),
    ],
)
def test_what_is_defined_on_purpose(text: str, name: str, said: str) -> None:
    assert facts(text + "\n", "defined-as") == [(name, said)]


def test_a_marked_name_behind_what_it_names() -> None:
    made = facts("The call returns a small integer called the *file descriptor* to use later.\n", "defined-as")
    assert made == [("file descriptor", "a small integer called the file descriptor to use later.")]
    made = facts("A hardware register, the *stack pointer*, stores the top of the stack.\n", "defined-as")
    assert [name for name, _ in made] == ["stack pointer"]


@pytest.mark.parametrize(
    "text",
    [
        "It does so in a process called *binding*.",
        "A room is called a *chamber*.",
        "We met a man called *Paul*.",
        "We define it as we like.",
        "Define as many as needed.",
        "A list, the *first* of three.",
    ],
)
def test_other_names_are_not_given(text: str) -> None:
    assert not facts(text + "\n", "defined-as")


def test_a_name_alone_on_the_first_line_of_its_item() -> None:
    text = """\
1. *Monolith*
   All parts are one unit
2. *Microservices*
   The application is cut into small parts
"""
    assert facts(text, "entry") == [
        ("Monolith", "All parts are one unit"),
        ("Microservices", "The application is cut into small parts"),
    ]
    text = "1. ~private~ \\\\\n   Доступ только из тела класса.\n2. ~public~ \\\\\n   Доступ возможен откуда угодно.\n"
    assert [name for name, _ in facts(text, "entry")] == ["private", "public"]


def test_a_bare_name_over_what_it_is() -> None:
    text = "- setter\n  + used to assign a value from outside\n- getter\n  + used to read a value from outside\n"
    made = graph("* Members\n" + text)
    assert concept(made, "getter").definitions[0].text == "used to read a value from outside"


@pytest.mark.parametrize(
    "text",
    [
        "- *Monday*\n  buy\n- *Tuesday*\n  sleep\n",
        "- *Alpha*\n  What is that?\n- *Beta*\n  Who knows that?\n",
        "- One line of a text\n  that goes on here\n- Another line of it\n  that goes on too\n",
        "- soup\n  + cut the carrots\n  + boil them\n- cake\n  + mix the flour\n  + bake it\n",
        "- *Alone*\n  An item that has no sister of its kind\n- another item\n",
        "- ~ls -l~ \\\\\n  shows all the files\n- ~cd ..~ \\\\\n  goes one level up\n",
    ],
)
def test_other_lists_have_no_entries(text: str) -> None:
    assert not facts(text, "entry")


@pytest.mark.parametrize(
    ("title", "said", "name"),
    [
        ("What is inflation?", "When the prices of all goods rise.", "inflation"),
        ("Was ist ein Automat?", "Er nimmt Münzen und gibt Ware.", "Automat"),
        ("¿Qué es la inflación?", "El aumento de los precios.", "inflación"),
        ("Qu'est-ce que l'inflation ?", "La hausse des prix sur un an.", "inflation"),
        ("Che cos'è l'inflazione?", "L'aumento dei prezzi nel tempo.", "inflazione"),
        ("Что такое инфляция?", "Рост общего уровня цен.", "инфляция"),
    ],
)
def test_an_answer_defines_what_the_title_asks_for(title: str, said: str, name: str) -> None:
    assert facts(f"* {title}\n{said}\n", "section-opening") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    [
        "* What is wrong?\nThe lamp is broken again.\n",
        "* What is the difference?\nOne is bigger than the other.\n",
        "* What is inflation?\nSee the chapter on prices.\n",
        "* What is inflation?\nThere are three kinds:\n",
        "* Was ist los?\n",
    ],
)
def test_other_questions_define_nothing(text: str) -> None:
    assert not facts(text, "section-opening")


def test_that_is_says_what_a_marked_name_means() -> None:
    made = facts("*Preemptive*, i.e. the scheduler takes the processor away.\n", "bold-copula")
    assert made == [("Preemptive", "the scheduler takes the processor away.")]
    made = facts("*Нерефлексивно*, то есть ни один элемент не связан с собой.\n", "bold-copula")
    assert [name for name, _ in made] == ["Нерефлексивно"]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("We call a list of numbers in brackets a *vector*.", "vector", "a list of numbers in brackets"),
        ("We often call the first note of a chord the /root note/.", "root note", "the first note of a chord"),
        ("Man nennt die Menge aller Zustände *Zustandsraum*.", "Zustandsraum", "die Menge aller Zustände"),
    ],
)
def test_what_we_call_so(text: str, name: str, said: str) -> None:
    # As many small words as tell the language.
    assert facts(f"{text}\n\n" * 6, "defined-as") == [(name, said)] * 6


@pytest.mark.parametrize(
    "text", ["We call this a *vector*.", "We call it the *root* of the tree.", "They call the police *now*."]
)
def test_a_pronoun_says_nothing(text: str) -> None:
    assert not facts(text + "\n", "defined-as")


def test_where_all_titles_are_in_small_letters_they_name_as_others_do() -> None:
    small = "* tables\n** tuple\n** relation\n** null value\n** schema\n** attributes\na column of a table\n"
    assert ("attributes", "a column of a table") in facts(small, "section-opening")
    assert not facts(
        "* Tables\n** Tuple\n** Relation\n** Null\n** Schema\n** attributes\na column of a table\n", "section-opening"
    )


@pytest.mark.parametrize(
    ("said", "name", "other"),
    [
        ("Функция потерь Loss function", "Loss function", "Функция потерь"),
        ("overriding v", "overriding", ""),
        ("All PIM", "PIM", ""),
        ("All Hands", "All Hands", ""),
        ("Красная шапка Loss function", "Красная шапка Loss function", ""),
    ],
)
def test_what_stands_beside_a_name_in_another_language_or_dictionary_is_no_part_of_it(
    said: str, name: str, other: str
) -> None:
    found, aliases = doubles.split(said, "heading")
    assert (found, "".join(alias.surface for alias in aliases)) == (name, other)


@pytest.mark.parametrize(
    ("written", "name", "other"),
    [
        ("токенизация tokenization", "tokenization", "токенизация"),
        ("Heuristics эвристика", "Heuristics", "эвристика"),
        ("Гипотеза hypothesis", "hypothesis", "Гипотеза"),
        ("архитектура architecture", "architecture", "архитектура"),
    ],
)
def test_a_word_with_the_ending_of_each_language_is_one_name(written: str, name: str, other: str) -> None:
    found, aliases = doubles.split(written, "dash-item")
    assert (found, [alias.surface for alias in aliases]) == (name, [other])


@pytest.mark.parametrize("written", ["лекция election", "акция action", "функция faction", "политика Docker"])
def test_words_that_only_end_alike_are_not(written: str) -> None:
    assert doubles.split(written, "dash-item") == (written, ())


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "As barcas são movidas por meio de motores chamados de *propulsores* e não de velas grandes.",
            "propulsores",
            "motores chamados de propulsores e não de velas grandes.",
        ),
        (
            "Le barche sono spinte da pezzi di tela detti *vele maestre* che prendono il vento.",
            "vele maestre",
            "pezzi di tela detti vele maestre che prendono il vento.",
        ),
    ],
)
def test_a_marked_name_behind_what_it_names_in_other_languages(text: str, name: str, said: str) -> None:
    # As many small words as tell the language.
    assert facts(f"{text}\n\n" * 6, "defined-as") == [(name, said)] * 6
