"""Forms of definitions: Org's own dashes, signs of equality, `is defined as`, subjects that are interrupted."""

from __future__ import annotations

import pytest

from orgkb.concepts.model import AliasKind
from tests.concepts.build_from import candidates, facts


@pytest.mark.parametrize("dash", ["-", "--", "---", "–", "—"])
def test_the_dashes_of_org_define_like_any_other(dash: str) -> None:
    assert facts(f"- etcd {dash} key-value store\n", "dash-item") == [("etcd", "key-value store")]
    assert facts(f"- *etcd* {dash} key-value store\n", "bold-dash") == [("etcd", "key-value store")]
    assert facts(f"* Helm {dash} Пакетный менеджер\n", "dash-heading") == [("Helm", "Пакетный менеджер")]
    assert facts(f"Есть идолы. Идол {dash} это причина ошибок.\n", "copula") == [("Идол", "причина ошибок.")]


def test_options_are_no_dashes() -> None:
    assert facts("- etcd --name store of keys\n- run ---x of the keys\n- docker run --rm image\n", "dash-item") == []


def test_a_line_that_goes_on_about_its_subject_defines_nothing() -> None:
    assert facts("Его воля -- она же и движет его к познанию.\n", "dash-line") == []


def test_what_keys_do_defines_no_concept() -> None:
    text = "- C-c C-k -- ends the whole editing\n- C-x = ends the whole editing\n"
    assert facts(text, "dash-item") + facts(text, "equals") == []
    text = "- M-theory = one theory of all strings\n- S-expression = nested list of atoms\n- Shift-reduce parser = reads from the left\n"
    assert [name for name, _ in facts(text, "equals")] == ["M-theory", "S-expression", "Shift-reduce parser"]


def test_a_sign_of_equality_before_words_defines() -> None:
    text = "- Process = program that is executed\n- Throughput (TP) = number of jobs completed\n- *Lysis* = the end of a cell\n"
    assert facts(text, "equals") == [
        ("Process", "program that is executed"),
        ("Throughput", "number of jobs completed"),
        ("Lysis", "the end of a cell"),
    ]
    assert facts("Interactive = you wait for the result\nBatch = you look at it\nlater on\n", "equals") == [
        ("Interactive", "you wait for the result"),
        ("Batch", "you look at it later on"),
    ]


def test_what_follows_from_a_definition_is_none_of_it() -> None:
    assert facts("- BLSE = inhibée par acide => *bouchon*\n", "equals") == [("BLSE", "inhibée par acide")]


@pytest.mark.parametrize(
    "line",
    [
        "x = 5",
        "path = /usr/share",
        "path = some value",
        "Speed = Distance / Time",
        "Sum = first + second",
        "Name = foo(bar)",
        'Title = "some text"',
        "Server = http://example.org now",
        "Result = [first, second]",
        "Value = new Thing;",
        "Kernel = true",
        "Learning rate = см learning rata",
        "Gnorm = Gmodel/Gperfect",
        "Keycode 20 = minus underscore",
        "N*K = largest value",
        "Key fingerprint = EF6E 286D DA85 of the key",
        "Browser = only an abstraction",
        "First = Second = third word",
    ],
)
def test_assignments_formulas_and_judgements_define_nothing(line: str) -> None:
    assert facts(f"- {line}\n", "equals") == []
    assert facts(f"{line}\n", "equals") == []


def test_an_acronym_equals_its_long_form() -> None:
    long, short = candidates("- PV = persistent volume\n- AMX = amoxicilline\n", "equals")
    assert [(a.surface, a.kind) for a in long.aliases] == [("persistent volume", AliasKind.EXPANSION)]
    assert [(a.surface, a.kind) for a in short.aliases] == [("amoxicilline", AliasKind.EXPANSION)]
    assert short.definition is long.definition is None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("A relation is defined as:\n n-ary tuple of values\n", ("relation", "n-ary tuple of values")),
        ("*A relation instance is one instantiation of it*\n", ("relation instance", "one instantiation of it")),
        ("Idempotence means: the same again.\n", ("Idempotence", "the same again.")),
    ],
)
def test_sentences_that_define_in_other_words(text: str, fact: tuple[str, str]) -> None:
    assert facts(text, "copula") == [fact]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "/Physical/ network topology defines how devices connect.\n",
            ("Physical network topology", "defines how devices connect."),
        ),
        ("The /star/ configuration is a kind of network.\n", ("star configuration", "a kind of network.")),
        ("/Wi-Fi/, standing for /wireless fidelity/, is a type of network.\n", ("Wi-Fi", "a type of network.")),
    ],
)
def test_a_name_goes_on_after_its_markup_and_a_subject_may_be_interrupted(text: str, fact: tuple[str, str]) -> None:
    assert facts(text, "italic-copula") == [fact]
    assert facts(text.replace("The ", "").replace("/", "*"), "bold-copula") == [fact]


def test_verbs_and_adverbs_after_markup_belong_to_no_name() -> None:
    assert facts("/Pods/ run quickly and are a unit.\n/Clearly/ this is a problem.\n", "italic-copula") == []


def test_a_constant_or_number_behind_a_dash_is_no_definition() -> None:
    text = "- MoneyExtractor - MONEY\n- NameExtractor - a class that finds names\n- Key Column - 64-bits\n"
    assert dict(facts(text, "dash-item")).get("NameExtractor") == "a class that finds names"
    assert not any(said in {"MONEY", "64-bits"} for _, said in facts(text, "dash-item"))
    assert facts("* Pod - группа контейнеров\n", "dash-heading") == [("Pod", "группа контейнеров")]


def test_a_russian_phrase_with_a_participle_defines_its_title() -> None:
    made = facts("* Объект\nСтруктура данных, обладающая внутренним состоянием.\n", "section-opening")
    assert [name for name, _ in made] == ["Объект"]
    assert not facts("* Объект\nКак видно из опыта, это бывает.\n", "section-opening")


@pytest.mark.parametrize(
    "said",
    [
        "good for rare contention",
        "best suited for reports over the whole day",
        "better than Paxos in practice",
        "popular",
        "decentralized",
        "Google",
        "Uppsala University",
        "Mozilla Public License 2.0",
        "Is the answer always the same?",
    ],
)
def test_what_rates_a_thing_or_tells_whose_it_is_does_not_define_it(said: str) -> None:
    assert facts(f"- Pastry - {said}\n", "dash-item") == [("Pastry", "")]


@pytest.mark.parametrize(
    "said",
    [
        "good old overlay network",
        "fast and simple overlay network",
        "Google",  # behind a marked name: what the author wants to know of it
        "a popular protocol",
        "library",
        "What do peers look for? A key.",
    ],
)
def test_praise_does_not_take_a_definition_away(said: str) -> None:
    name = "*Pastry*" if said == "Google" else "Pastry"
    found = facts(f"- {name} - {said}\n", "bold-dash" if said == "Google" else "dash-item")
    assert found == [("Pastry", said)]


def test_a_vocabulary_may_mean_any_word() -> None:
    assert facts("- 快 kuài - fast\n", "dash-item") == [("快 kuài", "fast")]
