import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb_exporters.conceptmap.phrases import MAX_PHRASE, clean, drawn_phrase, is_russian, leads_down


@pytest.mark.parametrize(
    "label", ["runs on each", "состоит из", "is a", "lets the kubelet use", "group of", "использует"]
)
def test_a_phrase_with_a_verb_or_noun_is_drawn(label: str) -> None:
    assert drawn_phrase(label) == label


@pytest.mark.parametrize("label", ["", "of", "на", "and the", "в", "-", "→", "a", "such as", "и"])
def test_a_bare_preposition_or_conjunction_is_not_drawn(label: str) -> None:
    assert drawn_phrase(label) == ""


def test_punctuation_around_a_phrase_goes() -> None:
    assert drawn_phrase(" - manages: ") == "manages"


def test_a_long_phrase_is_cut_at_a_word() -> None:
    cut = drawn_phrase("is the part of the control plane that watches for newly created objects and selects a place")
    assert len(cut) <= MAX_PHRASE + 1
    assert cut.endswith("…")
    assert " ".join(cut[:-1].split()) in "is the part of the control plane that watches for newly created objects"


@pytest.mark.parametrize(
    "phrase", ["contains", "consists of", "can include", "состоит из", "включает в себя", "group of"]
)
def test_a_whole_stands_above_its_parts(phrase: str) -> None:
    assert leads_down(phrase)


@pytest.mark.parametrize("phrase", ["runs on", "is contained in", "хранится в", "typesets"])
def test_other_phrases_lead_up(phrase: str) -> None:
    assert not leads_down(phrase)


def test_control_and_bidi_override_characters_go() -> None:
    assert clean("a\x00b\x1b[31m\u202ec\ud800\n\td") == "ab[31mc d"


@given(st.text())
def test_clean_text_can_be_written_and_is_stable(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned


def test_the_language_is_told_by_the_script() -> None:
    assert is_russian("контейнер, образ, pod")
    assert not is_russian("container, image, том")
    assert not is_russian("")
