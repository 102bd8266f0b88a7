"""Sentences that name the kind of what they speak of: `The =fold= command wraps …`."""

from __future__ import annotations

import pytest

from orgkb.concepts.model import ConceptKind
from tests.concepts.build_from import candidates, facts

RULE = "kind-subject"


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("The =fold= command serves to wrap long lines.", "fold", "serves to wrap long lines."),
        ("We wrap. The function ~wrap()~ returns the lines\nthat fit.", "wrap", "returns the lines that fit."),
        ("La commande =fold= sert à couper les lignes.", "fold", "sert à couper les lignes."),
        ("El comando =fold= permite cortar las líneas.", "fold", "permite cortar las líneas."),
        ("Der Befehl =fold= dient dem Umbruch langer Zeilen.", "fold", "dient dem Umbruch langer Zeilen."),
        ("Команда =fold= разбивает длинные строки на части.", "fold", "разбивает длинные строки на части."),
    ],
)
def test_what_a_command_in_code_does_defines_it(text: str, name: str, said: str) -> None:
    assert facts(f"* Lines\n{text}\n", RULE) == [(name, said)]
    assert candidates(f"* Lines\n{text}\n", RULE)[0].kind is ConceptKind.CODE


def test_the_title_of_the_section_needs_no_code() -> None:
    text = "* fold\nLa commande fold sert à couper les lignes.\n"
    assert facts(text, RULE) == [("fold", "sert à couper les lignes.")]
    assert facts(text.replace("* fold", "* Lines"), RULE) == []


@pytest.mark.parametrize(
    "text",
    [
        "The =-w 3= command serves to wrap long lines.",
        "The =fold= command is slow here.",
        "The =fold= command needs a file and a width.",
        "La commande =fold= est lente sur ces lignes.",
    ],
)
def test_options_and_remarks_define_nothing(text: str) -> None:
    assert facts(f"* Lines\n{text}\n", RULE) == []
