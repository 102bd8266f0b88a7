"""Terms that notes explain without marking them as terms: tables without a head, names set as code, what happens when."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts, graph

_GLOSSARY = """
| Ferry | A boat that takes people over a river at fixed hours. |
| Mooring / Berth | The place in a harbour that a boat is tied to |
| Pilot (PL) | Boatman who leads a ship through shallow water |
| Keel | Known to all who ever had to turn a boat over |
"""


def test_rows_of_names_and_what_they_are_need_no_head() -> None:
    assert facts(_GLOSSARY, "table-row") == [
        ("Ferry", "A boat that takes people over a river at fixed hours."),
        ("Mooring", "The place in a harbour that a boat is tied to"),
        ("Berth", "The place in a harbour that a boat is tied to"),
        ("Pilot", "Boatman who leads a ship through shallow water"),
        ("Keel", "Known to all who ever had to turn a boat over"),
    ]


def test_a_head_of_other_words_is_no_term_of_such_a_table() -> None:
    found = facts("| Word | In short |\n|---+---|\n" + _GLOSSARY.lstrip(), "table-row")
    assert [name for name, _ in found] == ["Ferry", "Mooring", "Berth", "Pilot", "Keel"]


@pytest.mark.parametrize(
    "table",
    [
        (
            "| Anna | came late again and left before lunch |\n| Bert | was ill for the whole of last week |\n"
            "| Carl | has to pay for two more boats |\n| Dora | did not say when she comes |\n"
        ),
        (
            "| Ferry | 12 | A boat that takes people over |\n| Berth | 3 | A place that a boat is tied to |\n"
            "| Pilot | 4 | A man who leads a ship in |\n| Keel | 5 | The beam that holds a boat |\n"
        ),
        (
            "| =ls= | A list of the files that are there |\n| =ps= | A list of the jobs that are there |\n"
            "| =id= | The number of the user that asks |\n| =df= | The size of the disks that are there |\n"
        ),
        (
            "| Command | What it does |\n|---+---|\n| Ferry | A boat that takes people over |\n| Berth | A place that a boat is tied to |\n"
            "| Pilot | A man who leads a ship in |\n| Keel | The beam that holds a boat |\n"
        ),
    ],
)
def test_tables_of_people_counts_or_what_is_typed_explain_no_terms(table: str) -> None:
    assert not facts(table, "table-row")


def test_names_on_both_sides_of_a_slash_are_each_a_concept() -> None:
    names = {concept.name for concept in graph("- heap / free store :: memory that a program asks for\n").concepts}
    assert names == {"heap", "free store"}


@pytest.mark.parametrize("name", ["=attestation=", "~attestation~", "*attestation*", "its attestation"])
def test_what_something_is_called_may_be_set_as_code(name: str) -> None:
    text = f"Other keepers sign the list of what they saw. This is called {name}.\n"
    assert facts(text, "called") == [("attestation", "Other keepers sign the list of what they saw")]


@pytest.mark.parametrize("name", ["=run_all()=", "~a=b~", "=x=", "=--force="])
def test_code_is_no_name_of_what_it_is_called_by(name: str) -> None:
    assert not facts(f"Other keepers sign the list of what they saw. This is called {name}.\n", "called")


def test_what_occurs_when_something_holds_is_defined_by_that() -> None:
    assert facts("A gridlock occurs when two columns of cars wait for each other.\n", "copula") == [
        ("gridlock", "occurs when two columns of cars wait for each other.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "This occurs when two cars wait.\n",
        "An error occurs when the file is missing.\n",
        "An error occurs when a file is missing.\n",
        "It happens when cars wait.\n",
    ],
)
def test_what_goes_wrong_is_no_term_because_it_occurs(text: str) -> None:
    assert not facts(text, "copula")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Prime knot", "- A set of loops is a prime knot if nothing divides it"),
        ("Trenza", "Decimos que un cordel es trenza si tiene tres hilos."),
        ("Cordel", "Objeto largo cuyo grosor es pequeño."),
        ("Aguja", "Barra que pasa a un lado o a otro de la tela y los hilos de la red por una mesa y la de las manos."),
    ],
)
def test_a_title_is_defined_by_the_condition_or_clause_below_it(title: str, said: str) -> None:
    spanish = "Los hilos de la tela son de lana y se hacen en la casa con las manos.\n" * 3
    text = f"* Notas\n{spanish}* {title}\n{said}\n"
    assert (title, said.removeprefix("- ")) in facts(text, "section-opening")


def test_a_condition_on_a_kind_of_the_thing_does_not_define_its_title() -> None:
    assert not facts("* Knot\nA knot is prime if nothing in the world divides it.\n", "section-opening")


def test_items_beside_defined_terms_are_terms_though_their_names_are_everyday_words() -> None:
    colon = (
        "- Hippocampus: part of the brain where memories are made\n- Amygdala: almond shaped part that handles fear\n"
        "- Thalamus: relays signals\n- Split brain: what is left when the bridge is cut\n"
        "- Brain stem: part that keeps the heart beating\n- Cerebellum: small brain that keeps the body upright\n"
    )
    assert {name for name, _ in facts(colon, "colon-item")} >= {"Thalamus", "Split brain", "Hippocampus"}
    dash = (
        "- Repeatable read - a row that was read stays as it was\n- Serializability - the outcome is that of a serial order\n"
        "- Snapshot isolation - a reader sees one state of the whole\n- Write skew - two writers read the same and change different rows\n"
    )
    assert "Write skew" in {name for name, _ in facts(dash, "dash-item")}


@pytest.mark.parametrize(
    "item",
    [
        "Install boats - get the newest from the yard",
        "Advantages - they are light and cheap to make",
        "Boat 2 - yard.sh",
    ],
)
def test_steps_labels_and_values_beside_defined_terms_stay_none(item: str) -> None:
    text = (
        "- Repeatable read - a row that was read stays as it was\n- Serializability - the outcome is that of a serial order\n"
        f"- Snapshot isolation - a reader sees one state of the whole\n- {item}\n"
    )
    assert [name for name, _ in facts(text, "dash-item")] == [
        "Repeatable read",
        "Serializability",
        "Snapshot isolation",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Recency effect", "the tendency to remember the last words of a list."),
        ("Confirmation bias", "tendency to look for what one believes already."),
        ("Side effect", "a change that a function makes outside of itself."),
    ],
)
def test_a_line_of_an_everyday_name_and_a_phrase_that_says_what_it_is_defines_it(name: str, said: str) -> None:
    assert facts(f"{name}: {said}\n", "colon-line") == [(name, said)]


@pytest.mark.parametrize(
    "line",
    [
        "Main problem: a reader that does not know where to stop.",
        "Next week: a talk about trees of the north.",
        "Anna: a friend of mine who likes boats.",
        "Expected result: a tree that has one more node.",
        "First step: a person has to write the list of all things.",
    ],
)
def test_labels_of_the_day_and_of_tasks_are_no_terms(line: str) -> None:
    assert not facts(line + "\n", "colon-line")


def test_a_list_that_went_into_running_text_defines_each_of_its_names() -> None:
    text = "Hit - the block is in the cache - Miss - the block has to be fetched\n"
    assert facts(text, "dash-line") == [("Hit", "the block is in the cache"), ("Miss", "the block has to be fetched")]
    assert [name for name, _ in facts("slon - éléphant - Elephant - a big grey animal\n", "dash-line")] == ["slon"]


def test_the_acronym_of_a_compound_stands_for_it() -> None:
    found = graph("Der Verbraucherpreisindex (VPI) ist ein Maß dafür, wie sich die Preise ändern.\n").concepts
    assert [(c.name, [alias.surface for alias in c.aliases]) for c in found] == [("Verbraucherpreisindex", ["VPI"])]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Doppler effect", "The pitch rises when the source comes nearer."),
        ("Sunk cost fallacy", "People go on with what they paid for already."),
        ("Sesgo de confirmación", "Cada uno busca lo que ya cree."),
    ],
)
def test_a_title_that_names_what_was_found_is_defined_by_the_sentence_below(title: str, said: str) -> None:
    assert facts(f"* {title}\n{said}\n", "theorem") == [(title, said)]


@pytest.mark.parametrize("title", ["Side effects", "Effect", "Effect: boats are slow", "Bias and error"])
def test_titles_about_effects_state_none(title: str) -> None:
    assert not facts(f"* {title}\nWrite to a file, print, raise.\n", "theorem")


def test_what_a_participle_says_of_the_head_may_be_in_the_plural() -> None:
    said = "A single keeper making several names to gain weight in the vote."
    assert facts(f"* Forgery\n{said}\n", "section-opening") == [("Forgery", said)]
    assert not facts("* Fanout\nA fanout exchange routes messages to all.\n", "section-opening")
