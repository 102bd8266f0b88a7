"""Names that were cut from longer ones, or that say something, are left to the review."""

from __future__ import annotations

import pytest

from orgkb.concepts import cleaning, halves, names
from tests.concepts.build_from import graph


def kept(text: str) -> set[str]:
    return {c.name for c in graph(text).concepts}


@pytest.mark.parametrize(
    "name",
    [
        "name not contain",
        "Five standard data types",
        "Два интерфейса",
        "property of Explainer",
        "type U",
        "RPC - gRPC",
        "finalize 524",
        "remote",
        "Generative Pre",
        "categorical cross",
        "true if class",
        "shell false",
        "фразы t",
    ],
)
def test_what_says_or_counts_is_no_name(name: str) -> None:
    assert halves.is_said(name)


@pytest.mark.parametrize(
    "name",
    [
        "Five Eyes",
        "Two-phase commit",
        "Point of sale",
        "Vitamin C",
        "PEP 561",
        "Node.js",
        "remote procedure call",
        "self",
    ],
)
def test_names_that_look_like_it_are_none(name: str) -> None:
    assert not halves.is_said(name)


@pytest.mark.parametrize("name", ["receptionist (招待员", "Calls→ Chats", "“СБЕР", "? p p", "ECMAScript(ES"])
def test_broken_names_and_steps_are_impossible(name: str) -> None:
    assert names.impossible(name)


def test_a_chinese_character_is_a_name() -> None:
    assert "番" in kept("* Characters\n- 番 - fān - one after another, in turn\n- 羽 - yǔ - feather of a bird\n")


def test_where_and_for_what_is_no_name_unless_everybody_knows_it() -> None:
    found = kept(
        "* Nets\n- CNN in NLP - to capture local patterns in sentences\n- skip-gram - predicts words around one\n"
    )
    assert "skip-gram" in found
    assert "CNN in NLP" not in found


def test_a_property_of_a_concept_is_none() -> None:
    found = kept("* Pods\n- pod :: group of containers\n\npod name - made from the hash and a random value\n")
    assert "pod" in found
    assert "pod name" not in found


def test_the_head_of_a_column_is_no_concept_and_a_keyword_is() -> None:
    text = "* Images\nEach repository has tags.\n- REPOSITORY - where the image came from\n- INTERSECT - rows of both queries\n"
    assert "INTERSECT" in kept(text)
    assert "REPOSITORY" not in kept(text)


def test_a_value_in_short_is_no_concept() -> None:
    found = kept("* Clusters\n- prod - CRI-O\n- regex - pattern that describes a set of strings\n")
    assert "regex" in found
    assert "prod" not in found


def test_keys_of_emacs_with_their_command_are_no_concepts() -> None:
    found = kept(
        "* Keys\n- C-c C-e # - inserts a template of all options\n- M-x list-tags - lists all tags of a file\n- fringe - narrow strip beside the text of a window\n"
    )
    assert "fringe" in found
    assert not {"C-c C-e #", "M-x list-tags", "C-c C-e"} & found


def test_a_command_of_a_chat_is_not_named_by_the_rest_of_it() -> None:
    assert not kept("* Chat\n- /query nickname - opens a window for a user\n- /quit - leaves the server now\n")


def test_part_of_a_phrase_that_always_goes_on_is_no_concept() -> None:
    text = "".join(f"* {n}\nThe partitioned global address space of machine {n} is shared.\n" for n in range(4))
    assert not any(name.endswith("address") for name in kept(text))


def test_a_word_that_only_modifies_others_is_no_concept() -> None:
    text = "* A\nUse encryption libraries here.\n* B\nOld encryption libraries leak.\n* C\nMore encryption libraries.\n"
    assert "encryption" not in kept(text)


def test_a_title_of_four_words_that_never_returns_is_a_topic() -> None:
    assert kept("* REST API Documentation UIs\nMany of them are slow.\n") <= {"REST", "API", "REST API"}


