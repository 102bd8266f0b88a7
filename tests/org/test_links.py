"""Where links lead."""

import json
import shutil
import subprocess
import time
import unicodedata
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.diagnostics import Severity
from orgkb.org.document import Document
from orgkb.org.links import LinkIndex, LinkTarget, expand_abbreviation
from orgkb.org.nodes import Link, SrcBlock, Target
from orgkb.org.reader import parse, read
from orgkb.org.semantics import prepare
from orgkb.org.targets import FileTargets, targets_of
from orgkb.org.walk import walk_document
from tests.shared import SHARED, needs_shared


def notes(*texts: str, **files: str) -> tuple[LinkIndex, list[Document]]:
    """An index over TEXTS (n0.org, n1.org …) and FILES (`sub__x="…"` is sub/x.org)."""
    named = {f"n{i}.org": text for i, text in enumerate(texts)}
    named |= {f"{name.replace('__', '/')}.org": text for name, text in files.items()}
    documents = [parse(text, path) for path, text in named.items()]
    return LinkIndex(documents), documents


def links_of(document: Document) -> list[Link]:
    return [node for node in walk_document(document) if isinstance(node, Link)]


def shown(target: LinkTarget | None) -> str | None:
    """TARGET as `file`, `file#heading` or `file#heading:type`."""
    if target is None:
        return None
    text = target.document.path.removesuffix(".org")
    if target.headline is not None:
        text += f"#{target.headline.raw_title}"
    return text + (f":{target.node.type}" if target.node is not None else "")


def led(*texts: str, **files: str) -> list[str | None]:
    """Where each link of the first text leads."""
    index, documents = notes(*texts, **files)
    return [shown(index.resolve(documents[0], link)) for link in links_of(documents[0])]


def problems(*texts: str, **files: str) -> list[str]:
    index, _ = notes(*texts, **files)
    return [f"{d.location.path}:{d.location.line} {d.code}" for d in index.diagnostics()]


# --- within one file ---


def test_a_link_finds_a_target_then_a_named_element_then_a_heading() -> None:
    body = "* pod\n* Other\n#+NAME: pod\n| a |\n* Third\nA <<pod>> here.\n"
    assert led("[[pod]]\n" + body) == ["n0#Third:target"]
    assert led("[[pod]]\n" + body.replace("<<pod>>", "")) == ["n0#Other:table"]
    assert led("[[pod]]\n" + body.replace("<<pod>>", "").replace("#+NAME", "#+X")) == ["n0#pod"]


def test_case_and_white_space_do_not_count() -> None:
    text = "[[Control   PLANE]] [[control\nplane]] [[ёж]]\n* Control plane\n* ЁЖ\n"
    assert led(text) == ["n0#Control plane", "n0#Control plane", "n0#ЁЖ"]


def test_case_chooses_among_several() -> None:
    assert led("[[pod]] [[POD]] [[pOD]]\n* Pod\n* pod\n* POD\n") == ["n0#pod", "n0#POD", "n0#Pod"]


def test_unicode_composition_does_not_count() -> None:
    heading = unicodedata.normalize("NFD", "Ёлка й")
    assert led(f"[[ёлка й]]\n* {heading}\n") == [f"n0#{heading}"]


def test_todo_priority_tags_and_cookies_of_a_heading_do_not_count() -> None:
    text = "[[*Build the image]] [[Build the image]] [[*Build \\[1/2\\] the image]]\n* TODO [#A] Build [1/2] the image [50%]  :ops:\n"
    assert led(text) == ["n0#Build [1/2] the image [50%]"] * 3


def test_a_heading_with_markup_is_found_by_either_spelling() -> None:
    text = "[[*The =kubectl= tool]] [[*The kubectl tool]]\n* The =kubectl= tool\n"
    assert led(text) == ["n0#The =kubectl= tool"] * 2


def test_a_star_finds_headings_only() -> None:
    assert led("[[*pod]]\n<<pod>>\n* Pod\n") == ["n0#Pod"]
    assert led("[[*pod]]\n<<pod>>\n") == [None]


def test_a_custom_id_is_found() -> None:
    text = "[[#intro]] [[#none]]\n* A\n:PROPERTIES:\n:CUSTOM_ID: intro\n:END:\n"
    assert led(text) == ["n0#A", None]


