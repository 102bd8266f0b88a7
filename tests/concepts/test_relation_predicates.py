"""Propositions: verbs whose subject stands elsewhere, and what a sentence goes on to say of it."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import graph, relations

TERMS = (
    "* terms\n- container :: process\n- pod :: unit\n- node :: machine\n- service :: address\n- buffer :: text\n- cache :: store\n"
    "- token :: letters\n- scheduler :: program\n- access rule :: law\n- queue :: line\n"
)


def of(text: str) -> list[tuple[str, str, str]]:
    return relations(graph(TERMS + text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* scheduler\nIt can evict pods.\n", ("scheduler", "can evict", "pod")),
        (
            "* scheduler\nThe first line.\n- Can only use half of the buffer\n",
            ("scheduler", "can only use half of", "buffer"),
        ),
        ("* scheduler\nWhat it does.\n- Located in the node\n", ("scheduler", "located in", "node")),
        ("* scheduler\nWhat it does.\n- Responsible for the queue\n", ("scheduler", "responsible for", "queue")),
        ("* Page scheduler\nThis scheduler removes the queue.\n", ("Page scheduler", "removes", "queue")),
        ("* scheduler\nThis program reads the queue.\n", ("scheduler", "reads", "queue")),
        ("* scheduler\n** Advantages\n- Reduces the queue\n", ("scheduler", "reduces", "queue")),
        ("* text\nscheduler:\n- handles tokens\n- sorts the queue\n", ("scheduler", "handles", "token")),
        ("* scheduler\nReads what comes. It sorts the queue.\n", ("scheduler", "sorts", "queue")),
    ],
)
def test_a_sentence_without_a_subject_is_about_its_title_or_the_name_over_its_list(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in of(text)


@pytest.mark.parametrize(
    "text",
    [
        "* scheduler\nIt turns out that pods are small.\n",
        "* scheduler\nWhat it does.\n- Improved buffer for all\n",
        "* scheduler\nWhat it does.\n- Automated queues\n",
        "* scheduler\nWhat it does.\n- write  containers  to  disk\n",
        "* scheduler\nResearchers\n- write to the queue\n",
        "* scheduler\n#+begin_src sh\nlist\n#+end_src\nwill list the pods.\n",
        "* scheduler\nIt is important to note that the pods are small.\n",
    ],
)
def test_what_only_looks_like_a_predicate_says_nothing_of_the_title(text: str) -> None:
    assert not [each for each in of(text) if each[0] == "scheduler"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The scheduler reads the queue and then starts pods.", ("scheduler", "starts", "pod")),
        ("The scheduler reads the queue, enabling pods.", ("scheduler", "enabling", "pod")),
        ("The queue of the scheduler holds tokens.", ("queue", "holds", "token")),
        ("A buffer for the node name holds tokens.", ("buffer", "holds", "token")),
        ("The token is put into a buffer and the pod is bound to a node.", ("pod", "is bound to", "node")),
        ("The node is big, and the scheduler reads the queue.", ("scheduler", "reads", "queue")),
        ("The scheduler/planner reads the queue.", ("scheduler", "reads", "queue")),
        ("The big program (scheduler) reads the queue.", ("scheduler", "reads", "queue")),
        ("The scheduler checks access rules.", ("scheduler", "checks", "access rule")),
        ("This works because the scheduler flags the token.", ("scheduler", "flags", "token")),
        ("When a pod fails, the scheduler removes the queue.", ("scheduler", "removes", "queue")),
        ("The scheduler is the node's built-in cache.", ("scheduler", "is built-in cache of", "node")),
        ("The scheduler collects old tokens in one part of the buffer.", ("scheduler", "collects", "token")),
    ],
)
def test_a_sentence_says_something_of_its_own_subject(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in of(f"* text\n{text}\n")


@pytest.mark.parametrize(
    ("text", "unsaid"),
    [
        ("When a pod fails, the scheduler removes the queue.", ("pod", "queue")),
        ("The scheduler allows pods to read the queue.", ("scheduler", "pod")),
        ("The scheduler lists a cache, a token for short.", ("scheduler", "token")),
        ("Measuring the queue of the scheduler can empty a buffer.", ("queue", "buffer")),
        ("The pods are placed there by default => the node.", ("pod", "node")),
    ],
)
def test_what_is_said_of_another_subject_or_not_to_the_end_is_left(text: str, unsaid: tuple[str, str]) -> None:
    assert not [each for each in of(f"* text\n{text}\n") if (each[0], each[2]) == unsaid]


def test_a_list_is_of_what_there_are_or_of_the_head_of_its_lead_in() -> None:
    assert ("access rule", "include", "token") in of("* text\nThere are two access rules in pods:\n- token\n- queue\n")
    assert ("service", "contains", "token") in of(
        "* text\nA small service with a big cache contains:\n- token\n- queue\n"
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("* text\nThe scheduler consists of two parts: a queue, a cache and tokens.\n", "consists of"),
        ("* text\nThe scheduler has three parts: queue, cache and token.\n", "has part"),
        ("* text\nThere are several kinds of scheduler: queue, cache, token.\n", "includes"),
        ("* scheduler\nIt has three parts: queue, cache and token.\n", "has part"),
    ],
)
def test_a_list_inside_a_sentence_is_of_its_subject(text: str, label: str) -> None:
    assert {("scheduler", label, name) for name in ("queue", "cache", "token")} <= set(of(text))


def test_a_colon_after_something_else_leads_to_no_list() -> None:
    assert not [each for each in of("* text\nThere is trouble with the scheduler: pods fail.\n") if each[2] == "pod"]


def test_a_linking_phrase_does_not_begin_like_a_sentence() -> None:
    assert ("scheduler", "reads", "queue") in of("* scheduler\nReads the queue.\n")


def test_a_pronoun_has_a_verb_behind_it_even_where_that_is_more_often_a_noun() -> None:
    assert ("scheduler", "checks", "token") in of("* scheduler\nReads what comes. It checks incoming tokens.\n")
    assert ("pod", "caches", "token") in of("* text\nThe pod that caches tokens is small.\n")


@pytest.mark.parametrize(
    ("text", "expected", "unsaid"),
    [
        # `about` says nearly here.
        ("- *thing* - is about the simplest queue", ("thing", "is", "queue"), ("thing", "is about", "queue")),
        # An adjective, not a verb without its `s`.
        ("It is late, and the scheduler mean queue is long.", None, ("scheduler", "mean", "queue")),
        # A sentence about something of its own.
        ("- *thing* - A queue of pods $X$ converges to a node.", None, ("thing", "queue of", "pod")),
        ("- *thing* - queue of pods", ("thing", "queue of", "pod"), None),
    ],
)
def test_words_that_look_like_a_linking_phrase_are_none(
    text: str, expected: tuple[str, str, str] | None, unsaid: tuple[str, str, str] | None
) -> None:
    made = of(f"* text\n{text}\n")
    assert expected is None or expected in made
    assert unsaid is None or unsaid not in made


RUSSIAN = "* термины\n- планировщик :: программа\n- запрос :: сообщение\n- объект :: вещь\n- класс :: вид\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The noun between leads to what is named, the adjective belongs to that.
        ("- *вещь* - выполняет обработку входящих запросов", ("вещь", "выполняет обработку", "запрос")),
        ("- *вещь* - используется для хранения старых запросов", ("вещь", "используется для хранения", "запрос")),
        ("- *вещь* - использует простые запросы", ("вещь", "использует", "запрос")),
        # A relative clause in an oblique case reads whole, or has a subject of its own.
        ("- *вещь* - список, значениями которого являются объекты", ("вещь", "значениями которого являются", "объект")),
        ("- *вещь* - список, из которого запускают объекты", ("вещь", "из которого запускают", "объект")),
        ("- *вещь* - список, при котором каждый объект виден", None),
    ],
)
def test_russian_nouns_between_a_verb_and_a_concept_belong_to_the_phrase(
    text: str, expected: tuple[str, str, str] | None
) -> None:
    made = relations(graph(f"{RUSSIAN}* текст\n{text}\n"))
    found = [each for each in made if each[0] == "вещь"]
    assert expected in found if expected else not found


def test_a_definition_that_opens_with_an_order_is_no_instance_of_its_verb() -> None:
    terms = "* terms\n- queue :: line\n- store :: place of goods\n"
    told = relations(
        graph(terms + "- loader :: Queue the tokens\n- filer :: store a token\n- depot :: a store for coal\n")
    )
    assert [(source, target) for source, label, target in told if label == "is a"] == [("depot", "store")]
