from __future__ import annotations

from orgkb.collecting import forget_answers
from orgkb.concepts import folding
from orgkb.concepts.lexicon.tables import listed


def test_answers_about_words_are_forgotten_and_tables_stay() -> None:
    folding.fold_word("Containers")
    listed("products")
    tables = listed.cache_info().currsize
    assert folding.fold_word.cache_info().currsize > 0
    forget_answers()
    assert folding.fold_word.cache_info().currsize == 0
    assert listed.cache_info().currsize == tables > 0
    assert folding.fold_word("Containers") == folding.fold_word("containers")
