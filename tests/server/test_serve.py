"""The notes in a browser: pages, reload on save, answers by clicking, and who may ask at all."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orgkb import checking, review
from orgkb.errors import InputError, UsageError
from orgkb.server.desk import Desk
from orgkb.server.http import MAX_BODY, Server
from tests.exporters.chromium import Chromium, needs_chromium

NOTES = """#+TITLE: Pods
* Pods
- *pod* - smallest unit that a node runs
- *node* - machine of the cluster
A pod is stopped by ~kubectl delete~. See [[*Nowhere]].
* Gadget stuff
The *gadget* is here, and [[file:b.org::*Deep][there]].
"""
MORE = "#+TITLE: More\n* Deep\nThe node is elsewhere. </script><img src=x onerror=alert(1)>\n"
TOKEN = "t0ken"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.org").write_text(NOTES, encoding="utf-8")
    (folder / "b.org").write_text(MORE, encoding="utf-8")
    return folder


@pytest.fixture
def server(notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("ORGKB_CACHE", str(tmp_path / "cache"))
    desk = Desk([notes], tmp_path / "output", None, TOKEN)
    desk.build()
    server = Server(desk, 0, TOKEN)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.end()
    thread.join()


class Reply:
    """What the server answered."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = dict(response.getheaders())
        self.text = response.read().decode()


def ask(server: Server, path: str, method: str = "GET", body: object = None, host: str = "", **headers: str) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named["Host"] = host or f"127.0.0.1:{server.server_port}"
    data = body if isinstance(body, str) or body is None else json.dumps(body)
    connection.request(method, path, data, named)
    reply = Reply(connection.getresponse())
    connection.close()
    return reply


def _noted(asked: list[str], name: str, real: Callable[..., object]) -> Callable[..., object]:
    def noted(*args: object) -> object:
        asked.append(name)
        return real(*args)

    return noted


def own(server: Server) -> dict[str, str]:
    """The headers with which the page of the review sends an answer."""
    return {
        "Origin": f"http://127.0.0.1:{server.server_port}",
        "X_Orgkb_Token": TOKEN,
        "Content_Type": "application/json",
    }


def first_question(server: Server) -> tuple[str, str]:
    page = ask(server, "/review").text
    found = re.search(r'data-key="([^"]+)".*?data-option="([^"]+)"', page, flags=re.DOTALL)
    assert found, page
    return found[1], found[2]


