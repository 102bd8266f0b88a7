"""Each candidate rule on Org text as people write it, English and Russian, with what it must leave alone."""

from __future__ import annotations

import pytest

from orgkb.concepts.candidates import RULES
from orgkb.concepts.model import AliasKind, ConceptKind
from orgkb.org import nodes as n
from tests.concepts.build_from import candidates, facts, graph


def test_rules_have_unique_names_and_fall_in_confidence() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert [rule.confidence for rule in RULES] == sorted((rule.confidence for rule in RULES), reverse=True)


# --- description items ---


def test_description_items_are_terms_nested_ones_too() -> None:
    text = "- pod :: group of containers\n  - init container :: runs first\n- под :: группа контейнеров\n"
    assert facts(text, "description-item") == [
        ("pod", "group of containers"),
        ("init container", "runs first"),
        ("под", "группа контейнеров"),
    ]


def test_a_definition_keeps_all_of_its_lines_and_its_markup() -> None:
    (found,) = candidates("- secret :: an object with /sensitive/ data.\n  Stored in =etcd=.\n", "description-item")
    assert found.definition is not None
    assert found.definition.text == "an object with sensitive data. Stored in etcd."
    assert [type(obj) for obj in found.definition.objects] == [n.Text, n.Italic, n.Text, n.Verbatim, n.Text]


def test_a_description_item_that_only_links_is_a_relation_not_a_term() -> None:
    assert facts("* Pod\n- tags :: [[Node]], [[Cluster]]\n- docs :: see [[Node]] for more\n", "description-item") == [
        ("docs", "see Node for more")
    ]


def test_an_acronym_in_the_tag_becomes_an_alias() -> None:
    (found,) = candidates("- Custom Resource Definition (CRD) :: own kinds of objects\n", "description-item")
    assert found.name == "Custom Resource Definition"
    assert [(a.surface, a.kind) for a in found.aliases] == [("CRD", AliasKind.ACRONYM)]


def test_two_names_in_one_tag_are_two_terms_with_one_definition() -> None:
    assert [name for name, _ in facts("- Job/CronJob :: one-off or repeated task\n", "description-item")] == [
        "Job",
        "CronJob",
    ]


def test_a_tag_of_code_is_code_and_weak() -> None:
    (found,) = candidates("- =restartPolicy= :: applies to all containers\n", "description-item")
    assert found.kind is ConceptKind.CODE
    assert found.confidence < 0.5


def test_a_list_below_a_bare_term_is_its_definition() -> None:
    (found,) = candidates("- benefits of pods ::\n  - shared network\n  - one life cycle\n", "description-item")
    assert found.definition is not None
    assert found.definition.text == "shared network; one life cycle"
    assert isinstance(found.definition.elements[0], n.PlainList)


# --- bold and dash ---


def test_bold_dash_in_all_the_ways_people_type_it() -> None:
    text = (
        "- *Image* - read-only template\n"
        "- *Docker daemon*- manages containers\n"
        "- *Слой* — слепок файловой системы\n\n"
        "*parent image* – image that yours is based on\n"
    )
    assert facts(text, "bold-dash") == [
        ("Image", "read-only template"),
        ("Docker daemon", "manages containers"),
        ("Слой", "слепок файловой системы"),
        ("parent image", "image that yours is based on"),
    ]


def test_several_bold_terms_on_one_line_are_several_facts() -> None:
    text = "- *daemon* - manages containers - quickly - *client* -\n  a command-line interface\n"
    assert facts(text, "bold-dash") == [
        ("daemon", "manages containers - quickly"),
        ("client", "a command-line interface"),
    ]


def test_an_arrow_of_a_diagram_is_no_definition() -> None:
    assert facts("*Image* -docker run> *Running Container* -> *Stopped Container*\n", "bold-dash") == []


def test_a_few_words_may_stand_between_term_and_dash() -> None:
    assert facts("- *Container* с т.з. ОС - процесс в namespaces\n", "bold-dash") == [
        ("Container", "процесс в namespaces")
    ]


