"""Shapes in which notes tie concepts beyond plain definitions: lists below a thing, carried subjects, actions."""

from __future__ import annotations

import pytest

from orgkb.concepts.relations import labels
from tests.concepts.build_from import graph, relations

TERMS = (
    "* terms\n- container :: process\n- pod :: unit\n- node :: machine\n- service :: address\n- image :: template\n"
    "- kubelet :: agent\n- etcd :: store of keys\n- namespace :: group\n"
)


def of(text: str, terms: str = TERMS) -> list[tuple[str, str, str]]:
    """The relations of TEXT below the terms, without those of the terms."""
    known = relations(graph(terms))
    return [each for each in relations(graph(terms + text)) if each not in known]


def test_a_title_over_a_list_of_terms_includes_them() -> None:
    found = of("* node\n- kubelet - starts them\n- pod\n- etcd\n")
    assert [each for each in found if each[1] == "includes"] == [
        ("node", "includes", "kubelet"),
        ("node", "includes", "pod"),
        ("node", "includes", "etcd"),
    ]


def test_an_item_over_a_list_of_terms_includes_them_in_its_language() -> None:
    found = of("* more\n- *кластер* - всё вместе\n  - node - машина\n  - etcd - хранилище\n")
    assert ("кластер", "включает", "node") in found
    assert ("кластер", "включает", "etcd") in found


def test_a_lead_in_says_what_the_items_of_a_title_are() -> None:
    found = of("* node\nRequired fields:\n- pod - one\n- service - other\n")
    assert ("node", "has required field", "pod") in found


@pytest.mark.parametrize(
    "text",
    [
        "* node\n- kubelet starts them\n- pods run there\n",  # items that are sentences
        "* node\n- kubelet - one\n- to do it well\n- it is good\n- and fast\n",  # most items are none
        "* node\nRead this first:\n- kubelet\n- pod\n",  # something else leads in
        "* node\n- pod: pod is a unit\n- image: image is a template\n",  # a glossary
    ],
)
def test_other_lists_below_a_thing_say_nothing_of_it(text: str) -> None:
    assert not [each for each in of(text) if each[1].startswith(("includes", "has"))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Images become fast when they run on a node.", ("image", "run on", "node")),
        ("Containers don't work with services, they use pods.", ("container", "use", "pod")),
        ("The kubelet is small. It manages pods.", ("kubelet", "manages", "pod")),
        ("На ноде размещаются служебные поды", ("pod", "размещаются на", "node")),
    ],
)
def test_subjects_are_carried_on(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in of(f"\n{sentence}\n")


def test_a_pronoun_of_another_number_stands_for_something_else() -> None:
    assert not [each for each in of("\nThe pods are small. It manages nodes.\n") if each[2] == "node"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('- "assigning a pod to a node"', ("pod", "assigned to", "node")),
        ("- put the image into a container", ("image", "put into", "container")),
        ("- image -> container", ("image", "leads to", "container")),
    ],
)
def test_what_is_done_with_two_things_ties_them(line: str, expected: tuple[str, str, str]) -> None:
    assert expected in of(f"* more\n{line}\n")


def test_who_acts_keeps_the_verb() -> None:
    found = of("\nThe kubelet can build images by reading the instructions from a service.\n")
    assert ("kubelet", "can build", "image") in found
    assert ("kubelet", "reading instructions from", "service") in found
    assert not [each for each in found if each[0] == "image"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- *thing* - stored in a node data vault (etcd)", ("thing", "stored in", "etcd")),
        ("- *thing* - stored in a node that nobody needs (etcd)", None),
        ("- *thing* - мониторинг подов", ("thing", "мониторинг", "pod")),
        ("- *thing* - keeps all that is known (like etcd)", ("thing", "like", "etcd")),
        ("- *thing* - software that hosts the pods", ("thing", "software that hosts", "pod")),
        ("- *things* :: node, pod and service", ("thing", "includes", "service")),
        ("- *good nodes* - nodes distribute images", ("good node", "distribute", "image")),
        ("*thing* is the kubelet's default agent for images.", ("thing", "is default agent of", "kubelet")),
        ("- *thing* - used for building and installing pods", ("thing", "used for building and installing", "pod")),
        ("- *thing* - maintains pods organized into services", ("pod", "organized into", "service")),
    ],
)
def test_definitions_tie_what_they_name_in_passing(line: str, expected: tuple[str, str, str] | None) -> None:
    found = of(f"* more\n{line}\n")
    assert expected in found if expected else not [each for each in found if each[2] == "etcd"]


