"""The vault: notes of headings and concepts, tied together, and its verification by another parser."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from orgkb.exporter import Verification
from orgkb_exporters.markdown import FOLDER, MarkdownExporter
from orgkb_exporters.markdown.flavours import FLAVOURS
from orgkb_exporters.markdown.front_matter import yaml_lines
from orgkb_exporters.markdown.sheets import note_name
from tests.exporters.markdown_notes import context, files, graph_of
from tests.shared import SHARED, needs_shared

VAULT = MarkdownExporter(flavour="obsidian")
TERMS = {
    "cloud.org": """#+TITLE: The cloud
Intro about a pod.
* Basics
:PROPERTIES:
:ID: abc
:END:
- *pod* - group of containers on one node
- *node* (worker) - machine that runs a pod
  #+begin_src sh
  kubectl get pod
  #+end_src
** Deep
A pod, another pod, [pod] and =pod=. See [[*Usage]].
* Usage
A node and [[id:abc][the basics]].
** links
** More
* Other
** links
""",
}


def vault(notes: Mapping[str, str], exporter: MarkdownExporter = VAULT) -> dict[str, str]:
    return {path: data.decode() for path, data in files(notes, exporter=exporter).items()}


def test_each_heading_and_concept_has_a_note_whose_name_is_its_own() -> None:
    assert sorted(vault(TERMS)) == [
        "cloud.md",
        "cloud/Basics.md",
        "cloud/Deep.md",
        "cloud/More.md",
        "cloud/Other.md",
        "cloud/Usage.md",
        "cloud/links (Other).md",
        "cloud/links (Usage).md",
        "concepts/node.md",
        "concepts/pod.md",
        "index.md",
    ]


def test_depth_decides_which_headings_have_notes() -> None:
    made = vault(TERMS, MarkdownExporter(flavour="obsidian", depth=0))

    assert sorted(made) == ["cloud.md", "concepts/Basics.md", "concepts/node.md", "concepts/pod.md", "index.md"]
    assert "# Usage\n\nA [[node]] and [[cloud#Basics|the basics]].\n" in made["cloud.md"]


def test_a_note_says_in_front_matter_what_it_is_and_where_it_belongs() -> None:
    assert vault(TERMS)["cloud/links (Other).md"] == (
        '---\ntitle: links\naliases: [links]\nup: "[[Other]]"\n---\n\n# links\n'
    )


def test_the_first_mention_in_each_section_is_a_link_but_not_in_code_or_beside_brackets() -> None:
    note = vault(TERMS)["cloud/Deep.md"]

    assert note.endswith("A [[pod]], another pod, [pod] and `pod`. See [[Usage]].\n")


def test_a_link_of_the_notes_beside_brackets_is_no_wiki_link() -> None:
    made = vault({"a.org": "* One\n[[[*Two]]] and [ [[*Two]] ]\n* Two\n"})

    assert made["a/One.md"].endswith("\n\\[[Two](Two.md)] and [ [[Two]] ]\n")


def test_a_concept_note_has_definitions_relations_and_backlinks_with_context() -> None:
    note = vault(TERMS)["concepts/pod.md"]

    assert "\ngroup of containers on one [[node]] ([[Basics]])\n" in note
    assert "\n- [[node]] — machine that runs — pod\n" in note
    assert "\n- [[cloud|The cloud]] — Intro about a **pod**.\n" in note
    assert "\n- [[Deep]] — A **pod**, another pod, [pod] and pod. See Usage.\n" in note


def test_the_map_of_contents_leads_to_notes_and_concepts() -> None:
    index = vault(TERMS)["index.md"]

    assert "- [[Usage]]\n  - [[links (Usage)|links]]\n" in index
    assert index.endswith("## Concepts\n\n[[node]] · [[pod]]\n")


def test_footnotes_stand_on_the_page_that_refers_to_them() -> None:
    made = vault(
        {"a.org": "* One\nx[fn:1]\n* Two\ny[fn:2]\n* Footnotes\n[fn:1] first\n[fn:2] second[fn:3]\n[fn:3] third\n"}
    )

    assert made["a/One.md"].endswith("x[^1]\n\n[^1]: first\n")
    assert made["a/Two.md"].endswith("y[^2]\n\n[^2]: second[^3]\n\n[^3]: third\n")
    assert "[^" not in made["a.md"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What is it?", "What is it"),
        ("CI/CD: how", "CI-CD- how"),
        ("NUL", "_NUL"),
        ("\u200e", "_"),
        (".bashrc", "bashrc"),
    ],
)
def test_names_work_on_every_system(title: str, name: str) -> None:
    assert note_name(title) == name


def test_titles_that_differ_in_case_only_get_different_names() -> None:
    made = vault({"a.org": "* Straße\n* STRASSE\n* a: b\n* a? b\n"})
    keys = [unicodedata.normalize("NFKC", path).casefold() for path in made]

    assert len(set(keys)) == len(keys) == 6


def test_front_matter_is_yaml_whatever_the_text() -> None:
    lines = yaml_lines([("title", "a: 'b' \u2028 \"c\" #d"), ("tags", ("no", "x-y", "1e3")), ("empty", "")])

    assert lines[1] == "title: " + json.dumps("a: 'b' \"c\" #d")
    assert lines[2] == 'tags: ["no", x-y, "1e3"]'
    assert len(lines) == 4


# --- verification ---


def verified(notes: Mapping[str, str], exporter: MarkdownExporter, change: tuple[str, str] = ("", "")) -> Verification:
    """What verification finds in NOTES as written, with the first text of CHANGE replaced by the second."""
    graph = graph_of(notes)
    made = {a.path: a.data for a in exporter.export(graph, context({"p.png": b"x"}))}
    written = {path: data.decode().replace(*change).encode() if change[0] else data for path, data in made.items()}
    return exporter.verify(graph, context({"p.png": b"x"}, written))


EVERYTHING = {
    **TERMS,
    "sub/a.org": """#+TITLE: A