def test_a_slug_of_a_converted_file_finds_the_only_heading_that_gives_it() -> None:
    text = "[[#whats-new-in-v12]] [[#pods]] [[#узел-и-под]] [[#🐳]]\n* What's new in v1.2?\n* Pods\n* Pods!\n* Узел и под\n"
    assert led(text) == ["n0#What's new in v1.2?", None, "n0#Узел и под", None]


def test_an_old_link_may_hold_the_todo_word() -> None:
    assert led("[[*TODO Buy]] [[*DONE Buy]]\n* TODO Buy\n") == ["n0#Buy", None]


def test_a_code_line_label_is_found() -> None:
    text = "[[(run)]] [[(no)]] [[(x)]]\n* A\n#+begin_src sh\ndocker run (ref:run)\n#+end_src\n"
    text += '#+begin_src sh -l "<<%s>>"\ndocker ps <<x>>\n#+end_src\n'
    assert led(text) == ["n0#A:src-block", None, "n0#A:src-block"]


def test_a_radio_link_leads_to_its_radio_target() -> None:
    assert led("* A\n<<<control plane>>>\n* B\nThe Control Plane runs.\n") == ["n0#A:radio-target"]
    assert led("* A\n<<<etcd>>>\n* B\n[[etcd]]\n") == ["n0#A:radio-target"]


def test_web_links_lead_nowhere_in_the_notes_and_are_no_problem() -> None:
    text = "https://x.org [[mailto:a@x.org]] [[shell:ls]] [[file:a.png]] [[zotero://select/1]] [[cite:knuth]]\n"
    assert set(led(text)) == {None}
    assert problems(text) == []


# --- across files ---


def test_an_id_is_found_in_any_file() -> None:
    node = ":PROPERTIES:\n:ID: 7F-1\n:END:\n#+TITLE: Pods\n"
    heading = "* Pod\n:PROPERTIES:\n:ID: 7f-2\n:END:\n** Below\n"
    text = "[[id:7f-1]] [[id:7F-2]] [[id:7f-2::*Below]] [[id:none]]\n"
    assert led(text, node, heading) == ["n1", "n2#Pod", "n2#Below", None]


def test_a_place_in_another_file_is_found_in_every_spelling() -> None:
    theory = "* Pods\n:PROPERTIES:\n:CUSTOM_ID: pods\n:END:\n** How to read\nA <<term>> here.\n#+NAME: t\n| a |\n"
    text = (
        "[[file:theory.org]] [[./theory.org]] [[file:theory]] [[file:theory.org::*how to read]]"
        " [[file:theory.org::#pods]] [[file:theory::term]] [[./theory::t]] [[file:theory.org::5]]"
        " [[file:theory.org::1]] [[file:theory.org::999]] <file:theory.org> file:theory.org\n"
    )
    below = "theory#How to read"
    assert led(text, theory=theory) == [
        "theory",
        "theory",
        "theory",
        below,
        "theory#Pods",
        f"{below}:target",
        f"{below}:table",
        below,
        "theory#Pods",
        below,
        "theory",
        "theory",
    ]


def test_a_path_counts_from_the_folder_of_the_linking_file() -> None:
    index, documents = notes(
        sub__a="[[file:b.org]] [[file:../c.org]] [[file:../sub/b]] [[file:c.org]]\n", sub__b="", c=""
    )
    found = [shown(index.resolve(documents[0], link)) for link in links_of(documents[0])]
    assert found == ["sub/b", "c", "sub/b", None]


def test_case_composition_and_percent_signs_of_a_path_are_tolerated() -> None:
    composed = unicodedata.normalize("NFC", "мой")
    index, documents = notes(f"[[file:Theory.ORG]] [[file:{composed}.org]] [[file:two%20words.org]]\n")
    others = [parse("", p) for p in ("theory.org", unicodedata.normalize("NFD", "мой.org"), "two words.org")]
    index = LinkIndex([*documents, *others])
    assert [t and t.document for link in links_of(documents[0]) for t in [index.resolve(documents[0], link)]] == others


def test_an_absolute_link_from_the_authors_machine_finds_the_note_it_ends_with() -> None:
    text = "[[file:~/org/sub/b.org::*H]] [[file:/home/me/org/c.org]] [[file:/ssh:host:/org/c.org]] [[file:~/d.org]]\n"
    assert led(text, sub__b="* H\n", c="", b="") == ["sub/b#H", "c", None, None]


