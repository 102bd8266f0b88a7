"""Commands and configuration in running text come out as they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.literals import set_literals
from orgkb.org.reader import parse
from orgkb.org.semantics import prepare
from orgkb.org.shell import Evidence, evidence, programs_of
from orgkb.org.walk import find_in, walk_document
from tests.org.test_reader import ORG_TEXT

PROGRAMS = programs_of([])


def _read(org: str) -> Document:
    return set_literals(prepare(parse(org)))


def _codes(org: str) -> list[str]:
    return [code.value for code in find_in(_read(org), n.Code)]


@pytest.mark.parametrize(
    ("org", "commands"),
    [
        ("- docker ps -a - все контейнеры\n", ["docker ps -a"]),
        ("- docker images - list images\n  - docker images | grep x\n", ["docker images", "docker images | grep x"]),
        ("- docker start web\n- docker rm -f web # gone\n", ["docker start web", "docker rm -f web"]),
        ("- docker build . # --tag to name it\n", ["docker build ."]),
        ("- kubectl exec pod -it -- cat /etc/hosts -- show it\n", ["kubectl exec pod -it -- cat /etc/hosts"]),
        ("- tar -xzf a.tar.gz => unpacked\n", ["tar -xzf a.tar.gz"]),
        (
            "- export http_proxy='http://proxy:3128'\n- apt-get update\n",
            ["export http_proxy='http://proxy:3128'", "apt-get update"],
        ),
        ("Then type\nsudo mount -t tmpfs tmpfs /mnt\nand wait.\n", ["sudo mount -t tmpfs tmpfs /mnt"]),
        ("- curl https://k8s.io/x.sh | sh\n", ["curl https://k8s.io/x.sh | sh"]),
        ('- ENTRYPOINT ["top", "-b"] - exec form\n', ['ENTRYPOINT ["top", "-b"]']),
    ],
)
def test_commands_are_code_and_their_explanations_are_not(org: str, commands: list[str]) -> None:
    assert _codes(org) == commands


@pytest.mark.parametrize(
    "org",
    [
        "- docker is a program that runs containers\n",
        "- docker daemon manages containers\n",
        "- git - version control\n",
        "- git https://git-scm.com/docs\n",
        "- helm package manager\n- Docker Hub - registry\n",
        "- boolean logic: !, &&, ||\n",
        "- from emerge --info: two paths\n",
        "- y = a + b, FAR=FPR\n- T=|v|+|s|, a number\n",
        "- make sure that it runs\n- find the pod that fails\n- под - группа контейнеров\n",
        "- *docker ps -a* - mine\n- df /= 2\n",
        "Note: this\nand: that one is prose, not a key\n",
    ],
)
def test_prose_stays_prose(org: str) -> None:
    document = prepare(parse(org))

    assert set_literals(document) == document


def test_lines_of_commands_keep_their_lines() -> None:
    document = _read("iptables -A INPUT -j DROP\niptables -A OUTPUT -j DROP\n")

    assert [block.value for block in document.section if isinstance(block, n.ExampleBlock)] == [
        "iptables -A INPUT -j DROP\niptables -A OUTPUT -j DROP\n"
    ]


def test_pasted_yaml_and_json_keep_their_shape() -> None:
    yaml = "service:\n  one:\n    networks:\n      - internal\nnetworks:\n  internal: true\n"
    json = '{\n "proxies":\n {\n   "default":\n   {\n     "httpProxy": "http://p:1"\n   }\n }\n}\n'

    assert [b.value for b in find_in(_read(f"* a\n{yaml}* b\n{json}"), n.ExampleBlock)] == [yaml, json]


def test_lists_with_colons_are_no_configuration() -> None:
    org = "Parts:\n- image: what a container is started from\n- layer: a change\n- kernel:\n"

    assert not list(find_in(_read(org), n.ExampleBlock))


def test_programs_are_learnt_from_shell_blocks() -> None:
    org = "#+begin_src sh\nzorg --all build\n#+end_src\n- zorg build -x target\n"

    assert _codes(org) == ["zorg build -x target"]
    assert evidence("zorg build -x target", PROGRAMS) is Evidence.NONE


@given(ORG_TEXT)
@settings(max_examples=150, deadline=None)
def test_what_is_set_as_code_stands_so_in_the_notes(org: str) -> None:
    before = prepare(parse(org))
    old = {(node.begin, node.end) for node in walk_document(before)}

    for node in walk_document(set_literals(before)):
        if (node.begin, node.end) in old:
            continue
        written = before.text[node.begin : node.end]
        if isinstance(node, n.Code | n.Text):
            assert node.value == written
        else:
            assert isinstance(node, n.ExampleBlock | n.LineBreak)
            assert isinstance(node, n.LineBreak) or node.value.split() == written.split()
