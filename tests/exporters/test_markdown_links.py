"""Anchors as GitHub makes them, and links that arrive."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise
from urllib.parse import unquote

import pytest

from orgkb.org.reader import read
from orgkb.org.semantics import prepare
from orgkb_exporters.markdown.anchors import Slugs, github_slug
from orgkb_exporters.markdown.names import relative_address, safe_name, safe_path
from tests.exporters.markdown_notes import NO_TITLE, files, markdown
from tests.exporters.markdown_oracle import PLAIN
from tests.shared import SHARED, needs_shared


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Simple heading", "simple-heading"),
        ("Helm - пакетный менеджер", "helm---пакетный-менеджер"),
        ("docker-compose.yml", "docker-composeyml"),
        ("snake_case & more!", "snake_case--more"),
        ("x² and ½", "x-and-"),
        ("cafe\u0301", "cafe\u0301"),
        ("🎉 party", "-party"),
        ("日本語", "日本語"),
    ],
)
def test_anchors_are_those_of_github(heading: str, anchor: str) -> None:
    assert github_slug(heading) == anchor


def test_repeated_headings_are_numbered_and_doubtful_ones_told() -> None:
    slugs = Slugs()

    assert [slugs.take(text) for text in ("a", "a", "a-1", "", "a")] == [
        ("a", True),
        ("a-1", True),
        ("a-1", False),
        ("", False),
        ("a-2", True),
    ]
    assert slugs.explicit("a") == "a-3"
    assert slugs.explicit("b c") == "b-c"


NOTES = {
    "a.org": NO_TITLE
    + "* One\n:PROPERTIES:\n:CUSTOM_ID: chosen\n:ID: 11-22\n:END:\n<<spot>> here, to [[file:sub/b.org::*Two][two]].\n"
    + "* Same\n* Same\nTo [[*Same]], [[#chosen]], [[spot]], [[id:33-44]], [[file:sub/b.org]], [[file:gone.org][gone]].\n",
    "sub/b.org": NO_TITLE
    + "* Two\n:PROPERTIES:\n:ID: 33-44\n:END:\nBack to [[id:11-22][one]] and [[file:../a.org::spot]].\n"
    "#+NAME: tab\n| x |\n\nSee [[tab]].\n",
}


def test_links_lead_to_the_right_file_and_anchor() -> None:
    made = {path: data.decode() for path, data in files(NOTES).items()}

    assert '# <a id="chosen"></a>One\n\n<a id="spot"></a> here, to [two](sub/b.md#two).' in made["a.md"]
    assert "To [Same](#same), [One](#chosen), [spot](#spot), [Two](sub/b.md#two)," in made["a.md"]
    assert "[sub/b.org](sub/b.md), gone (`gone.org`)." in made["a.md"]
    assert "Back to [one](../a.md#chosen) and [" in made["sub/b.md"]
    assert "](../a.md#spot)." in made["sub/b.md"]
    assert '<a id="tab"></a>\n\n|     |' in made["sub/b.md"]
    assert "See [tab](#tab)." in made["sub/b.md"]


def test_radio_links_lead_to_their_target() -> None:
    assert markdown("<<<pod>>> first.\n\nA pod again.\n") == '<a id="pod"></a>pod first.\n\nA [pod](#pod) again.\n'


def test_headings_with_a_note_get_an_anchor_of_their_own() -> None:
    text = markdown("* Pods[fn:1]\nSee [[*Pods]].\n\n[fn:1] Small.\n")

    assert text.startswith('# <a id="pods-1"></a>Pods[^1]\n\nSee [Pods](#pods-1).')


def dead_links(made: dict[str, str]) -> list[str]:
    """Links within the files of MADE that lead to no file or anchor."""
    anchors = {path: _anchors(text) for path, text in made.items()}
    dead = []
    for path, text in made.items():
        for token in PLAIN.parse(text):
            for child in token.children or []:
                href = str(child.attrGet("href") or "") if child.type == "link_open" else ""
                if not href or re.match(r"[a-z]+:", href):
                    continue
                file, _, anchor = unquote(href).partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
                if target not in anchors or (anchor and anchor not in anchors[target]):
                    dead.append(f"{path}: {href}")
    return dead


def _anchors(text: str) -> set[str]:
    found = set(re.findall(r'<a id="([^"]*)"', text))
    seen: dict[str, int] = {}
    tokens = PLAIN.parse(text)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            words = "".join(t.content for t in inline.children or [] if t.type in {"text", "code_inline"})
            base = github_slug(" ".join(words.split()))
            found.add(f"{base}-{seen[base]}" if base in seen else base)
            seen[base] = seen.get(base, 0) + 1
    return found


def test_no_link_is_dead() -> None:
    assert dead_links({path: data.decode() for path, data in files(NOTES).items() if path.endswith(".md")}) == []


@needs_shared
def test_no_link_of_real_notes_is_dead() -> None:
    from orgkb.concepts.build import build  # noqa: PLC0415 - only where the notes are here
    from orgkb_exporters.markdown import MarkdownExporter  # noqa: PLC0415
    from tests.exporters.markdown_notes import context  # noqa: PLC0415

    assert SHARED is not None
    names = ["seed/docker_and_k8s.org", "corpus/notes/c.org", "corpus/notes/gentoo.org", "corpus/go-org/footnotes.org"]
    documents = [prepare(read(SHARED / name, root=SHARED / name, name=name)) for name in names]
    made = {a.path: a.data.decode() for a in MarkdownExporter().export(build(documents), context())}

    assert dead_links(made) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("what/is:this?", "what-is-this-"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        (" .hidden. ", "hidden"),
        ("", "_"),
        ("a\u200eb\u0000", "ab-"),
        ("и\u0306", "й"),
    ],
)
def test_names_work_on_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_names_are_cut_to_what_file_systems_take() -> None:
    assert 100 < len(safe_name("ж" * 500).encode()) <= 120


def test_paths_stay_inside_their_folder() -> None:
    assert safe_path("../../etc/./passwd") == "etc/passwd"
    assert safe_path("C:\\notes\\a") == "C-/notes/a"


def test_addresses_are_relative_and_encoded() -> None:
    assert relative_address("a/b.md", "a/c d.md", "x") == "c%20d.md#x"
    assert relative_address("a/b.md", "e.md") == "../e.md"
    assert relative_address("a.md", "a.md", "x") == "#x"
