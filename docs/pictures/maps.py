"""Makes the pictures of docs/maps.md from the sample notes: `make docs-pictures`.

Needs Chromium and pdftoppm.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT))

from orgkb import pipeline  # noqa: E402 - after the path is set
from orgkb.config import Config  # noqa: E402
from tests.exporters.chromium import Chromium  # noqa: E402

CONCEPT = "image"


def main() -> None:
    """Build the maps of the sample notes and photograph six of them."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        notes = Path(folder) / "input"
        shutil.copytree(ROOT / "input", notes)
        config = Config(exporters={"map": {"focus": True}})
        report = pipeline.run([notes], output, ("map",), config)
        assert report.exit_code() == 0, report
        maps = output / "map"
        shutil.copy(maps / "overview.png", IMAGES / "map.png")
        shutil.copy(maps / "sections.png", IMAGES / "map-sections.png")
        page(maps / "maps.pdf")
        with Chromium() as browser:
            picture(browser, maps / "concepts" / f"{CONCEPT}.svg", IMAGES / "map-focus.png")
            viewer = (maps / "index.html").as_uri()
            browser.open(f"{viewer}#{CONCEPT}?depth=1", width=1280, height=720)
            browser.screenshot(IMAGES / "map-viewer-focus.png")
            browser.open(f"{viewer}#?depth=0", width=1280, height=720)
            browser.screenshot(IMAGES / "map-viewer-districts.png")


def page(pdf: Path) -> None:
    """A chapter's page as it is printed."""
    command = [
        "pdftoppm",
        "-png",
        "-r",
        "80",
        "-f",
        "3",
        "-l",
        "3",
        "-singlefile",
        str(pdf),
        str(IMAGES / "map-chapter"),
    ]
    subprocess.run(command, check=True)  # noqa: S603 - a program by name, our own file


def picture(browser: Chromium, svg: Path, png: Path) -> None:
    """An SVG file in its own size."""
    browser.open(svg.as_uri(), width=390, height=100, ready="document.documentElement?.localName === 'svg'")
    height = browser.run("Math.ceil(document.documentElement.getBoundingClientRect().height)")
    browser.open(svg.as_uri(), width=390, height=height, ready="document.documentElement?.localName === 'svg'")
    browser.screenshot(png)


if __name__ == "__main__":
    main()
