"""Which stretches of printed code have a colour."""

from __future__ import annotations

import ast

from orgkb_exporters.pdf.coloring import colors


def stretches(text: str, language: str) -> list[list[tuple[str, str]]]:
    """The coloured stretches of each line as (text, colour)."""
    written = colors(text, language)
    told = ast.literal_eval(written) if written else ()
    lines = [line.encode() for line in text.split("\n")]
    return [
        [(line[a:b].decode(), kind) for a, b, kind in zip(runs[::3], runs[1::3], runs[2::3], strict=True)]
        for line, runs in zip(lines, told, strict=False)
    ]


def test_keywords_names_strings_and_comments_have_colours() -> None:
    assert stretches("def f():\n    return 'x'  # why", "python") == [
        [("def", "k"), ("f", "f")],
        [("return", "k"), ("'x'", "s"), ("# why", "c")],
    ]


def test_places_are_bytes_and_a_string_over_lines_has_its_colour_in_each() -> None:
    found = stretches('s = """ъ\nü"""', "python")
    assert found[0][-1] == ('"""ъ', "s")
    assert found[1] == [('ü"""', "s")]


def test_code_in_no_known_language_has_no_colours() -> None:
    assert colors("a = 1", "") == colors("a = 1", "no such language") == colors("a = b", "text") == ""


def test_lines_behind_the_last_colour_are_not_told() -> None:
    assert len(stretches("# a\n\nx\ny\n", "python")) == 1