[[file:../cloud.org::*Usage]] [[tgt]] [[tab]] \\(x_1\\) a[fn:1] <<tgt>> [[file:../p.png]]
* TODO [#A] H /i/ ~c~ :t:
1. docker run --rm -it <none> a_b_c
2. [@7] x
   #+begin_example
   - y {{< z >}}

   w
   #+end_example
- t :: d
#+NAME: tab
| a | b\\vert{}c |
#+begin_note
- n
#+end_note
[fn:1] note
""",
}


@pytest.mark.parametrize("shape", ["files", "vault"])
@pytest.mark.parametrize("flavour", sorted(FLAVOURS))
def test_nothing_is_lost_and_no_link_is_dead_in_any_flavour_and_shape(flavour: str, shape: str) -> None:
    exporter = MarkdownExporter(flavour=flavour, shape="files" if shape == "files" else "vault")
    found = verified(EVERYTHING, exporter)

    assert found.faults == ()
    assert all(wanted == got for _, wanted, got in found.counts), found.counts


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("group", ""), "lost-words"),
        (("kubectl get pod", "kubectl"), "lost-code"),
        (("[[Usage]]", "[[Nowhere]]"), "dead-link"),
        (("Intro", "<none>Intro"), "unknown-html"),
        (("- **node**", "**node**"), "lost-structure"),
        (("aliases: [", "aliases: ]["), "front-matter"),
        (('up: "[[Other]]"', 'up: "[[Others]]"'), "dead-link"),
    ],
)
def test_verification_sees_what_is_wrong(change: tuple[str, str], code: str) -> None:
    assert {fault.code for fault in verified(TERMS, VAULT, change).faults} >= {code}


def test_a_page_that_is_not_there_is_a_fault() -> None:
    found = VAULT.verify(graph_of(TERMS), context())

    assert {fault.code for fault in found.faults} == {"missing-page"}


@needs_shared
@pytest.mark.parametrize("flavour", ["obsidian", "mkdocs"])
def test_the_vault_of_real_notes_is_whole(flavour: str) -> None:
    assert SHARED is not None
    text = (Path(SHARED) / "seed/docker_and_k8s.org").read_text(encoding="utf-8")
    found = verified({"docker_and_k8s.org": text}, MarkdownExporter(flavour=flavour, shape="vault"))

    assert found.faults == ()


def test_the_files_of_all_artifacts_stand_in_the_folder_of_the_exporter() -> None:
    made = VAULT.export(graph_of(TERMS), context())

    assert all(artifact.path.startswith(f"{FOLDER}/") for artifact in made)
