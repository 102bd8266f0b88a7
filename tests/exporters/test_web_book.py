"""The book in one HTML file: contents, search, definitions, map; and that nothing gets in or out."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgkb_exporters import formats
from orgkb_exporters.web.contents import headings, listed
from orgkb_exporters.web.render import Styles
from tests.exporters.chromium import Chromium, needs_chromium
from tests.exporters.test_formats import MORE, NOTES, made

HOSTILE = r"""#+TITLE: </title><script>alert(1)</script>
* </script><img src=x onerror=alert(1)>
- *</style><script>alert(2)</script>* - a term "quoted" & <b>bold</b> of the [[*Other][other]]
- *pod* - smallest unit with a <!-- </script> --> in it
A pod and [[javascript:alert(3)][a link]] and [[data:text/html,<script>alert(4)</script>][data]].
* Other
A pod runs there, ~<td style="color: red">~.
"""


def page_of(*texts: str, **options: object) -> str:
    ((_, data),) = made(formats.HtmlExporter, *texts, **options).items()  # type: ignore[arg-type] # options of the exporter
    return data.decode()


def policy_of(page: str) -> str:
    (found,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page.split("<body>", maxsplit=1)[0])
    return html.unescape(found)


class TestThePage:
    def test_its_policy_allows_its_own_parts_only(self) -> None:
        policy = policy_of(page_of(NOTES))

        assert policy.startswith("default-src 'none'; script-src 'sha256-")
        assert "unsafe" not in policy
        assert "http" not in policy

    def test_it_asks_for_no_file_and_has_no_inline_style_or_handler(self) -> None:
        text = re.sub(r"<(script|style)\b.*?</\1>", "", page_of(NOTES, MORE), flags=re.DOTALL)

        assert not re.search(
            r'<link [^>]*href="(?!data:,")|src="(?!data:)|<[^>]*(?: style="| on\w+="|javascript:)', text
        )

    def test_contents_lead_to_every_heading_down_to_the_depth(self) -> None:
        page = page_of(NOTES, MORE, toc_depth=2)

        side = page[page.index('<nav id="side"') : page.index("</nav>")]
        links = re.findall(r'href="#([^"]+)"', side)
        assert links == ["doc-1", "doc-1-h1", "doc-1-h3", "doc-2", "doc-2-h1", "map", "glossary", "index"]
        assert all(f'id="{anchor}"' in page for anchor in links)

    def test_contents_are_numbered_as_the_headings_are(self) -> None:
        page = page_of(NOTES, MORE, number_sections=True, search=False)

        told = re.findall(r'<span class="number">([\d.]+)</span>', page)
        assert told == re.findall(r'<span class="header-section-number">([\d.]+)</span>', page)

    def test_the_map_stands_in_it_and_leads_to_the_glossary(self) -> None:
        page = page_of(NOTES)

        drawing = page[page.index("<svg") : page.index("</svg>")]
        links = set(re.findall(r'xlink:href="#([^"]+)"', drawing))
        assert links >= {"concept-pod", "concept-node"}
        assert all(f'id="{anchor}"' in page for anchor in links)
        assert "<svg" not in page_of(NOTES, map=False)

    def test_the_index_names_terms_and_their_sections(self) -> None:
        page = page_of(NOTES, MORE)

        index = re.sub(r"<[^>]+>", "", page[page.index('<div class="index-lines">') :])
        assert re.search(r"node\s+Pods, Deep", index)
        assert 'class="index-lines"' not in page_of(NOTES, index=False)

    def test_the_same_notes_give_the_same_bytes(self) -> None:
        assert page_of(NOTES, MORE) == page_of(NOTES, MORE)

    def test_russian_notes_get_russian_words(self) -> None:
        page = page_of("#+TITLE: Поды\n* Под\n- *под* - наименьшая единица запуска на узле кластера\n", map=False)

        assert '<html lang="ru"' in page
        assert 'placeholder="Поиск"' in page


def test_styles_in_tags_become_classes_and_odd_ones_go() -> None:
    styles = Styles()

    done = styles.moved(
        '<td style="text-align: right;">1</td><col style="width: 20%" /><p class="a" style="text-align: right;">'
        '<p style="background: url(http://x)">&lt;td style="x: y"&gt; style="z: 1" text'
    )

    assert done == (
        '<td class="s1">1</td><col class="s2" /><p class="a s1"><p>&lt;td style="x: y"&gt; style="z: 1" text'
    )
    assert styles.css() == ".s1 { text-align: right; }\n.s2 { width: 20% }"


def test_contents_of_headings_that_skip_levels() -> None:
    blocks = [
        {"t": "Header", "c": [level, [name, [], []], [{"t": "Str", "c": f"<{name}>"}]]}
        for level, name in ((2, "a"), (4, "b"), (1, "c"), (9, "d"))
    ]

    tree = headings(blocks, 4)

    assert [(h.anchor, [b.anchor for b in h.below]) for h in tree] == [("a", ["b"]), ("c", [])]
    assert "&lt;a&gt;" in listed(tree)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with Chromium() as browser:
        yield browser


@needs_chromium
class TestInABrowser:
    def opened(self, browser: Chromium, folder: Path, *texts: str) -> Chromium:
        file = folder / "book.html"
        file.write_text(page_of(*texts), encoding="utf-8")
        browser.open(file.as_uri())
        return browser

    def ask(self, browser: Chromium, words: str) -> list[str]:
        browser.run(
            "(() => { const i = document.getElementById('search'); i.focus(); "
            f"i.value = {words!r}; i.dispatchEvent(new Event('input')); }})()"
        )
        browser.wait("!document.getElementById('results').hidden")
        found: list[str] = browser.run(
            "[...document.querySelectorAll('#results li')].map(li => "
            "[...li.childNodes].filter(n => n.className !== 'snippet' && n.className !== 'where').map(n => n.textContent).join(''))"
        )
        return found

    def test_search_finds_terms_first_then_sections_in_every_language(self, browser: Chromium, tmp_path: Path) -> None:
        self.opened(browser, tmp_path, NOTES, MORE)

        assert self.ask(browser, "node")[0] == "node"
        assert "Other" in self.ask(browser, "под")
        assert self.ask(browser, "zebra") == ["Nothing found for “zebra”"]
        assert "TODO Clean /var/lib/x up" in self.ask(browser, "kubectl delete <name>")

    def test_enter_goes_to_the_first_hit(self, browser: Chromium, tmp_path: Path) -> None:
        self.opened(browser, tmp_path, NOTES, MORE)
        self.ask(browser, "deep")

        browser.press("Enter")

        assert browser.run("location.hash") == "#doc-2-h1"

    def test_the_definition_appears_at_a_term(self, browser: Chromium, tmp_path: Path) -> None:
        self.opened(browser, tmp_path, NOTES)

        x, y = browser.run(
            "(() => { const a = document.querySelector('main a[href=\"#concept-node\"]'); a.scrollIntoView({block: 'center'});"
            " const b = a.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        browser.move(x, y)

        browser.wait("!document.getElementById('card').hidden")
        assert browser.run("document.getElementById('card').textContent") == "nodemachine of the cluster"

    def test_the_interactive_map_opens_and_its_places_lead_back(self, browser: Chromium, tmp_path: Path) -> None:
        self.opened(browser, tmp_path, NOTES)
        browser.run("document.getElementById('explore').click()")
        browser.wait("document.getElementById('atlas').open")

        # What the frame says when a place in it is clicked; anybody else is not heard.
        browser.run("window.postMessage({orgkb: './#glossary'}, '*')")
        browser.settle()
        assert browser.run("document.getElementById('atlas').open")
        end = time.monotonic() + 30
        while not browser.run_in_frame("about:srcdoc", "document.documentElement?.dataset.ready === 'true'"):
            assert time.monotonic() < end
            time.sleep(0.05)
        browser.run_in_frame("about:srcdoc", "location.hash = '#pod'")
        while not browser.run_in_frame(
            "about:srcdoc", "(link => link && (link.click(), true))(document.querySelector('a.place'))"
        ):
            assert time.monotonic() < end
        browser.wait("!document.getElementById('atlas').open")
        assert browser.run("location.hash").startswith("#doc-1")
        assert browser.complaints() == []

    def test_hostile_notes_run_nothing_and_ask_for_nothing(self, browser: Chromium, tmp_path: Path) -> None:
        self.opened(browser, tmp_path, HOSTILE)
        self.ask(browser, "<script>")
        browser.run("document.getElementById('explore')?.click()")
        browser.settle()

        assert browser.complaints() == []
        assert [url for url in browser.requests() if not url.startswith(("file:", "data:", "about:srcdoc"))] == []
        assert browser.run("document.querySelectorAll('main script, main [onerror], main [style]').length") == 0

    @pytest.mark.parametrize("width", [390, 820, 1280])
    def test_no_width_makes_the_page_scroll_sideways(self, browser: Chromium, tmp_path: Path, width: int) -> None:
        file = tmp_path / "book.html"
        file.write_text(page_of(NOTES, MORE), encoding="utf-8")

        browser.open(file.as_uri(), width=width)

        assert browser.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    @pytest.mark.parametrize("theme", ["", "dark"])
    def test_it_is_printed_black_on_white_however_the_screen_is(
        self, browser: Chromium, tmp_path: Path, theme: str
    ) -> None:
        file = tmp_path / "book.html"
        file.write_text(page_of(NOTES), encoding="utf-8")
        browser.open(file.as_uri(), dark=True)
        browser.run(f"document.documentElement.dataset.theme = '{theme}'")
        style = "(s => [s.color, s.backgroundColor])(getComputedStyle(document.documentElement))"
        assert browser.run(style) != ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]

        browser.on_paper()

        assert browser.run(style) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert browser.run("getComputedStyle(document.getElementById('side')).display") == "none"
