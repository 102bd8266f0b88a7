"""Text that `#+INCLUDE:` and `#+SETUPFILE:` bring in."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgkb.diagnostics import Diagnostic
from orgkb.org import limits
from orgkb.org.document import Segment
from orgkb.org.includes import expand, setup_settings
from orgkb.org.paths import Reach

CHAPTER = """\
#+TITLE: Chapter

Before all.

** Pods
:PROPERTIES:
:CUSTOM_ID: pods
:END:
The smallest unit.

*** Inside
Containers share a network.
** Services
A stable name.

#+NAME: ports
| name | port |
| http |   80 |

#+NAME: hello
#+begin_src sh
echo hello
#+end_src

Traffic meets <<ingress>> first
and the service then.

Last words.
"""
CODE = "\tdef f():\n* star\n  * indented\n#+keyword\n  #+keyword\n,* comma\n# remark\n    return 1\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An input folder with a chapter, code and a sub-folder."""
    folder = tmp_path / "notes"
    (folder / "sub").mkdir(parents=True)
    (folder / "chapter.org").write_text(CHAPTER)
    (folder / "code.py").write_text(CODE)
    (folder / "plain.txt").write_text("\n\none line, no newline")
    (tmp_path / "secret.org").write_text("secret")
    return folder


def run(root: Path, text: str, path: str = "main.org") -> tuple[str, tuple[Segment, ...], list[Diagnostic]]:
    found: list[Diagnostic] = []
    expanded, segments = expand(text, path, Reach(root, root), found.append)
    return expanded, segments, found


def clean(root: Path, text: str, path: str = "main.org") -> str:
    expanded, _, found = run(root, text, path)
    assert found == []
    return expanded


def codes(found: list[Diagnostic]) -> list[str]:
    return [str(d.location.line) + " " + d.code for d in found]


# --- what is brought in ---


def test_text_without_includes_stays_as_it_is(root: Path) -> None:
    text = "* A\n#+begin_src org\nx\n#+end_src\n"
    assert run(root, text) == (text, (Segment(0, "main.org", 1),), [])


def test_a_whole_file_stands_one_level_below_the_heading_it_is_included_under(root: Path) -> None:
    text = clean(root, '* Top\n#+INCLUDE: "chapter.org"\nafter\n')
    assert text.startswith("* Top\n#+TITLE: Chapter\n\nBefore all.\n\n** Pods\n")
    assert "\n*** Inside\n" in text
    assert text.endswith("Last words.\nafter\n")


def test_at_the_top_of_a_file_headings_begin_at_level_one(root: Path) -> None:
    text = clean(root, "#+include: chapter.org\n")
    assert "\n* Pods\n" in text
    assert "\n** Inside\n" in text


def test_minlevel_moves_headings_up_and_down(root: Path) -> None:
    assert "\n**** Pods\n" in clean(root, '* Top\n#+INCLUDE: "chapter.org" :minlevel 4\n')
    assert "\n* Pods\n" in clean(root, '** Top\n#+INCLUDE: "chapter.org" :minlevel 1\n')


def test_a_heading_brings_its_subtree(root: Path) -> None:
    expected = (
        "* Pods\n:PROPERTIES:\n:CUSTOM_ID: pods\n:END:\nThe smallest unit.\n\n** Inside\nContainers share a network.\n"
    )
    assert clean(root, '#+INCLUDE: "chapter.org::*Pods"\n') == expected
    assert clean(root, '#+INCLUDE: "chapter.org::#pods"\n') == expected
    assert clean(root, '#+INCLUDE: "chapter.org::pods"\n') == expected


def test_only_contents_leaves_out_heading_and_properties(root: Path) -> None:
    text = clean(root, '** Top\n#+INCLUDE: "chapter.org::*Pods" :only-contents t\n')
    assert text == "** Top\nThe smallest unit.\n\n*** Inside\nContainers share a network.\n"


