"""What all that the notes say speaks against is left to the review."""

from __future__ import annotations

import pytest

from orgkb.concepts import cleaning, doubts, orders, regional, signs, spelling, topics
from orgkb.concepts.build import build
from orgkb.concepts.model import AliasKind
from orgkb.concepts.settings import ConceptSettings
from tests.concepts.build_from import concept, document, graph


def kept(text: str) -> list[str]:
    return [c.name for c in graph(text).concepts]


def dropped(text: str) -> list[str]:
    return [c.name for c in graph(text).dropped]


@pytest.mark.parametrize(
    "name",
    [
        "Control-b",
        "Shift-Enter",
        "C-up",
        "man 5 ebuild",
        "man perlrun",
        "await x",
        "rawlen (v) v",
        "dev-python/uvicorn",
        "берешь подмножество признаков",
        "расслабься",
        "получится",
    ],
)
def test_keys_pages_of_manuals_packages_and_russian_verbs_are_instructions(name: str) -> None:
    assert orders.is_instruction(name)


@pytest.mark.parametrize(
    "name",
    [
        "M-estimator",
        "Shift invariance",
        "C-value",
        "man-in-the-middle",
        "TCP/IP",
        "client/server",
        "ISO 9001",
        "USB Type C",
        "печь",
        "мера",
    ],
)
def test_names_that_look_like_instructions_are_none(name: str) -> None:
    assert not orders.is_instruction(name)


@pytest.mark.parametrize("name", ["льготных кредитов", "линией регрессии", "Обязательным условием", "потерь"])
def test_russian_names_in_an_oblique_case(name: str) -> None:
    assert doubts.is_oblique(name)


@pytest.mark.parametrize(
    "name",
    [
        "линия регрессии",
        "метод главных компонент",
        "K-средних",
        "узлы",
        "кредиты",
        "Docker контейнер",
        "API-сервер",
        "мьютекс",
    ],
)
def test_russian_names_in_the_nominative(name: str) -> None:
    assert not doubts.is_oblique(name)


@pytest.mark.parametrize(
    "name", ["Promtt Engineering", "syncronization", "tamplate", "Tracitional C", "Data medelling", "compex"]
)
def test_slips_of_common_words(name: str) -> None:
    assert doubts.is_misspelt(name, least=6)


@pytest.mark.parametrize(
    "name",
    [
        "cgroup",
        "backtrace",
        "Recommenders",
        "Chunking",
        "Time Series Analysis",
        "IRC colours",
        "behaviour",
        "kubelet",
        "Postgres Pro",
    ],
)
def test_names_and_british_words_are_no_slips(name: str) -> None:
    assert not doubts.is_misspelt(name, least=6)


@pytest.mark.parametrize(
    "name", ["API types", "Attention in CNN", "Evolution of Deep Learning", "Concurrency approaches", "Export to Excel"]
)
def test_titles_that_are_topics(name: str) -> None:
    assert topics.is_topic(name)


@pytest.mark.parametrize(
    "name",
    ["Referential transparency", "Zen of Python", "Infrastructure as Code", "Bayes Theorem", "Operator Precedence"],
)
def test_titles_that_are_names(name: str) -> None:
    assert not topics.is_topic(name)


def test_a_topic_is_a_concept_where_another_section_speaks_of_it() -> None:
    topic = "* Deployment types\nThere are many.\n"
    assert "Deployment types" in dropped(topic)
    assert "Deployment type" in kept(topic + "* Rollouts\nAll deployment types need a probe.\n")


def test_a_russian_topic_goes_to_the_review() -> None:
    text = "* Полезные модули\nТут список.\n* Метод опорных векторов\nРазделяет классы.\n"
    assert kept(text) == ["Метод опорных векторов"]
    assert dropped(text) == ["Полезные модули"]


def test_what_is_done_goes_to_the_review_even_where_something_stands_beside_it() -> None:
    text = "- Control-k - kill to the end of the line\n- key ring - keeps the keys of other people\n- получится - отложить разговор\n"
    assert kept(text) == ["key ring"]
    assert dropped(text) == ["Control-k", "получится"]


def test_an_adjective_alone_is_half_of_a_name() -> None:
    text = "- Hierarchical: every observation starts in a cluster of its own\n- Iterative: all begin in one cluster\n"
    assert kept(text) == []
    text = "- истинные - те, что подтвердились при проверке\n- образ - то, из чего делают контейнер\n"
    assert kept(text) == ["образ"]


def test_an_adjective_with_its_translation_is_a_word_to_learn() -> None:
    assert kept("- homogeneous - однородная система из равных частей\n") == ["homogeneous"]


def test_words_of_programming_languages_are_no_everyday_words() -> None:
    text = "Take every *{}* with care.\n* More\nThe {} comes again.\n"
    assert kept(text.format("closure", "closure")) == ["closure"]
    assert kept(text.format("decision", "decision")) == []


def test_stress_is_no_name_but_capitals_inside_are() -> None:
    text = "The noun is inSULT, and Kotlin, inSULT, reFUND and iOS are said so.\n"
    assert not {"inSULT", "reFUND"} & set(kept(text))


