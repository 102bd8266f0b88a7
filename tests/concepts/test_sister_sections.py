"""Sections that define their title as their sister sections do."""

from __future__ import annotations

from tests.concepts.build_from import concept, facts, graph

RULE = "sister-section"
ENTRIES = """\
* Vision
** binocular cue
a cue that needs both eyes.
** convergence
The ability to turn both eyes to one point.
** linear perspective
Parallel rails appear to meet at the horizon
** interposition
When one tree hides another, the hidden one looks farther away.
"""


def test_a_section_defines_its_title_as_its_sisters_do() -> None:
    assert facts(ENTRIES, RULE) == [
        ("linear perspective", "Parallel rails appear to meet at the horizon"),
        ("interposition", "When one tree hides another, the hidden one looks farther away."),
    ]
    found = concept(graph(ENTRIES), "linear perspective")
    assert found.definitions[0].text.startswith("Parallel rails")


def test_so_do_russian_sections() -> None:
    text = """\
* Класс
** Экземплярный метод
Выполняет обработку сообщений.
** Конструктор
Инициализирует новый объект.
** Статическое поле
Общее для всех объектов значение.
** Экземплярное поле
Хранение внутреннего состояния объекта.
"""
    assert ("Статическое поле", "Общее для всех объектов значение.") in facts(text, RULE)


def test_the_habit_of_the_whole_notes_counts_below_each_title() -> None:
    text = (
        ENTRIES
        + "* Hearing\n** loudness\nThe strength that a sound seems to have.\n** pitch\nHigh tones shake the near end of the cochlea\n"
    )
    assert ("pitch", "High tones shake the near end of the cochlea") in facts(text, RULE)


def test_sections_without_that_habit_define_nothing_so() -> None:
    assert not facts(
        """\
* Trip
** Museum
The queue was long in the morning.
** Harbour
A place where ships are loaded.
** Dinner
Everybody had the soup.
** Castle
Tickets sell out early.
""",
        RULE,
    )


def test_instructions_remarks_and_open_sentences_are_left_alone() -> None:
    first = ENTRIES + "** accommodation\n{}\n"
    for said in (
        "Press the lid and look at the lamp.",
        "See the chapter on lenses.",
        "For example a lens that bends.",
        "Is it done by the lens?",
        "There are two of them:",
        "Near point: the lens bends most.",
        "My teacher drew a lens.",
        "https://example.org/lens",
    ):
        assert "accommodation" not in dict(facts(first.format(said), RULE)), said


def test_titles_that_are_no_names_are_left_alone() -> None:
    for title in ("Examples", "Why two eyes see more", "Drawing a lens", "Notes", "3D"):
        made = facts(ENTRIES + f"** {title}\nParallel rails meet far away\n", RULE)
        assert title not in dict(made)