def test_a_named_table_or_block_or_a_paragraph_with_a_target_is_included_alone(root: Path) -> None:
    assert clean(root, '#+INCLUDE: "chapter.org::ports"\n') == "#+NAME: ports\n| name | port |\n| http |   80 |\n"
    only = clean(root, '#+INCLUDE: "chapter.org::ports" :only-contents t\n')
    assert only == "| name | port |\n| http |   80 |\n"
    hello = clean(root, '#+INCLUDE: "chapter.org::hello"\n')
    assert hello == "#+NAME: hello\n#+begin_src sh\necho hello\n#+end_src\n"
    target = clean(root, '#+INCLUDE: "chapter.org::ingress"\n')
    assert target == "Traffic meets <<ingress>> first\nand the service then.\n"


def test_lines_are_counted_from_one_and_the_last_is_left_out(root: Path) -> None:
    def lines(which: str) -> list[str]:
        return clean(root, f'#+INCLUDE: "code.py" src python :lines "{which}"\n').splitlines()[1:-1]

    assert lines("1-3") == ["\tdef f():", ",* star"]
    assert lines("-2") == ["\tdef f():"]
    assert lines("7-") == ["# remark", "    return 1"]
    assert lines("50-60") == []
    assert lines("5-2") == []


def test_lines_count_within_a_place(root: Path) -> None:
    text = clean(root, '#+INCLUDE: "chapter.org::*Services" :only-contents t :lines "1-2"\n')
    assert text == "A stable name.\n"


def test_code_is_put_in_a_block_with_its_commas(root: Path) -> None:
    expected = "\tdef f():\n,* star\n  ,* indented\n,#+keyword\n  ,#+keyword\n,,* comma\n# remark\n    return 1\n"
    for words in ("src python", "example", "export html", "src python -n :tangle no"):
        text = clean(root, f'#+INCLUDE: "code.py" {words}\n')
        assert text == f"#+begin_{words}\n{expected}#+end_{words.split()[0]}\n"


def test_any_other_block_holds_org_text(root: Path) -> None:
    assert clean(root, '#+INCLUDE: "plain.txt" quote\n') == "#+begin_quote\none line, no newline\n#+end_quote\n"


def test_an_include_in_a_list_item_stays_in_the_item(root: Path) -> None:
    text = clean(root, '- item\n  #+INCLUDE: "plain.txt"\n- next\n')
    assert text == "- item\n  one line, no newline\n- next\n"


@pytest.mark.parametrize("block", ["src org", "example", "export html", "comment", "verse"])
def test_an_include_shown_in_a_block_is_not_expanded(root: Path, block: str) -> None:
    text = f'#+BEGIN_{block}\n#+INCLUDE: "plain.txt"\n#+END_{block.split(maxsplit=1)[0]}\n'
    assert clean(root, text) == text


def test_an_include_after_an_unclosed_block_or_in_a_quote_is_expanded(root: Path) -> None:
    assert "one line" in clean(root, '#+begin_example\n#+INCLUDE: "plain.txt"\n')
    assert "one line" in clean(root, '#+begin_quote\n#+INCLUDE: "plain.txt"\n#+end_quote\n')
    assert "one line" in clean(root, '#+begin_src sh\n* Heading\n#+INCLUDE: "plain.txt"\n#+end_src\n')


def test_included_files_include_others_from_their_own_folder(root: Path) -> None:
    (root / "sub" / "inner.org").write_text('* Inner\n#+INCLUDE: "leaf.org"\n')
    (root / "sub" / "leaf.org").write_text("*** Leaf\n")
    assert clean(root, '* Top\n#+INCLUDE: "sub/inner.org"\n') == "* Top\n** Inner\n*** Leaf\n"


