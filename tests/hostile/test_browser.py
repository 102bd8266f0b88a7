"""Hostile notes in a real browser: whatever is written and can be opened there stays still."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from orgkb import pipeline
from orgkb.config import Config
from orgkb.org.trust import Trust
from tests.exporters.chromium import LOADED, Chromium, needs_chromium
from tests.hostile import injecting, reading, running
from tests.hostile.case import secrets

pytestmark = needs_chromium

# What payloads call, and what browsers offer to who got in: each leaves a trace.
TRAP = """
window.caught = [];
for (const name of ["pwned", "p", "alert", "confirm", "prompt", "open", "fetch"])
  window[name] = (...x) => { window.caught.push(name + "(" + x.map(String) + ")"); };
"""
# Everything is touched in every way; what would leave the page is stopped, unless it runs a script.
TOUCH = """
(async () => {
  document.addEventListener("click", e => {
    const a = e.target.closest && e.target.closest("a");
    const to = a && (a.href.baseVal ?? a.href);
    if (a && !/^\\s*(java|vb)script:/i.test(to)) e.preventDefault();
  }, true);
  document.addEventListener("submit", e => { window.caught.push("form"); e.preventDefault(); }, true);
  // The map in the book: a frame of another origin, made by the page's own script.
  const ours = e => e.tagName === "IFRAME" && e.srcdoc.startsWith("<!")
    && e.sandbox.contains("allow-scripts") && !e.sandbox.contains("allow-same-origin");
  const kinds = ["mouseover", "mouseenter", "mousemove", "mousedown", "mouseup", "click", "focus", "blur", "toggle",
    "pointerover", "animationend", "transitionend", "error", "load", "keydown", "input", "change", "wheel"];
  for (const element of [...document.querySelectorAll("*")].slice(0, 4000))
    for (const kind of kinds)
      if (element.isConnected) element.dispatchEvent(new Event(kind, { bubbles: false, cancelable: true }));
  for (const element of [...document.querySelectorAll("a, summary, button")].slice(0, 1500))
    if (element.isConnected)  // one that a click before took out is stopped by nobody
      element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  await new Promise(done => setTimeout(done, 50));
  const odd = [...document.querySelectorAll("iframe, object, embed, base, form, meta[http-equiv=refresh]")]
    .filter(e => !ours(e));
  return [...window.caught, ...odd.map(e => e.outerHTML)];
})()
"""


@pytest.fixture(scope="module", params=[False, True], ids=["strangers", "raw allowed"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Name → file of all that a browser can open of the hostile folder."""
    root = tmp_path_factory.mktemp("browser")
    secrets(root / "outside")
    for case in (*injecting.CASES, *running.CASES, *reading.CASES):
        case.place(root / "notes", root / "outside")
    config = Config(exporters={"map": {"focus": False}})
    to = ["anki", "markdown", "map", "html"]
    report = pipeline.run([root / "notes"], root / "output", to, config, trust=Trust(raw=request.param))
    assert [run.error for run in report.exporters if run.error] == []
    files = {path.name: path for folder in ("map", "html") for path in (root / "output" / folder).rglob("*.html")}
    files |= {path.name: path for path in (root / "output" / "map").rglob("*.svg")}
    made = root / "made"
    made.mkdir()
    deck = next((root / "output" / "anki").glob("*.apkg")).read_bytes()
    cards = "\n".join(f"<section>{card}</section>" for card in rendered(deck))
    markdown = "\n<hr>\n".join(
        MarkdownIt("commonmark", {"html": True}).enable("table").render(path.read_text())
        for path in sorted((root / "output" / "markdown").rglob("*.md"))
    )
    for name, html in {"cards.html": cards, "markdown.html": markdown}.items():
        (made / name).write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{html}", encoding="utf-8")
        files[name] = made / name
    return files


def rendered(package: bytes) -> Iterator[str]:
    """Front and back of each card of PACKAGE, its template filled as Anki fills it, with its style."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
    try:
        kinds = json.loads(connection.execute("select models from col").fetchone()[0])
        notes = connection.execute("select id, mid, flds from notes").fetchall()
        for note, kind, fields in notes:
            model = kinds[str(kind)]
            values = dict(zip((field["name"] for field in model["flds"]), fields.split("\x1f"), strict=True))
            for (number,) in connection.execute("select ord from cards where nid = ?", (note,)):
                template = model["tmpls"][0 if model["type"] else number]
                front = filled(template["qfmt"], values)
                yield f"<style>{model['css']}</style>{front}<hr>{filled(template['afmt'], {**values, 'FrontSide': front})}"
    finally:
        connection.close()


def filled(template: str, values: Mapping[str, str]) -> str:
    """TEMPLATE with VALUES in its places."""
    for sign in "#^":
        block = re.compile(rf"\{{\{{\{sign}(\w[^}}]*)\}}\}}(.*?)\{{\{{/\1\}}\}}", re.DOTALL)
        template = block.sub(lambda m: m[2] if bool(values.get(m[1], "").strip()) == (sign == "#") else "", template)  # noqa: B023 - called at once
    return re.sub(r"\{\{(?:\w+:)*([^}]+)\}\}", lambda match: values.get(match[1], ""), template)


def test_nothing_that_a_browser_opens_runs_asks_or_complains(pages: Mapping[str, Path]) -> None:
    assert {"index.html", "cards.html", "markdown.html", "overview.svg"} <= pages.keys()
    found: list[str] = []
    with Chromium() as browser:
        browser.run_first(TRAP)
        for name, path in pages.items():
            browser.open(path.as_uri(), ready=LOADED)
            caught = browser.run(TOUCH)
            browser.settle()
            asked = [url for url in browser.requests() if not url.startswith(("data:", "blob:", path.as_uri()))]
            if name in {"cards.html", "markdown.html"}:  # their pictures are not beside these pages
                asked = [url for url in asked if not re.match(r"file:.*\.(?:png|svg)\Z", url)]
                complaints = [line for line in browser.complaints() if "ERR_FILE_NOT_FOUND" not in line]
            else:
                complaints = browser.complaints()
            found += [f"{name}: {what}" for what in (*caught, *browser.dialogs(), *complaints, *asked)]
    assert found == []


def test_the_trap_springs(tmp_path: Path) -> None:
    """What the other test looks for is seen where it happens."""
    bad = (
        "<!doctype html><title>x</title><b onmouseover='pwned(1)'>x</b><a href='javascript:pwned(2)'>y</a>"
        "<img src=gone.png onerror='pwned(3)'><img src='http://localhost:9/z'><script>alert(4)</script><iframe></iframe>"
    )
    (tmp_path / "bad.html").write_text(bad)
    with Chromium() as browser:
        browser.run_first(TRAP)
        browser.open((tmp_path / "bad.html").as_uri(), ready=LOADED)
        caught = browser.run(TOUCH)

        assert {"pwned(1)", "pwned(2)", "pwned(3)", "alert(4)", "<iframe></iframe>"} <= set(caught)
        assert "http://localhost:9/z" in browser.requests()
        assert browser.complaints()