def test_states_that_are_participles_are_found_in_their_list() -> None:
    found = kept("* Container states\n- Waiting - something is required\n- Running\n- Terminated\n")
    assert {"Running", "Terminated"} <= found


def test_what_is_said_in_a_word_or_as_advice_makes_no_concept() -> None:
    assert "Python style" not in kept("* Style\nPython style is a reference.\n")
    found = kept(
        "* Naming\n- distance - variable names far from their use should tell more\n- scope - part of a program\n"
    )
    assert "distance" not in found


def test_a_slip_of_a_section_word_is_a_title() -> None:
    assert "glosary" not in kept("* glosary\n- crate - the smallest unit of code\n")


def test_who_somebody_works_for_is_no_concept() -> None:
    assert not {"Superjob", "Fizzwork"} & kept(
        "* Talks\n- Антон Золотилин (Superjob)\n- Martin Fowler (Fizzwork) on refactoring\n"
    )
    assert "initramfs" in kept("* Boot\nIt loads the early image (initramfs) first.\n")


def test_a_function_with_its_arguments_is_called_by_its_name() -> None:
    assert cleaning.clean("pcall (f [, arg1, ...])   protected mode").name == "pcall"
    assert cleaning.clean("Auto regressive (AR) process").name == "Auto regressive process"


def test_a_value_with_an_underscore_is_no_concept_and_a_method_is() -> None:
    found = kept(
        "* Links\n- _self - opens in the window of the link\n- __bxor: the event of the bitwise operation on tables\n- __unm: the event of the unary minus on tables\n"
    )
    assert "self" not in found
    assert "bxor" in {name.strip("_") for name in found}


def test_a_special_method_keeps_its_underscores() -> None:
    text = "- __lift: the lifting operation of a boat\n- __lower: the lowering operation of it\n"
    assert {"__lift", "__lower"} <= kept(text)
    assert kept("- *__gate__* - what the lock is closed by\n") == {"__gate__"}


def test_what_is_called_after_somebody_has_its_noun() -> None:
    assert "Bramah's Inequality" in kept("This is a form of Bramah's Inequality, where boats float.\n")
    assert "Vellani cipher" in kept("Boats send letters as in the Vellani\ncipher at night.\n")


def test_the_adjective_that_is_set_off_is_called_with_its_noun() -> None:
    assert "round-trip barge" in kept("Some boats come back and are called /round-trip/ barges.\n")
    assert "lock-keeper" in kept("The one who opens it is called a /lock-keeper/ of the canal.\n")


def test_letters_for_what_a_sentence_speaks_of_are_no_part_of_a_name() -> None:
    assert "canal c1" not in kept("The canal that is dug first is called the canal c1.\n")
    assert kept("Flow rate Q(h) - water that passes in a second\n") == {"Flow rate"}
    assert kept("Скорость потока V(h) - объём воды, который проходит за секунду\n") == {"Скорость потока"}


def test_another_name_in_parentheses_ends_a_title() -> None:
    assert "Lock stairs" in kept("* Lock stairs (aka flights)  water supply.\nText.\n")


def test_a_key_before_what_it_does_is_no_name() -> None:
    text = "Ship console:\n- open - lets the gate go up\n- close - lets the gate go down\n- Canal Lock - a chamber\n- p paste\n"
    assert "p paste" not in kept(text)


def test_a_verb_behind_one_thing_is_no_part_of_a_known_term() -> None:
    assert "function call" not in kept("- this function calls open-gate\n")
    assert "function call" in kept("Each function call takes time.\n")


def test_what_licences_and_firms_are_named_after_is_half_of_their_name() -> None:
    assert "Apache" not in kept("- The lock plans are under the Apache License.\n")
    text = "- DTC: the Depository Trust & Clearing Corporation, which settles trades\n" * 1
    assert "Clearing Corporation" not in kept(text + "\nAsk Trust & Clearing Corporation for it.\n")


def test_licences_and_code_in_parentheses_are_no_names() -> None:
    assert not {"GPLv3", "condition"} & kept("- gatekeeper (GPLv3) opens gates\n- until (condition)\n")