def test_relative_links_of_an_included_file_stay_right(root: Path) -> None:
    (root / "sub" / "inner.org").write_text(
        "[[file:a.png]] [[./b.org::*Head][the head]] [[file:../up.org]] <file:c.org> file:d.png [[https://x.org]]\n"
        "[[file:/abs.png]] [[id:x]] =[[file:code.png]]= [[file:e.png][file:f.png]] [[name]]\n"
    )
    text = clean(root, '#+INCLUDE: "sub/inner.org"\n')
    assert text == (
        "[[file:sub/a.png]] [[file:sub/b.org::*Head][the head]] [[file:up.org]] <file:sub/c.org> file:sub/d.png"
        " [[https://x.org]]\n"
        "[[file:/abs.png]] [[id:x]] =[[file:code.png]]= [[file:sub/e.png][file:sub/f.png]] [[name]]\n"
    )
    same_folder = clean(root, '#+INCLUDE: "inner.org"\n', "sub/main.org")
    assert same_folder == (root / "sub" / "inner.org").read_text()


def test_footnotes_of_two_files_do_not_mix(root: Path) -> None:
    (root / "one.org").write_text("One[fn:1].\n\n[fn:1] First.\n")
    (root / "two.org").write_text("Two[fn:1] and[fn::inline].\n\n[fn:1] Second.\n")
    text = clean(root, 'Own[fn:1].\n#+INCLUDE: "one.org"\n#+INCLUDE: "two.org"\n[fn:1] Mine.\n')
    assert text == (
        "Own[fn:1].\nOne[fn:-1-1].\n\n[fn:-1-1] First.\nTwo[fn:-2-1] and[fn::inline].\n\n[fn:-2-1] Second.\n[fn:1] Mine.\n"
    )


def test_a_footnote_defined_outside_the_included_lines_comes_along_once(root: Path) -> None:
    (root / "one.org").write_text("One[fn:a].\nTwo[fn:a].\n\n[fn:a] The note.\n")
    text, segments, _ = run(root, '#+INCLUDE: "one.org" :lines "1-2"\n#+INCLUDE: "one.org" :lines "2-3"\nend\n')
    assert text == "One[fn:-1-a].\nTwo[fn:-1-a].\nend\n\n[fn:-1-a] The note.\n"
    place = text.index("The note")
    segment = max((s for s in segments if s.offset <= place), key=lambda s: s.offset)
    assert (segment.path, segment.line) in {("one.org", 4), ("one.org", 3)}


# --- where it comes from ---


def test_every_line_knows_its_file_and_line(root: Path) -> None:
    text, segments, _ = run(
        root, 'first\n#+INCLUDE: "chapter.org" :lines "3-6"\nthird\n#+INCLUDE: "code.py" src py\nfifth\n'
    )
    places = {}
    offset = 0
    for line in text.split("\n"):
        segment = [s for s in segments if s.offset <= offset][-1]
        places[line] = (segment.path, segment.line + text.count("\n", segment.offset, offset))
        offset += len(line) + 1
    assert places["first"] == ("main.org", 1)
    assert places["Before all."] == ("chapter.org", 3)
    assert places["* Pods"] == ("chapter.org", 5)
    assert places["third"] == ("main.org", 3)
    assert places["#+begin_src py"] == ("main.org", 4)
    assert places["# remark"] == ("code.py", 7)
    assert places["#+end_src"] == ("main.org", 4)
    assert places["fifth"] == ("main.org", 5)


# --- what is refused ---


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../secret.org", "~/x.org", "$HOME/x.org", "no.org", "sub", "https://x.org/a.org", "/ssh:host:/x"],
)
def test_a_file_that_may_not_be_read_leaves_the_keyword_and_a_warning(root: Path, name: str) -> None:
    text = f'one\n#+INCLUDE: "{name}" src text\ntwo\n'
    expanded, segments, found = run(root, text)
    assert expanded == text
    assert segments == (Segment(0, "main.org", 1),)
    assert codes(found) == ["2 include-not-read"]
    assert name in found[0].message