def test_a_term_without_definition_is_found_without_one() -> None:
    assert facts("- *volumes* -\n", "bold-dash") == [("volumes", "")]


def test_a_lead_in_takes_the_list_below_along() -> None:
    (found,) = candidates("- *Chart* - consists of:\n  - templates\n  - values\n", "bold-dash")
    assert found.definition is not None
    assert isinstance(found.definition.elements[0], n.PlainList)


def test_labels_stay_labels_even_in_bold() -> None:
    assert facts("- *Note* - do this first\n- *Пример* - так нельзя\n", "bold-dash") == []


# --- plain dash ---


def test_plain_items_with_a_dash_are_terms() -> None:
    text = "- Kube-Proxy - routes traffic\n- Scheduler – планирование подов\n- etcd — это хранилище\n"
    assert facts(text, "dash-item") == [
        ("Kube-Proxy", "routes traffic"),
        ("Scheduler", "планирование подов"),
        ("etcd", "хранилище"),
    ]


@pytest.mark.parametrize(
    "item",
    [
        "docker images - list images and layers",
        "docker run -it image bash - create a container",
        "kubectl get pods - show pods",
        "sudo systemctl restart docker - restart it",
        "--publish - opens a port",
        "-d - in background",
        "/var/lib/docker - where it lives",
        "~/.docker/config.json - settings",
        "app_name - the name",
        "<none> - without a tag",
        "${VARIABLE} - its value",
        "1db047ccc674 - running container",
        "i - stdin",
        "2016 - first release",
        "12:30 - lunch",
        "name - by user or random",
        "create namespace - makes one",
        "this is the way we do it here - more or less",
        "what is it? - a question",
        "for java - see below",
        "collector per node - this",
        "удалить контейнер - осторожно",
        "key: value - a pair",
        "https://example.org - a site",
    ],
)
def test_what_is_no_term_is_left_alone(item: str) -> None:
    assert facts(f"- {item}\n", "dash-item") == []


def test_a_second_name_before_the_definition_is_an_alias() -> None:
    text = "- kube-scheduler - Scheduler - picks a node\n- PV - persistent volume - a folder on a server\n"
    found = candidates(text, "dash-item")
    assert [(c.name, c.aliases[0].surface, c.aliases[0].kind) for c in found] == [
        ("kube-scheduler", "Scheduler", AliasKind.VARIANT),
        ("PV", "persistent volume", AliasKind.EXPANSION),
    ]
    assert [c.definition.text for c in found if c.definition] == ["picks a node", "a folder on a server"]


def test_lines_of_a_paragraph_are_facts_but_wrapped_prose_is_not() -> None:
    text = "clusterIP - load balancer by iptables.\nendpoint - address and port\n\nWe looked at the cluster\nagain - it was gone.\n"
    assert facts(text, "dash-line") == [
        ("clusterIP", "load balancer by iptables."),
        ("endpoint", "address and port"),
    ]


def test_a_heading_may_define_its_subject() -> None:
    assert facts("* Helm - Пакетный менеджер\n", "dash-heading") == [("Helm", "Пакетный менеджер")]


def test_the_body_of_a_description_item_is_no_term_again() -> None:
    assert facts("- service :: container in swarm - what ports it uses\n", "dash-item") == []


# --- sentences ---


def test_a_defining_sentence_defines_its_subject() -> None:
    text = "Krew is the plugin manager for kubectl. Use it.\n\nA *pod* is small. Узел — это машина в кластере.\n"
    assert facts(text, "copula") == [
        ("Krew", "the plugin manager for kubectl."),
        ("Узел", "машина в кластере."),
    ]


def test_an_indefinite_article_defines_even_an_everyday_word() -> None:
    assert facts("A node is a machine of the cluster.\nThe node is a bit slow.\n", "copula") == [
        ("node", "a machine of the cluster.")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "This is a test.",
        "It is the best one.",
        "The main reason is a missing file.",
        "Here is a list.",
        "What you see is the result.",
        "There are the pods.",
        "Image is built up from layers.",
    ],
)
def test_other_sentences_define_nothing(sentence: str) -> None:
    assert facts(sentence + "\n", "copula") == []


