"""Emphasis, verbatim and scripts that are paths, identifiers, globs or operators stay text as written."""

import pytest

from orgkb.org import nodes as n
from tests.org.plain import exported, inline_of, nodes_of


def markup_of(text: str) -> list[str]:
    kinds = (n.Markup, n.Script, n.Code, n.Verbatim)
    return [text[node.begin : node.end] for kind in kinds for node in nodes_of(exported(text), kind)]


@pytest.mark.parametrize(
    "text",
    [
        "cd /etc && ls *.conf | sed 's/_/-/g'",
        "Images are in /var/lib/docker/ on the host",
        "cp --dereference /etc/resolv.conf /mnt/gentoo/etc/",
        "mount /dev/vg0/root /mnt/gentoo/ now",
        "cd /opt/",
        "cd /opt/, then",
        "mount -t proc /proc proc/",
        "cp /etc/xdg/xinitrc ~/",
        "ADD /foo.tar.gz /tmp/ # unpacks",
        "rsync -aAX /backup/ /mnt/data",
        "source /opt/.venv/bin/activate",
        "PUT /gists/:id/star",
        "proxy_redirect / /admin/",
        "DELETE /api/v1/pods/",
        "int x; /* a comment */",
        "a = 1 // one\nb = 2 // two",
        "awk '/pattern/ {print $1}' file",
        "awk -F: '/^[^.]/ {print}'",
        "in /node_modules/ and /my_dir/",
        "a cat /kæt/ and /ˈmʌlti/",
        'split="train"/"validation"/"test"',
        "write to /srv/ or /tmp/.",
    ],
)
def test_paths_comments_and_transcriptions_are_not_italic(text: str) -> None:
    assert markup_of(text) == []
    assert inline_of(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "italic"),
    [
        ("a /control loop/ is", "/control loop/"),
        ("the /kind/ of object", "/kind/"),
        ("/not/ the same", "/not/"),
        ("a /non-profit/ one", "/non-profit/"),
        ("the /home page/ of", "/home page/"),
        ("(/see below/)", "/see below/"),
        ("/.with dots./", "/.with dots./"),
        ("/with a slash/inside/", "/with a slash/inside/"),
        ("это /важно/, да", "/важно/"),
        ("/two\nlines/", "/two\nlines/"),
        ("the object /=spec=/ has", "/=spec=/"),
        ("/[[https://x.org/a/][link]]/", "/[[https://x.org/a/][link]]/"),
        ("/approx. 100/ pods", "/approx. 100/"),
    ],
)
def test_true_italics_stay(text: str, italic: str) -> None:
    assert italic in markup_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "__init__ and __main__.py",
        "'__all__', \"__doc__\"",
        "_xorg.Listener.__init__",
        "the _my_private_ name",
        '(["_"] digit)* | "0"+ (["_"] "0")*',
        "CONTAINER_ID of HTTPS_PROXY",
        "snake_case_name and x^2",
        "python3_{3,4} or file_{a,b}.txt",
        "rm *.py and *.txt*",
        "tar --xattrs-include='*/*' x",
        "begin with -*- coding: utf-8 -*-",
        "tar x -f stage3-*.tar.xz --include='*.*' --numeric",
        "chmod +x run.sh; chmod +w+",
        "ages +18 to 21+",
        "i++ and ++j+",
        "if a == b and c == d",
        "+=, -=, *=, /=",
        "use === or !== here",
        "<> == != >=",
        "jsonpath='{.users[?(@.name == \"e2e\")].user}'\njsonpath='{.name}'",
        "cp ~/a ~/b~",
    ],
)
def test_identifiers_globs_and_operators_are_text(text: str) -> None:
    assert markup_of(text) == []
    assert inline_of(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("_not_ this", "_not_"),
        ("at _run time_.", "_run time_"),
        ("_Verb + 着_", "_Verb + 着_"),
        ("*pod* is", "*pod*"),
        ("*Deep (bidirectional) RNNs*", "*Deep (bidirectional) RNNs*"),
        ("*1) first*", "*1) first*"),
        ("*configure.ac* file", "*configure.ac*"),
        ("*kubectl get pods -A* lists", "*kubectl get pods -A*"),
        ("+was+ were", "+was+"),
        ("+10+ 12", "+10+"),
        ("+old text+ new", "+old text+"),
        ("=a= and ~b~", "=a="),
        ("=--flag= or =a == b=", "=--flag="),
        ("~/etc/fstab~ is", "~/etc/fstab~"),
        ("H_{2}O, e^{-x}, cost_{ij}", "_{2}"),
        ("x_{1,2}", "_{1,2}"),
    ],
)
def test_true_markup_stays(text: str, marked: str) -> None:
    assert marked in markup_of(text)


def test_a_note_that_quotes_with_equals_signs_may_quote_an_equals_sign() -> None:
    assert "===" in markup_of("Use =kubectl= with ===, ==== and =!==.")
    assert markup_of("Use === in JavaScript.") == []


def test_scripts_without_braces_come_back_on_request() -> None:
    assert markup_of("#+OPTIONS: ^:t\nx_i^2") == ["_i", "^2"]


def test_the_inside_of_what_is_no_markup_is_read_as_ever() -> None:
    (paragraph,) = exported("mount /dev/x *now* ~go~ /mnt/ please\n").section
    assert isinstance(paragraph, n.Paragraph)
    assert [(type(obj).__name__, obj.begin, obj.end) for obj in paragraph.children] == [
        ("Text", 0, 13),
        ("Bold", 13, 18),
        ("Text", 18, 19),
        ("Code", 19, 23),
        ("Text", 23, 36),
    ]


def test_double_hyphens_and_placeholders_survive() -> None:
    text = "docker run --rm -e HTTP_PROXY=<proxy> --name <container_name> image -- /bin/sh"
    assert inline_of(text) == text


def test_neighbouring_texts_are_one() -> None:
    (paragraph,) = exported("a_b c_d /usr/lib/ e^f\n").section
    assert isinstance(paragraph, n.Paragraph)
    assert paragraph.children == (n.Text(0, 21, "a_b c_d /usr/lib/ e^f"),)
