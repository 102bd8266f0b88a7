"""What the name of a thing itself says: a search tree is a tree."""

from __future__ import annotations

from orgkb.concepts.model import RelationKind
from tests.concepts.build_from import graph


def said(text: str) -> set[tuple[str, str, str]]:
    made = graph(text)
    return {
        (made.concept(r.source).name, r.label, made.concept(r.target).name)
        for r in made.relations
        if r.kind is RelationKind.NAME
    }


def test_a_longer_name_is_a_kind_of_what_its_last_words_name() -> None:
    text = """\
- *lantern* - lamp that one carries
- *paper lantern* - folded from a sheet
- *floating paper lantern* - set on a river
"""
    assert said(text) == {
        ("paper lantern", "is a", "lantern"),
        ("floating paper lantern", "is a", "paper lantern"),
    }


def test_russian_names_are_kinds_of_the_noun_that_adjectives_describe() -> None:
    text = """\
- *фонарь* - переносная лампа
- *бумажный фонарь* - складывают из листа
- *хозяин фонарь* - не прилагательное
"""
    assert said(text) == {("бумажный фонарь", "это", "фонарь")}


def test_names_whose_last_word_is_a_proper_name_or_what_is_done_say_no_kind() -> None:
    text = """\
- *Zorblatt* - editor of maps
- *Project Zorblatt* - the firm behind it
- *polishing* - makes a lens smooth
- *lens polishing* - done by hand
- *FTP* - way to send files
- *Wexler FTP* - program of a firm
- *former lantern* - was one
- *carry lanterns* - what one does
- *яркий Zorblatt* - название на другом языке
- *lantern* - lamp that one carries
"""
    assert said(text) == set()