def test_a_link_out_of_the_folder_is_not_followed(root: Path) -> None:
    (root / "innocent.org").symlink_to(root.parent / "secret.org")
    text, _, found = run(root, '#+INCLUDE: "innocent.org"\n')
    assert "secret" not in text
    assert codes(found) == ["1 include-not-read"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe.org")
    _, _, found = run(root, '#+INCLUDE: "pipe.org"\n')
    assert codes(found) == ["1 include-not-read"]


def test_a_place_that_is_not_there_is_reported(root: Path) -> None:
    text, _, found = run(root, '#+INCLUDE: "chapter.org::*Nowhere"\n#+INCLUDE:\n')
    assert text == '#+INCLUDE: "chapter.org::*Nowhere"\n#+INCLUDE:\n'
    assert codes(found) == ["1 include-not-read", "2 include-not-read"]


def test_bytes_that_are_no_utf_8_cost_one_character_and_a_warning(root: Path) -> None:
    (root / "bad.org").write_bytes(b"\xef\xbb\xbfone\r\nt\xffo\r\n")
    text, _, found = run(root, '#+INCLUDE: "bad.org"\n')
    assert text == "one\nt\ufffdo\n"
    assert codes(found) == ["2 not-utf-8"]  # in the included file


def test_a_file_that_includes_itself_ends(root: Path) -> None:
    main = 'one\n#+INCLUDE: "main.org"\n'
    (root / "main.org").write_text(main)
    text, _, found = run(root, main)
    assert text == main
    assert codes(found) == ["2 include-cycle"]


def test_files_that_include_each_other_end(root: Path) -> None:
    (root / "a.org").write_text('A\n#+INCLUDE: "sub/b.org"\n')
    (root / "sub" / "b.org").write_text('B\n#+INCLUDE: "../a.org"\n')
    text, _, found = run(root, '#+INCLUDE: "a.org"\n')
    assert text == 'A\nB\n#+INCLUDE: "../a.org"\n'
    assert [str(d.location) for d in found] == ["sub/b.org:2:1"]


def test_a_file_may_include_another_part_of_itself(root: Path) -> None:
    main = '* A\nshared\n* B\n#+INCLUDE: "main.org::*A" :only-contents t\n'
    (root / "main.org").write_text(main)
    assert clean(root, main) == "* A\nshared\n* B\nshared\n"


def test_includes_that_multiply_stop_at_the_limit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INCLUDES", 200)
    for i in range(30):
        (root / f"{i}.org").write_text(f'x\n#+INCLUDE: "{i + 1}.org"\n#+INCLUDE: "{i + 1}.org"\n')
    text, _, found = run(root, '#+INCLUDE: "0.org"\n')
    assert text.count("x\n") <= 201
    assert "include-limit" in {d.code for d in found}
    assert len([d for d in found if d.code == "include-limit"]) == 1


def test_text_that_multiplies_stops_at_the_limit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INCLUDED_CHARS", 20_000)
    (root / "big.org").write_text("y" * 9_000 + "\n")
    text, _, found = run(root, '#+INCLUDE: "big.org"\n' * 10)
    assert text.count("y") == 18_000
    assert codes(found) == ["3 include-limit"]
    assert text.count("#+INCLUDE") == 8


def test_many_includes_take_linear_time(root: Path) -> None:
    (root / "many.org").write_text("".join(f"** H{i}\ntext[fn:{i}]\n[fn:{i}] note\n" for i in range(2_000)))

    def seconds(count: int) -> float:
        text = "".join(f'#+INCLUDE: "many.org::*H{i}"\n' for i in range(count))
        start = time.process_time()
        clean(root, text)
        return time.process_time() - start

    seconds(100)
    assert seconds(2_000) < 4 * seconds(500) * 2.5 + 0.5


_WORDS = (
    '#+INCLUDE: |"main.org"|"chapter.org|::*Pods|::#pods|::ports|"| :lines |"2-9"| src sh| :minlevel 3| :only-contents t'
    '| quote|\n|* H\n|  |#+begin_src\n|#+end_src\n|[fn:1]|#+SETUPFILE: |"code.py"|:|/etc/passwd|~|../'
)
_PIECES = st.lists(st.sampled_from(_WORDS.split("|")) | st.text(max_size=3), max_size=25).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_PIECES)
def test_any_text_is_expanded_and_its_segments_fit(root: Path, text: str) -> None:
    (root / "main.org").write_text(text, encoding="utf-8", errors="replace", newline="")
    expanded, segments, found = run(root, text)
    assert segments[0].offset == 0
    offsets = [segment.offset for segment in segments]
    assert offsets == sorted(set(offsets))
    assert all(offset == 0 or expanded[offset - 1] == "\n" for offset in offsets)
    assert all(segment.line >= 1 for segment in segments)
    assert all(diagnostic.location.line >= 1 for diagnostic in found)
    setup_settings(text, "main.org", Reach(root, root), found.append)


