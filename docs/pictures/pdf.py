"""The pictures of docs/pdf.md, from the sample notes: python docs/pictures/pdf.py (needs pdftoppm, poppler-utils)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from orgkb import pipeline
from orgkb.config import Config

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
WIDTH = 380
"""Pixels."""

PICTURES = {
    "pdf-cover": ("handout", ""),
    "pdf-page": ("handout", "Workloads"),
    "pdf-glossary": ("handout", "Glossary"),
    "pdf-cornell": ("cornell", "Compose"),
    "pdf-cards": ("cards", ""),
    "pdf-cheatsheet": ("cheatsheet", ""),
}
"""Name → layout, and a word: the picture is of the last page whose running head has it, else of the first page."""


def main() -> None:
    """Draw all of them."""
    program = shutil.which("pdftoppm")
    if program is None:
        sys.exit("pdftoppm is not installed (poppler-utils)")
    layouts = list(dict.fromkeys(layout for layout, _ in PICTURES.values()))
    settings = Config(title="Containers and Kubernetes", exporters={"pdf": {"layouts": layouts}})
    with tempfile.TemporaryDirectory() as folder:
        report = pipeline.run([ROOT / "input"], folder, ("pdf",), settings)
        made = {
            layout: Path(folder, written.path)
            for layout, written in zip(layouts, report.exporters[0].written, strict=True)
        }
        for name, (layout, word) in PICTURES.items():
            page = str(_page(made[layout], word))
            draw = [
                program,
                "-png",
                "-singlefile",
                "-f",
                page,
                "-l",
                page,
                "-scale-to-x",
                str(WIDTH),
                "-scale-to-y",
                "-1",
            ]
            subprocess.run([*draw, made[layout], IMAGES / name], check=True)  # noqa: S603 - a program found by name, our own file


def _page(pdf: Path, word: str) -> int:
    command = ["pdftotext", "-layout", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603 - as above
    pages = [
        number for number, page in enumerate(text.split("\f"), 1) if word and word in "".join(page.splitlines()[:3])
    ]
    return pages[len(pages) // 2] if pages else 1


if __name__ == "__main__":
    main()
