"""Names as a glossary has them: whole, well spelt, singular, in the nominative; and what is none."""

from __future__ import annotations

import pytest

from orgkb.concepts import cleaning, folding, halves, number, shown, signs, spelling, topics
from orgkb.concepts.build import build
from orgkb.concepts.model import AliasKind
from orgkb.concepts.settings import ConceptSettings
from tests.concepts.build_from import document, graph


def _names(text: str) -> list[str]:
    return [concept.name for concept in graph(text).concepts]


def _aliases(text: str, name: str) -> set[str]:
    return {alias.surface for concept in graph(text).concepts if concept.name == name for alias in concept.aliases}


def test_a_title_with_its_words_in_parentheses_is_one_name_before_a_colon_too() -> None:
    text = "* SNMP(Simple Network Management Protocol):\n- SNMP reads counters of devices.\n"
    assert not [name for name in _names(text) if "(" in name]
    assert "SNMP" in _aliases(text, "Simple Network Management Protocol")


def test_the_number_of_a_course_is_no_part_of_a_name() -> None:
    assert "Compiler Construction" in _names("* CS3010 Compiler Construction\n** Parsing\nText.\n")


@pytest.mark.parametrize(
    ("several", "one"), [("confusion matrices", "confusion matrix"), ("indices", "index"), ("Vertices", "vertex")]
)
def test_latin_plurals_are_the_same_name(several: str, one: str) -> None:
    assert folding.key(several) == folding.key(one)
    assert folding.key("services") == "service"


def test_a_repeated_phrase_is_named_in_the_singular() -> None:
    text = "* A\nA spare widget here. Two spare widgets.\n* B\nSome spare widgets, a spare widget.\n"
    assert "spare widget" in _names(text)
    assert "spare widgets" not in _names(text)


def test_a_russian_name_in_an_instrumental_is_shown_in_the_nominative() -> None:
    assert "контейнер" in _names("* Docker\nТакие процессы называются *контейнерами*.\n")
    assert "слой" in _names("* Docker\n- *слоев* - слепков состояний файловой системы\n")


def test_one_word_in_both_alphabets_is_one_name() -> None:
    text = "* Статистика\n- Корпус corpus - собрание текстов, по которым считают слова\n"
    assert "corpus" in _names(text)
    assert "Корпус" in _aliases(text, "corpus")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("taind", "taint"),
        ("bootstaping", "bootstrapping"),
        ("elasitcity", "elasticity"),
        ("callibration", "calibration"),
    ],
)
def test_a_slip_that_stands_once_is_shown_as_it_is_meant(slip: str, meant: str) -> None:
    assert spelling.meant(slip) == meant
    assert meant in _names(f"* Terms\n- {slip} :: how it reacts when something else changes\n")


@pytest.mark.parametrize(
    "word",
    ["quantile", "perceptron", "frequentist", "liveness", "sharded", "logit", "transpiling", "containerd", "kubelet"],
)
def test_terms_that_resemble_a_common_word_are_no_slips(word: str) -> None:
    assert spelling.meant(word) == ""


def test_words_of_another_language_are_no_english_slips() -> None:
    french = (
        "Le cours est sur la mémoire et les processus dans une machine, avec des exemples pour que tout soit clair.\n"
    )
    assert "Adresse" in _names("* Cours\n" + french * 3 + "- Adresse :: ce qui dit où se trouve une donnée\n")


@pytest.mark.parametrize(
    "title", ["Common pitfalls", "Basic equations", "Java Foundations", "Этапы SDL", "Виды памяти"]
)
def test_titles_that_speak_of_things_are_topics(title: str) -> None:
    assert topics.is_topic(title)


@pytest.mark.parametrize(
    "title", ["Feature scaling", "Polynomial regression", "Виртуальная память", "Gradient descent"]
)
def test_titles_that_name_a_thing_are_no_topics(title: str) -> None:
    assert not topics.is_topic(title)


def test_what_is_set_side_by_side_is_no_name() -> None:
    assert halves.compares("Spot Prices vs Futures Prices")
    assert "Spot Prices vs Futures Prices" not in _names("* P\n- Spot Prices vs Futures Prices :: what is paid now\n")


