"""Makes the pictures of the README from the sample notes: `make docs-pictures`.

Needs Chromium, pdftoppm and the development packages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT))

from anki.collection import Collection, ImportAnkiPackageRequest  # noqa: E402 - after the path is set

from orgkb import pipeline  # noqa: E402
from orgkb.server.desk import Desk  # noqa: E402
from orgkb.server.http import Server  # noqa: E402
from tests.exporters.chromium import Chromium  # noqa: E402

CARD = "pod"
"""The term whose card is shown."""


def main() -> None:
    """Build the sample notes and photograph what comes out."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        notes = Path(folder) / "input"
        shutil.copytree(ROOT / "input", notes)
        report = pipeline.run([notes], output, ("anki", "map", "pdf", "html"))
        assert report.exit_code() == 0, report
        shutil.copy(output / "map" / "overview.png", IMAGES / "map.png")
        page(next((output / "pdf").glob("*.pdf")))
        with Chromium() as browser:
            viewer(browser, output / "map" / "index.html")
            book(browser, next((output / "html").glob("*.html")))
            card(browser, next((output / "anki").glob("*.apkg")), Path(folder))
            review(browser, notes, output)


def page(pdf: Path) -> None:
    """A page of the handout."""
    command = ["pdftoppm", "-png", "-r", "80", "-f", "3", "-l", "3", "-singlefile", str(pdf), str(IMAGES / "tour-page")]
    subprocess.run(command, check=True)  # noqa: S603 - a program by name, our own file


def viewer(browser: Chromium, file: Path) -> None:
    """The interactive map around one concept."""
    browser.open(f"{file.as_uri()}#{CARD}?depth=1", width=1180, height=640)
    browser.screenshot(IMAGES / "tour-viewer.png")


def book(browser: Chromium, file: Path) -> None:
    """The HTML book with the definition at a term."""
    browser.open(file.as_uri(), width=1180, height=640)
    link = "[...document.querySelectorAll('main section li a[href^=\"#concept-\"]')][3]"
    browser.run(f"{link}.scrollIntoView({{block: 'center'}})")
    browser.settle()
    x, y = browser.run(f"(box => [box.x + box.width / 2, box.y + box.height / 2])({link}.getBoundingClientRect())")
    browser.move(x, y)
    browser.wait("!document.getElementById('card').hidden")
    browser.screenshot(IMAGES / "tour-book.png")


def card(browser: Chromium, deck: Path, folder: Path) -> None:
    """A card as Anki shows it: the question and the answer."""
    collection = Collection(str(folder / "collection.anki2"))
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(deck)))
    found = [collection.get_card(number) for number in collection.find_cards("")]
    cards = [c for c in found if CARD in c.note().fields[0].casefold() or CARD in c.note().fields[1].casefold()]
    best = min(cards, key=lambda c: ("Term" not in c.note_type()["name"], c.template()["ord"], -len(c.answer())))
    style = best.note_type()["css"]
    sides = "".join(f'<div class="card side">{side}</div>' for side in (best.question(), best.answer()))
    collection.close()
    html = (
        "<!doctype html><html data-ready='true'><meta charset='utf-8'><style>"
        f"{style} body {{ display: flex; gap: 24px; margin: 24px; background: #dfe3ea; align-items: start; }}"
        " .side { flex: 1; border-radius: 12px; padding: 20px; box-shadow: 0 4px 14px #0003; background: #fff; }"
        f"</style><body>{sides}</body></html>"
    )
    file = folder / "card.html"
    file.write_text(html, encoding="utf-8")
    browser.open(file.as_uri(), width=1180, height=420)
    height = int(
        browser.run("Math.ceil(document.querySelector('.side:last-child').getBoundingClientRect().bottom + 24)")
    )
    browser.open(file.as_uri(), width=1180, height=height)
    browser.screenshot(IMAGES / "tour-card.png")


def review(browser: Chromium, notes: Path, output: Path) -> None:
    """The review in the browser."""
    desk = Desk([notes], output, None, "token")
    desk.build()
    server = Server(desk, 0, "token")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        browser.open(f"{server.url}review", width=1180, height=640)
        browser.screenshot(IMAGES / "tour-review.png")
    finally:
        server.end()
        thread.join()


if __name__ == "__main__":
    main()