def test_a_missing_place_in_another_file_leads_to_that_file_with_a_warning() -> None:
    assert led("[[file:b.org::*None]]\n", b="text\n") == ["b"]
    assert problems("[[file:b.org::*None]]\n", b="text\n") == ["n0.org:1 broken-link"]


def test_a_search_by_regular_expression_is_never_run() -> None:
    assert led("[[file:b.org::/(a+)+$/]]\n", b="a" * 50 + "\n") == ["b"]


def test_a_name_that_only_one_other_file_has_is_found_there() -> None:
    assert led("[[etcd]] [[*Raft]]\n", "A <<etcd>> store\n", "* Raft\n") == ["n1:target", "n2#Raft"]


def test_a_name_that_several_other_files_have_is_not_guessed() -> None:
    texts = ("[[etcd]]\n", "<<etcd>>\n", "<<etcd>>\n")
    assert led(*texts) == [None]
    index, _ = notes(*texts)
    assert "n1.org, n2.org" in index.diagnostics()[0].message


def test_the_own_file_wins_over_others() -> None:
    assert led("[[etcd]]\n* etcd\n", "<<etcd>>\n") == ["n0#etcd"]


def test_a_note_is_found_by_its_title_alias_or_file_name() -> None:
    texts = ("[[Control Plane]] [[scheduler]] [[кубер]] [[roam:control plane]] [[roam:Узел]]\n",)
    plane = ':PROPERTIES:\n:ROAM_ALIASES: кубер "the brain"\n:END:\n#+TITLE: Control plane\n'
    node = "* Node\n:PROPERTIES:\n:ID: n\n:ROAM_ALIASES: Узел\n:END:\n"
    assert led(*texts, plane=plane, scheduler="", node=node) == ["plane", "scheduler", "plane", "plane", "node#Node"]


def test_a_denote_identifier_finds_its_file() -> None:
    index, documents = notes("[[denote:20240102T030405]] [[denote:20240102T030405::*H]]\n")
    other = parse("* H\n", "20240102T030405--pods__k8s.org")
    index = LinkIndex([*documents, other])
    found = [index.resolve(documents[0], link) for link in links_of(documents[0])]
    assert found == [LinkTarget(other, None, None), LinkTarget(other, other.headlines[0], None)]


def test_a_link_to_what_is_not_exported_leads_nowhere() -> None:
    document = prepare(parse("[[*Secret]]\n* Secret :noexport:\n", "a.org"))
    index = LinkIndex([document])
    assert index.resolve(document, links_of(document)[0]) is None


# --- abbreviations ---


@pytest.mark.parametrize(
    ("definition", "link", "raw"),
    [
        ("gh https://github.com/", "gh:a/b", "https://github.com/a/b"),
        ("gh https://github.com/", "gh", "https://github.com/"),
        ("gh https://github.com/", "gh::a", "https://github.com/a"),
        ("s https://x.org/?q=%s&r=%s", "s:a b", "https://x.org/?q=a b&r=%s"),
        ("h https://x.org/?q=%h", "h:a й&b", "https://x.org/?q=a%20%D0%B9%26b"),
        ('"two words" https://x.org/%s', "two words:a", "https://x.org/a"),
        ("f %(identity)", "f:x", "f:x"),
        ("f https://x.org/%(shell-command)", "f:x", "f:x"),
        ("UP https://x.org/", "up:x", "up:x"),
        ("gh", "gh:x", "gh:x"),
    ],
)
def test_an_abbreviation_is_expanded_without_running_anything(definition: str, link: str, raw: str) -> None:
    document = parse(f"#+LINK: {definition}\n\n[[{link}]]\n", "a.org")
    assert expand_abbreviation(document, links_of(document)[0]).raw == raw


def test_of_two_abbreviations_with_one_name_the_last_counts() -> None:
    document = parse("#+LINK: a https://one/\n#+LINK: a https://two/\n\n[[a:x][text]] a:x <a:x>\n", "a.org")
    link = links_of(document)[0]
    expanded = expand_abbreviation(document, link)
    assert (expanded.kind, expanded.path, expanded.children) == ("https", "//two/x", link.children)


def test_an_abbreviation_may_name_a_place_in_the_notes() -> None:
    assert led("#+LINK: th file:theory.org::*%s\n\n[[th:pods]]\n", theory="* Pods\n") == ["theory#Pods"]


