"""New cards come in an order in which they can be learnt."""

from __future__ import annotations

from pathlib import Path

from orgkb_exporters.anki.package import read_package
from tests.exporters.anki_notes import Anki, Bench, org_graph

NOTES = """\
* Terms
- *cluster* :: group of nodes that act as one computer
- *node* :: machine on which a pod is started
- *pod* :: group of containers with one address
- *registry* :: server that images are downloaded from
"""


def test_what_a_definition_names_is_learnt_before_it(tmp_path: Path) -> None:
    anki = Anki(tmp_path)
    try:
        anki.take(Bench(reverse=False).build(org_graph({"/notes/k.org": NOTES})))
        cards = sorted(map(anki.col.get_card, anki.col.find_cards("")), key=lambda card: card.due)
        assert [card.note()["ID"] for card in cards] == ["k/pod", "k/node", "k/cluster", "k/registry"]
    finally:
        anki.close()


def test_terms_that_need_each_other_stay_in_the_order_of_the_notes() -> None:
    circle = "* Terms\n- *hen* :: animal that lays an egg each day\n- *egg* :: thing that a hen comes from\n"
    notes = read_package(Bench().build(org_graph({"/notes/k.org": circle}))).notes
    assert len(notes) == 2
