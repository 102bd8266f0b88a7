"""The rules of the Org syntax document, case by case: `syntax/*.txt` hold a title, Org text and its tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgkb.org.reader import parse
from tests.org.shape import shape

FOLDER = Path(__file__).parent / "syntax"


def _cases() -> list[tuple[str, str, str]]:
    cases = []
    for file in sorted(FOLDER.glob("*.txt")):
        blocks = file.read_text(encoding="utf-8").removesuffix("\n.\n\n").split("\n.\n\n")
        for block in blocks:
            title, org, expected = block.split("\n.\n")
            cases.append((f"{file.stem}: {title}", org + "\n", expected + "\n"))
    return cases


CASES = _cases()


def test_all_case_files_are_read() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize(("org", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_org_is_read_as_the_case_says(org: str, expected: str) -> None:
    assert shape(parse(org)) == expected
