"""What the user may allow: each option lets through what it names, and nothing else."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from orgkb import pipeline
from orgkb.cli import commands
from orgkb.diagnostics import Severity
from orgkb.org.trust import Trust
from orgkb_exporters import raw
from tests.hostile import outputs
from tests.hostile.reading import PNG

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
WORD = "zq7secret"


def told(report: pipeline.RunReport) -> list[str]:
    return [d.code for d in report.diagnostics if d.severity >= Severity.WARNING]


def page(folder: Path, name: str = "note") -> str:
    return (folder / "markdown" / f"{name}.md").read_text()


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """(notes, a folder beside them, output); the folder beside is the home of the user."""
    notes, outside = tmp_path / "notes", tmp_path / "outside"
    notes.mkdir()
    outside.mkdir()
    (outside / "part.org").write_text(f"* Part\n{WORD} [[file:dot.png]]\n#+INCLUDE: more.txt\n")
    (outside / "more.txt").write_text("more of it\n")
    (outside / "own.setup").write_text("#+MACRO: word from the setup file\n")
    (outside / "dot.png").write_bytes(PNG)
    monkeypatch.setenv("HOME", str(outside))
    monkeypatch.setenv("USERPROFILE", str(outside))
    return notes, outside, tmp_path / "output"


@pytest.mark.parametrize("named", ["../outside", "OUTSIDE", "~"])
def test_files_outside_are_brought_in_where_the_user_allows_it(named: str, places: tuple[Path, Path, Path]) -> None:
    notes, outside, output = places
    named = named.replace("OUTSIDE", outside.as_posix())
    (notes / "note.org").write_text(
        f'#+SETUPFILE: {named}/own.setup\n#+INCLUDE: "{named}/part.org"\n\n{{{{{{word}}}}}}\n\n[[file:{named}/dot.png]]\n'
    )

    refused = pipeline.run([notes], output, ["markdown"])
    strict = page(output)
    allowed = pipeline.run([notes], output, ["markdown"], trust=Trust(outside=True))

    assert sorted(told(refused)) == ["include-not-read", "setupfile-not-read", "unknown-macro", "unreadable-media"]
    assert WORD not in strict
    assert told(allowed) == []
    assert WORD in page(output)
    assert "more of it" in page(output)
    assert "from the setup file" in page(output)
    assert page(output).count("](media/dot") == 2


@posix
def test_devices_stay_closed_whatever_is_allowed(places: tuple[Path, Path, Path]) -> None:
    notes, _, output = places
    (notes / "note.org").write_text('#+INCLUDE: "/dev/zero" src text\n#+INCLUDE: "~nobody-there/x"\nrest\n')

    report = pipeline.run([notes], output, ["markdown"], trust=Trust(outside=True, symlinks=True, raw=True))

    assert told(report) == ["include-not-read", "include-not-read"]
    assert "rest" in page(output)


@posix
def test_links_are_followed_where_the_user_allows_it(places: tuple[Path, Path, Path]) -> None:
    notes, outside, output = places
    (outside / "deeper").mkdir()
    (outside / "deeper" / "far.org").write_text("far away\n#+INCLUDE: ../more.txt\n")
    (notes / "note.org").write_text("#+INCLUDE: inner/more.txt\n#+INCLUDE: ../outside/more.txt\n")
    (notes / "inner").symlink_to(outside)
    (notes / "again").symlink_to(outside)
    (notes / "circle").symlink_to(notes)
    (notes / "gone.org").symlink_to("nowhere")

    refused = pipeline.run([notes], output, ["markdown"])
    allowed = pipeline.run([notes], output, ["markdown"], trust=Trust(symlinks=True))

    assert refused.documents == 1
    assert sorted(told(refused)) == ["broken-symlink", "include-not-read", "include-not-read"]
    assert allowed.documents == 3  # each once: note, part, far
    assert sorted(told(allowed)) == ["broken-symlink", "include-not-read"]
    assert "more of it" in page(output)
    assert "far away" in page(output, "again/deeper/far")


def test_includes_of_notes_in_several_folders_count_from_their_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "part").mkdir(parents=True)
        (tmp_path / name / "note.org").write_text("#+INCLUDE: part/a.txt\n")
        (tmp_path / name / "part" / "a.txt").write_text(f"text of {name} [[file:dot.png]]\n")
        (tmp_path / name / "part" / "dot.png").write_bytes(PNG)

    report = pipeline.run([tmp_path / "one", tmp_path / "two"], tmp_path / "output", ["markdown"])

    assert told(report) == []
    assert "text of one ![part/dot.png](" in page(tmp_path / "output", "one/note")
    assert "text of two ![part/dot.png](" in page(tmp_path / "output", "two/note")


RAW = """\
* Heading
- *anchor* - heavy @@html:<mark class="x" onclick="pwned()">@@thing@@html:</mark>@@ that @@html:<kbd>@@holds@@html:</kbd>@@ a ship @@html:<script>pwned()</script>@@
#+begin_export html
<details onclick=pwned()><summary>more</summary>

[pwned](javascript:pwned()) <a href="javascript:pwned()">there</a> <img src=x onerror=pwned()>
</details>
#+end_export
#+HTML: <div onclick=pwned()>one line</div>
#+begin_export typst
#text(red)[sum #(6 * 7)] #link("https://example.org")
#+end_export
#+begin_export latex
\\textbf{bold}
#+end_export
#+begin_export md
**strong** words
#+end_export
#+begin_export md
<script>pwned()</script> [x](java\tscript:pwned())
#+end_export
* Broken
#+begin_export typst
#text(red[broken
#+end_export
"""
FORMATS = ["anki", "markdown", "pdf", "html", "epub", "latex"]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, dict[str, bytes]]:
    """What is written of raw text, without and with the user's word."""
    root = tmp_path_factory.mktemp("raw")
    (root / "notes").mkdir()
    (root / "notes" / "note.org").write_text(RAW)
    for allowed in (False, True):
        report = pipeline.run([root / "notes"], root / str(allowed), FORMATS, trust=Trust(raw=allowed))
        assert [run.error for run in report.exporters if run.error] == []
        assert told(report) == (["pdf-layout"] if allowed else [])
    return {allowed: outputs.unpacked(root / str(allowed)) for allowed in (False, True)}