def test_greetings_are_no_names() -> None:
    assert signs.is_greeting("Hello, world")
    assert "Hello world" not in _names("* Hello world\nText.\n* More\nSay Hello world.\n")


def test_merits_are_no_names() -> None:
    made = _names(
        "* Clearing\n- Improved liquidity: more traders take part\n- Reduced exposure: the house stands between\n"
    )
    assert not {"Improved liquidity", "Reduced exposure"} & set(made)


def test_adverbs_and_denials_begin_no_name() -> None:
    assert "Especially bridge" not in _names("* Bridge\n- Especially bridge is a device that stores and forwards.\n")
    assert not [name for name in _names("* not a cache or a cache server\nText.\n") if name.startswith("not")]


def test_an_adjective_with_an_explanation_in_the_other_language_is_none() -> None:
    made = _names("* Кластер\nhomogeneous - все узлы кластера имеют одну и ту же архитектуру\n")
    assert "homogeneous" not in made


def test_labels_of_parts_in_other_languages_are_no_names() -> None:
    assert "Grundbegriffe" not in _names("* Grundbegriffe\nText.\n* Mehr\nDie Grundbegriffe.\n")
    assert "Lecture" not in _names("* A\nLecture on it.\n* B\nLecture of that. A lecture.\n* C\nLecture.\n")


def test_everyday_nouns_of_german_notes_are_no_terms() -> None:
    text = (
        "* Kraft\nDie Richtung der Kraft ist in der Ebene und nicht in der Höhe.\n"
        "* Moment\nDie Richtung ist auch die des Moments, wenn sie nicht null ist. Die Richtung zählt.\n"
        "* Last\nEine Last hat die Richtung, die man kennt.\n"
    )
    assert "Richtung" not in _names(text)


def test_each_name_that_a_tag_lists_is_a_concept_of_its_own() -> None:
    made = _names("* Files\n- descriptor (UNIX), handle (Windows) :: number that an open file has in a process\n")
    assert {"descriptor", "handle"} <= set(made)
    made = _names("* Typing\n- latent typing or duck typing :: what counts is what a value can do\n")
    assert made == ["latent typing", "duck typing"]


def test_a_tag_that_lists_no_whole_names_stays_one() -> None:
    assert _names("* Deals\n- call or put option :: right to buy or sell at a price\n") == ["call or put option"]


def test_the_list_of_a_thing_is_only_an_example() -> None:
    text = "* Kinds\n- *Widget* - smallest part of a machine\nSuch as WidgetList or GadgetBoard here.\n"
    made = _names(text)
    assert "WidgetList" not in made
    assert "GadgetBoard" in made


def test_articles_of_other_languages_are_no_part_of_a_name() -> None:
    assert cleaning.clean("Ein endlicher Automat").name == "endlicher Automat"
    assert cleaning.clean("Une pile").name == "pile"
    assert cleaning.clean("Las Vegas").name == "Las Vegas"


def test_a_german_plural_is_the_same_concept() -> None:
    text = (
        "* Eins\nDie Grammatik ist die der Sprache und nicht leer. Eine Grammatik mit der Regel.\n"
        "* Zwei\nDie Grammatiken sind wie die Grammatik von eins. Alle Grammatiken sind das.\n"
        "* Drei\nEine Grammatik ist auch hier nicht leer, wenn sie es nicht ist.\n"
    )
    assert [name for name in _names(text) if name.startswith("Gramm")] == ["Grammatik"]


def test_a_vowel_without_stress_may_be_wrong_in_a_term_of_the_tables() -> None:
    assert "Gradient descent" in _names("* Gradiant descent\nText.\n")


def test_misconceptions_are_counted_not_named() -> None:
    assert signs.is_counted("Misconception #3")
    assert not signs.is_counted("C# 3")


def test_a_heading_that_says_other_things_each_time_is_a_label() -> None:
    text = "".join(
        f"* Claim {at}\n** Reality - {told}\n"
        for at, told in enumerate(("this is what costs us most", "what counts is a schema", "only some of it is true"))
    )
    assert "Reality" not in _names(text)


