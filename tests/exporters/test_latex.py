"""LaTeX that a TeX installation can set as it is: letters, signs, long code and pictures."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from orgkb.diagnostics import Diagnostic
from orgkb.exporter import ExportContext
from orgkb_exporters import formats
from orgkb_exporters.formats.tex_preamble import font_setup, preamble
from tests.concepts.build_from import graph

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#09c"/></svg>'
BROKEN = b"GIF89a\x01\x00\x01\x00broken"
LONG = "docker run " + " ".join(f"--env NAME_{number}=value" for number in range(12))


def made(*texts: str, reports: list[Diagnostic] | None = None) -> dict[str, bytes]:
    context = ExportContext(
        title="Notes",
        timestamp=dt.datetime(2026, 10, 4, tzinfo=dt.UTC),
        input_root=Path("/nowhere"),
        read_media=lambda _document, path: {"drawn.svg": SVG, "broken.gif": BROKEN}.get(path),
        previous=lambda _path: None,
        report=(reports if reports is not None else []).append,
    )
    return {a.path: a.data for a in formats.LatexExporter().export(graph(*texts), context)}


class TestFonts:
    def test_latin_notes_keep_the_fonts_of_latex(self) -> None:
        assert not font_setup("Plain English, naïve – and “quoted” … Łódź")

    def test_cyrillic_notes_ask_for_a_font_that_has_the_letters(self) -> None:
        setup = font_setup("под")

        assert setup.index("{CMU Serif}") < setup.index("{DejaVu Serif}") < setup.index("{Times New Roman}")
        assert "newunicodechar" not in setup
        assert "CJK" not in setup

    def test_a_sign_comes_from_its_font_or_from_one_that_has_it(self) -> None:
        setup = font_setup("a → b ✓\ufe0f")

        assert r"\orgkbsign{→}{8594}" in setup
        assert "\\newunicodechar{\ufe0f}{}" in setup
        assert r"\setmainfont" not in setup

    def test_a_mark_on_a_letter_is_not_parted_from_it(self) -> None:
        assert "orgkbsign{\u0301}" not in font_setup("а\u0301 → б")

    def test_chinese_notes_break_lines_as_chinese_does_in_both_engines(self) -> None:
        setup = font_setup("容器")

        assert r"\usepackage{xeCJK}" in setup
        assert r"\usepackage{luatexja-fontspec}" in setup

    @pytest.mark.parametrize("text", ["", "plain", "под → ✓ 容器 שלום"])
    def test_braces_and_conditions_are_closed(self, text: str) -> None:
        setup = preamble({"blocks": [{"t": "Para", "c": [{"t": "Str", "c": text}]}]})
        bare = setup.replace(r"\{", "").replace(r"\}", "")

        assert bare.count("{") == bare.count("}")
        assert len(re.findall(r"\\if(?:PDFTeX|XeTeX|mmode|csname|x|fontchar)(?![A-Za-z])", bare)) == len(
            re.findall(r"\\fi(?![A-Za-z])", bare)
        )


class TestMarks:
    def test_a_term_that_is_underlined_or_struck_has_its_mark_before_it(self) -> None:
        text = made("- *pod* - smallest unit\n\nA +pod+ here.\n* Other\nA _pod_ there.\n")["latex/notes.tex"].decode()

        assert re.search(r"\\index\{pod\}\\st\{(?!\\index)", text) or re.search(
            r"\\index\{pod\}\\ul\{(?!\\index)", text
        )
        assert r"\ul{\index" not in text
        assert r"\st{\index" not in text


class TestPictures:
    def test_a_drawing_lies_beside_the_text_as_pdf(self) -> None:
        files = made("A drawing:\n[[file:drawn.svg]]\n")

        (name,) = (path for path in files if "/media/" in path)
        assert name.endswith(".pdf")
        assert files[name].startswith(b"%PDF")
        assert f"{{{name.removeprefix('latex/')}}}" in files["latex/notes.tex"].decode()
        assert "includesvg" not in files["latex/notes.tex"].decode()
        assert files == made("A drawing:\n[[file:drawn.svg]]\n")

    def test_a_broken_picture_stays_as_it_is_and_is_told_of(self) -> None:
        reports: list[Diagnostic] = []
        files = made("[[file:broken.gif]]\n", reports=reports)

        assert BROKEN in files.values()
        (report,) = reports
        assert "broken.gif cannot be drawn as PDF" in report.message


@pytest.mark.skipif(shutil.which("xelatex") is None, reason="XeLaTeX is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
class TestSet:
    def test_xelatex_sets_all_letters_and_signs_and_long_code_stays_on_the_page(self, tmp_path: Path) -> None:
        notes = f"* Поды → узлы\n- *под* - наименьшее ✓\n#+begin_src sh\n{LONG}\n#+end_src\n+Вычеркнуто+ $\\sum_j x_j ∈ ℝ$ ∑\n[[file:drawn.svg]]\n"
        for path, data in made(notes).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
        folder = tmp_path / "latex"
        command = ["xelatex", "-interaction=nonstopmode", "-no-shell-escape", "notes.tex"]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=240, check=False)
        log = (folder / "notes.log").read_text(encoding="utf-8", errors="replace")
        if lacking := re.search(r"File `([^']+\.sty)' not found", log):
            pytest.skip(f"this TeX installation has no {lacking[1]}")
        if "No font found" in log:
            pytest.skip("this computer has no font with Cyrillic")

        assert done.returncode == 0, log[-2000:]
        text = subprocess.run(["pdftotext", "notes.pdf", "-"], cwd=folder, capture_output=True, check=True)
        assert "Missing character" not in log
        for words in ("Поды", "наименьшее", "→", "Вычеркнуто", "NAME_11=value"):
            assert words in text.stdout.decode().replace("\n", ""), words