def test_bold_subjects_need_no_more_than_an_article() -> None:
    text = "*CoreDNS* is a general-purpose DNS server\n\n- *Minikube* a tool that runs Kubernetes locally.\n"
    assert facts(text, "bold-copula") == [
        ("CoreDNS", "a general-purpose DNS server"),
        ("Minikube", "a tool that runs Kubernetes locally."),
    ]


@pytest.mark.parametrize(
    ("sentence", "name", "definition"),
    [
        ("*Markov property* refers to the memory of a process.", "Markov property", "the memory of a process."),
        ("*Special files* are provided in order to make devices look like files.", "Special files", "are provided in"),
        ("*Constructors* are functions that return a new object.", "Constructors", "functions that return"),
        ("*stride* specifies how far the filter moves.", "stride", "specifies how far"),
        ("*Индекс* служит для быстрого поиска.", "Индекс", "служит для быстрого поиска."),
    ],
)
def test_bold_subjects_are_defined_by_what_they_do(sentence: str, name: str, definition: str) -> None:
    ((found, text),) = facts(sentence + "\n", "bold-copula")
    assert (found, text[: len(definition)]) == (name, definition)


@pytest.mark.parametrize("sentence", ["*String* is immutable.", "*SQLite* does not support it.", "*Runs* allow it."])
def test_bold_subjects_of_other_verbs_are_not_defined(sentence: str) -> None:
    assert facts(sentence + "\n", "bold-copula") == []


def test_italic_and_underlined_subjects_are_defined_by_their_sentence() -> None:
    text = (
        "A /probe/ is a diagnostic of the kubelet. /Labels/ are key/value pairs.\n\n"
        "/Dead Watch/ allows monitoring another actor.\n\n_Куча_ — это область памяти.\n\n"
        "/Note/ that /it/ is a list, and the /second/ is the last.\n"
    )
    assert facts(text, "italic-copula") == [
        ("probe", "a diagnostic of the kubelet."),
        ("Dead Watch", "allows monitoring another actor."),
        ("Куча", "область памяти."),
    ]


@pytest.mark.parametrize(
    ("sentence", "definition"),
    [
        ("Idempotence means that it may be applied twice.", "it may be applied twice."),
        ("MetalLB refers to a load balancer for bare metal.", "a load balancer for bare metal."),
        ("StatefulSets are workloads that keep an identity.", "workloads that keep an identity."),
        ("Идемпотентность означает, что повтор ничего не меняет.", "повтор ничего не меняет."),
    ],
)
def test_plain_subjects_may_be_defined_without_an_article(sentence: str, definition: str) -> None:
    assert [text for _, text in facts(sentence + "\n", "copula")] == [definition]


def test_a_section_may_open_with_the_definition_of_its_heading() -> None:
    text = (
        "* Container Runtime Interface (CRI)\nenables the kubelet to use many runtimes. More.\n"
        "* Контейнер\n- Это стандартизированный метод упаковки\n"
        "* Ansible\nИспользуется для развертывания.\n"
        "* Links\nhttps://example.org\n"
        "* Docker\nInstall it first.\n"
    )
    assert facts(text, "section-opening") == [
        ("Container Runtime Interface", "enables the kubelet to use many runtimes."),
        ("Контейнер", "стандартизированный метод упаковки"),
        ("Ansible", "Используется для развертывания."),
    ]


