"""Which addresses from notes reach an output."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.org.nodes import Link
from orgkb.org.urls import MAX_URL, external_url, safe_url


def link(kind: str, path: str) -> Link:
    return Link(0, 0, form="regular", kind=kind, path=path, search=None, raw=f"{kind}:{path}", children=())


@pytest.mark.parametrize(
    ("kind", "path", "url"),
    [
        ("https", "//orgmode.org/a?b=1&copy=2#c", "https://orgmode.org/a?b=1&copy=2#c"),
        ("http", "//x.org", "http://x.org"),
        ("ftp", "//x.org/f", "ftp://x.org/f"),
        ("mailto", "a@x.org", "mailto:a@x.org"),
        ("https", "//ru.wikipedia.org/wiki/Контейнер", "https://ru.wikipedia.org/wiki/Контейнер"),
        ("https", '//x.org/a b<c>"d`{{e}}', "https://x.org/a%20b%3Cc%3E%22d%60%7B%7Be%7D%7D"),
        ("doi", "10.1000/182", "https://doi.org/10.1000/182"),
        ("file", "notes.org", "notes.org"),
        ("file", "../img/a pod.png", "../img/a%20pod.png"),
        ("file", "what?.txt", "what%3F.txt"),
        ("file", "c#.txt", "c%23.txt"),
    ],
)
def test_a_harmless_link_keeps_its_address(kind: str, path: str, url: str) -> None:
    assert external_url(link(kind, path)) == url


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("javascript", "alert(1)"),
        ("vbscript", "x"),
        ("data", "text/html,<script>1</script>"),
        ("elisp", '(shell-command "x")'),
        ("shell", "rm -rf /"),
        ("file", "/etc/passwd"),
        ("file", "///etc/passwd"),
        ("file", "~/.ssh/id_rsa"),
        ("file", "//host/share"),
        ("file", "\\\\host\\share"),
        ("file", "C:\\x"),
        ("file+sys", "/bin/sh"),
        ("help", "org-mode"),
        ("id", "abc"),
        ("fuzzy", "javascript:alert(1)"),
        ("https", ""),
        ("file", "javascript:alert(1)"),
    ],
)
def test_a_link_that_could_run_or_reveal_something_has_no_address(kind: str, path: str) -> None:
    assert external_url(link(kind, path)) is None


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java script:alert(1)",
        "\x01javascript:alert(1)",
        "\u200bjavascript:alert(1)",
        "java\u00adscript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;&#x61;vascript:alert(1)",
        "&#0000106avascript:alert(1)",
        "javascript%3Aalert(1)",
        "javascript%253Aalert(1)",
        "&amp;#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "ｊavascript:alert(1)",
        "vbscript:x",
        "data:text/html;base64,xx",
        "file:///etc/passwd",
        "blob:x",
        "about:blank",
        "//evil.example/x",
        "/etc/passwd",
        "\\\\host\\share",
        "&#47;&#47;evil.example",
        "~/x",
        "",
        " \t\n",
    ],
)
def test_no_disguise_brings_a_script_or_an_absolute_path_through(url: str) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize("url", ["#section", "a.html#b", "./a:b.html", "?page=2", "img/схема.png", "5:3"])
def test_relative_addresses_and_fragments_pass(url: str) -> None:
    assert safe_url(url) == url


def test_an_address_is_not_changed_by_what_looks_like_an_entity() -> None:
    assert safe_url("https://x.org/?a=1&lt=2&amp;b") == "https://x.org/?a=1&lt=2&amp;b"
    assert safe_url("https://x.org/%D0%B9%2F") == "https://x.org/%D0%B9%2F"


def test_an_endless_address_is_none() -> None:
    assert safe_url("https://x.org/" + "a" * MAX_URL) is None


_HOSTILE = st.text("javscriptdfle:/&#x6;%3A \t\n\x00\u200b~\\?.") | st.text()


@given(_HOSTILE)
def test_what_passes_has_an_allowed_scheme_or_none_as_a_browser_reads_it(text: str) -> None:
    url = safe_url(text)
    if url is not None:
        # The steps of the URL standard: strip controls and spaces at the ends, drop tabs and line ends.
        seen = re.sub(r"[\t\n\r]", "", url.strip("".join(map(chr, range(33)))))
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", seen)
        assert scheme is None or scheme.group(1).lower() in {"http", "https", "mailto", "ftp"}
        assert not re.search(r'[\s<>"`\\{}]', url)
        assert scheme is not None or not seen.startswith("/")


@given(_HOSTILE)
def test_the_rule_gives_the_same_address_when_applied_again(text: str) -> None:
    url = safe_url(text)
    if url is not None and "%" not in text:
        assert safe_url(url) == url
