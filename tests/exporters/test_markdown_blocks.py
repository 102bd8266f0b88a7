"""Elements: lists, code, quotations and their nesting keep their structure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exporters.markdown_notes import files, markdown
from tests.exporters.markdown_oracle import blocks


@pytest.mark.parametrize(
    ("org", "expected"),
    [
        ("- a\n  - b\n    1. c\n    2. d\n- e\n", "- a\n  - b\n    1. c\n    2. d\n- e\n"),
        ("- [ ] a\n- [X] b\n- [-] c\n", "- [ ] a\n- [x] b\n- [-] c\n"),
        ("- pod :: group of containers\n", "- **pod**: group of containers\n"),
        ("- ~kubectl~ :: client\n", "- **`kubectl`**: client\n"),
        ("3. c\n4. d\n", "3. c\n4. d\n"),
        ("1. a\n2. [@7] b\n3. c\n", "1. a\n\n7) b\n8) c\n"),
        ("- a\n\n\n- b\n", "- a\n\n* b\n"),
        ("- a\n\n  second\n- b\n", "- a\n\n  second\n\n- b\n"),
        ("-\n- b\n", "-\n- b\n"),
        ("#+begin_src sh\nls <dir>\n#+end_src\n", "```sh\nls <dir>\n```\n"),
        ("#+begin_src\nls\n#+end_src\n", "```text\nls\n```\n"),
        ("#+begin_src markdown\n```\nx\n```\n#+end_src\n", "````markdown\n```\nx\n```\n````\n"),
        ("#+begin_src emacs-lisp\n(x)\n#+end_src\n", "```elisp\n(x)\n```\n"),
        ("- a\n  #+begin_src sh\n  ls\n\n  pwd\n  #+end_src\n- b\n", "- a\n  ```sh\n  ls\n\n  pwd\n  ```\n- b\n"),
        (": fixed\n:   more\n", "```text\nfixed\n  more\n```\n"),
        ("#+begin_quote\nTo be\n\nor not\n#+end_quote\n", "> To be\n>\n> or not\n"),
        ("#+begin_warning\nHot.\n#+end_warning\n", "> [!WARNING]\n> Hot.\n"),
        ("#+begin_theorem\nAll *pods*.\n#+end_theorem\n", "> **Theorem**\n>\n> All **pods**.\n"),
        (
            "- a\n  #+begin_note\n  b\n  #+end_note\n",
            "- a\n\n  > **Note**\n  >\n  > b\n",
        ),
        ("#+begin_center\nmid\n#+end_center\n", '<div align="center">\n\nmid\n\n</div>\n'),
        ("#+begin_verse\nOne\n  two\n\nthree\n#+end_verse\n", "One\\\n&nbsp;&nbsp;two\\\n\\\nthree\n"),
        ("a\n-----\nb\n", "a\n\n---\n\nb\n"),
        ("中文\n中文\nend\n", "中文\n中文\nend\n"),
        ("\\[ a + b \\]\n", "$$\na + b\n$$\n"),
        (
            "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n",
            "```math\n\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n```\n",
        ),
        ("#+begin_export html\n<script>x</script>\n#+end_export\n", "```html\n<script>x</script>\n```\n"),
        ("#+begin_export latex\n\\newpage\n#+end_export\n", "\n"),
        ("#+CAPTION: The *list*\n#+begin_src sh\nls\n#+end_src\n", "_The **list**_\n\n```sh\nls\n```\n"),
        (":NOTES:\nkept\n:END:\n", "**NOTES**\n\nkept\n"),
    ],
)
def test_elements(org: str, expected: str) -> None:
    assert markdown(org) == expected


def test_headlines_show_state_and_tags_and_never_get_lost() -> None:
    org = "* TODO Plan [1/2] :work:home:\n******** Deep\n* \n"

    assert (
        markdown(org) == "# `TODO` Plan [1/2]\n\nTags: `:work:home:`\n\n###### Deep\n\n" + '# <a id="section-3"></a>\n'
    )


def test_priority_and_planning_show_where_the_notes_ask_for_them() -> None:
    org = "#+OPTIONS: pri:t p:t\n* DONE [#A] Plan\nSCHEDULED: <2026-10-12 Mon>\n"

    assert markdown(org) == "# `DONE` `[#A]` Plan\n\nSCHEDULED: <2026-10-12 Mon>\n"


def test_the_title_is_the_first_heading_and_the_others_stand_below() -> None:
    org = "#+TITLE: My /own/ notes\n#+AUTHOR: Ann\n#+DATE: <2026-10-12 Mon>\n* One\n"

    assert files({"a.org": org})["a.md"].decode() == "# My _own_ notes\n\n_Ann · 2026-10-12_\n\n## One\n"


def test_a_file_without_title_is_called_by_its_name() -> None:
    assert files({"my_notes.org": "Text.\n"})["my_notes.md"].decode() == "# my_notes\n\nText.\n"


def test_front_matter_is_yaml_that_any_text_is_safe_in() -> None:
    from orgkb_exporters.markdown import MarkdownExporter  # noqa: PLC0415 - only this test sets options

    org = '#+TITLE: A: "first" one\n#+AUTHOR: Ann\n#+FILETAGS: :x:y:\nText.\n'
    text = files({"a.org": org}, exporter=MarkdownExporter(front_matter=True))["a.md"].decode()

    assert text.startswith('---\ntitle: "A: \\"first\\" one"\nauthor: Ann\ntags: [x, "y"]\n---\n\n# A: "first" one\n')


def test_contents_stand_where_the_notes_ask_for_them() -> None:
    org = "* A\n#+TOC: headlines 1 local\n** B\n*** C\n* D\n"

    assert "- [B](#b)\n\n## B" in markdown(org)


Tree = list[object]
_WORDS = st.sampled_from(["pod", "a b", "1. x", "- y", "# z", "> q", "| t |", "~~~", "---", "*"])


def _nested(children: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    bodies = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        st.lists(bodies, min_size=1, max_size=3).map(lambda items: ["bullets", *items]),
        st.lists(bodies, min_size=1, max_size=3).map(lambda items: ["numbers", *items]),
    )


LEAVES: st.SearchStrategy[Tree] = st.one_of(
    st.just(["paragraph", "word"]),
    _WORDS.map(lambda w: ["code", w]),
    st.sampled_from(["pod", "1. x", "- y", "# z"]).map(lambda w: ["cell", w]),
)
QUOTES: st.SearchStrategy[Tree] = st.recursive(LEAVES, _nested, max_leaves=4).map(lambda tree: ["quote", tree])
TREES = st.recursive(st.one_of(LEAVES, QUOTES), _nested, max_leaves=8)


def _org(tree: Tree, indent: str) -> list[str]:
    kind, *rest = tree
    match kind:
        case "paragraph":
            return [f"{indent}{rest[0]}", ""]
        case "code":
            return [f"{indent}#+begin_example", f"{indent}: {rest[0]}", f"{indent}#+end_example"]
        case "cell":
            return [f"{indent}| {rest[0]} | x |", f"{indent}|---+---|", f"{indent}| y | z |", ""]
        case "quote":
            inner = [line for part in rest for line in _org(part, indent)]  # type: ignore[arg-type]  # nested trees
            return [f"{indent}#+begin_quote", *inner, f"{indent}#+end_quote"]
        case _:
            bullet = "- " if kind == "bullets" else "1. "
            lines = []
            for item in rest:
                lines += [f"{indent}{bullet}item", *([""] if item[0][0] == "paragraph" else [])]  # type: ignore[index]
                for part in item:  # type: ignore[attr-defined]  # an item is a list of trees
                    lines += _org(part, indent + " " * len(bullet))
            return [*lines, f"{indent}#+begin_comment", f"{indent}#+end_comment"]


def _markdown(tree: Tree) -> object:
    kind, *rest = tree
    match kind:
        case "paragraph":
            return ["paragraph", rest[0]]
        case "code":
            return ["fence", "text", f": {rest[0]}\n"]
        case "cell":
            text = str(rest[0]).replace(" ", "")
            return [
                "table",
                ["thead", ["tr", ["th", text], ["th", "x"]]],
                ["tbody", ["tr", ["td", "y"], ["td", "z"]]],
            ]
        case "quote":
            return ["blockquote", *(_markdown(part) for part in rest)]  # type: ignore[arg-type]  # nested trees
        case _:
            name = "bullet_list" if kind == "bullets" else "ordered_list:1"
            items = [
                ["list_item", ["paragraph", "item"], *(_markdown(part) for part in item)]  # type: ignore[attr-defined]
                for item in rest
            ]
            return [name, *items]


@settings(max_examples=40, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=3))
def test_any_nesting_of_blocks_keeps_its_structure(trees: list[Tree]) -> None:
    org = "\n".join(line for tree in trees for line in _org(tree, "")) + "\n"

    assert blocks(markdown(org)) == [_markdown(tree) for tree in trees]