@pytest.mark.parametrize(
    ("title", "opening", "definition"),
    [
        ("Process", "A program in execution. Each has an address space.", "A program in execution."),
        ("Pipe", "A sort of pseudofile that can be used to connect two processes.", None),
        ("Ingress", "An API object that manages access to the services in a cluster, typically HTTP.", None),
        ("Market failure", "Set of conditions under which markets are inefficient.", None),
        ("Протокол маршрутизации", "Набор правил, по которым узлы выбирают путь.", None),
        ("CronJobs", "A CronJob creates Jobs on a repeating schedule.", "creates Jobs on a repeating schedule."),
        ("Alarm signal", "The alarm signal interrupts a program.", "interrupts a program."),
    ],
)
def test_a_section_may_open_with_a_phrase_or_with_what_its_heading_does(
    title: str, opening: str, definition: str | None
) -> None:
    assert [text for _, text in facts(f"* {title}\n{opening}\n", "section-opening")] == [definition or opening]


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Fanout", "A simple configuration routes traffic from one address to many."),
        ("Autoscaling", "A controller (one of many) automatically updates the load."),
        ("Binding", "A user creates a claim with some storage."),
        ("Job", "A Job can be suspended."),
        ("Scheduler", "A scheduler has two phases."),
        ("Ingress", "A minimal resource example:"),
        ("Subversion", "One of the reasons was that it keeps the history."),
        ("Dataset", "Набор данных о погоде - аннотированный набор за сто лет."),
        ("Кэш", "Система хранит ответы в памяти."),
        ("Vowels", "A 诶"),
        ("Sequence", "A list, a tuple or another thing of that kind."),
    ],
)
def test_a_section_that_opens_with_another_sentence_defines_nothing(title: str, opening: str) -> None:
    assert facts(f"* {title}\n{opening}\n", "section-opening") == []


# --- acronyms ---


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("It uses the Container Runtime Interface (CRI) here.", "Container Runtime Interface", "CRI"),
        ("set role-based access control (RBAC) up", "role-based access control", "RBAC"),
        ("a CIDR (Classless Inter-Domain Routing) block", "Classless Inter-Domain Routing", "CIDR"),
        ("Kubernetes (K8s) and others", "Kubernetes", "K8s"),
        ("many Custom Resource Definitions (CRDs)", "Custom Resource Definitions", "CRD"),
        ("виртуальная машина (ВМ) на сервере", "виртуальная машина", "ВМ"),
        ("views on Boat Driven Design (henceforth BDD) differ", "Boat Driven Design", "BDD"),
        ("виртуальная машина (далее — ВМ) на сервере", "виртуальная машина", "ВМ"),
    ],
)
def test_acronym_pairs_both_ways(text: str, long: str, short: str) -> None:
    (found,) = candidates(text + "\n", "acronym")
    assert (found.name, found.aliases[0].surface) == (long, short)


@pytest.mark.parametrize("text", ["the pods (see NOTE)", "run it (ASAP)", "Docker images (OK)", "call f(X) now"])
def test_other_parentheses_are_no_acronyms(text: str) -> None:
    assert candidates(text + "\n", "acronym") == []


# --- marks of the author ---


def test_targets_with_names_are_terms_and_anchors_are_not() -> None:
    text = "<<control plane>> and <<sec:intro>> and <<fig-1>> and <<kubernetes-the-hard-way>>\n"
    assert facts(text, "target") == [("control plane", "")]


def test_radio_targets_are_terms() -> None:
    assert facts("A <<<replica set>>> keeps pods.\n", "radio-target") == [("replica set", "")]


def test_index_entries_are_terms() -> None:
    assert facts("#+INDEX: pod!pod template\n#+CINDEX: control plane\nText.\n", "index") == [
        ("pod", ""),
        ("pod template", ""),
        ("control plane", ""),
    ]


def test_nodes_are_terms_with_their_id_and_aliases() -> None:
    text = '* Pod\n:PROPERTIES:\n:ID: 0f5e-11\n:ROAM_ALIASES: "under pod" Pods\n:END:\n'
    (found,) = candidates(text, "id-node")
    assert (found.name, found.node_id) == ("Pod", "0f5e-11")
    assert [a.surface for a in found.aliases] == ["under pod", "Pods"]


def test_a_file_may_be_a_node() -> None:
    text = ":PROPERTIES:\n:ID: abc-7\n:END:\n#+title: Service mesh\n\nText.\n"
    (found,) = candidates(text, "id-node")
    assert (found.name, found.node_id, found.headline) == ("Service mesh", "abc-7", -1)


