"""Names that lines explain behind an arrow."""

from __future__ import annotations

import pytest

from tests.concepts.build_from import facts

RULE = "arrow"


def test_lines_with_an_arrow_say_what_the_name_is() -> None:
    text = """\
Port    -> a numbered endpoint that takes traffic
Host    -> specifies the name of the machine
Payload -> size of the content in bytes
Cookie -> keeps a session
"""
    assert facts(text, RULE) == [
        ("Port", "a numbered endpoint that takes traffic"),
        ("Host", "specifies the name of the machine"),
        ("Payload", "size of the content in bytes"),
        ("Cookie", "keeps a session"),
    ]


def test_so_do_items_and_keywords_in_capitals() -> None:
    text = (
        "- GET → retrieve data from a server\n- POST → send data to a server\n- PATCH → update a part of a resource\n"
    )
    assert [name for name, _ in facts(text, RULE)] == ["GET", "POST", "PATCH"]
    text = "- порт → это номер на машине\n- узел → это машина в сети\n- пакет → это часть сообщения\n"
    assert not facts(text, RULE) or [name for name, _ in facts(text, RULE)] == ["порт", "узел", "пакет"]


@pytest.mark.parametrize(
    "text",
    [
        "error -> retry\nsuccess -> done\ntimeout -> wait\n",
        "Menu -> Settings -> Users\nMenu -> Help -> About\nMenu -> File -> Save\n",
        "small training error -> very small bias\nlarge error -> large bias\nno error -> overfitting\n",
        "Port -> a numbered endpoint that takes traffic\n",
        "- eat -> ate\n- go -> went\n- see -> saw\n",
        "A -> B\nB -> C\nC -> A\n",
    ],
)
def test_flows_and_mappings_are_left_alone(text: str) -> None:
    assert not facts(text, RULE)
