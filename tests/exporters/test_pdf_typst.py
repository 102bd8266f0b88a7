from __future__ import annotations

import sys
from pathlib import Path

import pytest

from orgkb.errors import ExporterError, MissingProgram
from orgkb_exporters.pdf import typst_run
from orgkb_exporters.pdf.typst_run import CompileFailed, Limits, TooBig, Typst
from tests.exporters.pdf_notes import STAMP

VALUE = b"#metadata(42)<x>"
ENDLESS = b"#let f(n) = if n < 2 { n } else { f(n - 1) + f(n - 2) }\n#let g(k) = range(100000).map(i => calc.rem(i * k, 7)).sum()\n#range(100000).map(g).sum()"
HUGE = b"#let a = range(3000).map(i => range(20000))\n#metadata(a.len())<x>"


def test_values_and_pages_come_back() -> None:
    with Typst() as typst:
        assert typst.query({"main.typ": VALUE}, "<x>") == 42
        assert typst.compile({"main.typ": b"hello"}, STAMP, standard="a-2u").startswith(b"%PDF-")


def test_an_error_names_the_file_it_is_in() -> None:
    with Typst() as typst:
        files = {"main.typ": b'#include "p3.typ"', "p3.typ": b"#nothing-like-it"}
        with pytest.raises(CompileFailed) as caught:
            typst.compile(files, STAMP, standard=None)
        assert caught.value.files[0] == "p3.typ"
        assert "nothing-like-it" in caught.value.message
        assert typst.query({"main.typ": VALUE}, "<x>") == 42


def test_what_never_ends_is_stopped_and_the_next_one_printed() -> None:
    with Typst(Limits(seconds=1.0)) as typst:
        with pytest.raises(TooBig, match="1 seconds"):
            typst.compile({"main.typ": ENDLESS}, STAMP, standard=None)
        assert typst.query({"main.typ": VALUE}, "<x>") == 42


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps processes to such limits")
def test_memory_has_a_limit() -> None:
    with Typst(Limits(memory=256)) as typst, pytest.raises(TooBig, match="256 MB"):
        typst.query({"main.typ": HUGE}, "<x>")


def test_files_beyond_the_project_are_out_of_reach(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("x")
    with Typst() as typst:
        for path in (str(secret), "../result.pdf", "../../secret.txt"):
            with pytest.raises(CompileFailed):
                typst.compile({"main.typ": f'#read("{path}")'.encode()}, STAMP, standard=None)


def test_a_process_that_ends_by_itself_is_an_error_of_this_exporter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "worker.py"
    broken.write_text("raise SystemExit('out of order')\n")
    monkeypatch.setattr(typst_run, "_WORKER", broken)
    with Typst() as typst, pytest.raises(ExporterError, match="out of order"):
        typst.query({"main.typ": VALUE}, "<x>")


def test_without_typst_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingProgram, match="pip install typst"):
        Typst()


def test_a_compiler_that_stays_remembers_and_begins_anew_when_it_has_grown() -> None:
    with Typst(stays=True) as typst:
        typst.query({"main.typ": VALUE}, "<x>")
        process = typst._process
        typst.pause()
        typst.settle()
        assert typst._process is process is not None
        typst._bound = 1
        typst._memory = 2
        typst.settle()
        assert typst._process is None
        assert typst.query({"main.typ": VALUE}, "<x>") == 42
    with Typst() as typst:
        typst.query({"main.typ": VALUE}, "<x>")
        process = typst._process
        typst.pause()
        assert typst._process is process is not None
        typst._memory = typst_run.SMALL + 1
        typst.pause()
        assert typst._process is None