def test_advice_after_a_dash_defines_nothing() -> None:
    assert "Design" not in _names("* Lessons\n- Design - Prefer one stack that everybody knows and likes\n")
    assert "Mutex" in _names("* Locks\n- Mutex - lock that one thread at a time can hold\n")


def test_a_title_that_is_a_link_elsewhere_is_that_of_a_source() -> None:
    assert "Engines of Logic" not in _names("* [[https://example.org/x][Engines of Logic]]\nText.\n")
    assert "Valgrind" in _names("* [[https://example.org/x][Valgrind]]\nText on Valgrind.\n")


def test_authors_on_lines_of_sources_are_no_concepts() -> None:
    made = _names("* Papers\nJane Quillfeather, Tom Brackwater (2006)\nWith Tom Brackwater as editor.\n")
    assert not [name for name in made if "Quillfeather" in name or "Brackwater" in name]


def test_what_somebody_said_is_an_adjective() -> None:
    assert "Zorbian" not in _names("* A\nWith the Zorbian revolution it went on.\n")


def test_classes_of_an_example_are_no_concepts() -> None:
    code = "#+begin_src java\npublic class ParcelService {\n}\n#+end_src\n"
    text = "* A\nThe controller calls ParcelService, ParcelDepot and others.\n* B\nHere *ParcelService* does it.\n"
    assert "ParcelService" not in _names(text + code)
    assert "ParcelService" in _names(text)


def test_a_history_is_no_name_wherever_it_is_told() -> None:
    made = _names("* History of Zorbism\nText.\n* More\nSee the History of Zorbism.\n* Third\nHistory of Zorbism.\n")
    assert "History of Zorbism" not in made


def test_what_only_counts_parts_is_no_term() -> None:
    text = "".join(f"* Part {at}\nMisbelief #{at} is that code is free.\n" for at in range(6))
    assert "Misbelief" not in _names(text)


def test_advantages_of_a_thing_are_a_topic() -> None:
    assert topics.is_topic("Advantages of Caching")


def test_a_title_in_the_plural_is_shown_in_the_singular() -> None:
    made = graph(
        "* Free Magmas\nOften we need a free magma for that.\n* Big Lattices\nMany big lattices are needed too.\n"
    )
    shown = {found.name: found for found in made.concepts}
    assert {"Free Magma", "Big Lattice"} <= shown.keys()  # a big lattice is nowhere in these notes
    assert [(alias.surface, alias.kind) for alias in shown["Free Magma"].aliases] == [("Free Magmas", AliasKind.PLURAL)]


def test_what_the_author_marked_is_shown_in_the_singular_too() -> None:
    made = graph("- *big lattices* - orders with all bounds\n- filters :: sets that hold all that is above\n")
    assert {found.name for found in made.concepts} == {"big lattice", "filter"}
    assert _aliases("- *big lattices* - orders with all bounds\n", "big lattice") == {"big lattices"}


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("parent classes", "parent class"),
        ("spare batteries", "spare battery"),
        ("Hash Functions", "Hash Function"),
        ("message buses", "message bus"),
        ("shadow heroes", "shadow hero"),
        ("UIDs", "UID"),
        ("POs", "PO"),
        ("Peephole LSTMs", "Peephole LSTM"),
        ("Multi-modal LLMs", "Multi-modal LLM"),
        ("enums", "enum"),
        ("Multisets", "Multiset"),
        ("Weighted metrics", "Weighted metric"),
        ("Квадратичные формы", "Квадратичная форма"),
        ("Матрицы", "Матрица"),
        ("системы линейных уравнений", "система линейных уравнений"),
    ],
)
def test_a_name_in_the_plural_is_shown_in_the_singular(several: str, one: str) -> None:
    assert number.in_the_singular(several, (), "") == one


@pytest.mark.parametrize(
    "name",
    [
        "Kubernetes",
        "DNS",
        "statistics",
        "sales",
        "quantum mechanics",
        "analysis",
        "alias",
        "human rights",
        "human resources",
        "Law of Large Numbers",
        "Macros with Arguments",
        "United Arab Emirates",
        "Microsoft Teams",
        "GNU Binutils",
        "Fine-tuning of LLMs",
        "IRS",
        "provisioning machines",
        "Jenkins",
        "Rails",
        "данные",
        "вооруженные силы",
        "переменные издержки",
        "управление рисками",
        "система",
        "матрицами",
    ],
)
def test_what_has_no_singular_or_is_known_in_the_plural_stays(name: str) -> None:
    assert number.in_the_singular(name, (), "") == name