# --- weak rules ---


def test_headings_that_are_names_are_candidates() -> None:
    text = "* Docker Swarm\n* PV & PVC\n* usage\n* есть кластеры\n* Viewing and finding resources\n* How to install\n* links\n"
    assert [name for name, _ in facts(text, "heading")] == ["Docker Swarm", "PV", "PVC"]


def test_bold_terms_in_prose_are_candidates() -> None:
    assert [name for name, _ in facts("All *init containers* ran and *do not stop this now please*.\n", "bold")] == [
        "init containers"
    ]


def test_headings_say_what_they_do_something_with() -> None:
    text = "* Installing Docker\n* Настройка Docker Swarm\n* есть кластеры\n* Creating\n"
    assert [name for name, _ in facts(text, "heading-object")] == ["Docker", "Docker Swarm"]


def test_bare_items_beside_defined_ones_or_under_a_lead_in_are_candidates() -> None:
    text = (
        "Runtimes:\n- containerd - can do all\n- CRI-O\n- Docker Engine\n- and some more of them here\n\n"
        "To do\n- Buy milk\n- CRI-X\n"
    )
    assert [name for name, _ in facts(text, "sibling")] == ["CRI-O", "Docker Engine"]


def test_lists_of_short_names_give_aliases() -> None:
    rows = [("pods", "po"), ("nodes", "no"), ("services", "svc"), ("daemonsets", "ds"), ("ns", "namespaces")]
    found = candidates("".join(f"- {one}\t{two}\n" for one, two in rows), "short-name")
    assert [(c.name, [(a.surface, a.kind) for a in c.aliases]) for c in found] == [
        ("pods", [("po", AliasKind.SHORT)]),
        ("nodes", [("no", AliasKind.SHORT)]),
        ("services", [("svc", AliasKind.SHORT)]),
        ("daemonsets", [("ds", AliasKind.SHORT)]),
        ("namespaces", [("ns", AliasKind.SHORT)]),
    ]
    assert candidates("- buy milk\n- call mum\n- fix car\n- read book\n- walk dog\n", "short-name") == []


def test_items_with_a_colon_are_facts_where_there_are_two() -> None:
    text = "- Consistency: every read receives the most recent write\n- Доступность: каждый запрос получает ответ без ошибки\n"
    assert facts(text, "colon-item") == [
        ("Consistency", "every read receives the most recent write"),
        ("Доступность", "каждый запрос получает ответ без ошибки"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- name: nginx\n- image: nginx\n",
        "- Note: this is only a remark of mine\n- Example: here is how it is done\n",
        "- Consistency: every read receives the most recent write\n",
        "- see: https://example.org/a\n- more: https://example.org/b\n",
    ],
)
def test_settings_labels_and_single_items_with_a_colon_are_not(text: str) -> None:
    assert facts(text, "colon-item") == []


def test_a_single_item_with_a_colon_that_says_what_kind_of_thing_it_names() -> None:
    text = "- We sail at dawn\n- Rigging list: a list that says which rope holds what\n"
    assert facts(text, "colon-item") == [("Rigging list", "a list that says which rope holds what")]


def test_a_bold_subject_behind_what_says_where_it_holds() -> None:
    text = "In the language of sailors *clasps of oak* are rings that hold two ropes.\n"
    assert facts(text, "bold-copula") == [("clasps of oak", "rings that hold two ropes.")]
    assert facts("We saw that *clasps of oak* are rings that hold.\n", "bold-copula") == []


def test_bold_and_colon_in_both_orders() -> None:
    text = "*Operator*: a controller with its own objects\n\n*Taint:* keeps pods away\n\n*Installation*: run this\n"
    assert facts(text, "bold-colon") == [
        ("Operator", "a controller with its own objects"),
        ("Taint", "keeps pods away"),
    ]