def test_the_address_of_an_abbreviated_link_follows_the_url_rule() -> None:
    index, documents = notes("#+LINK: js javascript:%s\n#+LINK: w https://w.org/%s\n\n[[js:alert(1)]] [[w:a b]]\n")
    assert [index.url(documents[0], link) for link in links_of(documents[0])] == [None, "https://w.org/a%20b"]


# --- attachments ---


@pytest.mark.parametrize(
    ("properties", "path"),
    [
        (":ID: 7f3c9a\n", "data/7f/3c9a/pod.png"),
        (":ID: 20241012T101112.5\n", "data/202410/12T101112.5/pod.png"),
        (":DIR: pictures\n:ID: 7f3c9a\n", "pictures/pod.png"),
    ],
)
def test_an_attachment_is_a_file_in_the_folder_of_its_heading(properties: str, path: str) -> None:
    index, (document,) = notes(f"* A\n:PROPERTIES:\n{properties}:END:\n** B\n[[attachment:pod.png]]\n")
    link = index.expand(document, links_of(document)[0])
    assert (link.kind, link.path) == ("file", path)
    assert index.url(document, links_of(document)[0]) == path


def test_an_attachment_of_a_heading_without_folder_stays_as_it_is() -> None:
    index, (document,) = notes("* A\n[[attachment:pod.png]]\n")
    assert index.expand(document, links_of(document)[0]).kind == "attachment"
    assert index.url(document, links_of(document)[0]) is None
    assert index.diagnostics() == []


# --- problems ---


def test_each_broken_link_is_a_warning_with_its_line() -> None:
    text = "one\n[[nowhere]] [[*no]] [[#no]] [[id:no]] [[(no)]]\n[[file:no.org]] [[file:no::x]] [[file:x.png]] [[file:x]]\n"
    assert problems(text) == ["n0.org:2 broken-link"] * 5 + ["n0.org:3 broken-link"] * 2
    index, _ = notes(text)
    assert all(d.severity is Severity.WARNING for d in index.diagnostics())
    assert "nowhere" in index.diagnostics()[0].message


def test_a_broken_link_in_included_text_names_the_included_file(tmp_path: Path) -> None:
    (tmp_path / "main.org").write_text('one\n#+INCLUDE: "part.org"\n')
    (tmp_path / "part.org").write_text("* H\n\n[[nowhere]]\n")
    index = LinkIndex([read(tmp_path / "main.org")])
    assert [str(d.location) for d in index.diagnostics()] == ["part.org:3:1"]


def test_an_ambiguous_link_is_told_and_leads_to_the_first() -> None:
    text = "[[pod]]\n* Pod\n* Other\n** POD\n"
    assert led(text) == ["n0#Pod"]
    index, _ = notes(text)
    assert [(d.code, d.severity) for d in index.diagnostics()] == [("ambiguous-link", Severity.INFO)]


def test_an_id_given_twice_is_a_warning() -> None:
    node = "* A\n:PROPERTIES:\n:ID: x\n:CUSTOM_ID: c\n:END:\n"
    assert problems(node, node + node.replace("ID: x", "ID: y")) == ["n1.org:1 duplicate-id", "n1.org:6 duplicate-id"]


# --- edges ---


def test_edges_go_from_section_to_section_in_the_order_of_the_notes() -> None:
    index, documents = notes(
        "[[*B]]\n* A\n[[file:n1.org]] [[nowhere]]\n* B\n[[A]]\n", "* C\n[[id:x]]\n** D\n:PROPERTIES:\n:ID: x\n:END:\n"
    )
    first, second = documents
    assert list(index.edges()) == [
        ((first, None), (first, first.headlines[1])),
        ((first, first.headlines[0]), (second, None)),
        ((first, first.headlines[1]), (first, first.headlines[0])),
        ((second, second.headlines[0]), (second, second.headlines[1])),
    ]


# --- anchors ---


def anchors(text: str) -> list[str]:
    index, (document,) = notes(text)
    return [index.anchor_key(LinkTarget(document, headline, None)) for headline in document.headlines]


def test_an_anchor_is_the_custom_id_or_the_slug_of_the_title() -> None:
    text = "* TODO The *control* plane [1/2] :k8s:\n* Узел и под\n* C++ & co.\n* Own\n:PROPERTIES:\n:CUSTOM_ID: My id:1\n:END:\n* 🐳\n"
    assert anchors(text) == ["the-control-plane-1-2", "узел-и-под", "c-co", "My-id:1", "section"]