def anki(files: dict[str, bytes]) -> str:
    return next(data.decode() for name, data in files.items() if name.endswith(".anki2/rows"))


def printed(files: dict[str, bytes]) -> str:
    return next((data.decode() for name, data in files.items() if name.endswith(".pdf/text")), "")


def test_raw_text_is_shown_as_text(both: dict[bool, dict[str, bytes]]) -> None:
    files = both[False]

    assert list(outputs.faults({n: d for n, d in files.items() if "html" not in n and "epub" not in n})) == []
    assert '<mark class="x" onclick="pwned()">thing\\</mark>' in files["markdown/note.md"].decode()
    assert "```html\n<details onclick=pwned()>" in files["markdown/note.md"].decode()
    assert "<kbd>holds</kbd>" in files["markdown/note.md"].decode()
    assert "<kbd>holds</kbd>" in anki(files)
    assert "heavy &lt;mark class=" in anki(files)
    assert "\\FunctionTok{\\textbackslash{}textbf}" in files["latex/note.tex"].decode()
    text = printed(files)
    if text:
        assert "#text(red)[sum #(6 * 7)]" in text
        assert "\\textbf{bold}" in text


def test_raw_text_acts_in_its_format_where_the_user_allows_it(both: dict[bool, dict[str, bytes]]) -> None:
    files = both[True]
    page = files["markdown/note.md"].decode()

    assert '<mark class="x">thing</mark>' in page
    assert (
        "<div>\n<details><summary>more</summary>\n[pwned](javascript:pwned()) <a>there</a> \n</details>\n</div>" in page
    )
    assert "<div>one line</div>" in page
    assert "\n**strong** words\n" in page
    assert "```markdown\n<script>" in page
    assert '<mark class=\\"x\\">thing</mark>' in anki(files)
    assert "\\textbf{bold}" in files["latex/note.tex"].decode()
    text = printed(files)
    if text:
        assert "sum 42" in text
    for name, data in files.items():
        if name.endswith((".md", ".html", ".xhtml", "/rows")):
            html = (
                MarkdownIt("commonmark", {"html": True}).render(data.decode())
                if name.endswith(".md")
                else data.decode()
            )
            found, _ = outputs.html_faults(html)
            scripts = "" if name.endswith(".html") else "|<script"  # the page has its own
            assert [fault for fault in found if re.search(f"onclick|onerror{scripts}", fault)] == [], name
            assert "pwned()</script>" not in html


_HTML = st.lists(
    st.one_of(
        st.sampled_from(
            ["<b>", "</b>", "<span style='color:red;position:fixed' onclick=pwned()>", "</span>", "<script>", "</script>", "<a href='", "java\tscript:pwned()", "'>", '">', "<!--", "-->", "<svg>", "<math>", "<style>", "<table>", "<td>", "</td>", "<p>", "<textarea>", "<noscript>", "<img src=x onerror=pwned()>", "<![CDATA[", "]]>", "&lt;script&gt;", "{{c1::", "}}", "[sound:x]", "<title>", "<iframe srcdoc=", "<div>", "</div>", "\n\n", "`", "](javascript:pwned())"]
        ),
        st.text(max_size=6),
    ),
    max_size=9,
).map("".join)  # fmt: skip


def _active(html: str) -> list[str]:
    found, _ = outputs.html_faults(html)
    return [
        fault
        for fault in found
        if not fault.startswith(("<rp", "<rt", "<ruby", "<span style=")) and " rel" not in fault
    ]


@given(_HTML)
def test_sanitized_html_does_nothing(html: str) -> None:
    done = raw.sanitized(html)

    assert _active(done) == []
    assert "position" not in done or "<" not in done.split("position")[0]
    assert raw.sanitized(done) == done


@given(st.lists(_HTML, min_size=1, max_size=5), st.booleans())
def test_snippets_stay_harmless_around_any_text(values: list[str], allowed: bool) -> None:
    made = raw.snippets(values, allowed=allowed)

    assert len(made) == len(values)
    whole = "".join(f'{"" if part is None else part}text &amp; " onclick=pwned() x' for part in made)
    assert _active(whole) == []
    assert "onclick=pwned() x" in "".join(text for is_tag, text in raw.tokens(whole) if not is_tag)


@pytest.mark.parametrize(
    "command", ["build", "export", "watch", "check", "verify", "graph", "map", "concepts", "explain"]
)
def test_every_command_that_reads_notes_takes_the_three_options(command: str) -> None:
    said = CliRunner().invoke(commands, [command, "--help"]).output

    assert all(option in said for option in ("--allow-include-outside", "--follow-symlinks", "--allow-raw"))


def test_the_command_line_says_so(places: tuple[Path, Path, Path]) -> None:
    notes, _, output = places
    (notes / "note.org").write_text('#+INCLUDE: "../outside/more.txt"\n@@html:<mark>@@x@@html:</mark>@@\n')
    call = ["build", str(notes), "-o", str(output), "--to", "markdown", "--allow-include-outside", "--allow-raw"]

    done = CliRunner().invoke(commands, call, standalone_mode=False)

    assert done.exception is None
    assert "more of it" in page(output)
    assert "<mark>x</mark>" in page(output)