class TestPages:
    def test_each_note_glossary_index_map_and_search_are_there(self, server: Server) -> None:
        home = ask(server, "/").text
        assert 'href="/notes/a"' in home
        assert 'href="/notes/b"' in home

        note = ask(server, "/notes/a").text
        assert re.search(r'href="/glossary#concept-node"[^>]*>node</a>', note)
        assert 'href="/notes/b#doc-2-h1"' in note
        assert 'id="concept-pod"' in ask(server, "/glossary").text
        assert "/notes/b#doc-2-h1" in ask(server, "/index").text
        assert '<iframe src="/map/view"' in ask(server, "/map").text
        assert '"/notes/a"' in ask(server, "/map/view").text
        entries = json.loads(ask(server, "/search.json").text)
        assert [
            "Deep",
            "/notes/b#doc-2-h1",
            "The node is elsewhere. </script><img src=x onerror=alert(1)>",
            "More",
        ] in entries
        assert any(url == "/glossary#concept-node" and "machine of" in text for _, url, text, _ in entries)

    def test_every_link_on_every_page_leads_somewhere(self, server: Server) -> None:
        pages = {
            path: ask(server, path).text
            for path in ("/", "/notes/a", "/notes/b", "/glossary", "/index", "/map", "/review", "/problems")
        }
        for here, page in pages.items():
            for target, anchor in re.findall(r'href="(/[^"#]*)?(?:#([^"]*))?"', page):
                there = pages.get(target or here) or ask(server, target).text
                assert not anchor or f'id="{anchor}"' in there, (here, target, anchor)

    def test_a_save_shows_before_problems_and_questions_are_looked_for(
        self, server: Server, notes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        for module, name in ((checking, "check"), (review, "items")):
            monkeypatch.setattr(module, name, _noted(asked, name, getattr(module, name)))
        (notes / "a.org").write_text(NOTES.replace("[[*Nowhere]]", "[[*Nowhere]] and [[*Neither]]"), encoding="utf-8")

        server.desk.build()
        assert "Neither" in ask(server, "/notes/a").text
        assert not asked

        counts = ask(server, "/counts")
        assert counts.headers["Content-Type"] == "application/json"
        found = json.loads(counts.text)
        assert ask(server, "/problems").text.count('<span class="level ') == found["/problems"] >= 2
        assert ask(server, "/review").text.count('<article class="question"') == found["/review"] >= 1
        assert json.loads(ask(server, "/counts").text) == found
        assert sorted(asked) == ["check", "items"]

    def test_problems_tell_file_and_line_and_lead_to_the_section(self, server: Server) -> None:
        page = ask(server, "/problems").text

        assert re.search(r'<a class="at" href="/notes/a#doc-1-h1">a.org:5</a>', page)
        assert "no heading" in page
        assert 'href="org-protocol://orgkb?file=a.org&amp;line=5"' in page

    def test_notes_cannot_bring_in_script(self, server: Server) -> None:
        for path in ("/", "/notes/b", "/glossary", "/review", "/problems"):
            reply = ask(server, path)
            assert "<img src=x" not in reply.text
            policy = reply.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
            assert "unsafe" not in policy
            assert not re.search(r"<[^<>]* (?:style|on\w+)=|<script>", reply.text)

    def test_what_is_not_there_is_not_found(self, server: Server) -> None:
        for path in ("/nothing", "/notes/c", "/../pyproject.toml", "/notes/%2e%2e/x", "//etc/passwd", "/notes/a.org"):
            assert ask(server, path).status == 404, path

    def test_an_unchanged_page_is_not_sent_again(self, server: Server) -> None:
        tag = ask(server, "/notes/a").headers["ETag"]

        again = ask(server, "/notes/a", If_None_Match=tag)
        assert (again.status, again.text) == (304, "")

    def test_a_head_request_gets_the_headers(self, server: Server) -> None:
        reply = ask(server, "/", "HEAD")
        assert (reply.status, reply.text) == (200, "")


class TestWhoMayAsk:
    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1", "127.0.0.1.evil.example:{port}", "localhost:1", "[::1]:{port}"]
    )
    def test_another_name_for_this_machine_is_refused(self, server: Server, host: str) -> None:
        reply = ask(server, "/", host=host.format(port=server.server_port))

        assert reply.status == 421
        assert "pod" not in reply.text

    def test_localhost_is_a_name_too(self, server: Server) -> None:
        assert ask(server, "/", host=f"localhost:{server.server_port}").status == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"},
            {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors"},
        ],
    )
    def test_another_site_is_refused(self, server: Server, headers: dict[str, str]) -> None:
        assert ask(server, "/search.json", **headers).status == 403

    def test_a_link_from_another_site_may_be_followed(self, server: Server) -> None:
        assert ask(server, "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200

    @pytest.mark.parametrize(
        "change",
        [
            {"X_Orgkb_Token": ""},
            {"X_Orgkb_Token": "wrong"},
            {"X_Orgkb_Token": "ключ".encode().decode("latin-1")},
            {"Origin": ""},
            {"Origin": "http://evil.example"},
            {"Content_Type": "text/plain"},
        ],
    )
    def test_answers_need_the_token_the_origin_and_the_kind(
        self, server: Server, notes: Path, change: dict[str, str]
    ) -> None:
        key, option = first_question(server)

        reply = ask(server, "/review", "POST", {"key": key, "option": option}, **(own(server) | change))

        assert reply.status in {400, 403}
        assert not (notes / "orgkb.toml").exists()

    def test_only_this_machine_is_listened_to(self, server: Server) -> None:
        assert server.socket.getsockname()[0] == "127.0.0.1"

    def test_a_taken_port_is_told(self, server: Server) -> None:
        with pytest.raises(UsageError, match="choose another with --port"):
            Server(server.desk, server.server_port, TOKEN)


class TestReview:
    def test_an_answer_is_written_and_no_longer_asked(self, server: Server, notes: Path) -> None:
        key, option = first_question(server)

        reply = ask(server, "/review", "POST", {"key": key, "option": option}, **own(server))

        assert reply.status == 200, reply.text
        assert json.loads(reply.text)["said"] == "written to orgkb.toml"
        assert "concepts" in tomllib.loads((notes / "orgkb.toml").read_text(encoding="utf-8"))
        assert f'data-key="{key}"' not in ask(server, "/review").text

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"key": "nothing", "option": "never"}, 409),
            ("no json", 400),
            ({"key": 1}, 400),
            ({"key": "x", "option": "y", "path": "/etc/passwd"}, 400),
            ("x" * (MAX_BODY + 1), 413),
        ],
    )
    def test_what_is_no_answer_changes_nothing(self, server: Server, notes: Path, body: object, status: int) -> None:
        reply = ask(server, "/review", "POST", body, **own(server))

        assert reply.status == status
        assert "error" in json.loads(reply.text)
        assert not (notes / "orgkb.toml").exists()


