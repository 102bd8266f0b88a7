"""Running pandoc."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from orgkb import pandoc
from orgkb.errors import ExporterError, MissingProgram
from orgkb_exporters import pandoc_json as p


def test_our_json_is_of_the_version_that_the_bundled_pandoc_writes() -> None:
    done = subprocess.run(
        [pandoc.program(), "--from=markdown", "--to=json"], input=b"x", capture_output=True, check=True
    )
    version = ",".join(str(number) for number in pandoc.API_VERSION)
    assert f'"pandoc-api-version":[{version}'.encode() in done.stdout


def test_a_document_is_written_in_any_text_format() -> None:
    ast = pandoc.document([p.para([p.string("Привет"), p.SPACE, p.wrap("Strong", [p.string("мир")])])])
    assert pandoc.convert(ast, "typst") == "Привет #strong[мир]\n"
    assert pandoc.convert(ast, "html") == "<p>Привет <strong>мир</strong></p>\n"


def test_every_constructor_makes_what_pandoc_reads() -> None:
    cell = [p.string("x")]
    blocks = [
        p.header(2, p.attr("a", ("b",), {"k": "v"}), cell),
        p.code_block("x", ["python"], {"startFrom": "3"}),
        p.raw_block("html", "<b>"),
        p.block_quote([p.para(cell)]),
        p.bullet_list([[p.plain(cell)]]),
        p.ordered_list([[p.plain(cell)]], 3, "LowerAlpha", "OneParen"),
        p.definition_list([(cell, [p.para(cell)])]),
        p.line_block([cell]),
        p.div([p.HORIZONTAL_RULE], "i", ["c"]),
        p.table([[cell, cell]], [[[cell, []]]], ["AlignLeft", "AlignRight"], cell),
        p.figure([p.plain([p.image(cell, "a.png", {"width": "50%"})])], cell),
        p.para([
            p.code("x", ["c"]), p.math("x", display=True), p.raw_inline("html", "<i>"), p.span(cell, "j"), p.note([p.para(cell)]),
            p.link(cell, "https://example.com"), p.LINE_BREAK, p.SOFT_BREAK, p.wrap("Emph", cell),
            p.cite([p.citation("key", cell, cell)], cell),
        ]),
    ]  # fmt: skip
    again = pandoc.convert(pandoc.document(blocks), "json")
    assert again.count('"t":"Table"') == 1
    assert '"citationId":"key"' in again


def test_pandoc_reads_no_file_that_a_document_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg>secret</svg>")
    ast = pandoc.document([p.para([p.image([], str(secret))])])
    assert "secret</svg>" not in pandoc.convert(
        ast, "html", ["--embed-resources", "--standalone", "--metadata=title:x"]
    )


def test_what_pandoc_refuses_is_an_error_with_its_reason() -> None:
    with pytest.raises(ExporterError, match="could not write typst"):
        pandoc.convert({"blocks": [{"t": "Nonsense"}]}, "typst")


def test_a_conversion_that_takes_too_long_is_given_up() -> None:
    # So much that it is not done before somebody looks at the clock, however busy the machine is.
    ast = pandoc.document([p.para([p.string("x")] * 50)] * 5_000)
    with pytest.raises(ExporterError, match=r"more than 0\.001 seconds"):
        pandoc.convert(ast, "html", limit=0.001)


def test_a_missing_pandoc_is_named_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "program", lambda: Path("/no/such/pandoc"))
    with pytest.raises(MissingProgram):
        pandoc.convert(pandoc.document([]), "html")
