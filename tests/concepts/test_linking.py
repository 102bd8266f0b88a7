"""Where concepts are mentioned, to the character."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.concepts.build_from import document, graph

TERMS = (
    "* terms\n- pod :: group of containers\n- container :: process\n- container runtime :: runs it\n- PV :: a folder\n"
)


def mentions(text: str, context: str = "prose") -> list[tuple[str, str]]:
    made = graph(TERMS, text)
    found = made.mentions_in(made.document("b.org"))
    return [(m.concept, m.text) for m in found if m.context == context]


def test_mentions_are_found_across_files_in_any_form() -> None:
    assert mentions("Two Pods, the pod’s name and pod'ы.\n") == [("pod", "Pods"), ("pod", "pod"), ("pod", "pod'ы")]


def test_the_longest_name_wins() -> None:
    assert mentions("A container runtime runs a container.\n") == [
        ("container-runtime", "container runtime"),
        ("container", "container"),
    ]


def test_a_name_may_be_broken_over_two_lines() -> None:
    ((_, text),) = mentions("It is the container\nruntime.\n")
    assert text == "container\nruntime"


@pytest.mark.parametrize(
    "text",
    [
        "=pod= and ~container~",
        "podium",
        "pod_name",
        "my-pod-7",
        "/var/lib/pod/",
        "https://pod.example.org/container",
        "pod.spec.container",
        "kubectl get pods -o yaml",
        "$pod",
        "<pod>",
        ": pod container",
        "a pv and a Pv",
        "pod@host",
    ],
)
def test_identifiers_code_and_commands_are_no_mentions(text: str) -> None:
    assert mentions(text + "\n") == []


def test_code_that_is_a_name_and_nothing_else_is_a_mention_of_its_own_kind() -> None:
    text = "Run =pod= or ~container runtime~, =pod/x=, ~kubectl pod~ and =po=.\n"
    assert mentions(text, "code") == [("pod", "pod")]


def test_state_names_are_mentioned_in_capitals_only() -> None:
    made = graph("- Running :: a container works\n\nIt is Running. Keep it running.\n")
    assert [m.text for m in made.mentions if m.context == "prose"] == ["Running"]


def test_function_words_are_mentioned_in_capitals_only() -> None:
    made = graph("- AND :: both hold\n- if :: a condition\n\nThis AND that and more if any.\n")
    assert [m.text for m in made.mentions if m.context == "prose"] == ["AND"]


def test_contexts_tell_terms_headings_and_links() -> None:
    made = graph("* The pod\n- pod :: thing\n\nSee [[https://x.org][the pod]] or [[*The pod][this]].\n")
    assert [(m.context, m.text) for m in made.mentions] == [("heading", "pod"), ("term", "pod"), ("link", "pod")]


def test_places_are_exact_inside_nested_markup() -> None:
    text = "Intro\n\n- item with /nested *pod* text/ and [[x][a pod]]\n"
    made = graph(TERMS, text)
    found = [m for m in made.mentions if m.document == "b.org"]
    assert [(m.span.line, m.span.column) for m in found] == [(3, 22), (3, 44)]
    assert all(text[m.offset : m.offset + len(m.text)] == m.text for m in found)


def test_free_compounds_are_searched_and_names_with_hyphens_are_not() -> None:
    assert [text for _, text in mentions("pod-level, docker-контейнер, multi-container, kube-pod\n")] == [
        "pod",
        "контейнер",
        "container",
    ]


def test_marked_terms_count_inside_longer_names_too() -> None:
    made = graph(TERMS, "The container runtime of a pod lifecycle.\n* pod lifecycle\n")
    found = [(m.concept, m.text, m.nested) for m in made.mentions if m.document == "b.org" and m.span.line == 1]
    assert found == [
        ("container-runtime", "container runtime", False),
        ("pod-lifecycle", "pod lifecycle", False),
        ("pod", "pod", True),
    ]


def test_parts_of_established_names_and_words_amid_longer_ones_are_no_mentions() -> None:
    terms = "- package :: what is installed\n- node :: machine\n- cargo :: goods\n"
    text = "The package manager of a worker node.  A port cargo office, a cargo ledger.\n"
    made = graph(terms, f"* package manager\n* worker node\n* port cargo office\n* cargo ledger\n{text}")
    found = [m.text for m in made.mentions_in(made.document("b.org")) if m.span.line > 4]
    nested = [m.text for m in made.mentions if m.document == "b.org" and m.span.line > 4 and m.nested]
    assert found == ["package manager", "worker node", "port cargo office", "cargo ledger"]
    assert nested == ["node", "cargo"]


def test_a_word_of_an_established_term_is_no_mention_though_nothing_marks_the_term() -> None:
    made = graph("- frequency :: cycles in a second\n\nA filter of the frequency domain raises the frequency.\n")
    assert [m.text for m in made.mentions if m.span.line > 2 and not m.nested] == ["frequency domain", "frequency"]
    assert not any(m.nested for m in made.mentions)


def test_a_defined_kind_is_no_mention_of_what_it_is_a_kind_of() -> None:
    made = graph(
        "- type :: set of values\n- primitive type :: what the language brings along\n- node :: machine\n"
        "- node type :: what a machine is\n\nEach primitive type, each node type, each Primitive type.\n"
    )
    assert [m.text for m in made.mentions if m.span.line > 5 and m.nested] == ["node", "type", "type"]


def test_a_name_gives_way_to_the_longer_one_that_its_last_word_begins() -> None:
    terms = "- Kubernetes :: platform\n- Kubernetes API :: interface\n- API server :: process\n"
    made = graph(terms, "Ask the Kubernetes API server.\n")
    assert [m.concept for m in made.mentions_in(made.document("b.org"))] == ["kubernetes", "api-server"]


def test_mentions_never_overlap_but_for_nested_ones() -> None:
    made = graph(TERMS, "* container runtime\ncontainer runtime container, *container runtime* - thing\n")
    found = sorted((m.document, m.offset, m.offset + len(m.text)) for m in made.mentions if not m.nested)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(found))


_PIECES = st.sampled_from(
    ["pod", "Container Runtime", "*", "/", "=", "~", " ", "\n", "- ", " :: ", "[[", "][", "]]", "CRI", "(", ")", "под",
     "* ", "é", "\t", "|", "#+begin_src\n", "#+end_src\n", " - ", " is a ", "{{{x}}}", r"\alpha", "_", "<<", ">>", "—"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=30).map("".join)))
def test_any_text_builds_and_every_mention_stands_where_it_says(text: str) -> None:
    made = graph(TERMS, text)
    sources = {path: document(source, path).text for path, source in (("a.org", TERMS), ("b.org", text))}
    for mention in made.mentions:
        source = sources[mention.document]
        assert source[mention.offset : mention.offset + len(mention.text)] == mention.text
    for each in made.concepts:
        assert each.id
        assert 0 <= each.rank <= 1


def test_acronyms_that_are_no_word_may_stand_in_small_letters() -> None:
    made = graph("- YAML :: a format\n- IT :: a trade\n- K8S :: a platform\n\nWith yaml it runs on k8s.\n")
    assert [m.text for m in made.mentions if m.context == "prose"] == ["yaml", "k8s"]


def test_windows_are_no_proper_name_in_any_language() -> None:
    made = graph("- Windows :: a system\n- Linux :: other\n\nОткрой окно и посмотри из окна в Windows.\n")
    assert [m.text for m in made.mentions if m.context == "prose"] == ["Windows"]


@pytest.mark.parametrize(
    "text", ["a pre-container phase", "its sub-pods", "a non-container file", "the x-контейнер", "Pod Inc. ships it"]
)
def test_what_makes_another_word_or_the_name_of_a_firm_is_no_mention(text: str) -> None:
    assert mentions(text + "\n") == []


@pytest.mark.parametrize(
    "text", ["a multi-container app", "the inter-pod traffic", "per-container limits", "a pod-based app"]
)
def test_free_compounds_still_mention_what_they_are_about(text: str) -> None:
    assert len(mentions(text + "\n")) == 1


def test_a_list_with_slashes_mentions_each_of_its_members() -> None:
    assert [text for _, text in mentions("a pod/container of app-pod/container kind\n")] == [
        "pod",
        "container",
        "container",
    ]