def test_everyday_words_with_a_capital_are_no_names_and_products_are() -> None:
    made = kept("We use Spark, Kotlin and Outputs here, with Kotlin, Recognizing and Notion there.\n")
    assert not {"Outputs", "Recognizing"} & set(made)
    assert {"Kotlin", "Spark"} <= set(made)


def test_countries_and_adverbs_before_a_dash_are_no_terms() -> None:
    text = "- Russia - its mirrors are here\n- Идеально - делиться ключами из рук в руки\n- Ahmia - a search engine of Tor\n"
    assert "Ahmia" in kept(text)
    assert {"Russia", "Идеально"} <= set(dropped(text))


def test_a_closing_parenthesis_alone_is_no_part_of_a_name() -> None:
    assert cleaning.clean("ES)").name == "ES"
    assert cleaning.clean("контейнер)").name == "контейнер"


def test_a_target_made_for_links_names_nothing() -> None:
    text = "* Updates <<kernel-update>>\nRead it.\n* Parts\nThe <<control plane>> watches.\n"
    assert "control plane" in kept(text)
    assert "kernel-update" in dropped(text)


def test_one_spelling_beyond_doubt_clears_a_name() -> None:
    text = "- льготных кредитов - поддержка от банка\n\n*Льготный кредит* - поддержка от банка для фирм\n"
    assert [c.name for c in graph(text).concepts] == ["Льготный кредит"]


def test_always_in_the_settings_keeps_it() -> None:
    made = build([document("* API types\nThere are many.\n")], settings=ConceptSettings(always=["API types"]))
    assert "API types" in [c.name for c in made.concepts]


def test_british_spelling_is_a_variant_and_no_misspelling() -> None:
    made = graph(
        "- *network behavior* - what the behavior of a network is\n- *network behaviour* - the same in Britain\n"
    )
    assert {a.surface: a.kind for a in concept(made, "network behavior").aliases} == {
        "network behaviour": AliasKind.VARIANT
    }


@pytest.mark.parametrize(
    ("british", "here"),
    [("behaviour", "behavior"), ("optimise", "optimize"), ("colours", "colors"), ("organisation", "organization")],
)
def test_british_words_are_known(british: str, here: str) -> None:
    assert regional.is_regional(british, here)
    assert spelling.is_known(british)
    assert not regional.is_regional("container", "contrainer")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("* Gains\n- *Limited Scalability*\n  + It grows only so far.\n", "Limited Scalability"),
        ("* Gains\n- *Higher disk Utilization*\n  + It fills up.\n", "Higher disk Utilization"),
        ("* Gains\n- *Cost Effective*\n  + It is shared.\n", "Cost Effective"),
        ("* Models\n- rule based - written by hand\n- neural net - learnt from examples\n", "rule based"),
        ("* Traits\n- dynamically :: when it is needed\n- macro :: what the compiler expands\n", "dynamically"),
        ("* Play\nGames are a good example.\n", "Games"),
        (
            "* Style\n- *Use tabs for indentation* - not spaces\n- *linker* - ties objects together\n",
            "Use tabs for indentation",
        ),
        ("* Media\n| Name | Description |\n|-\n| Wires within cables | pulses of current |\n", "Wires within cables"),
        ("* Random\n** /dev/random vs /dev/urandom\nThe first blocks.\n", "urandom"),
        ("* Upside\nUseful for making the theory go through.\n", "Upside"),
    ],
)
def test_merits_orders_and_labels_are_no_concepts(text: str, name: str) -> None:
    assert name not in kept(text)


def test_what_begins_like_a_merit_or_an_order_may_be_a_term() -> None:
    assert "Limited liability" in kept("* Firms\n- Limited liability - the owner pays only what was paid in\n")
    assert "Lower bound" in kept("* Orders\n** Lower bound\nA lower bound is below all.\n* More\nEvery lower bound.\n")
    assert "Mean time to failure" in kept("* Risk\n- *Mean time to failure* - how long it runs\n")
    assert "get a load of it" in kept("* Idioms\n- get a load of it :: look at that\n")


def test_what_an_acronym_does_and_what_all_notes_repeat_is_no_concept() -> None:
    text = "".join(f"* Part {n}\nThe column is XORed here; the organization of the parts is plain.\n" for n in range(6))
    assert not {"XORed", "organization"} & set(kept(text))


def test_labels_typed_without_accents_are_labels() -> None:
    text = (
        "* Modelo\nEl modelo de los datos con las tablas y sus columnas es el de la lista.\n** Definicion\nUn modelo.\n"
    )
    assert not {"Definicion", "Introduccion"} & set(kept(text + "** Introduccion\nEs para todos los que no lo ven.\n"))


def test_an_article_of_spanish_or_french_is_no_part_of_a_name() -> None:
    assert cleaning.clean("las relaciones").name == "relaciones"
    assert cleaning.clean("les ensembles").name == "ensembles"
    assert cleaning.clean("Las Vegas").name == "Las Vegas"
    assert cleaning.clean("aka LSA").name == "LSA"


