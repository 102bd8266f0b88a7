"""Which definitions become cards, and what stands on them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from orgkb.diagnostics import Severity
from orgkb.org import nodes as n
from orgkb_exporters import html
from orgkb_exporters.anki import prose
from orgkb_exporters.anki.note_types import NOTE_TYPES
from orgkb_exporters.anki.package import ReadNote, read_package
from orgkb_exporters.anki.secrets import found_secret
from orgkb_exporters.anki.trimming import as_answer
from tests.exporters.anki_notes import Bench, Note, bullets, graph, link, org_graph, text


def notes_of(package: bytes) -> list[ReadNote]:
    return list(read_package(package).notes.values())


def field(note: ReadNote, name: str) -> str:
    return note.fields[NOTE_TYPES[note.kind].fields.index(name)]


def only(*notes: Note, **options: Any) -> ReadNote:
    (note,) = notes_of(Bench(**options).build(graph({"docker.org": notes})))
    return note


def held_back(note: Note) -> list[str]:
    bench = Bench()
    assert bench.build(graph({"docker.org": [note]})) == b""
    return [d.message for d in bench.reports]


POD = Note("pod", "group of containers that share storage and a network address")


def test_a_definition_is_asked_for_in_the_language_of_the_note() -> None:
    assert field(only(POD), "Prompt") == "What is <b>pod</b>?"
    russian = Note("pod", "группа контейнеров с общими ресурсами")
    assert field(only(russian), "Prompt") == "Что такое <b>pod</b>?"


def test_a_thing_of_which_the_notes_have_several_is_asked_for_with_an_article() -> None:
    notes = "* Terms\n- *endpoint* - address at which a service can be reached\n* Use\nA service has two endpoints.\n"
    (note,) = notes_of(Bench().build(org_graph({"api.org": notes})))
    assert field(note, "Prompt") == "What is an <b>endpoint</b>?"


def test_notes_in_another_language_are_asked_in_it_without_being_told() -> None:
    words = (
        "El proceso es un programa en ejecución. La memoria es de todos los procesos, y el disco también es de ellos."
    )
    notes = f"* Términos\n- *Hilo* - secuencia de órdenes que se ejecuta dentro de un proceso\n* Más\n{words * 3}\n"
    (note,) = notes_of(Bench().build(org_graph({"so.org": notes})))
    assert field(note, "Prompt") == "¿Qué es <b>Hilo</b>?"


def test_the_line_above_a_question_has_no_addresses_and_does_not_answer_it() -> None:
    composer = "tool for dependency management in PHP"
    notes = f"* Talks https://example.org/a\n** Dependency Manager for PHP\n- *Composer* :: {composer}\n"
    (note,) = notes_of(Bench().build(org_graph({"php.org": notes})))
    assert field(note, "Context") == "php › Talks"


def test_what_an_abbreviation_stands_for_is_shown_below_the_answer() -> None:
    notes = "- CFR (Cost and Freight) :: The seller delivers to the port of destination and pays for the way there.\n"
    (note,) = notes_of(Bench().build(org_graph({"trade.org": notes})))
    assert field(note, "Prompt") == "What is <b>CFR</b>?"
    assert field(note, "Extra") == '<p dir="auto"><b>CFR</b> = Cost and Freight</p>'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*group of containers that share storage*.", "group of containers that share storage"),
        ("group of containers that share storage;", "group of containers that share storage"),
        ("containers that share *storage*.", "containers that share <b>storage</b>."),
        ("+group of containers+", "<s>group of containers</s>"),
        (
            "https://example.org group of containers that share storage",
            'group of containers that share storage <a href="https://example.org">https://example.org</a>',
        ),
    ],
)
def test_an_answer_is_shown_without_what_only_separates_or_sets_off_the_whole(written: str, shown: str) -> None:
    (document,) = org_graph({"a.org": f"{written}\n"}).documents
    (paragraph,) = document.section
    assert isinstance(paragraph, n.Paragraph)
    assert html.HtmlRenderer(external=lambda link: link.raw).objects(as_answer(paragraph.children)) == shown


def test_what_stands_below_its_title_makes_a_card_though_only_its_place_tells_it() -> None:
    notes = "* Zone file\nText file that keeps the names of a domain with their addresses.\nEach zone file has a zone.\n* Zone\nOf a zone file.\n"
    (note,) = notes_of(Bench().build(org_graph({"zone.org": notes})))
    assert field(note, "Prompt") == "What is <b>Zone file</b>?"
    assert field(note, "Definition") == "Text file that keeps the names of a domain with their addresses."


def test_a_card_says_where_it_comes_from_without_line_numbers() -> None:
    note = only(POD)
    assert field(note, "Context") == "docker › Terms"
    assert field(note, "Source") == "docker.org › Terms"
    assert "org-protocol://orgkb?file=docker.org&amp;search=%2ATerms" in field(note, "Link")
    assert note.tags == ("orgkb::docker::Terms", "orgkb::kind::term")


def test_related_concepts_come_with_their_linking_phrase() -> None:
    notes = [POD, Note("node", "machine on which the pods of a cluster run")]
    package = Bench().build(graph({"docker.org": notes}, relations=[("pod", "runs on", "node")]))
    assert {field(note, "Related") for note in notes_of(package)} == {"Related: <b>pod</b> runs on <b>node</b>"}


def test_code_terms_are_set_as_code_and_placeholders_survive() -> None:
    objects = (text("removes "), n.Code(0, 0, "<none>"), text(" images"))
    assert field(only(Note("rmi", "removes <none> images", objects=objects)), "Definition") == (
        "removes <code>&lt;none&gt;</code> images"
    )


def test_several_definitions_of_a_term_are_told_apart_by_headings_else_stand_on_one_card() -> None:
    apart = [
        Note("volume", "directory that outlives its container", "Docker"),
        Note("volume", "storage that a pod claims from the cluster", "Kubernetes"),
    ]
    package = Bench().build(graph({"k.org": apart}))
    assert {field(note, "Prompt") for note in notes_of(package)} == {
        'What is <b>volume</b> <span class="qualifier">(Docker)</span>?',
        'What is <b>volume</b> <span class="qualifier">(Kubernetes)</span>?',
    }
    same = [Note("volume", "directory that outlives its container"), Note("volume", "loudness of an annoying sound")]
    bench = Bench()
    (note,) = notes_of(bench.build(graph({"k.org": same})))
    assert field(note, "Prompt") == "What is <b>volume</b>?"
    assert field(note, "Definition") == same[0].text
    assert same[1].text in field(note, "Extra")
    assert "stands below another card" in bench.reports[0].message


def test_a_card_calls_a_term_as_its_own_notes_do() -> None:
    graph_ = org_graph(
        {
            "/notes/chain.org": "* Terms\n- *Proof of Diversity (PoD)* :: scheme in which addresses are a scarce resource\n",
            "/notes/k8s.org": "* Terms\n- *pod* :: group of containers with one address on a node\n",
        }
    )
    prompts = {field(note, "Prompt") for note in notes_of(Bench().build(graph_))}
    assert "What is <b>pod</b>?" in {re.sub(r" <span.*</span>", "", prompt) for prompt in prompts}


def test_the_same_definition_twice_makes_one_card() -> None:
    assert len(notes_of(Bench().build(graph({"a.org": [POD], "b.org": [POD]})))) == 1


def test_a_long_definition_is_cut_at_a_sentence_and_the_rest_shown_below() -> None:
    first = "A replica set keeps a stable number of pods running at any given time on the cluster."
    second = (
        "It is used by deployments, which also care for rolling updates of the pods and for going back to old ones."
    )
    note = only(Note("ReplicaSet", f"{first} {second}"))
    assert field(note, "Definition") == first
    assert field(note, "Extra") == f'<p dir="auto">{second}</p>'


def test_a_short_sub_list_is_shown_below_the_answer() -> None:
    note = only(Note("pod", POD.text, elements=(bullets("has one address", "smallest unit"),)))
    assert "has one address" in field(note, "Extra")


def test_a_list_that_is_the_definition_is_the_answer() -> None:
    note = only(Note("probes", "checks of health:", elements=(bullets("liveness", "readiness"),)))
    assert field(note, "Definition").startswith("checks of health:<ul>")


@pytest.mark.parametrize(
    "note",
    [
        Note("volumes", "-"),
        Note("volumes", ""),
        Note("Borg", "Google"),
        Note("manifest", "file that describes the objects and"),
        Note("manifest", "file with objects, for example,"),
        Note("manual", "https://docs.docker.com/"),
        Note("Docker", "docker"),
        Note("usage", "how to start and stop the whole cluster", confidence=0.7),
        Note("12", "how to start and stop the whole cluster"),
        Note("kinds", "these are the kinds:", elements=(bullets(*"abcdef"),)),
        Note("config maps", "?"),
        Note("configmap", "kubectl -n aml get configmap -o yaml"),
        Note("consumes", "for all parameters"),
        Note("wheels", "if you have binary extensions and several platforms"),
        Note("begin and", "compound expressions that take many lines"),
        Note("a name that is far too long to be any term", "group of containers that share storage"),
    ],
    ids=lambda note: f"{note.term}-{note.text}",
)
def test_what_cannot_be_asked_makes_no_card_and_is_reported(note: Note) -> None:
    (message,) = held_back(note)
    assert note.term in message


def test_a_single_word_is_an_answer_where_it_translates_the_term() -> None:
    assert field(only(Note("узел", "node")), "Definition") == "node"
    assert field(only(Note("под", "наименьшая единица для запуска")), "Term") == "<b>под</b>"


def test_low_confidence_makes_no_card() -> None:
    assert held_back(Note("pod", POD.text, confidence=0.5)) == []


def test_a_plural_is_asked_for_as_one_where_the_notes_hold_its_singular() -> None:
    volumes = Note("volumes", "directories that outlive their container", aliases=("volume",))
    assert field(only(volumes), "Prompt") == "What are <b>volumes</b>?"
    assert field(only(Note("DNS", "system that gives names to addresses")), "Prompt") == "What is <b>DNS</b>?"


# --- reverse cards ---


def test_a_definition_that_identifies_its_term_is_asked_in_reverse_too() -> None:
    note = only(POD)
    assert field(note, "Masked") == POD.text
    assert field(note, "ReversePrompt") == "Which term is this?"


def test_reverse_cards_can_be_switched_off() -> None:
    assert field(only(POD, reverse=False), "Masked") == ""


@pytest.mark.parametrize(
    "note",
    [
        Note("Docker", "manages containers and their images on a host"),
        Note("kube-controller-manager", "a process that runs the controller loops of the cluster"),
        Note("registry", "a place for images at https://hub.docker.com/ and others"),
        Note("prune", "a way to remove images with the option --all"),
        Note("image", "a template for boxes"),
    ],
    ids=lambda note: note.term,
)
def test_a_definition_that_does_not_identify_its_term_is_not_reversed(note: Note) -> None:
    assert field(only(note), "Masked") == ""


def test_the_term_does_not_show_on_its_reverse_card() -> None:
    note = only(Note("pod", "set of containers; every pod has an address of its own", "Pods of Kubernetes"))
    assert "pod" not in field(note, "Masked").casefold()
    assert "[…]" in field(note, "Masked")
    assert field(note, "ReverseContext") == "docker"


# --- safety ---


@pytest.mark.parametrize(
    "line",
    [
        "export http_proxy='http://Name_A@192.168.2.252:8080'",
        "postgres://admin:hunter22@db/x",
        "ssh root@10.0.0.5",
        "mysql -u root -pSecret99",
        "password: qwerty77",
        "пароль: qwerty77",
        "DB_PASSWORD=qwerty77",
        "api_key = 8f14e45fceea167a",
        "curl -H 'Authorization: Bearer abcdefghijklmnopqrst'",
        "curl -u admin:qwerty77 host",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "-----BEGIN RSA PRIVATE KEY-----",
    ],
)
def test_secrets_make_no_card_and_are_not_repeated(line: str) -> None:
    bench = Bench()
    assert bench.build(graph({"docker.org": [Note("proxy", f"how to get out of here with {line}")]})) == b""
    (report,) = bench.reports
    assert report.severity is Severity.WARNING
    assert report.code == "card-secret"
    assert line not in report.message


@pytest.mark.parametrize(
    "line",
    [
        "password=<password>",
        "password: $PASS",
        "--password ${PASS}",
        "the token of a user is checked by the server",
        "git@github.com:user/repo.git",
        "http://localhost:8080/path@2x.png",
        "docker run -p 80:80 -u root image",
        "a secret is an object with a password or a token",
    ],
)
def test_placeholders_and_prose_are_no_secrets(line: str) -> None:
    assert found_secret(line) is None


def test_addresses_of_links_are_searched_for_secrets_too() -> None:
    objects = (text("the page with all our "), link("https", "//me:hunter22@wiki.example.org", text("numbers")))
    bench = Bench()
    assert bench.build(graph({"a.org": [Note("wiki", "the page with all our numbers", objects=objects)]})) == b""


# --- prose ---


@pytest.mark.parametrize(
    ("written", "shown"),
    [("pods that run on", True), ("a, b or", True), ("see (", True), ("runs pods.", False), ("plan A", False)],
)
def test_broken_off_sentences_are_known(written: str, shown: bool) -> None:
    assert prose.breaks_off(written) is shown


def test_abbreviations_and_parentheses_end_no_sentence() -> None:
    words = " ".join(["word"] * 20)
    objects = (text(f"{words} e.g. Docker (One thing. Another thing) and {words}"),)
    head, rest = prose.split(objects, 30)
    assert rest == ()
    assert head == objects


def test_markup_that_ends_inside_a_name_is_not_on_the_card() -> None:
    line = "/Logical/ network topology is the layout used by devices on a network to communicate with each other.\n"
    prompts = [
        field(note, "Prompt") for note in notes_of(Bench().build(org_graph({"/notes/net.org": "* Net\n" + line})))
    ]
    assert prompts == ["What is <b>Logical network topology</b>?"]
