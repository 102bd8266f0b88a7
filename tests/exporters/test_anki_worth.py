"""What of the notes is worth a card, and what is a remark, a fragment or a value."""

from __future__ import annotations

import pytest

from orgkb_exporters.anki import worth
from orgkb_exporters.anki.worth import Signs, fault

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
    ],
)
def test_a_fragment_makes_no_card_whatever_its_form(term: str, text: str, signs: Signs) -> None:
    assert fault(term, text, signs) is not None


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
    assert worth.is_expansion("RMSE", "Root Mean Squared Error")
    assert worth.is_expansion("ngl", "not gonna lie")
    assert not worth.is_expansion("Git", "Root Mean Squared Error")
    assert not worth.is_expansion("air", "any idle writer")