def test_a_keyword_in_capitals_with_a_definition_is_a_term_though_the_word_is_none() -> None:
    text = "- FROM - starts a new stage\n- with - goes along\n- object speck - the desired state\n"
    assert facts(text, "dash-item") == [("FROM", "starts a new stage"), ("object speck", "the desired state")]


def test_what_is_called_a_name_is_a_candidate() -> None:
    text = "It is also known as OpenAPI. Такой процесс называется Шардирование.\nA node, formerly Minion, is called automatically.\n"
    assert [name for name, _ in facts(text, "called")] == ["OpenAPI", "Шардирование", "Minion", "node"]


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("A reverse proxy, also known as a gateway server, stands before it.", "reverse proxy", "gateway server"),
        ("Continuous delivery is also called CDeliv by some.", "Continuous delivery", "CDeliv"),
        ('- "Elastic Stack" (formerly the "ELK stack") holds logs', "Elastic Stack", "ELK stack"),
        ("Hash tables are sometimes called dictionaries.", "Hash tables", "dictionaries"),
        ("Хэш-таблица, также известная как словарь, хранит пары.", "Хэш-таблица", "словарь"),
        ("Обратный прокси также называют реверс-прокси.", "Обратный прокси", "реверс-прокси"),
    ],
)
def test_what_is_also_called_otherwise_has_an_alias(text: str, name: str, other: str) -> None:
    found = {c.name: [(a.surface, a.kind) for a in c.aliases] for c in candidates(text + "\n", "called")}
    assert found[name] == [(other, AliasKind.VARIANT)]


@pytest.mark.parametrize(
    "text",
    [
        "Another method is called Gizmo.",
        "It is also known as Gizmo.",
        "In the middle of all, and who would not, the thing also known as Gizmo comes.",
        "The process is called Gizmo.",
    ],
)
def test_what_is_only_called_so_has_no_other_name(text: str) -> None:
    assert not any(c.aliases for c in candidates(text + "\n", "called"))


def test_a_paragraph_of_a_term_and_a_colon_defines_it() -> None:
    text = "Load balancing: the traffic is spread over several servers.\n\nGNeRF: a radiance field without a posed camera.\n"
    assert facts(text, "colon-line") == [
        ("Load balancing", "the traffic is spread over several servers."),
        ("GNeRF", "a radiance field without a posed camera."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Requirements: you need a key and the password of it.",
        "In short: the traffic is spread over several servers.",
        "Frameworks: Angular, Ionic, RxJs, Dojo and the like.",
        "Gizmo: error while loading shared libraries of the kit.",
        "forks: the ones that are made by other people.",
        "Например: мы берём один из них и идём дальше.",
        "Load balancing: use the one of these that you like:",
        "Implication 1: the language does not ask for a collector.",
        "CopyCols: x = f(a, b) for each of the rows of it",
    ],
)
def test_a_paragraph_with_a_colon_after_a_label_defines_nothing(text: str) -> None:
    assert facts(text + "\n", "colon-line") == []


def test_capitalised_examples_are_candidates() -> None:
    text = "Tools such as Docker or CRI-O, and key-value stores (like Apache ZooKeeper), e.g. files.\n"
    assert [name for name, _ in facts(text, "example")] == ["Docker", "CRI-O", "Apache ZooKeeper"]


def test_what_notes_come_back_to_in_several_sections_is_a_candidate() -> None:
    sentence = "When the agenda window has the quorblat entries of this week, press a key to see them all again. "
    prose = "".join(f"* Part {i}\n{sentence * 6}\n" for i in range(24))
    assert "quorblat entries" in {name for name, _ in facts(prose, "repeated")}
    names = ["Quorblat", "quorblats", "a quorblat"]
    notes = "".join(
        f"* Part {i}\n- see {name} and the persistent frobs, the message text\n" for i, name in enumerate(names)
    )
    found = {name.lower() for name, _ in facts(notes, "repeated")}
    assert found == {"quorblat", "persistent frobs"}
    assert facts("* One\n- persistent frobs, persistent frobs, persistent frobs\n", "repeated") == []


