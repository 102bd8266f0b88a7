"""What of the notes is worth a card, and what is a remark, a fragment or a value."""

from __future__ import annotations

import pytest

from orgkb_exporters.anki import cards, naming, prose, worth
from orgkb_exporters.anki.faults import fault
from orgkb_exporters.anki.worth import Signs

LIST_ITEM = Signs(marked=False, explicit=False, sentence=False, companions=2, mentions=1, headings=("Things",))
BOLD = Signs(marked=True, explicit=False, sentence=False, companions=2, mentions=1, headings=("Things",))
EXPLICIT = Signs(marked=True, explicit=True, sentence=False, companions=2, mentions=1, headings=("Things",))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("flywheel", "heavy wheel that stores energy while an engine is running"),
        ("RMSE", "Root Mean Squared Error"),
        ("hash map", "collection of pairs in which a value is found by its key"),
        ("ballast tank", "measures how deep a boat lies in the water"),
        ("коллокация", "устойчивое сочетание слов, не обязательно идущих подряд"),
        ("圆 Yuán", "round, circle"),
        ("debt", "债务 (zhài wù)"),
        ("Logstash", "data collection and log-parsing engine for servers"),
    ],
)
def test_a_plain_list_item_that_says_what_a_thing_is_makes_a_card(term: str, text: str) -> None:
    assert fault(term, text, LIST_ITEM) is None


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("synchronous engine", "good for low loads"),
        ("Curve 448", "is the best"),
        ("volume knob", "unmute with the m key"),
        ("Licence", "MIT"),
        ("keysym", "a,z,Mode_switch"),
        ("conflict", "I do not know what happens to me"),
        ("Subversion", "2000 - commits as a whole"),
        ("Versioning", "Does the system ever change? How often?"),
        ("TensorFlow Lite", "on mobile devices"),
        ("offline mode", "their input should be a string"),
        ("synced clock", "will give better results with larger samples"),
        ("viewing conceptually", "accomplished by transferring data"),
        ("column", "выбираем показатель или показатели"),
        ("Middleware", "RPC, ORB, MOM, ESB, CORBA, DCOM"),
    ],
)
def test_a_remark_about_a_thing_makes_no_card(term: str, text: str) -> None:
    assert fault(term, text, LIST_ITEM) is not None


@pytest.mark.parametrize("signs", [LIST_ITEM, BOLD, EXPLICIT])
@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("синими шариками", "модель, которая дает одинаковый прогноз для всех"),
        ("основной задачей команды", "эффект, который будет существенен для всех"),
        ("низкое", "две любые выборки дают похожие модели"),
        ("expression", "which can produce values or tables of rows"),
        ("classification", "and the allocation of things to the classes"),
        ("layer", ". microservices layer of the system"),
        ("rimshot", "a drum beat that draws attention 2)"),
        ("arity", "function of indefinite arity"),
        ("альфа-системой счёта", "способ считать, при котором все веса меняются вместе"),
        ("смещение", "ошибку, вызванную упрощением предположений, принятых в методе"),
        ("холмы", "осуществляет спуск вниз по поверхности ошибки до долины"),
        ("инверсия", "используемый для уменьшения связей в компьютерных программах"),
        ("индекс", "указывается при создании новой таблицы в базе"),
        ("provides undo without limit", "every step that was made can be taken back"),
        ("True if object", "an instance of the class that was given"),
        ("s + t", "true where both of them hold the same items"),
        ("hard", "choosing examples that are likely to be confused with others"),
        ("MorseCode", "convert text to and from morse code"),
        ("backtrace", "part of the debugger"),
        ("RESTRICT", "Valid values are fetch, mirror, strip and test"),
        ("styles", "['orange', 'apple', 'pear'] or names of fruits"),
        ("tokens", "“eating” might be broken into two tokens by a model"),
        ("culture", "Emacs includes a manual for users, a manual for programmers and a tutorial"),
        ("liquidity", "Spot markets are generally more liquid than markets of futures"),
        ("emotional load", "Consider the feelings of those who have to do the work"),
        ("pool", "Mixture of models trained on a task with masks that combines"),
        ("soft computing", "a set of algorithms"),
        ("row id", "binary address) of a row in a table of a database"),
        ("emulation", "an overloaded term in virtualization"),
        ("translation", "a method of mapping one space of addresses into another by modifying"),
        ("higher order", "a function that uses 1) or 2) of the functions of first class"),
        ("storability", "Animals (low) vs metals (high) - kept for long without loss of value"),
        ("cuteness", "act of being cute"),
        ("priority", "a major factor in deciding what is evicted first"),
        ("object", "like an array but with names as keys {"),
        ("bridge", "fixed address - no relay - node - not listed in any public directory"),
        ("trace on message", 'very useful. ex: (setq trace-on-message "File is missing")'),
        ("Graph of knowledge", "Resource Description Framework (RDF)"),
        ("feasible solution", "an extreme point or vertex of this polytope"),
    ],
)
def test_a_fragment_makes_no_card_whatever_its_form(term: str, text: str, signs: Signs) -> None:
    assert fault(term, text, signs) is not None


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("IQM", "The IQM is a robust measure of the middle value of a sample"),
        ("consistency", "Every read receives the most recent write or an error"),
        ("pattern", "common solution to a problem that comes up again and again in design"),
        ("иерархия", "используется для упорядочения понятий от общего к частному"),
        ("холм", "возвышается над долиной и мешает спуску вниз по поверхности"),
        ("skew", "a measure of how far a distribution leans. positive - left, negative - right, 0 - none"),
        ("PoD", "PoD uses addresses as a scarce resource that limits who takes part"),
    ],
)
def test_a_clause_that_tells_of_the_term_makes_a_card(term: str, text: str) -> None:
    assert fault(term, text, EXPLICIT) is None


