"""Propositions: of whom they are said, and what is not said at all."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import graph, relations

TERMS = (
    "* terms\n- container :: process\n- pod :: unit\n- node :: machine\n- service :: address\n- keymap :: table\n"
    "- buffer :: text\n- string :: letters\n- number :: digits\n- Emacs :: editor\n- контейнер :: процесс\n"
)


def of(text: str) -> list[tuple[str, str, str]]:
    return relations(graph(TERMS + text))


@pytest.mark.parametrize(
    "line",
    [
        # A relative clause has a subject of its own.
        "*thing* is the last place Emacs looks.  It is old.",
        # Half of a pair.
        "- *thing* - automatic conversion between string and digits",
        # What belongs to several is no place.
        "- *thing* - table of keys defined in the buffers’ table",
        # What is done with a thing, not what it is.
        "- *sink* - container to create.",
        # Columns.
        "- *machine one* - Container\t\tTask - OpenMP",
        # A comparison tells nothing of the other.
        "- *вещь* - работает быстрее, чем любой контейнер",
        # A name that the term has already.
        "- *node key rotation* - updating Node keys",
        # The preposition has its own noun.
        "- *вещь* - обязана внедрить в свои продукты средства контейнера",
        # A quotation that the notes only open with.
        "- *thing* - In “Emacs is great” somebody speaks of it",
        # What stands behind a plus is one thing more.
        "- *thing* - code described on a diagram (by an interface) + Node",
    ],
)
def test_what_is_said_of_something_else_or_of_nobody(line: str) -> None:
    made = [each for each in of("\n" + line + "\n") if each[0] not in {"pod", "service"}]
    assert made == []


def test_what_stands_in_parentheses_with_which_is_said_of_the_word_before() -> None:
    text = "- *concat* - tries a method if an operand is no number (which is always coercible to a string)\n"
    assert ("number", "is always coercible to", "string") in of(text)
    assert not [each for each in of(text) if each[0] == "concat" and each[2] == "string"]


def test_a_pair_that_is_named_whole_keeps_its_preposition() -> None:
    text = "- *thing* - communication between the node and the service\n- *proxy* - network between pods and users\n"
    assert {each for each in of(text) if each[0] in {"thing", "proxy"}} == {
        ("thing", "communication between", "node"),
        ("thing", "communication between", "service"),
        ("proxy", "network between", "pod"),
    }


def test_what_may_be_under_a_condition_is_not_said() -> None:
    assert of("First it looks.  If Emacs can find a keymap, it calls that.\n") == []
    assert of("If the node runs a pod, all is well.\n") == [("node", "runs", "pod")]
    assert of("Emacs can find a keymap.\n") == [("Emacs", "can find", "keymap")]


def test_helping_verbs_lead_no_list_and_kinds_are_told_of_their_members() -> None:
    assert of("To get the value, Emacs does:\n- keymap - looks\n- buffer - looks\n") == []
    assert of("Stopping a node will:\n- pod - end\n- container - end\n") == []
    text = "- constraint :: a rule\n* rules\nCommonly used constraints are:\n- *UNIQUE*: all values differ\n- *CHECK*: a condition holds\n"
    assert relations(graph(text)) == [("constraint", "include", "UNIQUE"), ("constraint", "include", "CHECK")]


def test_what_a_longer_name_begins_with_is_no_member() -> None:
    text = "- *clearing house* - an office\n  - node-based clearing: slow\n  - pod - a unit\n  - service - an address\n"
    assert {each[2] for each in of(text) if each[0] == "clearing house"} == {"pod", "service"}


def test_words_to_learn_are_no_parts_of_their_topic() -> None:
    text = (
        "* Neural networks\n- threshold [ˈθreʃhəʊld] :: пороговая величина\n- learning [ˈlɜːnɪŋ] :: самообучение\n"
        "- weight [weɪt] :: вес входа\n"
    )
    assert relations(graph(text)) == []


def test_a_translation_says_no_class() -> None:
    text = "- mathematics :: математика чисел\n- mathematician :: математик\n- queue :: очередь задач\n- priority queue :: очередь с весами\n"
    assert relations(graph(text)) == [("priority queue", "is a", "queue")]


def test_a_long_list_tells_its_parts_where_it_is_led_in_as_such() -> None:
    items = "".join(f"- unit{letter}x - часть {letter}\n" for letter in "ABCDEFGHIJKLMNOP")
    made = relations(graph("* Linux kernel\nСостоит:\n" + items))
    assert len(made) == 16
    assert made[0] == ("Linux kernel", "состоит из", "unitAx")


def test_a_long_list_of_other_things_goes_on_to_others() -> None:
    items = "".join(f"- unit{letter}x - thing {letter}\n" for letter in "ABCDEFGHIJKLMNOP")
    assert relations(graph("* Linux kernel\nSee for Linux kernel:\n" + items)) == []


def test_merits_are_no_parts() -> None:
    items = "- Maintainability - easy to change\n- Velocity - short cycles\n- Approachability - easy to begin with\n"
    assert relations(graph("* VSCode\n" + items)) == []


def test_a_clause_that_says_how_others_are_is_not_the_definition() -> None:
    made = of("*thing* is a bit special, as typical machines are still plain string.\n")
    assert not [each for each in made if each[1] == "are"]


@pytest.mark.parametrize(
    "title", ["Execution flow", "Container priority", "Synthesis of pods", "Mécanisme de container", "Rise of Emacs"]
)
def test_what_happens_has_no_parts(title: str) -> None:
    text = f"- {title} :: what is done\n* {title}\n- pod - first\n- node - then\n"
    assert not [each for each in of(text) if each[1] == "includes"]


def test_an_item_that_speaks_of_what_it_is_listed_below_is_none_of_them() -> None:
    text = "- system calls :: ways into the kernel\n* system calls\n- pod - a layer over system calls\n- node - one of them\n"
    assert ("system calls", "includes", "pod") not in of(text)


def test_a_participle_before_a_plural_is_no_verb_of_the_title() -> None:
    assert ("pod", "connected", "service") not in of("* pod\nConnected devices share the same service.\n")
    assert ("pod", "connected", "service") in of("* pod\nConnected the service.\n")


def test_an_event_does_nothing_itself() -> None:
    text = "- Rise of Emacs :: years\n* Rise of Emacs\n- Changed the buffer of all\n"
    assert not [each for each in of(text) if each[0] == "Rise of Emacs"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # Verbs that sciences use.
        ("A pod affects the node.", ("pod", "affects", "node")),
        ("A service influences nodes.", ("service", "influences", "node")),
        # More often a noun, but before an article a verb.
        ("The keymap stores the container.", ("keymap", "stores", "container")),
        ("A keymap (a small file) stores the container.", ("keymap", "stores", "container")),
        ("A service changes the state of the pod.", ("service", "changes the state of", "pod")),
        ("The node checks the settings and affects pods.", ("node", "affects", "pod")),
        # No article, but a kind of record.
        ("- *record* - inverse of an A or node of its own", ("record", "inverse of", "node")),
        # The comma of one who pauses.
        ("Keymap, is a template of containers.", ("keymap", "is a template of", "container")),
        # A sentence as a heading.
        ("* A keymap is a key element in a container.", ("keymap", "is a key element in", "container")),
    ],
)
def test_a_verb_is_known_by_its_place_in_the_sentence(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(graph(TERMS + ("" if sentence.startswith("*") else "* text\n") + sentence + "\n"))


@pytest.mark.parametrize(
    "sentence",
    [
        "The keymap stores containers for",  # two nouns or a verb
        "A keymap indicates whether the container works.",
        "A keymap could have emerged container by container.",
        "* Keymap as a container",
    ],
)
def test_what_may_be_no_statement_relates_nothing(sentence: str) -> None:
    found = relations(graph(TERMS + ("" if sentence.startswith("*") else "* text\n") + sentence + "\n"))
    assert not [each for each in found if {each[0], each[2]} == {"keymap", "container"}]