def test_a_plural_that_names_one_thing_stays() -> None:
    assert number.in_the_singular("port groups", (), "feature of the switch that tells ports apart") == "port groups"
    assert number.in_the_singular("port groups", (), "sets of ports") == "port group"
    assert number.in_the_singular("Baltic Cloud Services", ("Baltic Cloud Services",), "") == "Baltic Cloud Services"
    assert number.in_the_singular("Cloud Services", ("cloud services",), "") == "Cloud Service"


def test_what_the_settings_or_a_node_name_is_shown_as_they_do() -> None:
    kept = ConceptSettings(always=["spare parts"], aliases={"spare wheels": ["extra wheels"]})
    text = "All *spare parts* came.\n\nAll *spare wheels* came.\n* Wheels\n:PROPERTIES:\n:ID: a1\n:END:\nText.\n"
    shown = {concept.name for concept in build([document(text)], settings=kept).concepts}
    assert {"spare parts", "spare wheels", "Wheels"} <= shown


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("lineare Abbildungen", "lineare Abbildung"),
        ("Produktionen", "Produktion"),
        ("Arten von Abbildungen", "Arten von Abbildungen"),
        ("Amazon Web Services", "Amazon Web Services"),
        ("Web Services", "Web Service"),
        ("Статические поля", "Статическое поле"),
        ("Экземплярные конструкторы", "Экземплярный конструктор"),
    ],
)
def test_feminine_german_and_rare_russian_plurals_have_a_singular(several: str, one: str) -> None:
    assert number.in_the_singular(several, (several,), "") == one


def test_a_title_in_capitals_is_shown_in_small_letters_where_it_is_of_words() -> None:
    text = "* FEATURE SELECTION\nIt is a way to leave out columns.\n* CRUD\nFour acts.\n* B\nThe feature selection of rows.\n"
    assert {"Feature selection", "CRUD"} <= set(_names(text))
    assert shown.in_small_letters("SELECT") == "SELECT"
    assert shown.in_small_letters("FEATURE SELECTION") == "Feature selection"
    assert shown.in_small_letters("CRUD") == "CRUD"


def test_a_german_plural_is_shown_in_the_singular_where_the_notes_have_its_noun() -> None:
    assert number.in_the_singular("formale Sprachen", (), "", {"sprache"}) == "formale Sprache"
    assert number.in_the_singular("formale Sprachen", (), "") == "formale Sprachen"
    assert number.in_the_singular("Imagen", (), "", {"image"}) == "Imagen"
    assert number.in_the_singular("endliche Automaten", (), "", {"automat"}) == "endliche Automaten"


def test_pictures_and_bullets_before_a_name_are_no_part_of_it() -> None:
    assert _names("* Disks\n- ✅ tombstone - mark of a deleted row\n") == ["tombstone"]
    assert _names("* Disks\n▪️Mosaic Log - file that takes each change first\n") == ["Mosaic Log"]


def test_a_value_in_quotes_before_a_dash_is_no_name() -> None:
    assert _names("* Values\n- 'qwerty' - a string of characters\n- \"parcels\" - an identifier in quotes\n") == []
    assert "cold start" in _names('* Caches\n- "cold start" - the time when nothing is cached yet\n')


def test_a_name_with_another_one_behind_or_is_the_first_of_them() -> None:
    assert "parcel sorting" in _names("* Post\n- *parcel sorting or picking* - putting parcels on the right belt\n")
    assert "call or put option" in _names("* Trade\n- *call or put option* - right to buy or to sell at a price\n")


def test_a_sign_at_the_end_of_a_name_is_not_cut_off() -> None:
    assert "Zephyrc" not in _names("* Tools\nIt is built with the Zephyrc++ library of ours.\n")
    assert "Zephyrc" in _names("* Tools\nIt is built with the Zephyrc library of ours.\n")