def test_the_subject_of_a_sentence_is_no_property_of_the_term() -> None:
    assert not [each for each in of("* more\n- *Failed* - any container in the pod terminated\n") if each[2] == "pod"]


@pytest.mark.parametrize(
    ("label", "name", "expected"),
    [
        ("процесс извлеченный из tarball привязанный к", "tarball", "привязанный к"),
        ("interacts with container runtimes via", "container runtimes", "interacts via"),
        ("joined worker nodes with", "worker nodes", "with"),
        ("привязанный к namespaces и контролируемый через", "namespaces", "контролируемый через"),
        ("run Kubernetes on", "Kubernetes", "run Kubernetes on"),
        ("framework for", "framework", "framework for"),
        ("REST JSON over", "JSON", "over"),
        ("visualizes dependence of prediction on", "prediction", "visualizes dependence of prediction on"),
        ("communicate with kubelets of", "kubelets", "communicate with kubelets of"),
        ("cannot talk to nodes via", "nodes", "cannot talk to nodes via"),
    ],
)
def test_phrases_leap_over_no_concept_that_they_can_do_without(label: str, name: str, expected: str) -> None:
    assert labels.without_leap(label, [name]) == expected


@pytest.mark.parametrize(
    ("said", "name", "label"),
    [
        ("простейшее перенаправление потоков", "TCP", "перенаправление потоков"),
        ("хранилище", "TCP", ""),  # the case of a foreign name does not show
        ("часть", "программы", "часть"),
        ("часть и", "программы", ""),
        ("слепков", "программы", ""),  # in an oblique case itself
    ],
)
def test_russian_nouns_lead_on_by_case(said: str, name: str, label: str) -> None:
    assert labels.genitive(said, name) == label


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("run it inside set of", "run inside set of"),
        ("gives you access to", "gives access to"),
        ("makes it easy to run", "makes it easy to run"),
        ("test combines", "combines"),
        ("attacker explores", "attacker explores"),
        ("process, unit of", "unit of"),
        ("install, upgrade", "install, upgrade"),
        ("to create and run", "create and run"),
        ("to be executed by", "executed by"),
        ("software that can run", "software that can run"),
        ("template used to build", "template used to build"),
        ("prove that a formal model of", ""),
        ("good it is for", ""),
        ("", ""),
    ],
)
def test_phrases_read_as_propositions(label: str, expected: str) -> None:
    assert labels.polished(label, "Integration Testing") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- *thing* - enables the kubelet to use a variety of images", ("kubelet", "use a variety of", "image")),
        ("- *thing* - allows containers to be scaled across nodes", ("container", "scaled across", "node")),
        ("- *thing* - is the process of setting up a new node", ("thing", "process of setting up", "node")),
        ("- *thing* - exposes many good routes to you from outside the node", ("thing", "from outside", "node")),
    ],
)
def test_who_is_enabled_acts(line: str, expected: tuple[str, str, str]) -> None:
    found = of(f"* more\n{line}\n")
    assert [each for each in found if each[0] == expected[0] and expected[1] in each[1] and each[2] == expected[2]]


@pytest.mark.parametrize(
    "line",
    [
        "\nThe kubelet uses pods?",
        "- *thing* - uses images?",
        "- *thing* - kept in the pod's small drawer",
        "- *thing* - всё хорошо. Тестировщики получают его в pods",
        "\nThe kubelet asks that it be applied to pods.",
        "\nsome nodes, such as image based nodes",
        "- *thing* - like the image/Container pair",
        "- container written in pods",  # says of one thing what it is
        "\nThe kubelet is small. It is image, fast and good.",
    ],
)
def test_what_nobody_states_is_no_relation(line: str) -> None:
    assert not [each for each in of(f"* more\n{line}\n") if each[2] in {"pod", "image"}]


def test_a_name_and_its_short_form_are_one_subject() -> None:
    terms = "- Pod Runtime Box (PRB) :: a box\n- image :: template\n"
    found = of("\nHowever, the Pod Runtime Box (PRB) keeps images.\n", terms)
    assert [each[1:] for each in found if each[2] == "image"] == [("keeps", "image")]