def test_terms_that_everybody_knows_are_candidates_once_they_are_named() -> None:
    text = "- the traffic needs load balancing and a JSON web token\n- ask Grafana, over TLS and HTTP; no tls here\n"
    assert [name for name, _ in facts(text, "known-term")] == [
        "load balancing",
        "JSON web token",
        "Grafana",
        "TLS",
        "HTTP",
    ]


def test_names_are_told_from_how_they_are_written() -> None:
    text = (
        "- hosted by Podman, systemd-nspawn and CBL-Mariner\n- the Frobnitz Container Initiative of today\n"
        "- speaks gRPC; myLabel, fooBar and barBaz are code\n- сервис запускается через systemd\n"
    )
    found = [name for name, _ in facts(text, "named")]
    assert found == ["Podman", "systemd-nspawn", "CBL-Mariner", "Frobnitz Container Initiative", "gRPC", "systemd"]


@pytest.mark.parametrize(
    "text", ["- Pod1, Pod2 and Pod3\n", "- one, two and three\n", "- on Monday, in May\n", "- THE END IS NEAR\n"]
)
def test_other_words_are_no_names(text: str) -> None:
    assert facts(text, "named") == []


def test_what_stands_in_parentheses_may_be_a_name() -> None:
    text = "- helper containers (side-cars), balanced (optional) by the router (NAT gateway)\n"
    assert [name for name, _ in facts(text, "parenthesis")] == ["side-cars", "NAT gateway"]


def test_items_explained_in_parentheses_are_facts_where_there_are_two() -> None:
    text = "- bin packing (puts work where room is left)\n- Self-healing (restarts what has failed)\n- other things\n"
    assert facts(text, "explained-item") == [
        ("bin packing", "puts work where room is left"),
        ("Self-healing", "restarts what has failed"),
    ]


def test_a_bold_word_explained_inside_a_sentence_is_a_term() -> None:
    assert facts("- it is made of *layers* - snapshots of the file system. More.\n", "bold-dash") == [
        ("layers", "snapshots of the file system")
    ]


def test_a_bold_word_may_be_explained_by_the_words_after_it() -> None:
    text = "First release of *Helm* the package manager. These configure *controllers* that watch the cluster.\n"
    assert facts(text, "bold-copula") == [
        ("Helm", "the package manager."),
        ("controllers", "that watch the cluster."),
    ]


def test_bold_labels_over_lists_are_candidates() -> None:
    assert facts("*Parameter Object*\n- name\n- in\n\n*from deb*\n- get\n\n*Alone Object*\n", "bold-label") == [
        ("Parameter Object", "")
    ]


def test_several_names_before_one_dash_share_the_definition() -> None:
    assert facts("- Grafana, Prometheus - how the cluster is watched\n", "dash-item") == [
        ("Grafana", "how the cluster is watched"),
        ("Prometheus", "how the cluster is watched"),
    ]


def test_an_address_may_stand_between_term_and_dash() -> None:
    assert facts("- containerd https://github.com/containerd - runs the containers\n", "dash-item") == [
        ("containerd", "runs the containers")
    ]


def test_a_list_of_states_may_have_function_words() -> None:
    text = "- Always(default) -\n- OnFailure -\n- Never - no restart\n"
    assert [name for name, _ in facts(text, "state")] == ["Always", "Never"]


def test_sentences_add_definitions_to_what_other_rules_find() -> None:
    made = graph("- *runc* - low-level runtime\n\nrunc provides an API for images.\n\nGlorp provides nothing at all.\n")
    (runc,) = [c for c in made.concepts if c.name == "runc"]
    assert [d.text for d in runc.definitions] == ["low-level runtime", "provides an API for images."]
    assert "Glorp" not in {c.name for c in made.concepts}


def test_an_edition_is_named_by_its_long_form() -> None:
    (found,) = candidates("- Docker CE (Community Edition) is free.\n", "acronym")
    assert (found.name, [a.surface for a in found.aliases]) == (
        "Docker CE",
        ["Docker Community Edition", "Community Edition"],
    )