# --- setup files ---


def test_a_setup_file_gives_its_settings_and_nothing_else(root: Path) -> None:
    (root / "setup.org").write_text(
        "#+AUTHOR: Anna\n* A heading\ntext\n#+macro: hi Hello $1\n  #+LINK: gh https://x.org/%s  \n"
        "#+begin_src org\n#+TITLE: shown\n#+end_src\n"
    )
    found: list[Diagnostic] = []
    text = '#+TITLE: Own\n#+SETUPFILE: "setup.org"\n'
    assert setup_settings(text, "main.org", Reach(root, root), found.append) == (
        ("AUTHOR", "Anna"),
        ("MACRO", "hi Hello $1"),
        ("LINK", "gh https://x.org/%s"),
    )
    assert found == []


def test_setup_files_name_others_from_their_own_folder_and_circles_end(root: Path) -> None:
    (root / "sub" / "a.org").write_text("#+A: 1\n#+SETUPFILE: b.org\n#+A: 3\n")
    (root / "sub" / "b.org").write_text("#+B: 2\n#+SETUPFILE: a.org\n#+SETUPFILE: ../main.org\n")
    (root / "main.org").write_text("#+SETUPFILE: sub/a.org\n")
    found: list[Diagnostic] = []
    text = "#+SETUPFILE: sub/a.org\n"
    assert setup_settings(text, "main.org", Reach(root, root), found.append) == (
        ("A", "1"),
        ("B", "2"),
        ("A", "3"),
    )
    assert found == []


@pytest.mark.parametrize("name", ["/etc/passwd", "../secret.org", "https://x.org/setup.org", "no.org", "~/.emacs"])
def test_a_setup_file_outside_or_remote_is_a_warning(root: Path, name: str) -> None:
    found: list[Diagnostic] = []
    assert setup_settings(f"x\n#+SETUPFILE: {name}\n", "main.org", Reach(root, root), found.append) == ()
    assert codes(found) == ["2 setupfile-not-read"]


def test_setup_files_without_end_stop_at_the_limit(root: Path) -> None:
    for i in range(300):
        (root / f"s{i}.org").write_text(f"#+N: {i}\n#+SETUPFILE: s{i + 1}.org\n")
    found: list[Diagnostic] = []
    values = setup_settings("#+SETUPFILE: s0.org\n", "main.org", Reach(root, root), found.append)
    assert len(values) == limits.SETUP_FILES
    assert [d.code for d in found] == ["setupfile-limit"]


# --- beside Emacs ---

EMACS = shutil.which("emacs")

