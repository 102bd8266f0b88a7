"""`orgkb serve` on hostile notes: every page it gives, read and opened."""

from __future__ import annotations

import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from orgkb.server.desk import Desk
from orgkb.server.http import Server
from tests.exporters.chromium import LOADED, Chromium, needs_chromium
from tests.hostile import injecting, outputs, reading, running
from tests.hostile.case import SECRET, secrets
from tests.hostile.test_browser import TOUCH, TRAP

MOST = 60
"""Pages that are fetched."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("server")
    secrets(root / "outside")
    for case in (*injecting.CASES, *running.CASES, *reading.CASES):
        case.place(root / "notes", root / "outside")
    desk = Desk([root / "notes"], root / "output", None, "token")
    desk.build()
    made = Server(desk, 0, "token")
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield made
    made.end()
    thread.join(timeout=5)


def fetched(url: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def test_no_page_holds_what_runs_and_none_leads_out(server: Server) -> None:
    pending = [server.url, server.url + "review", server.url + "problems"]
    seen: set[str] = set()
    found: list[str] = []
    while pending and len(seen) < MOST:
        url = pending.pop(0)
        if url in seen:
            continue
        seen.add(url)
        status, headers, data = fetched(url)
        if status != 200:
            continue
        if "default-src 'none'" not in headers.get("Content-Security-Policy", ""):
            found.append(f"{url}: no policy")
        if SECRET.encode() in data:
            found.append(f"{url}: holds what lies outside")
        if headers["Content-Type"].startswith("text/html"):
            reader = outputs._Handlers()
            reader.feed(data.decode())
            found += [f"{url}: {fault}" for fault in reader.found]
            links = re.findall(r'(?:href|src)="([^"]+)"', data.decode())
            near = [urldefrag(urljoin(url, link.replace("&amp;", "&"))).url for link in links]
            pending += [
                link for link in near if urlsplit(link).netloc == urlsplit(server.url).netloc and "/events" not in link
            ]
    assert len(seen) > 40
    assert found == []


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cx",
        "//etc/passwd",
        "/media/../../note.org",
        "/%00",
        "/\\x",
    ],
)
def test_no_path_leads_out_of_the_pages(path: str, server: Server) -> None:
    status, _, data = fetched(server.url.rstrip("/") + path)

    assert status in {400, 404} or b"root:" not in data
    assert SECRET.encode() not in data


@needs_chromium
def test_nothing_in_the_pages_runs_asks_or_complains(server: Server) -> None:
    found: list[str] = []
    with Chromium() as browser:
        browser.run_first(TRAP.replace('"fetch"', '"nothing"').replace('"open", ', ""))
        _, _, first = fetched(server.url)
        links = [link for link in re.findall(r'href="(/[^"#]+)"', first.decode()) if not link.endswith((".css", ".js"))]
        for link in ["/", "/review", "/problems", *dict.fromkeys(links[:4])]:
            url = urljoin(server.url, link)
            browser.open(url, ready=LOADED)
            touch = TOUCH.replace("a, summary, button", "a, summary") if link == "/review" else TOUCH
            caught = browser.run(touch)
            asked = [one for one in browser.requests() if not one.startswith((server.url, "data:", "blob:", "about:"))]
            caught = [what for what in caught if not what.startswith('<iframe src="/map/view"')]  # a page of ours
            found += [f"{link}: {what}" for what in (*caught, *browser.dialogs(), *browser.complaints(), *asked)]
    assert found == []