class TestSaving:
    def test_a_saved_note_is_read_again_and_listeners_are_told(self, server: Server, notes: Path) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
        connection.request("GET", "/events", headers={"Host": f"127.0.0.1:{server.server_port}"})
        stream = connection.getresponse()
        assert stream.readline() == f"data: {server.desk.version}\n".encode()
        stream.readline()
        (notes / "b.org").write_text("#+TITLE: New title\n* Deep\n", encoding="utf-8")

        server.desk.build()

        assert stream.readline() == f"data: {server.desk.version}\n".encode()
        assert "New title" in ask(server, "/").text
        connection.close()

    def test_settings_that_cannot_be_read_leave_the_last_pages(self, server: Server, notes: Path) -> None:
        (notes / "orgkb.toml").write_text("title = [", encoding="utf-8")

        server.desk.build()

        assert "orgkb.toml" in server.desk.error
        assert "cannot be read" in ask(server, "/problems").text
        assert ask(server, "/notes/a").status == 200
        (notes / "orgkb.toml").unlink()
        server.desk.build()
        assert server.desk.error == ""

    def test_the_first_build_tells_what_is_wrong(self, tmp_path: Path) -> None:
        with pytest.raises(InputError):
            Desk([tmp_path], tmp_path / "output", None, TOKEN).build()


@needs_chromium
class TestInABrowser:
    def test_pages_reload_answers_are_clicked_and_nothing_is_asked_elsewhere(self, server: Server, notes: Path) -> None:
        with Chromium() as browser:
            browser.open(f"{server.url}notes/a")
            browser.wait("document.querySelectorAll('.pages .count').length === 2")
            counts = json.loads(ask(server, "/counts").text)
            told = browser.run("document.querySelector('.pages a[href=\"/problems\"] .count').textContent")
            assert told == str(counts["/problems"])
            browser.run("window.mark = 1")
            (notes / "a.org").write_text(NOTES.replace("smallest unit", "least unit"), encoding="utf-8")
            server.desk.build()
            browser.wait("!window.mark && document.documentElement?.dataset.ready === 'true'")
            assert "least unit" in browser.run("document.body.textContent")

            browser.run(
                "(() => { const i = document.getElementById('search'); i.focus(); i.value = 'machine'; "
                "i.dispatchEvent(new Event('input')); })()"
            )
            browser.wait("document.querySelector('#results [role=option]') !== null")
            browser.press("Enter")
            browser.wait("location.pathname === '/glossary' && document.documentElement?.dataset.ready === 'true'")
            assert browser.run("location.hash") == "#concept-node"

            browser.open(f"{server.url}review")
            key = browser.run("document.querySelector('.question:has(button:not([data-text]))').dataset.key")
            browser.run("document.querySelector('.question button:not([data-text])').click()")
            browser.wait(f"document.querySelector('[data-key={json.dumps(key)}]') === null")
            assert (notes / "orgkb.toml").exists()

            browser.open(f"{server.url}map")
            browser.wait("document.querySelector('iframe').contentDocument.documentElement?.dataset.ready === 'true'")
            browser.run("document.querySelector('iframe').contentWindow.location.hash = '#pod'")
            browser.wait("document.querySelector('iframe').contentDocument.querySelector('a.place') !== null")
            browser.run("document.querySelector('iframe').contentDocument.querySelector('a.place').click()")
            browser.wait("location.pathname === '/notes/a'")

            assert browser.complaints() == []
            assert all(url.startswith((server.url, "data:")) for url in browser.requests())


def test_the_command_serves_until_it_is_interrupted(notes: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "orgkb", "serve", str(notes), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, encoding="utf-8")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert port, process.stderr and process.stderr.read()
        connection = http.client.HTTPConnection("127.0.0.1", int(port[1]), timeout=30)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        time.sleep(0.5)  # the watch begins after the first line
        (notes / "a.org").write_text(NOTES + "* More\n", encoding="utf-8")
        assert "read again" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    assert errors.strip() == "orgkb: interrupted"
    assert process.returncode == 130