@pytest.mark.parametrize(
    "text",
    [
        "a small model is trained to mimic a larger model or a group of them",
        "one predictor variable in a regression can be perfectly predicted from the others",
        "the owner understands what signing a key means and checks keys with care",
        "a Java framework for building rich applications for phones - and for tablets",
        "an instance of the class that was given by its name",
    ],
)
def test_a_clause_or_a_role_does_not_identify_a_term(text: str) -> None:
    assert not prose.is_definitional(text)


def test_a_sentence_that_names_its_term_identifies_it() -> None:
    text = "The facade pattern is used to define a simplified interface to a more complex subsystem"
    assert prose.is_definitional(text, ["facade"])
    assert not prose.is_definitional(text)
    assert prose.is_definitional("a library that finds similar vectors in large data sets")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("task", "container running in a service"),
        ("typo", "misprint of a word"),
        ("node", "worker machine"),
        ("AFAIK", "As far as I know"),
        ("formula", "формула"),
    ],
)
def test_what_the_notes_mark_as_a_definition_may_be_short(term: str, text: str) -> None:
    assert fault(term, text, EXPLICIT) is None


def test_company_a_glossary_and_use_elsewhere_speak_for_a_definition() -> None:
    alone = Signs(marked=False, explicit=False, sentence=False, companions=0, mentions=1, headings=("Misc",))
    known = Signs(marked=False, explicit=False, sentence=False, companions=3, mentions=5, headings=("Terms",))
    text = "front of a thing with parts"
    assert worth.worth("prow", text, known) > worth.worth("prow", text, alone)


def test_letters_make_an_expansion() -> None:
    assert naming.is_expansion("RMSE", "Root Mean Squared Error")
    assert naming.is_expansion("ngl", "not gonna lie")
    assert not naming.is_expansion("Git", "Root Mean Squared Error")
    assert not naming.is_expansion("air", "any idle writer")


@pytest.mark.parametrize("signs", [LIST_ITEM, BOLD])
@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("selective", "looks at some hidden states of the encoder only"),
        ("unsupervised", "training that predicts the next or a missing word"),
        ("First-order", "large scale optimization where low accuracy is enough"),
        ("offline", "encodes the neighbourhood that surrounds each node"),
        ("list all packages", "a search by keyword in the index of packages"),
        ("pooling losing information", "the net does not see how parts lie to each other"),
    ],
)
def test_half_a_name_and_a_clause_are_nothing_to_ask_for(term: str, text: str, signs: Signs) -> None:
    assert fault(term, text, signs) == "its name is no subject"


@pytest.mark.parametrize("term", ["Failed", "static", "undefined", "gradient-based learning", "Backend"])
def test_states_keywords_and_whole_names_are_asked_for(term: str) -> None:
    assert fault(term, "a part of the program that keeps its value between the calls", BOLD) is None


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("apiVersion", "v1 usualy"),
        ("boolean", "true, false"),
        ("complete", "Function - function to be called when the request finishes"),
        ("string", "\"as\", 'as' and the like of them"),
        ("Median", "good for outliers, skewed distributions and ordinal data of surveys"),
    ],
)
def test_values_types_and_merits_are_no_definitions(term: str, text: str) -> None:
    assert fault(term, text, EXPLICIT if term != "Median" else LIST_ITEM) is not None


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("functions", True),
        ("named pipes", True),
        ("Windows", False),
        ("analytics", False),
        ("status", False),
        ("redis", False),
        ("Global Market Insights", False),
        ("Futures contracts", True),
    ],
)
def test_plurals_are_asked_for_as_such(name: str, plural: bool) -> None:
    assert cards.is_english_plural(name) is plural