def test_repeated_titles_get_numbers_and_chosen_ids_come_first() -> None:
    text = "* Pod\n* pod\n* Pod 2\n* Pod\n* X\n:PROPERTIES:\n:CUSTOM_ID: pod\n:END:\n* Top\n"
    assert anchors(text) == ["pod-2", "pod-3", "pod-2-2", "pod-4", "pod", "top-2"]


def test_targets_and_named_elements_have_anchors_of_their_own() -> None:
    text = "* Pod\n<<pod>> and <<Pod>> and [[pod]]\n\n#+NAME: my table\n| a |\n\n#+begin_src sh\nls (ref:here)\n#+end_src\n"
    index, (document,) = notes(text)
    found = {
        (type(node).__name__, index.anchor_key(LinkTarget(document, document.headlines[0], node)))
        for node in walk_document(document)
        if isinstance(node, Target | SrcBlock) or (node.type == "table")
    }
    assert found == {("Target", "pod-2"), ("Target", "pod-3"), ("Table", "my-table"), ("SrcBlock", "here")}
    target = index.resolve(document, links_of(document)[0])
    assert target is not None
    assert index.anchor_key(target) == "pod-2"
    assert index.anchor_key(LinkTarget(document, None, None)) == "top"


def test_each_document_has_a_key_of_its_own() -> None:
    index, documents = notes(a="", sub__a="", sub_a="")
    assert [index.document_key(d) for d in documents] == ["a", "sub-a", "sub-a-2"]


@given(st.lists(st.text(max_size=5) | st.sampled_from(["a", "A", "a-2", "a-2-2", "a 2"]), max_size=12))
def test_no_two_headings_share_an_anchor(titles: list[str]) -> None:
    found = anchors("".join(f"* {' '.join(title.split())} \n" for title in titles))
    assert len({key.casefold() for key in found}) == len(found)


# --- any text ---

_WORDS = (
    "* |\n|[[|]]|][|file:|n1|::|*|#|(|)|id:|<<|>>|<<<|>>>|a| |#+LINK: a |%s|%(|#+NAME: |:PROPERTIES:\n:ID: a\n:END:\n"
    "|attachment:|/|~|..|й|%20|#+begin_src\n|#+end_src\n|(ref:a)|roam:|denote:|TODO |[1/2]"
)
_PIECES = st.lists(st.sampled_from(_WORDS.split("|")) | st.text(max_size=3), max_size=30).map("".join)


@given(_PIECES, _PIECES)
def test_any_notes_can_be_indexed(first: str, second: str) -> None:
    index, documents = notes(first, second)
    index.diagnostics()
    for (document, headline), (other, place) in index.edges():
        assert document in documents
        assert other in documents
        assert headline is None or headline in document.headlines
        assert place is None or place in other.headlines
    for document in documents:
        for link in links_of(document):
            index.url(document, link)
            if (target := index.resolve(document, link)) is not None:
                assert index.anchor_key(target)


# --- cost ---


def test_building_and_resolving_take_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "#+LINK: w https://x.org/\n" + "".join(
            f"* Pod\n<<t{i}>> [[t{i}]] [[pod]] [[no {i}]] [[w:{i}]]\n" for i in range(count)
        )
        document = parse(text, "a.org")
        start = time.process_time()
        index = LinkIndex([document])
        assert len(index.diagnostics()) == 2 * count
        assert sum(1 for _ in index.edges()) == 2 * count
        return time.process_time() - start

    seconds(100)
    assert seconds(4_000) < 2.5 * 2 * seconds(2_000) + 0.2


# --- beside Emacs and on real notes ---

EMACS = shutil.which("emacs")
CASES = [
    "* pod\n* Other\nA <<pod>> here.\n[[pod]] [[*pod]]\n",
    "* pod\n* Other\n#+NAME: pod\n| a |\n[[pod]] [[*pod]]\n",
    "* Control plane\n[[Control   plane]] [[Control\nplane]]\n",
    "* TODO [#A] Build [1/2] the image [50%]  :ops:\n[[*Build the image]] [[Build the image]]\n",
    "* The =kubectl= tool\n[[*The =kubectl= tool]]\n",
    "* Pod\n* pod\n** POD\n** pod\n[[pod]] [[*pod]] [[*POD]]\n",
    "<<a>> <<a>>\n\n#+NAME: a\n#+begin_src sh\nx\n#+end_src\n\n[[a]] [[*a]] [[b]]\n",
    "* Узел\n* COMMENT Скрыто\n<<Под>>\n[[Узел]] [[Под]] [[*Скрыто]]\n",
    "* A\n:PROPERTIES:\n:CUSTOM_ID: x\n:END:\n[[#x]] [[#y]] [[x]]\n",
    "#+CAPTION: The c\n#+NAME: fig\n[[file:a.png]]\n\n[[fig]]\n",
    "* DONE a b\n* TODO a\n[[*a]] [[*a b]]\n",
]