def test_a_new_clause_after_a_comma_ends_the_enumeration() -> None:
    found = of("\nThe kubelet manages pods, node software manages images.\n")
    assert ("kubelet", "manages", "pod") in found
    assert ("kubelet", "manages", "node") not in found


def test_lead_ins_that_count_say_what_the_items_are() -> None:
    text = (
        "* node\nit can give no more than two of these three guarantees:\n- Pod: one\n- Service: other\n- Image: last\n"
    )
    assert ("node", "has guarantee", "service") in of(text)
    assert ("container", "can have state", "pod") in of("\nThen the container can have three states:\n- pod\n- image\n")


def test_heads_of_columns_say_what_their_cells_are() -> None:
    table = "\n| what | Tools | runs on |\n|------+-------+---------|\n| pod | kubelet, etcd | node |\n| image | the best of etcd | node |\n"
    assert of(table) == [
        ("pod", "has tool", "kubelet"),
        ("pod", "has tool", "etcd"),
        ("pod", "runs on", "node"),
        ("image", "runs on", "node"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "\n| what | Tools |\n| pod | etcd |\n| image | etcd |\n",  # no rule below the head
        "\n| what | Notes |\n|---|\n| pod | etcd |\n| image | etcd |\n",
        "\n| what | |\n|---|\n| pod | etcd |\n| image | etcd |\n",
        "\n| what | Tools |\n|---|\n| my pod of old | etcd |\n| all | etcd |\n",
    ],
)
def test_other_tables_say_nothing(table: str) -> None:
    assert of(table) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\nThe Kubelet library changed its image to the pod.\n", ("kubelet", "changed", "image")),
        ("\nThe kubelet listens on a service, protected by etcd.\n", ("kubelet", "protected by", "etcd")),
        ("* images\ncontain pods of all kinds\n", ("image", "contain", "pod")),
        ("- *thing* - a small machine image, nicely made\n", None),
    ],
)
def test_verbs_in_the_past_participles_after_a_comma_and_plurals_say_something(
    text: str, expected: tuple[str, str, str] | None
) -> None:
    terms = TERMS + "- *images* - templates\n"
    found = of(text, terms)
    assert expected in found if expected else not [each for each in found if each[2] == "node"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        # about something else
        ("* more\n- RAM copy - The heart would be shown as a node of the map.\n", ("RAM copy", "node")),
        ("* more\n- Scarcity - most active readers will only have a pod of them\n", ("Scarcity", "pod")),
        ("* more\n- Затор - значения весов могут стать node\n", ("Затор", "node")),
        ("* more\n- Barcode - made like this: каждый товар описывался node\n", ("Barcode", "node")),
        # half of another name
        ("* more\n- Sampler - uses the Image Distribution to decide\n", ("Sampler", "image")),
        # its own words
        ("* more\n- Loop Image of Gander - Loop Image for 2018\n", ("Loop Image of Gander", "image")),
        # told what it does
        ("* more\n- Cutter - Groups similar containers by size\n", ("Cutter", "container")),
        # `Keyed Values of Stores` spells it out
        (
            "* more\n- KVT - Keyed table of values\n- KVS - Keyed Values of Stores\n- stores :: shops\n",
            ("KVS", "store"),
        ),
        # a verb
        ("* more\n- Packer - tools to image the disk\n", ("Packer", "image")),
        # said of the group
        (
            "* more\n- Warden - a firm trusted by Gate Group (society responsible for keeping the namespace )\n",
            ("Warden", "namespace"),
        ),
        # what it is written in
        ("* more\n- *Walker* - python\n* python\n- python :: a language\n", ("Walker", "python")),
        # an order
        ("* more\n- Guidance - Usher the container in the yard\n", ("Guidance", "container")),
        # the head comes later
        (
            "* more\n- Tracer - cluster image framework for tests\n- cluster image :: archive\n",
            ("Tracer", "cluster image"),
        ),
        ("* more\nTracer is a container and pod tool.\n", ("Tracer", "container")),
        ("* more\nTracer is a node based API gate.\n", ("Tracer", "node")),
    ],
)
def test_a_concept_in_passing_is_not_what_a_thing_is(text: str, ends: tuple[str, str]) -> None:
    assert ends not in [(source, target) for source, _, target in of(text)]
