"""Statements with their name before them, titles that announce a definition, and Russian sentences with a dash."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import concept, facts, graph


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "* (Лемма о лодке) Если лодка плывёт, то она не стоит.\n",
            "Лемма о лодке",
            "Если лодка плывёт, то она не стоит.",
        ),
        (
            "* (т. Причалова) Любая лодка когда-нибудь приплывёт.\n",
            "теорема Причалова",
            "Любая лодка когда-нибудь приплывёт.",
        ),
        ("* Лемма о весле - весло всегда длиннее лодки\n", "Лемма о весле", "весло всегда длиннее лодки"),
        (
            "* Theorem of Sailor: every boat that leaves comes back\n",
            "Theorem of Sailor",
            "every boat that leaves comes back",
        ),
        (
            "- (Sailor's theorem) Every boat that leaves comes back.\n",
            "Sailor's theorem",
            "Every boat that leaves comes back.",
        ),
        (
            "* Опр. медленной лодки\nЛодка, которая плывёт не быстрее реки.\n",
            "медленная лодка",
            "Лодка, которая плывёт не быстрее реки.",
        ),
        (
            "* Definition of a slow boat\nNo faster than the river it is on.\n",
            "slow boat",
            "No faster than the river it is on.",
        ),
    ],
)
def test_a_statement_defines_the_name_before_it(text: str, name: str, said: str) -> None:
    assert facts(text, "entitled") == [(name, said)]


def test_titles_of_notes_that_write_names_in_parentheses_need_no_word_for_them() -> None:
    text = (
        "* (Drift) A boat goes where the river goes.\n* (Heel) The boat leans to the side of the wind.\n"
        "* (Draught) So deep lies the boat in the water.\n"
    )
    assert [name for name, _ in facts(text, "entitled")] == ["Drift", "Heel", "Draught"]


@pytest.mark.parametrize(
    "text",
    [
        "* (Optional) Paint the boat before it leaves.\n",
        "* Theorem: every boat that leaves comes back\n",
        "* Определение по Причалову\nЛодка, которая плывёт.\n",
        "- (see below) every boat that leaves comes back\n",
    ],
)
def test_remarks_in_parentheses_and_bare_kinds_are_no_names(text: str) -> None:
    assert not facts(text, "entitled")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Причал стар. Волнорез - стена, которая бережёт причал. Вода холодна.\n",
            [("Волнорез", "стена, которая бережёт причал.")],
        ),
        ("Уровень реки - высота воды у причала.\n", [("Уровень реки", "высота воды у причала.")]),
        ("Закон тихой воды - лодки идут медленно.\n", [("Закон тихой воды", "лодки идут медленно.")]),
        (
            "Малые лодки - законно построенные суда без палубы.\n",
            [("Малые лодки", "законно построенные суда без палубы.")],
        ),
    ],
)
def test_a_russian_dash_between_nominatives_defines(text: str, found: list[tuple[str, str]]) -> None:
    assert facts(text, "dash-sentence") == found


@pytest.mark.parametrize(
    "text",
    [
        "Причина - слабый ветер у берега.\n",
        "Они - люди с большого парохода.\n",
        "Причалы - склады, краны и дороги.\n",
        "Правка - Вставка - Рисунок из файла.\n",
        "Лодка - плывёт быстрее любой рыбы.\n",
        "Сегодня - последний день лета тут.\n",
    ],
)
def test_other_dashes_in_russian_sentences_define_nothing(text: str) -> None:
    assert not facts(text, "dash-sentence")


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "The drift of a boat is defined as $d = v t$, where $v$ is the speed of the river.\n",
            "drift",
            "$d = v t$, where $v$ is the speed of the river.",
        ),
        ("Sailor's law: $F = k v$, where $k$ is a number.\n", "Sailor's law", "$F = k v$, where $k$ is a number."),
        ("Снос лодки вычисляется по формуле $d = v t$.\n", "Снос лодки", "$d = v t$."),
        ("Then the /heel/ will be:\n\\[ h = a + b \\]\nBoats lean.\n", "heel", "\\[ h = a + b \\]"),
    ],
)
def test_a_formula_defines_what_its_sentence_names(text: str, name: str, said: str) -> None:
    assert facts(text, "formula") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    ["It is given by $d = v t$.\n", "The speed is given by $v$.\n", "Answer: $d = v t$\n", "Speed is =x = 1=.\n"],
)
def test_letters_answers_and_code_define_nothing(text: str) -> None:
    assert not facts(text, "formula")


def test_names_set_as_code_are_concepts_with_what_the_list_says_of_them() -> None:
    made = graph("- =Boat= - class of all that floats\n- =Rope= - type of what ties\n- =Pilot=: one who leads boats\n")
    assert {c.name for c in made.concepts} == {"Boat", "Rope", "Pilot"}
    assert concept(made, "Boat").definitions[0].text == "class of all that floats"


@pytest.mark.parametrize(
    "text",
    [
        "- =Boat= - class of all that floats\n- =Rope= - type of what ties\n",
        "- =ls= - list of the files\n- =cat= - text of a file\n- =grep= - lines of a file\n",
        "- =-a= - all of them\n- =-b= - both of them\n- =-c= - count of them\n",
    ],
)
def test_two_values_commands_and_options_are_none(text: str) -> None:
    assert not facts(text, "code-item")


def test_marked_names_that_a_sentence_introduces_are_defined_by_it() -> None:
    assert facts("Let us denote $d$ as the *damping rate* of a boat at rest.\n", "defined-as") == [
        ("damping rate", "Let us denote $d$ as the damping rate of a boat at rest.")
    ]
    assert facts("Similarly, /drift error/ can be defined as the way that is lost.\n", "italic-copula") == [
        ("drift error", "the way that is lost.")
    ]
    assert facts("The drag coefficient $c$ is a number of each boat.\n", "copula") == [
        ("drag coefficient", "a number of each boat.")
    ]
    assert not facts("Suppose $f$ is a function of boats.\n", "copula")


def test_lines_with_two_colons_are_entries() -> None:
    text = "Mooring :: tying a boat to a post\nSteering :: keeping a boat on its way to the harbour\n"
    assert facts(text, "colon-line") == [
        ("Mooring", "tying a boat to a post"),
        ("Steering", "keeping a boat on its way to the harbour"),
    ]


def test_nested_items_tell_what_the_name_above_is_though_it_has_another_in_parentheses() -> None:
    text = (
        "- Harbour Set, Small edition (HSS)\n  + used to build boats for one person\n"
        "- Harbour Set (HS)\n  + used to build boats for many people\n"
    )
    assert facts(text, "entry") == [
        ("Harbour Set, Small edition", "used to build boats for one person"),
        ("Harbour Set", "used to build boats for many people"),
    ]


def test_one_acronym_over_what_it_is_needs_no_entries_beside_it() -> None:
    assert facts("- boats leave\n- BXM\n  + keeper of the ropes that tie them\n", "entry") == [
        ("BXM", "keeper of the ropes that tie them")
    ]
    assert not facts("- boats leave\n- MODERN\n  + Republic of sailors that live there\n", "entry")


def test_names_behind_a_comma_may_begin_small() -> None:
    assert facts("- Upstream, downstream - direction of a boat on a river\n", "dash-item") == [
        ("Upstream", "direction of a boat on a river"),
        ("downstream", "direction of a boat on a river"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("- *Small boat lemma* $a + b = c$.\n", "Small boat lemma", "$a + b = c$."),
        (
            "- *Harbour theorem* Every boat has one. No boat has two.\n",
            "Harbour theorem",
            "Every boat has one. No boat has two.",
        ),
    ],
)
def test_a_marked_statement_runs_on_into_what_it_states(text: str, name: str, said: str) -> None:
    assert facts(text, "entitled") == [(name, said)]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("- $⊕$ :: Disjoint mooring: $A ⊕ B$ holds both boats.\n", "Disjoint mooring", "$A ⊕ B$ holds both boats."),
        (
            "- $κ(B)$ :: The boat number of $B$; how many fit into it.\n",
            "boat number",
            "how many fit into it.",
        ),
    ],
)
def test_a_sign_is_called_what_its_tag_says(text: str, name: str, said: str) -> None:
    assert facts(text, "sign") == [(name, said)]


@pytest.mark.parametrize(
    "text",
    [
        "- $R_k$ :: The harbour with $k$ boats.\n",
        "- $n$ :: number: of all boats there\n",
        "- boat :: The ship: it floats on water\n",
    ],
)
def test_signs_that_are_only_described_name_nothing(text: str) -> None:
    assert not facts(text, "sign")


def test_a_letter_in_a_name_is_written_as_such() -> None:
    made = graph("- $\\sigma$-boat :: a boat that is the sum of small ones\n")
    assert concept(made, "σ-boat").definitions


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "Теория тихой воды: лодки идут туда, куда идёт река.\n",
            "Теория тихой воды",
            "лодки идут туда, куда идёт река.",
        ),
        ("- Sailor's law - every boat that leaves comes back\n", "Sailor's law", "every boat that leaves comes back"),
    ],
)
def test_a_statement_in_running_text_has_its_name_before_a_mark(text: str, name: str, said: str) -> None:
    assert facts(text, "entitled") == [(name, said)]