CASES = [
    '* Top\n#+INCLUDE: "chapter.org"\nafter\n',
    '#+INCLUDE: "chapter.org"\n',
    "#+include: chapter.org\n",
    '* A\n*** B\n#+INCLUDE: "chapter.org::*Pods" :only-contents t\n',
    '#+INCLUDE: "chapter.org::#pods"\n',
    '#+INCLUDE: "chapter.org::ports"\n#+INCLUDE: "chapter.org::ports" :only-contents t\n',
    '#+INCLUDE: "chapter.org::hello"\n#+INCLUDE: "chapter.org::ingress"\n',
    '#+INCLUDE: "chapter.org::*Pods" :lines "1-4"\n#+INCLUDE: "chapter.org::*Pods" :lines "5-"\n',
    '#+INCLUDE: "chapter.org::*Services" :minlevel 3\n',
    '* A\n#+INCLUDE: "chapter.org" :minlevel 5\n#+INCLUDE: "chapter.org" :minlevel 1\n',
    '#+INCLUDE: "chapter.org" :lines "1-5"\n#+INCLUDE: "chapter.org" :lines "-4"\n#+INCLUDE: "chapter.org" :lines "20-"\n',
    '#+INCLUDE: "code.py" src python\n#+INCLUDE: "code.py" example\n#+INCLUDE: "code.py" export html\n',
    '#+INCLUDE: "code.py" src python -n :eval no :lines "2-5"\n#+INCLUDE: "code.py" src\n',
    '#+INCLUDE: "code.py" src python :lines "3"\n#+INCLUDE: "code.py" src python :lines "50-60"\n',
    '#+INCLUDE: "plain.txt" quote\n#+INCLUDE: "plain.txt" verse\n#+INCLUDE: "plain.txt"\n',
    '- item\n  #+INCLUDE: "plain.txt"\n- item\n  #+INCLUDE: "plain.txt" src text\nx\n',
    '#+begin_src org\n#+INCLUDE: "plain.txt"\n#+end_src\n#+begin_quote\n#+INCLUDE: "plain.txt"\n#+end_quote\n',
    '#+begin_example\nx\n#+INCLUDE: "plain.txt"\n',
    ': #+INCLUDE: "plain.txt"\n# #+INCLUDE: "plain.txt"\ntext #+INCLUDE: "plain.txt"\n',
    '* T\n#+INCLUDE: "outer.org"\n',
    '#+INCLUDE: "sub/linked.org"\n',
    '* A\ntext\n** B\n#+INCLUDE: "outer.org" :minlevel 2\n* C\n#+INCLUDE: "plain.txt"\n',
]


@pytest.mark.skipif(EMACS is None, reason="Emacs is not installed")
def test_includes_are_expanded_as_emacs_does(root: Path) -> None:
    assert EMACS is not None
    (root / "outer.org").write_text('** Outer\n#+INCLUDE: "chapter.org::*Pods"\n* Other\nplain\n')
    (root / "sub" / "linked.org").write_text("[[file:a.png]] [[./b.org::*H][h]] [[file:../c.org]] [[https://x.org]]\n")
    (root / "cases.json").write_text(json.dumps(CASES))
    script = """
(progn
  (require 'ox) (require 'json)
  (princ (json-encode (mapcar
    (lambda (text)
      (with-temp-buffer
        (insert text)
        (let ((org-inhibit-startup t)) (org-mode))
        (setq buffer-file-name (expand-file-name "main.org"))
        (org-export-expand-include-keyword)
        (set-buffer-modified-p nil)
        (setq buffer-file-name nil)
        (buffer-string)))
    (let ((json-array-type 'list)) (json-read-file "cases.json"))))))
"""
    result = subprocess.run([EMACS, "-Q", "--batch", "--eval", script], cwd=root, capture_output=True, check=True)
    theirs: list[str] = json.loads(result.stdout)
    assert len(theirs) == len(CASES)
    for case, expected in zip(CASES, theirs, strict=True):
        assert _comparable(clean(root, case)) == _comparable(expected), case


def _comparable(text: str) -> list[str]:
    """Lines that count: Emacs writes block names in capitals and other blank lines between parts."""
    lines = (line.rstrip() for line in text.split("\n"))
    return [
        line.lower() if line.lstrip()[:7].lower() in {"#+begin", "#+end_s"} or "#+END" in line else line
        for line in lines
        if line
    ]