def test_what_a_thing_does_is_no_thing() -> None:
    acts = "".join(f"* Part {n}\nThe gizmo checks the token. The spare gizmo is small.\n" for n in range(4))
    assert "gizmo check" not in kept(acts)
    has = "".join(f"* Part {n}\nMost gizmo checks are quick. The spare gizmo is small.\n" for n in range(4))
    assert "gizmo check" in kept(has)


def test_what_counts_a_step_or_remark_is_no_part_of_a_name() -> None:
    assert "Step 6 Routing" not in kept("* Order\n** Step 6: Routing\nThe way is chosen.\n")
    assert "Замечание 2" not in kept("* Классы\n** Замечание 1\nОдно.\n** Замечание 2\nДругое.\n")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("* Pods\nThe phase of a pod is a summary of where it stands.\n", "phase of a pod"),
        ("* Calls\nThe second argument is a list of names.\n", "second argument"),
        ("* Formats\nListed is a table of all that may be given.\n", "Listed"),
        ("* Графики\nОсобенно ярко это видно на функциях.\n", "Особенно ярко"),
    ],
)
def test_what_is_described_or_placed_in_a_sentence_is_no_concept(text: str, name: str) -> None:
    assert name not in kept(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("* GC\n** Disadvantage\nCreates aliases and costs time.\n", "Disadvantage"),
        ("* Keys\n** Example relation\nA table.\n", "Example relation"),
        ("* Calls\n** Taxonomy of Functions\nThere are three.\n", "Taxonomy of Functions"),
        (
            "* Terms\n** Implementing Substitution\nCalled by the interpreter, it puts values in.\n",
            "Implementing Substitution",
        ),
        ("* Keys\nSuch keys *functionally determine*, as was said.\n", "functionally determine"),
        ("* Keys\nA set is a key *iff* it tells all.\n", "iff"),
        ("* States\n- *not supported* - the driver is missing\n- *linker* - ties objects\n", "not supported"),
        ("* Sizes\n- *Number of parts:* how many there are\n- *Linker:* ties objects\n", "Number of parts"),
    ],
)
def test_labels_topics_and_what_is_done_are_no_concepts(text: str, name: str) -> None:
    assert name not in kept(text)


def test_what_begins_like_a_topic_may_be_a_kind() -> None:
    assert not topics.is_done("Routing table")
    assert not topics.is_topic("Learning rate")


def test_a_stressed_adjective_that_nothing_defines_names_nothing() -> None:
    text = (
        "* Ensembles\nMake the learners as *diverse* as possible, and add a *boosting* step.\n"
        "* More\nA diverse set.  A diverse panel with boosting.\n- *dense* - without gaps\n* Last\nA dense row.\n"
    )
    names_kept = kept(text)
    assert "diverse" not in names_kept
    assert {"boosting", "dense"} <= set(names_kept)


@pytest.mark.parametrize(
    ("word", "adjective"),
    [
        ("sparse", True),
        ("explicit", True),
        ("unsafe", True),
        ("part", False),
        ("cost", False),
        ("lag", False),
        ("node", False),
    ],
)
def test_adjectives_have_an_adverb_and_no_plural(word: str, adjective: bool) -> None:
    assert signs.is_adjective(word) is adjective


def test_a_label_over_russian_advice_is_left_to_the_review() -> None:
    advice = "* Советы\n- Журнал событий: Читайте его каждый день и ищите в нём то, что странно.\n"
    advice += "- Очередь задач: Держите её короткой, иначе она растёт.\n"
    told = "* Части\n- Журнал событий: файл, в который система пишет всё, что происходит.\n"
    told += "- Очередь задач: список того, что ждёт своего времени.\n"
    assert kept(told) == ["Журнал событий", "Очередь задач"]
    assert kept(advice) == []
    assert {"Журнал событий", "Очередь задач"} <= set(dropped(advice))


def test_titles_of_a_country_and_an_everyday_word_are_topics() -> None:
    found = {
        c.name for c in graph("* economic China\nText.\n* Russia должники\nText.\n* Grand Canal\nText.\n").concepts
    }
    assert found == {"Grand Canal"}


def test_which_one_is_meant_is_no_name_however_often() -> None:
    text = "".join(
        f"* Part{i}\nThen the installed turbine of the harbour basin is checked, and the harbour basin too.\n"
        for i in range(4)
    )
    found = {c.name for c in graph(text).concepts}
    assert "harbour basin" in found
    assert "installed turbine" not in found


def test_a_bold_order_of_two_words_is_no_name() -> None:
    text = "*Allow distributed* - take what the library has for it\n\n*Lock chamber* - what holds the boat\n"
    assert {c.name for c in graph(text).concepts} == {"Lock chamber"}


def test_titles_of_a_whole_or_of_ones_own_are_topics() -> None:
    text = "* Complete Syntax of Sluice\nText.\n* custom gate\nText.\n* Law of Floating Bodies\nText.\n"
    found = {c.name for c in graph(text).concepts}
    assert not {"Complete Syntax of Sluice", "custom gate"} & found