def test_manuals_name_their_subjects_in_titles_and_their_keywords_in_code() -> None:
    sentence = "When the agenda window shows the entries of this week, press a key to see =#+TITLE:= and ~foo~ again. "
    prose = "".join(f"* Exporting the part {name}\n{sentence * 6}\n" for name in "abcdefghijklmnopqrstuvwx")
    assert ("Exporting the part a", "") in facts(prose, "section-title")
    assert facts(prose.replace("* Exporting the", "* Without the"), "section-title") == []
    assert facts(prose, "code-keyword") == [("TITLE", "")]
    assert facts("* Exporting the part\n- =TITLE= and more\n", "section-title") == []
    assert facts("* Exporting the part\n- =TITLE= and more\n", "code-keyword") == []


def test_a_year_before_a_term_is_none_of_its_name() -> None:
    assert facts("- 2014: *Kubernetes* - Google - open version of Borg\n", "bold-dash") == [
        ("Kubernetes", "Google - open version of Borg")
    ]


@pytest.mark.parametrize(
    "tag", ["equery d iwd-1.24", "sass/app.scss", "resources/", "-fomit-frame-pointer", "docker run -it image"]
)
def test_commands_paths_and_options_in_tags_are_no_terms(tag: str) -> None:
    text = f"- {tag} :: what it does\n- equery b FILE :: owner\n- equery g NAME :: graph\n- equery l NAME :: list\n"
    assert tag not in {name for name, _ in facts(text, "description-item")}
    assert facts(text, "description-item") == []


def test_an_abbreviation_with_its_stop_is_no_subject() -> None:
    assert facts("lit. Can quite well do without\n", "statement") == []


def test_bare_small_words_that_english_has_not_are_names_beside_defined_ones() -> None:
    text = (
        "Networks use drivers.\n- bridge: The default network driver.\n- overlay\n- ipvlan\n- macvlan\n- none\n- host\n"
    )
    assert [name for name, _ in facts(text, "sibling")] == ["overlay", "ipvlan", "macvlan"]
    assert {"ipvlan", "macvlan"} <= {c.name for c in graph(text).concepts}


def test_names_that_wait_for_a_definition_show_what_their_bare_neighbours_are() -> None:
    text = "The standard has renderers.\n- DapperDox -\n- ReDoc\n- RapiDoc -\n"
    assert [name for name, _ in facts(text, "sibling")] == ["ReDoc"]


def test_other_things_after_a_colon_are_examples() -> None:
    assert [name for name, _ in facts("- Docker\n- Other CRI runtimes: frakti\n", "example")] == ["frakti"]
    assert facts("- Each other: frakti\n", "example") == []


def test_a_bold_command_with_its_purpose_is_defined() -> None:
    made = facts("- *kubeadm init* to bootstrap a control-plane node\n", "bold-copula")
    assert made == [("kubeadm init", "to bootstrap a control-plane node")]
    assert facts("- *Press enter* to start the server\n", "bold-copula") == []


def test_a_known_term_inside_an_explained_item_is_found() -> None:
    text = "- automatic bin packing (CPU and memory needs decide the node)\n- self-healing (liveness and readiness probes)\n"
    assert "bin packing" in {c.name for c in graph(text).concepts}


def test_a_short_name_may_be_a_part_of_the_long_one() -> None:
    rows = ["pods po", "services svc", "nodes no", "events ev", "resourcequotas quota"]
    made = graph("".join(f"- {row}\n" for row in rows))
    (quota,) = [c for c in made.concepts if c.name == "resourcequota"]
    assert {alias.surface for alias in quota.aliases} == {"resourcequotas", "quota"}


def test_the_place_that_begins_a_sentence_is_no_article_of_what_is_called_after_it() -> None:
    made = graph("* Kinds\n- Monte Verita algorithms stop early.\n- Las Palmas algorithms do not.\n")
    assert {"Monte Verita algorithm", "Las Palmas algorithm"} <= {concept.name for concept in made.concepts}