@pytest.mark.skipif(EMACS is None, reason="Emacs is not installed")
def test_links_lead_where_emacs_exports_them(tmp_path: Path) -> None:
    assert EMACS is not None
    (tmp_path / "cases.json").write_text(json.dumps(CASES))
    script = """
(progn
  (require 'ox) (require 'json)
  (princ (json-encode (mapcar
    (lambda (text)
      (with-temp-buffer
        (insert text)
        (let ((org-inhibit-startup t)) (org-mode))
        (let* ((tree (org-element-parse-buffer))
               (info (list :parse-tree tree)))
          (vconcat (org-element-map tree 'link
            (lambda (link)
              (let ((found (ignore-errors
                      (cond ((string= (org-element-property :type link) "fuzzy")
                             (org-export-resolve-fuzzy-link link info))
                            ((string= (org-element-property :type link) "custom-id")
                             (org-export-resolve-id-link link info))
                            (t 'skip)))))
                (cond ((eq found 'skip) -1)
                      (found (1- (org-element-property :begin found)))
                      (t -2)))))))))
    (let ((json-array-type 'list)) (json-read-file "cases.json"))))))
"""
    result = subprocess.run([EMACS, "-Q", "--batch", "--eval", script], cwd=tmp_path, capture_output=True, check=True)
    theirs: list[list[int]] = json.loads(result.stdout)
    for case, expected in zip(CASES, theirs, strict=True):
        index, (document,) = notes(case)
        ours = []
        for link in links_of(document):
            if link.kind not in {"fuzzy", "custom-id"}:
                ours.append(-1)
                continue
            target = index.resolve(document, link)
            node = target and (target.node or target.headline)
            ours.append(node.begin if node else -2)
        assert ours == expected, case


@needs_shared
def test_every_link_of_real_notes_to_a_place_that_is_there_resolves() -> None:
    assert SHARED is not None
    root = SHARED / "corpus" / "notes"
    documents = [read(path, root=root) for path in sorted(root.glob("*.org"))]
    index = LinkIndex(documents)
    messages = [d.message for d in index.diagnostics() if d.code == "broken-link"]
    # The author's files that these name (git, shell, math …) are not in the collection.
    assert [m for m in messages if "is not among the notes" not in m] == []
    assert sum(1 for _ in index.edges()) > 100


def test_links_lead_to_the_same_places_by_what_was_kept_of_the_documents() -> None:
    texts = (
        (
            "#+title: One\n* Head\n:PROPERTIES:\n:ID: a\n:CUSTOM_ID: c\n:END:\n<<mark>> and <<<radio>>> text\n\n"
            "#+name: table\n| 1 |\n\n#+begin_src sh\nls (ref:line)\n#+end_src\n"
        ),
        (
            "[[id:a]] [[file:n0.org::mark]] [[file:n0.org::table]] [[file:n0.org::(line)]] [[file:n0.org::#c]] [[mark]]\n"
            "[[table]] [[Head]] [[roam:One]] [[id:gone]] [[file:n0.org::12]] [[file:n0.org::nowhere]]\n"
        ),
    )
    documents = [prepare(parse(text, f"n{number}.org")) for number, text in enumerate(texts)]
    kept = [
        msgspec.msgpack.decode(msgspec.msgpack.encode(targets_of(document)), type=FileTargets) for document in documents
    ]
    walked, remembered = LinkIndex(documents), LinkIndex(documents, kept)
    links = [node for node in walk_document(documents[1]) if isinstance(node, Link)]
    assert list(remembered.links_in(documents[1])) == links
    answers = [remembered.resolve(documents[1], link) for link in links]
    assert answers == [walked.resolve(documents[1], link) for link in links]
    assert sum(answer is not None for answer in answers) == len(links) - 1
    assert remembered.diagnostics() == walked.diagnostics()
    named = {key for nodes in remembered.linked_nodes().values() for key in nodes}
    assert {kind for kind, _ in named} == {"target", "table", "src-block"}
